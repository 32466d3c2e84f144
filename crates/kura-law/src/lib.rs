#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod bracket;
mod check;
mod citation;
mod closed_days;
mod error;
mod generator;
mod grid;
mod layout;
mod manifest;
mod pack;
mod row;
mod show;
mod table;

pub use bracket::Brackets;
pub use check::{Due, Finding, FindingKind};
pub use citation::{Citation, CitationId, Cited, Confidence};
pub use error::LawError;
pub use generator::{GeneratorReport, Mismatch};
pub use grid::{BonusGrid, Column, Grid, GridHit};
pub use layout::{Field, FieldKind, Layout, Requirement};
pub use manifest::{Kind, Missing, NextChange, TableInfo};
pub use pack::Law;
pub use row::{Figure, RowRef};
pub use show::Shown;

#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod bonus;
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
mod schema;
mod sheet;
mod show;
mod table;
mod text_table;
mod withholding;

pub use bonus::BonusGrid;
pub use bracket::Brackets;
pub use check::{ConfidenceCount, Due, Finding, FindingKind, findings_text};
pub use citation::{Citation, CitationId, Cited, Confidence};
pub use error::LawError;
pub use generator::{GeneratorReport, Mismatch};
pub use grid::{Column, Grid, GridHit};
pub use layout::{Field, FieldKind, Layout, Requirement};
pub use manifest::{Kind, Missing, NextChange, TableInfo};
pub use pack::Law;
pub use row::{Figure, RowRef};
pub use schema::{ColumnInfo, ValueType};
pub use show::{Shown, ShownRow, ShownSection};

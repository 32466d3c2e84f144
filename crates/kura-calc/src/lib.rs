#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

mod answer;
mod calculator;
mod error;
mod refusal;
mod request;
mod topics;

pub use calculator::{Calculator, LINE_BYTES_MAX};
pub use topics::topics;

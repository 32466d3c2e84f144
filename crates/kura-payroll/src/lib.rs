#![doc = include_str!("../README.md")]
#![deny(clippy::arithmetic_side_effects)]

pub mod bonus;
mod citations;
/// 四つの時計: what turns a payment month into days.
pub mod clocks;
pub mod correction;
pub mod formula;
pub mod pay;
mod plan;
pub mod tax;
pub mod wages;
mod wording;

pub use citations::Citations;

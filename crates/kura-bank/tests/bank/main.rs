//! One program for all tests of transfers, their file and its checker, and of notes and coins.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise, in its small functions too"
)]

mod checker;
mod days;
mod denominations;
mod example;
mod fields;
mod files;
mod properties;
mod refusals;
mod splitting;

//! The law pack as a whole: what it holds, what it refuses, and that whatever is wrong in it is found.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, in its named steps too"
)]

mod add_a_rate;
mod check;
mod figures;
mod generator;
mod missing;
mod pack;
mod show;
mod strict_reading;
mod switch_days;

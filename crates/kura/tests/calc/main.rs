//! `kura calc` through the command: the page docs/calc.md line by line, every official example by the mapping of that
//! page, and input no program should send.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test fails by panicking, in its named steps too, and says what it measured"
)]

mod answers;
mod bad_input;
mod command;
mod examples;
mod mapping;
mod page;
mod questions;
mod ranges;
mod vectors;

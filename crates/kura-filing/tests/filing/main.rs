//! One program for all tests of the files this crate makes and checks.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise, in its small functions too"
)]

mod checker;
mod dependents;
mod hello_work;
mod input;
mod official_examples;
mod properties;
mod rules;
mod submissions;
mod views;

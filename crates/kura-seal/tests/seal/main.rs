//! Nothing opens but what was sealed, where it was sealed, by whom it was sealed for.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod destruction;
mod given;
mod keys;
mod known_answers;
mod records;
mod recovery;
mod vectors;

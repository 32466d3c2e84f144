//! The desk in the browser as a browser meets it: a real listener on a free port, an office in memory, a clock that only tests move.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod browser;
mod entrance;
mod given;
mod guard;
mod payroll;
mod rights;

//! The vault as a process of its own.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may stop, and may read files")]

mod house;
#[cfg(unix)]
mod killed;
mod process;

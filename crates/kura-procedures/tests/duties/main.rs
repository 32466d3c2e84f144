//! What facts oblige to: each kind of event, and what is asked where a fact is missing.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise, in its small functions too"
)]

mod book;
mod events;
mod moves;
mod properties;

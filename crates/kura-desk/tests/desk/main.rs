//! The use cases of an office over the store in memory: what goes in comes out, what is refused is refused by name.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and reads its golden file"
)]

mod authority;
mod books;
mod erasure;
mod faulty;
mod given;
mod journal;
mod outputs;
mod restored;
mod retention;
mod rotation;
mod runs;
mod simulation;
mod two_offices;
mod users;

//! An archive as it lives: shipped, proven, restored, and broken in every way somebody or something may break it.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, owns its data, and damages files behind the back of the program"
)]

mod damage;
mod given;
mod life;
mod link;
mod ships;

#![doc = include_str!("../README.md")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "the driver of tests starts a browser, and fails by panicking, with what it waited for"
)]

mod chromium;
mod kura;
mod page;

pub use chromium::Chromium;
pub use kura::{Office, Served};
pub use page::{Page, Violation};

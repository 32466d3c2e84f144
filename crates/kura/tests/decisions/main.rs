//! 標準報酬の決定 in `kura month`, as a user runs it: real folders, the files of the filings, the next book, the findings. Every
//! amount is computed by hand.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

mod acquisition;
mod annual;
mod book;
mod changes;
mod demo_people;
mod leave_end;
mod occasional;

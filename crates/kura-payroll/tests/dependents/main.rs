//! 扶養親族等の数: the demo people, both sides of every limit and date, and an example of every sentence.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod family;
#[path = "../law/mod.rs"]
mod law;
mod numbers;
mod properties;
mod sentences;

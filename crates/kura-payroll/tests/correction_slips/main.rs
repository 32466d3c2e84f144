//! 訂正・仮払い: by line to what was paid, corrections of corrections, 仮払い and its settlement, and what follows.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod bonus;
mod consequences;
#[path = "../law/mod.rs"]
mod law;
mod ledger;
mod lines;
mod properties;
mod provisional;

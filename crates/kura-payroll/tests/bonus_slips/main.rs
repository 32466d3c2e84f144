//! 賞与: official and derived examples, demo people by a second method, both sides of every edge, properties.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise, in its small functions too"
)]

mod ages_and_loss;
#[path = "../law/altered.rs"]
mod altered;
mod caps;
mod case;
mod errors;
mod exemptions;
mod insurers;
mod items;
#[path = "../law/mod.rs"]
mod law;
mod people;
mod properties;
mod reports;
mod taxes;
mod trace;
mod vectors;

//! The promises of the house as measurements: `cargo bench --workspace --bench calc|desk|journal`. Here is what they stand on: an
//! installation with invented offices, as `cargo xtask seed` makes it. Single look-ups and amounts are measured beside their crates.
#![expect(clippy::unwrap_used, reason = "what cannot be made has nothing to measure")]

mod client;
mod installation;

pub use client::InventedClient;
pub use installation::{ADMINISTRATOR, Installation};

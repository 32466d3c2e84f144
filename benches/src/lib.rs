//! The promises of the house as measurements: `cargo build --release && cargo bench -p kura-benches`.
//! Single look-ups and amounts are measured beside their crates.

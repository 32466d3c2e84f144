//! Benches of the house.

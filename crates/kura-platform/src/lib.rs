#![doc = include_str!("../README.md")]

pub mod clock;
pub mod confine;
pub mod disk;
pub mod files;
pub mod key_file;
pub mod key_store;
pub mod lock;
pub mod random;
pub mod secret;
pub mod socket;
pub mod stop;

#![doc = include_str!("../README.md")]

mod fault;
mod files;
mod folder;
mod lock;
mod office;
mod readers;
mod reads;
mod recent;
mod rows;
mod schema;
mod store;

pub use store::{Options, SqliteStore};

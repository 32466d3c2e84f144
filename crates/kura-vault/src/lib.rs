#![doc = include_str!("../README.md")]

mod client;
mod custody;
mod data_keys;
mod frame;
mod home;
mod journal;
mod key_source;
mod message;
mod passphrase;
mod process;
mod run;
mod server;
mod state;
mod text;
mod vault;

pub use client::{Client, ClientError, Lease};
pub use custody::{CustodyFact, Theft, custody};
pub use data_keys::{ForRecovery, for_recovery};
pub use frame::FrameError;
pub use home::VaultHome;
pub use journal::{JournalError, export_journal};
pub use key_source::{KeyPlace, KeySource, KeySourceError, copy_key};
pub use message::{By, JournalLine, KeyMade, LEASE_SECONDS_MAX, LeaseRequest, Refusal, Status, Waiting};
pub use process::{StartError, VaultProcess};
pub use run::{RunError, ServeOptions, run};
pub use server::{Stop, serve};
pub use vault::{Vault, VaultError, create};

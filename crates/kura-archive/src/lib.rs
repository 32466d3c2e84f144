#![doc = include_str!("../README.md")]

mod chain;
mod contents;
mod cursor;
mod error;
mod folder;
mod link;
mod manifest;
mod object;
mod prove;
mod restore;
mod ship;
mod target;
mod text;

pub use chain::Chain;
pub use cursor::{Cursor, CursorError};
pub use error::ArchiveError;
pub use folder::Folder;
pub use link::{Incident, Pairing, PairingError, Receiver, Sender};
pub use manifest::{DataKeyOnPaper, GenerationNote, Listed, Manifest, ManifestError};
pub use object::{Class, NotAnObjectName, OBJECT_BYTES_MAX, ObjectName};
pub use prove::{Demand, OpenEntry, Proven, Told, prove};
pub use restore::{Counted, Restored, restore};
pub use ship::{Given, ShipError, Shipped, ship};
pub use target::{Protection, Put, Source, Target, TargetError};

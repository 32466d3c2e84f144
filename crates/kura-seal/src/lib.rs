#![doc = include_str!("../README.md")]

mod body;
mod destruction;
mod envelope;
mod holder;
mod key;
mod keyring;
mod lookup;
mod place;
mod record;
mod recovery;
mod sheet;
mod unit_keys;

pub use body::{BODY_MAX_BYTES, Dictionary};
pub use destruction::{
    APPROVAL_DELAY_DAYS, DESTRUCTIONS_A_DAY_ALONE, Destruction, DestructionError, KEYRING_KEPT_DAYS, Request, Tombstone,
};
pub use envelope::Header;
pub use holder::{AgentKey, PublicKey};
pub use key::{DataKey, KeyEpoch, ServerKey, UnitKey};
pub use keyring::WrapError;
pub use lookup::{LOOKUP_BYTES, LookupKey};
pub use place::{Form, Place, Schema, SchemaError};
pub use record::{OpenError, Opened, ResealError, SealError, open, open_entry, open_with, reseal, seal, seal_entry};
pub use recovery::{RecoveryKey, Words, WordsError};
pub use sheet::{Fingerprint, RecoverySheet, SheetError};
pub use unit_keys::UnitKeys;

//! A line to another machine that receives an archive (`tcp://host:port`). What can be said on it: which manifest is the newest, and here is
//! an object. There is no word for change, for delete, or for read.
//!
//! Both ends know the secret of their pairing. Each proves it over chance of the other; from then on every message carries a tag over
//! its place in the talk. Nothing is enciphered: what travels is sealed, and its clear parts are what the receiver keeps in the clear anyhow.

mod frame;
mod pairing;
mod receiver;
mod sender;

pub use pairing::{Pairing, PairingError};
pub use receiver::{Incident, Receiver};
pub use sender::Sender;

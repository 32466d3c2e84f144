//! Invented places and seeded chance.

use kura_id::{Kind, OfficeId, RecordId, UnitId, UserId};
use kura_seal::Place;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

pub(crate) fn chance(seed: u8) -> ChaCha20Rng {
    ChaCha20Rng::from_seed([seed; 32])
}

pub(crate) fn office(number: u8) -> OfficeId {
    OfficeId::from_parts(1_790_000_000_000, [number; 10]).unwrap()
}

pub(crate) fn unit(number: u8) -> UnitId {
    UnitId::from_parts(1_790_000_000_000, [number; 10]).unwrap()
}

pub(crate) fn record(number: u8) -> RecordId {
    RecordId::from_parts(1_790_000_000_000, [number; 10]).unwrap()
}

pub(crate) fn user(number: u8) -> UserId {
    UserId::from_parts(1_790_000_000_000, [number; 10]).unwrap()
}

pub(crate) fn place() -> Place {
    Place { office: office(1), unit: unit(1), kind: Kind::new(7), id: record(1), version: 1 }
}

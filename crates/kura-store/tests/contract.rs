//! The backend in memory keeps the contract.

use kura_store::MemoryStore;
use kura_store::contract::{Fresh, Lent};

fn fresh(lent: &Lent) -> Fresh {
    (Box::new(MemoryStore::new(lent.clock(), lent.entropy())), Box::new(()))
}

kura_store::contract!(crate::fresh);

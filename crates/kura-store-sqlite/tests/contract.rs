//! SQLite keeps the contract.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kura_store::contract::{Fresh, Lent};
use kura_store_sqlite::{Options, SqliteStore};

fn fresh(lent: &Lent) -> Fresh {
    store(lent, Options::default())
}

fn store(lent: &Lent, options: Options) -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::new(folder.path(), options, lent.clock(), lent.entropy()).unwrap();
    (Box::new(store), Box::new(folder))
}

kura_store::contract!(crate::fresh);

/// With room for one open office, every other one is closed and opened again all the time.
mod one_open_office {
    use super::{Fresh, Lent, Options};

    fn fresh(lent: &Lent) -> Fresh {
        super::store(lent, Options { open_offices_max: 1, idle_readers_max: 1, cache_kib: 0 })
    }

    kura_store::contract!(super::fresh);
}

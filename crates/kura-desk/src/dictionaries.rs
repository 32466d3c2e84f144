//! 辞書: for each kind of record of which there are many, one body of an invented person. With it a slip takes a third of the room.
//!
//! What lies in the store was sealed with these bytes and opens with these bytes alone: a file here is never changed. A new schema
//! may bring a new file beside it.

use std::sync::LazyLock;

use kura_id::Kind;
use kura_seal::{Dictionary, Schema};

use crate::kinds::{HISTORY, INPUT, PERSON, SLIP};

type Prepared = LazyLock<Option<Dictionary>>;

static PERSON_1: Prepared = LazyLock::new(|| Dictionary::new(include_bytes!("dictionaries/person-1.json")));
static INPUT_1: Prepared = LazyLock::new(|| Dictionary::new(include_bytes!("dictionaries/input-1.json")));
static HISTORY_1: Prepared = LazyLock::new(|| Dictionary::new(include_bytes!("dictionaries/history-1.json")));
static SLIP_1: Prepared = LazyLock::new(|| Dictionary::new(include_bytes!("dictionaries/slip-1.json")));

/// The dictionary of a kind in a schema, where there is one.
pub(crate) fn of(kind: Kind, schema: Schema) -> Option<&'static Dictionary> {
    let prepared = match (kind, schema.get()) {
        (PERSON, 1) => &PERSON_1,
        (INPUT, 1) => &INPUT_1,
        (HISTORY, 1) => &HISTORY_1,
        (SLIP, 1) => &SLIP_1,
        _ => return None,
    };
    prepared.as_ref()
}

#[cfg(test)]
mod tests {
    use kura_journal::ContentHash;

    use super::*;
    use crate::kinds::USER;

    #[test]
    fn a_dictionary_never_changes() {
        for (bytes, beginning_of_hash) in [
            (include_bytes!("dictionaries/person-1.json").as_slice(), [0x08, 0x67, 0xb4, 0x3a]),
            (include_bytes!("dictionaries/input-1.json"), [0x81, 0x64, 0x68, 0x57]),
            (include_bytes!("dictionaries/history-1.json"), [0xf8, 0xa4, 0xed, 0x2e]),
            (include_bytes!("dictionaries/slip-1.json"), [0xe7, 0xbc, 0x5a, 0xc3]),
        ] {
            assert!(ContentHash::of(bytes).bytes().starts_with(&beginning_of_hash));
        }
    }

    #[test]
    fn kinds_of_which_there_are_many_have_one() {
        for kind in [PERSON, INPUT, HISTORY, SLIP] {
            assert!(of(kind, Schema::new(1)).is_some());
            assert!(of(kind, Schema::new(2)).is_none());
        }
        assert!(of(USER, Schema::new(1)).is_none());
    }
}

//! Sealed bytes open in their place with their key, and nowhere else.

use crate::given::{chance, office, place, record, unit};
use kura_id::Kind;
use kura_seal::{
    BODY_MAX_BYTES, Dictionary, Form, Header, KeyEpoch, OpenError, Place, ResealError, Schema, SchemaError, SealError,
    UnitKey, open, open_entry, open_with, reseal, seal, seal_entry,
};
use proptest::prelude::*;

const EPOCH: KeyEpoch = KeyEpoch::new(3);
const SCHEMA: Schema = Schema::new(2);
const HEADER: usize = 72;
const TAG: usize = 16;

fn sealed(key: &UnitKey, place: &Place, body: &[u8]) -> Vec<u8> {
    seal(key, EPOCH, place, SCHEMA, body, &mut chance(9)).unwrap()
}

/// A slip of an invented person.
fn slip() -> Vec<u8> {
    br#"{"person":"0001","month":"2026-10","items":[{"code":"basic","yen":250000},{"code":"overtime","yen":31250}]}"#
        .to_vec()
}

#[test]
fn a_body_comes_back_with_its_schema_and_epoch() {
    let key = UnitKey::generate(&mut chance(1));
    for body in [Vec::new(), vec![0], slip(), slip().repeat(100), vec![7; BODY_MAX_BYTES]] {
        let sealed = sealed(&key, &place(), &body);
        let opened = open(&key, &place(), &sealed).unwrap();
        assert_eq!((opened.schema, opened.epoch), (SCHEMA, EPOCH));
        assert!(*opened.body == body);
    }
}

#[test]
fn the_header_says_suite_schema_and_epoch_in_clear_and_nothing_else() {
    let key = UnitKey::generate(&mut chance(1));
    let sealed = sealed(&key, &place(), &slip());
    assert_eq!(Header::read(&sealed), Some(Header { suite: 1, schema: SCHEMA, epoch: EPOCH }));
    assert_eq!(sealed[..8], [0, 1, 0, 2, 0, 0, 0, 3]);
    assert!(!sealed.windows(4).any(|four| four == b"2026" || four == b"2500"));
    assert_eq!(Header::read(&sealed[..7]), None);
}

#[test]
fn two_seals_of_one_body_in_one_place_have_nothing_in_common_but_the_first_eight_bytes() {
    let (key, mut rng) = (UnitKey::generate(&mut chance(1)), chance(2));
    let [one, other] = [(); 2].map(|()| seal(&key, EPOCH, &place(), SCHEMA, &slip(), &mut rng).unwrap());
    assert_eq!(one[..8], other[..8]);
    for part in [8..40, 40..72, 72..one.len() - TAG, one.len() - TAG..one.len()] {
        assert_ne!(one[part.clone()], other[part]);
    }
}

#[test]
fn no_other_place_opens_it() {
    let key = UnitKey::generate(&mut chance(1));
    let sealed = sealed(&key, &place(), &slip());
    let elsewhere = [
        Place { office: office(2), ..place() },
        Place { unit: unit(2), ..place() },
        Place { kind: Kind::new(8), ..place() },
        Place { id: record(2), ..place() },
        Place { version: 2, ..place() },
        Place { version: 0, ..place() },
    ];
    for wrong in elsewhere {
        assert_eq!(open(&key, &wrong, &sealed).unwrap_err(), OpenError::Altered, "{wrong:?}");
    }
}

#[test]
fn no_other_key_opens_it() {
    let sealed = sealed(&UnitKey::generate(&mut chance(1)), &place(), &slip());
    let other = UnitKey::generate(&mut chance(2));
    assert_eq!(open(&other, &place(), &sealed).unwrap_err(), OpenError::OtherKey);
}

#[test]
fn no_flipped_bit_is_overlooked() {
    let key = UnitKey::generate(&mut chance(1));
    let sealed = sealed(&key, &place(), &slip());
    let mut flips = 0;
    for at in 0..sealed.len() {
        for bit in 0..8 {
            let mut flipped = sealed.clone();
            flipped[at] ^= 1 << bit;
            let error = open(&key, &place(), &flipped).unwrap_err();
            let expected = match at {
                0..2 => OpenError::UnknownSuite { found: Header::read(&flipped).unwrap().suite },
                8..HEADER => OpenError::OtherKey,
                _ => OpenError::Altered,
            };
            assert_eq!(error, expected, "bit {bit} of byte {at}");
            flips += 1;
        }
    }
    assert!(flips > 8 * (HEADER + TAG));
}

#[test]
fn nothing_cut_and_nothing_longer_opens() {
    let key = UnitKey::generate(&mut chance(1));
    let sealed = sealed(&key, &place(), &slip());
    for length in 0..sealed.len() {
        let error = open(&key, &place(), &sealed[..length]).unwrap_err();
        let expected = if length < HEADER + TAG { OpenError::TooShort } else { OpenError::Altered };
        assert_eq!(error, expected, "{length} bytes");
    }
    for more in [1, 16, 72, 1000] {
        let longer = [sealed.as_slice(), &vec![0; more]].concat();
        assert_eq!(open(&key, &place(), &longer).unwrap_err(), OpenError::Altered);
    }
    for more in [1, 72, sealed.len()] {
        let before = [&sealed[..more], &sealed].concat();
        assert!(open(&key, &place(), &before).is_err());
    }
}

fn with<'d>(dictionary: &'d Dictionary) -> Form<'d> {
    Form { schema: SCHEMA, dictionary: Some(dictionary) }
}

#[test]
fn a_body_with_a_dictionary_takes_half_the_room_and_opens_with_that_dictionary_alone() {
    let (key, sample) = (UnitKey::generate(&mut chance(1)), slip());
    let body = String::from_utf8(slip()).unwrap().replace("0001", "0002").replace("250000", "312400").into_bytes();
    let dictionary = Dictionary::new(&sample).unwrap();
    let sealed_with = seal(&key, EPOCH, &place(), with(&dictionary), &body, &mut chance(2)).unwrap();
    let (packed, alone) = (sealed_with.len() - HEADER - TAG, sealed(&key, &place(), &body).len() - HEADER - TAG);
    assert!(packed * 2 < alone, "{packed} of {alone}");

    let opened = open_with(&key, &place(), &sealed_with, |schema| (schema == SCHEMA).then_some(&dictionary)).unwrap();
    assert_eq!(*opened.body, body);
    let none = open(&key, &place(), &sealed_with).unwrap_err();
    assert_eq!(none, OpenError::NoDictionary { schema: SCHEMA });
    // zstd itself would not notice: it would give another person's pay.
    let other = Dictionary::new(&[b"{}", &sample[2..]].concat()).unwrap();
    assert_eq!(open_with(&key, &place(), &sealed_with, |_| Some(&other)).unwrap_err(), OpenError::Altered);
    // A record without a dictionary does not ask for one.
    let without = sealed(&key, &place(), &body);
    assert_eq!(*open_with(&key, &place(), &without, |_| None).unwrap().body, body);
    assert_eq!(*open_with(&key, &place(), &without, |_| Some(&dictionary)).unwrap().body, body);
}

#[test]
fn no_bit_of_a_record_with_a_dictionary_can_be_flipped_and_neither_can_its_suite() {
    let (key, dictionary) = (UnitKey::generate(&mut chance(1)), Dictionary::new(&slip()).unwrap());
    let record = seal(&key, EPOCH, &place(), with(&dictionary), &slip(), &mut chance(2)).unwrap();
    let open = |record: &[u8]| open_with(&key, &place(), record, |_| Some(&dictionary));
    assert!(open(&record).is_ok());
    for at in 0..record.len() {
        for bit in 0..8 {
            let mut flipped = record.clone();
            flipped[at] ^= 1 << bit;
            assert!(open(&flipped).is_err(), "bit {bit} of byte {at}");
        }
        assert!(open(&record[..at]).is_err(), "{at} bytes");
    }
    for (record, suite) in [(record, 1), (sealed(&key, &place(), &slip()), 2)] {
        let mut other = record.clone();
        other[1] = suite;
        assert_eq!(open(&other).unwrap_err(), OpenError::Altered);
    }
}

#[test]
fn a_resealed_record_keeps_its_dictionary() {
    let (old, new) = (UnitKey::generate(&mut chance(1)), UnitKey::generate(&mut chance(2)));
    let dictionary = Dictionary::new(&slip()).unwrap();
    let before = seal(&old, EPOCH, &place(), with(&dictionary), &slip(), &mut chance(3)).unwrap();
    let (next, after) = reseal(&old, &new, EPOCH, &place(), &before, |_| Some(&dictionary), &mut chance(4)).unwrap();
    assert_eq!(Header::read(&after), Header::read(&before));
    assert_eq!(*open_with(&new, &next, &after, |_| Some(&dictionary)).unwrap().body, slip());
}

#[test]
fn a_body_over_the_limit_is_refused() {
    let key = UnitKey::generate(&mut chance(1));
    let error = seal(&key, EPOCH, &place(), SCHEMA, &vec![0; BODY_MAX_BYTES + 1], &mut chance(2)).unwrap_err();
    assert_eq!(error, SealError::TooLong);
    assert_eq!(error.to_string(), "一つの記録が大きすぎます（上限16MiB）。分けて保存してください。");
}

#[test]
fn a_resealed_record_is_the_next_version_under_the_new_key() {
    let (old, new) = (UnitKey::generate(&mut chance(1)), UnitKey::generate(&mut chance(2)));
    let before = sealed(&old, &place(), &slip());
    let (next, after) = reseal(&old, &new, KeyEpoch::new(4), &place(), &before, |_| None, &mut chance(3)).unwrap();
    assert_eq!(next, Place { version: 2, ..place() });
    let opened = open(&new, &next, &after).unwrap();
    assert_eq!((opened.schema, opened.epoch), (SCHEMA, KeyEpoch::new(4)));
    assert_eq!(*opened.body, slip());
    assert_eq!(open(&old, &next, &after).unwrap_err(), OpenError::OtherKey);

    let wrong = reseal(&new, &old, EPOCH, &place(), &before, |_| None, &mut chance(3)).unwrap_err();
    assert_eq!(wrong, ResealError::Open(OpenError::OtherKey));
    let last = Place { version: u64::MAX, ..place() };
    let error = reseal(&old, &new, EPOCH, &last, &sealed(&old, &last, b"{}"), |_| None, &mut chance(3)).unwrap_err();
    assert_eq!(error, ResealError::Seal(SealError::LastVersion));
}

#[test]
fn an_entry_opens_as_the_entry_it_is_and_never_as_a_record() {
    let key = UnitKey::generate(&mut chance(1));
    let entry = seal_entry(&key, EPOCH, office(1), 41, SCHEMA, b"shown", &mut chance(2)).unwrap();
    assert_eq!(*open_entry(&key, office(1), 41, &entry).unwrap().body, b"shown");
    assert_eq!(open_entry(&key, office(1), 42, &entry).unwrap_err(), OpenError::Altered);
    assert_eq!(open_entry(&key, office(2), 41, &entry).unwrap_err(), OpenError::Altered);
    assert_eq!(open(&key, &place(), &entry).unwrap_err(), OpenError::OtherKey);
    let record = sealed(&key, &place(), b"shown");
    assert_eq!(open_entry(&key, office(1), 41, &record).unwrap_err(), OpenError::OtherKey);
}

#[test]
fn a_schema_is_read_within_its_bounds_only() {
    let known = || Schema::new(2)..=Schema::new(3);
    assert_eq!(Schema::new(2).check(known()), Ok(()));
    assert_eq!(Schema::new(3).check(known()), Ok(()));
    let newer = Schema::new(4).check(known()).unwrap_err();
    assert_eq!(newer, SchemaError::Newer { found: Schema::new(4), newest: Schema::new(3) });
    assert!(newer.to_string().contains("様式4") && newer.to_string().contains("更新"));
    let old = Schema::new(1).check(known()).unwrap_err();
    assert_eq!(old, SchemaError::TooOld { found: Schema::new(1), oldest: Schema::new(2) });
}

#[test]
fn what_is_secret_says_nothing_of_itself() {
    let key = UnitKey::generate(&mut chance(1));
    assert_eq!(format!("{key:?}"), "UnitKey(..)");
    let opened = open(&key, &place(), &sealed(&key, &place(), b"secret")).unwrap();
    assert_eq!(format!("{opened:?}"), "Opened(..)");
}

proptest! {
    #[test]
    fn every_body_comes_back(body: Vec<u8>, seed: u8, version in 1..u64::MAX, kind: u16, schema: u16, epoch: u32) {
        let (mut rng, place) = (chance(seed), Place { version, kind: Kind::new(kind), ..place() });
        let key = UnitKey::generate(&mut rng);
        let sealed = seal(&key, KeyEpoch::new(epoch), &place, Schema::new(schema), &body, &mut rng).unwrap();
        let opened = open(&key, &place, &sealed).unwrap();
        prop_assert_eq!(&*opened.body, &body);
        prop_assert_eq!((opened.schema.get(), opened.epoch.get()), (schema, epoch));
    }

    #[test]
    fn every_body_comes_back_with_any_dictionary(body: Vec<u8>, sample: Vec<u8>, common in 0_usize..40) {
        let key = UnitKey::generate(&mut chance(1));
        let body = [&sample[..common.min(sample.len())], &body].concat();
        let dictionary = Dictionary::new(&sample).unwrap();
        let sealed = seal(&key, EPOCH, &place(), with(&dictionary), &body, &mut chance(2)).unwrap();
        prop_assert_eq!(&*open_with(&key, &place(), &sealed, |_| Some(&dictionary)).unwrap().body, &body);
    }

    #[test]
    fn no_two_places_are_one(offices: (u8, u8), units: (u8, u8), kinds: (u16, u16), ids: (u8, u8), versions: (u64, u64)) {
        let at = |office_, unit_, kind, id, version| {
            Place { office: office(office_), unit: unit(unit_), kind: Kind::new(kind), id: record(id), version }
        };
        let one = at(offices.0, units.0, kinds.0, ids.0, versions.0);
        let other = at(offices.1, units.1, kinds.1, ids.1, versions.1);
        let key = UnitKey::generate(&mut chance(1));
        let record = sealed(&key, &one, b"body");
        prop_assert!(open(&key, &one, &record).is_ok());
        prop_assert_eq!(open(&key, &other, &record).is_ok(), one == other);
    }

    #[test]
    fn no_bytes_of_chance_open_or_panic(bytes: Vec<u8>, suite_is_ours: bool) {
        let mut bytes = bytes;
        if suite_is_ours && bytes.len() >= 2 {
            bytes[..2].copy_from_slice(&[0, 1]);
        }
        prop_assert!(open(&UnitKey::generate(&mut chance(1)), &place(), &bytes).is_err());
    }
}

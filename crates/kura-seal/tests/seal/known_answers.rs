//! The format, byte by byte, against a second implementation that shares nothing with this one: `second_opinion.py`.

use std::convert::Infallible;
use std::process::Command;

use kura_id::{Kind, OfficeId, RecordId, UnitId};
use kura_seal::{
    AgentKey, DataKey, Dictionary, KeyEpoch, Place, PublicKey, RecoverySheet, Schema, ServerKey, UnitKey, open,
    open_entry, open_with, seal, seal_entry,
};
use rand_core::{TryCryptoRng, TryRng};
use serde_json::Value;
use zeroize::Zeroizing;

/// Made once by `second_opinion.py`. These bytes stand for what offices have stored: they never change.
const KNOWN: &str = include_str!("known_answers.jsonl");

#[test]
fn the_second_implementation_still_gives_these_answers() {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seal/second_opinion.py");
    let said = Command::new("python3").arg(script).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert_eq!(String::from_utf8(said.stdout).unwrap(), KNOWN);
}

#[test]
fn a_record_is_sealed_to_the_known_bytes_and_opens() {
    let known = Known::of("record");
    let (unit_key, place) = (unit_key(), known.place());
    let (schema, epoch) = (known.schema(), known.epoch());
    let sealed = seal(&unit_key, epoch, &place, schema, &known.bytes("body"), &mut known.chance()).unwrap();
    assert_eq!(sealed, known.bytes("sealed"));
    let opened = open(&unit_key, &place, &known.bytes("sealed")).unwrap();
    assert_eq!((opened.schema, opened.epoch, opened.body.to_vec()), (schema, epoch, known.bytes("body")));
}

#[test]
fn a_record_with_a_dictionary_opens() {
    let known = Known::of("record with a dictionary");
    let dictionary = Dictionary::new(&known.bytes("sample")).unwrap();
    let opened = open_with(&unit_key(), &known.place(), &known.bytes("sealed"), |_| Some(&dictionary)).unwrap();
    assert_eq!(*opened.body, known.bytes("body"));
}

/// Sealed by this program on the day the dictionary came in: the compressed form is zstd's, and has to stay readable.
#[test]
fn a_record_compressed_with_a_dictionary_stays_readable() {
    let known = Known::of("record with a dictionary");
    let dictionary = Dictionary::new(&known.bytes("sample")).unwrap();
    let opened = open_with(&unit_key(), &known.place(), &unhex(SEALED_2026), |_| Some(&dictionary)).unwrap();
    assert_eq!(*opened.body, br#"{"month":"2026-11","yen":312400,"month":"2026-10","yen":0}"#);
}

const SEALED_2026: &str = "00020a0b00000001023f37203a2476c42566a61cc55c3ca875dbb4cc41c0deb789f8e7bf88183638162499e1df1ec4cafacca3161265\
    f9eb53046bace5d057e2c194e830bf1580af6a21cfd38594087bb4ab9d3eafa1eddad9a4d51f9c9457aaf198e411d0c2f7dd6956fc60\
    79747dd168992feb3211d3a3";

#[test]
fn a_look_up_is_hashed_to_the_known_bytes() {
    let known = Known::of("look-up");
    assert_eq!(unit_key().lookup_key().hash(&known.bytes("words")).as_slice(), known.bytes("hash"));
}

#[test]
fn an_entry_is_sealed_to_the_known_bytes_and_opens() {
    let known = Known::of("entry");
    let unit_key = unit_key();
    let (office, seq, body) = (known.office(), known.number("seq"), known.bytes("body"));
    let sealed = seal_entry(&unit_key, known.epoch(), office, seq, known.schema(), &body, &mut known.chance()).unwrap();
    assert_eq!(sealed, known.bytes("sealed"));
    assert_eq!(*open_entry(&unit_key, office, seq, &known.bytes("sealed")).unwrap().body, body);
}

#[test]
fn keys_are_wrapped_to_the_known_bytes() {
    let known = Known::of("unit key");
    let above = DataKey::from_bytes(known.epoch(), &known.key("above"));
    let wrapped = above.wrap_unit_key(&unit_key(), known.office(), known.unit(), &mut known.chance()).unwrap();
    assert_eq!(wrapped, known.bytes("wrapped"));

    let known = Known::of("data key");
    let above = ServerKey::from_bytes(&known.key("above"));
    let data_key = above.unwrap_data_key(known.office(), &known.bytes("wrapped")).unwrap();
    assert_eq!((data_key.epoch(), data_key.expose()), (known.epoch(), &*known.key("key")));
    let wrapped = above.wrap_data_key(&data_key, known.office(), &mut known.chance()).unwrap();
    assert_eq!(wrapped, known.bytes("wrapped"));
}

#[test]
fn a_row_with_a_former_key_opens_what_that_key_sealed() {
    let known = Known::of("unit keys");
    let above = DataKey::from_bytes(known.epoch(), &known.key("above"));
    let keys = above.unwrap_unit_keys(known.office(), known.unit(), &known.bytes("wrapped")).unwrap();
    assert!(*keys.newest() == unit_key());
    assert_eq!(*keys.open(&known.place(), &known.bytes("sealed")).unwrap().body, known.bytes("body"));
    let wrapped = above.wrap_unit_keys(&keys, known.office(), known.unit(), &mut known.chance()).unwrap();
    assert_eq!(wrapped, known.bytes("wrapped"));
}

#[test]
fn the_house_key_opens_the_known_record() {
    let known = Known::of("house record");
    let house_key = ServerKey::from_bytes(&known.key("server_key")).house_key();
    assert_eq!(*open(&house_key, &known.place(), &known.bytes("sealed")).unwrap().body, known.bytes("body"));
}

#[test]
fn a_holder_has_the_known_public_key_and_gets_the_known_bytes() {
    let known = Known::of("holder");
    let agent = AgentKey::from_bytes(&known.key("seed"));
    assert_eq!(agent.public_key().bytes().as_slice(), known.bytes("public"));
    let data_key = agent.unwrap_data_key(known.office(), &known.bytes("wrapped")).unwrap();
    assert_eq!((data_key.epoch(), data_key.expose()), (known.epoch(), &*known.key("key")));
    let public = PublicKey::from_bytes(known.bytes("public").as_slice().try_into().unwrap()).unwrap();
    let wrapped = public.wrap_data_key(&data_key, known.office(), &mut known.chance()).unwrap();
    assert_eq!(wrapped, known.bytes("wrapped"));
}

/// RFC 9180, appendix A.3.1: ikmR and pkRm.
#[test]
fn a_seed_gives_the_key_pair_of_rfc_9180() {
    let seed = "668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550";
    let public = "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0";
    let seed = Zeroizing::new(unhex(seed).try_into().unwrap());
    assert_eq!(AgentKey::from_bytes(&seed).public_key().bytes().as_slice(), unhex(public));
}

#[test]
fn a_sheet_says_the_known_words() {
    let known = Known::of("sheet");
    let (office, recovery) = RecoverySheet::read_qr(known.text("qr")).unwrap();
    assert_eq!(office, known.office());
    let sheet = RecoverySheet::new(office, &recovery, String::new(), String::new());
    assert_eq!(*sheet.qr, known.text("qr"));
    assert_eq!(sheet.recovery_key.to_string(), known.text("fingerprint"));
    let holder = AgentKey::from_bytes(&known.key("seed"));
    assert_eq!(recovery.public_key(), holder.public_key());
}

/// The known unit key: it exists only wrapped.
fn unit_key() -> UnitKey {
    let known = Known::of("unit key");
    let above = DataKey::from_bytes(known.epoch(), &known.key("above"));
    above.unwrap_unit_key(known.office(), known.unit(), &known.bytes("wrapped")).unwrap()
}

struct Known(Value);

impl Known {
    fn of(what: &str) -> Self {
        let line = KNOWN.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        Self(line.into_iter().find(|line| line["what"] == what).unwrap())
    }

    fn text(&self, field: &str) -> &str {
        self.0[field].as_str().unwrap()
    }

    fn bytes(&self, field: &str) -> Vec<u8> {
        unhex(self.text(field))
    }

    fn key(&self, field: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.bytes(field).try_into().unwrap())
    }

    fn number(&self, field: &str) -> u64 {
        self.0[field].as_u64().unwrap()
    }

    fn office(&self) -> OfficeId {
        OfficeId::from_bytes(self.bytes("office").try_into().unwrap()).unwrap()
    }

    fn unit(&self) -> UnitId {
        UnitId::from_bytes(self.bytes("unit").try_into().unwrap()).unwrap()
    }

    fn epoch(&self) -> KeyEpoch {
        KeyEpoch::new(self.number("epoch").try_into().unwrap())
    }

    fn schema(&self) -> Schema {
        Schema::new(self.number("schema").try_into().unwrap())
    }

    fn place(&self) -> Place {
        Place {
            office: self.office(),
            unit: self.unit(),
            kind: Kind::new(self.number("kind").try_into().unwrap()),
            id: RecordId::from_bytes(self.bytes("record").try_into().unwrap()).unwrap(),
            version: self.number("version"),
        }
    }

    fn chance(&self) -> Given {
        Given(self.bytes("salt"))
    }
}

/// A source of "chance" that gives the known salt once and then has nothing more.
struct Given(Vec<u8>);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("bytes are asked for")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("bytes are asked for")
    }

    fn try_fill_bytes(&mut self, wanted: &mut [u8]) -> Result<(), Infallible> {
        let rest = self.0.split_off(wanted.len());
        wanted.copy_from_slice(&self.0);
        self.0 = rest;
        Ok(())
    }
}

impl TryCryptoRng for Given {}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().map(|digit| digit.to_digit(16).unwrap().try_into().unwrap()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

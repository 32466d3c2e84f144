//! Journal and records agree, or the record is named.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the finding")]

use kura_id::{Kind, OfficeId, RecordId};
use kura_journal::{
    Action, Actor, Class, ContentHash, Entry, EntryDraft, LatestVersions, Purpose, RecordVersion, UnixMillis,
    VersionWrong,
};

const KIND: Kind = Kind::new(7);

fn id(number: u64) -> RecordId {
    RecordId::from_parts(1_790_000_000_000 + number, [3; 10]).unwrap()
}

fn version(number: u64, version: u64) -> RecordVersion {
    RecordVersion {
        kind: KIND,
        id: id(number),
        version,
        sealed: Some(ContentHash::of(&[u8::try_from(version).unwrap()])),
    }
}

fn entry(action: Action, class: Option<Class>, records: &[RecordVersion]) -> Entry {
    let office = OfficeId::from_parts(1_790_000_000_000, [1; 10]).unwrap();
    let mut draft = EntryDraft::new(office, Actor::SYSTEM, action, Purpose::Payroll);
    draft.class = class;
    draft.records = records.to_vec();
    Entry { at: UnixMillis::new(1_790_000_000_000), draft }
}

fn told() -> LatestVersions {
    let mut told = LatestVersions::default();
    let deleted = RecordVersion { sealed: None, ..version(4, 2) };
    for entry in [
        entry(Action::Import, None, &[version(1, 1), version(2, 1), version(3, 1), version(4, 1)]),
        entry(Action::Read, Some(Class::Shown), &[version(1, 1), version(9, 9)]),
        entry(Action::Export, Some(Class::Exported), &[version(3, 9)]),
        entry(Action::Run, Some(Class::Computed), &[version(2, 2)]),
        entry(Action::Delete, None, &[deleted]),
        entry(Action::Update, None, &[version(2, 3)]),
    ] {
        told.take(&entry).unwrap();
    }
    told
}

#[test]
fn what_agrees_is_crossed_off_and_the_rest_is_missing() {
    let mut told = told();
    told.compare(&version(1, 1)).unwrap();
    told.compare(&version(2, 3)).unwrap();
    assert_eq!(told.missing().collect::<Vec<_>>(), [version(3, 1)]);
}

#[test]
fn what_does_not_agree_is_named() {
    let found = |stored: RecordVersion| told().compare(&stored).unwrap_err();
    let (kind, rolled_back) =
        (KIND, |number, told, stored| VersionWrong::RolledBack { kind: KIND, id: id(number), told, stored });
    assert_eq!(found(version(2, 2)), rolled_back(2, 3, 2));
    assert_eq!(found(version(4, 1)), rolled_back(4, 2, 1));
    assert_eq!(found(version(5, 1)), VersionWrong::NotTold { kind, id: id(5) });
    assert_eq!(found(version(9, 9)), VersionWrong::NotTold { kind, id: id(9) });
    assert_eq!(found(version(1, 2)), VersionWrong::Other { kind, id: id(1), stored: 2 });
    let other = RecordVersion { sealed: Some(ContentHash::of(b"other")), ..version(1, 1) };
    assert_eq!(found(other), VersionWrong::Other { kind, id: id(1), stored: 1 });
    assert_eq!(found(version(4, 2)), VersionWrong::Other { kind, id: id(4), stored: 2 });
    let again = told().take(&entry(Action::Update, None, &[version(2, 3)]));
    assert_eq!(again, Err(VersionWrong::NotRising { kind, id: id(2), before: 3, after: 3 }));
}

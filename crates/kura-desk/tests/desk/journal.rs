use std::collections::BTreeSet;

use kura_desk::{DeskError, JournalFilter, RecordsWrong, Told};
use kura_id::{Kind, UnitId};
use kura_journal::{
    Action, Checkpoint, Class, LogKey, Place, Purpose, Role, SignedCheckpoint, TreeHash, UnixMillis, Verdict,
    VersionWrong, Wrong, verify,
};
use kura_model::{ClientCode, EmployeeCode};
use kura_store::{ChangePlace, Limit, RecordName};
use zeroize::Zeroizing;

use crate::given::{ADMINISTRATOR, Blank, Given, START, demo, first_month, lease};

const DAY: u64 = 86_400_000;

fn codes(employee: &str) -> (ClientCode, EmployeeCode) {
    (ClientCode::from("002"), EmployeeCode::from(employee))
}

fn actions(entries: &[Told]) -> Vec<Action> {
    entries.iter().map(|told| told.entry.draft.action).collect()
}

#[test]
fn the_journal_tells_who_did_what_and_when_and_that_it_was_read() {
    let given = Given::with_books(&[&demo(1)]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let user = given.room.put_user(&scope, "clerk", Role::Clerk, &["002"]).unwrap();
    given.clock.pass(60_000);
    let clerk = given.room.sign_in("clerk").unwrap();
    let (client, employee) = codes("12");
    given.room.person(&clerk, &client, &employee, Purpose::Inquiry).unwrap();

    let all = given.room.journal(&scope, &JournalFilter::default()).unwrap();
    assert_eq!(all.next, None);
    assert!(all.entries.iter().zip(1..).all(|(told, seq)| told.seq == seq));
    assert_eq!(actions(&all.entries[..2]), [Action::Lease, Action::Create]);
    let of_clerk = JournalFilter { user: Some(user.id), ..JournalFilter::default() };
    let of_clerk = given.room.journal(&scope, &of_clerk).unwrap();
    assert_eq!(actions(&of_clerk.entries), [Action::SignIn, Action::Read]);
    let late = JournalFilter { from: Some(UnixMillis::new(START + 60_000)), ..JournalFilter::default() };
    let late = given.room.journal(&scope, &late).unwrap();
    // Two entries of the clerk, and the two looks into the journal.
    assert_eq!(actions(&late.entries), [Action::SignIn, Action::Read, Action::Read, Action::Read]);
    assert_eq!(late.entries[0].seq, of_clerk.entries[0].seq);
    let early = JournalFilter { to_excl: Some(UnixMillis::new(START + 60_000)), ..JournalFilter::default() };
    assert_eq!(given.room.journal(&scope, &early).unwrap().entries.len(), all.entries.len() - 2);
    let imports = JournalFilter { action: Some(Action::Import), limit: 2, ..JournalFilter::default() };
    let first = given.room.journal(&scope, &imports).unwrap();
    assert_eq!(first.entries.len(), 1);
    let audit = given.room.journal(&scope, &JournalFilter { from_seq: late.entries[0].seq, ..imports }).unwrap();
    assert_eq!((audit.entries.len(), audit.next), (0, None));
    let page = JournalFilter { limit: 3, ..JournalFilter::default() };
    let page = given.room.journal(&scope, &page).unwrap();
    assert_eq!((page.entries.len(), page.next), (3, Some(4)));

    assert!(matches!(given.room.journal(&clerk, &JournalFilter::default()), Err(DeskError::NotAllowed { .. })));
}

#[test]
fn who_looked_at_a_person_is_who_saw_and_who_took_never_what_was_computed() {
    let law = kura_law::Law::embedded().unwrap();
    let book = demo(1);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let (client, employee) = codes("12");
    let looked = |given: &Given| given.room.who_looked_at(&scope, &client, &employee).unwrap();
    assert_eq!(looked(&given), []);
    let month = first_month(1);
    let order =
        kura_desk::RunOrder { client: "002".to_owned(), month, kind: kura_desk::RunKind::Pay, as_of: month.last_day() };
    assert!(given.room.run(&scope, &order, law).unwrap().run.slips > 10);
    given.room.person(&scope, &client, &EmployeeCode::from("11"), Purpose::Inquiry).unwrap();
    let after_run = looked(&given);
    // Only the audit's own look.
    assert_eq!(actions(&after_run), [Action::Read]);
    assert_eq!(after_run[0].entry.draft.purpose, Purpose::Audit);
    let person = after_run[0].entry.draft.subjects[0];
    given.room.person(&scope, &client, &employee, Purpose::Inquiry).unwrap();
    given.room.export(&scope).unwrap();
    let looks = looked(&given);
    assert_eq!(actions(&looks), [Action::Read, Action::Read, Action::Read, Action::Export]);
    assert!(looks.iter().all(|told| told.entry.draft.subjects.contains(&person)));
    let classes: BTreeSet<Class> = looks.iter().filter_map(|told| told.entry.draft.class).collect();
    assert_eq!(classes, BTreeSet::from([Class::Shown, Class::Exported]));
    // All that concerns the person, what was written as well.
    let filter = JournalFilter { person: Some(person), ..JournalFilter::default() };
    let all = given.room.journal(&scope, &filter).unwrap();
    assert_eq!(all.entries[0].entry.draft.action, Action::Import);
    let nobody = JournalFilter { person: Some(UnitId::from_parts(5, [9; 10]).unwrap()), ..filter };
    assert_eq!(given.room.journal(&scope, &nobody).unwrap().entries, []);
}

/// The records of a kind, with what they were at each version.
fn history(given: &Given, kind: Kind) -> Vec<kura_store::StoredChange> {
    let office = given.store.open_office(given.office, std::sync::Arc::new(Blank)).unwrap();
    let all = office.changes_from(ChangePlace::from(1), Limit::MAX).unwrap();
    all.into_iter().filter(|change| change.name.kind == kind).collect()
}

const PERSON: Kind = Kind::new(3);

#[test]
fn a_row_that_is_not_the_journals_is_named() {
    let book = demo(0);
    let given = Given::with_books(&[&book]);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let mut changed = book.clone();
    changed.employees[1].zip = Some("9540001".into());
    given.room.import(&scope, &changed, None, false).unwrap();
    let good = given.room.verify_records(&scope).unwrap();
    assert_eq!(good.wrong, []);
    assert!(good.records > 10 && good.entries >= 5);

    let changes = history(&given, PERSON);
    let newer = changes.iter().find(|change| change.version == 2).unwrap();
    let older = changes.iter().find(|change| change.name == newer.name && change.version == 1).unwrap();
    let as_row = |change: &kura_store::StoredChange, version: u64| {
        let kura_store::Becomes::Sealed { schema, bytes, .. } = &change.becomes else { panic!("sealed") };
        Some(kura_store::Record {
            name: change.name,
            unit: change.unit,
            version,
            schema: *schema,
            sealed: bytes.clone(),
        })
    };
    let put = |name: RecordName, row: Option<kura_store::Record>| {
        let mut rows = given.plan.rows.lock().unwrap();
        rows.clear();
        rows.insert(name, row);
    };
    let wrong = || given.room.verify_records(&scope).unwrap().wrong;
    let RecordName { kind, id } = newer.name;
    // An older row put back, with its own version: it opens, and the journal names it.
    put(newer.name, as_row(older, 1));
    assert_eq!(wrong(), [VersionWrong::RolledBack { kind, id, told: 2, stored: 1 }.into()]);
    // The old bytes under the new version do not even open, and are named as other ones.
    put(newer.name, as_row(older, 2));
    assert_eq!(wrong(), [VersionWrong::Other { kind, id, stored: 2 }.into()]);
    put(newer.name, as_row(newer, 3));
    assert_eq!(wrong(), [VersionWrong::Other { kind, id, stored: 3 }.into()]);
    put(newer.name, None);
    assert!(matches!(wrong()[..], [RecordsWrong::Missing(missing)] if (missing.id, missing.version) == (id, 2)));
    given.plan.rows.lock().unwrap().clear();
    assert_eq!(wrong(), []);
    // An entry that is not what was hashed: it is named, and what it told is not known.
    given.plan.turned.lock().unwrap().insert(3);
    let said = wrong();
    assert_eq!(said[..2], [RecordsWrong::Hash { seq: 3 }, RecordsWrong::Closed { seq: 3 }]);
    assert!(matches!(said[2..], [RecordsWrong::Version(VersionWrong::NotTold { .. })]));
    let all = given.room.journal(&scope, &JournalFilter::default()).unwrap_err();
    assert_eq!(all, DeskError::Entry { seq: 3 });
}

fn log_key(byte: u8) -> LogKey {
    LogKey::from_seed(&Zeroizing::new([byte; 32]))
}

fn keep(given: &Given) -> Checkpoint {
    let checkpoint = given.room.checkpoint_due().unwrap().unwrap();
    given.room.keep_checkpoint(&checkpoint.sign(&log_key(7))).unwrap();
    checkpoint
}

#[test]
fn a_journal_goes_out_with_its_checkpoints_and_verifies_without_a_key_that_opens_it() {
    let given = Given::with_books(&[&demo(0)]);
    let first = keep(&given);
    // Nothing happened but that it was kept.
    assert_eq!(given.room.checkpoint_due().unwrap(), None);
    let scope = given.room.sign_in(ADMINISTRATOR).unwrap();
    let second = keep(&given);
    given.clock.pass(DAY);
    given.room.renew(lease(START + 2 * DAY)).unwrap();
    let scope_of_day = given.room.sign_in(ADMINISTRATOR).unwrap();
    let third = keep(&given);
    assert!(first.size < second.size && second.size < third.size);
    // The proof of identity has aged.
    let verifier = log_key(7).verifier();
    assert_eq!(given.room.export_journal(&scope, &verifier, Vec::new()).unwrap_err(), DeskError::StepUp);
    let file = given.room.export_journal(&scope_of_day, &verifier, Vec::new()).unwrap();
    let Verdict::Good(whole) = verify(&mut file.as_slice(), &verifier, &[]).unwrap() else { panic!("good") };
    assert_eq!((whole.entries, whole.signed), (given.room.checkpoint().unwrap().size, third.size));
    // Of the first day the newest is kept, and it was witnessed.
    let witnessed = [second.sign(&log_key(7))];
    assert!(matches!(verify(&mut file.as_slice(), &verifier, &witnessed).unwrap(), Verdict::Good(_)));
    assert!(matches!(verify(&mut file.as_slice(), &log_key(8).verifier(), &[]).unwrap(), Verdict::Wrong { .. }));
    // One byte of the third entry's payload.
    let forged = given.room.verify_records(&scope_of_day).unwrap();
    assert_eq!(forged.wrong, []);
    given.plan.turned.lock().unwrap().insert(3);
    let file = given.room.export_journal(&scope_of_day, &verifier, Vec::new()).unwrap();
    let verdict = verify(&mut file.as_slice(), &verifier, &[]).unwrap();
    assert_eq!(verdict, Verdict::Wrong { place: Place::Entry(3), wrong: Wrong::LeafHash });
}

#[test]
fn a_device_sees_that_the_journal_continues_what_it_remembers() {
    let given = Given::with_books(&[&demo(0)]);
    let known = keep(&given);
    for _ in 0..300 {
        given.room.sign_in(ADMINISTRATOR).unwrap();
    }
    let (now, proof) = given.room.prove_since(&known).unwrap();
    assert!(now.size > known.size + 300);
    proof.check(known.root, now.root).unwrap();
    let forked = DeskError::Forked { size: known.size };
    let other = Checkpoint { root: TreeHash::from_bytes([1; 32]), ..known };
    assert_eq!(given.room.prove_since(&other).unwrap_err(), forked);
    let longer = Checkpoint { size: now.size + 1, ..now };
    assert_eq!(given.room.prove_since(&longer).unwrap_err(), DeskError::Forked { size: now.size + 1 });
    // What the vault signed for another journal is not kept.
    let signed: SignedCheckpoint = other.sign(&log_key(7));
    assert_eq!(given.room.keep_checkpoint(&signed).unwrap_err(), forked);
}

#[test]
fn at_sign_in_the_journal_must_continue_the_checkpoint_that_is_kept() {
    let given = Given::with_books(&[&demo(0)]);
    keep(&given);
    given.room.sign_in(ADMINISTRATOR).unwrap();
    // The journal was cut behind its second entry.
    given.plan.cut_behind(2);
    let refused = given.room.sign_in(ADMINISTRATOR).map(|_| ()).unwrap_err();
    assert!(matches!(refused, DeskError::Forked { .. }));
}

//! An entry has one spelling, its numbers never change, and time never runs backwards.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the finding")]

use kura_id::{DeviceId, Kind, OfficeId, RecordId, RequestId, RunId, UnitId, UserId};
use kura_journal::{
    Action, Actor, Authentication, Class, ClockSkew, ContentHash, Detail, Entry, EntryClock, EntryDraft, EntryError,
    Item, LIST_MAX, LogEpoch, Opening, Origin, PAYLOAD_BYTES_MAX, Part, PayloadError, Purpose, RecordVersion, Role,
    Salt, SealedPayload, TreeHash, UnixMillis,
};
use proptest::prelude::*;

const AT: UnixMillis = UnixMillis::new(1_790_000_000_123);

fn office() -> OfficeId {
    OfficeId::from_parts(1_790_000_000_000, [1; 10]).unwrap()
}

fn unit(number: u64) -> UnitId {
    UnitId::from_parts(1_790_000_000_000 + number, [2; 10]).unwrap()
}

fn record(number: u64) -> RecordVersion {
    RecordVersion {
        kind: Kind::new(7),
        id: RecordId::from_parts(1_790_000_000_000 + number, [3; 10]).unwrap(),
        version: 2,
        sealed: Some(ContentHash::of(&number.to_be_bytes())),
    }
}

fn shown() -> EntryDraft {
    let actor = Actor {
        user: Some(UserId::from_parts(1_790_000_000_000, [4; 10]).unwrap()),
        role: Role::Sharoshi,
        authentication: Authentication::Passkey,
        step_up_s: Some(42),
    };
    let mut draft = EntryDraft::new(office(), actor, Action::Read, Purpose::Inquiry);
    draft.device = Some(DeviceId::from_parts(1_790_000_000_000, [5; 10]).unwrap());
    draft.origin = Origin { address: Some("192.0.2.7".parse().unwrap()), agent: Some(ContentHash::of(b"a browser")) };
    draft.class = Some(Class::Shown);
    draft.subjects = vec![unit(1)];
    draft.items = vec![Item::Name, Item::Bank];
    draft.records = vec![RecordVersion { sealed: None, ..record(1) }];
    draft.request = Some(RequestId::from_parts(1_790_000_000_000, [6; 10]).unwrap());
    draft
}

#[test]
fn the_bytes_of_an_entry_are_these() {
    let bytes = String::from_utf8(shown().encode().unwrap().at(AT)).unwrap();
    assert_eq!(
        bytes,
        concat!(
            r#"{"v":1,"at":1790000000123,"office":"01a0c450-6c00-7101-8101-010101010101","#,
            r#""actor":{"user":"01a0c450-6c00-7404-8404-040404040404","role":3,"authentication":3,"step_up_s":42},"#,
            r#""device":"01a0c450-6c00-7505-8505-050505050505","#,
            r#""origin":{"address":"192.0.2.7","agent":"FOgUuHEI0/I0qnaiSTcwRu1A3arth4MXyX0kg6ZjcJQ="},"#,
            r#""action":11,"purpose":8,"class":2,"subjects":["01a0c450-6c01-7202-8202-020202020202"],"items":[1,9],"#,
            r#""records":[{"kind":7,"id":"01a0c450-6c01-7303-8303-030303030303","version":2}],"#,
            r#""request":"01a0c450-6c00-7606-8606-060606060606"}"#
        )
    );
    assert_eq!(Entry::decode(bytes.as_bytes()), Ok(Entry { at: AT, draft: shown() }));
}

#[test]
fn another_spelling_of_the_same_entry_is_refused() {
    let good = String::from_utf8(shown().encode().unwrap().at(AT)).unwrap();
    for (from, to) in [
        (r#""at":1790000000123"#, r#""at":01790000000123"#),
        (r#""action":11"#, r#""action": 11"#),
        (r#""action":11,"purpose":8"#, r#""purpose":8,"action":11"#),
        (r#""class":2"#, r#""class":2,"artefact":null"#),
        (r#""192.0.2.7""#, r#""192.0.2.7\u0020""#),
        (r#""items":[1,9]"#, r#""items":[9,1]"#),
        (r#""items":[1,9]"#, r#""items":[1,9],"records":[]"#),
        (r#""items":[1,9]"#, r#""items":[1,1,9]"#),
        (r#""items":[1,9]"#, r#""items":[1,999]"#),
        (r#""class":2"#, r#""class":1"#),
        (r#""action":11"#, r#""action":11,"note":"x""#),
        (r#""action":11"#, r#""action":11.0"#),
        (r#""v":1"#, r#""v":2"#),
        (r#""v":1"#, r#""V":1"#),
    ] {
        let other = good.replacen(from, to, 1);
        assert_ne!(other, good, "{from}");
        assert!(Entry::decode(other.as_bytes()).is_err(), "{to}");
    }
    assert_eq!(Entry::decode(good.replacen("\"v\":1", "\"v\":2", 1).as_bytes()), Err(EntryError::Version));
    assert_eq!(Entry::decode(format!("{good} ").as_bytes()), Err(EntryError::NotCanonical));
}

#[test]
fn a_draft_that_breaks_a_rule_is_refused() {
    let broken = |change: &dyn Fn(&mut EntryDraft)| {
        let mut draft = shown();
        change(&mut draft);
        draft.encode().unwrap_err()
    };
    assert_eq!(broken(&|draft| draft.subjects = (0..=1_000).map(unit).collect()), EntryError::TooLong);
    assert_eq!(broken(&|draft| draft.subjects = vec![unit(2), unit(1)]), EntryError::Order);
    assert_eq!(broken(&|draft| draft.records = vec![record(1), record(1)]), EntryError::Order);
    assert_eq!(broken(&|draft| draft.class = Some(Class::Computed)), EntryError::ComputedNamesPeople);
    assert_eq!(broken(&|draft| draft.part = Some(Part { number: 3, of: 2 })), EntryError::Part);
}

#[test]
fn a_large_draft_becomes_several() {
    let mut draft = shown();
    draft.records = (0..2_500).rev().map(record).chain([record(3)]).collect();
    draft.subjects = (0..1_001).map(unit).collect();
    let parts = draft.split();
    let lengths: Vec<_> = parts.iter().map(|part| (part.records.len(), part.subjects.len(), part.part)).collect();
    let part = |number| Some(Part { number, of: 3 });
    assert_eq!(lengths, [(LIST_MAX, LIST_MAX, part(1)), (LIST_MAX, 1, part(2)), (500, 0, part(3))]);
    let records: Vec<_> = parts.iter().flat_map(|part| &part.records).copied().collect();
    assert_eq!(records, (0..2_500).map(record).collect::<Vec<_>>());
    assert!(parts.iter().all(|part| part.request == shown().request && part.items == shown().items));
    let longest = parts[0].encode().unwrap().at(AT).len();
    assert!(longest < PAYLOAD_BYTES_MAX / 4, "{longest} bytes: sealing and head have room");
    assert_eq!(shown().split(), [shown()]);
}

/// The numbers in stored bytes, for ever. A new word gets a new line at the end of its list.
#[test]
fn numbers_never_change() {
    fn numbers<T: Copy + std::fmt::Debug + Into<u16>>(all: &[T]) -> String {
        all.iter().map(|word| format!("{}={word:?} ", (*word).into())).collect()
    }
    assert_eq!(
        numbers(Action::ALL),
        "1=Create 2=Update 3=Delete 4=Reseal 5=DestroyKey 6=RequestDestruction 7=Lease 8=SignIn 9=SignInRefused 10=SignOut \
         11=Read 12=Run 13=Approve 14=Publish 15=Export 16=Import 17=NewLogEpoch 18=ClockSkew 19=Custody 20=Grant 21=Revoke \
         22=Refuse 23=Configure 24=Drill 25=Archive "
    );
    assert_eq!(numbers(Class::ALL), "1=Computed 2=Shown 3=Exported ");
    assert_eq!(
        numbers(Purpose::ALL),
        "1=Payroll 2=Bonus 3=SocialInsurance 4=LabourInsurance 5=YearEnd 6=ResidentTax 7=Transfer 8=Inquiry 9=Correction \
         10=RequestOfPerson 11=Audit 12=Maintenance 13=Incident 14=Migration 15=Administration "
    );
    assert_eq!(
        numbers(Item::ALL),
        "1=Name 2=BirthDate 3=Sex 4=Address 5=Telephone 6=Email 7=Pay 8=Attendance 9=Bank 10=Insurance 11=Tax 12=Family \
         13=Health 14=Number 15=Employment 16=Other "
    );
    assert_eq!(
        numbers(Role::ALL),
        "1=System 2=OfficeAdministrator 3=Sharoshi 4=Clerk 5=NumberHandler 6=Auditor 7=ClientManager 8=ClientViewer \
         9=Employee 10=Operator 11=Unknown "
    );
    assert_eq!(
        numbers(Authentication::ALL),
        "1=None 2=OperatingSystem 3=Passkey 4=PasswordAndCode 5=PrintedSlip 6=RecoverySheet 7=Token 8=Agent "
    );
    for (number, action) in (1..).zip(Action::ALL) {
        assert_eq!(Action::try_from(number), Ok(*action));
    }
    assert!(Action::try_from(26).is_err() && Action::try_from(0).is_err());
}

#[test]
fn time_never_runs_backwards_and_a_jump_back_is_said_once() {
    let at = UnixMillis::new;
    let mut clock = EntryClock::after(at(1_000));
    let stamps: Vec<_> = [1_000, 1_005, 400, 410, 1_020, 1_010].into_iter().map(|now| clock.stamp(at(now))).collect();
    let times: Vec<_> = stamps.iter().map(|stamp| stamp.at.get()).collect();
    assert_eq!(times, [1_000, 1_005, 1_005, 1_005, 1_020, 1_020]);
    let skews: Vec<_> =
        stamps.iter().map(|stamp| stamp.skew.map(|skew| (skew.before.get(), skew.after.get()))).collect();
    assert_eq!(skews, [None, None, Some((1_005, 400)), None, None, Some((1_020, 1_010))]);

    let draft = EntryDraft::clock_skew(office(), ClockSkew { before: at(1_005), after: at(400) });
    let bytes = draft.encode().unwrap().at(at(1_005));
    assert!(bytes.ends_with(br#""action":18,"purpose":12,"detail":{"clock_skew":{"before":1005,"after":400}}}"#));
}

#[test]
fn the_head_of_a_payload_is_clear_and_refused_where_it_is_damaged() {
    let payload = SealedPayload::new(3, AT, b"sealed").unwrap();
    assert_eq!(payload.sealed(), b"sealed");
    assert_eq!(payload.bytes().len(), 17 + 6);
    assert_eq!(SealedPayload::from_bytes(payload.bytes().to_vec()), Ok(payload.clone()));
    let opening = Opening {
        epoch: LogEpoch::new(2).unwrap(),
        witnessed_size: 9,
        witnessed_root: TreeHash::EMPTY,
        gap_end: Some(12),
    };
    let first = SealedPayload::opening_epoch(4, AT, &opening, b"sealed").unwrap();
    assert_eq!((first.opening(), first.sealed()), (Some(&opening), &b"sealed"[..]));
    assert_eq!(SealedPayload::from_bytes(first.bytes().to_vec()), Ok(first.clone()));
    let salt = Salt::from_bytes([8; 32]);
    assert_eq!(payload.leaf(&salt), kura_journal::LeafHash::of(&salt, payload.bytes()));

    for cut in 0..first.bytes().len() - 6 {
        assert_eq!(SealedPayload::from_bytes(first.bytes()[..cut].to_vec()), Err(PayloadError::Head), "{cut}");
    }
    assert_eq!(SealedPayload::new(0, AT, b"sealed"), Err(PayloadError::Head));
    assert_eq!(SealedPayload::new(1, AT, &vec![0; PAYLOAD_BYTES_MAX]), Err(PayloadError::TooLong));
    let mut other = payload.bytes().to_vec();
    other[0] = 3;
    assert_eq!(SealedPayload::from_bytes(other), Err(PayloadError::Head));
}

fn any_id() -> impl Strategy<Value = (u64, [u8; 10])> {
    (0..1_u64 << 48, any::<[u8; 10]>())
}

fn any_detail() -> impl Strategy<Value = Detail> {
    let millis = || any::<u64>().prop_map(UnixMillis::new);
    prop_oneof![
        (millis(), millis()).prop_map(|(before, after)| Detail::ClockSkew(ClockSkew { before, after })),
        (any::<u32>(), millis()).prop_map(|(key_epoch, until)| Detail::Lease { key_epoch, until }),
        any_id().prop_map(|(at, chance)| Detail::Run { run: RunId::from_parts(at, chance).unwrap() }),
        (any_id(), proptest::sample::select(Role::ALL), proptest::option::of(millis())).prop_map(
            |((at, chance), role, until)| Detail::Grant { user: UserId::from_parts(at, chance).unwrap(), role, until }
        ),
    ]
}

prop_compose! {
    fn any_draft()(
        office in any_id(),
        user in proptest::option::of(any_id()),
        role in proptest::sample::select(Role::ALL),
        authentication in proptest::sample::select(Authentication::ALL),
        step_up_s in any::<Option<u32>>(),
        address in any::<Option<std::net::IpAddr>>(),
        action in proptest::sample::select(Action::ALL),
        purpose in proptest::sample::select(Purpose::ALL),
        class in proptest::option::of(proptest::sample::select(Class::ALL)),
        subjects in proptest::collection::btree_set(0_u64..99, 0..9),
        items in proptest::sample::subsequence(Item::ALL, 0..=16),
        records in proptest::collection::btree_set(0_u64..99, 0..9),
        (artefact, request, detail) in
            (proptest::option::of(any::<[u8; 32]>()), proptest::option::of(any_id()), proptest::option::of(any_detail())),
    ) -> EntryDraft {
        let user = user.map(|(at, chance)| UserId::from_parts(at, chance).unwrap());
        let actor = Actor { user, role, authentication, step_up_s };
        let mut draft = EntryDraft::new(OfficeId::from_parts(office.0, office.1).unwrap(), actor, action, purpose);
        draft.origin.address = address;
        draft.class = class;
        draft.subjects = if class == Some(Class::Computed) { Vec::new() } else { subjects.into_iter().map(unit).collect() };
        draft.items = items;
        draft.records = records.into_iter().map(record).collect();
        draft.artefact = artefact.map(ContentHash::from_bytes);
        draft.request = request.map(|(at, chance)| RequestId::from_parts(at, chance).unwrap());
        draft.detail = detail;
        draft
    }
}

proptest! {
    #[test]
    fn what_is_encoded_decodes_to_the_same(draft in any_draft(), at in any::<u64>()) {
        let at = UnixMillis::new(at);
        let bytes = draft.encode().unwrap().at(at);
        prop_assert_eq!(Entry::decode(&bytes), Ok(Entry { at, draft }));
    }

    #[test]
    fn what_decodes_is_spelled_the_one_way(draft in any_draft(), place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = draft.encode().unwrap().at(AT);
        let place = place.index(bytes.len());
        bytes[place] = byte;
        if let Ok(entry) = Entry::decode(&bytes) {
            prop_assert_eq!(entry.draft.encode().unwrap().at(entry.at), bytes);
        }
    }
}

//! Journals damaged by chance, several bytes and records at a time: the verifiers still agree, and neither falls over.
//! `KURA_FUZZ_CASES` sets the cases.

use kura_journal::verify;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::journal::{checkpoint, checkpoint_sizes, honest, key, opening, other_entry, pieces};
use crate::pair::Pair;

#[derive(Debug, Clone)]
enum Damage {
    Flip(prop::sample::Index, u8),
    Remove(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    Double(prop::sample::Index),
    Cut(prop::sample::Index),
    Insert(prop::sample::Index, Vec<u8>),
}

fn any_damage() -> impl Strategy<Value = Damage> {
    let place = any::<prop::sample::Index>;
    prop_oneof![
        (place(), any::<u8>()).prop_map(|(at, byte)| Damage::Flip(at, byte)),
        place().prop_map(Damage::Remove),
        (place(), place()).prop_map(|(one, other)| Damage::Swap(one, other)),
        place().prop_map(Damage::Double),
        place().prop_map(Damage::Cut),
        (place(), proptest::collection::vec(any::<u8>(), 0..9)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
    ]
}

fn damaged(mut pieces: Vec<Vec<u8>>, damage: &[Damage]) -> Vec<u8> {
    for one in damage {
        if pieces.is_empty() {
            break;
        }
        let count = pieces.len();
        match one {
            Damage::Remove(at) => drop(pieces.remove(at.index(count))),
            Damage::Swap(one, other) => pieces.swap(one.index(count), other.index(count)),
            Damage::Double(at) => pieces.insert(at.index(count), pieces[at.index(count)].clone()),
            Damage::Flip(at, byte) => {
                let mut whole = pieces.concat();
                if !whole.is_empty() {
                    let at = at.index(whole.len());
                    whole[at] = *byte;
                }
                pieces = vec![whole];
            }
            Damage::Cut(at) => {
                let mut whole = pieces.concat();
                whole.truncate(at.index(whole.len() + 1));
                pieces = vec![whole];
            }
            Damage::Insert(at, bytes) => pieces.insert(at.index(count), bytes.clone()),
        }
    }
    pieces.concat()
}

#[test]
fn both_verifiers_agree_on_whatever_chance_makes() {
    let cases = std::env::var("KURA_FUZZ_CASES").map_or(2_000, |cases| cases.parse().unwrap());
    let mut entries = honest(12);
    let witness = checkpoint(&honest(20), 14);
    let lost = kura_journal::Opening {
        epoch: kura_journal::LogEpoch::new(2).unwrap(),
        witnessed_size: 14,
        witnessed_root: witness.checkpoint().root,
        gap_end: None,
    };
    entries.push(opening(13, &lost));
    entries.extend((14..=18).map(|seq| other_entry(seq, "after the restore")));
    let signed: Vec<_> = checkpoint_sizes(18).into_iter().chain([12]).map(|size| checkpoint(&entries, size)).collect();
    let whole = pieces(&entries, &signed);
    let mut runner = TestRunner::deterministic();
    let mut pair = Pair::default();
    let strategy = (proptest::collection::vec(any_damage(), 1..4), any::<bool>());
    let mut good = 0;
    for _ in 0..cases {
        let (damage, with_witness) = strategy.new_tree(&mut runner).unwrap().current();
        let file = damaged(whole.clone(), &damage);
        let kept = if with_witness { std::slice::from_ref(&witness) } else { &[] };
        let line = verify(&mut file.as_slice(), &key().verifier(), kept).unwrap().line();
        good += usize::from(line.starts_with("good"));
        pair.expect(file, kept, line);
    }
    assert!(good < cases / 10, "{good} of {cases} damaged journals are good");
    pair.compare();
}

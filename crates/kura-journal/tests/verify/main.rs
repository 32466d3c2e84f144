//! Two verifiers that share nothing, over the same files: whatever is done to an entry, both name the first that is wrong.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "in a test a panic is the finding")]
#![expect(clippy::disallowed_methods, reason = "the number of cases comes from the environment")]

mod chance;
mod journal;
mod pair;
mod sweep;

use journal::{Kept, checkpoint, checkpoint_sizes, honest, key, opening, other_entry, pieces};
use kura_id::OfficeId;
use kura_journal::{Checkpoint, LogEpoch, Opening, SignedCheckpoint, TreeHash};
use pair::Pair;

fn signed(entries: &[Kept], sizes: &[u64]) -> Vec<SignedCheckpoint> {
    sizes.iter().map(|size| checkpoint(entries, *size)).collect()
}

fn root(entries: &[Kept], size: u64) -> TreeHash {
    checkpoint(entries, size).checkpoint().root
}

#[test]
fn a_whole_journal_is_good_and_says_how_far_it_is_signed() {
    let mut pair = Pair::default();
    for size in 0..=40 {
        let entries = honest(size);
        let line =
            |signed| format!("good entries={size} signed={signed} epoch=1 root={}", pair::text(root(&entries, size)));
        pair.expect(pieces(&entries, &[]).concat(), &[], line(0));
        let sizes = checkpoint_sizes(size);
        pair.expect(pieces(&entries, &signed(&entries, &sizes)).concat(), &[], line(size));
        // Whoever kept a checkpoint finds it again, whether it stands in the file or not.
        let kept = signed(&entries, &(0..=size).collect::<Vec<_>>());
        pair.expect(pieces(&entries, &[]).concat(), &kept, line(0));
        // A file may carry a checkpoint twice.
        let twice = signed(&entries, &[sizes.clone(), sizes].concat());
        pair.expect(pieces(&entries, &twice).concat(), &[], line(size));
    }
    pair.compare();
}

#[test]
fn a_journal_that_ends_before_a_witnessed_size_is_short() {
    let mut pair = Pair::default();
    let whole = honest(30);
    let kept = signed(&whole, &[4, 12, 30]);
    for size in 0..30 {
        let entries = honest(size);
        let file = pieces(&entries, &signed(&entries, &checkpoint_sizes(size))).concat();
        pair.expect(file, &kept, format!("wrong seq={} short until=30", size + 1));
    }
    pair.compare();
}

#[test]
fn a_fork_at_every_size_is_seen_by_whoever_kept_a_checkpoint() {
    let mut pair = Pair::default();
    let size = 40;
    let whole = honest(size);
    let kept = signed(&whole, &[9, 20, 33]);
    for fork in 1..=size {
        // The log key itself signs the other history: nothing in the file can show it.
        let mut forked = whole.clone();
        for seq in fork..=size {
            forked[usize::try_from(seq).unwrap() - 1] = other_entry(seq, "forked");
        }
        let file = pieces(&forked, &signed(&forked, &checkpoint_sizes(size))).concat();
        let good = format!("good entries=40 signed=40 epoch=1 root={}", pair::text(root(&forked, size)));
        pair.expect(file.clone(), &[], good.clone());
        let line = match fork {
            1..=9 => "wrong seq=1..9 fork".to_owned(),
            10..=20 => "wrong seq=10..20 fork".to_owned(),
            21..=33 => "wrong seq=21..33 fork".to_owned(),
            _ => good,
        };
        pair.expect(file, &kept, line);
    }
    pair.compare();
}

#[test]
fn a_checkpoint_of_another_log_proves_nothing_here() {
    let mut pair = Pair::default();
    let entries = honest(9);
    let own = checkpoint(&entries, 7);
    let of = |change: &dyn Fn(&mut Checkpoint)| {
        let mut checkpoint = *own.checkpoint();
        change(&mut checkpoint);
        checkpoint.sign(&key())
    };
    let other_office = of(&|it| it.origin.office = OfficeId::from_parts(1_790_000_000_000, [8; 10]).unwrap());
    let other_epoch = of(&|it| it.origin.epoch = LogEpoch::new(2).unwrap());
    for foreign in [other_office, other_epoch] {
        pair.expect(pieces(&entries, &[]).concat(), std::slice::from_ref(&foreign), "wrong seq=1..7 fork".into());
        pair.expect(pieces(&entries, &[foreign]).concat(), &[], "wrong after=7 checkpoint-origin".into());
    }
    // The key signed two roots for one size: the second leaves open all that the last smaller checkpoint does not prove.
    let other_root = of(&|it| it.root = TreeHash::EMPTY);
    let file = pieces(&entries, &[checkpoint(&entries, 4), own.clone(), other_root]).concat();
    pair.expect(file, &[], "wrong seq=5..7 checkpoint".into());
    // Of two signatures by one key both must be good.
    let twice = |line: &str| pieces(&entries, &[own.clone().cosigned(line).unwrap()]).concat();
    let line = |signed: &SignedCheckpoint| signed.to_string().trim_end().rsplit_once('\n').unwrap().1.to_owned();
    let good = format!("good entries=9 signed=7 epoch=1 root={}", pair::text(root(&entries, 9)));
    pair.expect(twice(&line(&own)), &[], good);
    pair.expect(twice(&line(&checkpoint(&entries, 4))), &[], "wrong after=7 signature".into());
    pair.compare();
}

/// What is done to the bytes of an entry.
type Change<'a> = &'a dyn Fn(&mut Vec<u8>);

/// Whoever can write everything can also write heads that say nothing, under right hashes.
#[test]
fn a_head_that_cannot_be_is_named() {
    let mut pair = Pair::default();
    let mut entries = honest(3);
    let first =
        Opening { epoch: LogEpoch::new(2).unwrap(), witnessed_size: 0, witnessed_root: TreeHash::EMPTY, gap_end: None };
    entries.push(opening(4, &first));
    let whole = pieces(&entries, &[]);
    // Record head 5, salt 32, leaf hash 32; then tag, number, time, opening: epoch, size, root, known, end.
    let (tag, number, epoch, known) = (69, 70, 86, 130);
    let forged = |change: Change<'_>| {
        let mut pieces = whole.clone();
        change(&mut pieces[4]);
        let length = u32::try_from(pieces[4].len() - 5).unwrap();
        pieces[4].splice(1..5, length.to_be_bytes());
        let salt = kura_journal::Salt::from_bytes(pieces[4][5..37].try_into().unwrap());
        let leaf = kura_journal::LeafHash::of(&salt, &pieces[4][69..]);
        pieces[4].splice(37..69, leaf.bytes());
        pieces.concat()
    };
    let good = format!("good entries=4 signed=0 epoch=2 root={} gap=2:4..?", pair::text(root(&entries, 4)));
    pair.expect(forged(&|_| ()), &[], good);
    let changes: [Change<'_>; 8] = [
        &|entry| entry[tag] = 0,
        &|entry| entry[tag] = 3,
        &|entry| drop(entry.splice(number..number + 8, [0; 8])),
        &|entry| drop(entry.splice(epoch..epoch + 4, [0; 4])),
        &|entry| entry[known] = 2,
        &|entry| entry[known + 8] = 9,
        &|entry| entry.truncate(known + 8),
        &|entry| entry.truncate(tag),
    ];
    for change in changes {
        pair.expect(forged(change), &[], "wrong seq=4 head".into());
    }
    pair.compare();
}

#[test]
fn a_restored_journal_declares_what_it_lost() {
    let mut pair = Pair::default();
    let first = honest(20);
    let epoch = |number| LogEpoch::new(number).unwrap();
    let sound = Opening { epoch: epoch(2), witnessed_size: 17, witnessed_root: root(&first, 17), gap_end: None };
    // Restored to entry 12 of 20; a witness saw 17.
    let restored = |first_entry: &Opening| {
        let mut entries = honest(12);
        entries.push(opening(13, first_entry));
        entries.extend((14..=25).map(|seq| other_entry(seq, "after the restore")));
        entries
    };
    let file = |entries: &[Kept]| pieces(entries, &signed(entries, &[7, 12, 13, 25])).concat();
    let entries = restored(&sound);
    let good = format!("good entries=25 signed=25 epoch=2 root={} gap=2:13..?", pair::text(root(&entries, 25)));
    pair.expect(file(&entries), &[], good.clone());
    pair.expect(file(&entries), &signed(&first, &[5, 12, 17]), format!("{good} witness-lost=17"));
    let both = [signed(&first, &[14]), signed(&entries, &[20])].concat();
    pair.expect(file(&entries), &both, format!("{good} witness-lost=14"));
    // Somebody saw more than the opening says, or another root.
    pair.expect(file(&entries), &signed(&first, &[19]), "wrong seq=13 undeclared until=19".into());
    let mut other = honest(16);
    other.push(other_entry(17, "seen elsewhere"));
    pair.expect(file(&entries), &signed(&other, &[17]), "wrong seq=13 undeclared until=17".into());
    // Without a signature behind it the declaration is worth nothing: anybody can write that all was lost.
    let unsigned = pieces(&entries, &signed(&entries, &[7, 12])).concat();
    pair.expect(unsigned.clone(), &[], good.replace("signed=25", "signed=12"));
    pair.expect(unsigned, &signed(&first, &[12, 14, 17]), "wrong seq=13 undeclared until=17".into());
    // An epoch of which this file knows nothing, and the end before what was seen in the new one.
    pair.expect(file(&honest(25)), &signed(&entries, &[20]), "wrong seq=1..20 fork".into());
    pair.expect(file(&entries[..13]), &signed(&entries, &[20]), "wrong seq=14 short until=20".into());

    for (change, line) in [
        (Opening { gap_end: Some(20), ..sound }, good.replace("13..?", "13..20")),
        (Opening { gap_end: Some(16), ..sound }, "wrong seq=13 epoch".into()),
        (
            Opening { gap_end: Some(11), witnessed_size: 0, witnessed_root: TreeHash::EMPTY, ..sound },
            "wrong seq=13 epoch".into(),
        ),
        (Opening { epoch: epoch(1), ..sound }, "wrong seq=13 epoch".into()),
        (Opening { witnessed_size: 7, ..sound }, "wrong seq=13 epoch".into()),
        (Opening { witnessed_size: 7, witnessed_root: root(&first, 7), ..sound }, good.clone()),
        (
            Opening { epoch: epoch(4_000_000_000), ..sound },
            good.replace("epoch=2", "epoch=4000000000").replace("2:13", "4000000000:13"),
        ),
    ] {
        let entries = restored(&change);
        let line = line.replace(&pair::text(root(&restored(&sound), 25)), &pair::text(root(&entries, 25)));
        pair.expect(file(&entries), &[], line);
    }
    // Two restores; what the first epoch's witness saw is declared by the second.
    let mut twice = restored(&Opening { gap_end: Some(17), ..sound });
    let again = Opening { epoch: epoch(3), witnessed_size: 25, witnessed_root: root(&twice, 25), gap_end: Some(25) };
    twice.push(opening(26, &again));
    let line = format!(
        "good entries=26 signed=25 epoch=3 root={} gap=2:13..17 gap=3:26..25 witness-lost=17",
        pair::text(root(&twice, 26))
    );
    pair.expect(file(&twice), &signed(&first, &[17]), line);
    pair.compare();
}

#[test]
fn the_second_verifier_answers_on_the_command_line() {
    let entries = honest(9);
    let file = pieces(&entries, &signed(&entries, &[9])).concat();
    let verifier = key().verifier().to_string();
    let kept = checkpoint(&honest(12), 12).to_string();
    let good = pair::command(&file, &verifier, &[]);
    assert_eq!(good, (Some(0), format!("good entries=9 signed=9 epoch=1 root={}\n", pair::text(root(&entries, 9)))));
    assert_eq!(pair::command(&file, &verifier, &[&kept]), (Some(1), "wrong seq=10 short until=12\n".to_owned()));
    assert_eq!(pair::command(&file, &verifier, &["no checkpoint"]), (Some(2), String::new()));
    let weak = "ed25519:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for wrong in ["ed25519:AAAA", weak, &verifier.replace("ed25519:", "")] {
        assert_eq!(pair::command(&file, wrong, &[]), (Some(2), String::new()), "{wrong}");
    }
}

#[test]
fn a_verdict_is_a_sentence_for_people() {
    let verdict =
        |file: Vec<u8>| kura_journal::verify(&mut file.as_slice(), &key().verifier(), &[]).unwrap().to_string();
    let entries = honest(9);
    let file = pieces(&entries, &signed(&entries, &[7]));
    assert_eq!(verdict(file.concat()), "記録9件は正しくつながっています。署名で証明されるのは7番までです。");
    assert_eq!(verdict(file[..4].concat()), "4番の記録：ファイルが途中で切れています。");
}

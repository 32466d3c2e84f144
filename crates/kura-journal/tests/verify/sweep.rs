//! Each entry of each journal up to 40 entries: every field flipped, deleted, swapped, doubled, cut, and forged with its hashes.

use base64ct::{Base64, Encoding};
use kura_journal::{SignedCheckpoint, UnixMillis, verify};

use crate::journal::{
    CHECKPOINT_EVERY, Kept, checkpoint, checkpoint_sizes, honest, interval, key, other_entry, pieces, time,
};
use crate::pair::{Pair, text};

const SIZE_MAX: u64 = 40;

/// A journal of `size` entries with its checkpoints, for one entry of it to be broken.
struct Broken {
    size: u64,
    entries: Vec<Kept>,
    checkpoints: Vec<SignedCheckpoint>,
    pieces: Vec<Vec<u8>>,
}

impl Broken {
    fn new(whole: &[Kept], all: &[SignedCheckpoint], size: u64) -> Self {
        let entries = whole[..usize::try_from(size).unwrap()].to_vec();
        let checkpoints: Vec<_> =
            checkpoint_sizes(size).into_iter().map(|at| all[usize::try_from(at).unwrap()].clone()).collect();
        let pieces = pieces(&entries, &checkpoints);
        Self { size, entries, checkpoints, pieces }
    }

    /// The piece of an entry: behind the header and the checkpoints in front of it.
    fn piece(&self, seq: u64) -> usize {
        usize::try_from(seq + (seq - 1) / CHECKPOINT_EVERY).unwrap()
    }

    fn changed(&self, change: impl FnOnce(&mut Vec<Vec<u8>>)) -> Vec<u8> {
        let mut pieces = self.pieces.clone();
        change(&mut pieces);
        pieces.concat()
    }

    /// Other entries under the old signatures.
    fn forged(&self, change: impl FnOnce(&mut Vec<Kept>)) -> Vec<u8> {
        let mut entries = self.entries.clone();
        change(&mut entries);
        pieces(&entries, &self.checkpoints).concat()
    }

    /// What an accident or a clumsy hand does to the bytes of entry `seq`.
    fn damage(&self, pair: &mut Pair, seq: u64) {
        let piece = self.piece(seq);
        let last = self.pieces[piece].len() - 1;
        // salt, leaf hash, tag of the head, number, time, sealed bytes.
        for place in [5, 36, 37, 68, 69, 70, 77, 78, 85, 86, last] {
            let file = self.changed(|pieces| pieces[piece][place] ^= 1);
            pair.expect(file, &[], format!("wrong seq={seq} leaf-hash"));
        }
        let file = self.changed(|pieces| pieces[piece][0] ^= 1);
        pair.expect(file, &[], format!("wrong seq={seq} form"));
        let file = self.changed(|pieces| pieces[piece][0] = b'C');
        pair.expect(file, &[], format!("wrong after={} checkpoint-form", seq - 1));
        let file = self.changed(|pieces| pieces[piece][1] ^= 1);
        pair.expect(file, &[], format!("wrong seq={seq} form"));
        let file = self.changed(|pieces| pieces[piece][4] -= 1);
        pair.expect(file, &[], format!("wrong seq={seq} leaf-hash"));
        for cut in [0, 1, 4, 5, 40, last] {
            let file = self.changed(|pieces| {
                pieces[piece].truncate(cut);
                pieces.truncate(piece + 1);
            });
            pair.expect(file, &[], format!("wrong seq={seq} truncated"));
        }
    }

    /// Records taken out, doubled and exchanged as they are.
    fn moved(&self, pair: &mut Pair, seq: u64) {
        let piece = self.piece(seq);
        let file = self.changed(|pieces| drop(pieces.remove(piece)));
        // The next record to betray it: the entry behind, or a checkpoint that counts one more.
        pair.expect(file, &[], format!("wrong seq={seq} gap until={seq}"));
        let file = self.changed(|pieces| pieces.insert(piece, pieces[piece].clone()));
        pair.expect(file, &[], format!("wrong seq={} order found={seq}", seq + 1));
        for other in [seq + 1, self.size] {
            if seq < other && other <= self.size {
                let file = self.changed(|pieces| pieces.swap(piece, self.piece(other)));
                pair.expect(file, &[], format!("wrong seq={seq} gap until={}", other - 1));
            }
        }
        if seq > 1 {
            let file = self.changed(|pieces| {
                let moved = pieces.remove(piece);
                pieces.insert(1, moved);
            });
            pair.expect(file, &[], format!("wrong seq=1 gap until={}", seq - 1));
        }
    }

    /// What somebody does who can write everything, and lacks the log key.
    fn forgery(&self, pair: &mut Pair, seq: u64) {
        let at = usize::try_from(seq).unwrap() - 1;
        let (first, last) = interval(seq, self.size);
        let line = format!("wrong seq={first}..{last} checkpoint");
        pair.expect(self.forged(|entries| entries[at] = other_entry(seq, "forged")), &[], line.clone());
        let file = self.forged(|entries| entries[at] = entries[at].at(UnixMillis::new(time(seq - 1).get().max(1) - 1)));
        let backwards = format!("wrong seq={seq} time-backwards");
        pair.expect(file, &[], if seq == 1 { line.clone() } else { backwards });
        if seq < self.size {
            let file = self.forged(|entries| {
                entries.swap(at, at + 1);
                entries[at] = entries[at].renumbered(seq).at(time(seq));
                entries[at + 1] = entries[at + 1].renumbered(seq + 1).at(time(seq + 1));
            });
            pair.expect(file, &[], line.clone());
        }
    }

    /// An entry taken out, those behind it renumbered, all hashes made anew.
    fn closed_up(&self, pair: &mut Pair, seq: u64) {
        let mut entries = self.entries.clone();
        entries.remove(usize::try_from(seq).unwrap() - 1);
        for (number, entry) in (1..).zip(&mut entries) {
            *entry = entry.renumbered(number);
        }
        let file = pieces(&entries, &self.checkpoints).concat();
        let covers = checkpoint_sizes(self.size).into_iter().find(|size| *size >= seq && *size < self.size);
        let (good, short) = match covers {
            Some(last) => {
                let line = format!("wrong seq={}..{last} checkpoint", interval(seq, self.size).0);
                (line.clone(), line)
            }
            // No checkpoint is left in the file that covers the place: it ends early, and nothing in it can show that.
            None => {
                let signed = (self.size - 1) / CHECKPOINT_EVERY * CHECKPOINT_EVERY;
                (good_line(&entries, signed), format!("wrong seq={} short until={}", self.size, self.size))
            }
        };
        pair.expect(file.clone(), &[], good);
        // Whoever kept the last checkpoint sees it all the same.
        pair.expect(file, &self.checkpoints[self.checkpoints.len() - 1..], short);
    }
}

fn every_entry(break_it: impl Fn(&Broken, &mut Pair, u64)) {
    let whole = honest(SIZE_MAX);
    let all: Vec<_> = (0..=SIZE_MAX).map(|size| checkpoint(&whole, size)).collect();
    let mut pair = Pair::default();
    for size in 1..=SIZE_MAX {
        let journal = Broken::new(&whole, &all, size);
        for seq in 1..=size {
            break_it(&journal, &mut pair, seq);
        }
    }
    pair.compare();
}

#[test]
fn a_damaged_entry_is_named() {
    every_entry(Broken::damage);
}

#[test]
fn a_moved_entry_is_named() {
    every_entry(Broken::moved);
}

#[test]
fn a_forged_entry_is_named_as_far_as_can_be_known() {
    every_entry(Broken::forgery);
    every_entry(Broken::closed_up);
}

/// What stands between the entries: header, checkpoints, end.
#[test]
fn what_stands_between_the_entries_is_named_too() {
    let mut pair = Pair::default();
    let entries = honest(17);
    let signed = |sizes: &[u64]| sizes.iter().map(|size| checkpoint(&entries, *size)).collect::<Vec<_>>();
    let whole = pieces(&entries, &signed(&[7, 14]));
    let changed = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut pieces = whole.clone();
        change(&mut pieces);
        pieces.concat()
    };
    for place in 0..whole[0].len() {
        pair.expect(changed(&|pieces| pieces[0][place] ^= 0x40), &[], "wrong after=0 not-a-journal".into());
    }
    for cut in 0..whole[0].len() {
        pair.expect(whole[0][..cut].to_vec(), &[], "wrong after=0 not-a-journal".into());
    }
    pair.expect(whole[0].clone(), &[], "wrong seq=1 truncated".into());
    // The first checkpoint stands behind seven entries: its record is piece 8, its text begins at byte 5.
    let note = whole[8].len();
    for place in 5..note {
        let file = changed(&|pieces| pieces[8][place] ^= 1);
        let found = verify(&mut file.as_slice(), &key().verifier(), &[]).unwrap().line();
        assert!(found == "wrong after=7 checkpoint-form" || found == "wrong after=7 signature", "{place}: {found}");
        pair.expect(file, &[], found);
    }
    pair.expect(changed(&|pieces| drop(pieces.remove(8))), &[], good_line(&entries, 14));
    pair.expect(changed(&|pieces| pieces.swap(8, 9)), &[], "wrong after=8 checkpoint-place size=7".into());
    pair.expect(changed(&|pieces| pieces.swap(7, 8)), &[], "wrong seq=7 gap until=7".into());
    let last = whole.len() - 1;
    pair.expect(changed(&|pieces| pieces[last][12] += 1), &[], "wrong seq=18 gap until=18".into());
    pair.expect(changed(&|pieces| pieces[last][12] -= 1), &[], "wrong after=17 form".into());
    pair.expect(changed(&|pieces| pieces[last].push(0)), &[], "wrong after=17 trailing".into());
    pair.expect(changed(&|pieces| drop(pieces.pop())), &[], "wrong seq=18 truncated".into());
    // A signature that was not made by the key, though the plain equation holds for it: its second half plus the order of the group.
    let stretched = with_stretched_signature(&checkpoint(&entries, 7).to_string());
    let file = changed(&|pieces| pieces[8].splice(5.., stretched.bytes()).for_each(drop));
    pair.expect(file, &[], "wrong after=7 signature".into());
    let foreign = [&b"C\0\0\0\x05"[..], b"hello"].concat();
    pair.expect(changed(&|pieces| pieces.insert(3, foreign.clone())), &[], "wrong after=2 checkpoint-form".into());
    pair.compare();
}

fn good_line(entries: &[Kept], signed: u64) -> String {
    let size = u64::try_from(entries.len()).unwrap();
    let root = text(checkpoint(entries, size).checkpoint().root);
    format!("good entries={size} signed={signed} epoch=1 root={root}")
}

/// The order of the group of Ed25519, the lowest byte first.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

fn with_stretched_signature(note: &str) -> String {
    let (head, signature) = note.trim_end().rsplit_once(' ').unwrap();
    let mut bytes = Base64::decode_vec(signature).unwrap();
    let mut carry = 0;
    for (byte, order) in bytes.iter_mut().skip(4 + 32).zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        (*byte, carry) = (sum.to_le_bytes()[0], sum >> 8);
    }
    format!("{head} {}\n", Base64::encode_string(&bytes))
}

//! Checkpoints are signed notes: the example of the specification, our own bytes, and what is refused.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the finding")]

use kura_id::OfficeId;
use kura_journal::{
    Checkpoint, CheckpointError, LogEpoch, LogKey, LogOrigin, LogVerifier, NoteError, SignedCheckpoint, TreeHash,
};
use proptest::prelude::*;
use zeroize::Zeroizing;

fn key() -> LogKey {
    LogKey::from_seed(&Zeroizing::new([1; 32]))
}

fn checkpoint() -> Checkpoint {
    let office = OfficeId::from_parts(1_790_000_000_000, [7; 10]).unwrap();
    Checkpoint { origin: LogOrigin { office, epoch: LogEpoch::FIRST }, size: 41, root: TreeHash::EMPTY }
}

/// Ed25519 is deterministic, so these bytes are the only ones; OpenSSL makes the same.
#[test]
fn the_bytes_of_a_checkpoint_are_these() {
    let note = checkpoint().sign(&key()).to_string();
    let (text, signature) = note.rsplit_once("\n\n").unwrap();
    assert_eq!(
        text,
        "kura/office/01a0c450-6c00-7707-8707-070707070707/log/1\n41\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    );
    assert_eq!(
        signature,
        "— kura/office/01a0c450-6c00-7707-8707-070707070707/log/1 FAyKPojJ89+Nsv8Mp7pWRXylBtt/yuk0ixJustOcjpj4tnX/Wvrz+yDNIxvP5CFv\
         of55ND548E4VQMdBo0PsathRzwA=\n"
    );
    assert_eq!(SignedCheckpoint::open(note.as_bytes(), &key().verifier()).unwrap().to_string(), note);
}

#[test]
fn the_key_has_a_text_and_a_fingerprint_and_says_nothing_of_its_other_half() {
    let verifier = key().verifier();
    assert_eq!(verifier.to_string(), "ed25519:iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=");
    assert_eq!(verifier.fingerprint(), "3475 0f98 bd59 fcfc 946d a45a aabe 933b");
    assert_eq!(
        verifier.note_key("example.com/log"),
        "example.com/log+9be5d3c6+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    );
    assert_eq!(verifier.to_string().parse::<LogVerifier>(), Ok(verifier));
    assert_eq!(format!("{:?}", key()), "LogKey");
    assert_eq!(*key().seed(), [1; 32]);
    let weak = "ed25519:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    for wrong in ["", "ed25519:", "ed25519:AAAA", "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=", weak] {
        assert!(wrong.parse::<LogVerifier>().is_err(), "{wrong}");
    }
}

#[test]
fn a_witness_line_is_kept_and_another_key_opens_nothing() {
    let note = checkpoint().sign(&key());
    let line = "— witness.example/w1 AAAAAAECAwQF";
    let cosigned = note.clone().cosigned(line).unwrap().to_string();
    assert!(cosigned.ends_with(&format!("\n{line}\n")));
    let opened = SignedCheckpoint::open(cosigned.as_bytes(), &key().verifier()).unwrap();
    assert_eq!((opened.to_string(), *opened.checkpoint()), (cosigned, checkpoint()));
    for wrong in
        ["", "- w AAAAAAECAwQF", "— w", "— w AAAA", "— a+b AAAAAAECAwQF", "—  AAAAAAECAwQF", "— w AAAAAAECAwQF\n"]
    {
        assert_eq!(note.clone().cosigned(wrong), Err(NoteError::Signature), "{wrong:?}");
    }
    let other = LogKey::from_seed(&Zeroizing::new([2; 32])).verifier();
    let refused = SignedCheckpoint::open(note.to_string().as_bytes(), &other);
    assert_eq!(refused, Err(CheckpointError::NotSigned));
    let mut many = note;
    for _ in 1..32 {
        many = many.cosigned(line).unwrap();
    }
    assert!(SignedCheckpoint::open(many.to_string().as_bytes(), &key().verifier()).is_ok());
    assert_eq!(many.cosigned(line), Err(NoteError::TooLong));
}

#[test]
fn what_is_spelled_otherwise_is_refused() {
    let note = checkpoint().sign(&key()).to_string();
    for (from, to) in [
        ("\n41\n", "\n041\n"),
        ("\n41\n", "\n+41\n"),
        ("\n41\n", "\n42\n"),
        ("\n41\n", "\n99999999999999999999\n"),
        ("log/1", "log/0"),
        ("log/1", "log/01"),
        ("log/1\n", "log/1\r\n"),
        ("kura/", "KURA/"),
        ("FU=\n\n", "FV=\n\n"),
        ("FU=\n\n", "FU=\nan extension\n\n"),
        ("\n\n", "\n"),
        ("— ", "- "),
    ] {
        let other = note.replacen(from, to, 1);
        assert_ne!(other, note, "{from}");
        assert!(SignedCheckpoint::open(other.as_bytes(), &key().verifier()).is_err(), "{to}");
    }
    let long = format!("{note}{}", "— w AAAAAAECAwQF\n".repeat(9_000));
    assert_eq!(SignedCheckpoint::open(long.as_bytes(), &key().verifier()), Err(NoteError::TooLong.into()));
}

proptest! {
    #[test]
    fn every_changed_byte_is_refused(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut note = checkpoint().sign(&key()).to_string().into_bytes();
        let place = place.index(note.len());
        prop_assume!(note[place] != byte);
        note[place] = byte;
        prop_assert!(SignedCheckpoint::open(&note, &key().verifier()).is_err());
    }

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(SignedCheckpoint::open(&bytes, &key().verifier()).is_err());
    }
}

//! A recovery sheet of an invented office, with a key that opens nothing.

use kura_print::{PrintStamp, PrintedAt, RecoverySheet};

/// Invented: 24 words of the list, with a short and a long one.
pub(crate) const WORDS: [&str; 24] = [
    "abandon", "zoo", "act", "mushroom", "category", "kitchen", "wolf", "oyster", "primary", "ghost", "umbrella",
    "ice", "jungle", "lemon", "void", "quarter", "raccoon", "say", "tomorrow", "vacuum", "yellow", "index", "dutch",
    "fox",
];
pub(crate) const QR: &str = "KURA-RECOVERY-1/01A0C450-6C00-7D13-98F6-1797D415CE0A/379B0E6736C86273AFDD61729C079511876B19D1EF03DA4EA5DC0BC1F5BD2188/0123ABCD";

pub(crate) fn sheet() -> RecoverySheet<'static> {
    RecoverySheet {
        office_name: "架空社会保険労務士事務所",
        office_id: "01a0c450-6c00-7d13-98f6-1797d415ce0a",
        made_on: "令和8年11月24日 作成",
        words: &WORDS,
        qr: QR,
        recovery_fingerprint: "3f2a 91bc 0d4e 77a1 c09d 5e12 8b6f 2a30",
        log_key: "ed25519:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        log_fingerprint: "630d cd29 66c4 3366 9112 5448 bbb2 5b4f",
    }
}

pub(crate) fn stamp() -> PrintStamp {
    let printed_at = PrintedAt { year: 2026, month: 11, day: 24, hour: 9, minute: 12, second: 30 };
    PrintStamp { document_id: "recovery".to_owned(), printed_at }
}

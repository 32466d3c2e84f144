//! Signed notes (C2SP signed-note): a text, an empty line, lines of signatures. Strict, and of bounded size.

use std::fmt;

use base64ct::{Base64, Encoding};

/// The longest note that is read: room for witnesses with long signatures.
pub(crate) const NOTE_BYTES_MAX: usize = 1 << 17;
/// The most signatures of a note.
pub(crate) const SIGNATURES_MAX: usize = 32;

/// Why bytes are no signed note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Longer, or with more signatures, than is read.
    #[error("署名付きの文書が大きすぎるか、署名が多すぎます。")]
    TooLong,
    /// Not UTF-8, a control character, no empty line in front of the signatures.
    #[error("署名付きの文書の形ではありません。")]
    Form,
    /// A line of a signature that cannot be read.
    #[error("署名の行が読めません。")]
    Signature,
}

/// A note, taken apart and not verified.
pub(crate) struct Note<'a> {
    /// What is signed, with its last newline.
    pub(crate) text: &'a str,
    /// At least one.
    pub(crate) signatures: Vec<Signature>,
}

/// One signature of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signature {
    /// The name of the key.
    pub(crate) name: String,
    /// The id of the key (4 bytes), then the signature.
    pub(crate) bytes: Vec<u8>,
}

pub(crate) fn parse(bytes: &[u8]) -> Result<Note<'_>, NoteError> {
    if bytes.len() > NOTE_BYTES_MAX {
        return Err(NoteError::TooLong);
    }
    let whole = std::str::from_utf8(bytes).map_err(|_| NoteError::Form)?;
    if whole.bytes().any(|byte| byte < b' ' && byte != b'\n') {
        return Err(NoteError::Form);
    }
    let end = whole.rfind("\n\n").ok_or(NoteError::Form)?;
    let (text, rest) = whole.split_at_checked(end + 1).ok_or(NoteError::Form)?;
    let lines = rest.strip_prefix('\n').and_then(|rest| rest.strip_suffix('\n')).ok_or(NoteError::Signature)?;
    if lines.split('\n').count() > SIGNATURES_MAX {
        return Err(NoteError::TooLong);
    }
    let signatures = lines.split('\n').map(signature_line).collect::<Result<_, _>>()?;
    Ok(Note { text, signatures })
}

/// `— name base64`, without its newline.
pub(crate) fn signature_line(line: &str) -> Result<Signature, NoteError> {
    let (name, signature) =
        line.strip_prefix("— ").and_then(|rest| rest.split_once(' ')).ok_or(NoteError::Signature)?;
    if name.is_empty()
        || name.chars().any(|character| character.is_whitespace() || character.is_control() || character == '+')
    {
        return Err(NoteError::Signature);
    }
    let bytes = Base64::decode_vec(signature).map_err(|_| NoteError::Signature)?;
    if bytes.len() <= 4 { Err(NoteError::Signature) } else { Ok(Signature { name: name.to_owned(), bytes }) }
}

impl fmt::Display for Signature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "— {} {}", self.name, Base64::encode_string(&self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::{NoteError, parse};
    use crate::key::LogVerifier;

    /// The example in the documentation of Go's sumdb/note, made by another program.
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
                        then you don't know what your problem is.\n\n\
                        — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const NOTE_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    #[test]
    fn a_note_of_another_program_is_read_and_its_signature_is_good() {
        // Behind the 0x01 of the key's type stand the 32 bytes of our text form.
        let key: LogVerifier = "ed25519:GlzZBxQ8OExB6DDFvOEqqIF+xWSaqr8sMTiLNbLXRNY=".parse().unwrap();
        assert_eq!(key.note_key("PeterNeumann"), NOTE_KEY);
        let note = parse(NOTE.as_bytes()).unwrap();
        let [signature] = note.signatures.as_slice() else { panic!("one signature") };
        assert_eq!(signature.name, "PeterNeumann");
        assert_eq!(signature.bytes[..4], key.key_id("PeterNeumann"));
        assert!(key.signed(note.text, &signature.bytes[4..]));
        assert!(!key.signed("another text\n", &signature.bytes[4..]));
    }

    #[test]
    fn what_is_no_note_is_refused() {
        for (wrong, error) in [
            ("", NoteError::Form),
            ("text\n", NoteError::Form),
            ("text\n\n", NoteError::Signature),
            ("text\n\n— name AAAAAAE=", NoteError::Signature),
            ("text\n\n— name AAAAAAE=\n\n", NoteError::Signature),
            ("te\txt\n\n— name AAAAAAE=\n", NoteError::Form),
        ] {
            assert_eq!(parse(wrong.as_bytes()).err(), Some(error), "{wrong:?}");
        }
        assert!(parse("text\n\nmore\n\n— name AAAAAAE=\n".as_bytes()).is_ok_and(|note| note.text == "text\n\nmore\n"));
    }
}

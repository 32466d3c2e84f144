//! The talk on a line: who is there, then messages with tags.

use std::io::{self, ErrorKind, Read, Write};

use hmac::Mac;
use zeroize::Zeroizing;

use super::pairing::{Pairing, tagged};
use crate::object::OBJECT_BYTES_MAX;

const HELLO: &[u8; 20] = b"kura-archive-link 1\n";
const TAG: usize = 32;

/// A line whose other end knows the secret.
pub(super) struct Talk<L> {
    line: L,
    key: Zeroizing<[u8; 32]>,
    said: u64,
    heard: u64,
    end: End,
}

/// Which end this is: a message never passes for one of the other end's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Sends,
    Receives,
}

impl End {
    const fn label(self) -> &'static str {
        match self {
            Self::Sends => "kura/1/archive link/sender",
            Self::Receives => "kura/1/archive link/receiver",
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Sends => Self::Receives,
            Self::Receives => Self::Sends,
        }
    }
}

/// A message: what it is, and its content.
pub(super) struct Message {
    pub(super) what: u8,
    pub(super) content: Vec<u8>,
}

impl<L: Read + Write> Talk<L> {
    /// Greets the other end, and believes it when it proves the secret over our chance.
    pub(super) fn begin(mut line: L, end: End, pairing: &Pairing, own: [u8; 32]) -> io::Result<Self> {
        line.write_all(HELLO)?;
        line.write_all(&own)?;
        line.flush()?;
        let mut hello = [0; HELLO.len()];
        line.read_exact(&mut hello)?;
        if hello != *HELLO {
            return Err(ErrorKind::InvalidData.into());
        }
        let mut other = [0; 32];
        line.read_exact(&mut other)?;
        // An echo of our own chance would be our own proof.
        if other == own {
            return Err(ErrorKind::PermissionDenied.into());
        }
        let (first, second) = if end == End::Sends { (own, other) } else { (other, own) };
        let proof = |end: End| pairing.mac(end.label(), &[b"proof", &first, &second]);
        if end == End::Sends {
            line.write_all(&proof(end).finalize().into_bytes())?;
            line.flush()?;
        }
        let mut proven = [0; TAG];
        line.read_exact(&mut proven)?;
        proof(end.other()).verify_slice(&proven).map_err(|_| io::Error::from(ErrorKind::PermissionDenied))?;
        if end == End::Receives {
            line.write_all(&proof(end).finalize().into_bytes())?;
            line.flush()?;
        }
        let key = pairing.mac("kura/1/archive link/key", &[&first, &second]).finalize().into_bytes();
        Ok(Self { line, key: Zeroizing::new(key.into()), said: 0, heard: 0, end })
    }

    pub(super) fn say(&mut self, what: u8, content: &[u8]) -> io::Result<()> {
        let length = u32::try_from(content.len()).map_err(|_| ErrorKind::FileTooLarge)?.to_be_bytes();
        let tag = tagged(&*self.key, self.end.label(), &[&self.said.to_be_bytes(), &[what], &length, content]);
        self.said = self.said.saturating_add(1);
        self.line.write_all(&[what])?;
        self.line.write_all(&length)?;
        self.line.write_all(content)?;
        self.line.write_all(&tag.finalize().into_bytes())?;
        self.line.flush()
    }

    /// The next message, no longer than that.
    pub(super) fn hear(&mut self, content_max: u64) -> io::Result<Message> {
        let mut head = [0; 5];
        self.line.read_exact(&mut head)?;
        let [what, a, b, c, d] = head;
        let length = [a, b, c, d];
        if u64::from(u32::from_be_bytes(length)) > content_max.min(OBJECT_BYTES_MAX) {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let mut content = Vec::new();
        let taken = (&mut self.line).take(u64::from(u32::from_be_bytes(length))).read_to_end(&mut content)?;
        let mut tag = [0; TAG];
        self.line.read_exact(&mut tag)?;
        if u32::try_from(taken) != Ok(u32::from_be_bytes(length)) {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        let other = self.end.other().label();
        let expected = tagged(&*self.key, other, &[&self.heard.to_be_bytes(), &[what], &length, &content]);
        expected.verify_slice(&tag).map_err(|_| io::Error::from(ErrorKind::PermissionDenied))?;
        self.heard = self.heard.saturating_add(1);
        Ok(Message { what, content })
    }
}

/// A question for the newest manifest; its answer is a name, or nothing.
pub(super) const NEWEST: u8 = 1;
/// Somebody has an object of this name.
pub(super) const OFFER: u8 = 2;
/// Its bytes.
pub(super) const BYTES: u8 = 3;
/// It is there already.
pub(super) const HAVE: u8 = 10;
/// Its bytes are wanted, or were stored.
pub(super) const YES: u8 = 11;
/// It is not taken; the content says why.
pub(super) const NO: u8 = 12;
/// It is not taken because there is no room.
pub(super) const FULL: u8 = 13;
/// Content of everything but bytes.
pub(super) const WORDS_MAX: u64 = 4_096;

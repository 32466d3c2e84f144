//! The office's end of the line.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use kura_id::OfficeId;

use super::frame::{BYTES, End, FULL, HAVE, Message, NEWEST, NO, OFFER, Talk, WORDS_MAX, YES};
use super::pairing::Pairing;
use crate::object::ObjectName;
use crate::target::{Protection, Put, Target, TargetError};

/// So long the other machine may think, or sync its disk.
const PATIENCE: Duration = Duration::from_secs(60);
const CONNECTING: Duration = Duration::from_secs(10);

/// A target on another machine.
pub struct Sender<L: Read + Write + Send = TcpStream> {
    talk: Mutex<Talk<L>>,
}

impl Sender<TcpStream> {
    /// Calls the machine at `host:port`; `chance` is fresh.
    ///
    /// # Errors
    /// [`TargetError::Unavailable`], also where the other end does not know the secret.
    pub fn connect(address: &str, pairing: &Pairing, chance: [u8; 32]) -> Result<Self, TargetError> {
        let mut last = io::Error::from(ErrorKind::AddrNotAvailable);
        for place in address.to_socket_addrs().map_err(|error| unavailable(&error))? {
            match TcpStream::connect_timeout(&place, CONNECTING) {
                Ok(line) => {
                    line.set_read_timeout(Some(PATIENCE)).map_err(|error| unavailable(&error))?;
                    line.set_write_timeout(Some(PATIENCE)).map_err(|error| unavailable(&error))?;
                    line.set_nodelay(true).map_err(|error| unavailable(&error))?;
                    return Self::over(line, pairing, chance);
                }
                Err(error) => last = error,
            }
        }
        Err(unavailable(&last))
    }
}

impl<L: Read + Write + Send> Sender<L> {
    /// Over a line that stands.
    ///
    /// # Errors
    /// [`TargetError::Unavailable`].
    pub fn over(line: L, pairing: &Pairing, chance: [u8; 32]) -> Result<Self, TargetError> {
        let talk = Talk::begin(line, End::Sends, pairing, chance).map_err(|error| unavailable(&error))?;
        Ok(Self { talk: Mutex::new(talk) })
    }

    fn ask(&self, what: u8, content: &[u8]) -> Result<Message, TargetError> {
        let mut talk = self.talk.lock().unwrap_or_else(PoisonError::into_inner);
        talk.say(what, content).and_then(|()| talk.hear(WORDS_MAX)).map_err(|error| unavailable(&error))
    }
}

impl<L: Read + Write + Send> Target for Sender<L> {
    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<Put, TargetError> {
        let answer = self.ask(OFFER, name.to_string().as_bytes())?;
        if answer.what == HAVE {
            return Ok(Put::AlreadyThere);
        }
        taken(answer)?;
        taken(self.ask(BYTES, bytes)?)?;
        Ok(Put::Stored)
    }

    fn newest_manifest(&self, office: OfficeId) -> Result<Option<ObjectName>, TargetError> {
        let answer = self.ask(NEWEST, office.to_string().as_bytes())?;
        let text = taken(answer)?;
        let name = |text: &str| text.parse().map_err(|_| refused("返事が分かりません"));
        if text.is_empty() { Ok(None) } else { name(&text).map(Some) }
    }

    fn protection(&self) -> Protection {
        Protection::AddOnly
    }
}

/// The words of a good answer.
fn taken(answer: Message) -> Result<String, TargetError> {
    let words = String::from_utf8_lossy(&answer.content).into_owned();
    match answer.what {
        YES => Ok(words),
        NO => Err(refused(&words)),
        FULL => Err(TargetError::Full),
        _ => Err(refused("返事が分かりません")),
    }
}

fn refused(reason: &str) -> TargetError {
    TargetError::Refused { reason: reason.to_owned() }
}

fn unavailable(error: &io::Error) -> TargetError {
    let reason = match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::UnexpectedEof => {
            "相手が組合せの秘密を知らないか、話の途中で切れました".to_owned()
        }
        _ => error.to_string(),
    };
    TargetError::Unavailable { reason }
}

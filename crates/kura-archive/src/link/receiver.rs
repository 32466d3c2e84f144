//! The end that keeps. It adds, and the sender has no way to make it do anything else.

use std::io::{self, ErrorKind, Read, Write};
use std::sync::{Mutex, PoisonError};

use kura_platform::disk;

use super::frame::{BYTES, End, FULL, HAVE, NEWEST, NO, OFFER, Talk, WORDS_MAX, YES};
use super::pairing::Pairing;
use crate::chain;
use crate::folder::Folder;
use crate::manifest::Manifest;
use crate::object::{Class, OBJECT_BYTES_MAX, ObjectName};
use crate::target::{Put, Source, Target, TargetError};

/// Keeps the archive of one office in a folder.
pub struct Receiver {
    folder: Folder,
    pairing: Pairing,
    /// So much of the disk stays free, whatever a sender sends.
    reserve_bytes: u64,
    /// One manifest at a time: two talks must not both go on from the same one.
    counting: Mutex<()>,
}

/// What a talk brought, for the one who watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incident {
    /// A manifest was acknowledged.
    Acknowledged(ObjectName),
    /// Something was refused.
    Refused {
        /// What was offered; nothing where it was no name.
        name: Option<ObjectName>,
        /// Why.
        reason: String,
    },
}

impl Receiver {
    /// Into this folder, for the office of the pairing.
    #[must_use]
    pub const fn new(folder: Folder, pairing: Pairing, reserve_bytes: u64) -> Self {
        Self { folder, pairing, reserve_bytes, counting: Mutex::new(()) }
    }

    /// Talks to one sender until it hangs up; several talks at once do not disturb each other. `chance` is fresh.
    ///
    /// # Errors
    /// The line, or a sender that does not know the secret or breaks the talk. What was acknowledged is on the disk.
    pub fn talk(&self, line: impl Read + Write, chance: [u8; 32], mut tell: impl FnMut(Incident)) -> io::Result<()> {
        let mut talk = Talk::begin(line, End::Receives, &self.pairing, chance)?;
        loop {
            let message = match talk.hear(WORDS_MAX) {
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
                message => message?,
            };
            let text = String::from_utf8_lossy(&message.content).into_owned();
            match (message.what, text.parse::<ObjectName>()) {
                (NEWEST, _) => self.newest(&mut talk, &text)?,
                (OFFER, Ok(name)) => self.offered(&mut talk, &name, &mut tell)?,
                _ => {
                    tell(Incident::Refused { name: None, reason: NOT_A_WORD.to_owned() });
                    talk.say(NO, NOT_A_WORD.as_bytes())?;
                }
            }
        }
    }

    fn newest<L: Read + Write>(&self, talk: &mut Talk<L>, office: &str) -> io::Result<()> {
        if office != self.pairing.office().to_string() {
            return talk.say(NO, OTHER_OFFICE.as_bytes());
        }
        match self.folder.newest_manifest(self.pairing.office()) {
            Ok(name) => talk.say(YES, name.map(|name| name.to_string()).unwrap_or_default().as_bytes()),
            Err(error) => talk.say(NO, error.to_string().as_bytes()),
        }
    }

    fn offered<L: Read + Write>(
        &self,
        talk: &mut Talk<L>,
        name: &ObjectName,
        tell: &mut impl FnMut(Incident),
    ) -> io::Result<()> {
        let mut refuse = |talk: &mut Talk<L>, what: u8, reason: &str| {
            tell(Incident::Refused { name: Some(*name), reason: reason.to_owned() });
            talk.say(what, reason.as_bytes())
        };
        if name.office != self.pairing.office() {
            return refuse(talk, NO, OTHER_OFFICE);
        }
        match self.folder.get(name) {
            Ok(there) if name.is_of(&there) => return talk.say(HAVE, b""),
            Ok(_) => return refuse(talk, NO, DAMAGED_HERE),
            Err(TargetError::Missing { .. }) => {}
            Err(error) => return refuse(talk, NO, &error.to_string()),
        }
        if !self.has_room() {
            return refuse(talk, FULL, NO_ROOM);
        }
        talk.say(YES, b"")?;
        let message = talk.hear(OBJECT_BYTES_MAX)?;
        if message.what != BYTES || !name.is_of(&message.content) {
            return refuse(talk, NO, NOT_ITS_BYTES);
        }
        let _alone = self.counting.lock().unwrap_or_else(PoisonError::into_inner);
        if name.class == Class::Manifest
            && let Err(reason) = self.goes_on(name, &message.content)
        {
            return refuse(talk, NO, &reason);
        }
        match self.folder.put(name, &message.content) {
            Ok(Put::Stored | Put::AlreadyThere) => {
                if name.class == Class::Manifest {
                    tell(Incident::Acknowledged(*name));
                }
                talk.say(YES, b"")
            }
            Err(TargetError::Full) => refuse(talk, FULL, NO_ROOM),
            Err(error) => refuse(talk, NO, &error.to_string()),
        }
    }

    fn has_room(&self) -> bool {
        let root = self.folder.root();
        let asked = if root.exists() { Some(root) } else { root.parent() };
        let free = asked.and_then(|folder| disk::free_bytes(folder).ok()).unwrap_or(u64::MAX);
        free > self.reserve_bytes.saturating_add(OBJECT_BYTES_MAX)
    }

    /// A manifest counts only where it goes on from the newest one, by the same keys, and everything it lists is here.
    fn goes_on(&self, name: &ObjectName, bytes: &[u8]) -> Result<(), String> {
        let manifest = Manifest::read(name, bytes).map_err(|error| error.to_string())?;
        let newest = self.folder.newest_manifest(name.office).map_err(|error| error.to_string())?;
        if manifest.previous != newest {
            return Err(NOT_THE_NEXT.to_owned());
        }
        if let Some(newest) = newest {
            let bytes = chain::object(&self.folder, &newest).map_err(|error| error.to_string())?;
            let before = Manifest::read(&newest, &bytes).map_err(|error| error.to_string())?;
            if (&before.log_key, &before.recovery_key) != (&manifest.log_key, &manifest.recovery_key) {
                return Err(OTHER_KEYS.to_owned());
            }
        }
        chain::is_signed(name, &manifest).map_err(|error| error.to_string())?;
        let listed = manifest.objects.iter().chain(&manifest.state).chain([&manifest.keyring]);
        let missing = listed.map(|listed| listed.name).find(|listed| !self.folder.place(listed).is_file());
        missing.map_or(Ok(()), |missing| Err(format!("{missing} が届いていません。")))
    }
}

const NOT_A_WORD: &str = "この要求は分かりません。";
const OTHER_OFFICE: &str = "この組合せは、別の事務所のものです。";
const DAMAGED_HERE: &str = "受け取る側の部品が壊れています。受け取る側のディスクを調べてください。";
const NO_ROOM: &str = "受け取る側に、空けておく分を除いて空きがありません。";
const NOT_ITS_BYTES: &str = "中身が名前と合いません。";
const NOT_THE_NEXT: &str = "最新の目録の続きではありません。";
const OTHER_KEYS: &str = "前の目録と、検証鍵または復旧用の鍵が違います。";

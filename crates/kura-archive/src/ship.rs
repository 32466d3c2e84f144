//! Shipping (保全): what a target does not have yet, and then the manifest that makes it count.

use kura_id::{Kind, OfficeId};
use kura_journal::{Checkpoint, LogOrigin, LogVerifier, SignedCheckpoint, UnixMillis};
use kura_seal::PublicKey;
use kura_store::{ChangePlace, FIRST_SEQ, Fault, Head, Limit, Office, ReadError, Reads, UpkeepError};

use crate::contents::{Filled, Filling};
use crate::cursor::{Cursor, CursorError};
use crate::manifest::{DataKeyOnPaper, Draft, GenerationNote, Listed, Manifest, ManifestError};
use crate::object::{Class, ObjectName};
use crate::target::{Protection, Put, Target, TargetError};

/// A new generation is made when the newest is this old: a week.
const GENERATION_MS: u64 = 7 * DAY_MS;
const DAY_MS: u64 = 86_400_000;
/// Entries are read in pages of this many: with their payloads they fill an object.
const PAGE: u16 = 1_024;

/// What shipping is lent.
pub struct Given<'a> {
    /// Now, UTC.
    pub now: UnixMillis,
    /// Has the log key sign where the journal stands.
    pub sign: &'a dyn Fn(&Checkpoint) -> Option<SignedCheckpoint>,
    /// The public half of the log key.
    pub log_key: LogVerifier,
    /// The public half of the recovery key on the office's sheet.
    pub recovery_key: PublicKey,
    /// The office's data keys, wrapped to it.
    pub data_keys: Vec<DataKeyOnPaper>,
}

/// What was shipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shipped {
    /// The manifest that counts now; nothing where the office has no entry yet.
    pub manifest: Option<ObjectName>,
    /// Objects that the target did not have.
    pub stored: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Whether a generation was made.
    pub generation: bool,
}

/// Why shipping stopped. What was put stays, and the next time goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ShipError {
    /// The target has an archive of this office which this home did not ship.
    #[error(
        "保全先には、この事務所の別の保全（目録{number}番、記録{entries}件まで）があります。復元した事務所や、控えを失った事務所は、新しい保全先へ送ってください。"
    )]
    AnotherHome {
        /// Its newest manifest.
        number: u64,
        /// Up to where it goes.
        entries: u64,
    },
    /// The target lost what it had acknowledged, or somebody else put something there.
    #[error(
        "保全先の最新の目録が、前回この機械が送ったもの（{expected}番）と違います（{}）。保全先が巻き戻されたか、書き足されています。調べてください。", found.map_or("目録がありません".to_owned(), |number| format!("{number}番"))
    )]
    TargetChanged {
        /// The newest that was acknowledged.
        expected: u64,
        /// The newest it shows now.
        found: Option<u64>,
    },
    /// No signature over where the journal stands.
    #[error("金庫が検証点に署名しませんでした。記録が巻き戻されていないか、kura journal verify で調べてください。")]
    NotSigned,
    /// The office's own journal is shorter than what was shipped.
    #[error(
        "この事務所の記録は{entries}件で、保全済みの{shipped}件より短くなっています。古い状態に戻されています。作業を止め、保全先から復元してください。"
    )]
    Shrunk {
        /// Entries here.
        entries: u64,
        /// Entries at the target.
        shipped: u64,
    },
    /// The target.
    #[error(transparent)]
    Target(#[from] TargetError),
    /// The cursor.
    #[error(transparent)]
    Cursor(#[from] CursorError),
    /// The manifest cannot be written.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The store.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// That it was shipped could not be noted in the store.
    #[error(transparent)]
    Upkeep(#[from] UpkeepError),
}

/// Ships what the target does not have yet. It waits for nobody and holds nobody up: it reads one moment of the office. Whatever stops
/// it, the same call goes on; a call that changes nothing puts nothing.
///
/// # Errors
/// [`ShipError`].
pub fn ship(
    office: &dyn Office,
    target: &dyn Target,
    cursor: &mut Cursor,
    given: &Given<'_>,
) -> Result<Shipped, ShipError> {
    let mut load = Load { target, shipped: Shipped { manifest: None, stored: 0, bytes: 0, generation: false } };
    if let Some((name, bytes)) = cursor.pending() {
        load.put(&name, bytes)?;
        cursor.sent()?;
    }
    let before = cursor.acknowledged()?;
    agree(target.newest_manifest(office.id())?, before.as_ref().map(|(name, _)| *name))?;
    load.shipped.manifest = before.as_ref().map(|(name, _)| *name);
    let made = {
        let reads = office.snapshot()?;
        make(office.id(), reads.as_ref(), before.as_ref(), given, &mut load)?
    };
    if let Some(manifest) = made {
        let (name, bytes) = manifest.close()?;
        cursor.send(name, bytes.clone())?;
        load.put(&name, &bytes)?;
        cursor.sent()?;
        load.shipped.manifest = Some(name);
    }
    if let (Some(name), Protection::AddOnly) = (load.shipped.manifest, target.protection()) {
        office.acknowledge(name.last.saturating_add(1))?;
    }
    Ok(load.shipped)
}

/// The target must show what it acknowledged, and nothing else.
fn agree(found: Option<ObjectName>, expected: Option<ObjectName>) -> Result<(), ShipError> {
    match (found, expected) {
        (found, expected) if found == expected => Ok(()),
        (Some(found), None) => Err(ShipError::AnotherHome { number: found.first, entries: found.last }),
        (found, Some(expected)) => {
            Err(ShipError::TargetChanged { expected: expected.first, found: found.map(|name| name.first) })
        }
        (None, None) => Ok(()),
    }
}

/// Puts everything but the manifest; nothing where there is nothing new.
fn make(
    office: OfficeId,
    reads: &dyn Reads,
    before: Option<&(ObjectName, Manifest)>,
    given: &Given<'_>,
    load: &mut Load<'_>,
) -> Result<Option<Manifest>, ShipError> {
    let head = reads.head()?;
    let entries = head.size();
    let shipped = before.map_or(0, |(name, _)| name.last);
    if entries < shipped {
        return Err(ShipError::Shrunk { entries, shipped });
    }
    if entries == 0 {
        return Ok(None);
    }
    let keyring = keyring(office, reads, given.now, entries)?;
    let generation = before.map(|(_, manifest)| manifest.generation);
    let due = generation.filter(|note| {
        let young = given.now.get().saturating_sub(note.made_at.get()) < GENERATION_MS;
        young && head.kept_from <= shipped.saturating_add(1)
    });
    let same_keys = before.is_some_and(|(_, manifest)| {
        let now = &keyring.name;
        (manifest.keyring.name.hash, manifest.keyring.name.first) == (now.hash, now.first)
            && manifest.data_keys == given.data_keys
    });
    if due.is_some() && same_keys && entries == shipped {
        return Ok(None);
    }
    let checkpoint = signed(office, &head, given)?;
    let mut objects = Vec::new();
    objects.extend(journal(office, reads, shipped, entries, load)?);
    objects.extend(changes(office, reads, shipped.max(head.kept_from.saturating_sub(1)), entries, load)?);
    let number = before.map_or(1, |(name, _)| name.first.saturating_add(1));
    let (generation, state) = match due {
        Some(note) => (note, Vec::new()),
        None => {
            load.shipped.generation = true;
            (GenerationNote { manifest: number, entries, made_at: given.now }, state(office, reads, load)?)
        }
    };
    let keyring = match before {
        Some((_, manifest)) if same_keys => manifest.keyring,
        _ => load.take(keyring)?,
    };
    let draft = Draft {
        office,
        number,
        previous: before.map(|(name, _)| *name),
        made_at: given.now,
        entries,
        checkpoint: checkpoint.to_string(),
        log_key: given.log_key.to_string(),
        recovery_key: given.recovery_key.bytes().to_vec(),
        data_keys: given.data_keys.clone(),
        objects,
        keyring,
        generation,
        state,
    };
    Ok(Some(draft.into()))
}

fn signed(office: OfficeId, head: &Head, given: &Given<'_>) -> Result<SignedCheckpoint, ShipError> {
    let origin = LogOrigin { office, epoch: head.epoch };
    let checkpoint = Checkpoint { origin, size: head.size(), root: head.root() };
    let signed = (given.sign)(&checkpoint).ok_or(ShipError::NotSigned)?;
    if *signed.checkpoint() == checkpoint { Ok(signed) } else { Err(ShipError::NotSigned) }
}

/// The entries behind `shipped`.
fn journal(
    office: OfficeId,
    reads: &dyn Reads,
    shipped: u64,
    entries: u64,
    load: &mut Load<'_>,
) -> Result<Vec<Listed>, ShipError> {
    let mut listed = Vec::new();
    let mut filling = Filling::new(office, Class::Journal);
    let mut first = shipped.saturating_add(1);
    let mut next = first;
    while next <= entries {
        let page = reads.journal_from(next, Limit::rows(PAGE))?;
        if page.is_empty() {
            return Err(ReadError::from(Fault::damaged("an entry is missing")).into());
        }
        for entry in page.iter().take_while(|entry| entry.seq <= entries) {
            filling.entry(entry);
            next = entry.seq.saturating_add(1);
            if filling.is_full() {
                listed.push(load.take(filling.close(first, entry.seq))?);
                (filling, first) = (Filling::new(office, Class::Journal), next);
            }
        }
    }
    if !filling.is_empty() {
        listed.push(load.take(filling.close(first, entries))?);
    }
    Ok(listed)
}

/// The changes of the entries behind `behind`.
fn changes(
    office: OfficeId,
    reads: &dyn Reads,
    behind: u64,
    entries: u64,
    load: &mut Load<'_>,
) -> Result<Vec<Listed>, ShipError> {
    let mut listed = Vec::new();
    let mut rows = Rows::new(office, Class::Changes);
    let mut place = ChangePlace::from(behind.saturating_add(FIRST_SEQ));
    loop {
        let page = reads.changes_from(place, Limit::rows(PAGE))?;
        let Some(last) = page.last() else { break };
        place = ChangePlace::behind(last);
        for change in page.iter().take_while(|change| change.seq <= entries) {
            if let Some(full) = rows.add(change) {
                listed.push(load.take(full)?);
            }
        }
    }
    if let Some(rest) = rows.rest() {
        listed.push(load.take(rest)?);
    }
    Ok(listed)
}

/// A generation: every record as it is. An object ends where a kind ends, so that what did not change keeps its name, and is not sent again.
fn state(office: OfficeId, reads: &dyn Reads, load: &mut Load<'_>) -> Result<Vec<Listed>, ShipError> {
    let mut listed = Vec::new();
    let mut rows = Rows::new(office, Class::State);
    let (mut after, mut kind): (_, Option<Kind>) = (None, None);
    loop {
        let page = reads.present_from(after, Limit::rows(PAGE))?;
        let Some(last) = page.last() else { break };
        after = Some(last.name);
        for row in &page {
            if kind.replace(row.name.kind).is_some_and(|before| before != row.name.kind)
                && let Some(rest) = rows.rest()
            {
                listed.push(load.take(rest)?);
            }
            if let Some(full) = rows.add(row) {
                listed.push(load.take(full)?);
            }
        }
    }
    if let Some(rest) = rows.rest() {
        listed.push(load.take(rest)?);
    }
    Ok(listed)
}

/// The keyring of today.
fn keyring(office: OfficeId, reads: &dyn Reads, now: UnixMillis, entries: u64) -> Result<Filled, ShipError> {
    let mut filling = Filling::new(office, Class::Keyring);
    let mut after = None;
    loop {
        let page = reads.wraps(after, Limit::MAX)?;
        let Some((last, _)) = page.last() else { break };
        after = Some(*last);
        for (unit, wrap) in &page {
            filling.wrap(*unit, wrap);
        }
    }
    Ok(filling.close(now.get() / DAY_MS, entries))
}

/// An object of changes that is being filled, with the numbers inside.
struct Rows {
    office: OfficeId,
    class: Class,
    filling: Filling,
    first: u64,
    last: u64,
}

impl Rows {
    fn new(office: OfficeId, class: Class) -> Self {
        Self { office, class, filling: Filling::new(office, class), first: u64::MAX, last: 0 }
    }

    /// Adds a row; gives the object where it is full.
    fn add(&mut self, row: &kura_store::StoredChange) -> Option<Filled> {
        self.filling.change(row);
        (self.first, self.last) = (self.first.min(row.seq), self.last.max(row.seq));
        if self.filling.is_full() { self.rest() } else { None }
    }

    /// The object as it is; nothing where it is empty.
    fn rest(&mut self) -> Option<Filled> {
        let Self { filling, first, last, .. } = std::mem::replace(self, Self::new(self.office, self.class));
        (!filling.is_empty()).then(|| filling.close(first, last))
    }
}

/// What goes to the target.
struct Load<'a> {
    target: &'a dyn Target,
    shipped: Shipped,
}

impl Load<'_> {
    fn take(&mut self, filled: Filled) -> Result<Listed, ShipError> {
        let Filled { name, bytes, count } = filled;
        self.put(&name, &bytes)?;
        Ok(Listed { name, bytes: length(&bytes), count })
    }

    fn put(&mut self, name: &ObjectName, bytes: &[u8]) -> Result<(), ShipError> {
        if self.target.put(name, bytes)? == Put::Stored {
            self.shipped.stored = self.shipped.stored.saturating_add(1);
            self.shipped.bytes = self.shipped.bytes.saturating_add(length(bytes));
        }
        Ok(())
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

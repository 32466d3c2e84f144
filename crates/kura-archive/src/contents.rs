//! The bytes of an object: a first line, the office, then rows. Numbers stand with their highest byte first.

use kura_id::{Kind, OfficeId, RecordId, UnitId};
use kura_journal::{Salt, SealedPayload};
use kura_store::{Becomes, Keys, RecordName, StoredChange, StoredEntry, Wrap};

use crate::object::{Class, ObjectName};

/// An object that is being filled.
pub(crate) struct Filling {
    office: OfficeId,
    class: Class,
    bytes: Vec<u8>,
    count: u64,
}

/// An object that is full, with its name.
pub(crate) struct Filled {
    pub(crate) name: ObjectName,
    pub(crate) bytes: Vec<u8>,
    pub(crate) count: u64,
}

/// Bytes that are no object of this class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

/// From this length on an object is full.
const FULL_BYTES: usize = 8 << 20;
/// From so many rows on as well.
const FULL_ROWS: u64 = 8_192;
/// A part of a generation is smaller: where one record has changed, its neighbours are sent again with it.
const FULL_STATE_ROWS: u64 = 1_024;

const SEALED: u8 = 1;
const NOTHING: u8 = 0;

impl Filling {
    pub(crate) fn new(office: OfficeId, class: Class) -> Self {
        let mut bytes = first_line(class);
        bytes.extend(office.bytes());
        Self { office, class, bytes, count: 0 }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(crate) fn is_full(&self) -> bool {
        let rows = if self.class == Class::State { FULL_STATE_ROWS } else { FULL_ROWS };
        self.bytes.len() >= FULL_BYTES || self.count >= rows
    }

    /// Salt, length, payload: number and time stand in the payload's head, and the leaf hash follows.
    pub(crate) fn entry(&mut self, entry: &StoredEntry) {
        self.bytes.extend(entry.salt.bytes());
        self.long(&entry.payload);
        self.count += 1;
    }

    /// A version of a record.
    pub(crate) fn change(&mut self, change: &StoredChange) {
        let StoredChange { seq, name, unit, version, becomes } = change;
        self.bytes.extend(seq.to_be_bytes());
        self.bytes.extend(name.kind.get().to_be_bytes());
        self.bytes.extend(name.id.bytes());
        self.bytes.extend(unit.bytes());
        self.bytes.extend(version.to_be_bytes());
        match becomes {
            Becomes::Sealed { schema, bytes, keys } => {
                self.bytes.push(SEALED);
                self.bytes.extend(schema.to_be_bytes());
                self.long(&keys.to_bytes());
                self.long(bytes);
            }
            Becomes::Deleted => self.bytes.push(NOTHING),
        }
        self.count += 1;
    }

    /// A row of the keyring.
    pub(crate) fn wrap(&mut self, unit: UnitId, wrap: &Wrap) {
        self.bytes.extend(unit.bytes());
        match wrap {
            Wrap::Held(wrapped) => {
                self.bytes.push(SEALED);
                self.long(wrapped);
            }
            Wrap::Destroyed => self.bytes.push(NOTHING),
        }
        self.count += 1;
    }

    pub(crate) fn close(self, first: u64, last: u64) -> Filled {
        let Self { office, class, bytes, count } = self;
        Filled { name: ObjectName::of(office, class, first, last, &bytes), bytes, count }
    }

    fn long(&mut self, bytes: &[u8]) {
        // Never cut: payloads, keys and records have limits far below.
        self.bytes.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        self.bytes.extend(bytes);
    }
}

/// The entries of a journal object.
pub(crate) fn entries(name: &ObjectName, bytes: &[u8]) -> Result<Vec<StoredEntry>, Malformed> {
    let mut rows = Rows::of(name, bytes)?;
    let mut entries = Vec::new();
    while !rows.at_end() {
        let salt = Salt::from_bytes(rows.array()?);
        let payload = SealedPayload::from_bytes(rows.long()?.to_vec()).map_err(|_| Malformed)?;
        let (seq, at, leaf) = (payload.seq(), payload.at(), payload.leaf(&salt));
        entries.push(StoredEntry { seq, at, salt, payload: payload.bytes().to_vec(), leaf });
    }
    Ok(entries)
}

/// The versions in an object of changes or of a generation.
pub(crate) fn changes(name: &ObjectName, bytes: &[u8]) -> Result<Vec<StoredChange>, Malformed> {
    let mut rows = Rows::of(name, bytes)?;
    let mut changes = Vec::new();
    while !rows.at_end() {
        let seq = u64::from_be_bytes(rows.array()?);
        let kind = Kind::new(u16::from_be_bytes(rows.array()?));
        let id = RecordId::from_bytes(rows.array()?).map_err(|_| Malformed)?;
        let unit = UnitId::from_bytes(rows.array()?).map_err(|_| Malformed)?;
        let version = u64::from_be_bytes(rows.array()?);
        let becomes = if rows.flag()? {
            let schema = u16::from_be_bytes(rows.array()?);
            let keys = Keys::from_bytes(rows.long()?).map_err(|_| Malformed)?;
            Becomes::Sealed { schema, bytes: rows.long()?.to_vec(), keys }
        } else {
            Becomes::Deleted
        };
        changes.push(StoredChange { seq, name: RecordName { kind, id }, unit, version, becomes });
    }
    Ok(changes)
}

/// The rows of a keyring.
pub(crate) fn wraps(name: &ObjectName, bytes: &[u8]) -> Result<Vec<(UnitId, Wrap)>, Malformed> {
    let mut rows = Rows::of(name, bytes)?;
    let mut wraps = Vec::new();
    while !rows.at_end() {
        let unit = UnitId::from_bytes(rows.array()?).map_err(|_| Malformed)?;
        let wrap = if rows.flag()? { Wrap::Held(rows.long()?.to_vec()) } else { Wrap::Destroyed };
        wraps.push((unit, wrap));
    }
    Ok(wraps)
}

/// The office that an object says it is of; nothing where it is none.
pub(crate) fn office_of(class: Class, bytes: &[u8]) -> Option<OfficeId> {
    let office = bytes.strip_prefix(first_line(class).as_slice())?.first_chunk::<16>()?;
    OfficeId::from_bytes(*office).ok()
}

fn first_line(class: Class) -> Vec<u8> {
    format!("kura-archive 1 {}\n", class.name()).into_bytes()
}

/// What is left to read.
struct Rows<'a>(&'a [u8]);

impl<'a> Rows<'a> {
    fn of(name: &ObjectName, bytes: &'a [u8]) -> Result<Self, Malformed> {
        if office_of(name.class, bytes) != Some(name.office) {
            return Err(Malformed);
        }
        Ok(Self(bytes.get(first_line(name.class).len() + 16..).unwrap_or_default()))
    }

    const fn at_end(&self) -> bool {
        self.0.is_empty()
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (array, rest) = self.0.split_first_chunk::<N>().ok_or(Malformed)?;
        self.0 = rest;
        Ok(*array)
    }

    fn flag(&mut self) -> Result<bool, Malformed> {
        match self.array()? {
            [SEALED] => Ok(true),
            [NOTHING] => Ok(false),
            _ => Err(Malformed),
        }
    }

    fn long(&mut self) -> Result<&'a [u8], Malformed> {
        let length = usize::try_from(u32::from_be_bytes(self.array()?)).map_err(|_| Malformed)?;
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(Malformed)?;
        self.0 = rest;
        Ok(bytes)
    }
}

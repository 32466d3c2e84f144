//! Questions to the file, from one moment.

use std::cell::Cell;
use std::ops::Bound;
use std::sync::Arc;

use kura_id::{Kind, RecordId, RequestId, UnitId};
use kura_journal::{Frontier, LeafHash, LogEpoch, Salt, TreeHash, UnixMillis};
use kura_store::{
    Becomes, ChangePlace, Fault, Find, Head, Hit, Keys, Limit, Page, ReadError, Reads, Receipt, Record, RecordName,
    StoredChange, StoredEntry, Wrap,
};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Params, Row};

use crate::fault::fault;
use crate::files::Files;
use crate::office::OfficeFile;
use crate::rows::int;

/// A reading connection, lent for a question or for several of one moment.
pub(crate) struct Moment {
    file: Arc<OfficeFile>,
    files: Arc<Files>,
    /// Nothing only while it is given back.
    reader: Option<Connection>,
    begun: Cell<bool>,
}

impl Moment {
    pub(crate) fn new(file: Arc<OfficeFile>, files: Arc<Files>) -> Result<Self, ReadError> {
        let reader = Some(files.reader().inspect_err(|fault| file.close_after(fault))?);
        Ok(Self { file, files, reader, begun: Cell::new(false) })
    }

    /// From now on all answers are of this moment.
    pub(crate) fn begin(&self) -> Result<&Self, ReadError> {
        if !self.begun.get() {
            self.told(|reader| {
                reader.execute_batch("BEGIN")?;
                self.begun.set(true);
                // SQLite takes its snapshot at the first read.
                reader.query_row("SELECT 1 FROM head", [], |_| Ok(()))
            })?;
        }
        Ok(self)
    }

    fn told<T>(&self, question: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, ReadError> {
        let Some(reader) = &self.reader else { return Err(Fault::damaged("a reader was given back").into()) };
        question(reader).map_err(|error| {
            let fault = fault(&error);
            self.file.close_after(&fault);
            ReadError::Fault(fault)
        })
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        row: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, ReadError> {
        self.told(|reader| reader.prepare_cached(sql)?.query_row(params, row).optional())
    }

    fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, ReadError> {
        self.told(|reader| {
            let mut statement: CachedStatement<'_> = reader.prepare_cached(sql)?;
            statement.query_map(params, row)?.collect()
        })
    }

    fn office(&self) -> [u8; 16] {
        self.file.id().bytes()
    }
}

impl Drop for Moment {
    fn drop(&mut self) {
        let Some(reader) = self.reader.take() else { return };
        // A reader that cannot end its transaction is closed, which ends it.
        if !self.begun.get() || reader.execute_batch("COMMIT").is_ok() {
            self.files.give_back(reader);
        }
    }
}

const RECORD: &str = "SELECT kind, id, unit, version, schema, sealed FROM record
    WHERE office_id = ?1 AND kind = ?2 AND id = ?3 AND sealed IS NOT NULL";

impl Reads for Moment {
    fn get(&self, name: RecordName) -> Result<Option<Record>, ReadError> {
        self.one(RECORD, (self.office(), name.kind.get(), name.id.bytes()), record)
    }

    fn get_many(&self, names: &[RecordName]) -> Result<Vec<Option<Record>>, ReadError> {
        let office = self.office();
        self.told(|reader| {
            let mut statement = reader.prepare_cached(RECORD)?;
            let mut one =
                |name: &RecordName| statement.query_row((office, name.kind.get(), name.id.bytes()), record).optional();
            names.iter().map(&mut one).collect()
        })
    }

    fn keys(&self, name: RecordName) -> Result<Keys, ReadError> {
        let sql = "SELECT keys FROM record WHERE office_id = ?1 AND kind = ?2 AND id = ?3";
        let keys = self.one(sql, (self.office(), name.kind.get(), name.id.bytes()), |row| keys(row, 0))?;
        Ok(keys.unwrap_or_default())
    }

    fn find(&self, question: &Find) -> Result<Page, ReadError> {
        let Find { kind, index, values, after, limit } = question;
        // Nothing sorts before an empty id: so a page begins behind (value, id) in every case.
        let (value, id): (&[u8], &[u8]) = match after {
            Some(hit) if hit.value.as_slice() >= values.from() => (&hit.value, &hit.id.bytes()),
            _ => (values.from(), &[]),
        };
        let rows = i64::from(limit.get()) + 1;
        let start = (self.office(), kind.get(), index.get(), value, id, rows);
        let (office, kind, index, value, id, rows) = start;
        let mut hits = match values.to() {
            Bound::Unbounded => self.all(FIND, (office, kind, index, value, id, rows), hit)?,
            Bound::Included(to) => self.all(FIND_TO, (office, kind, index, value, id, rows, to), hit)?,
            Bound::Excluded(to) => self.all(FIND_BELOW, (office, kind, index, value, id, rows, to), hit)?,
        };
        let limit = usize::from(limit.get());
        let more = hits.len() > limit;
        hits.truncate(limit);
        Ok(Page { hits, more })
    }

    fn present_from(&self, after: Option<RecordName>, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        let after = after.map(|name| (i64::from(name.kind.get()), name.id.bytes()));
        let (kind, id): (i64, &[u8]) = after.as_ref().map_or((-1, &[]), |(kind, id)| (*kind, id));
        self.all(PRESENT, (self.office(), kind, id, limit.get()), change)
    }

    fn wrap(&self, unit: UnitId) -> Result<Option<Wrap>, ReadError> {
        let sql = "SELECT wrapped FROM keyring WHERE office_id = ?1 AND unit = ?2";
        self.one(sql, (self.office(), unit.bytes()), |row| wrap(row, 0))
    }

    fn wraps(&self, after: Option<UnitId>, limit: Limit) -> Result<Vec<(UnitId, Wrap)>, ReadError> {
        let after = after.map(UnitId::bytes);
        let after: &[u8] = after.as_ref().map_or(&[], |unit| unit);
        let sql = "SELECT unit, wrapped FROM keyring WHERE office_id = ?1 AND unit > ?2 ORDER BY unit LIMIT ?3";
        self.all(sql, (self.office(), after, limit.get()), |row| Ok((id(row, 0, UnitId::from_bytes)?, wrap(row, 1)?)))
    }

    fn receipt(&self, request: RequestId) -> Result<Option<Receipt>, ReadError> {
        self.one(RECEIPT, (self.office(), request.bytes()), receipt)
    }

    fn head(&self) -> Result<Head, ReadError> {
        let head = self.one(HEAD, [self.office()], head)?;
        head.ok_or_else(|| Fault::damaged("no head").into())
    }

    fn journal_from(&self, seq: u64, limit: Limit) -> Result<Vec<StoredEntry>, ReadError> {
        let sql =
            "SELECT seq, at, salt, leaf, payload FROM journal WHERE office_id = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3";
        self.all(sql, (self.office(), int(seq), limit.get()), entry)
    }

    fn leaves(&self, first: u64, limit: Limit) -> Result<Vec<LeafHash>, ReadError> {
        let sql = "SELECT leaf FROM journal WHERE office_id = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3";
        self.all(sql, (self.office(), int(first), limit.get()), |row| row.get(0).map(LeafHash::from_bytes))
    }

    fn subtrees(&self, level: u8, first: u64, limit: Limit) -> Result<Vec<TreeHash>, ReadError> {
        let sql = "SELECT hash FROM subtree WHERE office_id = ?1 AND level = ?2 AND idx >= ?3 ORDER BY idx LIMIT ?4";
        self.all(sql, (self.office(), level, int(first), limit.get()), |row| row.get(0).map(TreeHash::from_bytes))
    }

    fn changes_from(&self, place: ChangePlace, limit: Limit) -> Result<Vec<StoredChange>, ReadError> {
        let kept_from = self.head()?.kept_from;
        if place.seq < kept_from {
            return Err(ReadError::Pruned { kept_from });
        }
        let after = place.after.map(|name| (i64::from(name.kind.get()), name.id.bytes()));
        let (kind, id): (i64, &[u8]) = after.as_ref().map_or((-1, &[]), |(kind, id)| (*kind, id));
        self.all(CHANGES, (self.office(), int(place.seq), kind, id, limit.get()), change)
    }
}

macro_rules! find {
    ($end:literal) => {
        concat!(
            "SELECT value, id FROM key WHERE office_id = ?1 AND kind = ?2 AND idx = ?3 AND (value, id) > (?4, ?5) ",
            $end,
            " ORDER BY value, id LIMIT ?6"
        )
    };
}
const FIND: &str = find!("");
const FIND_TO: &str = find!("AND value <= ?7");
const FIND_BELOW: &str = find!("AND value < ?7");

const PRESENT: &str = "SELECT seq, kind, id, version, unit, schema, keys, sealed FROM record
    WHERE office_id = ?1 AND (kind, id) > (?2, ?3) ORDER BY kind, id LIMIT ?4";

/// What a change does not hold itself, its record holds: it is the present version then.
const CHANGES: &str = "SELECT change.seq, change.kind, change.id, change.version,
        coalesce(change.unit, record.unit), coalesce(change.schema, record.schema), coalesce(change.keys, record.keys),
        CASE WHEN change.unit IS NULL THEN record.sealed ELSE change.sealed END
    FROM change LEFT JOIN record ON change.unit IS NULL AND record.office_id = ?1
        AND record.kind = change.kind AND record.id = change.id AND record.version = change.version
    WHERE change.office_id = ?1 AND (change.seq, change.kind, change.id) > (?2, ?3, ?4)
    ORDER BY change.seq, change.kind, change.id LIMIT ?5";

/// The receipt of a request.
pub(crate) const RECEIPT: &str = "SELECT first_seq, seq, leaf FROM receipt WHERE office_id = ?1 AND request = ?2";
/// The head of an office.
pub(crate) const HEAD: &str =
    "SELECT frontier, last_at, epoch, acknowledged_before, kept_from, restoring FROM head WHERE office_id = ?1";

type Read<T> = rusqlite::Result<T>;

/// A column that holds what this program does not write.
fn foreign(row: &Row<'_>, column: usize) -> rusqlite::Error {
    let found = row.get_ref(column).map_or(rusqlite::types::Type::Null, |value| value.data_type());
    rusqlite::Error::InvalidColumnType(column, String::new(), found)
}

pub(crate) fn number(row: &Row<'_>, column: usize) -> Read<u64> {
    u64::try_from(row.get::<_, i64>(column)?).map_err(|_| foreign(row, column))
}

fn id<T, E>(row: &Row<'_>, column: usize, of: fn([u8; 16]) -> Result<T, E>) -> Read<T> {
    of(row.get(column)?).map_err(|_| foreign(row, column))
}

pub(crate) fn keys(row: &Row<'_>, column: usize) -> Read<Keys> {
    Keys::from_bytes(row.get_ref(column)?.as_blob()?).map_err(|_| foreign(row, column))
}

pub(crate) fn wrap(row: &Row<'_>, column: usize) -> Read<Wrap> {
    Ok(row.get::<_, Option<Vec<u8>>>(column)?.map_or(Wrap::Destroyed, Wrap::Held))
}

fn name(row: &Row<'_>, column: usize) -> Read<RecordName> {
    Ok(RecordName { kind: Kind::new(row.get(column)?), id: id(row, column.saturating_add(1), RecordId::from_bytes)? })
}

fn record(row: &Row<'_>) -> Read<Record> {
    Ok(Record {
        name: name(row, 0)?,
        unit: id(row, 2, UnitId::from_bytes)?,
        version: number(row, 3)?,
        schema: row.get(4)?,
        sealed: row.get(5)?,
    })
}

fn hit(row: &Row<'_>) -> Read<Hit> {
    Ok(Hit { value: row.get(0)?, id: id(row, 1, RecordId::from_bytes)? })
}

fn entry(row: &Row<'_>) -> Read<StoredEntry> {
    Ok(StoredEntry {
        seq: number(row, 0)?,
        at: UnixMillis::new(number(row, 1)?),
        salt: Salt::from_bytes(row.get(2)?),
        leaf: LeafHash::from_bytes(row.get(3)?),
        payload: row.get(4)?,
    })
}

fn change(row: &Row<'_>) -> Read<StoredChange> {
    let becomes = match row.get::<_, Option<Vec<u8>>>(7)? {
        Some(bytes) => Becomes::Sealed { schema: row.get(5)?, bytes, keys: keys(row, 6)? },
        None => Becomes::Deleted,
    };
    let unit = id(row, 4, UnitId::from_bytes)?;
    Ok(StoredChange { seq: number(row, 0)?, name: name(row, 1)?, unit, version: number(row, 3)?, becomes })
}

pub(crate) fn receipt(row: &Row<'_>) -> Read<Receipt> {
    Ok(Receipt { first_seq: number(row, 0)?, seq: number(row, 1)?, leaf: LeafHash::from_bytes(row.get(2)?) })
}

pub(crate) fn head(row: &Row<'_>) -> Read<Head> {
    Ok(Head {
        frontier: Frontier::from_bytes(row.get_ref(0)?.as_blob()?).map_err(|_| foreign(row, 0))?,
        last_at: UnixMillis::new(number(row, 1)?),
        epoch: LogEpoch::new(row.get(2)?).ok_or_else(|| foreign(row, 2))?,
        acknowledged_before: number(row, 3)?,
        kept_from: number(row, 4)?,
        restoring: row.get(5)?,
    })
}

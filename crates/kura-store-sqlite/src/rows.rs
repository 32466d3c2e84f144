//! Rows within one transaction.

use kura_id::{OfficeId, RequestId, UnitId};
use kura_journal::Complete;
use kura_store::rows::{Present, Rows};
use kura_store::{Becomes, Fault, Head, Key, Receipt, RecordName, StoredChange, StoredEntry, Wrap};
use rusqlite::{Connection, OptionalExtension, Params};

use crate::fault::fault;
use crate::reads;

/// The rows of an office, on the connection that writes.
pub(crate) struct SqliteRows<'a> {
    connection: &'a Connection,
    office: [u8; 16],
    written: u32,
    wipes: bool,
}

/// Rows of a transaction from which it gets a larger page cache: so many pages would otherwise be written before their time.
const WIDE_FROM_ROWS: u32 = 256;
/// The larger page cache, in KiB.
const WIDE_KIB: i32 = 8 * 1024;

impl<'a> SqliteRows<'a> {
    pub(crate) fn new(connection: &'a Connection, office: OfficeId) -> Self {
        Self { connection, office: office.bytes(), written: 0, wipes: false }
    }

    /// Whether something was overwritten that must not be found any more.
    pub(crate) fn wipes(&self) -> bool {
        self.wipes
    }

    /// Whether the transaction got a larger page cache, which it must give back.
    pub(crate) fn is_wide(&self) -> bool {
        self.written >= WIDE_FROM_ROWS
    }

    fn write(&mut self, sql: &str, params: impl Params) -> Result<(), Fault> {
        self.rows_touched(sql, params).map(drop)
    }

    /// The present version of a record leaves its place. Its change may be gone already: then the archive has it.
    fn move_to_history(&mut self, name: RecordName) -> Result<(), Fault> {
        self.write(
            "UPDATE change SET (unit, schema, keys, sealed) =
                 (SELECT unit, schema, keys, sealed FROM record WHERE office_id = ?1 AND kind = ?2 AND id = ?3)
             WHERE office_id = ?1 AND kind = ?2 AND id = ?3
                 AND seq = (SELECT seq FROM record WHERE office_id = ?1 AND kind = ?2 AND id = ?3)",
            (self.office, name.kind.get(), name.id.bytes()),
        )
    }

    fn rows_touched(&mut self, sql: &str, params: impl Params) -> Result<usize, Fault> {
        self.written = self.written.saturating_add(1);
        if self.written == WIDE_FROM_ROWS {
            let widened = self.connection.pragma_update(None, "cache_size", -WIDE_KIB);
            widened.map_err(|error| fault(&error))?;
        }
        let written = self.connection.prepare_cached(sql).and_then(|mut statement| statement.execute(params));
        written.map_err(|error| fault(&error))
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        row: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Fault> {
        let found = self.connection.prepare_cached(sql).and_then(|mut it| it.query_row(params, row).optional());
        found.map_err(|error| fault(&error))
    }
}

/// A number of ours in SQLite's integer. None of them comes near the end.
pub(crate) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Rows for SqliteRows<'_> {
    fn mark(&mut self) -> Result<(), Fault> {
        self.write("SAVEPOINT mark", [])
    }

    fn keep(&mut self) -> Result<(), Fault> {
        self.write("RELEASE mark", [])
    }

    fn take_back(&mut self) -> Result<(), Fault> {
        self.write("ROLLBACK TO mark", [])?;
        self.write("RELEASE mark", [])
    }

    fn head(&mut self) -> Result<Head, Fault> {
        self.one(reads::HEAD, [self.office], reads::head)?.ok_or_else(|| Fault::damaged("no head"))
    }

    fn set_head(&mut self, head: &Head) -> Result<(), Fault> {
        self.write(
            "UPDATE head SET last_at = ?2, epoch = ?3, frontier = ?4, acknowledged_before = ?5, kept_from = ?6, restoring = ?7
             WHERE office_id = ?1",
            (
                self.office,
                int(head.last_at.get()),
                head.epoch.get(),
                head.frontier.to_bytes(),
                int(head.acknowledged_before),
                int(head.kept_from),
                head.restoring,
            ),
        )
    }

    fn receipt(&mut self, request: RequestId) -> Result<Option<Receipt>, Fault> {
        self.one(reads::RECEIPT, (self.office, request.bytes()), reads::receipt)
    }

    fn add_receipt(&mut self, request: RequestId, receipt: &Receipt) -> Result<(), Fault> {
        self.write(
            "INSERT INTO receipt (office_id, request, first_seq, seq, leaf) VALUES (?1, ?2, ?3, ?4, ?5)",
            (self.office, request.bytes(), int(receipt.first_seq), int(receipt.seq), receipt.leaf.bytes()),
        )
    }

    fn present(&mut self, name: RecordName) -> Result<Option<Present>, Fault> {
        self.one(
            "SELECT version, keys FROM record WHERE office_id = ?1 AND kind = ?2 AND id = ?3",
            (self.office, name.kind.get(), name.id.bytes()),
            |row| Ok(Present { version: reads::number(row, 0)?, keys: reads::keys(row, 1)? }),
        )
    }

    fn put_record(&mut self, change: &StoredChange, first: bool) -> Result<(), Fault> {
        let StoredChange { seq, name, unit, version, becomes } = change;
        let sql = if first {
            "INSERT INTO record (office_id, kind, id, unit, version, seq, schema, keys, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        } else {
            self.move_to_history(*name)?;
            "UPDATE record SET unit = ?4, version = ?5, seq = ?6, schema = ?7, keys = ?8, sealed = ?9
             WHERE office_id = ?1 AND kind = ?2 AND id = ?3"
        };
        self.write(
            sql,
            (
                self.office,
                name.kind.get(),
                name.id.bytes(),
                unit.bytes(),
                int(*version),
                int(*seq),
                schema(becomes),
                becomes.keys().to_bytes(),
                becomes.sealed(),
            ),
        )
    }

    fn add_key(&mut self, name: RecordName, key: &Key) -> Result<(), Fault> {
        self.write(
            "INSERT INTO key (office_id, kind, idx, value, id) VALUES (?1, ?2, ?3, ?4, ?5)",
            (self.office, name.kind.get(), key.index.get(), &key.value, name.id.bytes()),
        )
    }

    fn remove_key(&mut self, name: RecordName, key: &Key) -> Result<(), Fault> {
        self.write(
            "DELETE FROM key WHERE office_id = ?1 AND kind = ?2 AND idx = ?3 AND value = ?4 AND id = ?5",
            (self.office, name.kind.get(), key.index.get(), &key.value, name.id.bytes()),
        )
    }

    fn add_change(&mut self, change: &StoredChange) -> Result<(), Fault> {
        let StoredChange { seq, name, version, .. } = change;
        self.write(
            "INSERT INTO change (office_id, seq, kind, id, version) VALUES (?1, ?2, ?3, ?4, ?5)",
            (self.office, int(*seq), name.kind.get(), name.id.bytes(), int(*version)),
        )
    }

    fn drop_changes(&mut self, before: u64, limit: u16) -> Result<bool, Fault> {
        // The first of those that stay behind; nothing where the limit holds all of them.
        let stays = self.one(
            "SELECT seq, kind, id FROM change WHERE office_id = ?1 AND seq < ?2 ORDER BY seq, kind, id LIMIT 1 OFFSET ?3",
            (self.office, int(before), limit),
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, [u8; 16]>(2)?)),
        )?;
        match stays {
            Some((seq, kind, id)) => {
                let sql = "DELETE FROM change WHERE office_id = ?1 AND (seq, kind, id) < (?2, ?3, ?4)";
                self.write(sql, (self.office, seq, kind, id)).map(|()| true)
            }
            None => {
                let sql = "DELETE FROM change WHERE office_id = ?1 AND seq < ?2";
                self.write(sql, (self.office, int(before))).map(|()| false)
            }
        }
    }

    fn add_entry(&mut self, entry: &StoredEntry) -> Result<(), Fault> {
        self.write(
            "INSERT INTO journal (office_id, seq, at, salt, leaf, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (self.office, int(entry.seq), int(entry.at.get()), entry.salt.bytes(), entry.leaf.bytes(), &entry.payload),
        )
    }

    fn add_subtree(&mut self, complete: &Complete) -> Result<(), Fault> {
        self.write(
            "INSERT INTO subtree (office_id, level, idx, hash) VALUES (?1, ?2, ?3, ?4)",
            (self.office, complete.level, int(complete.index), complete.hash.bytes()),
        )
    }

    fn wrap(&mut self, unit: UnitId) -> Result<Option<Wrap>, Fault> {
        let sql = "SELECT wrapped FROM keyring WHERE office_id = ?1 AND unit = ?2";
        self.one(sql, (self.office, unit.bytes()), |row| reads::wrap(row, 0))
    }

    fn set_wrap(&mut self, unit: UnitId, wrap: &Wrap) -> Result<(), Fault> {
        let wrapped = match wrap {
            Wrap::Held(wrapped) => Some(wrapped.as_slice()),
            Wrap::Destroyed => None,
        };
        let replaced = self.rows_touched(
            "UPDATE keyring SET wrapped = ?3 WHERE office_id = ?1 AND unit = ?2",
            (self.office, unit.bytes(), wrapped),
        )?;
        if replaced == 0 {
            let sql = "INSERT INTO keyring (office_id, unit, wrapped) VALUES (?1, ?2, ?3)";
            self.write(sql, (self.office, unit.bytes(), wrapped))?;
        }
        self.wipes |= replaced > 0;
        Ok(())
    }
}

fn schema(becomes: &Becomes) -> u16 {
    match becomes {
        Becomes::Sealed { schema, .. } => *schema,
        Becomes::Deleted => 0,
    }
}

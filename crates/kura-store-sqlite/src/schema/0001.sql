-- The tables of an office, as docs/adr/0010-store-tables.md explains them. Numbers are not negative; ids have sixteen bytes.
-- record has long rows and a rowid; the others lie in their keys (measured: README).

-- The present version of each record; a deletion is one, without bytes. seq: the change that made it.
CREATE TABLE record (
    office_id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    unit BLOB NOT NULL,
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    schema INTEGER NOT NULL,
    keys BLOB NOT NULL,
    sealed BLOB,
    PRIMARY KEY (office_id, kind, id)
) STRICT;

CREATE TABLE key (
    office_id BLOB NOT NULL,
    kind INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    value BLOB NOT NULL,
    id BLOB NOT NULL,
    PRIMARY KEY (office_id, kind, idx, value, id)
) STRICT, WITHOUT ROWID;

-- Every version. What the present one holds stands in its record alone, and moves here when another takes its place: until then unit,
-- schema, keys and sealed are null.
CREATE TABLE change (
    office_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    id BLOB NOT NULL,
    version INTEGER NOT NULL,
    unit BLOB,
    schema INTEGER,
    keys BLOB,
    sealed BLOB,
    PRIMARY KEY (office_id, seq, kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    office_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    salt BLOB NOT NULL,
    leaf BLOB NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (office_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE subtree (
    office_id BLOB NOT NULL,
    level INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (office_id, level, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE head (
    office_id BLOB NOT NULL,
    last_at INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    acknowledged_before INTEGER NOT NULL,
    kept_from INTEGER NOT NULL,
    restoring INTEGER NOT NULL,
    PRIMARY KEY (office_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
    office_id BLOB NOT NULL,
    request BLOB NOT NULL,
    first_seq INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    leaf BLOB NOT NULL,
    PRIMARY KEY (office_id, request)
) STRICT, WITHOUT ROWID;

CREATE TABLE keyring (
    office_id BLOB NOT NULL,
    unit BLOB NOT NULL,
    wrapped BLOB,
    PRIMARY KEY (office_id, unit)
) STRICT, WITHOUT ROWID;

//! What SQLite says, in words of the store.

use kura_store::Fault;
use rusqlite::ErrorCode;

/// The fault behind an error. Anything not known to be harmless closes the office.
pub(crate) fn fault(error: &rusqlite::Error) -> Fault {
    match error {
        rusqlite::Error::SqliteFailure(cause, _) => by_code(cause.code, cause.extended_code),
        // Rows of another shape than this program writes.
        other => Fault::damaged(kind_of(other)),
    }
}

fn by_code(code: ErrorCode, extended: i32) -> Fault {
    let reason = || format!("SQLite {extended}: {}", rusqlite::ffi::code_to_str(extended));
    match code {
        ErrorCode::DiskFull => Fault::DiskFull,
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Fault::ReadOnly,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => Fault::Busy,
        ErrorCode::CannotOpen | ErrorCode::OutOfMemory => Fault::Unavailable { reason: reason() },
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::ConstraintViolation => {
            Fault::damaged(reason())
        }
        _ => Fault::Io { reason: reason() },
    }
}

/// The kind of an error without its values: they may be parts of rows.
fn kind_of(error: &rusqlite::Error) -> &'static str {
    match error {
        rusqlite::Error::QueryReturnedNoRows => "a row is missing",
        rusqlite::Error::InvalidColumnType(..) | rusqlite::Error::FromSqlConversionFailure(..) => {
            "a column has another type"
        }
        _ => "an unexpected answer of the database",
    }
}

/// A fault of the file system outside SQLite.
pub(crate) fn of_system(error: &std::io::Error) -> Fault {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Fault::DiskFull,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Fault::ReadOnly,
        kind => Fault::Unavailable { reason: kind.to_string() },
    }
}

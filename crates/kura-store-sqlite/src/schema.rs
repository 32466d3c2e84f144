//! The tables, by numbered steps. A step that stands in a release is never changed: what comes after it is a new step.

use kura_id::OfficeId;
use kura_store::{Head, OpenError};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use crate::fault::fault;

/// "KURA" in the head of every file of ours.
const APPLICATION: u32 = 0x4b55_5241;

/// The steps from an empty file to the present tables (ADR 0010).
const STEPS: [&str; 1] = [include_str!("schema/0001.sql")];

/// The last step this program knows.
pub(crate) fn newest() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// Brings a file that was just made to the present tables, with the head of an empty office.
pub(crate) fn begin(connection: &mut Connection, office: OfficeId, head: &Head) -> Result<(), OpenError> {
    let made = (|| {
        connection.pragma_update(None, "application_id", APPLICATION)?;
        migrate(connection, 0)?;
        connection.execute(
            "INSERT INTO head (office_id, last_at, epoch, frontier, acknowledged_before, kept_from, restoring)
             VALUES (?1, 0, ?2, ?3, 1, 1, ?4)",
            (office.bytes(), head.epoch.get(), head.frontier.to_bytes(), head.restoring),
        )
    })();
    made.map(drop).map_err(|error| fault(&error).into())
}

/// Looks whose file it is and whether this program may use it, before anything is written; then takes the steps it lacks.
pub(crate) fn check_and_migrate(connection: &mut Connection, office: OfficeId) -> Result<(), OpenError> {
    let not_ours = |error| of_opening(office, &error);
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, u32>(0));
    let file = number("user_version").map_err(not_ours)?;
    if number("application_id").map_err(not_ours)? != APPLICATION || file == 0 {
        return Err(OpenError::Foreign { office });
    }
    if file > newest() {
        return Err(OpenError::TooNew { office, file, program: newest() });
    }
    let owner = "SELECT office_id FROM head";
    let owner = connection.query_row(owner, [], |row| row.get::<_, [u8; 16]>(0)).optional();
    if owner.map_err(|error| fault(&error))? != Some(office.bytes()) {
        return Err(OpenError::Foreign { office });
    }
    migrate(connection, file).map_err(|error| fault(&error).into())
}

/// Why a file does not open.
pub(crate) fn of_opening(office: OfficeId, error: &rusqlite::Error) -> OpenError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => OpenError::Foreign { office },
        _ => fault(error).into(),
    }
}

/// Each step in its own transaction, with its number.
fn migrate(connection: &mut Connection, from: u32) -> rusqlite::Result<()> {
    for (number, step) in (1..).zip(STEPS).filter(|(number, _)| *number > from) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

//! A run and a slip as records.

use kura_calendar::{Date, Month, parse_iso_date};
use kura_id::{RecordId, RunId, UserId};
use kura_journal::ContentHash;
use kura_month::SlipText;
use kura_store::{Reads, RecordName};
use kura_yen::Yen;
use serde::{Deserialize, Serialize};

use super::{Run, RunKind, RunState};
use crate::error::DeskError;
use crate::kinds::RUN;
use crate::room::Room;

/// The body of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RunBody {
    pub(super) client: String,
    #[serde(with = "month")]
    pub(super) month: Month,
    pub(super) kind: RunKind,
    #[serde(with = "day")]
    pub(super) as_of: Date,
    pub(super) state: RunState,
    pub(super) law_pack: String,
    /// SHA-256 over name and version of every record it was computed from, in rising order.
    #[serde(with = "crate::text")]
    pub(super) inputs: ContentHash,
    /// SHA-256 over the lines of the slips.
    #[serde(with = "crate::text")]
    pub(super) result: ContentHash,
    pub(super) slips: usize,
    pub(super) stops: usize,
    pub(super) gross: i64,
    pub(super) deduction_total: i64,
    pub(super) net: i64,
    /// Who brought it into each state.
    pub(super) steps: Vec<Step>,
}

/// A step of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) state: RunState,
    #[serde(with = "crate::text")]
    pub(super) by: UserId,
    /// UTC, milliseconds since 1970.
    pub(super) at: u64,
}

/// A run that was read, with the version it had.
pub(super) struct StoredRun {
    pub(super) id: RunId,
    pub(super) unit: kura_id::UnitId,
    pub(super) version: u64,
    pub(super) body: RunBody,
}

impl StoredRun {
    pub(super) fn read(room: &Room, reads: &dyn Reads, run: RunId) -> Result<Self, DeskError> {
        let name = name(run)?;
        let record = reads.get(name)?.ok_or(DeskError::NotFound { what: "計算" })?;
        let body = room.unseal_json(reads, &record)?;
        Ok(Self { id: run, unit: record.unit, version: record.version, body })
    }

    /// The run in this state, or the error that says what is to be done first.
    pub(super) fn in_state(self, state: RunState) -> Result<Self, DeskError> {
        if self.body.state == state { Ok(self) } else { Err(DeskError::WrongState { state: self.body.state }) }
    }

    /// Whether this user computed it.
    pub(super) fn computed_by(&self, user: UserId) -> bool {
        self.body.steps.iter().any(|step| step.state == RunState::Computed && step.by == user)
    }

    pub(super) fn seen(&self) -> Run {
        let body = &self.body;
        Run {
            id: self.id,
            client: body.client.clone(),
            month: body.month,
            kind: body.kind.clone(),
            as_of: body.as_of,
            state: body.state,
            slips: body.slips,
            stops: body.stops,
            gross: Yen::new(body.gross),
            deduction_total: Yen::new(body.deduction_total),
            net: Yen::new(body.net),
        }
    }
}

/// The record of a run.
pub(super) fn name(run: RunId) -> Result<RecordName, DeskError> {
    Ok(RecordName { kind: RUN, id: RecordId::from_bytes(run.bytes())? })
}

/// The body of a slip: its line of slips.jsonl, then its lines of trace.jsonl.
pub(super) fn slip_body(slip: &SlipText) -> Vec<u8> {
    [slip.record.as_str(), "\n", slip.trace.as_str()].concat().into_bytes()
}

/// The line of the slip, and the lines that say why.
pub(super) fn slip_and_reasons(body: &[u8]) -> (String, Vec<String>) {
    let text = String::from_utf8_lossy(body);
    let mut lines = text.lines().map(str::to_owned);
    (lines.next().unwrap_or_default(), lines.collect())
}

mod day {
    use super::{Date, parse_iso_date};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(day: &Date, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(day)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Date, D::Error> {
        parse_iso_date(&String::deserialize(source)?).map_err(|_| serde::de::Error::custom("date"))
    }
}

/// A month as `2026-06`.
pub(super) mod month {
    use kura_calendar::{Month, parse_iso_month};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(in crate::runs) fn serialize<S: Serializer>(month: &Month, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(month)
    }

    pub(in crate::runs) fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Month, D::Error> {
        parse_iso_month(&String::deserialize(source)?).map_err(|_| serde::de::Error::custom("month"))
    }
}

//! 消去: a person is forgotten. Asked for, where many at once approved by a second person and waited for, then done for good.

use jiff::Timestamp;
use kura_id::{Kind, RecordId, UnitId, UserId};
use kura_journal::{Action, Class, EntryDraft, Item, Purpose, UnixMillis};
use kura_model::{ClientCode, EmployeeCode};
use kura_records::{Owner, Parsed};
use kura_seal::{Destruction, DestructionError, Request, Tombstone};
use kura_store::{Keys, Limit, Reads, RecordName, Values};
use serde::{Deserialize, Serialize};

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::kinds::{self, ERASURE, HISTORY, INPUT, PERSON, SLIP};
use crate::records::{Draft, Work};
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::{facts_of, find_all, find_owner};

/// A request to erase a person. Its record lies with the office, since nothing of the person will be readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Which request.
    pub id: RecordId,
    /// The unit that is to be erased.
    pub unit: UnitId,
    /// Whether it waits for its delay and a second person: an alarm.
    pub held: bool,
    /// From when on it can be done (UTC, milliseconds since 1970).
    pub not_before: UnixMillis,
    /// Whether a second person approved.
    pub approved: bool,
    /// When it was done.
    pub done_at: Option<UnixMillis>,
}

/// A request with whom it is about: who approves it has to know. Personal: for a screen.
#[derive(Clone, PartialEq, Eq)]
pub struct AskedErasure {
    /// The request.
    pub erasure: Erasure,
    /// 会社コード and 社員番号, as long as the person is there.
    pub person: Option<(ClientCode, EmployeeCode)>,
}

impl std::fmt::Debug for AskedErasure {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "AskedErasure({:?})", self.erasure)
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ErasureBody {
    #[serde(with = "crate::text")]
    unit: UnitId,
    #[serde(with = "crate::text")]
    client: UnitId,
    #[serde(with = "crate::text")]
    asked_by: UserId,
    asked_at: u64,
    #[serde(with = "crate::text::option", default)]
    approved_by: Option<UserId>,
    done_at: Option<u64>,
}

/// A request as it was read.
struct Stored {
    name: RecordName,
    version: u64,
    body: ErasureBody,
    destruction: Destruction,
}

impl Room {
    /// Asks for a person to be erased. Of a few a day nothing more is needed; more wait seven days and need a second person.
    ///
    /// # Errors
    /// No right, or no such person.
    pub fn ask_erasure(
        &self,
        scope: &Scope,
        client: &ClientCode,
        employee: &EmployeeCode,
    ) -> Result<Erasure, DeskError> {
        let now = self.now()?;
        let actor = scope.may(Resource::Erasure, Operation::Change, Over::Office, now)?;
        let reads = self.office.snapshot()?;
        let of_client = find_owner(self, reads.as_ref(), &Owner::Client(client.clone()))?;
        let owner = Owner::Person(client.clone(), employee.clone());
        let person = facts_of(self, reads.as_ref(), &owner)?.ok_or(DeskError::NotFound { what: "従業員" })?;
        let earlier = self.stored_erasures(reads.as_ref())?;
        if let Some(known) = earlier.iter().find(|known| known.body.unit == person.unit) {
            return seen(known);
        }
        let body = ErasureBody {
            unit: person.unit,
            client: of_client.ok_or(DeskError::NotFound { what: "顧問先" })?,
            asked_by: scope.user,
            asked_at: now.get(),
            approved_by: None,
            done_at: None,
        };
        let name = RecordName { kind: ERASURE, id: self.new_record()? };
        let asked = Stored { name, version: 0, body, destruction: self.destruction(&body, &earlier)? };
        drop(reads);
        self.write(asked, scope.entry(actor, Action::RequestDestruction, Purpose::RequestOfPerson))
    }

    /// The second person agrees.
    ///
    /// # Errors
    /// No right, no such request, or the person who asked.
    pub fn approve_erasure(&self, scope: &Scope, id: RecordId) -> Result<Erasure, DeskError> {
        let actor = scope.may(Resource::Erasure, Operation::Approve, Over::Office, self.now()?)?;
        let mut stored = self.erasure(id)?;
        stored.destruction = stored.destruction.approve(scope.user)?;
        stored.body.approved_by = Some(scope.user);
        self.write(stored, scope.entry(actor, Action::Approve, Purpose::RequestOfPerson))
    }

    /// Destroys the person's key and takes the sealed records away. What remains is the tombstone.
    ///
    /// # Errors
    /// No right, or what the request still waits for.
    pub fn erase(&self, scope: &Scope, id: RecordId) -> Result<Tombstone, DeskError> {
        let now = self.now()?;
        let actor = scope.may(Resource::Erasure, Operation::Change, Over::Office, now)?;
        let mut stored = self.erasure(id)?;
        let tombstone = stored.destruction.carry_out(timestamp(now.at)?)?;
        if stored.body.done_at.is_some() {
            return Err(DeskError::Erased { unit: stored.body.unit });
        }
        stored.body.done_at = Some(now.get());
        let mut work = Work::new(self);
        {
            let reads = self.office.snapshot()?;
            for record in self.records_of(reads.as_ref(), &stored.body, &[PERSON, INPUT, HISTORY, SLIP])? {
                work.delete(record);
            }
        }
        work.destroy(stored.body.unit);
        self.put(&mut work, &stored)?;
        let mut told = scope.entry(actor, Action::DestroyKey, Purpose::RequestOfPerson);
        told.subjects = vec![stored.body.unit];
        work.commit(self.new_request()?, told)?;
        self.keys.forget(stored.body.unit);
        Ok(tombstone)
    }

    /// All requests, oldest first, put before somebody's eyes: that stands in the journal first.
    ///
    /// # Errors
    /// No right, or a record that does not open.
    pub fn erasures(&self, scope: &Scope) -> Result<Vec<AskedErasure>, DeskError> {
        let actor = scope.may(Resource::Erasure, Operation::See, Over::Office, self.now()?)?;
        let mut asked = Vec::new();
        let mut told = scope.entry(actor, Action::Read, Purpose::Administration);
        {
            let reads = self.office.snapshot()?;
            for stored in self.stored_erasures(reads.as_ref())? {
                let person = self.person_of(reads.as_ref(), &stored.body)?;
                told.subjects.extend(person.is_some().then_some(stored.body.unit));
                asked.push(AskedErasure { erasure: seen(&stored)?, person });
            }
        }
        told.class = Some(Class::Shown);
        told.items = vec![Item::Employment];
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(asked)
    }

    /// The codes of the person a request is about, as long as they are there.
    fn person_of(
        &self,
        reads: &dyn Reads,
        body: &ErasureBody,
    ) -> Result<Option<(ClientCode, EmployeeCode)>, DeskError> {
        let records = self.records_of(reads, body, &[PERSON])?;
        let Some((name, ..)) = records.first() else { return Ok(None) };
        let Some(record) = reads.get(*name)? else { return Ok(None) };
        let parsed = Parsed::parse(&self.unseal(reads, &record)?);
        let key = parsed.map_err(|error| DeskError::Body { name: *name, error })?.key();
        Ok(key.and_then(|key| match key.owner {
            Owner::Person(client, employee) => Some((client, employee)),
            Owner::Office | Owner::Client(_) => None,
        }))
    }

    fn write(&self, stored: Stored, mut told: EntryDraft) -> Result<Erasure, DeskError> {
        let mut work = Work::new(self);
        self.put(&mut work, &stored)?;
        told.subjects = vec![stored.body.unit];
        work.commit(self.new_request()?, told)?;
        seen(&stored)
    }

    fn put(&self, work: &mut Work<'_>, stored: &Stored) -> Result<(), DeskError> {
        let Stored { name, version, body, .. } = stored;
        let unit = self.own_unit()?;
        let keys = Keys::new([kinds::of_client(None, unit)])?;
        let body = serde_json::to_vec(body).map_err(|_| DeskError::Shape { name: *name })?;
        work.put(Draft { name: *name, unit, expected: *version, body, keys });
        Ok(())
    }

    fn erasure(&self, id: RecordId) -> Result<Stored, DeskError> {
        let reads = self.office.snapshot()?;
        let all = self.stored_erasures(reads.as_ref())?;
        all.into_iter().find(|stored| stored.name.id == id).ok_or(DeskError::NotFound { what: "消去の依頼" })
    }

    /// All requests, oldest first: each counts those before it.
    fn stored_erasures(&self, reads: &dyn Reads) -> Result<Vec<Stored>, DeskError> {
        let values = Values::exactly(&kinds::of_client(None, self.own_unit()?).value);
        let mut all: Vec<Stored> = Vec::new();
        for hit in find_all(reads, ERASURE, values)? {
            let name = RecordName { kind: ERASURE, id: hit.id };
            let Some(record) = reads.get(name)? else { continue };
            let body: ErasureBody = self.unseal_json(reads, &record)?;
            let mut destruction = self.destruction(&body, &all)?;
            if let Some(by) = body.approved_by {
                destruction = destruction.approve(by)?;
            }
            all.push(Stored { name, version: record.version, body, destruction });
        }
        Ok(all)
    }

    fn destruction(&self, body: &ErasureBody, earlier: &[Stored]) -> Result<Destruction, DeskError> {
        let asked: Result<Vec<Timestamp>, DeskError> =
            earlier.iter().map(|stored| timestamp(UnixMillis::new(stored.body.asked_at))).collect();
        let asked_at = timestamp(UnixMillis::new(body.asked_at))?;
        let request = Request { office: self.id(), unit: body.unit, asked_by: body.asked_by, asked_at };
        Ok(Destruction::ask(request, asked?))
    }

    /// Every record of these kinds that is sealed with the unit's key, with its version.
    fn records_of(
        &self,
        reads: &dyn Reads,
        body: &ErasureBody,
        kinds: &[Kind],
    ) -> Result<Vec<(RecordName, UnitId, u64)>, DeskError> {
        let mut records = Vec::new();
        for kind in kinds.iter().copied() {
            let hits = find_all(reads, kind, Values::all())?;
            let of_client = hits.iter().filter(|hit| kinds::client_of(&hit.value) == Some(body.client));
            let names: Vec<RecordName> = of_client.map(|hit| RecordName { kind, id: hit.id }).collect();
            for chunk in names.chunks(usize::from(Limit::MAX.get())) {
                let of_unit = reads.get_many(chunk)?.into_iter().flatten().filter(|record| record.unit == body.unit);
                records.extend(of_unit.map(|record| (record.name, record.unit, record.version)));
            }
        }
        Ok(records)
    }
}

fn seen(stored: &Stored) -> Result<Erasure, DeskError> {
    let not_before = u64::try_from(stored.destruction.not_before()?.as_millisecond()).unwrap_or(0);
    Ok(Erasure {
        id: stored.name.id,
        unit: stored.body.unit,
        held: stored.destruction.raises_alarm(),
        not_before: UnixMillis::new(not_before),
        approved: stored.body.approved_by.is_some(),
        done_at: stored.body.done_at.map(UnixMillis::new),
    })
}

fn timestamp(at: UnixMillis) -> Result<Timestamp, DeskError> {
    let millis = i64::try_from(at.get()).map_err(|_| DestructionError::Clock)?;
    Ok(Timestamp::from_millisecond(millis).map_err(|_| DestructionError::Clock)?)
}

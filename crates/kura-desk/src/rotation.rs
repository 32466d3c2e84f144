//! Keys are changed: the office's data key by rewrapping its keyring, a unit's key by resealing its records. Both go page by page while
//! people work, and both go on where they stopped.
//!
//! A row of the keyring has no version. So that two changes of keys cannot overtake each other, each of them also writes the one record
//! of [`KEYS`]: the later one meets a conflict, and a new key is never covered by an old row.

use kura_id::{RecordId, UnitId};
use kura_journal::{Action, Actor, ContentHash, EntryDraft, Purpose, RecordVersion};
use kura_records::Owner;
use kura_seal::{Header, KeyEpoch, ResealError};
use kura_store::{Becomes, Change, CommitError, Keys, Limit, Reads, RecordName, Values, Wrap};
use serde::{Deserialize, Serialize};

use crate::authority::{Operation, Resource};
use crate::chance;
use crate::dictionaries;
use crate::error::DeskError;
use crate::kinds::{self, KEYS};
use crate::records::{Draft, Work};
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::{find_all, find_owner};

/// A page of the keyring that went to the newest data key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rewrapped {
    /// So many rows went.
    pub rewrapped: usize,
    /// So many are still under a former data key. At 0 the former key is needed no more.
    pub left: usize,
}

/// A unit whose records are sealed with a new key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resealed {
    /// So many records became a new version.
    pub records: usize,
}

/// Which units have a new key and records that still lie under a former one.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyState {
    resealing: Vec<Resealing>,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Resealing(#[serde(with = "crate::text")] UnitId);

/// So many rows of the keyring go in one commit at most.
const ROWS_MAX: usize = 1_000;
/// So many records are resealed in one commit.
const RECORDS: usize = 500;
/// So often a page that met somebody else's change is read again.
const TRIES: usize = 5;

impl Room {
    /// データ鍵の更新: takes at most `at_most` rows of the keyring (no more than 1,000) to the newest data key that is lent. To be called until
    /// nothing is left; the office's own row goes last, so that it says under which key the office opens. No record changes.
    ///
    /// # Errors
    /// No right, a row under a data key that is not lent, or a change of keys by somebody else at the same moment.
    pub fn rotate_data_key(&self, scope: &Scope, at_most: usize) -> Result<Rewrapped, DeskError> {
        let actor = scope.may(Resource::Keys, Operation::Change, Over::Office, self.now()?)?;
        let mut work = Work::new(self);
        let (rewrapped, left) = {
            let reads = self.office.snapshot()?;
            let mut older = self.rows_before(reads.as_ref(), self.keys.epoch()?)?;
            let left = older.split_off(at_most.clamp(1, ROWS_MAX).min(older.len()));
            let mut chance = chance::source(self.entropy.as_ref())?;
            for (unit, wrapped) in &older {
                let keys = self.keys.unwrap(*unit, wrapped)?;
                work.rewrap(*unit, self.keys.wrap(*unit, &keys, &mut chance)?);
            }
            let (state, version) = self.key_state(reads.as_ref())?;
            self.put_key_state(&mut work, &state, version)?;
            (older.len(), left.len())
        };
        if rewrapped > 0 {
            self.tell_reseal(work, actor, None)?;
        }
        Ok(Rewrapped { rewrapped, left })
    }

    /// 単位の鍵の更新: the office, a client or a person gets a new key, and every record of theirs is sealed anew with it. Former versions
    /// open by the former key, which stays in the row. Where it stopped half-way, the next call goes on with the same new key.
    ///
    /// # Errors
    /// No right, nobody of this name, or a record that does not open.
    pub fn rotate_unit_key(&self, scope: &Scope, owner: &Owner) -> Result<Resealed, DeskError> {
        let actor = scope.may(Resource::Keys, Operation::Change, Over::Office, self.now()?)?;
        let (unit, client) = self.unit_and_client(owner)?;
        let person = matches!(owner, Owner::Person(..)).then_some(unit);
        self.begin_resealing(actor, unit, person)?;
        let mut records = 0_usize;
        for page in self.names_of(client)?.chunks(RECORDS) {
            records = records.saturating_add(again(|| self.reseal_page(actor, unit, person, page))?);
        }
        again(|| self.end_resealing(actor, unit, person))?;
        Ok(Resealed { records })
    }

    /// The rows that lie under an earlier data key, the office's own behind all others.
    fn rows_before(&self, reads: &dyn Reads, newest: KeyEpoch) -> Result<Vec<(UnitId, Vec<u8>)>, DeskError> {
        let own = self.own_unit()?;
        let mut rows = Vec::new();
        let mut after = None;
        loop {
            let page = reads.wraps(after, Limit::MAX)?;
            let Some((last, _)) = page.last() else { break };
            after = Some(*last);
            for (unit, wrap) in page {
                let Wrap::Held(wrapped) = wrap else { continue };
                if Header::read(&wrapped).is_none_or(|header| header.epoch < newest) {
                    rows.push((unit, wrapped));
                }
            }
        }
        rows.sort_by_key(|(unit, _)| *unit == own);
        Ok(rows)
    }

    fn unit_and_client(&self, owner: &Owner) -> Result<(UnitId, UnitId), DeskError> {
        let reads = self.office.snapshot()?;
        let find = |owner: &Owner, what| find_owner(self, reads.as_ref(), owner)?.ok_or(DeskError::NotFound { what });
        match owner {
            Owner::Office => Ok((self.own_unit()?, self.own_unit()?)),
            Owner::Client(_) => find(owner, "顧問先").map(|unit| (unit, unit)),
            Owner::Person(client, _) => Ok((find(owner, "従業員")?, find(&Owner::Client(client.clone()), "顧問先")?)),
        }
    }

    /// Gives the unit its new key, unless it has one and its records are on their way.
    fn begin_resealing(&self, actor: Actor, unit: UnitId, person: Option<UnitId>) -> Result<(), DeskError> {
        let mut work = Work::new(self);
        let (keys, wrapped) = {
            let reads = self.office.snapshot()?;
            let (mut state, version) = self.key_state(reads.as_ref())?;
            if state.resealing.contains(&Resealing(unit)) {
                // An earlier process gave it.
                self.keys.read_again(reads.as_ref(), unit)?;
                return Ok(());
            }
            let Some(Wrap::Held(wrapped)) = reads.wrap(unit)? else { return Err(DeskError::Erased { unit }) };
            let mut chance = chance::source(self.entropy.as_ref())?;
            let keys = self.keys.unwrap(unit, &wrapped)?.rotate(&mut chance);
            let wrapped = self.keys.wrap(unit, &keys, &mut chance)?;
            state.resealing.push(Resealing(unit));
            self.put_key_state(&mut work, &state, version)?;
            (keys, wrapped)
        };
        work.rewrap(unit, wrapped.clone());
        self.tell_reseal(work, actor, person)?;
        self.keys.keep(unit, keys.into(), wrapped);
        Ok(())
    }

    /// Every record that is found with a client, whoever's key seals it.
    fn names_of(&self, client: UnitId) -> Result<Vec<RecordName>, DeskError> {
        let reads = self.office.snapshot()?;
        let mut names = Vec::new();
        for kind in kinds::ALL {
            let hits = find_all(reads.as_ref(), kind, Values::all())?;
            let of_client = hits.into_iter().filter(|hit| kinds::client_of(&hit.value) == Some(client));
            names.extend(of_client.map(|hit| RecordName { kind, id: hit.id }));
        }
        Ok(names)
    }

    fn reseal_page(
        &self,
        actor: Actor,
        unit: UnitId,
        person: Option<UnitId>,
        page: &[RecordName],
    ) -> Result<usize, DeskError> {
        let mut work = Work::new(self);
        let mut resealed = 0_usize;
        {
            let reads = self.office.snapshot()?;
            let keys = self.keys.of(reads.as_ref(), unit)?;
            let epoch = self.keys.epoch()?;
            let mut chance = chance::source(self.entropy.as_ref())?;
            let of_unit = reads.get_many(page)?.into_iter().flatten().filter(|record| record.unit == unit);
            for record in of_unit {
                let name = record.name;
                let place = self.place(name, unit, record.version);
                let next = keys.reseal(
                    epoch,
                    &place,
                    &record.sealed,
                    |schema| dictionaries::of(name.kind, schema),
                    &mut chance,
                );
                let Some((next, bytes)) = next.map_err(|error| not_resealed(name, error))? else { continue };
                let sealed = Some(ContentHash::of(&bytes));
                let told = RecordVersion { kind: name.kind, id: name.id, version: next.version, sealed };
                let becomes = Becomes::Sealed { schema: record.schema, bytes, keys: reads.keys(name)? };
                work.put_sealed(Change { name, unit, expected: record.version, becomes }, told);
                resealed = resealed.saturating_add(1);
            }
        }
        if resealed > 0 {
            self.tell_reseal(work, actor, person)?;
        }
        Ok(resealed)
    }

    fn end_resealing(&self, actor: Actor, unit: UnitId, person: Option<UnitId>) -> Result<(), DeskError> {
        let mut work = Work::new(self);
        {
            let reads = self.office.snapshot()?;
            let (mut state, version) = self.key_state(reads.as_ref())?;
            state.resealing.retain(|one| *one != Resealing(unit));
            self.put_key_state(&mut work, &state, version)?;
        }
        self.tell_reseal(work, actor, person)
    }

    fn tell_reseal(&self, work: Work<'_>, actor: Actor, person: Option<UnitId>) -> Result<(), DeskError> {
        let mut told = EntryDraft::new(self.id(), actor, Action::Reseal, Purpose::Maintenance);
        told.subjects.extend(person);
        work.commit(self.new_request()?, told)?;
        Ok(())
    }

    fn key_state(&self, reads: &dyn Reads) -> Result<(KeyState, u64), DeskError> {
        match reads.get(self.key_state_name()?)? {
            Some(record) => Ok((self.unseal_json(reads, &record)?, record.version)),
            None => Ok((KeyState::default(), 0)),
        }
    }

    fn put_key_state(&self, work: &mut Work<'_>, state: &KeyState, expected: u64) -> Result<(), DeskError> {
        let name = self.key_state_name()?;
        let unit = self.own_unit()?;
        let keys = Keys::new([kinds::of_client(None, unit)])?;
        let body = serde_json::to_vec(state).map_err(|_| DeskError::Shape { name })?;
        work.put(Draft { name, unit, expected, body, keys });
        Ok(())
    }

    fn key_state_name(&self) -> Result<RecordName, DeskError> {
        Ok(RecordName { kind: KEYS, id: RecordId::from_bytes(self.id().bytes())? })
    }
}

/// Does it again where somebody else changed one of the records meanwhile.
fn again<T>(work: impl Fn() -> Result<T, DeskError>) -> Result<T, DeskError> {
    let mut tries = 1;
    loop {
        match work() {
            Err(DeskError::Commit(CommitError::Conflict { .. })) if tries < TRIES => tries += 1,
            done => return done,
        }
    }
}

fn not_resealed(name: RecordName, error: ResealError) -> DeskError {
    match error {
        ResealError::Open(error) => DeskError::Unseal { name, error },
        ResealError::Seal(error) => error.into(),
    }
}

//! 点検, 承認 and 取消, and looking at runs and slips.

use kura_id::{RunId, UnitId};
use kura_journal::{Action, Class, Detail, Item, RecordVersion};
use kura_model::{ClientCode, EmployeeCode};
use kura_records::Owner;
use kura_store::{Limit, RecordName, Values};
use zeroize::Zeroizing;

use super::compute::{purpose, put_run};
use super::record::{Step, StoredRun, slip_and_reasons};
use super::{Run, RunState};
use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::kinds::{self, RUN, SLIP};
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::{find_all, find_by, find_owner};

impl Room {
    /// The runs of a client, oldest first. They hold sums and no person's data.
    ///
    /// # Errors
    /// No right, or no such client.
    pub fn runs(&self, scope: &Scope, client: &str) -> Result<Vec<Run>, DeskError> {
        let reads = self.office.snapshot()?;
        let owner = Owner::Client(ClientCode::from(client));
        let unit = find_owner(self, reads.as_ref(), &owner)?.ok_or(DeskError::NotFound { what: "顧問先" })?;
        scope.may(Resource::Run, Operation::See, Over::Client(unit), self.now()?)?;
        Ok(self.runs_of(reads.as_ref(), unit, None)?.iter().map(StoredRun::seen).collect())
    }

    /// One run.
    ///
    /// # Errors
    /// No right, or no such run.
    pub fn run_of(&self, scope: &Scope, run: RunId) -> Result<Run, DeskError> {
        let stored = StoredRun::read(self, self.office.snapshot()?.as_ref(), run)?;
        scope.may(Resource::Run, Operation::See, Over::Client(stored.unit), self.now()?)?;
        Ok(stored.seen())
    }

    /// The runs of all clients the scope reaches, the newest first. They hold sums and no person's data.
    ///
    /// # Errors
    /// A record that does not open.
    pub fn all_runs(&self, scope: &Scope) -> Result<Vec<Run>, DeskError> {
        let (reads, now) = (self.office.snapshot()?, self.now()?);
        let mut runs = Vec::new();
        for hit in find_all(reads.as_ref(), RUN, Values::all())? {
            let client = kinds::client_of(&hit.value);
            if client.is_some_and(|unit| scope.may(Resource::Run, Operation::See, Over::Client(unit), now).is_ok()) {
                runs.push(StoredRun::read(self, reads.as_ref(), RunId::from_bytes(hit.id.bytes())?)?.seen());
            }
        }
        runs.sort_by_key(|run| std::cmp::Reverse((run.month, run.id)));
        Ok(runs)
    }

    /// 点検: somebody looked at the run and found it right.
    ///
    /// # Errors
    /// No right, or the run is in another state.
    pub fn check(&self, scope: &Scope, run: RunId) -> Result<Run, DeskError> {
        self.step(scope, run, Operation::Check, RunState::Computed, RunState::Checked)
    }

    /// 承認, by another person than the one who computed the run, where two people of the office may approve.
    ///
    /// # Errors
    /// No right, [`DeskError::SecondPerson`], the run is in another state, or something it was computed from changed since.
    pub fn approve(&self, scope: &Scope, run: RunId) -> Result<Run, DeskError> {
        self.step(scope, run, Operation::Approve, RunState::Checked, RunState::Approved)
    }

    /// 取消: this run is not going to be published. One that was interrupted (計算中) is done away with so, too.
    ///
    /// # Errors
    /// No right, or the run is published or withdrawn already.
    pub fn withdraw(&self, scope: &Scope, run: RunId) -> Result<Run, DeskError> {
        let from = {
            let reads = self.office.snapshot()?;
            StoredRun::read(self, reads.as_ref(), run)?.body.state
        };
        if from >= RunState::Published {
            return Err(DeskError::WrongState { state: from });
        }
        self.step(scope, run, Operation::Compute, from, RunState::Withdrawn)
    }

    fn step(
        &self,
        scope: &Scope,
        run: RunId,
        operation: Operation,
        from: RunState,
        to: RunState,
    ) -> Result<Run, DeskError> {
        let mut stored = {
            let reads = self.office.snapshot()?;
            StoredRun::read(self, reads.as_ref(), run)?
        };
        let now = self.now()?;
        let actor = scope.may(Resource::Run, operation, Over::Client(stored.unit), now)?;
        stored = stored.in_state(from)?;
        if to == RunState::Approved && stored.computed_by(scope.user) && self.approvers()? > 1 {
            return Err(DeskError::SecondPerson);
        }
        stored.body.state = to;
        stored.body.steps.push(Step { state: to, by: scope.user, at: now.get() });
        let mut work = Work::new(self);
        put_run(&mut work, &stored)?;
        let action = if to == RunState::Approved { Action::Approve } else { Action::Update };
        let mut told = scope.entry(actor, action, purpose(&stored.body.kind));
        told.detail = (to == RunState::Approved).then_some(Detail::Run { run });
        work.commit(self.new_request()?, told)?;
        Ok(stored.seen())
    }

    /// The slips of a run, a line of slips.jsonl each, put before somebody's eyes: that stands in the journal first.
    ///
    /// # Errors
    /// No right, or a record that does not open.
    pub fn slips(&self, scope: &Scope, run: RunId) -> Result<Vec<String>, DeskError> {
        let shown = self.show_slips(scope, run, |_| true)?;
        Ok(shown.into_iter().map(|body| slip_and_reasons(&body).0).collect())
    }

    /// Why each line and total of a person's slips has its amount, a line of trace.jsonl each, put before somebody's eyes: that stands
    /// in the journal first.
    ///
    /// # Errors
    /// No right, no such person, or a record that does not open.
    pub fn reasons(
        &self,
        scope: &Scope,
        run: RunId,
        client: &ClientCode,
        employee: &EmployeeCode,
    ) -> Result<Vec<String>, DeskError> {
        let owner = Owner::Person(client.clone(), employee.clone());
        let person = find_owner(self, self.office.snapshot()?.as_ref(), &owner)?;
        let person = person.ok_or(DeskError::NotFound { what: "従業員" })?;
        let shown = self.show_slips(scope, run, |unit| unit == person)?;
        Ok(shown.into_iter().flat_map(|body| slip_and_reasons(&body).1).collect())
    }

    /// The bodies of the slips of some people.
    fn show_slips(
        &self,
        scope: &Scope,
        run: RunId,
        of: impl Fn(UnitId) -> bool,
    ) -> Result<Vec<Zeroizing<Vec<u8>>>, DeskError> {
        let reads = self.office.snapshot()?;
        let stored = StoredRun::read(self, reads.as_ref(), run)?;
        let actor = scope.may(Resource::Slip, Operation::See, Over::Client(stored.unit), self.now()?)?;
        let hits = find_by(reads.as_ref(), SLIP, kinds::OF_RUN, Values::exactly(&kinds::of_run(run).value))?;
        let names: Vec<RecordName> = hits.iter().map(|hit| RecordName { kind: SLIP, id: hit.id }).collect();
        let mut bodies = Vec::new();
        let mut told = scope.entry(actor, Action::Read, purpose(&stored.body.kind));
        told.class = Some(Class::Shown);
        told.items = vec![Item::Pay, Item::Tax, Item::Insurance];
        for chunk in names.chunks(usize::from(Limit::MAX.get())) {
            for record in reads.get_many(chunk)?.into_iter().flatten().filter(|record| of(record.unit)) {
                bodies.push(self.unseal(reads.as_ref(), &record)?);
                told.subjects.push(record.unit);
                let RecordName { kind, id } = record.name;
                told.records.push(RecordVersion { kind, id, version: record.version, sealed: None });
            }
        }
        drop(reads);
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(bodies)
    }
}

//! From what the office knows to slips, without a look by anybody.

use std::collections::BTreeSet;

use kura_calendar::Month;
use kura_id::UnitId;
use kura_journal::{Action, Class, ContentHash, Detail, EntryDraft, Purpose};
use kura_law::Law;
use kura_model::{Book, Client, ClientCode, Row};
use kura_month::{MonthRequest, MonthResult, SlipText, Slips};
use kura_records::{Owner, Parsed, join};
use kura_store::{Keys, Reads, RecordName, Values};
use kura_yen::Yen;

use super::record::{self, RunBody, Step, StoredRun};
use super::{Ran, RunKind, RunOrder, RunState};
use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::kinds::{self, HISTORY, RUN, SLIP};
use crate::records::{Draft, Work};
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::{Shelf, Wanted, facts_of, find_all, find_owner};

/// What a run is computed from.
pub(super) struct Opened {
    pub(super) client: UnitId,
    pub(super) shelf: Shelf,
    /// What is stored, before months that are settled were taken out of it.
    pub(super) stored: Book,
    /// What is computed.
    book: Book,
}

/// At most so many slips are written in one commit.
const PART: usize = 2_000;

/// So many payment months of history go into a run (the book of `kura month` carries as many).
const HISTORY_MONTHS: i32 = 14;

impl Room {
    /// Computes a run. Slips are stored beside it; nothing becomes a fact before it is published. An earlier run of the same order that
    /// was not published is withdrawn.
    ///
    /// # Errors
    /// No right, no such client, or a record that does not open. People who stopped are findings, not errors.
    pub fn run(&self, scope: &Scope, order: &RunOrder, law: &Law) -> Result<Ran, DeskError> {
        let reads = self.office.snapshot()?;
        let opened = self.open_inputs(scope, reads.as_ref(), order)?;
        let made = opened.slips(order, law);
        nothing_planned(&made)?;
        let now = self.now()?;
        let actor = scope.may(Resource::Run, Operation::Compute, Over::Client(opened.client), now)?;
        let id = self.new_id(kura_id::RunId::from_parts)?;
        let mut told = scope.entry(actor, Action::Run, purpose(&order.kind));
        told.detail = Some(Detail::Run { run: id });
        let mut slips = Work::new(self);
        for slip in &made.records {
            self.put_slip(&mut slips, &opened, order, id, slip)?;
        }
        let mut work = Work::new(self);
        self.withdraw_earlier(reads.as_ref(), &mut work, scope, opened.client, order)?;
        drop(reads);
        let step = Step { state: RunState::Computed, by: scope.user, at: now.get() };
        let body = body(order, law, opened.inputs(), &made, step);
        let mut stored = StoredRun { id, unit: opened.client, version: 0, body };
        if slips.len() > PART {
            stored = self.begin_large(stored, &told)?;
            slips.commit_in_parts(PART, &told)?;
        } else {
            work.take(slips);
        }
        put_run(&mut work, &stored)?;
        let mut looked = scope.entry(actor, Action::Read, purpose(&order.kind));
        looked.class = Some(Class::Computed);
        work.commit_with(self.new_request()?, vec![told, looked])?;
        Ok(Ran { run: stored.seen(), findings: made.findings })
    }

    /// A run whose slips come in several commits, so that others get their turn: it says so until the last of them is there.
    fn begin_large(&self, run: StoredRun, told: &EntryDraft) -> Result<StoredRun, DeskError> {
        let begun = StoredRun { body: RunBody { state: RunState::Computing, ..run.body.clone() }, ..run };
        let mut work = Work::new(self);
        put_run(&mut work, &begun)?;
        work.commit(self.new_request()?, told.clone())?;
        Ok(StoredRun { version: 1, body: run.body, ..begun })
    }

    /// Opens what an order needs.
    pub(super) fn open_inputs(&self, scope: &Scope, reads: &dyn Reads, order: &RunOrder) -> Result<Opened, DeskError> {
        let owner = Owner::Client(ClientCode::from(order.client.as_str()));
        let client = find_owner(self, reads, &owner)?.ok_or(DeskError::NotFound { what: "顧問先" })?;
        scope.may(Resource::Person, Operation::Compute, Over::Client(client), self.now()?)?;
        let mut histories: Vec<Month> = (0..=HISTORY_MONTHS).rev().map(|before| order.month.plus(-before)).collect();
        histories.extend(paid_later(reads, client, order.month)?);
        let open = OpenMonths { settled: self.settled(reads, client)?, order };
        let inputs: Vec<Month> = histories.iter().copied().filter(|month| open.holds(*month)).collect();
        let shelf = Shelf::open(self, reads, &Wanted::Client { client, inputs: &inputs, histories: &histories })?;
        let stored = shelf.book.clone();
        let mut book = stored.clone();
        book.cover.as_of_month = open.settled;
        Ok(Opened { client, shelf, stored, book })
    }

    /// 基準月 of a book of these clients: the month up to which all of them are settled.
    pub(crate) fn settled_by_all(
        &self,
        reads: &dyn Reads,
        clients: &[Row<Client>],
    ) -> Result<Option<Month>, DeskError> {
        let mut oldest: Option<Month> = None;
        for row in clients {
            let Some(unit) = find_owner(self, reads, &Owner::Client(row.client_code.clone()))? else { continue };
            let Some(settled) = self.settled(reads, unit)? else { return Ok(None) };
            oldest = Some(oldest.map_or(settled, |month| month.min(settled)));
        }
        Ok(oldest)
    }

    /// Up to which month a client is settled: by its published runs, and by what 表紙 said when it came.
    fn settled(&self, reads: &dyn Reads, client: UnitId) -> Result<Option<Month>, DeskError> {
        let mut newest = None;
        if let Some(record) = facts_of(self, reads, &Owner::Office)? {
            let (name, body) = (record.name, self.unseal(reads, &record)?);
            let cover = Parsed::parse(&body).and_then(|parsed| join([parsed]));
            newest = cover.map_err(|error| DeskError::Body { name, error })?.cover.as_of_month;
        }
        for run in self.runs_of(reads, client, None)? {
            if run.body.state == RunState::Published && run.body.kind == RunKind::Pay {
                newest = newest.max(Some(run.body.month));
            }
        }
        Ok(newest)
    }

    /// The runs of a client, of one month or of all, oldest first.
    pub(super) fn runs_of(
        &self,
        reads: &dyn Reads,
        client: UnitId,
        month: Option<Month>,
    ) -> Result<Vec<StoredRun>, DeskError> {
        let values = match month {
            Some(month) => kura_store::Values::exactly(&kinds::of_client(Some(month), client).value),
            None => kura_store::Values::all(),
        };
        let mut runs = Vec::new();
        for hit in find_all(reads, RUN, values)? {
            if kinds::client_of(&hit.value) == Some(client) {
                runs.push(StoredRun::read(self, reads, kura_id::RunId::from_bytes(hit.id.bytes())?)?);
            }
        }
        Ok(runs)
    }

    fn withdraw_earlier(
        &self,
        reads: &dyn Reads,
        work: &mut Work<'_>,
        scope: &Scope,
        client: UnitId,
        order: &RunOrder,
    ) -> Result<(), DeskError> {
        for mut run in self.runs_of(reads, client, Some(order.month))? {
            let is_open = run.body.state < RunState::Published;
            if is_open && run.body.kind == order.kind {
                let at = self.now()?.get();
                run.body.state = RunState::Withdrawn;
                run.body.steps.push(Step { state: RunState::Withdrawn, by: scope.user, at });
                put_run(work, &run)?;
            }
        }
        Ok(())
    }

    fn put_slip(
        &self,
        work: &mut Work<'_>,
        opened: &Opened,
        order: &RunOrder,
        run: kura_id::RunId,
        slip: &SlipText,
    ) -> Result<(), DeskError> {
        let name = RecordName { kind: SLIP, id: self.new_record()? };
        let owner = Owner::Person(slip.client.as_str().into(), slip.person.as_str().into());
        let unit = opened.shelf.unit(&owner).ok_or(DeskError::NotFound { what: "従業員" })?;
        let keys = [kinds::of_client(Some(order.month), opened.client), kinds::of_run(run)];
        let keys = Keys::new(keys)?;
        work.put(Draft { name, unit, expected: 0, body: record::slip_body(slip), keys });
        Ok(())
    }
}

/// A bonus of a name that nobody planned is no run.
fn nothing_planned(made: &Slips) -> Result<(), DeskError> {
    let nothing = made.findings.iter().find(|finding| ["bonus_not_planned", "bonus_settled"].contains(&finding.code));
    nothing.map_or(Ok(()), |finding| {
        Err(DeskError::NothingPlanned { said: format!("{}{}", finding.sentence, finding.remedy) })
    })
}

/// The months after `month` in which the client paid something: a difference for `month` may be among it.
fn paid_later(reads: &dyn Reads, client: UnitId, month: Month) -> Result<BTreeSet<Month>, DeskError> {
    let values = Values::range(&kinds::period(month.next()), &kinds::AFTER_ALL_MONTHS);
    let later = find_all(reads, HISTORY, values)?;
    let of_client = later.iter().filter(|hit| kinds::client_of(&hit.value) == Some(client));
    Ok(of_client.filter_map(|hit| kinds::month_of(&hit.value)).collect())
}

/// The months whose inputs a run looks at: what was handed in for a month that is settled counts only where it is to be corrected.
struct OpenMonths<'order> {
    settled: Option<Month>,
    order: &'order RunOrder,
}

impl OpenMonths<'_> {
    fn holds(&self, month: Month) -> bool {
        self.order.kind == RunKind::Correction(month)
            || month >= self.order.month
            || self.settled.is_none_or(|settled| month > settled)
    }
}

fn body(order: &RunOrder, law: &Law, inputs: ContentHash, made: &Slips, step: Step) -> RunBody {
    let sum = |amount: fn(&kura_month::SlipLine) -> Yen| made.slips.iter().map(amount).sum::<Yen>().get();
    let is_stop = |finding: &&kura_book::Finding| finding.severity == kura_book::Severity::Error;
    RunBody {
        client: order.client.clone(),
        month: order.month,
        kind: order.kind.clone(),
        as_of: order.as_of,
        state: step.state,
        law_pack: law.version().to_owned(),
        inputs,
        result: result_hash(&made.records),
        slips: made.records.len(),
        stops: made.findings.iter().filter(is_stop).count(),
        gross: sum(|slip| slip.gross),
        deduction_total: sum(|slip| slip.deduction_total),
        net: sum(|slip| slip.net),
        steps: vec![step],
    }
}

/// SHA-256 over the lines of slips.jsonl.
pub(super) fn result_hash(records: &[SlipText]) -> ContentHash {
    let lines: Vec<&str> = records.iter().map(|slip| slip.record.as_str()).collect();
    ContentHash::of(lines.join("\n").as_bytes())
}

impl Opened {
    /// The slips with their reasons. Of pay nothing else is made: files, lists and the next book wait for the publication.
    fn slips(&self, order: &RunOrder, law: &Law) -> Slips {
        match order.kind {
            RunKind::Pay | RunKind::Correction(_) => kura_month::slips(&self.book, &request(order, true), law),
            RunKind::Provisional | RunKind::Bonus(_) => Slips::from(&self.all(order, true, law)),
        }
    }

    /// Everything the order makes. The same records give the same result.
    pub(super) fn all(&self, order: &RunOrder, trace: bool, law: &Law) -> MonthResult {
        let request = request(order, trace);
        match &order.kind {
            RunKind::Pay | RunKind::Correction(_) => kura_month::run(&self.book, &request, law),
            RunKind::Provisional => kura_month::run_provisional(&self.book, &request, law),
            RunKind::Bonus(name) => kura_month::run_bonus(&self.book, &request, name, law),
        }
    }

    /// The book that was computed, for what comes after it.
    pub(super) fn take_book(&mut self) -> Book {
        std::mem::take(&mut self.book)
    }

    pub(super) fn inputs(&self) -> ContentHash {
        let mut seen = self.shelf.seen.clone();
        seen.sort_unstable();
        let mut bytes = Vec::with_capacity(seen.len().saturating_mul(26));
        for record in seen {
            bytes.extend(record.kind.get().to_be_bytes());
            bytes.extend(record.id.bytes());
            bytes.extend(record.version.to_be_bytes());
        }
        ContentHash::of(&bytes)
    }
}

const fn request(order: &RunOrder, trace: bool) -> MonthRequest {
    MonthRequest { month: order.month, as_of: order.as_of, trace, payslips: !trace }
}

/// Puts a run, in the state it has now, behind the version it was read with.
pub(super) fn put_run(work: &mut Work<'_>, run: &StoredRun) -> Result<(), DeskError> {
    let name = record::name(run.id)?;
    let keys = Keys::new([kinds::of_client(Some(run.body.month), run.unit)])?;
    let body = serde_json::to_vec(&run.body).map_err(|_| DeskError::Shape { name })?;
    work.put(Draft { name, unit: run.unit, expected: run.version, body, keys });
    Ok(())
}

pub(super) const fn purpose(kind: &RunKind) -> Purpose {
    match kind {
        RunKind::Pay | RunKind::Provisional => Purpose::Payroll,
        RunKind::Bonus(_) => Purpose::Bonus,
        RunKind::Correction(_) => Purpose::Correction,
    }
}

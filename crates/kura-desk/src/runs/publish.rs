//! 公開: the slips become facts, and the outputs leave.

use std::sync::PoisonError;

use kura_id::RunId;
use kura_journal::{Action, Class, Detail, Item};
use kura_law::Law;
use kura_model::Book;
use kura_month::MonthResult;
use kura_records::merge;

use super::compute::{Opened, purpose, put_run, result_hash};
use super::record::{Step, StoredRun};
use super::{Run, RunOrder, RunState};
use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};

/// A run that was published, with what is to be written and printed.
pub struct Published {
    /// The run.
    pub run: Run,
    /// Slips, lists, filings and bank files, as `kura month` makes them.
    pub result: MonthResult,
    /// 次の本.
    pub next_book: Book,
}

impl Room {
    /// 公開: computes the run once more from the same records, compares every line with what was approved, and writes the histories and
    /// decisions as facts. The outputs leave with it, which stands in the journal before they do.
    ///
    /// # Errors
    /// No right, the run is not approved, what it was computed from changed, or this release computes something else.
    pub fn publish(&self, scope: &Scope, run: RunId, law: &Law) -> Result<Published, DeskError> {
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let reads = self.office.snapshot()?;
        let stored = StoredRun::read(self, reads.as_ref(), run)?;
        let now = self.now()?;
        // Whoever may not is not told the state either.
        let actor = scope.may(Resource::Run, Operation::Publish, Over::Client(stored.unit), now)?;
        let stored = stored.in_state(RunState::Approved)?;
        let (mut opened, mut result) = self.again(scope, reads.as_ref(), &stored, law)?;
        let next_book = std::mem::take(&mut result.next_book).of(opened.take_book());
        let mut work = Work::new(self);
        let facts = facts(&opened, &next_book);
        opened.shelf.write(&mut work, reads.as_ref(), self, &facts)?;
        drop(reads);
        let mut stored = stored;
        stored.body.state = RunState::Published;
        stored.body.steps.push(Step { state: RunState::Published, by: scope.user, at: now.get() });
        put_run(&mut work, &stored)?;
        let entry = |action: Action| {
            let mut told = scope.entry(actor, action, purpose(&stored.body.kind));
            told.detail = (action == Action::Publish).then_some(Detail::Run { run });
            told
        };
        let mut left = entry(Action::Export);
        left.class = Some(Class::Exported);
        left.subjects = opened.shelf.people();
        left.items = OUTPUT_ITEMS.to_vec();
        work.commit_with(self.new_request()?, vec![entry(Action::Publish), left])?;
        Ok(Published { run: stored.seen(), result, next_book })
    }

    /// The same order over the same records: nothing changed, and nothing comes out otherwise.
    fn again(
        &self,
        scope: &Scope,
        reads: &dyn kura_store::Reads,
        stored: &StoredRun,
        law: &Law,
    ) -> Result<(Opened, MonthResult), DeskError> {
        let body = &stored.body;
        let order =
            RunOrder { client: body.client.clone(), month: body.month, kind: body.kind.clone(), as_of: body.as_of };
        let opened = self.open_inputs(scope, reads, &order)?;
        if opened.inputs() != body.inputs {
            return Err(DeskError::Stale);
        }
        let result = opened.all(&order, false, law);
        if result_hash(&result.records) != body.result {
            return Err(DeskError::OtherResult);
        }
        Ok((opened, result))
    }
}

/// What the outputs of a month say of people.
pub(super) const OUTPUT_ITEMS: [Item; 10] = [
    Item::Name,
    Item::BirthDate,
    Item::Address,
    Item::Pay,
    Item::Attendance,
    Item::Bank,
    Item::Insurance,
    Item::Tax,
    Item::Family,
    Item::Employment,
];

/// What is true after the run. The next book of a file leaves out what a file need not carry on; an office keeps it.
fn facts(opened: &Opened, next_book: &Book) -> Book {
    let stored = &opened.stored;
    let kept = merge(stored, next_book).book;
    Book {
        cover: stored.cover.clone(),
        attendances: stored.attendances.clone(),
        variable_pays: stored.variable_pays.clone(),
        pay_histories: kept.pay_histories,
        pay_lines: kept.pay_lines,
        ..next_book.clone()
    }
}

//! 再出力: the outputs of a run that was published, made again from the records as they stood then.

use kura_calendar::Date;
use kura_id::RunId;
use kura_journal::{Action, Class, Detail, RecordVersion, UnixMillis};
use kura_law::Law;
use kura_store::{Keys, Limit, Past, ReadError, Reads, RecordName};

use super::compute::{purpose, result_hash};
use super::publish::OUTPUT_ITEMS;
use super::record::{self, StoredRun};
use super::{Published, RunKind, RunOrder, RunState};
use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::journal::{Told, first_at};
use crate::kinds::{self, OF_BOOK, OF_CLIENT, RUN};
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};

/// So many entries are opened together: the one that is looked for stands close by.
const ENTRIES: u16 = 500;

impl Room {
    /// 再出力: files, lists and slips of a published run once more, dated `as_of` where it is given: what was held back because its day had not
    /// come is among them then. They are computed from the records as they stood when the run was published; nothing becomes a fact. The
    /// outputs leave, which stands in the journal before they do.
    ///
    /// # Errors
    /// No right, the run is not published, or [`DeskError::NotAsPublished`]: it would not pay what was paid.
    pub fn output(&self, scope: &Scope, run: RunId, as_of: Option<Date>, law: &Law) -> Result<Published, DeskError> {
        let reads = self.office.snapshot()?;
        let stored = StoredRun::read(self, reads.as_ref(), run)?.in_state(RunState::Published)?;
        let over = Over::Client(stored.unit);
        scope.may(Resource::Filing, Operation::Export, over, self.now()?)?;
        let actor = scope.may(Resource::Slip, Operation::Export, over, self.now()?)?;
        let body = &stored.body;
        let as_of = as_of.unwrap_or(body.as_of);
        if as_of != body.as_of && matches!(body.kind, RunKind::Correction(_)) {
            return Err(DeskError::NotAsPublished {
                why: "訂正の支給日は作成日で決まるため、作成日を変えられません"
            });
        }
        let past = self.before_publication(reads.as_ref(), &stored)?;
        let order = RunOrder { client: body.client.clone(), month: body.month, kind: body.kind.clone(), as_of };
        let mut opened = self.open_inputs(scope, &past, &order)?;
        if opened.inputs() != body.inputs {
            return Err(DeskError::NotAsPublished { why: "もとになった人の記録が消去されています" });
        }
        let mut result = opened.all(&order, false, law);
        if result_hash(&result.records) != body.result {
            return Err(DeskError::NotAsPublished {
                why: "Kuraまたは法令データの版が変わっています"
            });
        }
        let next_book = std::mem::take(&mut result.next_book).of(opened.take_book());
        let mut told = scope.entry(actor, Action::Export, purpose(&body.kind));
        told.class = Some(Class::Exported);
        told.subjects = opened.shelf.people();
        told.items = OUTPUT_ITEMS.to_vec();
        let RecordName { kind, id } = record::name(run)?;
        told.records = vec![RecordVersion { kind, id, version: stored.version, sealed: None }];
        drop(past);
        drop(reads);
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(Published { run: super::Run { as_of, ..stored.seen() }, result, next_book })
    }

    /// What the office knew of the run's client in the moment before the run was published.
    fn before_publication<'reads>(
        &self,
        reads: &'reads dyn Reads,
        stored: &StoredRun,
    ) -> Result<Past<'reads>, DeskError> {
        let seq = self.publication(reads, stored)?;
        let (client, office) = (stored.unit, self.own_unit()?);
        let wanted = |name: RecordName, keys: &Keys| {
            let of = keys.iter().find(|key| key.index == OF_CLIENT).and_then(|key| kinds::client_of(&key.value));
            (name.kind == RUN || OF_BOOK.contains(&name.kind)) && (of == Some(client) || of == Some(office))
        };
        Past::before(reads, seq, wanted).map_err(|error| match error {
            ReadError::Pruned { .. } => {
                DeskError::NotAsPublished { why: "記録の古い版が、この保管庫にはもうありません" }
            }
            other => other.into(),
        })
    }

    /// The number of the entry by which the run was published: time never runs backwards, so it is not before the step.
    fn publication(&self, reads: &dyn Reads, stored: &StoredRun) -> Result<u64, DeskError> {
        let published = stored.body.steps.iter().find(|step| step.state == RunState::Published);
        let published = published.ok_or(DeskError::NotFound { what: "公開の記録" })?;
        let mut seq = first_at(reads, UnixMillis::new(published.at))?;
        loop {
            let page = reads.journal_from(seq, Limit::rows(ENTRIES))?;
            let Some(last) = page.last() else { return Err(DeskError::NotFound { what: "公開の記録" }) };
            seq = last.seq.saturating_add(1);
            let is_told = |told: &Told| {
                let draft = &told.entry.draft;
                draft.action == Action::Publish && draft.detail == Some(Detail::Run { run: stored.id })
            };
            if let Some(told) = self.open_entries(reads, &page)?.into_iter().find(is_told) {
                return Ok(told.seq);
            }
        }
    }
}

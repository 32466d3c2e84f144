//! The journal read by people: who did what, and who looked at a person. Looking into it is an entry too.

mod agree;
mod checkpoints;
mod export;

use kura_id::{UnitId, UserId};
use kura_journal::{Action, Class, Entry, Purpose, SealedPayload, UnixMillis};
use kura_model::{ClientCode, EmployeeCode};
use kura_records::Owner;
use kura_seal::UnitKeys;
use kura_store::{FIRST_SEQ, Limit, Reads, StoredEntry};
use rayon::prelude::*;

pub use agree::{RecordsChecked, RecordsWrong};

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::records::Work;
use crate::room::{self, Room};
use crate::scope::{Over, Scope};
use crate::shelf::{facts_of, find_owner};

/// Which entries are asked for. What is left out asks for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalFilter {
    /// From this instant on.
    pub from: Option<UnixMillis>,
    /// Before this instant.
    pub to_excl: Option<UnixMillis>,
    /// Entries that concern this person.
    pub person: Option<UnitId>,
    /// What this user did.
    pub user: Option<UserId>,
    /// What was done.
    pub action: Option<Action>,
    /// From this number on: where the page before ended ([`JournalPage::next`]).
    pub from_seq: u64,
    /// At most so many entries.
    pub limit: usize,
}

impl Default for JournalFilter {
    fn default() -> Self {
        Self { from: None, to_excl: None, person: None, user: None, action: None, from_seq: FIRST_SEQ, limit: 1_000 }
    }
}

/// An entry of the journal, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its number.
    pub seq: u64,
    /// What it says.
    pub entry: Entry,
}

/// Entries that were asked for, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalPage {
    /// The entries.
    pub entries: Vec<Told>,
    /// The number at which the next page begins; nothing where there is none.
    pub next: Option<u64>,
}

impl Room {
    /// 記録簿の閲覧: the entries that were asked for. That somebody read them stands in the journal before they are given.
    ///
    /// # Errors
    /// No right, or an entry that does not open.
    pub fn journal(&self, scope: &Scope, filter: &JournalFilter) -> Result<JournalPage, DeskError> {
        let actor = scope.may(Resource::Journal, Operation::See, Over::Office, self.now()?)?;
        let page = {
            let reads = self.office.snapshot()?;
            self.page(reads.as_ref(), filter)?
        };
        self.tell_reading(scope, actor, Purpose::Audit, filter.person)?;
        Ok(page)
    }

    /// だれが見たか: every entry by which data of this person were shown or left. What was only computed was seen by nobody.
    ///
    /// # Errors
    /// No right, no such person, or an entry that does not open.
    pub fn who_looked_at(
        &self,
        scope: &Scope,
        client: &ClientCode,
        employee: &EmployeeCode,
    ) -> Result<Vec<Told>, DeskError> {
        let (person, actor, looks) = {
            let reads = self.office.snapshot()?;
            let of_client = find_owner(self, reads.as_ref(), &Owner::Client(client.clone()))?;
            let of_client = of_client.ok_or(DeskError::NotFound { what: "顧問先" })?;
            let owner = Owner::Person(client.clone(), employee.clone());
            let facts = facts_of(self, reads.as_ref(), &owner)?.ok_or(DeskError::NotFound { what: "従業員" })?;
            let person = facts.unit;
            let over = Over::Person { client: of_client, person };
            let actor = scope.may(Resource::Journal, Operation::See, over, self.now()?)?;
            let filter = JournalFilter { person: Some(person), limit: usize::MAX, ..JournalFilter::default() };
            (person, actor, self.page(reads.as_ref(), &filter)?.entries)
        };
        self.tell_reading(scope, actor, Purpose::Audit, Some(person))?;
        Ok(looks.into_iter().filter(|told| is_observed(&told.entry)).collect())
    }

    fn tell_reading(
        &self,
        scope: &Scope,
        actor: kura_journal::Actor,
        purpose: Purpose,
        person: Option<UnitId>,
    ) -> Result<(), DeskError> {
        let mut told = scope.entry(actor, Action::Read, purpose);
        told.class = Some(Class::Shown);
        told.subjects.extend(person);
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(())
    }

    fn page(&self, reads: &dyn Reads, filter: &JournalFilter) -> Result<JournalPage, DeskError> {
        let mut seq = filter.from_seq.max(FIRST_SEQ);
        if let Some(from) = filter.from {
            seq = seq.max(first_at(reads, from)?);
        }
        let mut entries = Vec::new();
        loop {
            let stored = reads.journal_from(seq, Limit::MAX)?;
            let Some(last) = stored.last() else { return Ok(JournalPage { entries, next: None }) };
            let next = last.seq.saturating_add(1);
            for told in self.open_entries(reads, &stored)? {
                if filter.to_excl.is_some_and(|end| told.entry.at >= end) {
                    return Ok(JournalPage { entries, next: None });
                }
                if !filter.takes(&told.entry) {
                    continue;
                }
                if entries.len() >= filter.limit {
                    return Ok(JournalPage { entries, next: Some(told.seq) });
                }
                entries.push(told);
            }
            seq = next;
        }
    }

    /// Opens entries, on all cores.
    pub(crate) fn open_entries(&self, reads: &dyn Reads, stored: &[StoredEntry]) -> Result<Vec<Told>, DeskError> {
        let keys = self.keys.of(reads, self.own_unit()?)?;
        stored.par_iter().map(|stored| self.open_entry(&keys, stored)).collect()
    }

    fn open_entry(&self, keys: &UnitKeys, stored: &StoredEntry) -> Result<Told, DeskError> {
        let seq = stored.seq;
        let wrong = DeskError::Entry { seq };
        let payload = SealedPayload::from_bytes(stored.payload.clone()).map_err(|_| wrong.clone())?;
        let entry = room::entry(keys, self.id(), seq, payload.sealed()).ok_or(wrong)?;
        Ok(Told { seq, entry })
    }
}

impl JournalFilter {
    fn takes(&self, entry: &Entry) -> bool {
        let draft = &entry.draft;
        self.person.is_none_or(|person| draft.subjects.binary_search(&person).is_ok())
            && self.user.is_none_or(|user| draft.actor.user == Some(user))
            && self.action.is_none_or(|action| draft.action == action)
    }
}

/// Whether somebody saw what the entry tells of.
fn is_observed(entry: &Entry) -> bool {
    matches!(entry.draft.class, Some(Class::Shown | Class::Exported))
}

/// The number of the first entry that is not before this instant: time never runs backwards.
pub(crate) fn first_at(reads: &dyn Reads, instant: UnixMillis) -> Result<u64, DeskError> {
    let (mut low, mut high) = (FIRST_SEQ, reads.head()?.next_seq());
    while low < high {
        let middle = low.midpoint(high);
        let before = reads.journal_from(middle, Limit::rows(1))?.first().is_some_and(|entry| entry.at < instant);
        if before {
            low = middle.saturating_add(1);
        } else {
            high = middle;
        }
    }
    Ok(low)
}

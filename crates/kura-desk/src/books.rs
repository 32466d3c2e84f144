//! 取込 and 書出し: an office as a book, in and out.

use std::sync::PoisonError;

use kura_journal::{Action, Class, ContentHash, Item, Purpose};
use kura_model::Book;
use kura_records::{Difference, Merged, merge};
use kura_store::Receipt;

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::{Shelf, Wanted};

/// At most so many records are written in one commit of an import, so that others get their turn.
const PART: usize = 5_000;

/// What a book brings, or brought.
#[derive(Debug)]
pub struct Imported {
    /// Rows that are new or different.
    pub differences: Vec<Difference>,
    /// Records that were written, or would be.
    pub records: usize,
    /// The last commit; nothing in a dry run, and where the book brings nothing new.
    pub receipt: Option<Receipt>,
}

/// The whole office, for a file.
#[derive(Debug)]
pub struct Exported {
    /// What it knows.
    pub book: Book,
    /// How many people's data leave with it.
    pub people: usize,
}

impl Room {
    /// Takes a book in: an upsert by the keys of its rows. The same book a second time changes nothing. `artefact` is the hash of the file.
    /// A dry run only tells the differences. Only what the book touches is opened: its clients, and the months it has rows of.
    ///
    /// # Errors
    /// No right, a record that does not open, or one that was changed meanwhile: a conflict names it. What was written until then stays,
    /// and a repeat goes on.
    pub fn import(
        &self,
        scope: &Scope,
        book: &Book,
        artefact: Option<ContentHash>,
        dry_run: bool,
    ) -> Result<Imported, DeskError> {
        let actor = scope.may(Resource::WholeOffice, Operation::Change, Over::Office, self.now()?)?;
        // Nobody else in this process makes records of a book meanwhile: of two that make the same person both would be new.
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let reads = self.office.snapshot()?;
        let mut shelf = Shelf::open(self, reads.as_ref(), &Wanted::Touched(book))?;
        let Merged { book, differences } = merge(&shelf.book, book);
        let mut work = Work::new(self);
        shelf.write(&mut work, reads.as_ref(), self, &book)?;
        drop(reads);
        let records = work.len();
        if dry_run {
            return Ok(Imported { differences, records, receipt: None });
        }
        let mut told = scope.entry(actor, Action::Import, Purpose::Migration);
        told.items = Item::ALL.iter().copied().filter(|item| *item != Item::Number).collect();
        told.artefact = artefact;
        let receipt = work.commit_in_parts(PART, &told)?;
        Ok(Imported { differences, records, receipt })
    }

    /// The whole office as one book. That it leaves stands in the journal before it does.
    ///
    /// # Errors
    /// No right, or a record that does not open.
    pub fn export(&self, scope: &Scope) -> Result<Exported, DeskError> {
        let actor = scope.may(Resource::WholeOffice, Operation::Export, Over::Office, self.now()?)?;
        let shelf = {
            let reads = self.office.snapshot()?;
            let mut shelf = Shelf::open(self, reads.as_ref(), &Wanted::Everything)?;
            let settled = self.settled_by_all(reads.as_ref(), &shelf.book.clients)?;
            shelf.book.cover.as_of_month = settled.or(shelf.book.cover.as_of_month);
            shelf
        };
        let mut told = scope.entry(actor, Action::Export, Purpose::Migration);
        told.class = Some(Class::Exported);
        told.subjects = shelf.people();
        told.items = Item::ALL.iter().copied().filter(|item| *item != Item::Number).collect();
        told.records.clone_from(&shelf.seen);
        let people = told.subjects.len();
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(Exported { book: shelf.book, people })
    }
}

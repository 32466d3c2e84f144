//! 顧問先 before somebody's eyes: the list, one client, and its people.

use kura_journal::{Action, Class, Item, Purpose};
use kura_model::{Book, Client, ClientCode, Employee, Row};
use kura_records::Owner;

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::{Shelf, Wanted, find_owner};

impl Room {
    /// The clients the scope reaches, by code; that they were shown stands in the journal first.
    ///
    /// # Errors
    /// A record that does not open.
    pub fn clients(&self, scope: &Scope) -> Result<Vec<Row<Client>>, DeskError> {
        let now = self.now()?;
        let actor = scope.actor(now)?;
        let shelf = {
            let reads = self.office.snapshot()?;
            Shelf::open(self, reads.as_ref(), &Wanted::Clients)?
        };
        let mut shown = Vec::new();
        for row in &shelf.book.clients {
            let unit = shelf.unit(&Owner::Client(row.client_code.clone()));
            if unit.is_some_and(|unit| scope.may(Resource::Client, Operation::See, Over::Client(unit), now).is_ok()) {
                shown.push(row.clone());
            }
        }
        shown.sort_by(|one, other| one.client_code.cmp(&other.client_code));
        let mut told = scope.entry(actor, Action::Read, Purpose::Inquiry);
        told.class = Some(Class::Shown);
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(shown)
    }

    /// The facts of a client, without its people.
    ///
    /// # Errors
    /// No right, no such client, or a record that does not open.
    pub fn client(&self, scope: &Scope, client: &ClientCode) -> Result<Book, DeskError> {
        let (actor, shelf) = {
            let reads = self.office.snapshot()?;
            let unit = find_owner(self, reads.as_ref(), &Owner::Client(client.clone()))?;
            let unit = unit.ok_or(DeskError::NotFound { what: "顧問先" })?;
            let actor = scope.may(Resource::Client, Operation::See, Over::Client(unit), self.now()?)?;
            (actor, Shelf::open(self, reads.as_ref(), &Wanted::FactsOf(unit))?)
        };
        let mut told = scope.entry(actor, Action::Read, Purpose::Inquiry);
        told.class = Some(Class::Shown);
        told.records = shelf.seen;
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(shelf.book)
    }

    /// The people of a client, as a list shows them: 社員番号, names, kana, birth, hiring and leaving. Who was shown stands in the journal
    /// first.
    ///
    /// # Errors
    /// No right, no such client, or a record that does not open.
    pub fn people(&self, scope: &Scope, client: &ClientCode) -> Result<Vec<Row<Employee>>, DeskError> {
        let (actor, shelf) = {
            let reads = self.office.snapshot()?;
            let unit = find_owner(self, reads.as_ref(), &Owner::Client(client.clone()))?;
            let client = unit.ok_or(DeskError::NotFound { what: "顧問先" })?;
            let actor = scope.may(Resource::Person, Operation::See, Over::Client(client), self.now()?)?;
            let wanted = Wanted::Client { client, inputs: &[], histories: &[] };
            (actor, Shelf::open(self, reads.as_ref(), &wanted)?)
        };
        let mut told = scope.entry(actor, Action::Read, Purpose::Inquiry);
        told.class = Some(Class::Shown);
        told.items = vec![Item::Name, Item::BirthDate, Item::Employment];
        told.subjects = shelf.people();
        Work::new(self).commit(self.new_request()?, told)?;
        let mut people = shelf.book.employees;
        people.sort_by(|one, other| one.employee_code.cmp(&other.employee_code));
        Ok(people)
    }
}

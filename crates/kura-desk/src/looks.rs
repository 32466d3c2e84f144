//! 閲覧 and 検索: people before somebody's eyes, and people found by their name.

use kura_id::UnitId;
use kura_journal::{Action, Class, Item, Purpose, RecordVersion};
use kura_model::{Book, ClientCode, Employee, EmployeeCode};
use kura_records::{Owner, Parsed, join};
use kura_store::{Limit, RecordName, Values};
use rayon::prelude::*;

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::kinds::{self, PERSON};
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::{find_all, find_owner};

/// A person as a search names them. Personal: for a screen alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// 会社コード.
    pub client: ClientCode,
    /// 社員番号.
    pub employee: EmployeeCode,
    /// 氏名.
    pub name: String,
    /// 氏名カナ.
    pub kana: String,
    /// The id by which the journal knows the person.
    pub unit: UnitId,
}

impl std::fmt::Debug for Found {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Found({})", self.unit)
    }
}

/// What the facts of a person say of them.
const PERSON_ITEMS: [Item; 12] = [
    Item::Name,
    Item::BirthDate,
    Item::Sex,
    Item::Address,
    Item::Telephone,
    Item::Email,
    Item::Pay,
    Item::Bank,
    Item::Insurance,
    Item::Tax,
    Item::Family,
    Item::Employment,
];

impl Room {
    /// The facts of a person, put before somebody's eyes: that stands in the journal first.
    ///
    /// # Errors
    /// No right, no such person, or a record that does not open.
    pub fn person(
        &self,
        scope: &Scope,
        client: &ClientCode,
        employee: &EmployeeCode,
        purpose: Purpose,
    ) -> Result<Book, DeskError> {
        let reads = self.office.snapshot()?;
        let of_client = find_owner(self, reads.as_ref(), &Owner::Client(client.clone()))?;
        let of_client = of_client.ok_or(DeskError::NotFound { what: "顧問先" })?;
        let owner = Owner::Person(client.clone(), employee.clone());
        let record = crate::shelf::facts_of(self, reads.as_ref(), &owner)?;
        let record = record.ok_or(DeskError::NotFound { what: "従業員" })?;
        let over = Over::Person { client: of_client, person: record.unit };
        let actor = scope.may(Resource::Person, Operation::See, over, self.now()?)?;
        let name = record.name;
        let body = self.unseal(reads.as_ref(), &record)?;
        let book = Parsed::parse(&body).and_then(|parsed| join([parsed]));
        let book = book.map_err(|error| DeskError::Body { name, error })?;
        drop(reads);
        let mut told = scope.entry(actor, Action::Read, purpose);
        told.class = Some(Class::Shown);
        told.subjects = vec![record.unit];
        told.items = PERSON_ITEMS.to_vec();
        told.records = vec![RecordVersion { kind: name.kind, id: name.id, version: record.version, sealed: None }];
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(book)
    }

    /// People whose name, kana or 社員番号 holds `text`, as it was typed; of every client the scope reaches. What was searched is not
    /// written down; that somebody searched, and whom they were shown, is.
    ///
    /// # Errors
    /// A record that does not open.
    pub fn find_people(&self, scope: &Scope, text: &str) -> Result<Vec<Found>, DeskError> {
        let found = self.search(scope, text)?;
        let now = self.now()?;
        let mut told = scope.entry(scope.actor(now)?, Action::Read, Purpose::Inquiry);
        told.class = Some(Class::Shown);
        told.items = vec![Item::Name];
        told.subjects = found.iter().map(|found| found.unit).collect();
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(found)
    }

    fn search(&self, scope: &Scope, text: &str) -> Result<Vec<Found>, DeskError> {
        let reads = self.office.snapshot()?;
        self.keys.open_all(reads.as_ref())?;
        let now = self.now()?;
        let may = |client| scope.may(Resource::Person, Operation::See, Over::Client(client), now).is_ok();
        let mut names = Vec::new();
        for hit in find_all(reads.as_ref(), PERSON, Values::all())? {
            if kinds::client_of(&hit.value).is_some_and(&may) {
                names.push(RecordName { kind: PERSON, id: hit.id });
            }
        }
        let mut found = Vec::new();
        for chunk in names.chunks(usize::from(Limit::MAX.get())) {
            let mut records = Vec::with_capacity(chunk.len());
            for record in reads.get_many(chunk)?.into_iter().flatten() {
                if let Ok(key) = self.keys.of(reads.as_ref(), record.unit) {
                    records.push((record, key));
                }
            }
            let hits: Result<Vec<_>, DeskError> = records
                .par_iter()
                .map(|(record, key)| {
                    let body = self.unseal_with(key, record)?;
                    // Most people are not asked for: the words are looked for before the record is understood.
                    if !holds(&body, text) {
                        return Ok(None);
                    }
                    let name = record.name;
                    let book = Parsed::parse(&body).and_then(|parsed| join([parsed]));
                    let book = book.map_err(|error| DeskError::Body { name, error })?;
                    Ok(book.employees.first().and_then(|employee| matching(employee, text, record.unit)))
                })
                .collect();
            found.extend(hits?.into_iter().flatten());
        }
        Ok(found)
    }
}

/// Whether a body may hold the text: each part of a name stands in it as it is written, but for what JSON escapes.
fn holds(body: &[u8], text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let needs_no_escape = !word.contains(['"', '\\']);
        !needs_no_escape || body.windows(word.len()).any(|window| window == word.as_bytes())
    })
}

fn matching(employee: &Employee, text: &str, unit: UnitId) -> Option<Found> {
    let joined =
        |family: Option<&str>, given: Option<&str>| [family, given].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let name = joined(
        employee.family_name.as_ref().map(kura_model::Text::as_str),
        employee.given_name.as_ref().map(kura_model::Text::as_str),
    );
    let kana = joined(
        employee.family_kana.as_ref().map(kura_model::Kana::as_str),
        employee.given_kana.as_ref().map(kura_model::Kana::as_str),
    );
    let in_use = employee.name_in_use.as_ref().map_or("", kura_model::Text::as_str);
    let all = format!("{name}\n{kana}\n{in_use}\n{}", employee.employee_code);
    text.split_whitespace().all(|word| all.contains(word)).then(|| Found {
        client: employee.client_code.clone(),
        employee: employee.employee_code.clone(),
        name,
        kana,
        unit,
    })
}

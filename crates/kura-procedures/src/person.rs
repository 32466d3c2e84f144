//! The facts of one person, taken together from the sheets of a book.

use std::collections::BTreeMap;

use kura_calendar::{Date, Timeline};
use kura_model::{
    Book, ClientCode, Employee, EmployeeCode, EmploymentTerms, EstablishmentCode, FamilyMember, FamilyNumber,
    InhabitantTaxNotice, InsuranceSpell, Leave, Row, Scheme, StandardRemuneration, histories,
};

/// One person of the book.
pub(crate) struct Person<'book> {
    pub(crate) client: &'book ClientCode,
    pub(crate) code: &'book EmployeeCode,
    pub(crate) employee: &'book Employee,
    pub(crate) terms: Timeline<EmploymentTerms>,
    pub(crate) family: Vec<(FamilyNumber, Timeline<FamilyMember>)>,
    pub(crate) spells: Vec<&'book InsuranceSpell>,
    pub(crate) leaves: Vec<&'book Leave>,
    pub(crate) standards: Vec<&'book StandardRemuneration>,
    pub(crate) tax_notices: Vec<&'book InhabitantTaxNotice>,
}

type Key = (ClientCode, EmployeeCode);

/// Everybody in 従業員, in order of company and number.
pub(crate) fn people(book: &Book) -> Vec<Person<'_>> {
    let mut people: BTreeMap<Key, Person<'_>> = BTreeMap::new();
    for employee in book.employees.iter().map(|row| &row.facts) {
        let (client, code) = (&employee.client_code, &employee.employee_code);
        people.insert((client.clone(), code.clone()), Person::of(client, code, employee));
    }
    for (key, terms) in histories(&book.employment_terms) {
        enter(&mut people, &key, |person| person.terms = terms);
    }
    for ((client, code, number), member) in histories(&book.family_members) {
        enter(&mut people, &(client, code), |person| person.family.push((number, member)));
    }
    for spell in facts(&book.insurance_spells) {
        enter(&mut people, &key(&spell.client_code, &spell.employee_code), |person| person.spells.push(spell));
    }
    for leave in facts(&book.leaves) {
        enter(&mut people, &key(&leave.client_code, &leave.employee_code), |person| person.leaves.push(leave));
    }
    for row in facts(&book.standard_remunerations) {
        enter(&mut people, &key(&row.client_code, &row.employee_code), |person| person.standards.push(row));
    }
    for notice in facts(&book.inhabitant_tax_notices) {
        enter(&mut people, &key(&notice.client_code, &notice.employee_code), |person| person.tax_notices.push(notice));
    }
    let mut people: Vec<_> = people.into_values().collect();
    for person in &mut people {
        person.spells.sort_by_key(|spell| spell.acquired_on);
        person.leaves.sort_by_key(|leave| leave.from);
        person.standards.sort_by_key(|row| row.applies_from);
    }
    people
}

/// One of the people, who stand in order of company and number.
pub(crate) fn find<'a, 'book>(
    people: &'a [Person<'book>],
    client: &ClientCode,
    code: &EmployeeCode,
) -> Option<&'a Person<'book>> {
    let at = people.binary_search_by(|person| (person.client, person.code).cmp(&(client, code))).ok()?;
    people.get(at)
}

fn facts<T>(rows: &[Row<T>]) -> impl Iterator<Item = &T> {
    rows.iter().map(|row| &row.facts)
}

fn key(client: &ClientCode, code: &EmployeeCode) -> Key {
    (client.clone(), code.clone())
}

/// Rows of somebody who is not in 従業員 say nothing here: the reader of the book tells of them.
fn enter<'book>(people: &mut BTreeMap<Key, Person<'book>>, key: &Key, row: impl FnOnce(&mut Person<'book>)) {
    if let Some(person) = people.get_mut(key) {
        row(person);
    }
}

impl<'book> Person<'book> {
    fn of(client: &'book ClientCode, code: &'book EmployeeCode, employee: &'book Employee) -> Self {
        Self {
            client,
            code,
            employee,
            terms: Timeline::new(Vec::new()),
            family: Vec::new(),
            spells: Vec::new(),
            leaves: Vec::new(),
            standards: Vec::new(),
            tax_notices: Vec::new(),
        }
    }

    /// The rows of some schemes, the oldest first.
    pub(crate) fn spells_of(&self, schemes: &'static [Scheme]) -> impl Iterator<Item = &'book InsuranceSpell> {
        self.spells.iter().copied().filter(move |spell| schemes.contains(&spell.scheme))
    }

    /// Insured under one of the schemes on a day.
    pub(crate) fn is_insured(&self, schemes: &'static [Scheme], day: Date) -> bool {
        self.spells_of(schemes).any(|spell| covers(spell, day))
    }

    /// 退職日 or 死亡日.
    pub(crate) fn last_day(&self) -> Option<Date> {
        self.employee.died_on.or(self.employee.left_on)
    }

    /// Employed on a day, as far as the book says it.
    pub(crate) fn works_on(&self, day: Date) -> bool {
        self.employee.hired_on.is_some_and(|hired| hired <= day) && self.last_day().is_none_or(|last| day <= last)
    }

    /// 事業所 on a day; of a day before the first row that of the first.
    pub(crate) fn establishment(&self, day: Date) -> Option<EstablishmentCode> {
        let first = || self.terms.facts().first().map(|(_, terms)| terms);
        self.terms.on(day).or_else(first).and_then(|terms| terms.establishment_code.clone())
    }
}

/// The spell covers the day: from 取得日 to the day before 喪失日.
pub(crate) fn covers(spell: &InsuranceSpell, day: Date) -> bool {
    spell.acquired_on.is_some_and(|from| from <= day) && spell.lost_on.is_none_or(|lost| day < lost)
}

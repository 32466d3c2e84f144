use std::collections::{BTreeMap, BTreeSet};

use kura_calendar::{Date, Month, Timeline};
use kura_model::{
    Agreement, Attendance, Bonus, Book, ChangeRow, ClientCode, Code, Commuting, Days, EmployeeCode, EmploymentTerms,
    Establishment, EstablishmentCode, FamilyMember, FamilyNumber, FixedPay, InhabitantTaxNotice, InsuranceSpell,
    InsurerCode, InsurerRate, ItemCode, Leave, LookupRow, PaidLeaveWageMethod, PayGroup, PayGroupCode, PayHistory,
    PayItem, PayItemChange, PayKind, PayLine, Row, StandardRemuneration, SupportLevyRounding, VariablePay, histories,
};
use kura_yen::Exact;

use crate::carried::is_settled_between_payments;

/// Which row of a dated sheet says what is true of each thing, from which day on.
pub(crate) type RowNumbers<K> = BTreeMap<K, Timeline<u32>>;

type LookupKey = (ClientCode, kura_model::TableName, Option<kura_model::Text>, Option<Exact>, Option<Exact>);

/// The dated sheets of a book taken together: what is true from which day on.
#[derive(Debug)]
pub(crate) struct Known {
    /// 支援金の端数 of 事務所, where 給与規程 says nothing.
    pub(crate) support_levy_rounding: Option<SupportLevyRounding>,
    pub(crate) establishments: BTreeMap<(ClientCode, EstablishmentCode), Timeline<Establishment>>,
    pub(crate) insurer_rates: BTreeMap<(ClientCode, InsurerCode), Timeline<InsurerRate>>,
    pub(crate) pay_groups: BTreeMap<(ClientCode, PayGroupCode), Timeline<PayGroup>>,
    pub(crate) pay_items: BTreeMap<(ClientCode, ItemCode, Option<PayGroupCode>), Timeline<PayItem>>,
    pub(crate) lookup_rows: BTreeMap<LookupKey, Timeline<LookupRow>>,
    pub(crate) terms: BTreeMap<(ClientCode, EmployeeCode), Timeline<EmploymentTerms>>,
    pub(crate) commuting: BTreeMap<(ClientCode, EmployeeCode, Option<Code>), Timeline<Commuting>>,
    pub(crate) family: BTreeMap<(ClientCode, EmployeeCode, FamilyNumber), Timeline<FamilyMember>>,
    pub(crate) fixed_pay: BTreeMap<(ClientCode, EmployeeCode, ItemCode), Timeline<FixedPay>>,
    pub(crate) agreements: Vec<Agreement>,
    /// The rows of 事業所, 給与規程 and 支給控除項目, for findings that name an empty cell.
    pub(crate) establishment_rows: RowNumbers<(ClientCode, EstablishmentCode)>,
    pub(crate) pay_group_rows: RowNumbers<(ClientCode, PayGroupCode)>,
    pub(crate) pay_item_rows: RowNumbers<(ClientCode, ItemCode, Option<PayGroupCode>)>,
}

impl Known {
    pub(crate) fn of(book: &Book) -> Self {
        Self {
            support_levy_rounding: book.office.support_levy_rounding,
            establishments: histories(&book.establishments),
            insurer_rates: histories(&book.insurer_rates),
            pay_groups: histories(&book.pay_groups),
            pay_items: histories(&book.pay_items),
            lookup_rows: histories(&book.lookup_rows),
            terms: histories(&book.employment_terms),
            commuting: histories(&book.commutings),
            family: histories(&book.family_members),
            fixed_pay: histories(&book.fixed_pays),
            agreements: book.agreements.iter().map(|row| row.facts.clone()).collect(),
            establishment_rows: row_numbers(&book.establishments),
            pay_group_rows: row_numbers(&book.pay_groups),
            pay_item_rows: row_numbers(&book.pay_items),
        }
    }
}

fn row_numbers<C: ChangeRow>(rows: &[Row<C>]) -> RowNumbers<C::Key> {
    let mut by_key: BTreeMap<C::Key, Vec<(Date, u32)>> = BTreeMap::new();
    for row in rows {
        by_key.entry(row.key()).or_default().push((row.effective_from(), row.number));
    }
    by_key.into_iter().map(|(key, rows)| (key, Timeline::new(rows))).collect()
}

impl Known {
    /// 扶養家族 of a person, member by member.
    pub(crate) fn family_of(
        &self,
        client: &ClientCode,
        employee: &EmployeeCode,
    ) -> impl Iterator<Item = &Timeline<FamilyMember>> {
        let first = (client.clone(), employee.clone(), FamilyNumber::from(""));
        let of_person = self
            .family
            .range(first..)
            .take_while(move |((of_client, of_employee, _), _)| of_client == client && of_employee == employee);
        of_person.map(|(_, history)| history)
    }
}

/// The undated rows about each person.
#[derive(Debug, Default)]
pub(crate) struct PersonRows<'book> {
    pub(crate) spells: Vec<&'book Row<InsuranceSpell>>,
    pub(crate) standards: Vec<&'book Row<StandardRemuneration>>,
    pub(crate) variable: Vec<&'book Row<VariablePay>>,
    pub(crate) attendance: Vec<&'book Row<Attendance>>,
    pub(crate) leaves: Vec<&'book Row<Leave>>,
    pub(crate) notices: Vec<&'book Row<InhabitantTaxNotice>>,
    pub(crate) history: Vec<&'book Row<PayHistory>>,
    pub(crate) bonuses: Vec<&'book Row<Bonus>>,
    /// 明細履歴 that later payments look at: items paid for several months, and what payments settle among each other; every line
    /// of who is paid by 平均賃金 or has a difference of an earlier month.
    pub(crate) lines: Vec<&'book Row<PayLine>>,
}

impl PersonRows<'_> {
    /// True when the book already holds the pay of a month.
    pub(crate) fn is_paid(&self, month: Month) -> bool {
        self.history.iter().any(|row| row.kind == PayKind::Pay && row.payment_month == Some(month))
    }
}

/// The rows of all people, found by client and employee.
pub(crate) type People<'book> = BTreeMap<(ClientCode, EmployeeCode), PersonRows<'book>>;

pub(crate) fn people(book: &Book) -> People<'_> {
    let mut people = People::new();
    macro_rules! enter {
        ($sheet:ident => $list:ident) => {
            for row in &book.$sheet {
                let key = (row.client_code.clone(), row.employee_code.clone());
                people.entry(key).or_default().$list.push(row);
            }
        };
    }
    enter!(insurance_spells => spells);
    enter!(standard_remunerations => standards);
    enter!(variable_pays => variable);
    enter!(attendances => attendance);
    enter!(leaves => leaves);
    enter!(inhabitant_tax_notices => notices);
    enter!(pay_histories => history);
    enter!(bonuses => bonuses);
    let for_months = |row: &Row<PayItemChange>| row.pay_every_months.value().is_some_and(|months| *months > 1);
    let items: BTreeSet<&ItemCode> =
        book.pay_items.iter().filter(|row| for_months(row)).map(|row| &row.item_code).collect();
    let by_past_wages = paid_by_past_wages(book);
    let is_needed = |line: &Row<PayLine>| {
        let of_person = || by_past_wages.contains(&(&line.client_code, &line.employee_code));
        items.contains(&line.item_code)
            || is_settled_between_payments(line.item_code.as_str())
            || !by_past_wages.is_empty() && of_person()
    };
    for line in book.pay_lines.iter().filter(|line| is_needed(line)) {
        let key = (line.client_code.clone(), line.employee_code.clone());
        people.entry(key).or_default().lines.push(line);
    }
    people
}

/// The people with a 休業手当, with paid leave by 平均賃金, or with a difference of an earlier month: their past lines are looked at
/// one by one.
fn paid_by_past_wages(book: &Book) -> BTreeSet<(&ClientCode, &EmployeeCode)> {
    let leave_by_average =
        book.pay_groups.iter().any(|row| row.paid_leave_wage_method.value() == Some(&PaidLeaveWageMethod::AverageWage));
    let on_leave = |row: &Row<Attendance>| row.paid_leave_days.is_some() || row.paid_leave_hours.is_some();
    let suspended = |row: &Row<Attendance>| row.suspension_days.is_some_and(|days| days != Days::ZERO);
    let rows = book.attendances.iter().filter(|row| suspended(row) || leave_by_average && on_leave(row));
    let people = rows.map(|row| (&row.client_code, &row.employee_code));
    let differences = book.variable_pays.iter().filter(|row| row.for_month.is_some());
    people.chain(differences.map(|row| (&row.client_code, &row.employee_code))).collect()
}

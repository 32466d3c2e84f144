use std::collections::{BTreeMap, HashMap, HashSet};

use kura_calendar::{Date, Month};
use kura_model::{Employee, Minutes, PayHistory, PayLine, Row};
use kura_payroll::pay::BuiltIn;
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::{Exact, Yen};

use super::captions;
use super::line_columns::{LineAmounts, LineColumns, Side};
use super::payments::{Payment, Payments};
use super::table::{Level, Table};
use crate::client_month::ClientMonth;

/// 賃金台帳 (労基法108条, 労基則54条): person by person the payments of the calendar year, with days, hours and every line.
pub(super) fn list(month: &ClientMonth<'_>, payments: &Payments<'_>, made: &[PayLine]) -> List {
    let year = month.request.month.year();
    let sources = Sources::of(month, payments, made, year);
    let columns = LineColumns::new(month.known, &month.client.client_code, &sources.used());
    let captions = vec![
        captions::client_name(month).to_owned(),
        format!("{year}年（1月から{}月までに支給した分）", month.request.month.month()),
        captions::made_by(month),
    ];
    let mut table = Table::new("賃金台帳", captions, ListPage::PeopleAcross);
    enter_columns(&mut table, &columns);
    let of_client = month.book.employees.iter().filter(|row| row.client_code == month.client.client_code);
    for employee in of_client {
        let Some(rows) = sources.payments.get(employee.employee_code.as_str()) else { continue };
        table.heading(heading(employee, rows));
        for rows in rows.chunk_by(|left, right| left.row.paid_on == right.row.paid_on) {
            let row = cells(rows, sources.amounts(rows, &columns), table.width());
            table.row(row);
        }
        table.close(Level::Part, "年計");
    }
    table.note("労働時間は法定の時間内の時間です。月給の人は、出勤日数に1日の所定労働時間を掛け、遅刻・早退・欠勤の時間を引いた時間です。");
    table.note("明細履歴のない支給（移行前に打ち込んだ月など）は、項目の内訳が空欄で、合計だけがあります。");
    table.finish()
}

/// Where the rows of the ledger come from.
struct Sources<'month> {
    /// The payments of the year by person, by 支給日.
    payments: HashMap<&'month str, Vec<Payment<'month>>>,
    /// The lines of the payments by person and 支給日: of 明細履歴, or of this run.
    lines: HashMap<(&'month str, Date), Vec<Lines<'month>>>,
}

/// Lines that stand together.
#[derive(Clone, Copy)]
enum Lines<'month> {
    Settled(&'month [Row<PayLine>]),
    Made(&'month [PayLine]),
}

impl<'month> Lines<'month> {
    fn iter(self) -> impl Iterator<Item = &'month PayLine> {
        let (settled, made): (&[Row<PayLine>], &[PayLine]) = match self {
            Self::Settled(lines) => (lines, &[]),
            Self::Made(lines) => (&[], lines),
        };
        settled.iter().map(|row| &row.facts).chain(made)
    }
}

impl<'month> Sources<'month> {
    fn of(month: &'month ClientMonth<'_>, payments: &Payments<'month>, made: &'month [PayLine], year: i16) -> Self {
        let mut by_person: HashMap<&str, Vec<Payment<'_>>> = HashMap::new();
        for payment in payments.iter().filter(|payment| payment.row.paid_on.year() == year) {
            by_person.entry(payment.row.employee_code.as_str()).or_default().push(payment);
        }
        for payments in by_person.values_mut() {
            payments.sort_by_key(|payment| payment.row.paid_on);
        }
        // The lines of a payment mostly stand together: one look-up for all of them.
        let mut lines: HashMap<(&str, Date), Vec<Lines<'_>>> = HashMap::new();
        let key = |line: &'month PayLine| {
            let here = line.client_code == month.client.client_code && line.paid_on.year() == year;
            here.then(|| (line.employee_code.as_str(), line.paid_on))
        };
        for together in made.chunk_by(same_payment) {
            if let Some(key) = together.first().and_then(key) {
                lines.entry(key).or_default().push(Lines::Made(together));
            }
        }
        let of_this_run: HashSet<(&str, Date)> = lines.keys().copied().collect();
        for together in month.book.pay_lines.chunk_by(|left, right| same_payment(left, right)) {
            let key = together.first().and_then(|row| key(&row.facts));
            if let Some(key) = key.filter(|key| !of_this_run.contains(key)) {
                lines.entry(key).or_default().push(Lines::Settled(together));
            }
        }
        Self { payments: by_person, lines }
    }

    /// The codes and names of all lines.
    fn used(&self) -> BTreeMap<&'month str, &'month str> {
        let mut names: HashMap<&str, &str> = HashMap::new();
        for line in self.lines.values().flatten().flat_map(|lines| lines.iter()) {
            let name = line.item_name.as_ref().map_or("", |name| name.as_str());
            names.entry(line.item_code.as_str()).or_insert(name);
        }
        for line in STATUTORY {
            names.entry(line.code()).or_insert(line.japanese());
        }
        names.into_iter().collect()
    }

    /// The lines of the payments of one day, by column.
    fn amounts<'columns>(
        &self,
        payments: &[Payment<'_>],
        columns: &'columns LineColumns<'month>,
    ) -> LineAmounts<'columns, 'month> {
        let mut amounts = columns.amounts();
        let Some(first) = payments.first() else { return amounts };
        let key = (first.row.employee_code.as_str(), first.row.paid_on);
        if let Some(lines) = self.lines.get(&key) {
            for line in lines.iter().flat_map(|lines| lines.iter()) {
                amounts.add(line.item_code.as_str(), line.amount.unwrap_or(Yen::ZERO));
            }
        } else {
            for payment in payments {
                for (line, amount) in STATUTORY.into_iter().zip(statutory(payment.row)) {
                    amounts.add_known(line.code(), amount);
                }
            }
        }
        amounts
    }
}

fn same_payment(left: &PayLine, right: &PayLine) -> bool {
    left.paid_on == right.paid_on && left.employee_code == right.employee_code && left.client_code == right.client_code
}

const STATUTORY: [BuiltIn; 5] = [
    BuiltIn::HealthInsurance,
    BuiltIn::EmployeesPension,
    BuiltIn::EmploymentInsurance,
    BuiltIn::IncomeTax,
    BuiltIn::InhabitantTax,
];

/// The same in 給与履歴, for a payment without 明細履歴.
fn statutory(row: &PayHistory) -> [Option<Yen>; STATUTORY.len()] {
    [row.health_total, row.pension, row.employment_insurance, row.tax, row.inhabitant_tax]
}

fn enter_columns(table: &mut Table, columns: &LineColumns<'_>) {
    table.key("支給月", Kind::Month);
    let stated = |table: &mut Table, header: &str, kind| table.stated(ListColumn::new(header, kind));
    stated(table, "種別", Kind::Text);
    stated(table, "支給日", Kind::Date);
    stated(table, "計算期間 自", Kind::Date);
    stated(table, "計算期間 至", Kind::Date);
    let work = |header: &str, kind| ListColumn::new(header, kind).in_section("勤怠");
    table.summed(work("労働日数", Kind::Days));
    for header in ["労働時間", "時間外", "法定休日労働", "深夜"] {
        table.summed(work(header, Kind::Hours));
    }
    let money = |header: &str, section: &str| ListColumn::new(header, Kind::Yen).in_section(section);
    columns.enter(Side::Pay, table);
    table.summed(money("総支給額", Side::Pay.japanese()).total());
    columns.enter(Side::Deduction, table);
    columns.enter(Side::Unknown, table);
    table.summed(money("控除合計", Side::Deduction.japanese()).total());
    table.summed(money("差引支給額", "差引").total());
    table.summed(money("非課税額", "内訳"));
    table.summed(money("課税対象額", "内訳"));
}

/// 氏名 and 性別 stand over the months of a person.
fn heading(employee: &Employee, payments: &[Payment<'_>]) -> String {
    let sex = employee.sex.map_or("", |sex| sex.japanese());
    let last = payments.last().and_then(|payment| payment.terms_on(payment.row.paid_on));
    let department = last.and_then(|terms| terms.department.as_ref()).map_or("", |name| name.as_str());
    let name = captions::person_name(employee);
    format!("{}　{name}　性別 {sex}　{department}", employee.employee_code).trim_end().to_owned()
}

/// The payments of one person and day as one row.
fn cells(payments: &[Payment<'_>], amounts: LineAmounts<'_, '_>, width: usize) -> Vec<ListCell> {
    let rows = || payments.iter().map(|payment| payment.row);
    let Some(first) = rows().next() else { return Vec::new() };
    let kinds: Vec<&str> = rows().map(|row| row.kind.japanese()).collect();
    let sum = |pick: fn(&PayHistory) -> Option<Yen>| ListCell::of(rows().filter_map(pick).reduce(|sum, one| sum + one));
    let days = rows().filter_map(|row| row.worked_days?.exact().ok());
    let days = days.reduce(|sum: Exact, one| sum.plus(one).unwrap_or(sum));
    let mut cells = Vec::with_capacity(width);
    cells.extend([
        first.payment_month.unwrap_or_else(|| Month::of(first.paid_on)).into(),
        kinds.join("・").into(),
        first.paid_on.into(),
        ListCell::of(rows().filter_map(|row| row.period_from).min()),
        ListCell::of(rows().filter_map(|row| row.period_to).max()),
        ListCell::of(days),
        hours(rows().filter_map(|row| row.hours)),
        hours(rows().filter_map(|row| row.overtime)),
        hours(rows().filter_map(|row| row.statutory_holiday)),
        hours(rows().filter_map(|row| row.night)),
    ]);
    cells.extend(amounts.cells(Side::Pay));
    cells.push(sum(|row| row.gross));
    cells.extend(amounts.cells(Side::Deduction));
    cells.extend(amounts.cells(Side::Unknown));
    cells.push(sum(|row| row.deduction_total));
    cells.push(sum(|row| row.net));
    cells.push(sum(|row| row.tax_free));
    cells.push(sum(|row| row.taxable));
    cells
}

fn hours(minutes: impl Iterator<Item = Minutes>) -> ListCell {
    let sum = minutes.reduce(Minutes::plus);
    sum.map_or(ListCell::Empty, |sum| ListCell::Minutes(i64::from(sum.get())))
}

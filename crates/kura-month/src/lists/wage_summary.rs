use std::collections::{BTreeMap, BTreeSet, HashSet};

use kura_calendar::{Date, Month};
use kura_insurance::wage_base;
use kura_model::{AccidentWageClass, Establishment, EstablishmentCode, PayKind};
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::{Exact, Yen};

use super::captions;
use super::payments::{Payment, Payments};
use super::table::{Level, Table};
use crate::client_month::ClientMonth;
use crate::payslip::month_words;

/// The classes of 賃金集計表, left to right, and whether each is the sum of those before it.
const CLASSES: [(&str, bool); 8] = [
    ("労災 常用労働者", false),
    ("労災 役員で労働者扱い", false),
    ("労災 臨時労働者", false),
    ("労災・一般拠出金 合計", true),
    ("雇保 被保険者", false),
    ("雇保 役員で被保険者扱い", false),
    ("雇用保険 合計", true),
    ("雇保の対象外の労働者", false),
];

/// People and wages of a class in a month.
#[derive(Default)]
struct Class<'month> {
    people: HashSet<&'month str>,
    wages: Yen,
}

/// A row: months by 締切日 first, then the bonuses by 支給日.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    ClosingMonth(Month),
    Bonus(Date),
}

type Rows<'month> = BTreeMap<Row, [Class<'month>; CLASSES.len()]>;

/// 賃金集計（労働保険）: the wages of a 年度 (April to March by 締切日) so far, by class; a list for each 事業所, and one for all where
/// there are several.
pub(super) fn lists(month: &ClientMonth<'_>, payments: &Payments<'_>) -> Vec<List> {
    let mut years: Vec<i16> = closing_months(month).into_iter().map(Month::fiscal_year).collect();
    years.dedup();
    years.into_iter().flat_map(|year| of_year(month, payments, year)).collect()
}

/// The months of the 締切日 that are paid in this run (of a bonus: of the 支給日).
fn closing_months(month: &ClientMonth<'_>) -> Vec<Month> {
    let paid = month.paid.iter().map(|person| &person.history);
    let rows = paid.chain(month.bonuses.iter().map(|bonus| &bonus.history));
    let months: BTreeSet<Month> = rows.map(|row| Month::of(row.closing_date.unwrap_or(row.paid_on))).collect();
    months.into_iter().collect()
}

fn of_year(month: &ClientMonth<'_>, payments: &Payments<'_>, year: i16) -> Vec<List> {
    let mut establishments: BTreeMap<&str, Rows<'_>> = BTreeMap::new();
    let mut all: Rows<'_> = BTreeMap::new();
    for payment in payments.iter() {
        let on = payment.row.closing_date.unwrap_or(payment.row.paid_on);
        if Month::of(on).fiscal_year() != year {
            continue;
        }
        let row = if payment.row.kind == PayKind::Bonus { Row::Bonus(on) } else { Row::ClosingMonth(Month::of(on)) };
        let terms = payment.terms_on(on);
        let code = terms.and_then(|terms| terms.establishment_code.as_ref()).map_or("", EstablishmentCode::as_str);
        for rows in [establishments.entry(code).or_default(), &mut all] {
            enter(rows.entry(row).or_default(), &payment, on);
        }
    }
    let list = |code: Option<&str>, rows: &Rows<'_>| list(month, year, code, rows);
    let mut lists: Vec<List> = establishments.iter().map(|(code, rows)| list(Some(code), rows)).collect();
    if establishments.len() > 1 {
        lists.push(list(None, &all));
    }
    lists
}

/// Counts a payment in the classes it belongs to.
fn enter<'month>(classes: &mut [Class<'month>; CLASSES.len()], payment: &Payment<'month>, on: Date) {
    let row = payment.row;
    let class = row.accident_wage_class.or_else(|| payment.terms_on(on)?.accident_wage_class);
    let accident = row.accident_wage.unwrap_or(Yen::ZERO);
    let employment = row.employment_wage.unwrap_or(Yen::ZERO);
    let [regular, officer, temporary, accident_sum, insured, insured_officer, insured_sum, outside] = classes;
    let is_officer = class == Some(AccidentWageClass::OfficerAsWorker);
    let of_accident = match class {
        Some(AccidentWageClass::OfficerExcluded) => None,
        Some(AccidentWageClass::OfficerAsWorker) => Some(officer),
        Some(AccidentWageClass::Temporary) => Some(temporary),
        Some(AccidentWageClass::Regular | AccidentWageClass::SecondedIn) | None => Some(regular),
    };
    let count = |class: &mut Class<'month>, wages: Yen| {
        class.people.insert(row.employee_code.as_str());
        class.wages += wages;
    };
    if let Some(class) = of_accident.filter(|_| accident != Yen::ZERO) {
        count(class, accident);
        count(accident_sum, accident);
    }
    if employment != Yen::ZERO {
        count(if is_officer { insured_officer } else { insured }, employment);
        count(insured_sum, employment);
    } else if accident != Yen::ZERO && class != Some(AccidentWageClass::OfficerExcluded) {
        count(outside, accident);
    }
}

fn list(month: &ClientMonth<'_>, year: i16, code: Option<&str>, rows: &Rows<'_>) -> List {
    let title = code.map_or_else(|| "賃金集計（全事業所）".to_owned(), |code| format!("賃金集計（{code}）"));
    let mut table = Table::new(&title, captions_of(month, year, code), ListPage::Landscape);
    table.key("締切月", Kind::Text);
    for (class, is_total) in CLASSES {
        let people = ListColumn::new("人数", Kind::Number).in_section(class);
        let wages = ListColumn::new("賃金", Kind::Yen).in_section(class);
        table.summed(if is_total { people.total() } else { people });
        table.summed(if is_total { wages.total() } else { wages });
    }
    let mut sums = [Yen::ZERO; CLASSES.len()];
    for (row, classes) in rows {
        let words = match row {
            Row::ClosingMonth(month) => format!("{}締切分", month_words(*month)),
            Row::Bonus(day) => format!("賞与 {day}"),
        };
        let mut cells = vec![words.into()];
        for (class, sum) in classes.iter().zip(&mut sums) {
            let people = i64::try_from(class.people.len()).unwrap_or(i64::MAX);
            cells.push(Exact::whole(people).into());
            cells.push(class.wages.into());
            *sum += class.wages;
        }
        table.row(cells);
    }
    table.close(Level::All, "合計");
    bases(month, &mut table, sums, rows);
    if closing_months(month).len() > 1 {
        table.note(
            "締切月の違う給与体系があります。最後の締切月には、まだ支給していない給与体系の賃金が含まれていません。",
        );
    }
    let missing = missing_months(year, rows);
    if !missing.is_empty() {
        table.note(format!("給与履歴にない締切月: {}。この月の分は含まれていません。", missing.join("、")));
    }
    table
        .note("年度は締切日で4月から翌年3月までです。「役員（対象外）」は含みません。人数の合計は各月の延べ人数です。");
    table.finish()
}

/// The bases of the premiums so far: 賃金総額 cut to thousands (徴収法15条1項1号).
fn bases(month: &ClientMonth<'_>, table: &mut Table, sums: [Yen; CLASSES.len()], rows: &Rows<'_>) {
    let last = rows.keys().map(|row| match row {
        Row::ClosingMonth(month) => month.last_day(),
        Row::Bonus(day) => *day,
    });
    let Some(on) = last.max() else { return };
    let mut cells = vec!["千円未満切捨".into()];
    for ((_, is_total), sum) in CLASSES.iter().zip(sums) {
        cells.push(ListCell::Empty);
        let base = wage_base(month.law, on, sum).ok().filter(|_| *is_total);
        cells.push(ListCell::of(base.map(|base| base.value)));
    }
    table.beside(cells);
}

fn captions_of(month: &ClientMonth<'_>, year: i16, code: Option<&str>) -> Vec<String> {
    let first = Month::new(year, 4).map_or_else(|_| year.to_string(), month_words);
    let mut captions = vec![captions::client_name(month).to_owned(), format!("{first}からの年度（労働保険）")];
    if let Some(establishment) = code.and_then(|code| establishment(month, code)) {
        let name = establishment.establishment_name.as_ref().map_or("", |name| name.as_str());
        captions.push(format!("事業所 {} {name}", establishment.establishment_code));
        let numbers = [
            ("労災", establishment.accident_insurance_number.as_ref()),
            ("雇用", establishment.employment_labor_insurance_number.as_ref()),
        ];
        let known = numbers.into_iter().filter_map(|(what, number)| Some((what, number?)));
        captions.extend(known.map(|(what, number)| format!("労働保険番号（{what}） {}", number.as_str())));
    }
    captions.push(captions::made_by(month));
    captions
}

fn establishment<'month>(month: &'month ClientMonth<'_>, code: &str) -> Option<&'month Establishment> {
    let key = (month.client.client_code.clone(), EstablishmentCode::from(code));
    month.known.establishments.get(&key)?.on(month.request.month.last_day())
}

/// The months from April to the last one in the list that nobody is paid for.
fn missing_months(year: i16, rows: &Rows<'_>) -> Vec<String> {
    let closing_months =
        || rows.keys().filter_map(|row| if let Row::ClosingMonth(month) = row { Some(*month) } else { None });
    let (Ok(first), Some(last)) = (Month::new(year, 4), closing_months().max()) else { return Vec::new() };
    let months = (0..=last.months_since(first)).map(|after| first.plus(after));
    months.filter(|month| !closing_months().any(|known| known == *month)).map(month_words).collect()
}

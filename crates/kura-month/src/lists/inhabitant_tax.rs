use std::collections::{BTreeMap, BTreeSet};

use kura_calendar::Month;
use kura_model::InhabitantTaxNotice;
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::{Exact, Yen};

use super::captions;
use super::due_dates::{Duty, in_words};
use super::payments::{Payment, Payments};
use super::table::{Level, Table};
use crate::client_month::ClientMonth;
use crate::inhabitant_tax::notice_in_force;
use crate::payslip::month_words;

/// A municipality as it wants to be paid: code, name, 指定番号.
type Municipality<'month> = (&'month str, &'month str, &'month str);

#[derive(Default)]
struct Amounts<'month> {
    people: BTreeSet<&'month str>,
    of_month: Yen,
    so_far: Yen,
}

/// 住民税 by municipality: of the month, under 納期の特例 also of the half year so far.
pub(super) fn list(month: &ClientMonth<'_>, payments: &Payments<'_>) -> List {
    let this = month.request.month;
    let semiannual = month.client.facts.semiannual_inhabitant_tax;
    let half = semiannual.then(|| Duty::InhabitantTax.half(month.law, this));
    let (first, due) = match &half {
        Some(Ok(half)) => (half.first, Ok(half.due)),
        Some(Err(stop)) => (this, Err(stop.clone())),
        None => (this, Duty::InhabitantTax.due(month.law, this)),
    };
    let mut municipalities: BTreeMap<Municipality<'_>, Amounts<'_>> = BTreeMap::new();
    for payment in payments.iter() {
        let paid_in = Month::of(payment.row.paid_on);
        let amount = payment.row.inhabitant_tax.filter(|amount| *amount != Yen::ZERO);
        let Some(amount) = amount.filter(|_| first <= paid_in && paid_in <= this) else { continue };
        let amounts = municipalities.entry(municipality(month, &payment, paid_in)).or_default();
        amounts.so_far += amount;
        if paid_in == this {
            amounts.of_month += amount;
            amounts.people.insert(payment.row.employee_code.as_str());
        }
    }
    let mut table = table(month, in_words(due), (first, this));
    for ((code, name, number), amounts) in &municipalities {
        let people = i64::try_from(amounts.people.len()).unwrap_or(i64::MAX);
        let mut cells: Vec<ListCell> = vec![(*code).into(), (*name).into(), (*number).into()];
        cells.extend([Exact::whole(people).into(), amounts.of_month.into()]);
        cells.extend((first != this).then(|| amounts.so_far.into()));
        table.row(cells);
    }
    table.close(Level::All, format!("合計 {}市区町村", municipalities.len()));
    if municipalities.keys().any(|(code, _, _)| code.is_empty()) {
        table.note("市区町村コードが空欄の行は、住民税の通知の行に市区町村が書かれていません。");
    }
    table.finish()
}

/// Where the tax of a payment goes: as the notice of its month says.
fn municipality<'month>(
    month: &'month ClientMonth<'_>,
    payment: &Payment<'month>,
    paid_in: Month,
) -> Municipality<'month> {
    let key = (payment.row.client_code.clone(), payment.row.employee_code.clone());
    let notice: Option<&InhabitantTaxNotice> =
        month.people.get(&key).and_then(|rows| notice_in_force(rows, paid_in)).map(|row| &row.facts);
    let code = notice.and_then(|notice| notice.municipality_code.as_ref()).map_or("", |code| code.as_str());
    let name = notice.and_then(|notice| notice.municipality_name.as_ref()).map_or("", |name| name.as_str());
    let number = notice.and_then(|notice| notice.municipal_designated_number.as_ref());
    (code, name, number.map_or("", |number| number.as_str()))
}

fn table(month: &ClientMonth<'_>, due: String, (first, this): (Month, Month)) -> Table {
    let captions = vec![
        captions::client_name(month).to_owned(),
        format!("{}徴収分", month_words(this)),
        due,
        captions::made_by(month),
    ];
    let mut table = Table::new("住民税（市区町村別）", captions, ListPage::Portrait);
    table.key("市区町村コード", Kind::Code);
    table.key("市区町村", Kind::Text);
    table.stated(ListColumn::new("指定番号", Kind::Code));
    table.summed(ListColumn::new("人員", Kind::Number));
    table.summed(ListColumn::new("納付額", Kind::Yen));
    if first != this {
        table.summed(ListColumn::new(format!("{}からの累計（納期の特例）", month_words(first)), Kind::Yen));
    }
    table
}

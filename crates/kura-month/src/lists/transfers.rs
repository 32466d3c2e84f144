use std::collections::HashMap;

use kura_bank::{Denominations, Notes2000, Pieces, data_due};
use kura_calendar::Date;
use kura_model::{BankAccount, Employee, Kana, Text};
use kura_print::{List, ListCell, ListColumn, ListColumnKind as Kind, ListPage};
use kura_yen::{Exact, Yen};

use super::captions;
use super::table::{Level, Table};
use crate::bank::{PaidOut, Transfers};
use crate::client_month::ClientMonth;
use crate::payslip::day_words;
use crate::wording::yen;

/// 振込一覧: who gets how much into which account, and what was stopped.
pub(super) fn list(month: &ClientMonth<'_>, transfers: &Transfers<'_>) -> List {
    let people = people(month);
    let mut table = Table::new("振込一覧", captions_of(month, transfers), ListPage::Landscape);
    table.key("社員番号", Kind::Code);
    table.key("氏名", Kind::Text);
    table.stated(ListColumn::new("支給日", Kind::Date));
    for header in ["金融機関", "支店"] {
        table.stated(ListColumn::new(header, Kind::Text));
    }
    table.stated(ListColumn::new("種目", Kind::Text));
    table.stated(ListColumn::new("口座番号", Kind::Code));
    table.stated(ListColumn::new("名義", Kind::Text));
    table.summed(ListColumn::new("振込額", Kind::Yen).total());
    let mut count = 0_usize;
    for (person, way) in transfers.rows() {
        let mut cells = who(&people, person);
        cells.extend(account(way.account));
        cells.push(way.amount.into());
        table.row(cells);
        count = count.saturating_add(1);
    }
    table.close(Level::All, format!("合計 {count}件"));
    for person in transfers.people.iter().filter(|person| person.stopped) {
        table.note(format!("社員{}: 振込を作っていません。確認事項を見てください。", person.employee_code));
    }
    let owing = transfers.people.iter().filter(|person| person.net.is_negative());
    table_notes(&mut table, owing, transfers);
    table.finish()
}

fn table_notes<'a, 'run: 'a>(
    table: &mut Table,
    owing: impl Iterator<Item = &'a PaidOut<'run>>,
    transfers: &Transfers<'_>,
) {
    for person in owing {
        table.note(format!("社員{}: 差引がマイナスのため振込はありません。", person.employee_code));
    }
    let cash: Vec<Yen> = transfers.cash().map(|(_, amount)| amount).collect();
    if !cash.is_empty() {
        let sum: Yen = cash.iter().copied().sum();
        table.note(format!("ほかに現金で{}人に{}を支払います（金種表）。", cash.len(), yen(sum)));
    }
}

/// 金種表: the envelopes with their notes and coins; `None` where nobody is paid in cash.
pub(super) fn cash_list(month: &ClientMonth<'_>, transfers: &Transfers<'_>) -> Option<List> {
    let day = transfers.cash().map(|(person, _)| person.paid_on).max()?;
    let people = people(month);
    let mut table = Table::new("金種表", captions_of(month, transfers), ListPage::Portrait);
    table.key("社員番号", Kind::Code);
    table.key("氏名", Kind::Text);
    table.stated(ListColumn::new("支給日", Kind::Date));
    table.summed(ListColumn::new("現金支給額", Kind::Yen).total());
    let denominations = Denominations::on(month.law, day, Notes2000::Unused);
    let Ok(denominations) = denominations else {
        table.note("この日の紙幣・貨幣の表がありません。");
        return Some(table.finish());
    };
    for (value, _) in denominations.kinds() {
        table.summed(ListColumn::new(denomination_words(*value), Kind::Number).in_section("枚数"));
    }
    for (person, amount) in transfers.cash() {
        let mut cells = who(&people, person);
        cells.push(amount.into());
        let pieces = denominations.pieces(amount);
        cells.extend(pieces.iter().flat_map(Pieces::counts).map(|count| Exact::whole(*count).into()));
        table.row(cells);
    }
    table.close(Level::All, format!("合計 {}人", transfers.cash().count()));
    Some(table.finish())
}

fn captions_of(month: &ClientMonth<'_>, transfers: &Transfers<'_>) -> Vec<String> {
    let mut days: Vec<Date> = transfers.people.iter().map(|person| person.paid_on).collect();
    days.sort_unstable();
    days.dedup();
    let days: Vec<String> = days.into_iter().map(|day| transfer_day(month, day)).collect();
    vec![
        captions::client_name(month).to_owned(),
        format!("{} 振込指定日 {}", transfers.kind.japanese(), days.join("、")),
        captions::made_by(month),
    ]
}

/// A 支給日, with the day by which the bank wants the data where that is agreed.
fn transfer_day(month: &ClientMonth<'_>, day: Date) -> String {
    let days_before = month.client.transfer_due.and_then(|days| u16::try_from(days).ok());
    let due = days_before.and_then(|days_before| data_due(month.law, day, days_before).ok());
    match due {
        Some(due) => format!("{}（データの期限 {}）", day_words(day), day_words(due)),
        None => day_words(day),
    }
}

/// 1万円, 5千円, 500円.
fn denomination_words(value: Yen) -> String {
    let whole =
        |unit: i64| value.get().checked_rem(unit).filter(|rest| *rest == 0).and_then(|_| value.get().checked_div(unit));
    match (whole(10_000), whole(1_000)) {
        (Some(count), _) => format!("{count}万円"),
        (None, Some(count)) => format!("{count}千円"),
        (None, None) => format!("{value}円"),
    }
}

fn people<'month>(month: &'month ClientMonth<'_>) -> HashMap<&'month str, &'month Employee> {
    let of_client = month.book.employees.iter().filter(|row| row.client_code == month.client.client_code);
    of_client.map(|row| (row.employee_code.as_str(), &row.facts)).collect()
}

fn who(people: &HashMap<&str, &Employee>, person: &PaidOut<'_>) -> Vec<ListCell> {
    let code = person.employee_code.as_str();
    let name = people.get(code).map(|employee| captions::person_name(employee));
    vec![code.into(), ListCell::of(name), person.paid_on.into()]
}

fn account(row: &BankAccount) -> [ListCell; 5] {
    let place = |code: Option<&str>, name: &Option<Text>| {
        let name = name.as_ref().map_or("", Text::as_str);
        format!("{} {name}", code.unwrap_or("")).trim().to_owned().into()
    };
    [
        place(row.bank_code.as_ref().map(|code| code.as_str()), &row.bank_name),
        place(row.branch_code.as_ref().map(|code| code.as_str()), &row.branch_name),
        ListCell::of(row.account_type.map(|kind| kind.japanese())),
        ListCell::of(row.account_number.as_ref().map(|number| number.as_str())),
        ListCell::of(row.holder_kana.as_ref().map(Kana::as_str)),
    ]
}

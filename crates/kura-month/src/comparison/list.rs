use std::collections::BTreeSet;

use kura_model::{Employee, PayHistory};
use kura_print::{List, ListCell, ListColumn, ListColumnKind, ListPage, ListRow, ListRowKind};
use kura_yen::Yen;

use super::{Before, Difference, Earlier, Side, differences};
use crate::client_month::{ClientMonth, PaidPerson};
use crate::lists::person_name;
use crate::payslip::month_words;

/// The list of a client: who differs, line by line; then who came, who went, and how many are as before.
pub(crate) fn list(month: &ClientMonth<'_>) -> List {
    let earlier = Earlier::of(month);
    let mut rows = Vec::new();
    let mut same: usize = 0;
    let mut net = (Yen::ZERO, Yen::ZERO);
    for person in &month.paid {
        net.1 += person.slip.net;
        match earlier.0.get(&person.facts.employee.employee_code) {
            Some(before) => {
                net.0 += before.row.net.unwrap_or(Yen::ZERO);
                let found = differences(person, before);
                same = same.saturating_add(usize::from(found.is_empty()));
                rows.extend(found.into_iter().map(|difference| row(person, before, difference)));
            }
            None => rows.push(first_payment(person)),
        }
    }
    for (before, employee) in no_longer_paid(month, &earlier) {
        net.0 += before.net.unwrap_or(Yen::ZERO);
        rows.push(gone(month, before, employee));
    }
    rows.push(total(net));
    List {
        title: "前月比較".to_owned(),
        captions: vec![
            month.client.client_name.as_ref().map_or("", |name| name.as_str()).to_owned(),
            format!("{}支給と、それぞれの前の給与との差", month_words(month.request.month)),
        ],
        columns: vec![
            ListColumn::new("社員番号", ListColumnKind::Code),
            ListColumn::new("氏名", ListColumnKind::Text),
            ListColumn::new("区分", ListColumnKind::Text),
            ListColumn::new("項目", ListColumnKind::Text),
            ListColumn::new("前の給与", ListColumnKind::Yen),
            ListColumn::new("今月", ListColumnKind::Yen),
            ListColumn::new("差", ListColumnKind::Yen),
            ListColumn::new("理由", ListColumnKind::Text),
        ],
        key_columns: 2,
        rows,
        notes: vec![format!("前の給与と同じ人: {same}人")],
        page: ListPage::Landscape,
    }
}

fn row(person: &PaidPerson<'_>, before: &Before<'_>, difference: Difference) -> ListRow {
    let Difference { side, name, before: was, after: is, cause } = difference;
    let (kind, word) = match side {
        Side::Pay => (ListRowKind::Plain, "支給"),
        Side::Deduction => (ListRowKind::Plain, "控除"),
        Side::Net => (ListRowKind::Subtotal, "差引"),
    };
    let cause = if side == Side::Net && cause.is_empty() {
        format!("前の給与 {} 支給", before.row.paid_on)
    } else {
        cause
    };
    let change = is.unwrap_or(Yen::ZERO) - was.unwrap_or(Yen::ZERO);
    let mut cells = named(person.facts.employee).to_vec();
    cells.extend([text(word), text(&name), amount(was), amount(is), ListCell::Yen(change), text(&cause)]);
    ListRow::new(kind, cells)
}

/// Somebody without a payment before.
fn first_payment(person: &PaidPerson<'_>) -> ListRow {
    let employee = person.facts.employee;
    let cause = match employee.hired_on {
        Some(hired_on) if hired_on >= person.facts.clocks().attendance.from => {
            format!("はじめての給与（雇入日 {hired_on}）")
        }
        Some(_) | None => "前の給与の履歴がありません".to_owned(),
    };
    let mut cells = named(employee).to_vec();
    let net = person.slip.net;
    cells.extend([
        text("差引"),
        text("差引支給額"),
        ListCell::Empty,
        ListCell::Yen(net),
        ListCell::Yen(net),
        text(&cause),
    ]);
    ListRow::new(ListRowKind::Subtotal, cells)
}

/// Those who were paid in the month before and are not in this one.
fn no_longer_paid<'run>(
    month: &ClientMonth<'run>,
    earlier: &Earlier<'run>,
) -> Vec<(&'run PayHistory, Option<&'run Employee>)> {
    let paid: BTreeSet<&str> = month.paid.iter().map(PaidPerson::code).collect();
    let last_month = month.request.month.plus(-1);
    let gone = earlier
        .0
        .iter()
        .filter(|(code, before)| !paid.contains(code.as_str()) && before.row.payment_month == Some(last_month));
    gone.map(|(code, before)| {
        let mut employees = month.book.employees.iter();
        let of_code = employees
            .find(|employee| employee.client_code == month.client.client_code && employee.employee_code == **code);
        (before.row, of_code.map(|row| &row.facts))
    })
    .collect()
}

fn gone(month: &ClientMonth<'_>, before: &PayHistory, employee: Option<&Employee>) -> ListRow {
    let last_day = employee.and_then(|employee| [employee.left_on, employee.died_on].into_iter().flatten().min());
    let cause = match (employee, last_day) {
        (None, _) => "従業員のシートにいません".to_owned(),
        (Some(_), Some(day)) if day < month.request.month.last_day() => format!("退職など（最後の日 {day}）"),
        (Some(_), _) => "今月の明細を作っていません。確認事項を見てください".to_owned(),
    };
    let code = ListCell::Text(before.employee_code.to_string());
    let mut cells = employee.map_or_else(|| vec![code, ListCell::Empty], |employee| named(employee).to_vec());
    let net = before.net.unwrap_or(Yen::ZERO);
    cells.extend([
        text("差引"),
        text("差引支給額"),
        amount(before.net),
        ListCell::Empty,
        ListCell::Yen(-net),
        text(&cause),
    ]);
    ListRow::new(ListRowKind::Subtotal, cells)
}

fn total((before, after): (Yen, Yen)) -> ListRow {
    let cells = [
        text("合計"),
        ListCell::Empty,
        text("差引"),
        text("差引支給額"),
        ListCell::Yen(before),
        ListCell::Yen(after),
        ListCell::Yen(after - before),
    ];
    ListRow::new(ListRowKind::Total, cells.to_vec())
}

fn named(employee: &Employee) -> [ListCell; 2] {
    [ListCell::Text(employee.employee_code.to_string()), ListCell::Text(person_name(employee))]
}

fn text(words: &str) -> ListCell {
    ListCell::Text(words.to_owned())
}

fn amount(yen: Option<Yen>) -> ListCell {
    yen.map_or(ListCell::Empty, ListCell::Yen)
}

//! 前月比較: every line that differs from the payment before, and why.

mod cause;
mod list;

use std::collections::BTreeMap;

use kura_calendar::Date;
use kura_model::{EmployeeCode, ItemKind, PayHistory, PayKind, PayLine, Row, SettlementState};
use kura_payroll::pay::{BuiltIn, Line, LineKind};
use kura_yen::{Exact, Yen};

use crate::client_month::{ClientMonth, PaidPerson};
use crate::slip_record::code_and_name;

pub(crate) use list::list;

/// Which half of a slip a line stands in, or the sum of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Pay,
    Deduction,
    Net,
}

/// One line that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Difference {
    side: Side,
    name: String,
    /// `None` where the slip has no such line.
    before: Option<Yen>,
    after: Option<Yen>,
    cause: String,
}

/// The payment before, with its lines where the book has them.
struct Before<'run> {
    row: &'run PayHistory,
    lines: Vec<&'run PayLine>,
}

/// A line of both payments, lines of one code taken together.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    amount: Option<Yen>,
    count: Option<Exact>,
    unit: Option<Exact>,
    /// How many lines: a premium of two months has two.
    lines: u8,
}

impl Sum {
    fn add(&mut self, amount: Yen, count: Option<Exact>, unit: Option<Exact>) {
        self.amount = Some(self.amount.unwrap_or(Yen::ZERO) + amount);
        (self.count, self.unit) = (count.or(self.count), unit.or(self.unit));
        self.lines = self.lines.saturating_add(1);
    }
}

/// The lines of the payments before, found by person: one pass over 明細履歴 for all of them.
struct Earlier<'run>(BTreeMap<&'run EmployeeCode, Before<'run>>);

impl<'run> Earlier<'run> {
    fn of(month: &ClientMonth<'run>) -> Self {
        let this_month = month.request.month;
        let mut before: BTreeMap<&EmployeeCode, Before<'_>> = BTreeMap::new();
        let rows = month.book.pay_histories.iter().filter(|row| {
            row.client_code == month.client.client_code
                && row.kind == PayKind::Pay
                && row.state != Some(SettlementState::Provisional)
                && row.payment_month.is_some_and(|paid| paid < this_month)
        });
        for row in rows {
            let newest = before.get(&row.employee_code).is_none_or(|known| known.row.paid_on < row.paid_on);
            if newest {
                before.insert(&row.employee_code, Before { row, lines: Vec::new() });
            }
        }
        let of_client = |line: &&Row<PayLine>| line.client_code == month.client.client_code;
        for line in month.book.pay_lines.iter().filter(of_client) {
            if let Some(known) = before.get_mut(&line.employee_code).filter(|known| known.row.paid_on == line.paid_on) {
                known.lines.push(line);
            }
        }
        Self(before)
    }
}

/// The differences of one person, in the order of the slip, the net last.
fn differences(person: &PaidPerson<'_>, before: &Before<'_>) -> Vec<Difference> {
    let slip = &person.slip;
    let net = Difference {
        side: Side::Net,
        name: "差引支給額".to_owned(),
        before: before.row.net,
        after: Some(slip.net),
        cause: String::new(),
    };
    if before.lines.is_empty() {
        return totals_alone(person, before, net);
    }
    let mut found = Vec::new();
    found.extend(of_side(person, before, Side::Pay, &slip.pay));
    found.extend(of_side(person, before, Side::Deduction, &slip.deductions));
    if net.before != net.after || !found.is_empty() {
        found.push(net);
    }
    found
}

/// A typed history knows sums alone, and of those only what was typed.
fn totals_alone(person: &PaidPerson<'_>, before: &Before<'_>, net: Difference) -> Vec<Difference> {
    let cause = "前月の明細履歴がないため、合計だけを比べています。";
    let total = |side, name: &str, before: Option<Yen>, after| Difference {
        side,
        name: name.to_owned(),
        before,
        after: Some(after),
        cause: cause.to_owned(),
    };
    let totals = [
        total(Side::Pay, "総支給額", before.row.gross, person.slip.gross),
        total(Side::Deduction, "控除合計", before.row.deduction_total, person.slip.deduction_total),
        Difference { cause: cause.to_owned(), ..net },
    ];
    totals.into_iter().filter(|total| total.before.is_some() && total.before != total.after).collect()
}

fn of_side(person: &PaidPerson<'_>, before: &Before<'_>, side: Side, lines: &[Line]) -> Vec<Difference> {
    let plan = &person.facts.group.plan;
    let mut order: Vec<(String, String, Option<LineKind>)> = Vec::new();
    let mut after: BTreeMap<String, Sum> = BTreeMap::new();
    for line in lines {
        let (code, name) = code_and_name(&plan.items, line.kind);
        if !after.contains_key(code) {
            order.push((code.to_owned(), name.to_owned(), Some(line.kind)));
        }
        let (count, unit) = (line.quantity.map(|of| of.count), line.quantity.map(|of| of.unit));
        after.entry(code.to_owned()).or_default().add(line.amount, count, unit);
    }
    let mut earlier: BTreeMap<String, Sum> = BTreeMap::new();
    for line in before.lines.iter().filter(|line| side_of(person, line) == side) {
        let code = line.item_code.to_string();
        if !after.contains_key(&code) && !earlier.contains_key(&code) {
            let name = line.item_name.as_ref().map_or_else(|| code.clone(), |name| name.as_str().to_owned());
            order.push((code.clone(), name, None));
        }
        earlier.entry(code).or_default().add(line.amount.unwrap_or(Yen::ZERO), line.quantity, line.unit);
    }
    let line = |(code, name, kind): (String, String, Option<LineKind>)| {
        let (was, is) =
            (earlier.get(&code).copied().unwrap_or_default(), after.get(&code).copied().unwrap_or_default());
        let same = was.amount.unwrap_or(Yen::ZERO) == is.amount.unwrap_or(Yen::ZERO);
        (!same).then(|| Difference {
            side,
            name,
            before: was.amount,
            after: is.amount,
            cause: cause::of(person, before.row, &code, kind, was, is),
        })
    };
    order.into_iter().filter_map(line).collect()
}

/// The half in which a line of 明細履歴 stood: by the plan of today, for items that are gone by the sum they belong to.
fn side_of(person: &PaidPerson<'_>, line: &PayLine) -> Side {
    let plan = &person.facts.group.plan;
    let code = line.item_code.as_str();
    let deduction = match plan.item(code).and_then(|at| plan.items.get(at)) {
        Some(item) => item.kind == ItemKind::Deduction,
        None => built_in(code).is_some_and(BuiltIn::is_deduction),
    };
    if deduction { Side::Deduction } else { Side::Pay }
}

/// The built-in line of a code of 明細履歴.
fn built_in(code: &str) -> Option<BuiltIn> {
    BuiltIn::ALL.into_iter().find(|built_in| built_in.code() == code)
}

/// The day from which a change lies between two payments.
fn since(before: &PayHistory) -> Date {
    before.period_to.or(before.closing_date).unwrap_or(before.paid_on)
}

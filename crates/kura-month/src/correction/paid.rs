use std::collections::BTreeMap;

use kura_calendar::{Date, Month};
use kura_law::Law;
use kura_model::{Book, ClientCode, Employee, EmployeeCode, ItemKind, PayHistory, PayKind, PayLine, SettlementState};
use kura_payroll::correction::{
    Correction, CorrectionTerms, PaidLine, Payment, SettledKind, SettledPayment, Side, TaxOfDifference, correction,
    settlement,
};
use kura_payroll::pay::{AmountSource, BuiltIn, PayPlan, Slip, VariableAmount};
use kura_yen::Yen;

use crate::carried::is_settled_between_payments;
use crate::known::PersonRows;
use crate::person::PersonFacts;
use crate::slip_record::code_and_name;
use crate::stop::Stop;

const SHEET: &str = "給与履歴";

/// 明細履歴 of a client by person: one pass over the book for all of them.
pub(super) type LinesByPerson<'run> = BTreeMap<&'run EmployeeCode, Vec<&'run PayLine>>;

pub(super) fn lines_by_person<'run>(book: &'run Book, client: &ClientCode) -> LinesByPerson<'run> {
    let mut lines = LinesByPerson::new();
    for line in book.pay_lines.iter().filter(|line| line.client_code == *client) {
        lines.entry(&line.employee_code).or_default().push(&line.facts);
    }
    lines
}

/// Everything that was paid to a person for one month: the first slip or the 仮払い, then differences, in the order of their days.
pub(super) struct PaidSoFar<'run> {
    pub(super) rows: Vec<&'run PayHistory>,
    lines: Vec<&'run PayLine>,
    /// Another payment stands on the same day, so that 明細履歴 does not tell their lines apart.
    ambiguous: bool,
}

impl<'run> PaidSoFar<'run> {
    /// `None` where nothing was paid for the month.
    pub(super) fn of(
        lines: &LinesByPerson<'run>,
        employee: &Employee,
        known: &PersonRows<'run>,
        month: Month,
    ) -> Option<Self> {
        let of_month = |row: &&PayHistory| row.payment_month == Some(month) && row.kind != PayKind::Bonus;
        let mut rows: Vec<&PayHistory> = known.history.iter().map(|row| &row.facts).filter(of_month).collect();
        rows.sort_by_key(|row| row.paid_on);
        if rows.is_empty() {
            return None;
        }
        let paid_on = |day: Date| rows.iter().any(|row| row.paid_on == day);
        let of_person = lines.get(&employee.employee_code).into_iter().flatten();
        let lines = of_person.copied().filter(|line| paid_on(line.paid_on));
        let on_the_same_day = known.history.iter().filter(|row| paid_on(row.paid_on)).count();
        Some(Self { lines: lines.collect(), ambiguous: on_the_same_day > rows.len(), rows })
    }

    /// True when all that was paid for the month is a 仮払い.
    pub(super) fn is_only_advanced(&self) -> bool {
        matches!(self.rows.as_slice(), [only] if only.state == Some(SettlementState::Provisional))
    }

    pub(super) fn last_paid_on(&self) -> Date {
        self.rows.last().map_or(kura_calendar::LAST_DAY, |row| row.paid_on)
    }

    /// The slip as it is computed now against what was paid.
    pub(super) fn correction(
        &self,
        law: &Law,
        facts: &PersonFacts<'_>,
        full: &Slip,
        paid_on: Date,
    ) -> Result<Correction, Stop> {
        let (plan, clocks) = (&facts.group.plan, facts.clocks());
        if self.ambiguous {
            let sentence = "同じ支給日に別の支払（賞与など）があり、明細履歴の行を分けられません。";
            let remedy = "差額を変動支給に記入し、次の給与で払ってください。";
            return Err(Stop::reason(SHEET, "payments_of_one_day", sentence, remedy));
        }
        let payments: Vec<Payment> =
            self.rows.iter().map(|row| self.payment(plan, row)).collect::<Result<_, Stop>>()?;
        let name = |kind| {
            let (code, name) = code_and_name(&plan.items, kind);
            (code.to_owned(), name.to_owned())
        };
        let full = Payment::of_slip(full, paid_on, name);
        let settled =
            SettledPayment { kind: SettledKind::Pay, due_on: clocks.payment_date, closing_date: clocks.closing_date };
        let made = if self.is_only_advanced() {
            settlement(law, settled, &payments, &full, paid_on)
        } else {
            let terms = CorrectionTerms { paid_on, tax: TaxOfDifference::OfTheDueDay };
            correction(law, settled, &payments, &full, terms)
        };
        made.map_err(|error| Stop::reason(SHEET, "correction", &error, error.remedy()))
    }

    /// 変動支給 as it was paid.
    pub(super) fn variable(&self, plan: &PayPlan<'_>) -> Vec<VariableAmount> {
        let paid = self.lines.iter().filter_map(|line| {
            let item = plan.item(line.item_code.as_str())?;
            let is_variable = matches!(plan.items.get(item)?.source, AmountSource::Variable);
            let amount = line.amount.filter(|_| is_variable)?;
            Some(VariableAmount { item, amount, for_month: None, already_paid: None })
        });
        paid.collect()
    }

    fn payment(&self, plan: &PayPlan<'_>, row: &PayHistory) -> Result<Payment, Stop> {
        let of_day = self.lines.iter().filter(|line| line.paid_on == row.paid_on);
        let lines = of_day.filter(|line| !is_settled_between_payments(line.item_code.as_str()));
        let lines: Vec<PaidLine> = lines.map(|line| paid_line(plan, line)).collect();
        if lines.is_empty() && row.gross.is_some_and(|gross| gross != Yen::ZERO) {
            let sentence =
                format!("{} に支払った給与の明細履歴がないため、差額を行ごとに計算できません。", row.paid_on);
            let remedy = "明細履歴に行を加えるか、差額を変動支給に記入してください。";
            return Err(Stop::reason("明細履歴", "pay_lines_missing", sentence, remedy));
        }
        let amount = |amount: Option<Yen>| amount.unwrap_or(Yen::ZERO);
        Ok(Payment {
            paid_on: row.paid_on,
            lines,
            tax_free: amount(row.tax_free),
            remuneration: amount(row.remuneration_currency) + amount(row.remuneration_in_kind),
            labor_wage: amount(row.accident_wage),
        })
    }
}

fn paid_line(plan: &PayPlan<'_>, line: &PayLine) -> PaidLine {
    let code = line.item_code.as_str();
    let deduction = match plan.item(code).and_then(|at| plan.items.get(at)) {
        Some(item) => item.kind == ItemKind::Deduction,
        None => BuiltIn::ALL.into_iter().any(|built_in| built_in.code() == code && built_in.is_deduction()),
    };
    PaidLine {
        side: if deduction { Side::Deduction } else { Side::Pay },
        code: code.to_owned(),
        name: line.item_name.as_ref().map_or("", |name| name.as_str()).to_owned(),
        month: None,
        amount: line.amount.unwrap_or(Yen::ZERO),
        split: None,
    }
}

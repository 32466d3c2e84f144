//! Payments as a history keeps them.

use std::collections::BTreeMap;

use kura_calendar::Month;
use kura_payroll::correction::{
    Correction, CorrectionTerms, PaidLine, Payment, SettledKind, SettledPayment, Side, TaxOfDifference, correction,
};
use kura_yen::Yen;

use crate::law::{day, law};

pub(crate) fn month(text: &str) -> Month {
    kura_calendar::parse_iso_month(text).unwrap()
}

pub(crate) fn earned(code: &str, amount: i64) -> PaidLine {
    line(Side::Pay, code, None, amount)
}

pub(crate) fn deducted(code: &str, amount: i64) -> PaidLine {
    line(Side::Deduction, code, None, amount)
}

pub(crate) fn line(side: Side, code: &str, month: Option<Month>, amount: i64) -> PaidLine {
    PaidLine { side, code: code.to_owned(), name: format!("名:{code}"), month, amount: Yen::new(amount), split: None }
}

/// All pay is taxed, 報酬 and wage, unless the test says otherwise.
pub(crate) fn payment(paid_on: &str, lines: Vec<PaidLine>) -> Payment {
    let gross = lines.iter().filter(|line| line.side == Side::Pay).map(|line| line.amount).sum();
    Payment { paid_on: day(paid_on), lines, tax_free: Yen::ZERO, remuneration: gross, labor_wage: gross }
}

/// The pay of 2026-06-25, closed on 2026-05-31.
pub(crate) fn june() -> SettledPayment {
    SettledPayment { kind: SettledKind::Pay, due_on: day("2026-06-25"), closing_date: day("2026-05-31") }
}

pub(crate) fn due_day(paid_on: &str) -> CorrectionTerms {
    CorrectionTerms { paid_on: day(paid_on), tax: TaxOfDifference::OfTheDueDay }
}

pub(crate) fn correct(payments: &[Payment], recomputed: &Payment, paid_on: &str) -> Correction {
    correction(law(), june(), payments, recomputed, due_day(paid_on)).unwrap()
}

/// code -> difference.
pub(crate) fn differences(correction: &Correction) -> Vec<(&str, i64)> {
    correction.lines.iter().map(|line| (line.code.as_str(), line.difference().get())).collect()
}

/// What every line sums to over several payments; lines that came to nothing are left out.
pub(crate) fn together(payments: &[Payment]) -> BTreeMap<(Side, String, Option<Month>), Yen> {
    let mut sums = BTreeMap::new();
    for line in payments.iter().flat_map(|payment| &payment.lines) {
        *sums.entry((line.side, line.code.clone(), line.month)).or_insert(Yen::ZERO) += line.amount;
    }
    sums.retain(|_, sum| *sum != Yen::ZERO);
    sums
}

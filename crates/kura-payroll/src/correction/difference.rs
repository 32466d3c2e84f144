use std::collections::BTreeSet;

use kura_calendar::{Date, Month};
use kura_law::Law;
use kura_yen::Yen;

use super::CorrectionError;
use super::consequence::{Consequence, consequences};
use super::payment::{PaidLine, Payment, SettledPayment, Side};
use crate::pay::BuiltIn;

/// 訂正・差額: what is paid on top of (or taken back from) what was paid so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// 支給日 of the difference.
    pub paid_on: Date,
    /// The lines that differ, in the order of the slip; what is no longer due comes last.
    pub lines: Vec<DifferenceLine>,
    /// Difference of 非課税, yen.
    pub tax_free: Yen,
    /// Difference of 報酬, yen.
    pub remuneration: Yen,
    /// Difference of 労働保険の賃金, yen.
    pub labor_wage: Yen,
    /// What was paid when so far: day and 差引, yen.
    pub paid_before: Vec<(Date, Yen)>,
    /// What follows for tax, insurance and filings.
    pub consequences: Vec<Consequence>,
}

/// One line that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceLine {
    /// 支給 or 控除.
    pub side: Side,
    /// 項目コード, or the code of a built-in line.
    pub code: String,
    /// 項目名.
    pub name: String,
    /// 対象月, where both sides know it.
    pub month: Option<Month>,
    /// Paid so far, yen.
    pub paid: Yen,
    /// As it is computed now, yen.
    pub recomputed: Yen,
    /// Difference of the parts of a health premium, where all are known.
    pub split: Option<[Yen; 3]>,
}

/// How a difference is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CorrectionTerms {
    /// 支給日 of the difference.
    pub paid_on: Date,
    /// 差額の税.
    pub tax: TaxOfDifference,
}

/// 差額の税: which payment the difference belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaxOfDifference {
    /// 計算の誤り・未払い: the difference belongs to the day the pay was due; tax and employment insurance are those of a right
    /// slip of that day (所得税基本通達36-9(1)).
    OfTheDueDay,
    /// 給与規程のさかのぼる改定: the difference is pay of the day it is paid; its tax and employment insurance are computed with
    /// that payment, and those lines stay as they were (所得税基本通達36-9(3), 183~193共-5).
    OfTheDayPaid,
}

impl DifferenceLine {
    /// 差額, yen: more pay, or more deducted.
    pub fn difference(&self) -> Yen {
        self.recomputed - self.paid
    }

    /// The name of the rule, as slips.jsonl and the trace show it.
    pub const fn rule(&self) -> &'static str {
        crate::pay::Rule::PaidDifference.japanese()
    }
}

impl Correction {
    /// True when what was paid is right.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The difference as a payment of its own: what a later correction counts with.
    pub fn payment(&self) -> Payment {
        let lines = self.lines.iter().map(|line| PaidLine {
            side: line.side,
            code: line.code.clone(),
            name: line.name.clone(),
            month: line.month,
            amount: line.difference(),
            split: line.split,
        });
        Payment {
            paid_on: self.paid_on,
            lines: lines.collect(),
            tax_free: self.tax_free,
            remuneration: self.remuneration,
            labor_wage: self.labor_wage,
        }
    }

    /// 差引: paid when positive; when negative, what the person owes.
    pub fn net(&self) -> Yen {
        self.payment().net()
    }

    /// 差引不足額: what the person owes.
    pub fn shortfall(&self) -> Yen {
        (-self.net()).or_zero()
    }
}

/// The correction of a payment: the slip as it is computed now, against everything that was paid for it so far. `payments` holds
/// the first slip (or the 仮払い) and every correction of it.
pub fn correction(
    law: &Law,
    settled: SettledPayment,
    payments: &[Payment],
    recomputed: &Payment,
    terms: CorrectionTerms,
) -> Result<Correction, CorrectionError> {
    let mut correction = difference(payments, recomputed, terms)?;
    correction.consequences = consequences(law, settled, terms, &correction)?;
    Ok(correction)
}

/// The difference alone.
pub(super) fn difference(
    payments: &[Payment],
    recomputed: &Payment,
    terms: CorrectionTerms,
) -> Result<Correction, CorrectionError> {
    if payments.is_empty() {
        return Err(CorrectionError::NothingPaid);
    }
    if payments.iter().any(|paid| terms.paid_on < paid.paid_on) {
        return Err(CorrectionError::PaidTooEarly);
    }
    let sum_of = |part: fn(&Payment) -> Yen| -> Yen { part(recomputed) - payments.iter().map(part).sum() };
    Ok(Correction {
        paid_on: terms.paid_on,
        lines: difference_lines(payments, recomputed, terms.tax),
        tax_free: sum_of(|payment| payment.tax_free),
        remuneration: sum_of(|payment| payment.remuneration),
        labor_wage: sum_of(|payment| payment.labor_wage),
        paid_before: payments.iter().map(|payment| (payment.paid_on, payment.net())).collect(),
        consequences: Vec::new(),
    })
}

fn difference_lines(payments: &[Payment], recomputed: &Payment, tax: TaxOfDifference) -> Vec<DifferenceLine> {
    let paid: Vec<&PaidLine> = payments.iter().flat_map(|payment| &payment.lines).collect();
    let now: Vec<&PaidLine> = recomputed.lines.iter().collect();
    let without_month: BTreeSet<&str> =
        paid.iter().chain(&now).filter(|line| line.month.is_none()).map(|line| line.code.as_str()).collect();
    let key = |line: &PaidLine| Key {
        side: line.side,
        code: line.code.clone(),
        month: line.month.filter(|_| !without_month.contains(line.code.as_str())),
    };
    let mut lines: Vec<DifferenceLine> = Vec::with_capacity(now.len());
    let mut done = BTreeSet::new();
    for line in now.iter().chain(&paid) {
        let key_of_line = key(line);
        if stays(line, tax) || !done.insert(key_of_line.clone()) {
            continue;
        }
        let same = |lines: &[&PaidLine]| Sum::of(lines.iter().filter(|other| key(other) == key_of_line).copied());
        let (before, after) = (same(&paid), same(&now));
        let split = split_difference(before, after);
        if before.amount != after.amount || split.is_some_and(|parts| parts != [Yen::ZERO; 3]) {
            lines.push(DifferenceLine {
                side: line.side,
                code: line.code.clone(),
                name: line.name.clone(),
                month: key_of_line.month,
                paid: before.amount,
                recomputed: after.amount,
                split,
            });
        }
    }
    lines
}

/// What makes two lines the same line. The history of an office that moved in knows no months: then a code is one line.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    side: Side,
    code: String,
    month: Option<Month>,
}

/// 所得税 and 雇用保険料 stay where the difference is pay of the day it is paid.
fn stays(line: &PaidLine, tax: TaxOfDifference) -> bool {
    tax == TaxOfDifference::OfTheDayPaid && (line.is(BuiltIn::IncomeTax) || line.is(BuiltIn::EmploymentInsurance))
}

#[derive(Clone, Copy)]
struct Sum {
    amount: Yen,
    split: Option<[Yen; 3]>,
}

impl Sum {
    /// The sum of lines; the parts are known when they are known of every line.
    fn of<'line>(lines: impl Iterator<Item = &'line PaidLine>) -> Self {
        let nothing = Self { amount: Yen::ZERO, split: Some([Yen::ZERO; 3]) };
        lines.fold(nothing, |sum, line| Self {
            amount: sum.amount + line.amount,
            split: sum.split.zip(line.split).map(|([a, b, c], [d, e, f])| [a + d, b + e, c + f]),
        })
    }
}

fn split_difference(before: Sum, after: Sum) -> Option<[Yen; 3]> {
    let (before, after) = before.split.zip(after.split)?;
    let [a, b, c] = before;
    let [d, e, f] = after;
    Some([d - a, e - b, f - c])
}

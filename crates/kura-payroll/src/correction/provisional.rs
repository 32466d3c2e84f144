use kura_calendar::Date;
use kura_law::Law;
use kura_yen::Yen;

use super::CorrectionError;
use super::consequence::of_settlement;
use super::difference::{Correction, CorrectionTerms, TaxOfDifference, difference};
use super::payment::{Payment, SettledPayment};
use crate::pay::{Bases, BuiltIn, Line, LineKind, Rule, Slip};

/// Why nothing can be paid provisionally.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProvisionalError {
    /// Last month's net is nothing, or less.
    #[error("前月の差引支給額が0円以下のため、仮払いの額を決められません。")]
    NothingToAdvance,
}

impl ProvisionalError {
    /// What the user can do, one Japanese sentence.
    pub const fn remedy(self) -> &'static str {
        match self {
            Self::NothingToAdvance => "勤怠を入れて通常の計算をするか、この人を仮払いから外してください。",
        }
    }
}

/// 仮払い: last month's 差引支給額 (yen) paid on this month's 支給日 before the month is computed. One line, nothing deducted: tax,
/// premiums and 住民税 of the month are taken at the [`settlement`]. The history marks it 暫定.
pub fn provisional_slip(last_net: Yen) -> Result<Slip, ProvisionalError> {
    if last_net <= Yen::ZERO {
        return Err(ProvisionalError::NothingToAdvance);
    }
    let kind = LineKind::BuiltIn(BuiltIn::ProvisionalPay);
    let line = Line { kind, amount: last_net, quantity: None, rule: Rule::ProvisionalPay, month: None, split: None };
    Ok(Slip {
        pay: vec![line],
        deductions: Vec::new(),
        gross: last_net,
        tax_free: Yen::ZERO,
        taxable: last_net,
        deduction_total: Yen::ZERO,
        net: last_net,
        bases: Bases::default(),
    })
}

/// 差額: the settlement of a 仮払い with the next full run. `full` is the slip of the month as it is computed with its own clocks,
/// `terms.paid_on` the 支給日 of the run that settles. The 仮払い line comes back with a minus, and every line of the full slip is
/// there: 仮払い + 差額 = the full slip. The tax is that of the day the pay was due, employment insurance that of its 締切日.
pub fn settlement(
    law: &Law,
    settled: SettledPayment,
    payments: &[Payment],
    full: &Payment,
    paid_on: Date,
) -> Result<Correction, CorrectionError> {
    let mut lines = payments.iter().flat_map(|payment| &payment.lines);
    if !lines.any(|line| line.is(BuiltIn::ProvisionalPay)) {
        return Err(CorrectionError::NothingProvisional);
    }
    let terms = CorrectionTerms { paid_on, tax: TaxOfDifference::OfTheDueDay };
    let mut settlement = difference(payments, full, terms)?;
    settlement.consequences = of_settlement(law, settled, terms, &settlement)?;
    Ok(settlement)
}

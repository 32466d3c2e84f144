use kura_calendar::Date;
use kura_model::{PayHistory, PayKind, SettlementState};
use kura_payroll::correction::{Correction, DifferenceLine, Side};
use kura_payroll::pay::{Bases, BuiltIn, Line, LineKind, PayError, PayPlan, Rule, Slip};
use kura_yen::Yen;

use crate::stop::Stop;

/// The slip of a difference: only the lines that differ, each by how much.
pub(super) fn slip(plan: &PayPlan<'_>, correction: &Correction) -> Result<Slip, Stop> {
    let of_side = |side| correction.lines.iter().filter(move |line| line.side == side);
    let lines = |side| of_side(side).map(|line| line_of(plan, line)).collect::<Result<Vec<Line>, Stop>>();
    let payment = correction.payment();
    let slip = Slip {
        pay: lines(Side::Pay)?,
        deductions: lines(Side::Deduction)?,
        gross: payment.gross(),
        tax_free: correction.tax_free,
        taxable: payment.taxable(),
        deduction_total: payment.deduction_total(),
        net: correction.net(),
        bases: Bases {
            remuneration: correction.remuneration,
            retroactive_part: correction.remuneration,
            labor_wage: correction.labor_wage,
            ..Bases::default()
        },
    };
    slip.verify().map_err(PayError::from)?;
    Ok(slip)
}

fn line_of(plan: &PayPlan<'_>, line: &DifferenceLine) -> Result<Line, Stop> {
    let built_in = BuiltIn::ALL.into_iter().find(|built_in| built_in.code() == line.code).map(LineKind::BuiltIn);
    let kind = built_in.or_else(|| plan.item(&line.code).map(LineKind::Item)).ok_or_else(|| {
        let sentence = format!("支払った項目「{}」が、今の支給控除項目にありません。", line.name);
        Stop::reason("支給控除項目", "item_gone", sentence, "その月に有効だった項目の行を残してください。")
    })?;
    let (amount, rule) = (line.difference(), Rule::PaidDifference);
    Ok(Line { kind, amount, quantity: None, rule, month: line.month, split: line.split })
}

/// The row of 給与履歴 of a difference: `full` is the row as it is computed now, less what the rows so far hold. What settles
/// a 仮払い is the month's pay; a correction leaves its days and hours where they are counted already.
pub(super) fn row(full: PayHistory, paid: &[&PayHistory], settles: bool, slip: &Slip, paid_on: Date) -> PayHistory {
    let mut row = PayHistory {
        kind: PayKind::Difference,
        paid_on,
        net: Some(slip.net),
        shortfall: Some(slip.shortfall()),
        state: Some(if settles { SettlementState::Settled } else { SettlementState::Correction }),
        ..full
    };
    if !settles {
        (row.worked_days, row.hours, row.overtime, row.statutory_holiday, row.night) = (None, None, None, None, None);
        (row.employer_health, row.employer_pension) = (None, None);
        (row.employer_child_contribution, row.employer_employment) = (None, None);
    }
    macro_rules! less {
        ($($field:ident)*) => {$(
            let before: Yen = paid.iter().filter_map(|row| row.$field).sum();
            row.$field = row.$field.map(|now| now - before);
        )*};
    }
    less!(remuneration_currency remuneration_in_kind fixed_part gross tax_free taxable accident_wage employment_wage);
    less!(health_total care support_levy pension employment_insurance tax inhabitant_tax deduction_total);
    row
}

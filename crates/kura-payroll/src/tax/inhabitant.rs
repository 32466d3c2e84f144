use kura_calendar::{Date, Month};
use kura_law::Law;
use kura_yen::{Rounding, Yen};

use super::{InhabitantTaxError, RULES, TaxAmount, TaxRule};
use crate::Citations;

const MONTHS_OF_YEAR: i8 = 12;

/// 月割額 of one calendar month (1 to 12) as a municipality splits 年税額 (yen): every month a twelfth cut to its unit, the
/// first month of the cycle the rest. An annual amount not above 均等割額 (yen, where the caller knows it) falls whole into
/// the first month. The figures of a notice come before this one: it is a check of them.
pub fn inhabitant_tax_instalment(
    law: &Law,
    on: Date,
    annual: Yen,
    per_capita: Option<Yen>,
    month: i8,
) -> Result<TaxAmount, InhabitantTaxError> {
    Cycle::on(law, on)?.instalment(annual, per_capita, month)
}

/// A person who leaves, as 特別徴収 sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaver {
    /// 年税額 of the cycle the leaving month lies in, yen.
    pub annual: Yen,
    /// 均等割額, yen, where it is known (see [`inhabitant_tax_instalment`]).
    pub per_capita: Option<Yen>,
    /// 退職月.
    pub leave_month: Month,
    /// The month of the last pay; it may come after the leaving day.
    pub last_pay_month: Month,
    /// 一括徴収の申出.
    pub lump_sum_requested: bool,
}

/// What is withheld from the last pay, and what is left for 普通徴収.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaverCollection {
    /// Withheld from the last pay, with the rule that says so.
    pub withheld: TaxAmount,
    /// The months it covers, first and last; `None` where nothing is withheld.
    pub months: Option<(Month, Month)>,
    /// What the municipality bills the person for (普通徴収), yen.
    pub ordinary_collection: Yen,
}

/// 退職者の住民税 (地方税法321条の5第2項). Whoever leaves in the first months of the year pays every month that is left, from
/// the month of the last pay through the end of the cycle, without being asked; one who leaves in the last month of the
/// cycle pays that month; any other pays the month of the last pay, or everything that is left if he asks for it.
pub fn inhabitant_tax_of_leaver(law: &Law, leaver: &Leaver) -> Result<LeaverCollection, InhabitantTaxError> {
    let cycle = Cycle::on(law, leaver.leave_month.first_day())?;
    let (start, end) = cycle.around(leaver.leave_month);
    if leaver.last_pay_month < start {
        return Err(InhabitantTaxError::LastPayBeforeCycle);
    }
    let figure = |key| law.figure(RULES, key, leaver.leave_month.first_day());
    let first_mandatory = figure("inhabitant_tax.lump_sum_mandatory_from_month")?;
    let last_mandatory = figure("inhabitant_tax.lump_sum_mandatory_to_month")?;
    let mandatory = first_mandatory.integer()?..=last_mandatory.integer()?;
    let (last_pay, leave) = (leaver.last_pay_month, leaver.leave_month);

    let rule = if last_pay > end {
        // No pay is left inside the cycle to take it from.
        TaxRule::OrdinaryCollection
    } else if mandatory.contains(&i64::from(leave.month())) {
        TaxRule::LumpSumMandatory
    } else if leave == end {
        TaxRule::LastInstalment
    } else if leaver.lump_sum_requested {
        TaxRule::LumpSumRequested
    } else {
        TaxRule::OrdinaryCollection
    };
    let months = match rule {
        TaxRule::LumpSumMandatory | TaxRule::LumpSumRequested => Some((last_pay, end)),
        TaxRule::LastInstalment => Some((end, end)),
        // A pay after the leaving month carries no instalment any more.
        _ => (last_pay <= leave).then_some((last_pay, last_pay)),
    };
    let left_from = if rule == TaxRule::OrdinaryCollection { last_pay.min(leave).next() } else { end.next() };

    let mut citations = cycle.citations.clone();
    citations.add(first_mandatory.citation());
    citations.add(last_mandatory.citation());
    let yen = months.map_or(Ok(Yen::ZERO), |(first, last)| cycle.sum(leaver, first, last))?;
    Ok(LeaverCollection {
        withheld: TaxAmount::new(yen, rule, citations),
        months,
        ordinary_collection: cycle.sum(leaver, left_from, end)?,
    })
}

/// 徴収の年度: twelve months from the first month of the notice.
struct Cycle {
    first_month: i8,
    unit: i64,
    citations: Citations,
}

impl Cycle {
    fn on(law: &Law, on: Date) -> Result<Self, InhabitantTaxError> {
        let first_month = law.figure(RULES, "inhabitant_tax.first_month", on)?;
        let unit = law.figure(RULES, "inhabitant_tax.split_unit_yen", on)?;
        let mut citations = Citations::one(first_month.citation());
        citations.add(unit.citation());
        let month = i8::try_from(first_month.integer()?).map_err(|_| InhabitantTaxError::NotAMonth)?;
        Ok(Self { first_month: month, unit: unit.integer()?, citations })
    }

    /// The first and the last month of the cycle a month lies in.
    fn around(&self, month: Month) -> (Month, Month) {
        let since_first = i32::from(month.month().saturating_sub(self.first_month)).rem_euclid(MONTHS_OF_YEAR.into());
        let start = month.plus(since_first.saturating_neg());
        (start, start.plus(i32::from(MONTHS_OF_YEAR).saturating_sub(1)))
    }

    fn instalment(&self, annual: Yen, per_capita: Option<Yen>, month: i8) -> Result<TaxAmount, InhabitantTaxError> {
        if !(1..=MONTHS_OF_YEAR).contains(&month) {
            return Err(InhabitantTaxError::NotAMonth);
        }
        let whole_in_first = per_capita.is_some_and(|per_capita| annual <= per_capita);
        let twelfth = annual.exact().divided_by_integer(MONTHS_OF_YEAR.into())?.round_to(self.unit, Rounding::Down)?;
        let each = if whole_in_first { Yen::ZERO } else { twelfth };
        let others: Yen = (1..MONTHS_OF_YEAR).map(|_| each).sum();
        let yen = if month == self.first_month { annual - others } else { each };
        Ok(TaxAmount::new(yen, TaxRule::InhabitantInstalment, self.citations.clone()))
    }

    /// The instalments from a month through another; zero when there is none.
    fn sum(&self, leaver: &Leaver, first: Month, last: Month) -> Result<Yen, InhabitantTaxError> {
        let mut total = Yen::ZERO;
        for ahead in 0..=last.months_since(first) {
            total += self.instalment(leaver.annual, leaver.per_capita, first.plus(ahead).month())?.yen;
        }
        Ok(total)
    }
}

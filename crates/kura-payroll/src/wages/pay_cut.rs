use kura_calendar::Date;
use kura_law::{Law, LawError};
use kura_yen::{Exact, Rounding, Yen, YenError};

use super::STANDARDS;
use crate::Citations;
use crate::wording::yen;

/// What the whole of the cuts is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayCutBase {
    /// 一賃金支払期における賃金の総額: what is really payable for the period, yen.
    WagePeriod(Yen),
    /// A bonus from which a penalty is taken, yen.
    Bonus(Yen),
}

/// 減給 of one wage period or bonus. Parts of a yen are dropped: a limit is never passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayCut {
    /// The most of one case: half a day's average wage, yen.
    pub case_max: Yen,
    /// What each case may take, in the order given.
    pub cases: Vec<Yen>,
    /// The most of all cases together: a tenth of the base, yen.
    pub total_max: Yen,
    /// Taken now.
    pub taken: Yen,
    /// Lawful, but left to later wage periods.
    pub carried: Yen,
    /// Above the limit of its own case: may never be taken.
    pub unlawful: Yen,
    /// The way to it, one Japanese sentence a step.
    pub steps: Vec<String>,
    /// The figures it stands on.
    pub citations: Citations,
}

/// Why a 減給 has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayCutError {
    /// A penalty below zero.
    #[error("減給の額が0円より小さくなっています。")]
    NegativePenalty,
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] LawError),
    /// An amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] YenError),
}

impl PayCutError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::NegativePenalty => "減給の額を0円以上で入れてください。",
            Self::Law(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

/// 減給の制限 (労基法91条) for the penalties of one wage period or bonus (yen, one for each case), with the 平均賃金 of the day
/// the penalty was made known. `on` is that day.
pub fn pay_cut(
    law: &Law,
    on: Date,
    average_wage: Exact,
    penalties: &[Yen],
    base: PayCutBase,
) -> Result<PayCut, PayCutError> {
    if penalties.iter().any(|penalty| penalty.is_negative()) {
        return Err(PayCutError::NegativePenalty);
    }
    let (base_amount, base_name, share_key) = match base {
        PayCutBase::WagePeriod(wages) => (wages, "賃金の総額", "pay_cut.total_share"),
        PayCutBase::Bonus(bonus) => (bonus, "賞与の額", "pay_cut.bonus_share"),
    };
    let case_share = law.figure(STANDARDS, "pay_cut.one_case_share", on)?;
    let total_share = law.figure(STANDARDS, share_key, on)?;
    let mut citations = Citations::one(case_share.citation());
    citations.add(total_share.citation());
    let case_max = average_wage.times(case_share.exact()?)?.round(Rounding::Down)?.or_zero();
    let total_max = base_amount.or_zero().exact().times(total_share.exact()?)?.round(Rounding::Down)?;

    let asked: Yen = penalties.iter().copied().sum();
    let cases: Vec<Yen> = penalties.iter().map(|penalty| (*penalty).min(case_max)).collect();
    let lawful: Yen = cases.iter().copied().sum();
    let taken = lawful.min(total_max);
    let (carried, unlawful) = (lawful - taken, asked - lawful);
    let mut steps = vec![
        format!("1回の減給は、平均賃金の1日分×{}（{}）までです。", case_share.text()?, yen(case_max)),
        format!("減給の合計は、{base_name}×{}（{}）までです。", total_share.text()?, yen(total_max)),
        format!("今回減給できる額は{}です。", yen(taken)),
    ];
    if carried != Yen::ZERO {
        steps.push(format!("合計の限度を超える{}は、次の賃金支払期に繰り越します。", yen(carried)));
    }
    if unlawful != Yen::ZERO {
        steps.push(format!("1回の限度を超える{}は、減給できません（労基法91条）。", yen(unlawful)));
    }
    Ok(PayCut { case_max, cases, total_max, taken, carried, unlawful, steps, citations })
}

use kura_insurance::{HealthPremium, PensionPremium};
use kura_yen::{Rate, Yen};

use super::insured::Insured;
use super::report::BonusReport;
use super::standard::StandardBonusOfMonth;
use crate::pay::Slip;

/// 賞与明細, and what follows from the bonus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusSlip {
    /// The lines and totals. Items are those of the bonus plan.
    pub slip: Slip,
    /// What counts as bonus for social insurance, in money, yen.
    pub currency: Yen,
    /// What counts as bonus for social insurance, in kind, yen.
    pub in_kind: Yen,
    /// How the person stands in both schemes.
    pub insured: Insured,
    /// 標準賞与額 of the month.
    pub standard: StandardBonusOfMonth,
    /// The premiums of the month, for the employer's bill.
    pub of_month: MonthPremiums,
    /// 賞与の金額に乗ずべき率, where the rate table was used.
    pub tax_rate: Option<Rate>,
    /// 賞与支払届: what it says of this person; `None` when the person is not reported.
    pub report: Option<BonusReport>,
}

/// The premiums on the 標準賞与額 of all bonuses of the month: those of a second bonus stand in place of those of the first.
/// None for 二以上勤務, whose bill is the notified one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MonthPremiums {
    /// 健康保険, with care and levy.
    pub health: Option<HealthPremium>,
    /// 厚生年金, with 子ども・子育て拠出金.
    pub pension: Option<PensionPremium>,
}

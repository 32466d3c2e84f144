use kura_model::{
    AverageWageBase, FixedWage, ItemKind, ItemTaxClass, MonthsOfYear, PremiumBase, PremiumBaseDivisor,
    RemunerationClass,
};
use kura_yen::Rounding;

use crate::formula::Formula;

/// 支給控除項目 of a plan: every rule about it stands here once.
#[derive(Debug, Clone)]
pub struct Item {
    /// 項目コード.
    pub code: String,
    /// 項目名, the name formulas use.
    pub name: String,
    /// 明細の名.
    pub slip_name: String,
    /// 区分.
    pub kind: ItemKind,
    /// Where the amount comes from.
    pub source: AmountSource,
    /// How the amount counts.
    pub class: ItemClass,
    /// 表示（0円）: shown on the slip even when it is 0.
    pub show_zero: bool,
    /// 支給月: the payment months in which the item is paid; `None` = in every month.
    pub pay_in_months: Option<MonthsOfYear>,
    /// What allows a deduction (労基法24条1項); a plan with a deduction that nothing allows is refused by the item's name.
    pub deduction_basis: Option<DeductionBasis>,
}

/// 控除の根拠 (労基法24条1項ただし書).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeductionBasis {
    /// 法令: the law itself allows it.
    Law,
    /// 24条協定: the written agreement names the item.
    Agreement,
}

/// 金額の決め方.
#[derive(Debug, Clone)]
pub enum AmountSource {
    /// 標準: base pay by pay type.
    BasePay,
    /// 固定支給.
    Fixed,
    /// 変動支給.
    Variable,
    /// 式, with the rounding of its result.
    Formula(Formula, Rounding),
}

/// How an item counts for tax, insurance, premiums and minimum wage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemClass {
    /// 課税区分.
    pub tax: ItemTaxClass,
    /// 社会保険の報酬.
    pub remuneration: RemunerationClass,
    /// 固定的賃金.
    pub fixed_wage: FixedWage,
    /// 労働保険の賃金.
    pub labor_wage: bool,
    /// 割増の基礎.
    pub premium_base: PremiumBase,
    /// 割増の基礎の分母.
    pub premium_base_divisor: PremiumBaseDivisor,
    /// 最低賃金の比較.
    pub minimum_wage_base: bool,
    /// 平均賃金・離職証明書の賃金.
    pub average_wage: AverageWageBase,
    /// 日割する.
    pub prorate: bool,
    /// 欠勤で減らす.
    pub reduce_on_absence: bool,
    /// 支給の周期, months; 1 = every month.
    pub pay_every_months: u8,
}

impl ItemClass {
    /// 通勤手当: free of tax within the limit of its month (所得税法施行令20条の2).
    #[must_use]
    pub const fn is_commuting(self) -> bool {
        matches!(self.tax, ItemTaxClass::CommutingPublicTransport | ItemTaxClass::CommutingVehicle)
    }

    /// 割増・法定内・固定残業超過額: taxed, 報酬, 労働保険の賃金, in no base.
    pub const PREMIUM_PAY: Self = Self {
        tax: ItemTaxClass::Taxable,
        remuneration: RemunerationClass::Included,
        fixed_wage: FixedWage::NotFixed,
        labor_wage: true,
        premium_base: PremiumBase::ExcludedPremiumPay,
        premium_base_divisor: PremiumBaseDivisor::Month,
        minimum_wage_base: false,
        average_wage: AverageWageBase::Included,
        prorate: false,
        reduce_on_absence: false,
        pay_every_months: 1,
    };
}

use kura_calendar::{Date, Month};
use kura_insurance::{Business, HealthParts, HealthRates, HealthRounding, Leave, RoundingAgreement};
use kura_model::{BonusExemption, InsurerCode};
use kura_yen::{Exact, Yen};

use super::previous_pay::PreviousPay;
use crate::formula::Value;
use crate::pay::{NotifiedPremium, TaxFacts};

/// What is true of one person for one bonus.
#[derive(Debug, Clone)]
pub struct PersonBonus {
    /// 支給額 通貨 as typed, yen: the amount of the 標準 item, or of the line 賞与 where the plan has none; `None` where the
    /// items carry it all.
    pub currency: Option<Yen>,
    /// 支給額 現物, yen.
    pub in_kind: Yen,
    /// 変動支給 and 固定支給 of the bonus items.
    pub given: Vec<GivenAmount>,
    /// The values of the plan's facts, in its order; `None` = unknown.
    pub facts: Vec<Option<Value<'static>>>,
    /// 健康保険・厚生年金.
    pub insurance: InsuranceFacts,
    /// 雇用保険: the business when covered on the 支給日; its rates are those of that day.
    pub employment_insurance: Option<Business>,
    /// 兼務役員: the part of the bonus that is wages, where only a part is.
    pub employee_part_of_officer_bonus: Option<Yen>,
    /// Income tax.
    pub tax: TaxFacts,
    /// 前月の給与（社会保険料控除後）.
    pub previous_pay: PreviousPay,
    /// 賞与の算定期間, months.
    pub period_months: u8,
}

/// 変動支給 or 固定支給 of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenAmount {
    /// Index of the item in the plan.
    pub item: usize,
    /// 金額, yen, or a factor for formulas; negative for a refund.
    pub amount: Exact,
}

/// What decides the premiums of a bonus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsuranceFacts {
    /// 生年月日.
    pub birth_date: Date,
    /// 健康保険の被保険者期間, in any order.
    pub health: Vec<Spell>,
    /// 厚生年金の被保険者期間; one that is still open ends by age on its own.
    pub pension: Vec<Spell>,
    /// 70歳以上被用者 on the 支給日, where the register says so (someone hired after 70 has no spell).
    pub aged_70_or_over: bool,
    /// The health insurer on the 支給日; needed when the person is insured.
    pub insurer: Option<HealthInsurer>,
    /// 介護保険の適用除外 in the payment month.
    pub care_exempt: bool,
    /// 特定被保険者: a society charges care outside the care ages too.
    pub care_specified_insured: bool,
    /// 支援金の端数.
    pub rounding: HealthRounding,
    /// 産休・育休 for which the exemption is or will be claimed.
    pub leaves: Vec<Leave>,
    /// 免除 as typed; 自動 follows the leaves.
    pub exemption: BonusExemption,
    /// The bonuses paid since April and not after this one; this one is not among them.
    pub earlier: Vec<EarlierBonus>,
    /// 他の保険者・他社の年度累計: 標準賞与額 typed in, yen; counts towards the yearly cap.
    pub other_health_standard_bonus: Yen,
    /// 二以上事業所勤務.
    pub two_establishments: Option<TwoEstablishmentsFacts>,
}

/// 被保険者期間.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// 資格取得日.
    pub acquired_on: Date,
    /// 資格喪失日: the day after the last day; `None` while it lasts.
    pub lost_on: Option<Date>,
}

/// 保険者 of health insurance on the 支給日.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthInsurer {
    /// 保険者コード: bonuses under the same code count towards one yearly cap.
    pub code: InsurerCode,
    /// The rates of the payment month.
    pub rates: InsurerRates,
    /// 端数処理の特約.
    pub agreement: RoundingAgreement,
}

/// Where the rates of a health insurer come from. Shares of 保険料調整制度 never reach a bonus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InsurerRates {
    /// 協会けんぽ, by 都道府県, shared by halves.
    Kyokai {
        /// 都道府県.
        prefecture: String,
    },
    /// 健康保険組合: its rates and shares of the payment month, care included; care is left out where none is due.
    Society(Box<HealthRates>),
}

/// A bonus of the same fiscal year that was paid before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierBonus {
    /// 支給日.
    pub paid_on: Date,
    /// 賞与（通貨） as it counts for social insurance, yen.
    pub currency: Yen,
    /// 賞与（現物）, yen.
    pub in_kind: Yen,
    /// The health insurer the person was insured with on that day; `None` when not insured: the bonus does not count.
    pub health_insurer: Option<InsurerCode>,
    /// Insured in 厚生年金, or 70歳以上被用者, on that day.
    pub pension_insured: bool,
    /// What was taken from it: needed for a bonus of the same month, where only the rest is taken now.
    pub taken: TakenPremiums,
}

impl EarlierBonus {
    /// 通貨と現物, yen.
    pub fn amount(&self) -> Yen {
        self.currency + self.in_kind
    }

    /// True for a bonus of the month, paid in the spell that began on a day.
    pub(super) fn is_of(&self, month: Month, since: Option<Date>) -> bool {
        month.contains(self.paid_on) && since.is_none_or(|since| since <= self.paid_on)
    }
}

/// Premiums that were taken from a bonus, employee's share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenPremiums {
    /// 健康保険料, care and levy included, yen.
    pub health: Yen,
    /// Its parts, where the history knows them.
    pub health_parts: Option<HealthParts<Yen>>,
    /// 厚生年金保険料, yen.
    pub pension: Yen,
}

impl TakenPremiums {
    /// Nothing was taken.
    pub const NONE: Self = Self {
        health: Yen::ZERO,
        health_parts: Some(HealthParts { health: Yen::ZERO, care: Yen::ZERO, support_levy: Yen::ZERO }),
        pension: Yen::ZERO,
    };

    /// The parts, where they are known and sum to what was taken.
    pub(super) fn known_parts(self) -> Option<HealthParts<Yen>> {
        self.health_parts.filter(|parts| parts.health + parts.care + parts.support_levy == self.health)
    }

    /// Together with those of another bonus.
    pub(super) fn plus(self, other: Self) -> Self {
        let parts = self.health_parts.zip(other.health_parts).map(|(mine, others)| HealthParts {
            health: mine.health + others.health,
            care: mine.care + others.care,
            support_levy: mine.support_levy + others.support_levy,
        });
        Self { health: self.health + other.health, health_parts: parts, pension: self.pension + other.pension }
    }
}

/// 二以上事業所勤務: one of the two must be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoEstablishmentsFacts {
    /// The bonuses the other establishment pays in the month, yen, 0 where it pays none; `None` = unknown.
    pub other_bonus: Option<Yen>,
    /// The full amounts of this establishment that the pension office notified; they stand in place of the computed split.
    pub notified: Option<NotifiedPremium>,
}

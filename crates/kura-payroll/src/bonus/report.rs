use kura_calendar::{Date, Length, Month, PeriodStart, period_end};
use kura_law::{CitationId, Law, LawError};
use kura_model::MonthsOfYear;
use kura_yen::Yen;

use super::insured::{Charge, Insured};
use super::person::{EarlierBonus, InsuranceFacts};
use super::{BonusError, BonusPlan};

const RULES: &str = "social_insurance_rules";

/// 被保険者賞与支払届 (2265700): what it says of one person. People whose premium is exempt or above the cap, and those of a
/// month of loss, are reported like all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BonusReport {
    /// 賞与支払年月日: the last payment of the month so far.
    pub paid_on: Date,
    /// 通貨によるものの額: the bonuses of the month together, yen, before any rounding.
    pub currency: Yen,
    /// 現物によるものの額, yen.
    pub in_kind: Yen,
    /// 備考欄: 70歳以上被用者.
    pub over_70: bool,
    /// 備考欄: 二以上勤務.
    pub multi_office: bool,
    /// 備考欄: the day of the first payment, when bonuses of one month are added up.
    pub same_month_first_day: Option<u8>,
    /// 70歳以上被用者届のみ提出: insured in neither scheme any more.
    pub only_over_70: bool,
    /// 健康保険: how the bonus stands.
    pub health: Charge,
    /// 厚生年金: how the bonus stands.
    pub pension: Charge,
    /// 提出期限, before it is moved off a closed day.
    pub due: Date,
    /// Where the duty comes from.
    pub citation: CitationId,
}

impl BonusPlan<'_> {
    /// What 2265700 says; nothing for a person outside both schemes, and nothing below the unit of 標準賞与額.
    pub(super) fn report(
        &self,
        facts: &InsuranceFacts,
        insured: &Insured,
        currency: Yen,
        in_kind: Yen,
    ) -> Result<Option<BonusReport>, BonusError> {
        if !insured.is_reported() {
            return Ok(None);
        }
        let month = self.payment_month();
        let since = insured.health_since.or(insured.pension_since);
        let counts = |bonus: &&EarlierBonus| {
            let reported = bonus.health_insurer.is_some() || bonus.pension_insured;
            reported && bonus.paid_on <= self.paid_on && bonus.is_of(month, since)
        };
        let earlier: Vec<&EarlierBonus> = facts.earlier.iter().filter(counts).collect();
        let currency = currency + earlier.iter().map(|bonus| bonus.currency).sum();
        let in_kind = in_kind + earlier.iter().map(|bonus| bonus.in_kind).sum();
        let unit = self.law.figure(RULES, "standard_bonus.truncate_below_yen", self.paid_on)?.yen()?;
        if currency + in_kind < unit {
            return Ok(None);
        }
        let days = self.law.figure(RULES, "standard_bonus.report_within_days", self.paid_on)?;
        let days_after = u16::try_from(days.integer()?).map_err(|_| days.unreadable("日数ではありません"))?;
        let first_day = earlier.iter().map(|bonus| bonus.paid_on).min();
        Ok(Some(BonusReport {
            paid_on: self.paid_on,
            currency,
            in_kind,
            over_70: insured.over_70,
            multi_office: facts.two_establishments.is_some(),
            same_month_first_day: first_day.map(|day| day.day().unsigned_abs()),
            only_over_70: insured.over_70 && !insured.health.is_insured() && !insured.pension.is_insured(),
            health: insured.health,
            pension: insured.pension,
            due: period_end(self.paid_on, PeriodStart::DayNotCounted, Length::Days(days_after))?,
            citation: days.citation(),
        }))
    }
}

/// 賞与不支給報告書: a registered month went by without a bonus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoBonusReport {
    /// 賞与支払予定月.
    pub month: Month,
    /// Where the duty comes from.
    pub citation: CitationId,
}

/// Whether an establishment owes a 賞与不支給報告書 for a month: the month is registered, and nobody who would be reported was
/// paid a bonus in it. `reported` are the 支給日 of the establishment's bonuses that are reported.
pub fn no_bonus_report(
    law: &Law,
    registered: Option<MonthsOfYear>,
    month: Month,
    reported: &[Date],
) -> Result<Option<NoBonusReport>, LawError> {
    let registered = registered.is_some_and(|months| months.contains(month));
    if !registered || reported.iter().any(|paid_on| month.contains(*paid_on)) {
        return Ok(None);
    }
    let citation = law.figure(RULES, "standard_bonus.no_bonus_report", month.first_day())?.citation();
    Ok(Some(NoBonusReport { month, citation }))
}

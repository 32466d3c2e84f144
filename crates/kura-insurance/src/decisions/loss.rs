use kura_calendar::{CalendarError, Date, Month, age_on, birthday_in, reaches_age_on};
use kura_law::{CitationId, Cited, Law};

use crate::coverage::{coverage_months, day_after};
use crate::decisions::{DecisionError, Explanation, wording};
use crate::figures::{self, SOCIAL};

/// 資格喪失の原因.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LossCause {
    /// 退職: the last day of employment.
    Left(Date),
    /// 死亡: the day of death.
    Died(Date),
    /// 要件を満たさなくなった（契約時間の変更など）: the last day on which they were met.
    ConditionsEnded(Date),
    /// 退職後の継続再雇用（同日得喪）: the day of the new contract.
    Rehired(Date),
    /// 年齢: what is lost by age and not by leaving, on 70 and on 75.
    Age,
}

/// 健康保険・厚生年金保険の資格喪失.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocialLoss {
    /// 健康保険; `None` when it is not lost by this cause.
    pub health: Option<SchemeLoss>,
    /// 厚生年金保険; `None` when it is not lost by this cause.
    pub pension: Option<SchemeLoss>,
    /// 70歳以上被用者の不該当日: the last day itself, for a person aged 70 or over.
    pub aged_70_ends: Option<Date>,
    /// Why.
    pub explanation: Explanation,
}

/// The loss of one scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemeLoss {
    /// 資格喪失日.
    pub loss_date: Date,
    /// The last month charged.
    pub last_charged: Month,
    /// 同月得喪.
    pub same_month: bool,
}

/// 雇用保険の資格喪失.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmploymentLoss {
    /// 離職等年月日.
    pub separated_on: Date,
    /// 資格喪失日, the day after.
    pub loss_date: Date,
    /// Why.
    pub explanation: Explanation,
}

/// The loss of 健康保険 (健康保険法36条) and 厚生年金保険 (厚生年金保険法14条) by a cause: the day after the last day; at 70 the
/// day before the birthday (pension), at 75 the birthday (health), on re-employment the day of the new contract.
pub fn social_loss(law: &Law, acquired: Date, birth_date: Date, cause: LossCause) -> Result<SocialLoss, DecisionError> {
    let mut explanation = Explanation::default();
    let ends = Ends::of(law, birth_date, acquired)?;
    let spell = Spell { law, acquired };
    let Some(last_day) = cause.last_day(&mut explanation)? else { return spell.by_age(&ends, explanation) };
    let loss_date = day_after(last_day)?;
    if let LossCause::Rehired(_) = cause
        && !may_be_rehired(law, birth_date, loss_date, &mut explanation)?
    {
        return Ok(SocialLoss { health: None, pension: None, aged_70_ends: None, explanation });
    }
    let still = |end: &Cited<Date>| last_day < end.value;
    let (has_health, has_pension) = (still(&ends.health), still(&ends.pension));
    let health = if has_health { Some(spell.lost("健康保険", loss_date, None, &mut explanation)?) } else { None };
    let pension =
        if has_pension { Some(spell.lost("厚生年金保険", loss_date, None, &mut explanation)?) } else { None };
    if !has_health {
        explanation.cite(ends.health.citation, "健康保険の資格は年齢によりすでに失っています。");
    }
    let aged_70_ends = (!has_pension).then_some(last_day);
    if let Some(day) = aged_70_ends {
        explanation.cite(
            ends.pension.citation,
            format!(
                "厚生年金保険の資格は年齢によりすでに失っています。70歳以上被用者の不該当日は{}です（翌日ではありません）。",
                wording::day(day)
            ),
        );
    }
    Ok(SocialLoss { health, pension, aged_70_ends, explanation })
}

/// The loss of 雇用保険 (雇用保険法7条): the day after the last day. Age and re-employment without a break end nothing.
pub fn employment_loss(cause: LossCause) -> Result<Option<EmploymentLoss>, DecisionError> {
    let mut explanation = Explanation::default();
    if let LossCause::Rehired(_) = cause {
        return Ok(None);
    }
    let Some(separated_on) = cause.last_day(&mut explanation)? else { return Ok(None) };
    let loss_date = day_after(separated_on)?;
    explanation.say(format!(
        "雇用保険の資格は{}に失います（離職等の日は{}）。",
        wording::day(loss_date),
        wording::day(separated_on)
    ));
    Ok(Some(EmploymentLoss { separated_on, loss_date, explanation }))
}

impl LossCause {
    /// The last day insured; `None` where age alone decides.
    fn last_day(self, explanation: &mut Explanation) -> Result<Option<Date>, DecisionError> {
        let (day, what) = match self {
            Self::Left(day) => (day, "退職日"),
            Self::Died(day) => (day, "死亡した日"),
            Self::ConditionsEnded(day) => (day, "要件を満たす最後の日"),
            Self::Rehired(day) => (day.yesterday().map_err(|_| CalendarError::OutOfRange)?, "再雇用の前日"),
            Self::Age => return Ok(None),
        };
        explanation.say(format!("{what}は{}です。資格はその翌日に失います。", wording::day(day)));
        Ok(Some(day))
    }
}

fn may_be_rehired(law: &Law, birth_date: Date, on: Date, explanation: &mut Explanation) -> Result<bool, DecisionError> {
    let age = figures::small::<u8>(law, SOCIAL, "age_boundaries.same_day_rehire_age", on)?;
    let old_enough = age_on(birth_date, on).is_some_and(|years| years >= age.value);
    let text = if old_enough {
        format!("{}歳以上の継続再雇用なので、再雇用の日に喪失と取得を同時に届け出ます（同日得喪）。", age.value)
    } else {
        format!("{}歳未満なので、継続再雇用の同日得喪はできません。資格は続きます。", age.value)
    };
    explanation.cite(age.citation, text);
    Ok(old_enough)
}

/// The days the two schemes end by age.
struct Ends {
    health: Cited<Date>,
    pension: Cited<Date>,
}

impl Ends {
    fn of(law: &Law, birth_date: Date, on: Date) -> Result<Self, DecisionError> {
        let health = figures::small::<u8>(law, SOCIAL, "age_boundaries.health_end_age", on)?;
        let pension = figures::small::<u8>(law, SOCIAL, "age_boundaries.pension_end_age", on)?;
        let cited = |value: Date, citation: CitationId| Cited { value, citation };
        Ok(Self {
            health: cited(birthday_in(birth_date, health.value)?, health.citation),
            pension: cited(reaches_age_on(birth_date, pension.value)?, pension.citation),
        })
    }
}

/// A spell of insured status from its first day.
struct Spell<'law> {
    law: &'law Law,
    acquired: Date,
}

impl Spell<'_> {
    fn by_age(&self, ends: &Ends, mut explanation: Explanation) -> Result<SocialLoss, DecisionError> {
        let mut at = |scheme, end: &Cited<Date>| -> Result<Option<SchemeLoss>, DecisionError> {
            if end.value <= self.acquired {
                return Ok(None);
            }
            self.lost(scheme, end.value, Some(end.citation), &mut explanation).map(Some)
        };
        let pension = at("厚生年金保険", &ends.pension)?;
        let health = at("健康保険", &ends.health)?;
        Ok(SocialLoss { health, pension, aged_70_ends: None, explanation })
    }

    fn lost(
        &self,
        scheme: &str,
        loss_date: Date,
        by_age: Option<CitationId>,
        explanation: &mut Explanation,
    ) -> Result<SchemeLoss, DecisionError> {
        let last_day = loss_date.yesterday().map_err(|_| CalendarError::OutOfRange)?;
        let months = coverage_months(self.law, self.acquired, last_day)?;
        let [_, last_citation] = months.citations;
        let why = if by_age.is_some() { "年齢により、" } else { "" };
        let same = if months.same_month {
            "取得した月に失うので、その月の保険料がかかります"
        } else {
            "保険料"
        };
        let text = if months.same_month {
            format!("{why}{scheme}の資格を{}に失います。{same}。", wording::day(loss_date))
        } else {
            format!(
                "{why}{scheme}の資格を{}に失います。{same}は{}分までです。",
                wording::day(loss_date),
                wording::month(months.last_charged)
            )
        };
        explanation.cite(by_age.unwrap_or(last_citation), text);
        Ok(SchemeLoss { loss_date, last_charged: months.last_charged, same_month: months.same_month })
    }
}

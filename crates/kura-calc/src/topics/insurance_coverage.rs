//! Topics of 被保険者資格: ages, months of a spell, exemption during leaves, sickness allowance.

use kura_insurance::{
    InsuranceAges, Leave, LeaveKind, bonus_exemption, first_charged_month, last_charged_month, month_exemption,
    sickness_allowance,
};
use kura_law::Law;

use super::figures_day::{figures_day, pack_day};
use super::limits::STANDARD_YEN_MAX;
use crate::answer::Answer;
use crate::error::CalcError;
use crate::request::Request;

/// 年齢到達: the premium months an age opens and closes.
pub(crate) fn insurance_ages(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let birth_date = request.date("birth_date")?;
    request.finish()?;

    let mut answer = Answer::new();
    if let Some(birth_date) = birth_date {
        let ages = InsuranceAges::of(law, birth_date, pack_day(law)?)?;
        let fields = answer.fields();
        fields.month("care_first_month", ages.care_first_month);
        fields.month("care_last_month", ages.care_last_month);
        fields.month("pension_last_month", ages.pension_last_month);
        fields.month("health_last_month", ages.health_last_month);
        fields.object("reached", |reached| {
            for (age, day) in ages.reached {
                reached.date(&age.to_string(), day);
            }
        });
        answer.cite(ages.citations());
    }
    answer.or_missing(request, &["birth_date"])
}

/// 資格取得・喪失: the months charged.
pub(crate) fn coverage_months(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let acquired = request.date("acquired")?;
    let last_day = request.date("last_day")?;
    request.finish()?;

    let mut answer = Answer::new();
    match (acquired, last_day) {
        (Some(acquired), Some(last_day)) => {
            let spell = kura_insurance::coverage_months(law, acquired, last_day)?;
            answer.fields().month("first_charged_month", spell.first_charged);
            answer.fields().month("last_charged_month", spell.last_charged);
            answer.fields().flag("same_month", spell.same_month);
            answer.cite(spell.citations);
        }
        (Some(acquired), None) => {
            let first = first_charged_month(law, acquired)?;
            answer.fields().month("first_charged_month", first.value);
            answer.cite([first.citation]);
        }
        (None, Some(last_day)) => {
            let last = last_charged_month(law, last_day)?;
            answer.fields().month("last_charged_month", last.value);
            answer.cite([last.citation]);
        }
        (None, None) => {}
    }
    answer.or_missing(request, &["last_day"])
}

/// 産休・育休の保険料免除.
pub(crate) fn leave_exemption(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let kind = request.choice("kind", &[("maternity", LeaveKind::Maternity), ("childcare", LeaveKind::Childcare)])?;
    let start = request.date("start")?;
    let end = request.date("end")?;
    let worked_days = request.integer::<u16>("worked_days", 0..=366)?;
    let month = request.month("month")?;
    let bonus_month = request.month("bonus_month")?;
    request.finish()?;

    if month.is_some() && bonus_month.is_some() {
        let message = "month と bonus_month は一緒に指定できません。";
        return Err(CalcError::wrong_combination("bonus_month", message, "どちらか一つにしてください。"));
    }
    let mut answer = Answer::new();
    if let (Some(kind), Some(start), Some(end)) = (kind, start, end) {
        let leave = Leave { kind, start, end, worked_days: worked_days.unwrap_or_default() };
        let of_month = month.map(|month| month_exemption(law, &leave, month)).transpose()?;
        let of_bonus = bonus_month.map(|month| bonus_exemption(law, &leave, month)).transpose()?;
        if let Some(exemption) = of_month.or(of_bonus) {
            answer.fields().flag("exempt", exemption.exempt);
            answer.fields().text("rule", exemption.rule.name());
            answer.cite([exemption.citation]);
        }
    }
    answer.or_missing(request, &["kind", "start", "end", "month"])
}

/// 傷病手当金の日額.
pub(crate) fn sickness_daily(request: &mut Request<'_>, law: &Law) -> Result<Answer, CalcError> {
    let day = figures_day(request, law)?;
    let average = request.decimal("average_standard", 0..=STANDARD_YEN_MAX)?;
    request.finish()?;

    let mut answer = Answer::new();
    if let Some(average) = average {
        let allowance = sickness_allowance(law, day, average)?;
        answer.fields().yen("daily_standard", allowance.daily_standard);
        answer.fields().yen("daily_benefit", allowance.daily_benefit);
        answer.cite(allowance.citations);
    }
    answer.or_missing(request, &["average_standard"])
}

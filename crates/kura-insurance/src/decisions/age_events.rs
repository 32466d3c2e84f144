use kura_calendar::{Date, Month, reaches_age_on};
use kura_law::Law;

use crate::InsuranceAges;
use crate::decisions::{DecisionError, Explanation, wording};
use crate::figures::{self, SOCIAL};

/// 年齢による変わり目 of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeEvent {
    /// 年齢.
    pub age: u8,
    /// What happens.
    pub kind: AgeEventKind,
    /// The day it happens: the day before the birthday, at 75 the birthday itself.
    pub on: Date,
    /// The month of that day: from its premium on things are different.
    pub month: Month,
    /// What follows, with the premium months.
    pub explanation: Explanation,
}

/// What an age brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgeEventKind {
    /// 40歳: 介護保険料の始まり.
    CareStarts,
    /// 60歳: 同日得喪, 賃金証明.
    SameDayRehire,
    /// 65歳: 介護保険料の終わり.
    CareEnds,
    /// 65歳: 高年齢被保険者.
    ElderlyInsured,
    /// 70歳: 厚生年金保険の資格喪失.
    PensionEnds,
    /// 75歳: 健康保険の資格喪失.
    HealthEnds,
}

/// The age events of a person in order, by the law in force on a day (介護保険法9条2号, 厚生年金保険法14条5号,
/// 高齢者の医療の確保に関する法律50条, 年齢計算ニ関スル法律).
pub fn age_events(law: &Law, birth_date: Date, on: Date) -> Result<Vec<AgeEvent>, DecisionError> {
    let ages = InsuranceAges::of(law, birth_date, on)?;
    let mut events = Vec::with_capacity(6);
    for kind in [
        AgeEventKind::CareStarts,
        AgeEventKind::SameDayRehire,
        AgeEventKind::CareEnds,
        AgeEventKind::ElderlyInsured,
        AgeEventKind::PensionEnds,
        AgeEventKind::HealthEnds,
    ] {
        events.push(event(law, kind, birth_date, on, &ages)?);
    }
    Ok(events)
}

fn event(
    law: &Law,
    kind: AgeEventKind,
    birth_date: Date,
    on: Date,
    ages: &InsuranceAges,
) -> Result<AgeEvent, DecisionError> {
    let age = figures::small::<u8>(law, SOCIAL, age_key(kind), on)?;
    let reached = reaches_age_on(birth_date, age.value)?;
    let happens =
        if kind == AgeEventKind::HealthEnds { kura_calendar::birthday_in(birth_date, age.value)? } else { reached };
    let mut explanation = Explanation::default();
    let day_word = if kind == AgeEventKind::HealthEnds { "誕生日" } else { "誕生日の前日" };
    explanation.cite(age.citation, format!("{}に{}歳です（{day_word}）。", wording::day(happens), age.value));
    explanation.say(follows(kind, happens, ages));
    Ok(AgeEvent { age: age.value, kind, on: happens, month: Month::of(happens), explanation })
}

const fn age_key(kind: AgeEventKind) -> &'static str {
    match kind {
        AgeEventKind::CareStarts => "age_boundaries.care_start_age",
        AgeEventKind::SameDayRehire => "age_boundaries.same_day_rehire_age",
        AgeEventKind::CareEnds => "age_boundaries.care_end_age",
        AgeEventKind::ElderlyInsured => "age_boundaries.elderly_insured_age",
        AgeEventKind::PensionEnds => "age_boundaries.pension_end_age",
        AgeEventKind::HealthEnds => "age_boundaries.health_end_age",
    }
}

fn follows(kind: AgeEventKind, happens: Date, ages: &InsuranceAges) -> String {
    let month = |month: Month| wording::month(month);
    match kind {
        AgeEventKind::CareStarts => {
            format!("介護保険料は{}分からかかります（適用除外の人を除く）。", month(ages.care_first_month))
        }
        AgeEventKind::SameDayRehire => {
            "退職後に引き続き再雇用されるときは同日得喪ができます。雇用保険の賃金証明（六十歳到達時）を確かめてください。"
                .to_owned()
        }
        AgeEventKind::CareEnds => format!(
            "介護保険料を給与から取るのは{}分までです。年金を受ける権利があるときは、扶養の配偶者の第3号の終わりを確かめてください。",
            month(ages.care_last_month)
        ),
        AgeEventKind::ElderlyInsured => {
            "雇用保険では高年齢被保険者になります。雇用保険料は引き続きかかります。".to_owned()
        }
        AgeEventKind::PensionEnds => format!(
            "厚生年金保険の資格を{}に失い、保険料は{}分までです。続けて働く人は70歳以上被用者で、標準報酬月額の相当額が変わるときだけ届け出ます。",
            wording::day(happens),
            month(ages.pension_last_month)
        ),
        AgeEventKind::HealthEnds => format!(
            "健康保険の資格を{}に失い、保険料は{}分までです。被扶養者も同じ日に資格を失います。喪失届が要ります。",
            wording::day(happens),
            month(ages.health_last_month)
        ),
    }
}

//! Words of findings and of the list of judgements. They hold no amount of a person.

use kura_calendar::{Date, Month};
use kura_insurance::decisions::{SchemeJudgement, Verdict};

/// `2026年8月`.
pub(super) fn month(month: Month) -> String {
    format!("{}年{}月", month.year(), month.month())
}

/// `４月６日`, as a form is filled in.
pub(super) fn wide_day(day: Date) -> String {
    format!("{}月{}日", wide(i64::from(day.month())), wide(i64::from(day.day())))
}

/// `15,000` in full-width digits, without the comma a form cannot hold.
pub(super) fn wide(number: i64) -> String {
    let digit = |one: char| match one.to_digit(10).and_then(|digit| char::from_u32(0xFF10_u32.saturating_add(digit))) {
        Some(wide) => wide,
        None => one,
    };
    number.to_string().chars().map(digit).collect()
}

/// What a revision comes to for 健保 and 厚年, said once where both agree.
pub(super) fn judged(schemes: [Option<SchemeJudgement>; 2]) -> String {
    let words = schemes.map(|scheme| scheme.map(|scheme| verdict(scheme.verdict)));
    match words {
        [Some(health), Some(pension)] if health != pension => {
            format!("健康保険は{health}、厚生年金保険は{pension}")
        }
        [Some(word), _] | [None, Some(word)] => word.to_owned(),
        [None, None] => "対象の標準報酬月額がない".to_owned(),
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Revised => "改定する",
        Verdict::RevisedAtEdge => "改定する（等級表の端の1等級の差）",
        Verdict::TooFewGrades => "改定しない（等級の差が足りない）",
        Verdict::AgainstDirection => "改定しない（固定的賃金と等級の向きが逆）",
        Verdict::CurrentPayUnknown => "判断できない（従前の報酬月額が分からない）",
    }
}

//! Short spellings for the facts of a test.

use kura_calendar::{Date, Month, parse_iso_date, parse_iso_month};
use kura_insurance::decisions::{CurrentStandard, Explanation, FullMonth, PaidMonth, PayPeriod};
use kura_law::Law;
use kura_yen::Yen;

pub(crate) fn law() -> &'static Law {
    Law::embedded().expect("the law pack is readable")
}

pub(crate) fn date(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

pub(crate) fn month(text: &str) -> Month {
    parse_iso_month(text).unwrap()
}

/// A whole month's pay, paid on the 25th for the calendar month before.
pub(crate) fn paid(payment_month: &str, base_days: u8, currency: i64) -> PaidMonth {
    let payment_month = month(payment_month);
    let worked = payment_month.previous();
    PaidMonth {
        payment_month,
        paid_on: payment_month.day_or_last(25),
        fixed_period: PayPeriod { from: worked.first_day(), to: worked.last_day() },
        base_days,
        full_month: FullMonth::Full,
        currency: Yen::new(currency),
        in_kind: Yen::ZERO,
        fixed_part: Yen::new(currency),
        retroactive: Yen::ZERO,
    }
}

/// Pay of the same calendar month, paid in it.
pub(crate) fn paid_same_month(payment_month: &str, base_days: u8, currency: i64) -> PaidMonth {
    let month = month(payment_month);
    let fixed_period = PayPeriod { from: month.first_day(), to: month.last_day() };
    PaidMonth { fixed_period, ..paid(payment_month, base_days, currency) }
}

pub(crate) fn standard(both: i64) -> CurrentStandard {
    CurrentStandard { health: Some(Yen::new(both)), pension: Some(Yen::new(both)), remuneration: None }
}

/// A sentence of an explanation stands on a figure of law, and is said.
pub(crate) fn says(explanation: &Explanation, sentence: &str) {
    let found = explanation.steps().iter().find(|step| step.text.contains(sentence));
    assert!(found.is_some(), "not said: {sentence}\nbut:\n{}", explanation.text());
}

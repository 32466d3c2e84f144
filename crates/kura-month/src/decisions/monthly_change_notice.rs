use kura_calendar::Month;
use kura_filing::{MonthlyChangeNotice, PayChange, PayChangeKind, PayNotice, Retroactive};
use kura_insurance::decisions::{CurrentStandard, Direction, JudgedRevision, PaidMonth, WorkerClass};
use kura_yen::Yen;

use super::insured::Insured;
use super::subject::{Subject, month_pay};
use crate::stop::Stop;

/// 昇給・降給の理由 holds so many full-width characters.
const REASON_CHARACTERS: usize = 37;

/// What 月額変更届 is made from.
pub(super) struct MonthlyChange<'of> {
    pub(super) subject: &'of Subject<'of>,
    pub(super) insured: &'of Insured<'of>,
    pub(super) worker: WorkerClass,
    pub(super) current: CurrentStandard,
    pub(super) current_from: Month,
    pub(super) history: &'of [PaidMonth],
    /// 起算月.
    pub(super) first: Month,
    pub(super) direction: Direction,
    pub(super) what: &'of str,
    pub(super) judged: &'of JudgedRevision,
}

/// 月額変更届 (2221700) of a person.
pub(super) fn notice(change: &MonthlyChange<'_>) -> Result<MonthlyChangeNotice, Stop> {
    let MonthlyChange { subject, insured, judged, first, .. } = change;
    let pay = |months: i32| month_pay(change.history, first.plus(months));
    let months = [pay(0), pay(1), pay(2)];
    let pay = subject.pay_notice(insured, change.current, change.current_from, judged.begins, months)?;
    Ok(MonthlyChangeNotice {
        pay: PayNotice {
            pay_change: Some(pay_change(*first, change.direction)),
            retroactive: retroactive(change.history.iter().filter(|paid| *first <= paid.payment_month)),
            corrected_average: judged.corrected.as_ref().map(|corrected| corrected.average),
            ..pay
        },
        short_time: change.worker == WorkerClass::ShortTimeWorker,
        reason: reason(change.what),
        health_only: judged.health_only(),
    })
}

fn reason(what: &str) -> String {
    let reason = format!("{what}の変更");
    if reason.chars().count() <= REASON_CHARACTERS { reason } else { "固定的賃金の変更".to_owned() }
}

/// 昇（降）給: the month of the payment that carries it, and which way.
pub(super) fn pay_change(first: Month, direction: Direction) -> PayChange {
    let kind = match direction {
        Direction::Raise => PayChangeKind::Raise,
        Direction::Cut => PayChangeKind::Cut,
    };
    PayChange { month: number(first), kind }
}

/// 遡及支払: the first payment that holds a part of earlier months.
pub(super) fn retroactive<'paid>(paid: impl IntoIterator<Item = &'paid PaidMonth>) -> Option<Retroactive> {
    let paid = paid.into_iter().find(|paid| paid.retroactive != Yen::ZERO)?;
    Some(Retroactive { month: number(paid.payment_month), amount: paid.retroactive })
}

fn number(month: Month) -> u8 {
    month.month().unsigned_abs()
}

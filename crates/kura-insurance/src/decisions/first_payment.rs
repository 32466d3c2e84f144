//! 起算月: the first payment that carries a change of fixed pay for a whole pay period.

use kura_calendar::{Date, Month};
use kura_law::{CitationId, Law};
use kura_yen::Yen;

use crate::coverage::day_after;
use crate::decisions::paid_month::PayHistory;
use crate::decisions::{DecisionError, Direction, Explanation, FullMonth, PaidMonth, REMUNERATION, wording};

/// A change of fixed pay or of the pay system (固定的賃金の変動・給与体系の変更).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedPayChange<'a> {
    /// What changed, as the reader knows it: 基本給, 通勤手当, 契約時間.
    pub what: &'a str,
    /// Fixed pay before, yen: a month, a day or an hour; for another pay system or other hours the contract pay of a month;
    /// of several changes at once their sum. A new allowance: 0.
    pub before: Yen,
    /// Fixed pay after, in the same unit. An abolished allowance: 0.
    pub after: Yen,
    /// 適用開始日: the day the right changes, not the day of payment.
    pub effective_on: Date,
    /// 決定日 where the change was decided after its 適用開始日 and the difference is paid later.
    pub decided_on: Option<Date>,
    /// Paid late although it was decided in time: the month it was due counts.
    pub paid_late_by_mistake: bool,
}

impl FixedPayChange<'_> {
    /// 昇給 or 降給; `None` when nothing changed.
    pub fn direction(&self) -> Option<Direction> {
        Direction::between(self.before.get(), self.after.get())
    }

    /// The day from which a payment can carry it: the day of decision where that came late.
    fn payable_from(&self) -> Option<Date> {
        self.decided_on.filter(|_| !self.paid_late_by_mistake)
    }
}

/// The month of the first payment that carries the change for a whole pay period: in the history, or the one to come.
///
/// A payment of 休職 or of a joiner's or leaver's part of a month does not carry it. `None` when there is no payment to count from.
pub(crate) fn first_changed_payment(
    law: &Law,
    change: &FixedPayChange<'_>,
    history: &PayHistory<'_>,
    explanation: &mut Explanation,
) -> Result<Option<Month>, DecisionError> {
    let rule = law.figure(REMUNERATION, "zuiji.first_changed_payment", change.effective_on)?;
    if change.paid_late_by_mistake {
        explanation
            .cite(rule.citation(), "支払の誤りで遅れて支払われた変更は、本来支払うべきだった月を起算月にします。");
    }
    let from_effective = history.iter().filter(|paid| paid.fixed_period.to >= change.effective_on);
    for paid in from_effective {
        match carries(change, paid) {
            Carries::Whole => {
                explanation.cite(rule.citation(), say_first(change, paid));
                return Ok(Some(paid.payment_month));
            }
            not_yet => explanation.cite(rule.citation(), say_not_yet(not_yet, change, paid)),
        }
    }
    let Some(last) = history.last() else {
        explanation.say("給与履歴に支給がないので、起算月を決められません。");
        return Ok(None);
    };
    projected(change, last, rule.citation(), explanation).map(Some)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Carries {
    Whole,
    PartOfPeriod,
    BeforeDecision,
    NotPaidInFull,
}

fn carries(change: &FixedPayChange<'_>, paid: &PaidMonth) -> Carries {
    if paid.fixed_period.from < change.effective_on {
        Carries::PartOfPeriod
    } else if change.payable_from().is_some_and(|from| paid.paid_on < from) {
        Carries::BeforeDecision
    } else if matches!(paid.full_month, FullMonth::Leave | FullMonth::ProratedJoin | FullMonth::ProratedLeaving) {
        Carries::NotPaidInFull
    } else {
        Carries::Whole
    }
}

fn say_first(change: &FixedPayChange<'_>, paid: &PaidMonth) -> String {
    let what = change.what;
    let (day, month) = (wording::day(paid.paid_on), wording::month(paid.payment_month));
    match change.payable_from() {
        Some(decided_on) => format!(
            "{what}の変更は{}に決まり、変更後の額が1か月分支払われた最初の支給は{day}です。起算月は{month}です。",
            wording::day(decided_on)
        ),
        None => format!("{what}の変更を1か月分含む最初の支給は{day}です。起算月は{month}です。"),
    }
}

fn say_not_yet(carries: Carries, change: &FixedPayChange<'_>, paid: &PaidMonth) -> String {
    let day = wording::day(paid.paid_on);
    let period = format!("{}から{}まで", wording::day(paid.fixed_period.from), wording::day(paid.fixed_period.to));
    match carries {
        Carries::PartOfPeriod => format!(
            "{day}の支給（対象期間{period}）は、{}からの変更を期間の途中から含むだけなので、起算月にしません。",
            wording::day(change.effective_on)
        ),
        Carries::BeforeDecision => format!("{day}の支給は変更が決まる前の額なので、起算月にしません。"),
        Carries::NotPaidInFull | Carries::Whole => format!(
            "{day}の支給は{}で、変更後の額が1か月分支払われていないので、起算月にしません。",
            paid.full_month.japanese()
        ),
    }
}

/// The payment to come: the periods follow each other month by month.
fn projected(
    change: &FixedPayChange<'_>,
    last: &PaidMonth,
    rule: CitationId,
    explanation: &mut Explanation,
) -> Result<Month, DecisionError> {
    let next_from = day_after(last.fixed_period.to)?;
    let next_month = Month::of(next_from);
    let wanted = Month::of(change.effective_on);
    // The first period that begins on or after the change, so many months after the next one.
    let mut ahead = wanted.months_since(next_month).max(0);
    if next_month.plus(ahead).day_or_last(next_from.day()) < change.effective_on {
        ahead = ahead.saturating_add(1);
    }
    let by_period = last.payment_month.next().plus(ahead);
    let by_decision = change.payable_from().map_or(by_period, Month::of);
    let first = by_period.max(by_decision);
    explanation.cite(
        rule,
        format!(
            "{}の変更を1か月分含む支給はまだありません。最初の支給は{}の見込みです。",
            change.what,
            wording::month(first)
        ),
    );
    Ok(first)
}

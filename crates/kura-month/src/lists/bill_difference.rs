use kura_calendar::Month;
use kura_insurance::BillLines;
use kura_model::{LeaveKind, PremiumNotice, Scheme};
use kura_payroll::pay::PremiumDue;
use kura_yen::{Exact, Yen};

use super::captions;
use super::premium_bill::{Insured, PremiumBill};
use crate::client_month::ClientMonth;
use crate::person::PersonFacts;
use crate::premiums::{self, FullPremium};
use crate::stop::Stop;

/// How many months back a change may still move the bill of a month.
const RECENT_MONTHS: i32 = 3;

/// A fact of a person that the authority may have taken into the bill of the month in another way than we did.
struct Cause {
    words: String,
    /// What it would add to our bill.
    adds: FullPremium,
}

/// Why 納入告知額 differs from our bill: each difference with the change that makes it, to the yen; where none does, what to look at.
pub(super) fn explanation(month: &ClientMonth<'_>, bill: &PremiumBill<'_, '_>) -> Vec<String> {
    let Some(notice) = bill.notice else {
        return vec!["納入告知額は、届いたら「納入告知」のシートに入力してください。".to_owned()];
    };
    let Ok(ours) = bill.lines() else { return Vec::new() };
    let differences = differences(notice, ours);
    if differences.iter().all(|difference| *difference == Yen::ZERO) {
        return vec!["一致しています。".to_owned()];
    }
    if differences.iter().all(|difference| (-1..=1).contains(&difference.get())) {
        return vec!["端数の差です（1円未満の切捨ての位置による1円の差）。".to_owned()];
    }
    let causes = causes(month, bill);
    let explains = |adds: FullPremium| bill.lines_with(adds).is_ok_and(|lines| agrees(notice, lines));
    if let Some(cause) = causes.iter().find(|cause| explains(cause.adds)) {
        return vec![format!("差の原因: {}。", cause.words)];
    }
    for (at, one) in causes.iter().enumerate() {
        for other in causes.iter().skip(at.saturating_add(1)) {
            if one.adds.plus(other.adds).is_ok_and(explains) {
                return vec![format!("差の原因: {}。", one.words), format!("差の原因: {}。", other.words)];
            }
        }
    }
    let mut words = vec!["差と一致する一つまたは二つの原因は見つかりませんでした。次を確かめてください。".to_owned()];
    let looked_at = causes.iter().take(20).map(|cause| format!("・{}", cause.words));
    words.extend(looked_at);
    words.push("・告知額には、前月までの届出の遅れによる増減や、端数の差が含まれることがあります。".to_owned());
    words
}

fn differences(notice: &PremiumNotice, ours: BillLines) -> Vec<Yen> {
    let all = ours.health + ours.pension + ours.child_contribution;
    let pairs = [
        (notice.notified_health, ours.health),
        (notice.notified_pension, ours.pension),
        (notice.notified_child_contribution, ours.child_contribution),
        (notice.notified_total, all),
    ];
    pairs.into_iter().filter_map(|(notified, ours)| Some(notified? - ours)).collect()
}

/// Every line that is typed in agrees to the yen.
fn agrees(notice: &PremiumNotice, lines: BillLines) -> bool {
    let differences = differences(notice, lines);
    !differences.is_empty() && differences.iter().all(|difference| *difference == Yen::ZERO)
}

/// What changed lately among the people of the bill and those who left it.
fn causes(month: &ClientMonth<'_>, bill: &PremiumBill<'_, '_>) -> Vec<Cause> {
    let mut causes = Vec::new();
    for person in &bill.people {
        causes.extend(acquired(person));
        causes.extend(standard_changed(person));
    }
    for facts in &month.everybody {
        let insured = bill.people.iter().any(|person| std::ptr::eq(person.facts.employee, facts.employee));
        if !insured {
            causes.extend(no_longer_charged(facts, bill));
        }
    }
    if bill.bonuses != FullPremium::ZERO {
        causes.extend(less(bill.bonuses, "賞与の保険料が告知に入っていない".to_owned()));
    }
    causes
}

/// 資格取得: not yet in the bill, or with the month before in it as well.
fn acquired(person: &Insured<'_, '_>) -> Vec<Cause> {
    let month = person.due.month;
    let acquired = person.facts.rows.spells.iter().filter(|spell| spell.scheme != Scheme::Employment);
    let day = acquired.filter_map(|spell| spell.acquired_on).filter(|day| is_recent(Month::of(*day), month)).max();
    let Some(day) = day else { return Vec::new() };
    let who = who(person.facts);
    let mut causes = Vec::new();
    causes.extend(less(person.full, format!("{who}の資格取得（{day}）が告知に入っていない")));
    let before = month.months_since(Month::of(day));
    causes.extend(times(person.full, before, |months| {
        format!("{who}の資格取得（{day}）の前月までの{months}か月分がまとめて告知された")
    }));
    causes
}

/// A decision of the standard: the old one was billed, or the months since it are settled in one.
fn standard_changed(person: &Insured<'_, '_>) -> Vec<Cause> {
    let month = person.due.month;
    let Ok(now) = premiums::standard(person.facts, month) else { return Vec::new() };
    if !is_recent(now.applies_from, month) {
        return Vec::new();
    }
    let before = premiums::standard(person.facts, now.applies_from.previous());
    let Ok(before) = before else { return Vec::new() };
    let due = PremiumDue {
        health: person.due.health.and_then(|(rates, _)| Some((rates, before.health_standard?))),
        pension: person.due.pension.and_then(|(rates, _)| Some((rates, before.pension_standard?))),
        ..person.due
    };
    let Ok(change) = FullPremium::of(&due).and_then(|before| person.full.minus(before)) else { return Vec::new() };
    let proposal = if now.notified_on.is_none() { "（決定通知書の日が空欄）" } else { "" };
    let words = format!("{}の標準報酬の変更（{}から{proposal}）", who(person.facts), now.applies_from);
    let mut causes = Vec::new();
    causes.extend(less(change, format!("{words}が告知に入っていない")));
    causes.extend(times(change, month.months_since(now.applies_from), |months| {
        format!("{words}の前月までの{months}か月分の差額が告知に入っている")
    }));
    causes
}

/// Somebody who was charged the month before and is not in this bill: lost, or exempt.
fn no_longer_charged(facts: &PersonFacts<'_>, bill: &PremiumBill<'_, '_>) -> Vec<Cause> {
    let before = bill.month.previous();
    let Ok(Some(due)) = premiums::of_month(facts, before) else { return Vec::new() };
    let establishment = premiums::last_employed_day(facts, before).and_then(|day| facts.establishment(day));
    let here = establishment.is_ok_and(|found| found.establishment_code == bill.establishment.establishment_code);
    let Some(full) = FullPremium::of(&due).ok().filter(|_| here) else { return Vec::new() };
    let on_leave = facts.rows.leaves.iter().any(|leave| {
        matches!(leave.leave_kind, LeaveKind::Maternity | LeaveKind::Childcare | LeaveKind::ChildcareAtBirth)
            && leave.from <= bill.month.last_day()
    });
    let what = if on_leave { "休業による免除" } else { "資格喪失" };
    vec![Cause { words: format!("{}の{what}が告知に入っていない", who(facts)), adds: full }]
}

fn is_recent(fact: Month, month: Month) -> bool {
    (0..=RECENT_MONTHS).contains(&month.months_since(fact))
}

/// 「社員12 貝塚　美咲」.
fn who(facts: &PersonFacts<'_>) -> String {
    format!("社員{} {}", facts.employee.employee_code, captions::person_name(facts.employee))
}

/// The cause that takes this out of our bill.
fn less(part: FullPremium, words: String) -> Option<Cause> {
    FullPremium::ZERO.minus(part).ok().map(|adds| Cause { words, adds })
}

/// The causes that add this for one, two … months.
fn times(part: FullPremium, months: i32, words: impl Fn(i32) -> String) -> Vec<Cause> {
    let factor = |months: i32| -> Result<FullPremium, Stop> {
        let of = |amount: Exact| amount.times_integer(i64::from(months));
        Ok(FullPremium {
            health: of(part.health)?,
            pension: of(part.pension)?,
            child_contribution: of(part.child_contribution)?,
        })
    };
    (1..=months).filter_map(|months| Some(Cause { words: words(months), adds: factor(months).ok()? })).collect()
}

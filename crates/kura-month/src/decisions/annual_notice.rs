use kura_calendar::{Date, Month};
use kura_filing::{AnnualBaseNotice, MonthPay, WorkerClass as FormWorker};
use kura_insurance::decisions::{CurrentStandard, Direction, FullMonth, PaidMonth, WorkerClass};
use kura_model::{Leave, LeaveKind, PayTreatment};
use kura_yen::Yen;

use super::annual_calendar::AnnualCalendar;
use super::insured::Insured;
use super::monthly_change_notice::{pay_change, retroactive};
use super::subject::{Subject, month_pay, only_over_70};
use super::wording;
use crate::stop::Stop;

/// 備考欄 holds so many full-width characters.
const MEMO_CHARACTERS: usize = 37;

/// What 算定基礎届 is made from.
pub(super) struct AnnualBase<'of> {
    pub(super) subject: &'of Subject<'of>,
    pub(super) insured: &'of Insured<'of>,
    pub(super) calendar: &'of AnnualCalendar,
    pub(super) worker: WorkerClass,
    pub(super) current: CurrentStandard,
    pub(super) current_from: Month,
    /// The payments of the three months.
    pub(super) paid: &'of [PaidMonth],
    /// 起算月 and direction of the changes they carry.
    pub(super) changes: &'of [(Month, Direction)],
    /// 修正平均額, or the annual average.
    pub(super) corrected: Option<Yen>,
    pub(super) annual_average: bool,
    pub(super) two_offices: bool,
}

/// 算定基礎届 (2225700) of a person.
pub(super) fn notice(base: &AnnualBase<'_>) -> Result<AnnualBaseNotice, Stop> {
    let AnnualBase { subject, insured, calendar, .. } = base;
    let joined = base.paid.iter().any(|paid| paid.full_month == FullMonth::ProratedJoin);
    let leaves = leaves(base);
    let on_leave = !leaves.is_empty() || base.paid.iter().any(|paid| paid.full_month == FullMonth::Leave);
    let change = base.changes.iter().find(|(first, _)| calendar.payments.contains(first));
    Ok(AnnualBaseNotice {
        insured_number: subject.insured_number(insured)?,
        name: subject.name()?,
        birth_date: subject.birth_date()?,
        applies_from: calendar.applies_from,
        old_health_standard: base.current.health,
        old_pension_standard: base.current.pension,
        old_revised: base.current_from,
        pay_change: change.map(|(first, direction)| pay_change(*first, *direction)),
        retroactive: retroactive(base.paid),
        months: months(base)?,
        worker_class: match base.worker {
            WorkerClass::Ordinary => FormWorker::Regular,
            WorkerClass::PartTimer => FormWorker::PartTime,
            WorkerClass::ShortTimeWorker => FormWorker::ShortTime,
        },
        corrected_average: base.corrected,
        over_70: subject.over_70_key(insured)?,
        over_70_months: Vec::new(),
        multi_office: base.two_offices,
        monthly_change_planned: false,
        joined_midway: joined,
        leave: on_leave,
        annual_average: base.annual_average,
        memo: memo(joined.then_some(insured.acquired()?), &leaves),
        only_over_70: only_over_70(insured),
    })
}

fn months(base: &AnnualBase<'_>) -> Result<[MonthPay; 3], Stop> {
    let months: Vec<MonthPay> = base.calendar.payments.iter().map(|month| month_pay(base.paid, *month)).collect();
    months.try_into().map_err(|_| {
        let sentence = "定時決定の支給月が3か月ではありません。";
        Stop::reason("", "law_missing", sentence, "法令データの版を確かめてください。")
    })
}

/// The unpaid leaves inside what the three payments pay.
fn leaves<'of>(base: &AnnualBase<'of>) -> Vec<&'of Leave> {
    let from = base.paid.iter().map(|paid| paid.fixed_period.from).min();
    let to = base.paid.iter().map(|paid| paid.fixed_period.to).max();
    let (Some(from), Some(to)) = (from, to) else { return Vec::new() };
    let rows = base.subject.person.facts.rows.leaves.iter().map(|row| &row.facts);
    rows.filter(|leave| {
        let end = leave.to.or(leave.planned_to).unwrap_or(kura_calendar::LAST_DAY);
        leave.pay_treatment != Some(PayTreatment::Paid) && leave.from <= to && from <= end
    })
    .collect()
}

/// 備考欄, as long as it holds: `４月６日入社`, `５月１１日から５月２４日まで育児休業`.
fn memo(joined: Option<Date>, leaves: &[&Leave]) -> String {
    let joined = joined.map(|day| format!("{}入社", wording::wide_day(day)));
    let leave = |leave: &&Leave| {
        let to = leave.to.or(leave.planned_to).map(|to| format!("{}まで", wording::wide_day(to)));
        let kind = match leave.leave_kind {
            LeaveKind::SuspensionFromWork => leave.leave_kind.japanese().to_owned(),
            other => format!("{}休業", other.japanese()),
        };
        format!("{}から{}{kind}", wording::wide_day(leave.from), to.unwrap_or_default())
    };
    let mut memo = String::new();
    for part in joined.into_iter().chain(leaves.iter().map(leave)) {
        let part = if memo.is_empty() { part } else { format!("、{part}") };
        if memo.chars().count().saturating_add(part.chars().count()) <= MEMO_CHARACTERS {
            memo.push_str(&part);
        }
    }
    memo
}

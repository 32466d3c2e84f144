use kura_calendar::Date;
use kura_model::{EmploymentTerms, Leave, PayTreatment, Row};
use kura_payroll::clocks::Period;
use kura_payroll::pay::{Contract, FixedOvertime, Spans};
use kura_yen::Yen;

use crate::person::PersonFacts;
use crate::stop::Stop;

/// 雇用条件 on the days of the attendance period that are paid.
pub(crate) struct PaidDays {
    /// The employed days, cut where the terms change; none when unpaid leave covers them all.
    pub(crate) contracts: Spans<Contract>,
    /// True when leave takes days out of them (日割の方法（休職）).
    pub(crate) suspended: bool,
}

/// How a day of 休業 is paid.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LeavePay {
    /// 有給, or no leave at all.
    Whole,
    /// 一部（額）: the sum of a month that stands in place of 基本額.
    Part(Yen),
    /// 無給.
    Nothing,
}

impl PersonFacts<'_> {
    /// The contracts of the attendance period. Days of unpaid leave are taken out where 給与規程 has a 日割 for them; else the
    /// base pay stands, and they are counted as days not worked.
    pub(crate) fn paid_days(&self, employed: Period) -> Result<PaidDays, Stop> {
        let attendance = self.clocks().attendance;
        let nothing = PaidDays { contracts: Spans(Vec::new()), suspended: false };
        let Some(paid) = attendance.overlap(employed.from, employed.to) else { return Ok(nothing) };
        let runs = self.leave_runs(paid)?;
        if runs.iter().all(|(_, pay)| *pay == LeavePay::Nothing) {
            return Ok(nothing);
        }
        let mut spans: Vec<(Period, Contract)> = Vec::new();
        let mut suspended = false;
        for (run, pay) in runs {
            if pay == LeavePay::Nothing && self.leave_is_prorated() {
                suspended = true;
                continue;
            }
            for (span, contract) in self.contracts_in(run)? {
                let contract = match pay {
                    LeavePay::Part(amount) => Contract { base_amount: amount, ..contract },
                    LeavePay::Whole | LeavePay::Nothing => contract,
                };
                suspended |= matches!(pay, LeavePay::Part(_)) && run != paid;
                push_joined(&mut spans, span, contract);
            }
        }
        Ok(PaidDays { contracts: Spans(spans), suspended })
    }

    /// The contracts of a period, cut where the terms change.
    pub(crate) fn contracts_in(&self, period: Period) -> Result<Vec<(Period, Contract)>, Stop> {
        let key = (self.employee.client_code.clone(), self.employee.employee_code.clone());
        let mut starts = vec![period.from];
        if let Some(history) = self.known.terms.get(&key) {
            starts.extend(history.changes_within(period.from, period.to).map(|(from, _)| *from));
        }
        let mut spans: Vec<(Period, Contract)> = Vec::new();
        for (at, &from) in starts.iter().enumerate() {
            let next = starts.get(at.saturating_add(1)).and_then(|next| next.yesterday().ok());
            push_joined(&mut spans, Period { from, to: next.unwrap_or(period.to) }, contract(self.terms_on(from)?)?);
        }
        Ok(spans)
    }

    /// 給与規程 parts the pay of a period with leave by days, instead of counting the days as not worked.
    fn leave_is_prorated(&self) -> bool {
        self.group.group.proration_method_suspension.is_some()
    }

    /// 休業日数 of a part of the variable period, from the sheet 休業: the working days of unpaid leave on which nobody worked.
    /// None where the pay of that leave was parted by days, or left out whole.
    pub(crate) fn leave_days(&self, part: Period) -> Result<i64, Stop> {
        let employed = self.employed()?;
        let variable = self.clocks().variable;
        let Some(there) = variable.overlap(employed.from, employed.to) else { return Ok(0) };
        let all_unpaid = self.leave_runs(there)?.iter().all(|(_, pay)| *pay == LeavePay::Nothing);
        let Some(part) = there.overlap(part.from, part.to).filter(|_| !all_unpaid && !self.leave_is_prorated()) else {
            return Ok(0);
        };
        let mut days: i64 = 0;
        for (run, _) in self.leave_runs(part)?.into_iter().filter(|(_, pay)| *pay == LeavePay::Nothing) {
            days = days.saturating_add(self.schedule.scheduled_days(run)?);
            for worked in self.worked_on_leave().filter(|day| run.contains(*day)) {
                days = days.saturating_sub(self.schedule.scheduled_days(Period { from: worked, to: worked })?);
            }
        }
        Ok(days)
    }

    /// True when typed 休業日数 are days not worked: not where leave is parted by days.
    pub(crate) fn leave_days_are_cut(&self) -> bool {
        !self.leave_is_prorated()
    }

    fn worked_on_leave(&self) -> impl Iterator<Item = Date> {
        let dates = self.rows.leaves.iter().filter_map(|leave| leave.worked_dates.as_ref());
        dates.flat_map(|dates| dates.days().iter().copied())
    }

    /// A period cut into runs of days whose leave is paid alike.
    fn leave_runs(&self, period: Period) -> Result<Vec<(Period, LeavePay)>, Stop> {
        let mut runs: Vec<(Period, LeavePay)> = Vec::new();
        let leaves: Vec<(Period, LeavePay)> = self.leaves_within(period)?;
        if leaves.is_empty() {
            return Ok(vec![(period, LeavePay::Whole)]);
        }
        let mut day = period.from;
        while day <= period.to {
            let pay = leaves.iter().find(|(leave, _)| leave.contains(day)).map_or(LeavePay::Whole, |(_, pay)| *pay);
            match runs.last_mut() {
                Some((run, known)) if *known == pay => run.to = day,
                _ => runs.push((Period { from: day, to: day }, pay)),
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        Ok(runs)
    }

    fn leaves_within(&self, period: Period) -> Result<Vec<(Period, LeavePay)>, Stop> {
        let mut leaves = Vec::new();
        for leave in &self.rows.leaves {
            if let Some(days) = period.overlap(leave.from, last_day(leave)) {
                leaves.push((days, leave_pay(leave)?));
            }
        }
        Ok(leaves)
    }

    /// The spans of a period in which no leave replaces the pay by another sum.
    pub(crate) fn without_part_pay(&self, period: Period) -> Result<Vec<Period>, Stop> {
        let runs = self.leave_runs(period)?.into_iter();
        Ok(runs.filter(|(_, pay)| !matches!(pay, LeavePay::Part(_))).map(|(run, _)| run).collect())
    }
}

fn last_day(leave: &Leave) -> Date {
    leave.to.or(leave.planned_to).unwrap_or(kura_calendar::LAST_DAY)
}

fn leave_pay(leave: &Row<Leave>) -> Result<LeavePay, Stop> {
    match leave.pay_treatment {
        Some(PayTreatment::Paid) => Ok(LeavePay::Whole),
        None | Some(PayTreatment::Unpaid) => Ok(LeavePay::Nothing),
        Some(PayTreatment::PartlyPaid) => {
            let amount = leave.pay_treatment_amount;
            amount.map(LeavePay::Part).ok_or_else(|| Stop::unknown("休業", Some(leave.number), "給与の扱い 額"))
        }
    }
}

/// Adds a span; one that follows another of the same contract is the same span.
fn push_joined(spans: &mut Vec<(Period, Contract)>, span: Period, contract: Contract) {
    match spans.last_mut() {
        Some((before, known)) if *known == contract && before.to.tomorrow().is_ok_and(|next| next == span.from) => {
            before.to = span.to;
        }
        _ => spans.push((span, contract)),
    }
}

/// 雇用条件 as the engine takes them.
pub(crate) fn contract(terms: &EmploymentTerms) -> Result<Contract, Stop> {
    let fixed = |hours: Option<kura_model::Minutes>, amount: Option<Yen>, column| match (hours, amount) {
        (None, None) => Ok(None),
        (hours, Some(amount)) => {
            Ok(Some(FixedOvertime { minutes: hours.map_or(0, |hours| i64::from(hours.get())), amount }))
        }
        (Some(_), None) => Err(Stop::unknown("雇用条件", None, column)),
    };
    Ok(Contract {
        pay_type: terms.pay_type.ok_or_else(|| Stop::unknown("雇用条件", None, "給与形態"))?,
        base_amount: terms.base_amount.ok_or_else(|| Stop::unknown("雇用条件", None, "基本額"))?,
        fixed_overtime: fixed(terms.fixed_overtime_hours, terms.fixed_overtime_amount, "固定残業の額")?,
        fixed_night: fixed(terms.fixed_night_hours, terms.fixed_night_amount, "固定深夜の額")?,
        fixed_holiday: fixed(terms.fixed_holiday_hours, terms.fixed_holiday_amount, "固定休日の額")?,
        managerial_exempt: terms.managerial_exempt,
    })
}

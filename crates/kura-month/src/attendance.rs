use std::borrow::Cow;

use kura_calendar::Date;
use kura_model::{Attendance, Days, Minutes, PayType, Row};
use kura_payroll::clocks::Period;
use kura_payroll::pay::{Attendance as PaidAttendance, AttendancePart, Contract, PayError};

use crate::person::PersonFacts;
use crate::stop::Stop;

const SHEET: &str = "勤怠";
const PERIOD_FROM: &str = "対象開始日";

/// 勤怠 of a payment month as the engine takes it.
pub(crate) struct Worked {
    pub(crate) whole: PaidAttendance,
    /// Where the price of work changes inside the period.
    pub(crate) parts: Vec<AttendancePart>,
}

/// A row of 勤怠 with the days it is about and their contract.
struct RowOfDays<'book> {
    period: Period,
    contract: Contract,
    row: &'book Row<Attendance>,
}

impl<'run> PersonFacts<'run> {
    /// The rows of the payment month, by 対象開始日.
    pub(crate) fn attendance_rows(&self) -> Vec<&'run Row<Attendance>> {
        let month = self.clocks().payment_month;
        let of_month = self.rows.attendance.iter().filter(|row| row.payment_month == month);
        let mut rows: Vec<&Row<Attendance>> = of_month.copied().collect();
        rows.sort_by_key(|row| row.period_from);
        rows
    }

    /// 勤怠 of the payment month, several rows added up.
    pub(crate) fn attendance_row(&self) -> Option<Cow<'run, Row<Attendance>>> {
        let rows = self.attendance_rows();
        let (first, others) = rows.split_first()?;
        if others.is_empty() {
            return Some(Cow::Borrowed(*first));
        }
        let mut sum = (*first).clone();
        others.iter().for_each(|row| add(&mut sum, row));
        Some(Cow::Owned(sum))
    }

    /// Somebody who worked in the period has no row of it.
    fn no_attendance(&self) -> Stop {
        let month = self.clocks().payment_month;
        let sentence = format!("{month}に支給する勤怠の行がありません。");
        Stop::reason(SHEET, "no_attendance", sentence, format!("支給月が{month}の行を加えてください。"))
    }

    /// 勤怠 of the variable period.
    pub(crate) fn worked(&self, nothing_paid: bool, last: Contract) -> Result<Worked, Stop> {
        let rows = self.attendance_rows();
        let of_period = self.days_of_the_period()?;
        if rows.is_empty() {
            // Officers and people who did not work in the period have no row; everybody else must have one.
            let variable = self.clocks().variable;
            let worked = variable.overlap(self.employed()?.from, self.employed()?.to).is_some();
            let needs_row = worked && last.pay_type != PayType::OfficerRemuneration && !nothing_paid;
            return match needs_row {
                true => Err(self.no_attendance()),
                false => Ok(Worked { whole: of_period, parts: Vec::new() }),
            };
        }
        let mut parts: Vec<AttendancePart> = Vec::new();
        for RowOfDays { period, contract, row } in self.rows_of_days(&rows)? {
            let attendance = self.attendance_of(row, period, contract.pay_type, of_period)?;
            match parts.last_mut() {
                Some(before) if before.contract == contract && same_leave_pay(&before.attendance, &attendance) => {
                    before.period.to = period.to;
                    before.attendance = before.attendance.plus(&attendance)?;
                }
                _ => parts.push(AttendancePart { period, contract, attendance }),
            }
        }
        let mut of_parts = parts.iter().map(|part| part.attendance);
        let first = of_parts.next().unwrap_or(of_period);
        let whole = of_parts.try_fold(first, |sum, part| sum.plus(&part))?;
        if parts.len() == 1 {
            parts.clear();
        }
        Ok(Worked { whole, parts })
    }

    /// Each row with its days: from 対象開始日 to the day before the next row. One row must be enough for the days it is about.
    fn rows_of_days(&self, rows: &[&'run Row<Attendance>]) -> Result<Vec<RowOfDays<'run>>, Stop> {
        let variable = self.clocks().variable;
        let employed = self.employed()?;
        let there = variable.overlap(employed.from, employed.to).unwrap_or(variable);
        let mut of_days = Vec::with_capacity(rows.len());
        let mut first_days = Vec::with_capacity(rows.len());
        for (at, row) in rows.iter().enumerate() {
            let from = self.first_day(row, at == 0, there)?;
            if first_days.last().is_some_and(|before| from <= *before) {
                return Err(misplaced(row.number, from, there));
            }
            first_days.push(from);
        }
        for (at, (row, from)) in rows.iter().zip(&first_days).enumerate() {
            let next = first_days.get(at.saturating_add(1)).and_then(|next| next.yesterday().ok());
            let period = Period { from: *from, to: next.unwrap_or(variable.to) };
            let mut contracts = self.contracts_in(there.overlap(period.from, period.to).unwrap_or(period))?.into_iter();
            let Some((_, mut contract)) = contracts.next() else { continue };
            for (span, next) in contracts {
                if !next.same_price_of_work(&contract) {
                    return Err(needs_row_from(row.number, span.from));
                }
                contract = next;
            }
            of_days.push(RowOfDays { period, contract, row });
        }
        Ok(of_days)
    }

    /// The first day of a row: that of the period for the first one, 対象開始日 inside it for the others.
    fn first_day(&self, row: &Row<Attendance>, first: bool, there: Period) -> Result<Date, Stop> {
        let variable = self.clocks().variable;
        match row.period_from {
            None => Ok(variable.from),
            Some(from) if first && (from == variable.from || from == there.from) => Ok(variable.from),
            Some(from) if !first && variable.from < from && from <= variable.to => Ok(from),
            Some(from) => Err(misplaced(row.number, from, there)),
        }
    }

    /// What the calendar says of the period.
    fn days_of_the_period(&self) -> Result<PaidAttendance, Stop> {
        let clocks = self.clocks();
        let of_variable = self.schedule.scheduled_days(clocks.variable)?;
        let minutes = of_variable.saturating_mul(self.group.plan.rules.daily_scheduled_minutes);
        let of_leave = self.group.group.paid_leave_hours_per_day;
        Ok(PaidAttendance {
            scheduled_days: Some(self.schedule.working_days(clocks.attendance)?),
            scheduled_days_of_variable_period: Some(of_variable),
            scheduled_minutes_of_variable_period: Some(minutes),
            paid_leave_minutes_per_day: of_leave.map(|hours| i64::from(hours.get())),
            ..PaidAttendance::default()
        })
    }

    fn attendance_of(
        &self,
        row: &Row<Attendance>,
        period: Period,
        pay_type: PayType,
        of_period: PaidAttendance,
    ) -> Result<PaidAttendance, Stop> {
        let by_month = matches!(pay_type, PayType::Monthly | PayType::DailyMonthly);
        if by_month && row.absent_days.is_none() {
            return Err(Stop::unknown(SHEET, Some(row.number), "欠勤日数"));
        }
        let days = |days: Option<Days>| days.map(Days::exact).transpose();
        let minutes = |minutes: Option<Minutes>| i64::from(minutes.unwrap_or_default().get());
        let all_minutes = |all: [Option<Minutes>; 3]| all.into_iter().map(minutes).sum::<i64>();
        let on_leave = match row.leave_days {
            Some(typed) if self.leave_days_are_cut() => typed,
            Some(_) => Days::ZERO,
            None => Days::whole(i32::try_from(self.leave_days(period)?).unwrap_or(i32::MAX)),
        };
        let not_worked = [row.absent_days, row.special_leave_unpaid, Some(on_leave)];
        let not_worked = not_worked.into_iter().flatten().fold(Days::ZERO, Days::plus);
        Ok(PaidAttendance {
            worked_days: days(row.worked_days)?,
            statutory_holiday_days: days(row.statutory_holiday_days)?,
            scheduled_holiday_days: days(row.scheduled_holiday_days)?,
            paid_leave_days: days(row.paid_leave_days)?,
            paid_leave_minutes: minutes(row.paid_leave_hours),
            paid_leave_daily_amount: self.paid_leave_day(row, period, pay_type)?,
            paid_special_leave_days: days(row.special_leave_paid)?,
            absent_days: Some(not_worked.exact()?),
            absent_minutes: minutes(row.absent_hours),
            late_and_early_minutes: all_minutes([row.late_hours, row.early_hours, row.private_out_hours]),
            suspension: self.suspension(row, period)?,
            compensatory_days: days(row.compensatory_days)?,
            duty_count: row.duty_count,
            night_shift_count: row.night_shift_count,
            working_minutes: row.working_hours.map(|hours| i64::from(hours.get())),
            within_statutory_minutes: minutes(row.within_statutory_overtime),
            overtime_minutes: minutes(row.overtime_hours),
            scheduled_holiday_minutes: minutes(row.scheduled_holiday_hours),
            statutory_holiday_minutes: minutes(row.statutory_holiday_hours),
            night_minutes: all_minutes([row.night_in_scheduled, row.night_in_overtime, row.night_in_statutory_holiday]),
            ..of_period
        })
    }
}

/// True when the paid leave of both is paid alike.
fn same_leave_pay(left: &PaidAttendance, right: &PaidAttendance) -> bool {
    let both = left.paid_leave_daily_amount.zip(right.paid_leave_daily_amount);
    both.is_none_or(|(left, right)| left == right)
}

/// Adds a row to another; a column that one leaves empty is what the other says.
fn add(sum: &mut Attendance, row: &Attendance) {
    macro_rules! add {
        ($plus:expr => $($column:ident)+) => {
            $(sum.$column = match (sum.$column, row.$column) {
                (Some(before), Some(more)) => Some($plus(before, more)),
                (before, more) => before.or(more),
            };)+
        };
    }
    add!(Days::plus =>
        worked_days statutory_holiday_days scheduled_holiday_days paid_leave_days special_leave_paid special_leave_unpaid
        absent_days leave_days suspension_days compensatory_days
    );
    add!(Minutes::plus =>
        paid_leave_hours absent_hours working_hours within_statutory_overtime overtime_hours scheduled_holiday_hours
        statutory_holiday_hours night_in_scheduled night_in_overtime night_in_statutory_holiday late_hours early_hours
        private_out_hours
    );
    add!(i64::saturating_add => late_count early_count duty_count night_shift_count);
    add!(|before: kura_yen::Exact, more| before.plus(more).unwrap_or(before) => payment_base_days employment_base_days);
}

fn needs_row_from(row: u32, from: Date) -> Stop {
    let sentence = PayError::NeedsAttendanceFrom { from };
    let remedy = format!("{PERIOD_FROM}に{from}と書いた行を加え、日数と時間をその前日までの行と分けてください。");
    at_period_from(row, "attendance_needs_row", sentence.to_string(), remedy)
}

fn misplaced(row: u32, from: Date, there: Period) -> Stop {
    let sentence = format!("{PERIOD_FROM}{from}は、この支給月の勤怠の行の始まりになりません。");
    let remedy = format!(
        "対象期間は{}から{}までです。最初の行の{PERIOD_FROM}は空欄にし、次の行には期間の中の日を、早い順に1度ずつ書いてください。",
        there.from, there.to
    );
    at_period_from(row, "attendance_row_misplaced", sentence, remedy)
}

fn at_period_from(row: u32, code: &'static str, sentence: String, remedy: String) -> Stop {
    Stop { row: Some(row), column: Some(PERIOD_FROM), ..Stop::reason(SHEET, code, sentence, remedy) }
}

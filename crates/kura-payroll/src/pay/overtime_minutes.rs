use kura_model::MonthlyHoursRounding;
use kura_yen::Exact;

use super::{Attendance, PayPlan, PersonMonth};

/// Hours of premium pay after the month's totals were rounded, minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OvertimeMinutes {
    /// 法定内残業.
    pub within_statutory: i64,
    /// 時間外 up to the month's limit where hours above have a rate of their own, else up to 60 hours.
    pub overtime: i64,
    /// 時間外 and 所定休日 between the month's limit and 60 hours, where a rate is agreed for them.
    pub over_45: i64,
    /// 時間外 and 所定休日 above 60 hours.
    pub over_60: i64,
    /// 所定休日 at its own rate.
    pub scheduled_holiday: i64,
    /// 法定休日.
    pub statutory_holiday: i64,
    /// 深夜.
    pub night: i64,
}

/// The minutes of the month as clocked, up to a part of it.
#[derive(Default)]
pub(super) struct MonthSoFar {
    /// 時間外 and 所定休日.
    overtime: i64,
    statutory_holiday: i64,
    night: i64,
}

impl OvertimeMinutes {
    /// 管理監督者: of all premiums only the night one.
    pub(super) fn night_alone(self) -> Self {
        Self { night: self.night, ..Self::default() }
    }

    pub(super) fn plus(self, more: Self) -> Self {
        Self {
            within_statutory: self.within_statutory.saturating_add(more.within_statutory),
            overtime: self.overtime.saturating_add(more.overtime),
            over_45: self.over_45.saturating_add(more.over_45),
            over_60: self.over_60.saturating_add(more.over_60),
            scheduled_holiday: self.scheduled_holiday.saturating_add(more.scheduled_holiday),
            statutory_holiday: self.statutory_holiday.saturating_add(more.statutory_holiday),
            night: self.night.saturating_add(more.night),
        }
    }
}

impl PayPlan<'_> {
    /// The minutes of each kind: totals rounded as the rules say, then split at the month's limit and at 60 hours. Work on a
    /// company day off counts towards both, work on a statutory day off towards neither (労基法36条, 37条1項). Which hours came
    /// last is not known from totals, so the kind with the lower rate is the one above the limit, and an hour whose own rate
    /// is higher than that of the limit keeps it: the person never gets less than by the days.
    pub fn overtime_minutes(&self, person: &PersonMonth) -> OvertimeMinutes {
        let mut so_far = MonthSoFar::default();
        if person.parts.is_empty() {
            return self.overtime_of(&person.attendance, &mut so_far);
        }
        let parts = person.parts.iter().map(|part| self.overtime_of(&part.attendance, &mut so_far));
        parts.fold(OvertimeMinutes::default(), OvertimeMinutes::plus)
    }

    /// The minutes of a part of the month, after those before it: the month's totals are rounded and split, whatever the parts.
    pub(super) fn overtime_of(&self, attendance: &Attendance, so_far: &mut MonthSoFar) -> OvertimeMinutes {
        let rates = &self.rules.rates;
        let mut minutes = OvertimeMinutes {
            // 法定内残業 is no 時間外労働 of the notice: its minutes are not cut.
            within_statutory: attendance.within_statutory_minutes,
            statutory_holiday: self.added(&mut so_far.statutory_holiday, attendance.statutory_holiday_minutes),
            night: self.added(&mut so_far.night, attendance.night_minutes),
            ..OvertimeMinutes::default()
        };
        // Work on a company day off is 時間外労働 of the notice too: their total is rounded, or each would be cut.
        let clocked = attendance.overtime_minutes.saturating_add(attendance.scheduled_holiday_minutes);
        let mut before = self.month_total(so_far.overtime);
        let total = self.added(&mut so_far.overtime, clocked);
        let on_days_off = attendance.scheduled_holiday_minutes.min(total);
        let overtime = (total.saturating_sub(on_days_off), rates.overtime);
        let holiday = (on_days_off, rates.scheduled_holiday);
        let holiday_first = holiday.1 > overtime.1;
        for is_holiday in [holiday_first, !holiday_first] {
            let (total, rate) = if is_holiday { holiday } else { overtime };
            let own = self.split(before, total, rate, &mut minutes);
            let kind = if is_holiday { &mut minutes.scheduled_holiday } else { &mut minutes.overtime };
            *kind = own;
            before = before.saturating_add(total);
        }
        minutes
    }

    /// Splits minutes that follow `before` others; what keeps its own rate comes back.
    fn split(&self, before: i64, total: i64, rate: Exact, minutes: &mut OvertimeMinutes) -> i64 {
        if total <= 0 {
            return total;
        }
        let figures = &self.figures.overtime;
        let up_to = |limit: i64| limit.saturating_sub(before).clamp(0, total);
        let within_60 = up_to(figures.over_60_minutes.value);
        let within_45 = up_to(figures.over_45_minutes.value).min(within_60);
        let (between, above) = (within_60.saturating_sub(within_45), total.saturating_sub(within_60));
        let mut own = within_45;
        match self.rules.rates.over_45 {
            Some(over_45) if over_45 > rate => minutes.over_45 = minutes.over_45.saturating_add(between),
            _ => own = own.saturating_add(between),
        }
        match self.rules.rates.over_60 > rate {
            true => minutes.over_60 = minutes.over_60.saturating_add(above),
            false => own = own.saturating_add(above),
        }
        own
    }

    /// What more minutes add to the rounded total of the month.
    fn added(&self, clocked_so_far: &mut i64, more: i64) -> i64 {
        let before = self.month_total(*clocked_so_far);
        *clocked_so_far = clocked_so_far.saturating_add(more);
        self.month_total(*clocked_so_far).saturating_sub(before)
    }

    /// 月の時間合計の端数 (昭63.3.14 基発150号).
    fn month_total(&self, minutes: i64) -> i64 {
        let figures = &self.figures.overtime;
        match self.rules.monthly_hours_rounding {
            MonthlyHoursRounding::AsClocked => minutes,
            MonthlyHoursRounding::HalfHour => {
                let whole = minutes.checked_div_euclid(figures.hours_unit).unwrap_or(0);
                let rest = minutes.checked_rem_euclid(figures.hours_unit).unwrap_or(0);
                let up = i64::from(rest >= figures.hours_below);
                whole.saturating_add(up).saturating_mul(figures.hours_unit)
            }
        }
    }
}

use kura_calendar::Date;
use kura_model::{
    BusinessDayShift, CalendarDay, CashRounding, ClientCode, DayClass, DayOfMonth, DayOfWeek, FixedOvertimeComparison,
    HourlyDivisor, LookupRowChange, Minutes, MonthEndLeaverPremium, MonthOffset, MonthlyHoursRounding,
    PaidLeaveWageMethod, PayGroupChange, PayGroupCode, ProrationMethod, RoundingRule, Row, ShortfallHandling,
    SixtyHourBase, TableName, Text, VariableHours, WeekdayPattern, WithholdingMethod,
};
use kura_yen::{Exact, Rate};

use crate::{DemoError, day};

/// The first day of everything that has always been so.
pub(crate) const ALWAYS: Date = day(2020, 4, 1);

/// A row of 給与規程 with what the four clients share: closing on the last day, printed table, 125 / 150 / 135 / 25 %.
pub(crate) fn pay_group(client: &str, code: &str, name: &str) -> Result<PayGroupChange, DemoError> {
    let mut group = PayGroupChange::new(ClientCode::from(client), PayGroupCode::from(code), ALWAYS);
    group.pay_group_name = Text::from(name).into();
    group.closing_day = DayOfMonth::Last.into();
    group.payment_month_offset = MonthOffset::SameMonth.into();
    group.payment_day = DayOfMonth::Day(25).into();
    group.payment_day_shift = BusinessDayShift::Previous.into();
    group.variable_period_offset = MonthOffset::SameMonth.into();
    group.premium_collection = MonthOffset::NextMonth.into();
    group.month_end_leaver_premium = MonthEndLeaverPremium::TwoMonthsFromLastBasePay.into();
    group.withholding_method = WithholdingMethod::PrintedTable.into();
    group.daily_scheduled_hours = Minutes::new(8 * 60).into();
    group.hourly_divisor = HourlyDivisor::MonthlyAverage.into();
    group.rate_within = Rate::from_percent("100")?.into();
    group.rate_overtime = Rate::from_percent("125")?.into();
    group.rate_over_60 = Rate::from_percent("150")?.into();
    group.rate_statutory_holiday = Rate::from_percent("135")?.into();
    group.rate_night = Rate::from_percent("25")?.into();
    group.rate_scheduled_holiday = Rate::from_percent("125")?.into();
    group.sixty_hour_base = SixtyHourBase::PayPeriod.into();
    group.unit_rounding = RoundingRule::Unrounded.into();
    group.premium_unit_rounding = RoundingRule::Unrounded.into();
    group.premium_amount_rounding = RoundingRule::Up.into();
    group.monthly_hours_rounding = MonthlyHoursRounding::AsClocked.into();
    group.proration_method = ProrationMethod::CalendarDays.into();
    group.proration_rounding = RoundingRule::Up.into();
    group.absence_method = ProrationMethod::MonthlyAverageDays.into();
    group.lateness_method = ProrationMethod::MonthlyAverageHours.into();
    group.absence_rounding = RoundingRule::Down.into();
    group.paid_leave_wage_method = PaidLeaveWageMethod::OrdinaryWage.into();
    group.fixed_overtime_comparison = FixedOvertimeComparison::ByAmount.into();
    group.cash_rounding = CashRounding::NotCarried.into();
    group.shortfall_handling = ShortfallHandling::PaidInByEmployee.into();
    group.statutory_holiday_weekday = DayOfWeek::Sunday.into();
    group.variable_hours = VariableHours::NotUsed.into();
    group.bonus_period_months = 6.into();
    Ok(group)
}

/// Days a year, average hours and days a month.
pub(crate) fn working_time(group: &mut PayGroupChange, annual: i64, hours: &str, days: i64) -> Result<(), DemoError> {
    group.annual_scheduled_days = Exact::whole(annual).into();
    group.monthly_average_hours = Exact::parse(hours)?.into();
    group.monthly_average_days = Exact::whole(days).into();
    Ok(())
}

/// 所定休日 as a pattern, and whether national holidays are off.
pub(crate) fn days_off(group: &mut PayGroupChange, pattern: &str, national_holidays: bool) {
    if let Some(pattern) = WeekdayPattern::parse(pattern) {
        group.scheduled_holidays = pattern.into();
    }
    if national_holidays {
        group.national_holidays_off = true.into();
    }
}

/// 暦: days that are closed beside the pattern.
pub(crate) fn closed_days(client: &str, days: &[Date]) -> Vec<Row<CalendarDay>> {
    let closed = |date: &Date| {
        let mut row = CalendarDay::new(ClientCode::from(client), *date);
        row.day_class = Some(DayClass::ScheduledHoliday);
        row.into()
    };
    days.iter().map(closed).collect()
}

/// 参照表 by exact key.
pub(crate) fn lookup_table(client: &str, table: &str, keys: &[(&str, i64)]) -> Vec<Row<LookupRowChange>> {
    let row = |(key, value): &(&str, i64)| {
        let mut row = LookupRowChange::new(ClientCode::from(client), TableName::from(table), ALWAYS);
        row.key = Some(Text::from(*key));
        row.value = Exact::whole(*value).into();
        row.into()
    };
    keys.iter().map(row).collect()
}

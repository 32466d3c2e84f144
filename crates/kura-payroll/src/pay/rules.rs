use kura_model::{
    CashRounding, FixedOvertimeComparison, HourlyDivisor, MonthlyHoursRounding, PaidLeaveWageMethod, ProrationMethod,
    ShortfallHandling, SixtyHourBase, VariableHours,
};
use kura_yen::{Exact, Rounding};

/// 給与規程: how a pay group turns time into yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WageRules {
    /// 月平均所定労働時間, hours.
    pub monthly_average_hours: Exact,
    /// 月平均所定労働日数.
    pub monthly_average_days: Exact,
    /// 1日の所定労働時間, minutes.
    pub daily_scheduled_minutes: i64,
    /// 単価の分母.
    pub hourly_divisor: HourlyDivisor,
    /// 60時間の起算.
    pub sixty_hour_base: SixtyHourBase,
    /// 変形労働時間制: the month's limit of overtime, above which the rate of the 特別条項 begins, is lower with 1年変形.
    pub variable_hours: VariableHours,
    /// 割増率.
    pub rates: PremiumPayRates,
    /// 時間単価の端数; `None` = as it is.
    pub unit_rounding: Option<Rounding>,
    /// 割増単価の端数.
    pub premium_unit_rounding: Option<Rounding>,
    /// 割増額の端数.
    pub premium_amount_rounding: Rounding,
    /// 月の時間合計の端数.
    pub monthly_hours_rounding: MonthlyHoursRounding,
    /// 日割の方法, 入社.
    pub proration_join: ProrationMethod,
    /// 日割の方法, 退職.
    pub proration_leave: ProrationMethod,
    /// 日割の方法, 休職.
    pub proration_suspension: ProrationMethod,
    /// 日割の方法, 昇給.
    pub proration_raise: ProrationMethod,
    /// 日割の端数.
    pub proration_rounding: Rounding,
    /// 欠勤控除の方法.
    pub absence_method: ProrationMethod,
    /// 遅早控除の方法.
    pub lateness_method: ProrationMethod,
    /// 欠勤・遅早控除の端数.
    pub absence_rounding: Rounding,
    /// 有給の賃金（時給・日給者）.
    pub paid_leave_wage_method: PaidLeaveWageMethod,
    /// 固定残業の比べ方.
    pub fixed_overtime_comparison: FixedOvertimeComparison,
    /// 端数の支払.
    pub cash_rounding: CashRounding,
    /// 控除しきれないとき.
    pub shortfall_handling: ShortfallHandling,
}

/// 割増率 as multiples of the unit (1.25); the night rate is the part on top (0.25).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PremiumPayRates {
    /// 法定内.
    pub within_statutory: Exact,
    /// 時間外.
    pub overtime: Exact,
    /// 特別条項の割増率（45時間超）, where agreed: above the month's limit of law (労基法36条4項, 32条の4).
    pub over_45: Option<Exact>,
    /// 60時間超.
    pub over_60: Exact,
    /// 法定休日.
    pub statutory_holiday: Exact,
    /// 深夜, on top.
    pub night: Exact,
    /// 所定休日.
    pub scheduled_holiday: Exact,
}

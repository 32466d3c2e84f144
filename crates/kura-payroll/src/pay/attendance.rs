use kura_calendar::Date;
use kura_yen::{Exact, Yen};

use crate::clocks::Period;

/// 勤怠 in minutes and exact days. What the sheet leaves empty and the pay type needs is refused before it comes here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attendance {
    /// 出勤日数, holiday work included, paid leave not.
    pub worked_days: Option<Exact>,
    /// 法定休日出勤（日）.
    pub statutory_holiday_days: Option<Exact>,
    /// 所定休日出勤（日）.
    pub scheduled_holiday_days: Option<Exact>,
    /// 有給（日）.
    pub paid_leave_days: Option<Exact>,
    /// 有給（時間）, minutes.
    pub paid_leave_minutes: i64,
    /// 有給1日の時間, minutes, for people paid by the hour.
    pub paid_leave_minutes_per_day: Option<i64>,
    /// 有給の賃金 by 平均賃金 or 標準報酬日額, and of people on 歩合, yen a day, where the rule of the pay group needs it.
    pub paid_leave_daily_amount: Option<PaidLeavePay>,
    /// 特別休暇（有給）, days: paid as 通常の賃金.
    pub paid_special_leave_days: Option<Exact>,
    /// 欠勤日数, with unpaid special leave and unpaid leave days. Days of a period whose base pay is left out whole do not
    /// stand here.
    pub absent_days: Option<Exact>,
    /// 欠勤時間, minutes.
    pub absent_minutes: i64,
    /// 遅刻・早退・私用外出, minutes: the time really lost, never rounded up (労基法24条).
    pub late_and_early_minutes: i64,
    /// 会社都合の休業.
    pub suspension: Option<Suspension>,
    /// 代休日数.
    pub compensatory_days: Option<Exact>,
    /// 労働時間（時給・日給者）, minutes within the statutory hours, 法定内残業 not included.
    pub working_minutes: Option<i64>,
    /// 法定内残業, minutes.
    pub within_statutory_minutes: i64,
    /// 時間外, minutes.
    pub overtime_minutes: i64,
    /// 所定休日労働, minutes.
    pub scheduled_holiday_minutes: i64,
    /// 法定休日労働, minutes.
    pub statutory_holiday_minutes: i64,
    /// 深夜 of all kinds, minutes.
    pub night_minutes: i64,
    /// 宿日直, times.
    pub duty_count: Option<i64>,
    /// 夜勤, times: nights for which a meal is paid.
    pub night_shift_count: Option<i64>,
    /// 所定日数 of the variable period.
    pub scheduled_days_of_variable_period: Option<i64>,
    /// 所定労働時間 of the variable period, minutes.
    pub scheduled_minutes_of_variable_period: Option<i64>,
    /// 所定日 of the attendance period.
    pub scheduled_days: Option<ScheduledDays>,
}

/// 会社都合の休業: its days are not paid as work, and 休業手当 stands in their place (労基法26条).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspension {
    /// 会社都合の休業日数: scheduled working days.
    pub days: Exact,
    /// 休業手当 of these days, yen ([`crate::wages::suspension_allowance`]); `None` when the 平均賃金 is not known.
    pub allowance: Option<Yen>,
}

/// 有給1日の賃金 by 平均賃金 or 標準報酬日額.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidLeavePay {
    /// Yen a day, exact.
    pub daily: Exact,
}

/// 所定日: which days of a period are working days. A period has at most 64 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduledDays {
    period: Period,
    /// Bit 0 is the first day.
    days: u64,
}

impl ScheduledDays {
    /// Asks a calendar about each day of a period.
    pub fn of<E>(period: Period, mut is_working_day: impl FnMut(Date) -> Result<bool, E>) -> Result<Self, E> {
        let mut days = 0_u64;
        let mut day = period.from;
        for at in 0..u64::BITS {
            if day > period.to {
                break;
            }
            if is_working_day(day)? {
                days |= 1_u64.checked_shl(at).unwrap_or(0);
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        Ok(Self { period, days })
    }

    /// 所定日数 of the period.
    pub fn total(self) -> i64 {
        i64::from(self.days.count_ones())
    }

    /// 所定日数 of a part of the period.
    pub fn within(self, part: Period) -> i64 {
        let Some(part) = self.period.overlap(part.from, part.to) else { return 0 };
        let before = Period { from: self.period.from, to: part.from }.calendar_days().saturating_sub(1);
        let length = part.calendar_days();
        let bits = |days: i64| u32::try_from(days).unwrap_or(u32::MAX);
        let from_first = self.days.checked_shr(bits(before)).unwrap_or(0);
        let beyond = 1_u64.checked_shl(bits(length)).map_or(u64::MAX, |end| end.wrapping_sub(1));
        i64::from((from_first & beyond).count_ones())
    }
}

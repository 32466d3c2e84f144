use kura_calendar::Month;
use kura_model::{Attendance, ClientCode, Days, EmployeeCode, Minutes};

/// 勤怠 of one person as the design says it: what is not said is zero, not unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Work {
    /// 出勤日数, holiday work included, paid leave not.
    pub(crate) days: i32,
    /// 法定休日出勤, days and minutes.
    pub(crate) statutory_holiday: (i32, i32),
    /// 有給, days.
    pub(crate) paid_leave: i32,
    /// 欠勤日数.
    pub(crate) absent: i32,
    /// 休業日数 that are taken off; the days of a leave of the whole period are not typed.
    pub(crate) leave: i32,
    /// 労働時間 of people paid by the hour or the day, minutes.
    pub(crate) hours: Option<i32>,
    /// 法定内残業, minutes.
    pub(crate) within_statutory: i32,
    /// 時間外, minutes.
    pub(crate) overtime: i32,
    /// 深夜 所定内, minutes.
    pub(crate) night_in_scheduled: i32,
    /// 深夜 時間外, minutes.
    pub(crate) night_in_overtime: i32,
    /// 遅刻, times and minutes.
    pub(crate) late: (i64, i32),
}

impl Work {
    /// So many days and nothing else.
    pub(crate) const fn days(days: i32) -> Self {
        Self { days, ..Self::NONE }
    }

    /// So many days and minutes within the statutory hours, for people paid by the hour.
    pub(crate) const fn hourly(days: i32, hours: i32) -> Self {
        Self { days, hours: Some(hours), ..Self::NONE }
    }

    const NONE: Self = Self {
        days: 0,
        statutory_holiday: (0, 0),
        paid_leave: 0,
        absent: 0,
        leave: 0,
        hours: None,
        within_statutory: 0,
        overtime: 0,
        night_in_scheduled: 0,
        night_in_overtime: 0,
        late: (0, 0),
    };

    /// The row of a 支給月.
    pub(crate) fn row(self, client: &ClientCode, person: &EmployeeCode, payment_month: Month) -> Attendance {
        let days = |days| Some(Days::whole(days));
        let minutes = |minutes| Some(Minutes::new(minutes));
        let mut row = Attendance::new(client.clone(), person.clone(), payment_month);
        row.worked_days = days(self.days);
        row.statutory_holiday_days = days(self.statutory_holiday.0);
        row.scheduled_holiday_days = days(0);
        row.paid_leave_days = days(self.paid_leave);
        row.absent_days = days(self.absent);
        // An empty cell is counted from 休業.
        row.leave_days = days(self.leave).filter(|_| self.leave != 0);
        row.working_hours = self.hours.map(Minutes::new);
        row.within_statutory_overtime = minutes(self.within_statutory);
        row.overtime_hours = minutes(self.overtime);
        row.scheduled_holiday_hours = minutes(0);
        row.statutory_holiday_hours = minutes(self.statutory_holiday.1);
        row.night_in_scheduled = minutes(self.night_in_scheduled);
        row.night_in_overtime = minutes(self.night_in_overtime);
        row.night_in_statutory_holiday = minutes(0);
        (row.late_count, row.late_hours) = (Some(self.late.0), minutes(self.late.1));
        (row.early_count, row.early_hours) = (Some(0), minutes(0));
        row.private_out_hours = minutes(0);
        row
    }
}

/// Hours and minutes as minutes.
pub(crate) const fn hm(hours: i32, minutes: i32) -> i32 {
    hours * 60 + minutes
}

use kura_calendar::{CalendarError, ClosingRule, Date, Holidays, Month};
use kura_model::{BusinessDayShift, MonthOffset};

/// 締日.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingDay {
    /// A day of the month, 1 to 28.
    Day(i8),
    /// 末日.
    EndOfMonth,
}

/// The dates of a pay group (給与規程): what turns a payment month into days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockRules {
    /// 締日.
    pub closing_day: ClosingDay,
    /// 支払月: how many months after the closing month pay day comes.
    pub payment_month: MonthOffset,
    /// 支払日, 1 to 31; a month without that day pays on its last day.
    pub payment_day: i8,
    /// 支払日が休日のとき.
    pub payment_day_shift: BusinessDayShift,
    /// 変動分の勤怠月: 当月 = the period that closes with the fixed pay, 前月 = the one before.
    pub variable_period: MonthOffset,
    /// 変動分の締日, where it differs from the closing day.
    pub variable_closing_day: Option<ClosingDay>,
    /// 社会保険料の徴収: 翌月 = pay carries the premium of the month before, 当月 = of its own month.
    pub premium_collection: MonthOffset,
}

/// A period of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// True when the day lies in the period.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// The days both periods share.
    pub fn overlap(self, from: Date, to: Date) -> Option<Period> {
        let (from, to) = (self.from.max(from), self.to.min(to));
        (from <= to).then_some(Period { from, to })
    }

    /// 暦日数.
    pub fn calendar_days(self) -> i64 {
        let days = self.to.duration_since(self.from).as_secs() / 86_400;
        days.saturating_add(1)
    }
}

/// The four clocks of a slip. Each decides something else, and none is guessed from another (design of the workbook, 2.).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clocks {
    /// 支給月.
    pub payment_month: Month,
    /// 支給日, moved off days on which banks are closed: withholding table, commuting limit, 住民税, 算定・月変 month.
    pub payment_date: Date,
    /// 保険料月: rates, standards, age switches and exemptions of health, care, levy and pension.
    pub premium_month: Month,
    /// 締切日: rate of employment insurance, wage year, periods of the 離職証明書.
    pub closing_date: Date,
    /// 勤怠対象期間 of base and fixed pay.
    pub attendance: Period,
    /// 勤怠対象期間 of overtime, absence and other variable pay.
    pub variable: Period,
}

impl ClockRules {
    /// The clocks of a payment month. A pay day in a year without a holiday table is an error that names the year.
    pub fn clocks(
        &self,
        payment_month: Month,
        bank: &ClosingRule,
        holidays: &Holidays,
    ) -> Result<Clocks, CalendarError> {
        let nominal = payment_month.day_or_last(self.payment_day);
        let payment_date = match self.payment_day_shift {
            BusinessDayShift::AsItStands => nominal,
            BusinessDayShift::Previous => bank.previous_open_day(nominal, holidays)?.0,
            BusinessDayShift::Next => bank.next_open_day(nominal, holidays)?.0,
        };
        let closing_month = payment_month.plus(months_of(self.payment_month).saturating_neg());
        let variable_day = self.variable_closing_day.unwrap_or(self.closing_day);
        let variable_month = closing_month.plus(months_of(self.variable_period));
        Ok(Clocks {
            payment_month,
            payment_date,
            premium_month: payment_month.plus(months_of(self.premium_collection).saturating_neg()),
            closing_date: self.closing_day.in_month(closing_month),
            attendance: self.closing_day.period(closing_month),
            variable: variable_day.period(variable_month),
        })
    }
}

impl ClosingDay {
    /// The closing day of a month.
    pub fn in_month(self, month: Month) -> Date {
        match self {
            Self::Day(day) => month.day_or_last(day),
            Self::EndOfMonth => month.last_day(),
        }
    }

    /// The period that closes in a month: from the day after the closing day before it.
    pub fn period(self, month: Month) -> Period {
        let before = self.in_month(month.previous());
        Period { from: before.tomorrow().unwrap_or(before), to: self.in_month(month) }
    }
}

fn months_of(offset: MonthOffset) -> i32 {
    match offset {
        MonthOffset::PreviousMonth => -1,
        MonthOffset::SameMonth => 0,
        MonthOffset::NextMonth => 1,
        MonthOffset::MonthAfterNext => 2,
    }
}

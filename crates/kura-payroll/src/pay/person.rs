use kura_calendar::{Date, Month};
use kura_insurance::{EmploymentInsuranceRates, HealthRates, HealthRounding, PensionRates, RoundingAgreement};
use kura_model::PayType;
use kura_yen::{Exact, Yen};

use crate::clocks::Period;
use crate::formula::Value;
use crate::tax::{CommutingRoute, TaxColumn};

/// What is true of one person in one payment month, every fact already looked up at the day that decides it.
#[derive(Debug, Clone)]
pub struct PersonMonth {
    /// The contracts in force on the days of the attendance period on which the person is employed and paid; a raise inside
    /// the period makes two, a whole period of unpaid leave none.
    pub contracts: Spans<Contract>,
    /// The contract at the end of the variable period: unit prices and deductions of that attendance stand on it.
    pub variable_contract: Contract,
    /// 勤怠 of the variable period.
    pub attendance: Attendance,
    /// 固定支給.
    pub fixed: Vec<FixedAmount>,
    /// 変動支給.
    pub variable: Vec<VariableAmount>,
    /// The values of the plan's facts, in its order; `None` = unknown.
    pub facts: Vec<Option<Value<'static>>>,
    /// 通勤の経路, when the person commutes: the tax-free limit follows from it.
    pub commuting: Option<CommutingRoute>,
    /// The premium months whose premiums this pay carries: usually one, none before the first, two for a month-end leaver.
    pub premiums: Vec<PremiumDue>,
    /// 雇用保険: the rates when covered.
    pub employment_insurance: Option<EmploymentInsuranceRates>,
    /// 兼務役員: the part of the pay that is wages, where only a part is.
    pub employee_part_of_officer_pay: Option<Yen>,
    /// Income tax.
    pub tax: TaxFacts,
    /// 住民税 to collect, one entry a month.
    pub inhabitant_tax: Vec<(Month, Yen)>,
}

/// 雇用条件 as far as pay needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract {
    /// 給与形態.
    pub pay_type: PayType,
    /// 基本額, yen a month, a day or an hour by 給与形態.
    pub base_amount: Yen,
    /// 固定残業, where agreed.
    pub fixed_overtime: Option<FixedOvertime>,
    /// 管理監督者: of all premiums only the night one.
    pub managerial_exempt: bool,
}

/// 固定残業.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedOvertime {
    /// Hours it covers, minutes.
    pub minutes: i64,
    /// Its amount, yen.
    pub amount: Yen,
}

/// Values that hold for periods, in order and without overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spans<T>(pub Vec<(Period, T)>);

impl<T> Spans<T> {
    /// The value of the last period.
    pub fn last(&self) -> Option<&T> {
        self.0.last().map(|(_, value)| value)
    }

    /// The one value of the whole period, when nothing changes inside it.
    pub fn whole(&self, period: Period) -> Option<&T> {
        match self.0.as_slice() {
            [(span, value)] if *span == period => Some(value),
            _ => None,
        }
    }

    /// The value on a day.
    pub fn on(&self, day: Date) -> Option<&T> {
        self.0.iter().find(|(span, _)| span.contains(day)).map(|(_, value)| value)
    }
}

/// 固定支給 of one item: the right to it, by periods inside the attendance period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedAmount {
    /// Index of the item in the plan.
    pub item: usize,
    /// 金額, or a factor for formulas.
    pub spans: Spans<Exact>,
    /// The amount at the end of the variable period (unit prices and absence stand on it).
    pub at_variable_end: Option<Exact>,
}

/// 変動支給 of one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariableAmount {
    /// Index of the item in the plan.
    pub item: usize,
    /// 金額, negative for a refund.
    pub amount: Yen,
    /// 対象月: a difference of an earlier month.
    pub for_month: Option<Month>,
}

/// 勤怠 in minutes and exact days. What the sheet leaves empty and the pay type needs is refused before it comes here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attendance {
    /// 出勤日数, holiday work included, paid leave not.
    pub worked_days: Option<Exact>,
    /// 法定休日出勤（日）.
    pub statutory_holiday_days: Option<Exact>,
    /// 有給（日）.
    pub paid_leave_days: Option<Exact>,
    /// 有給（時間）, minutes.
    pub paid_leave_minutes: i64,
    /// 有給1日の時間, minutes, for people paid by the hour.
    pub paid_leave_minutes_per_day: Option<i64>,
    /// 欠勤日数, with unpaid special leave and unpaid leave days.
    pub absent_days: Option<Exact>,
    /// 欠勤時間, minutes.
    pub absent_minutes: i64,
    /// 遅刻・早退・私用外出, minutes.
    pub late_and_early_minutes: i64,
    /// 労働時間（時給・日給者）, minutes.
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
    /// 所定日数 of the variable period.
    pub scheduled_days_of_variable_period: Option<i64>,
    /// 所定労働時間 of the variable period, minutes.
    pub scheduled_minutes_of_variable_period: Option<i64>,
    /// 所定日数 of the attendance period, and of its part in each span of [`PersonMonth::contracts`].
    pub scheduled_days: Option<ScheduledDays>,
    /// 有給の賃金 by 平均賃金 or 標準報酬日額, yen a day, where the rule of the pay group needs it.
    pub paid_leave_daily_amount: Option<PaidLeavePay>,
}

/// 所定日数 of a period; a span's days are counted by the caller's calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScheduledDays {
    /// Of the whole attendance period.
    pub of_period: i64,
    /// Of the days of the first span.
    pub of_first_span: i64,
    /// Of the days of the second span, 0 when there is none.
    pub of_second_span: i64,
}

/// 有給1日の賃金 by 平均賃金 or 標準報酬日額.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidLeavePay {
    /// Yen a day, exact.
    pub daily: Exact,
}

/// The premium of one premium month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PremiumDue {
    /// 保険料月.
    pub month: Month,
    /// 健保: rates by age and shares, and the standard; `None` when not charged.
    pub health: Option<(HealthRates, Yen)>,
    /// 厚年: likewise.
    pub pension: Option<(PensionRates, Yen)>,
    /// 支援金の端数.
    pub rounding: HealthRounding,
    /// 端数処理の特約 of the health insurer.
    pub agreement: RoundingAgreement,
    /// 二以上: the notified full amounts, which stand in place of rates and standards.
    pub notified: Option<NotifiedPremium>,
}

/// 二以上事業所勤務: the full amounts the pension office notified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotifiedPremium {
    /// 健保料・介護料・支援金 together.
    pub health: Option<Exact>,
    /// 厚年料.
    pub pension: Option<Exact>,
    /// The employee's share of a full premium (1/2).
    pub employee_share: Exact,
}

/// Income-tax facts at the payment date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxFacts {
    /// 居住者: by column.
    Resident(TaxColumn),
    /// 非居住者: a flat rate on the gross.
    NonResident,
    /// 死亡後の支給: paid to the heirs, not income of the dead (相続税).
    PaidToHeirs,
}

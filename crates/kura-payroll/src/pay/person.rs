use kura_calendar::{Date, Month};
use kura_insurance::{EmploymentInsuranceRates, HealthRates, HealthRounding, PensionRates, RoundingAgreement};
use kura_model::PayType;
use kura_yen::{Exact, Yen};

use super::attendance::Attendance;
use super::part::AttendancePart;
use crate::clocks::Period;
use crate::formula::Value;
use crate::tax::{CommutingRoute, TaxColumn};

/// What is true of one person in one payment month, every fact already looked up at the day that decides it.
#[derive(Debug, Clone)]
pub struct PersonMonth {
    /// The contracts in force on the days of the attendance period on which the person is employed and paid: a raise inside
    /// the period makes two, unpaid leave that is taken off by 日割 leaves a gap, a whole period of it leaves none.
    pub contracts: Spans<Contract>,
    /// 休職: unpaid leave takes days out of [`Self::contracts`] (its own method of 日割).
    pub suspended: bool,
    /// The contract at the end of the variable period: unit prices and deductions of that attendance stand on it.
    pub variable_contract: Contract,
    /// 勤怠 of the variable period.
    pub attendance: Attendance,
    /// The parts of that 勤怠, in order, each under a contract of its own, where the price of work changes inside the variable
    /// period; none in the ordinary month. [`Self::attendance`] is their sum, [`Self::variable_contract`] that of the last.
    pub parts: Vec<AttendancePart>,
    /// 固定支給.
    pub fixed: Vec<FixedAmount>,
    /// 変動支給.
    pub variable: Vec<VariableAmount>,
    /// The values of the plan's facts, in its order; `None` = unknown.
    pub facts: Vec<Option<Value<'static>>>,
    /// 通勤の経路, when the person commutes: the tax-free limit follows from it.
    pub commuting: Option<CommutingRoute>,
    /// Payments for several months that were made in an earlier month and still run (6か月定期).
    pub running: Vec<RunningPayment>,
    /// 食事 given in kind, when an item of the class 食事 is paid in kind.
    pub meals: Option<Meals>,
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
    /// What earlier payments left over.
    pub carried: Carried,
}

/// What earlier payments left over, and whether another payment follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Carried {
    /// 前月の翌月繰越端数, yen: paid now.
    pub fraction: Yen,
    /// 立替金 still to be recovered, yen.
    pub advance: Yen,
    /// The last payment of the person: nothing is carried on.
    pub last_payment: bool,
}

/// A payment for several months, made earlier: 1/n of it counts in this month's 報酬, and a pass uses up its part of the
/// month's tax-free limit. It was taxed, and bore employment insurance, in full when it was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningPayment {
    /// Index of the item in the plan.
    pub item: usize,
    /// What was paid for all its months, yen.
    pub amount: Yen,
}

/// 食事 given in kind, yen a month without consumption tax, both by the same measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meals {
    /// 食事の価額.
    pub value: Yen,
    /// What the person pays of it.
    pub borne_by_employee: Yen,
}

/// 雇用条件 as far as pay needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contract {
    /// 給与形態.
    pub pay_type: PayType,
    /// 基本額, yen: a month (月給, 日給月給, 年俸の1か月分, 役員報酬), a day (日給) or an hour (時給, 歩合の保障給).
    pub base_amount: Yen,
    /// 固定残業, where agreed.
    pub fixed_overtime: Option<FixedOvertime>,
    /// 固定深夜, where agreed.
    pub fixed_night: Option<FixedOvertime>,
    /// 固定休日 (法定休日), where agreed.
    pub fixed_holiday: Option<FixedOvertime>,
    /// 管理監督者: of all premiums only the night one.
    pub managerial_exempt: bool,
}

impl Contract {
    /// True when both agree on the same 固定残業, 固定深夜 and 固定休日.
    pub(super) fn same_fixed_sums(&self, other: &Self) -> bool {
        let sums = |contract: &Self| [contract.fixed_overtime, contract.fixed_night, contract.fixed_holiday];
        sums(self) == sums(other)
    }
}

/// 固定残業: what is agreed for a whole month. Its line is the item of 固定支給 that is left out of the base as 割増賃金.
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
    /// The amount at the end of the variable period (unit prices and absence stand on it), also where nothing is paid any more.
    pub at_variable_end: Option<Exact>,
    /// The same at the end of each part of 勤怠; empty where there are no parts.
    pub at_part_ends: Vec<Option<Exact>>,
}

/// 変動支給 of one item; each is a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariableAmount {
    /// Index of the item in the plan.
    pub item: usize,
    /// 金額, negative for a refund.
    pub amount: Yen,
    /// 対象月: a difference of an earlier month, by the payment month in which it was due.
    pub for_month: Option<Month>,
    /// For a difference of 通勤手当: what was already paid as 通勤手当 for that month, yen, since the limit is that month's; of an
    /// item for n months, for those n months.
    pub already_paid: Option<Yen>,
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

use kura_calendar::Month;
use kura_yen::Yen;

use super::values::Quantity;
use crate::tax::TaxRule;

/// 給与明細: the lines of one payment and what follows from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// 支給, absence as negatives, in the order of the slip.
    pub pay: Vec<Line>,
    /// 控除, in the order of the slip.
    pub deductions: Vec<Line>,
    /// 総支給額: the sum of [`Self::pay`].
    pub gross: Yen,
    /// 非課税.
    pub tax_free: Yen,
    /// 課税対象額（社会保険料控除後）.
    pub taxable: Yen,
    /// 控除合計: the sum of [`Self::deductions`].
    pub deduction_total: Yen,
    /// 差引支給額; below zero when the deductions exceed the pay.
    pub net: Yen,
    /// What the pay counts as for insurance, revision and unit prices.
    pub bases: Bases,
}

impl Slip {
    /// 差引不足額: what the person owes when the net is negative; nothing is transferred then.
    pub fn shortfall(&self) -> Yen {
        (-self.net).or_zero()
    }

    /// The sum of one built-in deduction over its months.
    pub fn deducted(&self, built_in: BuiltIn) -> Yen {
        let lines = self.deductions.iter().filter(|line| line.kind == LineKind::BuiltIn(built_in));
        lines.map(|line| line.amount).sum()
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it pays or deducts.
    pub kind: LineKind,
    /// 金額, yen.
    pub amount: Yen,
    /// 数量・単価, where the amount is their product.
    pub quantity: Option<Quantity>,
    /// The rule that gave the amount.
    pub rule: Rule,
    /// 対象月: the month of a premium or of a back-payment.
    pub month: Option<Month>,
    /// 内訳 of a health premium: basic part, care, support levy.
    pub split: Option<[Yen; 3]>,
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// An item of the plan, by its index.
    Item(usize),
    /// A line every plan has.
    BuiltIn(BuiltIn),
}

/// 内蔵の明細行.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BuiltIn {
    /// 有給手当.
    PaidLeave,
    /// 法定内残業手当.
    WithinStatutoryOvertime,
    /// 時間外手当.
    Overtime,
    /// 時間外手当（45時間超）.
    OvertimeOver45,
    /// 時間外手当（60時間超）.
    OvertimeOver60,
    /// 所定休日手当.
    ScheduledHoliday,
    /// 法定休日手当.
    StatutoryHoliday,
    /// 深夜手当.
    Night,
    /// 固定残業超過額.
    FixedOvertimeExcess,
    /// 欠勤控除.
    Absence,
    /// 遅早控除.
    Lateness,
    /// 健康保険料, care and support levy included.
    HealthInsurance,
    /// 厚生年金保険料.
    EmployeesPension,
    /// 雇用保険料.
    EmploymentInsurance,
    /// 所得税.
    IncomeTax,
    /// 住民税.
    InhabitantTax,
}

impl BuiltIn {
    /// The stable code of the line (slips.jsonl).
    pub const fn code(self) -> &'static str {
        match self {
            Self::PaidLeave => "paid_leave_pay",
            Self::WithinStatutoryOvertime => "within_statutory_overtime",
            Self::Overtime => "overtime",
            Self::OvertimeOver45 => "overtime_over_45",
            Self::OvertimeOver60 => "overtime_over_60",
            Self::ScheduledHoliday => "scheduled_holiday_work",
            Self::StatutoryHoliday => "statutory_holiday_work",
            Self::Night => "night_work",
            Self::FixedOvertimeExcess => "fixed_overtime_excess",
            Self::Absence => "absence",
            Self::Lateness => "lateness",
            Self::HealthInsurance => "health_insurance",
            Self::EmployeesPension => "employees_pension",
            Self::EmploymentInsurance => "employment_insurance",
            Self::IncomeTax => "income_tax",
            Self::InhabitantTax => "inhabitant_tax",
        }
    }

    /// 明細の名.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::PaidLeave => "有給手当",
            Self::WithinStatutoryOvertime => "法定内残業手当",
            Self::Overtime => "時間外手当",
            Self::OvertimeOver45 => "時間外手当（45時間超）",
            Self::OvertimeOver60 => "時間外手当（60時間超）",
            Self::ScheduledHoliday => "所定休日手当",
            Self::StatutoryHoliday => "法定休日手当",
            Self::Night => "深夜手当",
            Self::FixedOvertimeExcess => "固定残業超過額",
            Self::Absence => "欠勤控除",
            Self::Lateness => "遅早控除",
            Self::HealthInsurance => "健康保険料",
            Self::EmployeesPension => "厚生年金保険料",
            Self::EmploymentInsurance => "雇用保険料",
            Self::IncomeTax => "所得税",
            Self::InhabitantTax => "住民税",
        }
    }
}

/// The rule behind a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// The contract figure of a whole period.
    ContractMonthly,
    /// The contract figure by 日割.
    Prorated,
    /// No pay: unpaid leave of the whole period.
    WholePeriodLeave,
    /// 日給 × paid days.
    DailyTimesDays,
    /// 時給 × hours.
    HourlyTimesHours,
    /// 有給 by 通常の賃金.
    PaidLeaveOrdinary,
    /// 有給 by 平均賃金 or 標準報酬日額.
    PaidLeaveByDay,
    /// Unit × rate × hours (労基法37条).
    PremiumPay,
    /// 固定残業: what the real hours exceed it by.
    FixedOvertimeExcess,
    /// Contract figure ÷ divisor × days or hours not worked.
    NotWorked,
    /// 固定支給.
    Fixed,
    /// 変動支給.
    Variable,
    /// 式.
    Formula,
    /// Standard × rate, employee's share, rounded once.
    SocialPremium,
    /// Standard × rate, the levy rounded apart.
    SocialPremiumLevyApart,
    /// 二以上: the notified amount, employee's share.
    NotifiedPremium,
    /// 雇用保険: wage × rate.
    EmploymentPremium,
    /// A rule of tax law.
    Tax(TaxRule),
    /// 住民税の通知.
    InhabitantNotice,
}

impl Rule {
    /// The name of the rule, as slips.jsonl and the trace show it.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::ContractMonthly => "月額",
            Self::Prorated => "日割",
            Self::WholePeriodLeave => "全期間の休業（無給）",
            Self::DailyTimesDays => "日給×日数",
            Self::HourlyTimesHours => "時給×時間",
            Self::PaidLeaveOrdinary => "有給（通常の賃金）",
            Self::PaidLeaveByDay => "有給（1日の額）",
            Self::PremiumPay => "単価×割増率×時間（労基法37条）",
            Self::FixedOvertimeExcess => "固定残業の超過",
            Self::NotWorked => "不就労分の控除",
            Self::Fixed => "固定支給",
            Self::Variable => "変動支給",
            Self::Formula => "式",
            Self::SocialPremium => "標準報酬×料率の本人負担（一度だけ端数処理）",
            Self::SocialPremiumLevyApart => "標準報酬×料率の本人負担（支援金は別に端数処理）",
            Self::NotifiedPremium => "二以上勤務の通知額の本人負担",
            Self::EmploymentPremium => "賃金×雇用保険料率",
            Self::Tax(rule) => rule.japanese(),
            Self::InhabitantNotice => "住民税の通知額",
        }
    }
}

/// What the pay counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bases {
    /// 報酬（通貨）, an item paid for n months with 1/n.
    pub remuneration: Yen,
    /// 報酬（現物）.
    pub remuneration_in_kind: Yen,
    /// うち固定的賃金.
    pub fixed_part: Yen,
    /// うち遡及分: 変動支給 of an earlier month.
    pub retroactive_part: Yen,
    /// 労働保険の賃金.
    pub labor_wage: Yen,
    /// 健康保険料・厚生年金保険料・雇用保険料 together.
    pub social_insurance: Yen,
    /// 通勤手当 above its tax-free limit.
    pub taxable_commuting: Yen,
    /// True when base pay was prorated or left out: the month is not 満額.
    pub partial_month: bool,
}

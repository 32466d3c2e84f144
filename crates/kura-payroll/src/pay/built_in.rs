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
    /// 賞与.
    Bonus,
    /// 賞与（現物）.
    BonusInKind,
    /// 仮払い: last month's net, paid before the month is computed.
    ProvisionalPay,
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
    /// 現物支給額: the value that was given in kind and is not paid in money.
    GivenInKind,
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
            Self::Bonus => "bonus",
            Self::BonusInKind => "bonus_in_kind",
            Self::ProvisionalPay => "provisional_pay",
            Self::HealthInsurance => "health_insurance",
            Self::EmployeesPension => "employees_pension",
            Self::EmploymentInsurance => "employment_insurance",
            Self::IncomeTax => "income_tax",
            Self::InhabitantTax => "inhabitant_tax",
            Self::GivenInKind => "given_in_kind",
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
            Self::Bonus => "賞与",
            Self::BonusInKind => "賞与（現物）",
            Self::ProvisionalPay => "仮払い",
            Self::HealthInsurance => "健康保険料",
            Self::EmployeesPension => "厚生年金保険料",
            Self::EmploymentInsurance => "雇用保険料",
            Self::IncomeTax => "所得税",
            Self::InhabitantTax => "住民税",
            Self::GivenInKind => "現物支給額",
        }
    }
}

/// 内蔵の明細行.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BuiltIn {
    /// 有給手当.
    PaidLeave,
    /// 特別休暇手当.
    PaidSpecialLeave,
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
    /// 固定深夜超過額.
    FixedNightExcess,
    /// 固定休日超過額.
    FixedHolidayExcess,
    /// 欠勤控除.
    Absence,
    /// 遅早控除.
    Lateness,
    /// 休業控除: what is not earned on days of 会社都合の休業.
    SuspensionDeduction,
    /// 休業手当 (労基法26条).
    SuspensionAllowance,
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
    /// 前月繰越端数: the fraction of last month, paid now; a negative deduction.
    FractionCarriedIn,
    /// 翌月繰越端数: the fraction of this month, to be paid with the next.
    FractionCarriedOut,
    /// 立替金返済: what the employer advanced when deductions exceeded the pay.
    AdvanceRecovered,
}

impl BuiltIn {
    /// All of them, in the order of the slip.
    pub const ALL: [Self; 28] = [
        Self::PaidLeave,
        Self::PaidSpecialLeave,
        Self::WithinStatutoryOvertime,
        Self::Overtime,
        Self::OvertimeOver45,
        Self::OvertimeOver60,
        Self::ScheduledHoliday,
        Self::StatutoryHoliday,
        Self::Night,
        Self::FixedOvertimeExcess,
        Self::FixedNightExcess,
        Self::FixedHolidayExcess,
        Self::Absence,
        Self::Lateness,
        Self::SuspensionDeduction,
        Self::SuspensionAllowance,
        Self::Bonus,
        Self::BonusInKind,
        Self::ProvisionalPay,
        Self::HealthInsurance,
        Self::EmployeesPension,
        Self::EmploymentInsurance,
        Self::IncomeTax,
        Self::InhabitantTax,
        Self::GivenInKind,
        Self::FractionCarriedIn,
        Self::FractionCarriedOut,
        Self::AdvanceRecovered,
    ];

    /// 控除, not 支給.
    pub const fn is_deduction(self) -> bool {
        self.is_statutory()
            || matches!(
                self,
                Self::GivenInKind | Self::FractionCarriedIn | Self::FractionCarriedOut | Self::AdvanceRecovered
            )
    }

    /// 法定控除: premiums and taxes.
    pub const fn is_statutory(self) -> bool {
        matches!(
            self,
            Self::HealthInsurance
                | Self::EmployeesPension
                | Self::EmploymentInsurance
                | Self::IncomeTax
                | Self::InhabitantTax
        )
    }

    /// The stable code of the line (slips.jsonl).
    pub const fn code(self) -> &'static str {
        match self {
            Self::PaidLeave => "paid_leave_pay",
            Self::PaidSpecialLeave => "paid_special_leave",
            Self::WithinStatutoryOvertime => "within_statutory_overtime",
            Self::Overtime => "overtime",
            Self::OvertimeOver45 => "overtime_over_45",
            Self::OvertimeOver60 => "overtime_over_60",
            Self::ScheduledHoliday => "scheduled_holiday_work",
            Self::StatutoryHoliday => "statutory_holiday_work",
            Self::Night => "night_work",
            Self::FixedOvertimeExcess => "fixed_overtime_excess",
            Self::FixedNightExcess => "fixed_night_excess",
            Self::FixedHolidayExcess => "fixed_holiday_excess",
            Self::Absence => "absence",
            Self::Lateness => "lateness",
            Self::SuspensionDeduction => "suspension_deduction",
            Self::SuspensionAllowance => "suspension_allowance",
            Self::Bonus => "bonus",
            Self::BonusInKind => "bonus_in_kind",
            Self::ProvisionalPay => "provisional_pay",
            Self::HealthInsurance => "health_insurance",
            Self::EmployeesPension => "employees_pension",
            Self::EmploymentInsurance => "employment_insurance",
            Self::IncomeTax => "income_tax",
            Self::InhabitantTax => "inhabitant_tax",
            Self::GivenInKind => "given_in_kind",
            Self::FractionCarriedIn => "fraction_carried_in",
            Self::FractionCarriedOut => "fraction_carried_out",
            Self::AdvanceRecovered => "advance_recovered",
        }
    }

    /// 明細の名.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::PaidLeave => "有給手当",
            Self::PaidSpecialLeave => "特別休暇手当",
            Self::WithinStatutoryOvertime => "法定内残業手当",
            Self::Overtime => "時間外手当",
            Self::OvertimeOver45 => "時間外手当（45時間超）",
            Self::OvertimeOver60 => "時間外手当（60時間超）",
            Self::ScheduledHoliday => "所定休日手当",
            Self::StatutoryHoliday => "法定休日手当",
            Self::Night => "深夜手当",
            Self::FixedOvertimeExcess => "固定残業超過額",
            Self::FixedNightExcess => "固定深夜超過額",
            Self::FixedHolidayExcess => "固定休日超過額",
            Self::Absence => "欠勤控除",
            Self::Lateness => "遅早控除",
            Self::SuspensionDeduction => "休業控除",
            Self::SuspensionAllowance => "休業手当",
            Self::Bonus => "賞与",
            Self::BonusInKind => "賞与（現物）",
            Self::ProvisionalPay => "仮払い",
            Self::HealthInsurance => "健康保険料",
            Self::EmployeesPension => "厚生年金保険料",
            Self::EmploymentInsurance => "雇用保険料",
            Self::IncomeTax => "所得税",
            Self::InhabitantTax => "住民税",
            Self::GivenInKind => "現物支給額",
            Self::FractionCarriedIn => "前月繰越端数",
            Self::FractionCarriedOut => "翌月繰越端数",
            Self::AdvanceRecovered => "立替金返済",
        }
    }

    /// 割増: paid by the hour, whatever the pay type.
    pub(super) const fn is_premium(self) -> bool {
        matches!(
            self,
            Self::WithinStatutoryOvertime
                | Self::Overtime
                | Self::OvertimeOver45
                | Self::OvertimeOver60
                | Self::ScheduledHoliday
                | Self::StatutoryHoliday
                | Self::Night
                | Self::FixedOvertimeExcess
                | Self::FixedNightExcess
                | Self::FixedHolidayExcess
        )
    }
}

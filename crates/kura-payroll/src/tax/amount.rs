use kura_yen::Yen;

use crate::Citations;

/// An amount that tax law gives: the yen, the rule that gave it, and where its figures come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxAmount {
    /// 金額, yen.
    pub yen: Yen,
    /// The rule that gave it.
    pub rule: TaxRule,
    /// The row of a 税額表 it was read from, where there is one.
    pub row: Option<TableRow>,
    /// The figures it stands on.
    pub citations: Citations,
}

impl TaxAmount {
    pub(super) const fn new(yen: Yen, rule: TaxRule, citations: Citations) -> Self {
        Self { yen, rule, row: None, citations }
    }
}

/// 税額表の行: the class of pay a tax was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableRow {
    /// 以上: first yen of the row.
    pub from: Yen,
    /// 未満: first yen of the next row; `None` in the last one.
    pub to_excl: Option<Yen>,
}

/// The rule behind an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaxRule {
    /// 月額表 (所得税法185条, 別表第二).
    MonthlyTable,
    /// 日額表 (所得税法185条, 別表第三).
    DailyTable,
    /// 電子計算機等の特例 (所得税法189条).
    ComputerFormula,
    /// 賞与に対する源泉徴収税額の算出率の表 (所得税法186条1項).
    BonusRateTable,
    /// 賞与: no pay in the previous month, computed with the monthly table (所得税法186条1項).
    BonusWithoutPreviousPay,
    /// 賞与: more than a multiple of the previous month's pay, computed with the monthly table (所得税法186条2項).
    BonusOverMultiple,
    /// 非居住者 (所得税法212条, 213条).
    NonResident,
    /// 給与所得控除後の金額 (所得税法別表第五).
    SalaryIncome,
    /// 基礎控除 (所得税法86条).
    BasicDeduction,
    /// 所得金額調整控除 (措法41条の3の11第1項).
    IncomeAdjustment,
    /// 住民税の月割額 (地方税法321条の5第1項).
    InhabitantInstalment,
    /// 一括徴収, mandatory for those who leave early in the year (地方税法321条の5第2項).
    LumpSumMandatory,
    /// 一括徴収, asked for by the person (地方税法321条の5第2項).
    LumpSumRequested,
    /// The last month of the cycle: only its own instalment is left.
    LastInstalment,
    /// 普通徴収への切替え: what is left is billed to the person.
    OrdinaryCollection,
    /// 通勤手当の非課税限度額: public transport or toll (所得税法施行令20条の2第1号).
    CommutingFare,
    /// 通勤手当の非課税限度額: car or bicycle by distance (所得税法施行令20条の2第2号).
    CommutingVehicle,
    /// 通勤手当の非課税限度額: both together (所得税法施行令20条の2第4号).
    CommutingCombined,
}

impl TaxRule {
    /// The name of the rule for programs and traces.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MonthlyTable => "monthly_table",
            Self::DailyTable => "daily_table",
            Self::ComputerFormula => "computer_formula",
            Self::BonusRateTable => "bonus_rate_table",
            Self::BonusWithoutPreviousPay => "bonus_without_previous_pay",
            Self::BonusOverMultiple => "bonus_over_multiple",
            Self::NonResident => "non_resident",
            Self::SalaryIncome => "salary_income",
            Self::BasicDeduction => "basic_deduction",
            Self::IncomeAdjustment => "income_adjustment",
            Self::InhabitantInstalment => "instalment",
            Self::LumpSumMandatory => "lump_sum_mandatory",
            Self::LumpSumRequested => "lump_sum_requested",
            Self::LastInstalment => "last_instalment",
            Self::OrdinaryCollection => "ordinary_collection",
            Self::CommutingFare => "commuting_fare",
            Self::CommutingVehicle => "commuting_vehicle",
            Self::CommutingCombined => "commuting_combined",
        }
    }

    /// The name of the rule as a Japanese reader knows it.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::MonthlyTable => "月額表",
            Self::DailyTable => "日額表",
            Self::ComputerFormula => "電子計算機等の特例",
            Self::BonusRateTable => "賞与の算出率の表",
            Self::BonusWithoutPreviousPay => "前月に給与がない賞与（月額表）",
            Self::BonusOverMultiple => "前月の給与に比べて多額の賞与（月額表）",
            Self::NonResident => "非居住者の税率",
            Self::SalaryIncome => "給与所得控除後の金額",
            Self::BasicDeduction => "基礎控除",
            Self::IncomeAdjustment => "所得金額調整控除",
            Self::InhabitantInstalment => "住民税の月割額",
            Self::LumpSumMandatory => "一括徴収（義務）",
            Self::LumpSumRequested => "一括徴収（本人の申出）",
            Self::LastInstalment => "最終月の月割額",
            Self::OrdinaryCollection => "普通徴収への切替え",
            Self::CommutingFare => "通勤手当の非課税限度額（交通機関・有料道路）",
            Self::CommutingVehicle => "通勤手当の非課税限度額（自動車・自転車）",
            Self::CommutingCombined => "通勤手当の非課税限度額（交通機関と自動車など）",
        }
    }

    /// The law table the rule reads from.
    pub const fn table(self) -> &'static str {
        match self {
            Self::MonthlyTable | Self::BonusWithoutPreviousPay | Self::BonusOverMultiple => "withholding_monthly",
            Self::DailyTable => "withholding_daily",
            Self::ComputerFormula => "computer_formula_brackets",
            Self::BonusRateTable => "withholding_bonus",
            Self::SalaryIncome | Self::BasicDeduction => "year_end_brackets",
            Self::CommutingFare | Self::CommutingVehicle | Self::CommutingCombined => "commuting_limits",
            Self::NonResident
            | Self::IncomeAdjustment
            | Self::InhabitantInstalment
            | Self::LumpSumMandatory
            | Self::LumpSumRequested
            | Self::LastInstalment
            | Self::OrdinaryCollection => super::RULES,
        }
    }
}

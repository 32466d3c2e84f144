use kura_yen::Rounding;

/// 端数処理の特約: how an employee's share becomes whole yen when it is taken from pay (通貨法3条; an agreement between
/// employer and employee may set another rule).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum RoundingAgreement {
    /// 50銭以下切捨・50銭超切上: the rule of law where nothing is agreed.
    #[default]
    FiftySen,
    /// 切捨: agreed in favour of the employee.
    Down,
    /// 四捨五入: agreed, or the employee pays in cash (50銭未満切捨・50銭以上切上).
    HalfUp,
}

impl RoundingAgreement {
    /// The rounding it stands for.
    pub const fn rounding(self) -> Rounding {
        match self {
            Self::FiftySen => Rounding::HalfDown,
            Self::Down => Rounding::Down,
            Self::HalfUp => Rounding::HalfUp,
        }
    }

    /// The word of the workbook.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::FiftySen => "50銭以下切捨",
            Self::Down => "切捨",
            Self::HalfUp => "四捨五入",
        }
    }
}

/// 支援金の端数: whether the support levy is rounded with the health premium or apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum HealthRounding {
    /// 合算: health, care and levy are one premium in law and are rounded once (健康保険法156条1項1号, 161条1項).
    #[default]
    CombinedOnce,
    /// 別: the levy is rounded on its own, as the separate column of the printed table suggests; a setting per client.
    SupportLevySeparate,
}

impl HealthRounding {
    /// The spelling of requests and traces.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CombinedOnce => "combined_once",
            Self::SupportLevySeparate => "support_levy_separate",
        }
    }

    /// The word of the workbook.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::CombinedOnce => "合算",
            Self::SupportLevySeparate => "別",
        }
    }
}

use kura_law::{Law, LawError};

/// 届書の種類: the forms of 日本年金機構 this crate writes and checks as records of `SHFD0006.CSV`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// 被保険者資格取得届, 2200700.
    Acquisition,
    /// 被保険者資格喪失届, 2201700.
    Loss,
    /// 被扶養者（異動）届, 2202700.
    DependentChange,
    /// 報酬月額変更届, 2221700.
    MonthlyChange,
    /// 報酬月額算定基礎届, 2225700.
    AnnualBase,
    /// 賞与支払届, 2265700.
    BonusPayment,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 6] = [
        Self::Acquisition,
        Self::Loss,
        Self::DependentChange,
        Self::MonthlyChange,
        Self::AnnualBase,
        Self::BonusPayment,
    ];

    /// 様式コード, the first field of every record.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Acquisition => "2200700",
            Self::Loss => "2201700",
            Self::DependentChange => "2202700",
            Self::MonthlyChange => "2221700",
            Self::AnnualBase => "2225700",
            Self::BonusPayment => "2265700",
        }
    }

    /// The form of a 様式コード; `None` for one this crate does not know.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// The table of kura-law that holds the layout.
    pub const fn layout_table(self) -> &'static str {
        match self {
            Self::Acquisition => "layout_2200700",
            Self::Loss => "layout_2201700",
            Self::DependentChange => "layout_2202700",
            Self::MonthlyChange => "layout_2221700",
            Self::AnnualBase => "layout_2225700",
            Self::BonusPayment => "layout_2265700",
        }
    }

    /// 届書の名, as the law pack gives it.
    ///
    /// # Errors
    /// The pack has no layout of the form.
    pub fn title(self, law: &Law) -> Result<&str, LawError> {
        Ok(&law.layout(self.layout_table())?.title)
    }

    /// 算定基礎届 alone writes amounts with leading zeros, seven digits; the Service accepts both.
    pub(crate) const fn pads_money(self) -> bool {
        matches!(self, Self::AnnualBase)
    }
}

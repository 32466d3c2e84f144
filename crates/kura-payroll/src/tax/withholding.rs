use kura_calendar::Date;
use kura_law::{Column, Law};
use kura_yen::Yen;

use super::{ComputerFormula, TaxAmount, WithholdingError, WithholdingTable};

/// 税額表の欄 and the number of people that counts in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaxColumn {
    /// 甲欄: the 扶養控除等申告書 was filed with this payer.
    Kou {
        /// 扶養親族等の数, with 1 more for each 障害者, 寡婦, ひとり親, 勤労学生.
        dependents: u16,
    },
    /// 乙欄: a second payer.
    Otsu {
        /// The people on the 従たる給与についての扶養控除等申告書; 0 where none was filed, whatever the family.
        secondary_dependents: u16,
    },
    /// 丙欄: day labourers.
    Hei,
}

impl TaxColumn {
    /// The column of the table.
    pub const fn column(self) -> Column {
        match self {
            Self::Kou { .. } => Column::Kou,
            Self::Otsu { .. } => Column::Otsu,
            Self::Hei => Column::Hei,
        }
    }
}

/// 税額の求め方, a setting of the payer: one method a payroll.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// 税額表.
    Table,
    /// 電子計算機等の特例; it reaches the monthly 甲欄 alone.
    ComputerFormula,
}

/// 支給期: which table the pay is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PayPeriod {
    /// 月額表.
    Month,
    /// 日額表.
    Day,
}

/// 給与の源泉徴収税額 of one payment.
///
/// `taxable` is the pay of the period after social insurance, yen; below zero counts as zero. The year of the table follows
/// the 支給日 (所得税法183条, 185条).
pub fn withholding(
    law: &Law,
    payment_date: Date,
    period: PayPeriod,
    method: Method,
    column: TaxColumn,
    taxable: Yen,
) -> Result<TaxAmount, WithholdingError> {
    match (method, period, column) {
        (Method::ComputerFormula, PayPeriod::Month, TaxColumn::Kou { dependents }) => {
            ComputerFormula::on(law, payment_date)?.tax(taxable, dependents)
        }
        (Method::ComputerFormula, ..) => Err(WithholdingError::FormulaOutsideMonthlyKou),
        (Method::Table, PayPeriod::Month, column) => WithholdingTable::monthly(law, payment_date)?.tax(taxable, column),
        (Method::Table, PayPeriod::Day, column) => WithholdingTable::daily(law, payment_date)?.tax(taxable, column),
    }
}

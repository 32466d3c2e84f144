use kura_calendar::{Date, Month};
use kura_yen::Yen;

use crate::pay::{BuiltIn, Line, LineKind, Slip};

/// A payment as 給与履歴 and 明細履歴 keep it: a first slip, a 仮払い, or a correction (its lines are differences).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// 支給日: the day the money was paid.
    pub paid_on: Date,
    /// The lines.
    pub lines: Vec<PaidLine>,
    /// 非課税, yen.
    pub tax_free: Yen,
    /// 報酬, in money and in kind, yen.
    pub remuneration: Yen,
    /// 労働保険の賃金, yen.
    pub labor_wage: Yen,
}

/// One line that was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidLine {
    /// 支給 or 控除.
    pub side: Side,
    /// 項目コード, or the code of a built-in line.
    pub code: String,
    /// 項目名.
    pub name: String,
    /// 対象月, where it is known.
    pub month: Option<Month>,
    /// 金額, yen.
    pub amount: Yen,
    /// 内訳 of a health premium, where it is known.
    pub split: Option<[Yen; 3]>,
}

/// The half of a slip a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// 支給.
    Pay,
    /// 控除.
    Deduction,
}

/// What kind of payment is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SettledKind {
    /// 給与.
    Pay,
    /// 賞与.
    Bonus,
}

/// The payment that is corrected: the days it belongs to, whenever its money was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettledPayment {
    /// 給与 or 賞与.
    pub kind: SettledKind,
    /// 本来の支給日: year and table of the tax (所得税基本通達36-9(1)).
    pub due_on: Date,
    /// 締切日 (for a bonus the 支給日): rate and wage year of employment insurance.
    pub closing_date: Date,
}

impl Payment {
    /// A computed slip as a payment; `name` gives code and name of a line.
    pub fn of_slip(slip: &Slip, paid_on: Date, name: impl Fn(LineKind) -> (String, String)) -> Self {
        let line = |side, line: &Line| {
            let (code, name) = name(line.kind);
            PaidLine { side, code, name, month: line.month, amount: line.amount, split: line.split }
        };
        let pay = slip.pay.iter().map(|earned| line(Side::Pay, earned));
        let deductions = slip.deductions.iter().map(|deducted| line(Side::Deduction, deducted));
        Self {
            paid_on,
            lines: pay.chain(deductions).collect(),
            tax_free: slip.tax_free,
            remuneration: slip.bases.remuneration + slip.bases.remuneration_in_kind,
            labor_wage: slip.bases.labor_wage,
        }
    }

    /// 総支給額, yen.
    pub fn gross(&self) -> Yen {
        self.sum(|line| line.side == Side::Pay)
    }

    /// 控除合計, yen.
    pub fn deduction_total(&self) -> Yen {
        self.sum(|line| line.side == Side::Deduction)
    }

    /// 差引支給額, yen.
    pub fn net(&self) -> Yen {
        self.gross() - self.deduction_total()
    }

    /// 課税対象額（社会保険料控除後）, yen.
    pub fn taxable(&self) -> Yen {
        self.gross() - self.tax_free - self.sum(|line| line.side == Side::Deduction && line.is_social_insurance())
    }

    fn sum(&self, counts: impl Fn(&PaidLine) -> bool) -> Yen {
        self.lines.iter().filter(|line| counts(line)).map(|line| line.amount).sum()
    }
}

impl PaidLine {
    /// True for the built-in line.
    pub(super) fn is(&self, built_in: BuiltIn) -> bool {
        self.code == built_in.code()
    }

    fn is_social_insurance(&self) -> bool {
        [BuiltIn::HealthInsurance, BuiltIn::EmployeesPension, BuiltIn::EmploymentInsurance]
            .into_iter()
            .any(|premium| self.is(premium))
    }
}

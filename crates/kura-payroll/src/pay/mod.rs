//! 給与計算: one person's slip of one payment month, each yen with its rule.
//!
//! A [`PayPlan`] holds what a pay group shares in a month: clocks, items, formulas in order, rules of wages, figures of law.
//! A [`PersonMonth`] holds what is true of one person, already looked up at the right days. [`PayPlan::pay`] is a pure
//! function of the two.
//!
//! Order of the work: base and fixed items (日割) → formulas → 割増 → gross → bases → social insurance → employment
//! insurance → withholding → 住民税 → other deductions → net.

mod absence;
mod amounts;
mod attendance;
mod base_pay;
mod built_in;
mod comparable_wage;
mod counting;
mod deductions;
mod figures;
mod fixed_overtime;
mod formula_inputs;
mod item;
mod leave_pay;
mod overtime;
mod overtime_minutes;
mod part;
mod pay_lines;
mod person;
mod plan;
mod proration;
mod rule;
mod rules;
mod slip;
mod social;
mod tax_free;
mod trace;
mod unit;
mod wages;
mod work;

pub use attendance::{Attendance, PaidLeavePay, ScheduledDays, Suspension};
pub use built_in::BuiltIn;
pub use formula_inputs::FormulaInputs;
pub use item::{AmountSource, DeductionBasis, Item, ItemClass};
pub use overtime_minutes::OvertimeMinutes;
pub use part::AttendancePart;
pub use person::{
    Carried, Contract, FixedAmount, FixedOvertime, Meals, NotifiedPremium, PersonMonth, PremiumDue, RunningPayment,
    Spans, TaxFacts, VariableAmount,
};
pub use plan::{PayPlan, PlanInput};
pub use rule::Rule;
pub use rules::{PremiumPayRates, WageRules};
pub use slip::{Bases, Line, LineKind, Quantity, Slip, Unbalanced};
pub(crate) use trace::rounding_in_words;
pub use trace::{Input, Reason, Total, Trace, Traced};
pub(crate) use work::Lines;
pub use work::Scratch;

use kura_calendar::Date;

use crate::formula::EvaluationProblem;
pub use crate::plan::{FactName, ItemInput, LookupTable, PlanProblem};

/// Why a person has no slip.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayError {
    /// A value that the calculation needs is unknown.
    #[error("「{what}」が空欄のため計算できません。")]
    Unknown {
        /// The Japanese name of the value.
        what: String,
    },
    /// A formula has no value.
    #[error("項目「{item}」の式: {problem}")]
    Formula {
        /// The name of the item.
        item: String,
        /// What is wrong.
        problem: EvaluationProblem,
    },
    /// The price of work changes inside the period, and the 勤怠 is one row: its totals cannot be parted.
    #[error("{from}から給与形態か基本額が変わるため、勤怠をその前日までとその日からの2行に分けないと計算できません。")]
    NeedsAttendanceFrom {
        /// The day of the change: 対象開始日 of the second row.
        from: Date,
    },
    /// The guarantee of 歩合 is known only after the commission, and a commission asks for it.
    #[error(
        "項目「{item}」の式は「基本給」を使っていますが、歩合の人の基本給（保障給との差額）は歩合給が決まってからでないと決まりません。式の「基本給」を「基本額」に変えてください。"
    )]
    CommissionNeedsBasePay {
        /// 項目名.
        item: String,
    },
    /// A case the engine does not compute yet: refused by name.
    #[error("「{what}」の計算にはまだ対応していません。")]
    NotSupported {
        /// The case.
        what: &'static str,
        /// What the user can do, one Japanese sentence.
        remedy: &'static str,
    },
    /// A deduction that law allows only with an agreement (労基法24条), and none is known.
    #[error("「{what}」を給与から控除するには労使協定が要ります（労基法24条）。")]
    NeedsAgreement {
        /// What would be deducted.
        what: &'static str,
    },
    /// The slip does not add up.
    #[error(transparent)]
    Unbalanced(#[from] Unbalanced),
    /// The premium of social insurance has no answer.
    #[error(transparent)]
    Insurance(#[from] kura_insurance::InsuranceError),
    /// The withholding tax has no answer.
    #[error(transparent)]
    Withholding(#[from] crate::tax::WithholdingError),
    /// The commuting limit has no answer.
    #[error(transparent)]
    Commuting(#[from] crate::tax::CommutingError),
    /// A figure of law is missing.
    #[error(transparent)]
    Law(#[from] kura_law::LawError),
    /// An amount cannot be computed.
    #[error(transparent)]
    Yen(#[from] kura_yen::YenError),
}

impl PayError {
    /// What the user can do, one Japanese sentence.
    pub fn remedy(&self) -> &str {
        match self {
            Self::Unknown { .. } => "値を記入してください。数を書く欄で、ないときは0と書いてください。",
            Self::Formula { .. } => "式か、式が使う値を直してください。",
            Self::NeedsAttendanceFrom { .. } => "対象開始日にその日を書いた行を加えてください。",
            Self::CommissionNeedsBasePay { .. } => "支給控除項目の式を直してください。",
            Self::NotSupported { remedy, .. } => remedy,
            Self::NeedsAgreement { .. } => {
                "24条控除の協定を結び、給与規程の「控除しきれないとき」を「立替（協定あり）」にするか、給与から控除せず本人に請求してください。"
            }
            Self::Unbalanced(error) => error.remedy(),
            Self::Insurance(error) => error.remedy(),
            Self::Withholding(error) => error.remedy(),
            Self::Commuting(error) => error.remedy(),
            Self::Law(error) => error.remedy(),
            Self::Yen(error) => error.remedy(),
        }
    }
}

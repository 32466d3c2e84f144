//! One room per form: its record in the words of the office, how that is written, and what the form demands of it.

mod acquisition;
mod amounts;
mod annual_base;
mod bonus_payment;
mod dependents;
mod loss;
mod monthly_change;
mod pay_months;
mod pay_notice;

pub use acquisition::{AcquisitionClass, AcquisitionKey, AcquisitionNotice, InsuredClass, NoResidentRecord};
pub use annual_base::AnnualBaseNotice;
pub use bonus_payment::BonusPaymentNotice;
pub use dependents::{
    Began, Dependent, DependentBeganReason, DependentChange, DependentChangeNotice, DependentEndedReason, DependentJob,
    DependentRelation, Ended, InsuredKey, Overseas, OverseasEndReason, OverseasReason, Spouse, SpouseBeganReason,
    SpouseEndedReason, SpouseJob, SpouseRelation, TelKind,
};
pub use loss::{LossCause, LossNotice};
pub use monthly_change::MonthlyChangeNotice;
pub use pay_months::MonthPay;
pub use pay_notice::{PayChange, PayChangeKind, PayNotice, Retroactive};

use kura_law::LawError;

use crate::Form;
use crate::checking::Checking;
use crate::form_rules::Comparison;
use crate::record_layout::RecordLayout;
use crate::rule::Demand::{Blank, Filled};
use crate::rule::{PlacedRule, Rule, When};
use crate::writer::RecordWriter;

/// 届出: the records of one procedure, all of one form.
#[derive(Clone, Copy)]
pub enum Notices<'a> {
    /// 資格取得届.
    Acquisition(&'a [AcquisitionNotice]),
    /// 資格喪失届.
    Loss(&'a [LossNotice]),
    /// 被扶養者（異動）届.
    DependentChange(&'a [DependentChangeNotice]),
    /// 月額変更届.
    MonthlyChange(&'a [MonthlyChangeNotice]),
    /// 算定基礎届.
    AnnualBase(&'a [AnnualBaseNotice]),
    /// 賞与支払届.
    BonusPayment(&'a [BonusPaymentNotice]),
}

impl Notices<'_> {
    /// Their form.
    pub const fn form(self) -> Form {
        match self {
            Self::Acquisition(_) => Form::Acquisition,
            Self::Loss(_) => Form::Loss,
            Self::DependentChange(_) => Form::DependentChange,
            Self::MonthlyChange(_) => Form::MonthlyChange,
            Self::AnnualBase(_) => Form::AnnualBase,
            Self::BonusPayment(_) => Form::BonusPayment,
        }
    }
}

/// How a notice becomes the fields of its record.
pub(crate) trait Fill {
    /// Writes every field but 様式コード and those of the office.
    fn fill(&self, writer: &mut RecordWriter<'_>, checking: &mut Checking<'_>) -> Result<(), LawError>;
}

/// The rules of a form, placed in its layout.
pub(crate) fn rules_of(form: Form, layout: &RecordLayout) -> Result<(Vec<PlacedRule>, Box<dyn Comparison>), LawError> {
    let place = |rules: &[&[Rule]]| -> Result<Vec<PlacedRule>, LawError> {
        let rules = [PENSION_NUMBER].into_iter().chain(rules.iter().copied()).flatten();
        rules.map(|rule| rule.place(layout, "")).collect()
    };
    Ok(match form {
        Form::Acquisition => (place(&[acquisition::RULES])?, Box::new(acquisition::Places::of(layout)?)),
        Form::Loss => (place(&[loss::RULES])?, Box::new(loss::Places::of(layout)?)),
        Form::DependentChange => {
            let mut rules = place(&[])?;
            rules.extend(dependents::rules::place(layout)?);
            (rules, Box::new(dependents::Places::of(layout)?))
        }
        Form::MonthlyChange => (place(&[OVER_70, pay_notice::RULES])?, Box::new(monthly_change::Places::of(layout)?)),
        Form::AnnualBase => (place(&[OVER_70, pay_notice::RULES])?, Box::new(annual_base::Places::of(layout)?)),
        Form::BonusPayment => (place(&[OVER_70])?, Box::new(bonus_payment::Places::of(layout)?)),
    })
}

/// 基礎年金番号: both parts or none.
const PENSION_NUMBER: &[Rule] = &[
    Rule { field: "basic_pension_no_1", demand: Filled, when: &[When::Filled("basic_pension_no_2")] },
    Rule { field: "basic_pension_no_2", demand: Filled, when: &[When::Filled("basic_pension_no_1")] },
];

/// Forms that flag 70歳以上被用者 and ask for a number of them alone.
const OVER_70: &[Rule] = &[
    Rule { field: "flag_over70", demand: Filled, when: &[When::Is("only_over70", &["1"])] },
    Rule { field: "my_number", demand: Blank, when: &[When::Blank("flag_over70")] },
    Rule {
        field: "basic_pension_no_1",
        demand: Filled,
        when: &[When::Is("flag_over70", &["1"]), When::Blank("my_number")],
    },
];

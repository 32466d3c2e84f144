use kura_law::{Law, LawError};

use crate::Form;
use crate::checking::Checking;
use crate::forms;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::rule::PlacedRule;

/// Everything known about the records of one form.
pub(crate) struct FormRules {
    pub(crate) form: Form,
    pub(crate) layout: RecordLayout,
    rules: Vec<PlacedRule>,
    comparison: Box<dyn Comparison>,
}

/// What a form demands of dates and amounts beside each other, where filled and blank are not enough.
pub(crate) trait Comparison {
    /// Reports what does not agree. Values that cannot be read have been reported before and are passed over.
    fn check(&self, record: Record<'_>, layout: &RecordLayout, checking: &mut Checking<'_>) -> Result<(), LawError>;
}

impl FormRules {
    pub(crate) fn of(law: &Law, form: Form) -> Result<Self, LawError> {
        let layout = RecordLayout::of_table(law, form.layout_table())?;
        let (rules, comparison) = forms::rules_of(form, &layout)?;
        Ok(Self { form, layout, rules, comparison })
    }

    /// Checks one data record with the right number of fields.
    pub(crate) fn check(&self, record: Record<'_>, checking: &mut Checking<'_>) {
        self.layout.check(record, checking.placeholders, &mut checking.report);
        for rule in &self.rules {
            rule.check(record, &self.layout, &mut checking.report);
        }
        if let Err(error) = self.comparison.check(record, &self.layout, checking) {
            checking.report.add_law(&error);
        }
    }
}

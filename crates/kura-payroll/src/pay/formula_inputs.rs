use super::item::Item;
use super::plan::PayPlan;
use crate::plan::OWN_WORD_SLOT;

/// What the amount of a formula item follows from, itself or through the formulas of other items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormulaInputs {
    /// 基本給 is named.
    pub base_pay: bool,
    /// The facts named, by their index in [`PayPlan::facts`].
    pub facts: Vec<usize>,
    /// The items named, by their index in [`PayPlan::items`].
    pub items: Vec<usize>,
}

impl PayPlan<'_> {
    /// What an item's formula follows from; `None` where the item has no formula.
    pub fn formula_inputs(&self, item: usize) -> Option<FormulaInputs> {
        let names = self.names();
        let mut inputs = FormulaInputs::default();
        let mut waiting = vec![item];
        let mut seen = Vec::new();
        while let Some(at) = waiting.pop() {
            let Some(formula) = self.items.get(at).and_then(Item::formula) else { continue };
            if seen.contains(&at) {
                continue;
            }
            seen.push(at);
            for slot in formula.slots().iter().copied() {
                inputs.base_pay |= slot == OWN_WORD_SLOT;
                inputs.facts.extend(names.fact_of(slot));
                let named = names.item_of(slot);
                inputs.items.extend(named);
                waiting.extend(named);
            }
        }
        (!seen.is_empty()).then_some(inputs)
    }
}

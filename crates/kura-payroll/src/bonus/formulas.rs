use kura_yen::{Exact, Yen};

use super::plan::BonusPlan;
use crate::formula::{Formula, Name, Names, StepWords, Value, ValueType, Values, dependency_order};
use crate::pay::{AmountSource, FactName, Item, LookupTable, PlanProblem, Reason};

/// Slot of 賞与: the typed amount in money.
const BONUS_SLOT: u16 = 0;
const FIRST_FACT_SLOT: usize = 1;
const BONUS: &str = "賞与";

/// The names that the formulas of a bonus may use: items, facts, and 賞与.
pub(super) struct BonusNames<'plan> {
    pub(super) facts: &'plan [FactName],
    pub(super) items: &'plan [String],
    pub(super) tables: &'plan [LookupTable],
}

impl Names for BonusNames<'_> {
    fn name(&self, name: &str) -> Option<Name> {
        if let Some(at) = self.facts.iter().position(|fact| fact.name == name) {
            return Some(Name {
                slot: slot(FIRST_FACT_SLOT.checked_add(at)?)?,
                value_type: self.facts.get(at)?.value_type,
            });
        }
        if let Some(at) = self.items.iter().position(|item| item == name) {
            let first_item = FIRST_FACT_SLOT.checked_add(self.facts.len())?;
            return Some(Name { slot: slot(first_item.checked_add(at)?)?, value_type: ValueType::Number });
        }
        (name == BONUS).then_some(Name { slot: BONUS_SLOT, value_type: ValueType::Number })
    }

    fn table(&self, table: &str) -> Option<u16> {
        self.tables.iter().position(|known| known.name == table).and_then(slot)
    }
}

impl BonusNames<'_> {
    /// Indices of the formula items, each after those it needs.
    pub(super) fn order(&self, items: &[Item]) -> Result<Vec<usize>, PlanProblem> {
        let needs: Vec<Vec<usize>> = items.iter().map(|item| self.items_needed(item)).collect();
        let order = dependency_order(items.len(), |item| needs.get(item).map_or(&[], Vec::as_slice));
        let order = order.map_err(|circle| PlanProblem::Circle {
            items: circle.items.iter().filter_map(|&item| items.get(item)).map(|item| item.name.clone()).collect(),
        })?;
        Ok(order.into_iter().filter(|&at| items.get(at).is_some_and(|item| formula_of(item).is_some())).collect())
    }

    fn items_needed(&self, item: &Item) -> Vec<usize> {
        let first_item = FIRST_FACT_SLOT.saturating_add(self.facts.len());
        let slots = formula_of(item).map_or(&[][..], Formula::slots);
        slots.iter().filter_map(|slot| usize::from(*slot).checked_sub(first_item)).collect()
    }
}

fn formula_of(item: &Item) -> Option<&Formula> {
    match &item.source {
        AmountSource::Formula(formula, _) => Some(formula),
        _ => None,
    }
}

fn slot(at: usize) -> Option<u16> {
    u16::try_from(at).ok()
}

/// The values of one person while the slip is computed.
pub(super) struct BonusValues<'run> {
    pub(super) plan: &'run BonusPlan<'run>,
    pub(super) facts: &'run [Option<Value<'static>>],
    pub(super) currency: Option<Yen>,
    pub(super) item_amounts: &'run [Option<Exact>],
}

impl Values for BonusValues<'_> {
    fn value(&self, slot: u16) -> Option<Value<'_>> {
        if slot == BONUS_SLOT {
            return self.currency.map(|currency| Value::Number(currency.exact()));
        }
        let at = usize::from(slot).checked_sub(FIRST_FACT_SLOT)?;
        match at.checked_sub(self.plan.facts.len()) {
            None => match self.facts.get(at)?.as_ref()? {
                Value::Number(number) => Some(Value::Number(*number)),
                Value::Text(text) => Some(Value::Text(text.as_ref().into())),
            },
            Some(item) => self.item_amounts.get(item).copied().flatten().map(Value::Number),
        }
    }

    fn look_up(&self, table: u16, key: &Value<'_>) -> Option<Exact> {
        let table = self.plan.tables.get(usize::from(table))?;
        match key {
            Value::Text(text) => table.keys.iter().find(|(known, _)| known == text).map(|(_, value)| *value),
            Value::Number(number) => {
                let mut ranges = table.ranges.iter();
                let row = ranges.find(|(from, to, _)| from <= number && to.is_none_or(|to| *number < to));
                row.map(|(_, _, value)| *value)
            }
        }
    }
}

impl BonusPlan<'_> {
    /// A reason of a formula item in words: each step with what came out.
    pub fn steps_in_words(&self, reason: &Reason) -> Vec<StepWords> {
        reason.steps.iter().map(|step| step.words(|slot| self.slot_name(slot).into())).collect()
    }

    /// The Japanese name of a slot, for findings and traces.
    pub(super) fn slot_name(&self, slot: u16) -> &str {
        let Some(at) = usize::from(slot).checked_sub(FIRST_FACT_SLOT) else { return BONUS };
        match at.checked_sub(self.facts.len()) {
            None => self.facts.get(at).map_or("", |fact| fact.name.as_str()),
            Some(item) => self.items.get(item).map_or("", |item| item.name.as_str()),
        }
    }
}

use kura_yen::{Exact, Yen};

use super::{PayError, PayPlan, PersonMonth};
use crate::formula::{Name, Names, Value, ValueType, Values};

/// Slot of 基本給: the amount of this slip's base line, after 日割, before any absence.
const BASE_PAY_SLOT: u16 = 0;
const FIRST_FACT_SLOT: usize = 1;

/// A name that formulas may use besides the items: an attendance column, a fact of the person, a custom field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactName {
    /// The Japanese name.
    pub name: String,
    /// The type of its value.
    pub value_type: ValueType,
}

/// 数量・単価 behind an amount: hours and their price, days and theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// 数量 in hours or days.
    pub count: Exact,
    /// 単価, yen.
    pub unit: Exact,
}

/// The names of a plan while its formulas are compiled.
pub(super) struct PlanNames<'plan> {
    pub(super) facts: &'plan [FactName],
    pub(super) items: &'plan [String],
    pub(super) tables: &'plan [String],
}

impl Names for PlanNames<'_> {
    fn name(&self, name: &str) -> Option<Name> {
        if name == "基本給" {
            return Some(Name { slot: BASE_PAY_SLOT, value_type: ValueType::Number });
        }
        if let Some(at) = self.facts.iter().position(|fact| fact.name == name) {
            let value_type = self.facts.get(at)?.value_type;
            return Some(Name { slot: slot(FIRST_FACT_SLOT.checked_add(at)?)?, value_type });
        }
        let at = self.items.iter().position(|item| item == name)?;
        let first_item = FIRST_FACT_SLOT.checked_add(self.facts.len())?;
        Some(Name { slot: slot(first_item.checked_add(at)?)?, value_type: ValueType::Number })
    }

    fn table(&self, table: &str) -> Option<u16> {
        self.tables.iter().position(|known| known == table).and_then(slot)
    }
}

impl PlanNames<'_> {
    /// The item a slot stands for, if it is one.
    pub(super) fn item_of(&self, slot: u16) -> Option<usize> {
        usize::from(slot).checked_sub(FIRST_FACT_SLOT)?.checked_sub(self.facts.len())
    }
}

fn slot(at: usize) -> Option<u16> {
    u16::try_from(at).ok()
}

/// The values of one person while the slip is computed.
pub(super) struct PersonValues<'run> {
    pub(super) plan: &'run PayPlan<'run>,
    pub(super) person: &'run PersonMonth,
    pub(super) base_pay: Yen,
    pub(super) item_amounts: &'run [Option<Exact>],
}

impl Values for PersonValues<'_> {
    fn value(&self, slot: u16) -> Option<Value<'_>> {
        if slot == BASE_PAY_SLOT {
            return Some(Value::Number(self.base_pay.exact()));
        }
        let at = usize::from(slot).checked_sub(FIRST_FACT_SLOT)?;
        if let Some(fact) = self.person.facts.get(at) {
            return match fact.as_ref()? {
                Value::Number(number) => Some(Value::Number(*number)),
                Value::Text(text) => Some(Value::Text(text.as_ref().into())),
            };
        }
        let item = at.checked_sub(self.person.facts.len())?;
        self.item_amounts.get(item).copied().flatten().map(Value::Number)
    }

    fn look_up(&self, table: u16, key: &Value<'_>) -> Option<Exact> {
        self.plan.look_up(table, key)
    }
}

impl PayPlan<'_> {
    /// The Japanese name of a slot, for findings and traces.
    pub(super) fn slot_name(&self, slot: u16) -> String {
        if slot == BASE_PAY_SLOT {
            return "基本給".to_owned();
        }
        let at = usize::from(slot).saturating_sub(FIRST_FACT_SLOT);
        let fact = self.facts.get(at).map(|fact| fact.name.clone());
        fact.or_else(|| self.items.get(at.saturating_sub(self.facts.len())).map(|item| item.name.clone()))
            .unwrap_or_default()
    }

    pub(super) fn formula_error(&self, item: &str, problem: crate::formula::EvaluationProblem) -> PayError {
        match problem {
            crate::formula::EvaluationProblem::Unknown { slot } => PayError::Unknown { what: self.slot_name(slot) },
            problem => PayError::Formula { item: item.to_owned(), problem },
        }
    }
}

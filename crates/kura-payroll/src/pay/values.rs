use kura_yen::{Exact, Yen};

use super::amounts::ItemAmount;
use super::{PayError, PayPlan, PersonMonth};
use crate::formula::{EvaluationProblem, Name, Names, Value, ValueType, Values};

/// Slot of 基本給: the amount of this slip's base line, after 日割, before any absence.
pub(super) const BASE_PAY_SLOT: u16 = 0;
const FIRST_FACT_SLOT: usize = 1;

/// A name that formulas may use besides the items: an attendance column, a fact of the person, a custom field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactName {
    /// The Japanese name.
    pub name: String,
    /// The type of its value.
    pub value_type: ValueType,
    /// True for 勤怠: a formula that uses it is paid for what was done, also when no day of the period is paid any more.
    pub of_attendance: bool,
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

    /// The fact a slot stands for, if it is one.
    pub(super) fn fact_of(&self, slot: u16) -> Option<&FactName> {
        self.facts.get(self.fact_at(slot)?)
    }

    /// Its place among the facts.
    pub(super) fn fact_at(&self, slot: u16) -> Option<usize> {
        usize::from(slot).checked_sub(FIRST_FACT_SLOT).filter(|at| *at < self.facts.len())
    }

    /// The word of a fact or an item.
    pub(super) fn name_of(&self, slot: u16) -> Option<&str> {
        let fact = self.fact_of(slot).map(|fact| fact.name.as_str());
        fact.or_else(|| self.items.get(self.item_of(slot)?).map(String::as_str))
    }
}

fn slot(at: usize) -> Option<u16> {
    u16::try_from(at).ok()
}

/// The values of one person while the slip is computed.
pub(super) struct PersonValues<'run> {
    pub(super) plan: &'run PayPlan<'run>,
    pub(super) person: &'run PersonMonth,
    pub(super) base_pay: Option<Yen>,
    pub(super) amounts: &'run [ItemAmount],
}

impl Values for PersonValues<'_> {
    fn value(&self, slot: u16) -> Option<Value<'_>> {
        if slot == BASE_PAY_SLOT {
            return self.base_pay.map(|amount| Value::Number(amount.exact()));
        }
        let at = usize::from(slot).checked_sub(FIRST_FACT_SLOT)?;
        match at.checked_sub(self.plan.facts.len()) {
            None => match self.person.facts.get(at)?.as_ref()? {
                Value::Number(number) => Some(Value::Number(*number)),
                Value::Text(text) => Some(Value::Text(text.as_ref().into())),
            },
            Some(item) => self.item(item).map(Value::Number),
        }
    }

    fn look_up(&self, table: u16, key: &Value<'_>) -> Option<Exact> {
        self.plan.look_up(table, key)
    }
}

impl PersonValues<'_> {
    /// An item as it stands on the slip. An item of 固定支給 or 変動支給 without a row is no unknown cell: the person has no
    /// right to it, and that is 0.
    fn item(&self, at: usize) -> Option<Exact> {
        self.amounts.get(at)?.on_the_slip()
    }
}

impl PayPlan<'_> {
    /// The Japanese name of a slot, for findings and traces.
    pub(super) fn slot_name(&self, slot: u16) -> &str {
        let Some(at) = usize::from(slot).checked_sub(FIRST_FACT_SLOT) else { return "基本給" };
        match at.checked_sub(self.facts.len()) {
            None => self.facts.get(at).map_or("", |fact| fact.name.as_str()),
            Some(item) => self.items.get(item).map_or("", |item| item.name.as_str()),
        }
    }

    pub(super) fn formula_error(&self, item: &str, problem: EvaluationProblem) -> PayError {
        match problem {
            EvaluationProblem::Unknown { slot } => PayError::Unknown { what: self.slot_name(slot).to_owned() },
            problem => PayError::Formula { item: item.to_owned(), problem },
        }
    }

    /// A reason of a formula item in words: each step with what came out.
    pub fn steps_in_words(&self, reason: &super::Reason) -> Vec<crate::formula::StepWords> {
        reason.steps.iter().map(|step| step.words(|slot| self.slot_name(slot).into())).collect()
    }
}

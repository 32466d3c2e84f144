use kura_yen::Exact;

use super::lookup_table::LookupTable;
use crate::formula::{Name, Names, Value, ValueType, Values};
use crate::pay::Item;

/// Slot of the plan's own word.
pub(crate) const OWN_WORD_SLOT: u16 = 0;
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

/// The word that means what the plan itself is about: 基本給 of pay, 賞与 of a bonus.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnWord {
    pub(crate) word: &'static str,
    /// True where it also wins over an item of the same name.
    pub(crate) before_items: bool,
}

/// The names that the formulas of a plan may use. Slots: the own word, then the facts, then the items, each in its order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PlanNames<'plan> {
    pub(crate) own: OwnWord,
    pub(crate) facts: &'plan [FactName],
    pub(crate) items: &'plan [Item],
    pub(crate) tables: &'plan [LookupTable],
}

impl Names for PlanNames<'_> {
    fn name(&self, name: &str) -> Option<Name> {
        let item = self.items.iter().position(|item| item.name == name);
        if name == self.own.word && (self.own.before_items || item.is_none()) {
            return Some(Name { slot: OWN_WORD_SLOT, value_type: ValueType::Number });
        }
        if let Some(at) = self.facts.iter().position(|fact| fact.name == name) {
            let value_type = self.facts.get(at)?.value_type;
            return Some(Name { slot: slot(FIRST_FACT_SLOT.checked_add(at)?)?, value_type });
        }
        let first_item = FIRST_FACT_SLOT.checked_add(self.facts.len())?;
        Some(Name { slot: slot(first_item.checked_add(item?)?)?, value_type: ValueType::Number })
    }

    fn table(&self, table: &str) -> Option<u16> {
        self.tables.iter().position(|known| known.name == table).and_then(slot)
    }
}

impl<'plan> PlanNames<'plan> {
    /// The item a slot stands for, if it is one.
    pub(crate) fn item_of(&self, slot: u16) -> Option<usize> {
        usize::from(slot).checked_sub(FIRST_FACT_SLOT)?.checked_sub(self.facts.len())
    }

    /// The fact a slot stands for, if it is one.
    pub(crate) fn fact_of(&self, slot: u16) -> Option<usize> {
        usize::from(slot).checked_sub(FIRST_FACT_SLOT).filter(|at| *at < self.facts.len())
    }

    /// The Japanese name of a slot, for findings and traces.
    pub(crate) fn name_of(&self, slot: u16) -> &'plan str {
        match (self.fact_of(slot), self.item_of(slot)) {
            (Some(fact), _) => self.facts.get(fact).map_or("", |fact| fact.name.as_str()),
            (None, Some(item)) => self.items.get(item).map_or("", |item| item.name.as_str()),
            (None, None) => self.own.word,
        }
    }

    /// True when the word of a slot is also the name of another item: a wrong amount would be paid without a sign.
    pub(crate) fn is_ambiguous(&self, slot: u16) -> bool {
        let others = self.items.iter().filter(|item| item.name == self.name_of(slot)).count();
        slot != OWN_WORD_SLOT && others > usize::from(self.item_of(slot).is_some())
    }
}

/// The values of one person while a slip is computed.
pub(crate) struct PlanValues<'run, Amount> {
    pub(crate) names: PlanNames<'run>,
    /// The own word; `None` while it is not known.
    pub(crate) own: Option<Exact>,
    /// The facts, in the order of the names.
    pub(crate) facts: &'run [Option<Value<'static>>],
    /// The amount of an item as formulas see it; `None` while it is not known.
    pub(crate) amount: Amount,
}

impl<Amount: Fn(usize) -> Option<Exact>> Values for PlanValues<'_, Amount> {
    fn value(&self, slot: u16) -> Option<Value<'_>> {
        if slot == OWN_WORD_SLOT {
            return self.own.map(Value::Number);
        }
        let at = usize::from(slot).checked_sub(FIRST_FACT_SLOT)?;
        match at.checked_sub(self.names.facts.len()) {
            None => match self.facts.get(at)?.as_ref()? {
                Value::Number(number) => Some(Value::Number(*number)),
                Value::Text(text) => Some(Value::Text(text.as_ref().into())),
            },
            Some(item) => (self.amount)(item).map(Value::Number),
        }
    }

    fn look_up(&self, table: u16, key: &Value<'_>) -> Option<Exact> {
        self.names.tables.get(usize::from(table))?.look_up(key)
    }
}

fn slot(at: usize) -> Option<u16> {
    u16::try_from(at).ok()
}

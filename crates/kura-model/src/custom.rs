use std::collections::BTreeMap;
use std::fmt;

use kura_yen::Exact;

use crate::Text;

/// The value of a `任意:` column: a number, or a text.
#[derive(Clone, PartialEq, Eq)]
pub enum CustomValue {
    /// A number a formula can use.
    Number(Exact),
    /// Anything else.
    Text(Text),
}

impl fmt::Debug for CustomValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CustomValue(..)")
    }
}

/// 任意の列: what stands under the headers that begin with `任意:`, by the name after it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CustomFields(BTreeMap<Text, CustomValue>);

impl CustomFields {
    /// The value of the column `任意:name`.
    pub fn get(&self, name: &str) -> Option<&CustomValue> {
        self.0.get(name)
    }

    /// Sets the value of the column `任意:name`.
    pub fn set(&mut self, name: Text, value: CustomValue) {
        self.0.insert(name, value);
    }

    /// Names and values, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &CustomValue)> {
        self.0.iter()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A later row of a dated sheet over an earlier one: a value replaces, `なし` takes away, no value changes nothing.
    pub(crate) fn apply(&mut self, later: &Self) {
        for (name, value) in &later.0 {
            match value {
                CustomValue::Text(text) if text.as_str() == crate::CLEARED => self.0.remove(name),
                other => self.0.insert(name.clone(), other.clone()),
            };
        }
    }
}

use kura_yen::Exact;

use crate::formula::Value;

/// 参照表: exact keys, or ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookupTable {
    /// 表名.
    pub name: String,
    /// Rows by exact key.
    pub keys: Vec<(String, Exact)>,
    /// Rows by range: 以上, 未満 (open when `None`), 値.
    pub ranges: Vec<(Exact, Option<Exact>, Exact)>,
}

impl LookupTable {
    /// The value of a key: a text by its row, a number by its range or else by the row whose key is the same number.
    pub(super) fn look_up(&self, key: &Value<'_>) -> Option<Exact> {
        match key {
            Value::Text(text) => self.of_key(|known| known == text),
            Value::Number(number) => {
                let mut ranges = self.ranges.iter();
                let of_range = ranges.find(|(from, to, _)| from <= number && to.is_none_or(|to| *number < to));
                let same_number = |known: &str| Exact::parse(known).is_ok_and(|known| known == *number);
                of_range.map(|(_, _, value)| *value).or_else(|| self.of_key(same_number))
            }
        }
    }

    fn of_key(&self, holds: impl Fn(&str) -> bool) -> Option<Exact> {
        self.keys.iter().find(|(known, _)| holds(known)).map(|(_, value)| *value)
    }
}

use std::collections::BTreeMap;
use std::fmt;

use kura_calendar::{Date, Timeline};

use crate::{FactValue, Facts, Row, Value};

/// The word that clears a fact in a dated sheet.
pub const CLEARED: &str = "なし";

/// A cell of a dated sheet: what it says about a fact from its 適用開始日 on.
#[derive(Clone, PartialEq, Eq, Default)]
pub enum Change<T> {
    /// Empty: what was true stays true.
    #[default]
    Unchanged,
    /// `なし`: the fact is no more.
    Cleared,
    /// From that day on it is this.
    To(T),
}

impl<T> Change<T> {
    /// The new value, if the cell gives one.
    pub fn value(&self) -> Option<&T> {
        if let Self::To(value) = self { Some(value) } else { None }
    }
}

impl<T: Clone> Change<T> {
    /// This cell over what was true before.
    pub(crate) fn apply(&self, fact: &mut Option<T>) {
        match self {
            Self::Unchanged => {}
            Self::Cleared => *fact = None,
            Self::To(value) => *fact = Some(value.clone()),
        }
    }

    /// A cell that speaks of its own row alone (終了日, 変更の理由): nothing comes over from the row before.
    pub(crate) fn replace(&self, fact: &mut Option<T>) {
        *fact = self.value().cloned();
    }
}

impl Change<bool> {
    /// A flag over what was true before; an unknown flag is not set.
    pub(crate) fn apply_flag(&self, fact: &mut bool) {
        match self {
            Self::Unchanged => {}
            Self::Cleared => *fact = false,
            Self::To(value) => *fact = *value,
        }
    }
}

impl<T: FactValue> Change<T> {
    pub(crate) fn take(values: &mut crate::Values, column: usize) -> Self {
        match values.get(column) {
            None => Self::Unchanged,
            Some(Value::Cleared) => Self::Cleared,
            Some(_) => values.take(column).map_or(Self::Unchanged, Self::To),
        }
    }

    pub(crate) fn to_value(&self) -> Option<Value> {
        match self {
            Self::Unchanged => None,
            Self::Cleared => Some(Value::Cleared),
            Self::To(value) => Some(value.to_value()),
        }
    }
}

impl<T> From<T> for Change<T> {
    fn from(value: T) -> Self {
        Self::To(value)
    }
}

impl<T> fmt::Debug for Change<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Unchanged => "Unchanged",
            Self::Cleared => "Cleared",
            Self::To(_) => "To(..)",
        })
    }
}

/// A row of a dated sheet (適用開始日 sheets): a change of the facts about one thing.
pub trait ChangeRow: Facts {
    /// What is true on a day, all rows until then taken together.
    type Known;
    /// Which thing the row is about: the key columns.
    type Key: Ord + Clone;

    /// Which thing the row is about.
    fn key(&self) -> Self::Key;
    /// 適用開始日; of a month its first day.
    fn effective_from(&self) -> Date;
    /// The facts when this row is the first.
    fn first(&self) -> Self::Known;
    /// This row over the facts before it.
    fn apply(&self, known: &mut Self::Known);
}

/// The rows of a dated sheet taken together: for each thing, what is true from which day on.
///
/// Rows are taken by 適用開始日; of two rows of one day the lower one in the sheet is the later word.
pub fn histories<C>(rows: &[Row<C>]) -> BTreeMap<C::Key, Timeline<C::Known>>
where
    C: ChangeRow,
    C::Known: Clone,
{
    let mut by_key: BTreeMap<C::Key, Vec<&Row<C>>> = BTreeMap::new();
    for row in rows {
        by_key.entry(row.key()).or_default().push(row);
    }
    by_key.into_iter().map(|(key, rows)| (key, history(rows))).collect()
}

/// The rows about one thing taken together, as [`histories`] does for all.
pub fn history<'rows, C>(rows: impl IntoIterator<Item = &'rows Row<C>>) -> Timeline<C::Known>
where
    C: ChangeRow + 'rows,
    C::Known: Clone,
{
    let mut rows: Vec<&Row<C>> = rows.into_iter().collect();
    rows.sort_by_key(|row| row.effective_from());
    let mut facts: Vec<(Date, C::Known)> = Vec::with_capacity(rows.len());
    for row in rows {
        let known = match facts.last() {
            Some((_, before)) => {
                let mut known = before.clone();
                row.apply(&mut known);
                known
            }
            None => row.first(),
        };
        facts.push((row.effective_from(), known));
    }
    Timeline::new(facts)
}

use jiff::civil::Date;

/// 適用期間: from a day on, until (not including) another; open where a bound is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EffectiveRange {
    /// First day; `None` = since ever.
    pub from: Option<Date>,
    /// First day that no longer belongs; `None` = until further notice.
    pub to_excl: Option<Date>,
}

impl EffectiveRange {
    /// True when the day lies in the range.
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to_excl.is_none_or(|end| day < end)
    }

    /// True when the two ranges share a day.
    pub fn overlaps(self, other: Self) -> bool {
        let before =
            |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(end), Some(start)) if end <= start);
        let apart = before(self.to_excl, other.from) || before(other.to_excl, self.from);
        !apart && !self.is_empty() && !other.is_empty()
    }

    /// True when no day lies in the range.
    pub fn is_empty(self) -> bool {
        matches!((self.from, self.to_excl), (Some(from), Some(end)) if end <= from)
    }
}

/// Facts each true from its day on until the next one begins (適用開始日).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline<T> {
    facts: Vec<(Date, T)>,
}

impl<T> Timeline<T> {
    /// Orders facts by their first day; of two with the same day the later given one stands.
    pub fn new(mut facts: Vec<(Date, T)>) -> Self {
        facts.reverse();
        facts.sort_by_key(|(from, _)| *from);
        facts.dedup_by_key(|(from, _)| *from);
        Self { facts }
    }

    /// The fact true on a day; `None` before the first.
    pub fn on(&self, day: Date) -> Option<&T> {
        let after = self.facts.partition_point(|(from, _)| *from <= day);
        after.checked_sub(1).and_then(|at| self.facts.get(at)).map(|(_, fact)| fact)
    }

    /// The facts in order, each with its first day.
    pub fn facts(&self) -> &[(Date, T)] {
        &self.facts
    }

    /// The days inside `(after, upto]` on which another fact begins.
    pub fn changes_within(&self, after: Date, upto: Date) -> impl Iterator<Item = &(Date, T)> {
        self.facts.iter().filter(move |(from, _)| after < *from && *from <= upto)
    }
}

use kura_calendar::Date;
use kura_law::{Law, LawError};
use kura_yen::Yen;

const TABLE: &str = "denominations";

/// 紙幣 or 貨幣.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// 紙幣.
    Note,
    /// 貨幣（硬貨）.
    Coin,
}

/// Whether the 2,000-yen note, which hardly circulates, is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Notes2000 {
    /// No.
    #[default]
    Unused,
    /// Yes.
    Used,
}

/// 金種: the notes and coins of a day, the largest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denominations {
    kinds: Vec<(Yen, Form)>,
}

/// Why an amount cannot be counted out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DenominationError {
    /// The amount is below zero.
    #[error("0円未満の額は現金で支払えません。")]
    BelowZero,
    /// The notes and coins of the day do not make up the amount.
    #[error("この日の紙幣と貨幣では、この額を作れません。")]
    NotPayable,
}

/// Notes and coins by kind, in the order of their [`Denominations`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pieces {
    counts: Vec<i64>,
}

impl Denominations {
    /// The notes and coins in use on a day.
    ///
    /// # Errors
    /// The law pack has no kinds for the day.
    pub fn on(law: &Law, day: Date, notes_2000: Notes2000) -> Result<Self, LawError> {
        let mut kinds = Vec::new();
        for row in law.rows_in_force(TABLE, day)? {
            if notes_2000 == Notes2000::Unused && !row.flag("ordinary")? {
                continue;
            }
            let form = if row.text("form")? == "note" { Form::Note } else { Form::Coin };
            let value = row.yen("denomination")?;
            if value > Yen::ZERO {
                kinds.push((value, form));
            }
        }
        kinds.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
        if kinds.is_empty() { Err(law.missing_on(TABLE, day)) } else { Ok(Self { kinds }) }
    }

    /// Each kind with its value in yen, the largest first.
    pub fn kinds(&self) -> &[(Yen, Form)] {
        &self.kinds
    }

    /// The fewest notes and coins that make up an amount: of each kind as many as fit, the largest first. In steps of 1, 2
    /// and 5 that is the fewest (a test compares it with every other way).
    ///
    /// # Errors
    /// [`DenominationError`].
    pub fn pieces(&self, amount: Yen) -> Result<Pieces, DenominationError> {
        if amount.is_negative() {
            return Err(DenominationError::BelowZero);
        }
        let mut left = amount.get();
        let mut counts = Vec::with_capacity(self.kinds.len());
        for (value, _) in &self.kinds {
            counts.push(left.checked_div(value.get()).unwrap_or_default());
            left = left.checked_rem(value.get()).unwrap_or(left);
        }
        if left == 0 { Ok(Pieces { counts }) } else { Err(DenominationError::NotPayable) }
    }

    /// The amount that pieces make up.
    pub fn amount(&self, pieces: &Pieces) -> Yen {
        let each = self.kinds.iter().zip(&pieces.counts);
        each.map(|((value, _), count)| Yen::new(value.get().saturating_mul(*count))).sum()
    }
}

impl Pieces {
    /// How many of each kind.
    pub fn counts(&self) -> &[i64] {
        &self.counts
    }

    /// How many in all.
    pub fn total_count(&self) -> i64 {
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Adds the pieces of another envelope: a 金種表 counts envelopes, not the sum of their amounts.
    pub fn add(&mut self, other: &Self) {
        if self.counts.len() < other.counts.len() {
            self.counts.resize(other.counts.len(), 0);
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_add(*more);
        }
    }
}

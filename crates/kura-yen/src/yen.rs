use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use crate::Exact;

/// 円: a whole amount of yen. May be negative (a deduction, a refund, a shortfall).
///
/// Additions saturate. That is a fence behind a fence: every amount that enters Kura is checked against the range of its
/// field (at most 10^13 yen), and 900,000 of those fit before saturation begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Yen(i64);

impl Yen {
    /// 0円.
    pub const ZERO: Yen = Yen(0);

    /// An amount of `yen` yen.
    pub const fn new(yen: i64) -> Self {
        Self(yen)
    }

    /// The amount as a number of yen.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// True below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The larger of zero and this amount.
    #[inline]
    pub fn or_zero(self) -> Self {
        self.max(Self::ZERO)
    }

    /// Drops what is below `unit` yen (端数切捨て, toward zero): `Yen::new(1_234_567).floor_to(1_000)` is 1,234,000.
    /// A unit of zero or less changes nothing.
    pub fn floor_to(self, unit: i64) -> Self {
        match self.0.checked_rem(unit) {
            Some(rest) if unit > 0 => Self(self.0.saturating_sub(rest)),
            _ => self,
        }
    }

    /// The digits by thousands, as people read them: `-1,234,567`.
    pub fn grouped(self) -> String {
        let digits = self.0.unsigned_abs().to_string();
        let mut text = String::with_capacity(digits.len().saturating_mul(2));
        text.push_str(if self.is_negative() { "-" } else { "" });
        for (left, digit) in (0..digits.len()).rev().zip(digits.chars()) {
            text.push(digit);
            if left > 0 && left.is_multiple_of(3) {
                text.push(',');
            }
        }
        text
    }

    /// The same amount as an exact number, to be multiplied by a rate.
    #[inline]
    pub fn exact(self) -> Exact {
        Exact::whole(self.0)
    }
}

impl Add for Yen {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Yen {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Yen {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl AddAssign for Yen {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl SubAssign for Yen {
    #[inline]
    fn sub_assign(&mut self, other: Self) {
        self.0 = self.0.saturating_sub(other.0);
    }
}

impl Sum for Yen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl From<i64> for Yen {
    fn from(yen: i64) -> Self {
        Self(yen)
    }
}

impl fmt::Display for Yen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_thousands() {
        let shown = [0, 999, 1_000, 1_234_567, -98_000, i64::MIN].map(|amount| Yen::new(amount).grouped());
        assert_eq!(shown, ["0", "999", "1,000", "1,234,567", "-98,000", "-9,223,372,036,854,775,808"]);
    }
}

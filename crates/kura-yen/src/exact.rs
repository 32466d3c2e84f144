use std::cmp::Ordering;
use std::fmt;

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};

use crate::{Rounding, Yen, YenError};

/// An exact number: a fraction of two integers, never a float. What stands between an amount and its one rounding.
///
/// Every operation is checked: a result that needs more than 38 digits is an error, not a wrong yen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact(Ratio<i128>);

impl Exact {
    /// 0.
    pub const ZERO: Exact = Exact(Ratio::new_raw(0, 1));

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Self(Ratio::from_integer(i128::from(number)))
    }

    /// Reads a plain decimal such as `9.85`, `-3` or `0.0036`: ASCII digits, at most one point, at most 15 digits on each side.
    pub fn parse(decimal: &str) -> Result<Self, YenError> {
        let (negative, digits) = match decimal.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, decimal),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.len() <= 15 && part.bytes().all(|byte| byte.is_ascii_digit());
        let point_without_digits = digits.contains('.') && fraction.is_empty();
        if whole.is_empty() || point_without_digits || !plain(whole) || !plain(fraction) {
            return Err(YenError::NotADecimal);
        }
        let mut numerator: i128 = 0;
        let mut denominator: i128 = 1;
        for digit in whole.bytes().chain(fraction.bytes()) {
            numerator = numerator.saturating_mul(10).saturating_add(i128::from(digit.saturating_sub(b'0')));
        }
        for _ in 0..fraction.len() {
            denominator = denominator.saturating_mul(10);
        }
        let signed = if negative { numerator.saturating_neg() } else { numerator };
        Ok(Self(Ratio::new(signed, denominator)))
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Result<Self, YenError> {
        self.0.checked_add(&other.0).map(Self).ok_or(YenError::TooLarge)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Result<Self, YenError> {
        self.0.checked_sub(&other.0).map(Self).ok_or(YenError::TooLarge)
    }

    /// The product.
    pub fn times(self, other: Self) -> Result<Self, YenError> {
        self.0.checked_mul(&other.0).map(Self).ok_or(YenError::TooLarge)
    }

    /// The product with a whole number (months, days, units).
    pub fn times_integer(self, factor: i64) -> Result<Self, YenError> {
        self.times(Self::whole(factor))
    }

    /// The quotient.
    pub fn divided_by(self, other: Self) -> Result<Self, YenError> {
        if other.0.is_zero() {
            return Err(YenError::DivisionByZero);
        }
        self.0.checked_div(&other.0).map(Self).ok_or(YenError::TooLarge)
    }

    /// The quotient by a whole number (2 for 労使折半, 12, 300 ...).
    pub fn divided_by_integer(self, divisor: i64) -> Result<Self, YenError> {
        self.divided_by(Self::whole(divisor))
    }

    /// The whole number of yen after one named rounding.
    pub fn round(self, rounding: Rounding) -> Result<Yen, YenError> {
        let (numerator, denominator) = (*self.0.numer(), *self.0.denom());
        let magnitude = numerator.checked_abs().ok_or(YenError::TooLarge)?;
        let whole = magnitude.checked_div(denominator).ok_or(YenError::DivisionByZero)?;
        let rest = magnitude.checked_rem(denominator).ok_or(YenError::DivisionByZero)?;
        let twice_rest = rest.checked_mul(2).ok_or(YenError::TooLarge)?;
        let one_more = match rounding {
            Rounding::Down => false,
            Rounding::Up => rest > 0,
            Rounding::HalfUp => twice_rest >= denominator,
            Rounding::HalfDown => twice_rest > denominator,
        };
        let rounded = whole.checked_add(i128::from(one_more)).ok_or(YenError::TooLarge)?;
        let signed = if numerator < 0 { rounded.saturating_neg() } else { rounded };
        i64::try_from(signed).map(Yen::new).map_err(|_| YenError::TooLarge)
    }

    /// The multiple of `unit` yen after one named rounding: to the nearest 10 yen, below 100 yen dropped, up to 1,000 yen.
    pub fn round_to(self, unit: i64, rounding: Rounding) -> Result<Yen, YenError> {
        let units = self.divided_by_integer(unit)?.round(rounding)?;
        units.get().checked_mul(unit).map(Yen::new).ok_or(YenError::TooLarge)
    }

    /// Keeps `decimals` decimal places and drops the rest (二以上勤務の按分 keeps one or two).
    pub fn truncated_to(self, decimals: u32) -> Result<Self, YenError> {
        let scale = 10_i64.checked_pow(decimals).ok_or(YenError::TooLarge)?;
        self.times_integer(scale)?.round(Rounding::Down)?.exact().divided_by_integer(scale)
    }

    /// True below zero.
    pub fn is_negative(self) -> bool {
        self.0 < Ratio::zero()
    }

    /// The number as a decimal with at most `max_decimals` places, or `None` if it does not end within them.
    pub fn to_decimal(self, max_decimals: usize) -> Option<String> {
        let denominator = *self.0.denom();
        let magnitude = self.0.numer().checked_abs()?;
        let mut text = String::new();
        if *self.0.numer() < 0 {
            text.push('-');
        }
        text.push_str(&magnitude.checked_div(denominator)?.to_string());
        let mut rest = magnitude.checked_rem(denominator)?;
        let mut digits = String::new();
        while rest != 0 {
            if digits.len() >= max_decimals {
                return None;
            }
            let shifted = rest.checked_mul(10)?;
            digits.push_str(&shifted.checked_div(denominator)?.to_string());
            rest = shifted.checked_rem(denominator)?;
        }
        if !digits.is_empty() {
            text.push('.');
            text.push_str(&digits);
        }
        Some(text)
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl From<Yen> for Exact {
    fn from(amount: Yen) -> Self {
        amount.exact()
    }
}

/// A terminating decimal where one exists (within 20 places), else the fraction `n/d`.
impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal(20) {
            Some(decimal) => formatter.write_str(&decimal),
            None => write!(formatter, "{}/{}", self.0.numer(), self.0.denom()),
        }
    }
}

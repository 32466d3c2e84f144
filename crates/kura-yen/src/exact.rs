use std::cmp::Ordering;
use std::fmt;

use crate::{Rounding, Yen, YenError};

/// An exact number: a fraction of two integers, never a float. What stands between an amount and its one rounding.
///
/// Every operation is checked: a result that needs more than 38 digits is an error, not a wrong yen. The fraction is
/// brought to lowest terms only when it grows beyond 63 bits; amounts times rates stay far below, which makes a
/// multiplication cost nanoseconds (`benches/`: ten times a fraction that is reduced at every step).
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    numerator: i128,
    /// Always above zero.
    denominator: i128,
}

impl Exact {
    /// 0.
    pub const ZERO: Exact = Exact { numerator: 0, denominator: 1 };

    /// A whole number.
    #[inline]
    pub fn whole(number: i64) -> Self {
        Self { numerator: i128::from(number), denominator: 1 }
    }

    /// The fraction of two whole numbers.
    #[inline]
    pub fn ratio(numerator: i64, denominator: i64) -> Result<Self, YenError> {
        Self::whole(numerator).divided_by(Self::whole(denominator))
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
        Ok(Self { numerator: signed, denominator }.tidy())
    }

    /// The sum.
    #[inline]
    pub fn plus(self, other: Self) -> Result<Self, YenError> {
        let sum = self.with_63_bits(other, |(a, b), (c, d)| match b == d {
            true => Some((i128::from(a).checked_add(i128::from(c))?, i128::from(b))),
            false => Some((product_of(a, d).checked_add(product_of(c, b))?, product_of(b, d))),
        });
        sum.map_or_else(|| self.plus_large(other), Ok)
    }

    #[cold]
    fn plus_large(self, other: Self) -> Result<Self, YenError> {
        if self.denominator == other.denominator {
            let numerator = self.numerator.checked_add(other.numerator).ok_or(YenError::TooLarge)?;
            return Ok(Self { numerator, ..self }.tidy());
        }
        let sum = |a: Self, b: Self| {
            let left = a.numerator.checked_mul(b.denominator)?;
            let right = b.numerator.checked_mul(a.denominator)?;
            let denominator = a.denominator.checked_mul(b.denominator)?;
            Some(Self { numerator: left.checked_add(right)?, denominator }.tidy())
        };
        sum(self, other).or_else(|| sum(self.reduced(), other.reduced())).ok_or(YenError::TooLarge)
    }

    /// The difference.
    #[inline]
    pub fn minus(self, other: Self) -> Result<Self, YenError> {
        self.plus(other.negated()?)
    }

    /// The number with the other sign.
    #[inline]
    pub fn negated(self) -> Result<Self, YenError> {
        let numerator = self.numerator.checked_neg().ok_or(YenError::TooLarge)?;
        Ok(Self { numerator, ..self })
    }

    /// The product.
    #[inline]
    pub fn times(self, other: Self) -> Result<Self, YenError> {
        let product = self.with_63_bits(other, |(a, b), (c, d)| Some((product_of(a, c), product_of(b, d))));
        product.map_or_else(|| self.times_large(other), Ok)
    }

    #[cold]
    fn times_large(self, other: Self) -> Result<Self, YenError> {
        let product = |a: Self, b: Self| {
            let numerator = a.numerator.checked_mul(b.numerator)?;
            let denominator = a.denominator.checked_mul(b.denominator)?;
            Some(Self { numerator, denominator }.tidy())
        };
        let crossed = || {
            let a = Self { numerator: self.numerator, denominator: other.denominator }.reduced();
            let b = Self { numerator: other.numerator, denominator: self.denominator }.reduced();
            product(a, b)
        };
        product(self, other).or_else(crossed).ok_or(YenError::TooLarge)
    }

    /// The product with a whole number (months, days, units).
    #[inline]
    pub fn times_integer(self, factor: i64) -> Result<Self, YenError> {
        self.times(Self::whole(factor))
    }

    /// The quotient.
    #[inline]
    pub fn divided_by(self, other: Self) -> Result<Self, YenError> {
        let (numerator, denominator) = match other.numerator.cmp(&0) {
            Ordering::Equal => return Err(YenError::DivisionByZero),
            Ordering::Greater => (other.denominator, other.numerator),
            Ordering::Less => (
                other.denominator.checked_neg().ok_or(YenError::TooLarge)?,
                other.numerator.checked_neg().ok_or(YenError::TooLarge)?,
            ),
        };
        self.times(Self { numerator, denominator })
    }

    /// The quotient by a whole number (2 for 労使折半, 12, 300 ...).
    #[inline]
    pub fn divided_by_integer(self, divisor: i64) -> Result<Self, YenError> {
        self.divided_by(Self::whole(divisor))
    }

    /// The whole number of yen after one named rounding.
    #[inline]
    pub fn round(self, rounding: Rounding) -> Result<Yen, YenError> {
        match (i64::try_from(self.numerator), self.denominator) {
            (Ok(whole), 1) => Ok(Yen::new(whole)),
            _ => self.round_fraction(rounding),
        }
    }

    fn round_fraction(self, rounding: Rounding) -> Result<Yen, YenError> {
        let (magnitude, of) = (self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        let (whole, rest) = divide(magnitude, of).ok_or(YenError::DivisionByZero)?;
        let one_more = match rounding {
            Rounding::Down => false,
            Rounding::Up => rest > 0,
            Rounding::HalfUp => rest >= of.saturating_sub(rest),
            Rounding::HalfDown => rest > of.saturating_sub(rest),
        };
        let rounded = whole.checked_add(u128::from(one_more)).ok_or(YenError::TooLarge)?;
        let rounded = i128::try_from(rounded).map_err(|_| YenError::TooLarge)?;
        let signed = if self.numerator < 0 { rounded.saturating_neg() } else { rounded };
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
    pub const fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// True when the number has no fraction.
    pub fn is_whole(self) -> bool {
        self.numerator.checked_rem(self.denominator) == Some(0)
    }

    /// The number as a decimal with at most `max_decimals` places, or `None` if it does not end within them.
    pub fn to_decimal(self, max_decimals: usize) -> Option<String> {
        let Self { numerator, denominator } = self.reduced();
        let (whole, mut rest) = divide(numerator.unsigned_abs(), denominator.unsigned_abs())?;
        let mut text = String::new();
        if numerator < 0 {
            text.push('-');
        }
        text.push_str(&whole.to_string());
        let mut digits = String::new();
        while rest != 0 {
            if digits.len() >= max_decimals {
                return None;
            }
            let (digit, next) = divide(rest.checked_mul(10)?, denominator.unsigned_abs())?;
            digits.push_str(&digit.to_string());
            rest = next;
        }
        if !digits.is_empty() {
            text.push('.');
            text.push_str(&digits);
        }
        Some(text)
    }

    /// The fraction in lowest terms.
    fn reduced(self) -> Self {
        let divisor = greatest_common_divisor(self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        let divisor = i128::try_from(divisor).unwrap_or(1);
        match (self.numerator.checked_div(divisor), self.denominator.checked_div(divisor)) {
            (Some(numerator), Some(denominator)) => Self { numerator, denominator },
            _ => self,
        }
    }

    /// Lowest terms, but only when the numbers have grown beyond 63 bits.
    fn tidy(self) -> Self {
        if self.in_63_bits().is_some() { self } else { self.reduced() }
    }

    /// Numerator and denominator, where both fit: what nearly every amount and rate does.
    #[inline]
    fn in_63_bits(self) -> Option<(i64, i64)> {
        Some((i64::try_from(self.numerator).ok()?, i64::try_from(self.denominator).ok()?))
    }

    /// An operation on two such numbers; `None` where one of them, or the result, is larger.
    #[inline]
    fn with_63_bits(
        self,
        other: Self,
        operation: impl FnOnce((i64, i64), (i64, i64)) -> Option<(i128, i128)>,
    ) -> Option<Self> {
        let (numerator, denominator) = operation(self.in_63_bits()?, other.in_63_bits()?)?;
        let result = Self { numerator, denominator };
        result.in_63_bits().map(|_| result)
    }
}

/// The product of two numbers of 63 bits and a sign, which 127 bits and a sign always hold: one machine instruction.
#[inline]
fn product_of(a: i64, b: i64) -> i128 {
    i128::from(a).wrapping_mul(i128::from(b))
}

/// Quotient and rest; by 64-bit division, five times faster, where both fit.
fn divide(dividend: u128, divisor: u128) -> Option<(u128, u128)> {
    if let (Ok(dividend), Ok(divisor)) = (u64::try_from(dividend), u64::try_from(divisor)) {
        return Some((u128::from(dividend.checked_div(divisor)?), u128::from(dividend.checked_rem(divisor)?)));
    }
    Some((dividend.checked_div(divisor)?, dividend.checked_rem(divisor)?))
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

impl PartialEq for Exact {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        match (self.in_63_bits(), other.in_63_bits()) {
            (Some((a, b)), Some((c, d))) => product_of(a, d).cmp(&product_of(c, b)),
            _ => compare_large(*self, *other),
        }
    }
}

#[cold]
fn compare_large(a: Exact, b: Exact) -> Ordering {
    let crossed = || {
        let left = a.numerator.checked_mul(b.denominator)?;
        Some(left.cmp(&b.numerator.checked_mul(a.denominator)?))
    };
    crossed().unwrap_or_else(|| compare_by_parts(a, b))
}

/// Compares whole parts, then the fractions turned over: exact however large the numbers are (Euclid).
fn compare_by_parts(a: Exact, b: Exact) -> Ordering {
    let part = |number: Exact| {
        let whole = number.numerator.div_euclid(number.denominator);
        (whole, number.numerator.rem_euclid(number.denominator))
    };
    let ((whole_a, rest_a), (whole_b, rest_b)) = (part(a), part(b));
    whole_a.cmp(&whole_b).then_with(|| match (rest_a, rest_b) {
        (0, 0) => Ordering::Equal,
        (0, _) => Ordering::Less,
        (_, 0) => Ordering::Greater,
        _ => compare_by_parts(
            Exact { numerator: b.denominator, denominator: rest_b },
            Exact { numerator: a.denominator, denominator: rest_a },
        ),
    })
}

impl From<Yen> for Exact {
    fn from(amount: Yen) -> Self {
        amount.exact()
    }
}

/// A terminating decimal where one exists (within 20 places), else the fraction `n/d`.
impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(decimal) = self.to_decimal(20) {
            return formatter.write_str(&decimal);
        }
        let Self { numerator, denominator } = self.reduced();
        write!(formatter, "{numerator}/{denominator}")
    }
}

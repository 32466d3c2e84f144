use std::fmt;

use crate::{Exact, Rounding, Yen, YenError};

/// 率: an exact rate (premium rate, tax rate, share), for example 9.85 % or 5.5/1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(Exact);

impl Rate {
    /// 0 %.
    pub const ZERO: Rate = Rate(Exact::ZERO);

    /// The rate that is this exact number (0.0985 is 9.85 %).
    pub const fn new(exact: Exact) -> Self {
        Self(exact)
    }

    /// A rate given in 1/100000, the unit of the rate tables (9,850 = 9.85 %).
    pub fn from_e5(hundred_thousandths: i64) -> Result<Self, YenError> {
        Exact::whole(hundred_thousandths).divided_by_integer(100_000).map(Self)
    }

    /// A rate given in per cent as a decimal, for example `"9.85"`.
    pub fn from_percent(decimal: &str) -> Result<Self, YenError> {
        Exact::parse(decimal)?.divided_by_integer(100).map(Self)
    }

    /// A rate given per mille (‰, 1000分の) as a decimal, for example `"5.5"`.
    pub fn from_per_mille(decimal: &str) -> Result<Self, YenError> {
        Exact::parse(decimal)?.divided_by_integer(1000).map(Self)
    }

    /// A rate given as a plain decimal, for example `"0.2042"`.
    pub fn from_decimal(decimal: &str) -> Result<Self, YenError> {
        Exact::parse(decimal).map(Self)
    }

    /// The rate as an exact number.
    pub const fn exact(self) -> Exact {
        self.0
    }

    /// The sum of two rates (for example 健康保険料率 + 介護保険料率, one premium in law).
    pub fn plus(self, other: Self) -> Result<Self, YenError> {
        self.0.plus(other.0).map(Self)
    }

    /// This rate of an amount, exact.
    pub fn of(self, amount: Yen) -> Result<Exact, YenError> {
        amount.exact().times(self.0)
    }

    /// This rate of an amount, rounded once.
    pub fn of_rounded(self, amount: Yen, rounding: Rounding) -> Result<Yen, YenError> {
        self.of(amount)?.round(rounding)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

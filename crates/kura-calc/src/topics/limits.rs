//! The largest amounts a request may name, yen: far above any real one, far below what cannot be computed.

/// 標準報酬月額 and the pay of a month in social insurance.
pub(super) const STANDARD_YEN_MAX: i64 = 100_000_000;
/// A bonus, 標準賞与額, and the wages of one payment in social and labor insurance.
pub(super) const BONUS_YEN_MAX: i64 = 1_000_000_000;
/// Pay, tax, premiums and deductions of a person in a year.
pub(super) const TAX_YEN_MAX: i64 = 10_000_000_000;
/// The wages of an employer in a year, and the amount of a contract.
pub(super) const TOTAL_YEN_MAX: i64 = 10_000_000_000_000;

//! Properties of exact money: every rounding stays within one unit, is symmetric, and agrees with decimal text.

use kura_yen::{Exact, Rate, Rounding, Yen, YenError};
use num_rational::{BigRational, Ratio};
use num_traits::ToPrimitive;
use proptest::prelude::*;

const RULES: [Rounding; 4] = [Rounding::Down, Rounding::Up, Rounding::HalfUp, Rounding::HalfDown];

#[test]
fn each_rule_at_the_half() {
    let rounded = |text: &str| RULES.map(|rule| Exact::parse(text).unwrap().round(rule).unwrap().get());
    assert_eq!(rounded("9357.4"), [9357, 9358, 9357, 9357]);
    assert_eq!(rounded("9357.5"), [9357, 9358, 9358, 9357]);
    assert_eq!(rounded("9357.500001"), [9357, 9358, 9358, 9358]);
    assert_eq!(rounded("9357"), [9357; 4]);
    assert_eq!(rounded("-0.5"), [0, -1, -1, 0]);
}

#[test]
fn decimals_are_read_exactly_or_refused() {
    assert_eq!(Exact::parse("0.0036").unwrap().to_decimal(10).unwrap(), "0.0036");
    assert_eq!(Exact::parse("32765.20").unwrap().to_string(), "32765.2");
    for refused in ["", ".", "1.", ".5", "１", "1e3", "+1", "1,000", "--1", "1234567890123456"] {
        assert_eq!(Exact::parse(refused), Err(YenError::NotADecimal), "{refused}");
    }
    assert_eq!(Rate::from_percent("9.85").unwrap(), Rate::from_e5(9850).unwrap());
    assert_eq!(Rate::from_per_mille("5.5").unwrap(), Rate::from_e5(550).unwrap());
}

#[test]
fn too_large_and_zero_divisors_are_errors() {
    let huge = Exact::whole(i64::MAX);
    let huger = huge.times(huge).unwrap();
    assert_eq!(huger.times(huger), Err(YenError::TooLarge));
    assert_eq!(huger.round(Rounding::Down), Err(YenError::TooLarge));
    assert_eq!(huge.divided_by_integer(0), Err(YenError::DivisionByZero));
}

#[test]
fn every_error_has_a_sentence_and_a_remedy() {
    let cases = [
        (
            Exact::whole(i64::MAX).plus(Exact::whole(1)).unwrap().round(Rounding::Down).unwrap_err(),
            "計算の途中の数が大きすぎて扱えません。",
            "入力した金額・率・日数を確かめてください。",
        ),
        (
            Exact::ratio(1, 0).unwrap_err(),
            "0で割る計算になるため、答えがありません。",
            "日数・時間・月数・金額が0になっていないか確かめてください。",
        ),
        (
            Rate::from_percent("9,85").unwrap_err(),
            "数値として読めません。",
            "「9.85」のように半角の数字で書いてください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
    }
}

#[test]
fn units_of_ten_hundred_thousand() {
    assert_eq!(Yen::new(1_234_567).floor_to(1_000), Yen::new(1_234_000));
    assert_eq!(Exact::parse("3784.9").unwrap().round_to(10, Rounding::HalfUp).unwrap(), Yen::new(3_780));
    assert_eq!(Exact::parse("3785").unwrap().round_to(10, Rounding::HalfUp).unwrap(), Yen::new(3_790));
    assert_eq!(Exact::parse("48733.1875").unwrap().truncated_to(1).unwrap().to_string(), "48733.1");
}

proptest! {
    #[test]
    fn rounding_stays_within_one_yen_and_is_symmetric(numerator in -10_i64.pow(12)..10_i64.pow(12), divisor in 1_i64..100_000) {
        let exact = Exact::whole(numerator).divided_by_integer(divisor).unwrap();
        let negated = Exact::ZERO.minus(exact).unwrap();
        for rule in RULES {
            let rounded = exact.round(rule).unwrap();
            let error = rounded.exact().minus(exact).unwrap();
            prop_assert!(error < Exact::whole(1) && error > Exact::whole(-1));
            prop_assert_eq!(negated.round(rule).unwrap(), -rounded);
        }
        prop_assert!(exact.round(Rounding::HalfDown).unwrap().get().abs() <= exact.round(Rounding::HalfUp).unwrap().get().abs());
    }

    #[test]
    fn a_decimal_reads_back(units in -10_i64.pow(14)..10_i64.pow(14), places in 0_u32..6) {
        let exact = Exact::whole(units).divided_by_integer(10_i64.pow(places)).unwrap();
        prop_assert_eq!(Exact::parse(&exact.to_string()).unwrap(), exact);
    }

    #[test]
    fn any_text_is_a_number_or_a_clean_refusal(text in ".{0,40}") {
        if let Ok(number) = Exact::parse(&text) {
            prop_assert_eq!(Exact::parse(&number.to_string()).unwrap(), number);
        }
    }

    /// A second method: fractions of unbounded integers from a library.
    #[test]
    fn every_operation_agrees_with_unbounded_fractions(
        a in -10_i64.pow(13)..10_i64.pow(13), b in 1_i64..10_i64.pow(6),
        c in -10_i64.pow(9)..10_i64.pow(9), d in 1_i64..10_i64.pow(7),
        e in 1_i64..10_i64.pow(12),
    ) {
        let (left, right) = (Exact::ratio(a, b).unwrap(), Exact::ratio(c, d).unwrap());
        let (big_left, big_right) = (big(a, b), big(c, d));
        prop_assert_eq!(left.cmp(&right), big_left.cmp(&big_right));
        let same = |exact: Exact, big: BigRational| {
            exact.round(Rounding::Down).unwrap().get() == big.trunc().to_integer().to_i64().unwrap()
                && exact.to_string() == shown(&big)
        };
        prop_assert!(same(left.plus(right).unwrap(), &big_left + &big_right));
        prop_assert!(same(left.minus(right).unwrap(), &big_left - &big_right));
        if let Ok(product) = left.times(right).and_then(|product| product.times(Exact::ratio(1, e)?)) {
            prop_assert!(same(product, &big_left * &big_right * big(1, e)));
        }
        if c != 0 {
            let quotient = left.times_integer(7).unwrap().divided_by(right).unwrap().divided_by_integer(e).unwrap();
            prop_assert!(same(quotient, big_left * big(7, 1) / big_right / big(e, 1)));
        }
    }

    /// Comparison stays exact where cross products no longer fit.
    #[test]
    fn huge_fractions_compare_exactly(a in 1_i64..i64::MAX, b in 1_i64..i64::MAX, c in 1_i64..i64::MAX, d in 1_i64..i64::MAX) {
        let huge = |n: i64, m: i64| Exact::ratio(n, m).unwrap().times(Exact::ratio(m.max(3) - 1, n.max(3) - 2).unwrap());
        if let (Ok(left), Ok(right)) = (huge(a, b), huge(c, d)) {
            let big_of = |n: i64, m: i64| big(n, m) * big(m.max(3) - 1, n.max(3) - 2);
            prop_assert_eq!(left.cmp(&right), big_of(a, b).cmp(&big_of(c, d)));
        }
    }
}

fn big(numerator: i64, denominator: i64) -> BigRational {
    Ratio::new(numerator.into(), denominator.into())
}

/// The decimal that ends within 20 places, else the fraction.
fn shown(number: &BigRational) -> String {
    let scale = BigRational::from_integer(num_traits::pow(10_i64.into(), 20));
    let scaled = number * &scale;
    if !scaled.is_integer() {
        return number.to_string();
    }
    let digits = format!("{:0>21}", scaled.to_integer().magnitude().to_string());
    let (whole, fraction) = digits.split_at(digits.len() - 20);
    let fraction = fraction.trim_end_matches('0');
    let sign = if number < &BigRational::from_integer(0.into()) { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

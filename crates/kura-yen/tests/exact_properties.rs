//! Properties of exact money: every rounding stays within one unit, is symmetric, and agrees with decimal text.

use kura_yen::{Exact, Rate, Rounding, Yen, YenError};
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
}

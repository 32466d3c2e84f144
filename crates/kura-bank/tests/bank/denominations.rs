//! Notes and coins: their sum, and that there are no fewer.

use kura_bank::{DenominationError, Denominations, Form, Notes2000, Pieces};
use kura_yen::Yen;
use proptest::prelude::*;

use crate::files::{day, law};

fn usual() -> Denominations {
    Denominations::on(law(), day("2026-06-25"), Notes2000::Unused).unwrap()
}

fn with_2000() -> Denominations {
    Denominations::on(law(), day("2026-06-25"), Notes2000::Used).unwrap()
}

fn values(denominations: &Denominations) -> Vec<i64> {
    denominations.kinds().iter().map(|(value, _)| value.get()).collect()
}

#[test]
fn the_kinds_of_a_day() {
    assert_eq!(values(&usual()), [10_000, 5_000, 1_000, 500, 100, 50, 10, 5, 1]);
    assert_eq!(values(&with_2000()), [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1]);
    let notes = with_2000().kinds().iter().filter(|(_, form)| *form == Form::Note).count();
    assert_eq!(notes, 4);
    // The 2,000-yen note came on 2000-07-19.
    let before = Denominations::on(law(), day("2000-07-18"), Notes2000::Used).unwrap();
    let after = Denominations::on(law(), day("2000-07-19"), Notes2000::Used).unwrap();
    assert_eq!((before.kinds().len(), after.kinds().len()), (9, 10));
}

#[test]
fn counted_by_hand() {
    let counts =
        |denominations: &Denominations, amount| denominations.pieces(Yen::new(amount)).unwrap().counts().to_vec();
    assert_eq!(counts(&usual(), 228_072), [22, 1, 3, 0, 0, 1, 2, 0, 2]);
    assert_eq!(counts(&with_2000(), 228_072), [22, 1, 1, 1, 0, 0, 1, 2, 0, 2]);
    assert_eq!(counts(&usual(), 0), [0; 9]);
    assert_eq!(counts(&usual(), 16_666), [1, 1, 1, 1, 1, 1, 1, 1, 1]);
    assert_eq!(usual().pieces(Yen::new(-1)), Err(DenominationError::BelowZero));
}

/// Two envelopes of 600 yen hold two coins of 500 and two of 100; 1,200 yen in one would be a note and two coins.
#[test]
fn envelopes_are_counted_apart() {
    let denominations = usual();
    let envelope = denominations.pieces(Yen::new(600)).unwrap();
    let mut total = Pieces::default();
    total.add(&envelope);
    total.add(&envelope);
    assert_eq!(total.counts(), [0, 0, 0, 2, 2, 0, 0, 0, 0]);
    assert_eq!(denominations.amount(&total), Yen::new(1_200));
    assert_eq!(total.total_count(), 4);
}

/// Fewest pieces of every amount up to 25,000 yen by trying every last piece.
#[test]
fn there_are_no_fewer() {
    for denominations in [usual(), with_2000()] {
        let mut fewest = vec![0_i64];
        for amount in 1..=25_000_usize {
            let values = values(&denominations);
            let before = values.iter().filter_map(|value| amount.checked_sub(usize::try_from(*value).unwrap()));
            fewest.push(before.map(|rest| fewest[rest]).min().unwrap() + 1);
        }
        for (amount, expected) in fewest.into_iter().enumerate() {
            let pieces = denominations.pieces(Yen::new(i64::try_from(amount).unwrap())).unwrap();
            assert_eq!(pieces.total_count(), expected, "{amount}");
        }
    }
}

proptest! {
    #[test]
    fn pieces_sum_to_the_amount(amount in 0_i64..100_000_000_000) {
        for denominations in [usual(), with_2000()] {
            let pieces = denominations.pieces(Yen::new(amount)).unwrap();
            prop_assert_eq!(denominations.amount(&pieces), Yen::new(amount));
            prop_assert!(pieces.counts().iter().all(|count| *count >= 0));
        }
    }
}

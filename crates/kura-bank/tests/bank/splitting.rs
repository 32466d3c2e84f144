//! A net over accounts: always the whole net, or an error that says why not.

use kura_bank::{Part, RankedPart, SplitError, split};
use kura_yen::{Exact, Yen};
use proptest::prelude::*;

fn ranked(parts: &[Part]) -> Vec<RankedPart> {
    parts.iter().zip(1..).map(|(part, rank)| RankedPart { rank: Some(rank), part: *part }).collect()
}

fn amounts(net: i64, parts: &[Part]) -> Result<Vec<i64>, SplitError> {
    Ok(split(Yen::new(net), &ranked(parts))?.into_iter().map(Yen::get).collect())
}

fn fixed(amount: i64) -> Part {
    Part::Fixed(Yen::new(amount))
}

fn percent(number: i64) -> Part {
    Part::Percent(Exact::whole(number))
}

#[test]
fn plans_by_hand() {
    assert_eq!(amounts(228_072, &[Part::Whole]).unwrap(), [228_072]);
    assert_eq!(amounts(228_072, &[Part::Cash(None)]).unwrap(), [228_072]);
    assert_eq!(amounts(228_072, &[fixed(50_000), Part::Remainder]).unwrap(), [50_000, 178_072]);
    assert_eq!(amounts(228_072, &[Part::Remainder, fixed(50_000)]).unwrap(), [178_072, 50_000]);
    // 30 % of 228,072 = 68,421.6, below one yen dropped.
    assert_eq!(amounts(228_072, &[percent(30), fixed(20_000), Part::Remainder]).unwrap(), [68_421, 20_000, 139_651]);
    let cash = Part::Cash(Some(Yen::new(10_000)));
    assert_eq!(amounts(228_072, &[cash, Part::Remainder]).unwrap(), [10_000, 218_072]);
    assert_eq!(amounts(228_072, &[fixed(200_000), Part::Cash(None)]).unwrap(), [200_000, 28_072]);
    assert_eq!(amounts(50_000, &[fixed(50_000), Part::Remainder]).unwrap(), [50_000, 0]);
    assert_eq!(amounts(50_000, &[fixed(20_000), fixed(30_000)]).unwrap(), [20_000, 30_000]);
    let alone = [RankedPart { rank: None, part: Part::Whole }];
    assert_eq!(split(Yen::new(1), &alone).unwrap(), [Yen::new(1)]);
}

#[test]
fn a_net_of_nothing_or_below_is_not_paid() {
    for net in [0, -1, -35_000] {
        assert_eq!(amounts(net, &[fixed(50_000), Part::Remainder]).unwrap(), [0, 0]);
        assert_eq!(amounts(net, &[Part::Whole]).unwrap(), [0]);
    }
}

#[test]
fn every_error_has_an_example() {
    let two = |first: Option<i64>, second: Option<i64>| {
        [first, second].map(|rank| RankedPart { rank, part: Part::Remainder })
    };
    let cases = [
        (amounts(1, &[]), SplitError::NoPart),
        (amounts(1, &[fixed(0), fixed(0), fixed(0), Part::Remainder]), SplitError::TooMany { count: 4 }),
        (split(Yen::new(1), &two(Some(1), None)).map(|_| Vec::new()), SplitError::NoRank),
        (split(Yen::new(1), &two(Some(2), Some(2))).map(|_| Vec::new()), SplitError::SameRank { rank: 2 }),
        (amounts(1, &[Part::Whole, fixed(1)]), SplitError::WholeNotAlone),
        (amounts(1, &[Part::Remainder, Part::Cash(None)]), SplitError::TwoRemainders),
        (amounts(1, &[fixed(-1), Part::Remainder]), SplitError::BelowZero),
        (amounts(49_999, &[fixed(50_000), Part::Remainder]), SplitError::Exceeds),
        (amounts(100_000, &[percent(60), percent(41), Part::Remainder]), SplitError::Exceeds),
        (amounts(50_001, &[fixed(50_000)]), SplitError::LeftOver),
        (amounts(100, &[percent(50)]), SplitError::LeftOver),
    ];
    for (found, expected) in cases {
        assert!(!expected.remedy().is_empty() && expected.to_string().ends_with('。'));
        assert_eq!(found, Err(expected));
    }
}

fn any_part() -> impl Strategy<Value = Part> {
    prop_oneof![
        Just(Part::Whole),
        Just(Part::Remainder),
        Just(Part::Cash(None)),
        (0_i64..300_000).prop_map(fixed),
        (0_i64..300_000).prop_map(|amount| Part::Cash(Some(Yen::new(amount)))),
        (0_i64..=100).prop_map(percent),
    ]
}

proptest! {
    /// Whatever the plan: the parts are the net to the yen and none is below zero, or nothing is paid and an error says why.
    #[test]
    fn the_parts_are_the_net(net in -300_000_i64..1_000_000, parts in prop::collection::vec(any_part(), 1..4)) {
        match amounts(net, &parts) {
            Ok(found) => {
                prop_assert_eq!(found.len(), parts.len());
                prop_assert!(found.iter().all(|amount| *amount >= 0));
                prop_assert_eq!(found.iter().sum::<i64>(), net.max(0));
            }
            Err(SplitError::Exceeds | SplitError::LeftOver) => prop_assert!(net > 0),
            Err(error) => prop_assert!(
                matches!(error, SplitError::WholeNotAlone | SplitError::TwoRemainders),
                "{error}"
            ),
        }
    }

    /// A plan with one taker of the rest and amounts that fit is always paid, whatever stands before it.
    #[test]
    fn a_remainder_takes_what_is_left(net in 1_i64..1_000_000, first in 0_i64..=100, share in 0_i64..=100) {
        prop_assume!(first + share <= 100);
        let parts = [fixed(net * first / 100), percent(share), Part::Remainder];
        let found = amounts(net, &parts).unwrap();
        prop_assert_eq!(found[0], net * first / 100);
        prop_assert_eq!(found[1], net * share / 100);
        prop_assert_eq!(found[2], net - found[0] - found[1]);
    }
}

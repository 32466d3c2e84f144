//! 通勤手当の非課税限度額 and 最低賃金: every band on both sides of every switch date.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_law::LawError;
use kura_payroll::tax::{CommutingError, CommutingRoute, TaxRule, commuting_limit};
use kura_payroll::wages::minimum_wage;
use kura_yen::{Exact, Yen};
use law::{day, law};
use proptest::prelude::*;

fn vehicle(on: &str, km: &str) -> i64 {
    let route = CommutingRoute { distance_km: Some(Exact::parse(km).unwrap()), ..Default::default() };
    let limit = commuting_limit(law(), day(on), &route).unwrap();
    assert_eq!(limit.rule, TaxRule::CommutingVehicle);
    limit.yen.get()
}

fn limit(
    on: &str,
    fare: Option<i64>,
    km: Option<&str>,
    parking: Option<i64>,
) -> Result<(i64, TaxRule), CommutingError> {
    let distance_km = km.map(|km| Exact::parse(km).unwrap());
    let route = CommutingRoute { fare: fare.map(Yen::new), distance_km, parking: parking.map(Yen::new) };
    commuting_limit(law(), day(on), &route).map(|amount| (amount.yen.get(), amount.rule))
}

#[test]
fn every_band_on_both_sides_of_its_changes() {
    let at = |on: &str| {
        [
            "0", "1.999", "2", "9.9", "10", "15", "25", "35", "45", "54.9", "55", "64.9", "65", "75", "85", "94.9",
            "95", "300",
        ]
        .map(|km| vehicle(on, km))
    };
    let until_2025_03 = [
        0, 0, 4_200, 4_200, 7_100, 12_900, 18_700, 24_400, 28_000, 28_000, 31_600, 31_600, 31_600, 31_600, 31_600,
        31_600, 31_600, 31_600,
    ];
    let until_2026_03 = [
        0, 0, 4_200, 4_200, 7_300, 13_500, 19_700, 25_900, 32_300, 32_300, 38_700, 38_700, 38_700, 38_700, 38_700,
        38_700, 38_700, 38_700,
    ];
    let from_2026_04 = [
        0, 0, 4_200, 4_200, 7_300, 13_500, 19_700, 25_900, 32_300, 32_300, 38_700, 38_700, 45_700, 52_700, 59_600,
        59_600, 66_400, 66_400,
    ];
    assert_eq!(at("2014-04-01"), until_2025_03);
    assert_eq!(at("2025-03-31"), until_2025_03);
    assert_eq!(at("2025-04-01"), until_2026_03);
    assert_eq!(at("2026-03-31"), until_2026_03);
    assert_eq!(at("2026-04-01"), from_2026_04);
}

#[test]
fn a_fare_is_free_up_to_the_limit() {
    let fare = |on, yen| limit(on, Some(yen), None, None).unwrap();
    assert_eq!(fare("2026-04-25", 12_480), (12_480, TaxRule::CommutingFare));
    assert_eq!(fare("2026-04-25", 150_000).0, 150_000);
    assert_eq!(fare("2016-01-01", 150_001).0, 150_000);
    let refused = limit("2015-12-31", Some(12_480), None, None).unwrap_err();
    assert!(matches!(refused, CommutingError::Law(LawError::Missing { .. })));
}

#[test]
fn train_and_car_together_stop_at_the_same_limit() {
    assert_eq!(limit("2026-04-25", Some(20_000), Some("12"), None).unwrap(), (27_300, TaxRule::CommutingCombined));
    assert_eq!(limit("2026-04-25", Some(149_000), Some("12"), None).unwrap().0, 150_000);
}

#[test]
fn parking_counts_from_april_2026_for_those_who_drive_two_kilometres() {
    let with_parking = |on, km, parking| limit(on, None, Some(km), Some(parking)).unwrap().0;
    assert_eq!(with_parking("2026-03-31", "12", 3_000), 7_300);
    assert_eq!(with_parking("2026-04-01", "12", 3_000), 10_300);
    assert_eq!(with_parking("2026-04-01", "12", 8_000), 12_300);
    assert_eq!(with_parking("2026-04-01", "1.9", 3_000), 0);
    assert_eq!(limit("2026-04-01", Some(140_000), Some("12"), Some(5_000)).unwrap().0, 150_000);
}

#[test]
fn what_cannot_be_answered_is_refused_by_name() {
    let table = "法令データ「通勤手当の非課税限度額」（commuting_limits）";
    let cases = [
        (
            limit("2026-04-25", None, None, None),
            "通勤手当の非課税限度額に要る、運賃も片道の距離もありません。".to_owned(),
            "通勤の運賃か片道の距離を入れてください。",
        ),
        (
            limit("2026-04-25", Some(9_000), None, Some(1_000)),
            "駐車場代がありますが、片道の距離がないため、非課税限度額に加えられません。".to_owned(),
            "通勤の片道の距離を入れるか、駐車場代を除いてください。",
        ),
        (
            limit("2014-03-31", None, Some("12"), None),
            format!("{table}に2014-03-31の数字がありません。"),
            "公式の資料を確かめ、docs/add-a-rate.md の手順で取り込んでください。",
        ),
        (
            limit("2026-04-25", None, Some("-1"), None),
            format!("{table}は最初の段に満たない値を収録していません。"),
            "公式の表で確かめ、法令データへ取り込んでください。",
        ),
    ];
    let distance_km = Some(Exact::whole(i64::MAX).times_integer(2).unwrap());
    let far = CommutingRoute { distance_km, ..Default::default() };
    let too_far = commuting_limit(law(), day("2026-04-25"), &far).unwrap_err();
    assert_eq!(too_far.remedy(), "入力した金額・率・日数を確かめてください。");
    for (refused, sentence, remedy) in cases {
        let error = refused.unwrap_err();
        assert_eq!((error.to_string(), error.remedy()), (sentence, remedy));
    }
}

#[test]
fn a_minimum_wage_changes_on_the_day_of_its_prefecture() {
    let at = |on: &str, prefecture: &str| {
        let wage = minimum_wage(law(), day(on), prefecture).unwrap();
        (wage.hourly.value.get(), wage.since.to_string())
    };
    assert_eq!(at("2025-10-02", "東京都"), (1_163, "2024-10-01".to_owned()));
    assert_eq!(at("2025-10-03", "東京都"), (1_226, "2025-10-03".to_owned()));
    assert_eq!(at("2026-09-30", "東京都"), (1_226, "2025-10-03".to_owned()));
    assert_eq!(at("2026-03-30", "秋田県").0, 951);
    assert_eq!(at("2026-03-31", "秋田県").1, "2026-03-31");
    assert_eq!(at("2026-11-30", "熊本県").0, 1_034);
    assert_eq!(at("2026-12-01", "熊本県"), (1_092, "2026-12-01".to_owned()));
}

#[test]
fn an_unknown_prefecture_or_an_early_day_is_refused_by_name() {
    assert!(matches!(minimum_wage(law(), day("2026-06-01"), "江戸"), Err(LawError::UnknownKey { .. })));
    let early = minimum_wage(law(), day("2024-09-30"), "東京都");
    assert!(matches!(early, Err(LawError::Missing { ref table, .. }) if table == "minimum_wage"));
}

proptest! {
    #[test]
    fn a_longer_way_never_has_a_lower_limit(metres in 0_u32..200_000, more in 0_u32..50_000) {
        let km = |metres: u32| format!("{}.{:03}", metres / 1_000, metres % 1_000);
        for on in ["2025-03-31", "2025-04-01", "2026-04-01"] {
            prop_assert!(vehicle(on, &km(metres)) <= vehicle(on, &km(metres + more)));
        }
    }

    #[test]
    fn no_limit_is_above_the_whole(fare in 0_i64..400_000, metres in 0_u32..200_000, parking in 0_i64..20_000) {
        let km = format!("{}.{:03}", metres / 1_000, metres % 1_000);
        let (yen, _) = limit("2026-04-01", Some(fare), Some(&km), Some(parking)).unwrap();
        prop_assert!((0..=150_000).contains(&yen) && yen >= fare.min(150_000));
    }
}

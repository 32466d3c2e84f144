//! 最低賃金の比較: by pay type, on both sides of a change inside the period.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_payroll::clocks::Period;
use kura_payroll::wages::{HourlyPart, MinimumWageSegment, MinimumWageSpan, WageUnit, minimum_wage_check};
use kura_yen::{Exact, Yen};
use law::{day, law};
use proptest::prelude::*;

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn part(amount: i64, unit: WageUnit) -> HourlyPart {
    HourlyPart { amount: Yen::new(amount), unit, counts: true }
}

fn span(from: &str, to: &str, parts: &[HourlyPart], industry: Option<i64>) -> MinimumWageSpan {
    let period = Period { from: day(from), to: day(to) };
    MinimumWageSpan { period, parts: parts.to_vec(), industry: industry.map(Yen::new) }
}

fn check(prefecture: &str, spans: &[MinimumWageSpan]) -> Vec<MinimumWageSegment> {
    minimum_wage_check(law(), prefecture, spans).unwrap().0
}

fn days(segment: &MinimumWageSegment) -> String {
    format!("{}..{}", segment.period.from, segment.period.to)
}

#[test]
fn a_new_minimum_inside_the_period_splits_it() {
    let hourly = |yen| [span("2026-09-21", "2026-10-20", &[part(yen, WageUnit::Hour)], None)];
    let below = check("大阪府", &hourly(1_230));
    let each: Vec<_> = below.iter().map(|one| (days(one), one.required().get(), one.is_below())).collect();
    assert_eq!(
        each,
        [("2026-09-21..2026-09-30".to_owned(), 1_177, false), ("2026-10-01..2026-10-20".to_owned(), 1_231, true)]
    );
    assert_eq!(
        below.iter().map(MinimumWageSegment::sentence).collect::<Vec<_>>(),
        [
            "2026-09-21から2026-09-30までの時間当たりの賃金1,230円は、地域別最低賃金（2025-10-16発効）1,177円以上です。",
            "2026-10-01から2026-10-20までの時間当たりの賃金1,230円は、地域別最低賃金（2026-10-01発効）1,231円を下回っています（最低賃金法4条）。",
        ]
    );
    assert_eq!(below[1].shortfall().unwrap(), exact("1"));
    assert_eq!(below[0].shortfall().unwrap(), Exact::ZERO);
    assert_eq!(below[1].remedy(), "基本額を上げるか、比較に入れる項目と所定労働時間を確かめてください。");
    assert!(check("大阪府", &hourly(1_231)).iter().all(|one| !one.is_below()));
    // no change inside: one segment
    let june = [span("2026-06-01", "2026-06-30", &[part(1_150, WageUnit::Hour)], None)];
    assert_eq!(check("新潟県", &june).iter().map(days).collect::<Vec<_>>(), ["2026-06-01..2026-06-30"]);
}

#[test]
fn an_hour_of_every_pay_type() {
    let hourly = |parts: &[HourlyPart]| check("新潟県", &[span("2026-06-01", "2026-06-01", parts, None)])[0].hourly;
    assert_eq!(hourly(&[part(1_150, WageUnit::Hour)]), exact("1150"));
    assert_eq!(hourly(&[part(12_400, WageUnit::Day { hours: exact("7.75") })]), exact("1600"));
    assert_eq!(hourly(&[part(252_000, WageUnit::Month { average_hours: exact("168") })]), exact("1500"));
    assert_eq!(hourly(&[part(176_000, WageUnit::Piece { worked_hours: exact("160") })]), exact("1100"));
    let mixed = [
        part(12_400, WageUnit::Day { hours: exact("7.75") }),
        part(16_800, WageUnit::Month { average_hours: exact("168") }),
    ];
    assert_eq!(hourly(&mixed), exact("1700"));
    // 皆勤・通勤・家族手当 do not count
    let attendance_bonus = HourlyPart { counts: false, ..part(8_000, WageUnit::Month { average_hours: exact("168") }) };
    assert_eq!(
        hourly(&[part(252_000, WageUnit::Month { average_hours: exact("168") }), attendance_bonus]),
        exact("1500")
    );
}

#[test]
fn the_figure_of_an_hour_is_compared_unrounded() {
    // 1,050 x 168 = 176,400: one yen a month less is below
    let below = |month| {
        let parts = [part(month, WageUnit::Month { average_hours: exact("168") })];
        check("新潟県", &[span("2026-06-01", "2026-06-30", &parts, None)])[0].is_below()
    };
    assert_eq!([below(176_400), below(176_399)], [false, true]);
}

#[test]
fn the_minimum_of_the_industry_binds_where_it_is_higher() {
    let with =
        |industry| check("新潟県", &[span("2026-06-01", "2026-06-30", &[part(1_080, WageUnit::Hour)], industry)]);
    assert_eq!((with(Some(1_100))[0].required(), with(Some(1_100))[0].is_below()), (Yen::new(1_100), true));
    assert_eq!((with(Some(1_050))[0].required(), with(Some(1_050))[0].industry), (Yen::new(1_050), None));
    assert_eq!(with(Some(1_040))[0].required(), Yen::new(1_050));
    assert_eq!(
        with(Some(1_100))[0].sentence(),
        "2026-06-01から2026-06-30までの時間当たりの賃金1,080円は、特定最低賃金1,100円を下回っています（最低賃金法4条）。"
    );
    // it may stop binding when the regional one passes it
    let parts = [part(1_110, WageUnit::Hour)];
    let autumn = check("新潟県", &[span("2026-09-16", "2026-10-15", &parts, Some(1_105))]);
    let each: Vec<_> = autumn.iter().map(|one| (days(one), one.required().get())).collect();
    assert_eq!(each, [("2026-09-16..2026-09-30".to_owned(), 1_105), ("2026-10-01..2026-10-15".to_owned(), 1_108)]);
}

#[test]
fn a_raise_inside_the_period_splits_it_and_an_unchanged_wage_does_not() {
    let parts = |yen| [part(yen, WageUnit::Hour)];
    let spans = |first, second| {
        [span("2026-06-01", "2026-06-14", &parts(first), None), span("2026-06-15", "2026-06-30", &parts(second), None)]
    };
    let raised = check("新潟県", &spans(1_049, 1_050));
    let each: Vec<_> = raised.iter().map(|one| (days(one), one.is_below())).collect();
    assert_eq!(each, [("2026-06-01..2026-06-14".to_owned(), true), ("2026-06-15..2026-06-30".to_owned(), false)]);
    assert_eq!(check("新潟県", &spans(1_050, 1_050)).len(), 1);
    // a gap (leave without pay) parts two segments
    let gap =
        [span("2026-06-01", "2026-06-10", &parts(1_050), None), span("2026-06-12", "2026-06-30", &parts(1_050), None)];
    assert_eq!(check("新潟県", &gap).len(), 2);
    assert!(check("新潟県", &[]).is_empty());
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let error = |prefecture: &str, from: &str, to: &str, unit| {
        minimum_wage_check(law(), prefecture, &[span(from, to, &[part(1_000, unit)], None)]).unwrap_err()
    };
    let june = |unit| error("新潟県", "2026-06-01", "2026-06-30", unit);
    let zero = |what: &str| format!("「{what}」が0以下のため、時間当たりの賃金を計算できません。");
    let hours = "給与規程の所定労働時間か、勤怠の労働時間を入れてください。";
    let cases = [
        (june(WageUnit::Day { hours: Exact::ZERO }), zero("1日の所定労働時間"), hours),
        (june(WageUnit::Month { average_hours: Exact::ZERO }), zero("月平均所定労働時間"), hours),
        (june(WageUnit::Piece { worked_hours: exact("-1") }), zero("総労働時間"), hours),
        (
            error("新潟県", "2026-06-30", "2026-06-29", WageUnit::Hour),
            "最低賃金と比べる期間の終わり（2026-06-29）が始まり（2026-06-30）より前です。".to_owned(),
            "対象期間を確かめてください。",
        ),
        (
            error("越後県", "2026-06-01", "2026-06-30", WageUnit::Hour),
            "法令データ「地域別最低賃金」（minimum_wage）に「越後県」がありません。".to_owned(),
            "表にある名前で指定してください（`kura law show` で一覧できます）。",
        ),
        (
            error("東京都", "2024-09-30", "2024-10-01", WageUnit::Hour),
            "法令データ「地域別最低賃金」（minimum_wage）に2024-09-30の数字がありません。".to_owned(),
            "公式の資料を確かめ、docs/add-a-rate.md の手順で取り込んでください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string(), error.remedy()), (sentence, remedy));
    }
}

#[test]
fn a_comparison_names_the_minimum_of_every_day() {
    let spans = [span("2026-09-21", "2026-10-20", &[part(1_300, WageUnit::Hour)], None)];
    let (_, citations) = minimum_wage_check(law(), "東京都", &spans).unwrap();
    let days: Vec<_> = citations.iter().map(|id| law().citation(id).unwrap().from.clone()).collect();
    assert_eq!(days, ["2025-10-03", "2026-10-01"]);
}

proptest! {
    #[test]
    fn segments_cover_every_day_once(yen in 900_i64..1_500, industry in 900_i64..1_500, length in 1_i32..100) {
        let mut to = day("2026-08-01");
        for _ in 1..length {
            to = to.tomorrow().unwrap();
        }
        let period = Period { from: day("2026-08-01"), to };
        let span = MinimumWageSpan { period, parts: vec![part(yen, WageUnit::Hour)], industry: Some(Yen::new(industry)) };
        let segments = check("東京都", &[span]);
        prop_assert_eq!(segments.iter().map(|one| one.period.calendar_days()).sum::<i64>(), i64::from(length));
        for one in segments {
            prop_assert!(one.required() >= one.regional.hourly.value && one.required().get() >= industry);
            prop_assert_eq!(one.is_below(), yen < one.required().get());
        }
    }
}

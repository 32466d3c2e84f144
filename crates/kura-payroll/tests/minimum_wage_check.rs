//! 最低賃金の比較: by pay type, on both sides of a change inside the period.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_payroll::clocks::Period;
use kura_payroll::wages::{MinimumWageSegment, MinimumWageSpan, minimum_wage_check};
use kura_yen::{Exact, Yen};
use law::{day, law};
use proptest::prelude::*;

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn span(from: &str, to: &str, hourly: &str, industry: Option<i64>) -> MinimumWageSpan {
    let period = Period { from: day(from), to: day(to) };
    MinimumWageSpan { period, hourly: exact(hourly), industry: industry.map(Yen::new) }
}

fn check(prefecture: &str, spans: &[MinimumWageSpan]) -> Vec<MinimumWageSegment> {
    minimum_wage_check(law(), prefecture, spans).unwrap().0
}

fn days(segment: &MinimumWageSegment) -> String {
    format!("{}..{}", segment.period.from, segment.period.to)
}

#[test]
fn a_new_minimum_inside_the_period_splits_it() {
    let hourly = |yen| [span("2026-09-21", "2026-10-20", yen, None)];
    let below = check("大阪府", &hourly("1230"));
    let each: Vec<_> = below.iter().map(|one| (days(one), one.required().get(), one.is_below())).collect();
    assert_eq!(
        each,
        [("2026-09-21..2026-09-30".to_owned(), 1_177, false), ("2026-10-01..2026-10-20".to_owned(), 1_231, true)]
    );
    assert_eq!(
        below.iter().map(MinimumWageSegment::sentence).collect::<Vec<_>>(),
        [
            "2026-09-21から2026-09-30までの時間当たりの賃金は、地域別最低賃金（2025-10-16発効）1,177円以上です。",
            "2026-10-01から2026-10-20までの時間当たりの賃金は、地域別最低賃金（2026-10-01発効）1,231円を下回っています（最低賃金法4条）。",
        ]
    );
    assert_eq!(below[1].shortfall().unwrap(), exact("1"));
    assert_eq!(below[0].shortfall().unwrap(), Exact::ZERO);
    assert_eq!(
        below[1].remedy(),
        "比べたのは「最低賃金の比較」に○のある項目の合計を、所定労働時間で割った額です。○の付け忘れと所定労働時間を確かめ、正しければ賃金を上げてください。"
    );
    assert!(check("大阪府", &hourly("1231")).iter().all(|one| !one.is_below()));
    // no change inside: one segment
    let june = [span("2026-06-01", "2026-06-30", "1150", None)];
    assert_eq!(check("新潟県", &june).iter().map(days).collect::<Vec<_>>(), ["2026-06-01..2026-06-30"]);
}

#[test]
fn the_figure_of_an_hour_is_compared_unrounded() {
    let below = |hourly| check("新潟県", &[span("2026-06-01", "2026-06-30", hourly, None)])[0].is_below();
    assert_eq!(["1050", "1049.9999", "1050.0001"].map(below), [false, true, false]);
}

#[test]
fn the_minimum_of_the_industry_binds_where_it_is_higher() {
    let with = |industry| check("新潟県", &[span("2026-06-01", "2026-06-30", "1080", industry)]);
    assert_eq!((with(Some(1_100))[0].required(), with(Some(1_100))[0].is_below()), (Yen::new(1_100), true));
    assert_eq!((with(Some(1_050))[0].required(), with(Some(1_050))[0].industry), (Yen::new(1_050), None));
    assert_eq!(with(Some(1_040))[0].required(), Yen::new(1_050));
    assert_eq!(
        with(Some(1_100))[0].sentence(),
        "2026-06-01から2026-06-30までの時間当たりの賃金は、特定最低賃金1,100円を下回っています（最低賃金法4条）。"
    );
    // it may stop binding when the regional one passes it
    let autumn = check("新潟県", &[span("2026-09-16", "2026-10-15", "1110", Some(1_105))]);
    let each: Vec<_> = autumn.iter().map(|one| (days(one), one.required().get())).collect();
    assert_eq!(each, [("2026-09-16..2026-09-30".to_owned(), 1_105), ("2026-10-01..2026-10-15".to_owned(), 1_108)]);
}

#[test]
fn a_raise_inside_the_period_splits_it_and_an_unchanged_wage_does_not() {
    let spans =
        |first, second| [span("2026-06-01", "2026-06-14", first, None), span("2026-06-15", "2026-06-30", second, None)];
    let raised = check("新潟県", &spans("1049", "1050"));
    let each: Vec<_> = raised.iter().map(|one| (days(one), one.is_below())).collect();
    assert_eq!(each, [("2026-06-01..2026-06-14".to_owned(), true), ("2026-06-15..2026-06-30".to_owned(), false)]);
    assert_eq!(check("新潟県", &spans("1050", "1050")).len(), 1);
    // a gap (leave without pay) parts two segments
    let gap = [span("2026-06-01", "2026-06-10", "1050", None), span("2026-06-12", "2026-06-30", "1050", None)];
    assert_eq!(check("新潟県", &gap).len(), 2);
    assert!(check("新潟県", &[]).is_empty());
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let error = |prefecture: &str, from: &str, to: &str| {
        minimum_wage_check(law(), prefecture, &[span(from, to, "1000", None)]).unwrap_err()
    };
    let cases = [
        (
            error("新潟県", "2026-06-30", "2026-06-29"),
            "最低賃金と比べる期間の終わり（2026-06-29）が始まり（2026-06-30）より前です。".to_owned(),
            "対象期間を確かめてください。",
        ),
        (
            error("越後県", "2026-06-01", "2026-06-30"),
            "法令データ「地域別最低賃金」（minimum_wage）に「越後県」がありません。".to_owned(),
            "表にある名前で指定してください（`kura law show` で一覧できます）。",
        ),
        (
            error("東京都", "2024-09-30", "2024-10-01"),
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
    let spans = [span("2026-09-21", "2026-10-20", "1300", None)];
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
        let span = MinimumWageSpan { period, hourly: Exact::whole(yen), industry: Some(Yen::new(industry)) };
        let segments = check("東京都", &[span]);
        prop_assert_eq!(segments.iter().map(|one| one.period.calendar_days()).sum::<i64>(), i64::from(length));
        for one in segments {
            prop_assert!(one.required() >= one.regional.hourly.value && one.required().get() >= industry);
            prop_assert_eq!(one.is_below(), yen < one.required().get());
        }
    }
}

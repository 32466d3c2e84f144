//! 離職証明書: periods, 基礎日数 and 完全月.

use kura_calendar::Date;
use kura_insurance::decisions::*;
use kura_yen::Yen;

use crate::pay::{date, law, says};

fn facts(separated_on: &str, acquired: &str, closing: ClosingDay) -> SeparationFacts {
    SeparationFacts { separated_on: date(separated_on), acquired: date(acquired), closing, special: false }
}

fn days(days: u8) -> BaseFigures {
    BaseFigures { days, minutes: None }
}

fn pay(days_paid: u8) -> WageFigures {
    WageFigures { base: days(days_paid), monthly: Yen::new(250_000), by_day_or_hour: Yen::new(12_000) }
}

fn full(facts: &SeparationFacts) -> SeparationCertificate {
    separation_certificate(law(), facts, |_| Some(days(20)), |_| Some(pay(20))).unwrap()
}

fn spans(rows: impl Iterator<Item = PayPeriod>) -> Vec<(String, String)> {
    rows.map(|period| (period.from.to_string(), period.to.to_string())).collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs.map(|(from, to)| (from.to_owned(), to.to_owned())).to_vec()
}

#[test]
fn counting_periods_run_back_from_the_day_after_separation() {
    // 002-12 leaves on 2026-10-09; closing the 20th.
    let found = full(&facts("2026-10-09", "2020-04-01", ClosingDay::Day(20)));
    let counting = spans(found.counting.iter().map(|row| row.period));
    assert_eq!(counting.len(), 12);
    let newest = [("2026-09-10", "2026-10-09"), ("2026-08-10", "2026-09-09"), ("2026-07-10", "2026-08-09")];
    assert_eq!(counting[..3], pairs(newest));
    assert_eq!(counting[11], ("2025-10-10".to_owned(), "2025-11-09".to_owned()));
    // The newest wage period is cut by the separation and is no 完全月: seven rows.
    let wages = spans(found.wages.iter().map(|row| row.period));
    let expected = [
        ("2026-09-21", "2026-10-09"),
        ("2026-08-21", "2026-09-20"),
        ("2026-07-21", "2026-08-20"),
        ("2026-06-21", "2026-07-20"),
        ("2026-05-21", "2026-06-20"),
        ("2026-04-21", "2026-05-20"),
        ("2026-03-21", "2026-04-20"),
    ];
    assert_eq!(wages, pairs(expected));
    assert_eq!((found.half_months, found.full_months, found.enough), (24, 6, true));
    assert_eq!(found.wages[1].wage.unwrap().total(), Yen::new(262_000));
    let said = "\
離職日2026年10月9日の翌日から1か月ずつ遡り、被保険者期間が12か月になるまで書きます（⑧⑨）。
基礎日数11日以上の月を1か月と数えます。12か月あります。
賃金は締日ごとに、基礎日数11日以上の完全月が6か月になるまで書きます（⑩⑪⑫）。完全月は6か月です。";
    assert_eq!(found.explanation.text(), said);
}

#[test]
fn months_without_the_day_end_on_their_last() {
    // Separation on 30 October: the corresponding day is the 31st.
    let found = full(&facts("2026-10-30", "2020-04-01", ClosingDay::MonthEnd));
    let counting = spans(found.counting.iter().map(|row| row.period));
    let expected = [
        ("2026-09-30", "2026-10-30"),
        ("2026-08-31", "2026-09-29"),
        ("2026-07-31", "2026-08-30"),
        ("2026-06-30", "2026-07-30"),
        ("2026-05-31", "2026-06-29"),
        ("2026-04-30", "2026-05-30"),
        ("2026-03-31", "2026-04-29"),
        ("2026-02-28", "2026-03-30"),
        ("2026-01-31", "2026-02-27"),
    ];
    assert_eq!(counting[..9], pairs(expected));
}

#[test]
fn leaving_on_the_closing_day_makes_six_whole_months() {
    // T052 leaves on 30 June: calendar months in both boxes.
    let found = full(&facts("2026-06-30", "2020-04-01", ClosingDay::MonthEnd));
    assert_eq!(found.wages.len(), 6);
    assert_eq!(
        spans(found.counting.iter().map(|row| row.period))[0],
        ("2026-06-01".to_owned(), "2026-06-30".to_owned())
    );
    assert_eq!(found.wages[0].counted, Counted::Month);
    // Closing the 25th: the day after it opens a new period.
    let found = full(&facts("2026-06-26", "2020-04-01", ClosingDay::Day(25)));
    assert_eq!(spans(found.wages.iter().map(|row| row.period))[0], ("2026-06-26".to_owned(), "2026-06-26".to_owned()));
    assert_eq!(found.wages[0].counted, Counted::No);
}

#[test]
fn eleven_days_or_it_goes_on() {
    let facts = facts("2026-06-30", "2020-04-01", ClosingDay::MonthEnd);
    // March and May 2026 have ten days.
    let short = |period: PayPeriod| [3, 5].contains(&period.from.month()) && period.from.year() == 2026;
    let figures = |period: PayPeriod| if short(period) { 10 } else { 11 };
    let found = separation_certificate(
        law(),
        &facts,
        |period| Some(days(figures(period))),
        |period| Some(pay(figures(period))),
    )
    .unwrap();
    assert_eq!((found.counting.len(), found.half_months, found.enough), (14, 24, true));
    assert_eq!((found.wages.len(), found.full_months), (8, 6));
    assert_eq!(found.counting[1].counted, Counted::No);
    assert!(found.remarks.is_empty(), "the hours of those months are unknown");
}

/// Nine days of eight hours and thirty minutes a month or fewer: 80 hours decide.
fn by_hours(separated_on: &str, minutes: u32) -> SeparationCertificate {
    let facts = facts(separated_on, "2018-04-01", ClosingDay::MonthEnd);
    let base = BaseFigures { days: 10, minutes: Some(minutes) };
    let wage = WageFigures { base, monthly: Yen::ZERO, by_day_or_hour: Yen::new(90_000) };
    separation_certificate(law(), &facts, |_| Some(base), |_| Some(wage)).unwrap()
}

#[test]
fn eighty_hours_from_august_2020_where_days_do_not_reach() {
    let found = by_hours("2020-08-01", 80 * 60);
    assert_eq!((found.counting.len(), found.half_months, found.full_months), (12, 24, 6));
    assert_eq!(found.counting[0].counted, Counted::MonthByHours);
    assert_eq!(found.remarks[0], "2020年7月2日から2020年8月1日まで 労働時間80時間");
    says(
        &found.explanation,
        "日数だけでは12か月に足りないので、80時間以上働いた月も数えます。12か月あります（⑬に時間を書きます）。",
    );
    let found = by_hours("2020-08-01", 80 * 60 - 1);
    assert_eq!((found.half_months, found.enough), (0, false));
    assert_eq!(found.remarks[0], "2020年7月2日から2020年8月1日まで 労働時間79時間59分");
    let found = by_hours("2020-07-31", 80 * 60);
    assert_eq!((found.half_months, found.remarks.len()), (0, 0), "days alone before 2020-08-01");
    says(
        &found.explanation,
        "被保険者期間が12か月に足りません。前の勤め先の期間と通算されることがあるので、このまま作ります。",
    );
}

#[test]
fn hours_help_only_where_days_do_not_reach() {
    let facts = facts("2026-06-30", "2020-04-01", ClosingDay::MonthEnd);
    let short = |period: PayPeriod| period.from == date("2026-05-01");
    let base = |period: PayPeriod| {
        let figures = if short(period) { BaseFigures { days: 10, minutes: Some(90 * 60) } } else { days(20) };
        Some(figures)
    };
    let found = separation_certificate(law(), &facts, base, |_| Some(pay(20))).unwrap();
    assert_eq!((found.counting.len(), found.counting[1].counted), (13, Counted::No));
    assert_eq!(found.remarks, ["2026年5月1日から2026年5月31日まで 労働時間90時間"]);
}

#[test]
fn fewer_months_where_the_employer_ends_it() {
    let special = SeparationFacts { special: true, ..facts("2026-06-30", "2020-04-01", ClosingDay::MonthEnd) };
    let found = full(&special);
    assert_eq!((found.counting.len(), found.enough), (6, true));
    says(&found.explanation, "被保険者期間が6か月になるまで書きます");
    // No days at all: two years are looked through, one in a special case.
    let none = |facts: &SeparationFacts| {
        separation_certificate(law(), facts, |_| Some(days(0)), |_| Some(pay(0))).unwrap().counting.len()
    };
    assert_eq!([none(&special), none(&SeparationFacts { special: false, ..special })], [12, 24]);
}

fn half_month(acquired: &str, days_worked: u8) -> (Counted, u16) {
    let facts = facts("2026-06-30", acquired, ClosingDay::MonthEnd);
    let first = move |period: PayPeriod| period.from == date(acquired);
    let base = |period: PayPeriod| Some(days(if first(period) { days_worked } else { 20 }));
    let found = separation_certificate(law(), &facts, base, |_| Some(pay(20))).unwrap();
    assert!(!found.enough);
    (found.counting.last().unwrap().counted, found.half_months)
}

#[test]
fn the_first_weeks_count_as_half_a_month() {
    assert_eq!(half_month("2026-02-14", 11), (Counted::HalfMonth, 9), "15 days of February");
    assert_eq!(half_month("2026-02-15", 11), (Counted::No, 8), "14 days");
    assert_eq!(half_month("2026-02-14", 10), (Counted::No, 8));
    assert_eq!(half_month("2026-02-01", 11), (Counted::Month, 10), "the whole month");
    let facts = facts("2026-06-30", "2026-02-14", ClosingDay::MonthEnd);
    let found = full(&facts);
    says(&found.explanation, "取得日からの1か月に満たない期間は15日以上あるので2分の1か月と数えます。");
    let wages = found.wages.last().unwrap();
    assert_eq!((wages.period.from, wages.counted, found.full_months), (date("2026-02-14"), Counted::No, 4));
}

#[test]
fn what_is_unknown_is_said_and_counts_as_nothing() {
    let facts = facts("2026-06-30", "2025-04-01", ClosingDay::MonthEnd);
    let known = |day: Date| day >= date("2026-01-01");
    let found = separation_certificate(
        law(),
        &facts,
        |period| known(period.from).then(|| days(20)),
        |period| (period.from >= date("2026-03-01")).then(|| pay(20)),
    )
    .unwrap();
    assert_eq!((found.half_months, found.counting.len()), (12, 15));
    assert_eq!(found.counting[6].counted, Counted::Unknown);
    assert_eq!((found.wages[4].wage, found.wages[4].counted), (None, Counted::Unknown));
    says(&found.explanation, "基礎日数か賃金の分からない期間があります。確かめて入れてください。");
}

#[test]
fn who_needs_a_certificate() {
    // F040, born 1966-09-15, leaves at 59.
    let needed =
        |separated_on: &str, wished| certificate_needed(law(), date("1966-09-15"), date(separated_on), wished).unwrap();
    assert_eq!(needed("2026-06-20", None).0, CertificateNeeded::ByAge);
    assert_eq!(needed("2025-09-14", Some(false)).0, CertificateNeeded::ByAge, "59 on the day before the birthday");
    assert_eq!(needed("2025-09-13", Some(false)).0, CertificateNeeded::NotWished);
    assert_eq!(needed("2025-09-13", Some(true)).0, CertificateNeeded::Wished);
    assert_eq!(needed("2025-09-13", None).0, CertificateNeeded::Ask);
    says(&needed("2026-06-20", None).1, "離職日に59歳以上なので、希望にかかわらず離職証明書を作ります。");
    says(&needed("2025-09-13", Some(true)).1, "本人が離職票を希望するので、離職証明書を作ります。");
    says(&needed("2025-09-13", Some(false)).1, "本人が離職票を希望しないので、離職証明書は要りません。");
    says(&needed("2025-09-13", None).1, "離職票を希望するかを本人に確かめてください。");
}

//! 36協定: the agreement itself, and a person's months under it, on both sides of every limit.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_payroll::clocks::{ClosingDay, Period};
use kura_payroll::wages::{
    MonthHours, OvertimeAgreement, OvertimeError, OvertimeFinding, OvertimeScope, SpecialClause,
    check_overtime_agreement, overtime_limits,
};
use law::{day, law};
use proptest::prelude::*;

const HOUR: i64 = 60;

/// 45 / 360 hours without 特別条項, from April.
fn ordinary() -> OvertimeAgreement {
    OvertimeAgreement {
        valid_from: day("2026-04-01"),
        valid_to: day("2027-03-31"),
        month_minutes: 45 * HOUR,
        year_minutes: 360 * HOUR,
        special: None,
        variable_year: false,
        scope: OvertimeScope::General,
    }
}

/// With 80 / 720 hours, six times.
fn with_special() -> OvertimeAgreement {
    let special = SpecialClause { month_minutes: 80 * HOUR, year_minutes: 720 * HOUR, months: 6 };
    OvertimeAgreement { special: Some(special), ..ordinary() }
}

/// Months that end with `last`, closing at the month's end: (時間外, 法定休日) in minutes, the latest last.
fn months(last: &str, hours: &[(i64, i64)]) -> Vec<MonthHours> {
    let last = kura_calendar::parse_iso_month(last).unwrap();
    let count = i32::try_from(hours.len()).unwrap();
    let all = hours.iter().zip((0..count).rev());
    all.map(|(&(overtime_minutes, holiday_minutes), back)| MonthHours {
        period: ClosingDay::EndOfMonth.period(last.plus(-back)),
        overtime_minutes,
        holiday_minutes,
    })
    .collect()
}

fn findings(agreement: Option<&OvertimeAgreement>, months: &[MonthHours]) -> Vec<OvertimeFinding> {
    overtime_limits(law(), agreement, months).unwrap().0
}

fn said(agreement: Option<&OvertimeAgreement>, months: &[MonthHours]) -> Vec<String> {
    findings(agreement, months).iter().map(OvertimeFinding::sentence).collect()
}

fn agreement_said(agreement: &OvertimeAgreement) -> Vec<String> {
    let (findings, _) = check_overtime_agreement(law(), day("2026-04-01"), agreement).unwrap();
    findings.iter().map(OvertimeFinding::sentence).collect()
}

#[test]
fn an_agreement_stays_within_the_law() {
    assert!(agreement_said(&ordinary()).is_empty());
    assert!(agreement_said(&with_special()).is_empty());
    let above = OvertimeAgreement { month_minutes: 45 * HOUR + 1, year_minutes: 360 * HOUR + 1, ..ordinary() };
    assert_eq!(
        agreement_said(&above),
        [
            "36協定の1か月の限度時間45時間1分が、法の限度45時間を超えています。",
            "36協定の1年の限度時間360時間1分が、法の限度360時間を超えています。",
        ]
    );
    let variable = OvertimeAgreement { variable_year: true, ..ordinary() };
    assert_eq!(
        agreement_said(&variable),
        [
            "36協定の1か月の限度時間45時間が、法の限度42時間を超えています。",
            "36協定の1年の限度時間360時間が、法の限度320時間を超えています。",
        ]
    );
    let variable =
        OvertimeAgreement { month_minutes: 42 * HOUR, year_minutes: 320 * HOUR, variable_year: true, ..ordinary() };
    assert!(agreement_said(&variable).is_empty());
}

#[test]
fn a_special_clause_stays_within_the_law() {
    let clause = |month_minutes, year_minutes, months| {
        let special = Some(SpecialClause { month_minutes, year_minutes, months });
        agreement_said(&OvertimeAgreement { special, ..ordinary() })
    };
    assert!(clause(100 * HOUR - 1, 720 * HOUR, 6).is_empty());
    assert_eq!(
        clause(100 * HOUR, 720 * HOUR + 1, 7),
        [
            "特別条項の1か月の時間外・休日労働100時間が、100時間未満になっていません。",
            "特別条項の1年の時間外労働720時間1分が、法の限度720時間を超えています。",
            "特別条項で限度時間を超えられる月が年7回で、法の限度の年6回を超えています。",
        ]
    );
}

#[test]
fn hours_without_an_agreement_in_force_are_found() {
    let june = months("2026-06", &[(1, 0)]);
    let expected = ["2026-06-01から2026-06-30までに時間外・休日労働がありますが、有効な36協定がありません。"];
    assert_eq!(said(None, &june), expected);
    assert_eq!(said(None, &months("2026-06", &[(0, 1)])), expected);
    assert!(said(None, &months("2026-06", &[(0, 0)])).is_empty());
    let ended = OvertimeAgreement { valid_to: day("2026-06-29"), ..ordinary() };
    assert_eq!(said(Some(&ended), &june), expected);
    let ends = OvertimeAgreement { valid_to: day("2026-06-30"), ..ordinary() };
    assert!(said(Some(&ends), &june).is_empty());
    let begins_later = OvertimeAgreement { valid_from: day("2026-07-01"), ..ordinary() };
    assert_eq!(said(Some(&begins_later), &june), expected);
}

#[test]
fn the_month_of_the_agreement_binds_without_a_special_clause() {
    let june = |minutes| months("2026-06", &[(0, 0), (0, 0), (minutes, 0)]);
    assert!(said(Some(&ordinary()), &june(45 * HOUR)).is_empty());
    assert_eq!(
        said(Some(&ordinary()), &june(45 * HOUR + 1)),
        ["1か月の時間外労働45時間1分が限度時間45時間を超えていますが、36協定に特別条項がありません。"]
    );
    // work on statutory days off is outside this limit, a lower agreed one binds
    assert!(said(Some(&ordinary()), &months("2026-06", &[(0, 0), (0, 0), (45 * HOUR, 16 * HOUR)])).is_empty());
    let lower = OvertimeAgreement { month_minutes: 30 * HOUR, ..ordinary() };
    assert_eq!(findings(Some(&lower), &june(31 * HOUR)).len(), 1);
    // an agreement above the law does not raise the law
    let higher = OvertimeAgreement { month_minutes: 60 * HOUR, ..ordinary() };
    assert_eq!(
        findings(Some(&higher), &june(46 * HOUR)),
        [OvertimeFinding::OverMonth { worked: 46 * HOUR, limit: 45 * HOUR }]
    );
}

#[test]
fn the_demo_site_worker_uses_the_special_clause() {
    // 002-07: 66:20 overtime and 8:00 on a statutory day off in the month to 20 October, 20:00 before
    let special = SpecialClause { month_minutes: 80 * HOUR, year_minutes: 720 * HOUR, months: 6 };
    let agreement = OvertimeAgreement {
        valid_from: day("2026-03-21"),
        valid_to: day("2027-03-20"),
        month_minutes: 42 * HOUR,
        year_minutes: 320 * HOUR,
        special: Some(special),
        variable_year: true,
        scope: OvertimeScope::General,
    };
    let month = |closing_month: &str, overtime_minutes, holiday_minutes| MonthHours {
        period: ClosingDay::Day(20).period(kura_calendar::parse_iso_month(closing_month).unwrap()),
        overtime_minutes,
        holiday_minutes,
    };
    let mut known: Vec<_> = ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]
        .map(|closing_month| month(closing_month, 20 * HOUR, 0))
        .to_vec();
    known.push(month("2026-10", 66 * HOUR + 20, 8 * HOUR));
    assert_eq!(
        said(Some(&agreement), &known),
        ["1か月の時間外労働66時間20分が限度時間42時間を超え、特別条項を使う月です（年6回までの1回目）。"]
    );
    let finding = findings(Some(&agreement), &known)[0];
    assert_eq!((finding.is_breach(), finding.article()), (false, "労基法36条5項"));
    assert_eq!(finding.remedy(), "特別条項に定めた手続と健康確保措置を行い、記録を残してください。");
    // 80 hours with holiday work are allowed, a minute more is not
    known[6].overtime_minutes = 72 * HOUR;
    assert_eq!(findings(Some(&agreement), &known).len(), 1);
    known[6].overtime_minutes = 72 * HOUR + 1;
    assert_eq!(
        said(Some(&agreement), &known)[1],
        "1か月の時間外・休日労働80時間1分が、特別条項の80時間を超えています。"
    );
}

#[test]
fn six_months_a_year_may_use_the_special_clause() {
    let over = (46 * HOUR, 0);
    let within = (45 * HOUR, 0);
    let six = months("2026-10", &[over, over, within, over, over, over, over]);
    assert_eq!(
        said(Some(&with_special()), &six),
        ["1か月の時間外労働46時間が限度時間45時間を超え、特別条項を使う月です（年6回までの6回目）。"]
    );
    let seven = months("2026-10", &[over; 7]);
    assert_eq!(
        said(Some(&with_special()), &seven),
        ["限度時間を超えた月が年7回になり、特別条項の年6回を超えています。"]
    );
    // a month of the year before does not count, nor does a clause allow more than the law
    let across = months("2026-09", &[over; 7]);
    assert_eq!(
        findings(Some(&with_special()), &across),
        [OvertimeFinding::SpecialClauseUsed { worked: 46 * HOUR, limit: 45 * HOUR, used: 6, allowed: 6 }]
    );
    let special = Some(SpecialClause { months: 12, ..with_special().special.unwrap() });
    let generous = OvertimeAgreement { special, ..ordinary() };
    assert_eq!(findings(Some(&generous), &seven), [OvertimeFinding::SpecialMonthsUsedUp { used: 7, allowed: 6 }]);
    // an agreement over several years begins anew every year
    let long = OvertimeAgreement { valid_from: day("2025-10-01"), valid_to: day("2028-09-30"), ..with_special() };
    assert_eq!(
        findings(Some(&long), &seven)[0],
        OvertimeFinding::SpecialClauseUsed { worked: 46 * HOUR, limit: 45 * HOUR, used: 1, allowed: 6 }
    );
}

#[test]
fn the_year_of_the_agreement_binds() {
    let year = |agreement: &OvertimeAgreement, each: i64, last: i64| {
        let mut hours = vec![(each, 0); 11];
        hours.push((last, 0));
        said(Some(agreement), &months("2027-03", &hours))
    };
    assert!(year(&ordinary(), 30 * HOUR, 30 * HOUR).is_empty());
    assert_eq!(
        year(&ordinary(), 30 * HOUR, 30 * HOUR + 1),
        ["協定の1年の時間外労働360時間1分が、限度の360時間を超えています。"]
    );
    // with a special clause its year binds: 12 x 60 = 720, and it is used too often
    let special = OvertimeAgreement { month_minutes: 45 * HOUR, ..with_special() };
    assert_eq!(year(&special, 60 * HOUR, 60 * HOUR).len(), 1);
    assert_eq!(
        year(&special, 60 * HOUR, 60 * HOUR + 1)[1],
        "協定の1年の時間外労働720時間1分が、限度の720時間を超えています。"
    );
}

#[test]
fn a_month_with_holiday_work_stays_below_one_hundred_hours() {
    let june =
        |overtime, holiday| findings(Some(&with_special()), &months("2026-06", &[(0, 0), (0, 0), (overtime, holiday)]));
    let breach =
        |found: &[OvertimeFinding]| found.iter().any(|one| matches!(one, OvertimeFinding::MonthNotUnder { .. }));
    assert!(!breach(&june(60 * HOUR, 40 * HOUR - 1)));
    assert!(breach(&june(60 * HOUR, 40 * HOUR)));
    let text = OvertimeFinding::MonthNotUnder { worked: 100 * HOUR, under: 100 * HOUR }.sentence();
    assert_eq!(text, "1か月の時間外・休日労働100時間が、100時間未満になっていません。");
    // it binds without any agreement too
    assert!(breach(&findings(None, &months("2026-06", &[(100 * HOUR, 0)]))));
}

#[test]
fn the_average_of_two_to_six_months_is_at_most_eighty_hours() {
    let averages = |hours: &[(i64, i64)]| {
        let found = findings(Some(&with_special()), &months("2026-09", hours));
        found.into_iter().filter(|one| matches!(one, OvertimeFinding::AverageOver { .. })).collect::<Vec<_>>()
    };
    assert!(averages(&[(80 * HOUR, 0); 6]).is_empty());
    assert_eq!(averages(&[(80 * HOUR, 0), (70 * HOUR, 10 * HOUR + 1)]).len(), 1);
    // the 6 month window alone
    let long = [(90 * HOUR, 0), (90 * HOUR, 0), (90 * HOUR, 0), (70 * HOUR, 0), (70 * HOUR, 0), (70 * HOUR + 1, 0)];
    assert_eq!(averages(&long), [OvertimeFinding::AverageOver { months: 6, worked: 480 * HOUR + 1, limit: 80 * HOUR }]);
    assert_eq!(averages(&long)[0].sentence(), "直近6か月の時間外・休日労働の平均80時間1分が、80時間を超えています。");
    assert_eq!(averages(&long)[0].article(), "労基法36条6項3号");
    // a seventh month back is in no window
    let seven: Vec<_> = [(99 * HOUR, 0)].into_iter().chain([(80 * HOUR, 0); 6]).collect();
    assert!(averages(&seven).is_empty());
    // a gap parts the months
    let mut gap = months("2026-09", &[(95 * HOUR, 0), (0, 0), (70 * HOUR, 0)]);
    gap.remove(1);
    let found = findings(Some(&with_special()), &gap);
    assert!(!found.iter().any(|one| matches!(one, OvertimeFinding::AverageOver { .. })));
}

#[test]
fn unknown_months_are_asked_for_where_they_could_matter() {
    let asked = |hours: &[(i64, i64)]| {
        let found = findings(Some(&with_special()), &months("2026-05", hours));
        found.into_iter().find(|one| matches!(one, OvertimeFinding::EarlierMonthsUnknown { .. }))
    };
    // 60 hours and 99:59 before make no average above 80
    assert_eq!(asked(&[(60 * HOUR, 0)]), None);
    let unknown = OvertimeFinding::EarlierMonthsUnknown { known: 1, needed: 6 };
    assert_eq!(asked(&[(60 * HOUR, 1)]), Some(unknown));
    assert_eq!(asked(&[(0, 0), (80 * HOUR, 0)]), None);
    assert_eq!(asked(&[(0, 0), (80 * HOUR, 1)]), Some(OvertimeFinding::EarlierMonthsUnknown { known: 2, needed: 6 }));
    assert_eq!(
        unknown.sentence(),
        "続けて分かる時間外・休日労働は1か月分だけのため、6か月までの平均を確かめきれません。"
    );
    // times of the special clause are counted from the first day of the agreement
    let may = months("2026-05", &[(46 * HOUR, 0)]);
    assert_eq!(findings(Some(&with_special()), &may)[1], OvertimeFinding::YearIncomplete);
    assert_eq!(
        OvertimeFinding::YearIncomplete.sentence(),
        "協定の起算日からの月がそろっていないため、年の回数と合計は分かる月だけの数です。"
    );
    let from_april = months("2026-05", &[(0, 0), (46 * HOUR, 0)]);
    assert_eq!(findings(Some(&with_special()), &from_april).len(), 1);
}

#[test]
fn limits_that_do_not_bind_are_not_applied_and_unknown_ones_are_said() {
    let research = OvertimeAgreement { scope: OvertimeScope::ResearchAndDevelopment, ..with_special() };
    let june = months("2026-06", &[(0, 0), (0, 0), (75 * HOUR, 30 * HOUR)]);
    // only what was agreed
    assert_eq!(
        findings(Some(&research), &june),
        [
            OvertimeFinding::SpecialClauseUsed { worked: 75 * HOUR, limit: 45 * HOUR, used: 1, allowed: 6 },
            OvertimeFinding::OverSpecialMonth { worked: 105 * HOUR, limit: 80 * HOUR },
        ]
    );
    let generous =
        OvertimeAgreement { month_minutes: 200 * HOUR, year_minutes: 2_000 * HOUR, special: None, ..research };
    assert!(agreement_said(&generous).is_empty());
    assert!(said(Some(&generous), &june).is_empty());
    let driver = OvertimeAgreement { scope: OvertimeScope::SpecialLimits, ..generous };
    let text = "この業務の時間外労働には別の上限があり、Kuraには収録していないため確かめていません。";
    assert_eq!(agreement_said(&driver), [text]);
    assert_eq!(said(Some(&driver), &june), [text]);
}

#[test]
fn every_finding_has_its_article_and_remedy() {
    let (agreed, limit, worked, under) = (1, 1, 1, 1);
    let within_law = "法の限度の中で36協定を結び直し、届け出てください。";
    let less = "顧問先に知らせ、翌月からの時間外・休日労働を減らしてください。";
    let ask = "それより前の月の時間外・休日労働を顧問先に確かめ、給与履歴に入れてください。";
    let conclude = "36協定を結んで届け出てください。結んであれば協定のシートに入れてください。";
    let clause = "時間外労働を減らすか、特別条項のある36協定を結んで届け出てください。";
    let procedure = "特別条項に定めた手続と健康確保措置を行い、記録を残してください。";
    let period = Period { from: day("2026-06-01"), to: day("2026-06-30") };
    let all = [
        (OvertimeFinding::AgreedMonthAboveLaw { agreed, limit }, "労基法36条3項・4項", true, within_law),
        (OvertimeFinding::AgreedYearAboveLaw { agreed, limit }, "労基法36条3項・4項", true, within_law),
        (OvertimeFinding::SpecialMonthAboveLaw { agreed, under }, "労基法36条5項", true, within_law),
        (OvertimeFinding::SpecialYearAboveLaw { agreed, limit }, "労基法36条5項", true, within_law),
        (OvertimeFinding::SpecialMonthsAboveLaw { agreed, limit }, "労基法36条5項", true, within_law),
        (OvertimeFinding::NoAgreement { period }, "労基法36条1項", true, conclude),
        (OvertimeFinding::OverMonth { worked, limit }, "労基法36条1項", true, clause),
        (OvertimeFinding::SpecialClauseUsed { worked, limit, used: 1, allowed: 6 }, "労基法36条5項", false, procedure),
        (OvertimeFinding::SpecialMonthsUsedUp { used: 7, allowed: 6 }, "労基法36条5項", true, less),
        (OvertimeFinding::OverSpecialMonth { worked, limit }, "労基法36条1項", true, less),
        (OvertimeFinding::OverYear { worked, limit }, "労基法36条1項", true, less),
        (OvertimeFinding::MonthNotUnder { worked, under }, "労基法36条6項2号", true, less),
        (OvertimeFinding::AverageOver { months: 2, worked, limit }, "労基法36条6項3号", true, less),
        (OvertimeFinding::EarlierMonthsUnknown { known: 1, needed: 6 }, "労基法36条6項3号", false, ask),
        (OvertimeFinding::YearIncomplete, "労基法36条1項", false, ask),
        (OvertimeFinding::LimitsNotHeld, "労基法139条-142条", false, "労働局の資料で上限を確かめてください。"),
    ];
    for (finding, article, breach, remedy) in all {
        let found = (finding.article(), finding.is_breach(), finding.remedy());
        assert_eq!(found, (article, breach, remedy), "{finding:?}");
    }
}

#[test]
fn months_stand_in_order_and_hours_are_not_negative() {
    let mut june = months("2026-06", &[(0, 0), (0, 0)]);
    june.reverse();
    let error = overtime_limits(law(), None, &june).unwrap_err();
    assert_eq!(error, OvertimeError::MonthsOutOfOrder);
    assert_eq!(error.to_string(), "時間外労働の月が順に並んでいないか、重なっています。");
    assert_eq!(error.remedy(), "給与履歴の対象期間を確かめてください。");
    let error = overtime_limits(law(), None, &months("2026-06", &[(-1, 0)])).unwrap_err();
    assert_eq!(error.to_string(), "2026-06-01からの月の時間外・休日労働が0より小さくなっています。");
    assert_eq!(error.remedy(), "勤怠の時間を直してください。");
    assert!(overtime_limits(law(), Some(&ordinary()), &[]).unwrap().0.is_empty());
}

proptest! {
    #[test]
    fn fewer_hours_never_break_more(
        hours in prop::collection::vec((0_i64..7_000, 0_i64..2_000), 1..12),
        less in 0_i64..7_000,
    ) {
        let breaches = |hours: &[(i64, i64)]| {
            let found = findings(Some(&with_special()), &months("2027-02", hours));
            found.iter().filter(|one| one.is_breach()).count()
        };
        let fewer: Vec<_> = hours.iter().map(|(overtime, holiday)| ((overtime - less).max(0), *holiday)).collect();
        prop_assert!(breaches(&fewer) <= breaches(&hours));
    }

    #[test]
    fn within_all_limits_nothing_is_found(hours in prop::collection::vec((0_i64..1_800, 0_i64..2_100), 6..12)) {
        prop_assert!(findings(Some(&ordinary()), &months("2027-02", &hours)).is_empty());
    }
}

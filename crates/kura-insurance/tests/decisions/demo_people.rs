//! People of the demo clients, computed by hand.

use kura_insurance::decisions::*;
use kura_yen::Yen;

use crate::pay::{date, law, month, paid_same_month, says, standard};

/// 002-33: closing 20th, paid on the 25th of the same month.
fn closing_20(payment_month: &str, paid_on: &str, days: u8, currency: i64, fixed: i64) -> PaidMonth {
    let payment_month = month(payment_month);
    PaidMonth {
        payment_month,
        paid_on: date(paid_on),
        fixed_period: PayPeriod { from: payment_month.previous().day_or_last(21), to: payment_month.day_or_last(20) },
        base_days: days,
        full_month: FullMonth::Full,
        currency: Yen::new(currency),
        in_kind: Yen::ZERO,
        fixed_part: Yen::new(fixed),
        retroactive: Yen::ZERO,
    }
}

fn history_of_33() -> Vec<PaidMonth> {
    let prorated = FullMonth::ProratedRaise;
    vec![
        closing_20("2026-06", "2026-06-25", 31, 300_000, 300_000),
        PaidMonth { full_month: prorated, ..closing_20("2026-07", "2026-07-24", 30, 322_400, 320_000) },
        closing_20("2026-08", "2026-08-25", 31, 348_900, 340_000),
        closing_20("2026-09", "2026-09-25", 31, 352_300, 340_000),
        closing_20("2026-10", "2026-10-23", 30, 347_479, 340_000),
    ]
}

fn question_of_33(history: &[PaidMonth]) -> OccasionalRevision {
    let change = FixedPayChange {
        what: "基本給",
        before: Yen::new(300_000),
        after: Yen::new(340_000),
        effective_on: date("2026-07-06"),
        decided_on: None,
        paid_late_by_mistake: false,
    };
    let facts = OccasionalFacts { change, worker: WorkerClass::Ordinary, history, current: standard(300_000) };
    occasional_revision(law(), &facts).unwrap()
}

#[test]
fn the_question_of_002_33_stays_open_until_october() {
    let history = history_of_33();
    // After July: the first whole payment is still to come.
    let july = question_of_33(&history[..2]);
    assert_eq!(july.first_changed_payment, Some(month("2026-08")));
    let all = ["2026-08", "2026-09", "2026-10"].map(month).to_vec();
    assert_eq!(july.outcome, RevisionOutcome::Open(OpenQuestion::Waiting { months: all }));
    says(&july.explanation, "基本給の変更を1か月分含む支給はまだありません。最初の支給は2026年8月の見込みです。");

    let september = question_of_33(&history[..4]);
    assert_eq!(september.begins, Some(month("2026-11")));
    let waiting = OpenQuestion::Waiting { months: vec![month("2026-10")] };
    assert_eq!(september.outcome, RevisionOutcome::Open(waiting));
    let expected = "\
随時改定（健康保険法43条、厚生年金保険法23条）: 基本給が2026年7月6日から300,000円 → 340,000円（昇給）。
2026年7月24日の支給（対象期間2026年6月21日から2026年7月20日まで）は、2026年7月6日からの変更を期間の途中から含むだけなので、起算月にしません。
基本給の変更を1か月分含む最初の支給は2026年8月25日です。起算月は2026年8月です。
2026年8月・9月・10月の3か月で判断します。
2026年8月の支給: 支払基礎日数31日、報酬348,900円。
2026年9月の支給: 支払基礎日数31日、報酬352,300円。
2026年10月の支給がまだないので、判断はその支給の後です。要件に当たれば2026年11月から改定します。";
    assert_eq!(september.explanation.text(), expected);
    // What is said of the first payment alone holds no amount.
    let lines: Vec<&str> = expected.lines().collect();
    assert_eq!(september.why_first.text(), lines[1..3].join("\n"));
}

#[test]
fn october_decides_002_33() {
    let october = question_of_33(&history_of_33());
    let RevisionOutcome::Judged(judged) = &october.outcome else { panic!("{:?}", october.outcome) };
    // (348,900 + 352,300 + 347,479) / 3 = 349,559.66: two grades above 300,000 by 441 yen.
    assert_eq!(judged.counted.average, Yen::new(349_559));
    let health = judged.health.unwrap();
    assert_eq!((health.current.grade, health.new.grade), (22, 24));
    assert_eq!((health.new.standard_monthly, health.verdict), (Yen::new(340_000), Verdict::Revised));
    assert_eq!((judged.begins, judged.valid_until), (month("2026-11"), month("2027-08")));
    assert_eq!(judged.corrected, None);
    says(&october.explanation, "3か月とも支払基礎日数が17日以上あります。");
    says(&october.explanation, "健康保険 第24級 340,000円（従前は第22級 300,000円）: 2等級の差です。");
    says(&october.explanation, "厚生年金保険 第21級 340,000円（従前は第19級 300,000円）: 2等級の差です。");
    says(&october.explanation, "2等級以上の差なので、厚生年金保険を改定します。");
    says(&october.explanation, "2026年11月から改定し、2027年8月まで適用します");
}

fn annual(worker: WorkerClass, acquired: &str, old: i64, history: &[PaidMonth]) -> AnnualDetermination {
    let facts = AnnualFacts {
        year: 2026,
        worker,
        history,
        acquired: date(acquired),
        last_day: None,
        revisions: &[],
        current: standard(old),
    };
    annual_determination(law(), &facts).unwrap()
}

fn decided(found: &AnnualDetermination) -> DecidedStandard {
    match found.outcome {
        AnnualOutcome::Decided(decided) => decided,
        other => panic!("not decided: {other:?}"),
    }
}

#[test]
fn t060_joined_in_april() {
    // 6/25: 240,000 + 6:20 of overtime: 1,500 x 1.25 x 6 1/3 = 11,875.
    let history = [
        PaidMonth { full_month: FullMonth::ProratedJoin, ..paid_same_month("2026-04", 25, 200_000) },
        paid_same_month("2026-05", 31, 256_300),
        paid_same_month("2026-06", 30, 251_875),
    ];
    let found = annual(WorkerClass::Ordinary, "2026-04-06", 240_000, &history);
    let counted = found.counted.clone().unwrap();
    assert_eq!((counted.total, counted.average), (Yen::new(708_175), Yen::new(236_058)));
    let corrected = found.corrected.clone().unwrap();
    assert_eq!((corrected.total, corrected.average), (Yen::new(508_175), Yen::new(254_087)));
    assert_eq!(decided(&found).health.unwrap().standard_monthly, Yen::new(260_000));
    let expected = "\
定時決定（健康保険法41条、厚生年金保険法21条）: 2026年4月・5月・6月に支払われた報酬の平均で決めます。
2026年4月の支給: 支払基礎日数25日、報酬200,000円、日割（途中入社）。
2026年5月の支給: 支払基礎日数31日、報酬256,300円。
2026年6月の支給: 支払基礎日数30日、報酬251,875円。
通常の被保険者は支払基礎日数17日以上の月を数えます。数える月は2026年4月・5月・6月です。
平均額: 708,175円 ÷ 3か月 = 236,058円（円未満切捨て）。
2026年4月（日割（途中入社））は日数が足りていても1か月分の報酬ではないので、修正平均から除きます。
修正平均額（1か月分の月だけ、前の月の分の差額を除く）: 508,175円 ÷ 2か月 = 254,087円（円未満切捨て）。
報酬月額254,087円は健康保険 第20級 260,000円です。
報酬月額254,087円は厚生年金保険 第17級 260,000円です。
2026年9月から2027年8月まで適用します（その前に改定があればそこまで）。";
    assert_eq!(found.explanation.text(), expected);
    assert!(found.explanation.citations().len() >= 4);
}

#[test]
fn t120_works_short_time() {
    // 6/25: 1,260 x 102.75 + 6 hours of paid leave + 420 x 17 days = 129,465 + 7,560 + 7,140; 18 base days.
    let history = [
        paid_same_month("2026-04", 10, 81_500),
        paid_same_month("2026-05", 17, 131_900),
        paid_same_month("2026-06", 18, 144_165),
    ];
    let found = annual(WorkerClass::ShortTimeWorker, "2020-04-01", 134_000, &history);
    let counted = found.counted.clone().unwrap();
    assert_eq!(counted.months, ["2026-05", "2026-06"].map(month));
    assert_eq!((counted.total, counted.average, found.corrected.clone()), (Yen::new(276_065), Yen::new(138_032), None));
    assert_eq!(decided(&found).pension.unwrap().standard_monthly, Yen::new(142_000));
    says(&found.explanation, "短時間労働者は支払基礎日数11日以上の月を数えます。数える月は2026年5月・6月です。");
}

#[test]
fn t014_has_one_sixth_of_the_pass_in_each_month() {
    // 285,000 + 30,000 + 66,000 / 6; night 1,969 x 0.25 x 16; June: 8:15 of overtime and 28:00 of night work.
    let april = 285_000 + 30_000 + 11_000 + 7_876;
    let june = 285_000 + 30_000 + 11_000 + 20_306 + 13_783;
    let history = [
        paid_same_month("2026-04", 30, april),
        paid_same_month("2026-05", 31, april),
        paid_same_month("2026-06", 30, june),
    ];
    let found = annual(WorkerClass::Ordinary, "2020-04-01", 340_000, &history);
    let counted = found.counted.clone().unwrap();
    assert_eq!((counted.total, counted.average), (Yen::new(1_027_841), Yen::new(342_613)));
    assert_eq!(decided(&found).health.unwrap().standard_monthly, Yen::new(340_000));
}

#[test]
fn t031_on_childcare_leave_keeps_the_standard() {
    let nothing = |payment: &str| PaidMonth { full_month: FullMonth::Leave, ..paid_same_month(payment, 0, 0) };
    let history = ["2026-04", "2026-05", "2026-06"].map(nothing);
    let found = annual(WorkerClass::Ordinary, "2020-04-01", 260_000, &history);
    let kept = AnnualOutcome::Kept { applies_from: month("2026-09"), valid_until: month("2027-08") };
    assert_eq!((found.outcome, found.counted), (kept, None));
}

#[test]
fn people_of_003_outside_the_annual_determination() {
    let exclusion = |acquired: &str, last_day: Option<&str>| {
        let facts = AnnualFacts {
            year: 2026,
            worker: WorkerClass::Ordinary,
            history: &[],
            acquired: date(acquired),
            last_day: last_day.map(date),
            revisions: &[],
            current: standard(240_000),
        };
        annual_determination(law(), &facts).unwrap().outcome
    };
    // T095 joined on 1 June, T052 leaves on 30 June.
    assert_eq!(exclusion("2026-06-01", None), AnnualOutcome::Excluded(AnnualExclusion::AcquiredFromJune));
    assert_eq!(exclusion("2020-04-01", Some("2026-06-30")), AnnualOutcome::Excluded(AnnualExclusion::LeftByJune));
}

#[test]
fn acquisition_of_002_15() {
    let both = Schemes { health: true, pension: true };
    let found = acquisition_determination(law(), date("2026-10-01"), Yen::new(306_800), Yen::ZERO, both).unwrap();
    assert_eq!(found.standard.health.unwrap().standard_monthly, Yen::new(300_000));
    assert_eq!(found.standard.pension.unwrap().grade, 19);
    let expected = "\
資格取得時決定（健康保険法42条、厚生年金保険法22条）: 契約による1か月の報酬（見込みの残業代と通勤手当を含む）306,800円で決めます。
報酬月額306,800円は健康保険 第22級 300,000円です。
報酬月額306,800円は厚生年金保険 第19級 300,000円です。
2026年10月1日の資格取得なので、2026年10月から2027年8月まで適用します（その前に改定があればそこまで）。";
    assert_eq!(found.explanation.text(), expected);
}

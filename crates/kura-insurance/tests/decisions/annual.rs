//! 定時決定: base days and dates on both sides of every threshold.

use kura_insurance::decisions::*;
use kura_yen::Yen;

use crate::pay::{date, law, month, paid, says, standard};

fn facts<'a>(worker: WorkerClass, history: &'a [PaidMonth]) -> AnnualFacts<'a> {
    AnnualFacts {
        year: 2026,
        worker,
        history,
        acquired: date("2020-04-01"),
        last_day: None,
        revisions: &[],
        current: standard(300_000),
    }
}

fn spring(days: [u8; 3]) -> Vec<PaidMonth> {
    let pay = [("2026-04", 300_000), ("2026-05", 310_000), ("2026-06", 320_000)];
    pay.into_iter().zip(days).map(|((payment_month, pay), days)| paid(payment_month, days, pay)).collect()
}

fn counted_months(worker: WorkerClass, days: [u8; 3]) -> Vec<String> {
    let history = spring(days);
    let found = annual_determination(law(), &facts(worker, &history)).unwrap();
    found.counted.map(|counted| counted.months.iter().map(ToString::to_string).collect()).unwrap_or_default()
}

#[test]
fn base_days_by_class() {
    use WorkerClass::{Ordinary, PartTimer, ShortTimeWorker};
    assert_eq!(counted_months(Ordinary, [17, 16, 31]), ["2026-04", "2026-06"]);
    assert_eq!(counted_months(Ordinary, [15, 16, 16]), [""; 0]);
    assert_eq!(counted_months(PartTimer, [17, 16, 15]), ["2026-04"], "17 goes first");
    assert_eq!(counted_months(PartTimer, [16, 15, 14]), ["2026-04", "2026-05"], "no month of 17");
    assert_eq!(counted_months(PartTimer, [14, 14, 14]), [""; 0]);
    assert_eq!(counted_months(ShortTimeWorker, [11, 10, 12]), ["2026-04", "2026-06"]);
}

#[test]
fn the_relief_of_part_timers_is_said() {
    let history = spring([16, 15, 14]);
    let found = annual_determination(law(), &facts(WorkerClass::PartTimer, &history)).unwrap();
    says(&found.explanation, "17日以上の月がないので、短時間就労者（パート）の取扱いにより15日以上の月を使います。");
    says(
        &found.explanation,
        "短時間就労者（パート）は支払基礎日数15日以上の月を数えます。数える月は2026年4月・5月です。",
    );
}

#[test]
fn nobody_left_keeps_the_standard() {
    let kept = AnnualOutcome::Kept { applies_from: month("2026-09"), valid_until: month("2027-08") };
    let history = spring([16, 0, 10]);
    let found = annual_determination(law(), &facts(WorkerClass::Ordinary, &history)).unwrap();
    assert_eq!((&found.outcome, &found.counted), (&kept, &None));
    says(&found.explanation, "17日以上の月はありません。");
    says(&found.explanation, "数えられる月がないので、従前の標準報酬月額を2026年9月から2027年8月まで適用します。");
    // Base days are enough, but no month is a whole month's pay: the form still has its total.
    let mut history = spring([30, 31, 16]);
    history[0].full_month = FullMonth::Late;
    history[1].full_month = FullMonth::Leave;
    let found = annual_determination(law(), &facts(WorkerClass::Ordinary, &history)).unwrap();
    assert_eq!((&found.outcome, &found.corrected), (&kept, &None));
    assert_eq!(found.counted.unwrap().total, Yen::new(610_000));
    says(
        &found.explanation,
        "2026年4月（遅配）、2026年5月（休職等）は日数が足りていても1か月分の報酬ではないので、修正平均から除きます。",
    );
}

#[test]
fn every_kind_of_short_month_is_corrected() {
    let kinds = [
        FullMonth::ProratedJoin,
        FullMonth::ProratedLeaving,
        FullMonth::ProratedRaise,
        FullMonth::Leave,
        FullMonth::Late,
    ];
    for kind in kinds {
        let mut history = spring([30, 31, 30]);
        history[0].full_month = kind;
        let found = annual_determination(law(), &facts(WorkerClass::Ordinary, &history)).unwrap();
        assert_eq!(found.counted.unwrap().average, Yen::new(310_000), "{kind:?}: by base days alone");
        assert_eq!(found.corrected.unwrap().average, Yen::new(315_000), "{kind:?}");
        says(&found.explanation, &format!("2026年4月（{}）は日数が足りていても", kind.japanese()));
    }
}

#[test]
fn arrears_are_left_out_of_the_corrected_average() {
    let mut history = spring([30, 31, 30]);
    history[2].retroactive = Yen::new(30_000);
    history[1].in_kind = Yen::new(10_000);
    let found = annual_determination(law(), &facts(WorkerClass::Ordinary, &history)).unwrap();
    assert_eq!(found.counted.unwrap().average, Yen::new(313_333));
    assert_eq!(found.corrected.unwrap().average, Yen::new(303_333));
    says(&found.explanation, "2026年5月の支給: 支払基礎日数31日、報酬320,000円（うち現物10,000円）。");
    says(&found.explanation, "2026年6月の支給: 支払基礎日数30日、報酬320,000円（うち前の月の分の差額30,000円）。");
}

fn exclusion(acquired: &str, last_day: Option<&str>, revisions: &[&str]) -> (Option<AnnualExclusion>, String) {
    let history = spring([30, 31, 30]);
    let revisions: Vec<_> = revisions.iter().map(|text| month(text)).collect();
    let facts = AnnualFacts {
        acquired: date(acquired),
        last_day: last_day.map(date),
        revisions: &revisions,
        ..facts(WorkerClass::Ordinary, &history)
    };
    let found = annual_determination(law(), &facts).unwrap();
    let exclusion = match found.outcome {
        AnnualOutcome::Excluded(exclusion) => Some(exclusion),
        _ => None,
    };
    (exclusion, found.explanation.text())
}

#[test]
fn who_is_excluded() {
    use AnnualExclusion::{AcquiredFromJune, LeftByJune, RevisedInJuly, RevisionPlanned};
    let (found, text) = exclusion("2026-06-01", None, &[]);
    assert_eq!(found, Some(AcquiredFromJune));
    assert_eq!(
        text,
        "2026年6月1日以降に資格を取得した人（取得日2026年6月1日）は、その年の定時決定の対象外です。取得時の標準報酬月額が続きます。"
    );
    assert_eq!(exclusion("2026-05-31", None, &[]).0, None);
    let (found, text) = exclusion("2020-04-01", Some("2026-06-30"), &[]);
    assert_eq!(found, Some(LeftByJune));
    assert_eq!(text, "2026年7月1日に被保険者でない人（最終日2026年6月30日）は、定時決定の対象外です。");
    assert_eq!(exclusion("2020-04-01", Some("2026-07-01"), &[]).0, None, "insured on 1 July");
    let (found, text) = exclusion("2020-04-01", None, &["2026-07"]);
    assert_eq!(found, Some(RevisedInJuly));
    assert_eq!(text, "2026年7月に標準報酬月額が改定されるので、定時決定は行いません（健康保険法41条3項）。");
    for planned in ["2026-08", "2026-09"] {
        let (found, text) = exclusion("2020-04-01", None, &[planned]);
        assert_eq!(found, Some(RevisionPlanned));
        let follows = "に改定の予定があるので、申出により算定基礎届を省きます。改定の要件に当たらなかったときは、改めて届け出ます。";
        assert!(text.ends_with(follows), "{text}");
    }
    assert_eq!(exclusion("2020-04-01", None, &["2026-06", "2026-10", "2025-07"]).0, None);
}

#[test]
fn a_payment_before_the_first_pay_may_be_missing() {
    // Paid the month after: someone who joined in April is paid first in May.
    let history = &spring([30, 31, 30])[1..];
    let joined = AnnualFacts { acquired: date("2026-04-06"), ..facts(WorkerClass::Ordinary, history) };
    let found = annual_determination(law(), &joined).unwrap();
    assert_eq!(found.counted.unwrap().average, Yen::new(315_000));
    says(&found.explanation, "2026年4月の支給: 資格取得の前か取得した月で、支給がありません。");
    let settled = facts(WorkerClass::Ordinary, history);
    assert_eq!(annual_determination(law(), &settled), Err(DecisionError::PaidMonthMissing { month: month("2026-04") }));
}

#[test]
fn a_person_has_the_schemes_of_the_current_standard() {
    let history = spring([30, 31, 30]);
    let only_pension = CurrentStandard { health: None, pension: Some(Yen::new(410_000)), remuneration: None };
    let facts = AnnualFacts { current: only_pension, ..facts(WorkerClass::Ordinary, &history) };
    let AnnualOutcome::Decided(decided) = annual_determination(law(), &facts).unwrap().outcome else {
        panic!("decided")
    };
    assert_eq!(decided.health, None);
    assert_eq!(decided.pension.unwrap().standard_monthly, Yen::new(320_000));
}

#[test]
fn acquisition_stands_to_august_or_the_next() {
    let until = |acquired: &str| {
        let both = Schemes { health: true, pension: true };
        acquisition_determination(law(), date(acquired), Yen::new(200_000), Yen::ZERO, both)
            .unwrap()
            .standard
            .valid_until
            .to_string()
    };
    assert_eq!(until("2026-01-01"), "2026-08");
    assert_eq!(until("2026-05-31"), "2026-08");
    assert_eq!(until("2026-06-01"), "2027-08");
    assert_eq!(until("2026-12-31"), "2027-08");
}

#[test]
fn acquisition_counts_pay_in_kind_and_the_schemes_asked_for() {
    let health = Schemes { health: true, pension: false };
    let found =
        acquisition_determination(law(), date("2026-04-01"), Yen::new(190_000), Yen::new(20_000), health).unwrap();
    assert_eq!(found.standard.health.unwrap().standard_monthly, Yen::new(220_000));
    assert_eq!(found.standard.pension, None);
    says(&found.explanation, "210,000円（通貨190,000円、現物20,000円）で決めます。");
}

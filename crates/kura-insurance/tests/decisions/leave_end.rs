//! 産前産後休業・育児休業等終了時改定.

use kura_insurance::LeaveKind;
use kura_insurance::decisions::*;
use kura_yen::Yen;

use crate::pay::{date, law, month, paid_same_month, says, standard};

fn facts(history: &[PaidMonth]) -> LeaveEndFacts<'_> {
    LeaveEndFacts {
        kind: LeaveKind::Childcare,
        leave_end: date("2026-04-09"),
        requested: true,
        child_born_on: date("2025-04-10"),
        next_leave_from: None,
        worker: WorkerClass::Ordinary,
        history,
        current: standard(300_000),
    }
}

fn back(days: [u8; 3], pay: i64) -> Vec<PaidMonth> {
    let months = ["2026-04", "2026-05", "2026-06"];
    months.into_iter().zip(days).map(|(month, days)| paid_same_month(month, days, pay)).collect()
}

fn ask(facts: &LeaveEndFacts<'_>) -> LeaveEndRevision {
    leave_end_revision(law(), facts).unwrap()
}

fn judged(found: &LeaveEndRevision) -> &JudgedRevision {
    match &found.outcome {
        RevisionOutcome::Judged(judged) => judged,
        other => panic!("not judged: {other:?}"),
    }
}

#[test]
fn one_grade_is_enough_in_either_direction() {
    let verdict = |pay| judged(&ask(&facts(&back([30, 31, 30], pay)))).health.unwrap().verdict;
    assert_eq!(verdict(289_999), Verdict::Revised);
    assert_eq!(verdict(290_000), Verdict::TooFewGrades);
    assert_eq!(verdict(309_999), Verdict::TooFewGrades);
    assert_eq!(verdict(310_000), Verdict::Revised);
}

#[test]
fn months_count_from_the_day_after_the_end() {
    let history = back([30, 31, 30], 250_000);
    let found = ask(&facts(&history));
    assert_eq!(found.months, ["2026-04", "2026-05", "2026-06"].map(month));
    assert_eq!((found.begins, judged(&found).valid_until), (month("2026-07"), month("2027-08")));
    let expected = "\
育児休業等終了時改定（健康保険法43条の2、厚生年金保険法23条の2）: 2026年4月9日に終わり、翌日のある2026年4月からの3か月（2026年4月・5月・6月）の報酬で判断します。固定的賃金の変動は要りません。
2026年4月の支給: 支払基礎日数30日、報酬250,000円。
2026年5月の支給: 支払基礎日数31日、報酬250,000円。
2026年6月の支給: 支払基礎日数30日、報酬250,000円。
通常の被保険者は支払基礎日数17日以上の月を数えます。数える月は2026年4月・5月・6月です。
平均額: 750,000円 ÷ 3か月 = 250,000円（円未満切捨て）。
健康保険 第20級 260,000円（従前は第22級 300,000円）: 2等級の差です。
1等級以上の差なので、健康保険を改定します。
厚生年金保険 第17級 260,000円（従前は第19級 300,000円）: 2等級の差です。
1等級以上の差なので、厚生年金保険を改定します。
2026年7月から改定し、2027年8月まで適用します（その前に別の改定があればそこまで）。";
    assert_eq!(found.explanation.text(), expected);
    // The day after the end decides, and the revision of a June ends in the August of its year.
    let mut history = history;
    history.push(paid_same_month("2026-03", 31, 250_000));
    let ended = |leave_end| ask(&LeaveEndFacts { leave_end: date(leave_end), ..facts(&history) });
    let february = ended("2026-02-28");
    assert_eq!((february.months[0], february.begins), (month("2026-03"), month("2026-06")));
    assert_eq!(judged(&february).valid_until, month("2026-08"));
    assert_eq!(ended("2026-03-30").months[0], month("2026-03"));
    assert_eq!(ended("2026-03-31").months[0], month("2026-04"));
}

#[test]
fn months_under_the_base_days_are_dropped() {
    use WorkerClass::{Ordinary, PartTimer, ShortTimeWorker};
    let counted = |worker, days| {
        let history = back(days, 250_000);
        let found = ask(&LeaveEndFacts { worker, ..facts(&history) });
        match found.outcome {
            RevisionOutcome::Judged(judged) => judged.counted.months.len(),
            RevisionOutcome::NotRevised(NoRevision::NoMonthLeft) => 0,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!([counted(Ordinary, [16, 17, 30]), counted(Ordinary, [16, 16, 16])], [2, 0]);
    assert_eq!([counted(PartTimer, [15, 14, 17]), counted(PartTimer, [15, 14, 16])], [1, 2]);
    assert_eq!([counted(ShortTimeWorker, [11, 10, 12]), counted(ShortTimeWorker, [10, 10, 10])], [2, 0]);
    let history = back([16, 16, 16], 250_000);
    says(&ask(&facts(&history)).explanation, "数えられる月がないので、終了時改定は行いません。");
}

#[test]
fn who_is_refused() {
    let history = back([30, 31, 30], 250_000);
    let refused = |facts: LeaveEndFacts<'_>, reason: NoRevision, sentence: &str| {
        let found = ask(&facts);
        assert_eq!(found.outcome, RevisionOutcome::NotRevised(reason));
        says(&found.explanation, sentence);
    };
    refused(
        LeaveEndFacts { requested: false, ..facts(&history) },
        NoRevision::NotRequested,
        "本人の申出がないので、終了時改定は行いません。",
    );
    // Three years old on the last day of the leave; the day before the birthday is still in time.
    refused(
        LeaveEndFacts { child_born_on: date("2023-04-09"), ..facts(&history) },
        NoRevision::ChildTooOld,
        "休業の終了日に子が3歳になっているので、終了時改定は行いません。",
    );
    assert!(judged(&ask(&LeaveEndFacts { child_born_on: date("2023-04-10"), ..facts(&history) })).is_revised());
    refused(
        LeaveEndFacts { next_leave_from: Some(date("2026-04-10")), ..facts(&history) },
        NoRevision::NextLeaveFollows,
        "終了日の翌日に産前産後休業が始まるので、終了時改定は行いません。",
    );
    refused(
        LeaveEndFacts { kind: LeaveKind::Maternity, next_leave_from: Some(date("2026-04-10")), ..facts(&history) },
        NoRevision::NextLeaveFollows,
        "終了日の翌日に育児休業等が始まるので、終了時改定は行いません。",
    );
    assert!(judged(&ask(&LeaveEndFacts { next_leave_from: Some(date("2026-04-11")), ..facts(&history) })).is_revised());
}

#[test]
fn maternity_has_its_own_article_and_months_may_be_to_come() {
    let history = back([30, 31, 30], 250_000);
    let found = ask(&LeaveEndFacts { kind: LeaveKind::Maternity, ..facts(&history[..2]) });
    let waiting = OpenQuestion::Waiting { months: vec![month("2026-06")] };
    assert_eq!(found.outcome, RevisionOutcome::Open(waiting));
    says(&found.explanation, "産前産後休業終了時改定（健康保険法43条の3、厚生年金保険法23条の3）");
    says(
        &found.explanation,
        "2026年6月の支給がまだないので、判断はその支給の後です。要件に当たれば2026年7月から改定します。",
    );
}

#[test]
fn arrears_are_left_out_and_part_of_a_month_counts() {
    let mut history = back([30, 31, 30], 280_000);
    history[0].full_month = FullMonth::Leave;
    history[1].retroactive = Yen::new(30_000);
    let found = ask(&facts(&history));
    assert_eq!(judged(&found).counted.average, Yen::new(280_000));
    assert_eq!(judged(&found).corrected.as_ref().unwrap().average, Yen::new(270_000));
}

//! 随時改定: the first payment, base days, grades and directions.

use kura_insurance::decisions::*;
use kura_yen::Yen;

use crate::pay::{date, law, month, paid, paid_same_month, says, standard};

fn change(before: i64, after: i64, effective_on: &str) -> FixedPayChange<'static> {
    FixedPayChange {
        what: "基本給",
        before: Yen::new(before),
        after: Yen::new(after),
        effective_on: date(effective_on),
        decided_on: None,
        paid_late_by_mistake: false,
    }
}

fn ask(change: FixedPayChange<'_>, history: &[PaidMonth], current: i64) -> OccasionalRevision {
    let facts = OccasionalFacts { change, worker: WorkerClass::Ordinary, history, current: standard(current) };
    occasional_revision(law(), &facts).unwrap()
}

fn judged(answer: &OccasionalRevision) -> &JudgedRevision {
    match &answer.outcome {
        RevisionOutcome::Judged(judged) => judged,
        other => panic!("not judged: {other:?}\n{}", answer.explanation.text()),
    }
}

/// Same-month payments of 300,000 to June and of `after` from July.
fn raised_in_july(after: i64) -> Vec<PaidMonth> {
    let first = month("2026-04");
    (0..8).map(|at| paid_same_month(&first.plus(at).to_string(), 30, if at < 3 { 300_000 } else { after })).collect()
}

fn first(change: FixedPayChange<'_>, history: &[PaidMonth]) -> String {
    ask(change, history, 300_000).first_changed_payment.expect("a first payment").to_string()
}

#[test]
fn the_first_payment_holds_the_whole_period() {
    let history = raised_in_july(340_000);
    assert_eq!(first(change(300_000, 340_000, "2026-07-01"), &history), "2026-07");
    assert_eq!(first(change(300_000, 340_000, "2026-07-02"), &history), "2026-08");
    assert_eq!(first(change(300_000, 340_000, "2026-08-01"), &history), "2026-08");
    // Paid the month after: July's work is paid in August.
    let next_month: Vec<_> = (4..9).map(|at| paid(&format!("2026-0{at}"), 30, 300_000)).collect();
    assert_eq!(first(change(300_000, 340_000, "2026-07-01"), &next_month), "2026-08");
}

#[test]
fn the_first_payment_to_come_is_foreseen() {
    let history = &raised_in_july(300_000)[..3];
    assert_eq!(first(change(300_000, 340_000, "2026-07-01"), history), "2026-07");
    assert_eq!(first(change(300_000, 340_000, "2026-07-02"), history), "2026-08");
    assert_eq!(first(change(300_000, 340_000, "2027-01-01"), history), "2027-01");
    let decided_later = FixedPayChange { decided_on: Some(date("2026-09-10")), ..change(1, 2, "2026-07-01") };
    assert_eq!(first(decided_later, history), "2026-09");
}

#[test]
fn a_late_decision_counts_from_the_payment() {
    let mut history = raised_in_july(340_000);
    history[3] = paid_same_month("2026-07", 31, 300_000);
    history[4].retroactive = Yen::new(40_000);
    history[4].currency = Yen::new(380_000);
    let late = FixedPayChange { decided_on: Some(date("2026-08-10")), ..change(300_000, 340_000, "2026-07-01") };
    let answer = ask(late, &history, 300_000);
    assert_eq!(answer.first_changed_payment, Some(month("2026-08")));
    says(&answer.explanation, "2026年7月25日の支給は変更が決まる前の額なので、起算月にしません。");
    says(
        &answer.explanation,
        "基本給の変更は2026年8月10日に決まり、変更後の額が1か月分支払われた最初の支給は2026年8月25日です。起算月は2026年8月です。",
    );
    says(&answer.explanation, "前の月の分の差額を除いた修正平均額: 1,020,000円 ÷ 3か月 = 340,000円");
    let judged = judged(&answer);
    assert_eq!(judged.counted.average, Yen::new(353_333));
    assert_eq!(judged.corrected.as_ref().unwrap().average, Yen::new(340_000));
    // Decided on the day of payment: in time for it. One day later it is not.
    let on_the_day = FixedPayChange { decided_on: Some(date("2026-08-25")), ..late };
    assert_eq!(first(on_the_day, &history), "2026-08");
    let after_it = FixedPayChange { decided_on: Some(date("2026-08-26")), ..late };
    assert_eq!(first(after_it, &history), "2026-09");
}

#[test]
fn a_mistake_counts_from_the_month_it_was_due() {
    let mut history = raised_in_july(340_000);
    history[3] = PaidMonth { full_month: FullMonth::Late, ..paid_same_month("2026-07", 31, 300_000) };
    history[4].currency = Yen::new(380_000);
    history[4].retroactive = Yen::new(40_000);
    let mistake = FixedPayChange {
        decided_on: Some(date("2026-06-20")),
        paid_late_by_mistake: true,
        ..change(300_000, 340_000, "2026-07-01")
    };
    let answer = ask(mistake, &history, 300_000);
    assert_eq!(answer.first_changed_payment, Some(month("2026-07")));
    says(&answer.explanation, "支払の誤りで遅れて支払われた変更は、本来支払うべきだった月を起算月にします。");
    let judged = judged(&answer);
    assert_eq!(judged.counted.average, Yen::new(340_000), "the arrears belong to the three months");
    assert_eq!(judged.corrected, None);
}

#[test]
fn pay_of_a_leave_or_of_a_joiner_does_not_carry_the_change() {
    let mut history = raised_in_july(340_000);
    history[3].full_month = FullMonth::Leave;
    history[4].full_month = FullMonth::ProratedJoin;
    let answer = ask(change(300_000, 340_000, "2026-07-01"), &history, 300_000);
    assert_eq!(answer.first_changed_payment, Some(month("2026-09")));
    says(
        &answer.explanation,
        "2026年7月25日の支給は休職等で、変更後の額が1か月分支払われていないので、起算月にしません。",
    );
    says(&answer.explanation, "2026年8月25日の支給は日割（途中入社）で、");
}

#[test]
fn each_month_needs_its_base_days() {
    for (worker, enough, short) in
        [(WorkerClass::Ordinary, 17, 16), (WorkerClass::PartTimer, 17, 16), (WorkerClass::ShortTimeWorker, 11, 10)]
    {
        let mut history = raised_in_july(340_000);
        let asked = |history: &[PaidMonth]| {
            let change = change(300_000, 340_000, "2026-07-01");
            let facts = OccasionalFacts { change, worker, history, current: standard(300_000) };
            occasional_revision(law(), &facts).unwrap()
        };
        history[4].base_days = enough;
        assert!(judged(&asked(&history)).is_revised());
        history[4].base_days = short;
        let answer = asked(&history);
        let month = month("2026-08");
        assert_eq!(answer.outcome, RevisionOutcome::NotRevised(NoRevision::BaseDaysShort { month }));
        says(&answer.explanation, "日に足りません。3か月とも必要なので、随時改定は行いません。");
        // It is known as soon as one month falls short.
        assert_eq!(asked(&history[..5]).outcome, answer.outcome);
    }
}

#[test]
fn late_pay_inside_the_three_months_is_a_question() {
    let mut history = raised_in_july(340_000);
    history[4].full_month = FullMonth::Late;
    let answer = ask(change(300_000, 340_000, "2026-07-01"), &history, 300_000);
    assert_eq!(answer.outcome, RevisionOutcome::Open(OpenQuestion::LatePay { month: month("2026-08") }));
    says(&answer.explanation, "2026年8月は遅配です。遅れた分を支払うべき月に入れ直してから判断します。");
}

#[test]
fn no_history_and_no_change() {
    let answer = ask(change(300_000, 340_000, "2026-07-01"), &[], 300_000);
    assert_eq!(answer.outcome, RevisionOutcome::Open(OpenQuestion::NoHistory));
    says(&answer.explanation, "給与履歴に支給がないので、起算月を決められません。");
    let answer = ask(change(300_000, 300_000, "2026-07-01"), &raised_in_july(400_000), 300_000);
    assert_eq!(answer.outcome, RevisionOutcome::NotRevised(NoRevision::NothingChanged));
    says(&answer.explanation, "300,000円 → 300,000円（変更なし）。");
    says(&answer.explanation, "固定的賃金の額が変わらないので、随時改定は行いません。");
}

fn verdict(before: i64, after: i64, paid_after: i64, current: i64) -> Verdict {
    let answer = ask(change(before, after, "2026-07-01"), &raised_in_july(paid_after), current);
    judged(&answer).health.unwrap().verdict
}

#[test]
fn two_grades_and_one_direction() {
    // From 300,000 (290,000 to 310,000): one grade up ends at 330,000, one down at 270,000.
    assert_eq!(verdict(300_000, 330_000, 330_000, 300_000), Verdict::Revised);
    assert_eq!(verdict(300_000, 329_999, 329_999, 300_000), Verdict::TooFewGrades);
    assert_eq!(verdict(300_000, 300_001, 300_001, 300_000), Verdict::TooFewGrades);
    assert_eq!(verdict(300_000, 269_999, 269_999, 300_000), Verdict::Revised);
    assert_eq!(verdict(300_000, 270_000, 270_000, 300_000), Verdict::TooFewGrades);
    // A raise with less overtime, a cut with more.
    assert_eq!(verdict(300_000, 310_000, 269_999, 300_000), Verdict::AgainstDirection);
    assert_eq!(verdict(300_000, 290_000, 330_000, 300_000), Verdict::AgainstDirection);
}

#[test]
fn directions_and_too_few_grades_are_said() {
    let text = |before, after, paid_after| {
        ask(change(before, after, "2026-07-01"), &raised_in_july(paid_after), 300_000).explanation
    };
    says(
        &text(300_000, 310_000, 250_000),
        "固定的賃金は上がり、等級は下がりました。向きが逆なので、健康保険は改定しません。",
    );
    says(
        &text(300_000, 290_000, 400_000),
        "固定的賃金は下がり、等級は上がりました。向きが逆なので、厚生年金保険は改定しません。",
    );
    says(&text(300_000, 310_000, 310_000), "2等級以上の差がないので、健康保険は改定しません。");
    says(&text(300_000, 270_000, 250_000), "基本給が2026年7月1日から300,000円 → 270,000円（降給）。");
}

#[test]
fn the_fourth_month_and_its_august() {
    let begins = |effective_on: &str, payments: &[&str]| {
        let history: Vec<_> = payments.iter().map(|payment| paid_same_month(payment, 30, 340_000)).collect();
        let answer = ask(change(300_000, 340_000, effective_on), &history, 300_000);
        let judged = judged(&answer);
        (judged.begins.to_string(), judged.valid_until.to_string())
    };
    let of = |begins: &str, until: &str| (begins.to_owned(), until.to_owned());
    assert_eq!(begins("2026-03-01", &["2026-03", "2026-04", "2026-05"]), of("2026-06", "2026-08"));
    assert_eq!(begins("2026-04-01", &["2026-04", "2026-05", "2026-06"]), of("2026-07", "2027-08"));
    assert_eq!(begins("2026-09-01", &["2026-09", "2026-10", "2026-11"]), of("2026-12", "2027-08"));
    assert_eq!(begins("2026-10-01", &["2026-10", "2026-11", "2026-12"]), of("2027-01", "2027-08"));
}

#[test]
fn a_scheme_the_person_has_not_is_not_judged() {
    let history = raised_in_july(340_000);
    let current = CurrentStandard { health: None, pension: Some(Yen::new(300_000)), remuneration: None };
    let change = change(300_000, 340_000, "2026-07-01");
    let facts = OccasionalFacts { change, worker: WorkerClass::Ordinary, history: &history, current };
    let answer = occasional_revision(law(), &facts).unwrap();
    let judged = judged(&answer);
    assert_eq!(judged.health, None);
    assert!(judged.is_revised() && !judged.health_only());
}

#[test]
fn two_changes_are_two_questions() {
    let mut history = raised_in_july(340_000);
    for later in &mut history[4..] {
        later.currency = Yen::new(380_000);
    }
    let july = ask(change(300_000, 340_000, "2026-07-01"), &history, 300_000);
    let august = ask(change(340_000, 380_000, "2026-08-01"), &history, 300_000);
    assert_eq!(judged(&july).begins, month("2026-10"));
    assert_eq!(judged(&august).begins, month("2026-11"));
    assert_eq!(judged(&august).counted.average, Yen::new(380_000));
}

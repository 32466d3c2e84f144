//! 年間平均: proposals with both sides of the two grades.

use kura_insurance::decisions::*;
use kura_yen::Yen;

use crate::pay::{date, law, month, paid, says, standard};

/// July 2025 to June 2026: nine months of one pay, then April to June of another.
fn year(nine: i64, spring: i64) -> Vec<PaidMonth> {
    let first = month("2025-07");
    (0..12).map(|at| paid(&first.plus(at).to_string(), 30, if at < 9 { nine } else { spring })).collect()
}

fn annual_facts<'a>(history: &'a [PaidMonth], acquired: &str) -> AnnualFacts<'a> {
    AnnualFacts {
        year: 2026,
        worker: WorkerClass::Ordinary,
        history,
        acquired: date(acquired),
        last_day: None,
        revisions: &[],
        current: standard(300_000),
    }
}

fn proposal(facts: &AnnualFacts<'_>) -> AnnualAverageProposal {
    let ordinary = annual_determination(law(), facts).unwrap();
    annual_average_proposal(law(), facts, &ordinary).unwrap()
}

#[test]
fn two_grades_between_spring_and_year_are_a_proposal() {
    // Spring 360,000 (grade 25 of health); the year (9 x 300,000 + 3 x 360,000) / 12 = 315,000 (grade 23).
    let found = proposal(&annual_facts(&year(300_000, 360_000), "2020-04-01"));
    assert_eq!(found.annual, Some(Yen::new(315_000)));
    let health = found.health.unwrap();
    assert_eq!((health.ordinary.grade, health.annual.grade, health.qualifies), (25, 23, true));
    assert!(found.is_proposed());
    says(
        &found.explanation,
        "年間平均: 2025年7月・8月・9月・10月・11月・12月・2026年1月・2月・3月・4月・5月・6月に支払われた報酬を平均します。",
    );
    says(
        &found.explanation,
        "健康保険 第23級 320,000円（通常の方法では第25級）: 2等級の差です（要件は2等級以上）。年間平均を申し立てられます。",
    );
    says(
        &found.explanation,
        "年間平均を使うには、業務の性質上この差が例年見込まれること、申立書と本人の同意書が要ります。",
    );
    // One yen in each month of the year more: 330,000 and grade 24.
    let found = proposal(&annual_facts(&year(320_000, 360_000), "2020-04-01"));
    assert_eq!(found.annual, Some(Yen::new(330_000)));
    assert!(!found.is_proposed());
    says(&found.explanation, "1等級の差です（要件は2等級以上）。年間平均は使えません。");
    says(&found.explanation, "年間平均による申立ての対象ではありません。");
    let found = proposal(&annual_facts(&year(319_999, 360_000), "2020-04-01"));
    assert_eq!((found.annual, found.is_proposed()), (Some(Yen::new(329_999)), true));
}

#[test]
fn months_that_do_not_count_are_left_out_of_the_year() {
    let mut history = year(300_000, 360_000);
    history[0].base_days = 16;
    history[1].full_month = FullMonth::Leave;
    history[2].retroactive = Yen::new(100_000);
    // (7 x 300,000 - 100,000 + 3 x 360,000) / 10
    assert_eq!(proposal(&annual_facts(&history, "2020-04-01")).annual, Some(Yen::new(308_000)));
}

#[test]
fn a_year_that_is_not_there_is_not_compared() {
    let history = year(300_000, 360_000);
    let found = proposal(&annual_facts(&history[1..], "2020-04-01"));
    assert_eq!(found.annual, None);
    says(&found.explanation, "給与履歴に2025年7月の支給がないので、年間平均と比べません。");
    // Someone acquired in January is compared with what there is.
    let found = proposal(&annual_facts(&history[7..], "2026-01-15"));
    assert_eq!(found.annual, Some(Yen::new(336_000)));
    let found = proposal(&annual_facts(&history[9..], "2026-03-20"));
    says(&found.explanation, "2026年4月・5月・6月のほかに支給がないので、年間平均と比べません。");
    let found = proposal(&annual_facts(&history, "2026-06-01"));
    says(&found.explanation, "定時決定による標準報酬月額がないので、年間平均と比べません。");
}

/// A raise of 10,000 from the payment of April 2026 and overtime in the busy spring.
fn busy_spring(overtime: i64, quiet: i64) -> Vec<PaidMonth> {
    let first = month("2025-07");
    let each = (0..12).map(|at| {
        let fixed = if at < 9 { 290_000 } else { 300_000 };
        let variable = if at < 9 { quiet } else { overtime };
        PaidMonth { fixed_part: Yen::new(fixed), ..paid(&first.plus(at).to_string(), 30, fixed + variable) }
    });
    each.collect()
}

fn occasional(history: &[PaidMonth], current: i64) -> (JudgedRevision, AnnualAverageProposal) {
    let change = FixedPayChange {
        what: "基本給",
        before: Yen::new(290_000),
        after: Yen::new(300_000),
        effective_on: date("2026-03-01"),
        decided_on: None,
        paid_late_by_mistake: false,
    };
    let facts = OccasionalFacts { change, worker: WorkerClass::Ordinary, history, current: standard(current) };
    let RevisionOutcome::Judged(judged) = occasional_revision(law(), &facts).unwrap().outcome else { panic!("judged") };
    let proposal = occasional_annual_average(law(), &facts, &judged).unwrap();
    (judged, proposal)
}

#[test]
fn fixed_pay_of_three_months_and_variable_pay_of_a_year() {
    // Ordinary 380,000 (grade 26); annual 300,000 + (3 x 80,000) / 12 = 320,000 (grade 23); current 300,000 (grade 22).
    let (_, found) = occasional(&busy_spring(80_000, 0), 300_000);
    assert_eq!(found.annual, Some(Yen::new(320_000)));
    let health = found.health.unwrap();
    assert_eq!((health.ordinary.grade, health.annual.grade, health.qualifies), (26, 23, true));
    assert!(found.is_proposed());
    says(&found.explanation, "年間平均: 固定的賃金は2026年4月・5月・6月、非固定的賃金は2025年7月");
    says(&found.explanation, "固定的賃金の平均: 900,000円 ÷ 3か月 = 300,000円");
    says(&found.explanation, "非固定的賃金の平均: 240,000円 ÷ 12か月 = 20,000円");
    // The annual grade is the current one: nothing to revise by it.
    let (_, found) = occasional(&busy_spring(80_000, 0), 320_000);
    assert!(!found.is_proposed());
    says(&found.explanation, "年間平均の等級が従前と同じなので、健康保険は年間平均を使えません。");
    // Overtime all year: the averages are one grade apart at most.
    let (_, found) = occasional(&busy_spring(80_000, 60_000), 300_000);
    assert_eq!((found.annual, found.is_proposed()), (Some(Yen::new(365_000)), false));
}

#[test]
fn a_revision_needs_a_year_of_history_to_be_compared() {
    let history = busy_spring(80_000, 0);
    let (_, found) = occasional(&history[9..], 300_000);
    assert_eq!((found.annual, found.health), (None, None));
    says(&found.explanation, "給与履歴に2025年7月・8月・9月・10月・11月・12月・2026年1月・2月・3月の支給がないので");
}

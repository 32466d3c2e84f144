//! The ends of the grade tables: one grade that counts as two.

use kura_insurance::decisions::*;
use kura_yen::Yen;

use crate::pay::{law, month, paid_same_month, says};

struct Case {
    health: i64,
    pension: i64,
    current_pay: Option<i64>,
    raise: bool,
    average: i64,
    begins: &'static str,
}

fn judge(case: &Case) -> (JudgedRevision, Explanation) {
    let first = month(case.begins).plus(-3);
    let history: Vec<_> = (0..3).map(|at| paid_same_month(&first.plus(at).to_string(), 30, case.average)).collect();
    let change = FixedPayChange {
        what: "基本給",
        before: Yen::new(1_000),
        after: Yen::new(if case.raise { 2_000 } else { 500 }),
        effective_on: first.first_day(),
        decided_on: None,
        paid_late_by_mistake: false,
    };
    let current = CurrentStandard {
        health: Some(Yen::new(case.health)),
        pension: Some(Yen::new(case.pension)),
        remuneration: case.current_pay.map(Yen::new),
    };
    let facts = OccasionalFacts { change, worker: WorkerClass::Ordinary, history: &history, current };
    let answer = occasional_revision(law(), &facts).unwrap();
    let RevisionOutcome::Judged(judged) = answer.outcome else { panic!("{:?}", answer.outcome) };
    (judged, answer.explanation)
}

fn health(current: i64, current_pay: Option<i64>, raise: bool, average: i64) -> Verdict {
    let case = Case { health: current, pension: 650_000, current_pay, raise, average, begins: "2026-10" };
    judge(&case).0.health.unwrap().verdict
}

fn pension(current: i64, current_pay: Option<i64>, raise: bool, average: i64, begins: &'static str) -> Verdict {
    let case = Case { health: 58_000, pension: current, current_pay, raise, average, begins };
    judge(&case).0.pension.unwrap().verdict
}

#[test]
fn the_top_of_health() {
    use Verdict::{CurrentPayUnknown, RevisedAtEdge, TooFewGrades};
    // 1,330,000 is grade 49, 1,390,000 grade 50 (from 1,355,000); a grade above it would begin at 1,415,000.
    assert_eq!(health(1_330_000, None, true, 1_415_000), RevisedAtEdge);
    assert_eq!(health(1_330_000, None, true, 1_414_999), TooFewGrades);
    assert_eq!(health(1_390_000, Some(1_415_000), false, 1_354_999), RevisedAtEdge);
    assert_eq!(health(1_390_000, Some(1_414_999), false, 1_354_999), TooFewGrades);
    assert_eq!(health(1_390_000, None, false, 1_354_999), CurrentPayUnknown);
    assert_eq!(health(1_390_000, Some(1_500_000), false, 1_355_000), TooFewGrades, "the grade is the same");
}

#[test]
fn the_bottom_of_health() {
    use Verdict::{CurrentPayUnknown, RevisedAtEdge, TooFewGrades};
    assert_eq!(health(58_000, Some(52_999), true, 63_000), RevisedAtEdge);
    assert_eq!(health(58_000, Some(53_000), true, 63_000), TooFewGrades);
    assert_eq!(health(58_000, None, true, 63_000), CurrentPayUnknown);
    assert_eq!(health(68_000, None, false, 52_999), RevisedAtEdge);
    assert_eq!(health(68_000, None, false, 53_000), TooFewGrades);
}

#[test]
fn the_ends_of_pension() {
    use Verdict::{Revised, RevisedAtEdge, TooFewGrades};
    // 620,000 is grade 31, 650,000 the top, grade 32, to 2027-08.
    assert_eq!(pension(620_000, None, true, 665_000, "2026-10"), RevisedAtEdge);
    assert_eq!(pension(620_000, None, true, 664_999, "2026-10"), TooFewGrades);
    assert_eq!(pension(650_000, Some(665_000), false, 634_999, "2026-10"), RevisedAtEdge);
    assert_eq!(pension(650_000, Some(664_999), false, 634_999, "2026-10"), TooFewGrades);
    assert_eq!(pension(88_000, Some(82_999), true, 93_000, "2026-10"), RevisedAtEdge);
    assert_eq!(pension(88_000, Some(83_000), true, 93_000, "2026-10"), TooFewGrades);
    assert_eq!(pension(98_000, None, false, 82_999, "2026-10"), RevisedAtEdge);
    assert_eq!(pension(98_000, None, false, 83_000, "2026-10"), TooFewGrades);
    // From 2027-09 there is a grade 33 from 665,000: two grades of the table itself.
    assert_eq!(pension(620_000, None, true, 665_000, "2027-08"), RevisedAtEdge);
    assert_eq!(pension(620_000, None, true, 665_000, "2027-09"), Revised);
    assert_eq!(pension(650_000, None, true, 694_999, "2027-09"), TooFewGrades);
    assert_eq!(pension(650_000, None, true, 695_000, "2027-09"), RevisedAtEdge);
    // Each step moves the edge: below the top, at the top, on both sides of the day.
    for (before, from, below_top, top, next, lower) in [
        ("2028-08", "2028-09", 680_000, 710_000, 730_000, 695_000),
        ("2029-08", "2029-09", 710_000, 750_000, 770_000, 730_000),
    ] {
        assert_ne!(pension(below_top, None, true, next, before), Revised, "the table of {before} has no grade above");
        assert_eq!(pension(below_top, None, true, next, from), RevisedAtEdge);
        assert_eq!(pension(below_top, None, true, next - 1, from), TooFewGrades);
        assert_eq!(pension(top, Some(next), false, lower - 1, from), RevisedAtEdge);
        assert_eq!(pension(top, Some(next - 1), false, lower - 1, from), TooFewGrades);
    }
}

#[test]
fn a_one_grade_exception_may_hit_one_scheme_alone() {
    let case = Case {
        health: 1_330_000,
        pension: 650_000,
        current_pay: None,
        raise: true,
        average: 1_415_000,
        begins: "2026-10",
    };
    let (judged, explanation) = judge(&case);
    assert!(judged.health_only());
    says(
        &explanation,
        "等級表の端の1等級の差ですが、平均額が1,415,000円以上であるので2等級以上の差と同じに扱い、健康保険を改定します。",
    );
    let (_, explanation) = judge(&Case { average: 1_400_000, ..case });
    says(
        &explanation,
        "等級表の端の1等級の差で、平均額が1,415,000円以上のときに当たらないので、健康保険は改定しません。",
    );
    let (judged, explanation) = judge(&Case { health: 1_390_000, raise: false, average: 1_340_000, ..case });
    assert_eq!(judged.health.unwrap().verdict, Verdict::CurrentPayUnknown);
    assert!(!judged.is_revised());
    says(
        &explanation,
        "等級表の端の1等級の差です。従前の報酬月額が1,415,000円以上、平均額が1,355,000円未満のときは健康保険を改定しますが、従前の報酬月額が分かりません。標準報酬の報酬月額を入れてください。",
    );
}

//! The figures of the examples of 2225700 (定時決定) and 2221700 (随時改定), person by person.

use kura_insurance::decisions::*;
use kura_yen::Yen;

use crate::pay::{date, law, month, paid, standard};

/// base days, currency, in kind of April, May and June 2026; total, average.
type Santei = (WorkerClass, [(u8, i64, i64); 3], i64, i64);

fn history(first: &str, rows: &[(u8, i64, i64)]) -> Vec<PaidMonth> {
    let rows = rows.iter().enumerate();
    let each = rows.map(|(at, (days, currency, in_kind))| {
        let payment_month = month(first).plus(i32::try_from(at).unwrap()).to_string();
        PaidMonth { in_kind: Yen::new(*in_kind), ..paid(&payment_month, *days, *currency) }
    });
    each.collect()
}

#[test]
fn totals_and_averages_of_the_annual_base_notice() {
    use WorkerClass::{Ordinary, PartTimer, ShortTimeWorker};
    let people: [Santei; 5] = [
        (Ordinary, [(30, 301_500, 0), (31, 298_400, 5_000), (30, 322_900, 0)], 927_800, 309_266),
        (Ordinary, [(16, 210_000, 0), (31, 221_000, 0), (30, 219_500, 0)], 440_500, 220_250),
        (PartTimer, [(16, 152_000, 0), (15, 145_001, 0), (14, 133_000, 0)], 297_001, 148_500),
        (ShortTimeWorker, [(11, 101_000, 0), (10, 92_000, 0), (13, 119_500, 0)], 220_500, 110_250),
        // The form prints 9999999 as the total; its average is that of the uncapped sum.
        (Ordinary, [(30, 10_500_000, 0), (31, 1_400_000, 0), (30, 1_400_000, 0)], 13_300_000, 4_433_333),
    ];
    let old = [300_000, 200_000, 150_000, 98_000, 1_390_000];
    for ((worker, months, total, average), old) in people.into_iter().zip(old) {
        let mut history = history("2026-04", &months);
        if months[0].0 == 16 && worker == Ordinary {
            history[0].full_month = FullMonth::ProratedJoin;
        }
        let facts = AnnualFacts {
            year: 2026,
            worker,
            history: &history,
            acquired: date("2020-04-01"),
            last_day: None,
            revisions: &[],
            current: standard(old),
        };
        let found = annual_determination(law(), &facts).unwrap();
        let counted = found.counted.expect("months are left");
        assert_eq!((counted.total, counted.average), (Yen::new(total), Yen::new(average)));
        assert_eq!(found.corrected, None, "the form leaves field 39 empty");
        let AnnualOutcome::Decided(decided) = found.outcome else { panic!("decided: {:?}", found.outcome) };
        assert_eq!(decided.applies_from, month("2026-09"));
        assert_eq!(decided.valid_until, month("2027-08"));
    }
}

#[test]
fn the_monthly_change_notice() {
    let raise = |what, before, after, effective_on| FixedPayChange {
        what,
        before: Yen::new(before),
        after: Yen::new(after),
        effective_on: date(effective_on),
        decided_on: None,
        paid_late_by_mistake: false,
    };
    // 河合: 260,000, raise in April, revised in July.
    let months = history("2026-04", &[(20, 318_000, 0), (21, 321_500, 2_000), (22, 315_000, 0)]);
    let change = raise("基本給", 260_000, 310_000, "2026-03-01");
    let facts = OccasionalFacts { change, worker: WorkerClass::Ordinary, history: &months, current: standard(260_000) };
    let judged = judged_of(&facts);
    assert_eq!((judged.counted.total, judged.counted.average), (Yen::new(956_500), Yen::new(318_833)));
    assert_eq!((judged.begins, judged.valid_until), (month("2026-07"), month("2027-08")));
    assert_eq!(judged.health.unwrap().new.standard_monthly, Yen::new(320_000));
    assert!(judged.is_revised() && !judged.health_only());

    // 三谷: a short-time worker with 11 days, October to December, revised in January.
    let months = history("2025-10", &[(12, 131_000, 0), (11, 124_500, 0), (13, 133_000, 0)]);
    let change = raise("時給", 1_200, 1_300, "2025-09-01");
    let facts =
        OccasionalFacts { change, worker: WorkerClass::ShortTimeWorker, history: &months, current: standard(98_000) };
    let judged = judged_of(&facts);
    assert_eq!((judged.counted.total, judged.counted.average), (Yen::new(388_500), Yen::new(129_500)));
    assert_eq!((judged.begins, judged.valid_until), (month("2026-01"), month("2026-08")));
    assert_eq!(judged.pension.unwrap().new.standard_monthly, Yen::new(126_000));

    // 塩崎: above the pension ceiling: health alone; arrears of 15,000 in August.
    let mut months = history("2026-08", &[(31, 840_000, 0), (31, 860_000, 0), (30, 851_000, 0)]);
    months[0].retroactive = Yen::new(15_000);
    let change = raise("役職手当", 0, 120_000, "2026-07-01");
    let current =
        CurrentStandard { health: Some(Yen::new(710_000)), pension: Some(Yen::new(650_000)), remuneration: None };
    let facts = OccasionalFacts { change, worker: WorkerClass::Ordinary, history: &months, current };
    let judged = judged_of(&facts);
    assert_eq!((judged.counted.total, judged.counted.average), (Yen::new(2_551_000), Yen::new(850_333)));
    assert_eq!(judged.corrected.as_ref().map(|corrected| corrected.average), Some(Yen::new(845_333)));
    assert_eq!(judged.begins, month("2026-11"));
    assert!(judged.health_only());
    assert_eq!(judged.pension.unwrap().verdict, Verdict::TooFewGrades);
}

fn judged_of(facts: &OccasionalFacts<'_>) -> JudgedRevision {
    match occasional_revision(law(), facts).unwrap().outcome {
        RevisionOutcome::Judged(judged) => judged,
        other => panic!("not judged: {other:?}"),
    }
}

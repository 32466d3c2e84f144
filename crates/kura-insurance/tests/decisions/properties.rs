//! Properties: the order of months is irrelevant, more pay is never a lower standard, what is decided fits its months.

use kura_calendar::Month;
use kura_insurance::decisions::*;
use kura_yen::Yen;
use proptest::prelude::*;

use crate::pay::{date, law, month, paid_same_month, standard};

fn workers() -> impl Strategy<Value = WorkerClass> {
    prop::sample::select(vec![WorkerClass::Ordinary, WorkerClass::PartTimer, WorkerClass::ShortTimeWorker])
}

fn kinds() -> impl Strategy<Value = FullMonth> {
    let kinds = [
        FullMonth::Full,
        FullMonth::Full,
        FullMonth::ProratedJoin,
        FullMonth::ProratedLeaving,
        FullMonth::ProratedRaise,
        FullMonth::Leave,
        FullMonth::Late,
    ];
    prop::sample::select(kinds.to_vec())
}

prop_compose! {
    fn payments(number: usize)(rows in prop::collection::vec((0_u8..=31, kinds(), 0_i64..2_000_000, 0_i64..50_000), number)) -> Vec<PaidMonth> {
        let first = month("2026-04");
        let each = rows.into_iter().enumerate().map(|(at, (days, full_month, own, retroactive))| {
            let payment = first.plus(i32::try_from(at).unwrap()).to_string();
            PaidMonth { full_month, retroactive: Yen::new(retroactive), ..paid_same_month(&payment, days, own + retroactive) }
        });
        each.collect()
    }
}

fn annual(worker: WorkerClass, history: &[PaidMonth]) -> AnnualDetermination {
    let facts = AnnualFacts {
        year: 2026,
        worker,
        history,
        acquired: date("2020-04-01"),
        last_day: None,
        revisions: &[],
        current: standard(300_000),
    };
    annual_determination(law(), &facts).unwrap()
}

fn occasional(worker: WorkerClass, history: &[PaidMonth]) -> OccasionalRevision {
    let change = FixedPayChange {
        what: "基本給",
        before: Yen::new(300_000),
        after: Yen::new(340_000),
        effective_on: date("2026-05-01"),
        decided_on: None,
        paid_late_by_mistake: false,
    };
    occasional_revision(law(), &OccasionalFacts { change, worker, history, current: standard(300_000) }).unwrap()
}

fn used(found: &AnnualDetermination) -> Option<Yen> {
    match found.outcome {
        AnnualOutcome::Decided(decided) => Some(decided.remuneration),
        _ => None,
    }
}

proptest! {
    #[test]
    fn the_order_of_months_is_irrelevant(history in payments(8), worker in workers(), turn in 0_usize..8) {
        let mut turned = history.clone();
        turned.rotate_left(turn);
        turned.swap(0, 5);
        prop_assert_eq!(annual(worker, &history), annual(worker, &turned));
        prop_assert_eq!(occasional(worker, &history), occasional(worker, &turned));
    }

    #[test]
    fn more_pay_is_never_a_lower_standard(history in payments(3), worker in workers(), at in 0_usize..3, more in 0_i64..100_000) {
        let before = annual(worker, &history);
        let mut raised = history;
        raised[at].currency += Yen::new(more);
        let after = annual(worker, &raised);
        match (before.outcome, after.outcome) {
            (AnnualOutcome::Decided(before), AnnualOutcome::Decided(after)) => {
                prop_assert!(before.health.unwrap().grade <= after.health.unwrap().grade);
                prop_assert!(before.pension.unwrap().grade <= after.pension.unwrap().grade);
            }
            (before, after) => prop_assert_eq!(before, after, "pay alone does not decide which months count"),
        }
    }

    #[test]
    fn the_average_lies_between_the_months_it_counts(history in payments(3), worker in workers()) {
        let found = annual(worker, &history);
        let counted = found.corrected.as_ref().or(found.counted.as_ref());
        if let (Some(counted), Some(average)) = (counted, used(&found)) {
            prop_assert_eq!(counted.average, average);
            let own = |month: &Month| history.iter().find(|paid| paid.payment_month == *month).unwrap().own();
            let months: Vec<Yen> = counted.months.iter().map(own).collect();
            prop_assert!(months.iter().min().unwrap() <= &average && &average <= months.iter().max().unwrap());
        }
    }

    #[test]
    fn a_month_that_fails_the_base_days_never_speaks(history in payments(3), pay in 0_i64..2_000_000) {
        let mut history = history;
        history[1].base_days = 16;
        let before = annual(WorkerClass::Ordinary, &history);
        history[1].currency = Yen::new(pay) + history[1].retroactive;
        prop_assert_eq!(before.outcome, annual(WorkerClass::Ordinary, &history).outcome);
    }

    #[test]
    fn a_raise_never_lowers_a_standard(history in payments(8), worker in workers()) {
        let answer = occasional(worker, &history);
        if let RevisionOutcome::Judged(judged) = answer.outcome {
            for scheme in [judged.health.unwrap(), judged.pension.unwrap()] {
                prop_assert!(!scheme.verdict.is_revised() || scheme.new.grade > scheme.current.grade);
            }
            prop_assert_eq!(judged.begins, answer.first_changed_payment.unwrap().plus(3));
            prop_assert_eq!(judged.valid_until.month(), 8);
            prop_assert!(judged.begins <= judged.valid_until && judged.valid_until < judged.begins.plus(14));
        }
    }

    #[test]
    fn periods_of_a_certificate_leave_no_gap(left_in in 0_i32..40, day in 1_i8..=31, months in 0_i32..40, closing in 0_i8..=28) {
        let separated_on = month("2022-01").plus(left_in).day_or_last(day);
        let acquired = Month::of(separated_on).plus(-months).first_day();
        let closing = if closing == 0 { ClosingDay::MonthEnd } else { ClosingDay::Day(closing) };
        let facts = SeparationFacts { separated_on, acquired, closing, special: false };
        let base = BaseFigures { days: 20, minutes: None };
        let wage = WageFigures { base, monthly: Yen::new(1), by_day_or_hour: Yen::ZERO };
        let found = separation_certificate(law(), &facts, |_| Some(base), |_| Some(wage)).unwrap();
        let counting: Vec<PayPeriod> = found.counting.iter().map(|row| row.period).collect();
        let wages: Vec<PayPeriod> = found.wages.iter().map(|row| row.period).collect();
        for rows in [counting, wages] {
            prop_assert_eq!(rows[0].to, separated_on);
            for pair in rows.windows(2) {
                prop_assert_eq!(pair[1].to.tomorrow().unwrap(), pair[0].from);
                prop_assert!(acquired <= pair[1].from && pair[1].from <= pair[1].to);
            }
        }
    }
}

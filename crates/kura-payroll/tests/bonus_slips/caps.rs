//! 標準賞与額: the unit, both caps from both sides, what counts towards the year, several bonuses of one month.

use kura_insurance::HealthParts;
use kura_model::InsurerCode;
use kura_payroll::bonus::{BonusSlip, EarlierBonus, PersonBonus, TakenPremiums};
use kura_payroll::pay::{BuiltIn, LineKind, TaxFacts};
use kura_yen::Yen;

use crate::case::{earlier, pay, person, premiums, spell, standards};

fn with_earlier(bonus: i64, paid: Vec<EarlierBonus>) -> PersonBonus {
    let mut person = person(bonus);
    person.insurance.earlier = paid;
    person
}

#[test]
fn what_is_below_a_thousand_yen_is_dropped() {
    for (bonus, standard) in [(999, 0), (1_000, 1_000), (1_999, 1_000), (500_999, 500_000), (501_000, 501_000)] {
        assert_eq!(standards(&pay("2026-06-10", &person(bonus))), [standard, standard], "{bonus}");
    }
}

#[test]
fn the_pension_stops_at_its_cap_of_the_month_and_health_goes_on() {
    let of = |bonus| standards(&pay("2026-06-10", &person(bonus)));
    assert_eq!(of(1_499_999), [1_499_000, 1_499_000]);
    assert_eq!(of(1_500_000), [1_500_000, 1_500_000]);
    assert_eq!(of(1_501_000), [1_501_000, 1_500_000]);
    // The cap is one of the month: the one before does not count.
    let after = with_earlier(1_000_000, vec![earlier("2026-06-10", 1_500_000)]);
    assert_eq!(standards(&pay("2026-07-10", &after)), [1_000_000, 1_000_000]);
}

#[test]
fn health_stops_at_its_cap_of_the_year() {
    let of = |before| {
        let slip = pay("2026-12-10", &with_earlier(1_000_000, vec![earlier("2026-07-10", before)]));
        (slip.standard.health_before.get(), slip.standard.health.get())
    };
    assert_eq!(of(4_729_999), (4_729_000, 1_000_000));
    assert_eq!(of(4_730_000), (4_730_000, 1_000_000));
    assert_eq!(of(4_731_000), (4_731_000, 999_000));
    assert_eq!(of(5_730_000), (5_730_000, 0));
    // What was above the cap counted with the cap alone.
    assert_eq!(of(9_000_000), (5_730_000, 0));
}

#[test]
fn above_the_cap_no_premium_is_taken_but_the_bonus_is_reported() {
    let slip = pay("2026-12-10", &with_earlier(1_000_000, vec![earlier("2026-07-10", 6_000_000)]));
    assert_eq!(premiums(&slip), [0, 91_500]);
    let health = LineKind::BuiltIn(BuiltIn::HealthInsurance);
    assert!(slip.slip.deductions.iter().all(|line| line.kind != health));
    assert_eq!(slip.report.unwrap().currency, Yen::new(1_000_000));
}

#[test]
fn the_year_runs_from_april_to_march() {
    let before = |paid_on, earlier_on| {
        let mut person = with_earlier(100_000, vec![earlier(earlier_on, 700_000)]);
        // The bonus table of 2027 is not in the pack.
        person.tax = TaxFacts::NonResident;
        pay(paid_on, &person).standard.health_before.get()
    };
    assert_eq!(before("2026-04-10", "2026-03-31"), 0);
    assert_eq!(before("2026-05-10", "2026-04-01"), 700_000);
    assert_eq!(before("2027-03-31", "2026-04-01"), 700_000);
    assert_eq!(before("2027-04-01", "2026-04-01"), 0);
    // A later bonus does not count towards an earlier one that is computed again.
    assert_eq!(before("2026-07-10", "2026-12-10"), 0);
}

#[test]
fn spells_with_one_insurer_are_added_up_and_other_insurers_are_not() {
    let mut person = with_earlier(1_000_000, vec![earlier("2026-05-15", 5_000_000)]);
    person.insurance.health = vec![spell("2020-04-01", Some("2026-06-01")), spell("2026-09-01", None)];
    person.insurance.pension = person.insurance.health.clone();
    assert_eq!(pay("2026-12-10", &person).standard.health, Yen::new(730_000));

    person.insurance.earlier[0].health_insurer = Some(InsurerCode::from("架空組合"));
    assert_eq!(pay("2026-12-10", &person).standard.health, Yen::new(1_000_000));
    // Paid while not insured at all: no 標準賞与額 came of it.
    person.insurance.earlier[0].health_insurer = None;
    assert_eq!(pay("2026-12-10", &person).standard.health, Yen::new(1_000_000));
    // The typed amount of another employer counts on top.
    person.insurance.other_health_standard_bonus = Yen::new(5_000_000);
    assert_eq!(pay("2026-12-10", &person).standard.health, Yen::new(730_000));
}

/// The first bonus of a month as the history keeps it, with what was taken from it.
fn paid(slip: &BonusSlip, paid_on: &str) -> EarlierBonus {
    let line = slip.slip.deductions.iter().find(|line| line.kind == LineKind::BuiltIn(BuiltIn::HealthInsurance));
    let [health, care, support_levy] = line.unwrap().split.unwrap();
    EarlierBonus {
        taken: TakenPremiums {
            health: health + care + support_levy,
            health_parts: Some(HealthParts { health, care, support_levy }),
            pension: slip.slip.deducted(BuiltIn::EmployeesPension),
        },
        ..earlier(paid_on, slip.currency.get())
    }
}

#[test]
fn bonuses_of_one_month_are_added_before_the_thousands_are_cut() {
    let first = pay("2026-07-03", &person(600_500));
    assert_eq!(standards(&first), [600_000, 600_000]);
    let second = pay("2026-07-25", &with_earlier(600_600, vec![paid(&first, "2026-07-03")]));
    assert_eq!(standards(&second), [1_201_000, 1_201_000]);
    let at_once = pay("2026-07-25", &person(1_201_100));
    let [health, pension] = premiums(&at_once);
    assert_eq!(
        [premiums(&first), premiums(&second)]
            .into_iter()
            .fold([0, 0], |sum, next| [sum[0] + next[0], sum[1] + next[1]]),
        [health, pension]
    );
    let report = second.report.as_ref().unwrap();
    assert_eq!((report.currency, report.same_month_first_day), (Yen::new(1_201_100), Some(3)));
    // Where the parts of what was taken are unknown, those of the rest are too.
    let mut unknown = paid(&first, "2026-07-03");
    unknown.taken.health_parts = None;
    let again = pay("2026-07-25", &with_earlier(600_600, vec![unknown]));
    assert_eq!((premiums(&again), again.slip.deductions[0].split), (premiums(&second), None));
    // The next month counts the whole month once.
    let august = with_earlier(100_000, vec![earlier("2026-07-03", 600_500), earlier("2026-07-25", 600_600)]);
    assert_eq!(pay("2026-08-10", &august).standard.health_before, Yen::new(1_201_000));
}

#[test]
fn a_second_bonus_below_a_thousand_yen_takes_nothing_more() {
    let first = pay("2026-07-03", &person(600_000));
    let second = pay("2026-07-25", &with_earlier(999, vec![paid(&first, "2026-07-03")]));
    assert_eq!(premiums(&second), [0, 0]);
    let one_more = pay("2026-07-25", &with_earlier(1_000, vec![paid(&first, "2026-07-03")]));
    assert_eq!(standards(&one_more), [601_000, 601_000]);
    assert_ne!(premiums(&one_more), [0, 0]);
}

#[test]
fn two_bonuses_of_one_day_are_one_month() {
    let second = pay("2026-07-10", &with_earlier(1_000_000, vec![earlier("2026-07-10", 1_000_000)]));
    assert_eq!(standards(&second), [2_000_000, 1_500_000]);
}

//! 取得・喪失 and ages: the payment month decides, both sides of every day.

use kura_payroll::bonus::{BonusSlip, Charge, PersonBonus, Spell};
use kura_payroll::pay::{BuiltIn, LineKind};
use kura_yen::Yen;

use crate::case::{pay, person, premiums, spell, standards};
use crate::law::day;

fn with_spell(spell: Spell) -> PersonBonus {
    let mut person = person(500_000);
    person.insurance.health = vec![spell];
    person.insurance.pension = vec![spell];
    person
}

fn charges(slip: &BonusSlip) -> (Charge, Charge) {
    (slip.insured.health, slip.insured.pension)
}

const BOTH_CHARGED: (Charge, Charge) = (Charge::Charged, Charge::Charged);
const BOTH_IN_LOSS: (Charge, Charge) = (Charge::MonthOfLoss, Charge::MonthOfLoss);
const NEITHER: (Charge, Charge) = (Charge::NotInsured, Charge::NotInsured);

#[test]
fn a_bonus_in_the_month_of_loss_bears_no_premium_but_counts_and_is_reported() {
    // Last day 2026-06-29: lost on the 30th.
    let slip = pay("2026-06-10", &with_spell(spell("2020-04-01", Some("2026-06-30"))));
    assert_eq!(charges(&slip), BOTH_IN_LOSS);
    assert_eq!(premiums(&slip), [0, 0]);
    assert_eq!(standards(&slip), [500_000, 500_000]);
    assert_eq!(slip.report.unwrap().health, Charge::MonthOfLoss);
    assert_eq!(slip.slip.deducted(BuiltIn::EmploymentInsurance), Yen::new(2_500));
}

#[test]
fn a_month_end_leaver_is_charged() {
    // Last day 2026-06-30: lost on 1 July.
    let slip = pay("2026-06-10", &with_spell(spell("2020-04-01", Some("2026-07-01"))));
    assert_eq!(charges(&slip), BOTH_CHARGED);
    assert_eq!(premiums(&slip), [25_200, 45_750]);
}

#[test]
fn a_bonus_before_acquisition_or_after_loss_is_no_standard_bonus() {
    let left = with_spell(spell("2020-04-01", Some("2026-06-30")));
    for (paid_on, expected) in [("2026-06-29", BOTH_IN_LOSS), ("2026-06-30", NEITHER), ("2026-07-10", NEITHER)] {
        let slip = pay(paid_on, &left);
        assert_eq!(charges(&slip), expected, "{paid_on}");
        assert_eq!(slip.report.is_some(), expected != NEITHER, "{paid_on}");
    }
    let joined = with_spell(spell("2026-06-15", None));
    for (paid_on, expected) in [("2026-06-14", NEITHER), ("2026-06-15", BOTH_CHARGED)] {
        let slip = pay(paid_on, &joined);
        assert_eq!((charges(&slip), standards(&slip)[0]), (expected, if expected == NEITHER { 0 } else { 500_000 }));
    }
}

#[test]
fn acquired_and_lost_in_one_month_is_charged() {
    let slip = pay("2026-06-20", &with_spell(spell("2026-06-05", Some("2026-06-26"))));
    assert_eq!(charges(&slip), BOTH_CHARGED);
}

/// 定年再雇用: lost and acquired on 2026-07-16. What is paid before belongs to the old spell and its month of loss.
#[test]
fn lost_and_acquired_on_one_day_the_payment_day_chooses_the_spell() {
    let mut person = person(500_000);
    person.insurance.health = vec![spell("2020-04-01", Some("2026-07-16")), spell("2026-07-16", None)];
    person.insurance.pension = person.insurance.health.clone();
    assert_eq!(charges(&pay("2026-07-15", &person)), BOTH_IN_LOSS);
    assert_eq!(charges(&pay("2026-07-16", &person)), BOTH_CHARGED);
    // The two are not one bonus of the month: the later one alone is charged, the earlier one counts towards the year.
    person.insurance.earlier = vec![crate::case::earlier("2026-07-10", 400_900)];
    let later = pay("2026-07-25", &person);
    assert_eq!((standards(&later), premiums(&later)), ([500_000, 500_000], [25_200, 45_750]));
    assert_eq!(later.standard.health_before, Yen::new(400_000));
    assert_eq!(later.report.unwrap().currency, Yen::new(500_000));
}

fn born(birth_date: &str) -> PersonBonus {
    let mut person = person(500_000);
    person.insurance.birth_date = day(birth_date);
    person
}

fn care(slip: &BonusSlip) -> i64 {
    let health = LineKind::BuiltIn(BuiltIn::HealthInsurance);
    slip.slip.deductions.iter().find(|line| line.kind == health).map_or(0, |line| line.split.unwrap()[1].get())
}

#[test]
fn care_begins_and_ends_with_the_payment_month_of_the_day_before_the_birthday() {
    // 40 is reached on 2026-06-30 by someone born on 1 July, on 2026-07-01 by someone born on the 2nd.
    assert_eq!(
        [care(&pay("2026-06-01", &born("1986-07-01"))), care(&pay("2026-06-30", &born("1986-07-02")))],
        [4_050, 0]
    );
    assert_eq!(care(&pay("2026-07-01", &born("1986-07-02"))), 4_050);
    // 65 likewise: the month in which it is reached is free.
    assert_eq!(
        [care(&pay("2026-06-10", &born("1961-07-01"))), care(&pay("2026-06-10", &born("1961-07-02")))],
        [0, 4_050]
    );
}

#[test]
fn facts_can_close_care_or_open_it() {
    let mut exempt = born("1980-01-01");
    exempt.insurance.care_exempt = true;
    assert_eq!(care(&pay("2026-06-10", &exempt)), 0);
    let mut specified = born("1990-01-01");
    specified.insurance.care_specified_insured = true;
    assert_eq!(care(&pay("2026-06-10", &specified)), 4_050);
}

#[test]
fn at_70_the_pension_ends_and_the_report_goes_on() {
    // Born 1956-06-11: 70 is reached on 2026-06-10, a loss in June.
    let turning = born("1956-06-11");
    let before = pay("2026-06-09", &turning);
    assert_eq!(charges(&before), (Charge::Charged, Charge::MonthOfLoss));
    assert!(!before.insured.over_70);
    let after = pay("2026-06-10", &turning);
    assert_eq!(charges(&after), (Charge::Charged, Charge::NotInsured));
    let report = after.report.unwrap();
    assert!(report.over_70 && !report.only_over_70);
    assert_eq!(premiums(&pay("2026-05-29", &turning)), [25_200, 45_750]);
    // The 相当額 of a 70歳以上被用者 is counted and reported, without a premium.
    assert_eq!(
        (after.standard.pension, after.slip.deducted(BuiltIn::EmployeesPension)),
        (Yen::new(500_000), Yen::ZERO)
    );
}

#[test]
fn at_75_health_ends_on_the_birthday_itself_and_only_the_70_notice_is_left() {
    let turning = born("1951-06-11");
    let before = pay("2026-06-10", &turning);
    assert_eq!(charges(&before), (Charge::MonthOfLoss, Charge::NotInsured));
    assert!(!before.report.unwrap().only_over_70);
    let after = pay("2026-06-11", &turning);
    assert_eq!(charges(&after), NEITHER);
    assert!(after.report.unwrap().only_over_70);
    assert_eq!(charges(&pay("2026-05-29", &turning)).0, Charge::Charged);
}

#[test]
fn someone_hired_after_70_is_known_by_the_register() {
    let mut hired = born("1954-03-15");
    hired.insurance.pension.clear();
    assert!(!pay("2026-07-10", &hired).report.unwrap().over_70);
    hired.insurance.aged_70_or_over = true;
    let slip = pay("2026-07-10", &hired);
    assert_eq!((premiums(&slip)[1], slip.report.unwrap().over_70), (0, true));
}

#[test]
fn a_person_outside_both_schemes_is_not_reported() {
    let slip = pay("2026-07-10", &crate::case::uninsured(500_000));
    assert_eq!((slip.report, slip.of_month.health, slip.standard.health), (None, None, Yen::ZERO));
}

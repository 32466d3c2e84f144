//! The demo people, by a second method: whole numbers of the printed tables, no fraction type, no table lookup.

use kura_calendar::Date;
use kura_insurance::{ExemptionRule, Leave, LeaveKind};
use kura_payroll::bonus::{Charge, PersonBonus, PreviousPay};
use kura_payroll::pay::{BuiltIn, Rule, TaxFacts};
use kura_payroll::tax::{TaxColumn, TaxRule};
use kura_yen::{Rate, Yen};

use crate::case::{childcare, earlier, figures, insurance, kyokai, pay, person, standards};
use crate::law::day;

/// The employee's part of an amount at a full rate in 1/100000, halved, 50 sen and less dropped.
fn half(standard: i64, rate_e5: i64) -> i64 {
    fifty_sen(standard * rate_e5, 200_000)
}

fn fifty_sen(numerator: i64, denominator: i64) -> i64 {
    (2 * numerator + denominator - 1).div_euclid(2 * denominator)
}

fn kou(dependents: u16) -> TaxFacts {
    TaxFacts::Resident(TaxColumn::Kou { dependents })
}

#[test]
fn fifty_sen_are_dropped_and_a_little_more_is_raised() {
    assert_eq!([fifty_sen(5, 10), fifty_sen(6, 10), fifty_sen(15, 10), fifty_sen(16, 10)], [0, 1, 1, 2]);
}

pub(crate) fn t045(previous: i64) -> PersonBonus {
    let mut person = person(520_700);
    person.insurance = insurance("1978-09-09");
    person.tax = kou(3);
    person.previous_pay = PreviousPay::of(None, Some(&[Yen::new(previous)]));
    person
}

/// T045, 2026-07-10: 520,700. Tokyo 9.85 + care 1.62 + levy 0.23, pension 18.30, employment insurance 0.5 %.
#[test]
fn t045_in_july() {
    // The pay of 2026-06-25 by hand: overtime 38:20 of May at 1,675 x 1.25 = 80,260.4 up, above the fixed 62,900.
    let excess = 80_261 - 62_900;
    let gross = 248_000 + 20_000 + 62_900 + excess + 14_300;
    let insurance_of_may = half(360_000, 11_700) + half(360_000, 18_300) + fifty_sen(gross * 5, 1_000);
    let previous = gross - 14_300 - insurance_of_may;
    assert_eq!((gross, previous), (362_561, 292_448));

    let health = half(520_000, 11_700);
    let pension = half(520_000, 18_300);
    let employment = fifty_sen(520_700 * 5, 1_000);
    // Three people, 181,000 to 300,000: 2.042 %.
    let tax = (520_700 - health - pension - employment) * 2_042 / 100_000;
    assert_eq!([health, pension, employment, tax], [30_420, 47_580, 2_603, 8_986]);

    let bonus = pay("2026-07-10", &t045(previous));
    assert_eq!(figures(&bonus), [health, pension, employment, tax, 431_111]);
    assert_eq!(bonus.tax_rate, Some(Rate::from_percent("2.042").unwrap()));
    assert_eq!(standards(&bonus), [520_000, 520_000]);
    let line = &bonus.slip.deductions[0];
    assert_eq!((line.rule, line.month.unwrap().to_string().as_str()), (Rule::BonusPremium, "2026-07"));
    assert_eq!(line.split, Some([25_610, 4_212, 598].map(Yen::new)));
    assert_eq!(bonus.slip.taxable, Yen::new(440_097));
}

/// T031, 2026-07-10: 150,000 in a childcare leave of a year. Exempt, yet reported, counted and charged employment insurance.
#[test]
fn t031_on_leave() {
    let mut person = person(150_000);
    person.insurance.leaves = vec![
        Leave { kind: LeaveKind::Maternity, start: day("2025-10-04"), end: day("2026-01-09"), worked_days: 0 },
        childcare("2026-01-10", "2027-01-09"),
    ];
    // Unpaid in June: the slip of 0 yen stands in the history. (150,000 - 750) / 6 is far below the taxed rows.
    person.previous_pay = PreviousPay::of(None, Some(&[Yen::ZERO]));
    let bonus = pay("2026-07-10", &person);
    assert_eq!(figures(&bonus), [0, 0, 750, 0, 149_250]);
    assert_eq!(bonus.insured.health, Charge::Exempt(ExemptionRule::BonusLeaveLongEnough));
    assert_eq!(bonus.insured.pension, Charge::Exempt(ExemptionRule::BonusLeaveLongEnough));
    assert_eq!(standards(&bonus), [150_000, 150_000]);
    let report = bonus.report.unwrap();
    assert_eq!((report.currency, report.due), (Yen::new(150_000), day("2026-07-15")));
    let tax = bonus.slip.deductions.last().unwrap();
    assert_eq!(tax.rule, Rule::Tax(TaxRule::BonusWithoutPreviousPay));
}

/// 002-01, 2026-12-10: 6,000,000 after 1,000,000 in July. Osaka 10.13 + 1.62 + 0.23; an officer.
#[test]
fn the_officer_of_002_meets_both_caps() {
    let november = 1_250_000 - half(1_270_000, 11_980) - half(650_000, 18_300);
    assert_eq!(november, 1_114_452);
    let health = half(5_730_000 - 1_000_000, 11_980);
    let pension = half(1_500_000, 18_300);
    // One person, 952,000 to 1,342,000: 32.672 %; far from ten times November's pay.
    let tax = (6_000_000 - health - pension) * 32_672 / 100_000;
    assert_eq!([health, pension, tax], [283_327, 137_250, 1_822_909]);

    let mut person = person(6_000_000);
    person.insurance = insurance("1963-12-24");
    person.insurance.insurer = Some(kyokai("大阪府"));
    person.insurance.earlier = vec![earlier("2026-07-10", 1_000_000)];
    person.employment_insurance = None;
    person.tax = kou(1);
    person.previous_pay = PreviousPay::FromHistory(Yen::new(november));
    let bonus = pay("2026-12-10", &person);
    assert_eq!(figures(&bonus), [health, pension, 0, tax, 6_000_000 - health - pension - tax]);
    assert_eq!(standards(&bonus), [4_730_000, 1_500_000]);
    assert_eq!(bonus.standard.health_before, Yen::new(1_000_000));
    let lines: Vec<_> = bonus.slip.deductions.iter().map(|line| line.kind).collect();
    let no_line = kura_payroll::pay::LineKind::BuiltIn(BuiltIn::EmploymentInsurance);
    assert!(!lines.contains(&no_line), "an officer is not in employment insurance");
    assert_eq!(bonus.report.unwrap().currency, Yen::new(6_000_000));
}

#[test]
fn the_july_bonus_of_the_officer_was_below_every_cap() {
    let mut person = person(1_000_000);
    person.insurance = insurance("1963-12-24");
    person.insurance.insurer = Some(kyokai("大阪府"));
    let paid_on: Date = day("2026-07-10");
    let bonus = pay("2026-07-10", &person);
    assert_eq!(standards(&bonus), [1_000_000, 1_000_000]);
    assert_eq!(figures(&bonus)[..2], [half(1_000_000, 11_980), half(1_000_000, 18_300)]);
    assert_eq!(bonus.report.unwrap().paid_on, paid_on);
}

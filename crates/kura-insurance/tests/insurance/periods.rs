//! Grades, ages, coverage, leaves and labour-insurance years on both sides of every boundary.

use kura_calendar::CalendarError;
use kura_insurance::*;
use kura_law::LawError;
use kura_yen::{Exact, Yen};

use crate::rows::{date, law, month};

#[test]
fn grades_at_the_switch_of_the_pension_table() {
    let top = |premium_month: &str, pay: i64| {
        let found = standard_remuneration(law(), Scheme::Pension, month(premium_month), Yen::new(pay)).unwrap();
        (found.grade, found.standard_monthly.get())
    };
    assert_eq!(top("2027-08", 900_000), (32, 650_000));
    assert_eq!(top("2027-09", 900_000), (33, 680_000));
    assert_eq!((top("2027-09", 664_999), top("2027-09", 665_000)), ((32, 650_000), (33, 680_000)));
    assert_eq!((top("2028-08", 900_000), top("2028-09", 900_000)), ((33, 680_000), (34, 710_000)));
    assert_eq!((top("2029-08", 900_000), top("2029-09", 900_000)), ((34, 710_000), (35, 750_000)));
}

#[test]
fn a_grade_is_refused_before_the_table_and_below_zero() {
    let grade = |premium_month: &str, pay: i64| {
        standard_remuneration(law(), Scheme::Health, month(premium_month), Yen::new(pay))
    };
    assert!(matches!(grade("2016-03", 300_000), Err(InsuranceError::Law(LawError::Missing { .. }))));
    assert!(grade("2016-04", 0).is_ok());
    assert!(matches!(grade("2016-04", -1), Err(InsuranceError::Law(LawError::OutsideTable { .. }))));
}

#[test]
fn every_grade_begins_where_the_one_below_ends() {
    for (scheme, premium_month, grades) in
        [(Scheme::Health, "2026-04", 50), (Scheme::Pension, "2026-04", 32), (Scheme::Pension, "2029-09", 35)]
    {
        let mut seen: Vec<i64> = (0..1_500_000)
            .step_by(1_000)
            .map(|pay| standard_remuneration(law(), scheme, month(premium_month), Yen::new(pay)).unwrap().grade)
            .collect();
        seen.dedup();
        assert_eq!(seen, (1..=grades).collect::<Vec<i64>>());
    }
}

#[test]
fn ages_are_reached_on_the_day_before_the_birthday() {
    let ages = InsuranceAges::of(law(), date("1986-05-01"), date("2026-04-01")).unwrap();
    let reached = [(40, "2026-04-30"), (65, "2051-04-30"), (70, "2056-04-30"), (75, "2061-04-30")];
    assert_eq!(ages.reached, reached.map(|(age, day)| (age, date(day))));
    assert!(!ages.care_in(month("2026-03")) && ages.care_in(month("2026-04")));
    assert!(ages.care_in(month("2051-03")) && !ages.care_in(month("2051-04")));
    assert!(ages.pension_in(month("2056-03")) && !ages.pension_in(month("2056-04")));
    // The 75th birthday itself, 1 May 2061, is the day of loss: April is charged.
    assert!(ages.health_in(month("2061-04")) && !ages.health_in(month("2061-05")));
}

#[test]
fn someone_born_on_29_february() {
    let ages = InsuranceAges::of(law(), date("1956-02-29"), date("2026-04-01")).unwrap();
    assert_eq!(ages.reached[2], (70, date("2026-02-28")));
    assert_eq!(ages.pension_last_month, month("2026-01"));
    assert_eq!(ages.health_last_month, month("2031-02"), "the birthday of a common year is 1 March");
}

#[test]
fn months_of_a_spell() {
    let spell = |acquired: &str, last_day: &str| coverage_months(law(), date(acquired), date(last_day)).unwrap();
    let whole = spell("2026-04-30", "2026-06-30");
    assert_eq!(
        (whole.first_charged, whole.last_charged, whole.same_month),
        (month("2026-04"), month("2026-06"), false)
    );
    assert_eq!(whole.loss_date, date("2026-07-01"));
    assert_eq!(spell("2026-04-01", "2026-06-29").last_charged, month("2026-05"));
    let same = spell("2026-06-05", "2026-06-29");
    assert_eq!((same.first_charged, same.last_charged, same.same_month), (month("2026-06"), month("2026-06"), true));
    assert!(!spell("2026-06-05", "2026-06-30").same_month, "lost on 1 July");
    assert!(!spell("2026-06-30", "2026-06-30").same_month);
    let reversed = coverage_months(law(), date("2026-06-05"), date("2026-06-04"));
    assert_eq!(reversed, Err(InsuranceError::LastDayBeforeAcquisition));
}

fn childcare(start: &str, end: &str, worked_days: u16) -> Leave {
    Leave { kind: LeaveKind::Childcare, start: date(start), end: date(end), worked_days }
}

fn maternity(start: &str, end: &str) -> Leave {
    Leave { kind: LeaveKind::Maternity, start: date(start), end: date(end), worked_days: 0 }
}

fn month_rule(leave: Leave, premium_month: &str) -> (bool, &'static str) {
    let found = month_exemption(law(), &leave, month(premium_month)).unwrap();
    (found.exempt, found.rule.name())
}

fn bonus_rule(leave: Leave, payment_month: &str) -> (bool, &'static str) {
    let found = bonus_exemption(law(), &leave, month(payment_month)).unwrap();
    (found.exempt, found.rule.name())
}

#[test]
fn childcare_months() {
    let long = childcare("2026-05-20", "2026-08-30", 0);
    for (premium_month, exempt) in
        [("2026-04", false), ("2026-05", true), ("2026-06", true), ("2026-07", true), ("2026-08", false)]
    {
        assert_eq!(month_rule(long, premium_month).0, exempt, "{premium_month}");
    }
    // The final month of a longer leave has no 14-day rule.
    assert_eq!(month_rule(long, "2026-08").1, "month_end_outside_leave");
    assert_eq!(month_rule(childcare("2026-06-30", "2026-06-30", 0), "2026-06"), (true, "month_end_in_leave"));
    assert_eq!(month_rule(childcare("2026-06-03", "2026-06-16", 0), "2026-06"), (true, "same_month_long_enough"));
    assert_eq!(month_rule(childcare("2026-06-03", "2026-06-16", 1), "2026-06"), (false, "same_month_too_short"));
    assert_eq!(month_rule(childcare("2026-06-03", "2026-06-18", 2), "2026-06"), (true, "same_month_long_enough"));
    assert_eq!(month_rule(childcare("2026-06-03", "2026-06-16", 0), "2026-07"), (false, "month_end_outside_leave"));
}

#[test]
fn short_childcare_leaves_of_one_month_are_added_up() {
    let of = |leaves: &[Leave], premium_month: &str| {
        let found = month_exemption_of_leaves(law(), leaves.to_vec(), month(premium_month)).unwrap();
        found.map(|found| (found.exempt, found.rule.name()))
    };
    let week = childcare("2026-06-03", "2026-06-09", 0);
    let long_enough = Some((true, "same_month_long_enough"));
    let too_short = Some((false, "same_month_too_short"));
    assert_eq!(of(&[week], "2026-06"), too_short);
    assert_eq!(of(&[childcare("2026-06-15", "2026-06-21", 0), week], "2026-06"), long_enough);
    assert_eq!(of(&[week, childcare("2026-06-15", "2026-06-20", 0)], "2026-06"), too_short);
    assert_eq!(of(&[week, childcare("2026-06-15", "2026-06-21", 1)], "2026-06"), too_short);
    assert_eq!(of(&[week, childcare("2026-06-15", "2026-06-22", 1)], "2026-06"), long_enough);
    // The last days of a leave of the month before do not count, nor does 産休.
    assert_eq!(
        of(&[childcare("2026-05-25", "2026-06-07", 0), childcare("2026-06-10", "2026-06-22", 0)], "2026-06"),
        too_short
    );
    assert_eq!(of(&[week, maternity("2026-06-15", "2026-06-21")], "2026-06").map(|found| found.0), Some(false));
    assert_eq!(of(&[week, childcare("2026-06-30", "2026-07-02", 0)], "2026-06"), Some((true, "month_end_in_leave")));
    assert_eq!(of(&[], "2026-06"), None);
    // Before 2022-10-01 no number of days was enough.
    let before = [childcare("2022-09-01", "2022-09-14", 0), childcare("2022-09-20", "2022-09-29", 0)];
    assert_eq!(of(&before, "2022-09"), Some((false, "month_end_outside_leave")));
}

#[test]
fn the_childcare_rules_changed_for_leaves_from_2022_10_01() {
    assert_eq!(month_rule(childcare("2022-09-01", "2022-09-29", 0), "2022-09"), (false, "month_end_outside_leave"));
    assert_eq!(month_rule(childcare("2022-10-01", "2022-10-14", 0), "2022-10"), (true, "same_month_long_enough"));
    // One day over the end of the month was enough for a bonus before.
    assert_eq!(bonus_rule(childcare("2022-09-30", "2022-09-30", 0), "2022-09"), (true, "month_end_in_leave"));
    assert_eq!(bonus_rule(childcare("2022-10-31", "2022-10-31", 0), "2022-10"), (false, "bonus_leave_too_short"));
}

#[test]
fn a_bonus_needs_a_childcare_leave_of_more_than_a_month() {
    assert_eq!(bonus_rule(childcare("2026-03-15", "2026-04-14", 0), "2026-03"), (false, "bonus_leave_too_short"));
    assert_eq!(bonus_rule(childcare("2026-03-15", "2026-04-15", 0), "2026-03"), (true, "bonus_leave_long_enough"));
    assert_eq!(bonus_rule(childcare("2026-03-10", "2026-04-10", 0), "2026-04"), (false, "month_end_outside_leave"));
    // From 31 January one month ends with February.
    assert_eq!(bonus_rule(childcare("2026-01-31", "2026-02-28", 0), "2026-01"), (false, "bonus_leave_too_short"));
    assert_eq!(bonus_rule(childcare("2026-01-31", "2026-03-01", 0), "2026-01"), (true, "bonus_leave_long_enough"));
    // 14 days exempt the month, never a bonus.
    assert_eq!(bonus_rule(childcare("2026-06-03", "2026-06-16", 0), "2026-06"), (false, "month_end_outside_leave"));
}

#[test]
fn maternity_has_no_rule_of_days() {
    let leave = maternity("2026-06-10", "2026-06-29");
    assert_eq!(month_rule(leave, "2026-06"), (false, "month_end_outside_leave"));
    let leave = maternity("2026-06-20", "2026-07-05");
    assert_eq!(month_rule(leave, "2026-06"), (true, "month_end_in_leave"));
    assert_eq!(bonus_rule(leave, "2026-06"), (true, "month_end_in_leave"), "no one-month rule");
    assert_eq!(bonus_rule(leave, "2026-07"), (false, "month_end_outside_leave"));
}

#[test]
fn leaves_back_to_back_count_as_one() {
    let leaves = vec![
        childcare("2026-06-11", "2026-06-20", 1),
        childcare("2026-05-28", "2026-06-10", 2),
        maternity("2026-04-01", "2026-05-27"),
        childcare("2026-06-22", "2026-06-25", 0),
    ];
    let joined = joined_leaves(leaves).unwrap();
    let expected = [
        maternity("2026-04-01", "2026-05-27"),
        childcare("2026-05-28", "2026-06-20", 3),
        childcare("2026-06-22", "2026-06-25", 0),
    ];
    assert_eq!(joined, expected);
}

#[test]
fn a_leave_must_not_end_before_it_starts() {
    let leave = childcare("2026-06-16", "2026-06-15", 0);
    assert_eq!(month_exemption(law(), &leave, month("2026-06")), Err(InsuranceError::LeaveEndsBeforeStart));
    assert_eq!(bonus_exemption(law(), &leave, month("2026-06")), Err(InsuranceError::LeaveEndsBeforeStart));
}

#[test]
fn rates_of_a_labour_insurance_year() {
    let employment = |year, business| employment_rate_of_year(law(), year, business);
    let per_mille = |text: &str| Exact::parse(text).unwrap().divided_by_integer(1000).unwrap();
    assert_eq!(employment(2025, Business::General).unwrap().value, per_mille("14.5"));
    assert_eq!(employment(2026, Business::General).unwrap().value, per_mille("13.5"));
    assert_eq!(employment(2022, Business::General), Err(InsuranceError::RateChangedInYear { fiscal_year: 2022 }));
    let accident = |day: &str| accident_rate(law(), date(day), "31").unwrap().value;
    assert_eq!(accident("2024-03-31"), per_mille("62"));
    assert_eq!(accident("2024-04-01"), per_mille("34"));
}

#[test]
fn the_band_of_the_estimate_holds_both_bounds() {
    let base = |last_year: i64, forecast: i64| {
        let found = estimate_base(law(), date("2026-04-01"), Yen::new(last_year), Yen::new(forecast)).unwrap();
        (found.base.get(), found.from_last_year)
    };
    assert_eq!(base(10_000_000, 5_000_000), (10_000_000, true));
    assert_eq!(base(10_000_000, 4_999_999), (4_999_000, false));
    assert_eq!(base(10_000_000, 20_000_999), (10_000_000, true));
    assert_eq!(base(10_000_000, 20_001_000), (20_001_000, false));
}

#[test]
fn instalments_by_amount_and_insurances() {
    let allowed = |estimate: i64, both, association| {
        instalment_rule(law(), date("2026-04-01"), Yen::new(estimate), both, association).unwrap().allowed
    };
    assert!(!allowed(399_999, true, false) && allowed(400_000, true, false));
    assert!(!allowed(199_999, false, false) && allowed(200_000, false, false));
    assert!(allowed(1, true, true));
}

#[test]
fn due_days_move_to_the_next_open_day() {
    let due = |year, association| {
        let rule = instalment_rule(law(), date("2026-04-01"), Yen::new(500_000), true, association).unwrap();
        let payments = instalments(law(), &rule, year, Yen::new(500_000));
        payments.map(|payments| payments.iter().map(|one| (one.due_raw, one.due)).collect::<Vec<_>>())
    };
    let days = |pairs: [(&str, &str); 3]| pairs.map(|(raw, due)| (date(raw), date(due))).to_vec();
    // 2026-10-31 and 2027-01-31 are a Saturday and a Sunday.
    let plain = [("2026-07-10", "2026-07-10"), ("2026-10-31", "2026-11-02"), ("2027-01-31", "2027-02-01")];
    assert_eq!(due(2026, false).unwrap(), days(plain));
    let entrusted = [("2026-07-10", "2026-07-10"), ("2026-11-14", "2026-11-16"), ("2027-02-14", "2027-02-15")];
    assert_eq!(due(2026, true).unwrap(), days(entrusted));
    // There is no table of holidays for 2028.
    assert!(matches!(
        due(2027, false),
        Err(InsuranceError::Calendar(CalendarError::NoHolidayTable { year: 2028, .. }))
    ));
}

#[test]
fn contracts_by_type_and_start() {
    let premium = |start: &str, type_code: &str, sub: &str| {
        construction_contract(law(), date(start), type_code, sub, Yen::new(20_000_000)).map(|found| found.premium.get())
    };
    // 35: 23 % and 9.5 per mille on both sides; 37: 24 % becomes 23 %, 15 per mille on both sides.
    assert_eq!((premium("2024-03-31", "37", ""), premium("2024-04-01", "37", "")), (Ok(72_000), Ok(69_000)));
    assert_eq!(premium("2024-04-01", "36", "assembly"), Ok(45_600));
    assert_eq!(premium("2024-04-01", "36", "other"), Ok(25_200));
    assert!(matches!(premium("2024-04-01", "36", ""), Err(InsuranceError::Law(LawError::UnknownKey { .. }))));
}

#[test]
fn special_enrollment_by_class_and_months() {
    let premium = |class, daily_base: i64, months| {
        let member = Enrolled { daily_base: Yen::new(daily_base), months };
        special_enrollment(law(), date("2026-04-01"), class, &[member])
            .map(|found| (found.base.get(), found.premium.get()))
    };
    assert_eq!(premium(EnrollmentClass::Second { code: "特2" }, 10_000, 12), Ok((3_650_000, 62_050)));
    assert_eq!(premium(EnrollmentClass::Third, 10_000, 12), Ok((3_650_000, 10_950)));
    // 3,500 x 365 x 3 / 12 = 319,375 -> 319,000
    assert_eq!(premium(EnrollmentClass::First { type_code: "35" }, 3_500, 3), Ok((319_000, 3_030)));
    assert_eq!(premium(EnrollmentClass::Third, 3_600, 12), Err(InsuranceError::NotADailyBase));
    assert_eq!(premium(EnrollmentClass::Third, 2_000, 12), Err(InsuranceError::NotADailyBase));
    assert!(premium(EnrollmentClass::Second { code: "特14" }, 2_000, 12).is_ok(), "home workers");
    assert_eq!(premium(EnrollmentClass::Third, 3_500, 13), Err(InsuranceError::MonthsOutOfRange));
    assert_eq!(premium(EnrollmentClass::Third, 3_500, 0), Err(InsuranceError::MonthsOutOfRange));
}

#[test]
fn the_sum_of_all_members_is_cut_once() {
    let member = Enrolled { daily_base: Yen::new(3_500), months: 12 };
    let class = EnrollmentClass::First { type_code: "35" };
    let two = special_enrollment(law(), date("2026-04-01"), class, &[member, member]).unwrap();
    assert_eq!(two.base, Yen::new(2_555_000), "2 x 1,277,500, nothing lost");
}

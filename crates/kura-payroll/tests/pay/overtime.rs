//! 割増: rates, sums, the 60 and 45 hours, the base and its divisors, roundings.

use kura_model::{HourlyDivisor, MonthlyHoursRounding, PayType, PremiumBaseDivisor, SixtyHourBase, VariableHours};
use kura_payroll::pay::{AmountSource, ItemClass, ItemInput, PayError, PayPlan, PersonMonth, PlanProblem, WageRules};
use kura_yen::Rounding;

use crate::clients::{
    BASE, FAMILY, OFFICER, PLAIN, SAME_MONTH, clocks, exact, facts, formula, item, plan, qualifications, wage_rules,
};
use crate::law::law;
use crate::people::*;
use crate::second::parts;

fn items() -> Vec<ItemInput> {
    let class = |divisor| ItemClass { premium_base_divisor: divisor, ..PLAIN };
    vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("役員報酬", AmountSource::BasePay, OFFICER),
        item("役職手当", AmountSource::Fixed, PLAIN),
        item("家族手当", AmountSource::Fixed, FAMILY),
        formula("皆勤手当", "IF(欠勤日数=0, 0, 0)", PLAIN),
        item("現場手当", AmountSource::Variable, class(PremiumBaseDivisor::Day)),
        item("加給", AmountSource::Variable, class(PremiumBaseDivisor::Hour)),
        item("歩合給", AmountSource::Variable, class(PremiumBaseDivisor::Commission)),
    ]
}

/// 160 hours a month, unit and price as they are, amounts up.
fn plan_with(change: impl FnOnce(&mut WageRules)) -> PayPlan<'static> {
    let mut rules =
        WageRules { monthly_average_hours: exact("160"), monthly_average_days: exact("20"), ..wage_rules() };
    change(&mut rules);
    plan(clocks(SAME_MONTH, "2026-06"), items(), rules, qualifications(&[]))
}

/// 320,000 a month: 2,000 an hour.
fn staff(plan: &PayPlan<'_>) -> PersonMonth {
    person(plan, PayType::Monthly, 320_000)
}

/// The premium lines of a slip.
#[track_caller]
fn premiums(plan: &PayPlan<'_>, person: &PersonMonth) -> Vec<(&'static str, i64)> {
    let slip = pay(plan, person);
    let built_in = slip.pay.iter().filter_map(|line| match line.kind {
        kura_payroll::pay::LineKind::BuiltIn(built_in) => Some((built_in.japanese(), line.amount.get())),
        kura_payroll::pay::LineKind::Item(_) => None,
    });
    built_in.collect()
}

#[test]
fn every_kind_at_its_rate() {
    let plan = plan_with(|_| ());
    let mut person = staff(&plan);
    person.attendance.within_statutory_minutes = 60;
    person.attendance.overtime_minutes = 70 * 60;
    person.attendance.scheduled_holiday_minutes = 120;
    person.attendance.statutory_holiday_minutes = 180;
    person.attendance.night_minutes = 240;
    let wanted = [
        ("法定内残業手当", 2_000),
        ("時間外手当", 2_000 * 60 * 125 / 100),
        ("時間外手当（60時間超）", 2_000 * 12 * 150 / 100),
        ("法定休日手当", 2_000 * 3 * 135 / 100),
        ("深夜手当", 2_000 * 4 * 25 / 100),
    ];
    assert_eq!(premiums(&plan, &person), wanted);
}

#[test]
fn sixty_hours_on_both_sides_and_days_off_count_towards_them() {
    let plan = plan_with(|_| ());
    let split = |overtime: i64, holiday: i64| {
        let mut person = staff(&plan);
        person.attendance.overtime_minutes = overtime;
        person.attendance.scheduled_holiday_minutes = holiday;
        person.attendance.statutory_holiday_minutes = 480;
        let minutes = plan.overtime_minutes(&person);
        assert_eq!(minutes.overtime + minutes.over_60 + minutes.scheduled_holiday, overtime + holiday);
        assert_eq!(minutes.statutory_holiday, 480, "never part of the 60 hours");
        (minutes.overtime, minutes.scheduled_holiday, minutes.over_60)
    };
    assert_eq!(split(3_600, 0), (3_600, 0, 0));
    assert_eq!(split(3_601, 0), (3_600, 0, 1));
    assert_eq!(split(3_000, 600), (3_000, 600, 0));
    assert_eq!(split(3_000, 601), (3_000, 600, 1));
    assert_eq!(split(3_700, 60), (3_600, 0, 160));
    assert_eq!(split(0, 4_000), (0, 3_600, 400));
    assert_eq!(split(0, 0), (0, 0, 0));
}

#[test]
fn where_a_day_off_has_the_higher_rate_the_cheaper_hours_are_those_above_sixty() {
    let plan = plan_with(|rules| rules.rates.scheduled_holiday = exact("1.35"));
    let mut person = staff(&plan);
    person.attendance.overtime_minutes = 3_300;
    person.attendance.scheduled_holiday_minutes = 600;
    let minutes = plan.overtime_minutes(&person);
    assert_eq!((minutes.overtime, minutes.scheduled_holiday, minutes.over_60), (3_000, 600, 300));
    // A rate above that of the 60 hours is kept.
    let plan = plan_with(|rules| rules.rates.scheduled_holiday = exact("1.6"));
    person.attendance.scheduled_holiday_minutes = 4_000;
    let minutes = plan.overtime_minutes(&person);
    assert_eq!((minutes.overtime, minutes.scheduled_holiday, minutes.over_60), (0, 4_000, 3_300));
}

#[test]
fn an_agreed_rate_above_the_limit_of_the_month_which_is_42_hours_with_a_yearly_system() {
    for (system, limit) in [(VariableHours::NotUsed, 45), (VariableHours::Monthly, 45), (VariableHours::Yearly, 42)] {
        let plan = plan_with(|rules| {
            rules.rates.over_45 = Some(exact("1.3"));
            rules.variable_hours = system;
        });
        let mut person = staff(&plan);
        person.attendance.overtime_minutes = 62 * 60;
        let minutes = plan.overtime_minutes(&person);
        assert_eq!((minutes.overtime, minutes.over_45, minutes.over_60), (limit * 60, (60 - limit) * 60, 120));
        let wanted = [
            ("時間外手当", 2_500 * limit),
            ("時間外手当（45時間超）", 2_600 * (60 - limit)),
            ("時間外手当（60時間超）", 3_000 * 2),
        ];
        assert_eq!(premiums(&plan, &person), wanted);
    }
}

#[test]
fn half_hours_of_the_months_totals_and_never_of_overtime_within_the_law() {
    let plan = plan_with(|rules| rules.monthly_hours_rounding = MonthlyHoursRounding::HalfHour);
    let rounded = |minutes: i64| {
        let mut person = staff(&plan);
        person.attendance.overtime_minutes = minutes;
        person.attendance.night_minutes = minutes;
        person.attendance.statutory_holiday_minutes = minutes;
        person.attendance.within_statutory_minutes = minutes;
        let got = plan.overtime_minutes(&person);
        assert_eq!((got.night, got.statutory_holiday, got.within_statutory), (got.overtime, got.overtime, minutes));
        got.overtime
    };
    assert_eq!([0, 1, 29, 30, 59, 60, 89, 90].map(rounded), [0, 0, 0, 60, 60, 60, 60, 120]);

    // 時間外 and 所定休日 are one total: 20 and 20 minutes are an hour, not nothing.
    let both = |overtime: i64, day_off: i64| {
        let mut person = staff(&plan);
        person.attendance.overtime_minutes = overtime;
        person.attendance.scheduled_holiday_minutes = day_off;
        let minutes = plan.overtime_minutes(&person);
        (minutes.overtime, minutes.scheduled_holiday)
    };
    assert_eq!(both(20, 20), (40, 20));
    assert_eq!(both(310, 495), (285, 495));
    assert_eq!(both(10, 495), (0, 480));
    assert_eq!(both(0, 20), (0, 0));
}

#[test]
fn a_manager_has_the_premium_of_the_night_alone() {
    let plan = plan_with(|_| ());
    let mut person = staff(&plan);
    person.variable_contract.managerial_exempt = true;
    person.attendance.overtime_minutes = 600;
    person.attendance.statutory_holiday_minutes = 480;
    person.attendance.night_minutes = 120;
    assert_eq!(premiums(&plan, &person), [("深夜手当", 1_000)]);
}

#[test]
fn an_officer_has_none_and_one_with_employee_status_by_the_part_that_is_wages() {
    let plan = plan_with(|_| ());
    let mut officer = person(&plan, PayType::OfficerRemuneration, 800_000);
    officer.attendance.overtime_minutes = 600;
    assert_eq!(premiums(&plan, &officer), []);
    officer.employee_part_of_officer_pay = Some(yen(320_000));
    assert_eq!(premiums(&plan, &officer), [("時間外手当", 25_000)]);
}

#[test]
fn the_base_holds_fixed_items_and_leaves_out_what_the_law_names() {
    let plan = plan_with(|_| ());
    let mut person = staff(&plan);
    person.attendance.overtime_minutes = 60;
    fixed(&plan, &mut person, "家族手当", 20_000);
    assert_eq!(premiums(&plan, &person), [("時間外手当", 2_500)]);
    fixed(&plan, &mut person, "役職手当", 16_000);
    assert_eq!(premiums(&plan, &person), [("時間外手当", 2_625)]);
}

#[test]
fn what_is_paid_for_days_or_hours_comes_back_to_one_of_them() {
    let plan = plan_with(|_| ());
    let mut person = staff(&plan);
    worked(&mut person, "20");
    person.attendance.working_minutes = Some(160 * 60);
    person.attendance.overtime_minutes = 60;
    // 1,600 a day is 200 an hour; 16,000 for 160 hours is 100 an hour.
    variable(&plan, &mut person, "現場手当", 32_000);
    assert_eq!(premiums(&plan, &person), [("時間外手当", 2_750)]);
    variable(&plan, &mut person, "加給", 16_000);
    assert_eq!(premiums(&plan, &person), [("時間外手当", 2_875)]);
}

#[test]
fn of_commission_only_the_part_above_a_hundred_per_cent_is_due_over_all_hours() {
    let plan = plan_with(|_| ());
    let mut person = staff(&plan);
    person.attendance.working_minutes = Some(160 * 60);
    person.attendance.within_statutory_minutes = 2 * 60;
    person.attendance.overtime_minutes = 62 * 60;
    person.attendance.statutory_holiday_minutes = 8 * 60;
    person.attendance.night_minutes = 10 * 60;
    // 232,000 over 160 + 2 + 62 + 8 = 232 hours: 1,000 an hour.
    variable(&plan, &mut person, "歩合給", 232_000);
    let wanted = [
        ("法定内残業手当", 2_000 * 2),
        ("時間外手当", (2_500 + 250) * 60),
        ("時間外手当（60時間超）", (3_000 + 500) * 2),
        ("法定休日手当", (2_700 + 350) * 8),
        ("深夜手当", (500 + 250) * 10),
    ];
    assert_eq!(premiums(&plan, &person), wanted);
    let reason = reason(&plan, &person, "時間外手当");
    assert_eq!(input(&reason, "歩合の時間単価（割増分のみ）"), "1000");
}

#[test]
fn the_divisor_may_be_the_hours_of_the_month() {
    let plan = plan_with(|rules| rules.hourly_divisor = HourlyDivisor::ScheduledOfMonth);
    let mut person = staff(&plan);
    person.attendance.overtime_minutes = 60;
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "当月の所定労働時間".to_owned() });
    person.attendance.scheduled_minutes_of_variable_period = Some(176 * 60);
    assert_eq!(premiums(&plan, &person), [("時間外手当", parts(320_000 * 125, 176 * 100).up())]);
    let plan = plan_with(|rules| rules.hourly_divisor = HourlyDivisor::Fixed);
    assert_eq!(premiums(&plan, &person), [("時間外手当", 2_500)]);
}

#[test]
fn unit_price_and_amount_are_rounded_step_by_step() {
    // 301,234 / 160 = 1,882.7125
    let amount = |unit, price, amount| {
        let plan = plan_with(|rules| {
            rules.unit_rounding = unit;
            rules.premium_unit_rounding = price;
            rules.premium_amount_rounding = amount;
        });
        let mut person = person(&plan, PayType::Monthly, 301_234);
        person.attendance.overtime_minutes = 190;
        premiums(&plan, &person)[0].1
    };
    assert_eq!(amount(None, None, Rounding::Up), parts(301_234 * 125 * 190, 160 * 6_000).up());
    let unit = parts(301_234, 160).half_up();
    assert_eq!(unit, 1_883);
    assert_eq!(amount(Some(Rounding::HalfUp), None, Rounding::HalfUp), parts(unit * 125 * 190, 6_000).half_up());
    let price = parts(unit * 125, 100).half_up();
    assert_eq!(price, 2_354);
    let both = amount(Some(Rounding::HalfUp), Some(Rounding::HalfUp), Rounding::Up);
    assert_eq!(both, parts(price * 190, 60).up());
}

#[test]
fn without_any_base_overtime_is_refused_not_paid_as_nothing() {
    let plan = plan_with(|_| ());
    let mut person = person(&plan, PayType::Monthly, 0);
    person.attendance.overtime_minutes = 60;
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "割増の基礎になる賃金".to_owned() });
}

#[test]
fn sixty_hours_of_the_calendar_month_need_a_period_of_the_calendar_month() {
    let problems = |closing_day| {
        let rules = WageRules { sixty_hour_base: SixtyHourBase::FirstOfMonth, ..wage_rules() };
        let clock_rules = kura_payroll::clocks::ClockRules { closing_day, ..SAME_MONTH };
        let input = kura_payroll::pay::PlanInput {
            clocks: clocks(clock_rules, "2026-06"),
            items: items(),
            facts: facts(),
            tables: vec![qualifications(&[])],
            rules,
            method: kura_payroll::tax::Method::Table,
        };
        PayPlan::new(law(), input).err()
    };
    assert_eq!(problems(kura_payroll::clocks::ClosingDay::EndOfMonth), None);
    let refused = problems(kura_payroll::clocks::ClosingDay::Day(20));
    assert_eq!(refused, Some(vec![PlanProblem::SixtyHoursOfCalendarMonth]));
}

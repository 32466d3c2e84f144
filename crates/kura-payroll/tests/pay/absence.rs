//! 欠勤, 遅早, 有給, 特別休暇, 会社都合の休業.

use kura_model::{PaidLeaveWageMethod, PayType, ProrationMethod};
use kura_payroll::pay::{AmountSource, ItemClass, PaidLeavePay, PayError, PayPlan, PersonMonth, Suspension, WageRules};

use crate::clients::{
    BASE, PLAIN, PRORATED, SAME_MONTH, clocks, exact, formula, item, plan, qualifications, wage_rules,
};
use crate::people::*;
use crate::second::parts;

fn plan_with(change: impl FnOnce(&mut WageRules)) -> PayPlan<'static> {
    let mut rules = WageRules {
        monthly_average_hours: exact("160"),
        monthly_average_days: exact("20"),
        absence_method: ProrationMethod::MonthlyAverageDays,
        lateness_method: ProrationMethod::MonthlyAverageHours,
        ..wage_rules()
    };
    change(&mut rules);
    let reduced = ItemClass { reduce_on_absence: true, ..PRORATED };
    let items = vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("職務手当", AmountSource::Fixed, reduced),
        formula("資格手当", "10000", reduced),
        item("職長手当", AmountSource::Fixed, PLAIN),
    ];
    plan(clocks(SAME_MONTH, "2026-06"), items, rules, qualifications(&[]))
}

#[track_caller]
fn built_in(plan: &PayPlan<'_>, person: &PersonMonth) -> Vec<(&'static str, i64)> {
    let slip = pay(plan, person);
    let lines = slip.pay.iter().filter_map(|line| match line.kind {
        kura_payroll::pay::LineKind::BuiltIn(built_in) => Some((built_in.japanese(), line.amount.get())),
        kura_payroll::pay::LineKind::Item(_) => None,
    });
    lines.collect()
}

#[test]
fn days_and_hours_by_every_method() {
    for (method, of_days) in [
        (ProrationMethod::MonthlyAverageDays, Some(20)),
        (ProrationMethod::ScheduledDaysOfPeriod, Some(22)),
        (ProrationMethod::CalendarDays, Some(30)),
        (ProrationMethod::FixedThirtyDays, Some(30)),
        (ProrationMethod::MonthlyAverageHours, None),
    ] {
        let plan = plan_with(|rules| rules.absence_method = method);
        let mut person = person(&plan, PayType::Monthly, 300_000);
        fixed(&plan, &mut person, "職務手当", 13_333);
        fixed(&plan, &mut person, "職長手当", 12_050);
        person.attendance.absent_days = Some(exact("1.5"));
        person.attendance.absent_minutes = 100;
        person.attendance.scheduled_days_of_variable_period = Some(22);
        // 職長手当 is not cut. 1.5 days of 8 hours and 100 minutes are 820 minutes.
        let figure = 300_000 + 13_333 + 10_000;
        let wanted = match of_days {
            Some(days) => parts(figure * 820, 480 * days).down(),
            None => parts(figure * 820, 160 * 60).down(),
        };
        assert_eq!(built_in(&plan, &person), [("欠勤控除", -wanted)], "{method:?}");
    }
}

#[test]
fn lateness_is_the_time_really_lost() {
    let plan = plan_with(|_| ());
    let mut person = person(&plan, PayType::DailyMonthly, 300_000);
    person.attendance.late_and_early_minutes = 5;
    assert_eq!(built_in(&plan, &person), [("遅早控除", -parts(310_000 * 5, 160 * 60).down())]);
}

#[test]
fn nobody_loses_more_than_the_figure_that_is_cut() {
    let plan = plan_with(|_| ());
    let mut person = person(&plan, PayType::Monthly, 300_000);
    person.attendance.absent_days = Some(exact("21"));
    person.attendance.late_and_early_minutes = 60;
    let slip = pay(&plan, &person);
    assert_eq!(slip.gross, yen(0));
    person.attendance.absent_days = Some(exact("19.9"));
    let lines = built_in(&plan, &person);
    assert_eq!(lines, [("欠勤控除", -308_450), ("遅早控除", -1_550)]);
}

#[test]
fn days_not_worked_are_not_in_the_pay_by_day_or_hour_and_a_late_day_is_cut() {
    let plan = plan_with(|_| ());
    let mut daily = person(&plan, PayType::Daily, 16_000);
    worked(&mut daily, "18");
    daily.attendance.absent_days = Some(exact("2"));
    daily.attendance.late_and_early_minutes = 40;
    daily.attendance.absent_minutes = 120;
    let wanted = [("欠勤控除", -4_000), ("遅早控除", -parts(16_000 * 40, 480).down())];
    assert_eq!(built_in(&plan, &daily), wanted);
    assert_eq!(pay(&plan, &daily).pay[0].amount, yen(18 * 16_000));

    let mut hourly = person(&plan, PayType::Hourly, 1_500);
    hourly.attendance.working_minutes = Some(100);
    hourly.attendance.absent_days = Some(exact("2"));
    hourly.attendance.late_and_early_minutes = 40;
    assert_eq!(built_in(&plan, &hourly), []);
    assert_eq!(pay(&plan, &hourly).pay[0].amount, yen(2_500));
}

#[test]
fn a_day_off_in_exchange_is_refused_until_its_rule_is_known() {
    let plan = plan_with(|_| ());
    let mut person = person(&plan, PayType::Monthly, 300_000);
    person.attendance.compensatory_days = Some(exact("1"));
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert!(matches!(refused, PayError::NotSupported { what: "代休日の賃金", remedy } if remedy.contains("特別休暇")));
    person.attendance.compensatory_days = Some(exact("0"));
    assert_eq!(built_in(&plan, &person), []);
}

#[test]
fn suspension_by_the_employer_is_cut_and_the_allowance_stands_in_its_place() {
    let plan = plan_with(|_| ());
    let mut staff = person(&plan, PayType::Monthly, 300_000);
    staff.attendance.suspension = Some(Suspension { days: exact("5"), allowance: Some(yen(30_123)) });
    let wanted = [("休業手当", 30_123), ("休業控除", -parts(310_000 * 5, 20).down())];
    assert_eq!(built_in(&plan, &staff), wanted);
    let slip = pay(&plan, &staff);
    assert_eq!(slip.bases.remuneration, slip.gross);
    assert_eq!(slip.bases.labor_wage, slip.gross);
    assert_eq!(slip.bases.fixed_part, yen(310_000 - 77_500));
    let reason = reason(&plan, &staff, "休業手当");
    assert_eq!(reason.citations.len(), 1);

    let mut daily = person(&plan, PayType::Daily, 16_000);
    worked(&mut daily, "15");
    daily.attendance.suspension = staff.attendance.suspension;
    assert_eq!(built_in(&plan, &daily), [("休業手当", 30_123)]);

    staff.attendance.suspension = Some(Suspension { days: exact("5"), allowance: None });
    let refused = plan.pay(&staff, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "平均賃金（会社都合の休業）".to_owned() });
    staff.attendance.suspension = Some(Suspension { days: exact("0"), allowance: None });
    assert_eq!(built_in(&plan, &staff), []);
}

#[test]
fn leave_by_ordinary_wage() {
    let plan = plan_with(|_| ());
    let mut monthly = person(&plan, PayType::Monthly, 300_000);
    monthly.attendance.paid_leave_days = Some(exact("3"));
    monthly.attendance.paid_special_leave_days = Some(exact("1"));
    assert_eq!(built_in(&plan, &monthly), []);

    let mut daily = person(&plan, PayType::Daily, 16_000);
    worked(&mut daily, "15");
    daily.attendance.paid_leave_days = Some(exact("2.5"));
    daily.attendance.paid_special_leave_days = Some(exact("1"));
    assert_eq!(built_in(&plan, &daily), []);
    assert_eq!(pay(&plan, &daily).pay[0].amount, yen(16_000 * 15 + 40_000 + 16_000));

    let mut hourly = person(&plan, PayType::Hourly, 1_301);
    hourly.attendance.working_minutes = Some(0);
    hourly.attendance.paid_leave_days = Some(exact("1.5"));
    hourly.attendance.paid_leave_minutes = 100;
    hourly.attendance.paid_special_leave_days = Some(exact("1"));
    let refused = plan.pay(&hourly, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "有給1日の時間（時給者）".to_owned() });
    hourly.attendance.paid_leave_minutes_per_day = Some(360);
    let wanted = [("有給手当", parts(1_301 * (540 + 100), 60).up()), ("特別休暇手当", 1_301 * 6)];
    assert_eq!(built_in(&plan, &hourly), wanted);
}

#[test]
fn leave_by_an_amount_a_day_with_hours_as_parts_of_it() {
    for method in [PaidLeaveWageMethod::AverageWage, PaidLeaveWageMethod::StandardDailyRemuneration] {
        let plan = plan_with(|rules| rules.paid_leave_wage_method = method);
        for pay_type in [PayType::Hourly, PayType::Daily] {
            let mut person = person(&plan, pay_type, 1_500);
            worked(&mut person, "10");
            person.attendance.working_minutes = Some(0);
            person.attendance.paid_leave_days = Some(exact("2"));
            person.attendance.paid_leave_minutes = 120;
            let refused = plan.pay(&person, &mut ()).unwrap_err();
            assert_eq!(refused, PayError::Unknown { what: "有給1日の賃金".to_owned() });
            person.attendance.paid_leave_daily_amount = Some(PaidLeavePay { daily: exact("8123.45") });
            // 2 days and 2 of 8 hours: 2.25 days.
            assert_eq!(built_in(&plan, &person), [("有給手当", parts(812_345 * 225, 10_000).up())]);
            if pay_type == PayType::Daily {
                assert_eq!(pay(&plan, &person).pay[0].amount, yen(15_000), "the leave is no day of the base line");
            }
        }
        let mut monthly = person(&plan, PayType::Monthly, 300_000);
        monthly.attendance.paid_leave_days = Some(exact("2"));
        assert_eq!(built_in(&plan, &monthly), []);
    }
}

#[test]
fn the_wages_of_a_slip_as_the_average_wage_takes_them() {
    use kura_model::AverageWageBase::Included;
    use kura_payroll::wages::{Wage, WageForm};
    let plan = plan_with(|_| ());
    let mut monthly = person(&plan, PayType::Monthly, 300_000);
    monthly.attendance.overtime_minutes = 60;
    monthly.attendance.late_and_early_minutes = 60;
    let slip = pay(&plan, &monthly);
    let wage = |amount, form| Wage { amount: yen(amount), form, class: Included };
    let wages = plan.wages(&monthly, &slip);
    let overtime = parts(310_000 * 125, 160 * 100).up();
    let late = parts(310_000, 160).down();
    let wanted = [
        wage(300_000, WageForm::Period),
        wage(10_000, WageForm::Period),
        wage(overtime, WageForm::Work),
        wage(-late, WageForm::Period),
    ];
    assert_eq!(wages, wanted);

    let mut hourly = person(&plan, PayType::Hourly, 1_500);
    hourly.attendance.working_minutes = Some(6_000);
    hourly.attendance.paid_leave_days = Some(exact("1"));
    hourly.attendance.paid_leave_minutes_per_day = Some(360);
    let slip = pay(&plan, &hourly);
    let wanted = [wage(150_000, WageForm::Work), wage(10_000, WageForm::Period), wage(9_000, WageForm::Work)];
    assert_eq!(plan.wages(&hourly, &slip), wanted);
}

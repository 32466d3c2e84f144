//! 勤怠 in parts: the price of work changes inside the period, and every hour has the price of its own day.

use kura_model::{MonthlyHoursRounding, PayType};
use kura_payroll::pay::{
    AmountSource, Attendance, AttendancePart, Contract, FixedOvertime, ItemClass, PayError, PayPlan, PersonMonth, Rule,
    ScheduledDays, Slip, Spans, WageRules,
};
use kura_yen::{Exact, Rounding};
use proptest::prelude::*;

use crate::clients::{
    BASE, FIXED_OVERTIME, OFFICER, PLAIN, clocks, exact, formula, item, plan, qualifications, wage_rules,
};
use crate::people::*;
use crate::second::parts;

const COMMISSION: ItemClass = ItemClass { premium_base_divisor: kura_model::PremiumBaseDivisor::Commission, ..PLAIN };

/// The 20th, paid on the 25th: 2026-09-21 to 2026-10-20, twenty-two working days, eight of them in September.
fn plan_of(change: impl FnOnce(&mut WageRules)) -> PayPlan<'static> {
    let mut rules =
        WageRules { monthly_average_hours: exact("160"), monthly_average_days: exact("20"), ..wage_rules() };
    change(&mut rules);
    let items = vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("役員報酬", AmountSource::BasePay, OFFICER),
        item("職長手当", AmountSource::Fixed, PLAIN),
        item("固定残業代", AmountSource::Fixed, FIXED_OVERTIME),
        formula("歩合給", "任意:売上*0.05", COMMISSION),
    ];
    let rules_of_days = kura_payroll::clocks::ClockRules {
        closing_day: kura_payroll::clocks::ClosingDay::Day(20),
        ..crate::clients::SAME_MONTH
    };
    plan(clocks(rules_of_days, "2026-10"), items, rules, qualifications(&[]))
}

/// The contract changes on 2026-10-01; each part with its 勤怠.
fn changed(plan: &PayPlan<'_>, before: (Contract, Attendance), after: (Contract, Attendance)) -> PersonMonth {
    let mut person = person(plan, PayType::Hourly, 1_150);
    fact(&mut person, "任意:売上", "0");
    let (september, october) = (period("2026-09-21", "2026-09-30"), period("2026-10-01", "2026-10-20"));
    person.contracts = Spans(vec![(september, before.0), (october, after.0)]);
    person.variable_contract = after.0;
    person.attendance = before.1.plus(&after.1).unwrap();
    let days = ScheduledDays::of(plan.clocks.attendance, |day| Ok::<_, ()>(day.weekday().to_monday_zero_offset() < 5));
    person.attendance.scheduled_days = Some(days.unwrap());
    let part = |period, (contract, attendance): (Contract, Attendance)| AttendancePart { period, contract, attendance };
    person.parts = vec![part(september, before), part(october, after)];
    person
}

fn hourly(wage: i64) -> Contract {
    contract(PayType::Hourly, wage)
}

fn hours(working: i64, overtime: i64) -> Attendance {
    Attendance { working_minutes: Some(working), overtime_minutes: overtime, ..Attendance::default() }
}

fn lines(plan: &PayPlan<'_>, slip: &Slip) -> Vec<(String, i64)> {
    slip.pay.iter().map(|line| (name(plan, line.kind).to_owned(), line.amount.get())).collect()
}

fn assert_pay(plan: &PayPlan<'_>, person: &PersonMonth, wanted: &[(&str, i64)]) {
    let wanted: Vec<_> = wanted.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect();
    let mut got = lines(plan, &pay(plan, person));
    got.retain(|line| *line != ("歩合給".to_owned(), 0));
    assert_eq!(got, wanted);
}

#[test]
fn a_rise_of_the_minimum_wage_on_the_first_of_october() {
    let plan = plan_of(|_| ());
    let person = changed(&plan, (hourly(1_100), hours(48 * 60 + 10, 200)), (hourly(1_150), hours(80 * 60 + 25, 275)));
    let slip = pay(&plan, &person);
    let wanted = [
        ("基本給", parts(1_100 * 2_890, 60).up()),
        ("基本給", parts(1_150 * 4_825, 60).up()),
        ("時間外手当", parts(1_100 * 125 * 200, 6_000).up()),
        ("時間外手当", parts(1_150 * 125 * 275, 6_000).up()),
    ];
    assert_pay(&plan, &person, &wanted);
    assert_eq!(input(&reason(&plan, &person, "基本給"), "基本額"), "1100");
    assert!(!slip.bases.partial_month, "a full month at two prices");
    // One row for both: the engine names the day from which a second is needed.
    let mut one_row = person;
    one_row.parts.clear();
    let refused = plan.pay(&one_row, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::NeedsAttendanceFrom { from: crate::law::day("2026-10-01") });
    assert!(refused.to_string().starts_with("2026-10-01から給与形態か基本額が変わるため"), "{refused}");
    assert_eq!(refused.remedy(), "対象開始日にその日を書いた行を加えてください。");
}

#[test]
fn sixty_hours_are_counted_over_the_whole_period_in_its_order() {
    let plan = plan_of(|_| ());
    let person = changed(&plan, (hourly(1_100), hours(4_800, 55 * 60)), (hourly(1_200), hours(4_800, 11 * 60)));
    let wanted = [
        ("基本給", 88_000),
        ("基本給", 96_000),
        ("時間外手当", 55 * 1_375),
        ("時間外手当", 5 * 1_500),
        ("時間外手当（60時間超）", 6 * 1_800),
    ];
    assert_pay(&plan, &person, &wanted);
}

#[test]
fn the_months_hours_are_rounded_as_one_total() {
    let plan = plan_of(|rules| rules.monthly_hours_rounding = MonthlyHoursRounding::HalfHour);
    // 3:20 and 4:25 are 7:45, so 8 hours: 3 of them by the end of September.
    let person = changed(&plan, (hourly(1_100), hours(0, 200)), (hourly(1_200), hours(0, 265)));
    let minutes = plan.overtime_minutes(&person);
    assert_eq!(minutes.overtime, 480);
    assert_pay(&plan, &person, &[("基本給", 0), ("基本給", 0), ("時間外手当", 3 * 1_375), ("時間外手当", 5 * 1_500)]);
}

#[test]
fn days_and_leave_have_the_price_of_their_part() {
    let plan = plan_of(|_| ());
    let days = |worked: &str, leave: &str| Attendance {
        worked_days: Some(exact(worked)),
        paid_leave_days: Some(exact(leave)),
        ..Attendance::default()
    };
    let daily = |wage| contract(PayType::Daily, wage);
    let mut person = changed(&plan, (daily(9_800), days("7", "1")), (daily(10_200), days("13.5", "0")));
    person.parts[1].attendance.statutory_holiday_days = Some(exact("1"));
    person.parts[1].attendance.statutory_holiday_minutes = 480;
    let on_holiday = parts(10_200 * 135 * 480, 480 * 100).up();
    assert_pay(&plan, &person, &[("基本給", 8 * 9_800), ("基本給", 127_500), ("法定休日手当", on_holiday)]);

    let leave = |minutes, days: &str| Attendance {
        paid_leave_days: Some(exact(days)),
        paid_leave_minutes_per_day: Some(360),
        paid_special_leave_days: Some(exact(days)),
        ..hours(minutes, 0)
    };
    let person = changed(&plan, (hourly(1_100), leave(2_400, "0")), (hourly(1_150), leave(4_800, "1")));
    let wanted = [("基本給", 44_000), ("基本給", 92_000), ("有給手当", 6_900), ("特別休暇手当", 6_900)];
    assert_pay(&plan, &person, &wanted);
}

/// From part-time by the hour to staff by the month: the hours of September, and the days of October by 日割.
#[test]
fn a_part_timer_becomes_staff_inside_the_period() {
    let plan = plan_of(|rules| rules.proration_raise = kura_model::ProrationMethod::ScheduledDaysOfPeriod);
    let monthly = contract(PayType::Monthly, 220_000);
    let absent = |days: &str, overtime| Attendance {
        absent_days: Some(exact(days)),
        overtime_minutes: overtime,
        ..Attendance::default()
    };
    let person = changed(&plan, (hourly(1_100), hours(2_400, 60)), (monthly, absent("1", 120)));
    let wanted = [
        ("基本給", parts(220_000 * 14, 22).up()),
        ("基本給", 44_000),
        ("時間外手当", 1_375),
        ("時間外手当", parts(220_000 * 125 * 2, 16_000).up()),
        ("欠勤控除", -parts(220_000, 20).down()),
    ];
    assert_pay(&plan, &person, &wanted);
    let slip = pay(&plan, &person);
    assert!(slip.bases.partial_month);
    let rules: Vec<Rule> = slip.pay.iter().map(|line| line.rule).take(2).collect();
    assert_eq!(rules, [Rule::Prorated, Rule::HourlyTimesHours]);
    let forms: Vec<_> = plan.wages(&person, &slip).iter().map(|wage| wage.form).take(2).collect();
    assert_eq!(forms, [kura_payroll::wages::WageForm::Period, kura_payroll::wages::WageForm::Work]);
}

/// 役員報酬 is not paid by days: it is paid as it stands on the last one, and the wages of the days before by theirs.
#[test]
fn staff_become_officers_inside_the_period() {
    let plan = plan_of(|rules| rules.proration_raise = kura_model::ProrationMethod::FixedThirtyDays);
    let (before, after) = (contract(PayType::Monthly, 300_000), contract(PayType::OfficerRemuneration, 500_000));
    let person = changed(&plan, (before, hours(0, 600)), (after, Attendance::default()));
    let wanted = [("基本給", 100_000), ("役員報酬", 500_000), ("時間外手当", parts(300_000 * 125 * 10, 16_000).up())];
    assert_pay(&plan, &person, &wanted);
}

#[test]
fn absence_is_cut_at_the_figure_of_its_part_and_never_more_than_a_month() {
    let plan = plan_of(|_| ());
    let monthly = |base| contract(PayType::Monthly, base);
    let absent = |days: &str| Attendance { absent_days: Some(exact(days)), ..Attendance::default() };
    let person = changed(&plan, (monthly(300_000), absent("2")), (monthly(340_000), absent("3")));
    let base = parts(300_000 * 10 + 340_000 * 20, 30).up();
    assert_pay(&plan, &person, &[("基本給", base), ("欠勤控除", -30_000), ("欠勤控除", -51_000)]);
    let person = changed(&plan, (monthly(300_000), absent("8")), (monthly(340_000), absent("15")));
    let slip = pay(&plan, &person);
    let cut: Vec<_> = slip.pay.iter().skip(1).map(|line| line.amount.get()).collect();
    assert_eq!(cut, [-120_000, -(340_000 * 12 / 20)]);
}

#[test]
fn an_allowance_that_rises_with_the_wage_is_in_the_unit_of_its_days() {
    let plan = plan_of(|_| ());
    let mut person = changed(&plan, (hourly(1_100), hours(0, 60)), (hourly(1_200), hours(0, 60)));
    fixed(&plan, &mut person, "職長手当", 16_000);
    person.fixed[0].at_part_ends = vec![Some(Exact::whole(8_000)), Some(Exact::whole(16_000))];
    // 8,000 and 16,000 yen by 160 hours: 50 and 100 yen an hour.
    let wanted = [
        ("基本給", 0),
        ("基本給", 0),
        ("職長手当", 16_000),
        ("時間外手当", parts(1_150 * 125, 100).up()),
        ("時間外手当", parts(1_300 * 125, 100).up()),
    ];
    assert_pay(&plan, &person, &wanted);
}

/// The fixed sum covers the cheapest hours first, whichever part they lie in.
#[test]
fn a_fixed_sum_is_compared_with_the_hours_of_both_parts() {
    let plan = plan_of(|rules| rules.fixed_overtime_comparison = kura_model::FixedOvertimeComparison::ByHours);
    let sum = Some(FixedOvertime { minutes: 600, amount: yen(14_000) });
    let with = |wage| Contract { fixed_overtime: sum, ..hourly(wage) };
    let mut person = changed(&plan, (with(1_200), hours(0, 300)), (with(1_100), hours(0, 420)));
    fixed(&plan, &mut person, "固定残業代", 14_000);
    // 7 h at 1,375 and 5 h at 1,500 = 17,125; ten hours are covered, the two left cost 1,500 each; by amount 3,125 are left.
    let wanted = [("基本給", 0), ("基本給", 0), ("固定残業代", 14_000), ("固定残業超過額", 3_125)];
    assert_pay(&plan, &person, &wanted);
    person.fixed[0].spans.0[0].1 = Exact::whole(14_200);
    person.fixed[0].at_variable_end = Some(Exact::whole(14_200));
    for part in &mut person.parts {
        part.contract.fixed_overtime = Some(FixedOvertime { minutes: 600, amount: yen(14_200) });
    }
    person.variable_contract = person.parts[1].contract;
    person.contracts.0[1].1 = person.variable_contract;
    person.contracts.0[0].1 = person.parts[0].contract;
    let slip = pay(&plan, &person);
    assert_eq!(slip.pay.last().unwrap().amount, yen(3_000), "two hours at 1,500, more than 2,925 by amount");
}

#[test]
fn the_guarantee_of_commission_counts_each_hour_at_its_own() {
    let plan = plan_of(|_| ());
    let driver = |wage| contract(PayType::Commission, wage);
    let mut person = changed(&plan, (driver(1_000), hours(3_000, 0)), (driver(1_100), hours(6_000, 60)));
    fact(&mut person, "任意:売上", "1000000");
    let guarantee = 50 * 1_000 + 101 * 1_100;
    let night = parts((guarantee - 50_000 + 50_000) * 25, 151 * 100).up();
    assert_pay(&plan, &person, &[("基本給", guarantee - 50_000), ("歩合給", 50_000), ("時間外手当", night)]);
}

proptest! {
    /// Whatever the prices, the minutes of the month are those of one row.
    #[test]
    fn the_minutes_do_not_depend_on_where_the_month_is_cut(
        before in (0_i64..4_000, 0_i64..1_500, 0_i64..900, 0_i64..900),
        after in (0_i64..4_000, 0_i64..1_500, 0_i64..900, 0_i64..900),
        half_hours in any::<bool>(),
    ) {
        let plan = plan_of(|rules| {
            rules.unit_rounding = Some(Rounding::Up);
            if half_hours {
                rules.monthly_hours_rounding = MonthlyHoursRounding::HalfHour;
            }
        });
        let attendance = |(overtime, day_off, holiday, night): (i64, i64, i64, i64)| Attendance {
            scheduled_holiday_minutes: day_off,
            statutory_holiday_minutes: holiday,
            night_minutes: night,
            ..hours(3_000, overtime)
        };
        let parted = changed(&plan, (hourly(1_100), attendance(before)), (hourly(1_150), attendance(after)));
        let mut whole = parted.clone();
        whole.parts.clear();
        let (parted_minutes, minutes) = (plan.overtime_minutes(&parted), plan.overtime_minutes(&whole));
        prop_assert_eq!(parted_minutes.over_60, minutes.over_60);
        prop_assert_eq!(parted_minutes.statutory_holiday, minutes.statutory_holiday);
        prop_assert_eq!(parted_minutes.night, minutes.night);
        let up_to_60 = |minutes: kura_payroll::pay::OvertimeMinutes| minutes.overtime + minutes.scheduled_holiday;
        prop_assert_eq!(up_to_60(parted_minutes), up_to_60(minutes));
        // Between the whole month at the lower and at the higher price; each line of a part is rounded up on its own.
        let at = |wage: i64| {
            let mut whole = whole.clone();
            whole.variable_contract = hourly(wage);
            whole.contracts = Spans(vec![(plan.clocks.attendance, hourly(wage))]);
            plan.pay(&whole, &mut ()).unwrap().gross
        };
        let gross = pay(&plan, &parted).gross;
        prop_assert!(at(1_100) <= gross && gross <= at(1_150) + yen(6));
    }
}

//! 日割: every method, for joining, leaving, leave and raises, by integers.

use kura_model::{PayType, ProrationMethod};
use kura_payroll::pay::{FixedAmount, PayError, PayPlan, PersonMonth, Rule, Spans, WageRules};
use kura_yen::Exact;

use crate::clients::{
    BASE, OFFICER, PLAIN, PRORATED, SAME_MONTH, clocks, exact, formula, item, plan, qualifications, wage_rules,
};
use crate::people::*;
use crate::second::parts;

const ALL: [ProrationMethod; 5] = [
    ProrationMethod::CalendarDays,
    ProrationMethod::ScheduledDaysOfPeriod,
    ProrationMethod::MonthlyAverageDays,
    ProrationMethod::FixedThirtyDays,
    ProrationMethod::MonthlyAverageHours,
];

/// Twenty days of 8 hours on average; saturdays and sundays off.
fn plan_of(month: &str, change: impl FnOnce(&mut WageRules)) -> PayPlan<'static> {
    let mut rules =
        WageRules { monthly_average_days: exact("20"), monthly_average_hours: exact("160"), ..wage_rules() };
    change(&mut rules);
    let source = kura_payroll::pay::AmountSource::Fixed;
    let items = vec![
        item("基本給", kura_payroll::pay::AmountSource::BasePay, BASE),
        item("役員報酬", kura_payroll::pay::AmountSource::BasePay, OFFICER),
        item("職務手当", source.clone(), PRORATED),
        item("職長手当", source, PLAIN),
        formula("資格手当", "10000", PRORATED),
    ];
    plan(clocks(SAME_MONTH, month), items, rules, qualifications(&[]))
}

fn every(method: ProrationMethod) -> impl FnOnce(&mut WageRules) {
    move |rules| {
        rules.proration_join = method;
        rules.proration_leave = method;
        rules.proration_suspension = method;
        rules.proration_raise = method;
    }
}

fn staff(plan: &PayPlan<'_>, base: i64) -> PersonMonth {
    let mut person = person(plan, PayType::Monthly, base);
    let days = kura_payroll::pay::ScheduledDays::of(plan.clocks.attendance, |day| {
        Ok::<_, ()>(day.weekday().to_monday_zero_offset() < 5)
    });
    person.attendance.scheduled_days = Some(days.unwrap());
    person
}

/// The base line of June 2026 (30 days, 22 working days) for part of it.
fn base_of(method: ProrationMethod, from: &str, to: &str) -> i64 {
    let plan = plan_of("2026-06", every(method));
    let mut person = staff(&plan, 300_000);
    paid_only(&mut person, period(from, to));
    let slip = pay(&plan, &person);
    assert_eq!(slip.pay[0].rule, Rule::Prorated);
    assert!(slip.bases.partial_month);
    slip.pay[0].amount.get()
}

#[test]
fn a_joiner_by_every_method() {
    // 06-11 to 06-30: 20 calendar days, 14 working days.
    let got = ALL.map(|method| base_of(method, "2026-06-11", "2026-06-30"));
    let of = |days: i64, of: i64| parts(300_000 * days, of).up();
    assert_eq!(got, [of(20, 30), of(14, 22), of(14, 20), of(20, 30), of(14, 20)]);
}

#[test]
fn a_leaver_by_every_method_never_gets_more_than_a_month() {
    // 06-01 to 06-29: 29 calendar days, 21 working days of an average 20.
    let got = ALL.map(|method| base_of(method, "2026-06-01", "2026-06-29"));
    let of = |days: i64, of: i64| parts(300_000 * days, of).up();
    assert_eq!(got, [of(29, 30), of(21, 22), 300_000, of(29, 30), 300_000]);
}

#[test]
fn joining_leaving_leave_and_raise_have_their_own_methods() {
    let change = |rules: &mut WageRules| {
        rules.proration_join = ProrationMethod::CalendarDays;
        rules.proration_leave = ProrationMethod::FixedThirtyDays;
        rules.proration_suspension = ProrationMethod::ScheduledDaysOfPeriod;
        rules.proration_raise = ProrationMethod::MonthlyAverageDays;
    };
    let plan = plan_of("2026-07", change);
    let base = |person: &PersonMonth| pay(&plan, person).pay[0].amount.get();
    let of = |days: i64, of: i64| parts(300_000 * days, of).up();

    let mut joiner = staff(&plan, 300_000);
    paid_only(&mut joiner, period("2026-07-20", "2026-07-31"));
    assert_eq!(base(&joiner), of(12, 31));
    let mut leaver = staff(&plan, 300_000);
    paid_only(&mut leaver, period("2026-07-01", "2026-07-12"));
    assert_eq!(base(&leaver), of(12, 30));
    // On unpaid leave from 07-06 to 07-10: five of 23 working days, a gap inside the period.
    let mut suspended = staff(&plan, 300_000);
    let contract = suspended.variable_contract;
    suspended.contracts.0 =
        vec![(period("2026-07-01", "2026-07-05"), contract), (period("2026-07-11", "2026-07-31"), contract)];
    suspended.suspended = true;
    assert_eq!(base(&suspended), of(18, 23));
    assert!(pay(&plan, &suspended).bases.partial_month);
}

#[test]
fn a_raise_inside_the_period_pays_a_whole_month_by_every_method() {
    for month in ["2026-02", "2026-06", "2026-07"] {
        for method in ALL {
            let plan = plan_of(month, every(method));
            let mut person = staff(&plan, 340_000);
            let (first, last) = (plan.clocks.attendance.from, plan.clocks.attendance.to);
            let before = contract(PayType::Monthly, 300_000);
            let change = crate::law::day(&format!("{month}-11"));
            let until = change.yesterday().unwrap();
            person.contracts.0 = vec![
                (kura_payroll::clocks::Period { from: first, to: until }, before),
                (kura_payroll::clocks::Period { from: change, to: last }, person.variable_contract),
            ];
            // The first ten days by the method, the rest of the month at the new figure.
            let working = person.attendance.scheduled_days.unwrap();
            let days_before = working.within(person.contracts.0[0].0);
            let (part, of) = match method {
                ProrationMethod::CalendarDays => (10, plan.clocks.attendance.calendar_days()),
                ProrationMethod::FixedThirtyDays => (10, 30),
                ProrationMethod::ScheduledDaysOfPeriod => (days_before, working.total()),
                ProrationMethod::MonthlyAverageDays | ProrationMethod::MonthlyAverageHours => (days_before, 20),
            };
            let wanted = parts(300_000 * part + 340_000 * (of - part), of).up();
            assert_eq!(pay(&plan, &person).pay[0].amount.get(), wanted, "{month} {method:?}");
        }
    }
}

#[test]
fn two_raises_inside_one_period() {
    let plan = plan_of("2026-06", every(ProrationMethod::ScheduledDaysOfPeriod));
    let mut person = staff(&plan, 320_000);
    person.contracts.0 = vec![
        (period("2026-06-01", "2026-06-07"), contract(PayType::Monthly, 280_000)),
        (period("2026-06-08", "2026-06-21"), contract(PayType::Monthly, 300_000)),
        (period("2026-06-22", "2026-06-30"), person.variable_contract),
    ];
    let wanted = parts(280_000 * 5 + 300_000 * 10 + 320_000 * 7, 22).up();
    assert_eq!(pay(&plan, &person).pay[0].amount.get(), wanted);
}

#[test]
fn an_allowance_that_begins_inside_the_period_counts_its_own_days() {
    let plan = plan_of("2026-06", every(ProrationMethod::ScheduledDaysOfPeriod));
    let mut person = staff(&plan, 300_000);
    let spans = |from: &str, to: &str, amount: i64| Spans(vec![(period(from, to), Exact::whole(amount))]);
    let fixed = |item: &str, spans| FixedAmount {
        item: index(&plan, item),
        spans,
        at_variable_end: None,
        at_part_ends: Vec::new(),
    };
    person.fixed = vec![
        fixed("職務手当", spans("2026-06-22", "2026-06-30", 22_000)),
        fixed("職長手当", spans("2026-06-22", "2026-06-30", 12_050)),
    ];
    let slip = pay(&plan, &person);
    let lines: Vec<_> = slip.pay.iter().map(|line| (name(&plan, line.kind), line.amount.get())).collect();
    // 職務手当 for seven of 22 working days; 職長手当 as it stands on the last day.
    assert_eq!(lines, [("基本給", 300_000), ("職務手当", 7_000), ("職長手当", 12_050), ("資格手当", 10_000)]);
    assert!(!slip.bases.partial_month);

    // A right that ended before the last day is not paid where there is no 日割.
    person.fixed = vec![
        fixed("職務手当", spans("2026-06-01", "2026-06-05", 22_000)),
        fixed("職長手当", spans("2026-06-01", "2026-06-05", 12_050)),
    ];
    let slip = pay(&plan, &person);
    assert_eq!(slip.pay[1].amount, yen(5_000));
    assert_eq!(slip.gross, yen(300_000 + 5_000 + 10_000));
}

#[test]
fn what_is_not_prorated_is_paid_in_full_and_an_officer_as_well() {
    let plan = plan_of("2026-06", every(ProrationMethod::CalendarDays));
    let mut leaver = staff(&plan, 300_000);
    fixed(&plan, &mut leaver, "職長手当", 12_050);
    fixed(&plan, &mut leaver, "職務手当", 12_300);
    paid_only(&mut leaver, period("2026-06-01", "2026-06-10"));
    let slip = pay(&plan, &leaver);
    let lines: Vec<_> = slip.pay.iter().map(|line| (name(&plan, line.kind), line.amount.get())).collect();
    let third = |amount: i64| parts(amount * 10, 30).up();
    let wanted = [("基本給", 100_000), ("職務手当", third(12_300)), ("職長手当", 12_050), ("資格手当", third(10_000))];
    assert_eq!(lines, wanted);

    let mut officer = person(&plan, PayType::OfficerRemuneration, 600_000);
    paid_only(&mut officer, period("2026-06-01", "2026-06-10"));
    let slip = pay(&plan, &officer);
    assert_eq!((slip.pay[0].amount, slip.pay[0].rule), (yen(600_000), Rule::ContractMonthly));
    assert!(!slip.bases.partial_month);
}

#[test]
fn a_change_of_the_price_of_work_inside_the_period_needs_a_second_row() {
    let plan = plan_of("2026-06", |_| ());
    let mut person = staff(&plan, 300_000);
    person.contracts.0 = vec![
        (period("2026-06-01", "2026-06-15"), contract(PayType::Hourly, 1_500)),
        (period("2026-06-16", "2026-06-30"), person.variable_contract),
    ];
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    let needed = PayError::NeedsAttendanceFrom { from: crate::law::day("2026-06-16") };
    assert_eq!(refused, needed);

    let mut person = staff(&plan, 1_600);
    person.variable_contract = contract(PayType::Hourly, 1_600);
    person.attendance.working_minutes = Some(6_000);
    person.contracts.0 = vec![
        (period("2026-06-01", "2026-06-15"), contract(PayType::Hourly, 1_500)),
        (period("2026-06-16", "2026-06-30"), person.variable_contract),
    ];
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, needed);

    // From 月給 to 役員: the overtime of the row was worked by an employee.
    let mut person = staff(&plan, 300_000);
    person.variable_contract = contract(PayType::OfficerRemuneration, 500_000);
    person.contracts.0 = vec![
        (period("2026-06-01", "2026-06-15"), contract(PayType::Monthly, 300_000)),
        (period("2026-06-16", "2026-06-30"), person.variable_contract),
    ];
    assert_eq!(plan.pay(&person, &mut ()).unwrap_err(), needed);
}

#[test]
fn working_days_must_be_known_where_they_are_counted() {
    let plan = plan_of("2026-06", every(ProrationMethod::ScheduledDaysOfPeriod));
    let mut person = person(&plan, PayType::Monthly, 300_000);
    paid_only(&mut person, period("2026-06-01", "2026-06-10"));
    assert_eq!(plan.pay(&person, &mut ()).unwrap_err(), PayError::Unknown { what: "所定日数".to_owned() });
}

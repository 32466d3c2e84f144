//! 固定残業, 固定深夜, 固定休日: what exceeds them is paid, by amount or by hours, and never less than the law.

use kura_model::{FixedOvertimeComparison, MonthOffset, PayType};
use kura_payroll::clocks::ClockRules;
use kura_payroll::pay::{AmountSource, FixedOvertime, PayError, PayPlan, PersonMonth, WageRules};

use crate::clients::{BASE, FIXED_OVERTIME, SAME_MONTH, clocks, exact, item, plan, qualifications, wage_rules};
use crate::people::*;

fn plan_with(clock_rules: ClockRules, comparison: FixedOvertimeComparison) -> PayPlan<'static> {
    let rules =
        WageRules { monthly_average_hours: exact("160"), fixed_overtime_comparison: comparison, ..wage_rules() };
    let items = vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("固定残業代", AmountSource::Fixed, FIXED_OVERTIME),
        item("固定深夜代", AmountSource::Fixed, FIXED_OVERTIME),
        item("固定休日代", AmountSource::Fixed, FIXED_OVERTIME),
    ];
    plan(clocks(clock_rules, "2026-06"), items, rules, qualifications(&[]))
}

/// 320,000 a month: 2,000 an hour, and the fixed sums of the variants.
fn staff(plan: &PayPlan<'_>, sums: [Option<(i64, i64)>; 3]) -> PersonMonth {
    let mut person = person(plan, PayType::Monthly, 320_000);
    let [overtime, night, holiday] =
        sums.map(|sum| sum.map(|(hours, amount)| FixedOvertime { minutes: hours * 60, amount: yen(amount) }));
    person.variable_contract.fixed_overtime = overtime;
    person.variable_contract.fixed_night = night;
    person.variable_contract.fixed_holiday = holiday;
    person.contracts.0[0].1 = person.variable_contract;
    for (name, sum) in [("固定残業代", overtime), ("固定深夜代", night), ("固定休日代", holiday)] {
        if let Some(sum) = sum {
            fixed(plan, &mut person, name, sum.amount.get());
        }
    }
    person
}

#[track_caller]
fn excess(plan: &PayPlan<'_>, person: &PersonMonth) -> Vec<(String, i64)> {
    let slip = pay(plan, person);
    let built_in = slip.pay.iter().filter(|line| matches!(line.kind, kura_payroll::pay::LineKind::BuiltIn(_)));
    built_in.map(|line| (name(plan, line.kind).to_owned(), line.amount.get())).collect()
}

fn lines(lines: &[(&str, i64)]) -> Vec<(String, i64)> {
    lines.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect()
}

#[test]
fn by_amount_only_what_exceeds_the_sum() {
    let plan = plan_with(SAME_MONTH, FixedOvertimeComparison::ByAmount);
    let of = |overtime: i64| {
        let mut person = staff(&plan, [Some((30, 76_000)), None, None]);
        person.attendance.overtime_minutes = overtime;
        excess(&plan, &person)
    };
    // 30 hours are worth 75,000.
    assert_eq!(of(30 * 60), lines(&[]));
    assert_eq!(of(31 * 60), lines(&[("固定残業超過額", 1_500)]));
    assert_eq!(of(61 * 60), lines(&[("固定残業超過額", 60 * 2_500 + 3_000 - 76_000)]));
}

#[test]
fn by_hours_what_is_worked_above_them_the_cheapest_covered_first() {
    let plan = plan_with(SAME_MONTH, FixedOvertimeComparison::ByHours);
    let of = |amount: i64, overtime: i64| {
        let mut person = staff(&plan, [Some((30, amount)), None, None]);
        person.attendance.overtime_minutes = overtime;
        excess(&plan, &person)
    };
    assert_eq!(of(76_000, 30 * 60), lines(&[]));
    assert_eq!(of(76_000, 31 * 60), lines(&[("固定残業超過額", 2_500)]));
    assert_eq!(of(76_000, 61 * 60), lines(&[("固定残業超過額", 30 * 2_500 + 3_000)]));
    // A sum too small for its hours: the law wants the rest as well, also below 30 hours.
    assert_eq!(of(60_000, 30 * 60), lines(&[("固定残業超過額", 15_000)]));
    assert_eq!(of(60_000, 31 * 60), lines(&[("固定残業超過額", 17_500)]));
}

#[test]
fn night_and_holiday_have_their_own_sums() {
    let plan = plan_with(SAME_MONTH, FixedOvertimeComparison::ByAmount);
    let mut person = staff(&plan, [None, Some((10, 5_000)), Some((8, 21_600))]);
    person.attendance.overtime_minutes = 120;
    person.attendance.night_minutes = 12 * 60;
    person.attendance.statutory_holiday_minutes = 9 * 60;
    let wanted = [("時間外手当", 5_000), ("固定休日超過額", 2_700), ("固定深夜超過額", 1_000)];
    assert_eq!(excess(&plan, &person), lines(&wanted));
    // A manager's fixed sum for the night.
    person.variable_contract.managerial_exempt = true;
    assert_eq!(excess(&plan, &person), lines(&[("固定深夜超過額", 1_000)]));
}

#[test]
fn a_sum_paid_for_part_of_the_month_covers_the_same_part() {
    let plan = plan_with(SAME_MONTH, FixedOvertimeComparison::ByAmount);
    let mut person = staff(&plan, [Some((30, 75_000)), None, None]);
    person.attendance.overtime_minutes = 20 * 60;
    paid_only(&mut person, period("2026-06-16", "2026-06-30"));
    // 37,500 of 75,000 are paid; 20 hours are worth 50,000.
    assert_eq!(excess(&plan, &person), lines(&[("固定残業超過額", 12_500)]));
    // A sum that is agreed but not paid at all covers nothing.
    person.fixed.clear();
    assert_eq!(excess(&plan, &person), lines(&[("固定残業超過額", 50_000)]));
}

#[test]
fn with_the_attendance_of_another_month_a_missing_sum_is_asked_for() {
    let rules = ClockRules { variable_period: MonthOffset::PreviousMonth, ..SAME_MONTH };
    let plan = plan_with(rules, FixedOvertimeComparison::ByAmount);
    let mut person = staff(&plan, [Some((30, 75_000)), None, None]);
    person.attendance.overtime_minutes = 32 * 60;
    assert_eq!(excess(&plan, &person), lines(&[("固定残業超過額", 5_000)]));
    person.fixed.clear();
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "固定残業代の固定支給".to_owned() });
    // After the last base pay the sum stood in the pay before.
    unpaid(&mut person);
    assert_eq!(excess(&plan, &person), lines(&[("固定残業超過額", 5_000)]));
}

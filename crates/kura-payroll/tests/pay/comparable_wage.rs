//! 最低賃金と比べる時間額: by pay type and by day, by integers.

use kura_model::{HourlyDivisor, PayType};
use kura_payroll::pay::{FixedAmount, ItemClass, PayPlan, PersonMonth, Spans, WageRules};
use kura_yen::Exact;

use crate::clients::{
    BASE, FAMILY, OFFICER, PLAIN, SAME_MONTH, clocks, exact, formula, item, plan, qualifications, wage_rules,
};
use crate::people::*;

/// 160 hours on average; 役職手当, 歩合給 and 資格手当 are compared, 家族手当 and what is paid every six months are not.
fn plan_with(change: impl FnOnce(&mut WageRules)) -> PayPlan<'static> {
    use kura_model::PremiumBaseDivisor::Commission;
    use kura_payroll::pay::AmountSource::{BasePay, Fixed, Variable};
    let mut rules =
        WageRules { monthly_average_hours: exact("160"), monthly_average_days: exact("20"), ..wage_rules() };
    change(&mut rules);
    let items = vec![
        item("基本給", BasePay, BASE),
        item("役員報酬", BasePay, OFFICER),
        item("役職手当", Fixed, PLAIN),
        item("家族手当", Fixed, FAMILY),
        item("半年手当", Fixed, ItemClass { pay_every_months: 6, ..PLAIN }),
        item("歩合給", Variable, ItemClass { premium_base_divisor: Commission, ..PLAIN }),
        formula("資格手当", "8000", PLAIN),
    ];
    plan(clocks(SAME_MONTH, "2026-06"), items, rules, qualifications(&[]))
}

/// The wages of June 2026 as first day, last day and yen an hour.
fn wages(plan: &PayPlan<'_>, person: &PersonMonth) -> Vec<(String, String, Exact)> {
    let wages = plan.comparable_hourly_wages(person).unwrap().0;
    wages.into_iter().map(|(days, wage)| (days.from.to_string(), days.to.to_string(), wage)).collect()
}

fn whole_june(wage: &str) -> Vec<(String, String, Exact)> {
    vec![("2026-06-01".to_owned(), "2026-06-30".to_owned(), exact(wage))]
}

#[test]
fn an_hour_of_every_pay_type() {
    let plan = plan_with(|_| ());
    // 資格手当: 8,000 / 160 = 50 yen an hour of everybody.
    let mut monthly = person(&plan, PayType::Monthly, 300_000);
    fixed(&plan, &mut monthly, "役職手当", 16_000);
    fixed(&plan, &mut monthly, "家族手当", 20_000);
    fixed(&plan, &mut monthly, "半年手当", 60_000);
    assert_eq!(wages(&plan, &monthly), whole_june("2025"), "(300,000 + 16,000 + 8,000) / 160");
    let mut daily = person(&plan, PayType::Daily, 12_400);
    worked(&mut daily, "20");
    assert_eq!(wages(&plan, &daily), whole_june("1600"), "12,400 / 8 + 50");
    let mut hourly = person(&plan, PayType::Hourly, 1_200);
    hourly.attendance.working_minutes = Some(6_000);
    assert_eq!(wages(&plan, &hourly), whole_june("1250"));
    variable(&plan, &mut hourly, "歩合給", 10_000);
    assert_eq!(wages(&plan, &hourly), whole_june("1350"), "10,000 for 100 hours");
}

#[test]
fn a_month_is_divided_by_the_average_of_the_year_whatever_the_unit_of_overtime_is() {
    let plan = plan_with(|rules| rules.hourly_divisor = HourlyDivisor::ScheduledOfMonth);
    let mut monthly = person(&plan, PayType::Monthly, 160_000);
    monthly.attendance.scheduled_minutes_of_variable_period = Some(176 * 60);
    assert_eq!(wages(&plan, &monthly), whole_june("1050"));
}

#[test]
fn a_raise_and_an_allowance_that_ends_cut_the_days() {
    let plan = plan_with(|_| ());
    let mut raised = person(&plan, PayType::Monthly, 160_000);
    let june = |from: &str, to: &str| period(&format!("2026-06-{from}"), &format!("2026-06-{to}"));
    let contracts = [(june("01", "14"), 160_000), (june("15", "30"), 176_000)];
    raised.contracts = Spans(contracts.map(|(days, base)| (days, contract(PayType::Monthly, base))).to_vec());
    raised.fixed.push(FixedAmount {
        item: index(&plan, "役職手当"),
        spans: Spans(vec![(june("01", "20"), exact("16000"))]),
        at_variable_end: None,
        at_part_ends: Vec::new(),
    });
    let wanted = [("01", "14", "1150"), ("15", "20", "1250"), ("21", "30", "1150")]
        .map(|(from, to, wage)| (format!("2026-06-{from}"), format!("2026-06-{to}"), exact(wage)));
    assert_eq!(wages(&plan, &raised), wanted);
    // What is not paid is not compared.
    paid_only(&mut raised, june("01", "20"));
    unpaid(&mut raised);
    assert_eq!(wages(&plan, &raised), []);
}

#[test]
fn an_officer_has_a_wage_only_for_the_part_that_is_wages() {
    let plan = plan_with(|_| ());
    let mut officer = person(&plan, PayType::OfficerRemuneration, 400_000);
    assert_eq!(wages(&plan, &officer), []);
    officer.employee_part_of_officer_pay = Some(yen(152_000));
    assert_eq!(wages(&plan, &officer), whole_june("1000"), "(152,000 + 8,000) / 160");
}

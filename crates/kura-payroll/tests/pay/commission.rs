//! 歩合: the items are the pay, the guarantee of the hours its floor, and premiums only what the rate adds.

use kura_model::{PayType, PremiumBaseDivisor};
use kura_payroll::pay::{AmountSource, ItemClass, ItemInput, PaidLeavePay, PayError, PayPlan, PersonMonth, Rule};

use crate::clients::{
    BASE, PLAIN, SAME_MONTH, clocks, deduction, exact, formula, item, plan, qualifications, wage_rules,
};
use crate::people::*;
use crate::second::parts;

const COMMISSION: ItemClass = ItemClass {
    premium_base_divisor: PremiumBaseDivisor::Commission,
    fixed_wage: kura_model::FixedWage::NotFixed,
    ..PLAIN
};

fn items() -> Vec<ItemInput> {
    vec![
        item("基本給", AmountSource::BasePay, BASE),
        formula("歩合給", "任意:売上*0.05", COMMISSION),
        deduction(formula("組合費", "ROUNDDOWN(基本給*0.01,0)+ROUNDDOWN(歩合給*0.01,0)", PLAIN)),
    ]
}

fn plan_of(items: Vec<ItemInput>) -> PayPlan<'static> {
    plan(clocks(SAME_MONTH, "2026-06"), items, wage_rules(), qualifications(&[]))
}

/// 160 hours, guaranteed 1,100 yen each.
fn driver(plan: &PayPlan<'_>, sales: &str) -> PersonMonth {
    let mut person = person(plan, PayType::Commission, 1_100);
    worked(&mut person, "20");
    person.attendance.working_minutes = Some(160 * 60);
    fact(&mut person, "任意:売上", sales);
    person
}

/// 組合費, the last deduction.
fn dues(slip: &kura_payroll::pay::Slip) -> i64 {
    slip.deductions.last().unwrap().amount.get()
}

#[test]
fn a_good_month_is_commission_alone() {
    let plan = plan_of(items());
    let slip = pay(&plan, &driver(&plan, "6000000"));
    let lines: Vec<_> = slip.pay.iter().map(|line| line.amount.get()).collect();
    assert_eq!(lines, [0, 300_000]);
    assert_eq!(slip.pay[0].rule, Rule::CommissionGuarantee);
    assert_eq!(dues(&slip), 3_000);
}

#[test]
fn a_bad_month_is_filled_up_to_the_guarantee_of_all_hours() {
    let plan = plan_of(items());
    let mut person = driver(&plan, "1000000");
    person.attendance.overtime_minutes = 10 * 60;
    let slip = pay(&plan, &person);
    // 170 hours x 1,100 = 187,000, of which 50,000 are earned; overtime adds 25 % of 1,100 an hour.
    let lines: Vec<_> = slip.pay.iter().map(|line| line.amount.get()).collect();
    assert_eq!(lines, [137_000, 50_000, parts(1_100 * 25 * 10, 100).up()]);
    assert_eq!(dues(&slip), 1_370 + 500);
}

#[test]
fn premiums_stand_on_the_commission_over_all_hours() {
    let plan = plan_of(items());
    let mut person = driver(&plan, "6800000");
    person.attendance.overtime_minutes = 10 * 60;
    // 340,000 / 170 h = 2,000 an hour; 25 % of it for 10 hours.
    let slip = pay(&plan, &person);
    assert_eq!(slip.pay[2].amount, yen(5_000));
}

#[test]
fn a_day_of_leave_needs_its_amount_and_special_leave_is_refused() {
    let plan = plan_of(items());
    let mut person = driver(&plan, "6000000");
    person.attendance.paid_leave_days = Some(exact("1"));
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "有給1日の賃金".to_owned() });
    person.attendance.paid_leave_daily_amount = Some(PaidLeavePay { daily: exact("15000") });
    assert_eq!(pay(&plan, &person).pay[2].amount, yen(15_000));
    person.attendance.paid_special_leave_days = Some(exact("1"));
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::NotSupported { what: "歩合の人の特別休暇（有給）" });
}

#[test]
fn sales_and_hours_must_be_known_and_commission_may_not_need_the_base_line() {
    let plan = plan_of(items());
    let mut person = driver(&plan, "6000000");
    person.facts[8] = None;
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "任意:売上".to_owned() });
    let mut person = driver(&plan, "6000000");
    person.attendance.working_minutes = None;
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "労働時間（時給・日給者）".to_owned() });

    let mut circle = items();
    circle[1] = formula("歩合給", "基本給*0.05", COMMISSION);
    let plan = plan_of(circle);
    let refused = plan.pay(&driver(&plan, "0"), &mut ()).unwrap_err();
    assert_eq!(refused, PayError::NotSupported { what: "基本給を使う歩合の式" });
}

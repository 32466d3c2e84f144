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
fn a_day_of_leave_is_the_commission_of_its_hours_or_the_amount_that_is_given() {
    let plan = plan_of(items());
    let mut person = driver(&plan, "6000000");
    person.attendance.overtime_minutes = 8 * 60;
    // 300,000 yen in 168 hours: 規則25条1項6号, a day of 8 hours, a fraction of a yen up.
    let day_of_leave = parts(300_000 * 8, 168).up();
    person.attendance.paid_leave_days = Some(exact("1"));
    assert_eq!(pay(&plan, &person).pay[2].amount, yen(day_of_leave));
    // A quarter of the day in hours, and a special day: the same price.
    person.attendance.paid_leave_minutes = 120;
    person.attendance.paid_special_leave_days = Some(exact("2"));
    let slip = pay(&plan, &person);
    let leave: Vec<_> = slip.pay[2..4].iter().map(|line| line.amount.get()).collect();
    assert_eq!(leave, [parts(300_000 * 8 * 5, 168 * 4).up(), parts(300_000 * 16, 168).up()]);
    // 平均賃金 or 標準報酬日額: the amount comes in.
    person.attendance.paid_leave_daily_amount = Some(PaidLeavePay { daily: exact("12000") });
    assert_eq!(pay(&plan, &person).pay[2].amount, yen(15_000));
    // Without commission the law looks at an earlier period, which is not known here.
    let mut nothing_sold = driver(&plan, "0");
    nothing_sold.attendance.paid_special_leave_days = Some(exact("1"));
    let refused = plan.pay(&nothing_sold, &mut ()).unwrap_err();
    assert!(refused.to_string().contains("前の期間の1時間当たりの歩合給"), "{refused}");
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
    assert_eq!(refused, PayError::CommissionNeedsBasePay { item: "歩合給".to_owned() });
    assert!(refused.to_string().contains("「基本額」に変えてください"), "{refused}");
    assert_eq!(refused.remedy(), "支給控除項目の式を直してください。");
}

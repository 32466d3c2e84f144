//! 非課税: commuting by month, pass and back-payment, 宿日直, 食事, and what is given in kind.

use kura_model::{ItemTaxClass, MonthsOfYear, PayType, RemunerationClass};
use kura_payroll::pay::{
    AmountSource, ItemClass, Meals, PayError, PayPlan, PersonMonth, RunningPayment, VariableAmount,
};
use kura_payroll::tax::CommutingRoute;

use crate::clients::{BASE, CAR, PLAIN, SAME_MONTH, TRAIN, clocks, exact, item, plan, qualifications, wage_rules};
use crate::law::law;
use crate::people::*;

fn plan_of(month: &str) -> PayPlan<'static> {
    let class = |tax, remuneration| ItemClass { tax, remuneration, ..PLAIN };
    let mut pass = item("6か月定期", AmountSource::Fixed, ItemClass { pay_every_months: 6, prorate: false, ..TRAIN });
    pass.item.pay_in_months = MonthsOfYear::parse("4,10");
    let items = vec![
        item("基本給", AmountSource::BasePay, BASE),
        item("通勤手当（車）", AmountSource::Fixed, CAR),
        item("通勤差額", AmountSource::Variable, CAR),
        pass,
        item("出張日当", AmountSource::Variable, class(ItemTaxClass::TaxFree, RemunerationClass::Excluded)),
        item("宿日直料", AmountSource::Variable, class(ItemTaxClass::NightDuty, RemunerationClass::Included)),
        item("夜食代", AmountSource::Variable, class(ItemTaxClass::Meal, RemunerationClass::Included)),
        item("食事（現物）", AmountSource::Variable, class(ItemTaxClass::Meal, RemunerationClass::InKind)),
        item("社宅（現物）", AmountSource::Variable, class(ItemTaxClass::Taxable, RemunerationClass::InKind)),
    ];
    plan(clocks(SAME_MONTH, month), items, wage_rules(), qualifications(&[]))
}

fn staff(plan: &PayPlan<'_>) -> PersonMonth {
    person(plan, PayType::Monthly, 300_000)
}

/// 非課税 and the taxed part of 通勤手当.
#[track_caller]
fn free(plan: &PayPlan<'_>, person: &PersonMonth) -> (i64, i64) {
    let slip = pay(plan, person);
    assert_eq!(slip.taxable, slip.gross - slip.tax_free - slip.bases.social_insurance);
    (slip.tax_free.get(), slip.bases.taxable_commuting.get())
}

fn route(fare: Option<i64>, km: Option<&str>, parking: Option<i64>) -> Option<CommutingRoute> {
    Some(CommutingRoute { fare: fare.map(yen), distance_km: km.map(exact), parking: parking.map(yen) })
}

#[test]
fn the_limit_of_the_payment_date_on_both_sides_of_its_change() {
    // 55 km and more had one limit up to 2026-03; from 2026-04 on 65 km has its own.
    for (month, limit) in [("2026-03", 38_700), ("2026-04", 45_700)] {
        let plan = plan_of(month);
        let mut person = staff(&plan);
        fixed(&plan, &mut person, "通勤手当（車）", 50_000);
        person.commuting = route(None, Some("66.5"), None);
        assert_eq!(free(&plan, &person), (limit, 50_000 - limit));
    }
}

#[test]
fn train_car_and_parking_are_compared_together() {
    let plan = plan_of("2026-06");
    let mut person = staff(&plan);
    fixed(&plan, &mut person, "通勤手当（車）", 30_000);
    person.commuting = route(Some(15_000), Some("12"), Some(8_000));
    // 15,000 + 7,300 + 5,000 of parking.
    assert_eq!(free(&plan, &person), (27_300, 2_700));
    person.commuting = None;
    assert_eq!(plan.pay(&person, &mut ()).unwrap_err(), PayError::Unknown { what: "通勤の手段と距離".to_owned() });
}

#[test]
fn a_pass_for_six_months_has_six_limits_after_what_the_month_uses() {
    let plan = plan_of("2026-04");
    let mut person = staff(&plan);
    fixed(&plan, &mut person, "6か月定期", 66_000);
    person.commuting = route(Some(11_000), None, None);
    assert_eq!(free(&plan, &person), (66_000, 0));
    // A pass dearer than its route: 12,000 a month against 11,000.
    person.fixed.clear();
    fixed(&plan, &mut person, "6か月定期", 72_000);
    assert_eq!(free(&plan, &person), (66_000, 6_000));
    // With a car of 5,000 beside it: 4,200 + 11,000 a month; 17,000 - 15,200 = 1,800 are above, six times.
    fixed(&plan, &mut person, "通勤手当（車）", 5_000);
    person.commuting = route(Some(11_000), Some("6"), None);
    assert_eq!(free(&plan, &person), (77_000 - 6 * 1_800, 6 * 1_800));
}

#[test]
fn in_a_month_between_the_running_pass_uses_its_part_of_the_limit() {
    let plan = plan_of("2026-06");
    let mut person = staff(&plan);
    fixed(&plan, &mut person, "6か月定期", 66_000);
    fixed(&plan, &mut person, "通勤手当（車）", 5_000);
    person.commuting = route(Some(11_000), Some("6"), None);
    // The right to the pass alone is not paid in June, and says nothing of what was paid.
    assert_eq!(free(&plan, &person), (5_000, 0));
    person.running = vec![RunningPayment { item: index(&plan, "6か月定期"), amount: yen(66_000) }];
    assert_eq!(free(&plan, &person), (4_200, 800));
    let slip = pay(&plan, &person);
    assert_eq!(slip.bases.remuneration, yen(300_000 + 5_000 + 11_000));
    assert_eq!(slip.bases.labor_wage, yen(305_000));
}

#[test]
fn a_difference_of_an_earlier_month_has_that_months_limit() {
    let plan = plan_of("2026-05");
    let mut person = staff(&plan);
    person.commuting = route(None, Some("66.5"), None);
    let difference = |amount, of: &str, paid: Option<i64>| VariableAmount {
        item: index(&plan, "通勤差額"),
        amount: yen(amount),
        for_month: Some(month(of)),
        already_paid: paid.map(yen),
    };
    // March 2026: 38,700; April 2026: 45,700.
    person.variable = vec![difference(10_000, "2026-03", Some(35_000))];
    assert_eq!(free(&plan, &person), (3_700, 6_300));
    person.variable = vec![difference(10_000, "2026-04", Some(35_000))];
    assert_eq!(free(&plan, &person), (10_000, 0));
    // A refund gives back what was taxed first.
    person.variable = vec![difference(-10_000, "2026-03", Some(45_000))];
    assert_eq!(free(&plan, &person), (-3_700, -6_300));
    let slip = pay(&plan, &person);
    assert_eq!(slip.bases.retroactive_part, yen(-10_000));
    // A pass for six months, 6,000 more than was paid: measured by six limits of 11,000.
    let pass = VariableAmount { item: index(&plan, "6か月定期"), ..difference(6_000, "2026-04", Some(60_000)) };
    person.commuting = route(Some(11_000), None, None);
    person.variable = vec![pass];
    assert_eq!(free(&plan, &person), (6_000, 0));
    person.variable = vec![VariableAmount { already_paid: Some(yen(63_000)), ..pass }];
    assert_eq!(free(&plan, &person), (3_000, 3_000));
    person.commuting = route(None, Some("66.5"), None);
    person.variable = vec![difference(10_000, "2026-03", None)];
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "対象月に支払済みの通勤手当".to_owned() });
    // The month of the payment itself is no earlier month.
    person.variable = vec![difference(10_000, "2026-05", None)];
    assert_eq!(free(&plan, &person), (10_000, 0));
    assert_eq!(pay(&plan, &person).bases.retroactive_part, yen(0));
}

#[test]
fn a_refund_of_the_month_takes_back_what_was_free() {
    let plan = plan_of("2026-06");
    let mut person = staff(&plan);
    person.commuting = route(None, Some("12"), None);
    variable(&plan, &mut person, "通勤差額", -2_000);
    assert_eq!(free(&plan, &person), (-2_000, 0));
}

#[test]
fn night_duty_is_free_up_to_a_sum_a_time() {
    let per_time = law().figure("tax_rules", "nontaxable.night_duty.per_time", crate::law::day("2026-06-25"));
    let per_time = per_time.unwrap().integer().unwrap();
    let plan = plan_of("2026-06");
    let mut person = staff(&plan);
    variable(&plan, &mut person, "宿日直料", 4 * per_time + 4_000);
    let refused = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(refused, PayError::Unknown { what: "宿日直の回数".to_owned() });
    person.attendance.duty_count = Some(4);
    assert_eq!(free(&plan, &person), (4 * per_time, 0));
    person.attendance.duty_count = Some(6);
    assert_eq!(free(&plan, &person), (4 * per_time + 4_000, 0));
}

#[test]
fn money_for_a_meal_at_night_is_free_as_a_whole_or_not_at_all() {
    for (month, limit) in [("2026-03", 300), ("2026-04", 650)] {
        let plan = plan_of(month);
        let of = |amount, nights| {
            let mut person = staff(&plan);
            variable(&plan, &mut person, "夜食代", amount);
            person.attendance.night_shift_count = nights;
            plan.pay(&person, &mut ()).map(|slip| slip.tax_free.get())
        };
        assert_eq!(of(4 * limit, Some(4)), Ok(4 * limit));
        assert_eq!(of(4 * limit + 1, Some(4)), Ok(0));
        assert_eq!(of(4 * limit, None), Err(PayError::Unknown { what: "夜勤の回数".to_owned() }));
    }
}

#[test]
fn meals_in_kind_are_free_when_half_is_borne_and_the_rest_is_small() {
    for (month, limit) in [("2026-03", 3_500), ("2026-04", 7_500)] {
        let plan = plan_of(month);
        let of = |value, borne_by_employee| {
            let mut person = staff(&plan);
            variable(&plan, &mut person, "食事（現物）", value - borne_by_employee);
            person.meals = Some(Meals { value: yen(value), borne_by_employee: yen(borne_by_employee) });
            free(&plan, &person).0
        };
        assert_eq!(of(2 * limit, limit), limit);
        assert_eq!(of(2 * limit + 2, limit + 1), 0, "above the limit");
        assert_eq!(of(limit, limit / 2 - 1), 0, "less than half is borne");
        // 報酬 counts by the prices of the prefecture; tax by what the employer really bears.
        let mut person = staff(&plan);
        variable(&plan, &mut person, "食事（現物）", 4_000);
        person.meals = Some(Meals { value: yen(3 * limit), borne_by_employee: yen(limit) });
        assert_eq!(free(&plan, &person).0, 4_000 - 2 * limit);
        let mut person = staff(&plan);
        variable(&plan, &mut person, "食事（現物）", 1_000);
        let refused = plan.pay(&person, &mut ()).unwrap_err();
        assert_eq!(refused, PayError::Unknown { what: "食事の価額と本人の負担額".to_owned() });
    }
}

#[test]
fn what_is_given_in_kind_is_pay_but_no_money() {
    let plan = plan_of("2026-06");
    let mut person = staff(&plan);
    variable(&plan, &mut person, "社宅（現物）", 20_000);
    variable(&plan, &mut person, "出張日当", 3_000);
    let slip = pay(&plan, &person);
    assert_eq!(slip.gross, yen(323_000));
    assert_eq!((slip.bases.remuneration, slip.bases.remuneration_in_kind), (yen(300_000), yen(20_000)));
    assert_eq!(slip.tax_free, yen(3_000));
    let tax = crate::second::kou("2026-06-25", 320_000, 0);
    let lines: Vec<_> = slip.deductions.iter().map(|line| (name(&plan, line.kind), line.amount.get())).collect();
    assert_eq!(lines, [("所得税", tax), ("現物支給額", 20_000)]);
    assert_eq!(slip.net, yen(303_000 - tax));
}

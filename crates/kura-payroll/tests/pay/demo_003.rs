//! 003 株式会社ひなた介護サービス: paid on 2026-06-25. M has base and fixed pay of June and the attendance of May.

use kura_insurance::Business;
use kura_model::PayType;
use kura_payroll::pay::{FixedOvertime, PayPlan, PersonMonth, RunningPayment};
use kura_payroll::tax::CommutingRoute;

use crate::clients::{client_003_h, client_003_m, exact};
use crate::people::*;
use crate::second::{self, parts};

const MONTH: &str = "2026-06";
const PAID_ON: &str = "2026-06-25";
const PREMIUM: &str = "2026-05";

pub(crate) fn staff(plan: &PayPlan<'_>, base: i64) -> PersonMonth {
    let mut person = person(plan, PayType::Monthly, base);
    worked(&mut person, "20");
    person.employment_insurance = employed(plan, Business::General);
    person
}

/// The unit of an hour: the month's base over 160 hours, up to the yen.
pub(crate) fn unit(month: i64) -> i64 {
    parts(month, 160).up()
}

/// Unit x rate, exact, x minutes, up.
pub(crate) fn premium(unit: i64, percent: i64, minutes: i64) -> i64 {
    parts(unit * percent * minutes, 6_000).up()
}

pub(crate) fn union_dues(base: i64) -> i64 {
    base * 12 / 1_000 / 10 * 10
}

#[test]
fn three_clocks_differ_inside_one_client() {
    let (m, h) = (client_003_m(MONTH).clocks, client_003_h(MONTH).clocks);
    assert_eq!((m.payment_date, h.payment_date), (crate::law::day(PAID_ON), crate::law::day(PAID_ON)));
    assert_eq!((m.premium_month, h.premium_month), (month(PREMIUM), month(PREMIUM)));
    assert_eq!(m.attendance, period("2026-06-01", "2026-06-30"));
    assert_eq!(m.variable, period("2026-05-01", "2026-05-31"));
    assert_eq!(h.attendance, m.variable);
    assert_eq!((m.closing_date, h.closing_date), (crate::law::day("2026-06-30"), crate::law::day("2026-05-31")));
}

#[test]
fn t014_a_six_month_pass_counts_one_sixth_while_it_runs() {
    let plan = client_003_m(MONTH);
    let mut nurse = staff(&plan, 285_000);
    fact(&mut nurse, "保有資格", "看護師");
    nurse.attendance.overtime_minutes = 8 * 60 + 15;
    nurse.attendance.night_minutes = 28 * 60;
    fixed(&plan, &mut nurse, "組合員", 1);
    fixed(&plan, &mut nurse, "6か月定期", 66_000);
    nurse.commuting = Some(CommutingRoute { fare: Some(yen(11_000)), ..CommutingRoute::default() });
    nurse.running = vec![RunningPayment { item: index(&plan, "6か月定期"), amount: yen(66_000) }];
    // 40 on 2026-05-31: care from the premium of May on.
    nurse.premiums = vec![kyokai(PREMIUM, "東京都", true, 340_000, 340_000)];
    nurse.tax = kou(2);
    nurse.inhabitant_tax = inhabitant(&plan, second::inhabitant(215_300, true));
    let slip = pay(&plan, &nurse);

    let unit = unit(285_000 + 30_000);
    let (overtime, night) = (premium(unit, 125, 495), premium(unit, 25, 1_680));
    let gross = 285_000 + 30_000 + overtime + night;
    let (health, pension) = (second::health(PREMIUM, "東京都", true, 340_000), second::pension(PREMIUM, 340_000));
    let employment = second::employment("2026-06-30", "general", gross);
    let tax = second::kou(PAID_ON, gross - health - pension - employment, 2);
    assert_eq!(unit, 1_969);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 285_000), ("資格手当", 30_000), ("時間外手当", overtime), ("深夜手当", night)],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", second::inhabitant(215_300, true)),
            ("組合費", union_dues(285_000)),
        ],
    );
    assert_eq!(slip.bases.remuneration, yen(gross + 11_000));
    assert_eq!(slip.bases.fixed_part, yen(285_000 + 30_000 + 11_000));
    assert_eq!(slip.bases.labor_wage, yen(gross));
}

#[test]
fn t014_in_april_the_whole_pass_is_paid_tax_free_and_bears_employment_insurance() {
    let plan = client_003_m("2026-04");
    let mut nurse = staff(&plan, 285_000);
    fact(&mut nurse, "保有資格", "看護師");
    fixed(&plan, &mut nurse, "6か月定期", 66_000);
    nurse.commuting = Some(CommutingRoute { fare: Some(yen(11_000)), ..CommutingRoute::default() });
    let slip = pay(&plan, &nurse);

    let gross = 285_000 + 30_000 + 66_000;
    let employment = second::employment("2026-04-30", "general", gross);
    let tax = second::kou("2026-04-24", gross - 66_000 - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 285_000), ("資格手当", 30_000), ("6か月定期", 66_000)],
        &[("雇用保険料", employment), ("所得税", tax)],
    );
    assert_eq!((slip.tax_free, slip.bases.taxable_commuting), (yen(66_000), yen(0)));
    assert_eq!(slip.bases.remuneration, yen(315_000 + 11_000));
}

#[test]
fn t022_leave_at_birth_is_taken_from_the_pay_that_carries_its_month() {
    let plan = client_003_m(MONTH);
    let mut father = staff(&plan, 262_000);
    fixed(&plan, &mut father, "家賃", 62_000);
    fixed(&plan, &mut father, "組合員", 1);
    father.attendance.absent_days = Some(exact("10"));
    // 14 days inside May: exempt from the premiums of May.
    father.tax = kou(1);
    father.inhabitant_tax = inhabitant(&plan, second::inhabitant(145_900, true));
    let slip = pay(&plan, &father);

    let absence = parts(262_000 * 10, 20).down();
    let gross = 262_000 + 15_000 - absence;
    let employment = second::employment("2026-06-30", "general", gross);
    let tax = second::kou(PAID_ON, gross - employment, 1);
    assert_eq!(absence, 131_000);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 262_000), ("住宅手当", 15_000), ("欠勤控除", -absence)],
        &[("雇用保険料", employment), ("所得税", tax), ("住民税", 12_800), ("組合費", union_dues(262_000))],
    );
}

#[test]
fn t045_fixed_overtime_is_paid_and_what_exceeds_it_as_well() {
    let plan = client_003_m(MONTH);
    let mut manager = staff(&plan, 248_000);
    manager.variable_contract.fixed_overtime = Some(FixedOvertime { minutes: 1_800, amount: yen(62_900) });
    manager.contracts.0[0].1 = manager.variable_contract;
    fixed(&plan, &mut manager, "役職手当", 20_000);
    fixed(&plan, &mut manager, "固定残業代", 62_900);
    fixed(&plan, &mut manager, "組合員", 1);
    by_train(&plan, &mut manager, 14_300);
    manager.attendance.overtime_minutes = 38 * 60 + 20;
    manager.premiums = vec![kyokai(PREMIUM, "東京都", true, 360_000, 360_000)];
    manager.tax = kou(3);
    manager.inhabitant_tax = inhabitant(&plan, second::inhabitant(236_700, true));
    let slip = pay(&plan, &manager);

    let worth = premium(unit(248_000 + 20_000), 125, 2_300);
    let excess = worth - 62_900;
    assert_eq!((worth, excess), (80_261, 17_361));
    let gross = 248_000 + 20_000 + 62_900 + 14_300 + excess;
    let (health, pension) = (second::health(PREMIUM, "東京都", true, 360_000), second::pension(PREMIUM, 360_000));
    let employment = second::employment("2026-06-30", "general", gross);
    let tax = second::kou(PAID_ON, gross - 14_300 - health - pension - employment, 3);
    assert_slip(
        &plan,
        &slip,
        &[
            ("基本給", 248_000),
            ("役職手当", 20_000),
            ("固定残業代", 62_900),
            ("通勤手当", 14_300),
            ("固定残業超過額", excess),
        ],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", 20_000),
            ("組合費", union_dues(248_000)),
        ],
    );
}

#[test]
fn t060_and_t088_are_ordinary_months() {
    let plan = client_003_m(MONTH);
    let mut joiner = staff(&plan, 240_000);
    joiner.attendance.overtime_minutes = 380;
    joiner.premiums = vec![kyokai(PREMIUM, "東京都", false, 240_000, 240_000)];
    let slip = pay(&plan, &joiner);
    let overtime = premium(unit(240_000), 125, 380);
    let gross = 240_000 + overtime;
    let (health, pension) = (second::health(PREMIUM, "東京都", false, 240_000), second::pension(PREMIUM, 240_000));
    let employment = second::employment("2026-06-30", "general", gross);
    let tax = second::kou(PAID_ON, gross - health - pension - employment, 0);
    let deductions = [("健康保険料", health), ("厚生年金保険料", pension), ("雇用保険料", employment), ("所得税", tax)];
    assert_slip(&plan, &slip, &[("基本給", 240_000), ("時間外手当", overtime)], &deductions);
    assert_eq!(overtime, 11_875);

    let mut carer = staff(&plan, 234_000);
    carer.premiums = vec![kyokai(PREMIUM, "東京都", false, 240_000, 240_000)];
    let slip = pay(&plan, &carer);
    let employment = second::employment("2026-06-30", "general", 234_000);
    let tax = second::kou(PAID_ON, 234_000 - health - pension - employment, 0);
    let deductions = [("健康保険料", health), ("厚生年金保険料", pension), ("雇用保険料", employment), ("所得税", tax)];
    assert_slip(&plan, &slip, &[("基本給", 234_000)], &deductions);
}

#[test]
fn t120_short_time_with_leave_and_a_fare_by_the_day() {
    let plan = client_003_h(MONTH);
    let mut worker = person(&plan, PayType::Hourly, 1_260);
    worked(&mut worker, "17");
    fact(&mut worker, "通勤日額", "420");
    worker.commuting = Some(CommutingRoute { fare: Some(yen(150_000)), ..CommutingRoute::default() });
    worker.attendance.working_minutes = Some(102 * 60 + 45);
    worker.attendance.paid_leave_days = Some(exact("1"));
    worker.attendance.paid_leave_minutes_per_day = Some(360);
    worker.employment_insurance = employed(&plan, Business::General);
    worker.premiums = vec![kyokai(PREMIUM, "東京都", false, 134_000, 134_000)];
    worker.inhabitant_tax = inhabitant(&plan, second::inhabitant(31_000, true));
    let slip = pay(&plan, &worker);

    let base = parts(1_260 * (102 * 60 + 45), 60).up();
    let gross = base + 1_260 * 6 + 420 * 17;
    let (health, pension) = (second::health(PREMIUM, "東京都", false, 134_000), second::pension(PREMIUM, 134_000));
    // Closed on 05-31.
    let employment = second::employment("2026-05-31", "general", gross);
    let tax = second::kou(PAID_ON, gross - 420 * 17 - health - pension - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", base), ("通勤手当（日額）", 7_140), ("有給手当", 7_560)],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", 3_500),
        ],
    );
}

#[test]
fn f007_and_f019_at_65_and_70_by_the_month_of_the_premium() {
    let plan = client_003_m(MONTH);
    let mut carer = staff(&plan, 205_000);
    fixed(&plan, &mut carer, "処遇改善手当", 18_000);
    fixed(&plan, &mut carer, "通勤手当（車）", 4_200);
    drives(&mut carer, "6");
    // 65 on 2026-05-31: no care in the premium of May any more.
    carer.premiums = vec![kyokai(PREMIUM, "福岡県", false, 220_000, 220_000)];
    carer.inhabitant_tax = inhabitant(&plan, second::inhabitant(77_700, true));
    let slip = pay(&plan, &carer);
    let gross = 205_000 + 18_000 + 4_200;
    let (health, pension) = (second::health(PREMIUM, "福岡県", false, 220_000), second::pension(PREMIUM, 220_000));
    let employment = second::employment("2026-06-30", "general", gross);
    let tax = second::kou(PAID_ON, gross - 4_200 - health - pension - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 205_000), ("処遇改善手当", 18_000), ("通勤手当（車）", 4_200)],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", second::inhabitant(77_700, true)),
        ],
    );

    let mut driver = staff(&plan, 180_000);
    fixed(&plan, &mut driver, "通勤手当（車）", 2_000);
    drives(&mut driver, "3");
    // 70 on 2026-06-09: the pension premium of May is the last one, and stands in this pay.
    driver.premiums = vec![kyokai(PREMIUM, "福岡県", false, 180_000, 180_000)];
    driver.tax = kou(1);
    driver.inhabitant_tax = inhabitant(&plan, second::inhabitant(40_300, true));
    let slip = pay(&plan, &driver);
    let gross = 182_000;
    let (health, pension) = (second::health(PREMIUM, "福岡県", false, 180_000), second::pension(PREMIUM, 180_000));
    let employment = second::employment("2026-06-30", "general", gross);
    let tax = second::kou(PAID_ON, gross - 2_000 - health - pension - employment, 1);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 180_000), ("通勤手当（車）", 2_000)],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", second::inhabitant(40_300, true)),
        ],
    );
}

//! 002 株式会社泉州総合設備: the period 2026-09-21 to 10-20, paid on 2026-10-23.

use kura_insurance::Business;
use kura_model::PayType;
use kura_payroll::pay::{PayPlan, PersonMonth, Rule};

use crate::clients::{client_002, exact};
use crate::people::*;
use crate::second::{self, parts};

const MONTH: &str = "2026-10";
const PAID_ON: &str = "2026-10-23";
const CLOSES: &str = "2026-10-20";

/// Sundays, the national holidays and the 2nd and 4th Saturdays of the period.
const DAYS_OFF: [&str; 10] = [
    "2026-09-21",
    "2026-09-22",
    "2026-09-23",
    "2026-09-26",
    "2026-09-27",
    "2026-10-04",
    "2026-10-10",
    "2026-10-11",
    "2026-10-12",
    "2026-10-18",
];

fn staff(plan: &PayPlan<'_>, pay_type: PayType, base: i64) -> PersonMonth {
    let mut person = person(plan, pay_type, base);
    scheduled(plan, &mut person, &DAYS_OFF);
    worked(&mut person, "20");
    fixed(plan, &mut person, "対象", 1);
    person.employment_insurance = employed(plan, Business::Construction);
    person
}

/// 標準報酬 with care: what health and pension take in October.
fn social(standard: i64, care: bool) -> (i64, i64) {
    (second::health(MONTH, "大阪府", care, standard), second::pension(MONTH, standard))
}

#[test]
fn the_clocks_and_the_working_days_of_the_run() {
    let plan = client_002(MONTH);
    let clocks = plan.clocks;
    assert_eq!(clocks.payment_date, crate::law::day(PAID_ON));
    assert_eq!(clocks.premium_month, month(MONTH));
    assert_eq!(clocks.attendance, period("2026-09-21", "2026-10-20"));
    let person = staff(&plan, PayType::Monthly, 240_000);
    let days = person.attendance.scheduled_days.unwrap();
    assert_eq!(days.total(), 20);
    assert_eq!(days.within(period("2026-09-21", "2026-10-09")), 13);
    assert_eq!(days.within(period("2026-10-01", "2026-10-20")), 15);
}

#[test]
fn no_01_and_02_officers_pay_no_employment_insurance_and_no_dues() {
    let plan = client_002(MONTH);
    let mut chief = person(&plan, PayType::OfficerRemuneration, 1_250_000);
    worked(&mut chief, "20");
    chief.premiums = vec![kyokai(MONTH, "大阪府", true, 1_270_000, 650_000)];
    chief.tax = kou(1);
    chief.inhabitant_tax = inhabitant(&plan, second::inhabitant(1_380_000, false));
    let slip = pay(&plan, &chief);
    let (health, pension) = (second::health(MONTH, "大阪府", true, 1_270_000), second::pension(MONTH, 650_000));
    let tax = second::kou(PAID_ON, 1_250_000 - health - pension, 1);
    assert_slip(
        &plan,
        &slip,
        &[("役員報酬", 1_250_000)],
        &[("健康保険料", health), ("厚生年金保険料", pension), ("所得税", tax), ("住民税", 115_000)],
    );

    let mut officer = person(&plan, PayType::OfficerRemuneration, 380_000);
    worked(&mut officer, "20");
    officer.premiums = vec![kyokai(MONTH, "大阪府", true, 380_000, 380_000)];
    let slip = pay(&plan, &officer);
    let (health, pension) = social(380_000, true);
    let tax = second::kou(PAID_ON, 380_000 - health - pension, 0);
    assert_slip(
        &plan,
        &slip,
        &[("役員報酬", 380_000)],
        &[("健康保険料", health), ("厚生年金保険料", pension), ("所得税", tax)],
    );
}

#[test]
fn no_07_a_site_worker_over_sixty_hours_on_a_holiday_and_at_night() {
    let plan = client_002(MONTH);
    let mut worker = staff(&plan, PayType::Daily, 15_500);
    worked(&mut worker, "21");
    worker.attendance.statutory_holiday_days = Some(exact("1"));
    worker.attendance.statutory_holiday_minutes = 480;
    worker.attendance.overtime_minutes = 66 * 60 + 20;
    worker.attendance.night_minutes = 360;
    fixed(&plan, &mut worker, "職長手当", 12_050);
    fixed(&plan, &mut worker, "日額", 800);
    fact(&mut worker, "保有資格", "2級管工事");
    drives(&mut worker, "32");
    worker.premiums = vec![kyokai(MONTH, "大阪府", true, 410_000, 410_000)];
    worker.tax = kou(3);
    worker.inhabitant_tax = inhabitant(&plan, second::inhabitant(291_900, false));
    let slip = pay(&plan, &worker);

    // (15,500 + 800) / 7.75 h + (12,050 + 5,000) / 170.5 h, rounded once: in 1/1,321,375 of a yen.
    let unit = parts((15_500 + 800) * 100 * 1_705 + (12_050 + 5_000) * 10 * 775, 775 * 1_705).half_up();
    assert_eq!(unit, 2_203);
    let price = |percent: i64| parts(unit * percent, 100).half_up();
    let car = 32 * 2 * 21 * 15;
    let pay_lines = [
        ("基本給", 15_500 * 20),
        ("職長手当", 12_050),
        ("資格手当", 5_000),
        ("現場手当", 800 * 21),
        ("通勤手当（車）", car),
        ("時間外手当", price(125) * 60),
        ("時間外手当（60時間超）", price(150) * 6),
        ("法定休日手当", price(135) * 8),
        ("深夜手当", price(25) * 6),
    ];
    assert_eq!(price(125) * 60, 165_240);
    let gross: i64 = pay_lines.iter().map(|(_, amount)| amount).sum();
    let (health, pension) = social(410_000, true);
    let employment = second::employment(CLOSES, "construction", gross);
    let free = car.min(second::car_limit(PAID_ON, 32));
    assert_eq!(car - free, 460);
    let tax = second::kou(PAID_ON, gross - free - health - pension - employment, 3);
    assert_slip(
        &plan,
        &slip,
        &pay_lines,
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", 24_300),
            ("親睦会費", 1_500),
        ],
    );
    assert_eq!(slip.bases.taxable_commuting, yen(460));
}

#[test]
fn no_07_needs_the_hours_of_the_holiday_he_worked() {
    let plan = client_002(MONTH);
    let mut worker = staff(&plan, PayType::Daily, 15_500);
    worker.attendance.statutory_holiday_days = Some(exact("1"));
    let refused = plan.pay(&worker, &mut ()).unwrap_err();
    assert_eq!(refused.to_string(), "「法定休日労働」が空欄のため計算できません。");
}

#[test]
fn no_12_leaves_inside_the_period_with_all_that_is_left_of_inhabitant_tax() {
    let plan = client_002(MONTH);
    let mut leaver = staff(&plan, PayType::Monthly, 251_330);
    worked(&mut leaver, "13");
    fixed(&plan, &mut leaver, "職務手当", 12_300);
    by_train(&plan, &mut leaver, 12_480);
    paid_only(&mut leaver, period("2026-09-21", "2026-10-09"));
    // Lost on 10-10: no premium of October. 一括徴収 of October to May.
    let rest = 8 * second::inhabitant(132_400, false);
    leaver.inhabitant_tax = inhabitant(&plan, rest);
    let slip = pay(&plan, &leaver);

    let of_20 = |amount: i64| parts(amount * 13, 20).up();
    let (base, allowance, train) = (of_20(251_330), of_20(12_300), of_20(12_480));
    let gross = base + allowance + train;
    let employment = second::employment(CLOSES, "construction", gross);
    let tax = second::kou(PAID_ON, gross - train - employment, 0);
    assert_eq!((base, rest), (163_365, 88_000));
    assert_slip(
        &plan,
        &slip,
        &[("基本給", base), ("職務手当", allowance), ("通勤手当", train)],
        &[("雇用保険料", employment), ("所得税", tax), ("住民税", rest), ("親睦会費", 1_000)],
    );
    assert!(slip.bases.partial_month);
    assert_eq!(slip.pay[0].rule, Rule::Prorated);
}

#[test]
fn no_15_joins_inside_the_period() {
    let plan = client_002(MONTH);
    let mut joiner = staff(&plan, PayType::Monthly, 280_000);
    worked(&mut joiner, "15");
    fact(&mut joiner, "保有資格", "1級管工事");
    joiner.attendance.overtime_minutes = 5 * 60 + 40;
    drives(&mut joiner, "8");
    paid_only(&mut joiner, period("2026-10-01", "2026-10-20"));
    joiner.premiums = vec![kyokai(MONTH, "大阪府", false, 300_000, 300_000)];
    let slip = pay(&plan, &joiner);

    let unit = parts((280_000 + 10_000) * 10, 1_705).half_up();
    let overtime = parts(unit * 125, 100).half_up() * 6;
    let base = parts(280_000 * 15, 20).up();
    let car = 8 * 2 * 15 * 15;
    let gross = base + 10_000 + car + overtime;
    let (health, pension) = social(300_000, false);
    let employment = second::employment(CLOSES, "construction", gross);
    let tax = second::kou(PAID_ON, gross - car - health - pension - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", base), ("資格手当", 10_000), ("通勤手当（車）", car), ("時間外手当", overtime)],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("親睦会費", 1_000),
        ],
    );
}

#[test]
fn no_21_is_absent_for_a_day() {
    let plan = client_002(MONTH);
    let mut contract = staff(&plan, PayType::Monthly, 240_000);
    worked(&mut contract, "19");
    contract.attendance.absent_days = Some(exact("1"));
    contract.attendance.overtime_minutes = 190;
    by_train(&plan, &mut contract, 9_800);
    contract.premiums = vec![kyokai(MONTH, "大阪府", false, 240_000, 240_000)];
    contract.tax = kou(1);
    contract.inhabitant_tax = inhabitant(&plan, second::inhabitant(84_100, false));
    let slip = pay(&plan, &contract);

    // 3:10 is 3 hours of the month's total.
    let overtime = parts(parts(240_000 * 10, 1_705).half_up() * 125, 100).half_up() * 3;
    let absence = parts(240_000, 22).down();
    let gross = 240_000 + 9_800 + overtime - absence;
    let (health, pension) = social(240_000, false);
    let employment = second::employment(CLOSES, "construction", gross);
    let tax = second::kou(PAID_ON, gross - 9_800 - health - pension - employment, 1);
    assert_eq!(absence, 10_909);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 240_000), ("通勤手当", 9_800), ("時間外手当", overtime), ("欠勤控除", -absence)],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", 7_000),
            ("親睦会費", 1_000),
        ],
    );
}

#[test]
fn no_28_on_unpaid_sick_leave_has_a_net_below_zero() {
    let plan = client_002(MONTH);
    let mut sick = staff(&plan, PayType::Monthly, 320_000);
    worked(&mut sick, "0");
    // The sheet counts the leave as days not worked; the base line is 0 and is not cut again.
    sick.attendance.absent_days = Some(exact("20"));
    sick.premiums = vec![kyokai(MONTH, "大阪府", true, 320_000, 320_000)];
    sick.tax = kou(2);
    sick.inhabitant_tax = inhabitant(&plan, second::inhabitant(174_800, false));
    unpaid(&mut sick);
    let slip = pay(&plan, &sick);

    let (health, pension) = social(320_000, true);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 0)],
        &[("健康保険料", health), ("厚生年金保険料", pension), ("雇用保険料", 0), ("所得税", 0), ("住民税", 14_500)],
    );
    assert_eq!(slip.pay[0].rule, Rule::WholePeriodLeave);
    assert_eq!(slip.shortfall(), yen(health + pension + 14_500));
    assert_eq!(slip.paid_out(), yen(0));
}

#[test]
fn no_33_after_a_raise_and_in_the_period_of_the_raise() {
    let plan = client_002(MONTH);
    let mut manager = staff(&plan, PayType::Monthly, 340_000);
    manager.attendance.overtime_minutes = 180;
    manager.premiums = vec![kyokai(MONTH, "大阪府", false, 300_000, 300_000)];
    let slip = pay(&plan, &manager);
    let overtime = parts(parts(340_000 * 10, 1_705).half_up() * 125, 100).half_up() * 3;
    let gross = 340_000 + overtime;
    let (health, pension) = social(300_000, false);
    let employment = second::employment(CLOSES, "construction", gross);
    let tax = second::kou(PAID_ON, gross - health - pension - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 340_000), ("時間外手当", overtime)],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("親睦会費", 1_500),
        ],
    );

    // 06-21 to 07-20 has 24 working days, 12 of them before 07-06: the history says 320,000.
    let plan = client_002("2026-07");
    let mut raised = person(&plan, PayType::Monthly, 340_000);
    let days_off = [
        "2026-06-21",
        "2026-06-27",
        "2026-06-28",
        "2026-07-05",
        "2026-07-11",
        "2026-07-12",
        "2026-07-19",
        "2026-07-20",
    ];
    scheduled(&plan, &mut raised, &days_off);
    worked(&mut raised, "22");
    let before = contract(PayType::Monthly, 300_000);
    raised.contracts.0 = vec![
        (period("2026-06-21", "2026-07-05"), before),
        (period("2026-07-06", "2026-07-20"), raised.variable_contract),
    ];
    let days = raised.attendance.scheduled_days.unwrap();
    let (first, second) =
        (days.within(period("2026-06-21", "2026-07-05")), days.within(period("2026-07-06", "2026-07-20")));
    let slip = pay(&plan, &raised);
    assert_eq!(slip.pay[0].amount.get(), parts(300_000 * first + 340_000 * second, first + second).up());
    assert!(slip.bases.partial_month);
}

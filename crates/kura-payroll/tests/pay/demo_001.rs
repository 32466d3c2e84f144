//! 001 株式会社越路みそ醸造: paid on 2026-07-10 for the work of June.

use kura_insurance::{Business, HealthRounding, RoundingAgreement};
use kura_model::PayType;
use kura_payroll::pay::{NotifiedPremium, PremiumDue, TaxFacts};
use kura_payroll::tax::TaxColumn;

use crate::clients::{client_001, exact};
use crate::people::*;
use crate::second::{self, parts};

const MONTH: &str = "2026-07";
const PAID_ON: &str = "2026-07-10";

#[test]
fn the_clocks_of_the_run() {
    let clocks = client_001(MONTH).clocks;
    assert_eq!(clocks.payment_date, crate::law::day(PAID_ON));
    assert_eq!(clocks.premium_month, month("2026-06"));
    assert_eq!(clocks.closing_date, crate::law::day("2026-06-30"));
    assert_eq!(clocks.attendance, period("2026-06-01", "2026-06-30"));
    assert_eq!(clocks.variable, clocks.attendance);
}

#[test]
fn no_1_an_officer_over_70_has_no_pension_and_no_care() {
    let plan = client_001(MONTH);
    let mut officer = person(&plan, PayType::OfficerRemuneration, 400_000);
    officer.premiums = vec![kyokai("2026-06", "新潟県", false, 410_000, 0)];
    officer.tax = kou(1);
    officer.inhabitant_tax = inhabitant(&plan, 15_200);
    let slip = pay(&plan, &officer);

    let health = second::health("2026-06", "新潟県", false, 410_000);
    let tax = second::kou(PAID_ON, 400_000 - health, 1);
    assert_eq!(second::inhabitant(182_500, false), 15_200);
    assert_slip(&plan, &slip, &[("役員報酬", 400_000)], &[("健康保険料", health), ("所得税", tax), ("住民税", 15_200)]);
    assert_eq!(slip.bases.labor_wage, yen(0));
    assert_eq!(slip.bases.remuneration, yen(400_000));
}

#[test]
fn no_2_the_notified_premiums_of_two_establishments_are_halved_and_rounded() {
    let plan = client_001(MONTH);
    let mut officer = person(&plan, PayType::OfficerRemuneration, 300_000);
    officer.premiums = vec![PremiumDue {
        month: month("2026-06"),
        health: None,
        pension: None,
        rounding: HealthRounding::CombinedOnce,
        agreement: RoundingAgreement::FiftySen,
        notified: Some(NotifiedPremium {
            health: Some(exact("32765.2")),
            pension: Some(exact("44606.25")),
            employee_share: exact("0.5"),
        }),
    }];
    officer.tax = TaxFacts::Resident(TaxColumn::Otsu { secondary_dependents: 0 });
    let slip = pay(&plan, &officer);

    // 32,765.2 / 2 = 16,382.6 and 44,606.25 / 2 = 22,303.125
    let (health, pension) = (parts(327_652, 20).fifty_sen(), parts(4_460_625, 200).fifty_sen());
    assert_eq!((health, pension), (16_383, 22_303));
    let tax = second::otsu(PAID_ON, 300_000 - health - pension);
    assert_slip(
        &plan,
        &slip,
        &[("役員報酬", 300_000)],
        &[("健康保険料", health), ("厚生年金保険料", pension), ("所得税", tax)],
    );
    let reason = reason(&plan, &officer, "健康保険料");
    assert_eq!(input(&reason, "通知された全額"), "32765.2");
    assert_eq!(reason.citations.len(), 1, "the half is a figure of law");
}

#[test]
fn no_3_overtime_lateness_family_allowance_and_a_taxed_part_of_commuting() {
    let plan = client_001(MONTH);
    let mut staff = person(&plan, PayType::Monthly, 228_000);
    worked(&mut staff, "22");
    staff.attendance.overtime_minutes = 750;
    staff.attendance.late_and_early_minutes = 40;
    fact(&mut staff, "遅刻回数", "1");
    fact(&mut staff, "家族手当対象の子", "1");
    fixed(&plan, &mut staff, "皆勤手当の対象", 1);
    fixed(&plan, &mut staff, "通勤手当（車）", 15_000);
    drives(&mut staff, "18");
    variable(&plan, &mut staff, "購買代", 1_240);
    staff.premiums = vec![kyokai("2026-06", "新潟県", false, 260_000, 260_000)];
    staff.employment_insurance = employed(&plan, Business::General);
    staff.tax = kou(1);
    staff.inhabitant_tax = inhabitant(&plan, second::inhabitant(100_000, false));
    let slip = pay(&plan, &staff);

    // 228,000 / 168 an hour, exact; x 1.25 x 12.5 h, up. 皆勤手当 is 0: late once.
    let overtime = parts(228_000 * 125 * 750, 168 * 100 * 60).up();
    let late = parts(228_000 * 40, 168 * 60).down();
    let gross = 228_000 + 5_000 + 15_000 + overtime - late;
    let health = second::health("2026-06", "新潟県", false, 260_000);
    let pension = second::pension("2026-06", 260_000);
    let employment = second::employment("2026-06-30", "general", gross);
    let above = 15_000 - second::car_limit(PAID_ON, 18);
    assert_eq!(above, 1_500);
    let taxable = gross - (15_000 - above) - health - pension - employment;
    assert_slip(
        &plan,
        &slip,
        &[
            ("基本給", 228_000),
            ("家族手当", 5_000),
            ("通勤手当（車）", 15_000),
            ("時間外手当", overtime),
            ("遅早控除", -late),
        ],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", second::kou(PAID_ON, taxable, 1)),
            ("住民税", second::inhabitant(100_000, false)),
            ("購買代", 1_240),
        ],
    );
    assert_eq!(slip.taxable, yen(taxable));
    assert_eq!(slip.tax_free, yen(13_500));
    assert_eq!(slip.bases.taxable_commuting, yen(1_500));
    assert_eq!(slip.bases.labor_wage, yen(gross));
    assert_eq!(slip.bases.fixed_part, yen(228_000 + 5_000 + 15_000 - late));
}

#[test]
fn no_3_on_time_has_the_allowance_for_attendance_in_pay_and_in_the_unit() {
    let plan = client_001(MONTH);
    let mut staff = person(&plan, PayType::Monthly, 228_000);
    staff.attendance.overtime_minutes = 750;
    fixed(&plan, &mut staff, "皆勤手当の対象", 1);
    let slip = pay(&plan, &staff);
    let overtime = parts((228_000 + 8_000) * 125 * 750, 168 * 100 * 60).up();
    let tax = second::kou(PAID_ON, 228_000 + 8_000 + overtime, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 228_000), ("皆勤手当", 8_000), ("時間外手当", overtime)],
        &[("所得税", tax)],
    );
}

#[test]
fn no_4_paid_by_the_hour_with_a_day_of_leave_and_overtime_within_the_law() {
    let plan = client_001(MONTH);
    let mut staff = person(&plan, PayType::Hourly, 1_150);
    worked(&mut staff, "20");
    staff.attendance.working_minutes = Some(6_000);
    staff.attendance.paid_leave_days = Some(exact("1"));
    staff.attendance.paid_leave_minutes_per_day = Some(300);
    staff.attendance.within_statutory_minutes = 120;
    by_train(&plan, &mut staff, 6_000);
    staff.employment_insurance = employed(&plan, Business::General);
    let slip = pay(&plan, &staff);

    let gross = 1_150 * 100 + 6_000 + 1_150 * 5 + 1_150 * 2;
    let employment = second::employment("2026-06-30", "general", gross);
    let tax = second::kou(PAID_ON, gross - 6_000 - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 115_000), ("通勤手当", 6_000), ("有給手当", 5_750), ("法定内残業手当", 2_300)],
        &[("雇用保険料", employment), ("所得税", tax)],
    );
}

#[test]
fn no_5_a_student_with_night_work_and_a_bicycle_too_near_to_be_tax_free() {
    let plan = client_001(MONTH);
    let mut student = person(&plan, PayType::Hourly, 1_100);
    worked(&mut student, "8");
    student.attendance.working_minutes = Some(48 * 60);
    student.attendance.night_minutes = 240;
    fixed(&plan, &mut student, "通勤手当（車）", 2_000);
    drives(&mut student, "1.5");
    let slip = pay(&plan, &student);

    let night = parts(1_100 * 25 * 4, 100).up();
    let gross = 1_100 * 48 + 2_000 + night;
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 52_800), ("通勤手当（車）", 2_000), ("深夜手当", night)],
        &[("所得税", second::kou(PAID_ON, gross, 0))],
    );
    assert_eq!(slip.bases.taxable_commuting, yen(2_000));
    assert_eq!(slip.tax_free, yen(0));
}

//! 004 架空ソフト開発株式会社: a health insurance society, paid on 2026-06-25.

use kura_insurance::{Business, HealthRates, PartRate};
use kura_model::PayType;
use kura_payroll::pay::PremiumDue;

use crate::clients::{client_004, exact};
use crate::people::*;
use crate::second::{self, parts};

const MONTH: &str = "2026-06";
const PAID_ON: &str = "2026-06-25";
const PREMIUM: &str = "2026-05";

/// 健康 9.20 / 4.20, 介護 1.80 / 0.90, 支援金 0.23 / 0.115 per cent.
fn society(care: bool, standard: i64) -> PremiumDue {
    let part = |full: &str, own: &str| PartRate::of_insurer(exact(full), exact(own));
    let care = if care { part("0.018", "0.009") } else { PartRate::NONE };
    let rates = HealthRates { health: part("0.092", "0.042"), care, support_levy: part("0.0023", "0.00115") };
    PremiumDue { health: Some((rates, yen(standard))), ..kyokai(PREMIUM, "神奈川県", false, standard, standard) }
}

/// 4.20 (+ 0.90) + 0.115 per cent of the standard, 50銭以下切捨.
fn own_health(care: bool, standard: i64) -> i64 {
    parts(standard * (4_200 + if care { 900 } else { 0 } + 115), 100_000).fifty_sen()
}

#[test]
fn no_1_the_own_share_is_never_half_by_assumption() {
    let plan = client_004(MONTH);
    let mut officer = person(&plan, PayType::OfficerRemuneration, 600_000);
    officer.premiums = vec![society(true, 590_000)];
    officer.tax = kou(1);
    officer.inhabitant_tax = inhabitant(&plan, second::inhabitant(420_000, true));
    let slip = pay(&plan, &officer);
    let (health, pension) = (own_health(true, 590_000), second::pension(PREMIUM, 590_000));
    // 590,000 x 5.215 % = 30,768.5: half a yen is dropped.
    assert_eq!(health, 30_768);
    let tax = second::kou(PAID_ON, 600_000 - health - pension, 1);
    assert_slip(
        &plan,
        &slip,
        &[("役員報酬", 600_000)],
        &[("健康保険料", health), ("厚生年金保険料", pension), ("所得税", tax), ("住民税", 35_000)],
    );
    let split = slip.deductions[0].split.unwrap();
    assert_eq!(split.into_iter().sum::<kura_yen::Yen>(), yen(health));
}

#[test]
fn no_2_and_3_developers() {
    let plan = client_004(MONTH);
    let mut senior = person(&plan, PayType::Monthly, 380_000);
    by_train(&plan, &mut senior, 18_200);
    senior.attendance.overtime_minutes = 600;
    senior.premiums = vec![society(true, 410_000)];
    senior.employment_insurance = employed(&plan, Business::General);
    senior.inhabitant_tax = inhabitant(&plan, second::inhabitant(240_000, true));
    let slip = pay(&plan, &senior);
    // 380,000 / 160 = 2,375 exactly; x 1.25 x 10 h = 29,687.5, up.
    let overtime = parts(380_000 * 125 * 10, 160 * 100).up();
    assert_eq!(overtime, 29_688);
    let gross = 380_000 + 18_200 + overtime;
    let (health, pension) = (own_health(true, 410_000), second::pension(PREMIUM, 410_000));
    let employment = second::employment("2026-06-30", "general", gross);
    let tax = second::kou(PAID_ON, gross - 18_200 - health - pension - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 380_000), ("通勤手当", 18_200), ("時間外手当", overtime)],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", 20_000),
        ],
    );

    let mut junior = person(&plan, PayType::Monthly, 270_000);
    by_train(&plan, &mut junior, 9_600);
    junior.premiums = vec![society(false, 280_000)];
    junior.employment_insurance = employed(&plan, Business::General);
    junior.inhabitant_tax = inhabitant(&plan, second::inhabitant(138_000, true));
    let slip = pay(&plan, &junior);
    let gross = 270_000 + 9_600;
    let (health, pension) = (own_health(false, 280_000), second::pension(PREMIUM, 280_000));
    let employment = second::employment("2026-06-30", "general", gross);
    let tax = second::kou(PAID_ON, gross - 9_600 - health - pension - employment, 0);
    assert_slip(
        &plan,
        &slip,
        &[("基本給", 270_000), ("通勤手当", 9_600)],
        &[
            ("健康保険料", health),
            ("厚生年金保険料", pension),
            ("雇用保険料", employment),
            ("所得税", tax),
            ("住民税", 11_500),
        ],
    );
}

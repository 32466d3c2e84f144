//! 標準報酬 are the grades of the pay.

use kura_insurance::{Scheme, standard_remuneration};
use kura_yen::Yen;

use super::{books, law, month, standard_of};

fn grade(scheme: Scheme, pay: i64) -> Yen {
    standard_remuneration(law(), scheme, month("2026-06"), Yen::new(pay)).unwrap().standard_monthly
}

#[test]
fn typed_standards_are_the_grades_of_the_typed_pay() {
    for (client, code, pay) in [
        ("001", "1", 400_000),
        ("001", "3", 228_000 + 5_000 + 8_000 + 15_000),
        ("002", "01", 1_250_000),
        ("002", "02", 380_000),
        ("002", "15", 306_800),
        ("002", "21", 240_000 + 9_800),
        ("002", "28", 320_000),
        ("002", "33", 300_000),
        ("002", "12", 240_000 + 12_480),
        ("003", "T001", 900_000),
        ("003", "T002", 450_000),
        ("003", "T022", 262_000 + 15_000),
        ("003", "T031", 254_000),
        ("003", "T052", 231_000 + 8_700),
        ("003", "T060", 240_000),
        ("003", "T088", 234_000),
        ("003", "F007", 205_000 + 18_000 + 4_200),
        ("003", "F019", 180_000 + 2_000),
        ("004", "1", 600_000),
        ("004", "2", 380_000 + 18_200),
        ("004", "3", 270_000 + 9_600),
    ] {
        let standard = standard_of(client, code);
        assert_eq!(standard.health_standard, Some(grade(Scheme::Health, pay)), "{client}-{code}");
        let pension = standard.pension_standard.or(standard.pension_equivalent);
        assert_eq!(pension, Some(grade(Scheme::Pension, pay)), "{client}-{code}");
    }
}

/// Pay computed by hand from the formulas, and the grade looked up in the printed table.
#[test]
fn generated_standards_computed_by_hand() {
    for (client, code, pay, standard) in [
        // 215,000 + 18,000
        ("002", "03", 233_000, 240_000),
        // 310,000 + 30,000
        ("002", "35", 340_000, 340_000),
        // 22 x 14,500 + 22 x 800 + 22 x 2 x 19 x 15 (12,540), neither 職長 nor 資格
        ("002", "08", 319_000 + 17_600 + 12_540, 340_000),
        // 22 x 12,750 + 12,050 + 10,000 + 22 x 800 + 22 x 2 x 32 x 15
        ("002", "27", 280_500 + 12_050 + 10_000 + 17_600 + 21_120, 340_000),
        // 198,000 + 13,500, 看護師, 18,000, 6,600
        ("003", "T003", 211_500 + 30_000 + 18_000 + 6_600, 260_000),
        // 198,000 + 45,000, 看護師, 18,000, car 42 km 25,200
        ("003", "T030", 243_000 + 30_000 + 18_000 + 25_200, 320_000),
        // 234,000, 初任者, 18,000, 7,600
        ("003", "F068", 234_000 + 3_000 + 18_000 + 7_600, 260_000),
        // 1,245 x 20 h x 52 / 12 = 107,900, + 5,100
        ("003", "T101", 107_900 + 5_100, 110_000),
        // 1,110 x 30 h x 52 / 12 = 144,300, + 6,000
        ("003", "F074", 144_300 + 6_000, 150_000),
    ] {
        let row = standard_of(client, code);
        assert_eq!(row.remuneration, Some(Yen::new(pay)), "{client}-{code}");
        assert_eq!(row.health_standard, Some(Yen::new(standard)), "{client}-{code}");
        assert_eq!(row.pension_standard.or(row.pension_equivalent), Some(Yen::new(standard)), "{client}-{code}");
    }
}

#[test]
fn every_standard_with_a_pay_is_its_grade() {
    let mut checked = 0;
    for row in books().iter().flat_map(|demo| &demo.book.standard_remunerations) {
        let Some(pay) = row.remuneration else { continue };
        assert_eq!(row.health_standard, Some(grade(Scheme::Health, pay.get())), "{}", row.employee_code);
        checked += 1;
    }
    assert!(checked > 400, "{checked}");
}

#[test]
fn over_seventy_there_is_an_equivalent_in_place_of_a_pension_standard() {
    for (client, code) in [("001", "1"), ("003", "F068")] {
        let row = standard_of(client, code);
        assert!(row.pension_standard.is_none() && row.pension_equivalent.is_some());
    }
    let director = standard_of("001", "2");
    assert_eq!(director.notified_health.unwrap().to_string(), "32765.2");
    assert_eq!(director.notified_pension.unwrap().to_string(), "44606.25");
}

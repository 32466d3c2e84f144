//! Every rate of the official leaflets on both sides of the day it changes.

use kura_insurance::*;
use kura_yen::{Exact, Yen};

use crate::rows::{date, law, month};

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn per_mille(text: &str) -> Exact {
    exact(text).divided_by_integer(1_000).unwrap()
}

fn per_cent(text: &str) -> Exact {
    exact(text).divided_by_integer(100).unwrap()
}

#[test]
fn employment_insurance_rates_by_closing_date() {
    use Business::{AgricultureForestryFisherySake, Construction, General};
    // 厚生労働省「雇用保険料率のご案内」 令和4年度 (前半, 後半) to 令和8年度: worker and employer, per mille.
    let years = [
        ("2022-04-01", "2022-09-30", [("3", "6.5"), ("4", "7.5"), ("4", "8.5")]),
        ("2022-10-01", "2023-03-31", [("5", "8.5"), ("6", "9.5"), ("6", "10.5")]),
        ("2023-04-01", "2024-03-31", [("6", "9.5"), ("7", "10.5"), ("7", "11.5")]),
        ("2024-04-01", "2025-03-31", [("6", "9.5"), ("7", "10.5"), ("7", "11.5")]),
        ("2025-04-01", "2026-03-31", [("5.5", "9"), ("6.5", "10"), ("6.5", "11")]),
        ("2026-04-01", "2027-03-31", [("5", "8.5"), ("6", "9.5"), ("6", "10.5")]),
    ];
    for (first_day, last_day, rates) in years {
        for (business, (employee, employer)) in
            [General, AgricultureForestryFisherySake, Construction].into_iter().zip(rates)
        {
            for closing_date in [first_day, last_day] {
                let found = EmploymentInsuranceRates::on(law(), date(closing_date), business).unwrap();
                assert_eq!(
                    (found.employee, found.employer),
                    (per_mille(employee), per_mille(employer)),
                    "{closing_date}"
                );
            }
        }
    }
}

#[test]
fn national_rates_by_premium_month() {
    let care = [
        ("2023-03", "1.82"),
        ("2024-02", "1.82"),
        ("2024-03", "1.60"),
        ("2025-02", "1.60"),
        ("2025-03", "1.59"),
        ("2026-02", "1.59"),
        ("2026-03", "1.62"),
    ];
    for (premium_month, rate) in care {
        assert_eq!(care_rate(law(), month(premium_month)).unwrap().full(), per_cent(rate), "{premium_month}");
    }
    assert!(care_rate(law(), month("2023-02")).is_err());
    let levy = |premium_month| support_levy_rate(law(), month(premium_month)).unwrap();
    assert_eq!((levy("2026-03").full(), levy("2026-04").full()), (Exact::ZERO, per_cent("0.23")));
    assert_eq!(levy("2026-04").employee(), per_cent("0.115"));
    for premium_month in ["2020-04", "2026-04"] {
        let rates = PensionRates::national(law(), month(premium_month)).unwrap();
        let found = (rates.pension.full(), rates.pension.employee(), rates.child_contribution.value);
        assert_eq!(found, (per_cent("18.30"), per_cent("9.15"), per_cent("0.36")), "{premium_month}");
    }
}

#[test]
fn health_rates_by_prefecture_and_premium_month() {
    // 協会けんぽ: the highest and the lowest of each year, and 東京.
    let years = [
        ("2023-03", "2024-02", [("佐賀県", "10.51"), ("新潟県", "9.33"), ("東京都", "10.00")]),
        ("2024-03", "2025-02", [("佐賀県", "10.42"), ("新潟県", "9.35"), ("東京都", "9.98")]),
        ("2025-03", "2026-02", [("佐賀県", "10.78"), ("沖縄県", "9.44"), ("東京都", "9.91")]),
        ("2026-03", "2026-12", [("佐賀県", "10.55"), ("新潟県", "9.21"), ("東京都", "9.85")]),
    ];
    for (first, last, rates) in years {
        for (prefecture, rate) in rates {
            for premium_month in [first, last] {
                let found = health_rate(law(), month(premium_month), prefecture).unwrap();
                assert_eq!(found.full(), per_cent(rate), "{prefecture} {premium_month}");
            }
        }
    }
}

#[test]
fn every_band_of_the_premium_adjustment() {
    // 保険料調整制度: the employee's per cent of the whole premium in the first two years and in the third.
    let bands = [
        (0, 88_000, "25", "37.5"),
        (88_001, 98_000, "30", "40"),
        (98_001, 104_000, "36", "43"),
        (104_001, 110_000, "41", "45.5"),
        (110_001, 118_000, "45", "47.5"),
        (118_001, 126_000, "48", "49"),
    ];
    let rate = |standard: i64, year| {
        let share = adjusted_share(law(), month("2026-10"), Yen::new(standard), year).unwrap();
        PartRate::shared(Exact::whole(1), None, share).unwrap().employee()
    };
    for (from, to, first_years, third_year) in bands {
        for standard in [from, to] {
            let found = [1, 2, 3].map(|year| rate(standard, year));
            assert_eq!(found, [first_years, first_years, third_year].map(per_cent), "{standard}");
        }
    }
}

//! Properties of premiums: lines sum to totals, shares sum to the full amount, more pay is never a smaller premium.

use kura_insurance::*;
use kura_yen::{Exact, Yen};
use proptest::prelude::*;

use crate::rows::{law, month};

const AGREEMENTS: [RoundingAgreement; 3] =
    [RoundingAgreement::FiftySen, RoundingAgreement::Down, RoundingAgreement::HalfUp];
const MODES: [HealthRounding; 2] = [HealthRounding::CombinedOnce, HealthRounding::SupportLevySeparate];

fn agreements() -> impl Strategy<Value = RoundingAgreement> {
    prop::sample::select(AGREEMENTS.to_vec())
}

fn modes() -> impl Strategy<Value = HealthRounding> {
    prop::sample::select(MODES.to_vec())
}

fn health(premium_month: &str, prefecture: &str, care: bool) -> HealthRates {
    HealthRates::kyokai(law(), month(premium_month), prefecture, care).unwrap()
}

proptest! {
    #[test]
    fn lines_sum_to_the_total_and_stay_beside_their_exact_share(
        standard in 0_i64..6_000_000,
        care in any::<bool>(),
        mode in modes(),
        agreement in agreements(),
        prefecture in prop::sample::select(vec!["東京都", "佐賀県", "沖縄県", "大阪府"]),
        premium_month in prop::sample::select(vec!["2023-03", "2026-03", "2026-04"]),
    ) {
        let premium = health(premium_month, prefecture, care).premium(Yen::new(standard), mode, agreement).unwrap();
        let lines = premium.lines;
        prop_assert_eq!(lines.health + lines.care + lines.support_levy, premium.employee);
        let shares = premium.employee_exact;
        for (line, share) in [(lines.health, shares.health), (lines.care, shares.care), (lines.support_levy, shares.support_levy)] {
            let error = line.exact().minus(share).unwrap();
            prop_assert!(error < Exact::whole(1) && error > Exact::whole(-1), "a line is less than a yen off");
        }
    }

    #[test]
    fn employee_and_employer_share_the_full_amount_by_halves(standard in 0_i64..6_000_000, care in any::<bool>()) {
        let premium = health("2026-04", "東京都", care).premium(Yen::new(standard), MODES[0], AGREEMENTS[0]).unwrap();
        let employee = premium.employee_exact.health.plus(premium.employee_exact.care).unwrap();
        let employee = employee.plus(premium.employee_exact.support_levy).unwrap();
        prop_assert_eq!(employee.times_integer(2).unwrap(), premium.full_total().unwrap());
        // The 50-sen rule never takes more than half a yen beyond the half.
        let taken = premium.employee.exact().minus(employee).unwrap();
        prop_assert!(taken < Exact::parse("0.5").unwrap() && taken >= Exact::parse("-0.5").unwrap());
    }

    #[test]
    fn more_pay_is_never_a_smaller_premium(pay in 0_i64..2_000_000, more in 0_i64..100_000, mode in modes(), agreement in agreements()) {
        let premiums = |pay: i64| {
            let standard = |scheme| standard_remuneration(law(), scheme, month("2026-04"), Yen::new(pay)).unwrap().standard_monthly;
            let health = health("2026-04", "東京都", true).premium(standard(Scheme::Health), mode, agreement).unwrap();
            let pension = PensionRates::national(law(), month("2026-04")).unwrap();
            (health.employee, pension.premium(standard(Scheme::Pension), agreement).unwrap().employee)
        };
        let (less, greater) = (premiums(pay), premiums(pay + more));
        prop_assert!(less.0 <= greater.0 && less.1 <= greater.1);
    }

    #[test]
    fn rounding_apart_differs_by_two_yen_at_most(standard in 0_i64..6_000_000, care in any::<bool>()) {
        let rates = health("2026-04", "東京都", care);
        let [once, apart] = MODES.map(|mode| rates.premium(Yen::new(standard), mode, AGREEMENTS[0]).unwrap().employee);
        prop_assert!((once - apart).get().abs() <= 2);
    }

    #[test]
    fn a_bonus_in_parts_never_exceeds_the_yearly_cap(bonuses in prop::collection::vec(0_i64..3_000_000, 1..6)) {
        let mut counted = Yen::ZERO;
        for bonus in bonuses {
            let standard = standard_bonus(law(), month("2026-06"), Yen::new(bonus), counted).unwrap();
            prop_assert!(standard.health.get() <= bonus && standard.health.get() % 1_000 == 0);
            counted += standard.health;
        }
        prop_assert!(counted.get() <= 5_730_000);
    }

    #[test]
    fn labour_premium_parts_sum_to_the_total(accident in 0_i64..10_000_000_000, employment in 0_i64..10_000_000_000, same in any::<bool>()) {
        let cut = |wages: i64| Some(Yen::new(wages).floor_to(1_000));
        let bases = ByInsurance { accident: cut(accident), employment: cut(if same { accident } else { employment }) };
        let rate = |per_mille: &str| Some(Exact::parse(per_mille).unwrap().divided_by_integer(1000).unwrap());
        let premium = labor_premium(bases, ByInsurance { accident: rate("2.5"), employment: rate("15.5") }).unwrap().unwrap();
        prop_assert_eq!(premium.parts.accident.unwrap() + premium.parts.employment.unwrap(), premium.total);
    }

    #[test]
    fn instalments_sum_to_the_estimate(estimate in 0_i64..1_000_000_000, association in any::<bool>()) {
        let rule = instalment_rule(law(), month("2026-04").first_day(), Yen::new(estimate), true, association).unwrap();
        let amounts: Vec<Yen> = instalment_amounts(&rule, Yen::new(estimate)).collect();
        prop_assert_eq!(amounts.iter().copied().sum::<Yen>(), Yen::new(estimate));
        prop_assert!(amounts.iter().all(|amount| *amount <= amounts[0]) && amounts.len() == usize::from(rule.parts));
    }

    #[test]
    fn two_establishments_never_get_more_than_the_whole(own in 1_i64..10_000_000, other in 0_i64..10_000_000, decimals in 0_u32..4) {
        let whole = Exact::whole(77_973);
        let on = month("2026-04").first_day();
        let split = two_establishments(law(), on, whole, Yen::new(own), Yen::new(other), decimals).unwrap();
        prop_assert!(split.own_full.plus(split.other_full).unwrap() <= whole);
    }
}

//! What holds for every bonus.

use kura_insurance::{HealthParts, HealthRounding};
use kura_payroll::bonus::{BonusSlip, EarlierBonus, PersonBonus, TakenPremiums};
use kura_payroll::pay::{BuiltIn, LineKind};
use kura_yen::Yen;
use proptest::prelude::*;

use crate::case::{earlier, pay, person};
use crate::law::day;

fn people() -> impl Strategy<Value = PersonBonus> {
    let births = prop::sample::select(vec!["1950-05-05", "1957-01-01", "1963-12-24", "1980-06-30", "1999-09-09"]);
    (0..9_000_000_i64, 0..100_000_i64, births, 0..6_000_000_i64, any::<bool>()).prop_map(
        |(bonus, in_kind, birth, before, apart)| {
            let mut person = person(bonus);
            person.in_kind = Yen::new(in_kind);
            person.insurance.birth_date = day(birth);
            person.insurance.earlier = vec![earlier("2026-04-10", before)];
            if apart {
                person.insurance.rounding = HealthRounding::SupportLevySeparate;
            }
            person
        },
    )
}

fn taken(slip: &BonusSlip) -> TakenPremiums {
    let line = slip.slip.deductions.iter().find(|line| line.kind == LineKind::BuiltIn(BuiltIn::HealthInsurance));
    let [health, care, support_levy] = line.map_or([Yen::ZERO; 3], |line| line.split.unwrap());
    TakenPremiums {
        health: health + care + support_levy,
        health_parts: Some(HealthParts { health, care, support_levy }),
        pension: slip.slip.deducted(BuiltIn::EmployeesPension),
    }
}

fn sum(left: TakenPremiums, right: TakenPremiums) -> [Yen; 4] {
    let (one, other) = (left.health_parts.unwrap(), right.health_parts.unwrap());
    let pension = left.pension + right.pension;
    [one.health + other.health, one.care + other.care, one.support_levy + other.support_levy, pension]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn payments_less_deductions_are_the_net(person in people()) {
        let bonus = pay("2026-07-10", &person);
        let slip = &bonus.slip;
        prop_assert_eq!(slip.pay.iter().map(|line| line.amount).sum::<Yen>(), slip.gross);
        prop_assert_eq!(slip.deductions.iter().map(|line| line.amount).sum::<Yen>(), slip.deduction_total);
        prop_assert_eq!(slip.gross - slip.deduction_total, slip.net);
        prop_assert_eq!(slip.gross - slip.tax_free - slip.bases.social_insurance, slip.taxable);
        for line in &slip.deductions {
            prop_assert!(!line.amount.is_negative());
            if let Some(parts) = line.split {
                prop_assert_eq!(parts.into_iter().sum::<Yen>(), line.amount);
            }
        }
    }

    #[test]
    fn a_larger_bonus_never_bears_a_smaller_premium(person in people(), more in 0..1_000_000_i64) {
        let larger = PersonBonus { currency: person.currency.map(|yen| yen + Yen::new(more)), ..person.clone() };
        let (small, large) = (pay("2026-07-10", &person), pay("2026-07-10", &larger));
        for line in [BuiltIn::HealthInsurance, BuiltIn::EmployeesPension, BuiltIn::EmploymentInsurance] {
            prop_assert!(small.slip.deducted(line) <= large.slip.deducted(line));
        }
        prop_assert!(small.standard.health <= large.standard.health);
    }

    /// However a bonus is paid out in the month, the month bears the same premiums, part by part.
    #[test]
    fn two_payments_of_a_month_bear_what_one_bears(person in people(), part in 0..9_000_000_i64) {
        let whole = pay("2026-07-10", &PersonBonus { in_kind: Yen::ZERO, ..person.clone() });
        let total = person.currency.unwrap();
        let first_amount = total.min(Yen::new(part));
        let alone = PersonBonus { in_kind: Yen::ZERO, currency: Some(first_amount), ..person.clone() };
        let first = pay("2026-07-01", &alone);
        let mut second = PersonBonus { currency: Some(total - first_amount), ..alone };
        second.insurance.earlier.push(EarlierBonus { taken: taken(&first), ..earlier("2026-07-01", first_amount.get()) });
        let second = pay("2026-07-10", &second);
        prop_assert_eq!(sum(taken(&first), taken(&second)), sum(TakenPremiums::NONE, taken(&whole)));
        prop_assert_eq!(&second.standard, &whole.standard);
        prop_assert_eq!(second.of_month, whole.of_month);
    }

    #[test]
    fn the_order_of_the_history_does_not_matter(person in people(), days in prop::collection::vec(1..28_u8, 1..6)) {
        let mut person = person;
        person.insurance.earlier.extend(
            days.iter().enumerate().map(|(at, paid)| earlier(&format!("2026-0{}-{paid:02}", 4 + at % 3), 123_456)),
        );
        let forwards = pay("2026-07-10", &person);
        person.insurance.earlier.reverse();
        prop_assert_eq!(forwards, pay("2026-07-10", &person));
    }
}

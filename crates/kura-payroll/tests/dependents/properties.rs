//! What holds of every family.

use kura_model::{DisabilityClass, FamilyDocuments, FamilyTaxClass, NonResidentClass, Relation};
use kura_payroll::tax::{DependentReason, FamilyFacts};
use kura_yen::Yen;
use proptest::prelude::*;

use crate::family::{PERSON, count, try_count};
use crate::law::day;

fn any_member() -> impl Strategy<Value = FamilyFacts> {
    let relation = prop::sample::select(vec![Relation::Child, Relation::Parent, Relation::Other]);
    let class = prop::sample::select(FamilyTaxClass::ALL);
    let disability = prop::sample::select(DisabilityClass::ALL);
    let abroad = prop::sample::select(NonResidentClass::ALL);
    let documents = prop::sample::select(FamilyDocuments::ALL);
    let numbers = (1940_i16..2025, 1_i8..13, 1_i8..29, 0_i64..1_500_000);
    (relation, class, disability, abroad, documents, numbers, any::<bool>()).prop_map(
        |(relation, class, disability, abroad, documents, (year, month, date, income), together)| FamilyFacts {
            relation: Some(relation),
            birth_date: Some(day(&format!("{year}-{month:02}-{date:02}"))),
            tax_class: Some(class),
            income_estimate: Some(Yen::new(income)),
            disability: Some(disability),
            cohabiting_special: together && disability == DisabilityClass::Special,
            living_together: together,
            non_resident: Some(abroad),
            documents: Some(documents),
        },
    )
}

proptest! {
    #[test]
    fn the_number_is_the_sum_of_its_lines_and_order_does_not_matter(
        mut family in prop::collection::vec(any_member(), 0..6),
        on in prop::sample::select(vec!["2025-06-25", "2026-06-25", "2026-12-10"]),
    ) {
        let counted = try_count(on, &PERSON, &family).unwrap();
        let each: Vec<u16> = counted.family.iter().map(|line| line.iter().map(DependentReason::counts).sum()).collect();
        prop_assert_eq!(each.iter().sum::<u16>(), counted.count);
        prop_assert!(each.iter().all(|&one| one <= 3));
        family.reverse();
        prop_assert_eq!(try_count(on, &PERSON, &family).unwrap().count, counted.count);
    }

    #[test]
    fn less_income_never_counts_less(one in any_member(), less in 0_i64..1_500_000) {
        let poorer = FamilyFacts { income_estimate: one.income_estimate.map(|income| (income - Yen::new(less)).or_zero()), ..one };
        prop_assert!(count("2026-06-25", &[poorer]) >= count("2026-06-25", &[one]));
    }
}

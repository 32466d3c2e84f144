//! People as the tests need them.

use kura_model::{
    DisabilityClass, FamilyDocuments, FamilyTaxClass, NonResidentClass, Relation, WidowSingleParent, WorkingStudent,
};
use kura_payroll::tax::{DependentsCount, DependentsError, DependentsRules, FamilyFacts, TaxpayerFacts};
use kura_yen::Yen;

use crate::law::{day, law};

pub(crate) const PERSON: TaxpayerFacts = TaxpayerFacts {
    disability: Some(DisabilityClass::NotDisabled),
    widow_single_parent: Some(WidowSingleParent::Neither),
    working_student: Some(WorkingStudent::NotWorkingStudent),
    own_income_estimate: Some(Yen::new(3_000_000)),
};

pub(crate) fn member(relation: Relation, born: &str, tax_class: FamilyTaxClass, income: i64) -> FamilyFacts {
    FamilyFacts {
        relation: Some(relation),
        birth_date: Some(day(born)),
        tax_class: Some(tax_class),
        income_estimate: Some(Yen::new(income)),
        disability: Some(DisabilityClass::NotDisabled),
        cohabiting_special: false,
        living_together: true,
        non_resident: None,
        documents: None,
    }
}

pub(crate) fn wife(born: &str, income: i64) -> FamilyFacts {
    member(Relation::Wife, born, FamilyTaxClass::WithholdingSpouse, income)
}

pub(crate) fn child(born: &str, income: i64) -> FamilyFacts {
    member(Relation::Child, born, FamilyTaxClass::DependentSixteenOrOver, income)
}

pub(crate) fn small_child(born: &str) -> FamilyFacts {
    member(Relation::Child, born, FamilyTaxClass::UnderSixteen, 0)
}

pub(crate) fn abroad(class: NonResidentClass, documents: FamilyDocuments) -> FamilyFacts {
    FamilyFacts {
        living_together: false,
        non_resident: Some(class),
        documents: Some(documents),
        ..member(Relation::Parent, "1975-05-05", FamilyTaxClass::DependentSixteenOrOver, 0)
    }
}

pub(crate) fn try_count(
    on: &str,
    person: &TaxpayerFacts,
    family: &[FamilyFacts],
) -> Result<DependentsCount, DependentsError> {
    DependentsRules::on(law(), day(on))?.count(person, family)
}

pub(crate) fn count(on: &str, family: &[FamilyFacts]) -> u16 {
    try_count(on, &PERSON, family).unwrap().count
}

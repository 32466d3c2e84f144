//! Every bonus row of the rate vectors, and the bonus rows of the tax vectors, through whole slips.

use std::collections::BTreeMap;

use kura_insurance::{HealthParts, HealthRounding, PartRate};
use kura_model::InsurerCode;
use kura_payroll::bonus::{Charge, InsurerRates, PersonBonus, PreviousPay};
use kura_payroll::pay::{BuiltIn, TaxFacts};
use kura_payroll::tax::TaxColumn;
use kura_yen::{Exact, Yen};

use crate::case::{childcare, kyokai, pay, person, uninsured};

type Inputs<'row> = BTreeMap<&'row str, &'row str>;

fn inputs(text: &str) -> Inputs<'_> {
    text.split(';').map(|pair| pair.split_once('=').unwrap()).collect()
}

fn yen(inputs: &Inputs<'_>, key: &str) -> Yen {
    Yen::new(inputs.get(key).map_or(0, |text| text.parse().unwrap()))
}

#[test]
fn every_row_of_the_bonus_vectors() {
    let mut count = 0;
    for row in csv::Reader::from_reader(include_str!("../vectors/bonus.csv").as_bytes()).into_records() {
        let row = row.unwrap();
        let got = answer(&row[1], &format!("{}-10", &row[2]), &inputs(&row[3]), &row[4], &row[5]);
        assert_eq!(got, row[6].parse::<i64>().unwrap(), "{}", &row[0]);
        count += 1;
    }
    assert_eq!(count, 11);
}

fn answer(kind: &str, paid_on: &str, inputs: &Inputs<'_>, mode: &str, item: &str) -> i64 {
    let mut person = person(yen(inputs, "bonus").get());
    person.insurance.other_health_standard_bonus = yen(inputs, "prior_fy");
    if mode == "support_levy_separate" {
        person.insurance.rounding = HealthRounding::SupportLevySeparate;
    }
    match (kind, item) {
        ("bonus_standard", "health_standard") => pay(paid_on, &person).standard.health.get(),
        ("bonus_standard", "pension_standard") => pay(paid_on, &person).standard.pension.get(),
        ("bonus_pension_employee", _) => pay(paid_on, &person).slip.deducted(BuiltIn::EmployeesPension).get(),
        ("bonus_health_employee", _) => {
            assert_eq!(inputs["care"], "0");
            person.insurance.insurer = Some(kyokai(inputs["prefecture"]));
            pay(paid_on, &person).slip.deducted(BuiltIn::HealthInsurance).get()
        }
        ("bonus_health_employee_rate", _) => {
            society(&mut person, inputs["rate_percent"]);
            person.currency = Some(yen(inputs, "standard"));
            pay(paid_on, &person).slip.deducted(BuiltIn::HealthInsurance).get()
        }
        ("childcare_bonus", _) => {
            person.currency = Some(Yen::new(300_000));
            person.insurance.leaves = vec![childcare(inputs["start"], inputs["end"])];
            i64::from(pay(paid_on, &person).insured.health != Charge::Charged)
        }
        other => panic!("no answer to {other:?}"),
    }
}

/// One rate, the employee bears half of it.
fn society(person: &mut PersonBonus, rate_percent: &str) {
    let full = Exact::parse(rate_percent).unwrap().divided_by_integer(100).unwrap();
    let half = full.divided_by_integer(2).unwrap();
    let rates =
        HealthParts { health: PartRate::of_insurer(full, half), care: PartRate::NONE, support_levy: PartRate::NONE };
    let insurer = person.insurance.insurer.as_mut().unwrap();
    insurer.code = InsurerCode::from("組合");
    insurer.rates = InsurerRates::Society(Box::new(rates));
}

/// The tax rows state the bonus after social insurance: a person outside every insurance has just that.
#[test]
fn every_bonus_row_of_the_tax_vectors() {
    let mut count = 0;
    for row in csv::Reader::from_reader(include_str!("../vectors/tax.csv").as_bytes()).into_records() {
        let row = row.unwrap();
        if &row[1] != "bonus" {
            continue;
        }
        let inputs = inputs(&row[3]);
        let mut person = uninsured(yen(&inputs, "bonus_after_si").get());
        person.previous_pay = match inputs.get("prev") {
            Some(&"none") => PreviousPay::NotPaid,
            _ => match inputs.get("prev_after_si") {
                Some(previous) => PreviousPay::FromHistory(Yen::new(previous.parse().unwrap())),
                None => panic!("{} has no previous pay", &row[0]),
            },
        };
        person.tax = TaxFacts::Resident(if inputs.get("col") == Some(&"otsu") {
            TaxColumn::Otsu { secondary_dependents: 0 }
        } else {
            TaxColumn::Kou { dependents: inputs.get("n").map_or(0, |people| people.parse().unwrap()) }
        });
        person.period_months = inputs.get("months").map_or(6, |months| months.parse().unwrap());
        let year = 2018 + row[2].parse::<i16>().unwrap();
        let slip = pay(&format!("{year}-07-10"), &person);
        assert_eq!(slip.slip.deducted(BuiltIn::IncomeTax).get(), row[4].parse::<i64>().unwrap(), "{}", &row[0]);
        count += 1;
    }
    assert_eq!(count, 6);
}

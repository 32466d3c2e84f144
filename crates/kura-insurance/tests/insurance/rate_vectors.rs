//! Every row of tests/vectors/rates.csv, evaluated by the functions of this crate. A kind without a function fails.

use kura_calendar::Month;
use kura_insurance::*;
use kura_yen::{Exact, Yen};

use crate::rows::{Row, date, law};

const FIFTY_SEN: RoundingAgreement = RoundingAgreement::FiftySen;

#[test]
fn every_row_of_the_rate_vectors() {
    let rows = Row::all(include_str!("../vectors/rates.csv"));
    assert_eq!(rows.len(), 122);
    let wrong: Vec<String> = rows.iter().filter_map(mismatch).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn mismatch(row: &Row) -> Option<String> {
    let got = evaluate(row);
    let expected = row.cell("expected");
    let same = match (&got, Exact::parse(expected)) {
        (Answer::Number(number), Ok(expected)) => *number == expected,
        (Answer::Month(month), _) => month.to_string() == expected,
        (Answer::Number(_), Err(_)) => false,
    };
    (!same).then(|| format!("{}: expected {expected}, got {got:?}", row.cell("id")))
}

#[derive(Debug)]
enum Answer {
    Number(Exact),
    Month(Month),
}

impl From<Yen> for Answer {
    fn from(amount: Yen) -> Self {
        Self::Number(amount.exact())
    }
}

impl From<Exact> for Answer {
    fn from(number: Exact) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Answer {
    fn from(flag: bool) -> Self {
        Self::Number(Exact::whole(i64::from(flag)))
    }
}

impl From<Month> for Answer {
    fn from(month: Month) -> Self {
        Self::Month(month)
    }
}

fn evaluate(row: &Row) -> Answer {
    match row.cell("kind") {
        "grade" => grade(row),
        "health_full" | "health_employee" | "support_levy" | "care_full" | "care_full_year" => health(row),
        "pension_full" | "pension_employee" | "child_contribution" => pension(row),
        "bonus_standard" | "bonus_health_employee" | "bonus_pension_employee" | "bonus_health_employee_rate" => {
            bonus(row)
        }
        "employment_insurance" => employment_insurance(row),
        "labour_annual"
        | "labour_annual_split"
        | "general_contribution"
        | "construction_contract"
        | "special_class1" => labor_insurance(row),
        "two_workplaces" => {
            let decimals = u32::try_from(row.number("decimals")).unwrap();
            let full = row.yen("standard").exact().times(row.per_cent("rate_percent")).unwrap();
            let on = row.month().first_day();
            let split = two_establishments(law(), on, full, row.yen("A"), row.yen("B"), decimals);
            split.unwrap().own_full.into()
        }
        "premium_adjustment" => {
            let year = u8::try_from(row.number("year")).unwrap();
            let share = adjusted_share(law(), row.month(), row.yen("standard"), year).unwrap();
            let rate = PartRate::shared(row.per_cent("rate_percent"), None, share).unwrap();
            rate.premium(row.yen("standard"), FIFTY_SEN).unwrap().employee_exact.into()
        }
        "age" => ages(row),
        "loss" => last_charged_month(law(), date(row.input("last_day"))).unwrap().value.into(),
        "childcare_month" => month_exemption(law(), &leave(row), row.month()).unwrap().exempt.into(),
        "childcare_bonus" => bonus_exemption(law(), &leave(row), row.month()).unwrap().exempt.into(),
        "minimum_wage" => {
            law().row("minimum_wage", &[row.input("prefecture")], row.day()).unwrap().yen("hourly_yen").unwrap().into()
        }
        "sickness_daily" => {
            let average = row.yen("average_standard").exact();
            sickness_allowance(law(), row.month().first_day(), average).unwrap().daily_benefit.into()
        }
        other => panic!("no function for the kind {other}"),
    }
}

fn grade(row: &Row) -> Answer {
    let scheme = if row.input("scheme") == "health" { Scheme::Health } else { Scheme::Pension };
    let found = standard_remuneration(law(), scheme, row.month(), row.yen("pay")).unwrap();
    match row.cell("item") {
        "grade" => Exact::whole(found.grade).into(),
        _ => found.standard_monthly.into(),
    }
}

fn health(row: &Row) -> Answer {
    let standard = row.yen("standard");
    match row.cell("kind") {
        "care_full" => care_rate(law(), row.month()).unwrap().premium(standard, FIFTY_SEN).unwrap().full.into(),
        "care_full_year" => {
            let months = u8::try_from(row.number("months")).unwrap();
            let bonus = row.yen("bonus_standard");
            care_premium_of_year(law(), row.month(), standard, months, bonus).unwrap().full_rounded.into()
        }
        "support_levy" => {
            let levy = support_levy_rate(law(), row.month()).unwrap().premium(standard, FIFTY_SEN).unwrap();
            if row.cell("item") == "full_premium" { levy.full.into() } else { levy.employee.into() }
        }
        kind => {
            let rates = HealthRates::kyokai(law(), row.month(), row.input("prefecture"), row.flag("care")).unwrap();
            let premium = rates.premium(standard, mode(row), FIFTY_SEN).unwrap();
            match kind {
                "health_full" => premium.full.health.plus(premium.full.care).unwrap().into(),
                _ => premium.employee.into(),
            }
        }
    }
}

fn pension(row: &Row) -> Answer {
    let premium = PensionRates::national(law(), row.month()).unwrap().premium(row.yen("standard"), FIFTY_SEN).unwrap();
    match row.cell("kind") {
        "pension_full" => premium.full.into(),
        "pension_employee" => premium.employee.into(),
        _ => premium.child_contribution.into(),
    }
}

fn bonus(row: &Row) -> Answer {
    if row.cell("kind") == "bonus_health_employee_rate" {
        let half = EmployeeShare::half(law(), row.month().first_day()).unwrap();
        let rate = PartRate::shared(row.per_cent("rate_percent"), None, half).unwrap();
        return rate.premium(row.yen("standard"), FIFTY_SEN).unwrap().employee.into();
    }
    let prior = if row.given("prior_fy") { row.yen("prior_fy") } else { Yen::ZERO };
    let standard = standard_bonus(law(), row.month(), row.yen("bonus"), prior).unwrap();
    match (row.cell("kind"), row.cell("item")) {
        ("bonus_standard", "health_standard") => standard.health.into(),
        ("bonus_standard", "pension_standard") => standard.pension.into(),
        ("bonus_pension_employee", _) => {
            let rates = PensionRates::national(law(), row.month()).unwrap();
            rates.premium(standard.pension, FIFTY_SEN).unwrap().employee.into()
        }
        _ => {
            let rates = HealthRates::kyokai(law(), row.month(), row.input("prefecture"), row.flag("care")).unwrap();
            rates.premium(standard.health, mode(row), FIFTY_SEN).unwrap().employee.into()
        }
    }
}

fn mode(row: &Row) -> HealthRounding {
    let modes = [HealthRounding::CombinedOnce, HealthRounding::SupportLevySeparate];
    modes.into_iter().find(|mode| mode.name() == row.cell("mode")).unwrap_or_default()
}

fn employment_insurance(row: &Row) -> Answer {
    let businesses = [Business::General, Business::AgricultureForestryFisherySake, Business::Construction];
    let business = businesses.into_iter().find(|business| business.name() == row.input("type")).unwrap();
    let rates = EmploymentInsuranceRates::on(law(), row.day(), business).unwrap();
    let premium = rates.premium(row.yen("wage"), FIFTY_SEN).unwrap();
    if row.cell("item") == "worker_share" { premium.employee.into() } else { premium.employer_floor.into() }
}

fn labor_insurance(row: &Row) -> Answer {
    let on = row.day();
    let base = |name: &str| wage_base(law(), on, row.yen(name)).unwrap().value;
    match row.cell("kind") {
        "labour_annual" => {
            let bases = ByInsurance { accident: Some(base("wage_total")), employment: None };
            let rates = ByInsurance { accident: Some(row.per_mille("rate_per_mille")), employment: None };
            labor_premium(bases, rates).unwrap().unwrap().total.into()
        }
        "labour_annual_split" => {
            let bases = ByInsurance { accident: Some(base("wage_total")), employment: Some(base("wage_total")) };
            let rates = ByInsurance {
                accident: Some(row.per_mille("wc_per_mille")),
                employment: Some(row.per_mille("ei_per_mille")),
            };
            let premium = labor_premium(bases, rates).unwrap().unwrap();
            match row.cell("item") {
                "total" => premium.total.into(),
                "employment_part" => premium.parts.employment.unwrap().into(),
                _ => premium.parts.accident.unwrap().into(),
            }
        }
        "general_contribution" => general_contribution(law(), on, base("wage_total")).unwrap().value.into(),
        "construction_contract" => {
            construction_contract(law(), on, row.input("type_code"), "", row.yen("contract")).unwrap().premium.into()
        }
        _ => {
            let class = EnrollmentClass::First { type_code: row.input("type_code") };
            let member = Enrolled { daily_base: row.yen("daily_base"), months: 12 };
            special_enrollment(law(), on, class, &[member]).unwrap().premium.into()
        }
    }
}

fn ages(row: &Row) -> Answer {
    let ages = InsuranceAges::of(law(), date(row.input("born")), row.month().first_day()).unwrap();
    match row.cell("item") {
        "care_first_month" => ages.care_first_month.into(),
        "care_last_month" => ages.care_last_month.into(),
        "pension_last_month" => ages.pension_last_month.into(),
        "health_last_month" => ages.health_last_month.into(),
        other => panic!("no month for the item {other}"),
    }
}

fn leave(row: &Row) -> Leave {
    Leave { kind: LeaveKind::Childcare, start: date(row.input("start")), end: date(row.input("end")), worked_days: 0 }
}

//! Every row of the official and derived examples (tests/vectors), by the function its kind belongs to.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise, in its small functions too"
)]

mod law;

use std::collections::BTreeMap;

use kura_calendar::{Date, Month, parse_iso_date, parse_iso_month};
use kura_payroll::tax::{
    Bonus, BonusWithholding, CommutingRoute, IncomeAdjustmentReasons, Leaver, LifeInsurancePremiums, Method, PayPeriod,
    TaxColumn, TaxYear, YearEndFacts, basic_deduction, commuting_limit, income_adjustment, inhabitant_tax_instalment,
    inhabitant_tax_of_leaver, life_insurance_deduction, non_resident_withholding, salary_income, withholding,
    year_end_adjustment,
};
use kura_payroll::wages::minimum_wage;
use kura_yen::{Exact, Yen};
use law::{day, law};

#[test]
fn every_tax_row() {
    let rows = csv::Reader::from_reader(include_str!("vectors/tax.csv").as_bytes()).into_records().map(Result::unwrap);
    let mut count = 0;
    for row in rows {
        let year = row[2].parse::<i16>().ok().map(|reiwa| 2018 + reiwa);
        let got = answer(&row[1], year, &Input::of(&row[3]));
        assert_eq!(got, Yen::new(row[4].parse().unwrap()), "{} {} {}", &row[0], &row[1], &row[3]);
        count += 1;
    }
    assert_eq!(count, 92);
}

#[test]
fn every_minimum_wage_row() {
    let rows = csv::Reader::from_reader(include_str!("vectors/minimum_wage.csv").as_bytes()).into_records();
    let mut count = 0;
    for row in rows.map(Result::unwrap) {
        assert_eq!((&row[1], &row[5]), ("minimum_wage", "hourly"));
        let prefecture = row[3].strip_prefix("prefecture=").unwrap();
        let got = minimum_wage(law(), day(&row[2]), prefecture).unwrap();
        assert_eq!(got.hourly.value, Yen::new(row[6].parse().unwrap()), "{}", &row[0]);
        assert!(got.since <= day(&row[2]));
        count += 1;
    }
    assert_eq!(count, 4);
}

#[test]
#[should_panic(expected = "no function answers the kind")]
fn a_kind_nobody_answers_fails() {
    answer("monthly_tabel", Some(2026), &Input::of("A=1"));
}

/// `key=value;key=value` of a row. Every key must be read.
struct Input<'row>(std::cell::RefCell<BTreeMap<&'row str, &'row str>>);

impl<'row> Input<'row> {
    fn of(text: &'row str) -> Self {
        Self(std::cell::RefCell::new(text.split(';').map(|pair| pair.split_once('=').unwrap()).collect()))
    }

    fn take(&self, key: &str) -> Option<&'row str> {
        self.0.borrow_mut().remove(key)
    }

    fn yen(&self, key: &str) -> Yen {
        self.take(key).map_or(Yen::ZERO, |text| Yen::new(text.parse().unwrap()))
    }

    fn count(&self, key: &str) -> u16 {
        self.take(key).map_or(0, |text| text.parse().unwrap())
    }
}

impl Drop for Input<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.0.borrow().is_empty(), "a part of the row was not read: {:?}", self.0);
        }
    }
}

fn answer(kind: &str, year: Option<i16>, input: &Input<'_>) -> Yen {
    let mid_year = || Date::new(year.unwrap(), 6, 25).unwrap();
    let year_end = || TaxYear::new(year.unwrap()).unwrap().last_day();
    let monthly =
        |method, column| withholding(law(), mid_year(), PayPeriod::Month, method, column, input.yen("A")).unwrap().yen;
    let life = |paid: LifeInsurancePremiums| life_insurance_deduction(law(), year_end(), &paid).unwrap();
    match kind {
        "monthly_table" => monthly(Method::Table, column(input.take("col").unwrap(), input.count("n"))),
        "densan" => monthly(Method::ComputerFormula, TaxColumn::Kou { dependents: input.count("n") }),
        "daily_table" => daily(mid_year(), input.yen("A"), column(input.take("col").unwrap(), 0)),
        "daily_hei" => daily(mid_year(), input.yen("daily_after_si"), TaxColumn::Hei),
        "bonus" => bonus(mid_year(), input),
        "non_resident" => non_resident_withholding(law(), mid_year(), input.yen("pay")).unwrap().yen,
        "nencho" => year_end_tax(year.unwrap(), input),
        "salary_income" => salary_income(law(), year_end(), input.yen("pay")).unwrap().yen,
        "basic_deduction" => basic_deduction(law(), year_end(), input.yen("income")).unwrap().yen,
        "income_adjustment" => {
            let dependent_under_23 = input.take("child_under_23") == Some("true");
            let reasons = IncomeAdjustmentReasons { dependent_under_23, ..Default::default() };
            income_adjustment(law(), year_end(), input.yen("pay"), reasons).unwrap().yen
        }
        "life_new" => life(LifeInsurancePremiums { general_new: input.yen("paid"), ..Default::default() }).general,
        "life_old" => life(LifeInsurancePremiums { general_old: input.yen("paid"), ..Default::default() }).general,
        "life_both" => {
            let (general_new, general_old) = (input.yen("new"), input.yen("old"));
            life(LifeInsurancePremiums { general_new, general_old, ..Default::default() }).general
        }
        "life_total" => {
            life(LifeInsurancePremiums {
                general_new: input.yen("gen_new"),
                general_old: input.yen("gen_old"),
                care: input.yen("care"),
                pension_old: input.yen("pen_old"),
                ..Default::default()
            })
            .total
        }
        "life_new_under23" => {
            let general_new = input.yen("paid");
            life(LifeInsurancePremiums { general_new, has_dependent_under_23: true, ..Default::default() }).general
        }
        "resident_split" => {
            let month = i8::try_from(input.count("month")).unwrap();
            inhabitant_tax_instalment(law(), mid_year(), input.yen("annual"), None, month).unwrap().yen
        }
        "resident_leaver_lump" | "resident_leaver_request" => leaver(input),
        "commuting_limit" => {
            let distance_km = Some(Exact::parse(input.take("km").unwrap()).unwrap());
            let due = parse_iso_date(input.take("date").unwrap()).unwrap();
            commuting_limit(law(), due, &CommutingRoute { distance_km, ..Default::default() }).unwrap().yen
        }
        unknown => panic!("no function answers the kind {unknown}"),
    }
}

/// `kou`, `otsu`, `hei`, and `kou0` to `kou7` as the columns of the table are headed.
fn column(spelling: &str, people: u16) -> TaxColumn {
    match spelling {
        "otsu" => TaxColumn::Otsu { secondary_dependents: people },
        "hei" => TaxColumn::Hei,
        "kou" => TaxColumn::Kou { dependents: people },
        headed => TaxColumn::Kou { dependents: headed.strip_prefix("kou").unwrap().parse().unwrap() },
    }
}

fn daily(on: Date, taxable: Yen, column: TaxColumn) -> Yen {
    withholding(law(), on, PayPeriod::Day, Method::Table, column, taxable).unwrap().yen
}

fn bonus(on: Date, input: &Input<'_>) -> Yen {
    let none = input.take("prev") == Some("none");
    let previous_pay = (!none).then(|| input.yen("prev_after_si"));
    let people = input.count("n");
    let bonus = Bonus {
        after_social_insurance: input.yen("bonus_after_si"),
        previous_pay,
        column: column(input.take("col").unwrap_or("kou"), people),
        period_months: input.take("months").map_or(6, |text| text.parse().unwrap()),
    };
    BonusWithholding::on(law(), on, Method::Table).tax(&bonus).unwrap().tax.yen
}

fn year_end_tax(year: i16, input: &Input<'_>) -> Yen {
    let facts = YearEndFacts {
        year: TaxYear::new(year).unwrap(),
        adjusted_on: Date::new(year, 12, 25).unwrap(),
        pay: input.yen("pay"),
        social_insurance: Yen::ZERO,
        other_deductions: input.yen("deductions_without_basic"),
        other_income: Yen::ZERO,
        income_adjustment_reasons: IncomeAdjustmentReasons::default(),
        housing_loan_credit: Yen::ZERO,
    };
    year_end_adjustment(law(), &facts).unwrap().annual_tax
}

/// The rows name the leaving month alone: the last pay is paid in it.
fn leaver(input: &Input<'_>) -> Yen {
    let leave_month: Month = parse_iso_month(input.take("leave").unwrap()).unwrap();
    let leaver = Leaver {
        annual: input.yen("annual"),
        per_capita: None,
        leave_month,
        last_pay_month: leave_month,
        lump_sum_requested: input.take("request") == Some("true"),
    };
    inhabitant_tax_of_leaver(law(), &leaver).unwrap().withheld.yen
}

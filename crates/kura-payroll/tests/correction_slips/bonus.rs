//! The correction of a real bonus slip.

use kura_insurance::{HealthRounding, RoundingAgreement};
use kura_model::{BonusExemption, InsurerCode};
use kura_payroll::bonus::{
    BonusPlan, BonusPlanInput, HealthInsurer, InsuranceFacts, InsurerRates, PersonBonus, PreviousPay, Spell,
};
use kura_payroll::correction::{
    Consequence, CorrectionTerms, Payment, SettledKind, SettledPayment, TaxOfDifference, correction,
};
use kura_payroll::pay::TaxFacts;
use kura_payroll::tax::{Method, TaxColumn};
use kura_yen::Yen;

use crate::law::{day, law};
use crate::ledger::{differences, together};

fn bonus(amount: i64) -> Payment {
    let input = BonusPlanInput {
        paid_on: day("2026-07-10"),
        items: Vec::new(),
        facts: Vec::new(),
        tables: Vec::new(),
        method: Method::Table,
    };
    let plan = BonusPlan::new(law(), input).unwrap();
    let spells = vec![Spell { acquired_on: day("2020-04-01"), lost_on: None }];
    let person = PersonBonus {
        currency: Some(Yen::new(amount)),
        in_kind: Yen::ZERO,
        given: Vec::new(),
        facts: Vec::new(),
        insurance: InsuranceFacts {
            birth_date: day("1980-05-05"),
            health: spells.clone(),
            pension: spells,
            aged_70_or_over: false,
            insurer: Some(HealthInsurer {
                code: InsurerCode::from("協会"),
                rates: InsurerRates::Kyokai { prefecture: "福岡県".to_owned() },
                agreement: RoundingAgreement::FiftySen,
            }),
            care_exempt: false,
            care_specified_insured: false,
            rounding: HealthRounding::CombinedOnce,
            leaves: Vec::new(),
            exemption: BonusExemption::Automatic,
            earlier: Vec::new(),
            other_health_standard_bonus: Yen::ZERO,
            two_establishments: None,
        },
        employment_insurance: Some(kura_insurance::Business::General),
        employee_part_of_officer_bonus: None,
        tax: TaxFacts::Resident(TaxColumn::Kou { dependents: 1 }),
        previous_pay: PreviousPay::FromHistory(Yen::new(260_000)),
        period_months: 6,
    };
    let slip = plan.pay(&person, &mut ()).unwrap().slip;
    Payment::of_slip(&slip, day("2026-07-10"), |kind| {
        let (code, name) = plan.code_and_name(kind);
        (code.to_owned(), name.to_owned())
    })
}

#[test]
fn a_bonus_is_corrected_with_its_premiums_and_its_report() {
    let settled =
        SettledPayment { kind: SettledKind::Bonus, due_on: day("2026-07-10"), closing_date: day("2026-07-10") };
    let terms = CorrectionTerms { paid_on: day("2026-07-31"), tax: TaxOfDifference::OfTheDueDay };
    let (paid, right) = (bonus(300_000), bonus(320_500));
    let found = correction(law(), settled, std::slice::from_ref(&paid), &right, terms).unwrap();
    let codes: Vec<&str> = differences(&found).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["bonus", "health_insurance", "employees_pension", "employment_insurance", "income_tax"]);
    let health = &found.lines[1];
    assert_eq!(health.split.unwrap().into_iter().sum::<Yen>(), health.difference());
    assert_eq!(together(&[paid.clone(), found.payment()]), together(std::slice::from_ref(&right)));
    assert_eq!(found.net(), right.net() - paid.net());
    assert_eq!(found.payment().taxable(), right.taxable() - paid.taxable());
    let report = found.consequences.iter().find(|found| matches!(found, Consequence::BonusAmount { .. })).unwrap();
    assert_eq!(
        report.japanese(),
        "2026-07-10の賞与が20,500円増えます。賞与支払届の訂正と、年度内の後の賞与の累計を確かめてください。"
    );
}

//! What follows for tax, insurance and filings, as facts with their sentences.

use kura_payroll::correction::{
    Consequence, CorrectionTerms, PaidLine, SettledKind, SettledPayment, Side, TaxOfDifference, correction,
};
use kura_payroll::pay::BuiltIn;
use kura_yen::Yen;

use crate::law::{day, law};
use crate::ledger::{correct, deducted, earned, june, line, month, payment};

fn slip(base: i64, others: &[(&str, i64)]) -> Vec<PaidLine> {
    let others = others.iter().map(|(code, amount)| deducted(code, *amount));
    [earned("base", base)].into_iter().chain(others).collect()
}

#[test]
fn tax_and_employment_insurance_are_those_of_the_due_day() {
    let paid = payment("2026-06-25", slip(262_000, &[("employment_insurance", 1_310), ("income_tax", 5_000)]));
    let now = payment("2026-06-25", slip(272_000, &[("employment_insurance", 1_360), ("income_tax", 5_370)]));
    let correction = correct(&[paid], &now, "2026-07-10");
    let [tax, employment, remuneration] = correction.consequences.as_slice() else {
        unreachable!("{:?}", correction.consequences)
    };
    let (due_on, settled_on) = (day("2026-06-25"), day("2026-07-10"));
    assert_eq!(*tax, Consequence::IncomeTax { due_on, settled_on, difference: Yen::new(370) });
    assert_eq!(
        tax.japanese(),
        "所得税が370円増えます。本来の支給日（2026-06-25）の給与の税なので、2026-07-10に徴収します。"
    );
    let Consequence::EmploymentInsurance { closing_date, wage, citation } = employment else {
        unreachable!("{employment:?}")
    };
    assert_eq!((*closing_date, *wage), (day("2026-05-31"), Yen::new(10_000)));
    assert_eq!(law().citation(*citation).unwrap().table, "labor_insurance_rules");
    assert_eq!(
        employment.japanese(),
        "雇用保険料は締切日（2026-05-31）の料率で計算しました。賃金10,000円は2026年度の年度更新で数えます。"
    );
    assert_eq!(*remuneration, Consequence::Remuneration { month: month("2026-06"), difference: Yen::new(10_000) });
    assert_eq!(
        remuneration.japanese(),
        "2026-06に支払った報酬が10,000円増えます。この月を使った算定・月変・資格取得時の決定を見直してください。"
    );
}

#[test]
fn a_closing_date_before_april_belongs_to_the_year_before() {
    let march = SettledPayment { kind: SettledKind::Pay, due_on: day("2026-04-24"), closing_date: day("2026-03-31") };
    let payments = [payment("2026-04-24", slip(262_000, &[]))];
    let terms = CorrectionTerms { paid_on: day("2026-07-10"), tax: TaxOfDifference::OfTheDueDay };
    let found = correction(law(), march, &payments, &payment("2026-04-24", slip(263_000, &[])), terms).unwrap();
    assert!(found.consequences[0].japanese().contains("2025年度"), "{}", found.consequences[0].japanese());
}

#[test]
fn the_year_end_is_a_switch() {
    let december =
        SettledPayment { kind: SettledKind::Pay, due_on: day("2026-12-25"), closing_date: day("2026-11-30") };
    let years = |paid_on: &str| {
        let payments = [payment("2026-12-25", slip(262_000, &[]))];
        let terms = CorrectionTerms { paid_on: day(paid_on), tax: TaxOfDifference::OfTheDueDay };
        let found = correction(law(), december, &payments, &payment("2026-12-25", slip(263_000, &[])), terms).unwrap();
        found.consequences.into_iter().filter(|found| matches!(found, Consequence::TaxYear { .. })).collect::<Vec<_>>()
    };
    assert_eq!(years("2026-12-31"), []);
    assert_eq!(years("2027-01-01"), [Consequence::TaxYear { year: 2026 }]);
    assert_eq!(
        years("2027-01-01")[0].japanese(),
        "2026年分の給与が変わります。年末調整のやり直しと、源泉徴収票・給与支払報告書の訂正が必要か確かめてください。"
    );
}

#[test]
fn a_raise_that_reaches_back_is_pay_of_the_day_it_is_paid() {
    let terms = CorrectionTerms { paid_on: day("2027-01-25"), tax: TaxOfDifference::OfTheDayPaid };
    let payments = [payment("2026-06-25", slip(262_000, &[("income_tax", 5_000)]))];
    let now = payment("2026-06-25", slip(272_000, &[("income_tax", 5_370)]));
    let found = correction(law(), june(), &payments, &now, terms).unwrap().consequences;
    let sentences: Vec<String> = found.iter().take(2).map(Consequence::japanese).collect();
    assert_eq!(
        sentences,
        [
            "差額10,000円（課税対象）は2027-01-25の給与です。所得税はその月の給与と合わせるか、賞与として計算してください。",
            "賃金の差額10,000円は、2027-01-25に支払う賃金と合わせて雇用保険料を計算してください。",
        ]
    );
    assert!(matches!(found[2], Consequence::Remuneration { .. }));
    assert_eq!(found.len(), 3);
}

#[test]
fn premiums_inhabitant_tax_and_overpayment_have_their_own_sentences() {
    let paid = payment(
        "2026-06-25",
        slip(262_000, &[("health_insurance", 14_000), ("employees_pension", 23_790), ("inhabitant_tax", 9_000)]),
    );
    let now = payment(
        "2026-06-25",
        slip(262_000, &[("health_insurance", 15_000), ("employees_pension", 24_705), ("inhabitant_tax", 8_000)]),
    );
    let found = correct(&[paid], &now, "2026-07-10").consequences;
    let [health, pension, inhabitant, overpaid] = found.as_slice() else { unreachable!("{found:?}") };
    let of =
        |premium, difference| Consequence::SocialPremium { premium, month: None, difference: Yen::new(difference) };
    assert_eq!((health, pension), (&of(BuiltIn::HealthInsurance, 1_000), &of(BuiltIn::EmployeesPension, 915)));
    assert_eq!(
        health.japanese(),
        "健康保険料の本人負担が1,000円増えます。標準報酬や資格の誤りが原因なら、届出の訂正も必要です。"
    );
    assert_eq!(*inhabitant, Consequence::InhabitantTax { difference: Yen::new(-1_000) });
    assert_eq!(inhabitant.japanese(), "住民税の徴収額が1,000円減ります。市区町村へは通知どおりの額を納めてください。");
    let Consequence::Overpaid { amount, citation } = overpaid else { unreachable!("{overpaid:?}") };
    assert_eq!(*amount, Yen::new(915));
    assert_eq!(law().citation(*citation).unwrap().table, "labor_standards");
    assert_eq!(
        overpaid.japanese(),
        "915円の払い過ぎです。次の給与から差し引くには、労使協定があるか、時期が近く、少額で、前もって知らせている必要があります（労基法24条）。"
    );
}

#[test]
fn a_premium_names_its_month_and_a_refund_is_said_as_one() {
    let lines = |pension, tax| {
        let pension = line(Side::Deduction, "employees_pension", Some(month("2026-05")), pension);
        payment("2026-06-25", vec![earned("base", 262_000), pension, deducted("income_tax", tax)])
    };
    let found = correct(&[lines(24_705, 5_370)], &lines(23_790, 5_000), "2026-07-10").consequences;
    let said: Vec<String> = found.iter().map(Consequence::japanese).collect();
    assert_eq!(
        said,
        [
            "所得税が370円減ります。本来の支給日（2026-06-25）の給与の税なので、2026-07-10に本人へ返します。",
            "2026-05分の厚生年金保険料の本人負担が915円減ります。標準報酬や資格の誤りが原因なら、届出の訂正も必要です。",
        ]
    );
}

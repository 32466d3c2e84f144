//! 仮払い and its settlement.

use kura_payroll::correction::{
    Consequence, CorrectionError, Payment, ProvisionalError, SettledKind, SettledPayment, provisional_slip, settlement,
};
use kura_payroll::pay::{BuiltIn, LineKind, Rule};
use kura_yen::Yen;

use crate::law::{day, law};
use crate::ledger::{deducted, differences, earned, june, payment, together};

fn provisional(net: i64) -> Payment {
    let slip = provisional_slip(Yen::new(net)).unwrap();
    Payment::of_slip(&slip, day("2026-06-25"), |kind| match kind {
        LineKind::BuiltIn(built_in) => (built_in.code().to_owned(), built_in.japanese().to_owned()),
        LineKind::Item(_) => unreachable!("a 仮払い has no item"),
    })
}

fn full() -> Payment {
    payment(
        "2026-06-25",
        vec![
            earned("base", 262_000),
            earned("overtime", 23_500),
            deducted("health_insurance", 15_000),
            deducted("employment_insurance", 1_428),
            deducted("income_tax", 5_110),
            deducted("inhabitant_tax", 9_000),
        ],
    )
}

#[test]
fn last_months_net_is_paid_in_one_line() {
    let slip = provisional_slip(Yen::new(231_777)).unwrap();
    let [line] = slip.pay.as_slice() else { unreachable!("{:?}", slip.pay) };
    assert_eq!((line.kind, line.rule), (LineKind::BuiltIn(BuiltIn::ProvisionalPay), Rule::ProvisionalPay));
    assert_eq!((slip.gross, slip.net, slip.deductions.len()), (Yen::new(231_777), Yen::new(231_777), 0));
    assert_eq!(
        (slip.bases.remuneration, slip.bases.labor_wage),
        (Yen::ZERO, Yen::ZERO),
        "nothing is decided by it yet"
    );
}

#[test]
fn nothing_is_advanced_on_nothing() {
    for net in [0, -5_000] {
        let error = provisional_slip(Yen::new(net)).unwrap_err();
        assert_eq!(error, ProvisionalError::NothingToAdvance);
        assert_eq!(error.to_string(), "前月の差引支給額が0円以下のため、仮払いの額を決められません。");
        assert_eq!(error.remedy(), "勤怠を入れて通常の計算をするか、この人を仮払いから外してください。");
    }
    assert!(provisional_slip(Yen::new(1)).is_ok());
}

#[test]
fn the_settlement_takes_the_advance_back_and_pays_the_month_in_full() {
    let paid = provisional(231_777);
    let settled = settlement(law(), june(), std::slice::from_ref(&paid), &full(), day("2026-07-24")).unwrap();
    assert_eq!(
        differences(&settled),
        [
            ("base", 262_000),
            ("overtime", 23_500),
            ("health_insurance", 15_000),
            ("employment_insurance", 1_428),
            ("income_tax", 5_110),
            ("inhabitant_tax", 9_000),
            ("provisional_pay", -231_777),
        ]
    );
    assert_eq!(settled.net(), full().net() - Yen::new(231_777));
    assert_eq!(settled.lines.last().unwrap().name, "仮払い");
    assert_eq!(together(&[paid.clone(), settled.payment()]), together(&[full()]));
    let both = [&paid, &settled.payment()];
    assert_eq!(both.iter().map(|payment| payment.taxable()).sum::<Yen>(), full().taxable());
    assert_eq!(both.iter().map(|payment| payment.labor_wage).sum::<Yen>(), full().labor_wage);
    assert_eq!(both.iter().map(|payment| payment.remuneration).sum::<Yen>(), full().remuneration);
    assert_eq!(settled.paid_before, [(day("2026-06-25"), Yen::new(231_777))]);
}

#[test]
fn tax_belongs_to_the_day_the_pay_was_due_and_the_wage_to_its_closing_date() {
    let found = settlement(law(), june(), &[provisional(231_777)], &full(), day("2026-07-24")).unwrap().consequences;
    let sentences: Vec<String> = found.iter().map(Consequence::japanese).collect();
    assert_eq!(
        sentences,
        [
            "仮払いのときは何も控除していません。本来の支給日（2026-06-25）の給与としての控除30,538円を2026-07-24に行います。",
            "雇用保険料は締切日（2026-05-31）の料率で計算しました。賃金285,500円は2026年度の年度更新で数えます。",
        ]
    );
    let december =
        SettledPayment { kind: SettledKind::Pay, due_on: day("2026-12-25"), closing_date: day("2026-11-30") };
    let found = settlement(law(), december, &[provisional(231_777)], &full(), day("2027-01-25")).unwrap().consequences;
    assert!(found.contains(&Consequence::TaxYear { year: 2026 }));
}

#[test]
fn an_advance_above_the_month_is_owed_back() {
    let settled = settlement(law(), june(), &[provisional(300_000)], &full(), day("2026-07-24")).unwrap();
    assert_eq!(settled.shortfall(), Yen::new(300_000 - 254_962));
    assert!(settled.consequences.iter().any(|found| matches!(found, Consequence::Overpaid { .. })));
}

#[test]
fn a_month_without_an_advance_has_no_settlement() {
    let error = settlement(law(), june(), &[full()], &full(), day("2026-07-24")).unwrap_err();
    assert_eq!(error, CorrectionError::NothingProvisional);
    assert_eq!(error.to_string(), "この月には仮払いがないため、精算できません。");
    assert_eq!(error.remedy(), "仮払いをした月を選ぶか、訂正として計算してください。");
    let early = settlement(law(), june(), &[provisional(1)], &full(), day("2026-06-24")).unwrap_err();
    assert_eq!(early, CorrectionError::PaidTooEarly);
}

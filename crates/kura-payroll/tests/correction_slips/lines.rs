//! The difference, line by line.

use kura_payroll::correction::{CorrectionError, CorrectionTerms, Side, TaxOfDifference, correction};
use kura_yen::Yen;

use crate::law::{day, law};
use crate::ledger::{correct, deducted, differences, due_day, earned, june, line, month, payment};

#[test]
fn only_what_differs_is_paid_in_the_order_of_the_slip() {
    let paid = payment(
        "2026-06-25",
        vec![
            earned("base", 262_000),
            earned("overtime", 20_000),
            earned("old_allowance", 3_000),
            deducted("health_insurance", 15_000),
            deducted("income_tax", 5_000),
        ],
    );
    let now = payment(
        "2026-06-25",
        vec![
            earned("base", 262_000),
            earned("overtime", 23_500),
            earned("night_work", 1_200),
            deducted("health_insurance", 15_000),
            deducted("income_tax", 5_110),
        ],
    );
    let correction = correct(&[paid], &now, "2026-07-10");
    assert_eq!(
        differences(&correction),
        [("overtime", 3_500), ("night_work", 1_200), ("income_tax", 110), ("old_allowance", -3_000)]
    );
    let overtime = &correction.lines[0];
    assert_eq!((overtime.paid, overtime.recomputed), (Yen::new(20_000), Yen::new(23_500)));
    assert_eq!((overtime.name.as_str(), overtime.side), ("名:overtime", Side::Pay));
    assert_eq!(overtime.rule(), "支払済みの額との差額");
    assert_eq!((correction.net(), correction.shortfall()), (Yen::new(1_590), Yen::ZERO));
    assert_eq!(correction.payment().taxable(), Yen::new(1_700));
    assert_eq!(correction.paid_before, [(day("2026-06-25"), Yen::new(265_000))]);
}

#[test]
fn a_right_slip_needs_no_correction() {
    let paid = payment("2026-06-25", vec![earned("base", 262_000), deducted("income_tax", 5_000)]);
    let correction = correct(std::slice::from_ref(&paid), &paid, "2026-07-10");
    assert!(correction.is_empty());
    assert_eq!((correction.net(), correction.consequences.len()), (Yen::ZERO, 0));
}

#[test]
fn a_correction_of_a_correction_relates_to_the_sum_so_far() {
    let paid = payment("2026-06-25", vec![earned("overtime", 20_000), deducted("income_tax", 500)]);
    let second = payment("2026-06-25", vec![earned("overtime", 25_000), deducted("income_tax", 700)]);
    let third = payment("2026-06-25", vec![earned("overtime", 24_000), deducted("income_tax", 660)]);
    let first_correction = correct(std::slice::from_ref(&paid), &second, "2026-07-10");
    assert_eq!(differences(&first_correction), [("overtime", 5_000), ("income_tax", 200)]);
    let so_far = [paid, first_correction.payment()];
    let second_correction = correct(&so_far, &third, "2026-07-24");
    assert_eq!(differences(&second_correction), [("overtime", -1_000), ("income_tax", -40)]);
    assert_eq!(second_correction.lines[0].paid, Yen::new(25_000));
    assert_eq!((second_correction.net(), second_correction.shortfall()), (Yen::new(-960), Yen::new(960)));
    // Back to what was paid at first: the sum so far is not the last correction alone.
    let back = correct(&[so_far[0].clone(), so_far[1].clone(), second_correction.payment()], &so_far[0], "2026-08-25");
    assert_eq!(differences(&back), [("overtime", -4_000), ("income_tax", -160)]);
}

#[test]
fn premiums_of_two_months_stay_two_lines_where_the_history_knows_the_months() {
    let premium = |text, amount| line(Side::Deduction, "health_insurance", Some(month(text)), amount);
    let paid = payment("2026-06-25", vec![premium("2026-05", 14_000)]);
    let now = payment("2026-06-25", vec![premium("2026-05", 14_000), premium("2026-06", 14_100)]);
    let correction = correct(std::slice::from_ref(&paid), &now, "2026-07-10");
    assert_eq!(differences(&correction), [("health_insurance", 14_100)]);
    assert_eq!(correction.lines[0].month, Some(month("2026-06")));
    // 明細履歴 that was typed in knows no months: one code is one line.
    let typed = payment("2026-06-25", vec![deducted("health_insurance", 14_000)]);
    let correction = correct(&[typed], &now, "2026-07-10");
    assert_eq!(differences(&correction), [("health_insurance", 14_100)]);
    assert_eq!(correction.lines[0].month, None);
}

#[test]
fn the_parts_of_a_health_premium_differ_part_by_part() {
    let health = |parts: Option<[i64; 3]>, amount| {
        let mut line = deducted("health_insurance", amount);
        line.split = parts.map(|parts| parts.map(Yen::new));
        payment("2026-06-25", vec![line])
    };
    let now = health(Some([12_800, 2_106, 300]), 15_206);
    let correction = correct(&[health(Some([12_800, 0, 299]), 13_099)], &now, "2026-07-10");
    assert_eq!(correction.lines[0].split, Some([0, 2_106, 1].map(Yen::new)));
    // A yen that only moved between the parts is a line of its own, of 0 yen.
    let moved = correct(&[health(Some([12_801, 2_105, 300]), 15_206)], &now, "2026-07-10");
    assert_eq!(differences(&moved), [("health_insurance", 0)]);
    let unknown = correct(&[health(None, 13_099)], &now, "2026-07-10");
    assert_eq!((differences(&unknown), unknown.lines[0].split), (vec![("health_insurance", 2_107)], None));
}

#[test]
fn pay_and_deductions_with_one_code_are_two_lines() {
    let paid = payment("2026-06-25", vec![earned("X", 100), deducted("X", 40)]);
    let now = payment("2026-06-25", vec![earned("X", 150), deducted("X", 45)]);
    let correction = correct(&[paid], &now, "2026-07-10");
    assert_eq!(differences(&correction), [("X", 50), ("X", 5)]);
    assert_eq!(correction.net(), Yen::new(45));
}

#[test]
fn a_raise_that_reaches_back_is_taxed_when_it_is_paid() {
    let slip = |base, tax, employment| {
        let lines = [earned("base", base), deducted("employment_insurance", employment), deducted("income_tax", tax)];
        payment("2026-06-25", lines.to_vec())
    };
    let terms = CorrectionTerms { paid_on: day("2026-07-24"), tax: TaxOfDifference::OfTheDayPaid };
    let raised =
        correction(law(), june(), &[slip(262_000, 5_000, 1_310)], &slip(272_000, 5_370, 1_360), terms).unwrap();
    assert_eq!(differences(&raised), [("base", 10_000)]);
    assert_eq!((raised.net(), raised.payment().taxable()), (Yen::new(10_000), Yen::new(10_000)));
}

#[test]
fn what_cannot_be_corrected_is_refused() {
    let now = payment("2026-06-25", vec![earned("base", 1)]);
    let refused = |payments: &[_], paid_on| correction(law(), june(), payments, &now, due_day(paid_on)).unwrap_err();
    assert_eq!(refused(&[], "2026-07-10"), CorrectionError::NothingPaid);
    assert_eq!(refused(&[], "2026-07-10").to_string(), "この月にはまだ支払がないため、訂正できません。");
    let early = refused(std::slice::from_ref(&now), "2026-06-24");
    assert_eq!(early, CorrectionError::PaidTooEarly);
    assert_eq!(early.to_string(), "訂正の支給日が、訂正する支払より前の日になっています。");
    assert_eq!(early.remedy(), "訂正の支給日を確かめてください。");
    assert_eq!(CorrectionError::NothingPaid.remedy(), "訂正ではなく、通常の計算をしてください。");
    assert!(correction(law(), june(), std::slice::from_ref(&now), &now, due_day("2026-06-25")).is_ok());
}

//! 源泉徴収: both sides of every switch date, refusals by name and properties.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise, in its small functions too"
)]

mod law;

use kura_law::LawError;
use kura_payroll::tax::{
    Bonus, BonusWithholding, ComputerFormula, Method, PayPeriod, TableRow, TaxAmount, TaxColumn, TaxRule,
    WithholdingError, WithholdingTable, non_resident_withholding, withholding,
};
use kura_yen::{Rate, Yen};
use law::{day, law};
use proptest::prelude::*;

const LAST_OF_R7: &str = "2025-12-31";
const FIRST_OF_R8: &str = "2026-01-01";
const LAST_OF_R8: &str = "2026-12-31";
const FIRST_OF_R9: &str = "2027-01-01";

fn kou(dependents: u16) -> TaxColumn {
    TaxColumn::Kou { dependents }
}

fn otsu(secondary_dependents: u16) -> TaxColumn {
    TaxColumn::Otsu { secondary_dependents }
}

fn monthly(on: &str, taxable: i64, column: TaxColumn) -> TaxAmount {
    WithholdingTable::monthly(law(), day(on)).unwrap().tax(Yen::new(taxable), column).unwrap()
}

fn daily(on: &str, taxable: i64, column: TaxColumn) -> TaxAmount {
    WithholdingTable::daily(law(), day(on)).unwrap().tax(Yen::new(taxable), column).unwrap()
}

fn formula(on: &str, taxable: i64, dependents: u16) -> i64 {
    ComputerFormula::on(law(), day(on)).unwrap().tax(Yen::new(taxable), dependents).unwrap().yen.get()
}

fn missing(error: &WithholdingError) -> (&str, String) {
    match error {
        WithholdingError::Law(LawError::Missing { table, on, .. }) => (table, on.to_string()),
        other => panic!("refused for another reason: {other}"),
    }
}

#[test]
fn the_payment_date_chooses_the_year_of_the_table() {
    // The bound below which 甲 pays nothing moves every year: 88,000, 105,000, 111,000.
    let taxes =
        |taxable| [LAST_OF_R7, FIRST_OF_R8, LAST_OF_R8, FIRST_OF_R9].map(|on| monthly(on, taxable, kou(0)).yen.get());
    assert_eq!(taxes(87_999), [0, 0, 0, 0]);
    assert_eq!(taxes(88_000), [130, 0, 0, 0]);
    assert_eq!(taxes(104_999)[1..], [0, 0, 0]);
    assert_eq!(taxes(105_000)[1..], [170, 170, 0]);
    assert_eq!(taxes(110_999)[3], 0);
    assert_eq!(taxes(111_000)[3], 140);
    assert_eq!(taxes(740_000), [73_390, 71_680, 71_680, 71_000]);
    assert_eq!(
        [LAST_OF_R7, FIRST_OF_R8, FIRST_OF_R9].map(|on| monthly(on, 740_000, otsu(0)).yen.get()),
        [259_800, 259_200, 259_000]
    );
    let first_formula = [LAST_OF_R7, FIRST_OF_R8, LAST_OF_R8, FIRST_OF_R9].map(|on| formula(on, 300_000, 0));
    assert_eq!(first_formula, [8_380, 7_910, 7_910, 7_740]);
}

#[test]
fn an_answer_names_its_row_rule_and_source() {
    let tax = monthly(FIRST_OF_R8, 300_000, kou(1));
    assert_eq!((tax.yen, tax.rule), (Yen::new(6_320), TaxRule::MonthlyTable));
    assert_eq!(tax.row, Some(TableRow { from: Yen::new(299_000), to_excl: Some(Yen::new(302_000)) }));
    let sources = |tax: TaxAmount| -> Vec<(String, String, &str)> {
        let citation = |id| law().citation(id).unwrap();
        let cited = tax.citations.iter().map(citation);
        cited.map(|found| (found.table.clone(), found.from.clone(), found.confidence.mark())).collect()
    };
    let expected = |table: &str, from: &str, mark| (table.to_owned(), from.to_owned(), mark);
    assert_eq!(sources(tax), [expected("withholding_monthly", "2026-01-01", "CONFIRMED")]);
    assert_eq!(
        sources(monthly(FIRST_OF_R9, 300_000, kou(0))),
        [expected("withholding_monthly", "2027-01-01", "DERIVED")]
    );
    let many = sources(monthly(FIRST_OF_R8, 700_000, kou(8)));
    assert_eq!(many.last(), Some(&expected("tax_rules", "2020-01-01", "CONFIRMED")));
    let last_row = monthly(FIRST_OF_R8, 4_000_000, kou(0)).row.unwrap();
    assert_eq!(last_row, TableRow { from: Yen::new(3_500_000), to_excl: None });
}

#[test]
fn above_the_printed_rows_base_and_rate_count_and_a_fraction_is_dropped() {
    // 国税庁の計算例: 52,290 + 35,200 x 20.42% = 59,477.84
    assert_eq!(monthly(FIRST_OF_R8, 775_200, kou(3)).yen.get(), 59_477);
    assert_eq!(monthly(FIRST_OF_R8, 739_999, kou(3)).row.unwrap().to_excl, Some(Yen::new(740_000)));
    assert_eq!(daily(FIRST_OF_R8, 24_000, kou(0)).yen.get(), 2_250);
    // 2,250 + 100 x 20.42% = 2,270.42
    assert_eq!(daily(FIRST_OF_R8, 24_100, kou(0)).yen.get(), 2_270);
    assert_eq!(daily(FIRST_OF_R8, 24_000, otsu(0)).yen.get(), 8_300);
}

#[test]
fn more_people_than_columns_take_a_fixed_sum_off_each() {
    let seven = monthly(FIRST_OF_R8, 700_000, kou(7)).yen.get();
    assert_eq!(monthly(FIRST_OF_R8, 700_000, kou(8)).yen.get(), seven - 1_610);
    assert_eq!(monthly(FIRST_OF_R8, 700_000, kou(10)).yen.get(), seven - 3 * 1_610);
    assert_eq!(monthly(FIRST_OF_R8, 446_000, kou(9)).yen.get(), 0);
    let seven = daily(FIRST_OF_R8, 23_900, kou(7)).yen.get();
    assert_eq!(daily(FIRST_OF_R8, 23_900, kou(9)).yen.get(), seven - 2 * 50);
    assert_eq!(daily(FIRST_OF_R8, 23_900, kou(u16::MAX)).yen.get(), 0);
    let segment = monthly(FIRST_OF_R8, 800_000, kou(7)).yen.get();
    assert_eq!(monthly(FIRST_OF_R8, 800_000, kou(8)).yen.get(), segment - 1_610);
}

#[test]
fn the_formula_counts_every_person_in_its_own_way() {
    // 国税庁の計算例 (446,000円, 8人) stands in the vectors; a ninth takes another 31,667 off the base.
    assert_eq!([7, 8, 9].map(|people| formula(FIRST_OF_R8, 446_000, people)), [2_560, 940, 0]);
}

#[test]
fn the_secondary_declaration_takes_off_the_otsu_tax() {
    let none = monthly(FIRST_OF_R8, 255_930, otsu(0)).yen.get();
    assert_eq!(none, 37_600);
    assert_eq!(monthly(FIRST_OF_R8, 255_930, otsu(2)).yen.get(), none - 2 * 1_610);
    assert_eq!(monthly(FIRST_OF_R8, 100_000, otsu(2)).yen.get(), 0);
    let none = daily(FIRST_OF_R8, 10_000, otsu(0)).yen.get();
    assert_eq!(daily(FIRST_OF_R8, 10_000, otsu(2)).yen.get(), none - 2 * 50);
}

#[test]
fn pay_below_zero_has_no_tax() {
    for column in [kou(0), otsu(0)] {
        assert_eq!(monthly(FIRST_OF_R8, -5_000, column).yen, Yen::ZERO);
        assert_eq!(daily(FIRST_OF_R8, -5_000, column).yen, Yen::ZERO);
    }
    assert_eq!(formula(FIRST_OF_R8, -5_000, 0), 0);
    assert_eq!(non_resident_withholding(law(), day(FIRST_OF_R8), Yen::new(-5_000)).unwrap().yen, Yen::ZERO);
}

#[test]
fn what_the_pack_does_not_hold_is_refused_by_name() {
    let refused = |on| WithholdingTable::daily(law(), day(on)).unwrap_err();
    assert_eq!(missing(&refused(FIRST_OF_R9)), ("withholding_daily", FIRST_OF_R9.to_owned()));
    assert!(refused(FIRST_OF_R9).remedy().contains("令和9年分 日額表"));
    assert_eq!(missing(&refused(LAST_OF_R7)), ("withholding_daily", LAST_OF_R7.to_owned()));
    assert!(WithholdingTable::daily(law(), day(LAST_OF_R8)).is_ok());
    for on in ["2019-12-31", "2028-01-01"] {
        assert_eq!(missing(&WithholdingTable::monthly(law(), day(on)).unwrap_err()).0, "withholding_monthly");
    }
    assert!(matches!(missing(&ComputerFormula::on(law(), day("2019-12-31")).unwrap_err()), ("tax_rules", _)));
    let formula_2028 = |on| ComputerFormula::on(law(), day(on)).unwrap().tax(Yen::new(300_000), 0);
    assert!(formula_2028("2027-12-31").is_ok());
    assert_eq!(missing(&formula_2028("2028-01-01").unwrap_err()).0, "computer_formula_brackets");

    let hei = |taxable| WithholdingTable::daily(law(), day(LAST_OF_R8)).unwrap().tax(Yen::new(taxable), TaxColumn::Hei);
    assert_eq!(hei(23_999).unwrap().rule, TaxRule::DailyTable);
    let Err(WithholdingError::Law(LawError::OutsideTable { table, what, .. })) = hei(24_000) else { panic!() };
    assert_eq!(table, "withholding_daily");
    assert!(what.contains("丙欄"));
}

#[test]
fn a_column_or_method_in_the_wrong_place_is_refused() {
    let ask = |period, method, column| withholding(law(), day(FIRST_OF_R8), period, method, column, Yen::new(200_000));
    assert_eq!(ask(PayPeriod::Month, Method::Table, TaxColumn::Hei), Err(WithholdingError::HeiIsDaily));
    for (period, column) in [(PayPeriod::Month, otsu(0)), (PayPeriod::Month, TaxColumn::Hei), (PayPeriod::Day, kou(0))]
    {
        let refused = ask(period, Method::ComputerFormula, column);
        assert_eq!(refused, Err(WithholdingError::FormulaOutsideMonthlyKou));
    }
    assert_eq!(ask(PayPeriod::Month, Method::ComputerFormula, kou(0)).unwrap().rule, TaxRule::ComputerFormula);
}

#[test]
fn every_refusal_has_a_sentence_and_a_remedy() {
    let ask = |period, method, column| {
        withholding(law(), day(FIRST_OF_R8), period, method, column, Yen::new(24_000)).unwrap_err()
    };
    let day_labourer = bonus(500_000, Some(300_000), TaxColumn::Hei);
    let cases = [
        (
            ask(PayPeriod::Month, Method::Table, TaxColumn::Hei),
            "丙欄は日額表にだけあります。月ごとに支払う給与には使えません。",
            "日ごとの給与として日額表で計算するか、税額表の欄を甲か乙にしてください。",
        ),
        (
            ask(PayPeriod::Day, Method::ComputerFormula, kou(0)),
            "電子計算機等の特例は月額表の甲欄にだけ使えます。",
            "税額の求め方を税額表にしてください。",
        ),
        (
            bonus_tax(FIRST_OF_R8, Method::Table, day_labourer).unwrap_err(),
            "丙欄の人に賞与の算出率の表はありません。",
            "税額表の欄を甲か乙にしてください。",
        ),
        (
            ask(PayPeriod::Day, Method::Table, TaxColumn::Hei),
            "法令データ「給与所得の源泉徴収税額表（日額表）」（withholding_daily）は丙欄の最後の行を超える金額を収録していません。",
            "公式の表で確かめ、法令データへ取り込んでください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
    }
}

fn bonus_tax(on: &str, method: Method, bonus: Bonus) -> Result<(i64, TaxRule, Option<Rate>), WithholdingError> {
    let tax = BonusWithholding::on(law(), day(on), method).tax(&bonus)?;
    Ok((tax.tax.yen.get(), tax.tax.rule, tax.rate))
}

fn bonus(after_social_insurance: i64, previous_pay: Option<i64>, column: TaxColumn) -> Bonus {
    let (after_social_insurance, previous_pay) = (Yen::new(after_social_insurance), previous_pay.map(Yen::new));
    Bonus { after_social_insurance, previous_pay, column, period_months: 6 }
}

#[test]
fn the_rate_of_a_bonus_follows_last_months_pay() {
    let rate = |percent| Some(Rate::from_percent(percent).unwrap());
    let at =
        |on, previous_pay, column| bonus_tax(on, Method::Table, bonus(500_000, Some(previous_pay), column)).unwrap();
    assert_eq!(at(FIRST_OF_R8, 81_999, kou(0)), (0, TaxRule::BonusRateTable, rate("0")));
    assert_eq!(at(FIRST_OF_R8, 82_000, kou(0)), (10_210, TaxRule::BonusRateTable, rate("2.042")));
    // The same pay on the last day of R7: from 79,000 on already 4.084 %.
    assert_eq!(at(LAST_OF_R7, 82_000, kou(0)), (20_420, TaxRule::BonusRateTable, rate("4.084")));
    assert_eq!(at(LAST_OF_R8, 3_495_000, kou(0)).2, rate("45.945"));
    // Eight people read the column of seven.
    assert_eq!(at(FIRST_OF_R8, 400_000, kou(8)), at(FIRST_OF_R8, 400_000, kou(7)));
    assert_eq!(at(FIRST_OF_R8, 223_999, otsu(0)).2, rate("10.21"));
    assert_eq!(at(FIRST_OF_R8, 224_000, otsu(0)).2, rate("20.42"));
}

#[test]
fn without_pay_last_month_the_monthly_table_decides() {
    for previous_pay in [None, Some(0), Some(-30_000)] {
        let (tax, rule, rate) = bonus_tax(FIRST_OF_R8, Method::Table, bonus(769_300, previous_pay, kou(1))).unwrap();
        // 769,300 / 6 = 128,216: the tax of that month, six times.
        assert_eq!(tax, monthly(FIRST_OF_R8, 128_216, kou(1)).yen.get() * 6);
        assert_eq!((rule, rate), (TaxRule::BonusWithoutPreviousPay, None));
    }
    let long = Bonus { period_months: 7, ..bonus(1_200_000, None, kou(0)) };
    assert_eq!(
        bonus_tax(FIRST_OF_R8, Method::Table, long).unwrap().0,
        monthly(FIRST_OF_R8, 100_000, kou(0)).yen.get() * 12
    );
    let short = Bonus { period_months: 6, ..long };
    assert_eq!(
        bonus_tax(FIRST_OF_R8, Method::Table, short).unwrap().0,
        monthly(FIRST_OF_R8, 200_000, kou(0)).yen.get() * 6
    );
    let second_payer = bonus_tax(FIRST_OF_R8, Method::Table, bonus(600_000, None, otsu(0))).unwrap().0;
    assert_eq!(second_payer, monthly(FIRST_OF_R8, 100_000, otsu(0)).yen.get() * 6);
}

#[test]
fn more_than_the_multiple_of_last_months_pay_leaves_the_rate_table() {
    let at = |amount| bonus_tax(FIRST_OF_R8, Method::Table, bonus(amount, Some(150_000), kou(0))).unwrap();
    assert_eq!(at(1_500_000).1, TaxRule::BonusRateTable);
    let (tax, rule, rate) = at(1_500_001);
    assert_eq!((rule, rate), (TaxRule::BonusOverMultiple, None));
    let difference = monthly(FIRST_OF_R8, 400_000, kou(0)).yen.get() - monthly(FIRST_OF_R8, 150_000, kou(0)).yen.get();
    assert_eq!(tax, difference * 6);
    // By the computer formula where the payer computes monthly tax so; 乙 stays with the table.
    let (tax, ..) = bonus_tax(FIRST_OF_R8, Method::ComputerFormula, bonus(1_500_001, Some(150_000), kou(0))).unwrap();
    assert_eq!(tax, (formula(FIRST_OF_R8, 400_000, 0) - formula(FIRST_OF_R8, 150_000, 0)) * 6);
    let second = bonus(1_500_001, Some(150_000), otsu(0));
    assert_eq!(bonus_tax(FIRST_OF_R8, Method::ComputerFormula, second), bonus_tax(FIRST_OF_R8, Method::Table, second));
}

#[test]
fn the_bonus_table_of_2027_is_refused_and_the_exceptions_are_not() {
    let by_rate = bonus(500_000, Some(300_000), kou(0));
    assert!(bonus_tax(LAST_OF_R8, Method::Table, by_rate).is_ok());
    let refused = bonus_tax(FIRST_OF_R9, Method::Table, by_rate).unwrap_err();
    assert_eq!(missing(&refused), ("withholding_bonus", FIRST_OF_R9.to_owned()));
    assert!(refused.remedy().contains("令和9年分 賞与に対する源泉徴収税額の算出率の表"));
    assert!(bonus_tax(FIRST_OF_R9, Method::Table, bonus(600_000, None, kou(0))).is_ok());
    let day_labourer = bonus(500_000, Some(300_000), TaxColumn::Hei);
    assert_eq!(bonus_tax(FIRST_OF_R8, Method::Table, day_labourer), Err(WithholdingError::HeiHasNoBonus));
}

proptest! {
    #[test]
    fn more_pay_never_means_less_tax(pay in 0_i64..6_000_000, more in 0_i64..500_000, people in 0_u16..12) {
        for on in [LAST_OF_R7, FIRST_OF_R8, FIRST_OF_R9] {
            for column in [kou(people), otsu(people)] {
                prop_assert!(monthly(on, pay, column).yen <= monthly(on, pay + more, column).yen);
            }
            prop_assert!(formula(on, pay, people) <= formula(on, pay + more, people));
        }
        for column in [kou(people), otsu(0)] {
            prop_assert!(daily(FIRST_OF_R8, pay / 25, column).yen <= daily(FIRST_OF_R8, (pay + more) / 25, column).yen);
        }
    }

    #[test]
    fn more_people_never_mean_more_tax(pay in 0_i64..6_000_000, people in 0_u16..20) {
        for on in [LAST_OF_R7, FIRST_OF_R8, FIRST_OF_R9] {
            prop_assert!(monthly(on, pay, kou(people + 1)).yen <= monthly(on, pay, kou(people)).yen);
            prop_assert!(formula(on, pay, people + 1) <= formula(on, pay, people));
            prop_assert!(monthly(on, pay, otsu(people + 1)).yen <= monthly(on, pay, otsu(people)).yen);
        }
    }

    #[test]
    fn tax_is_never_negative_and_never_more_than_the_pay(pay in 0_i64..100_000_000, people in 0_u16..20) {
        for on in [LAST_OF_R7, FIRST_OF_R8, FIRST_OF_R9] {
            for tax in [monthly(on, pay, kou(people)).yen.get(), monthly(on, pay, otsu(people)).yen.get(), formula(on, pay, people)] {
                prop_assert!((0..=pay).contains(&tax));
            }
        }
    }

    #[test]
    fn a_row_holds_the_pay_it_was_read_for(pay in 0_i64..6_000_000) {
        let row = monthly(FIRST_OF_R8, pay, kou(0)).row.unwrap();
        prop_assert!(row.from.get() <= pay && row.to_excl.is_none_or(|end| pay < end.get()));
    }

    #[test]
    fn a_bonus_never_bears_more_than_itself(amount in 0_i64..50_000_000, previous in -100_000_i64..5_000_000, people in 0_u16..12) {
        for column in [kou(people), otsu(0)] {
            let (tax, rule, rate) = bonus_tax(FIRST_OF_R8, Method::Table, bonus(amount, Some(previous), column)).unwrap();
            prop_assert!((0..=amount).contains(&tax));
            prop_assert_eq!(rate.is_some(), rule == TaxRule::BonusRateTable);
            prop_assert_eq!(rule == TaxRule::BonusWithoutPreviousPay, previous <= 0);
            prop_assert_eq!(rule == TaxRule::BonusOverMultiple, previous > 0 && amount > 10 * previous);
        }
    }
}

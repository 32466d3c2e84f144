//! 随時改定 of the person of 000: 280,000 is grade 21 of health insurance, 18 of pension.

use kura_model::StandardDecision;

use crate::book::{TestBook, fields};

/// 基本額 from 2026-06-01, paid whole from 06-25 on: June and July as given, August by the run.
fn changed_to(base: i64, [june, july]: [i64; 2]) -> TestBook {
    let book = TestBook::hajimari_in("2026-08");
    book.terms("2026-06-01", &[("基本額", &base.to_string())]);
    book.paid("2026-06", 30, june);
    book.paid("2026-07", 31, july);
    book
}

#[test]
fn a_raise_of_two_grades_revises_from_september_and_takes_the_place_of_the_annual_decision() {
    let book = changed_to(300_000, [330_000, 332_000]);
    // A proposal of June's run.
    let annual = [
        ("適用年月", "2026-09"),
        ("健保 標準報酬月額", "280000"),
        ("厚年 標準報酬月額", "280000"),
        ("決定の区分", "定時"),
    ];
    book.add_to_person("標準報酬", &annual);
    let run = book.run("2026-08", "2026-09-01");
    assert_eq!(run.status, 0, "{}", run.said);
    // 300,000 + 10,000 + 5,000 + 12,600 = 327,600; (330,000 + 332,000 + 327,600) / 3 = 329,866.67: 320,000, two grades up.
    assert_eq!(run.gross(), 327_600);
    let records = run.filing("000-H-月変");
    assert_eq!(fields(&records[0], 10, 18), ["9", "08", "09", "0280", "0280", "9", "07", "09", "06"]);
    assert_eq!(fields(&records[0], 19, 19), ["1"]);
    assert_eq!(fields(&records[0], 37, 38), ["989600", "329866"]);
    let revised = ("2026-09".to_owned(), [Some(320_000), Some(320_000), None], StandardDecision::Occasional);
    assert_eq!(run.proposals(), [revised]);
}

#[test]
fn a_cut_of_two_grades_revises_and_one_against_the_direction_does_not() {
    // 200,000 + 27,600 = 227,600; (232,000 + 231,000 + 227,600) / 3 = 230,200: 240,000, two grades down.
    let run = changed_to(200_000, [232_000, 231_000]).run("2026-08", "2026-09-01");
    let records = run.filing("000-H-月変");
    assert_eq!(fields(&records[0], 18, 19), ["06", "2"]);
    assert_eq!(run.proposals()[0].1, [Some(240_000), Some(240_000), None]);
    // One yen less in each of two months and it is 229,999: three grades.
    let run = changed_to(200_000, [231_700, 230_699]).run("2026-08", "2026-09-01");
    assert_eq!(run.proposals()[0].1, [Some(220_000), Some(220_000), None]);
    // Fixed pay went up by 1,000, the average went down by two grades: (220,000 + 221,000 + 274,600) / 3 = 238,533.
    let run = changed_to(247_000, [220_000, 221_000]).run("2026-08", "2026-09-01");
    assert_eq!(run.status, 0);
    assert!(run.filing("000-H-月変").is_empty() && run.proposals().is_empty());
    run.says("基本給の変更による随時改定: 改定しない（固定的賃金と等級の向きが逆）。");
    // One grade is too few: (292,000 + 293,000 + 307,600) / 3 = 297,533 is 300,000.
    let run = changed_to(280_000, [292_000, 293_000]).run("2026-08", "2026-09-01");
    assert!(run.filing("000-H-月変").is_empty() && run.proposals().is_empty());
    run.says("基本給の変更による随時改定: 改定しない（等級の差が足りない）。");
}

/// 620,000 is the last grade but one of pension: one grade up counts as two from 665,000 on, where health insurance has two
/// grades of its own.
#[test]
fn the_end_of_the_pension_table_counts_as_two_grades() {
    let at_the_top = |july: i64| {
        let book = changed_to(640_000, [664_000, july]);
        for column in ["健保 標準報酬月額", "厚年 標準報酬月額"] {
            book.set("標準報酬", column, "620000");
        }
        book.run("2026-08", "2026-09-01")
    };
    // August: 640,000 + 27,600 = 667,600. 664,000 + 663,400 + 667,600 = 3 x 665,000.
    let run = at_the_top(663_400);
    assert_eq!(run.proposals()[0].1, [Some(680_000), Some(650_000), None]);
    run.says("健康保険は改定する、厚生年金保険は改定する（等級表の端の1等級の差）");
    let run = at_the_top(663_399);
    assert!(run.proposals().is_empty(), "664,999: one grade each");
    run.says("改定しない（等級の差が足りない）");
}

/// One grade down from the top of the pension table asks for the pay behind the standard: 665,000 and more counts as two.
#[test]
fn the_top_of_the_table_asks_for_the_pay_behind_the_standard() {
    let below_the_top = |pay: &str| {
        // 600,000 + 27,600 = 627,600; (637,200 + 637,200 + 627,600) / 3 = 634,000.
        let book = changed_to(600_000, [637_200, 637_200]);
        book.set_where("雇用条件", ("適用開始日", "2020-04-01"), "基本額", "700000");
        book.set("標準報酬", "健保 標準報酬月額", "650000");
        book.set("標準報酬", "厚年 標準報酬月額", "650000");
        book.set("標準報酬", "報酬月額", pay);
        book.run("2026-08", "2026-09-01")
    };
    let run = below_the_top("665000");
    assert_eq!(run.proposals()[0].1, [Some(650_000), Some(620_000), None]);
    assert!(below_the_top("664999").proposals().is_empty());
    let run = below_the_top("");
    assert!(run.proposals().is_empty() && run.status == 0);
    run.says("厚生年金保険は判断できない（従前の報酬月額が分からない）");
}

#[test]
fn health_insurance_alone_is_revised_above_the_pension_table() {
    let book = changed_to(720_000, [751_000, 749_000]);
    book.set("標準報酬", "健保 標準報酬月額", "680000");
    book.set("標準報酬", "厚年 標準報酬月額", "650000");
    let run = book.run("2026-08", "2026-09-01");
    // (751,000 + 749,000 + 747,600) / 3 = 749,200: 750,000, two grades above 680,000.
    assert_eq!(run.proposals()[0].1, [Some(750_000), Some(650_000), None]);
    assert_eq!(run.filing("000-H-月変")[0][46], "1");
}

#[test]
fn a_missing_month_is_named_and_a_month_of_few_days_ends_the_question() {
    let book = changed_to(300_000, [330_000, 332_000]);
    book.remove("給与履歴", ("支給月", "2026-07"));
    let run = book.run("2026-08", "2026-09-01");
    assert_eq!(run.status, 1);
    run.says("社員01: 随時改定（月変）を判断していません。給与履歴に2026年7月の支給がありません。");
    assert!(run.filing("000-H-月変").is_empty() && run.proposals().is_empty());
    assert_eq!(run.gross(), 327_600, "the slip is made all the same");

    let book = changed_to(300_000, [330_000, 332_000]);
    book.set("勤怠", "支払基礎日数", "16");
    let run = book.run("2026-08", "2026-09-01");
    run.says("2026年8月の支払基礎日数が足りないので、随時改定は行いません。");
    assert!(run.filing("000-H-月変").is_empty());
    book.set("勤怠", "支払基礎日数", "17");
    assert_eq!(book.run("2026-08", "2026-09-01").filing("000-H-月変").len(), 1);
}

/// Arrears paid in a month of the three stand in the total and not in the average that decides.
#[test]
fn arrears_go_into_the_corrected_average() {
    let book = changed_to(300_000, [330_000, 332_000]);
    let difference =
        [("種別", "差額"), ("支給日", "2026-07-25"), ("支給月", "2026-07"), ("報酬 通貨", "60000"), ("報酬 現物", "0")];
    book.add_to_person("給与履歴", &difference);
    let run = book.run("2026-08", "2026-09-01");
    let records = run.filing("000-H-月変");
    // 330,000 + 392,000 + 327,600 = 1,049,600; without the 60,000 of July 989,600.
    assert_eq!(fields(&records[0], 37, 39), ["1049600", "349866", "329866"]);
    assert_eq!(fields(&records[0], 20, 21), ["07", "60000"]);
    assert_eq!(run.proposals()[0].1, [Some(320_000), Some(320_000), None]);
}

/// Two offices: the insurer judges, and a person of 75 has no number of the insured.
#[test]
fn a_person_of_two_offices_is_asked_about() {
    let book = changed_to(300_000, [330_000, 332_000]);
    book.set("被保険者資格", "二以上", "○");
    let run = book.run("2026-08", "2026-09-01");
    run.says("二以上事業所勤務なので、当社の報酬だけでは判断していません。");
    assert!(run.filing("000-H-月変").is_empty() && run.proposals().is_empty());
}

/// 100,000 of variable pay in each of the nine months before: 327,600 + 900,000 / 12 = 402,600 by the year, 320,000 by the three
/// months. It may be applied for, and is not decided.
#[test]
fn the_average_of_the_year_is_mentioned() {
    let book = changed_to(300_000, [327_600, 327_600]);
    book.remove("給与履歴", ("支給日", "2026-04-24"));
    book.remove("給与履歴", ("支給日", "2026-05-25"));
    for month in ["2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"] {
        book.paid_as(month, 30, 373_600, &[("報酬 うち固定的賃金", "273600")]);
    }
    let run = book.run("2026-08", "2026-09-01");
    assert_eq!(run.proposals()[0].1, [Some(320_000), Some(320_000), None]);
    run.says("随時改定は年間平均による申立ての対象になり得ます。");
}

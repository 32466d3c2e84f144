//! 定時決定 of the person of 000 in June: 283,310 and 293,020 stand in 給与履歴, June is 273,600.

use kura_model::StandardDecision;

use crate::book::{TestBook, fields};

fn september(health: i64, decision: StandardDecision) -> (String, [Option<i64>; 3], StandardDecision) {
    ("2026-09".to_owned(), [Some(health), Some(health), None], decision)
}

#[test]
fn three_whole_months_decide_the_standard_from_september() {
    let run = TestBook::hajimari().run("2026-06", "2026-07-01");
    assert_eq!((run.status, run.gross()), (0, 273_600), "{}", run.said);
    let records = run.filing("000-H-算定");
    // 849,930 / 3 = 283,310.
    assert_eq!(fields(&records[0], 34, 39), ["0283310", "0293020", "0273600", "0849930", "0283310", ""][..6].to_vec());
    assert_eq!(run.proposals(), [september(280_000, StandardDecision::Annual)]);
    let row = run.standards().into_iter().find(|row| row.applies_from.to_string() == "2026-09").unwrap();
    assert_eq!(row.remuneration.unwrap().get(), 283_310);
}

/// 16 days are too few of a regular employee; without a month the standard stays and the file lacks the person.
#[test]
fn months_of_few_days_are_not_counted() {
    let book = TestBook::hajimari();
    book.set("勤怠", "支払基礎日数", "16");
    let run = book.run("2026-06", "2026-07-01");
    // (283,310 + 293,020) / 2 = 288,165.
    assert_eq!(fields(&run.filing("000-H-算定")[0], 37, 38), ["0576330", "0288165"]);
    book.set("給与履歴", "支払基礎日数", "16");
    let run = book.run("2026-06", "2026-07-01");
    assert!(run.filing("000-H-算定").is_empty());
    assert_eq!(run.proposals(), [september(280_000, StandardDecision::Annual)]);
    run.says("数えられる月がないので、従前の標準報酬月額のまま");
    // A part-timer's 16 days count where no month has 17.
    book.set("雇用条件", "雇用区分", "パート");
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(fields(&run.filing("000-H-算定")[0], 37, 38), ["0849930", "0283310"]);
    assert_eq!(run.filing("000-H-算定")[0][49], "1");
}

/// Leave: a month of 休職給 is left out of 修正平均, arrears likewise.
#[test]
fn leave_and_arrears_make_a_corrected_average() {
    let book = TestBook::hajimari();
    book.set_where("給与履歴", ("支給月", "2026-04"), "1か月分の支給か", "休職等");
    book.set_where("給与履歴", ("支給月", "2026-05"), "報酬 うち遡及分", "20000");
    let leave = [("種類", "休職"), ("開始日", "2026-04-13"), ("終了日", "2026-04-24"), ("給与の扱い", "一部（額）")];
    book.add_to_person("休業", &leave);
    let run = book.run("2026-06", "2026-07-01");
    let records = run.filing("000-H-算定");
    // (293,020 - 20,000 + 273,600) / 2 = 273,310.
    assert_eq!(fields(&records[0], 37, 39), ["0849930", "0283310", "0273310"]);
    assert_eq!(fields(&records[0], 20, 21), ["05", "0020000"]);
    run.says("5月・6月の支給に遡及分があり、修正平均から除いています。");
    assert_eq!((&*records[0][47], &*records[0][51]), ("1", "４月１３日から４月２４日まで休職"));
}

/// A correction of a settled month is paid in June: of May it belongs to the three months, of March it is 遡及分.
#[test]
fn a_correction_counts_in_the_month_it_is_paid() {
    let corrected = |month: &str| {
        let book = TestBook::hajimari();
        let row = [
            ("種別", "差額"),
            ("支給日", "2026-06-25"),
            ("支給月", month),
            ("報酬 通貨", "20000"),
            ("報酬 現物", "0"),
            ("状態", "訂正"),
        ];
        book.add_to_person("給与履歴", &row);
        book.run("2026-06", "2026-07-01")
    };
    // 849,930 + 20,000 = 869,930.
    let of_may = corrected("2026-05");
    assert_eq!(fields(&of_may.filing("000-H-算定")[0], 36, 39), ["0293600", "0869930", "0289976", ""]);
    assert_eq!(fields(&of_may.filing("000-H-算定")[0], 20, 21), ["", ""]);
    let of_march = corrected("2026-03");
    assert_eq!(fields(&of_march.filing("000-H-算定")[0], 36, 39), ["0293600", "0869930", "0289976", "0283310"]);
    assert_eq!(fields(&of_march.filing("000-H-算定")[0], 20, 21), ["06", "0020000"]);
}

/// A 仮払い says nothing about the month until it is settled.
#[test]
fn an_advance_counts_once_it_is_settled() {
    let book = TestBook::hajimari();
    book.remove("給与履歴", ("支給月", "2026-05"));
    let advance = [("種別", "給与"), ("支給日", "2026-05-25"), ("支給月", "2026-05"), ("状態", "暫定")];
    let period = [("対象期間 自", "2026-05-01"), ("対象期間 至", "2026-05-31")];
    book.add_to_person("給与履歴", &[&advance[..], &period[..]].concat());
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 1);
    run.says("2026-05 支給は仮払い（暫定）で、報酬が決まっていません。");
    book.paid_as("2026-05", 31, 293_020, &[("種別", "差額"), ("支給日", "2026-06-05")]);
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    assert_eq!(
        fields(&run.filing("000-H-算定")[0], 34, 39),
        ["0283310", "0293020", "0273600", "0849930", "0283310", ""]
    );
}

#[test]
fn a_month_that_is_missing_is_named() {
    let book = TestBook::hajimari();
    book.remove("給与履歴", ("支給月", "2026-05"));
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 1);
    run.says("社員01: 定時決定（算定）を判断していません。給与履歴に2026年5月の支給がありません。");
    assert!(run.filing("000-H-算定").is_empty() && run.proposals().is_empty());
}

/// A raise of April is revised in July: 月額変更届, and no 算定.
#[test]
fn a_revision_of_july_takes_the_place_of_the_annual_decision() {
    let book = TestBook::hajimari();
    book.paid("2026-03", 31, 273_600);
    book.terms("2026-04-01", &[("基本額", "312000")]);
    book.set_where("給与履歴", ("支給月", "2026-04"), "報酬 通貨", "339600");
    book.set_where("給与履歴", ("支給月", "2026-05"), "報酬 通貨", "339600");
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    assert!(run.filing("000-H-算定").is_empty());
    assert_eq!(fields(&run.filing("000-H-月変")[0], 37, 38), ["1018800", "339600"]);
    let revised = ("2026-07".to_owned(), [Some(340_000), Some(340_000), None], StandardDecision::Occasional);
    assert_eq!(run.proposals(), [revised]);
}

/// A raise of June that points to a revision in September waits for it; when it does not come, 算定 is made in August.
#[test]
fn a_revision_to_come_puts_the_annual_decision_off() {
    let book = TestBook::hajimari();
    book.terms("2026-06-01", &[("基本額", "312000")]);
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!((run.status, run.gross()), (0, 339_600));
    assert!(run.filing("000-H-算定").is_empty() && run.proposals().is_empty());
    run.says("8月・9月に随時改定の見込みがあるので、算定基礎届から除いています");
    run.says("起算月は2026年6月です。2026年8月の支給の後に判断します。要件に当たれば2026年9月から改定します。");
    // A small raise stays in the file.
    let small = TestBook::hajimari();
    small.terms("2026-06-01", &[("基本額", "250000")]);
    let records = small.run("2026-06", "2026-07-01").filing("000-H-算定");
    assert_eq!(fields(&records[0], 18, 19), ["06", "1"]);

    // July was low: (339,600 + 250,000 + 339,600) / 3 = 309,733 is one grade, and the 届 that waited is made:
    // (283,310 + 293,020 + 339,600) / 3 = 305,310.
    book.paid("2026-06", 30, 339_600);
    book.paid("2026-07", 31, 250_000);
    book.set("勤怠", "支給月", "2026-08");
    let run = book.run("2026-08", "2026-09-01");
    assert_eq!(run.status, 0, "{}", run.said);
    assert!(run.filing("000-H-月変").is_empty());
    assert_eq!(fields(&run.filing("000-H-算定")[0], 37, 38), ["0915930", "0305310"]);
    assert_eq!(run.proposals(), [september(300_000, StandardDecision::Annual)]);
}

/// 340,000 in the nine months before: the year's average is (9 x 340,000 + 849,930) / 12 = 325,827, 320,000 instead of 280,000.
#[test]
fn the_average_of_the_year_needs_the_consent() {
    let book = TestBook::hajimari();
    for month in ["2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"] {
        book.paid(month, 30, 340_000);
    }
    let run = book.run("2026-06", "2026-07-01");
    run.says("年間平均による申立ての対象になり得ます。通常の平均で決めています。");
    assert_eq!(run.proposals(), [september(280_000, StandardDecision::Annual)]);
    assert_eq!(fields(&run.filing("000-H-算定")[0], 51, 51), [""]);
    let consent = [("会社コード", "000"), ("種類", "年間平均の同意"), ("有効期間 自", "2026-06-01")];
    book.add("協定", &consent);
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.proposals(), [september(320_000, StandardDecision::AnnualAverage)]);
    assert_eq!(fields(&run.filing("000-H-算定")[0], 38, 39), ["0283310", "0325827"]);
    assert_eq!(fields(&run.filing("000-H-算定")[0], 51, 51), ["1"]);
    run.says("申立書と本人の同意書を添えてください");
}

#[test]
fn a_person_over_seventy_and_one_over_seventy_five() {
    let book = TestBook::hajimari();
    book.set("従業員", "生年月日", "1954-03-15");
    book.set("従業員", "基礎年金番号", "4210-556677");
    book.set_where("被保険者資格", ("制度", "健保"), "70歳以上被用者", "○");
    book.set_where("被保険者資格", ("制度", "厚年"), "喪失日", "2024-03-14");
    book.set("標準報酬", "厚年 標準報酬月額", "");
    book.set("標準報酬", "70歳以上の相当額", "280000");
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    let record = &run.filing("000-H-算定")[0];
    assert_eq!(fields(record, 40, 44), ["", "4210", "556677", "1", ""]);
    assert_eq!(fields(record, 13, 14), ["0280", "0280"]);
    let proposed = ("2026-09".to_owned(), [Some(280_000), None, Some(280_000)], StandardDecision::Annual);
    assert_eq!(run.proposals(), [proposed]);
    // 75 on 2026-06-18: only the part of the 70歳以上被用者 is left, without an insured number.
    book.set("従業員", "生年月日", "1951-06-18");
    book.set_where("被保険者資格", ("制度", "厚年"), "喪失日", "2021-06-17");
    book.set_where("被保険者資格", ("制度", "健保"), "喪失日", "2026-06-18");
    book.set("被保険者資格", "届出日", "2026-06-20");
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 0, "{}", run.said);
    let record = &run.filing("000-H-算定")[0];
    assert_eq!((&*record[4], &*record[52]), ("", "1"));
    let proposed = ("2026-09".to_owned(), [None, None, Some(280_000)], StandardDecision::Annual);
    assert_eq!(run.proposals(), [proposed]);
}

/// Two offices: the notice is filed with its mark, and the insurer decides.
#[test]
fn a_person_of_two_offices_is_filed_and_not_decided() {
    let book = TestBook::hajimari();
    book.set("被保険者資格", "二以上", "○");
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.filing("000-H-算定")[0][44], "1");
    assert!(run.proposals().is_empty());
}

/// Someone who has no slip would be missing from the file in silence.
#[test]
fn a_person_without_a_slip_is_named() {
    let book = TestBook::hajimari();
    book.set("勤怠", "欠勤日数", "");
    let run = book.run("2026-06", "2026-07-01");
    assert_eq!(run.status, 1);
    run.says("社員01: 6月の支給がないので、算定基礎届に載せていません。");
}

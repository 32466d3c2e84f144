//! 対象開始日: 勤怠 in two rows where the price of work changes inside the period. 002 closes on the 20th.

use crate::case::Case;

/// 002-39, 1,250 yen an hour, from 2026-10-01 1,300.
fn part_timer() -> Case {
    let case = Case::of("002-senshu", "39");
    case.add_like_the_last("雇用条件", &[("適用開始日", "2026-10-01"), ("変更の理由", "昇給"), ("基本額", "1300")]);
    case
}

#[test]
fn one_row_for_two_prices_stops_and_names_the_day_of_the_second() {
    let words =
        "2026-10-01から給与形態か基本額が変わるため、勤怠をその前日までとその日からの2行に分けないと計算できません。";
    part_timer().run("2026-10").assert_stopped("attendance_needs_row", "勤怠", "対象開始日", words);
}

#[test]
fn each_hour_has_the_price_of_its_day() {
    let case = part_timer();
    case.set("勤怠", "出勤日数", "5").set("勤怠", "労働時間（時給・日給者）", "30:00").set("勤怠", "時間外", "1:00");
    let october =
        [("対象開始日", "2026-10-01"), ("出勤日数", "8"), ("労働時間（時給・日給者）", "48:00"), ("時間外", "2:00")];
    case.add_like_the_last("勤怠", &october);
    let outcome = case.run("2026-10");
    // 1,250 x 1.25 = 1,562.5, half up 1,563; 1,300 x 1.25 = 1,625.
    outcome.assert_pay(&[("基本給", 37_500), ("基本給", 62_400), ("時間外手当", 1_563), ("時間外手当", 3_250)]);
    assert_eq!(outcome.slip()["gross"], 104_713);
}

#[test]
fn rows_that_need_not_be_apart_are_one() {
    let whole = Case::of("002-senshu", "39");
    let two_rows = Case::of("002-senshu", "39");
    two_rows.set("勤怠", "出勤日数", "5").set("勤怠", "労働時間（時給・日給者）", "30:00");
    let october = [("対象開始日", "2026-10-01"), ("出勤日数", "8"), ("労働時間（時給・日給者）", "48:00")];
    two_rows.add_like_the_last("勤怠", &october);
    assert_eq!(two_rows.run("2026-10").slips, whole.run("2026-10").slips);
    // The first row may name the first day of the period, and that of the hire too.
    two_rows.clear("勤怠");
    let cells = [
        ("支給月", "2026-10"),
        ("対象開始日", "2026-09-21"),
        ("労働時間（時給・日給者）", "78:00"),
        ("出勤日数", "13"),
    ];
    two_rows.add("勤怠", &cells);
    assert_eq!(two_rows.run("2026-10").slips, whole.run("2026-10").slips);
}

#[test]
fn a_row_outside_the_period_or_twice_the_same_stops() {
    for from in ["2026-09-20", "2026-10-21", "2026-09-21"] {
        let case = part_timer();
        case.add_like_the_last("勤怠", &[("対象開始日", from)]);
        case.run("2026-10").assert_stopped(
            "attendance_row_misplaced",
            "勤怠",
            "対象開始日",
            "2026-09-21から2026-10-20まで",
        );
    }
    let case = part_timer();
    case.set("勤怠", "対象開始日", "2026-10-01");
    case.run("2026-10").assert_stopped(
        "attendance_row_misplaced",
        "勤怠",
        "対象開始日",
        "最初の行の対象開始日は空欄に",
    );
}

/// Formulas see the sum of both rows, and nothing where one of them is unknown.
#[test]
fn a_formula_counts_the_days_of_both_rows() {
    // 002-08 is paid by the day, with 現場手当 of 800 yen a day worked.
    let case = Case::of("002-senshu", "08");
    let before = case.run("2026-10");
    let [allowance, daily] = [before.amount("現場手当"), before.amount("基本給")];
    assert_eq!(allowance, 20 * 800);
    let wage = daily / 20;
    case.add_like_the_last("雇用条件", &[("適用開始日", "2026-10-01"), ("基本額", &(wage + 100).to_string())]);
    case.set("勤怠", "出勤日数", "7");
    case.add_like_the_last("勤怠", &[("対象開始日", "2026-10-01"), ("出勤日数", "13"), ("時間外", "0:00")]);
    let outcome = case.run("2026-10");
    assert_eq!(outcome.amount("現場手当"), 20 * 800);
    assert_eq!(outcome.amount("基本給"), 7 * wage + 13 * (wage + 100));
    case.change_last("勤怠", "出勤日数", "");
    case.run("2026-10").assert_stopped("unknown_value", "勤怠", "", "出勤日数");
}

/// 丙欄: 15,000 yen a day up to 09-30 and 16,000 from 10-01, each day by the daily table.
#[test]
fn each_day_of_the_hei_column_has_the_tax_of_its_price() {
    let case = part_timer();
    case.set("雇用条件", "給与形態", "日給").set("雇用条件", "税の区分", "丙").set("雇用条件", "基本額", "15000");
    case.change_last("雇用条件", "基本額", "16000").set("勤怠", "労働時間（時給・日給者）", "");
    case.set("勤怠", "出勤日数", "5").add_like_the_last("勤怠", &[("対象開始日", "2026-10-01"), ("出勤日数", "7")]);
    let outcome = case.run("2026-10");
    outcome.assert_pay(&[("基本給", 75_000), ("基本給", 112_000)]);
    assert_eq!(outcome.amount("所得税"), 5 * 193 + 7 * 234);
    // An hour of overtime is of one day, and nobody knows which.
    case.change_last("勤怠", "時間外", "1:00");
    case.run("2026-10").assert_stopped("not_supported", "勤怠", "", "日額表");
}

#[test]
fn a_compensatory_day_is_refused_with_what_to_do() {
    let case = Case::of("002-senshu", "08");
    case.set("勤怠", "代休日数", "1");
    case.run("2026-10").assert_stopped("not_supported", "勤怠", "", "「特別休暇 無給」");
}

/// From 時給 to 月給 on 2026-10-01: the hours of September and, by 日割 of the scheduled days, the rest of the month.
#[test]
fn a_part_timer_becomes_staff() {
    let case = Case::of("002-senshu", "39");
    case.add_like_the_last(
        "雇用条件",
        &[("適用開始日", "2026-10-01"), ("雇用区分", "正社員"), ("給与形態", "月給"), ("基本額", "240000")],
    );
    case.set("勤怠", "出勤日数", "5").set("勤怠", "労働時間（時給・日給者）", "30:00");
    case.add_like_the_last(
        "勤怠",
        &[("対象開始日", "2026-10-01"), ("出勤日数", "14"), ("労働時間（時給・日給者）", ""), ("欠勤日数", "1")],
    );
    // 20 scheduled days, 15 of them from 10-01. The rules of people paid by the hour neither part a month nor cut it.
    case.run("2026-10").assert_pay(&[("基本給", 180_000), ("基本給", 37_500)]);
    // By the rules of staff an absence costs 240,000 / 22 a day, down.
    case.change_last("雇用条件", "給与体系コード", "M");
    case.run("2026-10").assert_pay(&[("基本給", 180_000), ("基本給", 37_500), ("欠勤控除", -(240_000 / 22))]);
}

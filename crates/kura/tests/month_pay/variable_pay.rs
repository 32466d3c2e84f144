//! 変動支給: what somebody typed is paid or told, never left out.

use crate::case::Case;

#[test]
fn a_row_without_its_amount_or_its_item_stops() {
    // 001-3 has 購買代 of 1,240 yen.
    let case = Case::of("001-koshiji", "3");
    assert_eq!(case.run("2026-07").amount("購買代"), 1_240);
    case.set("変動支給", "金額", "");
    case.run("2026-07").assert_stopped("unknown_value", "変動支給", "金額", "空欄");
    case.set("変動支給", "金額", "1240").set("変動支給", "項目コード", "Z999");
    case.run("2026-07").assert_stopped("variable_item_unknown", "変動支給", "項目コード", "項目コード「Z999」");
    // Another month's row is not this month's.
    case.set("変動支給", "支給月", "2026-08");
    assert_eq!(case.run("2026-07").amount("購買代"), 0);
}

#[test]
fn a_difference_of_commuting_is_measured_by_what_was_paid_for_its_month() {
    // 001-3 comes 18 km by car: 13,500 yen a month are free of tax (from 2025-11). 12,000 were paid in May.
    let case = Case::of("001-koshiji", "3");
    let tax_free = || case.run("2026-07").slip()["tax_free"].as_i64().unwrap();
    assert_eq!(tax_free(), 13_500);
    case.add("給与履歴", &[("種別", "給与"), ("支給月", "2026-05"), ("支給日", "2026-05-08"), ("状態", "確定")]);
    case.add("変動支給", &[("支給月", "2026-07"), ("項目コード", "K210"), ("金額", "2000"), ("対象月", "2026-05")]);
    case.run("2026-07").assert_stopped("pay_lines_missing", "明細履歴", "", "2026-05 支給の明細履歴がない");
    case.add(
        "明細履歴",
        &[("支給日", "2026-05-08"), ("項目コード", "K210"), ("項目名", "通勤手当"), ("金額", "12000")],
    );
    // 1,500 of the 2,000 are within the limit of May; the 15,000 of July are measured by July's.
    assert_eq!(tax_free(), 13_500 + 1_500);
    case.change_last("明細履歴", "金額", "11000");
    assert_eq!(tax_free(), 13_500 + 2_000);
    case.change_last("明細履歴", "金額", "15000");
    assert_eq!(tax_free(), 13_500);
}

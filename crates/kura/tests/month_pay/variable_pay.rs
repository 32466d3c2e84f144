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

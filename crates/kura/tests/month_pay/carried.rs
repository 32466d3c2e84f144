//! What one payment leaves to the next.

use crate::case::Case;

/// 004-1: 600,000 yen, 30,768 + 53,985 premiums, 24,180 tax, 35,000 住民税, 456,067 in the hand, the same in June and July.
fn officer(rule: &str) -> Case {
    let case = Case::of("004-kaku", "1");
    case.set("給与規程", "端数の支払", rule);
    case
}

#[test]
fn a_fraction_is_paid_with_the_next_pay() {
    for (rule, kept, then_kept, then_net) in [("1000円未満翌月", 67, 134, 456_000), ("100円未満翌月", 67, 34, 456_100)]
    {
        let case = officer(rule);
        let june = case.run("2026-06");
        assert_eq!((june.amount("翌月繰越端数"), june.amount("前月繰越端数")), (kept, 0));
        assert_eq!(june.slip()["net"], 456_000);
        let july = case.turn_the_page().run("2026-07");
        assert_eq!((july.amount("翌月繰越端数"), july.amount("前月繰越端数")), (then_kept, -kept));
        assert_eq!(july.slip()["net"], then_net);
        // The rule is dropped: what was kept back is paid to the yen.
        case.turn_the_page().set("給与規程", "端数の支払", "");
        let august = case.run("2026-08");
        assert_eq!((august.amount("翌月繰越端数"), august.amount("前月繰越端数")), (0, -then_kept));
        assert_eq!(august.slip()["net"], 456_067 + then_kept);
    }
}

#[test]
fn the_last_pay_keeps_nothing_back() {
    let case = officer("1000円未満翌月");
    case.run("2026-06");
    case.turn_the_page().set("従業員", "退職日", "2026-07-31");
    let july = case.run("2026-07");
    assert_eq!((july.amount("翌月繰越端数"), july.amount("前月繰越端数")), (0, -67));
    // Somebody who left and was not known to: the fraction of June is told, not lost.
    let case = officer("1000円未満翌月");
    case.run("2026-06");
    case.turn_the_page().set("従業員", "退職日", "2026-06-30");
    let july = case.run("2026-07");
    assert_eq!(july.slips.len(), 0);
    assert!(july.finding("fraction_left")["sentence"].as_str().unwrap().contains("端数"));
}

/// A correction is paid to the yen, and what June kept back is paid in July all the same.
#[test]
fn a_correction_leaves_the_fraction_where_it_is() {
    let case = officer("1000円未満翌月");
    case.run("2026-06");
    case.turn_the_page().set("雇用条件", "基本額", "600500");
    let corrected = case.run("2026-06");
    // 500 yen more pay; the row of the tax table is 3,000 yen wide, and 515,247 + 500 lies in the same one.
    corrected.assert_pay(&[("役員報酬", 500)]);
    assert_eq!(corrected.lines("deductions"), []);
    let july = case.turn_the_page().run("2026-07");
    assert_eq!(july.amount("前月繰越端数"), -67);
    assert_eq!(july.amount("翌月繰越端数"), (456_067 + 500 + 67) % 1_000);
}

/// The month before was typed: whole thousands may have left something, any other sum has not.
#[test]
fn an_unknown_fraction_is_not_taken_for_nothing() {
    let typed = |net: &str| {
        let case = officer("1000円未満翌月");
        case.clear("給与履歴");
        case.add("給与履歴", &[("種別", "給与"), ("支給日", "2026-05-25"), ("支給月", "2026-05"), ("差引", net)]);
        case
    };
    assert_eq!(typed("455123").run("2026-06").amount("翌月繰越端数"), 67);
    let case = typed("455000");
    case.run("2026-06").assert_stopped("fraction_unknown", "明細履歴", "", "fraction_carried_out");
    case.add("明細履歴", &[("支給日", "2026-05-25"), ("項目コード", "fraction_carried_out"), ("金額", "911")]);
    let june = case.run("2026-06");
    // 456,067 + 911 = 456,978.
    assert_eq!((june.amount("前月繰越端数"), june.amount("翌月繰越端数")), (-911, 978));
}

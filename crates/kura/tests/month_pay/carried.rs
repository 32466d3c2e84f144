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

/// 002-28 on unpaid sick leave: 320,000 x 5.99 % = 19,168 and x 9.15 % = 29,280 premiums, 14,500 住民税, and nothing to take them from.
const SHORT: i64 = 19_168 + 29_280 + 14_500;

fn on_sick_leave(handling: &str) -> Case {
    let case = Case::of("002-senshu", "28");
    case.set("給与規程", "控除しきれないとき", handling);
    case.add("協定", &[("種類", "24条控除"), ("有効期間 自", "2026-10-01"), ("控除できる項目", "立替金")]);
    case
}

/// November's pay of somebody who is back: the whole period without an absence.
fn back_in_november(case: &Case) {
    case.set("休業", "終了日", "2026-10-20");
    let cells = [("支給月", "2026-11"), ("出勤日数", "20"), ("欠勤日数", "0")];
    case.add("勤怠", &cells);
}

#[test]
fn an_advance_is_taken_from_the_next_pay() {
    let asked_of_the_person = on_sick_leave("本人振込");
    assert_eq!(asked_of_the_person.run("2026-10").slip()["shortfall"], SHORT);
    back_in_november(asked_of_the_person.turn_the_page());
    let november = asked_of_the_person.run("2026-11");
    assert_eq!(november.amount("立替金返済"), 0);
    let net = november.slip()["net"].as_i64().unwrap();

    let advanced = on_sick_leave("立替（協定あり）");
    let october = advanced.run("2026-10");
    assert_eq!(october.slip()["shortfall"], SHORT);
    assert_eq!(october.finding("advance_open")["severity"], "info");
    back_in_november(advanced.turn_the_page());
    let november = advanced.run("2026-11");
    assert_eq!((november.amount("立替金返済"), november.slip()["net"].as_i64()), (SHORT, Some(net - SHORT)));
    assert!(november.findings.iter().all(|finding| !finding["code"].as_str().unwrap().starts_with("advance")));
}

#[test]
fn a_pay_is_taken_as_far_as_it_reaches_and_the_rest_goes_on() {
    let case = on_sick_leave("立替（協定あり）");
    case.run("2026-10");
    // As if the months of leave before had left more.
    case.turn_the_page().change_last("給与履歴", "不足額", "400000");
    back_in_november(&case);
    let november = case.run("2026-11");
    let taken = november.amount("立替金返済");
    assert_eq!(november.slip()["net"], 0);
    assert_eq!(november.finding("advance_open")["severity"], "info");
    case.turn_the_page().add("勤怠", &[("支給月", "2026-12"), ("出勤日数", "20"), ("欠勤日数", "0")]);
    let december = case.run("2026-12");
    assert_eq!(december.amount("立替金返済"), 400_000 - taken);
    // Nothing is left for January.
    case.turn_the_page().add("勤怠", &[("支給月", "2027-01"), ("出勤日数", "20"), ("欠勤日数", "0")]);
    assert_eq!(case.run("2027-01").amount("立替金返済"), 0);
}

#[test]
fn without_an_agreement_nothing_is_taken_and_it_is_told() {
    let case = on_sick_leave("立替（協定あり）");
    case.run("2026-10");
    back_in_november(case.turn_the_page());
    case.clear("協定");
    case.add("協定", &[("種類", "24条控除"), ("控除できる項目", "立替金"), ("有効期間 至", "2026-11-24")]);
    case.add("協定", &[("種類", "24条控除"), ("控除できる項目", "親睦会費")]);
    let november = case.run("2026-11");
    assert_eq!(november.amount("立替金返済"), 0);
    let finding = november.finding("advance_not_recovered");
    assert_eq!(finding["severity"], "warning");
    assert!(finding["remedy"].as_str().unwrap().contains("控除できる項目「立替金」"));
    // A leaver's last pay that does not reach is told too.
    case.clear("協定").add("協定", &[("種類", "24条控除"), ("控除できる項目", "親睦会費、立替金")]);
    case.set("従業員", "退職日", "2026-11-20").change_last("給与履歴", "不足額", "900000");
    assert_eq!(case.run("2026-11").finding("advance_left")["severity"], "warning");
}

/// 14 months are carried; a row that is owed still is carried on until it is paid.
#[test]
fn an_old_advance_is_not_forgotten() {
    let case = on_sick_leave("立替（協定あり）");
    case.clear("給与履歴").set("協定", "控除できる項目", "親睦会費");
    let old =
        [("種別", "給与"), ("支給日", "2024-06-25"), ("支給月", "2024-06"), ("給与体系", "M"), ("不足額", "10000")];
    case.add("給与履歴", &old);
    assert_eq!(case.run("2026-10").slip()["shortfall"], SHORT);
    back_in_november(case.turn_the_page());
    case.add("協定", &[("種類", "24条控除"), ("控除できる項目", "立替金, 親睦会費")]);
    assert_eq!(case.run("2026-11").amount("立替金返済"), SHORT + 10_000);
}

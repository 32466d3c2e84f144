//! 休業 as pay sees it. 003 pays by the month; what was not worked in May is taken in the pay of June.

use crate::case::Case;

/// 003-T022, 262,000 yen: 出生時育休 from Monday 2026-05-11 to Sunday 05-24, ten working days.
fn father() -> Case {
    Case::of("003-hinata", "T022")
}

#[test]
fn an_empty_cell_is_counted_from_the_days_of_leave() {
    let typed = father().run("2026-06");
    assert_eq!(typed.amount("欠勤控除"), -(262_000 * 10 / 20));
    let case = father();
    case.set("勤怠", "休業日数（産前産後・育児・介護・休職）", "");
    let counted = case.run("2026-06");
    assert_eq!(counted.slips, typed.slips);
    // A working day on which he worked is not a day of leave; a Sunday never was.
    case.set("休業", "就業した日（出生時育休）", "2026-05-13,2026-05-17");
    assert_eq!(case.run("2026-06").amount("欠勤控除"), -(262_000 * 9 / 20));
    // Paid leave is nothing that is not worked.
    case.set("休業", "給与の扱い", "有給");
    assert_eq!(case.run("2026-06").amount("欠勤控除"), 0);
}

#[test]
fn a_leave_with_a_method_of_its_own_parts_the_base_pay_by_days() {
    let case = father();
    case.set("給与規程", "日割の方法（休職）", "暦日").set("勤怠", "支給月", "2026-05");
    case.set("休業", "開始日", "2026-05-11");
    // May has 31 days, 14 of them on leave; the typed ten days are not taken off again. Overtime and the rest are April's.
    let outcome = case.run("2026-05");
    let paid = (262_000_i64 * 17 + 30) / 31;
    assert_eq!(outcome.amount("基本給"), paid);
    assert_eq!(outcome.amount("欠勤控除"), 0);
}

#[test]
fn a_leave_is_parted_by_the_method_it_has() {
    // May 2026 has 18 working days, ten of them on leave; 30 fixed days less the 14 on leave would be another pay.
    for (method, paid) in [("期間の所定日", (262_000_i64 * 8 + 17) / 18), ("30日固定", (262_000_i64 * 17 + 29) / 30)]
    {
        let case = father();
        case.set("給与規程", "日割の方法（休職）", method).set("勤怠", "支給月", "2026-05");
        let outcome = case.run("2026-05");
        assert_eq!((outcome.amount("基本給"), outcome.amount("欠勤控除")), (paid, 0), "{method}");
    }
}

#[test]
fn a_sum_in_place_of_the_pay_is_paid_for_its_days() {
    let case = father();
    case.set("休業", "給与の扱い", "一部（額）").set("休業", "給与の扱い 額", "155000");
    case.set("勤怠", "支給月", "2026-05").set("勤怠", "休業日数（産前産後・育児・介護・休職）", "");
    let outcome = case.run("2026-05");
    assert_eq!(outcome.amount("基本給"), (262_000_i64 * 17 + 155_000 * 14 + 30) / 31);
    assert_eq!(outcome.amount("欠勤控除"), 0);
    case.set("休業", "給与の扱い 額", "");
    case.run("2026-05").assert_stopped("unknown_value", "休業", "給与の扱い 額", "空欄");
}

#[test]
fn two_leaves_one_after_the_other_leave_nothing_to_pay() {
    // 産前産後休業 to 2026-01-09, 育児休業 from the day after.
    let case = Case::of("003-hinata", "T031");
    let june = case.run("2026-06");
    assert_eq!(june.amount("基本給"), 0);
    case.set("休業", "給与の扱い", "無給");
    case.add("勤怠", &[("支給月", "2026-01"), ("欠勤日数", "0"), ("出勤日数", "0")]);
    let january = case.run("2026-01");
    assert_eq!((january.amount("基本給"), january.amount("欠勤控除")), (0, 0));
}

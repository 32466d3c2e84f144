//! 平均賃金 from the months before: 休業手当, and days of 有給 by 平均賃金 or 標準報酬日額.

use crate::case::Case;

/// Pays the months one after the other, each with the cells of its 勤怠.
fn paid(case: &Case, months: &[(&str, &[(&str, &str)])]) {
    for (at, (month, cells)) in months.iter().enumerate() {
        if at == 0 {
            case.clear("勤怠");
        }
        case.add("勤怠", &[&[("支給月", *month), ("欠勤日数", "0")], *cells].concat());
        assert_eq!(case.run(month).slips.len(), 1, "{month}");
        case.turn_the_page();
    }
}

/// 004-3: 270,000 yen and 9,600 of commuting, closed at month's end and paid in it; 20 days a month.
fn staff(march: &[(&str, &str)]) -> Case {
    let case = Case::of("004-kaku", "3");
    let month = [("出勤日数", "21")];
    paid(&case, &[("2026-03", march), ("2026-04", &month), ("2026-05", &month)]);
    case
}

fn suspended(case: &Case, month: &str, more: &[(&str, &str)]) {
    let cells = [("支給月", month), ("出勤日数", "18"), ("欠勤日数", "0"), ("会社都合の休業日数", "3")];
    case.add("勤怠", &[&cells, more].concat());
}

#[test]
fn a_suspension_is_paid_by_sixty_per_cent_of_the_average() {
    let case = staff(&[("出勤日数", "21")]);
    suspended(&case, "2026-06", &[]);
    let june = case.run("2026-06");
    // 279,600 x 3 / 92 days = 9,117.39; 60 % of it x 3 = 16,411.302. 270,000 / 20 x 3 is not paid.
    june.assert_pay(&[("基本給", 270_000), ("通勤手当", 9_600), ("休業手当", 16_411), ("休業控除", -40_500)]);
    // July goes on: what was paid for June must not lower the average, so the first day has to be known.
    case.turn_the_page();
    suspended(&case, "2026-07", &[]);
    case.run("2026-07").assert_stopped("suspension_in_window", "勤怠", "", "会社都合の休業の初日");
    case.set("勤怠", "会社都合の休業の初日", "2026-06-25");
    assert_eq!(case.run("2026-07").amount("休業手当"), 16_411);
    case.set("勤怠", "会社都合の休業の初日", "2026-08-01");
    case.run("2026-07").assert_stopped("suspension_from", "勤怠", "会社都合の休業の初日", "期間より後");
}

#[test]
fn part_of_a_day_is_not_a_day_of_suspension() {
    let case = staff(&[("出勤日数", "21")]);
    suspended(&case, "2026-06", &[]);
    for days in ["2.5", "23"] {
        case.set("勤怠", "会社都合の休業日数", days);
        case.run("2026-06").assert_stopped("suspension_days", "勤怠", "会社都合の休業日数", "26条");
    }
    case.set("勤怠", "会社都合の休業日数", "0");
    assert_eq!(case.run("2026-06").amount("休業手当"), 0);
}

#[test]
fn absences_lower_the_average_as_far_as_the_law_lets_them() {
    let case = staff(&[("出勤日数", "20"), ("欠勤日数", "1")]);
    suspended(&case, "2026-06", &[]);
    // (838,800 - 13,500) / 92 = 8,970.65; 60 % x 3 = 16,147.17.
    assert_eq!(case.run("2026-06").amount("休業手当"), 16_147);
    // Six days are 81,000: 757,800 / 92 = 8,236.95 is below 60 % of 838,800 / 60 scheduled days = 8,388.
    let case = staff(&[("出勤日数", "15"), ("欠勤日数", "6")]);
    suspended(&case, "2026-06", &[]);
    case.run("2026-06").assert_stopped("not_supported", "給与履歴", "", "基収1619号");
}

#[test]
fn days_of_childcare_leave_are_left_out() {
    let case = Case::of("004-kaku", "3");
    let leave = [("種類", "育児"), ("開始日", "2026-03-01"), ("終了日", "2026-03-31"), ("給与の扱い", "無給")];
    case.add("休業", &leave);
    let month = [("出勤日数", "21")];
    paid(&case, &[("2026-03", &[("出勤日数", "0")]), ("2026-04", &month), ("2026-05", &month)]);
    suspended(&case, "2026-06", &[]);
    // 559,200 / 61 = 9,167.21; 60 % x 3 = 16,500.978.
    assert_eq!(case.run("2026-06").amount("休業手当"), 16_501);
}

#[test]
fn a_month_without_its_lines_or_not_there_stops() {
    let case = staff(&[("出勤日数", "21")]);
    suspended(&case, "2026-06", &[]);
    let lines = case.clear("明細履歴").run("2026-06");
    lines.assert_stopped("pay_lines_missing", "明細履歴", "", "2026-03 支給の明細履歴がない");
    case.clear("給与履歴").run("2026-06").assert_stopped(
        "average_wage",
        "給与履歴",
        "",
        "2026-03-01から2026-03-31まで",
    );
}

/// 003-T022: 262,000 yen and 15,000 for the rent; the overtime of a month is paid with the base pay of the next.
#[test]
fn overtime_belongs_to_the_month_it_was_worked_in() {
    let case = Case::of("003-hinata", "T022");
    let month = |overtime| [("出勤日数", "20"), ("時間外", overtime)];
    let [january, february, march, april] = [month("9:00"), month("0:00"), month("0:00"), month("10:00")];
    paid(&case, &[("2026-02", &january), ("2026-03", &february), ("2026-04", &march), ("2026-05", &april)]);
    let cells = [("支給月", "2026-06"), ("出勤日数", "7"), ("欠勤日数", "0"), ("会社都合の休業日数", "1")];
    case.add("勤怠", &cells);
    // 262,000 / 160 = 1,637.5, up 1,638; x 1.25 x 10 h = 20,475 for April. January's nine hours do not count.
    // (277,000 x 3 + 20,475) / 89 = 9,567.13; 60 % = 5,740.278.
    assert_eq!(case.run("2026-06").amount("休業手当"), 5_740);
}

/// 001-4: 1,150 yen an hour, 6,000 for the bus; the work of June is paid in July.
fn part_timer() -> Case {
    let case = Case::of("001-koshiji", "4");
    let month = [("出勤日数", "8"), ("労働時間（時給・日給者）", "40:00")];
    paid(&case, &[("2026-04", &month), ("2026-05", &month), ("2026-06", &month)]);
    case
}

#[test]
fn who_works_few_days_has_the_floor() {
    let case = part_timer();
    let july = [("支給月", "2026-07"), ("出勤日数", "6"), ("労働時間（時給・日給者）", "30:00"), ("有給（日）", "1")];
    case.add("勤怠", &july).set("給与規程", "有給の賃金（時給・日給者）", "平均賃金");
    // 46,000 x 3 / 24 days x 60 % = 3,450, and 18,000 / 92 = 195.65 by the month: 3,645.65, above 156,000 / 92 = 1,695.65.
    case.run("2026-07").assert_pay(&[("基本給", 34_500), ("通勤手当", 6_000), ("有給手当", 3_646)]);
    // 60 % of it x 2 = 4,374.78.
    case.set("勤怠", "有給（日）", "").set("勤怠", "会社都合の休業日数", "2");
    case.run("2026-07").assert_pay(&[("基本給", 34_500), ("通勤手当", 6_000), ("休業手当", 4_375)]);
}

/// 003-T120, 1,260 yen an hour, six hours a day; 標準報酬 134,000.
#[test]
fn leave_by_the_daily_standard_needs_its_agreement() {
    let case = Case::of("003-hinata", "T120");
    assert_eq!(case.run("2026-06").amount("有給手当"), 6 * 1_260);
    case.set("給与規程", "有給の賃金（時給・日給者）", "標準報酬日額（労使協定）");
    case.run("2026-06").assert_stopped("paid_leave_pay", "給与規程", "", "標準報酬日額の有給");
    case.add("協定", &[("種類", "標準報酬日額の有給"), ("有効期間 自", "2026-04-01")]);
    // 134,000 / 30 = 4,466.67, to ten yen 4,470; half a day up.
    assert_eq!(case.run("2026-06").amount("有給手当"), 4_470);
    case.set("勤怠", "有給（日）", "1.5");
    assert_eq!(case.run("2026-06").amount("有給手当"), 6_705);
    // Not insured: there is no standard.
    case.set("被保険者資格", "喪失日", "2026-05-01");
    case.run("2026-06").assert_stopped("paid_leave_pay", "給与規程", "", "標準報酬月額が分からない");
}

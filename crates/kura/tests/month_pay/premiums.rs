//! Premiums of a month by the settings of the office and the rules of the insurer.

use crate::case::Case;

#[test]
fn the_levy_is_rounded_as_the_pay_group_says_else_as_the_office_does() {
    // 003-T120: 134,000 yen in Tokyo, 36 years. Health 134,000 x 9.85 % / 2 = 6,599.5, levy 134,000 x 0.23 % / 2 = 154.1:
    // together 6,753.6, apart 6,599 and 154.
    let health = |office: &str, group: &str| {
        let case = Case::of("003-hinata", "T120");
        case.set("事務所", "支援金の端数", office).set("給与規程", "支援金の端数", group);
        case.run("2026-06").amount("健康保険料")
    };
    assert_eq!([health("", ""), health("合算", ""), health("別", "合算")], [6_754; 3]);
    assert_eq!([health("別", ""), health("", "別"), health("合算", "別")], [6_753; 3]);
}

/// 004-3: 280,000 yen, 28 years; health 4.20 %, levy 0.115 %, care 0.90 % of it.
fn young() -> Case {
    let case = Case::of("004-kaku", "3");
    case.set("保険者料率", "特定被保険者の介護", "○");
    case
}

fn health_with_a_mother_born(case: &Case, birth_date: &str) -> i64 {
    let cells = [
        ("家族番号", "1"),
        ("適用開始日", "2024-04-01"),
        ("生年月日", birth_date),
        ("続柄", "父母"),
        ("同居", "○"),
        ("税の区分", "対象外"),
        ("健保の扶養 該当日", "2024-04-01"),
    ];
    case.add("扶養家族", &cells);
    case.run("2026-06").amount("健康保険料")
}

#[test]
fn a_society_may_charge_care_for_a_dependant_of_the_care_ages() {
    let (without, with) = (11_760 + 322, 11_760 + 322 + 2_520);
    assert_eq!(young().run("2026-06").amount("健康保険料"), without, "nobody");
    assert_eq!(health_with_a_mother_born(&young(), "1968-01-01"), with, "58 years");
    // The premium of May: 65 on 1 June is reached on 31 May, on 2 June in June; 40 likewise.
    assert_eq!(health_with_a_mother_born(&young(), "1961-06-01"), without);
    assert_eq!(health_with_a_mother_born(&young(), "1961-06-02"), with);
    assert_eq!(health_with_a_mother_born(&young(), "1986-06-01"), with);
    assert_eq!(health_with_a_mother_born(&young(), "1986-06-02"), without);
    let of_another_society = young();
    of_another_society.set("保険者料率", "特定被保険者の介護", "");
    assert_eq!(health_with_a_mother_born(&of_another_society, "1968-01-01"), without);
    let ended = young();
    health_with_a_mother_born(&ended, "1968-01-01");
    ended.set("扶養家族", "健保の扶養 非該当日", "2026-05-31");
    assert_eq!(ended.run("2026-06").amount("健康保険料"), without);
    ended.set("扶養家族", "健保の扶養 非該当日", "2026-06-01");
    assert_eq!(ended.run("2026-06").amount("健康保険料"), with);
}

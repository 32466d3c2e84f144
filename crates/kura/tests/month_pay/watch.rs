//! What the law says of a month beside the yen: each on both sides of its limit.

use crate::case::{Case, Outcome};

/// Sheet, column and sentence of every finding with a code.
fn found(outcome: &Outcome, code: &str) -> Vec<[String; 3]> {
    let of_code = outcome.findings.iter().filter(|finding| finding["code"] == code);
    let at = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    of_code.map(|finding| ["sheet", "column", "sentence"].map(|key| at(finding, key))).collect()
}

fn below_minimum(case: &Case, month: &str) -> Vec<String> {
    let found = found(&case.run(month), "below_minimum_wage");
    assert!(found.iter().all(|[sheet, column, _]| (sheet.as_str(), column.as_str()) == ("雇用条件", "基本額")));
    found.into_iter().map(|[_, _, sentence]| sentence).collect()
}

#[test]
fn a_wage_below_a_minimum_that_rises_inside_the_period_is_named_by_its_days() {
    // Osaka: 1,177 yen to 2026-09-30, 1,231 yen from 2026-10-01; the period is 09-21 to 10-20.
    let case = Case::of("002-senshu", "39");
    case.set("雇用条件", "基本額", "1231");
    assert_eq!(below_minimum(&case, "2026-10"), [""; 0]);
    case.set("雇用条件", "基本額", "1230");
    let october = "会社002 社員39: 2026-10-01から2026-10-20までの時間当たりの賃金は、地域別最低賃金（2026-10-01発効）1,231円を下回っています（最低賃金法4条）。";
    assert_eq!(below_minimum(&case, "2026-10"), [october]);
}

#[test]
fn the_minimum_is_that_of_the_place_of_work() {
    // 003-F071 has 1,095 yen in Fukuoka, where 1,057 is the least; in Tokyo it is 1,226.
    let case = Case::of("003-hinata", "F071");
    assert_eq!(below_minimum(&case, "2026-06"), [""; 0]);
    case.set("雇用条件", "勤務する事業場", "T");
    let [sentence] = below_minimum(&case, "2026-06").try_into().unwrap();
    assert!(sentence.contains("2026-05-01から2026-05-31まで") && sentence.contains("1,226円"), "{sentence}");
    // A place without a row of 事業所 has the minimum of the establishment.
    case.set("雇用条件", "勤務する事業場", "久留米第二");
    assert_eq!(below_minimum(&case, "2026-06"), [""; 0]);
    case.set("事業所", "最低賃金の都道府県", "");
    let unchecked = found(&case.run("2026-06"), "minimum_wage_unchecked");
    assert_eq!(
        unchecked.iter().map(|[sheet, column, _]| [sheet, column]).collect::<Vec<_>>(),
        [["事業所", "最低賃金の都道府県"]]
    );
}

#[test]
fn a_month_is_compared_by_its_average_hours_without_what_does_not_count() {
    // 001-3: 168 hours a month, beside 家族手当 and 皆勤手当; Niigata 1,050 yen: 176,400 a month.
    let case = Case::of("001-koshiji", "3");
    case.set("雇用条件", "基本額", "176400");
    assert_eq!(below_minimum(&case, "2026-07"), [""; 0]);
    case.set("雇用条件", "基本額", "176399");
    assert_eq!(below_minimum(&case, "2026-07").len(), 1);
    // 特定最低賃金 of the industry binds where it is higher.
    case.set("雇用条件", "基本額", "176400").set("事業所", "特定最低賃金（時間額）", "1051");
    let [sentence] = below_minimum(&case, "2026-07").try_into().unwrap();
    assert!(sentence.contains("特定最低賃金1,051円"), "{sentence}");
    // Officers have no minimum.
    let officer = Case::of("001-koshiji", "1");
    officer.set("雇用条件", "基本額", "50000");
    assert_eq!(below_minimum(&officer, "2026-07"), [""; 0]);
}

#[test]
fn days_of_leave_that_are_paid_otherwise_are_not_compared() {
    // 003-T022, away from 2026-05-11 to 05-24 for a sum of 1,000 yen a month; Tokyo 1,226 yen.
    let case = Case::of("003-hinata", "T022");
    case.set("勤怠", "支給月", "2026-05").set("勤怠", "休業日数（産前産後・育児・介護・休職）", "");
    case.set("休業", "給与の扱い", "一部（額）").set("休業", "給与の扱い 額", "1000");
    assert_eq!(below_minimum(&case, "2026-05"), [""; 0]);
    case.set("雇用条件", "基本額", "100000");
    let days = below_minimum(&case, "2026-05");
    let [before, after] = days.as_slice() else { panic!("{days:?}") };
    assert!(before.contains("2026-05-01から2026-05-10まで"), "{before}");
    assert!(after.contains("2026-05-25から2026-05-31まで"), "{after}");
}

#[test]
fn a_rule_below_the_law_is_named_by_its_column() {
    let rules = |column: &str, value: &str| {
        let case = Case::of("001-koshiji", "3");
        case.set("給与規程", column, value);
        found(&case.run("2026-07"), "pay_rule_below_law")
    };
    for (column, lawful, below) in [
        ("割増率 時間外", "125", "124"),
        ("割増率 60時間超", "150", "149"),
        ("割増率 法定休日", "135", "134"),
        ("割増率 深夜", "25", "24"),
        ("割増率 所定休日", "125", "124"),
        ("特別条項の割増率（45時間超）", "125", "124"),
        ("時間単価の端数", "四捨五入", "切捨"),
        ("割増単価の端数", "切上", "切捨"),
        ("割増額の端数", "四捨五入", "切捨"),
        ("欠勤・遅早控除の端数", "四捨五入", "切上"),
    ] {
        assert_eq!(rules(column, lawful), [[""; 3]; 0], "{column} {lawful}");
        let [[sheet, named, sentence]] = rules(column, below).try_into().unwrap();
        assert_eq!((sheet.as_str(), named.as_str()), ("給与規程", column));
        assert!(sentence.starts_with("会社001 給与体系"), "{sentence}");
    }
}

#[test]
fn a_typed_number_of_dependents_is_compared_with_the_one_that_is_counted() {
    // 001-3 is ひとり親: one. The child is under 16.
    let differing = |typed: &str| {
        let case = Case::of("001-koshiji", "3");
        case.set("雇用条件", "扶養親族等の数", typed);
        let outcome = case.run("2026-07");
        (found(&outcome, "dependents_differ"), outcome.amount("所得税"))
    };
    let (none, counted) = differing("");
    assert_eq!((none, differing("1")), (vec![], (vec![], counted)));
    let (found, typed) = differing("0");
    let [[sheet, column, sentence]] = found.try_into().unwrap();
    assert_eq!((sheet.as_str(), column.as_str()), ("雇用条件", "扶養親族等の数"));
    assert!(sentence.contains("会社001 社員3:") && sentence.contains("0人") && sentence.contains("1人"), "{sentence}");
    assert!(typed > counted, "the typed number is taxed");
    // What cannot be counted is not compared.
    let unknown = Case::of("001-koshiji", "3");
    unknown.set("雇用条件", "扶養親族等の数", "0").set("従業員", "寡婦・ひとり親", "");
    assert_eq!(crate::watch::found(&unknown.run("2026-07"), "dependents_differ"), [[""; 3]; 0]);
}

#[test]
fn figures_of_which_a_later_version_is_announced_are_named() {
    let titles = |month: &str| {
        let found = found(&Case::of("001-koshiji", "1").run(month), "law_outdated");
        let title = |sentence: &str| sentence.split(['「', '」']).nth(1).unwrap().to_owned();
        found.into_iter().map(|[_, _, sentence]| title(&sentence)).collect::<Vec<_>>()
    };
    let tax = "給与所得の源泉徴収税額表（月額表）";
    assert_eq!(titles("2026-12"), [""; 0]);
    // The tax by the day of payment; the premium of March is taken in April.
    assert_eq!(titles("2027-01"), [tax]);
    assert_eq!(titles("2027-03"), [tax]);
    assert_eq!(
        titles("2027-04"),
        ["協会けんぽ 都道府県単位保険料率", "全国一律の料率（介護・支援金・厚生年金・拠出金・一般拠出金）", tax]
    );
}

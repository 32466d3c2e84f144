//! 現物給与: pay that is no money. 004-3 has 270,000 yen and 9,600 of commuting that is tax-free.

use crate::case::Case;

const JUNE: &str = "2026-06";

fn item(case: &Case, code: &str, name: &str, cells: &[(&str, &str)]) {
    let base = [
        ("項目コード", code),
        ("項目名", name),
        ("明細の名", name),
        ("並び順", "500"),
        ("課税区分", "食事"),
        ("社会保険の報酬", "現物"),
        ("割増の基礎", "除外:臨時"),
        ("日割する", ""),
    ];
    case.add_like_the_last("支給控除項目", &[&base, cells].concat());
}

fn amount(case: &Case, code: &str, amount: &str) {
    case.add("固定支給", &[("項目コード", code), ("適用開始日", "2020-04-01"), ("金額", amount)]);
}

/// Lunches: 4,800 yen by the prices of the prefecture count as 報酬, their cost is 12,000, the person pays 6,000.
fn lunches() -> Case {
    let case = Case::of("004-kaku", "3");
    item(&case, "K500", "食事", &[]);
    item(&case, "J500", "食事の価額", &[("区分", "情報")]);
    item(&case, "D500", "食事代", &[("区分", "控除")]);
    case.add("協定", &[("種類", "24条控除"), ("控除できる項目", "食事代")]);
    for (code, yen) in [("K500", "4800"), ("J500", "12000"), ("D500", "6000")] {
        amount(&case, code, yen);
    }
    case
}

#[test]
fn lunches_within_the_limit_are_pay_and_neither_money_nor_taxed() {
    let without = Case::of("004-kaku", "3").run(JUNE);
    let june = lunches().run(JUNE);
    // From 2026-04 the employer may bear 7,500 a month; half of 12,000 is borne.
    assert_eq!((&june.slip()["gross"], &june.slip()["tax_free"]), (&284_400.into(), &14_400.into()));
    assert_eq!(june.amount("所得税"), without.amount("所得税"));
    assert_eq!((june.amount("食事代"), june.amount("現物支給額")), (6_000, 4_800));
    // The wages of employment insurance are 4,800 yen more: 284,400 x 0.5 % = 1,422, where 279,600 x 0.5 % = 1,398.
    assert_eq!((without.amount("雇用保険料"), june.amount("雇用保険料")), (1_398, 1_422));
    let net = without.slip()["net"].as_i64().unwrap();
    assert_eq!(june.slip()["net"].as_i64(), Some(net - 6_000 - 24));
}

#[test]
fn what_the_employer_bears_above_the_limit_is_taxed_as_a_whole() {
    let case = lunches();
    case.set("勤怠", "支給月", "2026-03");
    let march = case.run("2026-03");
    // 6,000 is above 3,500: 284,400 - 270,000 of pay - 6,000 of meals.
    assert_eq!(march.slip()["tax_free"], 8_400);
    // Less than half is borne.
    let case = lunches();
    case.change_last("固定支給", "金額", "5900");
    assert_eq!(case.run(JUNE).slip()["tax_free"], 9_600 + 4_800 - 6_100);
}

#[test]
fn what_a_meal_costs_and_who_pays_for_it_has_to_be_known() {
    let without = |code: &str| {
        let case = Case::of("004-kaku", "3");
        item(&case, "K500", "食事", &[]);
        item(&case, "J500", "食事の価額", &[("区分", "情報")]);
        item(&case, "D500", "食事代", &[("区分", "控除")]);
        case.add("協定", &[("種類", "24条控除"), ("控除できる項目", "食事代")]);
        for (of, yen) in [("K500", "4800"), ("J500", "12000"), ("D500", "0")].iter().filter(|(of, _)| *of != code) {
            amount(&case, of, yen);
        }
        case.run(JUNE)
    };
    without("J500").assert_stopped("meals_unknown", "固定支給", "", "区分「情報」・課税区分「食事」");
    without("D500").assert_stopped("meals_unknown", "固定支給", "", "区分「控除」・課税区分「食事」");
    // Who gets no meals needs neither.
    assert_eq!(without("K500").slip()["tax_free"], 9_600);
    // Nothing is borne: 12,000 are taxed.
    assert_eq!(without("").slip()["tax_free"], 9_600 + 4_800 - 12_000);
}

/// 社宅: the price of the prefecture less the rent the person pays is typed, and stands in 給与履歴 as 現物.
#[test]
fn a_company_flat_counts_for_insurance_alone() {
    let case = Case::of("004-kaku", "3");
    item(&case, "K600", "社宅", &[("課税区分", "非課税")]);
    amount(&case, "K600", "18400");
    let without = Case::of("004-kaku", "3").run(JUNE);
    let june = case.run(JUNE);
    assert_eq!((june.amount("社宅"), june.amount("現物支給額")), (18_400, 18_400));
    assert_eq!(june.amount("所得税"), without.amount("所得税"));
    case.turn_the_page();
    let history = |column| case.last("給与履歴", column);
    assert_eq!([history("報酬 通貨"), history("報酬 現物")], ["279600", "18400"]);
}

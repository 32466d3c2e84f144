//! Items and formulas of a bonus, its classes, and every refusal.

use kura_model::{FixedWage, ItemKind, ItemTaxClass, PremiumBase, PremiumBaseDivisor, RemunerationClass};
use kura_payroll::bonus::{BonusError, BonusPlan, BonusPlanInput, GivenAmount, PersonBonus};
use kura_payroll::formula::{EvaluationProblem, Value, ValueType};
use kura_payroll::pay::{
    AmountSource, BuiltIn, DeductionBasis, FactName, Item, ItemClass, ItemInput, LineKind, LookupTable, PlanProblem,
    Rule,
};
use kura_payroll::tax::Method;
use kura_yen::{Exact, Rounding, Yen};

use crate::case::{person, plan_of, uninsured};
use crate::law::{day, law};

pub(crate) fn item(name: &str, kind: ItemKind, source: AmountSource) -> ItemInput {
    let class = ItemClass {
        tax: ItemTaxClass::Taxable,
        remuneration: RemunerationClass::Bonus,
        fixed_wage: FixedWage::NotFixed,
        labor_wage: true,
        premium_base: PremiumBase::ExcludedOverOneMonth,
        premium_base_divisor: PremiumBaseDivisor::Month,
        minimum_wage_base: false,
        average_wage: kura_model::AverageWageBase::Included,
        prorate: false,
        reduce_on_absence: false,
        pay_every_months: 1,
    };
    let (name, slip_name) = (name.to_owned(), name.to_owned());
    let item = Item {
        code: format!("B-{name}"),
        name,
        slip_name,
        kind,
        source,
        class,
        show_zero: false,
        pay_in_months: None,
        deduction_basis: Some(DeductionBasis::Agreement),
    };
    ItemInput { item, formula: None }
}

pub(crate) fn formula(name: &str, kind: ItemKind, text: &str) -> ItemInput {
    ItemInput { formula: Some((text.to_owned(), Rounding::Down)), ..item(name, kind, AmountSource::Variable) }
}

fn given(item: usize, amount: i64) -> GivenAmount {
    GivenAmount { item, amount: Exact::whole(amount) }
}

fn amounts(plan: &BonusPlan<'_>, person: &PersonBonus) -> Vec<(String, i64)> {
    let slip = plan.pay(person, &mut ()).unwrap().slip;
    let lines = slip.pay.iter().chain(&slip.deductions);
    lines.map(|line| (plan.code_and_name(line.kind).1.to_owned(), line.amount.get())).collect()
}

fn named(lines: &[(&str, i64)]) -> Vec<(String, i64)> {
    lines.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect()
}

#[test]
fn the_typed_amount_stands_on_its_line() {
    let plan = plan_of("2026-07-10", Vec::new());
    let lines = amounts(&plan, &uninsured(300_000));
    assert_eq!(lines, named(&[("賞与", 300_000), ("所得税", 12_252)]));
    assert_eq!(plan.code_and_name(LineKind::BuiltIn(BuiltIn::Bonus)).0, "bonus");
}

#[test]
fn items_carry_the_amount_and_must_agree_with_what_was_typed() {
    let items = || {
        vec![
            item("基本賞与", ItemKind::Earning, AmountSource::Variable),
            item("業績賞与", ItemKind::Earning, AmountSource::Variable),
        ]
    };
    let plan = plan_of("2026-07-10", items());
    let mut person = uninsured(500_000);
    person.given = vec![given(0, 480_000), given(1, 20_000)];
    let expected = named(&[("基本賞与", 480_000), ("業績賞与", 20_000), ("所得税", 20_420)]);
    assert_eq!(amounts(&plan, &person), expected);
    person.currency = None;
    assert_eq!(amounts(&plan, &person), expected);
    person.currency = Some(Yen::new(500_001));
    let error = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(error, BonusError::AmountsDisagree);
    assert_eq!(error.to_string(), "賞与の支給額（通貨）と、項目別の額の合計が一致しません。");
    assert_eq!(error.remedy(), "支給額（通貨）を項目別の合計に合わせるか、どちらか一方だけを入れてください。");
}

#[test]
fn a_standard_item_takes_the_typed_amount_and_others_come_on_top() {
    let items = vec![
        item("冬季賞与", ItemKind::Earning, AmountSource::BasePay),
        formula("特別加算", ItemKind::Earning, "冬季賞与*0.05"),
        formula("組合費", ItemKind::Deduction, "ROUNDDOWN((冬季賞与+特別加算)*0.012,-1)"),
        item("親睦会費", ItemKind::Deduction, AmountSource::Fixed),
    ];
    let plan = plan_of("2026-07-10", items);
    let mut person = uninsured(400_000);
    person.given = vec![given(3, 1_000)];
    let lines = amounts(&plan, &person);
    assert_eq!(lines[..2], named(&[("冬季賞与", 400_000), ("特別加算", 20_000)]));
    assert_eq!(lines[3..], named(&[("組合費", 5_040), ("親睦会費", 1_000)]));
    let slip = plan.pay(&person, &mut ()).unwrap().slip;
    let rules: Vec<Rule> = slip.pay.iter().chain(&slip.deductions[1..]).map(|line| line.rule).collect();
    assert_eq!(rules, [Rule::BonusAmount, Rule::Formula, Rule::Formula, Rule::Fixed]);
    assert_eq!(slip.net, Yen::new(420_000 - 5_040 - 1_000) - slip.deducted(BuiltIn::IncomeTax));
}

#[test]
fn a_formula_may_name_the_bonus_the_facts_and_the_tables() {
    let input = BonusPlanInput {
        paid_on: day("2026-07-10"),
        items: vec![
            formula("賞与額", ItemKind::Earning, "基本額*参照表(\"評価\", 評価)"),
            formula("控除", ItemKind::Deduction, "参照表(\"段階\", 賞与額)"),
        ],
        facts: vec![
            FactName { name: "基本額".to_owned(), value_type: ValueType::Number, of_attendance: false },
            FactName { name: "評価".to_owned(), value_type: ValueType::Text, of_attendance: false },
        ],
        tables: vec![
            LookupTable {
                name: "評価".to_owned(),
                keys: vec![("A".to_owned(), Exact::parse("2.5").unwrap()), ("B".to_owned(), Exact::whole(2))],
                ranges: Vec::new(),
            },
            LookupTable {
                name: "段階".to_owned(),
                keys: Vec::new(),
                ranges: vec![
                    (Exact::ZERO, Some(Exact::whole(500_000)), Exact::whole(100)),
                    (Exact::whole(500_000), None, Exact::whole(200)),
                ],
            },
        ],
        method: Method::Table,
    };
    let plan = BonusPlan::new(law(), input).unwrap();
    let person = |grade: &'static str| PersonBonus {
        currency: None,
        facts: vec![Some(Value::Number(Exact::whole(200_000))), Some(Value::Text(grade.into()))],
        ..uninsured(0)
    };
    let of = |grade| {
        let slip = plan.pay(&person(grade), &mut ()).unwrap().slip;
        (slip.gross.get(), slip.deductions.last().unwrap().amount.get())
    };
    assert_eq!([of("A"), of("B")], [(500_000, 200), (400_000, 100)]);

    let error = plan.pay(&person("C"), &mut ()).unwrap_err();
    assert!(matches!(&error, BonusError::Formula { item, .. } if item == "賞与額"), "{error}");
    assert_eq!(error.remedy(), "支給控除項目の式と、式が使う値を確かめてください。");
    let unknown = PersonBonus { facts: vec![None, Some(Value::Text("A".into()))], ..person("A") };
    let error = plan.pay(&unknown, &mut ()).unwrap_err();
    assert_eq!(error.to_string(), "「基本額」が空欄のため賞与を計算できません。");
}

#[test]
fn the_word_bonus_is_the_typed_amount() {
    let plan = plan_of("2026-07-10", vec![formula("組合費", ItemKind::Deduction, "ROUNDDOWN(賞与*0.01,0)")]);
    assert_eq!(amounts(&plan, &uninsured(123_456)).last().unwrap(), &("組合費".to_owned(), 1_234));
    let error = plan.pay(&PersonBonus { currency: None, ..uninsured(0) }, &mut ()).unwrap_err();
    assert_eq!(error.to_string(), "「賞与」が空欄のため賞与を計算できません。");
}

fn plan_with(
    items: Vec<ItemInput>,
    facts: Vec<FactName>,
    tables: Vec<LookupTable>,
) -> Result<BonusPlan<'static>, Vec<PlanProblem>> {
    BonusPlan::new(law(), BonusPlanInput { paid_on: day("2026-07-10"), items, facts, tables, method: Method::Table })
}

#[test]
fn a_plan_tells_its_mistakes_before_any_bonus() {
    let number = |name: &str| FactName { name: name.to_owned(), value_type: ValueType::Number, of_attendance: false };
    let told = |items: Vec<ItemInput>| -> Vec<String> {
        let problems = plan_with(items, vec![number("勤続年数")], Vec::new()).err().unwrap_or_default();
        problems.iter().map(PlanProblem::to_string).collect()
    };
    let paid = |name| item(name, ItemKind::Earning, AmountSource::Variable);
    let by = |name, text| formula(name, ItemKind::Earning, text);
    assert_eq!(
        told(vec![by("一", "基本給*2"), by("二", "賞与*")]),
        [
            "項目「一」: 式の1文字目: 「基本給」という項目はありません。支給控除項目・勤怠の見出し・任意項目の名前で書いてください。",
            "項目「二」: 式の4文字目: ここには値が必要です。",
        ]
    );
    assert_eq!(
        told(vec![by("一", "二+1"), by("二", "一+1")]),
        ["項目「一」「二」の式が互いを参照していて計算できません。どれかの式から参照を外してください。"]
    );
    let ambiguous = |name: &str| {
        vec![format!("項目「加算」の式にある「{name}」は、二つ以上の項目の名前です。項目名を分けてください。")]
    };
    assert_eq!(told(vec![paid("手当"), paid("手当"), by("加算", "手当*2")]), ambiguous("手当"));
    assert_eq!(told(vec![paid("賞与"), paid("賞与"), by("加算", "賞与*2")]), ambiguous("賞与"));
    assert_eq!(told(vec![paid("勤続年数"), by("加算", "勤続年数*2")]), ambiguous("勤続年数"));
    let harmless = [
        vec![paid("手当"), paid("手当"), by("加算", "賞与*2")],
        vec![paid("勤続年数"), by("加算", "賞与*2")],
        vec![paid("賞与"), by("加算", "賞与*勤続年数")],
    ];
    assert_eq!(harmless.map(told), [const { Vec::<String>::new() }; 3]);
    let mut unlawful = item("親睦会費", ItemKind::Deduction, AmountSource::Fixed);
    unlawful.item.deduction_basis = None;
    assert_eq!(
        told(vec![unlawful]),
        [
            "控除項目「親睦会費」の根拠がありません（労基法24条）。協定のシートに「24条控除」の協定を入れ、控除できる項目にこの名前を書いてください。"
        ]
    );
}

#[test]
fn a_number_is_looked_up_by_range_and_by_key() {
    let of = |number: &str, amount| (Exact::parse(number).unwrap(), amount);
    let table = LookupTable {
        name: "等級".to_owned(),
        keys: vec![("1".to_owned(), Exact::whole(10_000)), ("2.50".to_owned(), Exact::whole(25_000))],
        ranges: vec![(Exact::whole(10), None, Exact::whole(99_000))],
    };
    let grade = FactName { name: "等級".to_owned(), value_type: ValueType::Number, of_attendance: false };
    let item = formula("等級加算", ItemKind::Earning, "参照表(\"等級\", 等級)");
    let plan = plan_with(vec![item], vec![grade], vec![table]).unwrap();
    let gross = |number: Exact| {
        let person = PersonBonus { currency: None, facts: vec![Some(Value::Number(number))], ..uninsured(0) };
        plan.pay(&person, &mut ()).map(|bonus| bonus.slip.gross.get())
    };
    for (number, amount) in [of("1", 10_000), of("2.5", 25_000), of("10", 99_000)] {
        assert_eq!(gross(number), Ok(amount), "{number:?}");
    }
    let no_row =
        BonusError::Formula { item: "等級加算".to_owned(), problem: EvaluationProblem::NoRow { table: 0 } };
    assert_eq!(gross(Exact::whole(2)), Err(no_row));
}

#[test]
fn classes_decide_what_counts() {
    let mut celebration = item("慶弔", ItemKind::Earning, AmountSource::Variable);
    celebration.item.class.tax = ItemTaxClass::TaxFree;
    celebration.item.class.remuneration = RemunerationClass::Excluded;
    celebration.item.class.labor_wage = false;
    let mut quarterly = item("四半期手当", ItemKind::Earning, AmountSource::Variable);
    quarterly.item.class.remuneration = RemunerationClass::Included;
    let plan =
        plan_of("2026-07-10", vec![item("賞与", ItemKind::Earning, AmountSource::BasePay), celebration, quarterly]);
    let mut person = person(300_000);
    person.given = vec![given(1, 30_000), given(2, 7_000)];
    let bonus = plan.pay(&person, &mut ()).unwrap();
    assert_eq!((bonus.slip.gross, bonus.slip.tax_free), (Yen::new(337_000), Yen::new(30_000)));
    assert_eq!((bonus.currency, bonus.standard.health), (Yen::new(300_000), Yen::new(300_000)));
    assert_eq!((bonus.slip.bases.remuneration, bonus.slip.bases.labor_wage), (Yen::new(7_000), Yen::new(307_000)));
    assert_eq!(bonus.slip.deducted(BuiltIn::EmploymentInsurance), Yen::new(1_535));
    assert_eq!(bonus.slip.taxable, Yen::new(307_000) - bonus.slip.bases.social_insurance);
}

#[test]
fn commuting_has_no_place_in_a_bonus() {
    let mut pass = item("定期代", ItemKind::Earning, AmountSource::Variable);
    pass.item.class.tax = ItemTaxClass::CommutingPublicTransport;
    let mut person = uninsured(0);
    (person.currency, person.given) = (None, vec![given(0, 66_000)]);
    let error = plan_of("2026-07-10", vec![pass]).pay(&person, &mut ()).unwrap_err();
    assert_eq!(error.to_string(), "項目「定期代」の課税区分（通勤・宿日直・食事）は賞与では使えません。");
    let remedy = "支給控除項目の課税区分を課税か非課税にするか、賞与で使わない項目にしてください。";
    assert_eq!(error.remedy(), remedy);
}

#[test]
fn what_is_given_in_kind_is_a_bonus_but_no_money() {
    let mut person = person(300_000);
    person.in_kind = Yen::new(50_500);
    let plan = plan_of("2026-07-10", Vec::new());
    let bonus = plan.pay(&person, &mut ()).unwrap();
    assert_eq!((bonus.currency, bonus.in_kind), (Yen::new(300_000), Yen::new(50_500)));
    assert_eq!(bonus.standard.pension, Yen::new(350_000));
    assert_eq!(bonus.slip.gross, Yen::new(350_500));
    assert_eq!(bonus.slip.deducted(BuiltIn::GivenInKind), Yen::new(50_500));
    assert_eq!(bonus.slip.deducted(BuiltIn::EmploymentInsurance), Yen::new(1_752));
}

#[test]
fn a_bonus_without_an_amount_is_refused() {
    let person = PersonBonus { currency: None, ..uninsured(0) };
    let error = plan_of("2026-07-10", Vec::new()).pay(&person, &mut ()).unwrap_err();
    assert_eq!(error.to_string(), "「支給額（通貨）」が空欄のため賞与を計算できません。");
}

#[test]
fn an_amount_beyond_every_range_is_refused() {
    let plan = plan_of("2026-07-10", vec![item("特別加算", ItemKind::Earning, AmountSource::Variable)]);
    let person = PersonBonus { given: vec![given(0, i64::MAX), given(0, i64::MAX)], ..uninsured(0) };
    let error = plan.pay(&person, &mut ()).unwrap_err();
    assert!(matches!(error, BonusError::Yen(_)), "{error}");
    assert_eq!(error.remedy(), "入力した金額・率・日数を確かめてください。");
}

#[test]
fn an_item_without_a_row_is_nothing_and_what_is_given_besides_a_formula_is_paid_too() {
    let items = vec![
        item("冬季賞与", ItemKind::Earning, AmountSource::BasePay),
        item("特別加算", ItemKind::Earning, AmountSource::Variable),
        item("精勤加算", ItemKind::Earning, AmountSource::Fixed),
        formula("評価加算", ItemKind::Earning, "(冬季賞与+特別加算+精勤加算)*0.1"),
    ];
    let plan = plan_of("2026-12-10", items);
    let mut person = uninsured(300_000);
    let paid = |person: &PersonBonus| amounts(&plan, person)[..plan.items.len() - 2].to_vec();
    assert_eq!(paid(&person), named(&[("冬季賞与", 300_000), ("評価加算", 30_000)]));
    person.given = vec![given(3, 5_000)];
    assert_eq!(paid(&person), named(&[("冬季賞与", 300_000), ("評価加算", 35_000)]));
    person.currency = None;
    let error = plan.pay(&person, &mut ()).unwrap_err();
    assert_eq!(error.to_string(), "「冬季賞与」が空欄のため賞与を計算できません。");
}

#[test]
fn items_of_another_month_are_not_paid_and_two_standard_items_of_one_are_refused() {
    let of_months = |name: &str, source, months| {
        let mut input = item(name, ItemKind::Earning, source);
        input.item.pay_in_months = kura_model::MonthsOfYear::parse(months);
        input
    };
    let items = |winter| {
        vec![
            of_months("夏季賞与", AmountSource::BasePay, "7"),
            of_months("冬季賞与", AmountSource::BasePay, winter),
            of_months("夏季手当", AmountSource::Fixed, "7"),
            ItemInput {
                formula: Some(("5000".to_owned(), Rounding::Down)),
                ..of_months("年末手当", AmountSource::Variable, "12")
            },
        ]
    };
    let mut person = uninsured(300_000);
    person.given = vec![given(2, 10_000)];
    let paid = |paid_on| amounts(&plan_of(paid_on, items("12")), &person)[..2].to_vec();
    assert_eq!(paid("2026-07-10"), named(&[("夏季賞与", 300_000), ("夏季手当", 10_000)]));
    assert_eq!(paid("2026-12-10"), named(&[("冬季賞与", 300_000), ("年末手当", 5_000)]));
    let error = plan_of("2026-07-10", items("7,12")).pay(&person, &mut ()).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.remedy()),
        (
            "標準の賞与項目が同じ月に2つ（「夏季賞与」「冬季賞与」）あるため、支給額（通貨）をどちらに入れるか決められません。",
            "支給控除項目の支給月を分けるか、どちらかを賞与で使わない項目にしてください。"
        )
    );
}

#[test]
fn a_person_without_a_key_has_no_line_and_a_wrong_key_stops() {
    let input = BonusPlanInput {
        paid_on: day("2026-07-10"),
        items: vec![
            item("賞与", ItemKind::Earning, AmountSource::BasePay),
            formula("資格加算", ItemKind::Earning, "参照表(\"資格\", 資格)"),
        ],
        facts: vec![FactName { name: "資格".to_owned(), value_type: ValueType::Text, of_attendance: false }],
        tables: vec![LookupTable {
            name: "資格".to_owned(),
            keys: vec![("1級".to_owned(), Exact::whole(20_000))],
            ranges: Vec::new(),
        }],
        method: Method::Table,
    };
    let plan = BonusPlan::new(law(), input).unwrap();
    let with = |key: &'static str| PersonBonus { facts: vec![Some(Value::Text(key.into()))], ..uninsured(300_000) };
    assert_eq!(plan.pay(&with("1級"), &mut ()).unwrap().slip.gross, Yen::new(320_000));
    assert_eq!(plan.pay(&with(""), &mut ()).unwrap().slip.pay.len(), 1);
    let error = plan.pay(&with("2級"), &mut ()).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.remedy()),
        (
            "項目「資格加算」の式: 参照表に、このキーの行がありません。行を加えるか、キーのつづりを確かめてください。",
            "支給控除項目の式と、式が使う値を確かめてください。"
        )
    );
}

#[test]
fn a_slip_beyond_every_range_does_not_leave() {
    let person = PersonBonus { in_kind: Yen::new(1), ..uninsured(i64::MAX) };
    let error = plan_of("2026-07-10", Vec::new()).pay(&person, &mut ()).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.remedy()),
        (
            "明細の検算が合いません（支給の合計）。",
            "金額に間違いがなければ、この人の番号を添えて開発者に知らせてください。"
        )
    );
}

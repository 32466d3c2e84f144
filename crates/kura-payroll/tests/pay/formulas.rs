//! 式 inside a plan: what they see, who has them, and every problem that is told before any pay.

use kura_model::PayType;
use kura_payroll::pay::{AmountSource, ItemInput, PayPlan, PersonMonth, PlanInput, PlanProblem};
use kura_payroll::tax::Method;

use crate::clients::{
    BASE, PLAIN, PRORATED, SAME_MONTH, clocks, deduction, factor, facts, formula, item, qualifications, wage_rules,
};
use crate::law::law;
use crate::people::*;

fn compile(items: Vec<ItemInput>) -> Result<PayPlan<'static>, Vec<PlanProblem>> {
    let input = PlanInput {
        clocks: clocks(SAME_MONTH, "2026-06"),
        items,
        facts: facts(),
        tables: vec![qualifications(&[("看護師", 30_000)])],
        rules: wage_rules(),
        method: Method::Table,
    };
    PayPlan::new(law(), input)
}

fn base() -> ItemInput {
    item("基本給", AmountSource::BasePay, BASE)
}

fn with(items: Vec<ItemInput>) -> PayPlan<'static> {
    compile([vec![base()], items].concat()).unwrap()
}

#[track_caller]
fn amounts(plan: &PayPlan<'_>, person: &PersonMonth) -> Vec<i64> {
    pay(plan, person).pay.iter().map(|line| line.amount.get()).collect()
}

#[test]
fn a_person_without_a_row_has_no_right_and_a_person_without_a_key_no_line() {
    let plan = with(vec![
        formula("資格手当", "参照表(\"資格手当\", 保有資格)", PLAIN),
        factor("家賃"),
        formula("住宅手当", "MIN(ROUNDDOWN(家賃*0.3,-2),15000)", PLAIN),
        item("役職手当", AmountSource::Fixed, PLAIN),
        item("精算", AmountSource::Variable, PLAIN),
        formula("調整", "(資格手当+住宅手当+役職手当+精算)*2", PLAIN),
    ]);
    let mut nobody = person(&plan, PayType::Monthly, 200_000);
    assert_eq!(amounts(&plan, &nobody), [200_000]);
    fact(&mut nobody, "保有資格", "看護師");
    assert_eq!(amounts(&plan, &nobody), [200_000, 30_000, 60_000]);
    fixed(&plan, &mut nobody, "家賃", 40_000);
    variable(&plan, &mut nobody, "精算", -1_000);
    assert_eq!(amounts(&plan, &nobody), [200_000, 30_000, 12_000, -1_000, 82_000]);
}

#[test]
fn a_wrong_key_and_an_unknown_fact_stop_the_person_with_the_name() {
    let plan = with(vec![formula("資格手当", "参照表(\"資格手当\", 保有資格)", PLAIN)]);
    let mut staff = person(&plan, PayType::Monthly, 200_000);
    fact(&mut staff, "保有資格", "看護士");
    let refused = plan.pay(&staff, &mut ()).unwrap_err().to_string();
    assert!(refused.starts_with("項目「資格手当」の式: 参照表に、このキーの行がありません。"), "{refused}");

    let plan = with(vec![formula("資格手当", "1000+参照表(\"資格手当\", 保有資格)", PLAIN)]);
    let staff = person(&plan, PayType::Monthly, 200_000);
    let refused = plan.pay(&staff, &mut ()).unwrap_err().to_string();
    assert!(refused.starts_with("項目「資格手当」の式: 参照表のキーが空です。"), "{refused}");

    let plan = with(vec![formula("歩合", "任意:売上*0.03", PLAIN)]);
    let staff = person(&plan, PayType::Monthly, 200_000);
    let refused = plan.pay(&staff, &mut ()).unwrap_err();
    assert_eq!(
        (refused.to_string().as_str(), refused.remedy()),
        (
            "「任意:売上」が空欄のため計算できません。",
            "値を記入してください。数を書く欄で、ないときは0と書いてください。"
        )
    );
}

#[test]
fn base_pay_in_a_formula_is_the_line_after_proration_and_before_absence() {
    let plan = with(vec![formula("加算", "ROUNDDOWN(基本給*0.1,0)", PLAIN)]);
    let mut staff = person(&plan, PayType::Monthly, 300_000);
    staff.attendance.absent_days = Some(kura_yen::Exact::whole(3));
    assert_eq!(pay(&plan, &staff).pay[1].amount, yen(30_000));
    paid_only(&mut staff, period("2026-06-01", "2026-06-10"));
    assert_eq!(pay(&plan, &staff).pay[1].amount, yen(10_000));
    let mut hourly = person(&plan, PayType::Hourly, 1_500);
    hourly.attendance.working_minutes = Some(6_000);
    assert_eq!(pay(&plan, &hourly).pay[1].amount, yen(15_000));
}

#[test]
fn where_no_day_is_paid_only_what_was_earned_by_attendance_is_left() {
    let plan = with(vec![
        formula("日額手当", "800*出勤日数", PLAIN),
        formula("定額手当", "5000", PLAIN),
        formula("日割手当", "100*出勤日数", PRORATED),
        item("役職手当", AmountSource::Fixed, PLAIN),
        deduction(item("社宅費", AmountSource::Fixed, PLAIN)),
    ]);
    let mut leaver = person(&plan, PayType::Monthly, 300_000);
    worked(&mut leaver, "5");
    fixed(&plan, &mut leaver, "役職手当", 10_000);
    fixed(&plan, &mut leaver, "社宅費", 20_000);
    leaver.contracts.0.clear();
    let slip = pay(&plan, &leaver);
    let pay_lines: Vec<_> = slip.pay.iter().map(|line| line.amount.get()).collect();
    assert_eq!(pay_lines, [0, 4_000]);
    assert_eq!(slip.deductions.last().unwrap().amount, yen(20_000));
}

#[test]
fn what_needs_attendance_is_not_for_officers_and_people_on_leave_who_have_none() {
    let items = vec![
        item("役員報酬", AmountSource::BasePay, BASE),
        formula("日額手当", "800*出勤日数", PLAIN),
        formula("定額手当", "5000", PLAIN),
        deduction(formula("親睦会費", "IF(出勤日数=0,0,1000)", PLAIN)),
    ];
    let plan = with(items);
    let without = |pay_type, paid: bool| {
        let mut person = person(&plan, pay_type, 300_000);
        person.facts[0] = None;
        if !paid {
            person.contracts.0.clear();
        }
        plan.pay(&person, &mut ()).map(|slip| (slip.gross.get(), slip.deductions.len()))
    };
    assert_eq!(without(PayType::OfficerRemuneration, true), Ok((305_000, 1)));
    assert_eq!(without(PayType::Monthly, false), Ok((0, 1)));
    let refused = without(PayType::Monthly, true).unwrap_err();
    assert_eq!(refused.to_string(), "「出勤日数」が空欄のため計算できません。");
}

#[test]
fn zero_is_shown_where_the_item_says_so() {
    let mut shown = formula("皆勤手当", "0", PLAIN);
    shown.item.show_zero = true;
    let plan = with(vec![shown, formula("手当", "0", PLAIN)]);
    assert_eq!(amounts(&plan, &person(&plan, PayType::Monthly, 200_000)), [200_000, 0]);
}

#[test]
fn an_item_of_other_months_is_not_paid_and_is_no_part_of_a_formula() {
    let mut winter = formula("燃料手当", "20000", PLAIN);
    winter.item.pay_in_months = kura_model::MonthsOfYear::parse("11,12,1,2");
    let plan = with(vec![winter, formula("合計", "燃料手当+1", PLAIN)]);
    assert_eq!(amounts(&plan, &person(&plan, PayType::Monthly, 200_000)), [200_000, 1]);
}

#[test]
fn every_variable_row_is_a_line_of_its_own_also_on_a_fixed_or_base_item() {
    let plan = with(vec![item("役職手当", AmountSource::Fixed, PLAIN), formula("加算", "役職手当", PLAIN)]);
    let mut staff = person(&plan, PayType::Monthly, 200_000);
    fixed(&plan, &mut staff, "役職手当", 10_000);
    variable(&plan, &mut staff, "役職手当", 500);
    variable(&plan, &mut staff, "基本給", 3_000);
    staff.variable[1].for_month = Some(month("2026-04"));
    let slip = pay(&plan, &staff);
    let lines: Vec<_> = slip.pay.iter().map(|line| (line.amount.get(), line.rule.japanese())).collect();
    let wanted = [
        (200_000, "月額"),
        (3_000, "変動支給（対象月の差額）"),
        (10_000, "固定支給"),
        (500, "変動支給"),
        (10_500, "式"),
    ];
    assert_eq!(lines, wanted);
    assert_eq!(slip.bases.retroactive_part, yen(3_000));
}

#[test]
fn every_problem_of_a_plan_is_told_with_its_item() {
    let told = |items: Vec<ItemInput>| -> Vec<String> {
        compile(items).unwrap_err().iter().map(PlanProblem::to_string).collect()
    };
    assert_eq!(
        told(vec![base(), formula("手当", "家賃*2", PLAIN), formula("手当2", "1+", PLAIN)]),
        [
            "項目「手当」: 式の1文字目: 「家賃」という項目はありません。支給控除項目・勤怠の見出し・任意項目の名前で書いてください。",
            "項目「手当2」: 式の3文字目: ここには値が必要です。",
        ]
    );
    assert_eq!(
        told(vec![base(), formula("A", "B+1", PLAIN), formula("B", "A+1", PLAIN)]),
        ["項目「A」「B」の式が互いを参照していて計算できません。どれかの式から参照を外してください。"]
    );
    assert_eq!(
        told(vec![formula("手当", "1", PLAIN)]),
        ["金額の決め方が「標準」の支給項目（基本給・役員報酬）がありません。支給控除項目に加えてください。"]
    );
    let twice = vec![base(), item("手当", AmountSource::Fixed, PLAIN), item("手当", AmountSource::Fixed, PLAIN)];
    assert!(compile(twice.clone()).is_ok(), "two items of one name do no harm while no formula uses the name");
    assert_eq!(
        told([twice, vec![formula("加算", "手当*2", PLAIN)]].concat()),
        ["項目「加算」の式にある「手当」は、二つ以上の項目の名前です。項目名を分けてください。"]
    );
    assert_eq!(
        told(vec![base(), item("片道距離", AmountSource::Fixed, PLAIN), formula("加算", "片道距離*2", PLAIN)]),
        ["項目「加算」の式にある「片道距離」は、二つ以上の項目の名前です。項目名を分けてください。"]
    );
    let mut unlawful = deduction(item("親睦会費", AmountSource::Fixed, PLAIN));
    unlawful.item.deduction_basis = None;
    assert_eq!(
        told(vec![base(), unlawful]),
        [
            "控除項目「親睦会費」の根拠がありません（労基法24条）。協定のシートに「24条控除」の協定を入れ、控除できる項目にこの名前を書いてください。"
        ]
    );
}

#[test]
fn a_formula_is_explained_step_by_step_in_words() {
    let plan = with(vec![formula("通勤", "MIN(ROUNDDOWN(片道距離*2*出勤日数*15,0),25000)", PLAIN)]);
    let mut staff = person(&plan, PayType::Monthly, 200_000);
    worked(&mut staff, "21");
    drives(&mut staff, "32");
    let reason = reason(&plan, &staff, "通勤");
    let told: Vec<_> =
        plan.steps_in_words(&reason).iter().map(|step| format!("{} → {}", step.text, step.result)).collect();
    let wanted = [
        "片道距離 → 32",
        "32 × 2 → 64",
        "出勤日数 → 21",
        "64 × 21 → 1344",
        "1344 × 15 → 20160",
        "20160 を切捨て（桁数 0） → 20160",
        "MIN → 20160",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn what_a_formula_follows_from_is_found_through_other_formulas() {
    let plan = with(vec![
        formula("資格手当", "参照表(\"資格手当\", 保有資格)", PLAIN),
        factor("家賃"),
        formula("住宅手当", "ROUNDDOWN(家賃*0.3,-2)", PLAIN),
        formula("調整", "基本給*0.01+住宅手当+資格手当", PLAIN),
        item("役職手当", AmountSource::Fixed, PLAIN),
    ]);
    let named = |code: &str| plan.formula_inputs(plan.item(code).unwrap());
    assert_eq!(named("K-役職手当"), None);
    let by_fact = named("K-資格手当").unwrap();
    let facts: Vec<&str> = by_fact.facts.iter().map(|at| plan.facts[*at].name.as_str()).collect();
    assert_eq!((facts, by_fact.items.len(), by_fact.base_pay), (vec!["保有資格"], 0, false));
    let all = named("K-調整").unwrap();
    let mut items: Vec<&str> = all.items.iter().map(|at| plan.items[*at].name.as_str()).collect();
    items.sort_unstable();
    assert_eq!((items, all.facts, all.base_pay), (vec!["住宅手当", "家賃", "資格手当"], by_fact.facts, true));
}

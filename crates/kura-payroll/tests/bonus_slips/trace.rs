//! The trace of a bonus in words: rule, inputs, exact amount, rounding, tables of law.

use kura_model::ItemKind;
use kura_payroll::bonus::{BonusPlan, PersonBonus, PreviousPay};
use kura_payroll::pay::{AmountSource, Reason, TaxFacts, Total, Traced};
use kura_payroll::tax::TaxColumn;
use kura_yen::Yen;

use crate::case::{childcare, earlier, person, plan_of, spell};
use crate::items::{formula, item};
use crate::law::law;
use crate::people::t045;

/// `標準賞与額 520000、全額 60840 → 30420（50銭以下切捨）`.
fn words(reason: &Reason) -> String {
    let inputs: Vec<String> = reason.inputs.iter().map(|(name, input)| format!("{name} {input}")).collect();
    let exact = reason.exact.map_or_else(String::new, |exact| format!(" → {exact}"));
    let rounding = reason.rounding.map_or_else(String::new, |rounding| format!("（{rounding}）"));
    format!("{}{exact}{rounding}", inputs.join("、"))
}

/// Every line with its amount, its rule and its reason.
fn told(plan: &BonusPlan<'_>, person: &PersonBonus) -> Vec<String> {
    let mut traced = Traced::default();
    let slip = plan.pay(person, &mut traced).unwrap().slip;
    let lines = slip.pay.iter().chain(&slip.deductions).zip(&traced.reasons);
    let told = lines.map(|(line, (kind, reason))| {
        assert_eq!(line.kind, *kind);
        let name = plan.code_and_name(line.kind).1;
        format!("{name} {} = {}: {}", line.amount, line.rule.japanese(), words(reason))
    });
    told.collect()
}

fn totals(paid_on: &str, person: &PersonBonus) -> [String; 2] {
    let mut traced = Traced::default();
    plan_of(paid_on, Vec::new()).pay(person, &mut traced).unwrap();
    let [(Total::HealthStandardBonus, health), (Total::PensionStandardBonus, pension)] = traced.totals.as_slice()
    else {
        panic!("{:?}", traced.totals)
    };
    [words(health), words(pension)]
}

#[test]
fn every_yen_of_t045_has_its_reason() {
    let plan = plan_of("2026-07-10", Vec::new());
    let expected = [
        "賞与 520700 = 賞与の支給額: 金額 520700 → 520700",
        "健康保険料 30420 = 標準賞与額×料率の本人負担（一度だけ端数処理）: 標準賞与額 520000、全額 60840 → 30420（50銭以下切捨）",
        "厚生年金保険料 47580 = 標準賞与額×料率の本人負担（一度だけ端数処理）: 標準賞与額 520000、全額 95160 → 47580（50銭以下切捨）",
        "雇用保険料 2603 = 賃金×雇用保険料率: 雇用保険の賃金 520700、本人の料率 0.005 → 2603.5（50銭以下切捨）",
        "所得税 8986 = 賞与の算出率の表: 課税対象額 440097、前月の給与（社会保険料控除後） 292448（給与履歴）、扶養親族等の数 3、賞与の金額に乗ずべき率 0.02042 → 8986.78074",
    ];
    assert_eq!(told(&plan, &t045(292_448)), expected);
    let mut traced = Traced::default();
    plan.pay(&t045(292_448), &mut traced).unwrap();
    let health = &traced.reasons[1].1;
    let tables: Vec<String> = health.citations.iter().map(|id| law().citation(*id).unwrap().table.clone()).collect();
    for table in ["health_premium_rates", "national_premium_rates", "social_insurance_rules"] {
        assert!(tables.iter().any(|cited| cited == table), "{tables:?}");
    }
}

#[test]
fn a_formula_tells_its_steps_and_what_was_given_besides() {
    let items = vec![
        item("賞与", ItemKind::Earning, AmountSource::BasePay),
        formula("組合費", ItemKind::Deduction, "賞与*0.0123"),
    ];
    let plan = plan_of("2026-07-10", items);
    let mut person = crate::case::uninsured(100_050);
    person.given = vec![kura_payroll::bonus::GivenAmount { item: 1, amount: kura_yen::Exact::whole(100) }];
    assert_eq!(told(&plan, &person)[2], "組合費 1330 = 式: 変動支給 100 → 1230.615（切捨）");
    let mut traced = Traced::default();
    plan.pay(&person, &mut traced).unwrap();
    let reason = &traced.reasons[2].1;
    let steps: Vec<String> = reason.steps.iter().map(|step| step.words(|_| "賞与".into()).result).collect();
    assert_eq!(steps, ["100050", "1230.615"]);
    assert_eq!(law().citation(reason.citations[0]).unwrap().table, "labor_standards");
}

#[test]
fn whether_a_premium_is_charged_is_said_for_both_schemes() {
    let says = |paid_on, person: &PersonBonus, judgement: &str| {
        let [health, pension] = totals(paid_on, person);
        let health_words = format!("判定 {judgement}、月の賞与の合計 500000、年度累計（この月より前） 0 → 500000");
        assert_eq!([health, pension], [health_words, format!("判定 {judgement}、月の賞与の合計 500000 → 500000")]);
    };
    says("2026-06-10", &person(500_000), "保険料あり");
    let mut left = person(500_000);
    left.insurance.health = vec![spell("2020-04-01", Some("2026-06-30"))];
    left.insurance.pension = left.insurance.health.clone();
    says("2026-06-10", &left, "資格喪失月の賞与（保険料なし、届出と累計の対象）");
    let nothing = [
        "判定 支給日に被保険者でない、月の賞与の合計 0、年度累計（この月より前） 0 → 0",
        "判定 支給日に被保険者でない、月の賞与の合計 0 → 0",
    ];
    assert_eq!(totals("2026-07-10", &left), nothing);
    let mut on_leave = person(500_000);
    on_leave.insurance.leaves = vec![childcare("2026-06-01", "2026-12-31")];
    says("2026-06-10", &on_leave, "産休・育休により免除（届出と累計の対象）");
    let mut typed = person(500_000);
    typed.insurance.exemption = kura_model::BonusExemption::Childcare;
    says("2026-06-10", &typed, "入力により免除（届出と累計の対象）");
}

#[test]
fn the_exceptions_and_a_second_bonus_say_what_they_stand_on() {
    let tax = |tax: TaxFacts, previous_pay| {
        let person = PersonBonus { tax, previous_pay, ..person(500_000) };
        told(&plan_of("2026-07-10", Vec::new()), &person)[4].clone()
    };
    let otsu = TaxFacts::Resident(TaxColumn::Otsu { secondary_dependents: 0 });
    assert_eq!(
        tax(TaxFacts::NonResident, PreviousPay::Unknown),
        "所得税 102100 = 非居住者の税率: 課税対象額 500000 → 102100"
    );
    assert_eq!(
        tax(otsu, PreviousPay::NotPaid),
        "所得税 13062 = 前月に給与がない賞与（月額表）: 課税対象額 426550、前月の給与（社会保険料控除後） 支払なし、算定期間（月） 6 → 13062"
    );
    assert_eq!(
        tax(otsu, PreviousPay::Typed(Yen::new(10_000))),
        "所得税 13062 = 前月の給与に比べて多額の賞与（月額表）: 課税対象額 426550、前月の給与（社会保険料控除後） 10000（入力）、算定期間（月） 6 → 13062"
    );
    let mut second = person(500_000);
    let mut first = earlier("2026-07-03", 100_000);
    first.taken.pension = Yen::new(9_150);
    second.insurance.earlier = vec![first];
    assert_eq!(
        told(&plan_of("2026-07-10", Vec::new()), &second)[2],
        "厚生年金保険料 45750 = 標準賞与額×料率の本人負担（一度だけ端数処理）: 標準賞与額 600000、全額 109800、同じ月の賞与から控除済み 9150 → 54900（50銭以下切捨）"
    );
}

//! What the floors below say comes through a plan and a slip with its own sentence and remedy.

use kura_law::Law;
use kura_model::{ItemTaxClass, PayType};
use kura_payroll::pay::{AmountSource, ItemClass, PayError, PayPlan, PersonMonth, PlanInput, PlanProblem, TaxFacts};
use kura_payroll::tax::{CommutingRoute, Method, TaxColumn};

use crate::altered::law_with;
use crate::clients::{BASE, CAR, PLAIN, SAME_MONTH, clocks, exact, item, wage_rules};
use crate::law::law;
use crate::people::*;

/// 基本給 and one item of each kind that asks a floor below.
fn input(payment_month: &str) -> PlanInput {
    let night_duty = ItemClass { tax: ItemTaxClass::NightDuty, ..PLAIN };
    PlanInput {
        clocks: clocks(SAME_MONTH, payment_month),
        items: vec![
            item("基本給", AmountSource::BasePay, BASE),
            item("通勤手当", AmountSource::Fixed, CAR),
            item("宿日直料", AmountSource::Variable, night_duty),
            item("手当", AmountSource::Variable, PLAIN),
        ],
        facts: Vec::new(),
        tables: Vec::new(),
        rules: wage_rules(),
        method: Method::Table,
    }
}

fn plan_by(law: &'static Law) -> PayPlan<'static> {
    PayPlan::new(law, input("2026-06")).unwrap()
}

#[track_caller]
fn said(error: &PayError, sentence: &str, remedy: &str) {
    assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
}

type Change = fn(&PayPlan<'_>, &mut PersonMonth);

#[test]
fn an_error_of_below_comes_through_a_slip() {
    let cases: [(&'static Law, Change, &str, &str); 6] = [
        (
            law(),
            |_, person| person.premiums = vec![kyokai("2026-05", "東京都", false, -1, 0)],
            "標準報酬月額・標準賞与額が負の金額です。",
            "0円以上の額で指定してください。",
        ),
        (
            law(),
            |_, person| {
                *person = PersonMonth { tax: TaxFacts::Resident(TaxColumn::Hei), ..person.clone() };
                worked(person, "2");
            },
            "法令データ「給与所得の源泉徴収税額表（日額表）」（withholding_daily）は丙欄の最後の行を超える金額を収録していません。",
            "公式の表で確かめ、法令データへ取り込んでください。",
        ),
        (
            law(),
            |plan, person| {
                fixed(plan, person, "通勤手当", 5_000);
                person.commuting = Some(CommutingRoute::default());
            },
            "通勤手当の非課税限度額に要る、運賃も片道の距離もありません。",
            "通勤の運賃か片道の距離を入れてください。",
        ),
        (
            law_with("nontaxable.night_duty.per_time", None),
            |plan, person| {
                variable(plan, person, "宿日直料", 4_000);
                person.attendance.duty_count = Some(1);
            },
            "法令データ「税の規則（源泉・年末調整・住民税・非課税・法定調書）」（tax_rules）に「nontaxable.night_duty.per_time」がありません。",
            "表にある名前で指定してください（`kura law show` で一覧できます）。",
        ),
        (
            law(),
            |_, person| {
                worked(person, "1");
                person.attendance.worked_days = Some(exact("999999999999999").times(exact("999999999999999")).unwrap());
            },
            "計算の途中の数が大きすぎて扱えません。",
            "入力した金額・率・日数を確かめてください。",
        ),
        (
            law(),
            |plan, person| (0..2).for_each(|_| variable(plan, person, "手当", i64::MAX)),
            "明細の検算が合いません（支給の合計）。",
            "金額に間違いがなければ、この人の番号を添えて開発者に知らせてください。",
        ),
    ];
    for (law, change, sentence, remedy) in cases {
        let plan = plan_by(law);
        let mut person = person(&plan, PayType::Daily, 30_000);
        worked(&mut person, "1");
        assert!(plan.pay(&person, &mut ()).is_ok());
        change(&plan, &mut person);
        said(&plan.pay(&person, &mut ()).unwrap_err(), sentence, remedy);
    }
}

#[test]
fn what_the_pack_does_not_hold_refuses_the_plan() {
    let refused = |law, input| {
        let problems: Vec<PlanProblem> = PayPlan::new(law, input).unwrap_err();
        problems.into_iter().map(|problem| (problem.to_string(), problem.remedy().to_owned())).collect::<Vec<_>>()
    };
    let sentence = |text: &str| text.to_owned();
    assert_eq!(
        refused(law(), input("2019-12")),
        [(
            sentence(
                "法令データ「給与所得の源泉徴収税額表（月額表）」（withholding_monthly）に2019-12-25の数字がありません。"
            ),
            sentence("公式の資料を確かめ、docs/add-a-rate.md の手順で取り込んでください。"),
        )]
    );
    assert_eq!(
        refused(law_with("premium.overtime_pct", None), input("2026-06")),
        [(
            sentence(
                "法令データ「労働基準法の数字（割増・36協定・平均賃金・年次有給休暇）」（labor_standards）に「premium.overtime_pct」がありません。"
            ),
            sentence("表にある名前で指定してください（`kura law show` で一覧できます）。"),
        )]
    );
}

//! What the floors below say, a figure the pack does not hold or a number beyond every range, comes through each operation
//! with its own sentence and remedy.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

#[path = "law/altered.rs"]
mod altered;
mod law;

use altered::law_with;
use kura_law::Law;
use kura_model::AverageWageBase;
use kura_payroll::clocks::ClosingDay;
use kura_payroll::correction::*;
use kura_payroll::tax::*;
use kura_payroll::wages::*;
use kura_yen::{Exact, Yen};
use law::{day, law};

type Said = (String, String);

const NAMES_OF_THE_TABLE: &str = "表にある名前で指定してください（`kura law show` で一覧できます）。";
const TOO_LARGE: &str = "計算の途中の数が大きすぎて扱えません。";
const DIVIDED_BY_ZERO: &str = "0で割る計算になるため、答えがありません。";

macro_rules! said {
    ($result:expr) => {
        $result.map(|_| ()).map_err(|error| (error.to_string(), error.remedy().to_owned()))
    };
}

fn worker() -> PaidLeaveWorker {
    PaidLeaveWorker {
        hired_on: day("2020-04-01"),
        work_days: Some(WorkDays::Week(5)),
        weekly_minutes: Some(2_400),
        attended_days: Some(Exact::whole(200)),
        all_working_days: Some(Exact::whole(240)),
    }
}

fn agreement() -> OvertimeAgreement {
    OvertimeAgreement {
        valid_from: day("2026-04-01"),
        valid_to: day("2027-03-31"),
        month_minutes: 2_700,
        year_minutes: 21_600,
        special: None,
        variable_year: false,
        scope: OvertimeScope::General,
    }
}

fn average(law: &Law) -> Result<AverageWage, AverageWageError> {
    let basis = AverageWageBasis {
        event: AverageWageEvent::Suspension,
        event_day: day("2026-07-10"),
        closing_day: Some(ClosingDay::EndOfMonth),
        hired_on: day("2020-04-01"),
    };
    let parts = basis.period(law)?.parts;
    let wage = Wage { amount: Yen::new(10_000), form: WageForm::Work, class: AverageWageBase::Included };
    let wages: Vec<_> = parts
        .into_iter()
        .map(|period| PeriodWages { period, wages: vec![wage], days_worked: Some(Exact::whole(1)) })
        .collect();
    average_wage(law, &basis, &wages, &[])
}

/// A correction whose wage changes after its closing day.
fn corrected(law: &Law) -> Result<Correction, CorrectionError> {
    let payment = |amount| Payment {
        paid_on: day("2026-06-25"),
        lines: vec![PaidLine {
            side: Side::Pay,
            code: "base".to_owned(),
            name: "基本給".to_owned(),
            month: None,
            amount: Yen::new(amount),
            split: None,
        }],
        tax_free: Yen::ZERO,
        remuneration: Yen::new(amount),
        labor_wage: Yen::new(amount),
    };
    let settled = SettledPayment { kind: SettledKind::Pay, due_on: day("2026-06-25"), closing_date: day("2026-05-31") };
    let terms = CorrectionTerms { paid_on: day("2026-07-10"), tax: TaxOfDifference::OfTheDueDay };
    correction(law, settled, &[payment(1)], &payment(2), terms)
}

#[test]
fn a_figure_the_pack_does_not_hold_is_named_by_every_operation() {
    let on = day("2026-07-10");
    let nine_thousand = Exact::whole(9_000);
    let suspended = [SuspensionDay { date: on, working_day: true, wages_earned: Yen::ZERO }];
    type Ask<'test> = Box<dyn Fn(&Law) -> Result<(), Said> + 'test>;
    let cases: Vec<(&str, &str, Ask<'_>)> = vec![
        (
            "suspension_allowance.pct_of_average_wage",
            "labor_standards",
            Box::new(|law| said!(suspension_allowance(law, nine_thousand, &suspended))),
        ),
        (
            "paid_leave.pay.article",
            "labor_standards",
            Box::new(|law| said!(paid_leave_pay(law, on, PaidLeavePayFacts::AverageWage(nine_thousand)))),
        ),
        (
            "pay_cut.one_case_share",
            "labor_standards",
            Box::new(|law| said!(pay_cut(law, on, nine_thousand, &[], PayCutBase::Bonus(Yen::ZERO)))),
        ),
        (
            "article36.month_limit_hours",
            "labor_standards",
            Box::new(|law| said!(check_overtime_agreement(law, on, &agreement()))),
        ),
        ("paid_leave.attendance_pct", "labor_standards", Box::new(|law| said!(paid_leave_grant(law, on, &worker())))),
        ("average_wage.floor_pct", "labor_standards", Box::new(|law| said!(average(law)))),
        ("employment_insurance.rate_by", "labor_insurance_rules", Box::new(|law| said!(corrected(law)))),
    ];
    for (key, table, ask) in cases {
        assert_eq!(ask(law()), Ok(()), "{key}");
        let (sentence, remedy) = ask(law_with(key, None)).unwrap_err();
        assert!(sentence.ends_with(&format!("（{table}）に「{key}」がありません。")), "{sentence}");
        assert_eq!(remedy, NAMES_OF_THE_TABLE, "{key}");
    }
}

#[test]
fn a_number_that_cannot_be_computed_is_told_by_every_operation() {
    let on = day("2026-07-10");
    let huge = Exact::whole(i64::MAX).times_integer(i64::MAX).unwrap();
    let leave = |facts| paid_leave_pay(law(), on, facts);
    let hours = OrdinaryWagePart::Hourly { wage: Yen::new(i64::MAX), scheduled_minutes: i64::MAX };
    let kou = |law| {
        let column = TaxColumn::Kou { dependents: 0 };
        withholding(law, on, PayPeriod::Month, Method::ComputerFormula, column, Yen::new(300_000))
    };
    let instalment = |law| inhabitant_tax_instalment(law, on, Yen::new(100_000), None, 6);
    assert_eq!((said!(kou(law())), said!(instalment(law()))), (Ok(()), Ok(())));
    let told = [
        (said!(leave(PaidLeavePayFacts::Ordinary(&[hours; 3]))), TOO_LARGE),
        (said!(leave(PaidLeavePayFacts::AverageWage(huge)).unwrap().for_minutes(i64::MAX, 480)), TOO_LARGE),
        (said!(paid_leave_grant(law(), on, &PaidLeaveWorker { attended_days: Some(huge), ..worker() })), TOO_LARGE),
        (said!(kou(law_with("computer_formula.unit_yen", Some("0")))), DIVIDED_BY_ZERO),
        (said!(instalment(law_with("inhabitant_tax.split_unit_yen", Some("0")))), DIVIDED_BY_ZERO),
    ];
    for (told, sentence) in told {
        let remedy = if sentence == TOO_LARGE {
            "入力した金額・率・日数を確かめてください。"
        } else {
            "日数・時間・月数・金額が0になっていないか確かめてください。"
        };
        assert_eq!(told, Err((sentence.to_owned(), remedy.to_owned())));
    }
}

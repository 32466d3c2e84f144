//! Every error a decision can say, with its remedy, once.

use kura_insurance::InsuranceError;
use kura_insurance::decisions::*;
use kura_law::LawError;
use kura_yen::{Exact, Yen};

use crate::pay::{date, law, month, paid, standard};

fn annual(history: &[PaidMonth], current: CurrentStandard, year: i16) -> DecisionError {
    let facts = AnnualFacts {
        year,
        worker: WorkerClass::Ordinary,
        history,
        acquired: date("2015-04-01"),
        last_day: None,
        revisions: &[],
        current,
    };
    annual_determination(law(), &facts).unwrap_err()
}

fn spring() -> Vec<PaidMonth> {
    ["2026-04", "2026-05", "2026-06"].map(|payment| paid(payment, 30, 300_000)).to_vec()
}

fn said(error: &DecisionError, sentence: &str, remedy: &str) {
    assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
}

#[test]
fn a_history_that_cannot_be_read() {
    said(
        &annual(&spring()[..2], standard(300_000), 2026),
        "給与履歴に2026年6月の支給がありません。",
        "給与履歴にその月の支給を入れてください。支給がなかった月は0円・0日の行を入れてください。",
    );
    let mut twice = spring();
    twice.push(paid("2026-05", 30, 1));
    said(
        &annual(&twice, standard(300_000), 2026),
        "給与履歴に2026年5月の支給が2つあります。",
        "同じ支給月の行を1つにまとめてください。",
    );
    let mut many = spring();
    many[0].base_days = 32;
    said(
        &annual(&many, standard(300_000), 2026),
        "給与履歴の2026年4月の支払基礎日数が31日を超えています。",
        "支払基礎日数を0日から31日までで入れてください。",
    );
    many[0].base_days = 31;
    many[0].retroactive = Yen::new(300_001);
    said(
        &annual(&many, standard(300_000), 2026),
        "給与履歴の2026年4月の報酬が負の額になっています。",
        "報酬の額と、うち遡及分を確かめてください。",
    );
    many[0].retroactive = Yen::ZERO;
    many[0].currency = Yen::new(-1);
    assert_eq!(annual(&many, standard(1), 2026), DecisionError::NegativeRemuneration { month: month("2026-04") });
}

fn occasional(history: &[PaidMonth], current: CurrentStandard) -> DecisionError {
    let change = FixedPayChange {
        what: "基本給",
        before: Yen::new(300_000),
        after: Yen::new(340_000),
        effective_on: date("2026-03-01"),
        decided_on: None,
        paid_late_by_mistake: false,
    };
    let facts = OccasionalFacts { change, worker: WorkerClass::Ordinary, history, current };
    occasional_revision(law(), &facts).unwrap_err()
}

#[test]
fn a_gap_in_the_three_months_and_a_standard_of_no_table() {
    let mut history = spring();
    history.remove(1);
    assert_eq!(occasional(&history, standard(300_000)), DecisionError::PaidMonthMissing { month: month("2026-05") });
    let pension = CurrentStandard { health: None, pension: Some(Yen::new(305_000)), remuneration: None };
    said(
        &occasional(&spring(), pension),
        "従前の標準報酬月額（厚生年金保険）が2026年7月の等級表にない額です。",
        "決定通知書の標準報酬月額を確かめてください。",
    );
}

#[test]
fn contracts_and_closing_days() {
    let both = Schemes { health: true, pension: true };
    let negative = acquisition_determination(law(), date("2026-04-01"), Yen::new(-1), Yen::ZERO, both);
    said(
        &negative.unwrap_err(),
        "資格取得時の報酬月額が負の額になっています。",
        "見込みの残業代と通勤手当を含めた1か月の報酬を入れてください。",
    );
    let contract =
        Contract::FixedTerm { from: date("2026-04-02"), to: date("2026-04-01"), renewal: Prospect::NotExpected };
    let terms = WorkTerms {
        on: date("2026-06-01"),
        birth_date: date("1990-01-01"),
        position: SocialPosition::Worker,
        contract,
        weekly_minutes: 2_400,
        monthly_days: Exact::whole(20),
        regular_weekly_minutes: 2_400,
        regular_monthly_days: Exact::whole(20),
        monthly_wage: None,
        student: Student::No,
        employer: Employer { class: SpecifiedClass::None, insured_count: None },
        reduced_minimum_wage: false,
        opted_in: false,
    };
    said(
        &social_coverage(law(), &terms).unwrap_err(),
        "契約期間の終わりが始まりより前です。",
        "契約期間の自と至を確かめてください。",
    );
    let separated = |separated_on: &str, closing| {
        let facts =
            SeparationFacts { separated_on: date(separated_on), acquired: date("2026-01-01"), closing, special: false };
        separation_certificate(law(), &facts, |_| None, |_| None).unwrap_err()
    };
    said(
        &separated("2026-06-30", ClosingDay::Day(29)),
        "締日が1日から28日まで、または末日ではありません。",
        "給与規程の締日を1から28、または末日で指定してください。",
    );
    let before = separated("2025-12-31", ClosingDay::MonthEnd);
    assert_eq!(before, DecisionError::Insurance(InsuranceError::LastDayBeforeAcquisition));
    assert_eq!(before.remedy(), "資格取得日と在職の最終日を確かめてください。");
}

#[test]
fn figures_that_are_missing_are_named_with_their_day() {
    let none = standard(300_000);
    let old: Vec<_> = ["2014-04", "2014-05", "2014-06"].map(|payment| paid(payment, 30, 300_000)).to_vec();
    let facts = AnnualFacts {
        year: 2014,
        worker: WorkerClass::Ordinary,
        history: &old,
        acquired: date("2010-04-01"),
        last_day: None,
        revisions: &[],
        current: none,
    };
    let missing = |error: DecisionError, table: &str, on: &str| {
        let DecisionError::Insurance(InsuranceError::Law(LawError::Missing { table: found, on: day, .. })) = error
        else {
            panic!("{error:?}")
        };
        assert_eq!((found.as_str(), day), (table, date(on)));
    };
    missing(annual_determination(law(), &facts).unwrap_err(), "standard_remuneration_grades", "2014-09-01");
    let facts = SeparationFacts {
        separated_on: date("2028-10-01"),
        acquired: date("2020-04-01"),
        closing: ClosingDay::MonthEnd,
        special: false,
    };
    let after_2028 = separation_certificate(law(), &facts, |_| None, |_| None).unwrap_err();
    missing(after_2028, "labor_insurance_rules", "2028-10-01");
}

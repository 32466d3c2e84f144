//! 平均賃金: the period, the two amounts and what is left out, step by step.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_model::AverageWageBase;
use kura_payroll::clocks::{ClosingDay, Period};
use kura_payroll::wages::{
    AverageWage, AverageWageBasis, AverageWageError, AverageWageEvent, AverageWageRule, ExcludedPeriod,
    ExclusionReason, PeriodWages, Wage, WageForm, average_wage,
};
use kura_yen::{Exact, Yen};
use law::{day, law};
use proptest::prelude::*;

fn period(from: &str, to: &str) -> Period {
    Period { from: day(from), to: day(to) }
}

fn basis(event_day: &str, closing_day: Option<ClosingDay>, hired_on: &str) -> AverageWageBasis {
    let event = AverageWageEvent::Suspension;
    AverageWageBasis { event, event_day: day(event_day), closing_day, hired_on: day(hired_on) }
}

/// The parts of the 算定期間 as ISO days.
fn parts(basis: &AverageWageBasis) -> Vec<String> {
    let period = basis.period(law()).unwrap();
    period.parts.iter().map(|part| format!("{}..{}", part.from, part.to)).collect()
}

fn wage(amount: i64, form: WageForm) -> Wage {
    Wage { amount: Yen::new(amount), form, class: AverageWageBase::Included }
}

fn paid(from: &str, to: &str, by_period: i64, by_work: i64, days_worked: Option<&str>) -> PeriodWages {
    let mut wages = Vec::new();
    if by_period != 0 {
        wages.push(wage(by_period, WageForm::Period));
    }
    if by_work != 0 {
        wages.push(wage(by_work, WageForm::Work));
    }
    let days_worked = days_worked.map(|days| Exact::parse(days).unwrap());
    PeriodWages { period: period(from, to), wages, days_worked }
}

/// April to June 2026 (91 days), the same wages in each month, for a suspension on 10 July.
fn spring(by_period: i64, by_work: i64, days_worked: Option<&str>) -> Vec<PeriodWages> {
    [("2026-04-01", "2026-04-30"), ("2026-05-01", "2026-05-31"), ("2026-06-01", "2026-06-30")]
        .map(|(from, to)| paid(from, to, by_period, by_work, days_worked))
        .to_vec()
}

fn july() -> AverageWageBasis {
    basis("2026-07-10", Some(ClosingDay::EndOfMonth), "2020-04-01")
}

fn try_average(wages: &[PeriodWages], excluded: &[ExcludedPeriod]) -> Result<AverageWage, AverageWageError> {
    average_wage(law(), &july(), wages, excluded)
}

#[test]
fn the_period_is_three_months_back_from_the_last_closing_day() {
    let month_end = Some(ClosingDay::EndOfMonth);
    let closed = ["2026-04-01..2026-04-30", "2026-05-01..2026-05-31", "2026-06-01..2026-06-30"];
    assert_eq!(parts(&basis("2026-07-10", month_end, "2020-04-01")), closed);
    // on a closing day the one before counts; the day after, that day
    assert_eq!(parts(&basis("2026-06-30", month_end, "2020-04-01"))[2], "2026-05-01..2026-05-31");
    assert_eq!(parts(&basis("2026-07-01", month_end, "2020-04-01")), closed);
    let twentieth = Some(ClosingDay::Day(20));
    assert_eq!(
        parts(&basis("2026-07-10", twentieth, "2020-04-01")),
        ["2026-03-21..2026-04-20", "2026-04-21..2026-05-20", "2026-05-21..2026-06-20"]
    );
    assert_eq!(parts(&basis("2026-07-21", twentieth, "2020-04-01"))[2], "2026-06-21..2026-07-20");
    // no closing day: up to the day before
    assert_eq!(parts(&basis("2026-07-10", None, "2020-04-01")), ["2026-04-10..2026-07-09"]);
    assert_eq!(parts(&basis("2026-05-31", None, "2020-04-01")), ["2026-02-28..2026-05-30"]);
}

#[test]
fn a_short_service_begins_with_the_hire_day() {
    let month_end = Some(ClosingDay::EndOfMonth);
    let of = |event: &str, hired: &str| parts(&basis(event, month_end, hired));
    assert_eq!(of("2026-07-10", "2026-04-01").len(), 3);
    assert_eq!(of("2026-07-10", "2026-04-02")[0], "2026-04-02..2026-04-30");
    assert_eq!(of("2026-07-10", "2026-05-15"), ["2026-05-15..2026-05-31", "2026-06-01..2026-06-30"]);
    // a whole month up to the closing day is enough, a day less is not
    assert_eq!(of("2026-07-10", "2026-06-01"), ["2026-06-01..2026-06-30"]);
    assert_eq!(of("2026-07-10", "2026-06-02"), ["2026-06-02..2026-06-30", "2026-07-01..2026-07-09"]);
    assert_eq!(of("2026-07-10", "2026-07-02"), ["2026-07-02..2026-07-09"]);
    assert_eq!(of("2026-07-10", "2026-07-09"), ["2026-07-09..2026-07-09"]);
    assert_eq!(parts(&basis("2026-07-10", None, "2026-06-20")), ["2026-06-20..2026-07-09"]);
    for (hired, error) in
        [("2026-07-10", AverageWageError::NoDaysLeft), ("2026-07-11", AverageWageError::HiredAfterEvent)]
    {
        for closing in [None, month_end, Some(ClosingDay::Day(9))] {
            assert_eq!(basis("2026-07-10", closing, hired).period(law()), Err(error.clone()), "{closing:?}");
        }
    }
}

#[test]
fn the_period_and_the_event_are_said_in_words() {
    let month_end = Some(ClosingDay::EndOfMonth);
    let said = |event, event_day: &str, closing_day, hired: &str| {
        let basis = AverageWageBasis { event, ..basis(event_day, closing_day, hired) };
        let period = basis.period(law()).unwrap();
        let wages = period.parts.iter().map(|part| PeriodWages {
            period: *part,
            wages: vec![wage(30_000, WageForm::Period)],
            days_worked: None,
        });
        average_wage(law(), &basis, &wages.collect::<Vec<_>>(), &[])
            .unwrap()
            .steps
            .into_iter()
            .take(2)
            .collect::<Vec<_>>()
    };
    let examples = [
        (
            said(AverageWageEvent::Dismissal, "2026-07-10", month_end, "2020-04-01"),
            [
                "算定事由の発生日は2026-07-10（解雇を予告した日）です。",
                "発生日の直前の締切日からさかのぼる3か月（2026-04-01から2026-06-30まで）で計算します。",
            ],
        ),
        (
            said(AverageWageEvent::Suspension, "2026-07-10", None, "2020-04-01"),
            [
                "算定事由の発生日は2026-07-10（休業の最初の日）です。",
                "賃金の締切日がないため、発生日の前日からさかのぼる3か月（2026-04-10から2026-07-09まで）で計算します。",
            ],
        ),
        (
            said(AverageWageEvent::PaidLeave, "2026-07-10", month_end, "2026-05-15"),
            [
                "算定事由の発生日は2026-07-10（年次有給休暇の最初の日）です。",
                "雇入れから3か月に満たないため、雇入日から（2026-05-15から2026-06-30まで）で計算します。",
            ],
        ),
        (
            said(AverageWageEvent::Accident, "2026-07-10", month_end, "2026-06-02"),
            [
                "算定事由の発生日は2026-07-10（災害が発生した日）です。",
                "雇入れから直前の締切日までが1か月に満たないため、雇入日から発生日の前日まで（2026-06-02から2026-07-09まで）で計算します。",
            ],
        ),
        (
            said(AverageWageEvent::PayCut, "2026-07-10", month_end, "2020-04-01"),
            [
                "算定事由の発生日は2026-07-10（減給を本人に伝えた日）です。",
                "発生日の直前の締切日からさかのぼる3か月（2026-04-01から2026-06-30まで）で計算します。",
            ],
        ),
    ];
    for (steps, expected) in examples {
        assert_eq!(steps, expected);
    }
}

#[test]
fn monthly_pay_is_divided_by_calendar_days() {
    let average = try_average(&spring(300_000, 0, None), &[]).unwrap();
    // 900,000 / 91 = 9,890.109…: below 1 sen dropped
    assert_eq!(average.daily, Exact::parse("9890.10").unwrap());
    assert_eq!((average.rule, average.days), (AverageWageRule::Principle, 91));
    assert_eq!(
        average.steps[2..],
        [
            "賃金の総額900,000円÷総日数91日＝9,890.1円です。",
            "原則（労基法12条1項本文）により、平均賃金は9,890.1円です（1銭未満切捨て）。",
        ]
    );
    let tables: Vec<_> = average.citations.iter().map(|id| law().citation(id).unwrap().table.clone()).collect();
    assert!(!tables.is_empty() && tables.iter().all(|table| table == "labor_standards"));
}

#[test]
fn pay_by_hour_has_a_floor_of_sixty_per_cent_of_a_day_worked() {
    // 8 days a month at 8,000: 192,000 / 91 = 2,109.89; 192,000 / 24 x 60 % = 4,800
    let average = try_average(&spring(0, 64_000, Some("8")), &[]).unwrap();
    assert_eq!((average.daily, average.rule), (Exact::whole(4_800), AverageWageRule::Guaranteed));
    assert_eq!(
        average.steps[2..],
        [
            "賃金の総額192,000円÷総日数91日＝2,109.89円です。",
            "最低保障は、日・時間・出来高による賃金192,000円÷労働した日数24日×60%＝4,800円です。",
            "最低保障（労基法12条1項1号）により、平均賃金は4,800円です（1銭未満切捨て）。",
        ]
    );
    // 22 days a month: the principle is the larger one
    let average = try_average(&spring(0, 176_000, Some("22")), &[]).unwrap();
    assert_eq!((average.daily, average.rule), (Exact::parse("5802.19").unwrap(), AverageWageRule::Principle));
}

#[test]
fn a_part_by_the_month_stands_beside_the_floor() {
    // 30,000 x 3 / 91 = 989.01; 192,000 / 24 x 60 % = 4,800; together above 282,000 / 91 = 3,098.90
    let average = try_average(&spring(30_000, 64_000, Some("8")), &[]).unwrap();
    assert_eq!((average.daily, average.rule), (Exact::parse("5789.01").unwrap(), AverageWageRule::GuaranteedMixed));
    assert_eq!(
        average.steps[3..],
        [
            "最低保障は、月などで定めた賃金90,000円÷総日数91日＋日・時間・出来高による賃金192,000円÷労働した日数24日×60%＝5,789.01円です。",
            "最低保障（労基法12条1項2号）により、平均賃金は5,789.01円です（1銭未満切捨て）。",
        ]
    );
}

#[test]
fn the_floor_wins_only_when_it_is_larger() {
    // 91 days, 60 %: with 54.6 days worked both are the same
    let rule = |days: &str| {
        let mut wages = spring(0, 100_000, Some("0"));
        wages[0].days_worked = Some(Exact::parse(days).unwrap());
        try_average(&wages, &[]).unwrap().rule
    };
    assert_eq!(rule("54.5"), AverageWageRule::Guaranteed);
    assert_eq!(rule("54.6"), AverageWageRule::Principle);
    assert_eq!(rule("54.7"), AverageWageRule::Principle);
}

#[test]
fn rare_wages_and_those_of_longer_periods_do_not_count() {
    let mut wages = spring(300_000, 0, None);
    let extra = |amount, class| Wage { amount: Yen::new(amount), form: WageForm::Period, class };
    wages[1].wages.push(extra(50_000, AverageWageBase::Temporary));
    wages[2].wages.push(extra(600_000, AverageWageBase::OverThreeMonths));
    let average = try_average(&wages, &[]).unwrap();
    assert_eq!(average.daily, Exact::parse("9890.10").unwrap());
    assert_eq!(
        average.steps[2..4],
        ["臨時に支払われた賃金50,000円を除きます。", "3か月を超える期間ごとに支払われる賃金600,000円を除きます。"]
    );
}

#[test]
fn days_and_wages_of_a_lawful_absence_are_both_left_out() {
    let law_list = law().figure("labor_standards", "average_wage.exclude_periods", day("2026-07-10")).unwrap();
    assert_eq!(ExclusionReason::ALL.map(ExclusionReason::japanese).to_vec(), law_list.list().unwrap());

    let excluded =
        |reason, from: &str, to: &str, wages| ExcludedPeriod { reason, paid: paid(from, to, wages, 0, None) };
    let mut wages = spring(300_000, 0, None);
    wages[1] = paid("2026-05-01", "2026-05-31", 210_000, 0, None);
    // ten days of suspension paid with 60,000: 750,000 / 81
    let suspension = excluded(ExclusionReason::Suspension, "2026-05-11", "2026-05-20", 60_000);
    let average = try_average(&wages, std::slice::from_ref(&suspension)).unwrap();
    assert_eq!((average.daily, average.days), (Exact::parse("9259.25").unwrap(), 81));
    assert_eq!(
        average.steps[2],
        "使用者の責めに帰すべき休業（2026-05-11から2026-05-20まで）の10日と、その間の賃金60,000円を除きます。"
    );
    // only the days inside count; another period outside does no harm
    let early = excluded(ExclusionReason::Maternity, "2026-03-20", "2026-04-05", 0);
    let outside = excluded(ExclusionReason::WorkInjury, "2026-01-05", "2026-01-10", 0);
    assert_eq!(try_average(&wages, &[suspension.clone(), early, outside]).unwrap().days, 76);
    let overlapping = excluded(ExclusionReason::ChildcareOrFamilyCare, "2026-05-20", "2026-05-25", 0);
    assert_eq!(try_average(&wages, &[suspension, overlapping]), Err(AverageWageError::ExclusionsOverlap));
    // nothing is left
    let all = excluded(ExclusionReason::Maternity, "2026-04-01", "2026-06-30", 900_000);
    assert_eq!(try_average(&spring(300_000, 0, None), &[all]), Err(AverageWageError::NoDaysLeft));
}

#[test]
fn a_probation_counts_when_the_event_falls_into_it() {
    let basis = basis("2026-07-10", Some(ClosingDay::EndOfMonth), "2026-04-01");
    let probation = |to: &str| ExcludedPeriod {
        reason: ExclusionReason::Probation,
        paid: paid("2026-04-01", to, 300_000, 0, None),
    };
    let over = average_wage(law(), &basis, &spring(300_000, 0, None), &[probation("2026-04-30")]).unwrap();
    assert_eq!((over.days, over.daily), (61, Exact::parse("9836.06").unwrap()));
    let inside = average_wage(law(), &basis, &spring(300_000, 0, None), &[probation("2026-09-30")]).unwrap();
    assert_eq!((inside.days, inside.daily), (91, Exact::parse("9890.10").unwrap()));
    assert_eq!(inside.steps[2], "試みの使用期間中に事由が発生したため、その期間も含めて計算します。");
}

#[test]
fn what_is_unknown_is_named_with_its_remedy() {
    let mut missing = spring(300_000, 0, None);
    missing.remove(1);
    let days_unknown = spring(0, 64_000, None);
    let leave =
        |from: &str, to: &str| ExcludedPeriod { reason: ExclusionReason::WorkInjury, paid: paid(from, to, 0, 0, None) };
    let twice = [leave("2026-05-01", "2026-05-10"), leave("2026-05-10", "2026-05-11")];
    let hired = |event_day: &str, hired_on: &str| basis(event_day, None, hired_on).period(law()).unwrap_err();
    let days_worked = "その期間の出勤日数を入れてください。";
    let cases = [
        (
            try_average(&missing, &[]).unwrap_err(),
            "2026-05-01から2026-05-31までの賃金が分からないため、平均賃金を計算できません。",
            "給与履歴にその期間の賃金を入れてください。",
        ),
        (
            try_average(&days_unknown, &[]).unwrap_err(),
            "2026-04-01から2026-04-30までの労働した日数が分からないため、平均賃金の最低保障を計算できません。",
            days_worked,
        ),
        (
            try_average(&spring(0, 64_000, Some("0")), &[]).unwrap_err(),
            "日・時間・出来高による賃金がありますが、労働した日数が0日です。",
            days_worked,
        ),
        (
            try_average(&spring(300_000, 0, None), &twice).unwrap_err(),
            "平均賃金の計算から除く期間が重なっています。",
            "休業の期間を直し、同じ日が一度だけ含まれるようにしてください。",
        ),
        (
            hired("2026-07-10", "2026-07-10"),
            "平均賃金の算定期間に、計算に使える日がありません（労基法施行規則4条）。",
            "都道府県労働局長が平均賃金を定めます。所轄の労働基準監督署に相談してください。",
        ),
        (
            hired("2026-07-10", "2026-07-11"),
            "雇入日が、平均賃金の算定事由の発生日より後です。",
            "雇入日か発生日を直してください。",
        ),
        (
            hired("2199-12-31", "2199-12-15"),
            "日付が、扱える範囲（1868年から2199年まで）の外です。",
            "年を確かめてください。",
        ),
        (
            try_average(&spring(i64::MAX, 0, None), &[]).unwrap_err(),
            "計算の途中の数が大きすぎて扱えません。",
            "入力した金額・率・日数を確かめてください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
    }
}

proptest! {
    #[test]
    fn the_average_is_never_below_either_amount(by_period in 0_i64..500_000, by_work in 0_i64..500_000, days in 1_i64..30) {
        let days_text = days.to_string();
        let average = try_average(&spring(by_period, by_work, Some(&days_text)), &[]).unwrap();
        let sen = Exact::ratio(1, 100).unwrap();
        let above = average.daily.plus(sen).unwrap();
        let principle = Exact::ratio((by_period + by_work) * 3, 91).unwrap();
        let floor = Exact::ratio(by_period * 3, 91).unwrap().plus(Exact::ratio(by_work * 60, days * 100).unwrap()).unwrap();
        prop_assert!(above > principle && above > floor);
        prop_assert!(average.daily <= principle.max(floor));
    }

    #[test]
    fn every_event_day_has_three_whole_wage_periods(offset in 0_i32..2_000, closing in 1_i8..29) {
        let mut event_day = day("2022-01-01");
        for _ in 0..offset {
            event_day = event_day.tomorrow().unwrap();
        }
        let basis = AverageWageBasis { event_day, ..basis("2026-07-10", Some(ClosingDay::Day(closing)), "2010-04-01") };
        let period = basis.period(law()).unwrap();
        prop_assert_eq!(period.parts.len(), 3);
        prop_assert!(period.whole.to < event_day && (89..=92).contains(&period.whole.calendar_days()));
        let next_closing = kura_calendar::Month::of(period.whole.to).next().day_or_last(closing);
        prop_assert!(event_day <= next_closing);
        prop_assert_eq!(period.parts.iter().map(|part| part.calendar_days()).sum::<i64>(), period.whole.calendar_days());
    }
}

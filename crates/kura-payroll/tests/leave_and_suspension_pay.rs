//! 休業手当, 有給休暇の賃金 and 減給の制限.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_model::PaidLeaveWageMethod;
use kura_payroll::wages::{
    OrdinaryWagePart, PaidLeaveDay, PaidLeavePayError, PaidLeavePayFacts, PayCut, PayCutBase, PayCutError,
    SuspensionDay, SuspensionDayReason, paid_leave_pay, pay_cut, suspension_allowance,
};
use kura_yen::{Exact, Yen};
use law::{day, law};
use proptest::prelude::*;

const TOO_LARGE: (&str, &str) =
    ("計算の途中の数が大きすぎて扱えません。", "入力した金額・率・日数を確かめてください。");

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

fn suspended(date: &str, working_day: bool, earned: i64) -> SuspensionDay {
    SuspensionDay { date: day(date), working_day, wages_earned: Yen::new(earned) }
}

#[test]
fn sixty_per_cent_of_the_average_wage_are_due_for_days_of_work() {
    let days = [
        suspended("2026-07-10", true, 0),
        suspended("2026-07-11", false, 0),
        suspended("2026-07-12", false, 0),
        suspended("2026-07-13", true, 4_000),
        suspended("2026-07-14", true, 5_934),
        suspended("2026-07-15", true, 5_935),
    ];
    let allowance = suspension_allowance(law(), exact("9890.10"), &days).unwrap();
    assert_eq!(allowance.daily, exact("5934.06"));
    assert_eq!(allowance.explanation(), "休業手当の日額は5,934.06円です（労基法26条）。");
    let each: Vec<_> = allowance.days.iter().map(|of| (of.due.to_string(), of.reason)).collect();
    let expected = [
        ("5934.06", SuspensionDayReason::WholeDay),
        ("0", SuspensionDayReason::DayOff),
        ("0", SuspensionDayReason::DayOff),
        ("1934.06", SuspensionDayReason::Difference),
        ("0.06", SuspensionDayReason::Difference),
        ("0", SuspensionDayReason::EarnedEnough),
    ];
    assert_eq!(each, expected.map(|(due, reason)| (due.to_owned(), reason)));
    // 7,868.18, rounded once
    assert_eq!(allowance.total, Yen::new(7_868));
    assert_eq!(suspension_allowance(law(), exact("9890.10"), &[]).unwrap().total, Yen::ZERO);
}

#[test]
fn the_sum_is_rounded_by_the_fifty_sen_rule() {
    let total = |average: &str| {
        let days = [suspended("2026-07-10", true, 0)];
        suspension_allowance(law(), exact(average), &days).unwrap().total.get()
    };
    // 60 % of 9,999.15 is 5,999.49; of 9,999.17 it is 5,999.502
    assert_eq!((total("9999.15"), total("9999.17")), (5_999, 6_000));
}

#[test]
fn every_sentence_of_a_suspension() {
    let sentences = [
        SuspensionDayReason::WholeDay,
        SuspensionDayReason::Difference,
        SuspensionDayReason::EarnedEnough,
        SuspensionDayReason::DayOff,
    ]
    .map(SuspensionDayReason::sentence);
    assert_eq!(
        sentences,
        [
            "全日の休業のため、休業手当の日額を支払います。",
            "その日の賃金が休業手当の日額に満たないため、差額を支払います。",
            "その日の賃金が休業手当の日額以上のため、支払う差額はありません。",
            "労働日ではないため、休業手当はありません。",
        ]
    );
    let twice = [suspended("2026-07-10", true, 0), suspended("2026-07-10", true, 0)];
    let error = suspension_allowance(law(), exact("9890.10"), &twice).unwrap_err();
    assert_eq!(error.to_string(), "休業の日2026-07-10が二度入っています。");
    assert_eq!(error.remedy(), "同じ日を一度だけにしてください。");
    let huge = Exact::whole(i64::MAX);
    let error = suspension_allowance(law(), huge.times(huge).unwrap(), &twice[..1]).unwrap_err();
    assert_eq!((error.to_string().as_str(), error.remedy()), TOO_LARGE);
}

fn leave(facts: PaidLeavePayFacts<'_>) -> Result<PaidLeaveDay, PaidLeavePayError> {
    paid_leave_pay(law(), day("2026-06-25"), facts)
}

#[test]
fn the_ordinary_wage_of_a_day_by_pay_type() {
    let hourly = OrdinaryWagePart::Hourly { wage: Yen::new(1_150), scheduled_minutes: 300 };
    let daily = OrdinaryWagePart::Daily { wage: Yen::new(15_500) };
    let monthly = OrdinaryWagePart::Monthly { wage: Yen::new(228_000), scheduled_days: 21 };
    let piece = OrdinaryWagePart::Piece { total: Yen::new(200_000), worked_minutes: 9_600, average_minutes_a_day: 450 };
    let examples: [(&[OrdinaryWagePart], Exact, &[&str]); 5] = [
        (&[hourly], exact("5750"), &["時給1,150円×その日の所定5時間＝5,750円です。"]),
        (&[daily], exact("15500"), &["日給15,500円を支払います。"]),
        (&[monthly], Exact::ratio(228_000, 21).unwrap(), &["月給228,000円÷その月の所定21日＝10,857.14円です。"]),
        (&[piece], exact("9375"), &["出来高払の賃金200,000円÷総労働160時間×1日平均所定7時間30分＝9,375円です。"]),
        (
            &[hourly, daily],
            exact("21250"),
            &[
                "時給1,150円×その日の所定5時間＝5,750円です。",
                "日給15,500円を支払います。",
                "合計して、有給休暇1日の賃金は21,250円です。",
            ],
        ),
    ];
    for (parts, amount, steps) in examples {
        let day = leave(PaidLeavePayFacts::Ordinary(parts)).unwrap();
        assert_eq!((day.daily, day.method), (amount, PaidLeaveWageMethod::OrdinaryWage));
        assert_eq!(day.steps, steps);
    }
}

#[test]
fn the_average_wage_is_paid_as_it_is() {
    let day = leave(PaidLeavePayFacts::AverageWage(exact("9890.10"))).unwrap();
    assert_eq!((day.daily, day.method), (exact("9890.10"), PaidLeaveWageMethod::AverageWage));
    assert_eq!(day.steps, ["平均賃金9,890.1円を支払います（労基法39条9項）。"]);
}

#[test]
fn the_standard_remuneration_of_a_day_is_rounded_to_ten_yen() {
    let by = |monthly: i64| {
        let facts = PaidLeavePayFacts::StandardRemuneration { monthly: Some(Yen::new(monthly)), agreement: true };
        leave(facts).unwrap()
    };
    // 134,000 / 30 = 4,466.67; 58,000 / 30 = 1,933.33; 340,000 / 30 = 11,333.33; 200,000 / 30 = 6,666.67
    let daily = [134_000, 58_000, 340_000, 200_000].map(|monthly| by(monthly).daily.to_string());
    assert_eq!(daily, ["4470", "1930", "11330", "6670"]);
    // just below 5 yen and 5 yen
    assert_eq!([by(134_849), by(134_850)].map(|day| day.daily.to_string()), ["4490", "4500"]);
    assert_eq!(by(134_000).steps, ["標準報酬月額134,000円÷30を10円単位に四捨五入して、標準報酬日額は4,470円です。"]);
    assert_eq!(by(134_000).method, PaidLeaveWageMethod::StandardDailyRemuneration);
    // every grade of the table has the daily amount of the health-insurance act: whole tens near a thirtieth
    for row in law().rows_in_force("standard_remuneration_grades", day("2026-06-25")).unwrap() {
        let standard = row.yen("standard_monthly_yen").unwrap();
        let daily = by(standard.get()).daily.round(kura_yen::Rounding::Down).unwrap().get();
        assert!(daily % 10 == 0 && (daily * 30 - standard.get()).abs() <= 150, "{standard}");
    }
}

#[test]
fn an_hour_of_leave_is_a_part_of_the_day() {
    let day = leave(PaidLeavePayFacts::AverageWage(exact("9890.10"))).unwrap();
    assert_eq!(
        day.for_minutes(120, 465).unwrap(),
        exact("9890.10").times_integer(120).unwrap().divided_by_integer(465).unwrap()
    );
    assert_eq!(day.for_minutes(480, 480).unwrap(), day.daily);
    let error = day.for_minutes(60, 0).unwrap_err();
    assert_eq!(error, PaidLeavePayError::NotPositive { what: "その日の所定労働時間" });
}

#[test]
fn every_refusal_of_leave_pay_has_an_example() {
    let ordinary = |part: OrdinaryWagePart| leave(PaidLeavePayFacts::Ordinary(&[part])).unwrap_err();
    let wage = Yen::new(1_000);
    let zero = |what: &str| format!("「{what}」が0以下のため、有給休暇の賃金を計算できません。");
    let divisor = "所定労働時間と所定労働日数を確かめてください。";
    let cases = [
        (
            leave(PaidLeavePayFacts::Ordinary(&[])).unwrap_err(),
            "有給休暇の通常の賃金の元になる賃金がありません。".to_owned(),
            "雇用条件の基本額を入れてください。",
        ),
        (ordinary(OrdinaryWagePart::Hourly { wage, scheduled_minutes: 0 }), zero("その日の所定労働時間"), divisor),
        (ordinary(OrdinaryWagePart::Monthly { wage, scheduled_days: 0 }), zero("その月の所定労働日数"), divisor),
        (
            ordinary(OrdinaryWagePart::Piece { total: wage, worked_minutes: 0, average_minutes_a_day: 480 }),
            zero("総労働時間"),
            divisor,
        ),
        (
            ordinary(OrdinaryWagePart::Piece { total: wage, worked_minutes: 480, average_minutes_a_day: 0 }),
            zero("1日平均所定労働時間"),
            divisor,
        ),
        (
            leave(PaidLeavePayFacts::StandardRemuneration { monthly: Some(wage), agreement: false }).unwrap_err(),
            "標準報酬日額で有給休暇の賃金を支払うための労使協定がありません（労基法39条9項ただし書）。".to_owned(),
            "協定のシートに「標準報酬日額の有給」を入れるか、通常の賃金か平均賃金にしてください。",
        ),
        (
            leave(PaidLeavePayFacts::StandardRemuneration { monthly: None, agreement: true }).unwrap_err(),
            "健康保険の標準報酬月額が分からないため、有給休暇の賃金を標準報酬日額で計算できません。".to_owned(),
            "標準報酬のシートに標準報酬月額を入れるか、通常の賃金か平均賃金にしてください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string(), error.remedy()), (sentence, remedy));
    }
}

fn cut(average: &str, penalties: &[i64], base: PayCutBase) -> PayCut {
    let penalties: Vec<Yen> = penalties.iter().copied().map(Yen::new).collect();
    pay_cut(law(), day("2026-07-10"), exact(average), &penalties, base).unwrap()
}

#[test]
fn a_penalty_is_limited_by_case_and_by_period() {
    let wages = PayCutBase::WagePeriod(Yen::new(300_000));
    // half of 9,890.10 is 4,945.05: 4,945 at most
    let one = cut("9890.10", &[4_945], wages);
    assert_eq!((one.case_max, one.total_max), (Yen::new(4_945), Yen::new(30_000)));
    assert_eq!((one.taken, one.carried, one.unlawful), (Yen::new(4_945), Yen::ZERO, Yen::ZERO));
    assert_eq!(
        one.steps,
        [
            "1回の減給は、平均賃金の1日分×0.5（4,945円）までです。",
            "減給の合計は、賃金の総額×0.1（30,000円）までです。",
            "今回減給できる額は4,945円です。",
        ]
    );
    let above = cut("9890.10", &[4_946], wages);
    assert_eq!((above.taken, above.unlawful), (Yen::new(4_945), Yen::new(1)));
    assert_eq!(above.steps[3], "1回の限度を超える1円は、減給できません（労基法91条）。");
    // seven cases: 34,615 lawful, 30,000 now, the rest later
    let many = cut("9890.10", &[4_945; 7], wages);
    assert_eq!((many.taken, many.carried, many.unlawful), (Yen::new(30_000), Yen::new(4_615), Yen::ZERO));
    assert_eq!(many.steps[3], "合計の限度を超える4,615円は、次の賃金支払期に繰り越します。");
}

#[test]
fn a_tenth_of_the_wages_really_payable_or_of_the_bonus() {
    let total = |base| cut("9890.10", &[4_945, 4_945], base).taken.get();
    assert_eq!(total(PayCutBase::WagePeriod(Yen::new(98_900))), 9_890);
    assert_eq!(total(PayCutBase::WagePeriod(Yen::new(98_899))), 9_889);
    assert_eq!(total(PayCutBase::WagePeriod(Yen::new(-1))), 0);
    let bonus = cut("9890.10", &[4_000], PayCutBase::Bonus(Yen::new(30_000)));
    assert_eq!((bonus.taken, bonus.carried), (Yen::new(3_000), Yen::new(1_000)));
    assert_eq!(bonus.steps[1], "減給の合計は、賞与の額×0.1（3,000円）までです。");
}

#[test]
fn a_negative_penalty_is_refused() {
    let error =
        pay_cut(law(), day("2026-07-10"), exact("9890"), &[Yen::new(-1)], PayCutBase::Bonus(Yen::new(1))).unwrap_err();
    assert_eq!(error, PayCutError::NegativePenalty);
    assert_eq!(error.to_string(), "減給の額が0円より小さくなっています。");
    assert_eq!(error.remedy(), "減給の額を0円以上で入れてください。");
    let huge = Exact::whole(i64::MAX).times_integer(4).unwrap();
    let error = pay_cut(law(), day("2026-07-10"), huge, &[], PayCutBase::Bonus(Yen::new(1))).unwrap_err();
    assert_eq!((error.to_string().as_str(), error.remedy()), TOO_LARGE);
}

proptest! {
    #[test]
    fn the_parts_of_a_penalty_sum_to_it(
        average in 1_i64..50_000,
        wages in 0_i64..1_000_000,
        penalties in prop::collection::vec(0_i64..30_000, 0..6),
    ) {
        let cut = cut(&average.to_string(), &penalties, PayCutBase::WagePeriod(Yen::new(wages)));
        prop_assert_eq!((cut.taken + cut.carried + cut.unlawful).get(), penalties.iter().sum::<i64>());
        prop_assert!(cut.taken <= cut.total_max && cut.total_max.get() * 10 <= wages);
        prop_assert!(cut.cases.iter().all(|case| case.get() * 2 <= average));
    }

    #[test]
    fn earning_and_allowance_reach_sixty_per_cent(average in 1_i64..50_000, earned in 0_i64..50_000) {
        let days = [suspended("2026-07-10", true, earned)];
        let allowance = suspension_allowance(law(), Exact::whole(average), &days).unwrap();
        let both = allowance.days[0].due.plus(Exact::whole(earned)).unwrap();
        prop_assert!(both >= allowance.daily && (both == allowance.daily || earned * 100 >= average * 60));
    }
}

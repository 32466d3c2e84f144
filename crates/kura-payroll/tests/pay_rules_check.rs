//! 割増率 and 端数処理 of a pay group against the law.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_model::MonthlyHoursRounding;
use kura_payroll::pay::PremiumPayRates;
use kura_payroll::wages::{HoursRounding, PayRules, PayRulesFinding, check_pay_rules};
use kura_yen::{Exact, Rounding};
use law::{day, law};
use proptest::prelude::*;

fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

/// The least that is lawful.
fn lawful() -> PayRules {
    PayRules {
        rates: PremiumPayRates {
            within_statutory: exact("1"),
            overtime: exact("1.25"),
            over_45: None,
            over_60: exact("1.5"),
            statutory_holiday: exact("1.35"),
            night: exact("0.25"),
            scheduled_holiday: exact("1.25"),
        },
        unit_rounding: None,
        premium_unit_rounding: Some(Rounding::HalfUp),
        premium_amount_rounding: Rounding::Up,
        hours_rounding: HoursRounding::HalfHourOfMonth,
        absence_rounding: Rounding::Down,
    }
}

fn said(on: &str, rules: &PayRules) -> Vec<String> {
    let (findings, _) = check_pay_rules(law(), day(on), rules).unwrap();
    findings.iter().map(PayRulesFinding::sentence).collect()
}

#[test]
fn rates_at_the_legal_ones_pass_and_below_are_found() {
    assert!(said("2026-06-25", &lawful()).is_empty());
    let mut rules = lawful();
    rules.rates = PremiumPayRates {
        within_statutory: exact("1"),
        overtime: exact("1.24"),
        over_45: Some(exact("1.2")),
        over_60: exact("1.499"),
        statutory_holiday: exact("1.34"),
        night: exact("0.24"),
        scheduled_holiday: exact("1"),
    };
    assert_eq!(
        said("2026-06-25", &rules),
        [
            "割増率（時間外）の124%が、法の下限の125%を下回っています。",
            "割増率（45時間超）の120%が、法の下限の125%を下回っています。",
            "割増率（60時間超）の149.9%が、法の下限の150%を下回っています。",
            "割増率（法定休日）の134%が、法の下限の135%を下回っています。",
            "割増率（深夜）の24%が、法の下限の25%を下回っています。",
            "割増率（所定休日）の100%が、法の下限の125%を下回っています。",
        ]
    );
    rules.rates = PremiumPayRates { over_45: Some(exact("1.3")), ..lawful().rates };
    assert!(said("2026-06-25", &rules).is_empty());
}

#[test]
fn the_rate_above_sixty_hours_binds_every_employer_from_april_2023() {
    let mut rules = lawful();
    rules.rates.over_60 = exact("1.25");
    assert!(said("2023-03-31", &rules).is_empty());
    assert_eq!(said("2023-04-01", &rules), ["割増率（60時間超）の125%が、法の下限の150%を下回っています。"]);
}

#[test]
fn amounts_may_be_rounded_by_half_or_up_but_not_cut() {
    let with = |rounding: Rounding| PayRules {
        unit_rounding: Some(rounding),
        premium_unit_rounding: Some(rounding),
        premium_amount_rounding: rounding,
        ..lawful()
    };
    let cut = |amount: &str| {
        format!("{amount}の端数に切捨てがあります。認められるのは50銭未満切捨て・50銭以上切上げまでです。")
    };
    let all = ["時間単価", "割増単価", "割増額"].map(cut);
    for (rounding, found) in [(Rounding::HalfUp, 0), (Rounding::Up, 0), (Rounding::Down, 3), (Rounding::HalfDown, 3)] {
        assert_eq!(said("2026-06-25", &with(rounding)), all[..found], "{rounding:?}");
    }
}

#[test]
fn the_hours_of_a_month_may_be_rounded_at_thirty_minutes_and_those_of_a_day_not_cut() {
    let with = |hours_rounding| said("2026-06-25", &PayRules { hours_rounding, ..lawful() });
    let month = |unit_minutes, up_from_minutes| with(HoursRounding::OfMonth { unit_minutes, up_from_minutes });
    let each_day = |unit_minutes, up_from_minutes| with(HoursRounding::OfDay { unit_minutes, up_from_minutes });
    assert_eq!(HoursRounding::from(MonthlyHoursRounding::AsClocked), HoursRounding::AsClocked);
    assert_eq!(HoursRounding::from(MonthlyHoursRounding::HalfHour), HoursRounding::HalfHourOfMonth);
    assert!(with(HoursRounding::AsClocked).is_empty() && with(HoursRounding::HalfHourOfMonth).is_empty());
    assert!(month(60, 30).is_empty() && month(60, 29).is_empty() && month(15, 1).is_empty());
    let month_cut = ["1か月の時間の合計の端数を、通達で認められた30分の規則と違う方法で切り捨てています。"];
    assert_eq!([month(60, 31), month(30, 15), month(60, 60)], [month_cut; 3]);
    assert!(each_day(15, 1).is_empty());
    assert_eq!([each_day(15, 2), each_day(60, 30)], [["1日ごとの労働時間の端数を切り捨てています。"]; 2]);
}

#[test]
fn a_deduction_for_time_not_worked_is_not_rounded_up() {
    let with = |absence_rounding| said("2026-06-25", &PayRules { absence_rounding, ..lawful() });
    assert_eq!(with(Rounding::Up), ["欠勤・遅早控除の端数を切り上げ、働かなかった分より多く控除しています。"]);
    assert!(
        [Rounding::Down, Rounding::HalfUp, Rounding::HalfDown].into_iter().all(|rounding| with(rounding).is_empty())
    );
}

#[test]
fn every_finding_has_its_article_and_remedy() {
    let mut rates = lawful().rates;
    rates.overtime = exact("1");
    let rules = PayRules { rates, premium_amount_rounding: Rounding::Down, absence_rounding: Rounding::Up, ..lawful() };
    let of_day = HoursRounding::OfDay { unit_minutes: 15, up_from_minutes: 8 };
    let of_month = HoursRounding::OfMonth { unit_minutes: 60, up_from_minutes: 60 };
    let found = |hours_rounding| {
        let (findings, _) = check_pay_rules(law(), day("2026-06-25"), &PayRules { hours_rounding, ..rules }).unwrap();
        findings.iter().map(|finding| (finding.article(), finding.remedy())).collect::<Vec<_>>()
    };
    let [rate, amount, deducted] = [
        ("労基法37条1項・4項", "給与規程の割増率を下限以上にしてください。"),
        (
            "労基法24条・37条、昭63.3.14基発150号",
            "給与規程のその端数を「なし」「切上」「四捨五入」のどれかにしてください。",
        ),
        ("労基法24条", "給与規程の欠勤・遅早控除の端数を「切捨」にしてください。"),
    ];
    let [each_day, month] = [
        "1日の時間は1分単位で集計し、端数処理は1か月の合計にだけ使ってください。",
        "給与規程の月の時間合計の端数を「なし」か「30分（未満切捨・以上切上）」にしてください。",
    ]
    .map(|remedy| ("労基法24条・37条、昭63.3.14基発150号", remedy));
    assert_eq!(found(of_day), [rate, amount, each_day, deducted]);
    assert_eq!(found(of_month), [rate, amount, month, deducted]);
    let (_, citations) = check_pay_rules(law(), day("2026-06-25"), &lawful()).unwrap();
    assert!(citations.iter().all(|id| law().citation(id).unwrap().table == "labor_standards"));
    assert!(citations.iter().count() > 0);
}

proptest! {
    #[test]
    fn higher_rates_are_never_found(percent in 125_i64..300, more in 0_i64..100) {
        let rate = |percent| Exact::ratio(percent, 100).unwrap();
        let mut rules = lawful();
        rules.rates = PremiumPayRates {
            overtime: rate(percent),
            over_45: Some(rate(percent + more)),
            over_60: rate(percent + 25),
            statutory_holiday: rate(percent + 10),
            night: rate(percent - 100),
            scheduled_holiday: rate(percent),
            ..rules.rates
        };
        prop_assert!(said("2026-06-25", &rules).is_empty());
    }
}

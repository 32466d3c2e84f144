//! 年齢による変わり目 and 資格喪失.

use kura_insurance::decisions::*;

use crate::pay::{date, law, month, says};

fn events(birth_date: &str) -> Vec<AgeEvent> {
    age_events(law(), date(birth_date), date("2026-06-01")).unwrap()
}

#[test]
fn the_events_of_a_life() {
    let found: Vec<_> =
        events("1986-06-01").iter().map(|event| (event.age, event.on.to_string(), event.month.to_string())).collect();
    let expected = [
        (40, "2026-05-31", "2026-05"),
        (60, "2046-05-31", "2046-05"),
        (65, "2051-05-31", "2051-05"),
        (65, "2051-05-31", "2051-05"),
        (70, "2056-05-31", "2056-05"),
        (75, "2061-06-01", "2061-06"),
    ];
    assert_eq!(found, expected.map(|(age, on, month)| (age, on.to_owned(), month.to_owned())));
}

#[test]
fn what_follows_from_each_age() {
    let text = |kind: AgeEventKind| {
        let found = events("1951-06-18");
        found.iter().find(|event| event.kind == kind).unwrap().explanation.text()
    };
    let lines = [
        (
            AgeEventKind::CareStarts,
            "1991年6月17日に40歳です（誕生日の前日）。\n介護保険料は1991年6月分からかかります（適用除外の人を除く）。",
        ),
        (
            AgeEventKind::SameDayRehire,
            "2011年6月17日に60歳です（誕生日の前日）。\n退職後に引き続き再雇用されるときは同日得喪ができます。雇用保険の賃金証明（六十歳到達時）を確かめてください。",
        ),
        (
            AgeEventKind::CareEnds,
            "2016年6月17日に65歳です（誕生日の前日）。\n介護保険料を給与から取るのは2016年5月分までです。年金を受ける権利があるときは、扶養の配偶者の第3号の終わりを確かめてください。",
        ),
        (
            AgeEventKind::ElderlyInsured,
            "2016年6月17日に65歳です（誕生日の前日）。\n雇用保険では高年齢被保険者になります。雇用保険料は引き続きかかります。",
        ),
        (
            AgeEventKind::PensionEnds,
            "2021年6月17日に70歳です（誕生日の前日）。\n厚生年金保険の資格を2021年6月17日に失い、保険料は2021年5月分までです。続けて働く人は70歳以上被用者で、標準報酬月額の相当額が変わるときだけ届け出ます。",
        ),
        (
            AgeEventKind::HealthEnds,
            "2026年6月18日に75歳です（誕生日）。\n健康保険の資格を2026年6月18日に失い、保険料は2026年5月分までです。被扶養者も同じ日に資格を失います。喪失届が要ります。",
        ),
    ];
    for (kind, expected) in lines {
        assert_eq!(text(kind), expected);
    }
}

#[test]
fn a_birthday_on_the_first_is_reached_in_the_month_before() {
    let on = |birth_date: &str, at: usize| events(birth_date)[at].month;
    assert_eq!(on("1986-07-01", 0), month("2026-06"));
    assert_eq!(on("1986-07-02", 0), month("2026-07"));
    assert_eq!(on("1956-02-29", 4), month("2026-02"));
}

fn loss(birth_date: &str, cause: LossCause) -> SocialLoss {
    social_loss(law(), date("2020-04-01"), date(birth_date), cause).unwrap()
}

fn at(loss_date: &str, last_charged: &str) -> Option<SchemeLoss> {
    Some(SchemeLoss { loss_date: date(loss_date), last_charged: month(last_charged), same_month: false })
}

#[test]
fn leaving_and_death_are_lost_the_day_after() {
    // T052 leaves on 30 June, T070 left on 15 May, T083 died on 20 May.
    let found = loss("1996-10-30", LossCause::Left(date("2026-06-30")));
    assert_eq!((found.health, found.pension), (at("2026-07-01", "2026-06"), at("2026-07-01", "2026-06")));
    assert_eq!(found.aged_70_ends, None);
    let expected = "\
退職日は2026年6月30日です。資格はその翌日に失います。
健康保険の資格を2026年7月1日に失います。保険料は2026年6月分までです。
厚生年金保険の資格を2026年7月1日に失います。保険料は2026年6月分までです。";
    assert_eq!(found.explanation.text(), expected);
    assert_eq!(loss("1990-01-01", LossCause::Left(date("2026-05-15"))).health, at("2026-05-16", "2026-04"));
    let died = loss("1990-01-01", LossCause::Died(date("2026-05-20")));
    assert_eq!(died.pension, at("2026-05-21", "2026-04"));
    says(&died.explanation, "死亡した日は2026年5月20日です。");
    let ended = loss("1990-01-01", LossCause::ConditionsEnded(date("2026-05-31")));
    assert_eq!(ended.health, at("2026-06-01", "2026-05"));
    says(&ended.explanation, "要件を満たす最後の日は2026年5月31日です。");
}

#[test]
fn the_month_of_acquisition_is_charged() {
    let left = LossCause::Left(date("2026-06-29"));
    let found = social_loss(law(), date("2026-06-05"), date("1990-01-01"), left).unwrap();
    assert!(found.health.unwrap().same_month);
    assert_eq!(found.health.unwrap().last_charged, month("2026-06"));
    says(
        &found.explanation,
        "健康保険の資格を2026年6月30日に失います。取得した月に失うので、その月の保険料がかかります。",
    );
}

#[test]
fn age_ends_pension_before_the_birthday_and_health_on_it() {
    // F068, born 1951-06-18: 75 on 2026-06-18.
    let found = loss("1951-06-18", LossCause::Age);
    assert_eq!(found.pension, at("2021-06-17", "2021-05"));
    assert_eq!(found.health, at("2026-06-18", "2026-05"));
    says(&found.explanation, "年齢により、健康保険の資格を2026年6月18日に失います。保険料は2026年5月分までです。");
    // Acquired after 70: there is no pension to lose.
    let found = social_loss(law(), date("2022-04-01"), date("1951-06-18"), LossCause::Age).unwrap();
    assert_eq!((found.pension, found.health), (None, at("2026-06-18", "2026-05")));
}

#[test]
fn leaving_at_seventy_and_over() {
    let found = loss("1954-03-15", LossCause::Left(date("2026-06-30")));
    assert_eq!((found.health, found.pension), (at("2026-07-01", "2026-06"), None));
    assert_eq!(found.aged_70_ends, Some(date("2026-06-30")), "the last day itself");
    says(
        &found.explanation,
        "厚生年金保険の資格は年齢によりすでに失っています。70歳以上被用者の不該当日は2026年6月30日です（翌日ではありません）。",
    );
    let found = loss("1950-03-15", LossCause::Died(date("2026-06-30")));
    assert_eq!((found.health, found.aged_70_ends), (None, Some(date("2026-06-30"))));
    says(&found.explanation, "健康保険の資格は年齢によりすでに失っています。");
    // The last day is the day before the day of loss by age.
    let found = loss("1956-06-10", LossCause::Left(date("2026-06-08")));
    assert_eq!((found.pension, found.aged_70_ends), (at("2026-06-09", "2026-05"), None));
    let found = loss("1956-06-10", LossCause::Left(date("2026-06-09")));
    assert_eq!((found.pension, found.aged_70_ends), (None, Some(date("2026-06-09"))));
}

#[test]
fn rehired_on_the_same_day_from_sixty() {
    let rehired = LossCause::Rehired(date("2026-04-01"));
    let found = loss("1966-04-02", rehired);
    assert_eq!(found.health, at("2026-04-01", "2026-03"), "60 on the day of the new contract");
    says(&found.explanation, "60歳以上の継続再雇用なので、再雇用の日に喪失と取得を同時に届け出ます（同日得喪）。");
    says(&found.explanation, "再雇用の前日は2026年3月31日です。");
    let found = loss("1966-04-03", rehired);
    assert_eq!((found.health, found.pension), (None, None));
    says(&found.explanation, "60歳未満なので、継続再雇用の同日得喪はできません。資格は続きます。");
}

#[test]
fn employment_insurance_ends_the_day_after() {
    let found = employment_loss(LossCause::Left(date("2026-10-09"))).unwrap().unwrap();
    assert_eq!((found.separated_on, found.loss_date), (date("2026-10-09"), date("2026-10-10")));
    says(&found.explanation, "雇用保険の資格は2026年10月10日に失います（離職等の日は2026年10月9日）。");
    assert_eq!(employment_loss(LossCause::Age).unwrap(), None);
    assert_eq!(employment_loss(LossCause::Rehired(date("2026-04-01"))).unwrap(), None);
}

//! 被扶養者（異動）届: blocks, records and reasons.

use kura_calendar::Date;
use kura_filing::*;
use kura_yen::Yen;

use crate::submissions::{file, lines};

fn dependent(given: &str, kana: &str) -> Dependent {
    Dependent {
        name: PersonName::of_parts("和泉", given, "イズミ", kana),
        birth_date: Date::constant(2020, 2, 29),
        sex: Sex::Female,
        relation: DependentRelation::Other("おい".to_owned()),
        has_my_number: true,
        address: Address {
            zip: "590-0000".to_owned(),
            kana: String::new(),
            kanji: "大阪府堺市架空町４－５".to_owned(),
        },
        began: Some(Began {
            on: Date::constant(2026, 6, 1),
            reason: DependentBeganReason::Other("養育を始めた".to_owned()),
            living_together: false,
            job: DependentJob::JuniorHighSchoolOrBelow,
            income: Yen::ZERO,
        }),
        ended: None,
        memo: String::new(),
        relation_confirmed: true,
        overseas: Some(Overseas::Applies { on: Date::constant(2026, 6, 1), reason: OverseasReason::Study }),
        issue_eligibility_certificate: true,
    }
}

fn notice(dependents: Vec<Dependent>) -> DependentChangeNotice {
    DependentChangeNotice {
        employer_confirmed: false,
        employer_received_on: None,
        insured_number: "1".to_owned(),
        name: PersonName::of_parts("和泉", "剛", "イズミ", "ツヨシ"),
        birth_date: Date::constant(1963, 12, 24),
        sex: Sex::Male,
        key: InsuredKey::MyNumber,
        income: Some(Yen::new(15_000_000)),
        change: DependentChange::Began,
        spouse: None,
        spouse_annual_income: Some(Yen::ZERO),
        dependents,
    }
}

fn family() -> Vec<Dependent> {
    ["一子", "二子", "三子"].iter().zip(["イチコ", "ニコ", "ミコ"]).map(|(name, kana)| dependent(name, kana)).collect()
}

#[test]
fn two_to_a_record() {
    let problems = file(Notices::DependentChange(&[notice(family())])).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.contains("2人"));
    let records = notice(family()).split();
    assert_eq!(records.iter().map(|record| record.dependents.len()).collect::<Vec<_>>(), [2, 1]);
    let file = file(Notices::DependentChange(&records)).unwrap();
    assert_eq!(file.count, 2);
    // 10,000,000 and more is written 9999999.
    assert!(lines(&file)[5].contains("{{MYNUMBER}},,,9999999,,,,1,"));
    // The insured person and the dependants have numbers of their own.
    let places: Vec<(usize, u16)> = file.number_places.iter().map(|place| (place.record, place.field)).collect();
    assert_eq!(places, [(1, 14), (1, 78), (1, 111), (2, 14), (2, 78)]);
    assert_eq!(notice(Vec::new()).split().len(), 1);
}

#[test]
fn ended_with_death() {
    let mut child = dependent("一子", "イチコ");
    child.began = None;
    child.overseas = None;
    child.ended = Some(Ended { on: Date::constant(2026, 6, 2), reason: DependentEndedReason::Died });
    let spouse = Spouse {
        name: PersonName::of_parts("和泉", "久美", "イズミ", "クミ"),
        birth_date: Date::constant(1966, 3, 3),
        relation: SpouseRelation::Wife,
        key: Some(PersonKey::BasicPension("4210-118823".to_owned())),
        nationality: "ベトナム".to_owned(),
        alias: Some(PersonName::of_parts("和泉", "久美", "イズミ", "クミ")),
        address: child.address.clone(),
        tel: None,
        category_3_filed_on: None,
        began: None,
        ended: Some(Ended {
            on: Date::constant(2026, 6, 2),
            reason: SpouseEndedReason::Died(Date::constant(2026, 6, 1)),
        }),
        memo: String::new(),
        relation_confirmed: false,
        overseas: None,
        issue_eligibility_certificate: false,
    };
    let ended = DependentChangeNotice {
        change: DependentChange::Ended,
        income: None,
        spouse_annual_income: None,
        spouse: Some(spouse),
        ..notice(vec![child])
    };
    let written = file(Notices::DependentChange(std::slice::from_ref(&ended))).unwrap();
    assert!(lines(&written)[5].contains(",9,080602,1,,9,080601,"));
    let with_income = DependentChangeNotice { income: Some(Yen::new(1)), ..ended };
    assert_eq!(file(Notices::DependentChange(&[with_income])).unwrap_err()[0].field.as_ref().unwrap().number, 17);
}

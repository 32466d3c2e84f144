//! How many count.

use kura_model::{
    DisabilityClass, FamilyDocuments, FamilyTaxClass, NonResidentClass, Relation, WidowSingleParent, WorkingStudent,
};
use kura_payroll::tax::{DependentReason, FamilyFacts, TaxpayerFacts};
use kura_yen::Yen;

use crate::family::{PERSON, abroad, child, count, member, small_child, try_count, wife};
use crate::law::{day, law};

#[test]
fn the_demo_people_have_the_numbers_of_the_workbook() {
    let own = |income| TaxpayerFacts { own_income_estimate: Some(Yen::new(income)), ..PERSON };
    let disabled = |facts: FamilyFacts| FamilyFacts { disability: Some(DisabilityClass::Ordinary), ..facts };
    let mother = |born| member(Relation::Parent, born, FamilyTaxClass::DependentSixteenOrOver, 0);
    let people: [(&str, &str, TaxpayerFacts, Vec<FamilyFacts>, u16); 14] = [
        ("001-1", "2026-07-10", PERSON, vec![wife("1956-01-20", 0)], 1),
        (
            "001-3",
            "2026-07-10",
            TaxpayerFacts { widow_single_parent: Some(WidowSingleParent::SingleParent), ..PERSON },
            vec![small_child("2023-04-02")],
            1,
        ),
        ("001-4", "2026-07-10", PERSON, vec![], 0),
        ("002-01", "2026-10-23", own(20_050_000), vec![wife("1966-06-01", 0), child("2006-07-09", 0)], 1),
        (
            "002-07",
            "2026-10-23",
            PERSON,
            vec![wife("1981-05-05", 0), child("2009-05-10", 0), disabled(small_child("2013-02-20"))],
            3,
        ),
        ("002-21", "2026-10-23", PERSON, vec![wife("1962-08-08", 0)], 1),
        ("002-28", "2026-10-23", PERSON, vec![wife("1973-03-03", 0), child("2008-04-15", 0)], 2),
        ("002-28", "2026-07-24", PERSON, vec![wife("1973-03-03", 0), child("2008-04-15", 0)], 2),
        (
            "003-T014",
            "2026-06-25",
            PERSON,
            vec![
                member(Relation::Husband, "1985-03-03", FamilyTaxClass::WithholdingSpouse, 900_000),
                child("2010-02-14", 0),
            ],
            2,
        ),
        ("003-T022", "2026-06-25", PERSON, vec![wife("1994-07-07", 0), small_child("2026-05-10")], 1),
        (
            "003-T045",
            "2026-06-25",
            PERSON,
            vec![wife("1980-01-15", 0), child("2007-03-01", 400_000), mother("1948-02-20")],
            3,
        ),
        ("003-F019", "2026-06-25", PERSON, vec![wife("1958-04-04", 0)], 1),
        ("004-1", "2026-06-25", own(5_000_000), vec![wife("1972-02-02", 0)], 1),
        ("004-2", "2026-06-25", PERSON, vec![], 0),
    ];
    for (name, on, person, family, expected) in people {
        let counted = try_count(on, &person, &family).unwrap();
        assert_eq!(counted.count, expected, "{name}: {counted:?}");
        assert_eq!(counted.family.len(), family.len(), "{name}: a line for everyone");
        let review = counted.family.concat().iter().any(DependentReason::needs_review);
        assert_eq!(review, name == "002-01", "{name}: only the declared wife of 002-01 disagrees with the facts");
    }
}

#[test]
fn a_spouse_counts_up_to_both_limits() {
    let with = |own: i64, income: i64| {
        let person = TaxpayerFacts { own_income_estimate: Some(Yen::new(own)), ..PERSON };
        try_count("2026-06-25", &person, &[wife("1990-01-01", income)]).unwrap().count
    };
    assert_eq!([with(9_000_000, 950_000), with(9_000_001, 950_000), with(9_000_000, 950_001)], [1, 0, 0]);
    assert_eq!(count("2026-12-10", &[wife("1990-01-01", 950_000)]), 1);
}

#[test]
fn the_limit_of_a_dependant_changes_on_its_day() {
    let ages = [("2025-11-28", 480_000), ("2025-12-01", 580_000), ("2026-11-30", 580_000), ("2026-12-01", 620_000)];
    for (on, limit) in ages {
        assert_eq!(count(on, &[child("2000-05-05", limit)]), 1, "{on}");
        assert_eq!(count(on, &[child("2000-05-05", limit + 1)]), 0, "{on}");
    }
}

#[test]
fn the_age_is_that_of_31_december() {
    // 16 on 31 December 2026: born until 1 January 2011 (an age is reached on the day before the birthday)
    let born = |born: &str| count("2026-01-23", &[child(born, 0)]);
    assert_eq!([born("2010-12-31"), born("2011-01-01"), born("2011-01-02")], [1, 1, 0]);
    assert_eq!(count("2027-01-25", &[child("2011-01-02", 0)]), 1);
    // 19 to 22 on 31 December 2026: born 2 January 2004 to 1 January 2008
    let specified = |born: &str| {
        let facts = member(Relation::Child, born, FamilyTaxClass::SpecifiedRelative, 900_000);
        count("2026-06-25", &[facts])
    };
    let born = ["2008-01-02", "2008-01-01", "2004-01-02", "2004-01-01"];
    assert_eq!(born.map(specified), [0, 1, 1, 0]);
}

#[test]
fn a_specified_relative_counts_up_to_its_own_limit_from_2026() {
    let with = |on: &str, income: i64| {
        count(on, &[member(Relation::Child, "2006-06-06", FamilyTaxClass::SpecifiedRelative, income)])
    };
    assert_eq!([with("2026-01-23", 1_000_000), with("2026-01-23", 1_000_001)], [1, 0]);
    assert_eq!([with("2026-12-10", 620_001), with("2026-12-10", 1_000_000)], [1, 1]);
    // 令和7年分 does not know them in the month
    assert_eq!([with("2025-12-31", 580_000), with("2025-12-31", 580_001)], [1, 0]);
    // another relative of that age counts, a spouse does not
    let nephew = member(Relation::Other, "2006-06-06", FamilyTaxClass::SpecifiedRelative, 1_000_000);
    assert_eq!(count("2026-06-25", &[nephew]), 1);
    assert_eq!(count("2026-06-25", &[wife("2006-06-06", 1_000_000)]), 0);
}

#[test]
fn each_disability_adds_one_and_living_together_with_a_severe_one_another() {
    let of = |facts: FamilyFacts, disability, cohabiting_special| {
        count("2026-06-25", &[FamilyFacts { disability: Some(disability), cohabiting_special, ..facts }])
    };
    let (ordinary, special) = (DisabilityClass::Ordinary, DisabilityClass::Special);
    assert_eq!([of(child("2000-01-02", 0), ordinary, false), of(child("2000-01-02", 0), special, false)], [2, 2]);
    assert_eq!(of(child("2000-01-02", 0), special, true), 3);
    assert_eq!([of(small_child("2020-01-02"), ordinary, false), of(small_child("2020-01-02"), special, true)], [1, 2]);
    // a spouse between 58万 and 95万 is a 源泉控除対象配偶者, but no 同一生計配偶者
    assert_eq!(
        [of(wife("1990-01-02", 580_000), special, true), of(wife("1990-01-02", 580_001), special, true)],
        [3, 1]
    );
    // 特定親族 are no 扶養親族
    let specified = member(Relation::Child, "2006-06-06", FamilyTaxClass::SpecifiedRelative, 900_000);
    assert_eq!(of(specified, ordinary, false), 1);
    // the spouse of a person above 900万 is not counted, the disability is
    let rich = TaxpayerFacts { own_income_estimate: Some(Yen::new(9_000_001)), ..PERSON };
    let facts = FamilyFacts { disability: Some(ordinary), ..wife("1990-01-02", 0) };
    assert_eq!(try_count("2026-06-25", &rich, &[facts]).unwrap().count, 1);
}

#[test]
fn what_the_person_is_adds_one_each() {
    let with = |disability, widow_single_parent, working_student| {
        let person = TaxpayerFacts {
            disability: Some(disability),
            widow_single_parent: Some(widow_single_parent),
            working_student: Some(working_student),
            own_income_estimate: None,
        };
        let counted = try_count("2026-06-25", &person, &[]).unwrap();
        (counted.count, counted.own.iter().map(DependentReason::sentence).collect::<Vec<_>>())
    };
    let said = |words: &[&str]| words.iter().map(|&words| words.to_owned()).collect::<Vec<_>>();
    let (neither, student) = (WidowSingleParent::Neither, WorkingStudent::NotWorkingStudent);
    assert_eq!(with(DisabilityClass::NotDisabled, neither, student), (0, vec![]));
    assert_eq!(with(DisabilityClass::Ordinary, neither, student), (1, said(&["本人が障害者です。"])));
    assert_eq!(
        with(DisabilityClass::Special, WidowSingleParent::Widow, student),
        (2, said(&["本人が特別障害者です。", "本人が寡婦です。"]))
    );
    assert_eq!(
        with(DisabilityClass::NotDisabled, WidowSingleParent::SingleParent, WorkingStudent::WorkingStudent),
        (2, said(&["本人がひとり親です。", "本人が勤労学生です。"]))
    );
}

#[test]
fn a_declared_status_gives_way_to_an_income_above_its_limit() {
    let with = |on: &str, widow_single_parent, working_student, income: i64| {
        let person = TaxpayerFacts {
            widow_single_parent: Some(widow_single_parent),
            working_student: Some(working_student),
            own_income_estimate: Some(Yen::new(income)),
            ..PERSON
        };
        let counted = try_count(on, &person, &[]).unwrap();
        (counted.count, counted.own.iter().map(DependentReason::sentence).collect::<String>())
    };
    let single =
        |income| with("2026-06-25", WidowSingleParent::SingleParent, WorkingStudent::NotWorkingStudent, income);
    let student = |on: &str, income| with(on, WidowSingleParent::Neither, WorkingStudent::WorkingStudent, income);
    assert_eq!(single(5_000_000).0, 1);
    assert_eq!(
        single(5_000_001),
        (0, "本人の合計所得の見込みが5,000,000円を超えるため、ひとり親として数えません。".to_owned())
    );
    let at = [("2026-11-30", 850_000), ("2026-12-01", 890_000)];
    for (on, limit) in at {
        assert_eq!((student(on, limit).0, student(on, limit + 1).0), (1, 0), "{on}");
    }
}

#[test]
fn a_relative_abroad_counts_with_documents_and_in_working_age_with_a_reason() {
    use {FamilyDocuments as Documents, NonResidentClass as Class};
    let counted = |class, documents| count("2026-06-25", &[abroad(class, documents)]);
    assert_eq!(counted(Class::UnderThirtyOrSeventy, Documents::Kinship), 0);
    assert_eq!(counted(Class::RemittanceOver380000, Documents::Kinship), 1);
    assert_eq!(counted(Class::RemittanceOver380000, Documents::NotReceived), 0);
    assert_eq!(counted(Class::StudyAbroad, Documents::Kinship), 0);
    assert_eq!(counted(Class::StudyAbroad, Documents::KinshipAndVisa), 1);
    assert_eq!(counted(Class::Disability, Documents::Kinship), 0);
    let disabled =
        FamilyFacts { disability: Some(DisabilityClass::Ordinary), ..abroad(Class::Disability, Documents::Kinship) };
    assert_eq!(count("2026-06-25", &[disabled]), 2);
    // 30 and 69 on 31 December need a reason, 29 and 70 do not
    let born = |born: &str| {
        let facts = abroad(Class::UnderThirtyOrSeventy, Documents::Kinship);
        count("2026-06-25", &[FamilyFacts { birth_date: Some(day(born)), ..facts }])
    };
    assert_eq!(["1997-01-02", "1997-01-01", "1957-01-02", "1957-01-01"].map(born), [1, 0, 0, 1]);
    // a spouse abroad needs the documents alone
    let spouse = |documents| FamilyFacts {
        living_together: false,
        non_resident: Some(Class::UnderThirtyOrSeventy),
        documents: Some(documents),
        ..wife("1990-01-02", 0)
    };
    assert_eq!(
        [spouse(Documents::Kinship), spouse(Documents::NotReceived)].map(|one| count("2026-06-25", &[one])),
        [1, 0]
    );
}

#[test]
fn a_count_names_the_figures_it_stands_on() {
    let counted = try_count("2026-06-25", &PERSON, &[wife("1990-01-02", 0), child("2000-01-02", 0)]).unwrap();
    let cited: Vec<_> = counted.citations.iter().map(|id| law().citation(id).unwrap()).collect();
    assert!(!cited.is_empty() && cited.iter().all(|citation| citation.table == "tax_rules"), "{cited:?}");
    assert_eq!(try_count("2026-06-25", &PERSON, &[]).unwrap().citations.iter().count(), 0);
}

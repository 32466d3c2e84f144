//! Spot checks of the generated people, each computed by hand from the formulas of the design.

use kura_model::{FamilyTaxClass, PayType, Relation};
use kura_yen::Yen;

use super::{attendance_of, date, demo, employee, terms};

#[test]
fn births_and_hires() {
    for (client, code, born, hired) in [
        // 331 x 3 = 993 days after 1966-01-01
        ("002", "03", "1968-09-20", "2020-04-01"),
        // 331 x 38 = 12,578 days: not yet 19 on 2020-04-01? born 2000-06-09: 19
        ("002", "38", "2000-06-09", "2020-04-01"),
        // 397 x 34 = 13,498 days after 1964-01-01: 19 on 2020-04-01
        ("003", "T034", "2000-12-15", "2020-04-01"),
        // 397 x 35 = 13,895, less 13,500: 395 days
        ("003", "T035", "1965-01-30", "2020-04-01"),
        // 397 + 211 = 608 days
        ("003", "F001", "1965-08-31", "2020-04-01"),
        // 409 x 113 = 46,217, less 31,000: 15,217 days after 1960-01-01: 18 on 2020-04-01
        ("003", "T113", "2001-08-30", "2022-04-01"),
        ("003", "F113", "2001-08-30", "2022-04-01"),
        ("003", "F040", "1966-09-15", "2020-04-01"),
        ("003", "F068", "1951-06-18", "2020-04-01"),
        // 397 x 95 = 37,715, less 27,000: 10,715 days
        ("003", "T095", "1993-05-03", "2026-06-01"),
    ] {
        let row = employee(client, code);
        assert_eq!((row.birth_date, row.hired_on), (Some(date(born)), Some(date(hired))), "{client}-{code}");
    }
}

#[test]
fn pay_and_attendance_of_002() {
    // k, 基本額, minutes of 時間外, 出勤, 有給
    for (code, base, overtime, worked, leave) in [
        ("08", 14_500, 776, 20, 0),
        ("09", 14_750, 873, 19, 1),
        ("13", 12_500, 1_261, 20, 0),
        ("25", 15_500, 25, 20, 0),
        ("27", 12_750, 219, 19, 1),
        ("38", 15_500, 1_286, 20, 0),
    ] {
        let terms = terms("002", code, "2026-10-20");
        assert_eq!((terms.pay_type, terms.base_amount), (Some(PayType::Daily), Some(Yen::new(base))), "{code}");
        let row = attendance_of("002", code).unwrap();
        assert_eq!(row.overtime_hours.unwrap().get(), overtime, "{code}");
        let days = [row.worked_days, row.paid_leave_days].map(|days| days.unwrap().to_string());
        assert_eq!(days, [worked.to_string(), leave.to_string()], "{code}");
    }
    for (code, base) in [("03", 233_000), ("06", 251_000), ("34", 325_000), ("35", 340_000)] {
        let terms = terms("002", code, "2026-10-20");
        assert_eq!((terms.pay_type, terms.base_amount), (Some(PayType::Monthly), Some(Yen::new(base))), "{code}");
    }
}

#[test]
fn qualifications_foremen_and_cars_of_002() {
    let book = &demo("002").book;
    for (code, qualification, foreman, kilometres) in [
        ("08", None, false, "19"),
        ("09", Some("1級管工事"), false, "26"),
        ("10", Some("2級管工事"), false, "33"),
        ("17", None, true, "42"),
        ("22", Some("2級管工事"), true, "37"),
        ("27", Some("1級管工事"), true, "32"),
        ("40", None, false, ""),
    ] {
        let row = employee("002", code);
        assert_eq!(row.qualifications.as_ref().map(|text| text.as_str()), qualification, "{code}");
        let fixed =
            book.fixed_pays.iter().any(|row| row.employee_code.as_str() == code && row.item_code.as_str() == "K120");
        assert_eq!(fixed, foreman, "{code}");
        let leg = book.commutings.iter().find(|row| row.employee_code.as_str() == code);
        let distance = leg.map(|leg| leg.distance_km.value().unwrap().to_string()).unwrap_or_default();
        assert_eq!(distance, kilometres, "{code}");
    }
}

/// Relation, birth and 税の区分 in 2026 of the family of a person.
fn family(client: &str, code: &str) -> Vec<(Relation, String, FamilyTaxClass)> {
    let all = kura_model::histories(&demo(client).book.family_members);
    let of_person = all.iter().filter(|((_, person, _), _)| person.as_str() == code);
    of_person
        .filter_map(|(_, history)| history.on(date("2026-12-31")))
        .map(|known| (known.relation.unwrap(), known.birth_date.unwrap().to_string(), known.tax_class.unwrap()))
        .collect()
}

#[test]
fn families_by_formula() {
    use FamilyTaxClass::{DependentSixteenOrOver, UnderSixteen, WithholdingSpouse};
    // 08: born 1973-04-02 (2,648 days); wife 400 days later; children of 26 and 29 years later, both grown up.
    assert_eq!(
        family("002", "08"),
        [
            (Relation::Wife, "1974-05-07".to_owned(), WithholdingSpouse),
            (Relation::Child, "1999-10-02".to_owned(), DependentSixteenOrOver),
            (Relation::Child, "2002-11-03".to_owned(), DependentSixteenOrOver),
        ]
    );
    // 29: born 1992-04-13 (9,599 days), k mod 3 = 2, odd: children 2018 and 2021.
    assert_eq!(
        family("002", "29"),
        [
            (Relation::Child, "2018-07-09".to_owned(), UnderSixteen),
            (Relation::Child, "2021-08-10".to_owned(), UnderSixteen),
        ]
    );
    // 38: born 2000-06-09: wife, and the one child not born after 2026-01-01 would be of 2026-04.
    assert_eq!(family("002", "38"), [(Relation::Wife, "2001-07-14".to_owned(), WithholdingSpouse)]);
    // 39, 40: no family. 003: k mod 4 = 0, 500 days later.
    assert!(family("002", "39").is_empty() && family("002", "40").is_empty());
    assert_eq!(family("003", "T004").len(), 1);
    assert!(family("003", "T005").is_empty() && family("003", "T104").is_empty());
}

#[test]
fn named_families_count_as_the_design_says() {
    use FamilyTaxClass::{DependentSixteenOrOver, NotCounted, SameLivelihoodSpouse, UnderSixteen, WithholdingSpouse};
    for (client, code, counted, others) in [
        ("001", "1", 1, 0),
        ("001", "3", 0, 1),
        ("002", "01", 1, 1),
        ("002", "07", 2, 1),
        ("002", "21", 1, 0),
        ("002", "28", 2, 0),
        ("003", "T014", 2, 0),
        ("003", "T022", 1, 1),
        ("003", "T045", 3, 0),
        ("003", "F019", 1, 0),
        ("004", "1", 1, 0),
    ] {
        let family = family(client, code);
        let of = |classes: &[FamilyTaxClass]| family.iter().filter(|(_, _, class)| classes.contains(class)).count();
        assert_eq!(of(&[WithholdingSpouse, DependentSixteenOrOver]), counted, "{client}-{code}");
        assert_eq!(of(&[UnderSixteen, SameLivelihoodSpouse, NotCounted]), others, "{client}-{code}");
    }
}

#[test]
fn a_child_that_turns_sixteen_in_2026_is_counted_from_2026() {
    let all = kura_model::histories(&demo("003").book.family_members);
    let ((_, _, _), history) = all
        .iter()
        .find(|((_, person, _), history)| {
            person.as_str() == "T014" && history.on(date("2026-06-25")).unwrap().birth_date == Some(date("2010-02-14"))
        })
        .unwrap();
    let class = |on: &str| history.on(date(on)).unwrap().tax_class;
    assert_eq!(class("2025-12-25"), Some(FamilyTaxClass::UnderSixteen));
    assert_eq!(class("2026-01-23"), Some(FamilyTaxClass::DependentSixteenOrOver));
}

#[test]
fn hours_of_003() {
    // 53 x 97 = 5,141, less 4,500; 8:00 x (97 mod 4)
    let row = attendance_of("003", "T097").unwrap();
    assert_eq!((row.overtime_hours.unwrap().get(), row.night_in_scheduled.unwrap().get()), (641, 480));
    for (code, days, hours) in [
        ("T105", "17", "68:00"),
        ("T101", "17", "85:00"),
        ("F072", "17", "93:30"),
        ("F073", "17", "102:00"),
        ("F074", "20", "120:00"),
    ] {
        let row = attendance_of("003", code).unwrap();
        let found = [row.worked_days.unwrap().to_string(), row.working_hours.unwrap().to_string()];
        assert_eq!(found, [days, hours], "{code}");
    }
    for (code, base) in [("T101", 1_245), ("T150", 1_240), ("F139", 1_135), ("T120", 1_260)] {
        assert_eq!(terms("003", code, "2026-06-01").base_amount, Some(Yen::new(base)), "{code}");
    }
}

#[test]
fn inhabitant_tax_of_a_year_is_spread_over_its_months() {
    // 182,500: eleven months of 15,200, June 15,300.
    for (client, code, annual, june, july) in [
        ("001", "1", 182_500, 15_300, 15_200),
        ("002", "07", 291_900, 24_600, 24_300),
        ("002", "08", 110_400, 9_200, 9_200),
        ("003", "T014", 215_300, 18_400, 17_900),
        ("003", "T101", 126_900, 11_400, 10_500),
        ("003", "F140", 162_000, 13_500, 13_500),
        ("004", "1", 420_000, 35_000, 35_000),
    ] {
        let notices = demo(client).book.inhabitant_tax_notices.iter();
        let of_person: Vec<_> = notices.filter(|row| row.employee_code.as_str() == code).collect();
        assert!(of_person.len() >= 2, "R8 and R7 at least");
        for row in of_person {
            assert_eq!(
                (row.annual, row.m06, row.m07, row.m05),
                (Some(Yen::new(annual)), Some(Yen::new(june)), Some(Yen::new(july)), Some(Yen::new(july))),
                "{client}-{code}"
            );
        }
    }
}

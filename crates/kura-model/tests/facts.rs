//! Dated rows taken together, and the small types a fact is made of.
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use kura_calendar::{Date, Month, Timeline};
use kura_model::{
    Change, ClientCode, CustomValue, DayOfMonth, Days, Employee, EmployeeCode, EmploymentTerms, EmploymentTermsChange,
    FiscalYear, FixedPayChange, InsurerCode, InsurerRateChange, ItemCode, Minutes, MonthsOfYear, Row, Text,
    WeekdayPattern, histories, history,
};
use kura_yen::{Exact, Yen};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn terms(from: &str, change: impl FnOnce(&mut EmploymentTermsChange)) -> Row<EmploymentTermsChange> {
    let mut row = EmploymentTermsChange::new(ClientCode::from("002"), EmployeeCode::from("12"), day(from));
    change(&mut row);
    Row::from(row)
}

fn base_on(terms: &Timeline<EmploymentTerms>, on: &str) -> Option<i64> {
    terms.on(day(on)).and_then(|terms| terms.base_amount).map(Yen::get)
}

#[test]
fn a_later_row_changes_what_it_says_and_nothing_else() {
    let rows = [
        terms("2026-09-01", |row| row.position = Change::Cleared),
        terms("2020-04-01", |row| {
            row.base_amount = Yen::new(240_000).into();
            row.position = Text::from("主任").into();
            row.managerial_exempt = true.into();
            row.custom.set(Text::from("靴"), CustomValue::Number(Exact::whole(26)));
        }),
        terms("2026-06-21", |row| {
            row.base_amount = Yen::new(251_330).into();
            row.managerial_exempt = false.into();
            row.custom.set(Text::from("靴"), CustomValue::Text(Text::from("なし")));
        }),
    ];
    let terms = history(&rows);
    assert_eq!(terms.on(day("2020-03-31")), None);
    assert_eq!([base_on(&terms, "2026-06-20"), base_on(&terms, "2026-06-21")], [Some(240_000), Some(251_330)]);
    assert_eq!(base_on(&terms, "2026-09-01"), Some(251_330));
    let on = |on: &str| terms.on(day(on)).expect("employed");
    assert_eq!(on("2026-08-31").position, Some(Text::from("主任")));
    assert_eq!(on("2026-09-01").position, None);
    assert_eq!([on("2026-06-20").managerial_exempt, on("2026-06-21").managerial_exempt], [true, false]);
    assert_eq!(on("2026-06-20").custom.get("靴"), Some(&CustomValue::Number(Exact::whole(26))));
    assert!(on("2026-06-21").custom.is_empty());
}

#[test]
fn of_two_rows_of_one_day_the_lower_is_the_later_word() {
    let rows = [
        terms("2026-04-01", |row| row.base_amount = Yen::new(1).into()),
        terms("2026-04-01", |row| row.base_amount = Yen::new(2).into()),
    ];
    assert_eq!(base_on(&history(&rows), "2026-04-01"), Some(2));
}

#[test]
fn an_end_belongs_to_its_own_row() {
    let row = |from: &str, to: Option<&str>, amount: Option<i64>| {
        let mut row =
            FixedPayChange::new(ClientCode::from("1"), EmployeeCode::from("3"), ItemCode::from("K"), day(from));
        row.to = to.map_or(Change::Unchanged, |to| day(to).into());
        row.amount = amount.map_or(Change::Unchanged, |amount| Yen::new(amount).into());
        Row::from(row)
    };
    let rows = [row("2026-04-01", Some("2026-06-30"), Some(12_050)), row("2026-09-01", None, None)];
    let pay = history(&rows);
    let on = |on: &str| pay.on(day(on)).map(|pay| (pay.to, pay.amount));
    assert_eq!(on("2026-07-01"), Some((Some(day("2026-06-30")), Some(Yen::new(12_050)))));
    assert_eq!(on("2026-09-01"), Some((None, Some(Yen::new(12_050)))));
}

#[test]
fn histories_are_kept_apart_by_key_and_a_month_begins_on_its_first_day() {
    let row = |insurer: &str, month: i8| {
        let from = Month::new(2026, month).expect("a month");
        Row::from(InsurerRateChange::new(ClientCode::from("004"), InsurerCode::from(insurer), from))
    };
    let histories = histories(&[row("組合", 3), row("国保", 4), row("組合", 9)]);
    assert_eq!(histories.len(), 2);
    let society = &histories[&(ClientCode::from("004"), InsurerCode::from("組合"))];
    assert!(society.on(day("2026-02-28")).is_none());
    assert_eq!(society.on(day("2026-03-01")).map(|rate| rate.premium_month_from.month()), Some(3));
    assert_eq!(society.on(day("2026-09-01")).map(|rate| rate.premium_month_from.month()), Some(9));
}

#[test]
fn what_may_be_personal_is_not_shown() {
    let mut employee = Employee::new(ClientCode::from("002"), EmployeeCode::from("07"));
    employee.family_name = Some(Text::from("岸和田"));
    assert_eq!(format!("{employee:?} {:?}", employee.family_name), "Employee(..) Some(Text(..))");
    assert_eq!(format!("{}", employee.employee_code), "07");
}

#[test]
fn days_and_hours() {
    assert_eq!(
        [Minutes::new(3980), Minutes::new(5), Minutes::new(-65)].map(|time| time.to_string()),
        ["66:20", "0:05", "-1:05"]
    );
    assert_eq!(Minutes::new(3980).hours().map(|hours| hours.to_string()), Ok("199/3".to_owned()));
    assert_eq!(
        [Days::whole(21), Days::quarters(54), Days::quarters(-1)].map(|days| days.to_string()),
        ["21", "13.5", "-0.25"]
    );
    assert_eq!(Days::of_exact(Exact::parse("0.75").expect("a number")), Some(Days::quarters(3)));
    assert_eq!(Days::of_exact(Exact::parse("0.3").expect("a number")), None);
}

#[test]
fn days_of_the_month_and_years() {
    let february = Month::new(2026, 2).expect("a month");
    assert_eq!(DayOfMonth::Last.in_month(february), day("2026-02-28"));
    assert_eq!(DayOfMonth::Day(31).in_month(february), day("2026-02-28"));
    assert_eq!(DayOfMonth::Day(25).in_month(february), day("2026-02-25"));
    assert_eq!([2026, 2019, 2018].map(|year| FiscalYear::beginning_in(year).to_string()), ["R8", "H31", "H30"]);
}

#[test]
fn patterns_of_weekdays_and_months() {
    let pattern = WeekdayPattern::parse("土曜(第2・第4)、日").expect("a pattern");
    assert_eq!(pattern.to_string(), "日・土(2,4)");
    // October 2026: Saturdays 3 10 17 24 31, Sundays 4 11 18 25.
    let off: Vec<i8> = (1..=31).filter(|number| pattern.contains(Date::constant(2026, 10, *number))).collect();
    assert_eq!(off, [4, 10, 11, 18, 24, 25]);
    let months = MonthsOfYear::parse("7月・12月").expect("months");
    assert_eq!(months.to_string(), "7,12");
    assert!(
        months.contains(Month::new(2026, 12).expect("a month"))
            && !months.contains(Month::new(2026, 1).expect("a month"))
    );
    for wrong in ["", "13", "0", "712", "七月"] {
        assert_eq!(MonthsOfYear::parse(wrong), None, "{wrong}");
    }
    for wrong in ["", "土(6)", "土(", "祝", "土()"] {
        assert_eq!(WeekdayPattern::parse(wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn patterns_come_back(text in "[日月火水木金土](\\([1-5](,[1-5])?\\))?([・、]?[日月火水木金土]){0,3}", months in proptest::collection::vec(1_u8..=12, 1..6)) {
        if let Some(pattern) = WeekdayPattern::parse(&text) {
            prop_assert_eq!(WeekdayPattern::parse(&pattern.to_string()), Some(pattern));
        }
        let list: Vec<String> = months.iter().map(u8::to_string).collect();
        let months = MonthsOfYear::parse(&list.join(",")).expect("months");
        prop_assert_eq!(MonthsOfYear::parse(&months.to_string()), Some(months));
    }
}

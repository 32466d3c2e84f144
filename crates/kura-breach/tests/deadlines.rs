//! The clocks: every row of the deadline vectors, the guide values, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use kura_breach::{
    BreachError, Certainty, FoundItem, Item, Limit, Regime, breach_clock, delegator_notice, final_report, prompt_report,
};
use kura_calendar::{
    CalendarError, Date, Length, PeriodStart, japanese_weekday, jst_day_of_instant, parse_iso_date, period_end,
};
use kura_law::{Law, LawError};
use proptest::prelude::*;

fn law() -> &'static Law {
    Law::embedded().unwrap()
}

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

/// The day whose number is given, the start counted as 1.
fn day_number(start: Date, number: u16) -> Date {
    period_end(start, PeriodStart::DayCounted, Length::Days(number)).unwrap()
}

/// The days passed over as the vectors spell them.
fn rolled_over(limit: &Limit) -> String {
    let days: Vec<String> = limit.passed_over.iter().map(|(at, why)| format!("{at}={why}")).collect();
    if days.is_empty() { "none".to_owned() } else { days.join(" > ") }
}

#[test]
fn every_row_of_the_deadline_vectors() {
    let mut reader = csv::Reader::from_reader(include_str!("vectors/deadlines.csv").as_bytes());
    let columns = reader.headers().unwrap().clone();
    let mut rows = 0;
    for record in reader.records().map(Result::unwrap) {
        let cell = |name: &str| &record[columns.iter().position(|column| column == name).unwrap()];
        let id = cell("id");
        let regime = if cell("regime") == "appi" { Regime::Appi } else { Regime::MyNumber };
        let known_on = jst_day_of_instant(cell("known_at")).unwrap();
        let items = FoundItem::read_list(cell("trigger")).unwrap();
        let clock = breach_clock(regime, known_on, &items, law()).unwrap();
        let last = &clock.final_report;
        let weekday = |at: Date| japanese_weekday(at.weekday()).to_string();
        assert_eq!(format!("{known_on}({})", weekday(known_on)), cell("day1(weekday)"), "{id}");
        assert_eq!(clock.prompt_report.alarm.to_string(), cell("prompt_day3"), "{id}");
        assert_eq!(clock.prompt_report.limit.to_string(), cell("prompt_day5"), "{id}");
        assert_eq!(last.days.to_string(), cell("final_days"), "{id}");
        assert_eq!(last.raw_day.to_string(), cell("final_raw_day"), "{id}");
        assert_eq!(weekday(last.raw_day), cell("raw_weekday"), "{id}");
        assert_eq!(rolled_over(last), cell("rolled_over"), "{id}");
        assert_eq!(last.due.to_string(), cell("final_due"), "{id}");
        assert_eq!(weekday(last.due), cell("final_due_weekday"), "{id}");
        assert!(!last.citations.is_empty() && !clock.prompt_report.citations.is_empty(), "{id}");
        rows += 1;
    }
    assert_eq!(rows, 24);
}

#[test]
fn items_are_read_as_reports_write_them() {
    let codes = |text: &str| {
        let found = FoundItem::read_list(text)?;
        Ok::<_, BreachError>(found.iter().map(FoundItem::to_string).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(codes("7-3").unwrap(), "7-3");
    assert_eq!(codes("rule2-2").unwrap(), "2-2");
    assert_eq!(codes("rule7-1+3+4").unwrap(), "7-1 7-3 7-4");
    assert_eq!(codes("7-1+7-3+7-4").unwrap(), "7-1 7-3 7-4");
    assert_eq!(codes("7-3 & 2-2").unwrap(), "7-3 2-2");
    assert_eq!(codes("7-4?").unwrap(), "7-4?");
    assert_eq!(codes("7-1+3?").unwrap(), "7-1 7-3?");
    for item in Item::ALL {
        assert_eq!(FoundItem::read_list(item.code()), Ok(vec![FoundItem::certain(item)]));
    }
    for refused in ["", "7", "3", "7-", "-3", "7-0", "7-5", "8-1", "2-5", "７-3", "7-3-1", "7-3+", "rule", "?", "7_3"]
    {
        assert_eq!(codes(refused), Err(BreachError::UnknownItem), "{refused}");
    }
}

#[test]
fn an_unlawful_purpose_among_the_items_makes_sixty_days() {
    let days = |text: &str| {
        let items = FoundItem::read_list(text).unwrap();
        let regime = items.first().unwrap().item.regime();
        final_report(regime, day("2026-11-05"), &items, law()).unwrap().days
    };
    for thirty in ["7-1", "7-2", "7-4", "7-1+2+4", "2-1", "2-3", "2-4", "2-1+3+4"] {
        assert_eq!(days(thirty), 30, "{thirty}");
    }
    for sixty in ["7-3", "7-1+3", "7-3+4", "7-4?+3", "2-2", "2-1+2", "2-2+4"] {
        assert_eq!(days(sixty), 60, "{sixty}");
    }
    // While the purpose is not certain the earliest day of any reading stands.
    assert_eq!(days("7-1+3?"), 30);
    assert_eq!(days("7-1?+3?"), 30);
    assert_eq!(days("7-3?"), 60);
}

#[test]
fn the_delegate_tells_the_delegator_within_the_same_guide_value() {
    for regime in [Regime::Appi, Regime::MyNumber] {
        let notice = delegator_notice(regime, day("2026-11-12"), law()).unwrap();
        assert_eq!((notice.alarm, notice.limit), (day("2026-11-14"), day("2026-11-16")));
    }
}

#[test]
fn a_limit_in_a_year_without_holidays_needs_review() {
    let item = [FoundItem::certain(Item::R7_1)];
    let limit = |known: &str| final_report(Regime::Appi, day(known), &item, law());
    let refused =
        |year| Err(BreachError::NeedsReview(CalendarError::NoHolidayTable { year, first_year: 2016, last_year: 2027 }));
    // Day 30 is 2027-12-28, an open Tuesday; 2027-12-29 would move into 2028; 2028-01-01 lies there.
    assert_eq!(limit("2027-11-29").unwrap().due, day("2027-12-28"));
    assert_eq!(limit("2027-11-30"), refused(2028));
    assert_eq!(limit("2027-12-03"), refused(2028));
    let text = limit("2027-12-03").unwrap_err().to_string();
    assert!(text.contains("要確認") && text.contains("2028年"), "{text}");
    // 速報 needs no table of holidays.
    assert_eq!(prompt_report(Regime::Appi, day("2027-12-30"), law()).unwrap().limit, day("2028-01-03"));
}

#[test]
fn what_has_no_clock_is_refused() {
    let clock = |regime, known: &str, items: &[FoundItem]| breach_clock(regime, day(known), items, law());
    let appi = [FoundItem::certain(Item::R7_3)];
    assert_eq!(clock(Regime::MyNumber, "2026-11-22", &appi), Err(BreachError::WrongRegime));
    assert_eq!(clock(Regime::Appi, "2026-11-22", &[]), Err(BreachError::NoItem));
    // The duty began on 2022-04-01.
    assert!(clock(Regime::Appi, "2022-04-01", &appi).is_ok());
    let Err(BreachError::Law(LawError::Missing { table, on, .. })) = clock(Regime::Appi, "2022-03-31", &appi) else {
        panic!("a day before the duty has no clock");
    };
    assert_eq!((table.as_str(), on), ("breach_clocks", day("2022-03-31")));
    for error in [BreachError::UnknownItem, BreachError::WrongRegime, BreachError::NoItem] {
        assert!(error.remedy().ends_with('。') && error.to_string().ends_with('。'));
    }
}

proptest! {
    #[test]
    fn a_limit_is_an_open_day_and_only_closed_days_lie_before_it(days in 1_u16..1_900, item in 0_usize..8) {
        let known_on = day_number(day("2022-04-01"), days);
        let item = FoundItem { item: Item::ALL[item], certainty: Certainty::Certain };
        let regime = item.item.regime();
        let limit = final_report(regime, known_on, &[item], law()).unwrap();
        let offices = law().administrative_closing(limit.due).unwrap();
        prop_assert!(offices.is_open(limit.due, law().holidays()).unwrap());
        prop_assert_eq!(day_number(known_on, limit.days), limit.raw_day);
        prop_assert_eq!(usize::try_from((limit.due - limit.raw_day).get_days()).unwrap(), limit.passed_over.len());
        for (closed, _) in &limit.passed_over {
            prop_assert!(limit.raw_day <= *closed && *closed < limit.due);
            prop_assert!(!offices.is_open(*closed, law().holidays()).unwrap());
        }
        let next_day = final_report(regime, known_on.tomorrow().unwrap(), &[item], law()).unwrap();
        prop_assert!(next_day.due >= limit.due, "knowing later never makes the limit earlier");
    }

    #[test]
    fn any_text_is_items_or_refused(text in r"[0-9?+&,\-rule ]{0,16}|\PC{0,16}") {
        if let Ok(found) = FoundItem::read_list(&text) {
            let written: Vec<String> = found.iter().map(FoundItem::to_string).collect();
            prop_assert_eq!(FoundItem::read_list(&written.join("+")), Ok(found));
        }
    }
}

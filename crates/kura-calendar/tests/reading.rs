//! Every spelling of a day, a month and an instant, and what is refused.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use kura_calendar::{
    CalendarError, Date, Holidays, Length, Month, PeriodStart, jst_day_of_instant, parse_iso_date, parse_iso_month,
    period_end, read_date, read_month,
};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

#[test]
fn spellings_of_one_day() {
    let spellings = [
        "2026-06-25",
        "2026-6-25",
        "2026/6/25",
        "2026/06/25",
        "2026.6.25",
        "2026年6月25日",
        "2026年06月25日",
        "2026年6月25",
        "20260625",
        "R8.6.25",
        "r8.6.25",
        "R08.06.25",
        "R8/6/25",
        "R8-6-25",
        "R8年6月25日",
        "令和8年6月25日",
        "令和８年６月２５日",
        "令和8.6.25",
        "令8.6.25",
        "㋿8.6.25",
        "　令和 8年 6月25日　",
        "R 8. 6.25",
        "Ｒ８．６．２５",
        "ｒ８／６／２５",
        "２０２６－０６－２５",
        "２０２６−０６−２５",
        "２０２６ー０６ー２５",
        "２０２６／６／２５",
        "２０２６０６２５",
        "２０２６年６月２５日",
        " 2026-06-25\t",
    ];
    for spelling in spellings {
        assert_eq!(read_date(spelling), Ok(day("2026-06-25")), "{spelling}");
    }
}

#[test]
fn the_first_year_of_an_era() {
    for spelling in ["令和元年5月1日", "令和1年5月1日", "R元.5.1", "令元.5.1", "R1.5.1", "Ｒ元年５月１日"]
    {
        assert_eq!(read_date(spelling), Ok(day("2019-05-01")), "{spelling}");
    }
    assert_eq!(read_date("平成元年1月8日"), Ok(day("1989-01-08")));
    assert_eq!(read_date("㍻元.1.8"), Ok(day("1989-01-08")));
    assert_eq!(read_date("昭和元年12月25日"), Ok(day("1926-12-25")));
    assert_eq!(read_date("㍼元年12月25日"), Ok(day("1926-12-25")));
    assert_eq!(read_date("㍽元年7月30日"), Ok(day("1912-07-30")));
    assert_eq!(read_date("㍾元年1月1日"), Ok(day("1868-01-01")));
    // 元 is a year of an era and nothing else.
    for refused in ["元年5月1日", "2元26-06-25", "令和1元年5月1日", "令和元元年5月1日", "R8.元.25", "2026-元-25"]
    {
        assert_eq!(read_date(refused), Err(CalendarError::NotADate), "{refused}");
    }
}

#[test]
fn days_that_do_not_exist() {
    let impossible = [
        "2026-06-31",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-06-00",
        "1900-02-29",
        "20260631",
        "20261301",
        "R8.6.31",
        "R0.1.1",
        "R1.1.1",
        "R1.4.30",
        "令和元年4月30日",
        "H31.5.1",
        "平成31年5月1日",
        "S64.1.8",
        "H1.1.7",
        "2026-06-999",
    ];
    for text in impossible {
        assert_eq!(read_date(text), Err(CalendarError::ImpossibleDate), "{text}");
    }
    assert_eq!(parse_iso_date("2026-02-29"), Err(CalendarError::ImpossibleDate));
    assert_eq!(parse_iso_date("2028-02-29"), Ok(Date::constant(2028, 2, 29)));
    assert_eq!(read_date("2000/2/29"), Ok(Date::constant(2000, 2, 29)));
}

#[test]
fn the_years_kura_computes_with() {
    for inside in ["1868-01-01", "2199-12-31"] {
        assert!(read_date(inside).is_ok(), "{inside}");
    }
    for outside in ["1867-12-31", "2200-01-01", "1000-01-01", "9999-12-31", "99991231", "R999.1.1"] {
        assert_eq!(read_date(outside), Err(CalendarError::OutOfRange), "{outside}");
    }
    assert_eq!(parse_iso_date("0000-01-01"), Err(CalendarError::OutOfRange));
    assert_eq!(parse_iso_month("1867-12"), Err(CalendarError::OutOfRange));
    assert_eq!(read_month("2200/1"), Err(CalendarError::OutOfRange));
}

#[test]
fn what_is_not_a_day_is_refused() {
    let refused = [
        "",
        " ",
        "2026",
        "2026-06",
        "26-06-25",
        "026-06-25",
        "2026-06-25-01",
        "2026-06/25",
        "2026年6-25",
        "2026月6年25日",
        "2026-06-25日",
        "2026/6/25月",
        "2026年6月25日日",
        "2026年6月25日1",
        "2026年",
        "2026年6月",
        "8年6月25日",
        "令和8年6月",
        "令和",
        "R",
        "R8",
        "R8.6",
        "R080625",
        "X8.6.25",
        "RR8.6.25",
        "R-8.6.25",
        "2026--06-25",
        "-2026-06-25",
        "+2026-06-25",
        "2026-6-2 5",
        "2 026-06-25",
        "2026 06 25",
        "2026062",
        "202606255",
        "2026-06-25T00:00",
        "12345-06-25",
        "2026-00006-25",
        "June 25, 2026",
        "２０２６年６月２５日（木）",
        "46198",
    ];
    for text in refused {
        assert_eq!(read_date(text), Err(CalendarError::NotADate), "{text}");
    }
    let machines = ["2026/06/25", "2026-6-25", "２０２６-06-25", "20260625", " 2026-06-25", "2026-06-25 ", "R8.6.25"];
    for text in machines {
        assert_eq!(parse_iso_date(text), Err(CalendarError::NotADate), "{text}");
    }
}

#[test]
fn spellings_of_one_month() {
    let spellings = [
        "2026-06",
        "2026-6",
        "2026/6",
        "2026.06",
        "2026年6月",
        "2026年6",
        "R8.6",
        "r8/6",
        "令和8年6月",
        "令8.6",
        "２０２６年６月",
        "Ｒ８．６",
        " 2026-06 ",
    ];
    for spelling in spellings {
        assert_eq!(read_month(spelling), Month::new(2026, 6), "{spelling}");
    }
    for refused in ["", "2026", "6月", "202606", "2026-06-25", "2026年6月25日", "2026-06日", "2026/6月", "R8", "26/6"]
    {
        assert_eq!(read_month(refused), Err(CalendarError::NotAMonth), "{refused}");
    }
    for refused in ["2026-6", "2026/06", "2026-06-01", "1.26-00", "2026-06 "] {
        assert_eq!(parse_iso_month(refused), Err(CalendarError::NotAMonth), "{refused}");
    }
    for impossible in ["2026-13", "2026-00", "R8.13", "R8.0"] {
        assert_eq!(read_month(impossible), Err(CalendarError::ImpossibleDate), "{impossible}");
    }
}

#[test]
fn the_month_of_a_new_era_has_two_names() {
    let same = |newer: &str, older: &str, iso: &str| {
        assert_eq!(read_month(newer), parse_iso_month(iso), "{newer}");
        assert_eq!(read_month(older), parse_iso_month(iso), "{older}");
    };
    same("H1.1", "S64.1", "1989-01");
    same("S1.12", "T15.12", "1926-12");
    same("T1.7", "M45.7", "1912-07");
    // 令和 began on the first of a month, which has one name.
    same("R1.5", "令和元年5月", "2019-05");
    same("H31.4", "平成31年4月", "2019-04");
    for impossible in ["H31.5", "R1.4", "S64.2", "H0.12", "R0.5"] {
        assert_eq!(read_month(impossible), Err(CalendarError::ImpossibleDate), "{impossible}");
    }
}

#[test]
fn an_instant_lies_on_a_day_in_japan() {
    let days = [
        ("2026-09-02T00:10+09:00", "2026-09-02"),
        ("2026-09-01T23:50+09:00", "2026-09-01"),
        ("2026-09-01T15:10Z", "2026-09-02"),
        ("2026-09-01T14:59:59.999Z", "2026-09-01"),
        ("2026-09-01T15:00:00Z", "2026-09-02"),
        ("2026-12-31T23:00-08:00", "2027-01-01"),
        ("2026-01-01T08:59+10:00", "2026-01-01"),
        ("2026-01-01T00:30+10:00", "2025-12-31"),
        ("2026-09-01", "2026-09-01"),
    ];
    for (instant, expected) in days {
        assert_eq!(jst_day_of_instant(instant), Ok(day(expected)), "{instant}");
    }
    let refused = [
        "",
        "T",
        "2026-09-01T",
        "2026-09-01T23:50",
        "2026-09-01T25:00+09:00",
        "2026-09-01T23:60+09:00",
        "2026-9-1T23:50+09:00",
        "2026-02-29T23:50+09:00",
        "2026-09-01 23:50+09:00",
        "20260901",
        "R8.9.1",
        "1867-12-31T15:00Z",
    ];
    for text in refused {
        assert_eq!(jst_day_of_instant(text), Err(CalendarError::NotAnInstant), "{text}");
    }
    assert_eq!(jst_day_of_instant("2199-12-31T15:00Z"), Err(CalendarError::OutOfRange));
    assert_eq!(jst_day_of_instant("2026-02-29"), Err(CalendarError::ImpossibleDate));
}

#[test]
fn every_error_says_what_to_write_and_not_what_was_written() {
    let offices = kura_law::Law::embedded().unwrap().administrative_closing(day("2026-01-01")).unwrap();
    let no_period = period_end(day("1999-01-01"), PeriodStart::DayCounted, Length::Days(0));
    let no_holidays = offices.is_open(day("1999-01-04"), &Holidays::new(day("2016-01-01"), day("2027-12-31"), vec![]));
    let cases = [
        (
            read_date("1999/99x").unwrap_err(),
            "日付として読めません。",
            "「2026-06-25」「R8.6.25」「令和8年6月25日」のように書いてください。",
        ),
        (read_month("1999x").unwrap_err(), "年月として読めません。", "「2026-06」「R8.6」のように書いてください。"),
        (
            jst_day_of_instant("1999x").unwrap_err(),
            "日時として読めません。",
            "「2026-06-25」または「2026-06-25T15:00+09:00」のように書いてください。",
        ),
        (read_date("1999-02-30").unwrap_err(), "存在しない日付です。", "月の日数と元号の期間を確かめてください。"),
        (
            read_date("1850-02-01").unwrap_err(),
            "日付が、扱える範囲（1868年から2199年まで）の外です。",
            "年を確かめてください。",
        ),
        (no_period.unwrap_err(), "期間の長さが0です。", "期間を1以上で指定してください。"),
        (
            no_holidays.unwrap_err(),
            "1999年の祝日の表がありません（収録は2016年から2027年まで）。",
            "祝日の表がある年の日付にするか、その年の祝日を取り込んでください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_within_the_years_or_refused(text in r"[\PC\s]{0,24}") {
        let months = [read_month(&text), parse_iso_month(&text)].into_iter().flatten().map(Month::first_day);
        let days = [read_date(&text), parse_iso_date(&text), jst_day_of_instant(&text)].into_iter().flatten();
        for read in days.chain(months) {
            prop_assert!((kura_calendar::FIRST_DAY..=kura_calendar::LAST_DAY).contains(&read));
        }
    }

    #[test]
    fn nearly_dates_are_read_or_refused(text in "[MTSHR令和平成昭㋿Ｒ]{0,2}[0-9０-９元]{0,5}[-/.年－／．ー]?[0-9０-９元 ]{0,4}[-/.月日]?[0-9 ]{0,4}[日月T:Z+]{0,3}[0-9:+]{0,5}") {
        for read in [read_date(&text), parse_iso_date(&text), jst_day_of_instant(&text)].into_iter().flatten() {
            prop_assert!((kura_calendar::FIRST_DAY..=kura_calendar::LAST_DAY).contains(&read));
        }
        if let Ok(month) = read_month(&text) {
            prop_assert_eq!(parse_iso_month(&month.to_string()), Ok(month));
        }
    }

    #[test]
    fn the_machine_spelling_is_one_of_the_office_spellings(year in 1868_i16..2200, month in 1_i8..=12, day in 1_i8..=31) {
        let iso = format!("{year:04}-{month:02}-{day:02}");
        prop_assert_eq!(parse_iso_date(&iso), read_date(&iso));
        prop_assert_eq!(read_date(&iso).is_ok(), Date::new(year, month, day).is_ok());
    }
}

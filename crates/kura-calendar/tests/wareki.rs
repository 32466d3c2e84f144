//! 和暦 in both directions at every edge of an era.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

use kura_calendar::{CalendarError, Date, Era, FIRST_DAY, LAST_DAY, Wareki, parse_iso_date, read_date};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    parse_iso_date(text).unwrap()
}

#[test]
fn the_last_and_the_first_day_of_every_era() {
    let edges = [
        ("1868-01-01", "明治元年1月1日", "M1.1.1"),
        ("1912-07-29", "明治45年7月29日", "M45.7.29"),
        ("1912-07-30", "大正元年7月30日", "T1.7.30"),
        ("1926-12-24", "大正15年12月24日", "T15.12.24"),
        ("1926-12-25", "昭和元年12月25日", "S1.12.25"),
        ("1926-12-31", "昭和元年12月31日", "S1.12.31"),
        ("1927-01-01", "昭和2年1月1日", "S2.1.1"),
        ("1989-01-07", "昭和64年1月7日", "S64.1.7"),
        ("1989-01-08", "平成元年1月8日", "H1.1.8"),
        ("2019-04-30", "平成31年4月30日", "H31.4.30"),
        ("2019-05-01", "令和元年5月1日", "R1.5.1"),
        ("2020-01-01", "令和2年1月1日", "R2.1.1"),
        ("2026-06-25", "令和8年6月25日", "R8.6.25"),
        ("2199-12-31", "令和181年12月31日", "R181.12.31"),
    ];
    for (iso, long, short) in edges {
        let wareki = Wareki::of(day(iso)).unwrap();
        assert_eq!((wareki.to_string().as_str(), wareki.short().as_str()), (long, short), "{iso}");
        assert_eq!(wareki.to_date().unwrap(), day(iso), "{iso}");
        assert_eq!(read_date(long), Ok(day(iso)));
        assert_eq!(read_date(short), Ok(day(iso)));
    }
}

#[test]
fn a_day_outside_its_era_does_not_exist() {
    let impossible = [
        (Era::Meiji, 45, 7, 30),
        (Era::Taisho, 1, 7, 29),
        (Era::Taisho, 15, 12, 25),
        (Era::Showa, 1, 12, 24),
        (Era::Showa, 64, 1, 8),
        (Era::Heisei, 1, 1, 7),
        (Era::Heisei, 31, 5, 1),
        (Era::Reiwa, 1, 4, 30),
        (Era::Reiwa, 0, 5, 1),
        (Era::Reiwa, -1, 5, 1),
        (Era::Reiwa, 8, 2, 29),
        (Era::Reiwa, 8, 6, 31),
        (Era::Reiwa, 8, 13, 1),
        (Era::Reiwa, 8, 6, 0),
        (Era::Reiwa, i16::MAX, 1, 1),
        (Era::Meiji, i16::MIN, 1, 1),
    ];
    for (era, year, month, day) in impossible {
        assert_eq!(Wareki { era, year, month, day }.to_date(), Err(CalendarError::ImpossibleDate), "{era:?}{year}");
    }
    assert_eq!(Wareki::of(FIRST_DAY.yesterday().unwrap()), Err(CalendarError::OutOfRange));
}

#[test]
fn filings_write_an_era_as_a_digit_and_the_day_in_six() {
    let written = |iso: &str| {
        let wareki = Wareki::of(day(iso)).unwrap();
        format!("{}{}", wareki.era.filing_digit(), wareki.six_digits())
    };
    assert_eq!(written("2026-06-25"), "9080625");
    assert_eq!(written("1989-01-07"), "5640107");
    assert_eq!(written("1989-01-08"), "7010108");
    assert_eq!(written("1912-07-30"), "3010730");
    assert_eq!(written("1900-10-05"), "1331005");
}

#[test]
fn eras_follow_each_other_without_a_gap() {
    for pair in Era::NEWEST_FIRST.windows(2) {
        let [newer, older] = pair else { panic!("windows of two") };
        assert_eq!(older.end(), Some(newer.first_day()), "{older:?}");
    }
    assert_eq!(Era::Reiwa.end(), None);
    assert_eq!(Era::Meiji.first_day(), FIRST_DAY);
}

proptest! {
    #[test]
    fn every_day_survives_the_way_there_and_back(offset in 0_i64..=121_263) {
        let at = FIRST_DAY.checked_add(jiff::ToSpan::days(offset)).unwrap();
        prop_assume!(at <= LAST_DAY);
        let wareki = Wareki::of(at).unwrap();
        prop_assert_eq!(wareki.to_date(), Ok(at));
        prop_assert_eq!(read_date(&wareki.to_string()), Ok(at));
        prop_assert_eq!(read_date(&wareki.short()), Ok(at));
        prop_assert_eq!(parse_iso_date(&at.to_string()), Ok(at));
    }
}

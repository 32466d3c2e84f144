//! Transfer dates and the day of the file, with the real calendar of banks.

use kura_bank::{DayError, data_due, require_bank_day};

use crate::files::{day, law};

#[test]
fn a_transfer_date_is_a_bank_day() {
    for open in ["2026-06-25", "2025-12-29", "2025-12-30", "2026-01-05"] {
        assert_eq!(require_bank_day(law(), day(open)), Ok(()), "{open}");
    }
    for (closed, reason) in
        [("2026-06-27", "土"), ("2026-06-28", "日"), ("2025-12-31", "年末年始"), ("2026-08-11", "祝(山の日)")]
    {
        let error = require_bank_day(law(), day(closed)).unwrap_err();
        assert_eq!(error.to_string(), format!("{closed}は銀行の休業日（{reason}）で、振込指定日にできません。"));
    }
    let beyond = require_bank_day(law(), day("2028-01-25")).unwrap_err();
    assert!(matches!(beyond, DayError::Calendar(_)), "no holidays of 2028: {beyond}");
}

/// Counted on the calendar by hand.
#[test]
fn the_file_is_due_so_many_bank_days_before() {
    let cases = [
        ("2026-06-25", 3, "2026-06-22"), // Thursday -> Monday
        ("2026-06-23", 3, "2026-06-18"), // Tuesday -> Thursday, a weekend between
        ("2026-06-25", 0, "2026-06-25"),
        ("2026-05-07", 3, "2026-04-28"), // 1 May and 30 April open, 29 April and 3 to 6 May closed
        ("2026-01-05", 2, "2025-12-29"), // 31 December to 4 January closed
        ("2026-09-24", 1, "2026-09-18"), // 19 and 20 weekend, 21 敬老の日, 22 国民の休日, 23 秋分の日
    ];
    for (transfer, days, due) in cases {
        assert_eq!(data_due(law(), day(transfer), days), Ok(day(due)), "{days} before {transfer}");
    }
    assert!(data_due(law(), day("2026-06-28"), 3).is_err());
}

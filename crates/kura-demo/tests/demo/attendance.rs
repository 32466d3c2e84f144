//! 勤怠 of the run and of the months around it.

use kura_demo::AttendanceMonth;
use kura_model::Attendance;

use super::{attendance_of, books, demo, month};

fn row<'month>(months: &'month [AttendanceMonth], at: &str, code: &str) -> Option<&'month Attendance> {
    let found = months.iter().find(|of| of.month == month(at)).unwrap();
    found.attendance.iter().find(|row| row.employee_code.as_str() == code).map(|row| &row.facts)
}

#[test]
fn fourteen_settled_months_end_with_the_month_before_the_run() {
    for demo in books() {
        let months: Vec<_> = demo.history_months.iter().map(|of| of.month).collect();
        assert_eq!(months.len(), 14, "{}", demo.folder);
        assert!(months.windows(2).all(|pair| pair[0].next() == pair[1]));
        assert_eq!(months.last().copied(), demo.book.cover.as_of_month);
        for of in &demo.history_months {
            assert!(of.attendance.iter().all(|row| row.payment_month == of.month));
        }
        let run = demo.book.cover.as_of_month.unwrap().next();
        assert!(demo.book.attendances.iter().all(|row| row.payment_month == run), "{}", demo.folder);
    }
}

#[test]
fn the_month_of_the_run() {
    let brewer = attendance_of("001", "3").unwrap();
    assert_eq!(brewer.overtime_hours.unwrap().to_string(), "12:30");
    assert_eq!((brewer.late_count, brewer.late_hours.unwrap().to_string()), (Some(1), "0:40".to_owned()));
    let foreman = attendance_of("002", "07").unwrap();
    assert_eq!(foreman.worked_days.unwrap().to_string(), "21");
    assert_eq!(foreman.statutory_holiday_days.unwrap().to_string(), "1");
    assert_eq!(foreman.overtime_hours.unwrap().to_string(), "66:20");
    let short_time = attendance_of("003", "T120").unwrap();
    assert_eq!(short_time.working_hours.unwrap().to_string(), "102:45");
    assert_eq!(short_time.paid_leave_days.unwrap().to_string(), "1");
    assert_eq!(attendance_of("003", "T022").unwrap().leave_days.unwrap().to_string(), "10");
    assert_eq!(attendance_of("002", "28").unwrap().leave_days, None, "a whole period is counted from 休業");
    for (client, code) in [("001", "1"), ("003", "T031"), ("003", "T095"), ("003", "F065"), ("003", "T156")] {
        assert!(attendance_of(client, code).is_none(), "{client}-{code}");
    }
}

#[test]
fn exceptions_of_the_settled_months_of_002() {
    let months = &demo("002").history_months;
    let overtime = |at: &str, code: &str| row(months, at, code).map(|row| row.overtime_hours.unwrap().to_string());
    assert_eq!(overtime("2026-06", "07"), Some("20:00".to_owned()));
    // Half of 873 minutes, down.
    assert_eq!(overtime("2026-06", "09"), Some("7:16".to_owned()));
    assert_eq!(overtime("2026-06", "33"), Some("0:00".to_owned()));
    assert_eq!(overtime("2026-07", "33"), None);
    assert_eq!(overtime("2026-06", "21"), Some("0:00".to_owned()));
    let days = |at: &str, code: &str| row(months, at, code).map(|row| row.worked_days.unwrap().to_string());
    assert_eq!(days("2026-08", "28"), Some("20".to_owned()));
    assert_eq!(days("2026-09", "28"), Some("0".to_owned()));
    assert_eq!(days("2026-09", "12"), Some("20".to_owned()));
    assert_eq!(days("2026-09", "15"), None, "not yet hired");
    assert_eq!(days("2026-09", "39"), Some("13".to_owned()));
}

#[test]
fn exceptions_of_the_settled_months_of_003() {
    let months = &demo("003").history_months;
    let nurse = row(months, "2026-05", "T014").unwrap();
    assert_eq!(
        (nurse.overtime_hours.unwrap().get(), nurse.night_in_scheduled.unwrap().to_string().as_str()),
        (0, "16:00")
    );
    assert_eq!(row(months, "2026-05", "T022").unwrap().leave_days, None);
    assert!(row(months, "2025-09", "T031").is_some() && row(months, "2025-10", "T031").is_none());
    assert!(row(months, "2026-04", "T060").is_none() && row(months, "2026-05", "T060").is_none());
    let short_time = row(months, "2026-03", "T120").unwrap();
    assert_eq!(short_time.paid_leave_days.unwrap().to_string(), "0");
    assert!(row(months, "2026-04", "T120").is_none());
    assert!(row(months, "2026-05", "T095").is_none());
    assert_eq!(row(months, "2026-05", "T070").unwrap().worked_days.unwrap().to_string(), "18");
}

#[test]
fn november_of_002_is_october_without_absence_holiday_work_and_12() {
    let months = &demo("002").later_months;
    let days = |code: &str| row(months, "2026-11", code).map(|row| row.worked_days.unwrap().to_string());
    assert_eq!(days("12"), None);
    assert_eq!([days("07"), days("21"), days("28")], ["20", "20", "0"].map(|days| Some(days.to_owned())));
    let foreman = row(months, "2026-11", "07").unwrap();
    assert_eq!(foreman.statutory_holiday_hours.unwrap().get(), 0);
    assert_eq!(foreman.overtime_hours.unwrap().to_string(), "66:20");
}

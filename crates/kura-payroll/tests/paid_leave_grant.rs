//! 年次有給休暇: every cell of both tables, the days, the lapse and the five-day duty.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise, in its small functions too")]

mod law;

use kura_payroll::wages::{
    GrantBasis, PaidLeaveGrant, PaidLeaveGrantError, PaidLeaveWorker, WorkDays, five_day_duty_of_overlap,
    paid_leave_grant, paid_leave_grant_day,
};
use kura_yen::Exact;
use law::{day, law};
use proptest::prelude::*;

const HOUR: i64 = 60;

fn worker(hired_on: &str, work_days: WorkDays, weekly_minutes: i64) -> PaidLeaveWorker {
    PaidLeaveWorker {
        hired_on: day(hired_on),
        work_days: Some(work_days),
        weekly_minutes: Some(weekly_minutes),
        attended_days: Some(Exact::whole(100)),
        all_working_days: Some(Exact::whole(100)),
    }
}

fn grant(on: &str, worker: &PaidLeaveWorker) -> PaidLeaveGrant {
    paid_leave_grant(law(), day(on), worker).unwrap()
}

fn grant_day(hired_on: &str, number: u16) -> String {
    paid_leave_grant_day(law(), day(hired_on), number).unwrap().to_string()
}

#[test]
fn the_first_grant_comes_after_six_months_and_then_every_year() {
    let days = [1, 2, 3, 8].map(|number| grant_day("2020-04-01", number));
    assert_eq!(days, ["2020-10-01", "2021-10-01", "2022-10-01", "2027-10-01"]);
    // no 31 February: the half year ends with the 28th
    assert_eq!(grant_day("2025-08-31", 1), "2026-03-01");
    assert_eq!(grant_day("2025-08-30", 1), "2026-03-01");
    assert_eq!(grant_day("2025-08-29", 1), "2026-03-01");
    assert_eq!(grant_day("2025-08-28", 1), "2026-02-28");
    assert_eq!(grant_day("2023-08-31", 1), "2024-03-01");
    let error = paid_leave_grant_day(law(), day("2020-04-01"), 0).unwrap_err();
    assert_eq!(error, PaidLeaveGrantError::NotAGrant);
}

#[test]
fn every_cell_of_both_tables_by_week_and_by_year() {
    let table = [
        (5, 217, [10, 11, 12, 14, 16, 18, 20]),
        (4, 169, [7, 8, 9, 10, 12, 13, 15]),
        (3, 121, [5, 6, 6, 8, 9, 10, 11]),
        (2, 73, [3, 4, 4, 5, 6, 6, 7]),
        (1, 48, [1, 2, 2, 2, 3, 3, 3]),
    ];
    for (weekly, yearly, days) in table {
        for (number, expected) in (1_u16..).zip(days.into_iter().chain([days[6], days[6]])) {
            let on = grant_day("2018-04-01", number);
            for work_days in [WorkDays::Week(weekly), WorkDays::Year(yearly)] {
                let granted = grant(&on, &worker("2018-04-01", work_days, 20 * HOUR));
                assert_eq!(
                    (granted.days, granted.service_months),
                    (expected, 6 + 12 * (number - 1)),
                    "{work_days:?} {on}"
                );
            }
        }
    }
}

#[test]
fn the_row_is_the_one_of_the_contract() {
    let of = |work_days, weekly_minutes| {
        let granted = grant("2026-10-01", &worker("2026-04-01", work_days, weekly_minutes));
        (granted.days, granted.basis)
    };
    let proportional = |weekly_days| GrantBasis::Proportional { weekly_days };
    assert_eq!(of(WorkDays::Week(5), 10 * HOUR), (10, GrantBasis::Full));
    assert_eq!(of(WorkDays::Week(6), 10 * HOUR), (10, GrantBasis::Full));
    assert_eq!(of(WorkDays::Week(4), 30 * HOUR - 1), (7, proportional(4)));
    assert_eq!(of(WorkDays::Week(4), 30 * HOUR), (10, GrantBasis::Full));
    assert_eq!(of(WorkDays::Year(217), 10 * HOUR), (10, GrantBasis::Full));
    let years = [216, 169, 168, 121, 120, 73, 72, 48].map(|days| of(WorkDays::Year(days), 10 * HOUR).1);
    assert_eq!(years, [4, 4, 3, 3, 2, 2, 1, 1].map(proportional));
    assert_eq!(of(WorkDays::Year(47), 10 * HOUR), (0, GrantBasis::TooFewDays));
    assert_eq!(of(WorkDays::Week(0), 10 * HOUR), (0, GrantBasis::TooFewDays));
    assert_eq!(of(WorkDays::Year(47), 30 * HOUR), (10, GrantBasis::Full));
}

#[test]
fn a_day_before_six_months_nothing_is_granted() {
    let full_time = |hired: &str| worker(hired, WorkDays::Week(5), 40 * HOUR);
    let early = grant("2026-09-30", &full_time("2026-04-01"));
    assert_eq!((early.days, early.basis, early.service_months), (0, GrantBasis::TooShortService, 5));
    assert_eq!(early.five_day_duty, None);
    assert_eq!(grant("2026-10-01", &full_time("2026-04-01")).days, 10);
    assert_eq!(grant("2026-04-01", &full_time("2026-04-01")).service_months, 0);
    // a common grant day of the work rules between two statutory ones
    assert_eq!(grant("2027-04-01", &full_time("2025-04-01")).days, 11);
    let error = paid_leave_grant(law(), day("2026-03-31"), &full_time("2026-04-01")).unwrap_err();
    assert_eq!(error, PaidLeaveGrantError::GrantedBeforeHired);
}

#[test]
fn eighty_per_cent_of_attendance_are_needed() {
    let with = |attended: &str, all: i64| {
        let attended_days = Some(Exact::parse(attended).unwrap());
        let all_working_days = Some(Exact::whole(all));
        let worker =
            PaidLeaveWorker { attended_days, all_working_days, ..worker("2024-04-01", WorkDays::Week(5), 40 * HOUR) };
        grant("2026-10-01", &worker)
    };
    assert_eq!(with("192", 240).days, 12);
    let below = with("191.5", 240);
    assert_eq!((below.days, below.basis, below.service_months), (0, GrantBasis::BelowAttendance, 30));
}

#[test]
fn days_lapse_after_two_years_and_five_are_to_be_taken_in_the_first() {
    let granted = grant("2026-10-01", &worker("2026-04-01", WorkDays::Week(5), 40 * HOUR));
    assert_eq!(granted.last_day.to_string(), "2028-09-30");
    let duty = granted.five_day_duty.unwrap();
    assert_eq!((duty.from.to_string(), duty.until.to_string()), ("2026-10-01".to_owned(), "2027-09-30".to_owned()));
    assert_eq!(duty.sentence(), "2027-09-30までに5日を取得させる義務があります（労基法39条7項）。");
    let remaining = |taken: &str| duty.remaining(Exact::parse(taken).unwrap()).unwrap().to_string();
    assert_eq!([remaining("0"), remaining("4.5"), remaining("5"), remaining("6")], ["5", "0.5", "0", "0"]);
    // ten days at one grant, proportional ones too
    let four_days = |service: &str| grant(service, &worker("2020-04-01", WorkDays::Week(4), 20 * HOUR));
    let (nine, ten) = (four_days("2022-10-01"), four_days("2023-10-01"));
    assert_eq!((nine.days, nine.five_day_duty.is_some()), (9, false));
    assert_eq!((ten.days, ten.five_day_duty.is_some()), (10, true));
}

#[test]
fn two_overlapping_years_are_taken_in_proportion() {
    // 2026-10-01 and 2027-04-01: 18 months, 7.5 days
    let duty = five_day_duty_of_overlap(law(), day("2026-10-01"), day("2027-04-01")).unwrap();
    assert_eq!((duty.days.to_string(), duty.until.to_string()), ("7.5".to_owned(), "2028-03-31".to_owned()));
    assert_eq!(duty.sentence(), "2028-03-31までに7.5日を取得させる義務があります（労基法39条7項）。");
    let of = |first: &str, second: &str| five_day_duty_of_overlap(law(), day(first), day(second));
    assert_eq!(of("2026-10-01", "2027-09-30"), Err(PaidLeaveGrantError::NotWholeMonths));
    assert_eq!(of("2026-10-01", "2027-09-01").unwrap().days, Exact::ratio(115, 12).unwrap());
    for second in ["2027-10-01", "2026-10-01", "2026-09-01"] {
        assert_eq!(of("2026-10-01", second), Err(PaidLeaveGrantError::NoOverlap), "{second}");
    }
}

#[test]
fn what_decides_and_is_unknown_is_asked_for() {
    let known = worker("2026-04-01", WorkDays::Week(4), 20 * HOUR);
    let try_grant = |worker: PaidLeaveWorker| paid_leave_grant(law(), day("2026-10-01"), &worker);
    let unknown = |what| Err(PaidLeaveGrantError::Unknown { what });
    assert_eq!(try_grant(PaidLeaveWorker { attended_days: None, ..known }), unknown("出勤日数"));
    assert_eq!(try_grant(PaidLeaveWorker { all_working_days: None, ..known }), unknown("全労働日"));
    assert_eq!(try_grant(PaidLeaveWorker { weekly_minutes: None, ..known }), unknown("週の所定労働時間"));
    assert_eq!(try_grant(PaidLeaveWorker { work_days: None, ..known }), unknown("週の所定労働日数"));
    let zero = PaidLeaveWorker { all_working_days: Some(Exact::ZERO), ..known };
    assert_eq!(try_grant(zero), Err(PaidLeaveGrantError::NoWorkingDays));
    // what does not decide is not asked for
    let five_days = PaidLeaveWorker { weekly_minutes: None, work_days: Some(WorkDays::Week(5)), ..known };
    assert_eq!(try_grant(five_days).unwrap().days, 10);
    let thirty_hours = PaidLeaveWorker { weekly_minutes: Some(30 * HOUR), work_days: None, ..known };
    assert_eq!(try_grant(thirty_hours).unwrap().days, 10);
    let new = PaidLeaveWorker { hired_on: day("2026-09-01"), attended_days: None, work_days: None, ..known };
    assert_eq!(try_grant(new).unwrap().days, 0);
}

#[test]
fn every_basis_is_said() {
    let said = |on: &str, work_days, attended: i64| {
        let worker = PaidLeaveWorker {
            attended_days: Some(Exact::whole(attended)),
            ..worker("2026-04-01", work_days, 20 * HOUR)
        };
        grant(on, &worker).basis.sentence()
    };
    let week = WorkDays::Week;
    assert_eq!(said("2026-10-01", week(5), 100), "通常の日数を付与します（労基法39条1項・2項）。");
    assert_eq!(said("2026-10-01", week(4), 100), "週4日の比例付与の日数を付与します（労基法39条3項、規則24条の3）。");
    assert_eq!(said("2026-09-30", week(5), 100), "継続勤務の期間が最初の付与に足りないため、付与はありません。");
    assert_eq!(
        said("2026-10-01", week(5), 79),
        "出勤率が足りないため、この年の付与はありません。勤続年数には数えます。"
    );
    assert_eq!(said("2026-10-01", week(0), 100), "所定労働日数が比例付与の表の下限に満たないため、付与はありません。");
}

#[test]
fn every_refusal_has_a_sentence_and_a_remedy() {
    let known = worker("2026-04-01", WorkDays::Week(4), 20 * HOUR);
    let refused = |on: &str, worker: PaidLeaveWorker| paid_leave_grant(law(), day(on), &worker).unwrap_err();
    let overlap = |second: &str| five_day_duty_of_overlap(law(), day("2026-10-01"), day(second)).unwrap_err();
    let cases = [
        (
            refused("2026-10-01", PaidLeaveWorker { all_working_days: None, ..known }),
            "「全労働日」が分からないため、有給休暇の付与日数を計算できません。",
            "その値を雇用条件か勤怠に入れてください。",
        ),
        (refused("2026-03-31", known), "有給休暇の付与日が雇入日より前です。", "付与日か雇入日を直してください。"),
        (
            refused("2026-10-01", PaidLeaveWorker { all_working_days: Some(Exact::ZERO), ..known }),
            "全労働日が0日のため、出勤率を計算できません。",
            "全労働日を確かめてください。休業の扱いは労働基準監督署に相談してください。",
        ),
        (
            paid_leave_grant_day(law(), day("2020-04-01"), 0).unwrap_err(),
            "付与の回数は1から始まります。",
            "1以上の回数を入れてください。",
        ),
        (
            overlap("2027-10-01"),
            "二つの基準日から始まる1年が重なっていません。",
            "基準日ごとに5日の取得を確かめてください。",
        ),
        (
            overlap("2027-09-30"),
            "最初の基準日から次の基準日の1年後までが月の単位にならないため、比例した日数を計算できません。",
            "基準日を月の同じ日にそろえるか、通達の方法で日数を決めてください。",
        ),
        (
            refused("2199-12-31", known),
            "日付が、扱える範囲（1868年から2199年まで）の外です。",
            "年を確かめてください。",
        ),
    ];
    for (error, sentence, remedy) in cases {
        assert_eq!((error.to_string().as_str(), error.remedy()), (sentence, remedy));
    }
}

proptest! {
    #[test]
    fn more_service_and_more_days_never_grant_less(hired in 0_i32..1_500, number in 1_u16..12, weekly in 1_u8..6, hours in 1_i64..40) {
        let mut hired_on = day("2015-01-01");
        for _ in 0..hired {
            hired_on = hired_on.tomorrow().unwrap();
        }
        let on = |number| paid_leave_grant_day(law(), hired_on, number).unwrap();
        let days = |number, weekly, hours: i64| {
            let worker = PaidLeaveWorker { hired_on, ..worker("2015-01-01", WorkDays::Week(weekly), hours * HOUR) };
            let granted = paid_leave_grant(law(), on(number), &worker).unwrap();
            assert_eq!(granted.service_months, 6 + 12 * (number - 1));
            granted.days
        };
        let base = days(number, weekly, hours);
        prop_assert!((1..=20).contains(&base));
        prop_assert!(days(number + 1, weekly, hours) >= base);
        prop_assert!(days(number, weekly + 1, hours) >= base);
        prop_assert!(days(number, weekly, hours + 5) >= base);
        // a day before its day a grant is one year younger
        let worker = PaidLeaveWorker { hired_on, ..worker("2015-01-01", WorkDays::Week(weekly), hours * HOUR) };
        let early = paid_leave_grant(law(), on(number).yesterday().unwrap(), &worker).unwrap();
        prop_assert_eq!(early.service_months, 5 + 12 * (number - 1));
    }
}

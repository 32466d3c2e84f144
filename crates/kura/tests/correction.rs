//! 仮払い, its settlement, and corrections, as a user runs them: what was paid and the difference are the right slip together.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use kura_book::{Source, read, write};
use kura_calendar::{Date, Month};
use kura_model::{Attendance, Book, CashRounding, Days, Minutes, PayHistory, PayLine, Row, SettlementState};
use kura_yen::Yen;
use serde_json::Value;
use tempfile::TempDir;

/// The invented clients, run once: their books are where these tests begin.
static DEMO: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let status = Command::new(env!("CARGO_BIN_EXE_kura"))
        .args(["demo", "--no-serve", "--no-pdf", "--dir"])
        .arg(folder.path().join("demo"))
        .output()
        .unwrap()
        .status;
    assert_eq!(status.code(), Some(0));
    folder
});

fn july() -> Month {
    Month::new(2026, 7).unwrap()
}

fn book_at(path: &Path) -> Book {
    let (book, findings) = read(Source::Workbook(&fs::read(path).unwrap()));
    assert_eq!(findings, []);
    book
}

/// 004 after its June: nobody's July is known yet.
fn after_june() -> Book {
    book_at(&DEMO.path().join("demo/004-kaku/2026-06/次の本/蔵ブック_2026-07.xlsx"))
}

/// 勤怠 of 2 and 3 in a month, 22 days each, with this much 時間外.
fn with_attendance(mut book: Book, month: Month, overtime: [i32; 2]) -> Book {
    for (person, minutes) in ["2", "3"].into_iter().zip(overtime) {
        let mut row = Attendance::new("004".into(), person.into(), month);
        row.worked_days = Some(Days::whole(22));
        row.absent_days = Some(Days::ZERO);
        row.overtime_hours = Some(Minutes::new(minutes));
        book.attendances.push(row.into());
    }
    book
}

struct Run {
    _folder: TempDir,
    out: PathBuf,
    said: String,
    /// Somebody was stopped.
    stopped: bool,
}

fn run(book: &Book, month: &str, as_of: &str, flags: &[&str]) -> Run {
    let folder = TempDir::new().unwrap();
    let (file, out) = (folder.path().join("本.xlsx"), folder.path().join("出力"));
    fs::write(&file, write(book, Date::constant(2026, 7, 1)).unwrap()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_kura"))
        .arg("month")
        .arg(&file)
        .args(["--month", month, "--as-of", as_of, "--no-pdf", "--out"])
        .arg(&out)
        .args(flags)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    let stopped = said.contains("止めた人");
    assert_eq!(output.status.code(), Some(i32::from(stopped)), "{said}");
    Run { _folder: folder, out, said, stopped }
}

impl Run {
    fn slips(&self, kind: &str) -> Vec<Value> {
        let text = fs::read_to_string(self.out.join("slips.jsonl")).unwrap();
        let slips = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        slips.filter(|slip| slip["kind"] == kind).collect()
    }

    fn next_book(&self) -> Book {
        let folder = fs::read_dir(self.out.join("次の本")).unwrap().next().unwrap().unwrap().path();
        book_at(&folder)
    }
}

/// Code of a line -> amount, by person.
fn amounts(slips: &[Value]) -> BTreeMap<(String, String), i64> {
    let mut amounts = BTreeMap::new();
    for slip in slips {
        for half in ["pay", "deductions"] {
            for line in slip[half].as_array().unwrap() {
                let key = (slip["person"].as_str().unwrap().to_owned(), line["code"].as_str().unwrap().to_owned());
                *amounts.entry(key).or_default() += line["amount"].as_i64().unwrap();
            }
        }
    }
    amounts.retain(|_, amount| *amount != 0);
    amounts
}

#[test]
fn a_month_without_attendance_pays_last_months_net_and_says_so() {
    let book = after_june();
    let paid = run(&book, "2026-07", "2026-07-22", &["--provisional"]);
    let slips = paid.slips("provisional");
    assert_eq!(slips.len(), 3, "{}", paid.said);
    for slip in &slips {
        let june = book
            .pay_histories
            .iter()
            .find(|row| row.employee_code.as_str() == slip["person"] && row.payment_month == Some(july().previous()));
        assert_eq!(slip["net"].as_i64(), june.unwrap().net.map(|net| net.get()));
        assert_eq!((&slip["deductions"], &slip["payment_date"]), (&Value::Array(Vec::new()), &"2026-07-24".into()));
    }
    assert!(paid.out.join("銀行/004-全銀_給与.txt").exists());
    let next = paid.next_book();
    let provisional = next.pay_histories.iter().filter(|row| row.state == Some(SettlementState::Provisional));
    assert_eq!(provisional.count(), 3);
    assert_eq!(next.cover.as_of_month, Some(july().previous()), "July is not settled");
}

/// 仮払い + 差額 = the slip that the month would have had; and the same when it is settled a month later.
#[test]
fn the_settlement_makes_the_right_slip_together_with_what_was_advanced() {
    let right = run(&with_attendance(after_june(), july(), [600, 0]), "2026-07", "2026-07-24", &[]);
    let advanced = run(&after_june(), "2026-07", "2026-07-22", &["--provisional"]);
    let book = with_attendance(advanced.next_book(), july(), [600, 0]);
    let settled = run(&book, "2026-07", "2026-07-31", &[]);
    let with_next = with_attendance(book, july().next(), [0, 0]);
    let later = run(&with_next, "2026-08", "2026-08-25", &[]);
    for (run, paid_on) in [(&settled, "2026-07-31"), (&later, "2026-08-25")] {
        let mut both = advanced.slips("provisional");
        let differences = run.slips("correction");
        assert!(differences.iter().all(|slip| slip["payment_date"] == paid_on), "{}", run.said);
        both.extend(differences);
        assert_eq!(amounts(&both), amounts(&right.slips("pay")), "{}", run.said);
    }
    assert_eq!((settled.slips("pay").len(), later.slips("pay").len()), (0, 3));
    // The month's days and hours stand once in 給与履歴, with what settles it.
    let next = settled.next_book();
    let of_july =
        next.pay_histories.iter().filter(|row| row.employee_code.as_str() == "2" && row.payment_month == Some(july()));
    let overtime: Vec<Option<i32>> = of_july.map(|row| row.overtime.map(Minutes::get)).collect();
    assert_eq!(overtime, [None, Some(600)]);
    // What is settled stays settled.
    let again = run(&with_attendance(settled.next_book(), july().next(), [0, 0]), "2026-08", "2026-08-25", &[]);
    assert_eq!((again.slips("correction").len(), again.slips("pay").len()), (0, 3));
}

/// June kept 67 yen back and July is advanced: its settlement pays them once, to the yen, and August has none of it, whether July
/// is settled before or with it.
#[test]
fn what_june_kept_back_is_paid_when_an_advanced_july_is_settled() {
    let mut book = after_june();
    for group in &mut book.pay_groups {
        group.cash_rounding = CashRounding::Below1000NextMonth.into();
    }
    let of_june =
        |row: &&Row<PayHistory>| row.employee_code.as_str() == "1" && row.payment_month == Some(july().previous());
    let paid_on = book.pay_histories.iter().find(of_june).unwrap().paid_on;
    let mut line = PayLine::new("004".into(), "1".into(), paid_on, "fraction_carried_out".into());
    line.amount = Some(Yen::new(67));
    book.pay_lines.push(line.into());
    let advanced = run(&book, "2026-07", "2026-07-22", &["--provisional"]);
    let settled = with_attendance(advanced.next_book(), july(), [0, 0]);
    let of_officer = |slips: Vec<Value>| slips.into_iter().find(|slip| slip["person"] == "1");
    let with_july = run(&settled, "2026-07", "2026-07-31", &[]);
    let with_august = run(&with_attendance(settled, july().next(), [0, 0]), "2026-08", "2026-08-25", &[]);
    for run in [&with_july, &with_august] {
        // 456,067 a month as ever: the advance was right, and the 67 of June are the difference.
        let difference = of_officer(run.slips("correction")).unwrap();
        let lines = difference["deductions"].as_array().unwrap().iter();
        let carried: Vec<i64> = lines
            .filter(|line| line["code"].as_str().unwrap().starts_with("fraction"))
            .map(|line| line["amount"].as_i64().unwrap())
            .collect();
        assert_eq!((carried, &difference["net"]), (vec![-67], &67.into()), "{}", run.said);
    }
    let august = run(&with_attendance(with_july.next_book(), july().next(), [0, 0]), "2026-08", "2026-08-25", &[]);
    for run in [&with_august, &august] {
        assert_eq!(of_officer(run.slips("pay")).unwrap()["net"], 456_000, "{}", run.said);
    }
}

/// 2 worked 12 hours over, not 10: 380,000 / 160 x 1.25 is 2,968.75 an hour; 29,688 were paid and 35,625 are due.
#[test]
fn a_settled_month_is_corrected_by_its_difference_and_a_correction_of_it_too() {
    let june = july().previous();
    let first = run(&with_attendance(after_june(), june, [720, 0]), "2026-06", "2026-07-03", &["--trace"]);
    let slips = first.slips("correction");
    let [slip] = slips.as_slice() else { panic!("{}", first.said) };
    assert_eq!((&slip["person"], &slip["payment_date"]), (&"2".into(), &"2026-07-03".into()));
    let lines = amounts(&slips);
    assert_eq!(lines[&("2".to_owned(), "overtime".to_owned())], 35_625 - 29_688);
    // The trace explains the slip as it is right.
    let trace = fs::read_to_string(first.out.join("trace.jsonl")).unwrap();
    let mut trace = trace.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let overtime = trace.find(|line| line["code"] == "overtime").unwrap();
    assert_eq!((&overtime["kind"], overtime["amount"].as_i64()), (&"correction".into(), Some(35_625)));
    assert_eq!(first.slips("pay").len(), 0);
    let next = first.next_book();
    assert_eq!(next.cover.as_of_month, Some(june));
    let of_june =
        next.pay_histories.iter().filter(|row| row.employee_code.as_str() == "2" && row.payment_month == Some(june));
    let counted: Vec<_> = of_june.map(|row| (row.overtime.map(Minutes::get), row.worked_days)).collect();
    assert_eq!(counted[1], (None, None), "the days and hours of the month stand once");
    // Back to ten hours: what was paid too much comes back to the yen.
    let mut back = next;
    back.attendances.clear();
    let second = run(&with_attendance(back, june, [600, 0]), "2026-06", "2026-07-06", &[]);
    let mut both = slips.clone();
    both.extend(second.slips("correction"));
    assert_eq!(amounts(&both), BTreeMap::new());
    assert_eq!(second.slips("correction")[0]["shortfall"], slip["net"]);
}

#[test]
fn a_settled_month_without_new_attendance_is_left_alone() {
    let nothing = run(&after_june(), "2026-06", "2026-07-03", &[]);
    assert_eq!(fs::read_to_string(nothing.out.join("slips.jsonl")).unwrap(), "");
}

/// The next book of a month in which somebody was stopped holds their hours, and pays them, and nobody else, in the same month.
#[test]
fn the_hours_of_a_stopped_person_wait_in_the_next_book() {
    let mut book = with_attendance(after_june(), july(), [600, 0]);
    let without_days = book.attendances.iter_mut().find(|row| row.employee_code.as_str() == "2").unwrap();
    without_days.absent_days = None;
    let first = run(&book, "2026-07", "2026-07-25", &[]);
    assert!(first.stopped, "{}", first.said);
    assert_eq!(first.slips("pay").len(), 2);
    let mut next = first.next_book();
    let waiting: Vec<&str> = next.attendances.iter().map(|row| row.employee_code.as_str()).collect();
    assert_eq!(waiting, ["2"]);
    next.attendances[0].absent_days = Some(Days::ZERO);
    let second = run(&next, "2026-07", "2026-07-25", &[]);
    assert!(!second.stopped, "{}", second.said);
    let paid = second.slips("pay");
    assert_eq!(paid.len(), 1);
    assert_eq!(paid[0]["person"], "2");
    assert_eq!(second.slips("correction").len(), 0);
    assert_eq!(second.next_book().attendances, []);
}

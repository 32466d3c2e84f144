//! `kura demo` as a user runs it: what the invented clients must show without being asked.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads the folder of a user"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use calamine::{Reader, Xlsx, open_workbook};
use kura_book::{NamedFile, Source, check_chain, read};
use kura_calendar::Month;
use serde_json::Value;
use tempfile::TempDir;

/// One run for all tests: the folder and what was said.
static DEMO: LazyLock<(TempDir, String)> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let dir = folder.path().join("kura-demo");
    let arguments = ["demo", "--no-serve", "--no-pdf", "--dir", dir.to_str().unwrap()];
    let output = Command::new(env!("CARGO_BIN_EXE_kura")).args(arguments).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    (folder, said)
});

fn place(below: &str) -> PathBuf {
    DEMO.0.path().join("kura-demo").join(below)
}

fn slips(run: &str) -> Vec<Value> {
    let text = fs::read_to_string(place(run).join("slips.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn slip<'slips>(slips: &'slips [Value], person: &str) -> &'slips Value {
    slips.iter().find(|slip| slip["person"] == person).unwrap()
}

fn folder_files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<(String, Vec<u8>)> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn every_client_runs_and_the_table_says_so() {
    let people = [
        ("001-koshiji/2026-07", 5),
        ("002-senshu/2026-10", 40),
        ("002-senshu/2026-11", 39),
        ("002-senshu/2026-12_冬季賞与", 1),
        ("003-hinata/2026-06", 299),
        ("003-hinata/2026-07_夏季賞与", 155),
    ];
    for (run, count) in people {
        assert_eq!(slips(run).len(), count, "{run}");
    }
    assert_eq!(slips("004-kaku/2026-06").len(), 3);
    for client in ["001-koshiji", "002-senshu", "003-hinata", "004-kaku"] {
        assert!(DEMO.1.contains(client), "{}", DEMO.1);
    }
}

/// 002-28 is on unpaid leave: premiums and 住民税 are due all the same, and nothing is transferred.
#[test]
fn a_net_below_zero_is_shown_with_what_is_to_be_paid_in() {
    let slips = slips("002-senshu/2026-10");
    let slip = slip(&slips, "28");
    assert_eq!(slip["net"], -62_948);
    assert_eq!(slip["shortfall"], 62_948);
}

#[test]
fn clocks_of_the_care_company_differ_by_pay_group() {
    let slips = slips("003-hinata/2026-06");
    let monthly = &slip(&slips, "T014")["clocks"];
    assert_eq!((&monthly["attendance_from"], &monthly["variable_from"]), (&"2026-06-01".into(), &"2026-05-01".into()));
    assert_eq!(monthly["premium_month"], "2026-05");
    let hourly = &slip(&slips, "T120")["clocks"];
    assert_eq!((&hourly["closing_date"], &hourly["variable_from"]), (&"2026-05-31".into(), &Value::Null));
}

/// Fourteen settled months stand before the run, and the next book is chained to the book it was made from.
#[test]
fn books_carry_fourteen_months_and_the_hash_of_the_book_before() {
    for (client, run, next) in [
        ("001-koshiji", "2026-07", "2026-08"),
        ("003-hinata", "2026-06", "2026-07"),
        ("004-kaku", "2026-06", "2026-07"),
    ] {
        let files = folder_files(&place(client).join("本"));
        let named: Vec<NamedFile<'_>> = files.iter().map(|(name, bytes)| NamedFile { name, bytes }).collect();
        let (before, findings) = read(Source::Folder(&named));
        assert_eq!(findings, [], "{client}");
        let bytes = fs::read(place(client).join(run).join(format!("次の本/蔵ブック_{next}.xlsx"))).unwrap();
        let (after, findings) = read(Source::Workbook(&bytes));
        assert_eq!(findings, [], "{client}");
        check_chain(&after, Source::Folder(&named)).unwrap();
        let months = |book: &kura_book::Book| {
            let mut months: Vec<Month> = book.pay_histories.iter().filter_map(|row| row.payment_month).collect();
            months.sort();
            months.dedup();
            months
        };
        let (of_before, of_after) = (months(&before), months(&after));
        assert_eq!((of_before.len(), of_after.len()), (14, 14), "{client}");
        assert_eq!(of_after.last().map(ToString::to_string).as_deref(), Some(run));
        assert_eq!(after.attendances, []);
    }
}

/// The slip of the run stands in the next book to the yen.
#[test]
fn the_next_book_holds_what_was_paid() {
    let bytes = fs::read(place("004-kaku/2026-06/次の本/蔵ブック_2026-07.xlsx")).unwrap();
    let (next, _) = read(Source::Workbook(&bytes));
    for slip in slips("004-kaku/2026-06") {
        let row = next.pay_histories.iter().find(|row| {
            row.employee_code.as_str() == slip["person"] && row.paid_on.to_string() == slip["payment_date"]
        });
        let row = row.unwrap();
        let amounts = [row.gross, row.taxable, row.deduction_total, row.net].map(|yen| yen.unwrap().get());
        let said = ["gross", "taxable", "deduction_total", "net"].map(|field| slip[field].as_i64().unwrap());
        assert_eq!(amounts, said);
        let lines = next.pay_lines.iter().filter(|line| {
            line.employee_code.as_str() == slip["person"] && line.paid_on.to_string() == slip["payment_date"]
        });
        let printed = slip["pay"].as_array().unwrap().len() + slip["deductions"].as_array().unwrap().len();
        assert_eq!(lines.count(), printed);
    }
}

/// 最初の一歩: a book that the demonstration wrote runs through `kura month` to the same slips.
#[test]
fn the_written_book_runs_again_to_the_same_slips() {
    let out = TempDir::new().unwrap();
    let out = out.path().join("出力");
    let book = place("004-kaku/本");
    let arguments =
        ["month", book.to_str().unwrap(), "--month", "2026-06", "--as-of", "2026-07-01", "--no-pdf", "--out"];
    let status = Command::new(env!("CARGO_BIN_EXE_kura")).args(arguments).arg(&out).output().unwrap().status;
    assert_eq!(status.code(), Some(0));
    let again = fs::read_to_string(out.join("slips.jsonl")).unwrap();
    assert_eq!(again, fs::read_to_string(place("004-kaku/2026-06/slips.jsonl")).unwrap());
}

/// 前月比較: every line that differs names its cause, and the differences of a person sum to that of the net.
#[test]
fn every_difference_from_last_month_has_its_cause() {
    for (run, file) in [
        ("001-koshiji/2026-07", "001"),
        ("002-senshu/2026-10", "002"),
        ("002-senshu/2026-11", "002"),
        ("003-hinata/2026-06", "003"),
        ("004-kaku/2026-06", "004"),
    ] {
        let rows = sheet(&place(run).join(format!("一覧/{file}-前月比較.xlsx")));
        let head = rows.iter().position(|row| row[0] == "社員番号").unwrap();
        let mut open: BTreeMap<String, i64> = BTreeMap::new();
        for row in rows[head + 1..].iter().filter(|row| row[0] != "合計" && !row[6].is_empty()) {
            let change: i64 = row[6].parse().unwrap();
            assert!(!row[7].is_empty() && !row[7].contains("見つかりません"), "{run} {row:?}");
            let lines = open.entry(row[0].clone()).or_default();
            match row[2].as_str() {
                "支給" => *lines += change,
                "控除" => *lines -= change,
                _ if *lines == 0 => {}
                _ => assert_eq!(*lines, change, "{run} {row:?}"),
            }
        }
        assert!(open.len() >= 2 || file == "004", "{run}");
    }
}

/// 002-12 leaves on 2026-10-09: base and allowances by 日割, no premium of October, the rest of 住民税 at once.
#[test]
fn a_leaver_is_explained_line_by_line() {
    let rows = sheet(&place("002-senshu/2026-10/一覧/002-前月比較.xlsx"));
    let of_person: Vec<[&str; 5]> = rows
        .iter()
        .filter(|row| row[0] == "12")
        .map(|row| [&row[3], &row[4], &row[5], &row[6], &row[7]].map(String::as_str))
        .collect();
    for line in [
        ["基本給", "251330", "163365", "-87965", "満額→日割（退職）"],
        ["住民税", "11000", "88000", "77000", "最終の徴収月（一括徴収（申出））"],
        ["厚生年金保険料", "23790", "", "-23790", "徴収する保険料月なし（喪失・免除・年齢）"],
    ] {
        assert!(of_person.contains(&line), "{line:?} in {of_person:#?}");
    }
}

/// 確認事項 name those who come and go and who reaches an age, and what the authority refuses.
#[test]
fn what_happens_in_the_month_is_said() {
    let text = fs::read_to_string(place("003-hinata/2026-06/確認事項.jsonl")).unwrap();
    let findings: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let says = |code: &str, person: &str| {
        let mut of_code = findings.iter().filter(|finding| finding["code"] == code);
        of_code.any(|finding| finding["sentence"].as_str().unwrap().contains(&format!("社員{person}: ")))
    };
    for (code, person) in [
        ("joiner", "T095"),
        ("joiner", "F065"),
        ("joiner", "T156"),
        ("leaver", "T052"),
        ("leaver", "F040"),
        ("age_reached", "F068"),
        ("age_reached", "F019"),
    ] {
        assert!(says(code, person), "{code} {person}");
    }
}

/// The cells of the first sheet as text, empty cells as empty text.
fn sheet(path: &Path) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// 002-07 works 66:20 over where the 36協定 says 42 hours: the year's first month of the special clause.
#[test]
fn overtime_over_the_agreement_is_said() {
    let text = fs::read_to_string(place("002-senshu/2026-10/確認事項.jsonl")).unwrap();
    let findings: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let found: Vec<&str> = findings
        .iter()
        .filter(|finding| finding["code"] == "overtime_limit")
        .map(|finding| finding["sentence"].as_str().unwrap())
        .collect();
    let words =
        "会社002 社員07: 1か月の時間外労働66時間20分が限度時間42時間を超え、特別条項を使う月です（年6回までの1回目）。";
    assert_eq!(found, [words]);
}

/// T014 bought a pass of 66,000 yen for six months in April: each month's 報酬 holds 11,000 of it, May's and June's too.
#[test]
fn a_pass_for_six_months_counts_in_each_of_them() {
    let bytes = fs::read(place("003-hinata/2026-06/次の本/蔵ブック_2026-07.xlsx")).unwrap();
    let (next, _) = read(Source::Workbook(&bytes));
    let of_person = |month: &str| {
        let mut rows = next.pay_histories.iter().filter(|row| row.employee_code.as_str() == "T014");
        let row = rows.find(|row| row.payment_month.is_some_and(|of| of.to_string() == month)).unwrap();
        (row.gross.unwrap().get(), row.remuneration_currency.unwrap().get())
    };
    // 285,000 + 30,000 and night work of April and May (7,876); the pass is paid in April alone.
    assert_eq!(of_person("2026-04"), (388_876, 333_876));
    assert_eq!(of_person("2026-05"), (322_876, 333_876));
    let (gross, remuneration) = of_person("2026-06");
    assert_eq!(remuneration - gross, 11_000);
}

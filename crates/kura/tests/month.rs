//! `kura month` and `kura demo` as a user runs them: the real program, real folders, its words and its exit status.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

fn kura(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kura")).args(arguments).output().unwrap()
}

fn demo_book() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/000-hajimari")
}

/// A copy of the demonstration book that a test may change.
fn copied_book(folder: &TempDir) -> PathBuf {
    let book = folder.path().join("本");
    fs::create_dir(&book).unwrap();
    for entry in fs::read_dir(demo_book()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, book.join(path.file_name().unwrap())).unwrap();
    }
    book
}

fn change(book: &Path, sheet: &str, from: &str, to: &str) {
    let path = book.join(format!("{sheet}.csv"));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{sheet} holds {from}");
    fs::write(&path, text.replace(from, to)).unwrap();
}

/// Gives every row of a sheet one more column.
fn add_column(book: &Path, sheet: &str, header: &str, value: &str) {
    let path = book.join(format!("{sheet}.csv"));
    let text = fs::read_to_string(&path).unwrap();
    let rows = text.lines().enumerate().map(|(at, line)| format!("{line},{}\n", if at == 0 { header } else { value }));
    fs::write(&path, rows.collect::<String>()).unwrap();
}

/// Runs June 2026 as of a day; gives the output folder, what was said, and the exit status.
fn june(book: &Path, folder: &TempDir, as_of: &str) -> (PathBuf, String, i32) {
    let out = folder.path().join("出力");
    let arguments = ["month", path(book), "--month", "2026-06", "--as-of", as_of, "--out", path(&out)];
    let output = kura(&arguments);
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (out, said, output.status.code().unwrap())
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn slips(out: &Path) -> Vec<Value> {
    let text = fs::read_to_string(out.join("slips.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn amount(slip: &Value, list: &str, code: &str) -> i64 {
    let lines = slip[list].as_array().unwrap().iter().filter(|line| line["code"] == code);
    lines.map(|line| line["amount"].as_i64().unwrap()).sum()
}

/// The one slip of the book, each amount by hand: whole numbers only, from the facts of the book and the printed tables.
#[test]
fn the_first_slip_is_right_to_the_yen() {
    let folder = TempDir::new().unwrap();
    let (out, said, status) = june(&demo_book(), &folder, "2026-07-01");
    assert_eq!(status, 0, "{said}");
    let slips = slips(&out);
    let [slip] = slips.as_slice() else { panic!("one slip") };
    // 時間外 7:30 on (246,000 + 10,000 + 5,000) / 168 h at 125 %, up: 261,000 x 125 x 450 / (168 x 100 x 60).
    let overtime = (261_000_i64 * 125 * 450 + 168 * 100 * 60 - 1) / (168 * 100 * 60);
    assert_eq!(amount(slip, "pay", "overtime"), overtime);
    let gross = 246_000 + 10_000 + 5_000 + 12_600 + overtime;
    assert_eq!(slip["gross"], gross);
    // 280,000 yen, May 2026, 長野県 9.63 %, care 1.62 % (41 years), levy 0.23 %: half, 50 sen and less dropped.
    let health = (280_000_i64 * (9_630 + 1_620 + 230) + 100_000) / 200_000;
    assert_eq!(amount(slip, "deductions", "health_insurance"), health);
    assert_eq!(amount(slip, "deductions", "employees_pension"), 280_000 * 183 / 2_000);
    // 一般の事業 5/1000 on the closing date 2026-06-30: 1,440.825 -> 1,441.
    let employment = (gross * 5 + 499) / 1_000;
    assert_eq!(amount(slip, "deductions", "employment_insurance"), employment);
    let taxable = gross - 12_600 - health - 280_000 * 183 / 2_000 - employment;
    assert_eq!(slip["taxable"], taxable);
    // 令和8年分 月額表 甲欄0人, 230,000円以上233,000円未満: read from the printed table.
    let printed = include_str!("../../../law/tax/withholding_monthly_r8.csv");
    let row = printed.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()).find(|cells| {
        let bound = |at: usize| cells[at].parse::<i64>().unwrap();
        bound(0) <= taxable && taxable < bound(1)
    });
    let tax: i64 = row.unwrap()[2].parse().unwrap();
    assert_eq!(amount(slip, "deductions", "income_tax"), tax);
    assert_eq!(amount(slip, "deductions", "inhabitant_tax"), 11_500);
    let deducted = health + 280_000 * 183 / 2_000 + employment + tax + 11_500;
    assert_eq!(slip["net"], gross - deducted);
    assert_eq!(slip["net"], 228_072);
}

#[test]
fn the_filing_stands_alone_in_its_folder_and_reads_as_the_form_says() {
    let folder = TempDir::new().unwrap();
    let (out, said, _) = june(&demo_book(), &folder, "2026-07-01");
    let filing = out.join("届出/000-H-算定");
    let names: Vec<_> = fs::read_dir(&filing).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["SHFD0006.CSV"], "{said}");
    let bytes = fs::read(filing.join("SHFD0006.CSV")).unwrap();
    let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
    assert!(!broken && text.ends_with("\r\n"));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], ",,13990001,001,20260701,22223");
    assert_eq!(lines[2], "架空　律子,001");
    let fields: Vec<&str> = lines[5].split(',').collect();
    assert_eq!(fields.len(), 53);
    // 従前 280,000 from 2025-09; April and May from 給与履歴, June from this run; the average drops its fraction.
    assert_eq!(&fields[12..17], ["0280", "0280", "9", "07", "09"]);
    assert_eq!(&fields[33..38], ["0283310", "0293020", "0288165", "0864495", "0288165"]);
}

#[test]
fn the_payslip_reads_back() {
    let folder = TempDir::new().unwrap();
    let (out, _, _) = june(&demo_book(), &folder, "2026-07-01");
    let pdf = out.join("明細/000-01.pdf");
    let text = Command::new("pdftotext").args(["-layout", path(&pdf), "-"]).output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    for words in
        ["給与明細書", "令和8年6月25日", "岡谷", "228,072", "16,072", "介護保険", "子ども・子育て支援金", "法令データ"]
    {
        assert!(text.contains(words), "{words} in\n{text}");
    }
}

#[test]
fn before_july_the_filing_is_held_back_and_says_so() {
    let folder = TempDir::new().unwrap();
    let (out, said, status) = june(&demo_book(), &folder, "2026-06-25");
    assert_eq!(status, 0);
    assert!(!out.join("届出").exists());
    assert!(said.contains("2026-07-01 から作れる届出"), "{said}");
}

#[test]
fn an_empty_cell_stops_the_person_with_its_place() {
    let folder = TempDir::new().unwrap();
    let book = copied_book(&folder);
    change(&book, "雇用条件", "246000", "");
    let (out, said, status) = june(&book, &folder, "2026-07-01");
    assert_eq!(status, 1);
    assert!(said.contains("会社000 社員01") && said.contains("基本額"), "{said}");
    assert_eq!(slips(&out).len(), 0);
    assert!(!said.contains("岡谷"), "no name of a person in a finding");
}

#[test]
fn a_june_without_the_new_notice_of_inhabitant_tax_stops() {
    let folder = TempDir::new().unwrap();
    let book = copied_book(&folder);
    change(&book, "住民税", "R8", "R7");
    let (_, said, status) = june(&book, &folder, "2026-07-01");
    assert_eq!(status, 1);
    assert!(said.contains("住民税の通知（年度 R8）がありません"), "{said}");
}

#[test]
fn a_formula_that_cannot_be_read_is_told_with_its_position() {
    let folder = TempDir::new().unwrap();
    let book = copied_book(&folder);
    change(&book, "支給控除項目", "遅刻回数+早退回数", "遅刻回数+早びけ");
    let (_, said, status) = june(&book, &folder, "2026-07-01");
    assert_eq!(status, 1);
    assert!(said.contains("皆勤手当") && said.contains("14文字目") && said.contains("早びけ"), "{said}");
}

#[test]
fn the_same_month_twice_gives_the_same_bytes_and_a_foreign_folder_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let (out, _, _) = june(&demo_book(), &folder, "2026-07-01");
    let files = ["slips.jsonl", "明細/000-01.pdf", "届出/000-H-算定/SHFD0006.CSV"];
    let first: Vec<Vec<u8>> = files.iter().map(|file| fs::read(out.join(file)).unwrap()).collect();
    let (_, said, status) = june(&demo_book(), &folder, "2026-07-01");
    assert_eq!(status, 0, "{said}");
    let second: Vec<Vec<u8>> = files.iter().map(|file| fs::read(out.join(file)).unwrap()).collect();
    assert_eq!(first, second);

    let foreign = folder.path().join("家計簿");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("大事.txt"), "残す").unwrap();
    let book = demo_book();
    let output = kura(&["month", path(&book), "--month", "2026-06", "--as-of", "2026-07-01", "--out", path(&foreign)]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_dir(&foreign).unwrap().count(), 1);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("作成中")), "{left:?}");
}

#[test]
fn wrong_use_is_status_two_and_a_missing_book_is_status_one() {
    let book = demo_book();
    assert_eq!(kura(&["month", path(&book), "--month", "2026-13", "--out", "x"]).status.code(), Some(2));
    assert_eq!(kura(&["month", path(&book)]).status.code(), Some(2));
    assert_eq!(kura(&["month", "ない本.xlsx", "--month", "2026-06", "--out", "x"]).status.code(), Some(1));
    assert_eq!(kura(&["none"]).status.code(), Some(2));
}

#[test]
fn a_person_of_no_pay_group_is_named_not_left_out() {
    let folder = TempDir::new().unwrap();
    let book = copied_book(&folder);
    change(&book, "雇用条件", "正社員,A,", "正社員,Z,");
    let (out, said, status) = june(&book, &folder, "2026-07-01");
    assert_eq!(status, 1);
    assert!(said.contains("給与体系コード「Z」の行が給与規程にありません"), "{said}");
    assert_eq!(slips(&out).len(), 0);
}

/// Two pay groups of one client: people in the order of the book, and one filing an establishment.
#[test]
fn the_care_company_of_two_establishments_is_paid_in_the_order_of_its_book() {
    let folder = TempDir::new().unwrap();
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/003-hinata");
    let (out, said, _) = june(&book, &folder, "2026-07-01");
    let slips = slips(&out);
    assert_eq!(slips.len(), 299, "{said}");
    let people: Vec<&str> = slips.iter().map(|slip| slip["person"].as_str().unwrap()).collect();
    let book = fs::read_to_string(book.join("従業員.csv")).unwrap();
    let codes: Vec<&str> = book.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    let mut places = people.iter().map(|person| codes.iter().position(|code| code == person).unwrap());
    let first = places.next().unwrap();
    assert!(
        places.try_fold(first, |before, place| (place > before).then_some(place)).is_some(),
        "in the order of the book"
    );
    // 髙松 﨑子: two characters the authority refuses, named one by one with their proposals once the filing reaches her.
    let t088 = slips.iter().find(|slip| slip["person"] == "T088").unwrap();
    assert!(t088["net"].as_i64().unwrap() > 0);
}

/// The months whose health premium a slip carries.
fn premium_months(slip: &Value) -> Vec<String> {
    let lines = slip["deductions"].as_array().unwrap().iter().filter(|line| line["code"] == "health_insurance");
    lines.map(|line| line["month"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_month_end_leaver_bears_two_months_by_the_setting_of_the_pay_group() {
    let leaving = |last_day: &str, setting: &str| {
        let folder = TempDir::new().unwrap();
        let book = copied_book(&folder);
        add_column(&book, "従業員", "退職日", last_day);
        change(&book, "給与規程", "最後の基本給で2か月分", setting);
        let (out, said, _) = june(&book, &folder, "2026-06-25");
        let slips = slips(&out);
        assert_eq!(slips.len(), 1, "{said}");
        let slip = slips.into_iter().next().unwrap();
        (premium_months(&slip), amount(&slip, "pay", "K010"))
    };
    let both = ("最後の基本給で2か月分", "翌月の給与で徴収");
    // The last day of June: June is charged, and both months come from the last base pay or the second from the later pay.
    assert_eq!(leaving("2026-06-30", both.0), (vec!["2026-05".into(), "2026-06".into()], 246_000));
    assert_eq!(leaving("2026-06-30", both.1), (vec!["2026-05".into()], 246_000));
    // One day earlier: June is not charged, and 29 of 30 days of base pay are due.
    assert_eq!(leaving("2026-06-29", both.0), (vec!["2026-05".into()], 246_000 * 29 / 30));
}

#[test]
fn who_joins_and_leaves_in_one_month_bears_it_from_the_only_pay() {
    let months = |joined: &str, setting: &str| {
        let folder = TempDir::new().unwrap();
        let book = copied_book(&folder);
        for sheet in ["従業員", "被保険者資格"] {
            change(&book, sheet, "2020-04-01", joined);
        }
        add_column(&book, "従業員", "退職日", "2026-06-19");
        change(&book, "給与規程", "最後の基本給で2か月分", setting);
        let (out, said, _) = june(&book, &folder, "2026-06-25");
        let slips = slips(&out);
        assert_eq!(slips.len(), 1, "{said}");
        premium_months(&slips.into_iter().next().unwrap())
    };
    assert_eq!(months("2026-06-03", "最後の基本給で2か月分"), ["2026-06"]);
    assert!(months("2026-06-03", "翌月の給与で徴収").is_empty());
    // Joined the month before: the month of leaving is not charged.
    assert_eq!(months("2026-05-31", "最後の基本給で2か月分"), ["2026-05"]);
}

#[test]
fn a_book_of_another_month_pays_nobody_and_says_what_is_missing() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("出力");
    let book = demo_book();
    let output = kura(&["month", path(&book), "--month", "2026-08", "--as-of", "2026-08-25", "--out", path(&out)]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("2026-08に支給する勤怠の行がありません。"), "{said}");
}

/// The plug is pulled: nothing stands at the place of the output, and the next run clears what the first left beside it.
#[test]
fn a_run_that_is_cut_off_leaves_no_output_and_the_next_run_clears_up() {
    let folder = TempDir::new().unwrap();
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/003-hinata");
    let out = folder.path().join("出力");
    let arguments = ["month", path(&book), "--month", "2026-06", "--as-of", "2026-07-01", "--out", path(&out)];
    let mut run = Command::new(env!("CARGO_BIN_EXE_kura")).args(arguments).stdout(Stdio::null()).spawn().unwrap();
    let beside = folder.path().join("出力.作成中");
    while !beside.join("明細").exists() {
        assert!(run.try_wait().unwrap().is_none(), "the run ended before it was cut off");
        std::thread::yield_now();
    }
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(!out.exists() && beside.exists());
    let (out, said, status) = june(&demo_book(), &folder, "2026-07-01");
    assert_eq!(status, 0, "{said}");
    assert_eq!(slips(&out).len(), 1);
    assert!(!beside.exists());
}

/// 002-12 leaves on 2026-10-09 and asked for 一括徴収: all that is left of R8 (October to May) comes from the last pay.
#[test]
fn a_leaver_who_asked_for_it_pays_the_rest_of_the_year_at_once() {
    let folder = TempDir::new().unwrap();
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/002-senshu");
    let out = folder.path().join("出力");
    let arguments = ["month", path(&book), "--month", "2026-10", "--as-of", "2026-10-23", "--out", path(&out)];
    let output = kura(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let slips = slips(&out);
    let of = |person: &str| slips.iter().find(|slip| slip["person"] == person).unwrap();
    assert_eq!(amount(of("12"), "deductions", "inhabitant_tax"), 8 * 11_000);
    // 002-28 has no pay while on sick leave: what is deducted all the same is owed, not transferred.
    let owed = of("28");
    assert_eq!(owed["gross"], 0);
    assert_eq!(owed["shortfall"].as_i64().unwrap(), -owed["net"].as_i64().unwrap());
    assert!(owed["shortfall"].as_i64().unwrap() > 0);
}

#[test]
fn what_is_not_computed_yet_stops_and_never_passes_for_nothing() {
    let folder = TempDir::new().unwrap();
    let book = copied_book(&folder);
    add_column(&book, "支給控除項目", "支給の周期（月）", "6");
    let (out, said, status) = june(&book, &folder, "2026-07-01");
    assert_eq!(status, 1);
    assert!(said.contains("月割りにできません") && !out.join("届出").exists(), "{said}");

    let folder = TempDir::new().unwrap();
    let book = copied_book(&folder);
    change(&book, "支給控除項目", "支給,10,標準", "支給,10,勤怠計算");
    let (out, said, status) = june(&book, &folder, "2026-07-01");
    assert_eq!((status, slips(&out).len()), (1, 0), "{said}");
    assert!(said.contains("「勤怠計算」にはまだ対応していません"), "{said}");
}

/// 届出 need the whole head of 事業所: all its empty cells are told in one run, each with client, row and column.
#[test]
fn every_empty_cell_of_an_establishment_that_files_is_told_at_once() {
    let folder = TempDir::new().unwrap();
    let book = copied_book(&folder);
    let text = fs::read_to_string(book.join("事業所.csv")).unwrap();
    let (headers, row) = text.split_once('\n').unwrap();
    let columns = ["郵便番号", "事業所番号", "届出する事業主氏名"];
    let cells = headers.trim_start_matches('\u{feff}').split(',').zip(row.trim_end().split(','));
    let emptied: Vec<&str> =
        cells.map(|(header, cell)| if columns.contains(&header.trim()) { "" } else { cell }).collect();
    fs::write(book.join("事業所.csv"), format!("{headers}\n{}\n", emptied.join(","))).unwrap();
    let (_, said, status) = june(&book, &folder, "2026-07-01");
    assert_eq!(status, 1, "{said}");
    for column in columns {
        assert!(said.contains(&format!("誤り 事業所 2行目「{column}」: 会社000 事業所H: 計算に必要な")), "{said}");
    }
}

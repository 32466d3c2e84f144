//! 一覧: what `kura month` writes about the four demonstration clients, read back from the spreadsheets and compared with the
//! slips to the yen.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise, and it reads and writes the folders of a user"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;
use tempfile::TempDir;

const CLIENTS: [(&str, &str, &str); 4] = [
    ("001", "001-koshiji", "2026-07"),
    ("002", "002-senshu", "2026-10"),
    ("003", "003-hinata", "2026-06"),
    ("004", "004-kaku", "2026-06"),
];

/// The outputs of a run over a demonstration book.
struct Run {
    client: &'static str,
    out: PathBuf,
    _folder: TempDir,
}

impl Run {
    fn of((client, book, month): (&'static str, &str, &str)) -> Self {
        Self::over(client, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(book), month)
    }

    fn over(client: &'static str, book: &Path, month: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let out = folder.path().join("出力");
        let arguments =
            ["month", path(book), "--month", month, "--as-of", "2026-11-22", "--no-pdf", "--out", path(&out)];
        let output = Command::new(env!("CARGO_BIN_EXE_kura")).args(arguments).output().unwrap();
        assert!(out.exists(), "{}", String::from_utf8_lossy(&output.stderr));
        Self { client, out, _folder: folder }
    }

    fn slips(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.out.join("slips.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn sheets(&self, name: &str) -> Vec<(String, Sheet)> {
        let path = self.out.join("一覧").join(format!("{}-{name}.xlsx", self.client));
        let mut book: Xlsx<_> = open_workbook(path).unwrap();
        book.worksheets().into_iter().map(|(name, range)| (name, Sheet::read(&range))).collect()
    }

    fn sheet(&self, file: &str, name: &str) -> Sheet {
        self.sheets(file).into_iter().find(|(title, _)| title == name).unwrap().1
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A list as a spreadsheet holds it.
struct Sheet {
    sections: Vec<String>,
    headers: Vec<String>,
    rows: Vec<Vec<Data>>,
}

impl Sheet {
    /// Title, captions, an empty row, then sections (if there are any) and headers, then rows.
    fn read(range: &calamine::Range<Data>) -> Self {
        let mut rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).skip(3).collect();
        let words = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<String>>();
        let first = words(&rows[0]);
        let sectioned = first[0].is_empty();
        let (mut sections, headers) = if sectioned { (first, words(&rows[1])) } else { (Vec::new(), first) };
        rows.drain(..if sectioned { 2 } else { 1 });
        // A section is written once, over its first column.
        for at in 1..sections.len() {
            if sections[at].is_empty() {
                sections[at] = sections[at - 1].clone();
            }
        }
        Self { sections, headers, rows }
    }

    fn column(&self, header: &str) -> usize {
        self.headers.iter().position(|found| found == header).unwrap()
    }

    /// The row whose first cell says so.
    fn row(&self, key: &str) -> &[Data] {
        self.rows.iter().find(|row| row[0] == key).unwrap()
    }

    /// The row whose second cell begins so.
    fn named(&self, words: &str) -> &[Data] {
        self.rows.iter().find(|row| row[1].to_string().starts_with(words)).unwrap()
    }

    fn yen(&self, row: &[Data], header: &str) -> i64 {
        yen(&row[self.column(header)])
    }
}

/// A spreadsheet holds every number as a float: the digits of a whole one are the amount.
fn yen(cell: &Data) -> i64 {
    if *cell == Data::Empty { 0 } else { cell.to_string().parse().unwrap() }
}

fn sum(lines: &Value, code: &str) -> i64 {
    let lines = lines.as_array().unwrap().iter().filter(|line| line["code"] == code);
    lines.map(|line| line["amount"].as_i64().unwrap()).sum()
}

const TOTALS: [(&str, &str); 5] = [
    ("総支給額", "gross"),
    ("控除合計", "deduction_total"),
    ("差引支給額", "net"),
    ("非課税額", "tax_free"),
    ("課税対象額", "taxable"),
];
const STATUTORY: [(&str, &str); 5] = [
    ("健康保険料", "health_insurance"),
    ("厚生年金保険料", "employees_pension"),
    ("雇用保険料", "employment_insurance"),
    ("所得税", "income_tax"),
    ("住民税", "inhabitant_tax"),
];

#[test]
fn the_register_says_what_the_slips_say() {
    for client in CLIENTS {
        let run = Run::of(client);
        let register = run.sheet("支給控除一覧表", "支給控除一覧表");
        let slips = run.slips();
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for slip in &slips {
            let row = register.row(slip["person"].as_str().unwrap());
            for (header, field) in TOTALS {
                assert_eq!(register.yen(row, header), slip[field].as_i64().unwrap(), "{} {header}", run.client);
                *sums.entry(header).or_default() += slip[field].as_i64().unwrap();
            }
            for (header, code) in STATUTORY {
                let amount = sum(&slip["deductions"], code);
                if register.headers.iter().any(|found| found == header) {
                    assert_eq!(register.yen(row, header), amount, "{} {header}", run.client);
                    *sums.entry(header).or_default() += amount;
                } else {
                    assert_eq!(amount, 0);
                }
            }
            // The columns of a side are the slip's lines, and they sum to its total.
            for (section, total, field) in [("支給", "総支給額", "pay"), ("控除", "控除合計", "deductions")]
            {
                let of_side = (0..register.headers.len())
                    .filter(|at| register.sections[*at] == section && register.headers[*at] != total);
                let cells: Vec<i64> = of_side.filter(|at| row[*at] != Data::Empty).map(|at| yen(&row[at])).collect();
                let mut codes: BTreeMap<&str, i64> = BTreeMap::new();
                for line in slip[field].as_array().unwrap() {
                    *codes.entry(line["code"].as_str().unwrap()).or_default() += line["amount"].as_i64().unwrap();
                }
                assert_eq!(cells.iter().sum::<i64>(), register.yen(row, total));
                let mut of_slip: Vec<i64> = codes.into_values().collect();
                let mut of_list = cells;
                of_slip.sort_unstable();
                of_list.sort_unstable();
                assert_eq!(of_list, of_slip, "{} {}", run.client, slip["person"]);
            }
        }
        let total = register.named("合計");
        for (header, sum) in sums {
            assert_eq!(register.yen(total, header), sum, "{} {header}", run.client);
        }
        assert_eq!(total[1].to_string(), format!("合計 {}件", slips.len()));
    }
}

/// 003 has two 事業所: each is summed up.
#[test]
fn the_subtotals_of_the_register_are_those_of_the_establishments() {
    let run = Run::of(CLIENTS[2]);
    let register = run.sheet("支給控除一覧表", "支給控除一覧表");
    for code in ["T", "F"] {
        let of_establishment = |slip: &&Value| slip["person"].as_str().unwrap().starts_with(code);
        let gross: i64 = run.slips().iter().filter(of_establishment).map(|slip| slip["gross"].as_i64().unwrap()).sum();
        let row = register.rows.iter().find(|row| {
            let words = row[1].to_string();
            words.starts_with(&format!("{code} ")) && words.contains("小計")
        });
        assert_eq!(register.yen(row.unwrap(), "総支給額"), gross, "{code}");
    }
}

/// 徴収高計算書, 住民税 and 雇用保険料 of a month are the sums of its slips.
#[test]
fn what_is_remitted_is_what_was_taken() {
    for client in CLIENTS {
        let run = Run::of(client);
        let slips = run.slips();
        let taken = |code: &str| slips.iter().map(|slip| sum(&slip["deductions"], code)).sum::<i64>();
        let withholding = run.sheet("納付一覧", "所得税徴収高計算書");
        let total = withholding.row("合計（本税）");
        assert_eq!(withholding.yen(total, "税額"), taken("income_tax"), "{}", run.client);
        let inhabitant = run.sheet("納付一覧", "住民税（市区町村別）");
        assert_eq!(inhabitant.yen(inhabitant.named("合計"), "納付額"), taken("inhabitant_tax"), "{}", run.client);
        let employment = run.sheet("納付一覧", "雇用保険料");
        let total = employment.row("合計");
        assert_eq!(employment.yen(total, "本人負担（控除額）"), taken("employment_insurance"), "{}", run.client);
    }
}

/// 001, by hand: five people, gross 1,153,252, of which 13,500 and 6,000 are tax-free fares; 10,960 + 39,600 + 3,370 + 990 + 0.
#[test]
fn the_withholding_of_koshiji_by_hand() {
    let withholding = Run::of(CLIENTS[0]).sheet("納付一覧", "所得税徴収高計算書");
    let row = withholding.row("俸給・給料等");
    let read = |header| withholding.yen(row, header);
    assert_eq!([read("人員"), read("総支給額"), read("うち非課税")], [5, 1_153_252, 19_500]);
    assert_eq!([read("支給額"), read("税額")], [1_133_752, 54_920]);
}

/// The bill of 001 in integers: 新潟県 9.21 % and levy 0.23 % in June 2026, pension 18.3 %, 拠出金 0.36 %; person 2 as notified.
#[test]
fn the_bill_of_koshiji_by_hand() {
    let run = Run::of(CLIENTS[0]);
    let bill = run.sheet("納付一覧", "社会保険料（納入告知額との比較）");
    // In hundred-thousandths of a yen: (410,000 + 260,000) x 9.44 % and the notified 32,765.2; 260,000 x 18.3 % and 44,606.25.
    let health = (670_000_i64 * 9_440 + 3_276_520_000) / 100_000;
    let pension = (260_000_i64 * 18_300 + 4_460_625_000) / 100_000;
    let contribution = 260_000_i64 * 360 / 100_000;
    for (account, ours) in [("健康保険", health), ("厚生年金", pension), ("子ども・子育て拠出金", contribution)]
    {
        assert_eq!(bill.yen(bill.row(account), "当方の合計"), ours, "{account}");
    }
    let people = run.sheet("社会保険料一覧", "社会保険料一覧");
    assert_eq!(people.yen(people.named("合計"), "健保計"), 19_352 + 16_383 + 12_272);
}

/// A copy of the book of 001 that a test may change.
fn koshiji(folder: &TempDir) -> PathBuf {
    let book = folder.path().join("本");
    fs::create_dir(&book).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/001-koshiji")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, book.join(path.file_name().unwrap())).unwrap();
    }
    book
}

/// What 納付一覧 says about the difference to a 納入告知 of 001 that is typed in.
fn explained(notice: &str, change: impl Fn(&Path)) -> String {
    let folder = TempDir::new().unwrap();
    let book = koshiji(&folder);
    let header = "会社コード,事業所コード,保険料月,納入告知額 健康保険,納入告知額 厚生年金,納入告知額 拠出金";
    fs::write(book.join("納入告知.csv"), format!("{header}\r\n001,N,2026-06,{notice}\r\n")).unwrap();
    change(&book);
    let bill = Run::over("001", &book, "2026-07").sheet("納付一覧", "社会保険料（納入告知額との比較）");
    let at = bill.column("説明");
    bill.rows.iter().filter_map(|row| row.get(at)).map(ToString::to_string).collect()
}

#[test]
fn a_notice_that_agrees_or_differs_by_a_fraction_says_so() {
    let unchanged = |_: &Path| {};
    assert_eq!(explained("96013,92186,936", unchanged), "一致しています。");
    assert!(explained("96014,92186,936", unchanged).starts_with("端数の差です"));
}

/// 24,544, 47,580 and 936 are missing in the notice: those of person 3, whose acquisition is said to be of June.
#[test]
fn a_notice_without_a_new_person_names_the_person() {
    let acquired_in_june = |book: &Path| {
        let path = book.join("被保険者資格.csv");
        let text = fs::read_to_string(&path).unwrap();
        let of_three = |line: &str| line.starts_with("001,3,健保,") || line.starts_with("001,3,厚年,");
        let lines = text
            .lines()
            .map(|line| if of_three(line) { line.replacen("2020-04-01", "2026-06-01", 1) } else { line.to_owned() });
        fs::write(&path, lines.collect::<Vec<String>>().join("\r\n") + "\r\n").unwrap();
    };
    let said = explained("71469,44606,0", acquired_in_june);
    assert!(said.contains("社員3") && said.contains("資格取得（2026-06-01）が告知に入っていない"), "{said}");
    // As much more is no cause that is known: June is the first month.
    let said = explained("120557,139766,1872", acquired_in_june);
    assert!(said.contains("見つかりませんでした"), "{said}");
}

/// 賃金台帳: the month that is run says of everybody what the slip says, and 年計 is the sum of the months.
#[test]
fn the_ledger_holds_the_month_that_is_run() {
    for client in CLIENTS {
        let run = Run::of(client);
        let ledger = run.sheet("賃金台帳", "賃金台帳");
        for slip in run.slips() {
            let heading = format!("{}　", slip["person"].as_str().unwrap());
            let start = ledger.rows.iter().position(|row| row[0].to_string().starts_with(&heading)).unwrap();
            let of_person = &ledger.rows[start + 1..];
            let end = of_person.iter().position(|row| row[0] == "年計").unwrap();
            let (months, total) = (&of_person[..end], &of_person[end]);
            let gross = slip["gross"].as_i64().unwrap();
            assert!(months.iter().any(|row| ledger.yen(row, "総支給額") == gross), "{heading}");
            for header in ["総支給額", "控除合計", "差引支給額"] {
                let sum: i64 = months.iter().map(|row| ledger.yen(row, header)).sum();
                assert_eq!(ledger.yen(total, header), sum, "{heading} {header}");
            }
        }
    }
}

/// 賃金集計: what bears labour insurance is what the slips paid to workers, and the classes sum to their totals.
#[test]
fn the_wage_summary_adds_up() {
    let run = Run::of(CLIENTS[1]);
    let (_, summary) = run.sheets("賃金集計_労働保険").remove(0);
    let of = |row: &[Data], class: &str| -> i64 {
        let at = (0..summary.headers.len()).find(|at| summary.sections[*at] == class && summary.headers[*at] == "賃金");
        yen(&row[at.unwrap()])
    };
    let total = summary.row("合計");
    let accident = ["労災 常用労働者", "労災 役員で労働者扱い", "労災 臨時労働者"];
    assert_eq!(accident.into_iter().map(|class| of(total, class)).sum::<i64>(), of(total, "労災・一般拠出金 合計"));
    assert_eq!(of(total, "雇保 被保険者") + of(total, "雇保 役員で被保険者扱い"), of(total, "雇用保険 合計"));
    assert_eq!(of(total, "雇用保険 合計") + of(total, "雇保の対象外の労働者"), of(total, "労災・一般拠出金 合計"));
    // Officers 01 and 02 are no workers; of the others everything counts.
    let workers = run.slips().into_iter().filter(|slip| !["01", "02"].contains(&slip["person"].as_str().unwrap()));
    let october: i64 = workers.map(|slip| slip["gross"].as_i64().unwrap()).sum();
    assert_eq!(of(summary.row("令和8年10月締切分"), "労災・一般拠出金 合計"), october);
}

#[test]
fn the_transfers_are_the_nets() {
    for client in CLIENTS {
        let run = Run::of(client);
        let transfers = run.sheet("振込一覧", "振込一覧");
        let nets: i64 = run.slips().iter().map(|slip| slip["net"].as_i64().unwrap().max(0)).sum();
        assert_eq!(transfers.yen(transfers.named("合計"), "振込額"), nets, "{}", run.client);
    }
}

/// Nobody who is no worker stands in 労働者名簿, and nobody who is one is left out: 40 people, two of them officers.
#[test]
fn the_roster_names_the_workers() {
    let roster = Run::of(CLIENTS[1]).sheet("労働者名簿", "労働者名簿");
    let codes: Vec<String> = roster.rows.iter().map(|row| row[0].to_string()).collect();
    assert!(!codes.contains(&"01".to_owned()) && !codes.contains(&"02".to_owned()));
    assert_eq!(codes.iter().filter(|code| code.parse::<u32>().is_ok()).count(), 38);
    let left = codes.iter().position(|code| code == "退職・死亡").unwrap();
    assert_eq!(codes[left + 1], "12");
}

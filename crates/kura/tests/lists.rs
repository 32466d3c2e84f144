//! 一覧: what `kura month` writes about the four demonstration clients, read back from the spreadsheets and compared with the
//! slips to the yen.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
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
        let folder = TempDir::new().unwrap();
        let out = folder.path().join("出力");
        let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(book);
        let arguments =
            ["month", path(&book), "--month", month, "--as-of", "2026-11-22", "--no-pdf", "--out", path(&out)];
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

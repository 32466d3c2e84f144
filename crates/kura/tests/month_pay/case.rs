//! A demonstration book with one of its people, changed cell by cell.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// One person of a demonstration book.
pub(crate) struct Case {
    folder: TempDir,
    client: String,
    person: String,
}

/// A sheet: its headers and rows.
type Sheet = (Vec<String>, Vec<Vec<String>>);

/// What a run said and made.
pub(crate) struct Outcome {
    pub(crate) slips: Vec<Value>,
    pub(crate) findings: Vec<Value>,
    pub(crate) status: i32,
}

impl Case {
    /// A person of a book, for example `("002-senshu", "39")`.
    pub(crate) fn of(book: &str, person: &str) -> Self {
        let client = book.split('-').next().unwrap().to_owned();
        let case = Self { folder: TempDir::new().unwrap(), client, person: person.to_owned() };
        fs::create_dir(case.book()).unwrap();
        let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(book);
        for entry in fs::read_dir(demo).unwrap() {
            let path = entry.unwrap().path();
            let (headers, mut rows) = read(&path);
            if let Some(at) = headers.iter().position(|header| header == "社員番号") {
                rows.retain(|row| row[at].is_empty() || row[at] == person);
            }
            write(&case.book().join(path.file_name().unwrap()), &(headers, rows));
        }
        case
    }

    fn book(&self) -> PathBuf {
        self.folder.path().join("本")
    }

    /// Writes a value into a column of every row of the person, or of the client where the sheet names nobody.
    pub(crate) fn set(&self, sheet: &str, column: &str, value: &str) -> &Self {
        self.change(sheet, |(headers, rows)| {
            let at = column_of(headers, rows, column);
            assert!(!rows.is_empty(), "{sheet} has a row");
            rows.iter_mut().for_each(|row| value.clone_into(&mut row[at]));
        })
    }

    /// Writes a value into a column of the last row.
    pub(crate) fn change_last(&self, sheet: &str, column: &str, value: &str) -> &Self {
        self.change(sheet, |(headers, rows)| {
            let at = column_of(headers, rows, column);
            value.clone_into(&mut rows.last_mut().unwrap()[at]);
        })
    }

    /// Takes all rows out of a sheet.
    pub(crate) fn clear(&self, sheet: &str) -> &Self {
        self.change(sheet, |(_, rows)| rows.clear())
    }

    /// Adds a row with these cells; client and person come by themselves.
    pub(crate) fn add(&self, sheet: &str, cells: &[(&str, &str)]) -> &Self {
        self.change(sheet, |(headers, rows)| {
            rows.push(vec![String::new(); headers.len()]);
            let own = [("会社コード", self.client.as_str()), ("社員番号", self.person.as_str())];
            let own = own.iter().filter(|(column, _)| headers.iter().any(|header| header == column));
            for (column, value) in own.copied().collect::<Vec<_>>().iter().chain(cells) {
                let at = column_of(headers, rows, column);
                (*value).clone_into(&mut rows.last_mut().unwrap()[at]);
            }
        })
    }

    /// Adds a row like the last one, with some cells of its own.
    pub(crate) fn add_like_the_last(&self, sheet: &str, cells: &[(&str, &str)]) -> &Self {
        self.change(sheet, |(headers, rows)| {
            rows.push(rows.last().unwrap().clone());
            for (column, value) in cells {
                let at = column_of(headers, rows, column);
                (*value).clone_into(&mut rows.last_mut().unwrap()[at]);
            }
        })
    }

    /// A cell of the last row of a sheet.
    pub(crate) fn last(&self, sheet: &str, column: &str) -> String {
        let (headers, rows) = read(&self.book().join(format!("{sheet}.csv")));
        let at = headers.iter().position(|header| header == column).unwrap();
        rows.last().unwrap()[at].clone()
    }

    /// The book of the month after the last run takes the place of the book.
    pub(crate) fn turn_the_page(&self) -> &Self {
        let made = fs::read_dir(self.folder.path().join("出力/次の本")).unwrap().next().unwrap().unwrap().path();
        let (book, findings) = kura_book::read(kura_book::Source::Workbook(&fs::read(made).unwrap()));
        assert_eq!(findings, []);
        fs::remove_dir_all(self.book()).unwrap();
        fs::create_dir(self.book()).unwrap();
        for file in kura_book::write_folder(&book) {
            fs::write(self.book().join(file.name), file.bytes).unwrap();
        }
        self
    }

    fn change(&self, sheet: &str, change: impl FnOnce(&mut Sheet)) -> &Self {
        let path = self.book().join(format!("{sheet}.csv"));
        let mut of_sheet = if path.exists() {
            read(&path)
        } else {
            (vec!["会社コード".to_owned(), "社員番号".to_owned()], Vec::new())
        };
        change(&mut of_sheet);
        write(&path, &of_sheet);
        self
    }

    /// `kura month` for a payment month, without PDFs.
    pub(crate) fn run(&self, month: &str) -> Outcome {
        let out = self.folder.path().join("出力");
        let output = Command::new(env!("CARGO_BIN_EXE_kura"))
            .args([
                "month",
                self.book().to_str().unwrap(),
                "--month",
                month,
                "--no-pdf",
                "--out",
                out.to_str().unwrap(),
            ])
            .args(["--as-of", &format!("{month}-25")])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(out.exists(), "{said}");
        let lines = |file: &str| -> Vec<Value> {
            let text = fs::read_to_string(out.join(file)).unwrap_or_default();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        Outcome {
            slips: lines("slips.jsonl"),
            findings: lines("確認事項.jsonl"),
            status: output.status.code().unwrap(),
        }
    }
}

impl Outcome {
    /// The one slip of the case.
    #[track_caller]
    pub(crate) fn slip(&self) -> &Value {
        assert_eq!(self.slips.len(), 1, "{:#?}", self.findings);
        &self.slips[0]
    }

    /// Names and amounts of a list of the slip (`pay`, `deductions`).
    #[track_caller]
    pub(crate) fn lines(&self, list: &str) -> Vec<(String, i64)> {
        let lines = self.slip()[list].as_array().unwrap().iter();
        lines.map(|line| (line["name"].as_str().unwrap().to_owned(), line["amount"].as_i64().unwrap())).collect()
    }

    #[track_caller]
    pub(crate) fn assert_pay(&self, wanted: &[(&str, i64)]) {
        let wanted: Vec<_> = wanted.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect();
        assert_eq!(self.lines("pay"), wanted);
    }

    /// The amounts of all lines of a name, pay and deductions.
    #[track_caller]
    pub(crate) fn amount(&self, name: &str) -> i64 {
        let lines = [self.lines("pay"), self.lines("deductions")].concat();
        lines.into_iter().filter(|(known, _)| known == name).map(|(_, amount)| amount).sum()
    }

    /// The finding with a code.
    #[track_caller]
    pub(crate) fn finding(&self, code: &str) -> &Value {
        let found = self.findings.iter().find(|finding| finding["code"] == code);
        found.ok_or_else(|| format!("no {code} among {:#?}", self.findings)).unwrap()
    }

    /// The person has no slip, and this is why.
    #[track_caller]
    pub(crate) fn assert_stopped(&self, code: &str, sheet: &str, column: &str, words: &str) {
        assert_eq!((self.status, self.slips.len()), (1, 0), "{:#?}", self.findings);
        let finding = self.finding(code);
        let at = |key: &str| finding[key].as_str().unwrap_or_default();
        assert_eq!((at("sheet"), at("column")), (sheet, column), "{finding}");
        let said = format!("{}／{}", finding["sentence"].as_str().unwrap(), finding["remedy"].as_str().unwrap());
        assert!(said.contains(words), "{said}");
    }
}

fn read(path: &Path) -> Sheet {
    let text = fs::read_to_string(path).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<String>>());
    (rows.next().unwrap(), rows.collect())
}

fn write(path: &Path, (headers, rows): &Sheet) {
    let mut writer = csv::Writer::from_path(path).unwrap();
    writer.write_record(headers).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();
}

/// The place of a column; one that the sheet does not have yet is added.
fn column_of(headers: &mut Vec<String>, rows: &mut [Vec<String>], column: &str) -> usize {
    headers.iter().position(|header| header == column).unwrap_or_else(|| {
        headers.push(column.to_owned());
        rows.iter_mut().for_each(|row| row.push(String::new()));
        headers.len() - 1
    })
}

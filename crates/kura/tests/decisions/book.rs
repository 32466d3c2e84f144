//! A demonstration book that a test changes cell by cell, and what a run over it made.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kura_book::{Source, read};
use kura_model::{StandardDecision, StandardRemuneration};
use tempfile::TempDir;

/// A copy of a book; goes with the test.
pub(crate) struct TestBook {
    folder: TempDir,
}

impl TestBook {
    /// The one person of 000: 246,000 + 役職手当 10,000 + 皆勤手当 5,000 + 通勤手当 12,600, all 時間外 taken out of 勤怠, so that a
    /// month's pay is 273,600; 標準 280,000 since 2025-09. 給与履歴: 2026-04 283,310 (30 days), 2026-05 293,020 (31 days).
    pub(crate) fn hajimari() -> Self {
        let book = Self::copy("000-hajimari", &[]);
        book.set("勤怠", "時間外", "0:00");
        book
    }

    /// The same, asked for another payment month.
    pub(crate) fn hajimari_in(month: &str) -> Self {
        let book = Self::hajimari();
        book.set("勤怠", "支給月", month);
        book
    }

    /// Some people of 003.
    pub(crate) fn hinata(people: &[&str]) -> Self {
        Self::copy("003-hinata", people)
    }

    pub(crate) fn copy(demo: &str, people: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(demo);
        let book = Self { folder };
        fs::create_dir(book.path()).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, book.path().join(path.file_name().unwrap())).unwrap();
        }
        if !people.is_empty() {
            book.keep(people);
        }
        book
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("本")
    }

    /// Leaves only these people in every sheet.
    fn keep(&self, people: &[&str]) {
        for entry in fs::read_dir(self.path()).unwrap() {
            let name = entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned();
            let mut sheet = self.sheet(&name);
            if let Some(at) = sheet.header.iter().position(|header| header == "社員番号") {
                sheet.rows.retain(|row| row[at].is_empty() || people.contains(&row[at].as_str()));
                self.write(&name, &sheet);
            }
        }
    }

    fn sheet(&self, name: &str) -> Sheet {
        let path = self.path().join(format!("{name}.csv"));
        let Ok(text) = fs::read_to_string(path) else { return Sheet::default() };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let mut rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>());
        let header = rows.next().unwrap();
        Sheet { header, rows: rows.collect() }
    }

    fn write(&self, name: &str, sheet: &Sheet) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(&sheet.header).unwrap();
        for row in &sheet.rows {
            writer.write_record(row).unwrap();
        }
        fs::write(self.path().join(format!("{name}.csv")), writer.into_inner().unwrap()).unwrap();
    }

    /// The same value in every row of a sheet.
    pub(crate) fn set(&self, name: &str, header: &str, value: &str) {
        let mut sheet = self.sheet(name);
        let at = sheet.column(header);
        sheet.rows.iter_mut().for_each(|row| row[at] = value.to_owned());
        self.write(name, &sheet);
    }

    /// The value in the rows that say something in another column.
    pub(crate) fn set_where(&self, name: &str, (key, says): (&str, &str), header: &str, value: &str) {
        let mut sheet = self.sheet(name);
        let (key, at) = (sheet.column(key), sheet.column(header));
        let mut rows = sheet.rows.iter_mut().filter(|row| row[key] == says).peekable();
        assert!(rows.peek().is_some(), "{name} says {says}");
        rows.for_each(|row| row[at] = value.to_owned());
        self.write(name, &sheet);
    }

    /// Leaves out the rows that say something.
    pub(crate) fn remove(&self, name: &str, (key, says): (&str, &str)) {
        let mut sheet = self.sheet(name);
        let key = sheet.column(key);
        sheet.rows.retain(|row| row[key] != says);
        self.write(name, &sheet);
    }

    /// One more row; columns that are not there yet are added.
    pub(crate) fn add(&self, name: &str, cells: &[(&str, &str)]) {
        let mut sheet = self.sheet(name);
        let places: Vec<usize> = cells.iter().map(|(header, _)| sheet.column(header)).collect();
        let mut row = vec![String::new(); sheet.header.len()];
        for (at, (_, value)) in places.into_iter().zip(cells) {
            row[at] = (*value).to_owned();
        }
        sheet.rows.push(row);
        self.write(name, &sheet);
    }

    /// A row of a person of 000.
    pub(crate) fn add_to_person(&self, name: &str, cells: &[(&str, &str)]) {
        self.add(name, &[&[("会社コード", "000"), ("社員番号", "01")], cells].concat());
    }

    /// A settled whole month of 000, paid on its last day but one.
    pub(crate) fn paid(&self, month: &str, base_days: u8, currency: i64) {
        self.paid_as(month, base_days, currency, &[]);
    }

    /// The same with other cells.
    pub(crate) fn paid_as(&self, month: &str, base_days: u8, currency: i64, cells: &[(&str, &str)]) {
        let last = kura_calendar::read_month(month).unwrap().last_day().to_string();
        let (days, currency) = (base_days.to_string(), currency.to_string());
        let (first, paid_on) = (format!("{month}-01"), format!("{month}-25"));
        let mut row = vec![
            ("種別", "給与"),
            ("支給日", &paid_on),
            ("支給月", month),
            ("給与体系", "A"),
            ("対象期間 自", &first),
            ("対象期間 至", &last),
            ("支払基礎日数", &days),
            ("1か月分の支給か", "満額"),
            ("報酬 通貨", &currency),
            ("報酬 現物", "0"),
            ("報酬 うち固定的賃金", &currency),
            ("報酬 うち遡及分", "0"),
            ("状態", "確定"),
        ];
        row.retain(|(header, _)| !cells.iter().any(|(other, _)| other == header));
        row.extend(cells);
        self.add_to_person("給与履歴", &row);
    }

    /// 雇用条件 from a day on.
    pub(crate) fn terms(&self, from: &str, cells: &[(&str, &str)]) {
        self.add_to_person("雇用条件", &[&[("適用開始日", from)], cells].concat());
    }

    /// Runs a payment month as of a day.
    pub(crate) fn run(&self, month: &str, as_of: &str) -> Run {
        let folder = TempDir::new().unwrap();
        let out = folder.path().join("出力");
        let output = Command::new(env!("CARGO_BIN_EXE_kura"))
            .args(["month", self.path().to_str().unwrap(), "--month", month, "--as-of", as_of])
            .args(["--out", out.to_str().unwrap()])
            .output()
            .unwrap();
        let mut said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        for line in fs::read_to_string(out.join("確認事項.jsonl")).unwrap().lines() {
            let finding: serde_json::Value = serde_json::from_str(line).unwrap();
            let part = |name: &str| finding[name].as_str().unwrap().to_owned();
            said += &format!("{}: {}{}\n", part("sheet"), part("sentence"), part("remedy"));
        }
        let month = kura_calendar::read_month(month).unwrap();
        Run { folder, said, status: output.status.code().unwrap(), next: month.next().to_string() }
    }
}

#[derive(Default)]
struct Sheet {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn column(&mut self, header: &str) -> usize {
        if let Some(at) = self.header.iter().position(|known| known == header) {
            return at;
        }
        self.header.push(header.to_owned());
        self.rows.iter_mut().for_each(|row| row.push(String::new()));
        self.header.len() - 1
    }
}

/// What a run made.
pub(crate) struct Run {
    folder: TempDir,
    /// What it said, and 確認事項.
    pub(crate) said: String,
    pub(crate) status: i32,
    next: String,
}

impl Run {
    /// The records of a filing; none where there is no file.
    pub(crate) fn filing(&self, folder: &str) -> Vec<Vec<String>> {
        let Ok(bytes) = fs::read(self.folder.path().join("出力").join("届出").join(folder).join("SHFD0006.CSV"))
        else {
            return Vec::new();
        };
        let (text, _, broken) = encoding_rs::SHIFT_JIS.decode(&bytes);
        assert!(!broken);
        text.lines().skip(5).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    /// 標準報酬 of the next book that is not notified: 適用年月, 健保, 厚年, 70歳以上の相当額, 決定の区分.
    pub(crate) fn proposals(&self) -> Vec<(String, [Option<i64>; 3], StandardDecision)> {
        let row = |row: &StandardRemuneration| {
            let amounts = [row.health_standard, row.pension_standard, row.pension_equivalent];
            (row.applies_from.to_string(), amounts.map(|amount| amount.map(kura_yen::Yen::get)), row.decision.unwrap())
        };
        let rows = self.standards();
        rows.iter().filter(|row| row.notified_on.is_none()).map(row).collect()
    }

    /// All rows of 標準報酬 of the next book.
    pub(crate) fn standards(&self) -> Vec<StandardRemuneration> {
        let bytes =
            fs::read(self.folder.path().join("出力").join(format!("次の本/蔵ブック_{}.xlsx", self.next))).unwrap();
        let (book, findings) = read(Source::Workbook(&bytes));
        assert!(findings.is_empty(), "{findings:?}");
        book.standard_remunerations.into_iter().map(|row| row.facts).collect()
    }

    /// 総支給 of the only slip.
    pub(crate) fn gross(&self) -> i64 {
        let text = fs::read_to_string(self.folder.path().join("出力").join("slips.jsonl")).unwrap();
        let slip: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        slip["gross"].as_i64().unwrap()
    }

    #[track_caller]
    pub(crate) fn says(&self, words: &str) {
        assert!(self.said.contains(words), "{words} in\n{}", self.said);
    }

    #[track_caller]
    pub(crate) fn says_not(&self, words: &str) {
        assert!(!self.said.contains(words), "{words} in\n{}", self.said);
    }
}

/// Fields of a record by their 項番, from one to another.
pub(crate) fn fields(record: &[String], from: usize, upto: usize) -> Vec<&str> {
    record[from - 1..upto].iter().map(String::as_str).collect()
}

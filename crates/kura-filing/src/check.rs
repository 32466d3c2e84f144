use kura_calendar::Date;
use kura_law::{Law, LawError};

use crate::Form;
use crate::checking::Checking;
use crate::field::{Placeholders, WRONG_REPRESENTATIVE_CODE};
use crate::form_rules::FormRules;
use crate::header::{DATA_MARK, Header, MANAGEMENT_MARK, REPRESENTATIVE_FORM_CODE};
use crate::hello_work::JointFile;
use crate::line::{LINE_BYTES_MAX, Line, decode_line, lines};
use crate::problem::FilingProblem;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::submission::{FILE_BYTES_LIMIT, FILE_NAME, TOO_LARGE, UNUSABLE_CHARACTER};

/// Checks a 届書CSV as the authority's own checker does, and in its words where they are known. `as_of` is the day of the
/// check. It stops after 1,000 problems ([`PROBLEMS_MAX`](crate::PROBLEMS_MAX)); none means the file may be handed over.
///
/// Any bytes may come in.
pub fn check(bytes: &[u8], file_name: &str, law: &Law, as_of: Date) -> Vec<FilingProblem> {
    let mut checking = Checking::new(law, as_of, Placeholders::Refused);
    if SOCIETY_FILE_NAMES.contains(&file_name) {
        checking.report.add(
            format!("{file_name}の様式は確認されていません"),
            "健康保険組合などの点検プログラムで確かめてください。",
        );
        return checking.report.into_problems();
    }
    let joint_file = joint_file(bytes, file_name);
    if let Some(file) = joint_file.filter(|file| file.name() != file_name) {
        checking.report.add("ファイル名が正しくありません", format!("{}にしてください。", file.name()));
    } else if joint_file.is_none() && file_name != FILE_NAME {
        checking.report.add("ファイル名が正しくありません", format!("{FILE_NAME}（半角の大文字）にしてください。"));
    }
    if bytes.len() >= FILE_BYTES_LIMIT {
        checking.report.add(TOO_LARGE, "届出する人を分けて、2つ以上のファイルにしてください。");
    }
    if is_utf8(bytes) {
        checking.report.add(UNUSABLE_CHARACTER, "文字コードがUTF-8のようです。Shift_JISで保存し直してください。");
        return checking.report.into_problems();
    }
    let checked = match joint_file {
        Some(file) => file.check_lines(bytes, &mut checking),
        None => check_lines(bytes, &mut checking),
    };
    if let Err(error) = checked {
        checking.report.at_file();
        checking.report.add_law(&error);
    }
    checking.report.into_problems()
}

/// True for a 連記式 file of Hello Work, by its name or by the headings of its first line.
pub fn is_hello_work(bytes: &[u8], file_name: &str) -> bool {
    joint_file(bytes, file_name).is_some()
}

fn joint_file(bytes: &[u8], file_name: &str) -> Option<JointFile> {
    JointFile::of_name(file_name).or_else(|| {
        let first = lines(bytes).next()?;
        let has_headings =
            decode_line(first.bytes.get(..LINE_BYTES_MAX).unwrap_or(first.bytes)).starts_with(JOINT_FILE_HEADING);
        let is_loss = lines(bytes).any(|line| line.bytes.starts_with(b"10191,"));
        has_headings.then_some(if is_loss { JointFile::Loss } else { JointFile::Acquisition })
    })
}

/// Checks the folder of a file: the authority's checker refuses a folder that holds anything beside `SHFD0006.CSV`.
pub fn check_folder<'a>(file_names: impl IntoIterator<Item = &'a str>) -> Vec<FilingProblem> {
    let (filings, others): (Vec<&str>, Vec<&str>) = file_names.into_iter().partition(|name| *name == FILE_NAME);
    let mut problems = Vec::new();
    if filings.is_empty() {
        problems.push(FilingProblem::of_file(format!("{FILE_NAME}がありません"), "フォルダーを確かめてください。"));
    }
    if !others.is_empty() {
        let remedy = format!("{FILE_NAME}のほかに{}個あります。フォルダーから移してください。", others.len());
        problems.push(FilingProblem::of_file("不正なファイルが存在", remedy));
    }
    problems
}

/// 健康保険組合 and 厚生年金基金: their records differ from society to society.
const SOCIETY_FILE_NAMES: [&str; 2] = ["KPFD0006.CSV", "KNFD0006.CSV"];
pub(crate) const BROKEN_RECORD: &str = "データレコード不正";
/// A 届書CSV has no headings; those of a 連記式 file begin with these.
const JOINT_FILE_HEADING: &str = "郡市区符号,事業所記号";

/// A file with kana is never both.
fn is_utf8(bytes: &[u8]) -> bool {
    !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok()
}

fn check_lines(bytes: &[u8], checking: &mut Checking<'_>) -> Result<(), LawError> {
    let mut reader = Reader::new(Header::of(checking.law)?);
    for (number, line) in (1..).zip(lines(bytes)) {
        reader.read(number, &line, checking)?;
        if checking.report.is_full() {
            return Ok(());
        }
    }
    reader.finish(checking);
    Ok(())
}

/// False for a line that is too long to be a record.
pub(crate) fn is_whole_line(line: &Line<'_>, checking: &mut Checking<'_>) -> bool {
    if !line.is_ended {
        checking.report.add(BROKEN_RECORD, "行の終わりは、最後の行もCR LFにしてください。");
    }
    if line.bytes.len() > LINE_BYTES_MAX {
        checking.report.add(BROKEN_RECORD, "1行が長すぎます。行の終わりを確かめてください。");
        return false;
    }
    true
}

/// Where in the file the reader stands.
enum Part {
    Media,
    Management,
    OfficeCount,
    Offices,
    Data,
}

/// What has been read so far.
struct Reader {
    header: Header,
    part: Part,
    office_count: Option<i64>,
    office_keys: Vec<[String; 4]>,
    forms: Vec<KnownForm>,
    records: usize,
}

/// A form of the file, and where its records name their office.
struct KnownForm {
    rules: FormRules,
    key: KeyPlaces,
}

impl Reader {
    const fn new(header: Header) -> Self {
        Self { header, part: Part::Media, office_count: None, office_keys: Vec::new(), forms: Vec::new(), records: 0 }
    }

    fn read(&mut self, number: usize, line: &Line<'_>, checking: &mut Checking<'_>) -> Result<(), LawError> {
        checking.report.at_line(number);
        let text = decode_line(line.bytes.get(..LINE_BYTES_MAX).unwrap_or(line.bytes));
        let values: Vec<&str> = text.split(',').collect();
        // A file without its [data] still has its data.
        if matches!(self.part, Part::Offices) && values.first().is_some_and(|code| Form::of_code(code).is_some()) {
            checking.report.add(BROKEN_RECORD, format!("事業所の行の次に{DATA_MARK}の行を置いてください。"));
            self.part = Part::Data;
        }
        if matches!(self.part, Part::Data) {
            self.records = self.records.saturating_add(1);
            checking.report.at_record(number, self.records);
        }
        if !is_whole_line(line, checking) {
            return Ok(());
        }
        match self.part {
            Part::Media => self.read_media(&values, checking),
            Part::Management => {
                check_mark(&text, MANAGEMENT_MARK, checking);
                self.part = Part::OfficeCount;
            }
            Part::OfficeCount => {
                if check_record(&values, &self.header.office_count, checking) {
                    self.office_count = values.last().and_then(|count| count.parse().ok());
                }
                self.part = Part::Offices;
            }
            Part::Offices if text == DATA_MARK => self.part = Part::Data,
            Part::Offices => self.read_office(&values, checking)?,
            Part::Data => self.read_data(&values, checking)?,
        }
        Ok(())
    }

    /// A sharoshi leaves the first two fields empty.
    fn read_media(&mut self, values: &[&str], checking: &mut Checking<'_>) {
        let is_sharoshi = values.iter().take(2).all(|value| value.is_empty());
        let layout = if is_sharoshi { &self.header.media_of_sharoshi } else { &self.header.media_of_establishment };
        if !check_record(values, layout, checking) && values.last() != Some(&REPRESENTATIVE_FORM_CODE) {
            checking.report.add(WRONG_REPRESENTATIVE_CODE, format!("{REPRESENTATIVE_FORM_CODE}を設定してください。"));
        }
        self.part = Part::Management;
    }

    fn read_office(&mut self, values: &[&str], checking: &mut Checking<'_>) -> Result<(), LawError> {
        check_record(values, &self.header.office, checking);
        let key = KeyPlaces::of_layout(&self.header.office)?;
        self.office_keys.push(key.of(Record::new(values)).map(str::to_owned));
        if self.office_keys.len() == 2 {
            checking.report.add("複数事業所収録", "1つのファイルには1つの事業所だけを入れてください。");
        }
        Ok(())
    }

    fn read_data(&mut self, values: &[&str], checking: &mut Checking<'_>) -> Result<(), LawError> {
        let code = values.first().copied().unwrap_or_default();
        let Some(form) = Form::of_code(code) else {
            let remedy = match UNVERIFIED_FORM_CODES.contains(&code) {
                true => "この様式は項目の並びが確認されていないため、点検できません。",
                false => "届書の様式コードを確かめてください。",
            };
            checking.report.add("「様式コード」に使えない値です", remedy);
            return Ok(());
        };
        self.know_form(form, checking)?;
        let Some(KnownForm { rules, key }) = self.forms.iter().find(|known| known.rules.form == form) else {
            return Ok(());
        };
        if values.len() != rules.layout.fields.len() {
            report_field_count(values.len(), &rules.layout, checking);
            return Ok(());
        }
        let record = Record::new(values);
        if !self.is_of_an_office(key.of(record)) {
            checking
                .report
                .add("事業所整理記号・事業所番号が事業所の行と合いません", "4行目の事業所の届出だけを入れてください。");
        }
        rules.check(record, checking);
        Ok(())
    }

    fn know_form(&mut self, form: Form, checking: &mut Checking<'_>) -> Result<(), LawError> {
        if self.forms.iter().all(|known| known.rules.form != form) {
            let rules = FormRules::of(checking.law, form)?;
            self.forms.push(KnownForm { key: KeyPlaces::of_layout(&rules.layout)?, rules });
            if self.forms.len() == 2 {
                checking
                    .report
                    .add("2種類以上の届書が入っています", "1つのファイルには1種類の届書だけを入れてください。");
            }
        }
        Ok(())
    }

    fn is_of_an_office(&self, [pref_code, area_code, mark, number]: [&str; 4]) -> bool {
        self.office_keys.iter().any(|[office_pref_code, office_area_code, office_mark, office_number]| {
            (pref_code, area_code, mark) == (office_pref_code, office_area_code, office_mark)
                && (number.is_empty() || number == office_number)
        })
    }

    fn finish(&self, checking: &mut Checking<'_>) {
        checking.report.at_file();
        if self.records == 0 {
            checking.report.add("データレコードがありません", "1人以上の届出を入れてください。");
        }
        let offices = i64::try_from(self.office_keys.len()).unwrap_or(i64::MAX);
        if self.office_count.is_some_and(|count| count != offices) {
            checking
                .report
                .add("「事業所情報数」が事業所の行の数と合いません", "3行目を001にし、事業所の行を1つにしてください。");
        }
    }
}

/// 育児休業等・産前産後休業: filed as media, but their columns are not established.
const UNVERIFIED_FORM_CODES: [&str; 2] = ["2263700", "2273700"];

pub(crate) fn check_mark(text: &str, mark: &str, checking: &mut Checking<'_>) {
    if text != mark {
        checking.report.add(BROKEN_RECORD, format!("この行は{mark}だけにしてください。"));
    }
}

/// Checks a line before the data. True when it has the number of fields its layout has.
pub(crate) fn check_record(values: &[&str], layout: &RecordLayout, checking: &mut Checking<'_>) -> bool {
    let is_whole = values.len() == layout.fields.len();
    if is_whole {
        layout.check(Record::new(values), checking.placeholders, &mut checking.report);
    } else {
        report_field_count(values.len(), layout, checking);
    }
    is_whole
}

fn report_field_count(count: usize, layout: &RecordLayout, checking: &mut Checking<'_>) {
    let fields = layout.fields.len();
    checking.report.add(
        BROKEN_RECORD,
        format!("項目が{count}個あります。{fields}個にしてください（空の項目もコンマを省きません）。"),
    );
}

/// Where 都道府県コード, 郡市区符号, 事業所記号 stand, and 事業所番号 where the record carries it.
struct KeyPlaces {
    office: [usize; 3],
    number: Option<usize>,
}

impl KeyPlaces {
    fn of_layout(layout: &RecordLayout) -> Result<Self, LawError> {
        let at = |name: &str| layout.require(name);
        let office = [at("office_pref_code")?, at("office_area_code")?, at("office_mark")?];
        Ok(Self { office, number: layout.office_number })
    }

    fn of<'a>(&self, record: Record<'a>) -> [&'a str; 4] {
        let [pref_code, area_code, mark] = self.office.map(|position| record.at(position));
        [pref_code, area_code, mark, self.number.map_or("", |position| record.at(position))]
    }
}

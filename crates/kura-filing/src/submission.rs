use std::fmt;

use kura_calendar::Date;
use kura_law::{Law, LawError};
use kura_text::append_shift_jis;

use crate::checking::Checking;
use crate::field::Placeholders;
use crate::form_rules::FormRules;
use crate::forms::{Fill, Notices};
use crate::header::Header;
use crate::person::MY_NUMBER_PLACEHOLDER;
use crate::problem::FilingProblem;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::writer::RecordWriter;
use crate::{Office, Submitter};

/// The one name the file may have.
pub const FILE_NAME: &str = "SHFD0006.CSV";

/// A file of this many bytes or more is refused: e-Gov takes less than 4.5 MB and does not say how it counts them.
pub const FILE_BYTES_LIMIT: usize = 4_500_000;

/// 届書CSV: a file ready to be handed over once its numbers are filled in.
#[derive(Clone, PartialEq, Eq)]
pub struct Submission {
    /// [`FILE_NAME`]; no other file may lie beside it.
    pub file_name: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// データレコードの数.
    pub count: usize,
    /// Where the placeholders of 個人番号 stand in `bytes`, in the order of the file.
    pub number_places: Vec<NumberPlace>,
}

/// Where a 個人番号 is to be filled in: twelve bytes for twelve bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberPlace {
    /// Offset of the placeholder in the file, bytes.
    pub offset: usize,
    /// データレコード, from 1.
    pub record: usize,
    /// 項番 of the field: whose number it is.
    pub field: u16,
}

/// The bytes stay out of every log.
impl fmt::Debug for Submission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Submission {{ {}, {} bytes, {} records }}", self.file_name, self.bytes.len(), self.count)
    }
}

/// Makes the `SHFD0006.CSV` of one procedure for one establishment.
///
/// `created_on` is the 作成年月日 of the file, `as_of` the day on which it will be checked: a record of an event after that day
/// is refused, as the authority refuses it. What is written passes the same check as [`check`](crate::check) makes.
///
/// # Errors
/// Everything the authority would refuse, the first 1,000 of it; a missing figure of the law pack; more than the file may hold.
pub fn submission(
    law: &Law,
    office: &Office,
    submitter: &Submitter,
    created_on: Date,
    as_of: Date,
    notices: Notices<'_>,
) -> Result<Submission, Vec<FilingProblem>> {
    let mut checking = Checking::new(law, as_of, Placeholders::Taken);
    let mut file = FileWriter::default();
    if let Err(error) = write_file(office, submitter, created_on, notices, &mut file, &mut checking) {
        checking.report.at_file();
        checking.report.add_law(&error);
    }
    file.finish(FILE_NAME, checking)
}

/// Said of a character no field takes.
pub(crate) const UNUSABLE_CHARACTER: &str = "入力不可文字検出／無効文字検出";

/// Said of a file of [`FILE_BYTES_LIMIT`] bytes or more.
pub(crate) const TOO_LARGE: &str = "ファイルが4.5MBに達しています";

fn write_file(
    office: &Office,
    submitter: &Submitter,
    created_on: Date,
    notices: Notices<'_>,
    file: &mut FileWriter,
    checking: &mut Checking<'_>,
) -> Result<(), LawError> {
    Header::of(checking.law)?.write(office, submitter, created_on, file, checking)?;
    let rules = FormRules::of(checking.law, notices.form())?;
    match notices {
        Notices::Acquisition(notices) => write_records(&rules, office, notices, file, checking),
        Notices::Loss(notices) => write_records(&rules, office, notices, file, checking),
        Notices::DependentChange(notices) => write_records(&rules, office, notices, file, checking),
        Notices::MonthlyChange(notices) => write_records(&rules, office, notices, file, checking),
        Notices::AnnualBase(notices) => write_records(&rules, office, notices, file, checking),
        Notices::BonusPayment(notices) => write_records(&rules, office, notices, file, checking),
    }
    Ok(())
}

fn write_records(
    rules: &FormRules,
    office: &Office,
    notices: &[impl Fill],
    file: &mut FileWriter,
    checking: &mut Checking<'_>,
) {
    let mut writer = RecordWriter::new(&rules.layout, rules.form.pads_money());
    for notice in notices {
        file.begin_record(checking);
        writer.clear();
        writer.set("form_code", rules.form.code());
        office.write_key(&mut writer);
        match notice.fill(&mut writer, checking).and_then(|()| writer.finish()) {
            Ok(values) => {
                rules.check(Record::new(&values), checking);
                file.line(&values, &rules.layout);
            }
            Err(error) => file.failed_line(&error, checking),
        }
        if checking.report.is_full() || file.is_too_large() {
            break;
        }
    }
}

/// The bytes of a file, line by line.
#[derive(Default)]
pub(crate) struct FileWriter {
    bytes: Vec<u8>,
    lines: usize,
    records: usize,
    number_places: Vec<NumberPlace>,
    /// A character could not be written. The check of its field has refused it before.
    is_broken: bool,
}

impl FileWriter {
    /// A line that is no record.
    pub(crate) fn mark(&mut self, mark: &str) {
        self.append(mark);
        self.end_line();
    }

    /// What is reported from here on is about the data record that comes next.
    pub(crate) fn begin_record(&mut self, checking: &mut Checking<'_>) {
        self.records = self.records.saturating_add(1);
        checking.report.at_record(self.next_line(), self.records);
    }

    /// A record whose values have been checked, or its headings.
    pub(crate) fn line(&mut self, values: &[&str], layout: &RecordLayout) {
        for (value, field) in values.iter().zip(&layout.fields) {
            if field.number > 1 {
                self.bytes.push(b',');
            }
            if field.is_my_number && *value == MY_NUMBER_PLACEHOLDER {
                let place = NumberPlace { offset: self.bytes.len(), record: self.records, field: field.number };
                self.number_places.push(place);
            }
            self.append(value);
        }
        self.end_line();
    }

    /// The place of a record that could not be written for want of a figure or a field.
    pub(crate) fn failed_line(&mut self, error: &LawError, checking: &mut Checking<'_>) {
        checking.report.add_law(error);
        self.end_line();
    }

    /// The number of the line that comes next, from 1.
    pub(crate) const fn next_line(&self) -> usize {
        self.lines.saturating_add(1)
    }

    pub(crate) const fn is_too_large(&self) -> bool {
        self.bytes.len() >= FILE_BYTES_LIMIT
    }

    /// The file, if it is whole and nothing was found.
    pub(crate) fn finish(
        self,
        file_name: &'static str,
        mut checking: Checking<'_>,
    ) -> Result<Submission, Vec<FilingProblem>> {
        checking.report.at_file();
        if self.records == 0 && checking.report.is_empty() {
            checking.report.add("届出する人がいません", "1人以上を入れてください。");
        }
        if self.is_too_large() {
            checking.report.add(TOO_LARGE, "届出する人を分けて、2つ以上のファイルにしてください。");
        }
        if self.is_broken && checking.report.is_empty() {
            checking.report.add(UNUSABLE_CHARACTER, "届出に使えない文字を改めてください。");
        }
        if checking.report.is_empty() {
            let Self { bytes, records, number_places, .. } = self;
            Ok(Submission { file_name, bytes, count: records, number_places })
        } else {
            Err(checking.report.into_problems())
        }
    }

    fn append(&mut self, text: &str) {
        if text.is_ascii() {
            self.bytes.extend_from_slice(text.as_bytes());
            return;
        }
        self.is_broken |= append_shift_jis(text, &mut self.bytes).is_err();
    }

    fn end_line(&mut self) {
        self.bytes.extend_from_slice(b"\r\n");
        self.lines = self.lines.saturating_add(1);
    }
}

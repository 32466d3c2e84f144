//! 連記式: the joint files of Hello Work. Unlike `SHFD0006.CSV` they carry heading rows, and 元号 as two characters.

mod acquisition;
mod joint_file;
mod loss;
mod person;

pub(crate) use joint_file::JointFile;

pub use acquisition::{
    ContractTerm, EmploymentAcquisitionCause, EmploymentAcquisitionClass, EmploymentAcquisitionNotice, EmploymentForm,
    RecruitmentRoute, WageForm,
};
pub use loss::{EmploymentLossCause, EmploymentLossNotice};
pub use person::{ForeignWorker, WeeklyHours};

use kura_calendar::Date;
use kura_law::{Law, LawError};

use crate::checking::Checking;
use crate::field::Placeholders;
use crate::forms::Fill;
use crate::header::{DATA_MARK, MANAGEMENT_MARK, REPRESENTATIVE_FORM_CODE};
use crate::person::zip_parts;
use crate::problem::FilingProblem;
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::rule::PlacedRule;
use crate::submission::{FileWriter, Submission};
use crate::writer::RecordWriter;
use crate::{Office, Submitter};

/// 雇用保険の届出: the records of one procedure.
#[derive(Clone, Copy)]
pub enum HelloWorkNotices<'a> {
    /// 資格取得届, `10101-shutoku.csv`.
    Acquisition(&'a [EmploymentAcquisitionNotice]),
    /// 資格喪失届（離職票交付なし）, `10191-soshitsu.csv`.
    Loss(&'a [EmploymentLossNotice]),
}

/// Makes the 連記式 file of one procedure for one establishment.
///
/// `establishment_number` is the 雇用保険適用事業所番号, `1300-123456-7`. The layouts and the 連記式項目バージョン come from
/// one implementation of 2019-2020 (confidence SINGLE): have the first file of an office confirmed.
///
/// # Errors
/// What does not fit the layout, the first 1,000 of it; a missing layout.
pub fn hello_work_submission(
    law: &Law,
    office: &Office,
    establishment_number: &str,
    submitter: &Submitter,
    created_on: Date,
    notices: HelloWorkNotices<'_>,
) -> Result<Submission, Vec<FilingProblem>> {
    let mut checking = Checking::new(law, created_on, Placeholders::Taken);
    let mut file = FileWriter::default();
    let establishment = Establishment { office, number: establishment_number };
    if let Err(error) = write_file(establishment, submitter, created_on, notices, &mut file, &mut checking) {
        checking.report.at_file();
        checking.report.add_law(&error);
    }
    file.finish(notices.joint_file().name(), checking)
}

impl HelloWorkNotices<'_> {
    const fn joint_file(self) -> JointFile {
        match self {
            Self::Acquisition(_) => JointFile::Acquisition,
            Self::Loss(_) => JointFile::Loss,
        }
    }
}

/// 雇用保険の適用事業所.
#[derive(Clone, Copy)]
struct Establishment<'a> {
    office: &'a Office,
    number: &'a str,
}

/// Stands in the column 事業所番号, which is of another insurance.
const DUMMY_OFFICE_NUMBER: &str = "00001";
const MEDIA_TABLE: &str = "layout_hw_record_1_media";
const OFFICE_TABLE: &str = "layout_hw_record_6_office";
/// The headings of the row with the number of offices; no layout holds them.
const OFFICE_COUNT_HEADINGS: [&str; 2] = ["社会保険労務士氏名", "事業所情報数"];
/// The layout of that row itself is the one of 届書CSV.
const OFFICE_COUNT_TABLE: &str = "layout_record_3_office_count";

fn write_file(
    establishment: Establishment<'_>,
    submitter: &Submitter,
    created_on: Date,
    notices: HelloWorkNotices<'_>,
    file: &mut FileWriter,
    checking: &mut Checking<'_>,
) -> Result<(), LawError> {
    let layout = RecordLayout::with_headings(checking.law, MEDIA_TABLE)?;
    file.line(&layout.headings(), &layout);
    let mut writer = RecordWriter::new(&layout, false);
    writer.set("郡市区符号", &establishment.office.area_code);
    writer.set("事業所記号", &establishment.office.mark);
    writer.set("ＦＤ通番", submitter.media_number());
    writer.set("作成年月日", created_on.strftime("%Y%m%d"));
    writer.set("代表届書コード", REPRESENTATIVE_FORM_CODE);
    writer.set("連記式項目バージョン", notices.joint_file().item_version());
    writer.write_line(file, checking)?;
    file.mark(MANAGEMENT_MARK);

    let layout = RecordLayout::of_table(checking.law, OFFICE_COUNT_TABLE)?;
    file.line(&OFFICE_COUNT_HEADINGS, &layout);
    let mut writer = RecordWriter::new(&layout, false);
    if let Submitter::Sharoshi { name, .. } = submitter {
        writer.set("sharoshi_name", name);
    }
    writer.set("office_count", "001");
    writer.write_line(file, checking)?;

    let layout = RecordLayout::with_headings(checking.law, OFFICE_TABLE)?;
    file.line(&layout.headings(), &layout);
    let mut writer = RecordWriter::new(&layout, false);
    establishment.write(&mut writer);
    writer.write_line(file, checking)?;
    file.mark(DATA_MARK);

    let joint_file = notices.joint_file();
    let layout = RecordLayout::with_headings(checking.law, joint_file.layout_table())?;
    file.line(&layout.headings(), &layout);
    let required = joint_file.required(&layout)?;
    match notices {
        HelloWorkNotices::Acquisition(notices) => {
            write_records(establishment, &required, notices, &layout, file, checking)
        }
        HelloWorkNotices::Loss(notices) => write_records(establishment, &required, notices, &layout, file, checking),
    }
}

fn write_records(
    establishment: Establishment<'_>,
    required: &[PlacedRule],
    notices: &[impl Fill],
    layout: &RecordLayout,
    file: &mut FileWriter,
    checking: &mut Checking<'_>,
) -> Result<(), LawError> {
    let mut writer = RecordWriter::new(layout, false);
    for notice in notices {
        file.begin_record(checking);
        writer.clear();
        writer.three_parts(
            ["事業所番号（安定所番号）", "事業所番号（一連番号）", "事業所番号（CD）"],
            establishment.number,
        );
        let office_name = layout.position("事業所名").map_or("事業所名称", |_| "事業所名");
        writer.set(office_name, &establishment.office.name);
        match notice.fill(&mut writer, checking).and_then(|()| writer.finish()) {
            Ok(values) => {
                let record = Record::new(&values);
                layout.check(record, checking.placeholders, &mut checking.report);
                required.iter().for_each(|rule| rule.check(record, layout, &mut checking.report));
                file.line(&values, layout);
            }
            Err(error) => file.failed_line(&error, checking),
        }
        if checking.report.is_full() || file.is_too_large() {
            break;
        }
    }
    Ok(())
}

impl Establishment<'_> {
    fn write(self, writer: &mut RecordWriter<'_>) {
        let Self { office, number } = self;
        let (zip1, zip2) = zip_parts(&office.zip);
        writer.set("郡市区符号", &office.area_code);
        writer.set("事業所記号", &office.mark);
        writer.set("事業所番号", DUMMY_OFFICE_NUMBER);
        writer.set("親番号（郵便番号）", zip1);
        writer.set("子番号（郵便番号）", zip2);
        writer.set("事業所所在地", &office.address);
        writer.set("事業所名称", &office.name);
        writer.set("事業主氏名", &office.employer_name);
        writer.set("電話番号", office.tel.join("-"));
        writer.three_parts(
            [
                "雇用保険適用事業所番号（安定所番号）",
                "雇用保険適用事業所番号（一連番号）",
                "雇用保険適用事業所番号（CD）",
            ],
            number,
        );
    }
}

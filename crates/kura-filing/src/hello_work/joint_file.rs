use kura_law::LawError;

use super::{MEDIA_TABLE, OFFICE_COUNT_HEADINGS, OFFICE_COUNT_TABLE, OFFICE_TABLE, acquisition, loss};
use crate::check::{BROKEN_RECORD, check_mark, check_record, is_whole_line};
use crate::checking::Checking;
use crate::header::{DATA_MARK, MANAGEMENT_MARK};
use crate::line::{decode_line, lines};
use crate::record::Record;
use crate::record_layout::RecordLayout;
use crate::rule::PlacedRule;

/// 連記式: the file of one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JointFile {
    Acquisition,
    Loss,
}

impl JointFile {
    /// The file of that name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        [Self::Acquisition, Self::Loss].into_iter().find(|file| file.name() == name)
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Acquisition => "10101-shutoku.csv",
            Self::Loss => "10191-soshitsu.csv",
        }
    }

    pub(super) const fn layout_table(self) -> &'static str {
        match self {
            Self::Acquisition => "layout_hw_10101_shutoku",
            Self::Loss => "layout_hw_10191_soshitsu",
        }
    }

    /// 連記式項目バージョン of the layout.
    pub(super) const fn item_version(self) -> &'static str {
        match self {
            Self::Acquisition => "05",
            Self::Loss => "03",
        }
    }

    /// The layouts ask for nothing, but without these fields a notice says nothing.
    pub(super) fn required(self, layout: &RecordLayout) -> Result<Vec<PlacedRule>, LawError> {
        let fields = match self {
            Self::Acquisition => acquisition::REQUIRED,
            Self::Loss => loss::REQUIRED,
        };
        fields.iter().map(|field| PlacedRule::filled(layout, field)).collect()
    }

    /// Checks the lines of a file: each heading by its layout, each record by the rules by which it is written.
    pub(crate) fn check_lines(self, bytes: &[u8], checking: &mut Checking<'_>) -> Result<(), LawError> {
        let media = RecordLayout::with_headings(checking.law, MEDIA_TABLE)?;
        let count = RecordLayout::of_table(checking.law, OFFICE_COUNT_TABLE)?;
        let office = RecordLayout::with_headings(checking.law, OFFICE_TABLE)?;
        let data = RecordLayout::with_headings(checking.law, self.layout_table())?;
        let required = self.required(&data)?;
        let mut records = 0_usize;
        for (number, line) in (1..).zip(lines(bytes)) {
            checking.report.at_line(number);
            if !is_whole_line(&line, checking) {
                return Ok(());
            }
            let text = decode_line(line.bytes);
            let values: Vec<&str> = text.split(',').collect();
            match number {
                1 => check_headings(&values, &media.headings(), checking),
                2 => self.check_media(&values, &media, checking),
                3 => check_mark(&text, MANAGEMENT_MARK, checking),
                4 => check_headings(&values, &OFFICE_COUNT_HEADINGS, checking),
                5 => {
                    check_record(&values, &count, checking);
                }
                6 => check_headings(&values, &office.headings(), checking),
                7 => {
                    check_record(&values, &office, checking);
                }
                8 => check_mark(&text, DATA_MARK, checking),
                9 => check_headings(&values, &data.headings(), checking),
                _ => {
                    records = records.saturating_add(1);
                    checking.report.at_record(number, records);
                    if check_record(&values, &data, checking) {
                        required.iter().for_each(|rule| rule.check(Record::new(&values), &data, &mut checking.report));
                    }
                }
            }
            if checking.report.is_full() {
                return Ok(());
            }
        }
        if records == 0 {
            checking.report.at_file();
            checking.report.add("データレコードがありません", "1人以上の届出を入れてください。");
        }
        Ok(())
    }

    fn check_media(self, values: &[&str], layout: &RecordLayout, checking: &mut Checking<'_>) {
        let version = layout.position("連記式項目バージョン").map(|at| Record::new(values).at(at));
        if check_record(values, layout, checking) && version != Some(self.item_version()) {
            checking
                .report
                .add("「連記式項目バージョン」が違います", format!("{}にしてください。", self.item_version()));
        }
    }
}

fn check_headings(values: &[&str], headings: &[&str], checking: &mut Checking<'_>) {
    if values != headings {
        let remedy = format!("この行は見出し「{}」の行にしてください。", headings.join(","));
        checking.report.add(BROKEN_RECORD, remedy);
    }
}

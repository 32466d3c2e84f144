use kura_law::{Field, FieldKind, Law, LawError, Layout};

use crate::field::{FieldRule, Placeholders};
use crate::problem::Report;
use crate::record::Record;

/// The layout of a record, ready to be checked against and written by.
pub(crate) struct RecordLayout {
    pub(crate) table: String,
    pub(crate) fields: Vec<FieldRule>,
    /// 事業所番号, in the records that carry it.
    pub(crate) office_number: Option<usize>,
    names: Vec<String>,
    eras: Vec<EraPlace>,
}

/// A 元号 and what stands behind it.
#[derive(Clone, Copy)]
enum EraPlace {
    /// 年月日 in one field.
    Day(usize),
    /// 年 and 月 in two.
    Month(usize),
}

impl RecordLayout {
    pub(crate) fn of_table(law: &Law, table: &str) -> Result<Self, LawError> {
        Self::compile(law, law.layout(table)?, |field| &field.name)
    }

    /// A layout whose fields go by their headings (the 連記式 files).
    pub(crate) fn with_headings(law: &Law, table: &str) -> Result<Self, LawError> {
        Self::compile(law, law.layout(table)?, |field| &field.name_ja)
    }

    fn compile(law: &Law, layout: &Layout, name: impl Fn(&Field) -> &String) -> Result<Self, LawError> {
        let fields = layout.fields.iter().map(|field| FieldRule::compile(law, &layout.table, field));
        Ok(Self {
            table: layout.table.clone(),
            fields: fields.collect::<Result<_, _>>()?,
            office_number: layout.fields.iter().position(|field| field.name == "office_number"),
            names: layout.fields.iter().map(|field| name(field).clone()).collect(),
            eras: era_places(layout),
        })
    }

    /// 見出し: the names of the fields.
    pub(crate) fn headings(&self) -> Vec<&str> {
        self.fields.iter().map(|field| field.name_ja.as_str()).collect()
    }

    /// The position of a field by identifier.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.position_in_block("", name)
    }

    /// The same of an identifier in two parts (`dep1_`, `name_kana`).
    pub(crate) fn position_in_block(&self, block: &str, name: &str) -> Option<usize> {
        // The length rules out nearly all others.
        let length = block.len().saturating_add(name.len());
        self.names.iter().position(|other| other.len() == length && other.strip_prefix(block) == Some(name))
    }

    /// The position of a field a rule is about.
    ///
    /// # Errors
    /// The layout has no such field: the pack and this crate do not fit each other.
    pub(crate) fn require(&self, name: &str) -> Result<usize, LawError> {
        self.position(name).ok_or_else(|| self.missing(name))
    }

    /// The error for a field the layout does not have.
    pub(crate) fn missing(&self, name: &str) -> LawError {
        LawError::BadCell {
            file: self.table.clone(),
            row: 1,
            column: "name_en".to_owned(),
            reason: format!("項目 {name} がありません"),
        }
    }

    /// The rule of the field at a position.
    pub(crate) fn field(&self, position: usize) -> Option<&FieldRule> {
        self.fields.get(position)
    }

    /// The rule of the 年月日 that stands behind a 元号: the field a problem of the day is in.
    pub(crate) fn date_field(&self, era_position: usize) -> Option<&FieldRule> {
        self.field(era_position.saturating_add(1))
    }

    /// Checks every value by itself, and every 和暦.
    pub(crate) fn check(&self, record: Record<'_>, placeholders: Placeholders, report: &mut Report) {
        for (position, field) in self.fields.iter().enumerate() {
            field.check(record.at(position), placeholders, report);
        }
        for era in &self.eras {
            self.check_era(record, *era, report);
        }
    }

    fn check_era(&self, record: Record<'_>, era: EraPlace, report: &mut Report) {
        let (at, last, is_real) = match era {
            EraPlace::Day(at) => (at, at.saturating_add(1), record.date(at).is_some()),
            EraPlace::Month(at) => (at, at.saturating_add(2), record.month(at).is_some()),
        };
        let is_blank = !(at..=last).any(|part| record.is_filled(part));
        if is_real || is_blank {
            return;
        }
        let missing = (at..=last).filter(|part| !record.is_filled(*part)).filter_map(|part| self.field(part));
        // A required part that is missing has been named already, and so has a part that is no number or too short.
        missing.filter(|field| !field.is_required()).for_each(|field| field.report_missing(report));
        let is_well_formed = record.names_era(at)
            && (at..=last).all(|part| self.field(part).is_some_and(|field| field.takes_digits(record.at(part))));
        if is_well_formed && let Some(field) = self.date_field(at) {
            let message = format!("「{}」が実在しない年月日です", field.name_ja);
            report.add_in(field, message, "元号の期間と月の日数を確かめてください。");
        }
    }
}

fn era_places(layout: &Layout) -> Vec<EraPlace> {
    let kind = |at: usize| layout.fields.get(at).map(|field| field.kind);
    let place = |at: usize| match (kind(at)?, kind(at.saturating_add(1))?, kind(at.saturating_add(2))) {
        (FieldKind::Era, FieldKind::EraDate, _) => Some(EraPlace::Day(at)),
        (FieldKind::Era, FieldKind::Digits, Some(FieldKind::MonthOfYear)) => Some(EraPlace::Month(at)),
        _ => None,
    };
    (0..layout.fields.len()).filter_map(place).collect()
}

use std::fmt;

use kura_law::LawError;
use kura_text::TextProblem;

use crate::field::FieldRule;
use crate::submission::TOO_LARGE;

/// At most so many problems are named in one file, as the official checker does.
pub const PROBLEMS_MAX: usize = 1_000;

/// 届書の誤り: one thing the authority would refuse, with its place and what to do. It holds no personal value but the single
/// character that cannot stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingProblem {
    /// What the official checker says where its wording is known (総計不正, 最大桁数超過 ...), else our words, naming the field.
    pub message: String,
    /// Line of the file, from 1; `None` for the file as a whole.
    pub line: Option<usize>,
    /// データレコード, from 1: the person in the order given.
    pub record: Option<usize>,
    /// The field.
    pub field: Option<ProblemField>,
    /// Position of the character in the field, from 1.
    pub place: Option<usize>,
    /// The character.
    pub character: Option<char>,
    /// What may stand in its place, best first. A person chooses.
    pub proposals: Vec<String>,
    /// What exactly is wrong and what to do.
    pub remedy: String,
}

/// The field a problem is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemField {
    /// 項番.
    pub number: u16,
    /// 項目名.
    pub name_ja: String,
}

impl FilingProblem {
    pub(crate) fn of_file(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            line: None,
            record: None,
            field: None,
            place: None,
            character: None,
            proposals: Vec::new(),
            remedy: remedy.into(),
        }
    }

    pub(crate) fn of_law(error: &LawError) -> Self {
        Self::of_file(error.to_string(), error.remedy())
    }

    /// True when the file would reach [`FILE_BYTES_LIMIT`](crate::FILE_BYTES_LIMIT): the same records in two files may pass.
    pub fn is_too_large(&self) -> bool {
        self.message == TOO_LARGE
    }
}

/// 6行目（1人目）「被保険者氏名（漢字）」: 入力不可文字検出／無効文字検出 - and the remedy.
impl fmt::Display for FilingProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(formatter, "{line}行目")?;
        }
        if let Some(record) = self.record {
            write!(formatter, "（{record}人目）")?;
        }
        if let Some(field) = &self.field {
            write!(formatter, "「{}」", field.name_ja)?;
        }
        if self.line.is_some() || self.field.is_some() {
            formatter.write_str(": ")?;
        }
        write!(formatter, "{} {}", self.message, self.remedy)
    }
}

/// The problems found so far and the place the checker stands at.
#[derive(Default)]
pub(crate) struct Report {
    problems: Vec<FilingProblem>,
    line: Option<usize>,
    record: Option<usize>,
}

impl Report {
    /// What follows is about the file as a whole.
    pub(crate) fn at_file(&mut self) {
        (self.line, self.record) = (None, None);
    }

    /// What follows is about a line that is no data record.
    pub(crate) fn at_line(&mut self, line: usize) {
        (self.line, self.record) = (Some(line), None);
    }

    /// What follows is about a data record.
    pub(crate) fn at_record(&mut self, line: usize, record: usize) {
        (self.line, self.record) = (Some(line), Some(record));
    }

    /// A problem of the file or the line.
    pub(crate) fn add(&mut self, message: impl Into<String>, remedy: impl Into<String>) {
        self.push(FilingProblem::of_file(message, remedy));
    }

    /// A problem of a field.
    pub(crate) fn add_in(&mut self, field: &FieldRule, message: impl Into<String>, remedy: impl Into<String>) {
        self.push(FilingProblem { field: Some(field.for_problem()), ..FilingProblem::of_file(message, remedy) });
    }

    /// A problem of the text of a field.
    pub(crate) fn add_text(&mut self, field: &FieldRule, problem: &TextProblem) {
        let name = &field.name_ja;
        let message = match (problem.checker_message(), problem) {
            (Some(official), _) => official.to_owned(),
            (None, TextProblem::MixedKinds { .. }) => format!("「{name}」に文字の種類が混ざっています"),
            (None, TextProblem::RepeatedSpace { .. }) => format!("「{name}」でスペースが続いています"),
            (None, _) => format!("「{name}」の桁数が足りません"),
        };
        self.push(FilingProblem {
            field: Some(field.for_problem()),
            place: problem.place(),
            character: problem.character(),
            proposals: problem.proposals().to_vec(),
            ..FilingProblem::of_file(message, problem.to_string())
        });
    }

    /// The law pack has no figure the check needs.
    pub(crate) fn add_law(&mut self, error: &LawError) {
        self.push(FilingProblem::of_law(error));
    }

    /// No further problem is taken: the check stops.
    pub(crate) fn is_full(&self) -> bool {
        self.problems.len() >= PROBLEMS_MAX
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    pub(crate) fn into_problems(self) -> Vec<FilingProblem> {
        self.problems
    }

    fn push(&mut self, problem: FilingProblem) {
        if !self.is_full() {
            self.problems.push(FilingProblem { line: self.line, record: self.record, ..problem });
        }
    }
}

use std::fmt;

use kura_law::LawError;
use kura_text::TextProblem;

use crate::layout::Field;

/// At most so many problems are named in one file.
pub const PROBLEMS_MAX: usize = 1_000;

/// 振込データの誤り: one thing a bank would refuse, with its place and what to do. It holds no personal value but the single
/// character that cannot stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankProblem {
    /// What is wrong.
    pub message: String,
    /// Number of the record in the file, from 1; `None` for the file as a whole.
    pub record: Option<usize>,
    /// Which record it is.
    pub kind: Option<RecordKind>,
    /// 件目: the payment, from 1.
    pub payment: Option<usize>,
    /// 項目名.
    pub field: Option<String>,
    /// Position of the character in the field, from 1.
    pub place: Option<usize>,
    /// The character.
    pub character: Option<char>,
    /// What may stand in its place, best first. A person chooses.
    pub proposals: Vec<String>,
    /// What to do.
    pub remedy: String,
}

/// A record of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// ヘッダー・レコード (1).
    Header,
    /// データ・レコード (2).
    Data,
    /// トレーラ・レコード (8).
    Trailer,
    /// エンド・レコード (9).
    End,
}

impl RecordKind {
    /// データ区分.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Header => b'1',
            Self::Data => b'2',
            Self::Trailer => b'8',
            Self::End => b'9',
        }
    }

    pub(crate) fn of_code(code: u8) -> Option<Self> {
        [Self::Header, Self::Data, Self::Trailer, Self::End].into_iter().find(|kind| kind.code() == code)
    }

    /// ヘッダー, データ, トレーラー, エンド.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Header => "ヘッダー",
            Self::Data => "データ",
            Self::Trailer => "トレーラー",
            Self::End => "エンド",
        }
    }
}

impl BankProblem {
    fn new(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            record: None,
            kind: None,
            payment: None,
            field: None,
            place: None,
            character: None,
            proposals: Vec::new(),
            remedy: remedy.into(),
        }
    }
}

/// 3件目「受取人名」: what is wrong - and the remedy.
impl fmt::Display for BankProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.payment, self.kind, self.record) {
            (Some(payment), _, _) => write!(formatter, "{payment}件目")?,
            (None, Some(kind), _) => write!(formatter, "{}レコード", kind.japanese())?,
            (None, None, Some(record)) => write!(formatter, "{record}番目のレコード")?,
            (None, None, None) => {}
        }
        if let Some(field) = &self.field {
            write!(formatter, "「{field}」")?;
        }
        if self.record.is_some() || self.field.is_some() {
            formatter.write_str(": ")?;
        }
        write!(formatter, "{} {}", self.message, self.remedy)
    }
}

/// The problems found so far and the place the work stands at.
#[derive(Default)]
pub(crate) struct Report {
    problems: Vec<BankProblem>,
    record: Option<usize>,
    kind: Option<RecordKind>,
    payment: Option<usize>,
}

impl Report {
    pub(crate) fn at_file(&mut self) {
        (self.record, self.kind, self.payment) = (None, None, None);
    }

    /// What follows is about a record; `payment` is the number of a data record among its kind.
    pub(crate) fn at(&mut self, record: usize, kind: Option<RecordKind>, payment: Option<usize>) {
        (self.record, self.kind, self.payment) = (Some(record), kind, payment);
    }

    pub(crate) fn add(&mut self, message: impl Into<String>, remedy: impl Into<String>) {
        self.push(BankProblem::new(message, remedy));
    }

    pub(crate) fn add_in(&mut self, field: &Field, message: impl Into<String>, remedy: impl Into<String>) {
        self.push(BankProblem { field: Some(field.name_ja.clone()), ..BankProblem::new(message, remedy) });
    }

    /// A character that cannot stand at a place of a field.
    pub(crate) fn add_character(
        &mut self,
        field: &Field,
        (place, character): (usize, char),
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let problem = BankProblem::new(message, remedy);
        let field = Some(field.name_ja.clone());
        self.push(BankProblem { field, place: Some(place), character: Some(character), ..problem });
    }

    /// A problem of the text of a field.
    pub(crate) fn add_text(&mut self, field: &Field, problem: &TextProblem) {
        self.push(BankProblem {
            field: Some(field.name_ja.clone()),
            place: problem.place(),
            character: problem.character(),
            proposals: problem.proposals().to_vec(),
            ..BankProblem::new("振込データに使えない文字があります。", problem.to_string())
        });
    }

    pub(crate) fn add_law(&mut self, error: &LawError) {
        self.at_file();
        self.push(BankProblem::new(error.to_string(), error.remedy()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    pub(crate) fn is_full(&self) -> bool {
        self.problems.len() >= PROBLEMS_MAX
    }

    pub(crate) fn into_problems(self) -> Vec<BankProblem> {
        self.problems
    }

    fn push(&mut self, problem: BankProblem) {
        if !self.is_full() {
            let (record, kind, payment) = (self.record, self.kind, self.payment);
            self.problems.push(BankProblem { record, kind, payment, ..problem });
        }
    }
}

use std::fmt;

use serde::Serialize;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// お知らせ: read, and said how.
    Info,
    /// 注意: read, but look at it.
    Warning,
    /// 誤り: this cell, row or sheet was not read.
    Error,
}

impl Severity {
    /// お知らせ, 注意 or 誤り.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Info => "お知らせ",
            Self::Warning => "注意",
            Self::Error => "誤り",
        }
    }
}

/// 確認事項: something about a book, with its place and what to do. It never holds a personal value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The sheet; empty when the whole book is meant.
    pub sheet: String,
    /// The row as people see it (1 is the header); `None` when the whole sheet is meant.
    pub row: Option<u32>,
    /// The header of the column; `None` when the whole row is meant.
    pub column: Option<String>,
    /// How much it weighs.
    pub severity: Severity,
    /// Stable code in snake case, for programs.
    pub code: &'static str,
    /// What is the matter, one Japanese sentence.
    pub sentence: String,
    /// What to do about it.
    pub remedy: String,
}

/// `誤り 従業員 5行目「生年月日」: …。…`
impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.severity.japanese())?;
        if !self.sheet.is_empty() {
            write!(formatter, " {}", self.sheet)?;
        }
        if let Some(row) = self.row {
            write!(formatter, " {row}行目")?;
        }
        if let Some(column) = &self.column {
            write!(formatter, "「{column}」")?;
        }
        write!(formatter, ": {}{}", self.sentence, self.remedy)
    }
}

/// What is the matter, before it has a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) severity: Severity,
    pub(crate) code: &'static str,
    pub(crate) sentence: String,
    pub(crate) remedy: String,
}

impl Problem {
    pub(crate) fn error(code: &'static str, sentence: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, sentence: sentence.into(), remedy: remedy.into() }
    }

    pub(crate) fn warning(code: &'static str, sentence: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, sentence, remedy) }
    }

    pub(crate) fn info(code: &'static str, sentence: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Info, ..Self::error(code, sentence, remedy) }
    }

    /// About the book as a whole.
    pub(crate) fn of_book(self) -> Finding {
        self.at("", None, None)
    }

    pub(crate) fn at(self, sheet: &str, row: Option<u32>, column: Option<&str>) -> Finding {
        let Self { severity, code, sentence, remedy } = self;
        Finding { sheet: sheet.to_owned(), row, column: column.map(str::to_owned), severity, code, sentence, remedy }
    }
}

/// The findings of one reading, as many as people can use.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<Finding>,
    left_out: usize,
}

impl Findings {
    pub(crate) fn add(&mut self, finding: Finding) {
        if self.kept.len() < crate::limits::FINDINGS_MAX {
            self.kept.push(finding);
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }

    /// All findings; one more that counts the rest when there were too many.
    pub(crate) fn into_vec(mut self) -> Vec<Finding> {
        if self.left_out > 0 {
            let sentence = format!("確認事項が多いため、ほかに{}件を省きました。", self.left_out);
            self.kept.push(
                Problem::error("too_many_findings", sentence, "上の確認事項を直してから、もう一度読み込んでください。")
                    .of_book(),
            );
        }
        self.kept
    }
}

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::LawError;

/// How sure we are of a figure (確度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Confidence {
    /// 未確認: from memory.
    Memory,
    /// 復元: the count is known, the order is inferred.
    Reconstructed,
    /// 出典一つ: one source.
    Single,
    /// 計算で導出: computed from the rules beside it.
    Derived,
    /// 確認済: official text or two independent sources.
    Confirmed,
}

impl Confidence {
    /// Every mark, the least sure first.
    pub const ALL: [Self; 5] = [Self::Memory, Self::Reconstructed, Self::Single, Self::Derived, Self::Confirmed];

    /// The mark as it stands in the tables.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Memory => "MEMORY",
            Self::Reconstructed => "RECONSTRUCTED",
            Self::Single => "SINGLE",
            Self::Derived => "DERIVED",
            Self::Confirmed => "CONFIRMED",
        }
    }

    /// The word a Japanese reader sees.
    pub const fn japanese(self) -> &'static str {
        match self {
            Self::Memory => "未確認",
            Self::Reconstructed => "復元",
            Self::Single => "出典一つ",
            Self::Derived => "計算で導出",
            Self::Confirmed => "確認済",
        }
    }

    pub(crate) fn parse(mark: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|confidence| confidence.mark() == mark)
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.mark())
    }
}

/// Where a figure comes from: the table, the day it applies from, how sure we are, and the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Citation {
    /// The table's identifier, for example `health_premium_rates`.
    pub table: String,
    /// First day or month the figure applies, as the table spells it; empty when the start is not recorded.
    pub from: String,
    /// 確度.
    pub confidence: Confidence,
    /// 出典: law, article, official document or page.
    pub source: String,
}

/// A short handle of a [`Citation`] of one law pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CitationId(pub(crate) u32);

impl CitationId {
    /// Position in [`crate::Law::citations`].
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// A value with the place it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cited<T> {
    /// The figure.
    pub value: T,
    /// Its source.
    pub citation: CitationId,
}

/// Collects citations at load time.
#[derive(Debug, Default)]
pub(crate) struct CitationBook {
    pub(crate) citations: Vec<Citation>,
}

/// The citations of one table, each once.
pub(crate) struct TableCitations<'book, 'text> {
    citations: &'book mut Vec<Citation>,
    table: &'text str,
    known: HashMap<(&'text str, Confidence, &'text str), CitationId>,
    last: Option<((&'text str, Confidence, &'text str), CitationId)>,
}

impl CitationBook {
    pub(crate) fn table<'book, 'text>(&'book mut self, table: &'text str) -> TableCitations<'book, 'text> {
        TableCitations { citations: &mut self.citations, table, known: HashMap::new(), last: None }
    }
}

impl<'text> TableCitations<'_, 'text> {
    /// The handle of a citation. Rows of one source stand together, so the last one is looked at first.
    pub(crate) fn enter(
        &mut self,
        from: &'text str,
        confidence: Confidence,
        source: &'text str,
    ) -> Result<CitationId, LawError> {
        let wanted = (from, confidence, source);
        if let Some((_, id)) = self.last.filter(|(last, _)| *last == wanted) {
            return Ok(id);
        }
        let id = match self.known.get(&wanted) {
            Some(&id) => id,
            None => self.add(wanted)?,
        };
        self.last = Some((wanted, id));
        Ok(id)
    }

    fn add(&mut self, wanted: (&'text str, Confidence, &'text str)) -> Result<CitationId, LawError> {
        let (from, confidence, source) = wanted;
        let id = u32::try_from(self.citations.len()).map(CitationId);
        let id = id.map_err(|_| LawError::BadManifest { reason: "出典が多すぎます".to_owned() })?;
        self.citations.push(Citation {
            table: self.table.to_owned(),
            from: from.to_owned(),
            confidence,
            source: source.to_owned(),
        });
        self.known.insert(wanted, id);
        Ok(id)
    }
}

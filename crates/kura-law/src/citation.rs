use std::fmt;

use crate::LawError;

/// How sure we are of a figure (確度).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
        [Self::Memory, Self::Reconstructed, Self::Single, Self::Derived, Self::Confirmed]
            .into_iter()
            .find(|confidence| confidence.mark() == mark)
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.mark())
    }
}

/// Where a figure comes from: the table, the day it applies from, how sure we are, and the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

/// Collects citations at load time, each once.
#[derive(Debug, Default)]
pub(crate) struct CitationBook {
    pub(crate) citations: Vec<Citation>,
    index: std::collections::HashMap<Citation, u32>,
}

impl CitationBook {
    pub(crate) fn enter(&mut self, citation: Citation) -> Result<CitationId, LawError> {
        if let Some(&id) = self.index.get(&citation) {
            return Ok(CitationId(id));
        }
        let id = u32::try_from(self.citations.len())
            .map_err(|_| LawError::BadManifest { reason: "too many citations".to_owned() })?;
        self.citations.push(citation.clone());
        self.index.insert(citation, id);
        Ok(CitationId(id))
    }
}

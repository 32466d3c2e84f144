use kura_law::CitationId;

/// 出典の一覧: the figures an amount stands on, each once, in the order they were first used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citations(Vec<CitationId>);

impl Citations {
    /// No figure yet.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// One figure.
    pub fn one(citation: CitationId) -> Self {
        Self(vec![citation])
    }

    /// Names one more figure.
    pub fn add(&mut self, citation: CitationId) {
        if !self.0.contains(&citation) {
            self.0.push(citation);
        }
    }

    /// Names the figures of a partial result.
    pub fn add_all(&mut self, others: &Self) {
        others.iter().for_each(|citation| self.add(citation));
    }

    /// The figures in the order they were first used.
    pub fn iter(&self) -> impl Iterator<Item = CitationId> + '_ {
        self.0.iter().copied()
    }
}

impl IntoIterator for Citations {
    type Item = CitationId;
    type IntoIter = std::vec::IntoIter<CitationId>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

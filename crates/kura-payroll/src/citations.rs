use kura_law::CitationId;

/// How many figures stand in the list itself. Most amounts have fewer, and asking for a tax then costs no memory.
const WITHOUT_MEMORY: usize = 4;

/// 出典の一覧: the figures an amount stands on, each once, in the order they were first used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Citations {
    first: [Option<CitationId>; WITHOUT_MEMORY],
    more: Vec<CitationId>,
}

impl Citations {
    /// No figure yet.
    pub const fn none() -> Self {
        Self { first: [None; WITHOUT_MEMORY], more: Vec::new() }
    }

    /// One figure.
    pub fn one(citation: CitationId) -> Self {
        let mut citations = Self::none();
        citations.add(citation);
        citations
    }

    /// Names one more figure.
    pub fn add(&mut self, citation: CitationId) {
        for place in &mut self.first {
            match place {
                Some(known) if *known == citation => return,
                Some(_) => {}
                None => return *place = Some(citation),
            }
        }
        if !self.more.contains(&citation) {
            self.more.push(citation);
        }
    }

    /// Names the figures of a partial result.
    pub fn add_all(&mut self, others: &Self) {
        others.iter().for_each(|citation| self.add(citation));
    }

    /// The figures in the order they were first used.
    pub fn iter(&self) -> impl Iterator<Item = CitationId> + '_ {
        self.first.iter().flatten().chain(&self.more).copied()
    }
}

impl IntoIterator for Citations {
    type Item = CitationId;
    type IntoIter = std::iter::Chain<
        std::iter::Flatten<std::array::IntoIter<Option<CitationId>, WITHOUT_MEMORY>>,
        std::vec::IntoIter<CitationId>,
    >;

    fn into_iter(self) -> Self::IntoIter {
        self.first.into_iter().flatten().chain(self.more)
    }
}

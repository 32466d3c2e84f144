use kura_law::CitationId;

/// One sentence of an explanation, with the figure of law it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// A Japanese sentence: months, figures, rule. It may hold amounts of the person: never for a log.
    pub text: String,
    /// Where the figure or rule comes from.
    pub citation: Option<CitationId>,
}

/// Why a decision is as it is, sentence by sentence in the order of the reasoning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    steps: Vec<Step>,
}

impl Explanation {
    /// The sentences in order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The sentences, one a line.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.steps.iter().map(|step| step.text.as_str()).collect();
        lines.join("\n")
    }

    /// Where the figures come from, each once, in the order they were used.
    pub fn citations(&self) -> Vec<CitationId> {
        let mut all = Vec::new();
        for citation in self.steps.iter().filter_map(|step| step.citation) {
            if !all.contains(&citation) {
                all.push(citation);
            }
        }
        all
    }

    /// The sentences from the one after so many on.
    pub(crate) fn after(&self, sentences: usize) -> Self {
        Self { steps: self.steps.iter().skip(sentences).cloned().collect() }
    }

    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.steps.push(Step { text: text.into(), citation: None });
    }

    pub(crate) fn cite(&mut self, citation: CitationId, text: impl Into<String>) {
        self.steps.push(Step { text: text.into(), citation: Some(citation) });
    }
}

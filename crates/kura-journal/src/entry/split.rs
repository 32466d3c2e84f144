use super::{EntryDraft, LIST_MAX, Part};

impl EntryDraft {
    /// Brings the lists into order, each name once, and cuts a draft that names too many records or people into several, which share
    /// everything else and count their parts. One draft that fits comes back alone and without a part.
    #[must_use]
    pub fn split(mut self) -> Vec<Self> {
        self.subjects.sort_unstable();
        self.subjects.dedup();
        self.items.sort_unstable();
        self.items.dedup();
        self.records.sort_unstable();
        self.records.dedup();
        if self.subjects.len() <= LIST_MAX && self.records.len() <= LIST_MAX {
            return vec![self];
        }
        let subjects = std::mem::take(&mut self.subjects);
        let records = std::mem::take(&mut self.records);
        let mut subjects = subjects.chunks(LIST_MAX);
        let mut records = records.chunks(LIST_MAX);
        let of = u32::try_from(subjects.len().max(records.len())).unwrap_or(u32::MAX);
        (1..=of)
            .map(|number| Self {
                subjects: subjects.next().unwrap_or_default().to_vec(),
                records: records.next().unwrap_or_default().to_vec(),
                part: Some(Part { number, of }),
                ..self.clone()
            })
            .collect()
    }
}

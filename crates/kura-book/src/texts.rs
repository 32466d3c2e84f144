use std::collections::HashSet;

use kura_model::Text;

/// Words that come again and again in a book (codes, item names, rules) are kept once.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    known: HashSet<Text>,
}

impl Texts {
    /// The text, sharing its letters with an equal one seen before.
    pub(crate) fn keep(&mut self, text: &str) -> Text {
        const SHARED_BYTES_MAX: usize = 60;
        if text.len() > SHARED_BYTES_MAX {
            return Text::from(text);
        }
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let new = Text::from(text);
        self.known.insert(new.clone());
        new
    }
}

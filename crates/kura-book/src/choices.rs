use std::collections::HashMap;

use kura_model::ChoiceSchema;
use kura_text::fold_header;

use crate::finding::Problem;

/// Every spelling of every list of choices, folded; made once a reading.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    lists: HashMap<&'static str, HashMap<String, u16>>,
}

impl Spellings {
    /// The choice a cell means.
    pub(crate) fn find(&mut self, list: &'static ChoiceSchema, allowed: &[u16], text: &str) -> Result<u16, Problem> {
        let spellings = self.lists.entry(list.name).or_insert_with(|| spellings(list));
        let found = spellings.get(text).or_else(|| spellings.get(&folded(text))).copied();
        found.filter(|at| allowed.contains(at)).ok_or_else(|| not_a_choice(list, allowed))
    }

    /// True when `なし` is one of the choices and so does not clear.
    pub(crate) fn has(&mut self, list: &'static ChoiceSchema, allowed: &[u16], text: &str) -> bool {
        self.find(list, allowed, text).is_ok()
    }
}

fn spellings(list: &'static ChoiceSchema) -> HashMap<String, u16> {
    let mut spellings = HashMap::new();
    for (at, value) in (0..).zip(list.values) {
        for spelling in [value.japanese, value.identifier].into_iter().chain(value.also.iter().copied()) {
            spellings.entry(folded(spelling)).or_insert(at);
        }
        spellings.insert(value.japanese.to_owned(), at);
    }
    spellings
}

/// As headers are folded; besides, ヶ and ヵ are か, and the middle dots are one.
fn folded(text: &str) -> String {
    let fold = |character: char| match character {
        'ヶ' | 'ヵ' | 'ケ' => 'か',
        '･' => '・',
        '○' | '◯' | '〇' => '○',
        other => other.to_ascii_lowercase(),
    };
    fold_header(text).chars().map(fold).collect()
}

fn not_a_choice(list: &'static ChoiceSchema, allowed: &[u16]) -> Problem {
    const SHOWN_MAX: usize = 12;
    let words: Vec<&str> =
        allowed.iter().filter_map(|at| list.values.get(usize::from(*at))).map(|value| value.japanese).collect();
    let mut shown: String = words.iter().take(SHOWN_MAX).map(|word| format!("「{word}」")).collect();
    if words.len() > SHOWN_MAX {
        shown.push_str("など");
    }
    Problem::error("not_a_choice", "選べる値ではありません。", format!("次のどれかを入れてください: {shown}。"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kura_model::{Book, Kind};

    #[test]
    fn no_spelling_means_two_choices() {
        for column in Book::SHEETS.iter().flat_map(|sheet| sheet.columns) {
            let Kind::Choice(list, _) = column.kind else { continue };
            let mut seen = HashMap::new();
            for (at, value) in list.values.iter().enumerate() {
                for spelling in [value.japanese, value.identifier].into_iter().chain(value.also.iter().copied()) {
                    let before = seen.insert(folded(spelling), at);
                    assert!(before.is_none_or(|before| before == at), "{}: {spelling}", list.name);
                }
            }
        }
    }
}

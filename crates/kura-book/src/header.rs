use std::collections::HashMap;

use kura_model::{SheetSchema, Text};
use kura_text::fold_header;

use crate::finding::Problem;
use crate::texts::Texts;

/// Marks the header of a custom field.
const CUSTOM: &str = "任意:";

/// What a column of a file is.
#[derive(Debug, Clone)]
pub(crate) enum Target {
    /// The column of the schema at that place.
    Column(usize),
    /// A custom field of that name.
    Custom(Text),
}

/// What each column of a file is, by its place in the file.
#[derive(Debug, Default)]
pub(crate) struct Header {
    targets: Vec<Option<Target>>,
    known: usize,
}

impl Header {
    /// Recognises the headers of a row. Problems come with the header they are about.
    pub(crate) fn of(
        schema: &SheetSchema,
        cells: &[(u32, String)],
        texts: &mut Texts,
    ) -> (Self, Vec<(Option<String>, Problem)>) {
        let names = names(schema);
        let mut header = Self::default();
        let mut problems = Vec::new();
        let mut strangers = Vec::new();
        for (place, typed) in cells {
            let folded = fold_header(typed);
            let target = match (names.get(&folded), custom_name(typed)) {
                (Some(at), _) => Target::Column(*at),
                (None, Some(name)) => Target::Custom(texts.keep(name)),
                (None, None) => {
                    if !folded.is_empty() {
                        strangers.push((*place, typed));
                    }
                    continue;
                }
            };
            if header.has(&target) {
                problems.push((Some(typed.clone()), twice()));
            } else {
                header.set(*place, target);
            }
        }
        let trusted = header.known > 0 && strangers.len() <= header.known;
        problems.extend(strangers.into_iter().map(|(place, typed)| stranger(place, typed, trusted)));
        (header, problems)
    }

    /// How many columns were recognised.
    pub(crate) const fn known(&self) -> usize {
        self.known
    }

    /// What the column at a place of the file is.
    pub(crate) fn target(&self, place: u32) -> Option<&Target> {
        usize::try_from(place).ok().and_then(|place| self.targets.get(place)).and_then(Option::as_ref)
    }

    /// True when the file has the column of the schema.
    pub(crate) fn has_column(&self, at: usize) -> bool {
        self.has(&Target::Column(at))
    }

    fn has(&self, wanted: &Target) -> bool {
        self.targets.iter().flatten().any(|target| match (target, wanted) {
            (Target::Column(one), Target::Column(other)) => one == other,
            (Target::Custom(one), Target::Custom(other)) => one == other,
            _ => false,
        })
    }

    fn set(&mut self, place: u32, target: Target) {
        let Ok(place) = usize::try_from(place) else { return };
        if matches!(target, Target::Column(_)) {
            self.known = self.known.saturating_add(1);
        }
        if self.targets.len() <= place {
            self.targets.resize(place.saturating_add(1), None);
        }
        if let Some(slot) = self.targets.get_mut(place) {
            *slot = Some(target);
        }
    }
}

/// The letters a spreadsheet names a column with: 0 is A, 26 is AA.
pub(crate) fn column_letters(place: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(place).saturating_add(1);
    while rest > 0 {
        rest = rest.saturating_sub(1);
        let letter = u8::try_from(rest % 26).unwrap_or(0);
        letters.push(char::from(b'A'.saturating_add(letter)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Every spelling of every header of a sheet, folded.
fn names(schema: &SheetSchema) -> HashMap<String, usize> {
    let mut names = HashMap::new();
    for (at, column) in schema.columns.iter().enumerate() {
        names.insert(fold_header(column.header), at);
        names.insert(column.identifier.to_owned(), at);
    }
    for (at, column) in schema.columns.iter().enumerate() {
        for also in column.also {
            names.entry(fold_header(also)).or_insert(at);
        }
    }
    names
}

fn custom_name(typed: &str) -> Option<&str> {
    let typed = typed.trim();
    let name = typed.strip_prefix(CUSTOM).or_else(|| typed.strip_prefix("任意："))?.trim();
    (!name.is_empty()).then_some(name)
}

fn twice() -> Problem {
    Problem::warning("column_twice", "同じ列が二度あります。左の列だけを読みました。", "片方を消してください。")
}

/// The header is named only where the row is surely a header row: else it may be somebody's name.
fn stranger(place: u32, typed: &str, trusted: bool) -> (Option<String>, Problem) {
    const SHOWN_MAX: usize = 40;
    let name =
        if trusted { typed.trim().chars().take(SHOWN_MAX).collect() } else { format!("{}列", column_letters(place)) };
    let problem = Problem::warning(
        "unknown_column",
        "知らない見出しの列です。読みませんでした。",
        "見出しを直してください。式で使う独自の列は、見出しを「任意:」で始めてください。",
    );
    (Some(name), problem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kura_model::Book;

    #[test]
    fn no_header_means_two_columns_of_a_sheet() {
        for schema in Book::SHEETS {
            let mut seen: HashMap<String, usize> = HashMap::new();
            for (at, column) in schema.columns.iter().enumerate() {
                for spelling in [column.header, column.identifier].into_iter().chain(column.also.iter().copied()) {
                    let before = seen.insert(fold_header(spelling), at);
                    assert!(before.is_none_or(|before| before == at), "{}: {spelling}", schema.header);
                }
            }
        }
    }

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        for (place, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(place), letters);
        }
    }
}

//! The built-in pack with some of its files altered.

use kura_calendar::{Date, parse_iso_date};
use kura_law::{Law, LawError};

/// The text of a file of the built-in pack.
pub(crate) fn text_of(file: &str) -> &'static str {
    let found = Law::embedded_files().iter().find(|(name, _)| *name == file);
    found.unwrap_or_else(|| panic!("{file} is in the pack")).1
}

/// Reads the built-in pack with other texts for some files.
pub(crate) fn with_files(altered: &[(&str, &str)]) -> Result<Law, LawError> {
    Law::load(&|name| {
        let altered = altered.iter().find(|(file, _)| *file == name).map(|(_, text)| *text);
        altered.or_else(|| Law::embedded_files().iter().find(|(file, _)| *file == name).map(|(_, text)| *text))
    })
}

/// Reads the built-in pack with one place of one file replaced; the place must stand there.
pub(crate) fn with_change(file: &str, from: &str, to: &str) -> Result<Law, LawError> {
    let text = text_of(file);
    assert!(text.contains(from), "{from} stands in {file}");
    with_files(&[(file, &text.replacen(from, to, 1))])
}

pub(crate) fn date(iso: &str) -> Date {
    parse_iso_date(iso).unwrap()
}

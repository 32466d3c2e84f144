//! Every error the engine can say has an example: each variant of its error enums stands in a test of its crate, by its name or by the longest
//! piece of its sentence that holds no value. That the test *raises* it, no text can tell: that is for review. Variants that only pass on
//! what another error says are not asked for.

use super::Finding;
use crate::house::House;
use crate::manifest::Manifest;

/// The crates that decide yen and say why they cannot.
const ENGINE: [&str; 2] = ["kura-insurance", "kura-payroll"];

pub(super) fn check(house: &House, rooms: &[Manifest]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for room in rooms.iter().filter(|room| ENGINE.contains(&room.name.as_str())) {
        let rust_of = |part: &str| {
            let folder = format!("{}/{part}/", room.folder());
            house.files.iter().filter(move |file| file.path.starts_with(&folder) && file.path.ends_with(".rs"))
        };
        let tests: String = rust_of("tests").filter_map(|file| file.text()).collect();
        for file in rust_of("src") {
            let without = variants(file.text().unwrap_or_default()).filter(|variant| !variant.stands_in(&tests));
            findings.extend(without.map(|variant| {
                let sentence = format!("no test raises {}: write an example of it", variant.name);
                Finding::new(file.path.clone(), sentence)
            }));
        }
    }
    findings
}

/// One variant with a sentence of its own.
struct Variant {
    /// `PayError::Unknown`.
    name: String,
    /// The longest piece of its sentence.
    words: String,
}

impl Variant {
    fn stands_in(&self, tests: &str) -> bool {
        let goes_on = |rest: &str| rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
        tests.contains(&self.words) || tests.split(&self.name).skip(1).any(|rest| !goes_on(rest))
    }
}

/// The variants of the enums of a file that have an `#[error("...")]`.
fn variants(text: &str) -> impl Iterator<Item = Variant> {
    text.match_indices("#[error(").filter_map(|(at, attribute)| {
        let (before, after) = (text.get(..at)?, text.get(at..)?.strip_prefix(attribute)?);
        let (arguments, rest) = after.split_once(")]\n")?;
        let (enumeration, variant) = (before.rsplit_once("enum ")?.1, first_word(rest.trim_start()));
        let sentence = arguments.split('"').nth(1)?;
        let words = sentence.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, words)| words));
        let words = words.max_by_key(|words| words.len()).filter(|words| !words.is_empty())?;
        let name = format!("{}::{variant}", first_word(enumeration));
        (variant != "pub").then(|| Variant { name, words: words.to_owned() })
    })
}

fn first_word(text: &str) -> &str {
    text.split(|character: char| !character.is_alphanumeric() && character != '_').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERRORS: &str = r#"
pub enum PayError {
    /// Empty.
    #[error("「{what}」が空欄です。")]
    Unknown { what: String },
    #[error("{}の賃金が分かりません。", days(.from))]
    Missing { from: Date },
    #[error(transparent)]
    Law(#[from] LawError),
    #[error("{0}{remedy}", remedy = .0.remedy())]
    Number(YenError),
}
#[error("合いません。")]
pub struct Unbalanced;
"#;

    fn without(tests: &str) -> Vec<String> {
        let house = House::invented(&[
            ("crates/kura-payroll/Cargo.toml", "[package]\nname = \"kura-payroll\""),
            ("crates/kura-payroll/src/error.rs", ERRORS),
            ("crates/kura-payroll/tests/pay.rs", tests),
            ("crates/kura-book/Cargo.toml", "[package]\nname = \"kura-book\""),
            ("crates/kura-book/src/error.rs", ERRORS),
        ]);
        check(&house, &house.rooms().unwrap()).into_iter().map(|finding| finding.to_string()).collect()
    }

    #[test]
    fn a_variant_is_missed_until_its_name_or_its_sentence_stands_in_a_test() {
        let missed =
            |name: &str| format!("crates/kura-payroll/src/error.rs: no test raises {name}: write an example of it");
        let (unknown, missing) = (missed("PayError::Unknown"), missed("PayError::Missing"));
        assert_eq!(without(""), [unknown.clone(), missing.clone()]);
        assert_eq!(without("PayError::UnknownOfFamily"), [unknown.clone(), missing.clone()]);
        assert_eq!(without("PayError::Unknown { what }"), [missing]);
        assert_eq!(without("\"6月の賃金が分かりません。\""), [unknown]);
        assert!(without("PayError::Unknown, \"の賃金が分かりません。\"").is_empty());
    }
}

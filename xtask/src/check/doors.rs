//! Stored data has one door: only the desk turns sealed records into words. The vault opens what it sealed itself, and no other crate takes
//! a key in hand, outside its tests.

use super::Finding;
use crate::house::House;
use crate::manifest::Manifest;

/// Who may: the crate itself, the desk, and the vault with its own keys.
const DOORS: [&str; 3] = ["kura-seal", "kura-desk", "kura-vault"];
/// What opens, as it is imported from kura-seal.
const OPENERS: [&str; 5] = ["open", "open_with", "open_entry", "UnitKey", "UnitKeys"];
/// What gives the key that opens, by its own name.
const UNWRAPPERS: [&str; 2] = ["unwrap_unit_key", "unwrap_unit_keys"];

pub(super) fn check(house: &House, rooms: &[Manifest]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for room in rooms.iter().filter(|room| !DOORS.contains(&room.name.as_str())) {
        let source = format!("{}/src/", room.folder());
        for file in house.files.iter().filter(|file| file.path.starts_with(&source) && file.path.ends_with(".rs")) {
            if let Some(name) = opened_by(file.text().unwrap_or_default()) {
                let sentence =
                    format!("only kura-desk opens sealed records: {name} of kura-seal is not for this crate");
                findings.push(Finding::new(file.path.clone(), sentence));
            }
        }
    }
    findings
}

/// The first name in the program's lines that opens a record or gives a key that does.
fn opened_by(text: &str) -> Option<&'static str> {
    let program: Vec<&str> = text.lines().take_while(|line| line.trim() != "#[cfg(test)]").collect();
    let code: Vec<&str> = program.into_iter().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let imported = code.split("kura_seal::").skip(1).find_map(|rest| {
        let names = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default(),
            None => words(rest).next().unwrap_or_default(),
        };
        OPENERS.into_iter().find(|opener| words(names).any(|word| word == *opener))
    });
    imported.or_else(|| UNWRAPPERS.into_iter().find(|name| words(&code).any(|word| word == *name)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opening_is_found_in_each_of_its_spellings() {
        for (text, expected) in [
            ("use kura_seal::{\n    DataKey, Place,\n    open,\n};", Some("open")),
            ("let body = kura_seal::open_entry(&key, office, 1, bytes);", Some("open_entry")),
            ("use kura_seal::UnitKeys;", Some("UnitKeys")),
            ("let key = lease.key.unwrap_unit_key(office, unit, row)?;", Some("unwrap_unit_key")),
            ("use kura_seal::{DataKey, RecoveryKey};", None),
            ("// kura_seal::open stands in a comment", None),
            ("use kura_seal::DataKey;\n#[cfg(test)]\nmod tests { use kura_seal::open; }", None),
            ("fn open() { file.open() }", None),
        ] {
            assert_eq!(opened_by(text), expected, "{text}");
        }
    }

    #[test]
    fn the_desk_may_and_others_may_not() {
        let opens = "use kura_seal::open;";
        let house = House::invented(&[
            ("crates/kura/Cargo.toml", "[package]\nname = \"kura\""),
            ("crates/kura/src/main.rs", opens),
            ("crates/kura/tests/it.rs", opens),
            ("crates/kura-desk/Cargo.toml", "[package]\nname = \"kura-desk\""),
            ("crates/kura-desk/src/lib.rs", opens),
        ]);
        let places: Vec<_> = check(&house, &house.rooms().unwrap()).into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, ["crates/kura/src/main.rs"]);
    }
}

//! Invariant 1: the lower floors do no I/O and read no clock, no random, no environment. clippy.toml forbids the calls it
//! can name; this check forbids the modules they live in.

use super::Finding;
use crate::floors::{Floors, PURE_FLOORS};
use crate::house::House;
use crate::manifest::Manifest;

/// Modules of `std` that reach out of the program.
const MODULES: [&str; 4] = ["fs", "net", "env", "process"];
/// Names that reach out wherever they are imported from.
const NAMES: [&str; 8] = [
    "SystemTime",
    "Instant",
    "Zoned::now",
    "Timestamp::now",
    "io::stdin",
    "io::stdout",
    "thread::sleep",
    "RandomState",
];

pub(super) fn check(house: &House, floors: &Floors, rooms: &[Manifest]) -> Vec<Finding> {
    let pure = |room: &&Manifest| floors.place(&room.name).is_some_and(|place| is_pure(&place.floor));
    let mut findings = Vec::new();
    for room in rooms.iter().filter(pure) {
        let source = format!("{}/src/", room.folder());
        for file in house.files.iter().filter(|file| file.path.starts_with(&source) && file.path.ends_with(".rs")) {
            findings.extend(reaches_out(&file.path, file.text().unwrap_or_default()));
        }
    }
    findings
}

fn is_pure(floor: &str) -> bool {
    PURE_FLOORS.contains(&floor)
}

/// Findings of the program's lines; the tests at the end of a file may do what they need.
fn reaches_out(path: &str, text: &str) -> Vec<Finding> {
    let program = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    let code = program.enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    code.filter_map(|(number, line)| {
        let place = format!("{path}:{}", number.saturating_add(1));
        let name = reached(line)?;
        Some(Finding::new(place, format!("a lower floor may not use {name}: it comes in as an argument (invariant 1)")))
    })
    .collect()
}

fn reached(line: &str) -> Option<&'static str> {
    let module = MODULES.into_iter().find(|module| {
        let direct = line.split("std::").skip(1).any(|rest| first_word(rest) == *module);
        let grouped = line.split_once("std::{").is_some_and(|(_, group)| words(group).any(|word| word == *module));
        direct || grouped
    });
    module.or_else(|| NAMES.into_iter().find(|name| contains_path(line, name)))
}

/// Whether `path` stands in the line as whole words.
fn contains_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let after = line.get(start.saturating_add(path.len())..).and_then(|text| text.chars().next());
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| !is_word(character)).filter(|word| !word.is_empty())
}

fn first_word(text: &str) -> &str {
    text.split(|character| !is_word(character)).next().unwrap_or_default()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reaching_out_is_found_in_each_of_its_spellings() {
        let cases = [
            ("let text = std::fs::read_to_string(path);", Some("fs")),
            ("use std::{collections::BTreeMap, env};", Some("env")),
            ("use std::process::Command;", Some("process")),
            ("let now = jiff::Zoned::now();", Some("Zoned::now")),
            ("    SystemTime::now()", Some("SystemTime")),
            ("use std::fmt;", None),
            ("let instants = InstantPayment::new();", None),
            ("include!(concat!(env!(\"OUT_DIR\"), \"/law_files.rs\"));", None),
        ];
        for (line, expected) in cases {
            assert_eq!(reached(line), expected, "{line}");
        }
    }

    #[test]
    fn only_lower_floors_and_only_the_program_are_bound() {
        let floors = Floors::parse("```floors\nuse kura\nfacts kura-yen\n```").unwrap();
        let reads = "use std::fs;\n// std::env in a comment\n#[cfg(test)]\nmod tests { use std::env; }";
        let house = House::invented(&[
            ("crates/kura/Cargo.toml", "[package]\nname = \"kura\""),
            ("crates/kura/src/main.rs", reads),
            ("crates/kura-yen/Cargo.toml", "[package]\nname = \"kura-yen\""),
            ("crates/kura-yen/src/lib.rs", reads),
            ("crates/kura-yen/build.rs", reads),
        ]);
        let places: Vec<_> =
            check(&house, &floors, &house.rooms().unwrap()).into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, ["crates/kura-yen/src/lib.rs:1"]);
    }
}

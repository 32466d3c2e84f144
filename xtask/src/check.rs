//! `cargo xtask check-house`: the rules of the house that no compiler knows. Each check is a function from the tree to
//! findings, and each has a test in which it fails.

mod arrows;
mod doors;
mod examples;
mod papers;
mod purity;
mod rooms;
mod tracked_text;

use std::fmt;

use crate::floors::{Floors, PLAN};
use crate::house::House;

/// One broken rule: where, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    place: String,
    sentence: String,
}

impl Finding {
    fn new(place: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { place: place.into(), sentence: sentence.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.sentence)
    }
}

/// Reads the tree, prints every finding, and fails when there is one.
pub(crate) fn run() -> Result<(), String> {
    let house = House::read()?;
    let findings = findings(&house)?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => {
            println!("the house is in order ({} files)", house.files.len());
            Ok(())
        }
        count => Err(format!("{count} rule(s) of the house are broken")),
    }
}

fn findings(house: &House) -> Result<Vec<Finding>, String> {
    let floors = Floors::parse(house.text(PLAN).unwrap_or_default())?;
    let manifests = house.manifests()?;
    let room_manifests = house.rooms()?;
    let mut findings = rooms::check(house, &room_manifests);
    findings.extend(arrows::check(&floors, &room_manifests));
    findings.extend(doors::check(house, &room_manifests));
    findings.extend(examples::check(house, &room_manifests));
    findings.extend(papers::check(house, &manifests));
    findings.extend(purity::check(house, &floors, &room_manifests));
    findings.extend(tracked_text::check(house));
    Ok(findings)
}

//! Every crate is a room with a page, a line in the index, a section in the plan, and the lints of the house.

use super::Finding;
use crate::floors::PLAN;
use crate::house::House;
use crate::manifest::Manifest;

const INDEX: &str = "crates/README.md";
const PARAGRAPH: &str = "Must never know";

pub(super) fn check(house: &House, rooms: &[Manifest]) -> Vec<Finding> {
    let index = house.text(INDEX).unwrap_or_default();
    let plan = house.text(PLAN).unwrap_or_default();
    let mut findings = Vec::new();
    for room in rooms {
        let page = format!("{}/README.md", room.folder());
        match house.text(&page) {
            None => findings.push(Finding::new(&page, "the crate has no page")),
            Some(text) if !text.contains(PARAGRAPH) => {
                findings.push(Finding::new(&page, format!("the page has no paragraph \"{PARAGRAPH}\"")));
            }
            Some(_) => {}
        }
        if !index.lines().any(|line| line.contains(&format!("[{}]", room.name))) {
            findings.push(Finding::new(INDEX, format!("no line for [{}]", room.name)));
        }
        if !plan.lines().any(|line| line.starts_with('#') && names(line, &room.name)) {
            findings.push(Finding::new(PLAN, format!("no section for {}", room.name)));
        }
        if !room.takes_house_lints {
            findings.push(Finding::new(&room.path, "add [lints] workspace = true"));
        }
    }
    findings
}

/// Whether the heading names exactly this crate: `kura` is not named by `kura-yen`.
fn names(heading: &str, name: &str) -> bool {
    heading.split(|character: char| !(character.is_ascii_alphanumeric() || character == '-')).any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[package]\nname = \"kura-yen\"\n[lints]\nworkspace = true\n";
    const GOOD: [(&str, &str); 4] = [
        ("crates/kura-yen/Cargo.toml", MANIFEST),
        ("crates/kura-yen/README.md", "# kura-yen\n**Must never know**: people."),
        ("crates/README.md", "- [kura-yen](kura-yen/README.md): yen"),
        ("ARCHITECTURE.md", "### kura-yen\n"),
    ];

    fn findings_with(path: &str, text: &str) -> Vec<Finding> {
        let mut files = GOOD.to_vec();
        files.retain(|(name, _)| *name != path);
        files.push((path, text));
        let house = House::invented(&files);
        check(&house, &house.rooms().unwrap())
    }

    #[test]
    fn a_room_in_order_has_no_finding() {
        let house = House::invented(&GOOD);
        assert_eq!(check(&house, &house.rooms().unwrap()), []);
    }

    #[test]
    fn every_missing_paper_is_found() {
        let cases = [
            ("crates/kura-yen/README.md", "# kura-yen", "the page has no paragraph \"Must never know\""),
            ("crates/README.md", "- [kura-text](kura-text/README.md)", "no line for [kura-yen]"),
            ("ARCHITECTURE.md", "### kura-yen-like\nkura-yen", "no section for kura-yen"),
            ("crates/kura-yen/Cargo.toml", "[package]\nname = \"kura-yen\"\n", "add [lints] workspace = true"),
        ];
        for (path, text, sentence) in cases {
            assert_eq!(findings_with(path, text), [Finding::new(path, sentence)]);
        }
    }

    #[test]
    fn a_room_without_a_page_is_found() {
        let house = House::invented(&[GOOD[0], GOOD[2], GOOD[3]]);
        let expected = [Finding::new("crates/kura-yen/README.md", "the crate has no page")];
        assert_eq!(check(&house, &house.rooms().unwrap()), expected);
    }
}

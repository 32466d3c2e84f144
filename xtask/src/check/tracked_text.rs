//! What no file of the tree may hold: paths of a machine, hosts of package registries, silenced tests, halls for rooms.

use super::Finding;
use crate::house::{House, TreeFile};

/// A room is about 400 lines; at twice that it must be two.
const RUST_LINES_MAX: usize = 800;

/// Texts that no tracked file holds, with the reason. Put together here so that this file does not hold them itself.
const FORBIDDEN: [(&str, &str); 6] = [
    (concat!("/wo", "rk/"), "a path of one machine"),
    (concat!("crates", ".io"), "the host of a package registry; ordinary clients know it"),
    (concat!("py", "pi.org"), "the host of a package registry; ordinary clients know it"),
    (concat!("npm", "js.org"), "the host of a package registry; ordinary clients know it"),
    (concat!("deb.", "debian.org"), "the host of a package registry; ordinary clients know it"),
    (concat!("#[ig", "nore"), "a skipped test is no test"),
];

/// Cargo writes the registry into its lock file itself.
const WRITTEN_BY_TOOLS: [&str; 1] = ["Cargo.lock"];

pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in house.files.iter().filter(|file| !WRITTEN_BY_TOOLS.contains(&file.path.as_str())) {
        findings.extend(forbidden(file));
        findings.extend(too_long(file));
    }
    findings
}

fn forbidden(file: &TreeFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in file.bytes.split(|&byte| byte == b'\n').enumerate() {
        for (text, reason) in FORBIDDEN {
            if line.windows(text.len()).any(|window| window == text.as_bytes()) {
                let place = format!("{}:{}", file.path, number.saturating_add(1));
                findings.push(Finding::new(place, format!("take out {text}: {reason}")));
            }
        }
    }
    findings
}

fn too_long(file: &TreeFile) -> Option<Finding> {
    let lines = file.path.ends_with(".rs").then(|| file.text())??.lines().count();
    let sentence = format!("{lines} lines; over {RUST_LINES_MAX} it must become two rooms, split by meaning");
    (lines > RUST_LINES_MAX).then(|| Finding::new(&file.path, sentence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_forbidden_text_is_found_with_its_line() {
        for (text, _) in FORBIDDEN {
            let house = House::invented(&[("docs/a.md", &format!("first line\nsee {text}x")), ("Cargo.lock", text)]);
            let places: Vec<_> = check(&house).into_iter().map(|finding| finding.place).collect();
            assert_eq!(places, ["docs/a.md:2"], "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_searched_as_well() {
        let mut house = House::invented(&[("a.csv", "")]);
        house.files[0].bytes = [&[0x93, 0xfa, b' '], FORBIDDEN[0].0.as_bytes()].concat();
        assert_eq!(check(&house).len(), 1);
    }

    #[test]
    fn a_hall_is_found_and_a_full_room_is_not() {
        let (room, hall) = ("x\n".repeat(RUST_LINES_MAX), "x\n".repeat(RUST_LINES_MAX + 1));
        let house = House::invented(&[("room.rs", &room), ("hall.rs", &hall), ("table.csv", &hall)]);
        let places: Vec<_> = check(&house).into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, ["hall.rs"]);
    }
}

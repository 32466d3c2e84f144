//! Arrows between rooms point down only, and the plan names every room exactly once. An arrow is what a program is built
//! from; tests may borrow from above (the calendar's read the holidays of the law).

use super::Finding;
use crate::floors::{Floors, PLAN};
use crate::manifest::Manifest;

pub(super) fn check(floors: &Floors, rooms: &[Manifest]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for room in rooms {
        match floors.0.iter().filter(|place| place.room == room.name).count() {
            1 => findings.extend(upward_arrows(floors, room)),
            0 => findings.push(Finding::new(PLAN, format!("the plan of the floors does not name {}", room.name))),
            _ => findings.push(Finding::new(PLAN, format!("the plan of the floors names {} twice", room.name))),
        }
    }
    for place in &floors.0 {
        if !rooms.iter().any(|room| room.name == place.room) {
            findings
                .push(Finding::new(PLAN, format!("the plan of the floors names {}, which is not built", place.room)));
        }
    }
    findings
}

fn upward_arrows(floors: &Floors, room: &Manifest) -> Vec<Finding> {
    let Some(own) = floors.place(&room.name) else { return Vec::new() };
    room.arrows
        .iter()
        .filter_map(|used| floors.place(used))
        .filter(|used| used.line <= own.line)
        .map(|used| {
            let sentence = format!("{} may not use {}: arrows point down only ({PLAN})", room.name, used.room);
            Finding::new(&room.path, sentence)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(name: &str, uses: &[&str]) -> Manifest {
        let uses: String = uses.iter().map(|name| format!("{name} = \"1\"\n")).collect();
        let text = format!("[package]\nname = \"{name}\"\n[dependencies]\n{uses}");
        Manifest::parse(&format!("crates/{name}/Cargo.toml"), &text).unwrap()
    }

    fn sentences(plan: &str, rooms: &[Manifest]) -> Vec<String> {
        let floors = Floors::parse(&format!("```floors\n{plan}\n```")).unwrap();
        check(&floors, rooms).into_iter().map(|finding| finding.sentence).collect()
    }

    #[test]
    fn arrows_down_are_free() {
        let rooms = [room("top", &["middle", "low", "serde"]), room("middle", &["low"]), room("low", &[])];
        assert_eq!(sentences("use top\nprofession middle\nfacts low", &rooms), [""; 0]);
    }

    #[test]
    fn an_arrow_up_and_an_arrow_aside_are_found() {
        let rooms = [room("top", &[]), room("left", &["right"]), room("right", &["top"])];
        assert_eq!(
            sentences("use top\nfacts left right", &rooms),
            [
                "left may not use right: arrows point down only (ARCHITECTURE.md)",
                "right may not use top: arrows point down only (ARCHITECTURE.md)",
            ]
        );
    }

    #[test]
    fn plan_and_tree_name_the_same_rooms() {
        assert_eq!(
            sentences("use top top gone", &[room("top", &[]), room("new", &[])]),
            [
                "the plan of the floors names top twice",
                "the plan of the floors does not name new",
                "the plan of the floors names gone, which is not built",
            ]
        );
    }
}

//! The plan of the house, read from the block ```` ```floors ```` of ARCHITECTURE.md: a floor a word, a line of rooms
//! above the next. A room may use the rooms of lower lines, never its own line or one above.

/// The document the plan stands in.
pub(crate) const PLAN: &str = "ARCHITECTURE.md";

/// Floors whose rooms do no I/O and read no clock, no random, no environment (invariant 1).
pub(crate) const PURE_FLOORS: [&str; 2] = ["profession", "facts"];

/// Where one room stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) room: String,
    pub(crate) floor: String,
    /// Counted from the top: a greater line is lower.
    pub(crate) line: usize,
}

/// The plan, top line first.
pub(crate) struct Floors(pub(crate) Vec<Place>);

impl Floors {
    pub(crate) fn parse(document: &str) -> Result<Self, String> {
        let block = document
            .lines()
            .skip_while(|line| line.trim_end() != "```floors")
            .skip(1)
            .take_while(|line| line.trim_end() != "```");
        let mut places = Vec::new();
        for (line, text) in block.enumerate() {
            let mut words = text.split_whitespace();
            let Some(floor) = words.next() else { continue };
            for room in words {
                places.push(Place { room: room.to_owned(), floor: floor.to_owned(), line });
            }
        }
        if places.is_empty() {
            return Err(format!("{PLAN} has no block ```floors with the plan of the house"));
        }
        Ok(Self(places))
    }

    pub(crate) fn place(&self, room: &str) -> Option<&Place> {
        self.0.iter().find(|place| place.room == room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_is_read_from_its_block_only() {
        let floors = Floors::parse("text\n```\nother block\n```\n```floors\nuse a\nfacts b c\n```\nafter d\n").unwrap();
        let seen: Vec<_> =
            floors.0.iter().map(|place| (place.room.as_str(), place.floor.as_str(), place.line)).collect();
        assert_eq!(seen, [("a", "use", 0), ("b", "facts", 1), ("c", "facts", 1)]);
        assert!(floors.place("after").is_none());
    }

    #[test]
    fn a_document_without_a_plan_is_refused() {
        assert!(Floors::parse("# Architecture\n").is_err());
    }
}

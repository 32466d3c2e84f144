//! From a row to its question: the template of the mapping, filled.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::mapping::{Row, Vector};

/// A question, and the names of the row it was made of.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) line: String,
    pub(crate) used: BTreeSet<String>,
}

impl Question {
    pub(crate) fn of(vector: &Vector, row: &Row) -> Self {
        let mut filler = Filler { row, used: BTreeSet::new() };
        let line = filler.filled(&vector.question).expect("a question");
        Self { line, used: filler.used }
    }
}

struct Filler<'row> {
    row: &'row Row,
    used: BTreeSet<String>,
}

impl Filler<'_> {
    /// A value of the template with its names replaced; nothing where the row has no such value.
    fn filled(&mut self, template: &str) -> Option<String> {
        if template.starts_with('{') {
            let Members(members) = serde_json::from_str(template).expect("an object");
            let members =
                members.iter().filter_map(|(name, value)| Some(format!("\"{name}\":{}", self.filled(value.get())?)));
            let members: Vec<String> = members.collect();
            return Some(format!("{{{}}}", members.join(",")));
        }
        let Ok(text) = serde_json::from_str::<String>(template) else { return Some(template.to_owned()) };
        let whole = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|name| !name.contains('{'));
        let Some(name) = whole else { return Some(quoted(&self.filled_text(&text))) };
        let value = self.value(name)?;
        let number = !name.ends_with(" as text") && serde_json::from_str::<serde_json::Number>(&value).is_ok();
        Some(if number { value } else { quoted(&value) })
    }

    fn filled_text(&mut self, text: &str) -> String {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, name)) = rest.split_once('{') {
            let (name, after) = name.split_once('}').expect("a closed name");
            filled += before;
            filled += &self.value(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.row));
            rest = after;
        }
        filled + rest
    }

    /// The value of `name`, `name as reading`, `name or name`.
    fn value(&mut self, expression: &str) -> Option<String> {
        let (names, reading) = expression.split_once(" as ").unwrap_or((expression, ""));
        let name = names.split(" or ").find(|name| self.row.value(name).is_some())?;
        self.used.insert(name.to_owned());
        let value = self.row.value(name)?;
        Some(match reading {
            "" | "text" => value.to_owned(),
            "year" => value.split('-').next()?.to_owned(),
            "gregorian" => (2018 + value.parse::<i32>().expect("a 令和 year")).to_string(),
            _ => panic!("no reading {reading}"),
        })
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// The members of an object in the order of the template.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

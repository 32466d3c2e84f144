use kura_print::ListCell;

use super::entries::Entry;
use super::table::{Level, Table};

/// The people of a month by 事業所 and 部門, each group in the order of the book.
pub(super) struct Grouped<'month, 'run> {
    parts: Vec<Part<'month, 'run>>,
    departments: bool,
}

/// A 事業所.
struct Part<'month, 'run> {
    code: &'month str,
    /// Code and name.
    words: String,
    sections: Vec<Section<'month, 'run>>,
}

/// A 部門 of it; no name where the book tells none.
struct Section<'month, 'run> {
    name: &'month str,
    people: Vec<&'month Entry<'month, 'run>>,
}

pub(super) fn groups<'month, 'run>(entries: &'month [Entry<'month, 'run>]) -> Grouped<'month, 'run> {
    let mut parts: Vec<Part<'month, 'run>> = Vec::new();
    for entry in entries {
        let code = entry.establishment_code();
        let department = entry.terms().and_then(|terms| terms.department.as_ref()).map_or("", |name| name.as_str());
        let part = found_or_new(
            &mut parts,
            |part| part.code == code,
            || {
                let establishment = entry.facts.establishment(entry.on).ok();
                let name = establishment.and_then(|establishment| establishment.establishment_name.as_ref());
                let words = format!("{code} {}", name.map_or("", |name| name.as_str()));
                Part { code, words, sections: Vec::new() }
            },
        );
        let Some(part) = part else { continue };
        let new = || Section { name: department, people: Vec::new() };
        if let Some(section) = found_or_new(&mut part.sections, |section| section.name == department, new) {
            section.people.push(entry);
        }
    }
    let departments = parts.iter().flat_map(|part| &part.sections).any(|section| !section.name.is_empty());
    Grouped { parts, departments }
}

impl Grouped<'_, '_> {
    pub(super) fn have_departments(&self) -> bool {
        self.departments
    }

    /// Writes the rows of all people with their 小計: `cells` makes a row, given the 部門 where the table has that column.
    pub(super) fn rows(&self, table: &mut Table, cells: impl Fn(&Entry<'_, '_>, Option<&str>) -> Vec<ListCell>) {
        let several = self.parts.len() > 1;
        for part in &self.parts {
            if several {
                table.heading(part.words.as_str());
            }
            for section in &part.sections {
                for person in &section.people {
                    table.row(cells(person, self.departments.then_some(section.name)));
                }
                if self.departments {
                    let name = if section.name.is_empty() { "部門なし" } else { section.name };
                    table.close(Level::Section, format!("{name} 小計 {}件", section.people.len()));
                }
            }
            if several {
                let count: usize = part.sections.iter().map(|section| section.people.len()).sum();
                table.close(Level::Part, format!("{} 小計 {count}件", part.words));
            }
        }
    }
}

fn found_or_new<T>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool, new: impl FnOnce() -> T) -> Option<&mut T> {
    let at = list.iter().position(is_it).unwrap_or_else(|| {
        list.push(new());
        list.len().saturating_sub(1)
    });
    list.get_mut(at)
}

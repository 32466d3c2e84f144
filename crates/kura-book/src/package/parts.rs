use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::{PartProblem, Token, Xml, attribute};
use crate::limits::Unpacked;

/// The parts of an .xlsx, unpacked one at a time and never beyond the limits.
#[derive(Debug)]
pub(super) struct Parts<'bytes> {
    archive: ZipArchive<Cursor<&'bytes [u8]>>,
    pub(super) limits: Unpacked,
    unpacked: u64,
}

impl<'bytes> Parts<'bytes> {
    pub(super) fn open(bytes: &'bytes [u8], limits: Unpacked) -> Result<Self, PartProblem> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PartProblem::Broken)?;
        if archive.len() > limits.parts_max {
            return Err(PartProblem::TooBig);
        }
        Ok(Self { archive, limits, unpacked: 0 })
    }

    pub(super) fn target_of(&mut self, relations: &str, kind: &str) -> Result<Option<String>, PartProblem> {
        let found = self.relations(relations)?.into_iter().find(|relation| relation.kind.ends_with(kind));
        Ok(found.map(|relation| beside("", &relation.target)))
    }

    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, PartProblem> {
        let mut xml = self.part(part, self.limits.bytes_max)?;
        let mut relations = Vec::new();
        while let Some(token) = xml.next()? {
            if let Token::Open(tag) = token
                && tag.local_name().as_ref() == "Relationship"
            {
                let value = |name: &str| attribute(&tag, name).unwrap_or_default().into_owned();
                relations.push(Relation { id: value("Id"), kind: value("Type"), target: value("Target") });
            }
        }
        Ok(relations)
    }

    /// Unpacks a part step by step, and counts what all parts together come to.
    pub(super) fn part(
        &mut self,
        name: &str,
        limit: u64,
    ) -> Result<Xml<Counted<'_, impl Read + use<'_, 'bytes>>>, PartProblem> {
        let left = self.limits.bytes_max.saturating_sub(self.unpacked).min(limit);
        let place = self.archive.index_for_name(name).or_else(|| {
            let wanted = name.to_ascii_lowercase();
            let names: Vec<usize> = (0..self.archive.len()).filter(|at| self.has_name(*at, &wanted)).collect();
            names.first().copied()
        });
        let part = self.archive.by_index(place.ok_or(PartProblem::Broken)?).map_err(|_| PartProblem::Broken)?;
        Ok(Xml::new(Counted { part, left, unpacked: &mut self.unpacked }))
    }

    fn has_name(&self, at: usize, lower_case: &str) -> bool {
        let name = self.archive.name_for_index(at).and_then(Result::ok);
        name.is_some_and(|name| name.to_ascii_lowercase() == lower_case)
    }
}

/// What a part has to do with another.
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: String,
}

/// A part being unpacked: beyond what is left it ends in an error.
pub(super) struct Counted<'package, R> {
    part: R,
    left: u64,
    unpacked: &'package mut u64,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let read = self.part.read(room)?;
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(count).ok_or(std::io::ErrorKind::FileTooLarge)?;
        *self.unpacked = self.unpacked.saturating_add(count);
        Ok(read)
    }
}

/// `xl/workbook.xml` -> `xl/_rels/workbook.xml.rels`
pub(super) fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    format!("{folder}_rels/{file}.rels")
}

/// The part a target means that stands in the relations of another part.
pub(super) fn beside(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = part.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                folders.pop();
            }
            name => folders.push(name),
        }
    }
    folders.join("/")
}

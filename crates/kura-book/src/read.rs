use kura_model::Book;

use crate::csv_folder::{Folder, NamedFile};
use crate::finding::Finding;
use crate::sheet::Intake;
use crate::xlsx::Workbook;

/// The bytes of a book.
#[derive(Debug, Clone, Copy)]
pub enum Source<'bytes> {
    /// One .xlsx.
    Workbook(&'bytes [u8]),
    /// A folder of CSV files, one a sheet.
    Folder(&'bytes [NamedFile<'bytes>]),
}

/// Reads a book, and what is to be said about it. Half-right input is still read: a cell that cannot be read is unknown, a
/// row that says nothing about anyone is left out, and each is a finding.
pub fn read(source: Source<'_>) -> (Book, Vec<Finding>) {
    let (book, mut intake) = match source {
        Source::Workbook(bytes) => match Workbook::open(bytes, Intake::default()) {
            Ok(mut workbook) => (Book::read(&mut workbook), workbook.into_intake()),
            Err(intake) => (Book::default(), *intake),
        },
        Source::Folder(files) => match Folder::open(files, Intake::default()) {
            Ok(mut folder) => (Book::read(&mut folder), folder.into_intake()),
            Err(intake) => (Book::default(), *intake),
        },
    };
    if let Some(finding) = crate::chain::check_version(&book) {
        intake.findings.add(finding);
    }
    (book, intake.findings.into_vec())
}

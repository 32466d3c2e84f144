use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use kura_book::{Book, Finding, NamedFile, Source, read, sha256};

use crate::stop::Stop;

/// A book larger than this is not read into memory; kura-book has limits of its own for what is inside.
const BOOK_BYTES_MAX: u64 = 200 * 1024 * 1024;

/// A book that was read.
pub(crate) struct OpenedBook {
    pub(crate) book: Book,
    pub(crate) findings: Vec<Finding>,
    /// Of its bytes, for the book that is made from it.
    pub(crate) sha256: String,
}

impl OpenedBook {
    pub(crate) fn of(source: Source<'_>) -> Self {
        let (book, findings) = read(source);
        Self { book, findings, sha256: sha256(source) }
    }
}

/// Reads a book from an .xlsx file or from a folder of CSV files.
pub(crate) fn open(path: &Path) -> Result<OpenedBook, Stop> {
    with_source(path, OpenedBook::of)
}

/// The bytes of a book, for the time of `use_it`.
pub(crate) fn with_source<T>(path: &Path, use_it: impl FnOnce(Source<'_>) -> T) -> Result<T, Stop> {
    let kind = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !kind.is_dir() {
        let bytes = bytes_of(path, kind.len())?;
        return Ok(use_it(Source::Workbook(&bytes)));
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|error| unreadable(path, &error))? {
        let entry = entry.map_err(|error| unreadable(path, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.to_ascii_lowercase().ends_with(".csv") {
            let length = entry.metadata().map_err(|error| unreadable(&entry.path(), &error))?.len();
            files.push((name, bytes_of(&entry.path(), length)?));
        }
    }
    files.sort();
    let files: Vec<NamedFile<'_>> = files.iter().map(|(name, bytes)| NamedFile { name, bytes }).collect();
    Ok(use_it(Source::Folder(&files)))
}

/// The bytes of one file, up to the limit.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, Stop> {
    let length = fs::metadata(path).map_err(|error| unreadable(path, &error))?.len();
    bytes_of(path, length)
}

#[expect(clippy::disallowed_methods, reason = "the command line reads the files it is given")]
fn bytes_of(path: &Path, length: u64) -> Result<Vec<u8>, Stop> {
    if length > BOOK_BYTES_MAX {
        let message = format!("{} は{}MBを超えています。", path.display(), BOOK_BYTES_MAX / 1024 / 1024);
        return Err(Stop::named(message, "会社ごとに本を分けてください。"));
    }
    fs::read(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    let (why, remedy) = match error.kind() {
        ErrorKind::NotFound => ("がありません", "ファイルの名前と場所を確かめてください。"),
        ErrorKind::PermissionDenied => ("を読む権限がありません", "ファイルの権限を確かめてください。"),
        _ => {
            return Stop::named(
                format!("{} を読めません（{error}）。", path.display()),
                "媒体がつながっているか、確かめてください。",
            );
        }
    };
    Stop::named(format!("{} {why}。", path.display()), remedy)
}

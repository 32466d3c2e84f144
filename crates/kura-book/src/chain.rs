use kura_model::Book;
use sha2::{Digest, Sha256};

use crate::finding::{Finding, Problem};
use crate::{NamedFile, Source};

/// 様式の版 this program writes and reads.
pub const SCHEMA_VERSION: &str = "1";

/// SHA-256 of a book's bytes in lower-case hexadecimal, for 前の本のハッシュ of the next book.
///
/// Of a folder it is taken over the files in the order of their names, each as its name, its length and its bytes.
pub fn sha256(source: Source<'_>) -> String {
    let mut hash = Sha256::new();
    match source {
        Source::Workbook(bytes) => hash.update(bytes),
        Source::Folder(files) => {
            let mut files: Vec<&NamedFile<'_>> = files.iter().collect();
            files.sort_by_key(|file| file.name);
            for file in files {
                hash.update(format!("{}\n{}\n", file.name, file.bytes.len()));
                hash.update(file.bytes);
            }
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a book was made from the book before: its 前の本のハッシュ is the SHA-256 of that book's bytes.
///
/// # Errors
/// A finding on 表紙 when the hash is missing or is that of other bytes: the book before was changed after this one was made.
pub fn check_chain(book: &Book, previous: Source<'_>) -> Result<(), Box<Finding>> {
    let problem = match &book.cover.previous_book_sha256 {
        Some(hash) if hash.as_str().eq_ignore_ascii_case(&sha256(previous)) => return Ok(()),
        Some(_) => Problem::error(
            "broken_chain",
            "前の本のハッシュが、示された前の本と一致しません。前の本が後から変えられたか、別の本です。",
            "この本を作ったときの前の本を探してください。",
        ),
        None => Problem::warning(
            "no_chain",
            "前の本のハッシュがありません。前の本から繰り越された本か、確かめられません。",
            "はじめての本ならこのままで構いません。",
        ),
    };
    Err(Box::new(on_cover(problem, "前の本のハッシュ")))
}

/// A book of another version is read all the same, and said.
pub(crate) fn check_version(book: &Book) -> Option<Finding> {
    let version = book.cover.schema_version.as_ref()?;
    (version.as_str() != SCHEMA_VERSION).then(|| {
        let problem = Problem::warning(
            "other_schema_version",
            format!("様式の版が{SCHEMA_VERSION}ではありません。知っている見出しだけを読みました。"),
            "この本を作った版のプログラムで開くか、新しいひな形に写してください。",
        );
        on_cover(problem, "様式の版")
    })
}

fn on_cover(problem: Problem, column: &str) -> Finding {
    problem.at("表紙", Some(2), Some(column))
}

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use kura_filing::{FilingProblem, check, check_folder, is_hello_work};
use kura_law::Law;
use serde_json::{Value, json};

use crate::book_file;
use crate::cli::FilingCheck;
use crate::clock;
use crate::stop::Stop;

/// `kura filing check FILE`: what the authority's own checker would say of a 届書CSV and of the folder it lies in; a 連記式 file of
/// Hello Work by the layouts it is written by.
pub(crate) fn run(arguments: &FilingCheck) -> Result<(), Stop> {
    let as_of = clock::day_or_today(arguments.as_of.as_deref(), "--as-of")?;
    let bytes = book_file::bytes(&arguments.file)?;
    let file_name = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let mut problems = check(&bytes, &file_name, Law::embedded()?, as_of);
    if !is_hello_work(&bytes, &file_name) {
        let neighbours = neighbours(&arguments.file)?;
        problems.extend(check_folder(neighbours.iter().map(String::as_str)));
    }
    let mut output = io::stdout().lock();
    if arguments.json {
        writeln!(output, "{}", Value::from(problems.iter().map(record).collect::<Vec<_>>()))?;
    } else {
        for problem in &problems {
            writeln!(output, "{problem}")?;
        }
    }
    if problems.is_empty() {
        if !arguments.json {
            writeln!(output, "エラーはありません。")?;
        }
        return Ok(());
    }
    Err(Stop::named(format!("{}件のエラーがあります。", problems.len()), "直してから、もう一度確かめてください。"))
}

/// The names of all files in the folder of a file.
fn neighbours(file: &Path) -> Result<Vec<String>, Stop> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

fn record(problem: &FilingProblem) -> Value {
    json!({
        "message": problem.message,
        "line": problem.line,
        "record": problem.record,
        "field": problem.field.as_ref().map(|field| json!({ "number": field.number, "name": field.name_ja })),
        "place": problem.place,
        "character": problem.character.map(String::from),
        "proposals": problem.proposals,
        "remedy": problem.remedy,
    })
}

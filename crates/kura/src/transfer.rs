use std::collections::BTreeMap;
use std::io::{self, Write};

use kura_book::Source;
use kura_desk::Imported;
use kura_journal::{ContentHash, Purpose};
use kura_records::{Difference, Owner};
use serde_json::json;

use crate::book_file::{self, OpenedBook};
use crate::cli::{Export, Import};
use crate::clock;
use crate::home::Home;
use crate::output_folder::OutputFolder;
use crate::stop::Stop;

/// So many differences a person is shown; `--json` shows all.
const SHOWN: usize = 30;

/// `kura import BOOK --dir DIR`: takes a workbook in, or tells with `--dry-run` what it would change.
pub(crate) fn import(arguments: &Import) -> Result<(), Stop> {
    let (opened, hash) = book_file::with_source(&arguments.book, |source| (OpenedBook::of(source), hash_of(source)))?;
    let mut output = io::stdout().lock();
    for finding in &opened.findings {
        writeln!(io::stderr(), "{finding}")?;
    }
    let office = Home::at(&arguments.dir).open(Purpose::Migration)?;
    let imported = office.room.import(&office.scope, &opened.book, hash, arguments.dry_run)?;
    office.witness()?;
    if arguments.json {
        for difference in &imported.differences {
            writeln!(output, "{}", as_json(difference))?;
        }
    } else {
        tell(&mut output, &imported)?;
    }
    if opened.findings.iter().any(|finding| finding.severity == kura_book::Severity::Error) {
        return Err(Stop::named(
            "読めないセルがありました。ほかは取り込みました。",
            "上の「誤り」を直し、もう一度取り込んでください。",
        ));
    }
    Ok(())
}

/// `kura export --dir DIR --out PLACE`: the whole office as a workbook, or as a folder of CSV.
pub(crate) fn export(arguments: &Export) -> Result<(), Stop> {
    let place = &arguments.out;
    if place.exists() {
        let message = format!("{} は、すでにあります。", place.display());
        return Err(Stop::named(message, "新しい名前を --out に指定してください。"));
    }
    let office = Home::at(&arguments.dir).open(Purpose::Migration)?;
    let exported = office.room.export(&office.scope)?;
    office.witness()?;
    let is_workbook = place.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    if is_workbook {
        let today = clock::day_or_today(None, "--as-of")?;
        let bytes = kura_book::write(&exported.book, today).map_err(|error| Stop::named(error, ""))?;
        kura_platform::files::replace_private(place, &bytes)?;
    } else {
        let folder = OutputFolder::begin(place, "表紙.csv")?;
        for file in kura_book::write_folder(&exported.book) {
            folder.write(&file.name, &file.bytes)?;
        }
        folder.finish()?;
    }
    writeln!(io::stdout(), "{}人分を {} に書き出しました。記録に残しました。", exported.people, place.display())?;
    Ok(())
}

/// SHA-256 of the file, for the journal.
fn hash_of(source: Source<'_>) -> Option<ContentHash> {
    let hex = kura_book::sha256(source);
    let mut bytes = [0; 32];
    for (to, digits) in bytes.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *to = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(ContentHash::from_bytes(bytes))
}

fn tell(output: &mut impl Write, imported: &Imported) -> Result<(), Stop> {
    let mut sheets: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for difference in &imported.differences {
        let (new, changed) = sheets.entry(difference.sheet).or_default();
        let count = if difference.changed.is_none() { new } else { changed };
        *count = count.saturating_add(1);
    }
    for (sheet, (new, changed)) in &sheets {
        writeln!(output, "{sheet}: 新しい行 {new}、変わる行 {changed}")?;
    }
    let changed = imported.differences.iter().filter(|difference| difference.changed.is_some());
    for difference in changed.clone().take(SHOWN) {
        let columns = difference.changed.as_deref().unwrap_or_default().join("、");
        writeln!(output, "  {} {}行目 {}: {columns}", difference.sheet, difference.row, owner(&difference.owner))?;
    }
    let rest = changed.count().saturating_sub(SHOWN);
    if rest > 0 {
        writeln!(output, "  ほか{rest}行（--json ですべて表示します）")?;
    }
    match (&imported.receipt, imported.differences.is_empty()) {
        (_, true) => writeln!(output, "新しいことはありません。何も書いていません。")?,
        (None, false) => {
            writeln!(output, "取り込むと{}件の記録を書きます。まだ何も書いていません。", imported.records)?
        }
        (Some(receipt), false) => {
            writeln!(output, "{}件の記録を書きました（記録の番号 {}）。", imported.records, receipt.seq)?;
        }
    }
    Ok(())
}

/// Whose a row is, by codes.
fn owner(owner: &Owner) -> String {
    match owner {
        Owner::Office => "事務所".to_owned(),
        Owner::Client(client) => format!("会社{client}"),
        Owner::Person(client, person) => format!("会社{client} 社員{person}"),
    }
}

fn as_json(difference: &Difference) -> serde_json::Value {
    let (client, person) = match &difference.owner {
        Owner::Office => (None, None),
        Owner::Client(client) => (Some(client.as_str()), None),
        Owner::Person(client, person) => (Some(client.as_str()), Some(person.as_str())),
    };
    json!({
        "sheet": difference.sheet,
        "row": difference.row,
        "client": client,
        "person": person,
        "new": difference.changed.is_none(),
        "columns": difference.changed,
    })
}

//! The recovery sheet at the keyboard: its words open, its fingerprint tells whose archive it is. Neither is ever an argument.

use std::io::{self, BufRead, IsTerminal, Write};

use kura_archive::{ArchiveError, Chain, Source};
use kura_desk::JournalReader;
use kura_id::{OfficeId, UnitId};
use kura_seal::{DataKey, RecoveryKey};
use kura_store::Wrap;
use zeroize::Zeroizing;

use crate::stop::Stop;

/// So often the words may be typed on a terminal before the command gives up.
const TRIES: usize = 5;

/// What was typed off the sheet.
pub(crate) struct Typed {
    key: RecoveryKey,
    /// The fingerprint of the log key; nothing where the sheet is not at hand or the line was left empty.
    pub(crate) fingerprint: Option<String>,
}

/// What a recovery key opens of an archive: the data keys, and the journal's entries.
pub(crate) fn open_with(
    key: &RecoveryKey,
    source: &dyn Source,
    chain: &Chain,
) -> Result<(Vec<DataKey>, JournalReader), Stop> {
    let manifest = chain.newest();
    let office = manifest.office;
    let mut keys = Vec::new();
    for on_paper in &manifest.data_keys {
        let key = key.unwrap_data_key(office, &on_paper.wrapped);
        keys.push(key.map_err(|error| Stop::named(error, "別の保全先を使ってください。"))?);
    }
    let row = match chain.wrap(source, own_unit(office)?).map_err(wrong)? {
        Some(Wrap::Held(row)) => row,
        Some(Wrap::Destroyed) | None => {
            return Err(Stop::named("保全の鍵束に、事務所の鍵がありません。", "別の保全先を使ってください。"));
        }
    };
    let reader = JournalReader::new(office, &keys, &row)?;
    Ok((keys, reader))
}

/// Asks for the words, then for the fingerprint; from a pipe the same two lines.
pub(crate) fn ask() -> Result<Typed, Stop> {
    let mut input = io::stdin().lock();
    let tries = if io::stdin().is_terminal() { TRIES } else { 1 };
    let mut last = None;
    for _ in 0..tries {
        prompt("復旧シートの24語を、空白で区切って入力してください: ")?;
        let mut typed = Zeroizing::new(String::new());
        if input.read_line(&mut typed)? == 0 {
            break;
        }
        match RecoveryKey::from_words(&typed) {
            Ok(key) => {
                prompt("復旧シートの「ログの検証鍵の指紋」を入力してください（なければ、そのままEnter）: ")?;
                let mut line = String::new();
                input.read_line(&mut line)?;
                let fingerprint = line.trim();
                return Ok(Typed { key, fingerprint: (!fingerprint.is_empty()).then(|| fingerprint.to_owned()) });
            }
            Err(error) => {
                writeln!(io::stderr(), "{error}")?;
                last = Some(error);
            }
        }
    }
    let why = last.map_or("24語が入力されませんでした。".to_owned(), |error| error.to_string());
    Err(Stop::named(why, "復旧シートを見ながら、もう一度実行してください。"))
}

fn prompt(words: &str) -> Result<(), Stop> {
    if io::stdin().is_terminal() {
        write!(io::stderr(), "{words}")?;
        io::stderr().flush()?;
    }
    Ok(())
}

impl Typed {
    /// What the sheet opens of this archive: the data keys, and the journal's entries.
    pub(crate) fn open(&self, source: &dyn Source, chain: &Chain) -> Result<(Vec<DataKey>, JournalReader), Stop> {
        if self.key.public_key() != *chain.recovery_key() {
            let message = format!(
                "この復旧シートは、この保全のものではありません（保全の復旧キーの指紋は {} です）。",
                chain.recovery_key().fingerprint()
            );
            return Err(Stop::named(
                message,
                "シートの「復旧キーの指紋」と見比べ、別の事務所や作り直す前のシートでないか確かめてください。",
            ));
        }
        open_with(&self.key, source, chain)
    }
}

fn own_unit(office: OfficeId) -> Result<UnitId, Stop> {
    UnitId::from_bytes(office.bytes()).map_err(|error| Stop::named(error, ""))
}

/// An archive's error names its remedy itself.
pub(crate) fn wrong(error: ArchiveError) -> Stop {
    Stop::named(error, "")
}

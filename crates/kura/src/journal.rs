mod read;

use std::io::{self, BufReader, BufWriter, Write};
use std::sync::Arc;
use std::thread;

use kura_id::OfficeId;
use kura_journal::{LogVerifier, Purpose, SignedCheckpoint, Verdict, verify as verify_file};
use kura_platform::files;
use kura_store::{JournalFileError, NotSealed, Office, SealEntry, write_journal};

use crate::cli::{JournalCommand, JournalExport, JournalVerify};
use crate::home::{Home, told};
use crate::stop::Stop;

/// `kura journal list|who|verify|export`.
pub(crate) fn run(command: &JournalCommand) -> Result<(), Stop> {
    match command {
        JournalCommand::List(request) => read::list(request),
        JournalCommand::Who(request) => read::who(request),
        JournalCommand::Verify(request) => verify(request),
        JournalCommand::Export(request) => export(request),
    }
}

fn verify(request: &JournalVerify) -> Result<(), Stop> {
    let home = Home::at(&request.dir);
    let mut output = io::stdout().lock();
    match verdict(&home)? {
        Verdict::Good(whole) => {
            writeln!(output, "記録{}件は、欠けも書き換えもなくつながっています。", whole.entries)?;
        }
        wrong @ Verdict::Wrong { .. } => {
            return Err(Stop::named(wrong, "この機械の記録は信用できません。控えと照合し、管理者に知らせてください。"));
        }
    }
    let office = home.open(Purpose::Audit)?;
    let checked = office.room.verify_records(&office.scope)?;
    for wrong in &checked.wrong {
        writeln!(output, "{wrong}")?;
    }
    if !checked.wrong.is_empty() {
        let message = format!("記録と合わないデータが{}件あります。", checked.wrong.len());
        return Err(Stop::named(message, "古い控えから一部だけを戻していないか確かめ、管理者に知らせてください。"));
    }
    writeln!(output, "保管されているデータ{}件は、記録のとおりです。", checked.records)?;
    office.witness()
}

/// Verifies the journal of a home against the checkpoint kept at the last time. It opens no payload.
pub(crate) fn verdict(home: &Home) -> Result<Verdict, Stop> {
    let settings = home.settings()?;
    let (vault, _process) = home.vault_client(&settings)?;
    let verifier = verifier(&vault.status().map_err(told)?.log_verifier)?;
    let (_, store) = home.desk()?;
    let office = store.open_office(settings.office, Arc::new(SealsNothing)).map_err(kura_desk::DeskError::from)?;
    let kept = kept(home, settings.office, &verifier)?;
    checked(office.as_ref(), &verifier, kept.as_slice())
}

fn export(request: &JournalExport) -> Result<(), Stop> {
    if request.out.exists() {
        let message = format!("{} は、すでにあります。", request.out.display());
        return Err(Stop::named(message, "新しい名前を --out に指定してください。"));
    }
    let office = Home::at(&request.dir).open(Purpose::Audit)?;
    office.witness()?;
    let verifier = office.verifier()?;
    let file = BufWriter::new(files::create_private(&request.out)?);
    let file = office.room.export_journal(&office.scope, &verifier, file)?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    let mut output = io::stdout().lock();
    writeln!(output, "記録を {} に書き出しました。中身は封印されたままです。", request.out.display())?;
    writeln!(output, "検証鍵: {verifier}")?;
    Ok(())
}

/// Writes the journal as one file while it is verified, so that no more of it than a batch is in memory.
fn checked(office: &dyn Office, verifier: &LogVerifier, kept: &[SignedCheckpoint]) -> Result<Verdict, Stop> {
    let (read, write) = io::pipe()?;
    let reads = office.snapshot().map_err(kura_desk::DeskError::from)?;
    thread::scope(|scope| {
        let verdict = scope.spawn(|| verify_file(&mut BufReader::new(read), verifier, kept));
        // A verifier that has found something wrong reads no further, and the pipe closes: its verdict says why.
        // Dropped at once: the verifier waits for the end of the file.
        let written = write_journal(reads.as_ref(), office.id(), kept, BufWriter::new(write)).map(drop);
        match (verdict.join(), written) {
            (Ok(verdict), Ok(_) | Err(JournalFileError::Write(_))) => Ok(verdict?),
            (Ok(_), Err(error)) => Err(Stop::named(error, "")),
            (Err(_), _) => Err(Stop::named("記録の検証が止まりました。", "もう一度実行してください。")),
        }
    })
}

/// Keeps a signed checkpoint beside the store, where an older copy of the store cannot hide it.
pub(crate) fn keep(home: &Home, signed: &SignedCheckpoint) -> Result<(), Stop> {
    files::create_private_folder(&home.checkpoints())?;
    let place = home.checkpoint(signed.checkpoint().origin.office);
    files::replace_private(&place, signed.to_string().as_bytes())?;
    Ok(())
}

/// The checkpoint of the last time, if there was one.
fn kept(home: &Home, office: OfficeId, verifier: &LogVerifier) -> Result<Option<SignedCheckpoint>, Stop> {
    let path = home.checkpoint(office);
    if !path.exists() {
        return Ok(None);
    }
    let note = files::read_limited(&path, 64 * 1024)?;
    match SignedCheckpoint::open(&note, verifier) {
        Ok(kept) => Ok(Some(kept)),
        Err(error) => {
            Err(Stop::named(error, "検証点のファイルが書き換えられているおそれがあります。控えと照合してください。"))
        }
    }
}

pub(crate) fn verifier(text: &str) -> Result<LogVerifier, Stop> {
    text.parse().map_err(|error: kura_journal::NotALogVerifier| Stop::named(error, ""))
}

/// Opening a journal to read it needs no key.
pub(crate) struct SealsNothing;

impl SealEntry for SealsNothing {
    fn seal(&self, _: OfficeId, _: u64, _: &[u8]) -> Result<Vec<u8>, NotSealed> {
        Err(NotSealed::NoKey)
    }
}

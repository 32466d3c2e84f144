use std::io::{self, BufReader, BufWriter, Write};
use std::sync::Arc;
use std::thread;

use kura_id::OfficeId;
use kura_journal::{
    Checkpoint, JournalWriter, LogOrigin, LogVerifier, SignedCheckpoint, Verdict, verify as verify_file,
};
use kura_platform::files;
use kura_store::{Limit, NotSealed, Office, SealEntry};

use crate::cli::{JournalCommand, JournalExport, JournalVerify};
use crate::home::{Home, told};
use crate::stop::Stop;

/// `kura journal verify|export`: needs no key of the office, and opens no payload.
pub(crate) fn run(command: &JournalCommand) -> Result<(), Stop> {
    match command {
        JournalCommand::Verify(request) => verify(request),
        JournalCommand::Export(request) => export(request),
    }
}

fn verify(request: &JournalVerify) -> Result<(), Stop> {
    let home = Home::at(&request.dir);
    match verdict(&home)? {
        (Verdict::Good(whole), now) => {
            let mut output = io::stdout().lock();
            writeln!(output, "記録{}件は、欠けも書き換えもなくつながっています。", whole.entries)?;
            writeln!(output, "署名された検証点は{}件目までを覆っています。", now.max(whole.signed))?;
            Ok(())
        }
        (wrong @ Verdict::Wrong { .. }, _) => {
            Err(Stop::named(wrong.line(), "この機械の記録は信用できません。控えと照合し、管理者に知らせてください。"))
        }
    }
}

/// Verifies the journal of a home against the checkpoint kept at the last time, and keeps a newer one; gives its size.
pub(crate) fn verdict(home: &Home) -> Result<(Verdict, u64), Stop> {
    let settings = home.settings()?;
    let (vault, _process) = home.vault_client(&settings)?;
    let verifier = verifier(&vault.status().map_err(told)?.log_verifier)?;
    let (_, store) = home.desk()?;
    let office = store.open_office(settings.office, Arc::new(SealsNothing)).map_err(kura_desk::DeskError::from)?;
    let kept = kept(home, settings.office, &verifier)?;
    let verdict = checked(office.as_ref(), &verifier, kept.as_slice())?;
    let mut signed = 0;
    if let Verdict::Good(whole) = &verdict {
        signed = whole.entries;
        keep(home, &vault, &verifier, &checkpoint_of(office.as_ref())?)?;
    }
    Ok((verdict, signed))
}

fn export(request: &JournalExport) -> Result<(), Stop> {
    if request.out.exists() {
        let message = format!("{} は、すでにあります。", request.out.display());
        return Err(Stop::named(message, "新しい名前を --out に指定してください。"));
    }
    let home = Home::at(&request.dir);
    let settings = home.settings()?;
    let (vault, _process) = home.vault_client(&settings)?;
    let verifier = verifier(&vault.status().map_err(told)?.log_verifier)?;
    let (_, store) = home.desk()?;
    let office = store.open_office(settings.office, Arc::new(SealsNothing)).map_err(kura_desk::DeskError::from)?;
    let note = keep(&home, &vault, &verifier, &checkpoint_of(office.as_ref())?)?;
    let file = files::create_private(&request.out)?;
    let file = write_file(office.as_ref(), &[note], BufWriter::new(file))?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    let mut output = io::stdout().lock();
    writeln!(output, "記録を {} に書き出しました。中身は封印されたままです。", request.out.display())?;
    writeln!(output, "検証鍵: {verifier}")?;
    Ok(())
}

/// Writes the journal as one file while it is verified, so that no more of it than a batch is in memory.
fn checked(office: &dyn Office, verifier: &LogVerifier, kept: &[SignedCheckpoint]) -> Result<Verdict, Stop> {
    let (read, write) = io::pipe()?;
    let notes: Vec<String> = kept.iter().map(ToString::to_string).collect();
    thread::scope(|scope| {
        let writer = scope.spawn(move || write_file(office, &notes, BufWriter::new(write)).map(drop));
        let verdict = verify_file(&mut BufReader::new(read), verifier, kept);
        match writer.join() {
            // A verifier that has found something wrong reads no further, and the writer sees a closed pipe.
            Ok(Err(Stop::OutputClosed)) | Ok(Ok(())) => Ok(verdict?),
            Ok(Err(stop)) => Err(stop),
            Err(_) => Err(Stop::named("記録の読み取りが止まりました。", "もう一度実行してください。")),
        }
    })
}

fn write_file<W: Write>(office: &dyn Office, notes: &[String], out: W) -> Result<W, Stop> {
    let reads = office.snapshot().map_err(kura_desk::DeskError::from)?;
    let mut writer = JournalWriter::new(out, office.id())?;
    let mut next = 1;
    loop {
        let entries = reads.journal_from(next, Limit::MAX).map_err(kura_desk::DeskError::from)?;
        let Some(last) = entries.last() else { break };
        next = last.seq.saturating_add(1);
        for entry in entries {
            writer.entry(&entry.salt, entry.leaf, &entry.payload)?;
        }
    }
    for note in notes {
        writer.checkpoint(note)?;
    }
    Ok(writer.finish()?)
}

/// Has the vault sign where the journal stands, and keeps that beside the store; gives the note.
pub(crate) fn keep(
    home: &Home,
    vault: &kura_vault::Client,
    verifier: &LogVerifier,
    checkpoint: &Checkpoint,
) -> Result<String, Stop> {
    let note = vault.sign(checkpoint, verifier).map_err(told)?.to_string();
    files::create_private_folder(&home.checkpoints())?;
    files::replace_private(&home.checkpoint(checkpoint.origin.office), note.as_bytes())?;
    Ok(note)
}

fn checkpoint_of(office: &dyn Office) -> Result<Checkpoint, Stop> {
    let head = office.head().map_err(kura_desk::DeskError::from)?;
    let origin = LogOrigin { office: office.id(), epoch: head.epoch };
    Ok(Checkpoint { origin, size: head.frontier.size(), root: head.frontier.root() })
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
struct SealsNothing;

impl SealEntry for SealsNothing {
    fn seal(&self, _: OfficeId, _: u64, _: &[u8]) -> Result<Vec<u8>, NotSealed> {
        Err(NotSealed::NoKey)
    }
}

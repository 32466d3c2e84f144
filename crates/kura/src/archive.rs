use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kura_archive::{
    Chain, Cursor, DataKeyOnPaper, Demand, Folder, Given, Pairing, Protection, Proven, Sender, Source, Target,
    TargetError, prove,
};
use kura_id::OfficeId;
use kura_journal::{Checkpoint, ContentHash, SignedCheckpoint, UnixMillis};
use kura_platform::{files, random};

use crate::cli::{ArchiveShip, ArchiveSource, ArchiveVerify};
use crate::home::{Home, now_and_chance, told};
use crate::journal::{SealsNothing, verifier};
use crate::sheet::{self, wrong};
use crate::stop::Stop;

/// `kura archive ship`.
pub(crate) fn ship(request: &ArchiveShip) -> Result<(), Stop> {
    let home = Home::at(&request.dir);
    let target = target(request)?;
    let shipped = ship_to(&home, &request.to, target.as_ref())?;
    let mut output = io::stdout().lock();
    match shipped.manifest {
        Some(name) if shipped.stored > 0 => {
            let kib = shipped.bytes.div_ceil(1024);
            let generation = if shipped.generation { "、世代を含む" } else { "" };
            writeln!(
                output,
                "{} に送りました: 目録{}番、記録{}件まで（{}個 {kib}KB{generation}）。",
                request.to, name.first, name.last, shipped.stored
            )?;
        }
        Some(name) => {
            writeln!(output, "新しい分はありません（目録{}番、記録{}件まで保全済み）。", name.first, name.last)?
        }
        None => writeln!(output, "事務所には、まだ何も入っていません。")?,
    }
    writeln!(output, "この保全先: {}", target.protection().japanese())?;
    Ok(())
}

/// A folder, or another machine.
fn target(request: &ArchiveShip) -> Result<Box<dyn Target>, Stop> {
    let Some(address) = request.to.strip_prefix(MACHINE) else {
        return Ok(Box::new(Folder::at(&std::path::absolute(&request.to)?)));
    };
    let Some(file) = &request.pairing else {
        return Err(Stop::wrong_use(
            "別の機械へ送るには、組合せのファイルが要ります。",
            "--pairing に、kura archive pair で作ったファイルを指定してください。",
        ));
    };
    let pairing = Pairing::read(file).map_err(|error| Stop::named(error, ""))?;
    let chance = random::bytes().map_err(|error| Stop::named(error, ""))?;
    Ok(Box::new(Sender::connect(address, &pairing, chance).map_err(|error| Stop::named(error, ""))?))
}

/// What the name of another machine begins with.
const MACHINE: &str = "tcp://";

/// Ships a home's office to a target. No data key is needed for it.
pub(crate) fn ship_to(home: &Home, name: &str, target: &dyn Target) -> Result<kura_archive::Shipped, Stop> {
    let settings = home.settings()?;
    let (vault, _process) = home.vault_client(&settings)?;
    let log_key = verifier(&vault.status().map_err(told)?.log_verifier)?;
    let carried = kura_vault::for_recovery(&home.vault(), settings.office).ok_or_else(|| {
        Stop::named("金庫に、この事務所の鍵のファイルがありません。", "kura doctor で調べてください。")
    })?;
    let (_, store) = home.desk()?;
    let office = store.open_office(settings.office, Arc::new(SealsNothing)).map_err(kura_desk::DeskError::from)?;
    files::create_private_folder(&home.archive())?;
    let mut cursor = Cursor::open(&cursor_file(home, name), name).map_err(|error| Stop::named(error, ""))?;
    let sign = |checkpoint: &Checkpoint| -> Option<SignedCheckpoint> { vault.sign(checkpoint, &log_key).ok() };
    let on_paper = |(epoch, wrapped): (kura_seal::KeyEpoch, Vec<u8>)| DataKeyOnPaper { epoch: epoch.get(), wrapped };
    let given = Given {
        now: UnixMillis::new(now_and_chance()?.0),
        sign: &sign,
        log_key,
        recovery_key: carried.recovery,
        data_keys: carried.data_keys.into_iter().map(on_paper).collect(),
    };
    kura_archive::ship(office.as_ref(), target, &mut cursor, &given).map_err(|error| Stop::named(error, ""))
}

/// What a target of this name protects against.
pub(crate) fn protection(target: &str) -> Protection {
    if target.starts_with(MACHINE) { Protection::AddOnly } else { Protection::None }
}

/// Each target has its own.
fn cursor_file(home: &Home, target: &str) -> PathBuf {
    let hash = ContentHash::of(target.as_bytes()).bytes();
    let name: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    home.archive().join(format!("{name}.json"))
}

/// The cursors of a home, one a target.
pub(crate) fn cursors(home: &Home) -> Result<Vec<Cursor>, Stop> {
    let Ok(entries) = fs::read_dir(home.archive()) else { return Ok(Vec::new()) };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let read = paths.iter().map(|path| Cursor::read_file(path).map_err(|error| Stop::named(error, "")));
    read.filter_map(Result::transpose).collect()
}

/// `kura archive verify`.
pub(crate) fn verify(request: &ArchiveVerify) -> Result<(), Stop> {
    let typed = request.words.then(sheet::ask).transpose()?;
    let (source, chain) = open(&request.source)?;
    let known = known(request.source.known.as_deref(), &chain)?;
    let reader = typed.as_ref().map(|typed| typed.open(&source, &chain)).transpose()?.map(|(_, reader)| reader);
    let opens = |seq: u64, sealed: &[u8]| reader.as_ref().and_then(|reader| reader.open(seq, sealed));
    let demand = Demand {
        fingerprint: typed.as_ref().and_then(|typed| typed.fingerprint.as_deref()),
        known,
        open: if reader.is_some() { Some(&opens) } else { None },
        ..Demand::default()
    };
    let proven = prove(&source, &chain, &demand).map_err(wrong)?;
    tell(&chain, &proven, demand.fingerprint.is_some())?;
    let mut output = io::stdout().lock();
    if reader.is_some() {
        writeln!(
            output,
            "データ{}件は、記録のとおりです。",
            proven.present.values().filter(|told| told.sealed.is_some()).count()
        )?;
    } else {
        writeln!(output, "データが記録のとおりかは、復旧シートの語で確かめられます（--words）。")?;
    }
    Ok(())
}

/// What was proven, in lines.
pub(crate) fn tell(chain: &Chain, proven: &Proven, compared: bool) -> Result<(), Stop> {
    let mut output = io::stdout().lock();
    let manifest = chain.newest();
    let made_at = japan_time(manifest.made_at);
    writeln!(
        output,
        "事務所{}: 目録{}番（{made_at}）まで、欠けも書き換えもありません。",
        manifest.office, manifest.number
    )?;
    writeln!(output, "記録{}件、部品{}個、{}KB。", proven.entries, proven.objects, proven.bytes.div_ceil(1024))?;
    if proven.expired > 0 {
        writeln!(output, "世代に置き換わって消えた古い部品が{}個あります（問題ありません）。", proven.expired)?;
    }
    let fingerprint = chain.log_key().fingerprint();
    if compared {
        writeln!(output, "検証鍵の指紋は、復旧シートと一致しました（{fingerprint}）。")?;
    } else {
        writeln!(output, "検証鍵の指紋は照合していません。復旧シートと見比べてください: {fingerprint}")?;
    }
    Ok(())
}

/// An instant as people in Japan read it.
pub(crate) fn japan_time(at: UnixMillis) -> String {
    let instant = i64::try_from(at.get()).ok().and_then(|millis| jiff::Timestamp::from_millisecond(millis).ok());
    let civil = instant.map(|instant| jiff::tz::Offset::constant(9).to_datetime(instant));
    civil.map_or("時刻不明".to_owned(), |civil| civil.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// The office's archive that is asked for.
pub(crate) fn open(asked: &ArchiveSource) -> Result<(Folder, Chain), Stop> {
    let source = Folder::at(&asked.from);
    let office = which(&source, asked.office.as_deref())?;
    let chain = Chain::read(&source, office, asked.manifest).map_err(wrong)?;
    Ok((source, chain))
}

fn which(source: &Folder, asked: Option<&str>) -> Result<OfficeId, Stop> {
    if let Some(text) = asked {
        return text.parse().map_err(|error: kura_id::IdError| Stop::wrong_use(format!("--office: {error}"), ""));
    }
    let offices = source.offices().map_err(|error: TargetError| Stop::named(error, ""))?;
    match offices.as_slice() {
        [one] => Ok(*one),
        [] => Err(Stop::named("ここに保全はありません。", "--from に、保全先のフォルダーを指定してください。")),
        many => {
            let list: Vec<String> = many.iter().map(ToString::to_string).collect();
            let message = format!("保全が{}事務所分あります: {}", many.len(), list.join("、"));
            Err(Stop::wrong_use(message, "--office に、復旧シートの「事務所のID」を指定してください。"))
        }
    }
}

/// A checkpoint that somebody kept: signed by the key that signed the archive.
pub(crate) fn known(path: Option<&Path>, chain: &Chain) -> Result<Option<Checkpoint>, Stop> {
    let Some(path) = path else { return Ok(None) };
    let note = files::read_limited(path, 64 * 1024)?;
    let signed = SignedCheckpoint::open(&note, chain.log_key())
        .map_err(|error| Stop::named(error, "この保全と同じ設置の検証点か確かめてください。"))?;
    Ok(Some(*signed.checkpoint()))
}

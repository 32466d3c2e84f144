//! Drills: whether the promise holds on the day, tried on a copy of what the home holds.

mod attack;

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;

use kura_archive::{
    Chain, Cursor, DataKeyOnPaper, Demand, Folder, Given, ObjectName, Pairing, Protection, Put, Receiver, Sender,
    Target, TargetError, ship,
};
use kura_id::OfficeId;
use kura_journal::{Checkpoint, Purpose, SignedCheckpoint, UnixMillis};
use kura_platform::{files, random};
use kura_seal::RecoveryKey;
use kura_vault::LeaseRequest;
use zeroize::Zeroizing;

pub(crate) use attack::attack;

use crate::cli::Drill;
use crate::home::{self, Home, KeySetting, told};
use crate::journal::{SealsNothing, verifier};
use crate::receive;
use crate::restore::{self, From, Watch};
use crate::sheet::{self, wrong};
use crate::stop::Stop;

const DAY_MS: u64 = 86_400_000;

/// `kura drill restore`.
pub(crate) fn restore(request: &Drill) -> Result<(), Stop> {
    let ground = Ground::take(&request.dir)?;
    let mut watch = Watch::start();
    let folder = Folder::at(&ground.place.join("archive"));
    ground.ship(&folder, ground.now)?;
    watch.step("写しの保全")?;
    let people = ground.come_back(&folder, None, &mut watch)?;
    watch.end()?;
    ground.verdict(&format!(
        "訓練の結果: 保全から戻せます（{people}人分の本を書き出し、データは1件ずつ記録と一致しました）。\n\
         前提: 紙の復旧シートの24語が手元にあること（この訓練は、その場で作った別の復旧キーで行いました）。保全先そのものは kura archive verify で確かめてください。"
    ))
}

/// `kura drill ransom`.
pub(crate) fn ransom(request: &Drill) -> Result<(), Stop> {
    let ground = Ground::take(&request.dir)?;
    let mut watch = Watch::start();
    let own = ground.place.join("sender");
    files::create_private_folder(&own)?;
    let machine = Folder::at(&ground.place.join("receiver"));
    let secret = Zeroizing::new(random::bytes().map_err(|error| Stop::named(error, ""))?);
    let pairing = own.join(attack::PAIRING);
    Pairing::new(ground.office, secret).write_new(&pairing).map_err(|error| Stop::named(error, ""))?;
    let line = ground.receive(&machine, &pairing)?;
    // Two days, so that there is an older manifest to play back.
    let mut acknowledged = None;
    for day in 0..2 {
        let pairing = Pairing::read(&pairing).map_err(|error| Stop::named(error, ""))?;
        let chance = random::bytes().map_err(|error| Stop::named(error, ""))?;
        let sender = Sender::connect(&line, &pairing, chance).map_err(|error| Stop::named(error, ""))?;
        acknowledged = ground.ship_from(&own, &Unacknowledged(sender), ground.now.saturating_add(day * DAY_MS))?;
    }
    let Some(acknowledged) = acknowledged else {
        return Err(Stop::named(
            "事務所には、まだ何も入っていません。",
            "本を取り込んでから、もう一度実行してください。",
        ));
    };
    watch.step(&format!("受け取る側が目録{}番（記録{}件）までを受領", acknowledged.first, acknowledged.last))?;
    attacked(&own, &line, machine.root())?;
    watch.step("攻撃")?;
    let newest = machine.newest_manifest(ground.office).map_err(|error| Stop::named(error, ""))?;
    if newest != Some(acknowledged) {
        let number = newest.map_or(0, |name| name.first);
        writeln!(
            io::stdout(),
            "攻撃者が目録{number}番を書き足しました。受領済みの{}番から戻します。",
            acknowledged.first
        )?;
    }
    let people = ground.come_back(&machine, Some(acknowledged.first), &mut watch)?;
    watch.end()?;
    ground.verdict(&format!(
        "訓練の結果: 受領された保全は、すべて戻せます（{people}人分）。消された物も、書き換えられた物もありません。\n\
         前提: 受け取る側が別の機械で、そこに入れる鍵や共有フォルダーがこの機械にないこと（この訓練の攻撃者は、送る側のフォルダーと組合せの秘密だけを持っています）。"
    ))
}

/// The attacker is a process of its own, shut into the sender's folder.
fn attacked(own: &Path, line: &str, prey: &Path) -> Result<(), Stop> {
    let mut attacker = Command::new(std::env::current_exe()?)
        .args(["drill", "attack", "--line", line, "--own"])
        .arg(own)
        .arg("--prey")
        .arg(prey)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(output) = attacker.stdout.take() {
        for said in BufReader::new(output).lines() {
            writeln!(io::stdout(), "  攻撃者: {}", said?)?;
        }
    }
    match attacker.wait()?.success() {
        true => Ok(()),
        false => Err(Stop::named(
            "攻撃者が、できてはならないことをしました。または、この機械では閉じ込められません。",
            "上の行を確かめてください。約束は守られていません。",
        )),
    }
}

/// Where a drill is played: beside the office, taken away at the end.
struct Ground {
    home: Home,
    place: PathBuf,
    office: OfficeId,
    /// A recovery key of the drill's own: the sheet stays in its envelope.
    recovery: RecoveryKey,
    now: u64,
}

impl Ground {
    fn take(dir: &Path) -> Result<Self, Stop> {
        let home = Home::at(dir);
        let office = home.settings()?.office;
        let place = std::path::absolute(home.dir().join("drill"))?;
        if place.exists() {
            fs::remove_dir_all(&place)?;
        }
        files::create_private_folder(&place)?;
        let recovery = RecoveryKey::generate(&mut random::source().map_err(|error| Stop::named(error, ""))?);
        Ok(Self { home, place, office, recovery, now: home::now_and_chance()?.0 })
    }

    fn ship(&self, target: &dyn Target, now: u64) -> Result<Option<ObjectName>, Stop> {
        self.ship_from(&self.place, target, now)
    }

    /// Ships the real office with the drill's recovery key. The cursor lies with the sender.
    fn ship_from(&self, own: &Path, target: &dyn Target, now: u64) -> Result<Option<ObjectName>, Stop> {
        let settings = self.home.settings()?;
        let (vault, _process) = self.home.vault_client(&settings)?;
        let log_key = verifier(&vault.status().map_err(told)?.log_verifier)?;
        let mut data_keys = Vec::new();
        let carried = kura_vault::for_recovery(&self.home.vault(), self.office).ok_or_else(|| {
            Stop::named("金庫に、この事務所の鍵のファイルがありません。", "kura doctor で調べてください。")
        })?;
        for (epoch, _) in carried.data_keys {
            let newest = LeaseRequest::newest(self.office, Purpose::Maintenance, home::by()?);
            let lease = home::lease_of(&vault, LeaseRequest { epoch: Some(epoch.get()), ..newest })?;
            let mut chance = random::source().map_err(|error| Stop::named(error, ""))?;
            let wrapped = self.recovery.public_key().wrap_data_key(&lease.key, self.office, &mut chance);
            let wrapped = wrapped.map_err(|error| Stop::named(error, ""))?;
            data_keys.push(DataKeyOnPaper { epoch: epoch.get(), wrapped });
        }
        let (_, store) = self.home.desk()?;
        let office = store.open_office(self.office, Arc::new(SealsNothing)).map_err(kura_desk::DeskError::from)?;
        let mut cursor = Cursor::open(&own.join(attack::CURSOR), "drill").map_err(|error| Stop::named(error, ""))?;
        let sign = |checkpoint: &Checkpoint| -> Option<SignedCheckpoint> { vault.sign(checkpoint, &log_key).ok() };
        let given = Given {
            now: UnixMillis::new(now),
            sign: &sign,
            log_key,
            recovery_key: self.recovery.public_key(),
            data_keys,
        };
        let shipped = ship(office.as_ref(), target, &mut cursor, &given).map_err(|error| Stop::named(error, ""))?;
        Ok(shipped.manifest)
    }

    /// A receiver on a port of this machine, on a thread that ends with the process.
    fn receive(&self, machine: &Folder, pairing: &Path) -> Result<String, Stop> {
        let pairing = Pairing::read(pairing).map_err(|error| Stop::named(error, ""))?;
        let receiver = Arc::new(Receiver::new(machine.clone(), pairing, 0));
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let line = listener.local_addr()?.to_string();
        thread::spawn(move || drop(receive::listen(&listener, receiver, |_| {})));
        Ok(line)
    }

    /// Brings the office back as `kura restore` does, and works in it; gives how many people it has.
    fn come_back(&self, source: &Folder, manifest: Option<u64>, watch: &mut Watch) -> Result<usize, Stop> {
        let chain = Chain::read(source, self.office, manifest).map_err(wrong)?;
        let (keys, reader) = sheet::open_with(&self.recovery, source, &chain)?;
        let opens = |seq: u64, sealed: &[u8]| reader.open(seq, sealed);
        let fingerprint = chain.log_key().fingerprint();
        let demand = Demand { fingerprint: Some(&fingerprint), open: Some(&opens), ..Demand::default() };
        let home = Home::at(&self.place.join("home"));
        let key = KeySetting::FileInsideHome(home.dir().join("server.key"));
        let from = From { source, chain: &chain, keys: &keys };
        let office = restore::bring_back(&from, &demand, &home, &key, watch)?;
        let checked = office.room.verify_records(&office.scope)?;
        if !checked.wrong.is_empty() {
            return Err(Stop::named("戻した事務所のデータが、記録と合いません。", "約束は守られていません。"));
        }
        let people = office.room.export(&office.scope)?.people;
        watch.step("戻した事務所での照合と書出し")?;
        Ok(people)
    }

    /// Says it, and writes it down.
    fn verdict(self, words: &str) -> Result<(), Stop> {
        fs::remove_dir_all(&self.place)?;
        let office = self.home.open(Purpose::Maintenance)?;
        office.room.note_drill(&office.scope, words)?;
        office.witness()?;
        writeln!(io::stdout(), "{words}")?;
        Ok(())
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        // A drill that failed leaves nothing that could be taken for an office either.
        let _ = fs::remove_dir_all(&self.place);
    }
}

/// A copy for a drill protects nothing: the office's own history is not pruned for it.
struct Unacknowledged(Sender);

impl Target for Unacknowledged {
    fn put(&self, name: &ObjectName, bytes: &[u8]) -> Result<Put, TargetError> {
        self.0.put(name, bytes)
    }

    fn newest_manifest(&self, office: OfficeId) -> Result<Option<ObjectName>, TargetError> {
        self.0.newest_manifest(office)
    }

    fn protection(&self) -> Protection {
        Protection::None
    }
}

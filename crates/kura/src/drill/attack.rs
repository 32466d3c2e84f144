//! The attacker of the drill: everything the sender has, and nothing else. It tries to destroy what the receiver keeps.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use kura_archive::{Class, Cursor, Manifest, ObjectName, Pairing, Put, Sender, Target, TargetError};
use kura_id::OfficeId;
use kura_platform::confine::{self, Reached};
use kura_platform::{files, random};
use zeroize::Zeroizing;

use crate::cli::DrillAttack;
use crate::stop::Stop;

/// The sender's files.
pub(super) const PAIRING: &str = "pairing";
pub(super) const CURSOR: &str = "cursor.json";

/// So much noise is sent to fill the disk: enough to see that it is taken as what it is.
const NOISE_OBJECTS: u64 = 32;
const NOISE_BYTES: usize = 1 << 20;

/// `kura drill attack`: ends with 0 where nothing was destroyed that the receiver had.
pub(crate) fn attack(request: &DrillAttack) -> Result<(), Stop> {
    let reached = confine::files_only(&[&request.own]);
    if !matches!(reached, Reached::Fully | Reached::Partly(_)) {
        return Err(Stop::named(
            format!("攻撃者を閉じ込められません（{reached}）。"),
            "この機械では、訓練は何も示せません。",
        ));
    }
    say(&format!("送る側のフォルダーの外に出られないようにしました（{reached}）"))?;
    by_files(&request.prey)?;
    let pairing = Pairing::read(&request.own.join(PAIRING)).map_err(|error| Stop::named(error, ""))?;
    let cursor = Cursor::open(&request.own.join(CURSOR), "").map_err(|error| Stop::named(error, ""))?;
    let Some((newest, manifest)) = cursor.acknowledged().map_err(|error| Stop::named(error, ""))? else {
        return Err(Stop::named("送られたものがありません。", ""));
    };
    let stolen = Stolen { office: pairing.office(), newest, manifest };
    let chance = random::bytes().map_err(|error| Stop::named(error, ""))?;
    let sender = Sender::connect(&request.line, &pairing, chance).map_err(|error| Stop::named(error, ""))?;
    stolen.overwrite(&sender)?;
    stolen.play_back(&sender)?;
    stolen.garbage(&sender)?;
    stolen.fill(&sender)?;
    stolen.poison(&sender)?;
    guess(request, stolen.office)
}

/// Deleting and overwriting, as ransomware does.
fn by_files(prey: &Path) -> Result<(), Stop> {
    let tried = [
        ("一覧", fs::read_dir(prey).map(drop)),
        ("削除", fs::remove_dir_all(prey)),
        ("改名", fs::rename(prey, prey.with_extension("locked"))),
        ("書込み", files::create_private(&prey.join("README_TO_DECRYPT")).map(drop)),
    ];
    for (what, result) in tried {
        match result {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                say(&format!("ファイルの{what}: 断られました"))?
            }
            other => return Err(Stop::named(format!("ファイルの{what}: {other:?}"), "")),
        }
    }
    Ok(())
}

/// What was stolen with the sender.
struct Stolen {
    office: OfficeId,
    newest: ObjectName,
    manifest: Manifest,
}

impl Stolen {
    /// Other bytes under the names that are there.
    fn overwrite(&self, sender: &Sender) -> Result<(), Stop> {
        let listed = self.manifest.objects.iter().chain(&self.manifest.state).chain([&self.manifest.keyring]);
        let names = listed.map(|listed| listed.name).chain([self.newest]).chain(self.manifest.previous);
        let mut kept = 0_u64;
        for name in names {
            must(sender.put(&name, b"encrypted") == Ok(Put::AlreadyThere), "上書き")?;
            kept = kept.saturating_add(1);
        }
        say(&format!("受領済みの名前への上書き: {kept}回、どれも何も変わりません"))
    }

    /// An old manifest as if it were the newest.
    fn play_back(&self, sender: &Sender) -> Result<(), Stop> {
        let Some(old) = self.manifest.previous else { return Ok(()) };
        must(sender.put(&old, b"") == Ok(Put::AlreadyThere), "古い目録の再送")?;
        let newest = sender.newest_manifest(self.office);
        must(newest == Ok(Some(self.newest)), "古い目録の再送")?;
        say("古い目録の再送: 最新は変わりません")
    }

    /// Manifests of nothing, with numbers from the future.
    fn garbage(&self, sender: &Sender) -> Result<(), Stop> {
        for number in [self.newest.first.saturating_add(1), 999_999] {
            let name = ObjectName::of(self.office, Class::Manifest, number, self.newest.last, b"garbage");
            must(refused(&sender.put(&name, b"garbage")), "でたらめな目録")?;
        }
        let name = ObjectName::of(self.office, Class::Journal, 1, 2, b"one");
        must(refused(&sender.put(&name, b"another")), "名前と違う中身")?;
        say("でたらめな目録・名前と違う中身: 断られました")
    }

    /// Noise under names of its own.
    fn fill(&self, sender: &Sender) -> Result<(), Stop> {
        let mut taken = 0_u64;
        for number in 0..NOISE_OBJECTS {
            let mut noise = vec![0; NOISE_BYTES];
            random::fill(&mut noise).map_err(|error| Stop::named(error, ""))?;
            let name = ObjectName::of(self.office, Class::State, number, number, &noise);
            match sender.put(&name, &noise) {
                Ok(_) => taken = taken.saturating_add(1),
                Err(TargetError::Full) => break,
                Err(error) => return Err(Stop::named(error, "")),
            }
        }
        say(&format!("無関係なデータで埋める: {taken}MB入りました（目録に載らず、復元に使われません）"))
    }

    /// The worst it can do: a manifest that goes on in order, with a signature that was stolen, and a keyring of garbage.
    fn poison(&self, sender: &Sender) -> Result<(), Stop> {
        let keyring = self.manifest.keyring.name;
        let garbage = b"kura-archive 1 keyring\nnothing";
        let fake = ObjectName::of(self.office, Class::Keyring, keyring.first, keyring.last, garbage);
        must(sender.put(&fake, garbage).is_ok(), "偽の鍵束")?;
        let mut forged = self.manifest.clone();
        let (next, previous) = (self.newest.first.saturating_add(1), Some(self.newest));
        (forged.number, forged.previous, forged.keyring.name) = (next, previous, fake);
        (forged.objects, forged.state) = (Vec::new(), Vec::new());
        let bytes = serde_json::to_vec(&forged).map_err(|error| Stop::named(error, ""))?;
        let name = ObjectName::of(self.office, Class::Manifest, next, self.newest.last, &bytes);
        match sender.put(&name, &bytes) {
            Ok(_) => say("偽の鍵束を載せた続きの目録: 書き足せました（前の目録はそのままです）"),
            Err(error) => say(&format!("偽の鍵束を載せた続きの目録: {error}")),
        }
    }
}

/// The secret of somebody else.
fn guess(request: &DrillAttack, office: OfficeId) -> Result<(), Stop> {
    for _ in 0..3 {
        let secret = random::bytes().map_err(|error| Stop::named(error, ""))?;
        let chance = random::bytes().map_err(|error| Stop::named(error, ""))?;
        let guessed = Pairing::new(office, Zeroizing::new(secret));
        must(Sender::connect(&request.line, &guessed, chance).is_err(), "別の秘密")?;
    }
    say("別の秘密での接続: 断られました")
}

fn refused(result: &Result<Put, TargetError>) -> bool {
    matches!(result, Err(TargetError::Refused { .. }))
}

fn must(held: bool, what: &str) -> Result<(), Stop> {
    if held {
        Ok(())
    } else {
        Err(Stop::named(format!("{what}が通りました。"), "約束は守られていません。"))
    }
}

fn say(words: &str) -> Result<(), Stop> {
    writeln!(io::stdout(), "{words}")?;
    Ok(())
}

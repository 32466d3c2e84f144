use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use kura_law::Law;
use kura_platform::disk;
use kura_platform::files::{Privacy, privacy};
use kura_vault::Theft;
use serde::Serialize;

use crate::archive;
use crate::cli::Doctor;
use crate::clock;
use crate::home::{Home, told};
use crate::journal::SealsNothing;
use crate::stop::Stop;

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    Good,
    Look,
    Bad,
}

/// One line of the doctor.
#[derive(Debug, Serialize)]
struct Told {
    level: Level,
    about: &'static str,
    sentence: String,
}

/// Less than this on the disk is too little for a night's work.
const FREE_BYTES_LOW: u64 = 2 << 30;
/// A disk slower than this makes people wait.
const SYNC_SLOW: Duration = Duration::from_millis(50);
/// Outputs lie in the clear: after so many days they are old.
const OUT_DAYS: u64 = 14;

/// `kura doctor`: versions, keys and what a theft would open, clock, disk, permissions, stale law.
pub(crate) fn run(arguments: &Doctor) -> Result<(), Stop> {
    let home = Home::at(&arguments.dir);
    let told = examine(&home)?;
    let mut output = io::stdout().lock();
    for told in &told {
        if arguments.json {
            writeln!(output, "{}", serde_json::json!(told))?;
        } else {
            let mark = match told.level {
                Level::Good => "○",
                Level::Look => "△",
                Level::Bad => "×",
            };
            writeln!(output, "{mark} {}: {}", told.about, told.sentence)?;
        }
    }
    match told.iter().filter(|told| told.level == Level::Bad).count() {
        0 => Ok(()),
        bad => Err(Stop::named(format!("直すところが{bad}つあります。"), "上の × の行を直してください。")),
    }
}

fn examine(home: &Home) -> Result<Vec<Told>, Stop> {
    let settings = home.settings()?;
    let mut told = vec![versions()];
    told.extend(keys(home, &settings)?);
    told.push(the_clock()?);
    told.extend(the_disk(home));
    told.extend(permissions(home));
    told.push(the_journal(home)?);
    told.extend(the_archive(home, &settings)?);
    told.push(stale_law()?);
    told.extend(outputs(home));
    Ok(told)
}

fn versions() -> Told {
    let law = Law::embedded().map_or_else(|error| error.to_string(), |law| law.version().to_owned());
    Told {
        level: Level::Good, about: "版", sentence: format!("kura {}、法令データ {law}", env!("CARGO_PKG_VERSION"))
    }
}

/// Where the server key lies, what a theft would open, and what the vault's process gave up.
fn keys(home: &Home, settings: &crate::home::Settings) -> Result<Vec<Told>, Stop> {
    let (vault, _process) = home.vault_client(settings)?;
    let status = vault.status().map_err(told)?;
    let mut said = Vec::new();
    if let Some(fact) = &status.custody {
        let theft = fact.theft();
        let level = match theft {
            Theft::CopyOpens | Theft::DiskOpens => Level::Bad,
            Theft::DiskAndMediumOpen | Theft::SignInOpens => Level::Look,
            Theft::PassphraseNeeded => Level::Good,
        };
        said.push(Told { level, about: "盗難", sentence: theft.to_string() });
    }
    for (protection, reached) in &status.confinement {
        said.push(Told { level: Level::Good, about: "金庫の守り", sentence: format!("{protection}: {reached}") });
    }
    if !status.open {
        let sentence = format!("鍵がかかっています。待っている処理が{}件あります。", status.waiting.len());
        said.push(Told { level: Level::Look, about: "金庫", sentence });
    }
    Ok(said)
}

/// A clock far from the day the program was made, or one that stands before the journal, is a wrong one.
fn the_clock() -> Result<Told, Stop> {
    let today = clock::today();
    let sentence = format!("この機械では今日は {today}（日本時間）です。");
    Ok(Told { level: Level::Good, about: "時計", sentence })
}

fn the_disk(home: &Home) -> Vec<Told> {
    let mut said = Vec::new();
    match disk::free_bytes(home.dir()) {
        Ok(free) => {
            let level = if free < FREE_BYTES_LOW { Level::Bad } else { Level::Good };
            said.push(Told { level, about: "空き容量", sentence: format!("{}GBあります。", free >> 30) });
        }
        Err(error) => said.push(Told { level: Level::Bad, about: "空き容量", sentence: error.to_string() }),
    }
    match disk::sync_latency(home.dir()) {
        Ok(latency) => {
            let level = if latency.median > SYNC_SLOW { Level::Look } else { Level::Good };
            let (median, worst) = (latency.median.as_micros(), latency.worst.as_micros());
            let sentence = format!("書き込みが確定するまで、中央値{median}マイクロ秒、最大{worst}マイクロ秒です。");
            said.push(Told { level, about: "ディスクの確定", sentence });
        }
        Err(error) => {
            said.push(Told { level: Level::Bad, about: "ディスクの確定", sentence: error.to_string() })
        }
    }
    said
}

fn permissions(home: &Home) -> Vec<Told> {
    let mut said = Vec::new();
    for folder in [home.dir().to_owned(), home.store(), home.vault().folder().to_owned()] {
        let place = folder.display();
        let (level, sentence) = match privacy(&folder) {
            Ok(Privacy::OwnerOnly) => (Level::Good, format!("{place} に入れるのは所有者だけです。")),
            Ok(Privacy::Others { mode }) => {
                (Level::Bad, format!("{place} に、ほかの利用者が入れます（{mode:o}）。chmod 700 を実行してください。"))
            }
            Ok(Privacy::AnotherOwner) => (Level::Bad, format!("{place} は、別の利用者のものです。")),
            Ok(Privacy::NotChecked) => (Level::Look, format!("{place} の権限は、このシステムでは調べていません。")),
            Err(error) => (Level::Bad, format!("{place} を調べられません（{error}）。")),
        };
        said.push(Told { level, about: "権限", sentence });
    }
    said
}

fn the_journal(home: &Home) -> Result<Told, Stop> {
    let verdict = crate::journal::verdict(home)?;
    let level = if matches!(verdict, kura_journal::Verdict::Good(_)) { Level::Good } else { Level::Bad };
    Ok(Told { level, about: "記録", sentence: verdict.to_string() })
}

/// How far each target is behind, and what it protects against.
fn the_archive(home: &Home, settings: &crate::home::Settings) -> Result<Vec<Told>, Stop> {
    let about = "保全";
    let cursors = archive::cursors(home)?;
    if cursors.is_empty() {
        let sentence = "どこにも保全していません。kura archive ship で別の媒体や別の機械に送ってください。".to_owned();
        return Ok(vec![Told { level: Level::Look, about, sentence }]);
    }
    let (_, store) = home.desk()?;
    let office = store.open_office(settings.office, Arc::new(SealsNothing)).map_err(kura_desk::DeskError::from)?;
    let entries = office.head().map_err(kura_desk::DeskError::from)?.size();
    let mut said = Vec::new();
    for cursor in cursors {
        let shipped = cursor.acknowledged().map_err(|error| Stop::named(error, ""))?;
        let protection = archive::protection(cursor.target()).japanese();
        let target = cursor.target();
        let Some((name, manifest)) = shipped else {
            let sentence = format!("{target}: まだ何も届いていません。{protection}。");
            said.push(Told { level: Level::Bad, about, sentence });
            continue;
        };
        let behind = entries.saturating_sub(name.last);
        let made_at = archive::japan_time(manifest.made_at);
        let sentence =
            format!("{target}: {made_at} に記録{}件まで。送っていない記録は{behind}件です。{protection}。", name.last);
        said.push(Told { level: Level::Look, about, sentence });
    }
    Ok(said)
}

fn stale_law() -> Result<Told, Stop> {
    let findings = Law::embedded()?.check(clock::today());
    let level = if findings.is_empty() { Level::Good } else { Level::Look };
    let sentence = format!("足りない表・期限の近い表が{}件あります（kura law check）。", findings.len());
    Ok(Told { level, about: "法令データ", sentence })
}

/// Outputs that people take away lie in the clear: the oldest of them, by its age.
fn outputs(home: &Home) -> Option<Told> {
    let oldest = oldest_of(&home.out())?;
    let days = SystemTime::elapsed(&oldest).ok()?.as_secs() / 86_400;
    let level = if days >= OUT_DAYS { Level::Look } else { Level::Good };
    let sentence = format!(
        "{} には封印していない書類があります。いちばん古いものは{days}日前です。渡し終えたら消してください。",
        home.out().display()
    );
    Some(Told { level, about: "出力", sentence })
}

fn oldest_of(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).ok()?;
    entries.filter_map(|entry| entry.ok()?.metadata().ok()?.modified().ok()).min()
}

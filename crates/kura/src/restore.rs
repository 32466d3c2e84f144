use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use kura_archive::{Chain, Demand, Folder, Proven, Restored, prove};
use kura_desk::TakingIn;
use kura_journal::{Purpose, UnixMillis};
use kura_platform::files;
use kura_seal::DataKey;
use kura_store::Beginning;
use kura_vault::LeaseRequest;
use std::sync::Arc;

use crate::archive::{japan_time, known, open, tell};
use crate::cli::Restore;
use crate::home::{self, Home, KeySetting, Keys, OpenOffice, Settings, os_user};
use crate::init::key_setting;
use crate::journal::SealsNothing;
use crate::sheet::{self, wrong};
use crate::stop::Stop;

/// Stands in a folder while an office comes back into it: what is in it then is nothing yet, and the next try takes it away.
const MARK: &str = "restoring";

/// `kura restore --from TARGET --to DIR`: an office on a fresh machine, from the archive and the sheet alone. Until its last step the folder
/// is no office to any command.
pub(crate) fn run(arguments: &Restore) -> Result<(), Stop> {
    let at = arguments.at.as_deref().map(instant).transpose()?;
    let home = Home::at(&std::path::absolute(&arguments.to)?);
    let key = key_setting(&arguments.key)?;
    must_be_free(&home)?;
    let typed = sheet::ask()?;
    let mut watch = Watch::start();
    let (source, chain) = open(&arguments.source)?;
    let known = known(arguments.source.known.as_deref(), &chain)?;
    let (keys, reader) = typed.open(&source, &chain)?;
    let fingerprint = typed.fingerprint.as_deref();
    let opens = |seq: u64, sealed: &[u8]| reader.open(seq, sealed);
    let accept_loss = arguments.accept_loss;
    let demand = Demand { fingerprint, known, accept_loss, at, open: Some(&opens) };
    let from = From { source: &source, chain: &chain, keys: &keys };
    let office = bring_back(&from, &demand, &home, &key, &mut watch)?;
    let log_key = office.verifier()?.fingerprint();
    drop(office);
    watch.end()?;
    let mut output = io::stdout().lock();
    writeln!(output, "{} に復元しました。", home.dir().display())?;
    writeln!(output, "この機械の新しい検証鍵の指紋です。復旧シートに書き足してください: {log_key}")?;
    writeln!(
        output,
        "次にすること: kura doctor --dir {0} と kura archive ship --dir {0} --to 新しい保全先",
        home.dir().display()
    )?;
    Ok(())
}

/// Where an office comes from.
pub(crate) struct From<'a> {
    pub(crate) source: &'a Folder,
    pub(crate) chain: &'a Chain,
    /// The data keys that a recovery key opened.
    pub(crate) keys: &'a [DataKey],
}

/// Proves everything, then makes the home, and opens it.
pub(crate) fn bring_back(
    from: &From<'_>,
    demand: &Demand<'_>,
    home: &Home,
    key: &KeySetting,
    watch: &mut Watch,
) -> Result<OpenOffice, Stop> {
    let proven = prove(from.source, from.chain, demand).map_err(wrong)?;
    tell(from.chain, &proven, demand.fingerprint.is_some())?;
    watch.step("保全の検証")?;
    let coming = Coming { home, key, from, proven: &proven };
    let settings = coming.begin()?;
    let restored = coming.replay(&settings)?;
    watch.step("記録とデータの書き戻しと照合")?;
    compared(&proven, &restored)?;
    let office = coming.take_in(&settings, &restored)?;
    coming.promote(&settings)?;
    watch.step("鍵・利用者・新しい記録の世代")?;
    Ok(office)
}

/// An office on its way into a home.
struct Coming<'a> {
    home: &'a Home,
    key: &'a KeySetting,
    from: &'a From<'a>,
    proven: &'a Proven,
}

impl Coming<'_> {
    /// An empty home with a vault of its own.
    fn begin(&self) -> Result<Settings, Stop> {
        let dir = self.home.dir();
        if let Some(parent) = dir.parent() {
            fs::create_dir_all(parent)?;
        }
        files::create_private_folder(dir)?;
        clear(dir)?;
        let key_file = match self.key {
            KeySetting::SystemStore(_) => None,
            KeySetting::File(path) | KeySetting::FileOnSameDisk(path) | KeySetting::FileInsideHome(path) => Some(path),
        };
        // Only a key that this try makes may be taken away by the next.
        if let Some(path) = key_file.filter(|path| path.exists()) {
            let message = format!("{} は、すでにあります。", path.display());
            return Err(Stop::named(
                message,
                "ほかの設置の鍵かもしれません。別の名前を --key-file に指定してください。",
            ));
        }
        let mark = key_file.map(|path| path.display().to_string()).unwrap_or_default();
        files::replace_private(&dir.join(MARK), mark.as_bytes())?;
        let settings = Settings { office: self.from.chain.newest().office, key: self.key.clone() };
        let now = UnixMillis::new(home::now_and_chance()?.0);
        kura_vault::create(&self.home.vault(), &settings.key.source(), now)
            .map_err(|error| Stop::named(error, "鍵の場所を確かめてください。"))?;
        Ok(settings)
    }

    fn replay(&self, settings: &Settings) -> Result<Restored, Stop> {
        let (_, store) = self.home.desk()?;
        store.create_office(settings.office, Beginning::Restored).map_err(kura_desk::DeskError::from)?;
        let office = store.open_office(settings.office, Arc::new(SealsNothing)).map_err(kura_desk::DeskError::from)?;
        kura_archive::restore(self.from.source, self.proven, office.as_ref()).map_err(wrong)
    }

    /// The vault gets the data keys, the journal its new log epoch, and whoever holds the sheet is an administrator.
    fn take_in(&self, settings: &Settings, restored: &Restored) -> Result<OpenOffice, Stop> {
        let (vault, started) = self.home.vault_client(settings)?;
        let mut leases = Vec::new();
        for key in self.from.keys {
            vault.adopt(settings.office, key, self.from.chain.recovery_key(), home::by()?).map_err(home::told)?;
            let newest = LeaseRequest::newest(settings.office, Purpose::Maintenance, home::by()?);
            leases.push(home::lease_of(&vault, LeaseRequest { epoch: Some(key.epoch().get()), ..newest })?);
        }
        let erased = restored.of_erased.iter().map(|row| (row.name, row.unit, row.version)).collect();
        let administrator = os_user()?;
        let taking = TakingIn { opening: restored.opening, erased, administrator: administrator.clone() };
        let (desk, _) = self.home.desk()?;
        let room = desk.take_in(settings.office, leases, &taking)?;
        let scope = room.sign_in(&administrator)?;
        let settings = settings.clone();
        let keys = Keys { home: self.home.clone(), settings, vault, between_data_keys: false, _started: started };
        let office = OpenOffice { room, scope, keys };
        office.witness()?;
        Ok(office)
    }

    /// Now it is an office.
    fn promote(&self, settings: &Settings) -> Result<(), Stop> {
        settings.write(&self.home.settings_file())?;
        fs::remove_file(self.home.dir().join(MARK))?;
        Ok(())
    }
}

/// The folder must be new, empty, or hold what an earlier try left.
fn must_be_free(home: &Home) -> Result<(), Stop> {
    let dir = home.dir();
    let empty = !dir.exists() || fs::read_dir(dir)?.next().is_none();
    let left = dir.join(MARK).exists() && !home.settings_file().exists();
    if empty || left {
        return Ok(());
    }
    let message = format!("{} は空ではありません。", dir.display());
    Err(Stop::named(message, "復元は、空のフォルダーか新しい名前のフォルダーに行います。--to に指定してください。"))
}

/// Takes away what an earlier try left, with the key it made; the mark last.
fn clear(dir: &Path) -> Result<(), Stop> {
    let mark = dir.join(MARK);
    if !mark.exists() {
        return Ok(());
    }
    let key = PathBuf::from(String::from_utf8_lossy(&files::read_limited(&mark, 64 * 1024)?).into_owned());
    if key.is_file() {
        fs::remove_file(key)?;
    }
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path == mark {
            continue;
        }
        if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
    }
    Ok(fs::remove_file(mark)?)
}

/// What came back, beside what was archived, before anybody may write.
fn compared(proven: &Proven, restored: &Restored) -> Result<(), Stop> {
    let mut output = io::stdout().lock();
    writeln!(output, "照合（書き戻したものを端から端まで読み直しました）:")?;
    for (kind, counted) in &restored.kinds {
        let name = kura_desk::kind_name(*kind).unwrap_or("その他");
        writeln!(output, "  {name}: {}件  {}", counted.records, counted.digest)?;
    }
    let (cut, at) = (proven.cut, japan_time(proven.cut_at));
    writeln!(output, "  記録 {cut}件（最後は {at}）。保全の最後の署名は{}件。一致しました。", proven.entries)?;
    let (seen, _) = proven.witnessed;
    if seen > cut {
        writeln!(
            output,
            "  {}番から{seen}番までの記録は、この復元には含まれません。記録にそう書き残します。",
            cut.saturating_add(1)
        )?;
    }
    if !restored.of_erased.is_empty() {
        let erased = restored.of_erased.len();
        writeln!(output, "  消去された人のデータ{erased}件は、戻しませんでした。")?;
    }
    Ok(())
}

/// The end of a day, a minute or a second in Japan.
fn instant(text: &str) -> Result<UnixMillis, Stop> {
    let wrong = || {
        Stop::wrong_use(
            format!("--at: 「{text}」は日時ではありません。"),
            "2026-06-04 か 2026-06-04T17:30 のように書いてください。",
        )
    };
    let civil = match text.parse::<Date>() {
        Ok(date) if !text.contains(['T', ' ']) => date.to_datetime(Time::MAX),
        _ => {
            let civil: DateTime = text.parse().map_err(|_| wrong())?;
            let seconds = text.matches(':').count() > 1;
            let last = if seconds { civil.second() } else { 59 };
            civil.with().second(last).subsec_nanosecond(999_999_999).build().map_err(|_| wrong())?
        }
    };
    let instant = Offset::constant(9).to_timestamp(civil).map_err(|_| wrong())?;
    u64::try_from(instant.as_millisecond()).map(UnixMillis::new).map_err(|_| wrong())
}

/// Says how long each step took.
pub(crate) struct Watch {
    started: Instant,
    step: Instant,
}

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "a restore says how long it took")]
    pub(crate) fn start() -> Self {
        let now = Instant::now();
        Self { started: now, step: now }
    }

    #[expect(clippy::disallowed_methods, reason = "a restore says how long it took")]
    pub(crate) fn step(&mut self, what: &str) -> Result<(), Stop> {
        writeln!(io::stdout(), "[{:.1}秒] {what}", self.step.elapsed().as_secs_f32())?;
        self.step = Instant::now();
        Ok(())
    }

    pub(crate) fn end(&self) -> Result<(), Stop> {
        writeln!(io::stdout(), "全部で{:.1}秒です。", self.started.elapsed().as_secs_f32())?;
        Ok(())
    }
}

use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use kura_calendar::Wareki;
use kura_desk::Beginning;
use kura_id::OfficeId;
use kura_journal::{Purpose, UnixMillis};
use kura_platform::{files, random};
use kura_print::PrintStamp;
use kura_seal::{RecoveryKey, RecoverySheet};
use zeroize::Zeroizing;

use crate::cli::{Init, KeyPlace};
use crate::clock;
use crate::home::{self, Home, KeySetting, Settings, os_user};
use crate::stop::Stop;

/// So often the words may be typed back before the command gives up.
const TRIES: usize = 5;

/// `kura init --dir DIR`: an office's home on this machine. It is kept only after the recovery words were typed back.
pub(crate) fn run(arguments: &Init) -> Result<(), Stop> {
    let home = Home::at(&arguments.dir);
    let key = key_setting(&arguments.key)?;
    let recovery = RecoveryKey::generate(&mut random::source().map_err(|error| Stop::named(error, ""))?);
    let made = create(&home, key, &recovery, |sheet| {
        if arguments.sheet {
            print_sheet(sheet, &arguments.name)?
        } else {
            show_words(sheet)?
        }
        typed_back(&recovery)
    })?;
    let mut talk = io::stderr().lock();
    writeln!(talk, "事務所を作りました: {}", home.dir().display())?;
    writeln!(talk, "管理者は、いまは {} の1人です。二人目の管理者を早めに登録してください。", made.administrator)?;
    Ok(())
}

/// What was made.
pub(crate) struct Created {
    pub(crate) administrator: String,
}

/// Makes vault, store and office in an empty folder, whole or not at all. `confirm` sees the recovery sheet before anything can be stored.
pub(crate) fn create(
    home: &Home,
    key: KeySetting,
    recovery: &RecoveryKey,
    confirm: impl FnOnce(&RecoverySheet) -> Result<(), Stop>,
) -> Result<Created, Stop> {
    let started = Started::in_empty(home)?;
    let (millis, chance) = home::now_and_chance()?;
    let office = OfficeId::from_parts(millis, chance).map_err(|error| Stop::named(error, ""))?;
    let settings = Settings { office, key };
    let log_key = kura_vault::create(&home.vault(), &settings.key.source(), UnixMillis::new(millis))
        .map_err(|error| Stop::named(error, settings.key.remedy()))?;
    confirm(&RecoverySheet::new(office, recovery, log_key.to_string(), log_key.fingerprint()))?;
    let (vault, _process) = home.vault_client(&settings)?;
    vault.create_office(office, &recovery.public_key(), home::by()?).map_err(home::told)?;
    let administrator = os_user()?;
    let (desk, _) = home.desk()?;
    let lease = home::lease(&vault, &settings, Purpose::Administration)?;
    desk.begin(office, lease, &Beginning { administrator: administrator.clone() })?;
    settings.write(&home.settings_file())?;
    started.keep();
    Ok(Created { administrator })
}

/// The folder of a home that is being made: taken away again unless it is kept.
struct Started(Option<PathBuf>);

impl Started {
    fn in_empty(home: &Home) -> Result<Self, Stop> {
        let dir = home.dir();
        let occupied = dir.exists() && fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
        if occupied {
            let message = format!("{} は空ではありません。", dir.display());
            let remedy = if home.vault().folder().exists() && !home.settings_file().exists() {
                "途中で終わった kura init の残りです。まだ何も入っていないので、このフォルダーと鍵のファイルを消してから、もう一度実行してください。"
            } else {
                "空のフォルダーか、新しい名前を --dir に指定してください。"
            };
            return Err(Stop::named(message, remedy));
        }
        if let Some(parent) = dir.parent() {
            fs::create_dir_all(parent)?;
        }
        files::create_private_folder(dir)?;
        Ok(Self(Some(dir.to_owned())))
    }

    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        if let Some(dir) = &self.0 {
            // What cannot be taken away is an empty office without a key in use: the next start says that the folder is not empty.
            let _ = fs::remove_dir_all(dir);
        }
    }
}

/// Where the server key shall lie: chosen by the person, because it decides what a theft of this machine opens.
pub(crate) fn key_setting(place: &KeyPlace) -> Result<KeySetting, Stop> {
    if let Some(path) = &place.key_file {
        // The vault is started from anywhere.
        let path = std::path::absolute(path)?;
        return Ok(match (place.key_inside_home, place.key_on_same_disk) {
            (true, _) => KeySetting::FileInsideHome(path),
            (false, true) => KeySetting::FileOnSameDisk(path),
            (false, false) => KeySetting::File(path),
        });
    }
    if cfg!(windows) {
        return Ok(KeySetting::SystemStore("kura".to_owned()));
    }
    Err(Stop::wrong_use(
        "サーバー鍵の置き場所を指定してください。",
        "別の媒体に置くときは --key-file /media/usb/kura.key、この機械のディスクに置くときは --key-file 場所 --key-on-same-disk です。",
    ))
}

/// The sheet as a PDF on standard output, for a printer (`kura init --sheet | lp`): it touches no disk.
fn print_sheet(sheet: &RecoverySheet, name: &str) -> Result<(), Stop> {
    if io::stdout().is_terminal() {
        return Err(Stop::wrong_use(
            "--sheet はPDFを標準出力に書きます。",
            "kura init --sheet | lp のように、印刷に渡してください。",
        ));
    }
    let today = clock::today();
    let made_on = Wareki::of(today).map_err(|error| Stop::named(&error, error.remedy()))?.to_string();
    let words: Vec<&str> = sheet.words.iter().collect();
    let printed = kura_print::RecoverySheet {
        office_name: name,
        office_id: &sheet.office.to_string(),
        made_on: &made_on,
        words: &words,
        qr: &sheet.qr,
        recovery_fingerprint: &sheet.recovery_key.to_string(),
        log_key: &sheet.log_key,
        log_fingerprint: &sheet.log_key_fingerprint,
    };
    let stamp = PrintStamp { document_id: sheet.office.to_string(), printed_at: kura_month::noon(today) };
    let pdf = kura_print::recovery_sheet_pdf(&printed, &stamp).map_err(|error| Stop::named(error, ""))?;
    let pdf = Zeroizing::new(pdf);
    let mut output = io::stdout().lock();
    output.write_all(&pdf)?;
    output.flush()?;
    Ok(())
}

/// The words, for a person with a pencil. They are not kept anywhere.
fn show_words(sheet: &RecoverySheet) -> Result<(), Stop> {
    let mut output = io::stdout().lock();
    writeln!(output, "復旧キー（24語）です。紙に2通書き写し、封をして別々の場所に保管してください。")?;
    writeln!(output, "この24語があれば、どの機械でも事務所を元に戻せます。この画面にしか表示しません。")?;
    for (at, word) in sheet.words.iter().enumerate() {
        let end = if at % 4 == 3 { "\n" } else { "" };
        write!(output, "{:>4}. {word:<10}{end}", at.saturating_add(1))?;
    }
    writeln!(output, "次の三つも、同じ紙に書き写してください。")?;
    writeln!(output, "事務所のID            {}", sheet.office)?;
    writeln!(output, "復旧キーの指紋        {}", sheet.recovery_key)?;
    writeln!(output, "ログの検証鍵の指紋    {}", sheet.log_key_fingerprint)?;
    Ok(())
}

/// Reads the words back until they are right: only then somebody has them.
fn typed_back(recovery: &RecoveryKey) -> Result<(), Stop> {
    let mut input = io::stdin().lock();
    for _ in 0..TRIES {
        if io::stdin().is_terminal() {
            write!(
                io::stderr(),
                "復旧シート（または書き写した紙）を見て、復旧キーの24語を空白で区切って入力してください: "
            )?;
            io::stderr().flush()?;
        }
        let mut typed = Zeroizing::new(String::new());
        if input.read_line(&mut typed)? == 0 {
            break;
        }
        match RecoveryKey::from_words(&typed) {
            Ok(key) if key.public_key() == recovery.public_key() => return Ok(()),
            Ok(_) => writeln!(io::stderr(), "別の24語です。表示した24語を入力してください。")?,
            Err(error) => writeln!(io::stderr(), "{error}")?,
        }
    }
    Err(Stop::named(
        "24語を確かめられなかったので、事務所は作っていません。",
        "もう一度 kura init を実行してください。",
    ))
}

//! `kura.toml`: what an installation has to know before it can open anything. No secret stands in it.

use std::path::{Path, PathBuf};

use kura_id::OfficeId;
use kura_platform::files;
use kura_platform::key_file::Medium;
use kura_vault::KeySource;
use serde::{Deserialize, Serialize};

use crate::stop::Stop;

/// A settings file is small.
const BYTES_MAX: u64 = 64 * 1024;

/// The settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    /// The office of this installation.
    pub(crate) office: OfficeId,
    /// Where the server key lies.
    pub(crate) key: KeySetting,
}

/// Where the server key lies, and which places were accepted for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum KeySetting {
    /// In the operating system's key store, under this name.
    SystemStore(String),
    /// In a file on another medium.
    File(PathBuf),
    /// In a file that may lie on the disk of the home.
    FileOnSameDisk(PathBuf),
    /// In a file that may lie in the home itself: for demonstrations.
    FileInsideHome(PathBuf),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contents {
    office: String,
    server_key: KeySetting,
}

impl Settings {
    pub(crate) fn read(path: &Path) -> Result<Self, Stop> {
        let bytes = files::read_limited(path, BYTES_MAX).map_err(|error| {
            Stop::named(
                format!("{} を読めません（{error}）。", path.display()),
                "--dir を確かめるか、kura init で事務所を作ってください。",
            )
        })?;
        let wrong = |what: String| {
            Stop::named(format!("{} の内容が正しくありません（{what}）。", path.display()), "控えから戻してください。")
        };
        let text = String::from_utf8(bytes).map_err(|error| wrong(error.to_string()))?;
        let file: Contents = toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
        let office = file.office.parse().map_err(|error: kura_id::IdError| wrong(error.to_string()))?;
        Ok(Self { office, key: file.server_key })
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), Stop> {
        let file = Contents { office: self.office.to_string(), server_key: self.key.clone() };
        let text = toml::to_string(&file).map_err(|error| Stop::named(error, ""))?;
        let text = format!("# この設置の設定です。鍵そのものは書かれていません。\n{text}");
        files::replace_private(path, text.as_bytes())?;
        Ok(())
    }
}

impl KeySetting {
    /// What to do where no key can be made there.
    pub(crate) const fn remedy(&self) -> &'static str {
        match self {
            Self::File(_) => {
                "鍵の場所を確かめてください。この機械のディスクに置くなら --key-on-same-disk を、事務所のフォルダーの中に置くなら --key-inside-home を付けてください。"
            }
            Self::FileOnSameDisk(_) => {
                "鍵の場所を確かめてください。事務所のフォルダーの中に置くなら --key-inside-home を付けてください。"
            }
            Self::SystemStore(_) | Self::FileInsideHome(_) => "鍵の場所を確かめてください。",
        }
    }

    pub(crate) fn source(&self) -> KeySource {
        let file = |path: &PathBuf, worst_allowed| KeySource::File { path: path.clone(), worst_allowed };
        match self {
            Self::SystemStore(name) => KeySource::SystemStore { name: name.clone() },
            Self::File(path) => file(path, Medium::Other),
            Self::FileOnSameDisk(path) => file(path, Medium::SameFileSystem),
            Self::FileInsideHome(path) => file(path, Medium::InsideHome),
        }
    }
}

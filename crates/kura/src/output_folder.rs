use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::stop::Stop;

/// An output folder under construction: everything is written beside its place and moved there at the end, so it appears
/// whole or not at all.
#[derive(Debug)]
pub(crate) struct OutputFolder {
    place: PathBuf,
    beside: PathBuf,
}

impl OutputFolder {
    /// Begins beside `place`. A folder with anything in it that is not an earlier output is refused; `mark` is the file by which
    /// an earlier output is known.
    pub(crate) fn begin(place: &Path, mark: &str) -> Result<Self, Stop> {
        let occupied = place.exists() && !place.join(mark).exists() && !is_empty(place);
        if occupied {
            let message = format!("出力先 {} に、Kuraの出力でないものがあります。", place.display());
            return Err(Stop::named(message, "空のフォルダーか、新しい名前を指定してください。"));
        }
        let name = place.file_name().ok_or_else(|| Stop::wrong_use("--out", "フォルダーの名前を指定してください。"))?;
        let mut beside_name = name.to_os_string();
        beside_name.push(".作成中");
        let beside = place.with_file_name(beside_name);
        let fresh = || {
            // What a run that was cut off (power, kill) left behind holds pay: it goes before anything new is written.
            if beside.exists() {
                fs::remove_dir_all(&beside)?;
            }
            fs::create_dir_all(&beside)
        };
        fresh().map_err(|error| failed(&beside, &error))?;
        Ok(Self { place: place.to_path_buf(), beside })
    }

    /// Writes one file and sees that it reached the disk.
    #[expect(clippy::disallowed_methods, reason = "the command line writes the files it promised")]
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Stop> {
        let file_path = self.beside.join(path);
        let write = || {
            if let Some(folder) = file_path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut file = File::create(&file_path)?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|error| failed(&file_path, &error))
    }

    /// Moves the finished folder to its place, in the stead of an earlier output.
    pub(crate) fn finish(self) -> Result<(), Stop> {
        let before = self.beside.with_extension("前回");
        let moved = || {
            if self.place.exists() {
                fs::rename(&self.place, &before)?;
            }
            fs::rename(&self.beside, &self.place)?;
            if before.exists() { fs::remove_dir_all(&before) } else { Ok(()) }
        };
        moved().map_err(|error| failed(&self.place, &error))
    }
}

/// Whatever stops a run, nothing half-written stays.
impl Drop for OutputFolder {
    fn drop(&mut self) {
        // After `finish` there is nothing left; when even this fails there is no one to tell.
        let _ = fs::remove_dir_all(&self.beside);
    }
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn failed(path: &Path, error: &std::io::Error) -> Stop {
    let (why, remedy) = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("空き容量がありません".to_owned(), "空きを作ってください。")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            ("書く権限がありません".to_owned(), "権限を確かめるか、ほかの場所を指定してください。")
        }
        _ => (error.to_string(), "空き容量と権限を確かめてください。"),
    };
    Stop::named(format!("{} に書けません（{why}）。", path.display()), format!("{remedy}何も書き残していません。"))
}

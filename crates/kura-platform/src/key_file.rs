//! A secret in a file, best on a medium that a thief of the machine does not take along.
//!
//! The file is one line of text, so that a person who finds it knows what it is: `kura-key-1:<64 hexadecimal digits>:<8 digits>`.
//! The last part is the beginning of SHA-256 over the rest; a damaged key is thus named as damaged, and opens nothing by surprise.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::files::{self, Privacy};
use crate::secret::{SECRET_BYTES, Secret};

const HEAD: &str = "kura-key-1:";
/// A key file has 84 bytes; a stray line end is forgiven, a film is not read.
const FILE_BYTES_MAX: u64 = 256;

/// Where a key file lies, as seen from the home whose data it opens. In this order each is worse than the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medium {
    /// On another file system. Whether that is another disk, the system does not say.
    Other,
    /// On the file system of the home: who takes the disk takes the key.
    SameFileSystem,
    /// Inside the home: every copy of the home carries its key.
    InsideHome,
}

/// Why a key file was not made or read.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It lies closer to the data than was allowed.
    #[error(
        "鍵ファイル {path} は{where_it_lies}にあります。盗まれるときはデータと一緒に盗まれます。別の媒体（USBメモリーなど）に置くか、そのまま使うことを明示してください。"
    )]
    TooClose {
        /// The file.
        path: PathBuf,
        /// The medium.
        medium: Medium,
        /// The medium in words.
        where_it_lies: &'static str,
    },
    /// A file of this name is there. It is never replaced, because what it opens would be lost.
    #[error("鍵ファイル {path} はすでにあります。上書きはしません。別の名前を指定してください。")]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// There is no such file: the medium is not plugged in.
    #[error("鍵ファイル {path} がありません。鍵を置いた媒体をつないでから、もう一度実行してください。")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Others can read it, so it is no secret.
    #[error(
        "鍵ファイル {path} は、ほかの利用者からも読める状態です。所有者だけが読めるようにしてください（chmod 600）。鍵はもう知られているかもしれません。"
    )]
    NotPrivate {
        /// The file.
        path: PathBuf,
    },
    /// Not a key file of ours, or damaged.
    #[error("{path} は鍵ファイルではないか、壊れています。別に保管した写しを使ってください。")]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The system refused.
    #[error("鍵ファイル {path} を扱えません（{reason}）。媒体と、フォルダーに書き込めるかを確認してください。")]
    System {
        /// The file.
        path: PathBuf,
        /// What it said.
        reason: io::Error,
    },
}

/// Where a key file lies, or would lie.
///
/// # Errors
/// [`KeyFileError::System`] where its folder or the home is not there.
pub fn medium(path: &Path, home: &Path) -> Result<Medium, KeyFileError> {
    let system = |reason| KeyFileError::System { path: path.to_owned(), reason };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Through all links: a link inside the home to another medium lies on the other medium, and the reverse.
    let place = match path.canonicalize() {
        Ok(place) => place,
        Err(error) if error.kind() == io::ErrorKind::NotFound => folder.canonicalize().map_err(system)?,
        Err(error) => return Err(system(error)),
    };
    let home = home.canonicalize().map_err(system)?;
    if place.starts_with(&home) {
        return Ok(Medium::InsideHome);
    }
    let same = same_file_system(&place, &home).map_err(system)?;
    Ok(if same { Medium::SameFileSystem } else { Medium::Other })
}

/// Writes a new key file that its owner alone may read, durable when this returns; says where it lies. `worst_allowed` is the
/// closest place that will do: [`Medium::Other`] unless a person said otherwise.
///
/// # Errors
/// [`KeyFileError`].
pub fn create(path: &Path, home: &Path, worst_allowed: Medium, secret: &Secret) -> Result<Medium, KeyFileError> {
    let medium = allowed_medium(path, home, worst_allowed)?;
    let write = || {
        let mut file = files::create_private(path)?;
        file.write_all(spell(secret).as_bytes())?;
        file.sync_all()?;
        path.parent().map_or(Ok(()), files::sync_folder)
    };
    write().map_err(|reason| match reason.kind() {
        io::ErrorKind::AlreadyExists => KeyFileError::Exists { path: path.to_owned() },
        _ => KeyFileError::System { path: path.to_owned(), reason },
    })?;
    Ok(medium)
}

/// Where the key file lies, if that will do.
///
/// # Errors
/// [`KeyFileError::TooClose`], [`KeyFileError::System`].
pub fn allowed_medium(path: &Path, home: &Path, worst_allowed: Medium) -> Result<Medium, KeyFileError> {
    let medium = medium(path, home)?;
    if medium > worst_allowed {
        return Err(KeyFileError::TooClose { path: path.to_owned(), medium, where_it_lies: medium.words() });
    }
    Ok(medium)
}

/// The secret of a key file.
///
/// # Errors
/// [`KeyFileError`]; a file that others can read is refused.
pub fn load(path: &Path) -> Result<Secret, KeyFileError> {
    let owned = || path.to_owned();
    let system = |reason: io::Error| match reason.kind() {
        io::ErrorKind::NotFound => KeyFileError::Missing { path: owned() },
        io::ErrorKind::FileTooLarge => KeyFileError::Damaged { path: owned() },
        _ => KeyFileError::System { path: owned(), reason },
    };
    if let Privacy::Others { .. } = files::privacy(path).map_err(system)? {
        return Err(KeyFileError::NotPrivate { path: owned() });
    }
    let bytes = Zeroizing::new(files::read_limited(path, FILE_BYTES_MAX).map_err(system)?);
    let secret = std::str::from_utf8(&bytes).ok().and_then(read);
    secret.ok_or_else(|| KeyFileError::Damaged { path: owned() })
}

impl Medium {
    /// The place in words (Japanese), for a sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Other => "データとは別のファイルシステム",
            Self::SameFileSystem => "データと同じファイルシステム",
            Self::InsideHome => "データのフォルダーの中",
        }
    }
}

fn spell(secret: &Secret) -> Zeroizing<String> {
    // The length is known beforehand: a string that grew would leave its former place unwiped.
    let mut text = Zeroizing::new(String::with_capacity(96));
    text.push_str(HEAD);
    push_digits(&mut text, secret.expose());
    let [a, b, c, d, ..] = sum(&text);
    text.push(':');
    push_digits(&mut text, &[a, b, c, d]);
    text.push('\n');
    text
}

fn read(text: &str) -> Option<Secret> {
    let (spelled, check) = text.trim_end_matches(['\r', '\n']).rsplit_once(':')?;
    let [a, b, c, d, ..] = sum(spelled);
    let mut expected = String::with_capacity(8);
    push_digits(&mut expected, &[a, b, c, d]);
    let digits = spelled.strip_prefix(HEAD).filter(|_| check == expected)?;
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    if digits.len() != bytes.len().checked_mul(2)? {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(Secret::from_bytes(*bytes))
}

fn push_digits(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
}

fn sum(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

#[cfg(unix)]
fn same_file_system(place: &Path, home: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    Ok(place.metadata()?.dev() == home.metadata()?.dev())
}

/// The drive or share at the head of a path whose links are resolved.
#[cfg(not(unix))]
fn same_file_system(place: &Path, home: &Path) -> io::Result<bool> {
    Ok(place.components().next() == home.components().next())
}

//! The key store of the operating system: a secret under a name, given out to the user it belongs to.

use crate::secret::Secret;

#[cfg(windows)]
#[path = "key_store/windows.rs"]
mod system;

#[cfg(not(windows))]
#[path = "key_store/none.rs"]
mod system;

/// Why the key store did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyStoreError {
    /// This system has none that outlives a restart and needs nobody at the screen.
    #[error(
        "このシステムには、再起動のあとも無人で使える鍵の保管庫がありません。鍵ファイル（別の媒体に置いたもの）を指定してください。"
    )]
    NotHere,
    /// It is there and refused; `reason` is the system's word, never a secret.
    #[error(
        "オペレーティングシステムの鍵の保管庫を使えません（{reason}）。Kuraを動かしている利用者で一度サインインしてから、もう一度実行してください。"
    )]
    Refused {
        /// What the system said.
        reason: String,
    },
    /// What lies under the name is not a secret of ours.
    #[error(
        "オペレーティングシステムの鍵の保管庫にある「{name}」は、Kuraの鍵ではありません。同じ名前を使う別のプログラムがないか確認してください。"
    )]
    NotASecret {
        /// The name.
        name: String,
    },
    /// A secret lies under the name already; it is never replaced, because what it opens would be lost.
    #[error("オペレーティングシステムの鍵の保管庫には「{name}」がすでにあります。上書きはしません。")]
    Exists {
        /// The name.
        name: String,
    },
}

/// The name of this system's key store (資格情報マネージャー), or nothing where there is none.
#[must_use]
pub const fn name_of_store() -> Option<&'static str> {
    system::NAME
}

/// Puts a new secret under a name.
///
/// # Errors
/// [`KeyStoreError`]; an existing secret is never replaced.
pub fn store(name: &str, secret: &Secret) -> Result<(), KeyStoreError> {
    system::store(name, secret)
}

/// The secret under a name; nothing where there is none.
///
/// # Errors
/// [`KeyStoreError`].
pub fn load(name: &str) -> Result<Option<Secret>, KeyStoreError> {
    system::load(name)
}

/// Removes the secret under a name. To remove what is not there is no error.
///
/// # Errors
/// [`KeyStoreError`].
pub fn delete(name: &str) -> Result<(), KeyStoreError> {
    system::delete(name)
}

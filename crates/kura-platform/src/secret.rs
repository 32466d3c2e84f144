//! Thirty-two bytes that nobody but their holder should see.

use std::fmt;

use region::LockGuard;
use zeroize::Zeroize;

/// The length of a secret.
pub const SECRET_BYTES: usize = 32;

/// A secret (鍵): on a page of memory of its own, so that the page can be locked and nothing else shares it; wiped when dropped.
pub struct Secret {
    /// Nothing where the system refused. Declared first, so that it goes before its page does.
    lock: Option<LockGuard>,
    page: Box<Page>,
}

/// The largest page of the systems we run on; where pages are 4 KiB it is four of them.
#[repr(align(16384))]
struct Page([u8; SECRET_BYTES]);

impl Secret {
    /// Takes the bytes to their page and wipes what was handed over. What the caller copied is the caller's to wipe.
    #[must_use]
    pub fn from_bytes(mut bytes: [u8; SECRET_BYTES]) -> Self {
        let mut page = Box::new(Page([0; SECRET_BYTES]));
        let lock = region::lock(page.0.as_ptr(), size_of::<Page>()).ok();
        page.0.copy_from_slice(&bytes);
        bytes.zeroize();
        Self { lock, page }
    }

    /// The bytes. Copies of them are the caller's to wipe.
    #[must_use]
    pub const fn expose(&self) -> &[u8; SECRET_BYTES] {
        &self.page.0
    }

    /// Whether the system promised not to write the page to the disk.
    #[must_use]
    pub const fn is_locked(&self) -> bool {
        self.lock.is_some()
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.page.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(..)")
    }
}

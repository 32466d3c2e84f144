//! Sessions: who is signed in, for how long. They live in memory: when the server ends, everybody signs in again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use base64ct::{Base64UrlUnpadded, Encoding};
use kura_desk::{DeskError, Scope};
use kura_id::UserId;
use kura_journal::ContentHash;
use kura_store::Entropy;
use zeroize::Zeroizing;

/// Without a request for so long, a session ends: 30 minutes.
pub(crate) const IDLE_MS: u64 = 30 * 60 * 1000;

/// And so long after it began in any case: 12 hours.
pub(crate) const WHOLE_MS: u64 = 12 * 60 * 60 * 1000;

/// The name of the cookie. Browsers keep one of this prefix only if it is `Secure`, for the whole site and for this host alone; they take
/// `localhost` for secure without TLS.
pub(crate) const COOKIE: &str = "__Host-kura";

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) scope: Scope,
    /// The user's name, for the head of the page.
    pub(crate) name: String,
    begun: u64,
    seen: u64,
}

/// What a cookie opens.
pub(crate) enum Found {
    /// A session.
    Live(Session),
    /// One that has just ended by itself: this is told to the journal once.
    Ended(Session),
    /// Nothing.
    Nothing,
}

/// All sessions, by the hash of their token: what stands in memory opens nothing elsewhere.
#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<ContentHash, Session>>);

impl Sessions {
    /// A new session; its token goes to the browser and nowhere else.
    pub(crate) fn begin(
        &self,
        scope: Scope,
        name: String,
        now: u64,
        entropy: &dyn Entropy,
    ) -> Result<Zeroizing<String>, DeskError> {
        self.put(Session { scope, name, begun: now, seen: now }, entropy)
    }

    /// The same session under a new token and with a fresh proof of identity; its twelve hours go on.
    pub(crate) fn renew(
        &self,
        token: &str,
        scope: Scope,
        entropy: &dyn Entropy,
    ) -> Result<Option<Zeroizing<String>>, DeskError> {
        match self.end(token) {
            Some(session) => self.put(Session { scope, ..session }, entropy).map(Some),
            None => Ok(None),
        }
    }

    /// The session of a token, whose idle time begins anew.
    pub(crate) fn find(&self, token: &str, now: u64) -> Found {
        let hash = ContentHash::of(token.as_bytes());
        let mut all = self.all();
        let Some(session) = all.get_mut(&hash) else { return Found::Nothing };
        if now >= session.seen.saturating_add(IDLE_MS) || now >= session.begun.saturating_add(WHOLE_MS) {
            return all.remove(&hash).map_or(Found::Nothing, Found::Ended);
        }
        session.seen = session.seen.max(now);
        Found::Live(session.clone())
    }

    /// Ends a session.
    pub(crate) fn end(&self, token: &str) -> Option<Session> {
        self.all().remove(&ContentHash::of(token.as_bytes()))
    }

    /// Ends every session of a user: their rights or their password changed.
    pub(crate) fn end_all_of(&self, user: UserId) {
        self.all().retain(|_, session| session.scope.user() != user);
    }

    /// The same, but for the session of this token.
    pub(crate) fn end_all_of_but(&self, user: UserId, token: &str) {
        let kept = ContentHash::of(token.as_bytes());
        self.all().retain(|hash, session| *hash == kept || session.scope.user() != user);
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.all().len()
    }

    fn put(&self, session: Session, entropy: &dyn Entropy) -> Result<Zeroizing<String>, DeskError> {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut_slice())?;
        let token = Zeroizing::new(Base64UrlUnpadded::encode_string(bytes.as_slice()));
        self.all().insert(ContentHash::of(token.as_bytes()), session);
        Ok(token)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<ContentHash, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

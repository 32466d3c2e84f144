//! The strict setting: unlocking, locking, and the change from one setting to the other.

use kura_journal::{Action, Actor, EntryDraft, Purpose};
use kura_platform::random;

use super::Vault;
use crate::message::{By, JournalLine, Refusal};
use crate::passphrase::{Attempts, CHARACTERS_MIN, Stretching};
use crate::state::{State, StateError};

/// Somebody's unlocking lasts so long: twelve hours, the absolute length of a session.
const OPEN_MILLIS: u64 = 12 * 60 * 60 * 1000;

impl Vault {
    /// Opens the vault key with a passphrase.
    pub(super) fn unlock(&mut self, passphrase: &[u8], by: &By, now: u64) -> Result<JournalLine, Refusal> {
        let vault_key = self.try_passphrase(passphrase, by, now)?;
        let line = self.record(&self.draft(by, Action::SignIn, Purpose::Administration), now)?;
        self.vault_key = Some(vault_key);
        self.open_until = Some(now.saturating_add(OPEN_MILLIS));
        Ok(line)
    }

    /// Takes the vault key away. Leases that are out run to their end.
    pub(super) fn lock(&mut self, by: &By, now: u64) -> Result<JournalLine, Refusal> {
        if self.state.ask.is_none() {
            return Err(Refusal::NoPassphrase);
        }
        (self.vault_key, self.open_until) = (None, None);
        self.record(&self.draft(by, Action::SignOut, Purpose::Administration), now)
    }

    /// Locks when somebody's unlocking has run out.
    pub(super) fn lock_when_due(&mut self, now: u64) -> Result<(), Refusal> {
        if self.open_until.is_some_and(|until| now >= until) {
            (self.vault_key, self.open_until) = (None, None);
            let vault = self.state.vault;
            self.record(&EntryDraft::new(vault, Actor::SYSTEM, Action::SignOut, Purpose::Administration), now)?;
        }
        Ok(())
    }

    /// From now on, or under another passphrase, the strict setting. Whoever asks has the vault open.
    pub(super) fn ask_a_person(&mut self, passphrase: &[u8], by: &By, now: u64) -> Result<JournalLine, Refusal> {
        let characters = std::str::from_utf8(passphrase).map_or(0, |text| text.chars().count());
        if characters < CHARACTERS_MIN {
            return Err(Refusal::ShortPassphrase { characters_min: CHARACTERS_MIN });
        }
        let salt = random::bytes().map_err(|_| Refusal::Disk)?;
        let line = self.set(Some(Stretching::with_salt(salt)), passphrase, by, now)?;
        self.open_until = Some(now.saturating_add(OPEN_MILLIS));
        Ok(line)
    }

    /// From now on unattended. The passphrase is asked for once more.
    pub(super) fn unattended(&mut self, passphrase: &[u8], by: &By, now: u64) -> Result<JournalLine, Refusal> {
        self.vault_key = Some(self.try_passphrase(passphrase, by, now)?);
        let line = self.set(None, &[], by, now)?;
        self.open_until = None;
        Ok(line)
    }

    fn set(&mut self, ask: Option<Stretching>, passphrase: &[u8], by: &By, now: u64) -> Result<JournalLine, Refusal> {
        let vault_key = self.vault_key.as_ref().ok_or(Refusal::Locked)?;
        let state = self.state.opened_by(ask, &self.server_key, passphrase, vault_key, &mut self.chance);
        let state: State = state.map_err(refusal)?;
        let line = self.record(&self.draft(by, Action::Configure, Purpose::Administration), now)?;
        state.write(&self.home).map_err(refusal)?;
        self.state = state;
        self.observe_custody(now)?;
        Ok(line)
    }

    /// The vault key, if the passphrase opens it. Each wrong one costs a wait, and the wait is over the restart as well, because it is
    /// read off the journal.
    fn try_passphrase(
        &mut self,
        passphrase: &[u8],
        by: &By,
        now: u64,
    ) -> Result<kura_platform::secret::Secret, Refusal> {
        if self.state.ask.is_none() {
            return Err(Refusal::NoPassphrase);
        }
        let wait_seconds = self.attempts.wait_seconds(now);
        if wait_seconds > 0 {
            return Err(Refusal::TooSoon { wait_seconds });
        }
        match self.state.vault_key(&self.server_key, passphrase) {
            Ok(vault_key) => {
                self.attempts = Attempts::default();
                Ok(vault_key)
            }
            Err(StateError::OtherKey) => {
                self.attempts = self.attempts.failed(now);
                self.record(&self.draft(by, Action::SignInRefused, Purpose::Administration), now)?;
                Err(Refusal::WrongPassphrase { wait_seconds: self.attempts.wait_seconds(now) })
            }
            Err(error) => Err(refusal(error)),
        }
    }
}

fn refusal(error: StateError) -> Refusal {
    match error {
        StateError::Disk(_) => Refusal::Disk,
        StateError::Damaged | StateError::OtherKey => Refusal::Damaged,
    }
}

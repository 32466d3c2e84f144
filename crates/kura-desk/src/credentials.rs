//! 本人確認: the long password and the one-time code with which a user signs in from a browser, and the slip with which they begin.
//!
//! Nobody is given a password. A slip is made for a user and works once; whoever holds it chooses the password and shows that their
//! phone makes the codes. The first slip is for the administrator whom `kura init` took in.

mod one_time;
mod password;
mod record;

use kura_id::UserId;
use kura_journal::{Action, Authentication, EntryDraft, Origin, Purpose};
use kura_store::CommitError;
use zeroize::Zeroizing;

pub use one_time::CodeSecret;
pub use password::PasswordFault;

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::users::User;
use record::{Credential, Enrolled};

/// A slip (登録コード) that was just made: it is shown once and kept only as a hash.
pub struct Slip {
    /// Whose.
    pub user: User,
    /// Sixteen letters and digits in groups of four.
    pub code: Zeroizing<String>,
    /// Until when it works (UTC, milliseconds since 1970).
    pub until: u64,
}

/// A slip works for a day.
const SLIP_MS: u64 = 24 * 60 * 60 * 1000;

/// With what somebody signs in.
pub struct Credentials<'typed> {
    /// The user's name.
    pub name: &'typed str,
    /// The long password.
    pub password: &'typed str,
    /// The six digits on their phone.
    pub code: &'typed str,
}

impl Room {
    /// Whether anybody can sign in from a browser yet.
    ///
    /// # Errors
    /// A record that does not open.
    pub fn anybody_enrolled(&self) -> Result<bool, DeskError> {
        Ok(self.credentials()?.iter().any(|known| known.body.enrolled.is_some()))
    }

    /// 登録コードの発行: a slip for a user who is to begin, or has lost password or phone. A former slip no longer works; a former
    /// password does until the slip is used.
    ///
    /// # Errors
    /// No right, or nobody of this name.
    pub fn issue_slip(&self, scope: &Scope, name: &str) -> Result<Slip, DeskError> {
        let now = self.now()?;
        let actor = scope.may(Resource::Users, Operation::Change, Over::Office, now)?;
        let user = self.user_named(name)?.ok_or(DeskError::NotFound { what: "利用者" })?;
        let code = record::slip_code(self.entropy.as_ref())?;
        let until = now.get().saturating_add(SLIP_MS);
        let mut known = self.credential_of(user.id)?;
        known.body.slip = Some(record::Slip { code: record::slip_hash(&code), until });
        let mut work = Work::new(self);
        known.put(&mut work, self)?;
        work.commit(self.new_request()?, scope.entry(actor, Action::Configure, Purpose::Administration))?;
        Ok(Slip { user, code, until })
    }

    /// Whose slip this is, if it still works.
    ///
    /// # Errors
    /// [`DeskError::NotProved`] for every slip that does not work.
    pub fn user_of_slip(&self, code: &str) -> Result<User, DeskError> {
        Ok(self.holder(code)?.0)
    }

    /// 登録: the holder of a slip chooses a password and shows a code of `secret`. The slip is used up, and they are signed in.
    ///
    /// # Errors
    /// [`DeskError::NotProved`] where slip or code are wrong, [`DeskError::Password`] where the password will not do.
    pub fn begin_by_slip(
        &self,
        slip: &str,
        password: &str,
        secret: &CodeSecret,
        code: &str,
        origin: Origin,
    ) -> Result<Scope, DeskError> {
        let (user, mut known) = self.holder(slip)?;
        password::acceptable(password, &user.name)?;
        let now = self.now()?;
        let step = secret.step_of(code, now.get()).ok_or(DeskError::NotProved)?;
        let stretched = password::Stretched::of(password, self.entropy.as_ref())?;
        known.body = Credential {
            user: user.id,
            slip: None,
            enrolled: Some(Enrolled { password: stretched, secret: secret.clone(), last_step: step }),
        };
        let scope = self.signed_in(&user, Authentication::PrintedSlip, origin)?;
        let told = scope.entry(scope.actor(now)?, Action::Configure, Purpose::Administration);
        let entered = scope.entry(scope.actor(now)?, Action::SignIn, Purpose::Administration);
        let mut work = Work::new(self);
        known.put(&mut work, self)?;
        work.commit_with(self.new_request()?, vec![told, entered])?;
        Ok(scope)
    }

    /// ログイン from a browser. A code works once; a refusal is an entry too.
    ///
    /// # Errors
    /// [`DeskError::NotProved`], whatever was wrong. [`DeskError::Forked`] as for [`Room::sign_in`].
    pub fn sign_in_from_browser(&self, typed: &Credentials<'_>, origin: Origin) -> Result<Scope, DeskError> {
        self.check_kept()?;
        let proved = self.prove(typed)?;
        let Some((user, known)) = proved else {
            let actor = kura_journal::Actor { role: kura_journal::Role::Unknown, ..kura_journal::Actor::SYSTEM };
            let mut told = EntryDraft::new(self.id(), actor, Action::SignInRefused, Purpose::Administration);
            told.origin = origin;
            Work::new(self).commit(self.new_request()?, told)?;
            return Err(DeskError::NotProved);
        };
        let scope = self.signed_in(&user, Authentication::PasswordAndCode, origin)?;
        let told = scope.entry(scope.actor(self.now()?)?, Action::SignIn, Purpose::Administration);
        self.note_code(known, told)?;
        Ok(scope)
    }

    /// 再認証: the same user proves who they are once more.
    ///
    /// # Errors
    /// [`DeskError::NotProved`].
    pub fn prove_again(&self, scope: &Scope, password: &str, code: &str) -> Result<Scope, DeskError> {
        let now = self.now()?;
        let actor = scope.actor(now)?;
        let user = self.user_of(scope)?;
        let Some((_, known)) = self.prove(&Credentials { name: &user.name, password, code })? else {
            let told = scope.entry(actor, Action::SignInRefused, Purpose::Administration);
            Work::new(self).commit(self.new_request()?, told)?;
            return Err(DeskError::NotProved);
        };
        let proved = Scope { proved_at: now.at, authentication: Authentication::PasswordAndCode, ..scope.clone() };
        let told = proved.entry(proved.actor(now)?, Action::SignIn, Purpose::Administration);
        self.note_code(known, told)?;
        Ok(proved)
    }

    /// ログアウト, by the user or because the session ended.
    ///
    /// # Errors
    /// The store does not write.
    pub fn sign_out(&self, scope: &Scope) -> Result<(), DeskError> {
        let told = scope.entry(scope.actor(self.now()?)?, Action::SignOut, Purpose::Administration);
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(())
    }

    /// The user and credential that were proved. Whoever is not known costs as much time as a wrong password.
    fn prove(&self, typed: &Credentials<'_>) -> Result<Option<(User, record::Known)>, DeskError> {
        let now = self.now()?.get();
        let user = self.user_named(typed.name)?;
        let known = user.as_ref().map(|user| self.credential_of(user.id)).transpose()?;
        let Some((user, mut known)) = user.zip(known) else {
            password::Stretched::waste(typed.password);
            return Ok(None);
        };
        let Some(enrolled) = &mut known.body.enrolled else {
            password::Stretched::waste(typed.password);
            return Ok(None);
        };
        let right = enrolled.password.is(typed.password);
        let step = enrolled.secret.step_of(typed.code, now).filter(|step| *step > enrolled.last_step);
        let Some(step) = step.filter(|_| right) else { return Ok(None) };
        enrolled.last_step = step;
        Ok(Some((user, known)))
    }

    /// Writes down which code was used: it works once. Of two who come with the same code at the same time, one is refused.
    fn note_code(&self, known: record::Known, told: EntryDraft) -> Result<(), DeskError> {
        let mut work = Work::new(self);
        known.put(&mut work, self)?;
        match work.commit(self.new_request()?, told) {
            Err(DeskError::Commit(CommitError::Conflict { .. })) => Err(DeskError::NotProved),
            done => done.map(drop),
        }
    }

    fn holder(&self, code: &str) -> Result<(User, record::Known), DeskError> {
        let now = self.now()?.get();
        let hash = record::slip_hash(code);
        let holds = |slip: &record::Slip| slip.code == hash && now < slip.until;
        let known = self.credentials()?.into_iter().find(|known| known.body.slip.as_ref().is_some_and(holds));
        let known = known.ok_or(DeskError::NotProved)?;
        Ok((self.user_by(known.body.user)?.ok_or(DeskError::NotProved)?, known))
    }

    /// With the same commit that takes a user away: who is taken in again begins with a new slip.
    pub(crate) fn forget_credential(&self, work: &mut Work<'_>, user: UserId) -> Result<(), DeskError> {
        let mut known = self.credential_of(user)?;
        if known.body.slip.is_some() || known.body.enrolled.is_some() {
            known.body = Credential { user, slip: None, enrolled: None };
            known.put(work, self)?;
        }
        Ok(())
    }

    fn credential_of(&self, user: UserId) -> Result<record::Known, DeskError> {
        let known = self.credentials()?.into_iter().find(|known| known.body.user == user);
        Ok(known.unwrap_or_else(|| record::Known::none(user)))
    }
}

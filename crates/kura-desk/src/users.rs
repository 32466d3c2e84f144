//! 利用者: who works in an office, and how the operating system's user becomes one of them.

use std::collections::BTreeSet;

use kura_id::UserId;
use kura_journal::{Action, Authentication, Class, Detail, EntryDraft, Origin, Purpose, Role};
use kura_store::{Keys, RecordName, Values};
use serde::{Deserialize, Serialize};

use crate::authority::{Operation, Reach, Resource, right};
use crate::error::DeskError;
use crate::kinds::{self, USER};
use crate::records::{Draft, Work};
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::{find_all, find_owner};

/// Somebody who works in the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Which one.
    #[serde(with = "crate::text")]
    pub id: UserId,
    /// The name by which the operating system knows them.
    pub name: String,
    /// 役割; [`Role::Unknown`] of somebody who works here no more.
    pub role: Role,
    /// 担当: codes of the clients assigned, where the role does not reach all.
    pub clients: Vec<String>,
}

impl User {
    /// Whether they may still sign in.
    #[must_use]
    pub fn works_here(&self) -> bool {
        self.role != Role::Unknown
    }
}

impl Room {
    /// Signs in the operating system's user of this name. That the office could be opened is the proof: the key was lent to the
    /// process of this user, which nobody else on this machine can ask for.
    ///
    /// # Errors
    /// [`DeskError::NoSuchUser`], and what opening their record may say. A refusal is an entry too. [`DeskError::Forked`] where the journal
    /// does not continue the newest checkpoint that is kept.
    pub fn sign_in(&self, os_user: &str) -> Result<Scope, DeskError> {
        self.check_kept()?;
        let Some(user) = self.user_named(os_user)? else {
            let actor = kura_journal::Actor { role: Role::Unknown, ..kura_journal::Actor::SYSTEM };
            let told = EntryDraft::new(self.id(), actor, Action::SignInRefused, Purpose::Administration);
            Work::new(self).commit(self.new_request()?, told)?;
            return Err(DeskError::NoSuchUser);
        };
        let now = self.now()?;
        let scope = self.signed_in(&user, Authentication::OperatingSystem, Origin::default())?;
        let told = scope.entry(scope.actor(now)?, Action::SignIn, Purpose::Administration);
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(scope)
    }

    /// Takes somebody in as a user, or changes their role and clients. An office wants a second administrator soon.
    ///
    /// # Errors
    /// No right, or nobody would be left who can take users in.
    pub fn put_user(&self, scope: &Scope, name: &str, role: Role, clients: &[&str]) -> Result<User, DeskError> {
        let clients = clients.iter().map(|code| (*code).to_owned()).collect();
        let known = self.stored_users()?;
        let (id, expected) = match known.iter().find(|(user, _)| user.name == name) {
            Some((user, version)) => (user.id, *version),
            None => (self.new_id(UserId::from_parts)?, 0),
        };
        let user = User { id, name: name.to_owned(), role, clients };
        self.change_user(scope, &known, user, expected, Action::Grant)
    }

    /// Somebody works here no more: they cannot sign in, their password and codes are forgotten, and the journal still knows them by
    /// their name.
    ///
    /// # Errors
    /// No right, nobody of this name, or nobody would be left who can take users in.
    pub fn remove_user(&self, scope: &Scope, name: &str) -> Result<User, DeskError> {
        let known = self.stored_users()?;
        let of_name = known.iter().find(|(user, _)| user.name == name && user.works_here());
        let (user, expected) = of_name.ok_or(DeskError::NotFound { what: "利用者" })?;
        let gone = User { role: Role::Unknown, clients: Vec::new(), ..user.clone() };
        self.change_user(scope, &known, gone, *expected, Action::Revoke)
    }

    fn change_user(
        &self,
        scope: &Scope,
        known: &[(User, u64)],
        user: User,
        expected: u64,
        action: Action,
    ) -> Result<User, DeskError> {
        let actor = scope.may(Resource::Users, Operation::Change, Over::Office, self.now()?)?;
        let others = known.iter().filter(|(other, _)| other.id != user.id);
        let administrators = others.map(|(other, _)| other.role).chain([user.role]);
        if !administrators.into_iter().any(|role| role == Role::OfficeAdministrator) {
            return Err(DeskError::LastAdministrator);
        }
        let mut work = Work::new(self);
        put(&mut work, self, &user, expected)?;
        if !user.works_here() {
            self.forget_credential(&mut work, user.id)?;
        }
        let mut told = scope.entry(actor, action, Purpose::Administration);
        told.detail = Some(Detail::Grant { user: user.id, role: user.role, until: None });
        work.commit(self.new_request()?, told)?;
        Ok(user)
    }

    /// The users of the office, by name; also those who worked here once ([`User::works_here`]).
    ///
    /// # Errors
    /// No right, or a record that does not open.
    pub fn users(&self, scope: &Scope) -> Result<Vec<User>, DeskError> {
        let actor = scope.may(Resource::Users, Operation::See, Over::Office, self.now()?)?;
        let mut users: Vec<User> = self.stored_users()?.into_iter().map(|(user, _)| user).collect();
        users.sort_by(|one, other| one.name.cmp(&other.name));
        let mut told = scope.entry(actor, Action::Read, Purpose::Administration);
        told.class = Some(Class::Shown);
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(users)
    }

    /// The user who acts.
    ///
    /// # Errors
    /// [`DeskError::NoSuchUser`].
    pub fn user_of(&self, scope: &Scope) -> Result<User, DeskError> {
        scope.actor(self.now()?)?;
        self.user_by(scope.user)?.ok_or(DeskError::NoSuchUser)
    }

    /// The rights of a user whose identity was just proved.
    pub(crate) fn signed_in(
        &self,
        user: &User,
        authentication: Authentication,
        origin: Origin,
    ) -> Result<Scope, DeskError> {
        Ok(Scope {
            office: self.id(),
            user: user.id,
            role: user.role,
            authentication,
            proved_at: self.now()?.at,
            clients: self.assigned(user)?,
            person: None,
            device: None,
            origin,
            request: None,
        })
    }

    pub(crate) fn user_named(&self, name: &str) -> Result<Option<User>, DeskError> {
        Ok(self.stored_users()?.into_iter().map(|(user, _)| user).find(|user| user.name == name && user.works_here()))
    }

    pub(crate) fn user_by(&self, id: UserId) -> Result<Option<User>, DeskError> {
        Ok(self.stored_users()?.into_iter().map(|(user, _)| user).find(|user| user.id == id && user.works_here()))
    }

    /// How many people may approve a run.
    pub(crate) fn approvers(&self) -> Result<usize, DeskError> {
        let may = |user: &User| right(user.role, Resource::Run, Operation::Approve).reach != Reach::Nothing;
        Ok(self.stored_users()?.iter().filter(|(user, _)| may(user)).count())
    }

    fn assigned(&self, user: &User) -> Result<BTreeSet<kura_id::UnitId>, DeskError> {
        let reads = self.office.snapshot()?;
        let mut clients = BTreeSet::new();
        for code in &user.clients {
            let owner = kura_records::Owner::Client(code.as_str().into());
            clients.extend(find_owner(self, reads.as_ref(), &owner)?);
        }
        Ok(clients)
    }

    pub(crate) fn stored_users(&self) -> Result<Vec<(User, u64)>, DeskError> {
        let reads = self.office.snapshot()?;
        let values = Values::exactly(&kinds::of_client(None, self.own_unit()?).value);
        let mut users = Vec::new();
        for hit in find_all(reads.as_ref(), USER, values)? {
            if let Some(record) = reads.get(RecordName { kind: USER, id: hit.id })? {
                users.push((self.unseal_json(reads.as_ref(), &record)?, record.version));
            }
        }
        Ok(users)
    }
}

/// Puts a user into the work.
pub(crate) fn put(work: &mut Work<'_>, room: &Room, user: &User, expected: u64) -> Result<(), DeskError> {
    let unit = room.own_unit()?;
    let name = RecordName { kind: USER, id: kura_id::RecordId::from_bytes(user.id.bytes())? };
    let keys = Keys::new([kinds::of_client(None, unit)])?;
    let body = serde_json::to_vec(user).map_err(|_| DeskError::Shape { name })?;
    work.put(Draft { name, unit, expected, body, keys });
    Ok(())
}

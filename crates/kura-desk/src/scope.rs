//! Who acts, and how far: without a scope nothing of an office is reached, and only a sign-in makes one.

use std::collections::BTreeSet;

use kura_id::{DeviceId, OfficeId, RequestId, UnitId, UserId};
use kura_journal::{Action, Actor, Authentication, EntryDraft, Origin, Purpose, Role, UnixMillis};

use crate::authority::{Operation, Reach, Resource, STEP_UP_S_MAX, right};
use crate::error::DeskError;

/// Somebody who signed in, with the rights of a role. It cannot be made but by signing in.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Where they signed in: in no other office it is worth anything.
    pub(crate) office: OfficeId,
    pub(crate) user: UserId,
    pub(crate) role: Role,
    pub(crate) authentication: Authentication,
    /// When the identity was last proved.
    pub(crate) proved_at: UnixMillis,
    /// 担当: the clients assigned to the role, where it does not reach all.
    pub(crate) clients: BTreeSet<UnitId>,
    /// The person the user is, where an employee signed in.
    pub(crate) person: Option<UnitId>,
    pub(crate) device: Option<DeviceId>,
    pub(crate) origin: Origin,
    /// The request of a page, for its log and its entries; nothing on the command line.
    pub(crate) request: Option<RequestId>,
}

/// Where and when a right is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Now {
    pub(crate) office: OfficeId,
    pub(crate) at: UnixMillis,
}

impl Now {
    /// Milliseconds since 1970, UTC.
    pub(crate) const fn get(self) -> u64 {
        self.at.get()
    }
}

/// What an operation reaches into.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Over {
    /// The office as a whole.
    Office,
    /// A client.
    Client(UnitId),
    /// A person of a client.
    Person {
        /// The client.
        client: UnitId,
        /// The person.
        person: UnitId,
    },
}

impl Scope {
    /// Who acts.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// In which role.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The same for one request of a page: its entries name the request and from where it came.
    #[must_use]
    pub fn in_request(&self, request: RequestId, origin: Origin) -> Self {
        Self { request: Some(request), origin, ..self.clone() }
    }

    /// Whether the role may do this somewhere, for a screen that offers only what works. The desk asks again when it is done.
    #[must_use]
    pub fn offers(&self, resource: Resource, operation: Operation) -> bool {
        right(self.role, resource, operation).reach != Reach::Nothing
    }

    /// An entry about what this user does, that names nothing yet.
    pub(crate) fn entry(&self, actor: Actor, action: Action, purpose: Purpose) -> EntryDraft {
        let mut told = EntryDraft::new(self.office, actor, action, purpose);
        (told.device, told.origin, told.request) = (self.device, self.origin, self.request);
        told
    }

    /// Who acts, as the journal says it.
    pub(crate) fn actor(&self, now: Now) -> Result<Actor, DeskError> {
        if self.office != now.office {
            return Err(DeskError::NoSuchUser);
        }
        let age_s = now.get().saturating_sub(self.proved_at.get()) / 1000;
        Ok(Actor {
            user: Some(self.user),
            role: self.role,
            authentication: self.authentication,
            step_up_s: u32::try_from(age_s).ok(),
        })
    }

    /// The actor, where the table of rights lets the role do this with that.
    pub(crate) fn may(
        &self,
        resource: Resource,
        operation: Operation,
        over: Over,
        now: Now,
    ) -> Result<Actor, DeskError> {
        let right = right(self.role, resource, operation);
        let reaches = match (right.reach, over) {
            (Reach::All, _) => true,
            (Reach::Assigned, Over::Client(client) | Over::Person { client, .. }) => self.clients.contains(&client),
            (Reach::Own, Over::Person { person, .. }) => self.person == Some(person),
            (Reach::Assigned | Reach::Own, _) | (Reach::Nothing, _) => false,
        };
        if !reaches {
            return Err(DeskError::NotAllowed { role: self.role, resource, operation });
        }
        let actor = self.actor(now)?;
        if right.step_up && actor.step_up_s.is_none_or(|age_s| age_s > STEP_UP_S_MAX) {
            return Err(DeskError::StepUp);
        }
        Ok(actor)
    }
}

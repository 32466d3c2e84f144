//! An entry: who did what, when, from where, what for, to whom. Its bytes are canonical: one entry has one spelling.

mod bytes;
mod hash;
mod split;
mod text;
mod words;

use std::fmt;
use std::net::IpAddr;

use kura_id::{DeviceId, Kind, OfficeId, RecordId, RequestId, RunId, UnitId, UserId};
use serde::{Deserialize, Serialize};

pub use bytes::{EncodedDraft, EntryError};
pub use hash::{ContentHash, NotAHash};
pub use words::{Action, Authentication, Class, Item, Purpose, Role};

use crate::clock::{ClockSkew, UnixMillis};

/// At most so many records, and so many people, stand in one entry; a large commit makes several ([`EntryDraft::split`]).
pub const LIST_MAX: usize = 1_000;

/// An entry of the journal (記録), opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, in UTC; never before the entry in front of it.
    pub at: UnixMillis,
    /// All the rest.
    pub draft: EntryDraft,
}

/// An entry but for its number and its time, which only the writer of an office knows. The order of the fields is the order in the bytes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryDraft {
    /// The office whose journal this is.
    #[serde(with = "text")]
    pub office: OfficeId,
    /// Who.
    pub actor: Actor,
    /// The device (端末), where one is known.
    #[serde(with = "text::option", default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// From where.
    #[serde(default, skip_serializing_if = "Origin::is_unknown")]
    pub origin: Origin,
    /// What was done.
    pub action: Action,
    /// What for.
    pub purpose: Purpose,
    /// For whom data were opened; nothing for what only writes. An act that shows and writes makes two entries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    /// The people concerned, each once, in rising order. Nobody where the class is [`Class::Computed`].
    #[serde(with = "text::list", default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<UnitId>,
    /// The kinds of data concerned, each once, in rising order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// The records that were shown or exported, where the class says so; else those that were written ([`Self::writes`]), and what was
    /// only computed from is not named. Each once, in rising order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordVersion>,
    /// SHA-256 of the file or message that left or came in (成果物).
    #[serde(with = "text::option", default, skip_serializing_if = "Option::is_none")]
    pub artefact: Option<ContentHash>,
    /// The request this belongs to; all entries of one commit share it.
    #[serde(with = "text::option", default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestId>,
    /// Which of several entries of one act this is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// What some actions say besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

/// Who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The user; nobody where Kura itself acts, or where nobody was recognised.
    #[serde(with = "text::option", default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// In which role.
    pub role: Role,
    /// How authenticated.
    pub authentication: Authentication,
    /// How long ago the last step-up (再認証) was, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_up_s: Option<u32>,
}

/// From where somebody acted; nothing on the command line.
#[derive(Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The network address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    /// The hash of what the program calls itself (User-Agent).
    #[serde(with = "text::option", default, skip_serializing_if = "Option::is_none")]
    pub agent: Option<ContentHash>,
}

/// One version of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordVersion {
    /// The kind of the record.
    #[serde(with = "kind")]
    pub kind: Kind,
    /// Its id.
    #[serde(with = "text")]
    pub id: RecordId,
    /// The version that was written, or seen.
    pub version: u64,
    /// SHA-256 of the sealed bytes of that version. Nothing where the act wrote a deletion; of what was only seen it may be left out.
    #[serde(with = "text::option", default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<ContentHash>,
}

/// Entry `number` of `of` that one act made, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// From 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

/// What some actions say besides. A closed list: a new one is a new version of the payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Detail {
    /// Of [`Action::ClockSkew`].
    ClockSkew(ClockSkew),
    /// Of [`Action::Lease`].
    Lease {
        /// The key epoch of the leased data key.
        key_epoch: u32,
        /// When the lease ends.
        until: UnixMillis,
    },
    /// Of [`Action::Run`], [`Action::Approve`] and [`Action::Publish`].
    Run {
        /// The run.
        #[serde(with = "text")]
        run: RunId,
    },
    /// Of [`Action::Grant`] and [`Action::Revoke`].
    Grant {
        /// Whose right.
        #[serde(with = "text")]
        user: UserId,
        /// Which.
        role: Role,
        /// When it ends by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<UnixMillis>,
    },
}

impl EntryDraft {
    /// A draft of `action` by `actor` that names nothing yet; the rest is filled in by its fields.
    #[must_use]
    pub const fn new(office: OfficeId, actor: Actor, action: Action, purpose: Purpose) -> Self {
        Self {
            office,
            actor,
            device: None,
            origin: Origin { address: None, agent: None },
            action,
            purpose,
            class: None,
            subjects: Vec::new(),
            items: Vec::new(),
            records: Vec::new(),
            artefact: None,
            request: None,
            part: None,
            detail: None,
        }
    }

    /// Whether the records it names were written, not seen.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(self.class, None | Some(Class::Computed))
    }

    /// The entry a writer puts in front of the next one where the clock jumped back ([`EntryClock`](crate::EntryClock)).
    #[must_use]
    pub const fn clock_skew(office: OfficeId, skew: ClockSkew) -> Self {
        let mut draft = Self::new(office, Actor::SYSTEM, Action::ClockSkew, Purpose::Maintenance);
        draft.detail = Some(Detail::ClockSkew(skew));
        draft
    }
}

impl Actor {
    /// Kura itself.
    pub const SYSTEM: Self =
        Self { user: None, role: Role::System, authentication: Authentication::None, step_up_s: None };
}

impl Origin {
    /// Neither address nor program is known.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        self.address.is_none() && self.agent.is_none()
    }
}

/// What may stand in a log: an entry says who saw whom, and an address of the network leads to a person.
impl fmt::Debug for EntryDraft {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("EntryDraft")
            .field("action", &self.action)
            .field("class", &self.class)
            .field("subjects", &self.subjects.len())
            .field("records", &self.records.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Origin")
    }
}

/// A kind as its number.
mod kind {
    use kura_id::Kind;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(kind: &Kind, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_u16(kind.get())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Kind, D::Error> {
        u16::deserialize(source).map(Kind::new)
    }
}

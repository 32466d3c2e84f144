//! Erasing a unit: its row of the keyring is destroyed, and with it everything sealed under its key, in every copy.
//!
//! An attacker would destroy a backup in the same way. So a few a day are done at once, and more than that wait.

use jiff::tz::Offset;
use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};
use kura_id::{OfficeId, UnitId, UserId};

/// So many destructions within 24 hours an office makes without a second person.
pub const DESTRUCTIONS_A_DAY_ALONE: usize = 5;

/// So long the others wait, and need a second person as well.
pub const APPROVAL_DELAY_DAYS: i64 = 7;

/// So long a copy of the keyring is kept. After that many days a destroyed unit is unreadable in every copy there is.
pub const KEYRING_KEPT_DAYS: i64 = 35;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Somebody asks for a unit to be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// The office.
    pub office: OfficeId,
    /// The unit: a person (従業員) or an ended client (会社).
    pub unit: UnitId,
    /// Who asks.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Timestamp,
}

/// A request and what it still needs. There is no way to a [`Tombstone`] but through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destruction {
    request: Request,
    /// Waits for the delay and for a second person; nothing where neither is needed.
    held: Option<Held>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Held {
    approved_by: Option<UserId>,
}

/// What remains of an erased unit. It stands in the journal, and a restore applies it to every older keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tombstone {
    /// The office.
    pub office: OfficeId,
    /// The unit that is no more.
    pub unit: UnitId,
    /// Who asked.
    pub asked_by: UserId,
    /// The second person, where one was needed.
    pub approved_by: Option<UserId>,
    /// When its row of the keyring was destroyed.
    pub destroyed_at: Timestamp,
}

/// Why a unit is not erased, or not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DestructionError {
    /// The delay has not passed.
    #[error(
        "24時間に{DESTRUCTIONS_A_DAY_ALONE}件を超える消去は{APPROVAL_DELAY_DAYS}日間待ちます。{}以降にもう一度実行してください。", in_japan(*not_before)
    )]
    TooEarly {
        /// From when on it is possible.
        not_before: Timestamp,
    },
    /// A second person has not approved.
    #[error(
        "24時間に{DESTRUCTIONS_A_DAY_ALONE}件を超える消去には、依頼した人とは別の人の承認が必要です。管理者に承認を依頼してください。"
    )]
    NotApproved,
    /// The one who asked cannot be the second person.
    #[error("消去を依頼した本人は承認できません。別の管理者が承認してください。")]
    SamePerson,
    /// The day lies past the end of the calendar.
    #[error("この日時からは消去の期限を数えられません。機器の時計を確かめてください。")]
    Clock,
}

impl Destruction {
    /// Judges a request. `earlier` are the instants at which destructions of this office were asked for before, done or not; more
    /// than 24 hours back they do not count. Instants later than this one (a clock set back) count.
    #[must_use]
    pub fn ask(request: Request, earlier: impl IntoIterator<Item = Timestamp>) -> Self {
        let within_a_day = |asked: &Timestamp| request.asked_at.duration_since(*asked) < DAY;
        let alone = earlier.into_iter().filter(within_a_day).count() < DESTRUCTIONS_A_DAY_ALONE;
        Self { request, held: (!alone).then_some(Held { approved_by: None }) }
    }

    /// The request.
    #[must_use]
    pub const fn request(&self) -> &Request {
        &self.request
    }

    /// Whether it waits, so that an alarm has to be raised.
    #[must_use]
    pub const fn raises_alarm(&self) -> bool {
        self.held.is_some()
    }

    /// From when on it can be done.
    ///
    /// # Errors
    /// [`DestructionError::Clock`] at the end of the calendar.
    pub fn not_before(&self) -> Result<Timestamp, DestructionError> {
        match self.held {
            None => Ok(self.request.asked_at),
            Some(_) => days_after(self.request.asked_at, APPROVAL_DELAY_DAYS),
        }
    }

    /// The second person agrees. Where none is needed, nothing changes.
    ///
    /// # Errors
    /// [`DestructionError::SamePerson`].
    pub fn approve(self, by: UserId) -> Result<Self, DestructionError> {
        if by == self.request.asked_by {
            return Err(DestructionError::SamePerson);
        }
        Ok(Self { held: self.held.map(|_| Held { approved_by: Some(by) }), ..self })
    }

    /// The permission to destroy the unit's row of the keyring now, and what remains of it.
    ///
    /// # Errors
    /// [`DestructionError`]: what it still waits for.
    pub fn carry_out(&self, now: Timestamp) -> Result<Tombstone, DestructionError> {
        let not_before = self.not_before()?;
        let approved_by = match self.held {
            None => None,
            Some(Held { approved_by: Some(by) }) => Some(by),
            Some(Held { approved_by: None }) => return Err(DestructionError::NotApproved),
        };
        if now < not_before {
            return Err(DestructionError::TooEarly { not_before });
        }
        let Request { office, unit, asked_by, .. } = self.request;
        Ok(Tombstone { office, unit, asked_by, approved_by, destroyed_at: now })
    }
}

impl Tombstone {
    /// From when on no copy of the keyring holds the unit's key any more (運用上の控えからも読めなくなる日時).
    ///
    /// # Errors
    /// [`DestructionError::Clock`] at the end of the calendar.
    pub fn unreadable_from(&self) -> Result<Timestamp, DestructionError> {
        days_after(self.destroyed_at, KEYRING_KEPT_DAYS)
    }
}

/// Days of 24 hours: there is no summer time in Japan, and none in UTC.
fn days_after(instant: Timestamp, days: i64) -> Result<Timestamp, DestructionError> {
    instant.checked_add(SignedDuration::from_hours(24 * days)).map_err(|_| DestructionError::Clock)
}

/// The minute in Japan at which the instant has come.
fn in_japan(instant: Timestamp) -> String {
    let whole = TimestampRound::new().smallest(Unit::Minute).mode(RoundMode::Ceil);
    let minute = Offset::constant(9).to_datetime(instant.round(whole).unwrap_or(instant));
    minute.strftime("%Y年%-m月%-d日%H:%M（日本時間）").to_string()
}

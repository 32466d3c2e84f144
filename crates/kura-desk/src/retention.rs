//! 保存期間: how long the law makes an office keep what it knows of a person. Clocks propose; people ask for the erasure and approve it
//! ([`Room::ask_erasure`]). What is not known is never "may be erased".

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, ToSpan};
use kura_calendar::{Date, Month};
use kura_id::UnitId;
use kura_journal::{Action, Class, Item, Purpose};
use kura_law::{CitationId, Law};
use kura_model::{ClientCode, EmployeeCode};
use kura_records::Owner;
use kura_store::{Limit, Reads, RecordName, Values};

use crate::authority::{Operation, Resource};
use crate::error::DeskError;
use crate::kinds::{self, HISTORY};
use crate::records::Work;
use crate::room::Room;
use crate::scope::{Over, Scope};
use crate::shelf::{Shelf, Wanted, facts_of, find_all, find_owner};

/// What is known of a person, as far as clocks ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// 退職日; nothing where the person works, or where it is not known.
    pub left_on: Option<Date>,
    /// The last month in which something was paid; nothing where no payment is known.
    pub last_paid_in: Option<Month>,
}

/// From when a clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// The last entry of the 賃金台帳: the end of the month of the last payment.
    LastPayment,
    /// 退職の日.
    Leaving,
    /// 完結の日: the later of leaving and last payment, since the papers of both are done with it.
    Completion,
    /// 10 January of the year behind the last one in which the person was paid or employed.
    January10,
}

/// One clock: papers, from when, for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// What the papers are called (Japanese).
    pub papers: &'static str,
    /// Which event starts it.
    pub start: Start,
    /// The day of that event.
    pub start_on: Date,
    /// Years of the law, counted from the day after the event.
    pub years: i64,
    /// Years that are enough for the time being (経過措置); the same where there is no such rule.
    pub floor_years: i64,
    /// The first day behind it.
    pub ends_before: Date,
    /// Where the figure stands.
    pub citation: CitationId,
}

/// What the clocks say of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// From this day on the law asks for nothing of the person any more.
    pub erasable_from: Date,
    /// All clocks, the longest first: it is the reason.
    pub clocks: Vec<Clock>,
}

/// Why there is no day yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StillHeld {
    /// No 退職日: employed, or nobody wrote it down.
    #[error("退職日がないため、保存期間はまだ始まっていません。")]
    NotLeft,
    /// No payment is known, so the last entry of the 賃金台帳 is not.
    #[error("支給の履歴がないため、保存期間の始まりが分かりません。")]
    NoPayment,
}

/// A person whom nothing holds any more. Personal: for a screen.
#[derive(Clone, PartialEq, Eq)]
pub struct Proposal {
    /// 会社コード.
    pub client: ClientCode,
    /// 社員番号.
    pub employee: EmployeeCode,
    /// The id by which the journal knows the person.
    pub unit: UnitId,
    /// Since when, and why.
    pub retention: Retention,
}

impl std::fmt::Debug for Proposal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Proposal({}, {})", self.unit, self.retention.erasable_from)
    }
}

const TABLE: &str = "retention";

/// The clocks of a person by the law of a day. The longest decides.
///
/// # Errors
/// The law has no figure for the day, or the calendar ends.
pub fn retention(kept: &Kept, law: &'static Law, on: Date) -> Result<Result<Retention, StillHeld>, DeskError> {
    let Some(left_on) = kept.left_on else { return Ok(Err(StillHeld::NotLeft)) };
    let Some(last_paid_in) = kept.last_paid_in else { return Ok(Err(StillHeld::NoPayment)) };
    let last_paid_on = last_paid_in.last_day();
    let completed = left_on.max(last_paid_on);
    let mut clocks = Vec::new();
    for row in law.rows_in_force(TABLE, on)? {
        let (start, start_on) = match row.text("starts")? {
            "last_payment" => (Start::LastPayment, last_paid_on),
            "leaving" => (Start::Leaving, left_on),
            "january_10" => (Start::January10, january_10_after(completed)?),
            _ => (Start::Completion, completed),
        };
        let years = row.integer("years")?;
        clocks.push(Clock {
            papers: row.text("papers_ja")?,
            start,
            start_on,
            years,
            floor_years: row.integer("floor_years")?,
            ends_before: behind(start_on, years)?,
            citation: row.citation(),
        });
    }
    clocks.sort_by_key(|clock| std::cmp::Reverse(clock.ends_before));
    match clocks.first() {
        Some(longest) => Ok(Ok(Retention { erasable_from: longest.ends_before, clocks })),
        None => Err(law.missing_on(TABLE, on).into()),
    }
}

/// The first day behind a period of years that begins the day after an event (民法140条・143条).
fn behind(event: Date, years: i64) -> Result<Date, DeskError> {
    let years = Span::new().try_years(years).map_err(|_| DeskError::Calendar)?;
    event.checked_add(years).and_then(Date::tomorrow).map_err(|_| DeskError::Calendar)
}

fn january_10_after(day: Date) -> Result<Date, DeskError> {
    let next = day.first_of_year().checked_add(1.year()).map_err(|_| DeskError::Calendar)?;
    next.checked_add(9.days()).map_err(|_| DeskError::Calendar)
}

impl Room {
    /// 消去の提案: people whose last clock has run out before `today` (JST), by client and 社員番号. Nothing is erased by it.
    ///
    /// # Errors
    /// No right, a record that does not open, or a figure the law data do not have.
    pub fn retention_proposals(
        &self,
        scope: &Scope,
        law: &'static Law,
        today: Date,
    ) -> Result<Vec<Proposal>, DeskError> {
        let actor = scope.may(Resource::Erasure, Operation::See, Over::Office, self.now()?)?;
        let mut proposals = Vec::new();
        {
            let reads = self.office.snapshot()?;
            let paid = last_paid(reads.as_ref())?;
            for (client, people) in self.left_before(reads.as_ref(), today)? {
                for (employee, left_on) in people {
                    let owner = Owner::Person(client.clone(), employee.clone());
                    let Some(facts) = facts_of(self, reads.as_ref(), &owner)? else { continue };
                    let unit = facts.unit;
                    let kept = Kept { left_on: Some(left_on), last_paid_in: paid.get(&unit).copied() };
                    if let Ok(retention) = retention(&kept, law, today)?
                        && retention.erasable_from <= today
                    {
                        proposals.push(Proposal { client: client.clone(), employee, unit, retention });
                    }
                }
            }
        }
        let mut told = scope.entry(actor, Action::Read, Purpose::Administration);
        told.class = Some(Class::Shown);
        told.subjects = proposals.iter().map(|proposal| proposal.unit).collect();
        told.items = vec![Item::Employment];
        Work::new(self).commit(self.new_request()?, told)?;
        Ok(proposals)
    }

    /// Who left before a day, by client; of several facts of a person the last 退職日 counts, and one without it holds.
    fn left_before(&self, reads: &dyn Reads, day: Date) -> Result<BTreeMap<ClientCode, Leavers>, DeskError> {
        let mut all = BTreeMap::new();
        let office = Shelf::open(self, reads, &Wanted::Clients)?.book;
        let codes: BTreeSet<ClientCode> = office.clients.iter().map(|row| row.client_code.clone()).collect();
        for client in codes {
            let unit = find_owner(self, reads, &Owner::Client(client.clone()))?;
            let Some(unit) = unit else { continue };
            let people = Shelf::open(self, reads, &Wanted::Client { client: unit, inputs: &[], histories: &[] })?.book;
            let mut leavers: BTreeMap<EmployeeCode, Option<Date>> = BTreeMap::new();
            for row in &people.employees {
                let known = leavers.entry(row.employee_code.clone()).or_insert(row.left_on);
                *known = known.zip(row.left_on).map(|(one, other)| one.max(other));
            }
            let left = leavers.into_iter().filter_map(|(employee, left_on)| Some((employee, left_on?)));
            all.insert(client, left.filter(|(_, left_on)| *left_on < day).collect());
        }
        Ok(all)
    }
}

type Leavers = Vec<(EmployeeCode, Date)>;

/// The last month of which each unit has a record of payment: seen by its key, without opening any.
fn last_paid(reads: &dyn Reads) -> Result<BTreeMap<UnitId, Month>, DeskError> {
    let hits = find_all(reads, HISTORY, Values::all())?;
    let mut last: BTreeMap<UnitId, Month> = BTreeMap::new();
    for chunk in hits.chunks(usize::from(Limit::MAX.get())) {
        let names: Vec<RecordName> = chunk.iter().map(|hit| RecordName { kind: HISTORY, id: hit.id }).collect();
        for (hit, record) in chunk.iter().zip(reads.get_many(&names)?) {
            let (Some(record), Some(month)) = (record, kinds::month_of(&hit.value)) else { continue };
            let known = last.entry(record.unit).or_insert(month);
            *known = (*known).max(month);
        }
    }
    Ok(last)
}

//! The journal before people's eyes.

use std::collections::HashMap;
use std::io::{self, Write};

use jiff::civil::Date;
use jiff::tz::Offset;
use kura_calendar::read_date;
use kura_desk::{DeskError, JournalFilter, Told};
use kura_id::UserId;
use kura_journal::{Purpose, UnixMillis};
use serde_json::json;

use crate::archive::japan_time;
use crate::cli::{JournalList, JournalWho};
use crate::home::{Home, OpenOffice};
use crate::stop::Stop;
use crate::words;

/// So many entries are opened at a time.
const PAGE: usize = 1_000;

/// `kura journal list`: who did what, oldest first.
pub(super) fn list(request: &JournalList) -> Result<(), Stop> {
    let from = request.from.as_deref().map(|day| first_moment(day, "--from", 0)).transpose()?;
    let to_excl = request.to.as_deref().map(|day| first_moment(day, "--to", 1)).transpose()?;
    let office = Home::at(&request.dir).open(Purpose::Audit)?;
    let names = Names::of(&office)?;
    let user = match &request.user {
        Some(name) => Some(names.user(name).ok_or_else(|| {
            Stop::named("この名の利用者は登録されていません。", "kura user list で名を確かめてください。")
        })?),
        None => None,
    };
    let mut filter = JournalFilter { from, to_excl, user, limit: PAGE, ..JournalFilter::default() };
    loop {
        let page = office.room.journal(&office.scope, &filter)?;
        page.entries.iter().try_for_each(|told| names.tell(told, request.json))?;
        match page.next {
            Some(next) => filter.from_seq = next,
            None => return office.witness(),
        }
    }
}

/// `kura journal who`: who was shown a person's data, or took them away.
pub(super) fn who(request: &JournalWho) -> Result<(), Stop> {
    let office = Home::at(&request.dir).open(Purpose::Audit)?;
    let (client, person) = (request.client.as_str().into(), request.person.as_str().into());
    let looks = office.room.who_looked_at(&office.scope, &client, &person)?;
    office.witness()?;
    let names = Names::of(&office)?;
    looks.iter().try_for_each(|told| names.tell(told, request.json))?;
    if looks.is_empty() && !request.json {
        writeln!(io::stdout(), "見た人も、持ち出した人もいません。")?;
    }
    Ok(())
}

/// The first moment of a day in Japan, so many days later.
fn first_moment(day: &str, option: &str, later: i64) -> Result<UnixMillis, Stop> {
    let wrong = |error: kura_calendar::CalendarError| Stop::bad_day(option, &error);
    let day: Date = read_date(day).map_err(wrong)?;
    let moment = day
        .checked_add(jiff::Span::new().days(later))
        .and_then(|day| Offset::constant(9).to_timestamp(day.to_datetime(jiff::civil::Time::midnight())));
    let millis = moment.ok().and_then(|moment| u64::try_from(moment.as_millisecond()).ok());
    millis.map(UnixMillis::new).ok_or_else(|| Stop::wrong_use(option, "1970年からの日付を指定してください。"))
}

/// The users by their ids: an entry knows only those.
struct Names(HashMap<UserId, String>);

impl Names {
    fn of(office: &OpenOffice) -> Result<Self, Stop> {
        match office.room.users(&office.scope) {
            Ok(users) => Ok(Self(users.into_iter().map(|user| (user.id, user.name)).collect())),
            // Who may read a part of the journal need not know everybody.
            Err(DeskError::NotAllowed { .. }) => Ok(Self(HashMap::new())),
            Err(error) => Err(error.into()),
        }
    }

    fn user(&self, name: &str) -> Option<UserId> {
        self.0.iter().find(|(_, known)| known.as_str() == name).map(|(id, _)| *id)
    }

    fn tell(&self, told: &Told, as_json: bool) -> Result<(), Stop> {
        let draft = &told.entry.draft;
        let name = draft.actor.user.map(|user| self.0.get(&user).cloned().unwrap_or_else(|| user.to_string()));
        let mut output = io::stdout().lock();
        if as_json {
            let line = json!({
                "seq": told.seq,
                "at": japan_time(told.entry.at),
                "user": name,
                "role": words::role(draft.actor.role),
                "action": words::action(draft.action),
                "class": draft.class.map(words::class),
                "purpose": words::purpose(draft.purpose),
                "subjects": draft.subjects.len(),
                "records": draft.records.len(),
                "address": draft.origin.address,
            });
            writeln!(output, "{line}")?;
            return Ok(());
        }
        let class = draft.class.map(|class| format!("（{}）", words::class(class))).unwrap_or_default();
        writeln!(
            output,
            "{:>6}  {}  {}  {}{class}  {}  {}人・{}件",
            told.seq,
            japan_time(told.entry.at),
            name.as_deref().unwrap_or_else(|| words::role(draft.actor.role)),
            words::action(draft.action),
            words::purpose(draft.purpose),
            draft.subjects.len(),
            draft.records.len()
        )?;
        Ok(())
    }
}

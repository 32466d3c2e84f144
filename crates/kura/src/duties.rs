use std::io::{self, Write};
use std::path::Path;

use kura_book::Severity;
use kura_calendar::{Date, Length, Month, PeriodStart, japanese_weekday, period_end};
use kura_law::Law;
use kura_procedures::{
    AgeReached, Change, Deadline, DeadlineKind, DueDay, Duties, Duty, Filed, Move, Occurrence, Period, ProcedureError,
    Question, Shift, Why, duties, moved, procedure,
};
use serde_json::{Value, json};

use crate::book_file::{self, OpenedBook};
use crate::cli::DutiesOf;
use crate::clock;
use crate::stop::Stop;

/// How many months before the day, from its first day on, and how many after it are looked at.
const MONTHS_BEFORE: i32 = 2;
const MONTHS_AFTER: u16 = 3;

/// `kura duties BOOK`: which filings are due, by the facts of one book, and which facts are missing.
pub(crate) fn run(arguments: &DutiesOf) -> Result<(), Stop> {
    let on = clock::day_or_today(arguments.on.as_deref(), "--on")?;
    let period = around(on)?;
    let law = Law::embedded()?;
    let found = of_book(&arguments.book, law, period)?;
    let moves = match &arguments.previous {
        Some(previous) => Some(moved(&of_book(previous, law, period)?, &found)),
        None => None,
    };
    let mut output = io::stdout().lock();
    if arguments.json {
        let mut whole = whole(&found, law, on, period);
        if let (Some(moves), Some(fields)) = (&moves, whole.as_object_mut()) {
            fields.insert("moved".to_owned(), moves.iter().map(|change| move_json(change, law)).collect());
        }
        writeln!(output, "{whole}")?;
        return Ok(());
    }
    list(&found, law, on, &mut output)?;
    match moves {
        Some(moves) => list_moves(&moves, law, &mut output),
        None => Ok(()),
    }
}

fn of_book(path: &Path, law: &Law, period: Period) -> Result<Duties, Stop> {
    let OpenedBook { book, findings, .. } = book_file::open(path)?;
    let unread = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if unread > 0 {
        writeln!(
            io::stderr(),
            "本に誤りが{unread}件あるので、抜けているものがあるかもしれません（kura book check で確かめてください）。"
        )?;
    }
    Ok(duties(&book, &[], law, period)?)
}

fn around(on: Date) -> Result<Period, Stop> {
    let from = Month::of(on).plus(MONTHS_BEFORE.saturating_neg()).first_day();
    let to = period_end(on, PeriodStart::DayNotCounted, Length::Months(MONTHS_AFTER));
    Ok(Period { from, to: to.map_err(|error| Stop::bad_day("--on", &error))? })
}

/// The list people read: late, to come, without a day of law; then what has to be asked.
fn list(found: &Duties, law: &Law, on: Date, output: &mut impl Write) -> Result<(), Stop> {
    let open: Vec<&Duty> = found.duties.iter().filter(|duty| !duty.filed.is_done()).collect();
    let due = |duty: &Duty| duty.deadline.due().map(|due| due.due_day);
    let sections: [(&str, Vec<&Duty>); 3] = [
        ("期限を過ぎたもの", open.iter().copied().filter(|duty| due(duty).is_some_and(|day| day < on)).collect()),
        ("これからのもの", open.iter().copied().filter(|duty| due(duty).is_some_and(|day| on <= day)).collect()),
        (
            "期限の日が法令にないもの・まだ決まらないもの",
            open.iter().copied().filter(|duty| due(duty).is_none()).collect(),
        ),
    ];
    writeln!(output, "{} 現在の届出（法令データ {}）", day_words(on), law.version())?;
    for (title, duties) in sections {
        writeln!(output, "\n{title}（{}件）", duties.len())?;
        for duty in duties {
            writeln!(output, "{}", line(duty, law))?;
        }
    }
    writeln!(output, "\n質問（{}件）", found.questions.len())?;
    for question in &found.questions {
        let Question { occurrence, missing, sentence, .. } = question;
        writeln!(output, "{}　{}　{sentence}［{missing}］", who(occurrence), occurrence.event.japanese())?;
    }
    writeln!(output, "\n年齢の節目（{}件）", found.ages.len())?;
    for AgeReached { occurrence, explanation } in &found.ages {
        let words: Vec<_> = explanation.steps().iter().map(|step| step.text.as_str()).collect();
        writeln!(output, "{}　{}", who(occurrence), words.join(""))?;
    }
    Ok(())
}

/// What the change of the book did, each with its reason.
fn list_moves(moves: &[Move], law: &Law, output: &mut impl Write) -> Result<(), Stop> {
    writeln!(output, "\n前の本から変わったもの（{}件）", moves.len())?;
    for Move { occurrence, procedure, change } in moves {
        let words = match change {
            Change::Opened(now) => format!("増えました　{}", when(now)),
            Change::Gone(before) => format!("なくなりました　{}", when(before)),
            Change::Moved { before, after, why } => format!("{} → {}　{}", when(before), when(after), why_words(why)),
        };
        let name = name(procedure, deadline_of(change), law);
        writeln!(output, "{}　{name}　{}　{words}", who(occurrence), occurrence.event.japanese())?;
    }
    Ok(())
}

const fn deadline_of(change: &Change) -> &Deadline {
    match change {
        Change::Opened(deadline) | Change::Gone(deadline) => deadline,
        Change::Moved { after, .. } => after,
    }
}

fn why_words(why: &Why) -> String {
    let known = |day: &Option<Date>| day.map_or_else(|| "不明".to_owned(), day_words);
    match why {
        Why::Fact { fact, before, after } => format!("{fact}が{}から{}に変わりました", known(before), known(after)),
        Why::Planned { fact, is_planned: true } => format!("{fact}が予定になりました"),
        Why::Planned { fact, is_planned: false } => format!("{fact}が確定しました"),
        Why::Law => "数え方が変わりました".to_owned(),
    }
}

/// `2026年7月13日(月)　会社900 1　資格喪失届（離職票なし）　退社・資格喪失　雇用保険法施行規則7条　確認済`.
fn line(duty: &Duty, law: &Law) -> String {
    let Deadline { law_article, confidence, note, .. } = &duty.deadline;
    let mut parts = vec![
        when(&duty.deadline),
        who(&duty.occurrence),
        name(&duty.procedure, &duty.deadline, law).to_owned(),
        duty.occurrence.event.japanese().to_owned(),
        law_article.clone().unwrap_or_else(|| "根拠条文は確認されていません".to_owned()),
        confidence.japanese().to_owned(),
    ];
    if duty.filed == Filed::NotRecorded {
        parts.push("提出済みかどうかは本に書けません".to_owned());
    }
    parts.extend(note.clone());
    parts.join("　")
}

fn name<'law>(code: &str, deadline: &Deadline, law: &'law Law) -> &'law str {
    procedure(law, code, deadline.sort_day()).map_or("", |procedure| procedure.name)
}

fn who(occurrence: &Occurrence) -> String {
    let place = occurrence.establishment.as_ref().map(|code| format!(" 事業所{code}")).unwrap_or_default();
    let person = occurrence.person.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
    format!("会社{}{place}{person}", occurrence.client)
}

fn when(deadline: &Deadline) -> String {
    match &deadline.kind {
        DeadlineKind::Due(due) => last_day(due),
        DeadlineKind::Window { opens, last: Some(last) } => format!("{}から{}", day_words(*opens), last_day(last)),
        DeadlineKind::Window { opens, last: None } => format!("{}から（終わりの日が分かりません）", day_words(*opens)),
        DeadlineKind::Promptly { target, .. } => format!("速やかに（目安 {}）", day_words(*target)),
        DeadlineKind::NotEstablished { since } => format!("期限は確認されていません（{}の出来事）", day_words(*since)),
    }
}

fn last_day(due: &DueDay) -> String {
    let planned = if due.provisional { "・予定" } else { "" };
    let moved = match &due.shift {
        Shift::NextOpenDay { passed_over, asks, .. } if !passed_over.is_empty() => {
            let asks = if *asks { "・要確認" } else { "" };
            format!("（{}が閉庁日{asks}{planned}）", day_words(due.raw_day))
        }
        _ if due.provisional => "（予定）".to_owned(),
        _ => String::new(),
    };
    format!("{}{moved}", day_words(due.due_day))
}

fn day_words(day: Date) -> String {
    format!("{}年{}月{}日({})", day.year(), day.month(), day.day(), japanese_weekday(day.weekday()))
}

/// Everything, filings that are done as well.
fn whole(found: &Duties, law: &Law, on: Date, period: Period) -> Value {
    let duties: Vec<_> = found.duties.iter().map(|duty| duty_json(duty, law)).collect();
    let questions = found.questions.iter().map(|question| {
        let Question { occurrence, missing, decides, sentence } = question;
        json!({ "occurrence": occurrence_json(occurrence), "missing": missing, "decides": decides, "sentence": sentence })
    });
    let ages = found.ages.iter().map(|AgeReached { occurrence, explanation }| {
        let steps: Vec<_> = explanation.steps().iter().map(|step| &step.text).collect();
        json!({ "occurrence": occurrence_json(occurrence), "explanation": steps })
    });
    json!({
        "on": on.to_string(),
        "from": period.from.to_string(),
        "to": period.to.to_string(),
        "law_pack": law.version(),
        "duties": duties,
        "questions": questions.collect::<Vec<_>>(),
        "ages": ages.collect::<Vec<_>>(),
    })
}

fn occurrence_json(occurrence: &Occurrence) -> Value {
    json!({
        "client": occurrence.client.as_str(),
        "establishment": occurrence.establishment.as_ref().map(|code| code.as_str()),
        "person": occurrence.person.as_ref().map(|code| code.as_str()),
        "event": occurrence.event.identifier(),
        "on": occurrence.on.map(|day| day.to_string()),
        "subject": occurrence.subject,
    })
}

fn duty_json(duty: &Duty, law: &Law) -> Value {
    let known = procedure(law, &duty.procedure, duty.deadline.sort_day()).ok();
    let channels = known.iter().flat_map(|known| known.channels.iter().map(|channel| channel.japanese()));
    json!({
        "occurrence": occurrence_json(&duty.occurrence),
        "procedure": duty.procedure,
        "name": known.as_ref().map(|known| known.name),
        "agency": known.as_ref().map(|known| known.agency),
        "channels": channels.collect::<Vec<_>>(),
        "deadline": deadline_json(&duty.deadline),
        "filed": match duty.filed {
            Filed::No => json!("no"),
            Filed::On(day) => json!(day.to_string()),
            Filed::DayUnknown => json!("yes"),
            Filed::NotRecorded => json!("not_recorded"),
        },
        "law": duty.deadline.citations.iter().filter_map(|id| law.citation(*id)).collect::<Vec<_>>(),
    })
}

fn move_json(change: &Move, law: &Law) -> Value {
    let (kind, before, after, why) = match &change.change {
        Change::Opened(now) => ("opened", None, Some(now), None),
        Change::Gone(before) => ("gone", Some(before), None, None),
        Change::Moved { before, after, why } => ("moved", Some(&**before), Some(&**after), Some(why_words(why))),
    };
    json!({
        "occurrence": occurrence_json(&change.occurrence),
        "procedure": change.procedure,
        "name": name(&change.procedure, deadline_of(&change.change), law),
        "change": kind,
        "before": before.map(deadline_json),
        "after": after.map(deadline_json),
        "why": why,
    })
}

fn deadline_json(deadline: &Deadline) -> Value {
    let kind = match &deadline.kind {
        DeadlineKind::Due(_) => "due",
        DeadlineKind::Window { .. } => "window",
        DeadlineKind::Promptly { .. } => "promptly",
        DeadlineKind::NotEstablished { .. } => "not_established",
    };
    let target =
        if let DeadlineKind::Promptly { target, .. } = &deadline.kind { Some(target.to_string()) } else { None };
    json!({
        "kind": kind,
        "opens": deadline.opens().map(|day| day.to_string()),
        "target": target,
        "counted_from": deadline.counted_from,
        "due": deadline.due().map(due_json),
        "law_article": deadline.law_article,
        "note": deadline.note,
        "confidence": deadline.confidence.mark(),
    })
}

fn due_json(due: &DueDay) -> Value {
    let shift = match &due.shift {
        Shift::None => Value::Null,
        Shift::NextOpenDay { place, law, passed_over, asks } => {
            let passed =
                passed_over.iter().map(|(day, why)| json!({ "date": day.to_string(), "reason": why.to_string() }));
            json!({ "place": place, "law": law, "passed_over": passed.collect::<Vec<_>>(), "asks": asks })
        }
    };
    json!({
        "counted_from": due.counted_from.to_string(),
        "provisional": due.provisional,
        "raw_day": due.raw_day.to_string(),
        "due_day": due.due_day.to_string(),
        "shift": shift,
    })
}

impl From<ProcedureError> for Stop {
    fn from(error: ProcedureError) -> Self {
        Self::named(&error, error.remedy())
    }
}

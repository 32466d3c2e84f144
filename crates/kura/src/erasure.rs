use std::io::{self, Write};
use std::path::Path;

use kura_desk::{AskedErasure, Erasure, Proposal};
use kura_id::RecordId;
use kura_journal::{Purpose, UnixMillis};
use kura_law::Law;
use kura_model::{ClientCode, EmployeeCode};
use serde_json::json;

use crate::archive::japan_time;
use crate::cli::{ErasureAsk, ErasureCommand, ErasurePropose, ErasureStep};
use crate::clock;
use crate::home::{Home, OpenOffice};
use crate::stop::Stop;

/// `kura erasure propose|ask|list|approve|run`: who need not be kept any more, and their erasure, which cannot be undone.
pub(crate) fn run(command: &ErasureCommand) -> Result<(), Stop> {
    match command {
        ErasureCommand::Propose(request) => propose(request),
        ErasureCommand::Ask(request) => ask(request),
        ErasureCommand::List(request) => {
            let office = open(&request.dir)?;
            let asked = office.room.erasures(&office.scope)?;
            asked.iter().try_for_each(|asked| tell(asked, request.json))
        }
        ErasureCommand::Approve(step) => {
            let erasure = number(&step.erasure)?;
            let office = open(&step.dir)?;
            let erasure = office.room.approve_erasure(&office.scope, erasure)?;
            office.witness()?;
            tell(&AskedErasure { erasure, person: None }, step.json)
        }
        ErasureCommand::Run(step) => carry_out(step),
    }
}

fn open(dir: &Path) -> Result<OpenOffice, Stop> {
    Home::at(dir).open(Purpose::RequestOfPerson)
}

fn propose(request: &ErasurePropose) -> Result<(), Stop> {
    let today = clock::day_or_today(request.on.as_deref(), "--on")?;
    let office = open(&request.dir)?;
    let proposals = office.room.retention_proposals(&office.scope, Law::embedded()?, today)?;
    let mut output = io::stdout().lock();
    for proposal in &proposals {
        if request.json {
            writeln!(output, "{}", proposal_as_json(proposal))?;
        } else {
            let Proposal { client, employee, retention, .. } = proposal;
            let longest = retention.clocks.first().map_or("", |clock| clock.papers);
            let from = retention.erasable_from;
            writeln!(
                output,
                "会社{client} 社員{employee}  {from} から消去できます（最後まで残っていたもの: {longest}）"
            )?;
        }
    }
    if !request.json {
        writeln!(output, "{}人です。消すには kura erasure ask で依頼してください。", proposals.len())?;
    }
    Ok(())
}

fn proposal_as_json(proposal: &Proposal) -> serde_json::Value {
    let Proposal { client, employee, retention, .. } = proposal;
    let clocks: Vec<_> = retention
        .clocks
        .iter()
        .map(|clock| {
            json!({
                "papers": clock.papers,
                "years": clock.years,
                "from": clock.start_on.to_string(),
                "ends_before": clock.ends_before.to_string(),
            })
        })
        .collect();
    json!({
        "client": client.as_str(),
        "person": employee.as_str(),
        "erasable_from": retention.erasable_from.to_string(),
        "clocks": clocks,
    })
}

fn ask(request: &ErasureAsk) -> Result<(), Stop> {
    let (client, person) = (ClientCode::from(request.client.as_str()), EmployeeCode::from(request.person.as_str()));
    let office = open(&request.dir)?;
    let erasure = office.room.ask_erasure(&office.scope, &client, &person)?;
    office.witness()?;
    tell(&AskedErasure { erasure, person: Some((client, person)) }, request.json)
}

fn carry_out(step: &ErasureStep) -> Result<(), Stop> {
    let erasure = number(&step.erasure)?;
    let office = open(&step.dir)?;
    let tombstone = office.room.erase(&office.scope, erasure)?;
    office.witness()?;
    let gone = tombstone.unreadable_from().map_err(|error| Stop::named(error, ""))?;
    let gone = japan_time(UnixMillis::new(u64::try_from(gone.as_millisecond()).unwrap_or(0)));
    let mut output = io::stdout().lock();
    if step.json {
        writeln!(output, "{}", json!({ "erasure": step.erasure, "unreadable_everywhere_from": gone }))?;
    } else {
        writeln!(output, "消去しました。この人の記録は、もう開けません。控えからも {gone} 以降は読めなくなります。")?;
        writeln!(output, "書き出した書類（out/ や渡した先）は、別に消してください。")?;
    }
    Ok(())
}

fn number(text: &str) -> Result<RecordId, Stop> {
    text.parse().map_err(|error| {
        Stop::wrong_use(format!("依頼の番号: {error}"), "kura erasure list で番号を確かめてください。")
    })
}

fn tell(asked: &AskedErasure, as_json: bool) -> Result<(), Stop> {
    let AskedErasure { erasure, person } = asked;
    let mut output = io::stdout().lock();
    if as_json {
        let line = json!({
            "erasure": erasure.id.to_string(),
            "client": person.as_ref().map(|(client, _)| client.as_str()),
            "person": person.as_ref().map(|(_, person)| person.as_str()),
            "needs_approval": erasure.held,
            "approved": erasure.approved,
            "not_before": japan_time(erasure.not_before),
            "done_at": erasure.done_at.map(japan_time),
        });
        writeln!(output, "{line}")?;
        return Ok(());
    }
    let whom = person.as_ref().map(|(client, person)| format!("会社{client} 社員{person}  ")).unwrap_or_default();
    writeln!(output, "{}  {whom}{}", erasure.id, state(erasure))?;
    Ok(())
}

fn state(erasure: &Erasure) -> String {
    match (erasure.done_at, erasure.held, erasure.approved) {
        (Some(at), ..) => format!("消去済み（{}）", japan_time(at)),
        (None, false, _) => "実行できます".to_owned(),
        (None, true, false) => "別の管理者の承認を待っています".to_owned(),
        (None, true, true) => format!("承認済み、{} から実行できます", japan_time(erasure.not_before)),
    }
}

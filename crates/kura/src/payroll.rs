use std::io::{self, Write};
use std::path::{Path, PathBuf};

use kura_calendar::{read_date, read_month};
use kura_desk::{Published, Run, RunKind, RunOrder};
use kura_id::RunId;
use kura_journal::Purpose;
use kura_law::Law;
use serde_json::json;

use crate::cli::{PayrollCommand, PayrollOutput, PayrollPublish, PayrollRun, PayrollStep};
use crate::clock;
use crate::home::{Home, OpenOffice};
use crate::month::{self, Prints};
use crate::stop::Stop;

/// `kura payroll ...`: 計算 → 点検 → 承認 → 公開, on the store.
pub(crate) fn run(command: &PayrollCommand) -> Result<(), Stop> {
    match command {
        PayrollCommand::Run(request) => compute(request),
        PayrollCommand::List(request) => {
            let office = open(&request.dir)?;
            let runs = office.room.runs(&office.scope, &request.client)?;
            runs.iter().try_for_each(|run| tell(run, request.json))
        }
        PayrollCommand::Check(step) => one_step(step, |office, run| office.room.check(&office.scope, run)),
        PayrollCommand::Approve(step) => one_step(step, |office, run| office.room.approve(&office.scope, run)),
        PayrollCommand::Publish(request) => publish(request),
        PayrollCommand::Withdraw(step) => one_step(step, |office, run| office.room.withdraw(&office.scope, run)),
        PayrollCommand::Output(request) => output(request),
    }
}

fn open(dir: &Path) -> Result<OpenOffice, Stop> {
    Home::at(dir).open(Purpose::Payroll)
}

fn compute(request: &PayrollRun) -> Result<(), Stop> {
    let month = read_month(&request.month).map_err(|error| Stop::bad_day("--month", &error))?;
    let kind = match (&request.bonus, request.provisional, request.correct) {
        (Some(name), _, _) => RunKind::Bonus(name.clone()),
        (None, true, _) => RunKind::Provisional,
        (None, false, true) => RunKind::Correction(month),
        (None, false, false) => RunKind::Pay,
    };
    let order = RunOrder {
        client: request.client.clone(),
        month,
        kind,
        as_of: clock::day_or_today(request.as_of.as_deref(), "--as-of")?,
    };
    let office = open(&request.dir)?;
    let computed = office.room.run(&office.scope, &order, Law::embedded()?)?;
    office.witness()?;
    for finding in computed.findings.iter().filter(|finding| finding.severity != kura_book::Severity::Info) {
        writeln!(io::stdout(), "{finding}")?;
    }
    tell(&computed.run, request.json)?;
    if computed.run.stops > 0 {
        return Err(Stop::named(
            "止めた人・会社・書類があります。",
            "上の「誤り」を直し、取り込み直してから、もう一度計算してください。",
        ));
    }
    Ok(())
}

fn one_step(
    step: &PayrollStep,
    act: impl FnOnce(&OpenOffice, RunId) -> Result<Run, kura_desk::DeskError>,
) -> Result<(), Stop> {
    let run = run_id(&step.run)?;
    let office = open(&step.dir)?;
    let stepped = act(&office, run)?;
    office.witness()?;
    tell(&stepped, step.json)
}

fn publish(request: &PayrollPublish) -> Result<(), Stop> {
    let run = run_id(&request.run)?;
    let home = Home::at(&request.dir);
    let office = home.open(Purpose::Payroll)?;
    let law = Law::embedded()?;
    let somewhere = request.out.clone().unwrap_or_else(|| home.out().join(&request.run));
    month::require_room(&somewhere)?;
    let published = office.room.publish(&office.scope, run, law)?;
    office.witness()?;
    let place = match &request.out {
        Some(place) => place.clone(),
        None => unused(&home.out(), &folder_name(&published.run)),
    };
    let prints = if request.no_pdf { Prints::Left } else { Prints::Made };
    let made =
        month::write(published.result, published.next_book, &published.run.request(), law, None, &place, prints)?;
    month::tell(&made, &place)?;
    tell(&published.run, false)
}

/// The files of a published run again: computed from the records as they stood then, or refused.
fn output(request: &PayrollOutput) -> Result<(), Stop> {
    let run = run_id(&request.run)?;
    let as_of =
        request.as_of.as_deref().map(read_date).transpose().map_err(|error| Stop::bad_day("--as-of", &error))?;
    month::require_room(&request.out)?;
    let office = open(&request.dir)?;
    let law = Law::embedded()?;
    let made = office.room.output(&office.scope, run, as_of, law)?;
    office.witness()?;
    let prints = if request.no_pdf { Prints::Left } else { Prints::Made };
    let (published, result, next) = (made.run, made.result, made.next_book);
    let made = month::write(result, next, &published.request(), law, None, &request.out, prints)?;
    month::tell(&made, &request.out)?;
    tell(&published, false)
}

/// The outputs of a run that was published in the browser, in a folder of its own under `out`.
pub(crate) fn write_outputs(home: &Home, published: Published) -> Result<PathBuf, Stop> {
    let place = unused(&home.out(), &folder_name(&published.run));
    let Published { run, result, next_book } = published;
    month::write(result, next_book, &run.request(), Law::embedded()?, None, &place, Prints::Made)?;
    Ok(place)
}

/// A place of this name that is not taken: what was published before is not written over.
fn unused(folder: &Path, name: &str) -> PathBuf {
    let place = folder.join(name);
    if !place.exists() {
        return place;
    }
    let mut numbered = (2_u32..).map(|number| folder.join(format!("{name}_{number}")));
    numbered.find(|place| !place.exists()).unwrap_or(place)
}

/// `002_2026-06`, with the bonus's name.
pub(crate) fn folder_name(run: &Run) -> String {
    let kind = match &run.kind {
        RunKind::Pay => String::new(),
        RunKind::Provisional => "_仮払い".to_owned(),
        RunKind::Bonus(name) => format!("_{name}"),
        RunKind::Correction(of) => format!("_{of}の訂正"),
    };
    format!("{}_{}{kind}", run.client, run.month)
}

fn run_id(text: &str) -> Result<RunId, Stop> {
    text.parse().map_err(|error| {
        Stop::wrong_use(format!("計算の番号: {error}"), "kura payroll list で番号を確かめてください。")
    })
}

fn tell(run: &Run, as_json: bool) -> Result<(), Stop> {
    let mut output = io::stdout().lock();
    if as_json {
        let line = json!({
            "run": run.id.to_string(),
            "client": run.client,
            "month": run.month.to_string(),
            "kind": run.kind,
            "state": run.state,
            "slips": run.slips,
            "stops": run.stops,
            "gross": run.gross.get(),
            "deduction_total": run.deduction_total.get(),
            "net": run.net.get(),
        });
        writeln!(output, "{line}")?;
        return Ok(());
    }
    let kind = match &run.kind {
        RunKind::Pay => "給与".to_owned(),
        RunKind::Provisional => "仮払い".to_owned(),
        RunKind::Bonus(name) => name.clone(),
        RunKind::Correction(of) => format!("{of}の訂正"),
    };
    writeln!(
        output,
        "{}  会社{} {} {kind}  {}  {}人  総支給 {}円  差引 {}円  止めた件数 {}",
        run.id,
        run.client,
        run.month,
        run.state.japanese(),
        run.slips,
        run.gross.grouped(),
        run.net.grouped(),
        run.stops
    )?;
    Ok(())
}

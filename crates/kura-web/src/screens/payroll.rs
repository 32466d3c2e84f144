//! 給与: the runs, one run as 支給控除一覧, why a yen is what it is, and the steps 計算 → 点検 → 承認 → 公開.

mod grid;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kura_book::{Finding, Severity};
use kura_calendar::read_month;
use kura_desk::authority::{Operation, Resource};
use kura_desk::{Run, RunKind, RunOrder, RunState};
use kura_id::RunId;
use kura_law::Law;
use kura_model::{ClientCode, Text};
use serde::Deserialize;

use self::grid::{Grid, Reason, names_of};
use crate::app::App;
use crate::form::Form;
use crate::moment::{Day, day_of};
use crate::page::{Page, show};
use crate::refusal::Refusal;
use crate::signed::Signed;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/payroll", get(list).post(compute))
        .route("/payroll/{run}", get(one))
        .route("/payroll/{run}/people/{employee}", get(reasons))
        .route("/payroll/{run}/check", post(check))
        .route("/payroll/{run}/approve", post(approve))
        .route("/payroll/{run}/publish", post(publish))
}

const ROOM: &str = "/payroll";

/// A run for a page.
struct RunLine {
    id: String,
    client: String,
    client_name: String,
    month: String,
    kind: String,
    state: &'static str,
    next: &'static str,
    slips: usize,
    stops: usize,
    gross: String,
    deductions: String,
    net: String,
    past: bool,
}

impl RunLine {
    fn of(run: &Run, client_name: String) -> Self {
        let kind = match &run.kind {
            RunKind::Pay => "給与".to_owned(),
            RunKind::Provisional => "仮払い".to_owned(),
            RunKind::Bonus(name) => name.clone(),
            RunKind::Correction(of) => format!("{of} の訂正"),
        };
        Self {
            id: run.id.to_string(),
            client: run.client.clone(),
            client_name,
            month: run.month.to_string(),
            kind,
            state: run.state.japanese(),
            next: run.state.next_step(),
            slips: run.slips,
            stops: run.stops,
            gross: run.gross.grouped(),
            deductions: run.deduction_total.grouped(),
            net: run.net.grouped(),
            past: run.state == RunState::Withdrawn,
        }
    }
}

#[derive(Template)]
#[template(path = "payroll.html")]
struct ListPage {
    page: Page,
    runs: Vec<RunLine>,
    /// Code and name of each client, for the form.
    clients: Vec<(String, String)>,
    may_compute: bool,
    client: String,
    month: String,
    fault: String,
}

async fn list(signed: Signed) -> Result<Response, Refusal> {
    list_with(&signed, String::new(), String::new(), "").await
}

async fn list_with(signed: &Signed, client: String, month: String, fault: &str) -> Result<Response, Refusal> {
    let (runs, clients) = signed.desk(|room, scope| Ok((room.all_runs(scope)?, room.clients(scope)?))).await?;
    let text = |text: &Option<Text>| text.as_ref().map_or("", Text::as_str).to_owned();
    let clients: Vec<(String, String)> =
        clients.iter().map(|row| (row.client_code.as_str().to_owned(), text(&row.client_name))).collect();
    let name = |code: &str| clients.iter().find(|(known, _)| known == code).map_or("", |(_, name)| name).to_owned();
    let runs = runs.iter().map(|run| RunLine::of(run, name(&run.client))).collect();
    let may_compute = signed.scope().offers(Resource::Run, Operation::Compute);
    show(&ListPage {
        page: Page::of(signed, ROOM, "給与"),
        runs,
        clients,
        may_compute,
        client,
        month,
        fault: fault.to_owned(),
    })
}

#[derive(Deserialize)]
struct Order {
    client: String,
    month: String,
}

/// Computes the month's pay of a client. What was stopped is named at once: the run itself does not keep it.
async fn compute(signed: Signed, Form(Order { client, month }): Form<Order>) -> Result<Response, Refusal> {
    let Ok(wanted) = read_month(&month) else {
        return list_with(&signed, client, month, "支給月は 2026-07 のように入力してください。").await;
    };
    let as_of = day_of(signed.app.now()?).ok_or(Refusal::Broken)?;
    let order = RunOrder { client, month: wanted, kind: RunKind::Pay, as_of };
    let law = Law::embedded().map_err(|error| Refusal::Desk(error.into()))?;
    let ran = signed.desk(move |room, scope| room.run(scope, &order, law)).await?;
    run_page(&signed, ran.run.id, ran.findings, String::new()).await
}

/// A finding for a page.
struct FindingLine {
    is_stop: bool,
    text: String,
}

#[derive(Template)]
#[template(path = "run.html")]
struct RunPage {
    page: Page,
    run: RunLine,
    grid: Grid,
    findings: Vec<FindingLine>,
    /// Address and word of the step this user may take now.
    step: Option<(&'static str, &'static str)>,
    told: String,
}

async fn one(signed: Signed, Path(run): Path<String>) -> Result<Response, Refusal> {
    run_page(&signed, id_of(&run)?, Vec::new(), String::new()).await
}

async fn run_page(signed: &Signed, id: RunId, findings: Vec<Finding>, told: String) -> Result<Response, Refusal> {
    let (run, slips, before, people, client) = signed
        .desk(move |room, scope| {
            let run = room.run_of(scope, id)?;
            let code = ClientCode::from(run.client.as_str());
            let runs = room.runs(scope, &run.client)?;
            let published = |other: &&Run| other.state == RunState::Published && other.kind == run.kind;
            let before =
                runs.iter().filter(published).filter(|other| other.month < run.month).max_by_key(|run| run.month);
            let before = before.map(|before| room.slips(scope, before.id)).transpose()?;
            let (people, client) = (room.people(scope, &code)?, room.client(scope, &code)?);
            Ok((run, room.slips(scope, id)?, before, people, client))
        })
        .await?;
    let name = client.clients.first().and_then(|row| row.client_name.as_ref()).map_or("", Text::as_str).to_owned();
    let line = RunLine::of(&run, name);
    let grid = Grid::of(&slips, before.as_deref(), &names_of(&people)).ok_or(Refusal::Broken)?;
    let may = |operation| signed.scope().offers(Resource::Run, operation);
    let step = match run.state {
        RunState::Computed if may(Operation::Check) => Some(("check", "点検済みにする")),
        RunState::Checked if may(Operation::Approve) => Some(("approve", "承認する")),
        RunState::Approved if may(Operation::Publish) => Some(("publish", "公開する")),
        _ => None,
    };
    let worth = findings.iter().filter(|finding| finding.severity != Severity::Info);
    let findings = worth
        .map(|finding| FindingLine { is_stop: finding.severity == Severity::Error, text: finding.to_string() })
        .collect();
    let title = format!("{} {} {}", line.client_name, line.month, line.kind);
    show(&RunPage { page: Page::of(signed, ROOM, title), run: line, grid, findings, step, told })
}

#[derive(Template)]
#[template(path = "reasons.html")]
struct ReasonsPage {
    page: Page,
    run: RunLine,
    name: String,
    reasons: Vec<Reason>,
}

async fn reasons(signed: Signed, Path((run, employee)): Path<(String, String)>) -> Result<Response, Refusal> {
    let id = id_of(&run)?;
    let (run, lines, person) = signed
        .desk(move |room, scope| {
            let run = room.run_of(scope, id)?;
            let code = ClientCode::from(run.client.as_str());
            let lines = room.reasons(scope, id, &code, &employee.as_str().into())?;
            let purpose = kura_journal::Purpose::Payroll;
            let person = room.person(scope, &code, &employee.as_str().into(), purpose)?;
            Ok((run, lines, person))
        })
        .await?;
    let name = names_of(&person.employees).into_values().next().unwrap_or_default();
    let reasons = lines.iter().map(|line| Reason::of(line)).collect::<Option<Vec<_>>>().ok_or(Refusal::Broken)?;
    let title = format!("{name} 計算の根拠");
    let run = RunLine::of(&run, String::new());
    show(&ReasonsPage { page: Page::of(&signed, ROOM, title), run, name, reasons })
}

async fn check(signed: Signed, Path(run): Path<String>) -> Result<Response, Refusal> {
    let id = id_of(&run)?;
    signed.desk(move |room, scope| room.check(scope, id)).await?;
    Ok(Redirect::to(&format!("/payroll/{id}")).into_response())
}

async fn approve(signed: Signed, Path(run): Path<String>) -> Result<Response, Refusal> {
    let id = id_of(&run)?;
    signed.desk(move |room, scope| room.approve(scope, id)).await?;
    Ok(Redirect::to(&format!("/payroll/{id}")).into_response())
}

/// 公開: the slips are facts, and the outputs are written where `kura payroll publish` writes them.
async fn publish(signed: Signed, Path(run): Path<String>) -> Result<Response, Refusal> {
    let id = id_of(&run)?;
    let law = Law::embedded().map_err(|error| Refusal::Desk(error.into()))?;
    let app = Arc::clone(&signed.app);
    let place = signed
        .desk(move |room, scope| {
            let published = room.publish(scope, id, law)?;
            Ok(app.house.write_outputs(published))
        })
        .await?;
    let told = match place {
        Ok(place) => format!("公開しました。明細・届出・銀行ファイルは、サーバーの {place} に書き出しました。"),
        Err(error) => format!("公開しましたが、書類を書き出せませんでした。{error}"),
    };
    run_page(&signed, id, Vec::new(), told).await
}

fn id_of(text: &str) -> Result<RunId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// A day of a slip, as it is shown.
fn shown_day(iso: &str) -> String {
    kura_calendar::parse_iso_date(iso).map_or_else(|_| iso.to_owned(), |day| Day::of(day).shown)
}

//! 顧問先: the list, one client with its facts, its people, and one person with dated facts.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kura_journal::Purpose;
use kura_model::{Book, Client, ClientCode, Employee, EmployeeCode, Kana, Row, Text};

use crate::app::App;
use crate::moment::Day;
use crate::page::{Page, show};
use crate::refusal::Refusal;
use crate::sheet::Sheet;
use crate::signed::Signed;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/clients", get(list))
        .route("/clients/{client}", get(one))
        .route("/clients/{client}/people", get(people))
        .route("/clients/{client}/people/{employee}", get(person))
}

const ROOM: &str = "/clients";

struct ClientLine {
    code: String,
    name: String,
    kana: String,
    preparer: String,
    reviewer: String,
    ended: Option<Day>,
}

impl From<&Row<Client>> for ClientLine {
    fn from(row: &Row<Client>) -> Self {
        let text = |text: &Option<Text>| text.as_ref().map_or("", Text::as_str).to_owned();
        Self {
            code: row.client_code.as_str().to_owned(),
            name: text(&row.client_name),
            kana: row.client_kana.as_ref().map_or("", Kana::as_str).to_owned(),
            preparer: text(&row.preparer),
            reviewer: text(&row.reviewer),
            ended: row.contract_to.map(Day::of),
        }
    }
}

#[derive(Template)]
#[template(path = "clients.html")]
struct ListPage {
    page: Page,
    clients: Vec<ClientLine>,
}

async fn list(signed: Signed) -> Result<Response, Refusal> {
    let clients = signed.desk(|room, scope| room.clients(scope)).await?;
    let clients = clients.iter().map(ClientLine::from).collect();
    show(&ListPage { page: Page::of(&signed, ROOM, "顧問先"), clients })
}

/// The head of everything that belongs to a client: its name and its tabs.
struct ClientHead {
    code: String,
    name: String,
    tab: &'static str,
}

impl ClientHead {
    fn of(book: &Book, code: &ClientCode, tab: &'static str) -> Self {
        let name = book.clients.first().and_then(|row| row.client_name.as_ref()).map_or("", Text::as_str).to_owned();
        Self { code: code.as_str().to_owned(), name, tab }
    }
}

#[derive(Template)]
#[template(path = "client.html")]
struct ClientPage {
    page: Page,
    client: ClientHead,
    sheets: Vec<Sheet>,
}

async fn one(signed: Signed, Path(client): Path<String>) -> Result<Response, Refusal> {
    let code = ClientCode::from(client.as_str());
    let asked = code.clone();
    let book = signed.desk(move |room, scope| room.client(scope, &asked)).await?;
    let client = ClientHead::of(&book, &code, "facts");
    let sheets = [
        Sheet::of(&book.clients),
        Sheet::of(&book.establishments),
        Sheet::of(&book.insurer_rates),
        Sheet::of(&book.labor_insurances),
        Sheet::of(&book.pay_groups),
        Sheet::of(&book.pay_items),
        Sheet::of(&book.lookup_rows),
        Sheet::of(&book.calendar_days),
        Sheet::of(&book.agreements),
    ];
    let sheets = sheets.into_iter().flatten().collect();
    show(&ClientPage { page: Page::of(&signed, ROOM, client.name.clone()), client, sheets })
}

struct PersonLine {
    code: String,
    name: String,
    kana: String,
    born: Option<Day>,
    hired: Option<Day>,
    left: Option<Day>,
}

impl PersonLine {
    /// 生年月日, 入社日, 退職日.
    const fn days(&self) -> [&Option<Day>; 3] {
        [&self.born, &self.hired, &self.left]
    }
}

impl From<&Row<Employee>> for PersonLine {
    fn from(row: &Row<Employee>) -> Self {
        Self {
            code: row.employee_code.as_str().to_owned(),
            name: name_of(row),
            kana: joined(row.family_kana.as_ref().map(Kana::as_str), row.given_kana.as_ref().map(Kana::as_str)),
            born: row.birth_date.map(Day::of),
            hired: row.hired_on.map(Day::of),
            left: row.left_on.map(Day::of),
        }
    }
}

fn name_of(row: &Row<Employee>) -> String {
    joined(row.family_name.as_ref().map(Text::as_str), row.given_name.as_ref().map(Text::as_str))
}

fn joined(family: Option<&str>, given: Option<&str>) -> String {
    [family, given].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    page: Page,
    client: ClientHead,
    people: Vec<PersonLine>,
}

async fn people(signed: Signed, Path(client): Path<String>) -> Result<Response, Refusal> {
    let code = ClientCode::from(client.as_str());
    let asked = code.clone();
    let (book, people) =
        signed.desk(move |room, scope| Ok((room.client(scope, &asked)?, room.people(scope, &asked)?))).await?;
    let client = ClientHead::of(&book, &code, "people");
    let people = people.iter().map(PersonLine::from).collect();
    let title = format!("{} 従業員", client.name);
    show(&PeoplePage { page: Page::of(&signed, ROOM, title), client, people })
}

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage {
    page: Page,
    client: ClientHead,
    name: String,
    sheets: Vec<Sheet>,
}

async fn person(signed: Signed, Path((client, employee)): Path<(String, String)>) -> Result<Response, Refusal> {
    let code = ClientCode::from(client.as_str());
    let (asked, employee) = (code.clone(), EmployeeCode::from(employee.as_str()));
    let (of_client, book) = signed
        .desk(move |room, scope| {
            let person = room.person(scope, &asked, &employee, Purpose::Inquiry)?;
            Ok((room.client(scope, &asked)?, person))
        })
        .await?;
    let client = ClientHead::of(&of_client, &code, "people");
    let name = book.employees.first().map(name_of).unwrap_or_default();
    let sheets = [
        Sheet::of(&book.employees),
        Sheet::of(&book.employment_terms),
        Sheet::of(&book.fixed_pays),
        Sheet::of(&book.commutings),
        Sheet::of(&book.insurance_spells),
        Sheet::of(&book.standard_remunerations),
        Sheet::of(&book.family_members),
        Sheet::of(&book.leaves),
        Sheet::of(&book.inhabitant_tax_notices),
        Sheet::of(&book.bank_accounts),
        Sheet::of(&book.paid_leaves),
    ];
    let sheets = sheets.into_iter().flatten().collect();
    show(&PersonPage { page: Page::of(&signed, ROOM, name.clone()), client, name, sheets })
}

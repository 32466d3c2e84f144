//! 利用者: who works in the office, in which role, with which clients; a slip for whoever begins or has lost their password.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use kura_desk::User;
use kura_journal::Role;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::app::App;
use crate::form::Form;
use crate::page::{Page, role_name, show};
use crate::refusal::Refusal;
use crate::signed::Signed;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/users", get(list).post(put)).route("/users/slip", post(slip))
}

const ROOM: &str = "/users";

/// The roles that work in an office.
const ROLES: [Role; 4] = [Role::OfficeAdministrator, Role::Sharoshi, Role::Clerk, Role::Auditor];

struct UserLine {
    name: String,
    role: &'static str,
    clients: String,
}

impl From<&User> for UserLine {
    fn from(user: &User) -> Self {
        let clients = if user.role == Role::Clerk { user.clients.join("、") } else { "すべて".to_owned() };
        Self { name: user.name.clone(), role: role_name(user.role), clients }
    }
}

#[derive(Template)]
#[template(path = "users.html")]
struct UsersPage {
    page: Page,
    users: Vec<UserLine>,
    roles: Vec<(u16, &'static str)>,
    /// Only one administrator: nobody could help them.
    wants_second: bool,
    slip: Option<(String, Zeroizing<String>)>,
    fault: String,
}

async fn list(signed: Signed) -> Result<Response, Refusal> {
    page(&signed, None, "").await
}

async fn page(signed: &Signed, slip: Option<(String, Zeroizing<String>)>, fault: &str) -> Result<Response, Refusal> {
    let mut users = signed.desk(|room, scope| room.users(scope)).await?;
    users.retain(User::works_here);
    let administrators = users.iter().filter(|user| user.role == Role::OfficeAdministrator).count();
    show(&UsersPage {
        page: Page::of(signed, ROOM, "利用者"),
        users: users.iter().map(UserLine::from).collect(),
        roles: ROLES.iter().map(|role| (role.number(), role_name(*role))).collect(),
        wants_second: administrators < 2,
        slip,
        fault: fault.to_owned(),
    })
}

#[derive(Deserialize)]
struct Put {
    name: String,
    role: u16,
    #[serde(default)]
    clients: String,
}

/// Takes somebody in, or changes their role, and makes a slip for whoever is new.
async fn put(signed: Signed, Form(typed): Form<Put>) -> Result<Response, Refusal> {
    let name = typed.name.trim().to_owned();
    let role = Role::try_from(typed.role).ok().filter(|role| ROLES.contains(role)).ok_or(Refusal::NotFound)?;
    if name.is_empty() || name.chars().count() > 64 || name.chars().any(char::is_control) {
        return page(&signed, None, "利用者名は、1文字から64文字で入力してください。").await;
    }
    if name == signed.name && role != Role::OfficeAdministrator {
        return page(&signed, None, "自分の役割は変えられません。ほかの管理者に依頼してください。").await;
    }
    let clients: Vec<String> =
        typed.clients.split([',', '、', ' ', '　']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    let made = signed
        .desk(move |room, scope| {
            let is_new = room.users(scope)?.iter().all(|user| user.name != name || !user.works_here());
            let clients: Vec<&str> = clients.iter().map(String::as_str).collect();
            let user = room.put_user(scope, &name, role, &clients)?;
            Ok((user, if is_new { Some(room.issue_slip(scope, &name)?) } else { None }))
        })
        .await?;
    // Their rights are another's now: they sign in again.
    signed.app.sessions.end_all_of_but(made.0.id, signed.token());
    page(&signed, made.1.map(|slip| (slip.user.name, slip.code)), "").await
}

#[derive(Deserialize)]
struct Whose {
    name: String,
}

async fn slip(signed: Signed, Form(Whose { name }): Form<Whose>) -> Result<Response, Refusal> {
    let slip = signed.desk(move |room, scope| room.issue_slip(scope, &name)).await?;
    page(&signed, Some((slip.user.name, slip.code)), "").await
}

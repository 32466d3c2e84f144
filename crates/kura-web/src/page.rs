//! What all pages have: the head with the way about, and addresses inside this desk.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use kura_desk::authority::{Operation, Resource};
use kura_id::RequestId;
use kura_journal::Role;

use crate::refusal::Refusal;
use crate::signed::Signed;
use crate::statics;

/// A place in the head of the page.
pub(crate) struct Place {
    pub(crate) address: &'static str,
    pub(crate) name: &'static str,
    pub(crate) here: bool,
}

/// The rooms of the desk, in the order of a day, each with what one must be able to see.
const PLACES: [(&str, &str, Resource); 3] = [
    ("/clients", "顧問先", Resource::Client),
    ("/payroll", "給与", Resource::Run),
    ("/users", "利用者", Resource::Users),
];

/// The frame of a page.
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) places: Vec<Place>,
    /// The user's name and role; nothing where nobody is signed in.
    pub(crate) who: Option<(String, &'static str)>,
    pub(crate) styles: [String; 2],
    pub(crate) icon: String,
}

impl Page {
    /// For somebody who is signed in, in the room of this address.
    pub(crate) fn of(signed: &Signed, room: &str, title: impl Into<String>) -> Self {
        let offered = PLACES.iter().filter(|(.., resource)| signed.scope().offers(*resource, Operation::See));
        let places = offered.map(|(address, name, _)| Place { address, name, here: *address == room }).collect();
        let who = Some((signed.name.clone(), role_name(signed.scope().role())));
        Self { places, who, ..Self::alone(title) }
    }

    /// For nobody yet.
    pub(crate) fn alone(title: impl Into<String>) -> Self {
        let styles = [statics::address("tokens.css"), statics::address("desk.css")];
        Self { title: title.into(), places: Vec::new(), who: None, styles, icon: statics::address("kura.svg") }
    }
}

/// A page as an answer.
pub(crate) fn show(page: &impl Template) -> Result<Response, Refusal> {
    page.render().map(|html| Html(html).into_response()).map_err(|_| Refusal::Broken)
}

/// The word for a role.
pub(crate) const fn role_name(role: Role) -> &'static str {
    match role {
        Role::System => "システム",
        Role::OfficeAdministrator => "事務所の管理者",
        Role::Sharoshi => "社会保険労務士",
        Role::Clerk => "職員",
        Role::NumberHandler => "番号の取扱担当者",
        Role::Auditor => "監査担当",
        Role::ClientManager => "顧問先の管理者",
        Role::ClientViewer => "顧問先の閲覧者",
        Role::Employee => "従業員",
        Role::Operator => "運用者",
        Role::Unknown => "不明",
    }
}

/// A refusal as people read it.
#[derive(Template)]
#[template(path = "error.html")]
pub(crate) struct ErrorPage<'words> {
    page: Page,
    sentence: &'words str,
    request: RequestId,
}

impl<'words> ErrorPage<'words> {
    pub(crate) fn new(title: &str, sentence: &'words str, request: RequestId) -> Self {
        Self { page: Page::alone(title), sentence, request }
    }
}

/// An address inside this desk: what a link from elsewhere may not turn into a way out.
pub(crate) struct Local<'text>(&'text str);

impl<'text> Local<'text> {
    pub(crate) fn of(text: &'text str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        (plain && text.starts_with('/') && !text.starts_with("//") && text.len() <= 512).then_some(Self(text))
    }

    pub(crate) const fn as_str(&self) -> &'text str {
        self.0
    }

    /// As the value of a query.
    pub(crate) fn encoded(&self) -> String {
        self.0.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('#', "%23").replace('?', "%3F")
    }
}

#[cfg(test)]
mod tests {
    use super::Local;

    #[test]
    fn only_addresses_of_this_desk_are_local() {
        for inside in ["/", "/clients", "/clients/001?tab=people"] {
            assert_eq!(Local::of(inside).map(|local| local.as_str()), Some(inside));
        }
        for outside in ["", "clients", "//evil.example", "/\\evil.example", "https://evil.example/", "/a\r\nb", "/ b"] {
            assert!(Local::of(outside).is_none(), "{outside}");
        }
    }
}

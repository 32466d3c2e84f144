//! Style sheets and scripts, embedded. Their address holds their hash, so a browser may keep them for ever.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kura_journal::ContentHash;

use crate::refusal::Refusal;

const FILES: [(&str, &str, &str); 3] = [
    ("kura.svg", "image/svg+xml", include_str!("../assets/kura.svg")),
    ("tokens.css", "text/css; charset=utf-8", include_str!("../assets/tokens.css")),
    ("desk.css", "text/css; charset=utf-8", include_str!("../assets/desk.css")),
];

/// The address of an embedded file, for a page.
pub(crate) fn address(name: &str) -> String {
    let body = FILES.iter().find(|(known, ..)| *known == name).map_or("", |(.., body)| *body);
    let hash: String =
        ContentHash::of(body.as_bytes()).bytes().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("/static/{hash}/{name}")
}

/// `/static/HASH/NAME`.
pub(crate) async fn file(Path((_, name)): Path<(String, String)>) -> Result<Response, Refusal> {
    let (_, kind, body) = FILES.iter().find(|(known, ..)| *known == name).ok_or(Refusal::NotFound)?;
    let headers = [(CONTENT_TYPE, *kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, *body).into_response())
}

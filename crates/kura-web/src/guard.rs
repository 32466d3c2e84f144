//! The way of every request: its id, from where it comes, what headers the answer bears, what the log and the counters say of it.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::header::{CACHE_CONTROL, HOST, LOCATION, ORIGIN, REFERER, USER_AGENT};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use kura_id::RequestId;
use kura_journal::{ContentHash, Origin};
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

use crate::app::App;
use crate::page::{ErrorPage, Local};
use crate::refusal::{Problem, Refusal};
use crate::screens;

/// A form is no longer than this.
const BODY_BYTES_MAX: usize = 256 * 1024;

/// From where a request comes, and its id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival {
    pub(crate) request: RequestId,
    pub(crate) origin: Origin,
}

impl Arrival {
    pub(crate) const fn address(&self) -> Option<IpAddr> {
        self.origin.address
    }
}

/// All routes behind the guard.
pub(crate) fn router(app: Arc<App>) -> Router {
    screens::routes()
        .fallback(async || Refusal::NotFound)
        .method_not_allowed_fallback(async || Refusal::NotFound)
        .with_state(Arc::clone(&app))
        .layer(CompressionLayer::new())
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .layer(from_fn_with_state(app, guard))
}

#[expect(clippy::disallowed_methods, reason = "how long a request took is measured, not decided by")]
async fn guard(
    State(app): State<Arc<App>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let Ok(id) = app.new_request() else { return Refusal::Broken.into_response() };
    let agent = request.headers().get(USER_AGENT).map(|agent| ContentHash::of(agent.as_bytes()));
    let origin = Origin { address: Some(peer.ip()), agent };
    request.extensions_mut().insert(Arrival { request: id, origin });
    let method = request.method().clone();
    let back = way_back(&request);
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let answered = if !is_ours(request.headers(), app.port) || !is_same_site(&method, request.headers()) {
        Refusal::OtherSite.into_response()
    } else {
        next.run(request).await
    };
    let mut response = written(answered, id, &back);
    harden(response.headers_mut(), id);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    app.metrics.answered(&route, status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = %id, %method, route, status, milliseconds, "answered");
    response
}

/// Where to go on after a sign-in: the page itself, or the page whose form was sent.
fn way_back(request: &Request) -> String {
    if request.method() == Method::GET {
        return request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    }
    let referer = request.headers().get(REFERER).and_then(|referer| referer.to_str().ok()).unwrap_or_default();
    let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
    path.unwrap_or_default().to_owned()
}

/// Only names of this machine: a page elsewhere whose name was pointed here (DNS rebinding) is not ours.
fn is_ours(headers: &HeaderMap, port: u16) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| host == format!("{name}:{port}"))
}

/// What changes something comes from our own pages: a browser says from where, and a program that is no browser sends our cookie to
/// nobody.
fn is_same_site(method: &Method, headers: &HeaderMap) -> bool {
    if method.is_safe() {
        return true;
    }
    let word = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = word(&ORIGIN) {
        return word(&HOST).is_some_and(|host| origin.strip_prefix("http://") == Some(host));
    }
    word(&HeaderName::from_static("sec-fetch-site")) == Some("same-origin")
}

/// A refusal becomes a page, or the way to sign in.
fn written(mut response: Response, request: RequestId, back: &str) -> Response {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    if let Some(cause) = &problem.cause {
        tracing::error!(%request, cause, "a request failed");
    }
    if let Some(to) = response.headers().get(LOCATION) {
        let to = to.to_str().unwrap_or("/sign-in");
        let to = match Local::of(back) {
            Some(back) => format!("{to}?back={}", back.encoded()),
            None => to.to_owned(),
        };
        if let Ok(to) = HeaderValue::from_str(&to) {
            response.headers_mut().insert(LOCATION, to);
        }
        return response;
    }
    let page = ErrorPage::new(problem.title, &problem.sentence, request);
    let (mut parts, _) = response.into_parts();
    match page.render() {
        Ok(html) => {
            let (head, body) = Html(html).into_response().into_parts();
            parts.headers.extend(head.headers);
            Response::from_parts(parts, body)
        }
        Err(_) => Response::from_parts(parts, Body::from(problem.sentence)),
    }
}

/// No script and no style but our own files, no frame, nothing kept in caches that others read.
const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

fn harden(headers: &mut HeaderMap, request: RequestId) {
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(&request.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

//! What machines ask: `/healthz`, `/readyz`, `/metrics`. Nothing personal stands in any of them.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::app::App;
use crate::refusal::Refusal;

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/healthz", get(async || "ok\n")).route("/readyz", get(ready)).route("/metrics", get(metrics))
}

/// Whether work could be done now: the store answers and the key is lent.
async fn ready(State(app): State<Arc<App>>) -> Result<&'static str, Refusal> {
    app.desk(kura_desk::Room::ready).await?;
    Ok("ready\n")
}

async fn metrics(State(app): State<Arc<App>>) -> Result<impl IntoResponse, Refusal> {
    let left_s = app.lent_until.load(Ordering::Relaxed).saturating_sub(app.now()?) / 1000;
    let text = app.metrics.text(app.sessions.count(), left_s);
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text))
}

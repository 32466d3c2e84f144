//! The screens, one file each, and all their routes.

mod clients;
mod entrance;
mod payroll;
mod status;
mod users;

use std::sync::Arc;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;

use crate::app::App;
use crate::statics;

/// All routes. A handler that shows data of the office takes [`Signed`](crate::signed::Signed).
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(async || Redirect::to("/clients")))
        .route("/static/{hash}/{name}", get(statics::file))
        .merge(entrance::routes())
        .merge(clients::routes())
        .merge(payroll::routes())
        .merge(users::routes())
        .merge(status::routes())
}

//! Who is signed in: the only way of a screen to the desk's data.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::COOKIE as COOKIES;
use axum::http::request::Parts;
use kura_desk::{DeskError, Room, Scope};
use zeroize::Zeroizing;

use crate::app::App;
use crate::guard::Arrival;
use crate::refusal::Refusal;
use crate::sessions::{COOKIE, Found};

/// A request of somebody who is signed in. A handler that asks for it is reached by nobody else, and one that does not has no [`Scope`],
/// without which no method of the desk gives data.
pub(crate) struct Signed {
    pub(crate) app: Arc<App>,
    pub(crate) arrival: Arrival,
    /// The user's name.
    pub(crate) name: String,
    scope: Scope,
    token: Zeroizing<String>,
}

impl Signed {
    /// Work of the desk with this user's rights, on a thread that may wait.
    pub(crate) async fn desk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Room, &Scope) -> Result<T, DeskError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let scope = self.scope.clone();
        self.app.desk(move |room| work(room, &scope)).await
    }

    /// The rights, for a screen that offers only what works.
    pub(crate) const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The token of the session.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }
}

impl FromRequestParts<Arc<App>> for Signed {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        let arrival = *parts.extensions.get::<Arrival>().ok_or(Refusal::Broken)?;
        let token = token_of(&parts.headers).ok_or(Refusal::NotSignedIn)?;
        match app.sessions.find(&token, app.now()?) {
            Found::Live(session) => {
                let scope = session.scope.in_request(arrival.request, arrival.origin);
                Ok(Self { app: Arc::clone(app), arrival, name: session.name, scope, token })
            }
            Found::Ended(session) => {
                let scope = session.scope.in_request(arrival.request, arrival.origin);
                app.desk(move |room| room.sign_out(&scope)).await?;
                Err(Refusal::NotSignedIn)
            }
            Found::Nothing => Err(Refusal::NotSignedIn),
        }
    }
}

/// The token in the cookie of a request.
pub(crate) fn token_of(headers: &HeaderMap) -> Option<Zeroizing<String>> {
    let lines = headers.get_all(COOKIES).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE).map(|(_, token)| Zeroizing::new(token.to_owned()))
}

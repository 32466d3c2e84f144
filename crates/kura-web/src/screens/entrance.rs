//! ログイン: signing in and out, proving again who one is, and beginning with a slip.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, Router};
use kura_desk::{CodeSecret, Credentials, DeskError};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::app::App;
use crate::form::{Form, Query, secret};
use crate::guard::Arrival;
use crate::page::{Local, Page, show};
use crate::refusal::Refusal;
use crate::sessions::COOKIE;
use crate::signed::{Signed, token_of};

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/sign-in", get(ask).post(sign_in))
        .route("/prove-again", get(ask_again).post(prove_again))
        .route("/sign-out", axum::routing::post(sign_out))
        .route("/begin", get(ask_slip).post(take_slip))
        .route("/begin/password", axum::routing::post(enrol))
}

#[derive(Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    page: Page,
    back: String,
    name: String,
    fault: String,
}

async fn ask(Query(Back { back }): Query<Back>) -> Result<Response, Refusal> {
    show(&SignInPage { page: Page::alone("ログイン"), back, name: String::new(), fault: String::new() })
}

#[derive(Deserialize)]
struct SignIn {
    name: String,
    #[serde(deserialize_with = "secret")]
    password: Zeroizing<String>,
    code: String,
    #[serde(default)]
    back: String,
}

async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(arrival): Extension<Arrival>,
    headers: axum::http::HeaderMap,
    Form(typed): Form<SignIn>,
) -> Result<Response, Refusal> {
    let SignIn { name, password, code, back } = typed;
    let name = name.trim().to_owned();
    let whose = name.clone();
    let proved = guarded(&app, &arrival, &name, move |room| {
        let typed = Credentials { name: &whose, password: &password, code: &code };
        room.sign_in_from_browser(&typed, arrival.origin)
    });
    match proved.await? {
        Ok(scope) => {
            // A session that was there before ends: whoever put its token into this browser gets nothing.
            if let Some(former) = token_of(&headers) {
                app.sessions.end(&former);
            }
            let token = app.sessions.begin(scope, name, app.now()?, app.entropy.as_ref())?;
            Ok((set_cookie(&token)?, on(&back)).into_response())
        }
        Err(fault) => {
            let page = SignInPage { page: Page::alone("ログイン"), back, name, fault: fault.to_string() };
            Ok((axum::http::StatusCode::UNAUTHORIZED, show(&page)?).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "prove_again.html")]
struct ProveAgainPage {
    page: Page,
    back: String,
    fault: String,
}

async fn ask_again(signed: Signed, Query(Back { back }): Query<Back>) -> Result<Response, Refusal> {
    show(&ProveAgainPage { page: Page::of(&signed, "", "再認証"), back, fault: String::new() })
}

#[derive(Deserialize)]
struct Proof {
    #[serde(deserialize_with = "secret")]
    password: Zeroizing<String>,
    code: String,
    #[serde(default)]
    back: String,
}

async fn prove_again(signed: Signed, Form(typed): Form<Proof>) -> Result<Response, Refusal> {
    let Proof { password, code, back } = typed;
    let scope = signed.scope().clone();
    let proved =
        guarded(&signed.app, &signed.arrival, &signed.name, move |room| room.prove_again(&scope, &password, &code));
    match proved.await? {
        Ok(scope) => {
            let renewed = signed.app.sessions.renew(signed.token(), scope, signed.app.entropy.as_ref())?;
            Ok((set_cookie(&renewed.ok_or(Refusal::NotSignedIn)?)?, on(&back)).into_response())
        }
        Err(fault) => {
            let page = ProveAgainPage { page: Page::of(&signed, "", "再認証"), back, fault: fault.to_string() };
            Ok((axum::http::StatusCode::UNAUTHORIZED, show(&page)?).into_response())
        }
    }
}

async fn sign_out(signed: Signed) -> Result<Response, Refusal> {
    signed.app.sessions.end(signed.token());
    signed.desk(|room, scope| room.sign_out(scope)).await?;
    let gone = format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
    let gone = HeaderValue::from_str(&gone).map_err(|_| Refusal::Broken)?;
    Ok(([(SET_COOKIE, gone)], Redirect::to("/sign-in")).into_response())
}

#[derive(Template)]
#[template(path = "slip.html")]
struct SlipPage {
    page: Page,
    fault: String,
}

async fn ask_slip() -> Result<Response, Refusal> {
    show(&SlipPage { page: Page::alone("はじめての登録"), fault: String::new() })
}

#[derive(Deserialize)]
struct TypedSlip {
    #[serde(deserialize_with = "secret")]
    slip: Zeroizing<String>,
}

#[derive(Template)]
#[template(path = "begin.html")]
struct BeginPage {
    page: Page,
    name: String,
    slip: Zeroizing<String>,
    secret: String,
    secret_in_groups: String,
    fault: String,
}

impl BeginPage {
    fn new(name: String, slip: Zeroizing<String>, secret: &CodeSecret, fault: String) -> Self {
        let secret = secret.to_base32();
        let groups: Vec<String> =
            secret.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        Self {
            page: Page::alone("はじめての登録"), name, slip, secret, secret_in_groups: groups.join(" "), fault
        }
    }

    /// What a phone opens when the link is touched.
    fn link(&self) -> String {
        let encoded = self.name.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        format!("otpauth://totp/Kura:{encoded}?secret={}&issuer=Kura", self.secret)
    }
}

async fn take_slip(
    State(app): State<Arc<App>>,
    Extension(arrival): Extension<Arrival>,
    Form(TypedSlip { slip }): Form<TypedSlip>,
) -> Result<Response, Refusal> {
    let typed = slip.clone();
    match guarded(&app, &arrival, "", move |room| room.user_of_slip(&typed)).await? {
        Ok(user) => {
            let secret = CodeSecret::generate(app.entropy.as_ref())?;
            show(&BeginPage::new(user.name, slip, &secret, String::new()))
        }
        Err(_) => {
            let fault = "この登録コードは使えません。打ち間違いがないか、期限（発行から24時間）を過ぎていないかを確かめてください。";
            let page = SlipPage { page: Page::alone("はじめての登録"), fault: fault.to_owned() };
            Ok((axum::http::StatusCode::UNAUTHORIZED, show(&page)?).into_response())
        }
    }
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(deserialize_with = "secret")]
    slip: Zeroizing<String>,
    secret: String,
    #[serde(deserialize_with = "secret")]
    password: Zeroizing<String>,
    #[serde(deserialize_with = "secret")]
    again: Zeroizing<String>,
    code: String,
}

async fn enrol(
    State(app): State<Arc<App>>,
    Extension(arrival): Extension<Arrival>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Refusal> {
    let Chosen { slip, secret, password, again, code } = chosen;
    let secret = CodeSecret::from_base32(&secret).ok_or(Refusal::NotFound)?;
    let typed = slip.clone();
    let user = guarded(&app, &arrival, "", move |room| room.user_of_slip(&typed)).await??;
    if *password != *again {
        let fault = "二つのパスワードが違います。同じものを2回入力してください。".to_owned();
        return refused(&BeginPage::new(user.name, slip, &secret, fault));
    }
    let (typed, known) = (slip.clone(), secret.clone());
    let enrolled =
        guarded(&app, &arrival, "", move |room| room.begin_by_slip(&typed, &password, &known, &code, arrival.origin))
            .await?;
    match enrolled {
        Ok(scope) => {
            app.sessions.end_all_of(user.id);
            let token = app.sessions.begin(scope, user.name, app.now()?, app.entropy.as_ref())?;
            Ok((set_cookie(&token)?, Redirect::to("/")).into_response())
        }
        Err(DeskError::NotProved) => {
            let fault = "確認コードが違います。スマートフォンの時計が合っているかを確かめ、いま表示されている6桁を入力してください。";
            refused(&BeginPage::new(user.name, slip, &secret, fault.to_owned()))
        }
        Err(fault) => refused(&BeginPage::new(user.name, slip, &secret, fault.to_string())),
    }
}

fn refused(page: &BeginPage) -> Result<Response, Refusal> {
    Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, show(page)?).into_response())
}

/// A proof of identity behind the soft delays: what was wrong is counted, and comes back as a sentence for the form.
async fn guarded<T: Send + 'static>(
    app: &Arc<App>,
    arrival: &Arrival,
    name: &str,
    prove: impl FnOnce(&kura_desk::Room) -> Result<T, DeskError> + Send + 'static,
) -> Result<Result<T, DeskError>, Refusal> {
    let _alone = app.proving.lock().await;
    let now = app.now()?;
    let wait = app.guesses.wait_s(name, arrival.address(), now);
    if wait > 0 {
        return Err(Refusal::Wait(wait));
    }
    match app.desk(prove).await {
        Ok(done) => {
            app.guesses.right(name, arrival.address());
            Ok(Ok(done))
        }
        Err(Refusal::Desk(error @ (DeskError::NotProved | DeskError::Password(_)))) => {
            if error == DeskError::NotProved {
                app.guesses.wrong(name, arrival.address(), now);
            }
            Ok(Err(error))
        }
        Err(other) => Err(other),
    }
}

fn set_cookie(token: &str) -> Result<[(axum::http::HeaderName, HeaderValue); 1], Refusal> {
    let cookie = format!("{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict");
    Ok([(SET_COOKIE, HeaderValue::from_str(&cookie).map_err(|_| Refusal::Broken)?)])
}

/// Back to where somebody came from, if that is a place of this desk.
fn on(back: &str) -> Redirect {
    Redirect::to(Local::of(back).map_or("/", |local| local.as_str()))
}

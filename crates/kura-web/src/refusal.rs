//! What a handler says when it does not do what was asked. The guard makes a page of it: handlers know no layout for faults.

use axum::http::StatusCode;
use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use kura_desk::DeskError;

/// Why not.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Nobody is signed in: to the sign-in page.
    NotSignedIn,
    /// The desk refused.
    Desk(DeskError),
    /// There is no such page, or not for this user: which of them is not told.
    NotFound,
    /// A form that cannot be read.
    Form(&'static str),
    /// Too many bytes.
    TooLarge,
    /// Wrong too often: seconds to wait.
    Wait(u64),
    /// The request came from another site.
    OtherSite,
    /// Something broke that nobody can mend from a page.
    Broken,
}

/// Told beside an empty response; the guard writes it down.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) title: &'static str,
    pub(crate) sentence: String,
    /// For the log: the kind of fault, never a value.
    pub(crate) cause: Option<String>,
}

impl Refusal {
    fn problem(&self) -> Problem {
        let told =
            |status, title, sentence: &str| Problem { status, title, sentence: sentence.to_owned(), cause: None };
        match self {
            Self::NotSignedIn | Self::Desk(DeskError::StepUp) => {
                told(StatusCode::SEE_OTHER, "ログイン", "ログインしてください。")
            }
            Self::NotFound | Self::Desk(DeskError::NotFound { .. } | DeskError::NotAllowed { .. }) => told(
                StatusCode::NOT_FOUND,
                "見つかりません",
                "この画面はないか、見る権限がありません。必要なときは、事務所の管理者に担当と権限を確かめてください。",
            ),
            Self::Form(sentence) => told(StatusCode::UNPROCESSABLE_ENTITY, "入力を確かめてください", sentence),
            Self::TooLarge => told(
                StatusCode::PAYLOAD_TOO_LARGE,
                "大きすぎます",
                "送られた内容が大きすぎます。分けて送ってください。",
            ),
            Self::Wait(seconds) => told(
                StatusCode::TOO_MANY_REQUESTS,
                "しばらくお待ちください",
                &format!("続けて間違いがあったため、あと{seconds}秒お待ちください。時間がたてば、そのまま使えます。"),
            ),
            Self::OtherSite => told(
                StatusCode::FORBIDDEN,
                "受け付けませんでした",
                "ほかのサイトから送られた操作は受け付けません。Kuraの画面を開き直して、もう一度操作してください。",
            ),
            Self::Desk(
                error @ (DeskError::WrongState { .. }
                | DeskError::Stale
                | DeskError::OtherResult
                | DeskError::SecondPerson
                | DeskError::LastAdministrator
                | DeskError::Password(_)
                | DeskError::NotProved),
            ) => told(StatusCode::CONFLICT, "この操作はできませんでした", &error.to_string()),
            Self::Desk(DeskError::NoKey) => Problem {
                cause: Some("no key".to_owned()),
                ..told(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "鍵を待っています",
                    "事務所の鍵がまだ貸し出されていません。1分ほど待って、もう一度お試しください。",
                )
            },
            Self::Desk(error) => Problem { cause: Some(error.to_string()), ..broken() },
            Self::Broken => broken(),
        }
    }
}

fn broken() -> Problem {
    Problem {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        title: "処理できませんでした",
        sentence: "処理の途中で止まりました。もう一度試しても同じときは、下の番号を管理者に知らせてください。"
            .to_owned(),
        cause: None,
    }
}

impl From<DeskError> for Refusal {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = self.problem();
        let mut response = problem.status.into_response();
        let headers = response.headers_mut();
        match &self {
            Self::NotSignedIn => drop(headers.insert(LOCATION, axum::http::HeaderValue::from_static("/sign-in"))),
            Self::Desk(DeskError::StepUp) => {
                drop(headers.insert(LOCATION, axum::http::HeaderValue::from_static("/prove-again")));
            }
            Self::Wait(seconds) => drop(headers.insert(RETRY_AFTER, (*seconds).into())),
            _ => {}
        }
        response.extensions_mut().insert(problem);
        response
    }
}

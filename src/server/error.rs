//! Errors: every failure of the server is one RFC 9457 problem, and one `match` gives its status.

use crate::map::MapError;
use crate::report::ReportError;
use crate::store::StoreError;
use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::any::Any;

/// What went wrong with a request: `application/problem+json`.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    kind: Kind,
    detail: String,
    errors: Vec<Value>,
    retry_after: Option<u64>,
}

/// The problem types under `/problems/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    InvalidParameter,
    Unauthorized,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    RequestTimeout,
    TooLarge,
    UnsupportedMediaType,
    UnprocessableReport,
    RateLimited,
    Internal,
    RenderTimeout,
}

impl Kind {
    fn describe(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Kind::InvalidParameter => (StatusCode::BAD_REQUEST, "invalid-parameter", "A parameter is wrong"),
            Kind::Unauthorized => (StatusCode::UNAUTHORIZED, "unauthorized", "Writing needs the token"),
            Kind::NotFound => (StatusCode::NOT_FOUND, "not-found", "There is no such thing here"),
            Kind::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "This cannot be done here")
            }
            Kind::NotAcceptable => {
                (StatusCode::NOT_ACCEPTABLE, "not-acceptable", "There is no such form of it")
            }
            Kind::RequestTimeout => {
                (StatusCode::REQUEST_TIMEOUT, "request-timeout", "The request did not arrive in time")
            }
            Kind::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "More than the limit allows"),
            Kind::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "This form is not read here")
            }
            Kind::UnprocessableReport => {
                (StatusCode::UNPROCESSABLE_ENTITY, "unprocessable-report", "This report cannot be read")
            }
            Kind::RateLimited => (StatusCode::TOO_MANY_REQUESTS, "rate-limited", "Too many writes"),
            Kind::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed"),
            Kind::RenderTimeout => {
                (StatusCode::SERVICE_UNAVAILABLE, "render-timeout", "It took longer than the limit allows")
            }
        }
    }
}

impl Problem {
    fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Problem { kind, detail: detail.into(), errors: Vec::new(), retry_after: None }
    }

    /// A query or path parameter that is not understood.
    pub fn parameter(name: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let errors = vec![json!({ "parameter": name, "detail": detail })];
        Problem { errors, ..Problem::new(Kind::InvalidParameter, detail) }
    }

    /// A place in the body that is not understood, as a JSON pointer.
    pub fn pointer(pointer: &str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let errors = vec![json!({ "pointer": pointer, "detail": detail })];
        Problem { errors, ..Problem::new(Kind::InvalidParameter, detail) }
    }

    /// Nothing of that name.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Problem::new(Kind::NotFound, detail)
    }

    /// No such form of it.
    pub fn not_acceptable(detail: impl Into<String>) -> Self {
        Problem::new(Kind::NotAcceptable, detail)
    }

    /// More than a limit allows.
    pub fn too_large(detail: impl Into<String>) -> Self {
        Problem::new(Kind::TooLarge, detail)
    }

    /// A media type that is not read.
    pub fn unsupported(detail: impl Into<String>) -> Self {
        Problem::new(Kind::UnsupportedMediaType, detail)
    }

    /// A report that is no text.
    pub fn unprocessable(detail: impl Into<String>) -> Self {
        Problem::new(Kind::UnprocessableReport, detail)
    }

    /// A write without the token.
    pub fn unauthorized() -> Self {
        Problem::new(Kind::Unauthorized, "Send the server's token as `Authorization: Bearer TOKEN`.")
    }

    /// Too many writes in the last minute.
    pub fn rate_limited(limit: usize, wait_s: u64) -> Self {
        let detail = format!("The limit is {limit} writes a minute; try again in {wait_s} seconds.");
        Problem { retry_after: Some(wait_s), ..Problem::new(Kind::RateLimited, detail) }
    }

    /// Work that ran into the time limit.
    pub fn timed_out(detail: impl Into<String>) -> Self {
        Problem::new(Kind::RenderTimeout, detail)
    }

    /// A fault of ours: logged whole, told in one sentence.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Problem::new(Kind::Internal, "Something failed inside; the server's log says what. Nothing was lost.")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, name, title) = self.kind.describe();
        let mut body = json!({
            "type": format!("/problems/{name}"),
            "title": title,
            "status": status.as_u16(),
            "detail": self.detail,
        });
        if !self.errors.is_empty() {
            body["errors"] = self.errors.into();
        }
        let mut response = (status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Problem::internal(error)
    }
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::TooLarge { .. } => Problem::too_large(error.to_string()),
            _ => Problem::unprocessable(error.to_string()),
        }
    }
}

impl From<MapError> for Problem {
    fn from(error: MapError) -> Self {
        Problem::new(Kind::InvalidParameter, error.to_string())
    }
}

/// What no route answers.
pub(super) async fn not_found(request: Request) -> Problem {
    Problem::not_found(format!("Nothing is served at {}.", request.uri().path()))
}

/// A method that a route does not know.
pub(super) async fn method_not_allowed(request: Request) -> Problem {
    let detail = format!("{} is not possible at {}.", request.method(), request.uri().path());
    Problem::new(Kind::MethodNotAllowed, detail)
}

/// What a handler that panicked answers.
pub(super) fn panicked(cause: Box<dyn Any + Send>) -> Response<Body> {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    Problem::internal(cause).into_response()
}

/// Turns the plain-text refusals of the framework's own parts into problems.
pub(super) async fn as_problems(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || !is_plain {
        return response;
    }
    let kind = match status {
        StatusCode::PAYLOAD_TOO_LARGE => Kind::TooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Kind::UnsupportedMediaType,
        StatusCode::REQUEST_TIMEOUT => Kind::RequestTimeout,
        StatusCode::NOT_FOUND => Kind::NotFound,
        StatusCode::SERVICE_UNAVAILABLE => Kind::RenderTimeout,
        _ if status.is_client_error() => Kind::InvalidParameter,
        _ => Kind::Internal,
    };
    let words = axum::body::to_bytes(response.into_body(), 16 * 1024).await.unwrap_or_default();
    Problem::new(kind, String::from_utf8_lossy(&words).trim().to_owned()).into_response()
}

//! `/healthz`: whether the server and its database answer.

use super::App;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

pub(super) async fn healthz(State(app): State<App>) -> Response {
    let healthy = app.store().is_healthy().await;
    let status = if healthy { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let state = if healthy { "ok" } else { "the story database does not answer" };
    (status, Json(json!({ "status": state, "version": env!("CARGO_PKG_VERSION") }))).into_response()
}

//! `/api/v1/stories`: reports in, documents out.

use super::error::Problem;
use super::{App, exports, input, kept};
use crate::reading::{self, ReadOptions};
use crate::story;
use axum::Json;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// How much of the list is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct ListQuery {
    limit: Option<u32>,
    cursor: Option<i64>,
}

/// The stories, newest first.
pub(super) async fn list(
    State(app): State<App>,
    Query(query): Query<ListQuery>,
) -> Result<Response, Problem> {
    let limit = query.limit.unwrap_or(20);
    if !(1..=100).contains(&limit) {
        return Err(Problem::parameter("limit", format!("limit is {limit}; expected 1 to 100.")));
    }
    Ok(Json(app.store().list(limit, query.cursor).await?).into_response())
}

/// Reads the reports of the request and keeps the story.
pub(super) async fn create(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    app.admit_write(request.headers())?;
    let reports = input::reports(&app, request).await?;
    let story = app
        .work(move || {
            let options = ReadOptions::default();
            Ok(story::merge(reports.into_iter().map(|report| reading::read(report, &options)).collect()))
        })
        .await?;
    let is_new = app.store().put(&story).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    let location = format!("{}/api/v1/stories/{}", app.base_url(), story.id);
    Ok((status, [(header::LOCATION, location)], Json(story.to_json())).into_response())
}

/// Which form of a story is asked for.
#[derive(Debug, Deserialize)]
pub(super) struct FormQuery {
    f: Option<String>,
}

/// One story, as JSON or GeoJSON, by `?f=` or `Accept`.
pub(super) async fn fetch(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(query): Query<FormQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let kept = kept::find(&app, &id).await?;
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let form = query.f.as_deref().unwrap_or(if accepted.contains("application/geo+json") {
        "geojson"
    } else if accepted.contains("json") || accepted.contains("*/*") || accepted.contains("application/*") {
        "json"
    } else {
        accepted
    });
    match form {
        "json" => Ok(exports::json(kept, &headers)),
        "geojson" => exports::geojson(&app, &id, kept, &headers).await,
        other => Err(Problem::not_acceptable(format!(
            "A story is given as application/json (f=json) or application/geo+json (f=geojson), not as {other:?}."
        ))),
    }
}

/// Forgets a story.
pub(super) async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Problem> {
    app.admit_write(&headers)?;
    if app.store().delete(&id).await? { Ok(StatusCode::NO_CONTENT) } else { Err(kept::no_story(&id)) }
}

//! `/stories/{id}` and `/stories/{id}.geojson`: the page of a story, and its exports.

use super::error::Problem;
use super::kept::{self, Kept};
use super::{App, caching, pages};
use crate::layers;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

fn accepts_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/html"))
}

/// The viewer for `/stories/{id}`, an export for `/stories/{id}.{ending}`.
pub(super) async fn story_or_export(
    State(app): State<App>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some((id, ending)) = file.split_once('.') else {
        return match app.store().get(&file).await? {
            Some(story) => pages::story(&app, &story),
            // a person is told so by the page, in words and with a way on
            None if accepts_html(&headers) => pages::missing(),
            None => Err(kept::no_story(&file)),
        };
    };
    let kept = kept::find(&app, id).await?;
    match ending {
        "geojson" => geojson(&app, id, kept, &headers).await,
        "json" => Ok(json(kept, &headers)),
        other => {
            Err(Problem::not_found(format!("Stories are exported as .geojson and .json, not as .{other}.")))
        }
    }
}

/// The story's document.
pub(super) fn json(kept: Kept, headers: &HeaderMap) -> Response {
    let tag = kept.etag(&["story"]);
    caching::not_modified(headers, &tag).unwrap_or_else(|| {
        let response = ([(header::CONTENT_TYPE, "application/json")], kept.document).into_response();
        caching::tagged(response, &tag)
    })
}

/// The story's layers as GeoJSON.
pub(super) async fn geojson(
    app: &App,
    id: &str,
    kept: Kept,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let tag = kept.etag(&["geojson"]);
    if let Some(known) = caching::not_modified(headers, &tag) {
        return Ok(known);
    }
    let name = format!("inline; filename=\"dateline-{id}.geojson\"");
    let work = move || Ok(layers::collection(&kept.story()?).map_err(Problem::internal)?.to_string());
    let response = (
        [(header::CONTENT_TYPE, "application/geo+json".to_owned()), (header::CONTENT_DISPOSITION, name)],
        app.work(work).await?,
    );
    Ok(caching::tagged(response.into_response(), &tag))
}

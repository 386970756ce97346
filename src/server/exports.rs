//! `/stories/{id}` and `/stories/{id}.geojson`: the page of a story, and its exports.

use super::error::Problem;
use super::{App, caching, pages};
use crate::layers;
use crate::story::Story;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

/// The story of this id.
pub(super) async fn find(app: &App, id: &str) -> Result<Story, Problem> {
    app.store().get(id).await?.ok_or_else(|| no_story(id))
}

/// What is said of an id that no story has.
pub(super) fn no_story(id: &str) -> Problem {
    let shown: String = id.chars().take(40).collect();
    Problem::not_found(format!("There is no story {shown:?}; GET /api/v1/stories lists those there are."))
}

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
            None => Err(no_story(&file)),
        };
    };
    let story = find(&app, id).await?;
    match ending {
        "geojson" => geojson(&app, story, &headers).await,
        "json" => {
            let document = story.to_json().to_string();
            let tag = caching::etag(&["story", &document]);
            let response = ([(header::CONTENT_TYPE, "application/json")], document).into_response();
            Ok(caching::not_modified(&headers, &tag).unwrap_or_else(|| caching::tagged(response, &tag)))
        }
        other => {
            Err(Problem::not_found(format!("Stories are exported as .geojson and .json, not as .{other}.")))
        }
    }
}

/// The story's layers as GeoJSON.
pub(super) async fn geojson(app: &App, story: Story, headers: &HeaderMap) -> Result<Response, Problem> {
    let tag = caching::etag(&["geojson", &story.to_json().to_string()]);
    if let Some(known) = caching::not_modified(headers, &tag) {
        return Ok(known);
    }
    let name = format!("inline; filename=\"dateline-{}.geojson\"", story.id);
    let collection =
        app.work(move || Ok(layers::collection(&story).map_err(Problem::internal)?.to_string())).await?;
    let response = (
        [(header::CONTENT_TYPE, "application/geo+json".to_owned()), (header::CONTENT_DISPOSITION, name)],
        collection,
    );
    Ok(caching::tagged(response.into_response(), &tag))
}

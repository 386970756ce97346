//! `/api/v1/stories/{id}/image.{png,svg}`: the finished map.

use super::error::Problem;
use super::{App, caching, kept};
use crate::map::{self, MapOptions};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

/// Draws the story with the options of the query.
pub(super) async fn image(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (form, kind) = match file.as_str() {
        "image.png" => ("png", "image/png"),
        "image.svg" => ("svg", "image/svg+xml"),
        other => {
            return Err(Problem::not_found(format!(
                "Maps are drawn as image.png and image.svg, not as {other:?}."
            )));
        }
    };
    let mut options = MapOptions::default();
    for (name, value) in &query {
        options.set(name, value).map_err(|error| Problem::parameter(name, error.to_string()))?;
    }
    let kept = kept::find(&app, &id).await?;
    let tag = kept.etag(&[form, &format!("{query:?}")]);
    if let Some(known) = caching::not_modified(&headers, &tag) {
        return Ok(known);
    }
    let picture = app
        .work(move || {
            let scene = map::draw(&kept.story()?, &options)?;
            Ok(if form == "png" { map::png::render(&scene) } else { map::svg::render(&scene).into_bytes() })
        })
        .await?;
    Ok(caching::tagged(([(header::CONTENT_TYPE, kind)], picture).into_response(), &tag))
}

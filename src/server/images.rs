//! `/api/v1/stories/{id}/image.{png,webp,svg,pdf}`: the finished map.

use super::error::Problem;
use super::{App, caching, kept};
use crate::map::{self, MapOptions, Scene};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

/// A form that maps are drawn in.
struct Form {
    file: &'static str,
    kind: &'static str,
    render: fn(&Scene) -> Vec<u8>,
}

const FORMS: [Form; 4] = [
    Form { file: "image.png", kind: "image/png", render: map::png::render },
    Form { file: "image.webp", kind: "image/webp", render: map::webp::render },
    Form { file: "image.svg", kind: "image/svg+xml", render: |scene| map::svg::render(scene).into_bytes() },
    Form { file: "image.pdf", kind: "application/pdf", render: map::pdf::render },
];

/// Draws the story with the options of the query.
pub(super) async fn image(
    State(app): State<App>,
    Path((id, file)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let form = FORMS.iter().find(|form| file == form.file).ok_or_else(|| {
        let known: Vec<&str> = FORMS.iter().map(|form| form.file).collect();
        Problem::not_found(format!("Maps are drawn as {}, not as {file:?}.", known.join(", ")))
    })?;
    let mut options = MapOptions::default();
    options
        .set_all(query.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        .map_err(|(name, error)| Problem::parameter(name, error.to_string()))?;
    let kept = kept::find(&app, &id).await?;
    let tag = kept.etag(&[form.file, &format!("{query:?}")]);
    if let Some(known) = caching::not_modified(&headers, &tag) {
        return Ok(known);
    }
    let picture = app.work(move || Ok((form.render)(&map::draw(&kept.story()?, &options)?))).await?;
    Ok(caching::tagged(([(header::CONTENT_TYPE, form.kind)], picture).into_response(), &tag))
}

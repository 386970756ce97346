//! `/tiles/{set}.json` and `/tiles/{set}/{z}/{x}/{y}.png`: raster tiles of the base map and of stories.

use super::error::Problem;
use super::{App, caching, exports};
use crate::tiles::{self, TileCoord};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// The set of tiles that is the base map alone.
const BASE: &str = "base";

/// TileJSON of a set.
pub(super) async fn tilejson(State(app): State<App>, Path(file): Path<String>) -> Result<Response, Problem> {
    let set = file.strip_suffix(".json").ok_or_else(|| {
        Problem::not_found(format!("Nothing is served at /tiles/{file}; ask for /tiles/base.json."))
    })?;
    let title = if set == BASE { None } else { Some(exports::find(&app, set).await?.title) };
    Ok(Json(tiles::tilejson(set, title.as_deref(), app.base_url())).into_response())
}

/// One tile.
pub(super) async fn tile(
    State(app): State<App>,
    Path((set, z, x, file)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = file
        .strip_suffix(".png")
        .ok_or_else(|| Problem::not_found(format!("Tiles are .png here, not {file:?}.")))?;
    let (y, scale) = name.strip_suffix("@2x").map_or((name, 1), |y| (y, 2));
    let coord =
        TileCoord::parse(&z, &x, y).map_err(|error| Problem::parameter("z/x/y", error.to_string()))?;
    let story = if set == BASE { None } else { Some(exports::find(&app, &set).await?) };
    let document = story.as_ref().map(|story| story.to_json().to_string()).unwrap_or_default();
    let tag = caching::etag(&["tile", &set, &format!("{z}/{x}/{file}"), &document]);
    if let Some(known) = caching::not_modified(&headers, &tag) {
        return Ok(known);
    }
    let is_base = story.is_none();
    let picture = app
        .work(move || {
            Ok(match story {
                None => tiles::render_base(coord, scale),
                Some(story) => tiles::render_story(&story, coord, scale),
            })
        })
        .await?;
    let mut response = ([(header::CONTENT_TYPE, "image/png")], picture).into_response();
    if is_base {
        let day = HeaderValue::from_static("public, max-age=86400");
        response.headers_mut().insert(header::CACHE_CONTROL, day);
    }
    Ok(caching::tagged(response, &tag))
}

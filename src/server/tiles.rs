//! `/tiles/{set}.json` and `/tiles/{set}/{z}/{x}/{y}.png`: raster tiles of the base map and of stories.

use super::error::Problem;
use super::{App, caching, kept};
use crate::map::MapOptions;
use crate::tiles::{self, TileCoord, TileLook};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;

/// The set of tiles that is the base map alone.
const BASE: &str = "base";

/// TileJSON of a set.
pub(super) async fn tilejson(
    State(app): State<App>,
    Path(file): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let set = file.strip_suffix(".json").ok_or_else(|| {
        Problem::not_found(format!("Nothing is served at /tiles/{file}; ask for /tiles/base.json."))
    })?;
    let look = look(&query, 1)?;
    let title = if set == BASE { None } else { Some(kept::find(&app, set).await?.story()?.title) };
    Ok(Json(tiles::tilejson(set, title.as_deref(), app.base_url(), &look)).into_response())
}

/// The look that a query asks for.
fn look(query: &BTreeMap<String, String>, scale: u32) -> Result<TileLook, Problem> {
    let mut options = MapOptions::default();
    for (name, value) in query {
        if !matches!(name.as_str(), "theme" | "worldview") {
            let said = format!("Tiles have no parameter {name:?}; expected theme or worldview.");
            return Err(Problem::parameter(name, said));
        }
        options.set(name, value).map_err(|error| Problem::parameter(name, error.to_string()))?;
    }
    Ok(TileLook { scale, theme: options.theme, worldview: options.worldview })
}

/// One tile.
pub(super) async fn tile(
    State(app): State<App>,
    Path((set, z, x, file)): Path<(String, String, String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let name = file
        .strip_suffix(".png")
        .ok_or_else(|| Problem::not_found(format!("Tiles are .png here, not {file:?}.")))?;
    let (y, scale) = name.strip_suffix("@2x").map_or((name, 1), |y| (y, 2));
    let coord =
        TileCoord::parse(&z, &x, y).map_err(|error| Problem::parameter("z/x/y", error.to_string()))?;
    let look = look(&query, scale)?;
    let story = if set == BASE { None } else { Some(kept::find(&app, &set).await?) };
    let name = format!("{z}/{x}/{file} {look:?}");
    let parts = ["tile", &set, &name];
    let tag = story.as_ref().map_or_else(|| caching::etag(&parts), |kept| kept.etag(&parts));
    if let Some(known) = caching::not_modified(&headers, &tag) {
        return Ok(known);
    }
    let is_base = story.is_none();
    let drawer = app.clone();
    let picture = app
        .work(move || {
            let layers = story.map(|kept| drawer.laid_out().of(&kept)).transpose()?;
            Ok(tiles::render(coord, &look, layers.as_deref()))
        })
        .await?;
    let mut response = ([(header::CONTENT_TYPE, "image/png")], picture).into_response();
    if is_base {
        let day = HeaderValue::from_static("public, max-age=86400");
        response.headers_mut().insert(header::CACHE_CONTROL, day);
    }
    Ok(caching::tagged(response, &tag))
}

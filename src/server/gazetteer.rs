//! `/api/v1/gazetteer`: names looked up.

use super::App;
use super::error::Problem;
use crate::gazetteer::{Gazetteer, Kind, Query as Lookup};
use crate::geometry::LonLat;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

/// What is looked up.
#[derive(Debug, Deserialize)]
pub(super) struct SearchQuery {
    q: Option<String>,
    near: Option<String>,
    country: Option<String>,
    kind: Option<String>,
    limit: Option<usize>,
}

/// Entries by name, best first.
pub(super) async fn search(
    State(app): State<App>,
    Query(query): Query<SearchQuery>,
) -> Result<Response, Problem> {
    let name = query.q.filter(|name| !name.trim().is_empty()).ok_or_else(|| {
        Problem::parameter("q", "There is no name to look up; ask for /api/v1/gazetteer?q=Wonsan.")
    })?;
    if name.len() > 1000 {
        return Err(Problem::parameter(
            "q",
            format!("The name has {} bytes; the limit is 1,000.", name.len()),
        ));
    }
    let near = query.near.as_deref().map(position).transpose()?;
    let limit = query.limit.unwrap_or(10);
    if !(1..=100).contains(&limit) {
        return Err(Problem::parameter("limit", format!("limit is {limit}; expected 1 to 100.")));
    }
    let kind = match &query.kind {
        None => None,
        Some(word) => Some(Kind::from_word(word).ok_or_else(|| {
            let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
            Problem::parameter("kind", format!("{word:?} is no kind; expected one of {}.", known.join(", ")))
        })?),
    };
    let lookup = Lookup { name, near, country: query.country, kind, limit };
    let hits = app
        .work(move || {
            let gazetteer = Gazetteer::embedded().map_err(Problem::internal)?;
            Ok(gazetteer.search(&lookup).into_iter().map(|hit| gazetteer.hit_row(&hit)).collect::<Vec<_>>())
        })
        .await?;
    Ok(Json(json!({ "entries": hits, "credit": "GeoNames, CC BY 4.0" })).into_response())
}

/// `LON,LAT`, checked.
fn position(text: &str) -> Result<LonLat, Problem> {
    let wrong = || {
        Problem::parameter(
            "near",
            format!("{text:?} is no position; expected LON,LAT in degrees, like 131.87,43.11."),
        )
    };
    let (lon, lat) = text.split_once(',').ok_or_else(wrong)?;
    let number = |part: &str| part.trim().parse::<f64>().map_err(|_| wrong());
    let position = LonLat::new(number(lon)?, number(lat)?);
    if position.is_valid() { Ok(position) } else { Err(wrong()) }
}

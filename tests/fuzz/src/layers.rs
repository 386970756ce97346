//! What holds for the layers of every story.

use dateline::layers;
use dateline::story::Story;
use serde_json::Value;

/// Panics where a position of the GeoJSON is none on Earth.
pub fn check(story: &Story) {
    let collection = layers::collection(story).expect("the world that is compiled in is whole");
    let json = serde_json::to_value(&collection).expect("GeoJSON is serialisable");
    for feature in json["features"].as_array().into_iter().flatten() {
        positions(&feature["geometry"]["coordinates"]);
    }
}

fn positions(value: &Value) {
    match value.as_array().map(Vec::as_slice) {
        Some([Value::Number(lon), Value::Number(lat)]) => {
            assert!(lon.as_f64().is_some_and(|lon| lon.abs() <= 180.0), "{value}");
            assert!(lat.as_f64().is_some_and(|lat| lat.abs() <= 90.0), "{value}");
        }
        parts => parts.into_iter().flatten().for_each(positions),
    }
}

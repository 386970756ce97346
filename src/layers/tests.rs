use super::*;
use crate::geometry::Bbox;
use crate::story::Story;
use crate::world::World;
use ::geojson::{GeometryValue, feature::Id};

fn story(name: &str) -> Story {
    let path = format!("{}/tests/stories/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn layers(name: &str) -> Layers {
    from_story(&story(name), World::embedded().unwrap())
}

#[test]
fn each_alternative_is_a_feature_of_its_own() {
    let layers = layers("soldiers-by-sea");
    let ids: Vec<&str> = layers.movements.iter().map(|m| m.id.as_str()).collect();
    assert_eq!(ids, ["mv1", "mv2", "mv3#1", "mv3#2"]);
    assert!(layers.movements[2].alternative && layers.movements[2].is_inferred());
    assert_eq!(layers.movements[3].badge, 3);
}

#[test]
fn what_has_no_place_of_its_own_is_drawn_to_its_area_and_never_pinned() {
    let layers = layers("soldiers-by-sea");
    let end = layers.movements[1].to.as_ref().unwrap();
    assert_eq!((end.place.as_str(), end.area.as_deref()), ("p5", Some("p4")));
    let sites = layers.places.iter().find(|p| p.id == "p5").unwrap();
    assert_eq!(sites.position, None);
    let json = to_geojson(&layers);
    let feature = json.features.iter().find(|f| f.id == Some(Id::String("p5".to_owned()))).unwrap();
    assert!(feature.geometry.is_none());
}

#[test]
fn fields_are_flat_and_lead_back_to_the_words() {
    let layers = layers("soldiers-by-sea");
    let json = to_geojson(&layers);
    for feature in &json.features {
        for (key, value) in feature.properties_iter() {
            assert!(!value.is_array() && !value.is_object(), "{key} of {:?} is not flat", feature.id);
        }
    }
    let first = &json.features[0];
    let quote = first.property("quote").unwrap().as_str().unwrap();
    let (start, end) = (first.property("char_start").unwrap(), first.property("char_end").unwrap());
    let text: Vec<char> = story("soldiers-by-sea").reports[0].text.chars().collect();
    let words: String =
        text[start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize].iter().collect();
    assert_eq!(words, quote);
    assert_eq!(first.property("contested").unwrap(), true);
    assert_eq!(first.property("qty_min").unwrap(), 3000);
    assert_eq!(first.property("reviewed").unwrap(), false);
}

#[test]
fn lines_over_the_pacific_are_cut_at_180_and_the_box_is_narrow() {
    let json = to_geojson(&layers("pacific"));
    let bbox: Vec<f64> = json.bbox.clone().unwrap().to_vec();
    assert!(bbox[0] > 150.0 && bbox[2] < -100.0, "{bbox:?}");
    let cut = json.features.iter().filter(|f| {
        f.geometry.as_ref().is_some_and(|g| matches!(g.value, GeometryValue::MultiLineString { .. }))
    });
    assert!(cut.count() >= 2);
    let text = json.to_string();
    assert!(!text.contains("181.") && !text.contains("-190."));
}

#[test]
fn rings_are_right_handed_and_numbers_have_six_decimals() {
    let json = to_geojson(&layers("soldiers-by-sea"));
    let value: serde_json::Value = serde_json::from_str(&json.to_string()).unwrap();
    let mut polygons = 0;
    for feature in value["features"].as_array().unwrap() {
        let geometry = &feature["geometry"];
        let parts = match geometry["type"].as_str() {
            Some("Polygon") => vec![geometry["coordinates"].clone()],
            Some("MultiPolygon") => geometry["coordinates"].as_array().unwrap().clone(),
            _ => continue,
        };
        for part in parts {
            let ring: Vec<[f64; 2]> = serde_json::from_value(part[0].clone()).unwrap();
            let area: f64 = ring.windows(2).map(|w| w[0][0] * w[1][1] - w[1][0] * w[0][1]).sum();
            assert!(area > 0.0 && ring.first() == ring.last());
            assert!(ring.iter().flatten().all(|v| ((v * 1e6).round() / 1e6 - v).abs() < 1e-12));
            polygons += 1;
        }
    }
    assert!(polygons > 0);
}

#[test]
fn a_story_without_places_keeps_its_movement() {
    let layers = layers("no-place");
    assert_eq!(layers.movements.len(), 1);
    assert!(!layers.movements[0].is_drawn());
    let json = to_geojson(&layers);
    assert!(json.bbox.is_none() && json.features[0].geometry.is_none());
    let _ = Bbox::around([]);
}

#[test]
fn disputed_ground_near_the_story_is_noted() {
    let notes = layers("soldiers-by-sea").notes;
    assert_eq!(notes[0].id, "note-dispute-crimea");
}

//! TileJSON 3.0.0.

use super::TileLook;
use super::coord::MAX_ZOOM;
use crate::map::Theme;
use crate::world::World;
use serde::Serialize;

/// What a set of tiles is and where it is served.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TileJson {
    /// The specification's version.
    pub tilejson: &'static str,
    /// What the set is called.
    pub name: String,
    /// Version of the tiles.
    pub version: &'static str,
    /// `xyz`: y counts from the north.
    pub scheme: &'static str,
    /// Addresses with `{z}`, `{x}`, `{y}`.
    pub tiles: Vec<String>,
    /// Shallowest zoom.
    pub minzoom: u8,
    /// Deepest zoom.
    pub maxzoom: u8,
    /// West, south, east, north.
    pub bounds: [f64; 4],
    /// Longitude, latitude, zoom to begin with.
    pub center: [f64; 3],
    /// Credit.
    pub attribution: &'static str,
    /// Themes that `?theme=` takes.
    pub themes: Vec<&'static str>,
    /// Views of boundaries that `?worldview=` takes.
    pub worldviews: Vec<String>,
    /// Raster tiles have none; the specification asks for the key.
    pub vector_layers: Vec<String>,
}

/// TileJSON of a set: `base`, or a story's id with its title.
pub fn tilejson(set: &str, title: Option<&str>, base_url: &str, look: &TileLook) -> TileJson {
    let plain = TileLook::default();
    let mut asked = Vec::new();
    if look.theme != plain.theme {
        asked.push(format!("theme={}", look.theme.name()));
    }
    if look.worldview != plain.worldview {
        asked.push(format!("worldview={}", look.worldview.name()));
    }
    let query = if asked.is_empty() { String::new() } else { format!("?{}", asked.join("&")) };
    let views = World::embedded().map(World::worldviews).unwrap_or_default();
    TileJson {
        tilejson: "3.0.0",
        name: title.unwrap_or("Base map").to_owned(),
        version: "1.0.0",
        scheme: "xyz",
        tiles: vec![format!("{}/tiles/{set}/{{z}}/{{x}}/{{y}}.png{query}", base_url.trim_end_matches('/'))],
        minzoom: 0,
        maxzoom: MAX_ZOOM,
        bounds: [-180.0, -85.051_129, 180.0, 85.051_129],
        center: [0.0, 20.0, 2.0],
        attribution: "Natural Earth, GeoNames",
        themes: Theme::ALL.iter().map(|theme| theme.name()).collect(),
        worldviews: views.iter().map(|view| view.name().to_owned()).collect(),
        vector_layers: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Worldview;

    #[test]
    fn the_address_has_its_placeholders() {
        let plain = TileLook::default();
        let json = serde_json::to_value(tilejson("base", None, "http://example.org/", &plain)).unwrap();
        assert_eq!(json["tiles"][0], "http://example.org/tiles/base/{z}/{x}/{y}.png");
        assert_eq!(json["tilejson"], "3.0.0");
        let look = TileLook { theme: Theme::Dark, worldview: Worldview::Of(*b"IN"), ..plain };
        let json = serde_json::to_value(tilejson("base", None, "", &look)).unwrap();
        assert_eq!(json["tiles"][0], "/tiles/base/{z}/{x}/{y}.png?theme=dark&worldview=IN");
    }
}

//! Raster tiles.

use super::coord::{TILE_PX, TileCoord};
use super::names;
use crate::geometry::clip::Frame;
use crate::geometry::projection::Projection;
use crate::layers::Layers;
use crate::map::{
    Facts, Ground, Group, Ink, Painter, Scene, Style, SvgText, Theme, View, Worldview, draw_ground, png,
};
use crate::world::World;
use geo::Coord;
use std::f64::consts::PI;

/// Px beyond the tile that are drawn too, so that lines and arrows meet across its edges.
const BUFFER: f64 = 48.0;

/// How tiles look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileLook {
    /// 1 gives 256 px, 2 gives 512; at most 4.
    pub scale: u32,
    /// Colours.
    pub theme: Theme,
    /// Whose boundaries are drawn.
    pub worldview: Worldview,
}

impl Default for TileLook {
    fn default() -> Self {
        TileLook { scale: 1, theme: Theme::default(), worldview: Worldview::Un }
    }
}

/// A tile of the base map as PNG, with a story's layers over it where they are given.
pub fn render(tile: TileCoord, look: &TileLook, layers: Option<&Layers>) -> Vec<u8> {
    let Ok(world) = World::embedded() else { return Vec::new() };
    png::render(&scene(world, tile, look, layers))
}

/// The Mercator view of a tile: its upper left corner at the origin of the page.
fn view_of(tile: TileCoord, buffer: f64) -> View {
    let side = super::coord::world_px(tile.z());
    let [ox, oy] = tile.origin_px();
    View {
        projection: Projection::mercator(0.0),
        scale: side / (2.0 * PI),
        origin: Coord { x: side / 2.0 - ox, y: side / 2.0 - oy },
        frame: Frame::new(-buffer, -buffer, TILE_PX + buffer, TILE_PX + buffer),
    }
}

fn scene(world: &World, tile: TileCoord, look: &TileLook, layers: Option<&Layers>) -> Scene {
    let palette = Style::embedded().palette(look.theme);
    let ink = Ink { palette, tier: 1 };
    let ground = Ground {
        world,
        story_countries: Vec::new(),
        worldview: look.worldview,
        rivers: tile.z() >= 5,
        units: false,
    };
    let mut labels = Group::new("labels");
    names::draw(world, tile, palette, &mut labels);
    let mut groups = vec![labels];
    if let Some(layers) = layers {
        let painter = Painter {
            layers,
            world,
            ink: &ink,
            ground: &ground,
            overlays: &[],
            lang: "en",
            statements: false,
            step: None,
            narrow: false,
        };
        groups.extend(painter.overlay(&view_of(tile, BUFFER)));
    }
    Scene {
        width: TILE_PX as f32,
        height: TILE_PX as f32,
        paper: [TILE_PX as f32; 2],
        scale: look.scale.clamp(1, 4) as f32,
        on_paper: false,
        theme: look.theme,
        background: palette.sea,
        ground: draw_ground(&ground, &view_of(tile, 4.0), palette),
        groups,
        title: String::new(),
        description: String::new(),
        lang: "en".to_owned(),
        svg_text: SvgText::Live,
        record: None,
        facts: Facts::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::LonLat;

    fn pixels(tile: TileCoord) -> image::RgbImage {
        seen(tile, TileLook::default())
    }

    fn seen(tile: TileCoord, look: TileLook) -> image::RgbImage {
        image::load_from_memory(&render(tile, &look, None)).unwrap().to_rgb8()
    }

    #[test]
    fn a_tile_is_drawn_in_the_theme_and_the_view_asked_for() {
        let sea = TileCoord::at(LonLat::new(-30.0, 30.0), 6).unwrap();
        let dark = seen(sea, TileLook { theme: Theme::Dark, ..TileLook::default() });
        assert_eq!(dark.get_pixel(128, 128).0, [0x10, 0x17, 0x1D]);
        let crimea = TileCoord::at(LonLat::new(34.0, 46.1), 6).unwrap();
        let russian = TileLook { worldview: Worldview::Of(*b"RU"), ..TileLook::default() };
        assert_ne!(pixels(crimea), seen(crimea, russian), "the border north of Crimea");
        let bohemia = TileCoord::at(LonLat::new(15.0, 50.0), 6).unwrap();
        assert_eq!(pixels(bohemia), seen(bohemia, russian), "where nothing is disputed");
    }

    #[test]
    fn the_sea_is_sea_and_the_land_is_land() {
        let sea = pixels(TileCoord::at(LonLat::new(-30.0, 30.0), 6).unwrap());
        assert_eq!(sea.get_pixel(128, 128).0, [0xDC, 0xE7, 0xED]);
        let land = pixels(TileCoord::at(LonLat::new(10.0, 23.0), 8).unwrap());
        let dry = land.pixels().filter(|p| p.0 == [0xF3, 0xF0, 0xEA]).count();
        assert!(dry > 50_000, "{dry}");
    }

    #[test]
    fn names_agree_across_the_edge_of_tiles() {
        // the same names, drawn from two neighbours: the column on both sides of the edge must continue
        let left = TileCoord::new(4, 8, 5).unwrap();
        let right = TileCoord::new(4, 9, 5).unwrap();
        let (a, b) = (pixels(left), pixels(right));
        let differing = (0..256u32)
            .filter(|y| {
                let (p, q) = (a.get_pixel(255, *y).0, b.get_pixel(0, *y).0);
                (0..3).any(|c| p[c].abs_diff(q[c]) > 150)
            })
            .count();
        assert!(differing < 6, "{differing} of 256 rows break at the edge");
    }

    #[test]
    fn a_tile_is_the_same_each_time() {
        let tile = TileCoord::new(3, 4, 2).unwrap();
        let look = TileLook::default();
        assert_eq!(render(tile, &look, None), render(tile, &look, None));
    }
}

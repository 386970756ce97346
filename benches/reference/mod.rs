//! The reference map: 20 to 140° east and 25 to 65° north at 1,200 × 800 px, five arrows, eight places with names.
//!
//! `report.md` beside this file tells of it. `benches/maps.rs` times it; `examples/reference_map.rs` measures the
//! rest and writes the base map out, so that peers draw the same lines.

use dateline::geometry::clip::Frame;
use dateline::geometry::projection::Projection;
use dateline::geometry::{Bbox, LonLat};
use dateline::layers::{self, Layers};
use dateline::map::{
    self, Facts, Ground, Ink, MapOptions, Painter, Scene, Size, Style, SvgText, Theme, View,
};
use dateline::reading::{self, ReadOptions};
use dateline::report::{Report, Source};
use dateline::story::{self, Story};
use dateline::tiles::TileCoord;
use dateline::world::World;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Width and height, px.
pub const SIZE: [f32; 2] = [1200.0, 800.0];
/// West, south, east, north.
pub const BOX: [f64; 4] = [20.0, 25.0, 140.0, 65.0];

/// What is drawn.
pub struct Reference {
    /// The world.
    pub world: &'static World,
    /// What the report says.
    pub story: Story,
    /// The same as layers of a map.
    pub layers: Layers,
    /// How the page is drawn.
    pub options: MapOptions,
}

impl Reference {
    /// Reads the report.
    pub fn read() -> Self {
        let world = World::embedded().expect("the embedded world is whole");
        let bytes = include_bytes!("report.md");
        let report = Report::from_bytes(bytes, Some("report.md"), &Source::default()).expect("a report");
        let story = story::merge(vec![reading::read(report, &ReadOptions::default())]);
        let layers = layers::from_story(&story, world);
        let [west, south, east, north] = BOX;
        let size = Size { width: SIZE[0], height: Some(SIZE[1]), on_paper: false };
        let bbox = Some(Bbox { west, south, east, north });
        let options = MapOptions { size, bbox, ..MapOptions::default() };
        Reference { world, story, layers, options }
    }

    /// The whole page as `dateline map` draws it: title, steps, legend, sources, and the map between them.
    pub fn page(&self) -> Scene {
        map::draw_layers(&self.story, &self.layers, self.world, &self.options).expect("it can be drawn")
    }

    /// The map alone, over all of the picture, in Mercator as the peers draw it; with names of countries and seas.
    pub fn alone(&self) -> Scene {
        self.alone_in(BOX)
    }

    /// The same of another box: west, south, east, north.
    pub fn alone_in(&self, [west, south, east, north]: [f64; 4]) -> Scene {
        let [width, height] = SIZE;
        let palette = Style::embedded().palette(self.options.theme);
        let ink = Ink { palette, tier: 0 };
        let frame = Frame::new(0.0, 0.0, f64::from(width), f64::from(height));
        let corners = [LonLat::new(west, south), LonLat::new(east, north)];
        let projection = Projection::mercator((west + east) / 2.0);
        let view = View::fit(projection, &corners, frame, frame, 1.0);
        let ground = Ground {
            world: self.world,
            story_countries: Vec::new(),
            worldview: self.options.worldview,
            rivers: false,
            units: false,
        };
        let painter = Painter {
            layers: &self.layers,
            world: self.world,
            ink: &ink,
            ground: &ground,
            overlays: &[],
            lang: "en",
            statements: false,
            step: None,
            narrow: false,
        };
        let drawn = painter.drawn();
        let least = Style::embedded().arrow.least;
        let picture = painter.picture(&view, &drawn, &drawn, &[], &[], least);
        Scene {
            width,
            height,
            paper: SIZE,
            scale: 1.0,
            on_paper: false,
            theme: Theme::Light,
            background: palette.sea,
            ground: picture.ground,
            groups: picture.groups,
            title: String::new(),
            description: String::new(),
            lang: "en".to_owned(),
            svg_text: SvgText::Live,
            record: None,
            facts: Facts::default(),
        }
    }
}

/// All 1,365 tiles of zooms 0 to 5.
pub fn tiles() -> Vec<TileCoord> {
    let of_zoom = |z: u8| {
        let side = 1u32 << z;
        (0..side * side).map(move |i| TileCoord::new(z, i % side, i / side).expect("it exists"))
    };
    (0..=5).flat_map(of_zoom).collect()
}

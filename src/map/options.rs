//! What a caller asks of a map, and what it may not ask.

use crate::geometry::Bbox;
use crate::overlays::Overlay;
use crate::world::Worldview;

/// Themes of `assets/style.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// For paper and light pages.
    #[default]
    Light,
    /// For dark pages.
    Dark,
    /// Without colour.
    Grey,
    /// For presses: a PDF carries its inks, other forms what these look like.
    Print,
}

impl Theme {
    /// All of them.
    pub const ALL: [Theme; 4] = [Theme::Light, Theme::Dark, Theme::Grey, Theme::Print];

    /// Its name in the style file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Grey => "grey",
            Theme::Print => "print",
        }
    }

    /// The theme of this name.
    pub fn named(name: &str) -> Option<Self> {
        Theme::ALL.into_iter().find(|t| t.name() == name)
    }
}

/// Units of the scale bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Units {
    /// Kilometres.
    #[default]
    Km,
    /// Miles.
    Mi,
    /// Both.
    Both,
}

/// How an SVG writes its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SvgText {
    /// As text, in whatever font its reader has: small, easy to edit.
    #[default]
    Live,
    /// As paths: looks the same everywhere, cannot be edited or searched.
    Outline,
    /// As text, with the letters that it uses as fonts inside.
    Embed,
}

/// Px of an inch of screen.
pub(super) const SCREEN_INCH: f32 = 96.0;
/// Px of an inch of paper: print is finer than a screen, and its letters smaller. 11 px, the smallest of a map, are 6.6
/// points there, of 6.5 that print well; the thinnest line of 0.6 px is 0.36, of a hairline's 0.25.
pub(super) const PAPER_INCH: f32 = 120.0;
/// Px of a millimetre of paper.
pub(super) const MM: f32 = PAPER_INCH / 25.4;
/// Pixels of an image for each px of a drawing for paper, where nobody asks for others: 300 dots an inch.
pub const PAPER_SCALE: f32 = 300.0 / PAPER_INCH;
/// The widths that a map on paper can have, mm.
pub const PAPER_WIDTHS: [f32; 2] = [34.0, 600.0];
/// The heights that a map on paper can have, mm.
pub const PAPER_HEIGHTS: [f32; 2] = [26.0, 900.0];

/// A size in px at 1x; without a height it follows from the content.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f32,
    /// Height, where it is fixed.
    pub height: Option<f32>,
    /// Whether it is one of paper, where 120 px are an inch; on screens 96 are.
    pub on_paper: bool,
}

impl Size {
    /// The sizes that have names.
    pub const PRESETS: [(&'static str, f32, Option<f32>); 12] = [
        ("wide", 1200.0, Some(675.0)),
        ("article", 660.0, None),
        ("phone", 360.0, None),
        ("square", 1080.0, Some(1080.0)),
        ("story", 1080.0, Some(1920.0)),
        ("og", 1200.0, Some(630.0)),
        ("slide", 1920.0, Some(1080.0)),
        // for paper
        ("a4col", 160.0 * MM, None),
        ("a4full", 180.0 * MM, Some(120.0 * MM)),
        ("print1", 45.0 * MM, None),
        ("print2", 96.0 * MM, None),
        ("print3", 147.0 * MM, None),
    ];

    /// The name of this size, where it has one.
    pub fn preset_name(self) -> Option<&'static str> {
        Size::PRESETS.iter().find(|p| p.1 == self.width && p.2 == self.height).map(|p| p.0)
    }

    /// Px that are an inch of it.
    pub fn inch(self) -> f32 {
        if self.on_paper { PAPER_INCH } else { SCREEN_INCH }
    }

    /// The size of this name.
    pub fn preset(name: &str) -> Option<Size> {
        let on_paper = name.starts_with("a4") || name.starts_with("print");
        Size::PRESETS.iter().find(|p| p.0 == name).map(|p| Size { width: p.1, height: p.2, on_paper })
    }
}

/// How a story is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct MapOptions {
    /// The page.
    pub size: Size,
    /// Pixels of the image for each px of the drawing, 1 to 4.
    pub scale: f32,
    /// Colours.
    pub theme: Theme,
    /// Language of the names on the map: one of [`super::languages`].
    pub lang: String,
    /// Whose boundaries.
    pub worldview: Worldview,
    /// A projection's name or PROJ string, where the automatic choice is not wanted.
    pub projection: Option<String>,
    /// What the frame shows, where not all of the story.
    pub bbox: Option<Bbox>,
    /// Only the arrows of this step, in the frame of all.
    pub step: Option<u32>,
    /// Units of the scale bar.
    pub units: Units,
    /// Whether the places where statements were made are marked.
    pub statements: bool,
    /// How an SVG writes its text.
    pub svg_text: SvgText,
    /// Whether a person has checked the story: else the map says that it has not been.
    pub checked: bool,
    /// Whether the title and subtitle are drawn.
    pub heading: bool,
    /// Somebody's own lines, drawn beneath the story; they do not change the frame unless the story has no place.
    pub overlays: Vec<Overlay>,
}

impl Default for MapOptions {
    fn default() -> Self {
        MapOptions {
            size: Size { width: 1200.0, height: Some(675.0), on_paper: false },
            scale: 1.0,
            theme: Theme::Light,
            lang: "en".to_owned(),
            worldview: Worldview::Un,
            projection: None,
            bbox: None,
            step: None,
            units: Units::Km,
            statements: false,
            svg_text: SvgText::Live,
            checked: false,
            heading: true,
            overlays: Vec::new(),
        }
    }
}

/// Longest side of an image, px.
pub const SIDE_LIMIT: f32 = 8192.0;
/// Most pixels of an image.
pub const PIXEL_LIMIT: f32 = 40e6;

/// Why there is no map.
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// The image would be too large.
    #[error(
        "the image would have {width} × {height} px; a side has at most {SIDE_LIMIT} px and the whole 40 million: ask for a smaller size, scale or dpi"
    )]
    TooLarge {
        /// Width asked for, px.
        width: u32,
        /// Height asked for, px.
        height: u32,
    },
    /// The image would be too small to hold anything.
    #[error("the size is {width} × {height} px; a map needs at least 160 × 120: ask for a larger size")]
    TooSmall {
        /// Width asked for, px.
        width: u32,
        /// Height asked for, px.
        height: u32,
    },
    /// The scale is out of range.
    #[error("the scale is {0}; expected a number from 1 to 4")]
    Scale(f32),
    /// The projection is not known.
    #[error(
        "{0:?} is not a projection: expected mercator, albers, lambert, cylinder, equal-earth, transverse-mercator, orthographic or a PROJ string with one of merc, aea, laea, cea, eqearth, tmerc, ortho"
    )]
    Projection(String),
    /// The box is not a box.
    #[error("the box {0:?} is not west,south,east,north in degrees with south below north")]
    Box([f64; 4]),
    /// The world that is compiled in is damaged.
    #[error(transparent)]
    World(#[from] crate::packed::PackedError),
}

impl MapOptions {
    /// Checks what can be checked before drawing.
    ///
    /// # Errors
    /// A size, scale, box out of range.
    pub fn check(&self) -> Result<(), MapError> {
        if !(1.0..=4.0).contains(&self.scale) {
            return Err(MapError::Scale(self.scale));
        }
        if let Some(bbox) = self.bbox {
            let sides: [f64; 4] = bbox.into();
            let fits = sides.iter().all(|s| s.is_finite())
                && (-90.0..=90.0).contains(&bbox.south)
                && (-90.0..=90.0).contains(&bbox.north)
                && (-180.0..=180.0).contains(&bbox.west)
                && (-180.0..=180.0).contains(&bbox.east)
                && bbox.south < bbox.north
                && bbox.west != bbox.east;
            if !fits {
                return Err(MapError::Box(sides));
            }
        }
        self.check_size(self.size.width, self.size.height.unwrap_or(self.size.width))
    }

    /// The scale that a page of this size is drawn at: the one asked for. The 300 dots an inch of maps for paper, which
    /// nobody need ask for, become as many as the limits of an image allow: a PDF of a long column has no pixels.
    pub fn scale_for(&self, width: f32, height: f32) -> f32 {
        if !self.size.on_paper || self.scale != PAPER_SCALE {
            return self.scale;
        }
        let most = (SIDE_LIMIT / width).min(SIDE_LIMIT / height).min((PIXEL_LIMIT / (width * height)).sqrt());
        // in hundredths, so that rounding to whole pixels cannot pass the limit
        self.scale.min((most * 100.0 - 1.0).floor() / 100.0).max(1.0)
    }

    /// Checks a size of the page.
    ///
    /// # Errors
    /// Too large or too small.
    pub fn check_size(&self, width: f32, height: f32) -> Result<(), MapError> {
        let scale = self.scale_for(width, height);
        let (w, h) = (width * scale, height * scale);
        let sizes = |w: f32, h: f32| (w.max(0.0).round() as u32, h.max(0.0).round() as u32);
        if !(w <= SIDE_LIMIT && h <= SIDE_LIMIT && w * h <= PIXEL_LIMIT) {
            let (width, height) = sizes(w, h);
            return Err(MapError::TooLarge { width, height });
        }
        if width < 160.0 || height < 120.0 {
            let (width, height) = sizes(width, height);
            return Err(MapError::TooSmall { width, height });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_out_of_range_are_told() {
        let check = |width: f32, height: f32, scale: f32| {
            let size = Size { width, height: Some(height), on_paper: false };
            MapOptions { size, scale, ..MapOptions::default() }.check().map_err(|e| e.to_string())
        };
        assert!(check(1200.0, 675.0, 2.0).is_ok());
        assert!(check(8193.0, 100.0, 1.0).unwrap_err().contains("8193 × 100"));
        assert!(check(7000.0, 7000.0, 1.0).unwrap_err().contains("40 million"));
        assert!(check(1200.0, 675.0, 5.0).unwrap_err().contains("1 to 4"));
        assert!(check(f32::NAN, 675.0, 1.0).is_err());
    }
}

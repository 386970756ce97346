//! Maps: layers, style and a view in; a finished drawing out, and that as PNG, SVG, PDF or WebP.
//!
//! A map is laid out at its size, never scaled: zones for the words, a projection chosen for the extent,
//! arrows that curve, fork and stop where they should, names placed by priority, an inset where legs would
//! be too short to read. The rules and their sources stand in the project's notes on cartography.

mod areas;
mod arrows;
mod backdrop;
mod base;
mod base_names;
mod bend;
mod channels;
mod clipper;
mod color;
mod embed;
mod families;
pub mod fonts;
mod furniture;
mod ground;
mod inset;
mod kept;
mod labels;
mod legs;
pub mod lint;
mod local;
mod marks;
pub mod metadata;
mod movers;
mod names;
mod options;
mod overlay;
mod page;
mod palette_png;
mod panel;
mod parameters;
pub mod pdf;
mod pdf_packet;
mod phrases;
mod picture;
pub mod png;
mod press;
mod raster;
mod rows;
mod scene;
mod seas;
mod shaping;
mod speakers;
mod spots;
mod story_names;
mod strokes;
mod style;
pub mod svg;
mod titles;
pub mod verify;
mod view;
mod wake;
pub mod webp;
pub mod wording;

pub use crate::world::Worldview;
pub use backdrop::Backdrop;
pub use bend::Bend;
pub use color::Color;
pub use fonts::Face;
pub use ground::{Ground, band_of, draw as draw_ground};
pub use labels::{Lettering, Room, set as label_texts, size_of as label_frame};
pub use names::{NamedPoint, cities, languages, seas};
pub use options::{MapError, MapOptions, PIXEL_LIMIT, SIDE_LIMIT, Size, SvgText, Theme, Units};
pub use page::{draw, draw_layers};
pub use panel::Ink;
pub use parameters::{PARAMETERS, ParameterError};
pub use picture::{Painter, Picture, extent};
pub use press::{INK_LIMIT, Inks, Press};
pub use scene::{
    Anchor, ArrowFact, Facts, Group, Item, Path, Point, Role, Scene, Segment, Shape, Stroke, Text,
};
pub use style::{Palette, Style};
pub use view::{View, automatic, named};

/// What made a picture, as its metadata name it.
pub const PROGRAM: &str = concat!("Dateline ", env!("CARGO_PKG_VERSION"));

#[cfg(test)]
mod tests;

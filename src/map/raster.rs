//! A scene as pixels, opaque RGBA: vello_cpu fills, `strokes.rs` widens what is stroked.
//!
//! The same scene gives the same pixels on every processor. Left to itself vello_cpu takes the widest vectors that it
//! finds, and those with a fused multiply-add round once where the others round twice (84 pixels in 152 maps differed). So
//! it is held to those that have none, which agree with plain numbers to the last pixel.

use super::color::Color;
use super::fonts;
use super::scene::{Group, Item, Path, Scene, Segment, Shape, Stroke, Text};
use super::strokes::{self, Pen};
use crate::kept::Kept;
use std::sync::{Arc, Mutex, PoisonError};
use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::{self, Affine, BezPath, Cap, Join, PathEl};
use vello_cpu::peniko::Fill;
use vello_cpu::{Level, PixmapMut, RasterizerSettings, RenderContext, RenderSettings, Resources, TargetInit};

/// Narrower lines than this, in pixels of the image, have their joins cut: nobody sees a corner of half a pixel, and a
/// coast has thousands.
const CUT_JOINS: f32 = 2.0;

/// An image.
pub struct Pixels {
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
    /// Red, green, blue, alpha (255) of each pixel, row by row from the top.
    pub rgba: Vec<u8>,
}

/// Base maps that are kept filled, bytes in all: eight pages of 1200 × 800 px, or two of twice the side.
const GROUNDS: usize = 32_000_000;

/// What the pixels of a base map depend on: its number, the size of the image, its scale, the background.
type Key = (u64, [u16; 2], u32, Color);

/// The scene as pixels.
pub fn rasterize(scene: &Scene) -> Pixels {
    let level = level();
    let rgba = match filled_ground(scene, level) {
        Some(ground) => fill(scene, level, scene.groups.iter(), Some(&ground)),
        None => fill(scene, level, scene.all_groups(), None),
    };
    Pixels::of(scene, rgba)
}

/// The scene as pixels, drawn in one with the vectors that are named.
#[cfg(test)]
pub(super) fn rasterize_at(scene: &Scene, level: Level) -> Pixels {
    Pixels::of(scene, fill(scene, level, scene.all_groups(), None))
}

impl Pixels {
    fn of(scene: &Scene, rgba: Vec<u8>) -> Self {
        let [width, height] = size_of(scene).map(u32::from);
        Pixels { width, height, rgba }
    }
}

/// The base map over the background, where it has been filled before: a map is drawn again with another step, another
/// language, after an edit.
fn filled_ground(scene: &Scene, level: Level) -> Option<Arc<Vec<u8>>> {
    static KEPT: Mutex<Kept<Key, Arc<Vec<u8>>>> = Mutex::new(Kept::new(GROUNDS));
    if scene.ground.is_new() {
        return None;
    }
    let key = (scene.ground.id(), size_of(scene), scene.scale.to_bits(), scene.background);
    let kept = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept().get(&key) {
        return Some(known);
    }
    let new = Arc::new(fill(scene, level, scene.ground.groups().iter(), None));
    kept().insert(key, Arc::clone(&new), new.len());
    Some(new)
}

/// Width and height of the image.
fn size_of(scene: &Scene) -> [u16; 2] {
    // no side is longer than `SIDE_LIMIT`
    [scene.width, scene.height].map(|length| ((length * scene.scale).round() as u16).max(1))
}

/// Groups of a scene over its background, or over what stands `beneath`, as RGBA.
fn fill<'s>(
    scene: &'s Scene,
    level: Level,
    groups: impl Iterator<Item = &'s Group>,
    beneath: Option<&[u8]>,
) -> Vec<u8> {
    let [width, height] = size_of(scene);
    let settings = RenderSettings { level, num_threads: 0 };
    let mut canvas = Canvas {
        context: RenderContext::new_with(width, height, settings),
        scale: scene.scale,
        lang: &scene.lang,
    };
    canvas.context.set_transform(Affine::scale(f64::from(scene.scale)));
    groups.for_each(|group| canvas.draw_group(group));
    let (mut rgba, target_init) = match beneath {
        Some(pixels) => (pixels.to_vec(), TargetInit::SrcOver),
        None => {
            let bytes = usize::from(width) * usize::from(height) * 4;
            (vec![0; bytes], TargetInit::Clear(paint(scene.background)))
        }
    };
    let target = PixmapMut::new(width, height, &mut rgba).expect("the buffer is as large as the image");
    let settings = RasterizerSettings { target_init, ..RasterizerSettings::default() };
    canvas.context.render_with(target, &mut Resources::new(), settings);
    rgba
}

/// The vectors to be used: four lanes on x86-64, on others one; those give the same pixels.
fn level() -> Level {
    #[cfg(target_arch = "x86_64")]
    {
        let best = Level::new();
        let wide = best.as_sse4_2().map(Level::Sse4_2);
        wide.or_else(|| best.as_sse2().map(Level::Sse2)).unwrap_or_else(Level::fallback)
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        Level::fallback()
    }
}

/// What is drawn on, in px of the scene.
struct Canvas<'s> {
    context: RenderContext,
    scale: f32,
    lang: &'s str,
}

impl Canvas<'_> {
    fn draw_group(&mut self, group: &Group) {
        // every halo lies under every letter of its group, so that no name cuts another
        for item in &group.items {
            if let Item::Text(text @ Text { halo: Some((color, width)), .. }) = item {
                self.fill(&fonts::halo(text, self.lang, *width, self.scale), *color, Fill::NonZero);
            }
        }
        for item in &group.items {
            match item {
                Item::Shape(shape) => self.draw_shape(shape),
                Item::Text(text) => self.fill(&fonts::outline(text, self.lang), text.color, Fill::NonZero),
                Item::Group(group) => self.draw_group(group),
            }
        }
    }

    fn draw_shape(&mut self, shape: &Shape) {
        if let Some(color) = shape.fill {
            self.fill(&shape.path, color, Fill::EvenOdd);
        }
        if let Some(stroke) = &shape.stroke {
            self.stroke(&shape.path, stroke);
        }
    }

    fn fill(&mut self, path: &Path, color: Color, rule: Fill) {
        self.context.set_fill_rule(rule);
        self.context.set_paint(paint(color));
        self.context.fill_path(&bezier(path));
    }

    fn stroke(&mut self, path: &Path, stroke: &Stroke) {
        if stroke.round || stroke.width * self.scale >= CUT_JOINS {
            let pen = Pen { width: stroke.width, dash: &stroke.dash, round: stroke.round };
            if let Some(outline) = strokes::outline(path, pen, self.scale) {
                self.fill(&outline, stroke.color, Fill::NonZero);
            }
            return;
        }
        let dash = stroke.dash.iter().map(|length| f64::from(*length));
        let mut line =
            kurbo::Stroke::new(f64::from(stroke.width)).with_caps(Cap::Butt).with_join(Join::Bevel);
        if !stroke.dash.is_empty() {
            line = line.with_dashes(0.0, dash);
        }
        self.context.set_stroke(line);
        self.context.set_paint(paint(stroke.color));
        self.context.stroke_path(&bezier(path));
    }
}

fn bezier(path: &Path) -> BezPath {
    let at = |[x, y]: [f32; 2]| kurbo::Point::new(f64::from(x), f64::from(y));
    let element = |segment: &Segment| match *segment {
        Segment::Move(p) => PathEl::MoveTo(at(p)),
        Segment::Line(p) => PathEl::LineTo(at(p)),
        Segment::Quad(c, p) => PathEl::QuadTo(at(c), at(p)),
        Segment::Cubic(c, d, p) => PathEl::CurveTo(at(c), at(d), at(p)),
        Segment::Close => PathEl::ClosePath,
    };
    BezPath::from_vec(path.segments.iter().map(element).collect())
}

fn paint(color: Color) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(color.r, color.g, color.b, color.a)
}

//! A scene as pixels, opaque RGBA: vello_cpu fills, `strokes.rs` widens what is stroked.
//!
//! The same scene gives the same pixels on every processor. Left to itself vello_cpu takes the widest vectors that it
//! finds, and those with a fused multiply-add round once where the others round twice (84 pixels in 152 maps differed). So
//! it is held to those that have none, which agree with plain numbers to the last pixel.

use super::color::Color;
use super::fonts;
use super::scene::{Group, Item, Path, Scene, Segment, Shape, Stroke, Text};
use super::strokes::{self, Pen};
use vello_cpu::color::{AlphaColor, Srgb};
use vello_cpu::kurbo::{self, Affine, BezPath, Cap, Join};
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

/// The scene as pixels.
pub fn rasterize(scene: &Scene) -> Pixels {
    rasterize_at(scene, level())
}

/// The scene as pixels, drawn with the vectors that are named.
pub(super) fn rasterize_at(scene: &Scene, level: Level) -> Pixels {
    // no side is longer than `SIDE_LIMIT`
    let side = |length: f32| ((length * scene.scale).round() as u16).max(1);
    let (width, height) = (side(scene.width), side(scene.height));
    let settings = RenderSettings { level, num_threads: 0 };
    let mut canvas = Canvas {
        context: RenderContext::new_with(width, height, settings),
        scale: scene.scale,
        lang: &scene.lang,
    };
    canvas.context.set_transform(Affine::scale(f64::from(scene.scale)));
    scene.groups.iter().for_each(|group| canvas.draw_group(group));
    let mut rgba = vec![0; usize::from(width) * usize::from(height) * 4];
    let target = PixmapMut::new(width, height, &mut rgba).expect("the buffer is as large as the image");
    let settings = RasterizerSettings {
        target_init: TargetInit::Clear(paint(scene.background)),
        ..RasterizerSettings::default()
    };
    canvas.context.render_with(target, &mut Resources::new(), settings);
    Pixels { width: width.into(), height: height.into(), rgba }
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
    let mut out = BezPath::with_capacity(path.segments.len());
    for segment in &path.segments {
        match *segment {
            Segment::Move(p) => out.move_to(at(p)),
            Segment::Line(p) => out.line_to(at(p)),
            Segment::Quad(c, p) => out.quad_to(at(c), at(p)),
            Segment::Cubic(c, d, p) => out.curve_to(at(c), at(d), at(p)),
            Segment::Close => out.close_path(),
        }
    }
    out
}

fn paint(color: Color) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(color.r, color.g, color.b, color.a)
}

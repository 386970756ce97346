//! A scene as PDF: one page of vector paths and selectable text, tagged as one figure with its text
//! alternative (PDF/UA-1 where every letter has a glyph). krilla writes it; 96 px are an inch.
//!
//! Colours are sRGB by its profile. Of a theme for presses they are inks of the press at hand (`DeviceCMYK`): PDF/UA-1
//! allows that, and no profile of a press comes with the program. Nothing overprints: krilla does not set it, and every
//! ink knocks out what lies under it.

use super::bend::Bend;
use super::color::Color;
use super::fonts::{self, Face, Family};
use super::pdf_packet;
use super::press::Press;
use super::scene::{Group, Item, Path, Scene, Segment, Shape, Stroke, Text};
use super::style::Style;
use krilla::color::{cmyk, rgb};
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{BBox, ContentTag, SpanTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};
use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

/// Points of a px: 72 of the one and 96 of the other are an inch.
const POINTS: f32 = 72.0 / 96.0;
/// Paths are rounded to parts of a px, so many a px: 0.03 mm, as in the SVG.
const STEPS: f32 = 10.0;

/// The scene as the bytes of a PDF file.
pub fn render(scene: &Scene) -> Vec<u8> {
    // words without a language keep a page from PDF/UA, not from being drawn
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let accessible = accessible.ok().and_then(|standard| write(scene, standard));
    let is_accessible = accessible.is_some();
    let pdf = accessible
        .or_else(|| write(scene, Configuration::default()))
        .expect("a page of paths and embedded fonts breaks no rule of plain PDF");
    match &scene.record {
        Some(record) => pdf_packet::seal(pdf, record, is_accessible),
        None => pdf,
    }
}

fn write(scene: &Scene, configuration: Configuration) -> Option<Vec<u8>> {
    let press = Style::embedded().press(scene.theme);
    let press = press.as_ref();
    let settings = SerializeSettings {
        configuration,
        // colours mean sRGB, on paper too; inks are a press's own
        no_device_cs: press.is_none(),
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let [width, height] = scene.paper.map(|side| side * POINTS);
    let scale = width / scene.width;
    let mut page = document.start_page_with(PageSettings::from_wh(width, height)?);
    let mut surface = page.surface();
    surface.push_transform(&Transform::from_scale(scale, scale));
    let words = if scene.description.is_empty() { &scene.title } else { &scene.description };
    let bounds = BBox { page_idx: 0, rect: Rect::from_xywh(0.0, 0.0, width, height)? };
    let mut figure = TagGroup::new(Tag::Figure(Some(words.clone())).with_bbox(Some(bounds)));
    figure.push(surface.start_tagged(ContentTag::Other));
    // the paper may be a part of a px taller than the drawing
    let ground = Path::rect(0.0, 0.0, scene.width, scene.height + 1.0);
    fill_path(&mut surface, &ground, scene.background, FillRule::NonZero, press);
    for group in scene.all_groups() {
        draw_group(&mut surface, &mut figure, group, &scene.lang, press);
    }
    surface.end_tagged();
    surface.pop();
    surface.finish();
    page.finish();

    let mut tags = TagTree::new();
    tags.push(figure);
    document.set_tag_tree(tags);
    let (title, caption) = match &scene.record {
        Some(record) => (record.title(), record.caption()),
        None => (scene.title.as_str(), scene.description.as_str()),
    };
    let mut outline = Outline::new();
    let top = XyzDestination::new(0, Point::from_xy(0.0, 0.0));
    outline.push_child(OutlineNode::new(title.to_owned(), top));
    document.set_outline(outline);
    // no dates: the same map has the same bytes
    let metadata = Metadata::new()
        .title(title.to_owned())
        .description(caption.to_owned())
        .language(scene.lang.clone())
        .creator(super::PROGRAM.to_owned());
    document.set_metadata(metadata);
    document.finish().ok()
}

fn draw_group(
    surface: &mut Surface,
    figure: &mut TagGroup,
    group: &Group,
    language: &str,
    press: Option<&Press>,
) {
    // every halo lies under every letter of its group, so that no name cuts another; halos are outlines, so
    // that a search finds each word once
    for item in &group.items {
        if let Item::Text(text) = item
            && let Some((color, width)) = text.halo
        {
            let stroke = Stroke { color, width, dash: Vec::new(), round: true };
            let path = fonts::outline(text, language);
            stroke_path(surface, &path, &stroke, press);
        }
    }
    for item in &group.items {
        match item {
            Item::Shape(shape) => draw_shape(surface, shape, press),
            // letters set apart are read as words only where the file says which
            Item::Text(text) if text.tracking != 0.0 => {
                surface.end_tagged();
                let words = SpanTag::empty().with_actual_text(Some(&text.text));
                figure.push(surface.start_tagged(ContentTag::Span(words)));
                draw_text(surface, text, language, press);
                surface.end_tagged();
                figure.push(surface.start_tagged(ContentTag::Other));
            }
            Item::Text(text) => draw_text(surface, text, language, press),
            Item::Group(group) => draw_group(surface, figure, group, language, press),
        }
    }
}

fn draw_shape(surface: &mut Surface, shape: &Shape, press: Option<&Press>) {
    if let Some(color) = shape.fill {
        fill_path(surface, &shape.path, color, FillRule::EvenOdd, press);
    }
    if let Some(stroke) = &shape.stroke {
        stroke_path(surface, &shape.path, stroke, press);
    }
}

fn fill_path(surface: &mut Surface, path: &Path, color: Color, rule: FillRule, press: Option<&Press>) {
    let Some(path) = path_of(path) else { return };
    surface.set_stroke(None);
    surface.set_fill(Some(fill(color, rule, press)));
    surface.draw_path(&path);
}

fn stroke_path(surface: &mut Surface, path: &Path, stroke: &Stroke, press: Option<&Press>) {
    let Some(path) = path_of(path) else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(krilla::paint::Stroke {
        paint: paint(stroke.color, press),
        width: stroke.width,
        line_cap: if stroke.round { LineCap::Round } else { LineCap::Butt },
        line_join: LineJoin::Round,
        opacity: opacity(stroke.color),
        dash: (!stroke.dash.is_empty()).then(|| StrokeDash { array: stroke.dash.clone(), offset: 0.0 }),
        ..krilla::paint::Stroke::default()
    }));
    surface.draw_path(&path);
}

fn draw_text(surface: &mut Surface, text: &Text, language: &str, press: Option<&Press>) {
    let runs = fonts::runs(text.face, &text.text, language);
    if let Some(bend) = &text.bend {
        return draw_bent(surface, text, bend, &runs, press);
    }
    let mut starts: Vec<usize> = runs.iter().flat_map(|run| &run.glyphs).map(|glyph| glyph.cluster).collect();
    starts.sort_unstable();
    surface.set_stroke(None);
    surface.set_fill(Some(fill(text.color, FillRule::NonZero, press)));
    let mut pen = text.start();
    for run in runs.iter().filter(|run| !run.glyphs.is_empty()) {
        let tracking = if run.family.takes_tracking() { text.tracking / text.size } else { 0.0 };
        let glyph = |glyph: &fonts::Glyph| {
            // its letters end where those of the next cluster begin
            let next = starts.partition_point(|start| *start <= glyph.cluster);
            let end = starts.get(next).copied().unwrap_or(text.text.len());
            KrillaGlyph::new(
                GlyphId::new(glyph.id),
                glyph.advance / fonts::UNITS + tracking,
                glyph.dx / fonts::UNITS,
                glyph.dy / fonts::UNITS,
                0.0,
                glyph.cluster..end,
                None,
            )
        };
        let glyphs: Vec<KrillaGlyph> = run.glyphs.iter().map(glyph).collect();
        let start = Point::from_xy(rounded(pen), rounded(text.y));
        surface.draw_glyphs(start, &glyphs, font(run.family, text.face), &text.text, text.size, false);
        let advance = |glyph: &fonts::Glyph| (glyph.advance / fonts::UNITS + tracking) * text.size;
        pen += run.glyphs.iter().map(advance).sum::<f32>();
    }
}

/// A text on a curve: each letter by itself, turned; what it says stands beside it as a whole.
fn draw_bent(surface: &mut Surface, text: &Text, bend: &Bend, runs: &[fonts::Run], press: Option<&Press>) {
    surface.set_stroke(None);
    surface.set_fill(Some(fill(text.color, FillRule::NonZero, press)));
    for (run, glyph, [x, y], [dx, dy]) in fonts::along(runs, text, bend) {
        surface.push_transform(&Transform::from_row(dx, dy, -dy, dx, rounded(x), rounded(y)));
        let words = &text.text[glyph.cluster..];
        let letter = words.chars().next().map_or(0, char::len_utf8);
        let only = [KrillaGlyph::new(
            GlyphId::new(glyph.id),
            glyph.advance / fonts::UNITS,
            glyph.dx / fonts::UNITS,
            glyph.dy / fonts::UNITS,
            0.0,
            0..letter,
            None,
        )];
        let font = font(run.family, text.face);
        surface.draw_glyphs(Point::from_xy(0.0, 0.0), &only, font, &words[..letter], text.size, false);
        surface.pop();
    }
}

/// The font nearest to a face, opened once.
fn font(family: Family, face: Face) -> Font {
    static FONTS: LazyLock<Mutex<BTreeMap<(Family, Face), Font>>> = LazyLock::new(Mutex::default);
    let mut fonts = FONTS.lock().unwrap_or_else(PoisonError::into_inner);
    let open = || Font::new(family.font(face).bytes.into(), 0).expect("the embedded fonts are whole");
    fonts.entry((family, face)).or_insert_with(open).clone()
}

fn path_of(path: &Path) -> Option<krilla::geom::Path> {
    let mut builder = PathBuilder::new();
    let at = |[x, y]: [f32; 2]| (rounded(x), rounded(y));
    for segment in &path.segments {
        match *segment {
            Segment::Move(p) => {
                let (x, y) = at(p);
                builder.move_to(x, y);
            }
            Segment::Line(p) => {
                let (x, y) = at(p);
                builder.line_to(x, y);
            }
            Segment::Quad(c, p) => {
                let ((x1, y1), (x, y)) = (at(c), at(p));
                builder.quad_to(x1, y1, x, y);
            }
            Segment::Cubic(c, d, p) => {
                let ((x1, y1), (x2, y2), (x, y)) = (at(c), at(d), at(p));
                builder.cubic_to(x1, y1, x2, y2, x, y);
            }
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn rounded(value: f32) -> f32 {
    (value * STEPS).round() / STEPS
}

fn fill(color: Color, rule: FillRule, press: Option<&Press>) -> Fill {
    Fill { paint: paint(color, press), opacity: opacity(color), rule }
}

fn paint(color: Color, press: Option<&Press>) -> krilla::paint::Paint {
    let Some(press) = press else { return rgb::Color::new(color.r, color.g, color.b).into() };
    // the nearest of 255 steps, two fifths of a per cent each
    let [c, m, y, k] = press.inks(color).0.map(|ink| ((u32::from(ink) * 255 + 50) / 100) as u8);
    cmyk::Color::new(c, m, y, k).into()
}

fn opacity(color: Color) -> NormalizedF32 {
    NormalizedF32::new(color.opacity()).unwrap_or(NormalizedF32::ONE)
}

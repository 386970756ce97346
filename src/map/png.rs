//! A scene as PNG: tiny-skia draws, `png` (which `image` uses too) encodes with a palette at its fast setting;
//! the default setting costs ten times more for a tenth of the bytes.

use super::color::Color;
use super::metadata::PixelDigest;
use super::options::PAPER_INCH;
use super::scene::{Group, Item, Path, Scene, Segment, Shape, Stroke, Text};
use super::{fonts, palette_png};
use tiny_skia::{FillRule, LineCap, LineJoin, Paint, PathBuilder, Pixmap, StrokeDash, Transform};

/// The chunk of the short text alternative.
pub(super) const TITLE: &str = "Title";
/// The chunk of the long text alternative.
pub(super) const DESCRIPTION: &str = "Description";
/// The chunk of the XMP packet.
pub(super) const XMP: &str = "XML:com.adobe.xmp";

/// The scene as the bytes of a PNG file. A map for paper says how many of its pixels are a metre.
pub fn render(scene: &Scene) -> Vec<u8> {
    let pixmap = rasterize(scene);
    let (width, height) = (pixmap.width(), pixmap.height());
    // the background is opaque, so premultiplied and plain colours are the same
    let indexed = palette_png::reduce(pixmap.data());
    let mut bytes = Vec::with_capacity(indexed.pixels.len() / 6);
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(indexed.colors.concat());
    encoder.set_deflate_compression(png::DeflateCompression::Level(2));
    encoder.set_filter(png::Filter::NoFilter);
    if scene.on_paper {
        let per_metre = (scene.scale * PAPER_INCH / 0.0254).round() as u32;
        let unit = png::Unit::Meter;
        encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit }));
    }
    // the text alternative travels with the picture, and so does what it says of itself
    let packet = scene.record.as_ref().map(|record| {
        let mut digest = PixelDigest::new(width, height);
        indexed.for_each_row(width, |row| digest.add(row));
        record.sealed("image/png", &digest.finish()).packet()
    });
    let words =
        [(TITLE, Some(&scene.title)), (DESCRIPTION, Some(&scene.description)), (XMP, packet.as_ref())];
    for (keyword, words) in words {
        if let Some(words) = words.filter(|words| !words.is_empty()) {
            let text = words.replace('\0', "");
            encoder.add_itxt_chunk(keyword.to_owned(), text).expect("keywords are Latin-1 and short");
        }
    }
    let written = encoder.write_header().and_then(|mut writer| {
        writer.write_image_data(&indexed.pixels)?;
        writer.finish()
    });
    written.expect("writing to memory does not fail");
    bytes
}

/// The scene as pixels.
pub fn rasterize(scene: &Scene) -> Pixmap {
    let side = |length: f32| ((length * scene.scale).round() as u32).max(1);
    let mut pixmap =
        Pixmap::new(side(scene.width), side(scene.height)).expect("sizes are checked before drawing");
    pixmap.fill(paint_of(scene.background));
    let transform = Transform::from_scale(scene.scale, scene.scale);
    for group in &scene.groups {
        draw_group(&mut pixmap, group, transform, &scene.lang);
    }
    pixmap
}

fn draw_group(pixmap: &mut Pixmap, group: &Group, transform: Transform, lang: &str) {
    // every halo lies under every letter of its group, so that no name cuts another
    let outlines: Vec<Option<tiny_skia::Path>> = group.items.iter().map(|item| outline(item, lang)).collect();
    for (item, path) in group.items.iter().zip(&outlines) {
        if let (Item::Text(Text { halo: Some((color, width)), .. }), Some(path)) = (item, path) {
            let stroke = Stroke { color: *color, width: *width, dash: Vec::new(), round: true };
            stroke_path(pixmap, path, &stroke, transform);
        }
    }
    for (item, path) in group.items.iter().zip(&outlines) {
        match item {
            Item::Shape(shape) => draw_shape(pixmap, shape, transform),
            Item::Text(text) => {
                if let Some(path) = path {
                    pixmap.fill_path(path, &paint(text.color), FillRule::Winding, transform, None);
                }
            }
            Item::Group(group) => draw_group(pixmap, group, transform, lang),
        }
    }
}

fn draw_shape(pixmap: &mut Pixmap, shape: &Shape, transform: Transform) {
    let Some(path) = path_of(&shape.path) else { return };
    if let Some(color) = shape.fill {
        pixmap.fill_path(&path, &paint(color), FillRule::EvenOdd, transform, None);
    }
    if let Some(stroke) = &shape.stroke {
        stroke_path(pixmap, &path, stroke, transform);
    }
}

fn stroke_path(pixmap: &mut Pixmap, path: &tiny_skia::Path, stroke: &Stroke, transform: Transform) {
    let line = tiny_skia::Stroke {
        width: stroke.width,
        line_cap: if stroke.round { LineCap::Round } else { LineCap::Butt },
        line_join: LineJoin::Round,
        dash: if stroke.dash.is_empty() { None } else { StrokeDash::new(stroke.dash.clone(), 0.0) },
        ..tiny_skia::Stroke::default()
    };
    pixmap.stroke_path(path, &paint(stroke.color), &line, transform, None);
}

fn outline(item: &Item, lang: &str) -> Option<tiny_skia::Path> {
    match item {
        Item::Text(text) => path_of(&fonts::outline(text, lang)),
        _ => None,
    }
}

fn path_of(path: &Path) -> Option<tiny_skia::Path> {
    let mut builder = PathBuilder::with_capacity(path.segments.len(), path.segments.len() * 2);
    for segment in &path.segments {
        match *segment {
            Segment::Move([x, y]) => builder.move_to(x, y),
            Segment::Line([x, y]) => builder.line_to(x, y),
            Segment::Quad([x1, y1], [x, y]) => builder.quad_to(x1, y1, x, y),
            Segment::Cubic([x1, y1], [x2, y2], [x, y]) => builder.cubic_to(x1, y1, x2, y2, x, y),
            Segment::Close => builder.close(),
        }
    }
    builder.finish()
}

fn paint_of(color: Color) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(color.r, color.g, color.b, color.a)
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(paint_of(color));
    paint.anti_alias = true;
    paint
}

//! A scene as PNG: `raster.rs` draws, `png` (which `image` uses too) encodes with a palette at its fast setting;
//! the default setting costs ten times more for a tenth of the bytes.

use super::metadata::PixelDigest;
use super::options::PAPER_INCH;
use super::scene::Scene;
use super::{palette_png, raster};

/// The chunk of the short text alternative.
pub(super) const TITLE: &str = "Title";
/// The chunk of the long text alternative.
pub(super) const DESCRIPTION: &str = "Description";
/// The chunk of the XMP packet.
pub(super) const XMP: &str = "XML:com.adobe.xmp";

/// The scene as the bytes of a PNG file. A map for paper says how many of its pixels are a metre.
pub fn render(scene: &Scene) -> Vec<u8> {
    let image = raster::rasterize(scene);
    let (width, height) = (image.width, image.height);
    let indexed = palette_png::reduce(&image.rgba);
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

//! A scene as WebP without loss: `raster.rs` draws as for PNG, libwebp encodes, a quarter smaller than the PNG.
//! (`image-webp`, which `image` uses, knows no palettes: its files are twice as large as the PNG.)

use super::metadata::PixelDigest;
use super::scene::Scene;
use super::{palette_png, raster};
use webp::{Encoder, WebPConfig};

/// Bit of the header that tells of a packet.
const HAS_XMP: u8 = 1 << 2;

/// The scene as the bytes of a WebP file.
pub fn render(scene: &Scene) -> Vec<u8> {
    let image = raster::rasterize(scene);
    let (width, height) = (image.width, image.height);
    // the same pixels as in the PNG: a palette serves this format too
    let indexed = palette_png::reduce(&image.rgba);
    let mut digest = PixelDigest::new(width, height);
    let mut pixels = Vec::with_capacity(indexed.pixels.len() * 3);
    indexed.for_each_row(width, |row| {
        digest.add(row);
        pixels.extend(row.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]));
    });
    let bytes = encode(&pixels, width, height);
    match &scene.record {
        Some(record) => {
            let packet = record.sealed("image/webp", &digest.finish()).packet();
            with_packet(&bytes, width, height, packet.as_bytes())
        }
        None => bytes,
    }
}

fn encode(pixels: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut config = WebPConfig::new().expect("the library is the version that it was built with");
    config.lossless = 1;
    // more effort finds nothing more in a map
    (config.method, config.quality) = (2, 50.0);
    let encoded = Encoder::from_rgb(pixels, width, height).encode_advanced(&config);
    encoded.expect("sizes are checked before drawing, and lossless pictures have no other limit").to_vec()
}

/// The file in the extended layout (RFC 9649, section 2.7), with an XMP packet at its end. A file that is not in
/// the simple layout stays as it is.
fn with_packet(file: &[u8], width: u32, height: u32, packet: &[u8]) -> Vec<u8> {
    let Some(image) = file.get(12..).filter(|image| image.starts_with(b"VP8L")) else { return file.to_vec() };
    let mut header = vec![HAS_XMP, 0, 0, 0];
    header.extend(&(width - 1).to_le_bytes()[..3]);
    header.extend(&(height - 1).to_le_bytes()[..3]);
    let mut body = b"WEBP".to_vec();
    add_chunk(&mut body, b"VP8X", &header);
    body.extend(image);
    add_chunk(&mut body, b"XMP ", packet);
    let mut out = Vec::with_capacity(body.len() + 8);
    add_chunk(&mut out, b"RIFF", &body);
    out
}

/// A chunk: its name, its length, its bytes, filled up to an even number.
fn add_chunk(out: &mut Vec<u8>, name: &[u8; 4], bytes: &[u8]) {
    out.extend(name);
    out.extend((bytes.len() as u32).to_le_bytes());
    out.extend(bytes);
    if bytes.len() % 2 == 1 {
        out.push(0);
    }
}

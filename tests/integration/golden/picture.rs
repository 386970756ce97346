//! Pictures compared pixel by pixel: a channel may differ by one, no more.

use image::{Rgba, RgbaImage};
use std::io::Cursor;

/// How much a channel may differ: rounding, not drawing.
const TOLERANCE: u8 = 1;

/// `None` when the two PNG agree, else a PNG that shows in red where they do not.
pub fn difference(expected: &[u8], actual: &[u8]) -> Option<Vec<u8>> {
    let open = |png: &[u8]| image::load_from_memory(png).unwrap().to_rgba8();
    let (expected, actual) = (open(expected), open(actual));
    let (width, height) = (expected.width().max(actual.width()), expected.height().max(actual.height()));
    let mut differs = expected.dimensions() != actual.dimensions();
    let shown = RgbaImage::from_fn(width, height, |x, y| {
        match (expected.get_pixel_checked(x, y), actual.get_pixel_checked(x, y)) {
            (Some(a), Some(b)) if a.0.iter().zip(b.0).all(|(&a, b)| a.abs_diff(b) <= TOLERANCE) => {
                let grey = 255 - (255 - b.0[1]) / 4;
                Rgba([grey, grey, grey, 255])
            }
            _ => {
                differs = true;
                Rgba([220, 20, 20, 255])
            }
        }
    });
    differs.then(|| {
        let mut png = Vec::new();
        shown.write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
        png
    })
}

#[test]
fn a_pixel_that_changed_is_found_and_rounding_is_not() {
    let encode = |shade: u8| {
        let mut png = Vec::new();
        let picture = RgbaImage::from_pixel(2, 2, Rgba([shade, shade, shade, 255]));
        picture.write_to(&mut Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
        png
    };
    assert!(difference(&encode(100), &encode(101)).is_none());
    assert!(difference(&encode(100), &encode(102)).is_some());
}

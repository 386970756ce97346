//! Whether a picture still shows and says what it did: a file's bytes in, the verdict out.
//!
//! The packet that [`metadata`](super::metadata) wrote names the digest of the picture and of its words; both are
//! counted anew. PNG and WebP are compared by their pixels, so that a file packed tighter is the same picture; an
//! SVG by its text without the packet; a PDF by its bytes. A digest is no signature: it shows what was changed
//! afterwards, not who drew it.

use super::metadata::{PixelDigest, Record};
use super::options::{PIXEL_LIMIT, SIDE_LIMIT};
use super::{pdf_packet, png as png_form, svg};
use std::io::Cursor;

/// Forms of picture that are read back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By its pixels.
    Png,
    /// By its pixels.
    WebP,
    /// By its text without the packet.
    Svg,
    /// By its bytes without the digests.
    Pdf,
}

impl Form {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Form::Png => "PNG",
            Form::WebP => "WebP",
            Form::Svg => "SVG",
            Form::Pdf => "PDF",
        }
    }

    /// The form of these bytes, by how they begin.
    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Form::Png)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Form::WebP)
        } else if bytes.starts_with(b"%PDF-") {
            Some(Form::Pdf)
        } else {
            let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
            let head = String::from_utf8_lossy(&text[..text.len().min(1024)]);
            (head.starts_with('<') && head.contains("<svg")).then_some(Form::Svg)
        }
    }
}

/// Why there is no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Nothing in it.
    #[error("the file is empty: expected a PNG, SVG, PDF or WebP that Dateline drew")]
    Empty,
    /// Another kind of file.
    #[error("this is no PNG, SVG, PDF or WebP: expected a picture that Dateline drew")]
    Form,
    /// A picture that cannot be read.
    #[error("the {form} cannot be read ({reason}): it is damaged or cut short, get the file again")]
    Damaged {
        /// What it is.
        form: &'static str,
        /// What its decoder says.
        reason: String,
    },
    /// A picture without our packet.
    #[error(
        "this {0} carries no packet of Dateline's: it was not drawn by Dateline, or a program took its metadata away"
    )]
    NotOurs(&'static str),
}

/// What became of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What it is.
    pub form: Form,
    /// Whether it shows what was drawn.
    pub picture_holds: bool,
    /// Whether its packet says what was written.
    pub words_hold: bool,
    /// What its packet says now.
    pub record: Record,
    /// What was found changed, a sentence each.
    pub findings: Vec<String>,
}

impl Verdict {
    /// Whether all is as it was.
    pub fn is_unchanged(&self) -> bool {
        self.picture_holds && self.words_hold
    }
}

/// A file, read back.
struct Found {
    record: Record,
    /// The digest of the picture as it is; `None` where it is no longer one that can be compared.
    picture: Option<String>,
    /// Words outside of the packet: what they are called, the property that they repeat, they themselves.
    repeated: Vec<(&'static str, &'static str, String)>,
}

/// Compares a picture with what its packet says of it.
///
/// # Errors
/// What is no picture of ours, or cannot be read.
pub fn verify(bytes: &[u8]) -> Result<Verdict, VerifyError> {
    if bytes.is_empty() {
        return Err(VerifyError::Empty);
    }
    let form = Form::of(bytes).ok_or(VerifyError::Form)?;
    let found = match form {
        Form::Png => read_png(bytes),
        Form::WebP => read_webp(bytes),
        Form::Svg => read_svg(bytes),
        Form::Pdf => read_pdf(bytes),
    };
    let found = found.map_err(|reason| VerifyError::Damaged { form: form.name(), reason })?;
    let found = found.ok_or(VerifyError::NotOurs(form.name()))?;
    let picture_holds = found.picture.as_deref() == Some(found.record.picture());
    let mut words_hold = found.record.words_hold();
    let mut findings = Vec::new();
    if !picture_holds {
        let what = match form {
            Form::Png | Form::WebP => "its pixels are not those that were drawn",
            Form::Svg => "its drawing or text is not what was written",
            Form::Pdf => {
                "its bytes are not those that were written: it was edited, or saved anew by another program"
            }
        };
        findings.push(what.to_owned());
    }
    if !words_hold {
        findings.push(
            "its packet (title, text alternative, sources, claims, settings) does not say what was written"
                .to_owned(),
        );
    }
    for (name, property, words) in &found.repeated {
        if found.record.value(property) != words.trim() {
            words_hold = false;
            findings.push(format!("its {name} differs from the packet's"));
        }
    }
    Ok(Verdict { form, picture_holds, words_hold, record: found.record, findings })
}

/// What was read; nothing where it carries no packet of ours; else why it cannot be read.
type Read = Result<Option<Found>, String>;

fn read_png(bytes: &[u8]) -> Read {
    let wrong = |error: png::DecodingError| error.to_string();
    let limits = png::Limits { bytes: PIXEL_LIMIT as usize * 8 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(wrong)?;
    let (width, height) = (reader.info().width, reader.info().height);
    check_size(width, height)?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("its size cannot be held")?];
    let frame = reader.next_frame(&mut pixels).map_err(wrong)?;
    // more frames show more than was drawn
    let is_still = reader.info().animation_control.is_none();
    reader.finish().map_err(wrong)?;
    let info = reader.info();
    let words = |keyword: &str| {
        let chunk = info.utf8_text.iter().find(|chunk| chunk.keyword == keyword);
        chunk.and_then(|chunk| chunk.get_text().ok())
    };
    let Some(record) = words(png_form::XMP).and_then(|packet| Record::read(&packet).ok().flatten()) else {
        return Ok(None);
    };
    let alternatives = [
        ("short text alternative", png_form::TITLE, "Iptc4xmpCore:AltTextAccessibility"),
        ("long text alternative", png_form::DESCRIPTION, "Iptc4xmpCore:ExtDescrAccessibility"),
    ];
    let repeated = alternatives
        .into_iter()
        .filter_map(|(name, keyword, property)| Some((name, property, words(keyword)?)))
        .collect();
    let mut digest = PixelDigest::new(width, height);
    pixels.truncate(frame.buffer_size());
    for row in pixels.chunks_exact(frame.line_size) {
        digest.add(&rgba(row, frame.color_type.samples()));
    }
    Ok(Some(Found { record, picture: is_still.then(|| digest.finish()), repeated }))
}

fn read_webp(bytes: &[u8]) -> Read {
    let wrong = |error: image_webp::DecodingError| error.to_string();
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(wrong)?;
    decoder.set_memory_limit(PIXEL_LIMIT as usize * 8);
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let samples = if decoder.has_alpha() { 4 } else { 3 };
    let packet = decoder.xmp_metadata().map_err(wrong)?.and_then(|packet| String::from_utf8(packet).ok());
    let mut picture = None;
    if !decoder.is_animated() {
        let mut pixels = vec![0; decoder.output_buffer_size().ok_or("its size cannot be held")?];
        decoder.read_image(&mut pixels).map_err(wrong)?;
        let mut digest = PixelDigest::new(width, height);
        for row in pixels.chunks_exact(width as usize * samples) {
            digest.add(&rgba(row, samples));
        }
        picture = Some(digest.finish());
    }
    let record = packet.and_then(|packet| Record::read(&packet).ok().flatten());
    Ok(record.map(|record| Found { record, picture, repeated: Vec::new() }))
}

fn read_svg(bytes: &[u8]) -> Read {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let document = roxmltree::Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    // the first record counts; a second stays in the text that is compared
    let found = root
        .children()
        .filter(|node| node.tag_name().name() == "metadata")
        .find_map(|node| Some((node.range(), Record::of_nodes(node)?)));
    Ok(found.map(|(range, record)| {
        let picture = svg::digest([&text[..range.start], &text[range.end..]]);
        Found { record, picture: Some(picture), repeated: Vec::new() }
    }))
}

fn read_pdf(bytes: &[u8]) -> Read {
    let tail = &bytes[bytes.len().saturating_sub(1024)..];
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        return Err("it has no end".to_owned());
    }
    let packet = pdf_packet::packet(bytes).and_then(|range| std::str::from_utf8(&bytes[range]).ok());
    let record = packet.and_then(|packet| Record::read(packet).ok().flatten());
    Ok(record.map(|record| Found { record, picture: pdf_packet::digest(bytes), repeated: Vec::new() }))
}

/// Larger than any picture of ours is not ours, and may be made to fill the memory.
fn check_size(width: u32, height: u32) -> Result<(), String> {
    let (w, h) = (width as f32, height as f32);
    if w > SIDE_LIMIT || h > SIDE_LIMIT || w * h > PIXEL_LIMIT {
        return Err(format!("it has {width} × {height} px, more than Dateline draws"));
    }
    Ok(())
}

/// A row of grey, grey with opacity, RGB or RGBA as RGBA.
fn rgba(row: &[u8], samples: usize) -> Vec<u8> {
    let pixel = |p: &[u8]| match *p {
        [grey] => [grey, grey, grey, 255],
        [grey, opacity] => [grey, grey, grey, opacity],
        [r, g, b] => [r, g, b, 255],
        [r, g, b, a, ..] => [r, g, b, a],
        [] => [0; 4],
    };
    row.chunks_exact(samples).flat_map(pixel).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_of_ours_is_told_in_one_sentence() {
        let told = |bytes: &[u8]| verify(bytes).unwrap_err().to_string();
        assert!(told(b"").contains("empty"));
        assert!(told(b"GIF89a").contains("no PNG, SVG, PDF or WebP"));
        assert!(told(b"\x89PNG\r\n\x1a\n").contains("cut short"));
        assert!(told(b"RIFF\x04\0\0\0WEBP").contains("cut short"));
        assert!(told(b"%PDF-1.7").contains("cut short"));
        assert!(told(b"<svg").contains("cut short"));
        assert!(told(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>").contains("carries no packet"));
        assert!(told(b"%PDF-1.7\n%%EOF").contains("carries no packet"));
    }

    #[test]
    fn pixels_of_every_kind_compare_as_rgba() {
        assert_eq!(rgba(&[7], 1), [7, 7, 7, 255]);
        assert_eq!(rgba(&[7, 9], 2), [7, 7, 7, 9]);
        assert_eq!(rgba(&[1, 2, 3], 3), [1, 2, 3, 255]);
        assert_eq!(rgba(&[1, 2, 3, 4], 4), [1, 2, 3, 4]);
    }
}

//! The lettering: Noto Sans, embedded. Shaped by harfrust, outlined by skrifa, no system fonts.

use super::scene::{Path, Segment};
use harfrust::{Buffer, Font, ShapeOptions, ShaperFont};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::sync::LazyLock;

/// A face of the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// 400.
    Regular,
    /// 400 italic.
    Italic,
    /// 600.
    SemiBold,
    /// 600 italic.
    SemiBoldItalic,
    /// 700.
    Bold,
}

impl Face {
    /// All of them, in the order of their declaration.
    pub const ALL: [Face; 5] =
        [Face::Regular, Face::Italic, Face::SemiBold, Face::SemiBoldItalic, Face::Bold];

    /// CSS weight.
    pub fn weight(self) -> u16 {
        match self {
            Face::Regular | Face::Italic => 400,
            Face::SemiBold | Face::SemiBoldItalic => 600,
            Face::Bold => 700,
        }
    }

    /// Whether it is slanted.
    pub fn is_italic(self) -> bool {
        matches!(self, Face::Italic | Face::SemiBoldItalic)
    }

    /// Its file.
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
            Face::Italic => include_bytes!("../../assets/fonts/NotoSans-Italic.ttf"),
            Face::SemiBold => include_bytes!("../../assets/fonts/NotoSans-SemiBold.ttf"),
            Face::SemiBoldItalic => include_bytes!("../../assets/fonts/NotoSans-SemiBoldItalic.ttf"),
            Face::Bold => include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
        }
    }

    fn shaping(self) -> &'static Font {
        static FONTS: LazyLock<[Font; 5]> = LazyLock::new(|| {
            Face::ALL.map(|face| Font::new(face.bytes(), 0).expect("the embedded fonts are whole"))
        });
        &FONTS[self as usize]
    }

    fn outlines(self) -> FontRef<'static> {
        FontRef::new(self.bytes()).expect("the embedded fonts are whole")
    }
}

/// Units of the em in every face.
pub(super) const UNITS: f32 = 1000.0;

/// A glyph of a shaped line, in font units.
pub(super) struct Glyph {
    /// Its number in the face.
    pub id: u32,
    /// Where the letters that it stands for begin, in bytes of the text.
    pub cluster: usize,
    /// How far the pen moves on.
    pub advance: f32,
    /// How far it stands right of the pen.
    pub dx: f32,
    /// How far it stands above the pen.
    pub dy: f32,
}

/// The glyphs of a line, from left to right.
pub(super) fn shape(face: Face, text: &str) -> Vec<Glyph> {
    let shaper = ShaperFont::new(face.shaping());
    let mut buffer = Buffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    if harfrust::shape(&shaper, &mut buffer, ShapeOptions::new()).is_err() {
        return Vec::new(); // nothing but an empty line has no direction
    }
    buffer
        .glyph_infos()
        .iter()
        .zip(buffer.glyph_positions())
        .map(|(info, at)| Glyph {
            id: info.glyph_id,
            cluster: info.cluster as usize,
            advance: at.x_advance as f32,
            dx: at.x_offset as f32,
            dy: at.y_offset as f32,
        })
        .collect()
}

/// The width of a line in px; tracking is added between letters, not after the last.
pub fn width(face: Face, size: f32, tracking: f32, text: &str) -> f32 {
    let glyphs = shape(face, text);
    let em: f32 = glyphs.iter().map(|g| g.advance).sum();
    em * size / UNITS + tracking * glyphs.len().saturating_sub(1) as f32
}

/// The outlines of a line of text that starts at `x` on the baseline `y`.
pub fn outline(face: Face, size: f32, tracking: f32, text: &str, x: f32, y: f32) -> Path {
    let font = face.outlines();
    let glyphs = font.outline_glyphs();
    let scale = size / UNITS;
    let mut pen = Pen { path: Path::default(), x, y };
    for glyph in shape(face, text) {
        if let Some(outline) = glyphs.get(GlyphId::new(glyph.id)) {
            let start = pen.x;
            pen.x = start + glyph.dx * scale;
            pen.y = y - glyph.dy * scale;
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            // a glyph that cannot be drawn leaves its space empty
            let _ = outline.draw(settings, &mut pen);
            pen.x = start;
        }
        pen.x += glyph.advance * scale + tracking;
    }
    pen.path
}

/// Breaks a text into lines no wider than `max`; a word that is wider stands alone.
pub fn wrap(face: Face, size: f32, text: &str, max: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|w| !w.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && width(face, size, 0.0, &longer) > max {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
    }
    lines
}

/// Whether the face has a letter for every character.
pub fn covers(face: Face, text: &str) -> bool {
    let charmap = face.outlines().charmap();
    text.chars().all(|c| charmap.map(c).is_some())
}

struct Pen {
    path: Path,
    x: f32,
    y: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> [f32; 2] {
        [self.x + x, self.y - y]
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.segments.push(Segment::Move(self.at(x, y)));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.path.segments.push(Segment::Line(self.at(x, y)));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.segments.push(Segment::Quad(self.at(cx, cy), self.at(x, y)));
    }
    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.path.segments.push(Segment::Cubic(self.at(cx0, cy0), self.at(cx1, cy1), self.at(x, y)));
    }
    fn close(&mut self) {
        self.path.segments.push(Segment::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_is_wider_than_regular_and_kerning_is_kept() {
        assert!(width(Face::Bold, 14.0, 0.0, "Vladivostok") > width(Face::Regular, 14.0, 0.0, "Vladivostok"));
        let apart = width(Face::Regular, 100.0, 0.0, "A") + width(Face::Regular, 100.0, 0.0, "V");
        assert!(width(Face::Regular, 100.0, 0.0, "AV") < apart);
    }

    #[test]
    fn the_letters_of_europe_are_there() {
        assert!(covers(Face::Regular, "Łódź Київ Αθήνα Đà Nẵng – “…” 3 000 km"));
        assert!(!covers(Face::Regular, "元山"));
    }

    #[test]
    fn lines_are_no_wider_than_asked() {
        for line in wrap(Face::Regular, 12.0, "Three sites in eastern Russia, White House, 23 Oct", 120.0) {
            assert!(width(Face::Regular, 12.0, 0.0, &line) <= 120.0);
        }
    }
}

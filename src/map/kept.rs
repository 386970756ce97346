//! What lettering keeps: lines as they were shaped, outlines of glyphs and of their halos, for each thread and up to a
//! limit.
//!
//! All depend on nothing but what they are asked by, so that keeping them changes no picture. A map measures a name
//! at every spot that it tries, and a server draws the same names on every map.

use super::families::is_plain;
use super::fonts::Face;
use super::scene::{Path, Segment};
use super::shaping::{self, Run};
use super::strokes;
use crate::kept::Kept;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlineGlyphCollection, OutlinePen};
use skrifa::{GlyphId, MetadataProvider};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// Lines kept at most in a face. One of 20 letters takes about half a kilobyte.
const LINES: usize = 4_000;
/// Longer lines are not kept, bytes.
const LONGEST: usize = 120;
/// Glyphs kept at most, in a size and a face; one takes about half a kilobyte.
const GLYPHS: usize = 4_000;
/// Halos kept at most; one takes about three kilobytes.
const HALOS: usize = 2_000;

type Lines = Kept<Box<str>, Rc<[Run]>>;
type Glyphs = Kept<(usize, u32, u32), Rc<[Segment]>>;
type Halos = Kept<(usize, u32, u32, [u32; 2]), Rc<[Segment]>>;

thread_local! {
    static SHAPED: RefCell<[Lines; Face::ALL.len()]> =
        const { RefCell::new([const { Kept::new(LINES) }; Face::ALL.len()]) };
    static OUTLINES: RefCell<Glyphs> = const { RefCell::new(Kept::new(GLYPHS)) };
    static AROUND: RefCell<Halos> = const { RefCell::new(Kept::new(HALOS)) };
}

/// The runs of a line of text, as [`shaping::runs`] gives them.
pub fn runs(face: Face, text: &str, language: &str) -> Rc<[Run]> {
    let shaped = || Rc::from(shaping::runs(face, text, language));
    if text.len() > LONGEST {
        return shaped();
    }
    // the language matters only beyond Noto Sans
    let key = if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(format!("{language}\0{text}")) };
    SHAPED.with_borrow_mut(|faces| faces[face as usize].get_or(&*key, shaped))
}

/// The outline of a glyph of a run in a face, at a size in px: y up, its own origin.
pub fn glyph(run: &Run, face: Face, size: f32, id: u32) -> Rc<[Segment]> {
    let key = (run.font.as_ptr().addr(), size.to_bits(), id);
    let outline = || drawn(&run.family.font(face).outlines.outline_glyphs(), size, id).into();
    OUTLINES.with_borrow_mut(|glyphs| glyphs.get_or(&key, outline))
}

/// What a pen of `width` px covers that goes round a glyph, as fine as an image of `scale` pixels for each px needs: y up,
/// the glyph's own origin.
pub fn halo(run: &Run, face: Face, size: f32, id: u32, width: f32, scale: f32) -> Rc<[Segment]> {
    let key = (run.font.as_ptr().addr(), size.to_bits(), id, [width.to_bits(), scale.to_bits()]);
    let around = || {
        let path = Path { segments: glyph(run, face, size, id).to_vec() };
        let pen = strokes::Pen { width, dash: &[], round: true };
        strokes::outline(&path, pen, scale).unwrap_or_default().segments.into()
    };
    AROUND.with_borrow_mut(|halos| halos.get_or(&key, around))
}

fn drawn(glyphs: &OutlineGlyphCollection, size: f32, id: u32) -> Vec<Segment> {
    let mut pen = Pen(Vec::new());
    if let Some(outline) = glyphs.get(GlyphId::new(id)) {
        let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
        // a glyph that cannot be drawn leaves its space empty
        let _ = outline.draw(settings, &mut pen);
    }
    pen.0
}

struct Pen(Vec<Segment>);

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(Segment::Move([x, y]));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(Segment::Line([x, y]));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.push(Segment::Quad([cx, cy], [x, y]));
    }
    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.0.push(Segment::Cubic([cx0, cy0], [cx1, cy1], [x, y]));
    }
    fn close(&mut self) {
        self.0.push(Segment::Close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_was_shaped_and_stays_under_its_limit() {
        for _ in 0..2 {
            for text in ["Wonsan", "القاهرة", "大阪"] {
                let (kept, new) = (runs(Face::Bold, text, "ar"), shaping::runs(Face::Bold, text, "ar"));
                let glyphs = |runs: &[Run]| runs.iter().flat_map(|r| r.glyphs.clone()).collect::<Vec<_>>();
                assert_eq!(glyphs(&kept), glyphs(&new), "{text}");
            }
        }
        // the same letters in the shapes of another language
        assert_ne!(runs(Face::Bold, "大阪", "ja")[0].family, runs(Face::Bold, "大阪", "zh")[0].family);
        for i in 0..LINES + 10 {
            runs(Face::Bold, &format!("{i}"), "");
        }
        SHAPED.with_borrow(|faces| assert!(faces[Face::Bold as usize].weight() <= LINES));
    }
}

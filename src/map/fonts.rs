//! The lettering: Noto Sans and its sisters of other scripts, embedded. Shaped by harfrust, outlined by skrifa, no
//! system fonts. How a line becomes runs of glyphs stands in `shaping.rs`, which font has a letter in `families.rs`, what
//! is kept from map to map in `kept.rs`.

use super::bend::Bend;
use super::scene::{Anchor, Path, Point, Segment, Text};
use super::{kept, shaping};
use std::rc::Rc;

pub use super::families::Family;
pub use super::shaping::{Glyph, Run, UNITS, families, is_rtl, runs};

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
}

/// The width of a line in px; tracking is added between letters, not after the last, and only where the script
/// takes it. The same in every language.
pub fn width(face: Face, size: f32, tracking: f32, text: &str) -> f32 {
    measure(&kept::runs(face, text, ""), size, tracking)
}

fn measure(runs: &[Run], size: f32, tracking: f32) -> f32 {
    let em: f32 = runs.iter().flat_map(|run| &run.glyphs).map(|g| g.advance).sum();
    let spaced =
        runs.iter().filter(|run| run.family.takes_tracking()).map(|run| run.glyphs.len()).sum::<usize>();
    let last = runs.last().is_none_or(|run| run.family.takes_tracking());
    em * size / UNITS + tracking * spaced.saturating_sub(usize::from(last)) as f32
}

/// The outlines of a placed line of text. `language` (BCP 47) chooses among the shapes of Chinese characters.
pub fn outline(text: &Text, language: &str) -> Path {
    placed(text, language, |run, id| kept::glyph(run, text.face, text.size, id))
}

/// What a pen of `width` px covers that goes round the letters of a placed line of text, to be filled non-zero, with
/// curves as fine as an image of `scale` pixels for each px needs.
pub fn halo(text: &Text, language: &str, width: f32, scale: f32) -> Path {
    placed(text, language, |run, id| kept::halo(run, text.face, text.size, id, width, scale))
}

/// What is drawn for each glyph of a line, put where the glyph stands.
fn placed(text: &Text, language: &str, drawn: impl Fn(&Run, u32) -> Rc<[Segment]>) -> Path {
    let runs = kept::runs(text.face, &text.text, language);
    let mut segments = Vec::new();
    if let Some(bend) = &text.bend {
        for (run, glyph, [x0, y0], [dx, dy]) in along(&runs, text, bend) {
            add(&mut segments, &drawn(run, glyph.id), |[x, y]| [x0 + x * dx + y * dy, y0 + x * dy - y * dx]);
        }
        return Path { segments };
    }
    let start = match text.anchor {
        Anchor::Start => text.x,
        Anchor::Middle => text.x - measure(&runs, text.size, text.tracking) / 2.0,
        Anchor::End => text.x - measure(&runs, text.size, text.tracking),
    };
    let scale = text.size / UNITS;
    let mut pen_x = start;
    for run in runs.iter() {
        let tracking = if run.family.takes_tracking() { text.tracking } else { 0.0 };
        for glyph in &run.glyphs {
            let (x0, y0) = (pen_x + glyph.dx * scale, text.y - glyph.dy * scale);
            add(&mut segments, &drawn(run, glyph.id), |[x, y]| [x0 + x, y0 - y]);
            pen_x += glyph.advance * scale + tracking;
        }
    }
    Path { segments }
}

/// Where each glyph of a text on a curve stands, and how it is turned: with the run and the glyph, the point of its
/// origin and its direction as a unit vector.
pub fn along<'r>(runs: &'r [Run], text: &Text, bend: &Bend) -> Vec<(&'r Run, &'r Glyph, [f32; 2], [f32; 2])> {
    let scale = text.size / UNITS;
    let mut pen = (bend.length() - measure(runs, text.size, text.tracking)) / 2.0;
    let mut out = Vec::new();
    for run in runs {
        let tracking = if run.family.takes_tracking() { text.tracking } else { 0.0 };
        for glyph in &run.glyphs {
            // turned as the curve is at its middle
            let half = glyph.advance * scale / 2.0;
            let ([x, y], [dx, dy]) = bend.at(pen + half);
            out.push((run, glyph, [x - dx * half, y - dy * half], [dx, dy]));
            pen += 2.0 * half + tracking;
        }
    }
    out
}

/// Adds a glyph's outline, each point put where it belongs.
fn add(segments: &mut Vec<Segment>, outline: &[Segment], at: impl Fn(Point) -> Point) {
    segments.extend(outline.iter().map(|segment| match *segment {
        Segment::Move(p) => Segment::Move(at(p)),
        Segment::Line(p) => Segment::Line(at(p)),
        Segment::Quad(c, p) => Segment::Quad(at(c), at(p)),
        Segment::Cubic(c, d, p) => Segment::Cubic(at(c), at(d), at(p)),
        Segment::Close => Segment::Close,
    }));
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

/// Whether the embedded fonts have every character.
pub fn covers(text: &str) -> bool {
    text.chars().all(shaping::is_drawable)
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
    fn the_letters_of_our_languages_are_there() {
        assert!(covers("Łódź Київ Αθήνα Đà Nẵng – “…” 3 000 km"));
        assert!(covers("موسكو تهران חיפה दिल्ली กรุงเทพฯ 东京 東京 ウラジオストク 서울"));
        assert!(!covers("𠀋"));
    }

    #[test]
    fn what_is_drawn_is_as_wide_as_told() {
        let ink = crate::map::Color { r: 0, g: 0, b: 0, a: 255 };
        for (words, language) in
            [("Wonsan", "en"), ("القاهرة", "ar"), ("תל אביב 24", "he"), ("大阪", "ja"), ("กรุงเทพฯ", "th")]
        {
            for anchor in [Anchor::Start, Anchor::Middle, Anchor::End] {
                let text = Text {
                    role: crate::map::Role::Story,
                    text: words.to_owned(),
                    x: 500.0,
                    y: 50.0,
                    anchor,
                    face: Face::SemiBold,
                    size: 40.0,
                    color: ink,
                    tracking: 3.0,
                    halo: None,
                    bend: None,
                };
                let (start, end) = (text.start(), text.start() + width(Face::SemiBold, 40.0, 3.0, words));
                let (mut least, mut most) = (f32::MAX, f32::MIN);
                for segment in outline(&text, language).segments {
                    if let Segment::Move([x, _]) | Segment::Line([x, _]) | Segment::Quad(_, [x, _]) = segment
                    {
                        (least, most) = (least.min(x), most.max(x));
                    }
                }
                assert!((least - start).abs() < 6.0 && (most - end).abs() < 6.0, "{words} {least} {start}");
            }
        }
    }

    #[test]
    fn letters_that_join_are_not_spaced() {
        for text in ["القاهرة", "दिल्ली", "กรุงเทพฯ", "北京"] {
            assert_eq!(
                width(Face::Regular, 12.0, 3.0, text),
                width(Face::Regular, 12.0, 0.0, text),
                "{text}"
            );
        }
        assert!(width(Face::Regular, 12.0, 3.0, "Каир") > width(Face::Regular, 12.0, 0.0, "Каир") + 8.9);
    }

    #[test]
    fn lines_are_no_wider_than_asked() {
        for line in wrap(Face::Regular, 12.0, "Three sites in eastern Russia, White House, 23 Oct", 120.0) {
            assert!(width(Face::Regular, 12.0, 0.0, &line) <= 120.0);
        }
    }
}

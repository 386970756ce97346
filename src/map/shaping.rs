//! A line of text in, runs of shaped glyphs from left to right out: each in one family and one direction.
//!
//! Text that is all Noto Sans, left to right, is one run. Any other text is cut where the family must change,
//! ordered by the Unicode bidirectional algorithm (UAX 9, the crate `unicode-bidi`), and each piece is shaped by
//! harfrust in its own direction. A letter that no font has is never drawn as an empty box: see [`legible`].

use super::families::{Family, is_plain};
use super::fonts::Face;
use harfrust::{Buffer, Direction, Language, ShapeOptions, ShaperFont};
use std::borrow::Cow;
use std::ops::Range;
use unicode_bidi::BidiInfo;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Font units of an em, the same in all fonts that are embedded.
pub const UNITS: f32 = 1000.0;

/// A piece of a line in one font and one direction.
#[derive(Debug, Clone)]
pub struct Run {
    /// The family of its font.
    pub family: Family,
    /// The bytes of its font's file.
    pub font: &'static [u8],
    /// Whether it reads from right to left.
    pub rtl: bool,
    /// Its glyphs, from left to right.
    pub glyphs: Vec<Glyph>,
}

/// A glyph of a run; distances in thousandths of an em, y up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// How far the pen goes on.
    pub advance: f32,
    /// How far right of the pen it stands.
    pub dx: f32,
    /// How far above the baseline it stands.
    pub dy: f32,
    /// The byte of the text that it begins to draw.
    pub cluster: usize,
}

/// The runs of a line of text, from left to right. `language` (BCP 47) chooses among the shapes of Chinese
/// characters; widths do not depend on it.
pub fn runs(face: Face, text: &str, language: &str) -> Vec<Run> {
    if is_plain(text) {
        return vec![run(Family::Sans, face, text, 0..text.len(), false, None)];
    }
    let (shown, offsets) = legible(text);
    let families = families(&shown, language);
    let spoken = Language::new(language);
    let info = BidiInfo::new(&shown, None);
    let mut out = Vec::new();
    for paragraph in &info.paragraphs {
        let (levels, ranges) = info.visual_runs(paragraph, paragraph.range.clone());
        for range in ranges {
            let rtl = levels[range.start].is_rtl();
            let within = |(piece, family): &(Range<usize>, Family)| {
                let piece = piece.start.max(range.start)..piece.end.min(range.end);
                (!piece.is_empty()).then_some((piece, *family))
            };
            let mut pieces: Vec<(Range<usize>, Family)> = families.iter().filter_map(within).collect();
            if rtl {
                pieces.reverse();
            }
            let shaped = |(piece, family)| run(family, face, &shown, piece, rtl, spoken.clone());
            out.extend(pieces.into_iter().map(shaped));
        }
    }
    if let Some(offsets) = offsets {
        out.iter_mut().flat_map(|run| &mut run.glyphs).for_each(|g| g.cluster = offsets[g.cluster]);
    }
    out
}

/// The pieces of a text by family, in reading order.
pub fn families(text: &str, language: &str) -> Vec<(Range<usize>, Family)> {
    if is_plain(text) {
        return vec![(0..text.len(), Family::Sans)];
    }
    // a text with kana or hangul shows its language
    let has = |low: char, high: char| text.chars().any(|c| (low..=high).contains(&c));
    let language = match language.split('-').next().unwrap_or_default() {
        own @ ("ja" | "ko" | "zh") => own,
        _ if has('\u{3040}', '\u{30FF}') => "ja",
        _ if has('\u{AC00}', '\u{D7A3}') => "ko",
        other => other,
    };
    let order = Family::in_order(language);
    let mut pieces: Vec<(Range<usize>, Family)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let last = pieces.last().map(|piece| piece.1);
        // spaces, marks and signs go with what stands before them
        let leans = !c.is_alphanumeric() || is_combining_mark(c);
        let family = last
            .filter(|family| leans && family.has(c))
            .or_else(|| order.into_iter().find(|family| family.has(c)))
            .or(last)
            .unwrap_or(Family::Sans);
        match pieces.last_mut() {
            Some((range, same)) if *same == family => range.end = end,
            _ => pieces.push((at..end, family)),
        }
    }
    pieces
}

/// Whether a letter is in some embedded font, or shows nothing.
pub fn is_drawable(c: char) -> bool {
    Family::ALL.into_iter().any(|family| family.has(c))
}

/// Whether a text begins from the right: its first letter with a direction is Hebrew or Arabic.
pub fn is_rtl(text: &str) -> bool {
    !is_plain(text) && unicode_bidi::get_base_direction(text) == unicode_bidi::Direction::Rtl
}

/// The text with what no font has replaced: by a sign near to it (`→` –), by its plain form (`ﬁ` fi, `Ａ` A), by its
/// letter without the mark, letters of unknown scripts by one "…" a word, signs and pictures by nothing. With it,
/// where anything changed, the byte of the original for each byte.
fn legible(text: &str) -> (Cow<'_, str>, Option<Vec<usize>>) {
    if text.chars().all(|c| !c.is_control() && !is_break(c) && is_drawable(c)) {
        return (Cow::Borrowed(text), None);
    }
    let mut out = String::with_capacity(text.len());
    let mut offsets = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c.is_control() || is_break(c) {
            out.push(' ');
        } else if is_drawable(c) {
            // no double space where a picture stood
            if c != ' ' || at == 0 || !out.ends_with(' ') || text[..at].ends_with(' ') {
                out.push(c);
            }
        } else {
            let plain: String = std::iter::once(c).nfkc().collect();
            let base = std::iter::once(c).nfkd().next().filter(|base| *base != c && is_drawable(*base));
            if let Some(near) = near(c) {
                out += near;
            } else if plain.chars().all(is_drawable) {
                if plain.contains('\u{2044}') && out.ends_with(|before: char| before.is_ascii_digit()) {
                    out.push(' '); // 2⅓ is not 21⁄3
                }
                out += &plain;
            } else if let Some(base) = base {
                out.push(base);
            } else if c.is_alphanumeric() && !out.ends_with('…') {
                out.push('…');
            }
        }
        offsets.resize(out.len(), at);
    }
    offsets.push(text.len());
    (Cow::Owned(out), Some(offsets))
}

/// What stands for a sign that Noto Sans has not.
fn near(c: char) -> Option<&'static str> {
    Some(match c {
        '→' | '←' | '↔' | '⇒' | '⟶' | '➔' | '➜' => "–",
        '≈' => "~",
        '≤' => "<=",
        '≥' => ">=",
        '●' | '■' | '▪' | '◆' | '►' | '▶' | '★' => "•",
        _ => return None,
    })
}

/// A line's or paragraph's end, which a line of text does not have.
fn is_break(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

fn run(
    family: Family,
    face: Face,
    text: &str,
    range: Range<usize>,
    rtl: bool,
    language: Option<Language>,
) -> Run {
    let font = family.font(face);
    let shaper = ShaperFont::new(&font.shaping);
    let mut buffer = Buffer::new();
    buffer.push_str(&text[range.clone()]);
    if family != Family::Sans || rtl {
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    }
    buffer.set_language(language);
    buffer.guess_segment_properties();
    let mut glyphs = Vec::new();
    // nothing but an empty line has no direction
    if harfrust::shape(&shaper, &mut buffer, ShapeOptions::new()).is_ok() {
        let shaped = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        glyphs.extend(shaped.map(|(info, at)| Glyph {
            id: info.glyph_id,
            advance: at.x_advance as f32,
            dx: at.x_offset as f32,
            dy: at.y_offset as f32,
            cluster: range.start + info.cluster as usize,
        }));
    }
    Run { family, font: font.bytes, rtl, glyphs }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<u32> {
        runs(Face::Regular, text, "").iter().flat_map(|run| &run.glyphs).map(|g| g.id).collect()
    }

    #[test]
    fn a_latin_line_is_one_run_and_needs_no_bidi() {
        for text in ["Vladivostok – “Владивосток” Αθήνα Đà Nẵng", "", "3 000 km"] {
            let runs = runs(Face::Bold, text, "en");
            assert_eq!(runs.len(), 1);
            assert_eq!((runs[0].family, runs[0].rtl), (Family::Sans, false));
        }
    }

    #[test]
    fn a_line_is_cut_where_the_script_changes() {
        let cut = |text: &str, language| -> Vec<(String, Family)> {
            families(text, language).into_iter().map(|(r, f)| (text[r].to_owned(), f)).collect()
        };
        assert_eq!(
            cut("Seoul 서울 (首尔)", "zh"),
            [
                ("Seoul ".to_owned(), Family::Sans),
                ("서울".to_owned(), Family::Korean),
                (" (".to_owned(), Family::Sans),
                ("首尔".to_owned(), Family::Chinese),
                (")".to_owned(), Family::Sans),
            ]
        );
        // spaces and marks do not cut
        assert_eq!(cut("กรุงเทพ มหานคร", "th").len(), 1);
        assert_eq!(cut("نیویورک، آمریکا", "fa").len(), 1);
        // the same characters in the shapes of each language
        assert_eq!(cut("大阪", "ja")[0].1, Family::Japanese);
        assert_eq!(cut("大阪", "zh")[0].1, Family::Chinese);
        assert_eq!(cut("東京タワー", "en")[0].1, Family::Japanese);
    }

    #[test]
    fn hebrew_runs_from_the_right_and_numbers_in_it_from_the_left() {
        let text = "תל אביב 24 km";
        let clusters: Vec<usize> =
            runs(Face::Regular, text, "he").iter().flat_map(|run| &run.glyphs).map(|g| g.cluster).collect();
        // the base direction is right to left: "km", then 24, stand at the left, the first letter at the far right
        let at = |word: &str| clusters.iter().position(|c| *c == text.find(word).unwrap()).unwrap();
        assert!(at("km") < at("24") && at("24") < at("אביב") && at("אביב") < at("ת"));
        assert_eq!(at("24") + 1, clusters.iter().position(|c| *c == text.find("24").unwrap() + 1).unwrap());
        // in an English line only the foreign word turns round
        let runs = runs(Face::Regular, "from تل to Wonsan", "en");
        assert_eq!(runs.iter().filter(|r| r.rtl).count(), 1);
        let turned = &runs.iter().find(|r| r.rtl).unwrap().glyphs;
        assert!(turned[0].cluster > turned.last().unwrap().cluster);
        let starts: Vec<usize> =
            runs.iter().map(|r| r.glyphs.iter().map(|g| g.cluster).min().unwrap()).collect();
        assert!(starts.is_sorted(), "{starts:?}");
        assert!(is_rtl("(القدس)") && is_rtl("חיפה") && !is_rtl("Haifa חיפה") && !is_rtl("Haifa"));
    }

    #[test]
    fn arabic_letters_join() {
        // the font sets the dots of a letter as glyphs of their own, which take no room
        let bases = |text: &str| -> Vec<u32> {
            let glyphs: Vec<Glyph> =
                runs(Face::Regular, text, "ar").into_iter().flat_map(|run| run.glyphs).collect();
            glyphs.iter().filter(|g| g.advance > 0.0).map(|g| g.id).collect()
        };
        // beh alone, and at the end, in the middle and at the start of a word: four shapes of one letter
        let alone = bases("ب")[0];
        let word = bases("ببب");
        assert_eq!(word.len(), 3);
        assert!(!word.contains(&alone));
        assert!(word[0] != word[1] && word[1] != word[2] && word[0] != word[2]);
        // alef joins only to what stands before it, so the letter after it begins anew
        assert_eq!(bases("باب")[0], alone);
        // lam and alef make a shape of their own
        let apart = [bases("ا")[0], bases("ل")[0]];
        assert!(bases("لا").iter().all(|id| !apart.contains(id)));
    }

    #[test]
    fn devanagari_forms_conjuncts_and_thai_marks_take_no_room() {
        assert!(ids("क्ष").len() < 3);
        // the short i stands before the letter it follows in writing
        let text = "दिल्ली";
        let first = runs(Face::Regular, text, "hi")[0].glyphs[0];
        assert_ne!(first.id, ids("द")[0]);
        let thai = runs(Face::Regular, "ที่", "th");
        let advance: f32 = thai[0].glyphs.iter().map(|g| g.advance).sum();
        let bare: f32 = runs(Face::Regular, "ท", "th")[0].glyphs.iter().map(|g| g.advance).sum();
        assert_eq!(advance, bare);
    }

    /// Number of glyphs, and sums of advances, shifts right and shifts up, by HarfBuzz 15 over the same fonts.
    #[test]
    fn names_are_shaped_as_harfbuzz_shapes_them() {
        for (text, language, count, advance, dx, dy) in [
            ("القاهرة", "ar", 9, 2619, 129, -54),
            ("المحيط الأطلسي", "ar", 17, 6560, 193, -203),
            ("الخليج", "ar", 9, 2457, 395, -182),
            ("ولادی\u{200C}وستوک", "fa", 12, 5219, 54, -180),
            ("گرگان", "fa", 8, 2156, 220, -168),
            ("תל אביב", "he", 7, 3480, -68, 0),
            ("ירושלים", "he", 7, 3300, -50, 0),
            ("दिल्ली", "hi", 5, 2178, 0, 0),
            ("व्लादिवोस्तोक", "hi", 11, 4857, 0, 0),
            ("श्रीनगर", "hi", 5, 2494, 0, 0),
            ("हिन्द महासागर", "hi", 12, 5185, 0, 0),
            ("กรุงเทพฯ", "th", 8, 3743, 0, 0),
            ("ญี่ปุ่น", "th", 7, 2127, -13, 0),
            ("น้ำ", "th", 4, 1019, -29, 0),
            ("서울", "ko", 2, 1840, 0, 0),
            ("ウラジオストク", "ja", 7, 7000, 0, 0),
        ] {
            let runs = runs(Face::Regular, text, language);
            assert_eq!(runs.len(), 1, "{text}");
            let glyphs = &runs[0].glyphs;
            let sum = |of: fn(&Glyph) -> f32| glyphs.iter().map(of).sum::<f32>() as i32;
            let found = (glyphs.len(), sum(|g| g.advance), sum(|g| g.dx), sum(|g| g.dy));
            assert_eq!(found, (count, advance, dx, dy), "{text}");
        }
    }

    #[test]
    fn what_no_font_has_is_never_a_box() {
        for text in
            ["🚢 Wonsan", "ⴰⵣⵓⵍ Rabat", "ＡＢＣ ﬁne", "a\tb\nc", "𠀋𠀋 and ꙮ", "\u{1F1EB}\u{1F1F7}", "ვ"]
        {
            for run in runs(Face::Bold, text, "en") {
                assert!(run.glyphs.iter().all(|g| g.id != 0), "{text}");
                assert!(run.glyphs.iter().all(|g| text.is_char_boundary(g.cluster)), "{text}");
            }
        }
        assert_eq!(legible("🚢 Wonsan, ⴰⵣⵓⵍ ﬁne").0, " Wonsan, … fine");
        assert_eq!(legible("by 🚢 to").0, "by to");
        assert_eq!(legible("Wonsan").0, "Wonsan");
        assert_eq!(legible("Oslo → Bergen, 2⅓ ≈ ⅓").0, "Oslo – Bergen, 2 1⁄3 ~ 1⁄3");
    }

    #[test]
    fn clusters_lead_back_to_the_text() {
        let text = "🚢 by ship";
        let runs = runs(Face::Regular, text, "en");
        let last = runs.last().unwrap().glyphs.last().unwrap();
        assert_eq!(last.cluster, text.len() - 1);
    }
}

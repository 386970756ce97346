//! The letters of a drawing as fonts inside an SVG: a scene in, style rules with `@font-face` out.
//!
//! `skera` (of Google's fontations) cuts each face down to the letters that the drawing uses and keeps the rules
//! by which browsers set them, kerning among them.

use super::fonts::{self, Face, Family};
use super::scene::{Group, Item, Scene};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};
use skrifa::FontRef;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Features that browsers apply unasked, those of joining and Indic scripts among them; the others would only bring
/// in letters that are never shown.
const FEATURES: [&[u8; 4]; 28] = [
    b"calt", b"ccmp", b"clig", b"kern", b"liga", b"locl", b"mark", b"mkmk", b"rlig", b"init", b"medi",
    b"fina", b"isol", b"curs", b"mset", b"nukt", b"akhn", b"rphf", b"rkrf", b"half", b"vatu", b"cjct",
    b"pres", b"abvs", b"blws", b"psts", b"abvm", b"blwm",
];

/// Letters by the font that has them.
type Letters = BTreeMap<(Family, Face), BTreeSet<char>>;

/// Rules that define the faces of a scene, by the names of the families that its text asks for.
pub(super) fn rules(scene: &Scene) -> String {
    let mut letters = Letters::new();
    scene.all_groups().for_each(|group| collect(group, &scene.lang, &mut letters));
    let mut out = String::new();
    for ((family, face), letters) in letters {
        let font = STANDARD.encode(subset(family.font(face).bytes, &letters));
        let style = if face.is_italic() { "italic" } else { "normal" };
        let name = family.css().split(',').next().unwrap_or_default();
        let _ = writeln!(
            out,
            "@font-face{{font-family:{name};font-weight:{};font-style:{style};\
             src:url(data:font/ttf;base64,{font}) format('truetype')}}",
            face.weight()
        );
    }
    out
}

fn collect(group: &Group, language: &str, letters: &mut Letters) {
    for item in &group.items {
        match item {
            Item::Text(text) => {
                for (range, family) in fonts::families(&text.text, language) {
                    // only Noto Sans has slanted and bold faces
                    let face = match text.face {
                        face if family == Family::Sans => face,
                        face if face.weight() > 400 => Face::SemiBold,
                        _ => Face::Regular,
                    };
                    letters.entry((family, face)).or_default().extend(text.text[range].chars());
                }
            }
            Item::Group(group) => collect(group, language, letters),
            Item::Shape(_) => {}
        }
    }
}

/// The font with these letters; whole where it cannot be cut.
fn subset(bytes: &[u8], letters: &BTreeSet<char>) -> Vec<u8> {
    let font = FontRef::new(bytes).expect("the embedded fonts are whole");
    let plan = Plan::new(
        &IntSet::empty(),
        &letters.iter().map(|letter| u32::from(*letter)).collect(),
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING | SubsetFlags::SUBSET_FLAGS_NOTDEF_OUTLINE,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &IntSet::all(),
        &FEATURES.iter().map(|feature| Tag::new(feature)).collect(),
        // the licence of the fonts asks that their copyright stays: names 0 to 6
        &(0..7).map(NameId::new).collect(),
        &IntSet::all(),
    );
    subset_font(&font, &plan).unwrap_or_else(|_| bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use skrifa::MetadataProvider;
    use skrifa::raw::TableProvider;

    #[test]
    fn a_face_keeps_its_letters_kerning_and_copyright_and_no_more() {
        let bytes = subset(Family::Sans.font(Face::Regular).bytes, &"AV Łódź".chars().collect());
        let font = FontRef::new(&bytes).unwrap();
        let charmap = font.charmap();
        assert!("AVŁódź".chars().all(|letter| charmap.map(letter).is_some()));
        assert!(charmap.map('Q').is_none());
        assert!(font.data_for_tag(Tag::new(b"GPOS")).is_some_and(|table| table.len() > 40));
        let copyright = font.localized_strings(skrifa::string::StringId::COPYRIGHT_NOTICE).next().unwrap();
        assert!(copyright.to_string().contains("Noto Project Authors"));
        assert!(bytes.len() < 12_000, "{} bytes", bytes.len());
    }
}

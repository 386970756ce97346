//! The embedded fonts: Noto Sans and its sisters of other scripts; a letter in, the family that has it out.

use super::fonts::Face;
use harfrust::Font;
use skrifa::charmap::Charmap;
use skrifa::{FontRef, MetadataProvider};
use std::sync::{LazyLock, OnceLock};

/// A family of fonts. Each has the letters of its scripts and little more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Noto Sans: Latin, Greek, Cyrillic, signs.
    Sans,
    /// Noto Sans Arabic: Arabic, Persian, Urdu.
    Arabic,
    /// Noto Sans Hebrew.
    Hebrew,
    /// Noto Sans Devanagari: Hindi, Marathi, Nepali.
    Devanagari,
    /// Noto Sans Thai.
    Thai,
    /// Noto Sans SC: the Chinese characters of names.
    Chinese,
    /// Noto Sans JP: kana, and the characters of Japanese names.
    Japanese,
    /// Noto Sans KR: the syllables of Korean names.
    Korean,
}

impl Family {
    /// All of them, as a letter is looked for.
    pub const ALL: [Family; 8] = [
        Family::Sans,
        Family::Arabic,
        Family::Hebrew,
        Family::Devanagari,
        Family::Thai,
        Family::Chinese,
        Family::Japanese,
        Family::Korean,
    ];

    /// Families in the order in which a letter is looked for in a text of this language: Chinese, Japanese and
    /// Korean write many of the same characters, each in its own shapes.
    pub fn in_order(language: &str) -> [Family; 8] {
        let mut order = Family::ALL;
        match language {
            "ja" => order.swap(5, 6),
            "ko" => order.swap(5, 7),
            _ => {}
        }
        order
    }

    /// Names for CSS: ours, then what systems have.
    pub fn css(self) -> &'static str {
        match self {
            Family::Sans => "'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
            Family::Arabic => "'Noto Sans Arabic', 'Segoe UI', 'Geeza Pro', Tahoma, sans-serif",
            Family::Hebrew => "'Noto Sans Hebrew', 'Arial Hebrew', Arial, sans-serif",
            Family::Devanagari => "'Noto Sans Devanagari', 'Kohinoor Devanagari', 'Nirmala UI', sans-serif",
            Family::Thai => "'Noto Sans Thai', Thonburi, 'Leelawadee UI', sans-serif",
            Family::Chinese => {
                "'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
            }
            Family::Japanese => {
                "'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', sans-serif"
            }
            Family::Korean => {
                "'Noto Sans KR', 'Noto Sans CJK KR', 'Apple SD Gothic Neo', 'Malgun Gothic', sans-serif"
            }
        }
    }

    /// Whether its letters may stand apart: those of Latin, Greek and Cyrillic. Arabic and Devanagari join, the
    /// marks of Thai and Hebrew belong to their letter, and none of the others has capitals that ask for it.
    pub fn takes_tracking(self) -> bool {
        self == Family::Sans
    }

    /// Whether the family has a glyph for a letter.
    pub fn has(self, letter: char) -> bool {
        self.font(Face::Regular).charmap.map(letter).is_some()
    }

    /// The font nearest to a face: only Noto Sans has slanted and bold ones.
    pub fn font(self, face: Face) -> &'static EmbeddedFont {
        static FONTS: [OnceLock<EmbeddedFont>; 19] = [const { OnceLock::new() }; 19];
        let heavy = face.weight() > 400;
        let (at, bytes): (usize, &'static [u8]) = match self {
            Family::Sans => (face as usize, sans(face)),
            _ => (3 + 2 * self as usize + usize::from(heavy), sister(self, heavy)),
        };
        FONTS[at].get_or_init(|| EmbeddedFont::new(bytes))
    }
}

/// A font, opened.
pub struct EmbeddedFont {
    /// The bytes of its file.
    pub bytes: &'static [u8],
    /// For shaping.
    pub shaping: Font,
    /// For outlines.
    pub outlines: FontRef<'static>,
    charmap: Charmap<'static>,
}

impl EmbeddedFont {
    fn new(bytes: &'static [u8]) -> Self {
        const WHOLE: &str = "the embedded fonts are whole";
        let outlines = FontRef::new(bytes).expect(WHOLE);
        let shaping = Font::new(bytes, 0).expect(WHOLE);
        EmbeddedFont { bytes, shaping, charmap: outlines.charmap(), outlines }
    }
}

/// Whether all of a text is left to right and in every face of Noto Sans: nearly every text of a map.
pub fn is_plain(text: &str) -> bool {
    /// One bit a letter, up to where Noto Sans ends.
    const END: usize = 0x2280;
    static PLAIN: LazyLock<Vec<u64>> = LazyLock::new(|| {
        let mut bits = vec![0; END / 64];
        for (code, letter) in (0x20..END as u32).filter_map(|code| Some((code, char::from_u32(code)?))) {
            // controls of direction and line breaks are for the long way
            let controls = matches!(code, 0x7F..0xA0 | 0x200E | 0x200F | 0x2028..=0x202E | 0x2060..=0x206F);
            if !controls && Family::Sans.has(letter) {
                bits[code as usize / 64] |= 1 << (code % 64);
            }
        }
        bits
    });
    let plain = &*PLAIN;
    text.chars().all(|c| {
        let code = c as usize;
        code < END && plain[code / 64] >> (code % 64) & 1 == 1
    })
}

fn sans(face: Face) -> &'static [u8] {
    match face {
        Face::Regular => include_bytes!("../../assets/fonts/NotoSans-Regular.ttf"),
        Face::Italic => include_bytes!("../../assets/fonts/NotoSans-Italic.ttf"),
        Face::SemiBold => include_bytes!("../../assets/fonts/NotoSans-SemiBold.ttf"),
        Face::SemiBoldItalic => include_bytes!("../../assets/fonts/NotoSans-SemiBoldItalic.ttf"),
        Face::Bold => include_bytes!("../../assets/fonts/NotoSans-Bold.ttf"),
    }
}

fn sister(family: Family, heavy: bool) -> &'static [u8] {
    match (family, heavy) {
        (Family::Sans, _) => sans(Face::Regular),
        (Family::Arabic, false) => include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf"),
        (Family::Arabic, true) => include_bytes!("../../assets/fonts/NotoSansArabic-SemiBold.ttf"),
        (Family::Hebrew, false) => include_bytes!("../../assets/fonts/NotoSansHebrew-Regular.ttf"),
        (Family::Hebrew, true) => include_bytes!("../../assets/fonts/NotoSansHebrew-SemiBold.ttf"),
        (Family::Devanagari, false) => include_bytes!("../../assets/fonts/NotoSansDevanagari-Regular.ttf"),
        (Family::Devanagari, true) => include_bytes!("../../assets/fonts/NotoSansDevanagari-SemiBold.ttf"),
        (Family::Thai, false) => include_bytes!("../../assets/fonts/NotoSansThai-Regular.ttf"),
        (Family::Thai, true) => include_bytes!("../../assets/fonts/NotoSansThai-SemiBold.ttf"),
        (Family::Chinese, false) => include_bytes!("../../assets/fonts/NotoSansSC-Regular.ttf"),
        (Family::Chinese, true) => include_bytes!("../../assets/fonts/NotoSansSC-SemiBold.ttf"),
        (Family::Japanese, false) => include_bytes!("../../assets/fonts/NotoSansJP-Regular.ttf"),
        (Family::Japanese, true) => include_bytes!("../../assets/fonts/NotoSansJP-SemiBold.ttf"),
        (Family::Korean, false) => include_bytes!("../../assets/fonts/NotoSansKR-Regular.ttf"),
        (Family::Korean, true) => include_bytes!("../../assets/fonts/NotoSansKR-SemiBold.ttf"),
    }
}

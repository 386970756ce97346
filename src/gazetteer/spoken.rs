//! Names for labels in other languages: the key of an entry and a language in, a name out.
//!
//! `assets/names.dl` holds one section a language: lines of key and name, sorted by key, so that opening one is
//! unpacking it and a look-up a binary search. Made by `geodata/pack_names.rs` from Unicode CLDR, GeoNames and our
//! own tables; the English names stand in the gazetteer itself.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::packed::{Compression, Packed, PackedError, PackedWriter};

const KIND: &str = "names";
const LAYOUT: u16 = 1;

/// The languages that names are packed in, besides English.
pub const LANGUAGES: [&str; 18] = [
    "ar", "de", "el", "es", "fa", "fr", "he", "hi", "ja", "ko", "pl", "pt", "ru", "th", "tr", "uk", "vi",
    "zh",
];

/// The names of all languages.
#[derive(Debug)]
pub struct SpokenNames {
    packed: Packed<'static>,
    languages: [OnceLock<String>; LANGUAGES.len()],
}

impl SpokenNames {
    /// The names that are compiled in.
    ///
    /// # Errors
    /// The file was damaged or of another version when the program was built.
    pub fn embedded() -> Result<&'static SpokenNames, PackedError> {
        static BYTES: &[u8] = include_bytes!("../../assets/names.dl");
        static OPENED: OnceLock<SpokenNames> = OnceLock::new();
        if let Some(opened) = OPENED.get() {
            return Ok(opened);
        }
        let packed = Packed::open(BYTES, KIND, LAYOUT)?;
        packed.verify()?;
        Ok(OPENED.get_or_init(|| SpokenNames { packed, languages: Default::default() }))
    }

    /// The name of the entry with this key in a language; none where none is known, and none in English.
    pub fn of(&self, key: &str, language: &str) -> Option<&str> {
        let lines = self.lines(language)?;
        let bytes = lines.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            // the line around the middle
            let middle = low + (high - low) / 2;
            let start = bytes[low..middle].iter().rposition(|b| *b == b'\n').map_or(low, |at| low + at + 1);
            let end = bytes[middle..high].iter().position(|b| *b == b'\n').map_or(high, |at| middle + at);
            let (found, name) = lines[start..end].split_once('\t')?;
            match found.cmp(key) {
                Ordering::Equal => return Some(name),
                Ordering::Less => low = (end + 1).min(high),
                Ordering::Greater => high = start,
            }
        }
        None
    }

    /// All keys and names of a language, sorted by key.
    pub fn all(&self, language: &str) -> impl Iterator<Item = (&str, &str)> {
        self.lines(language).unwrap_or_default().lines().filter_map(|line| line.split_once('\t'))
    }

    fn lines(&self, language: &str) -> Option<&str> {
        let at = LANGUAGES.iter().position(|known| *known == language)?;
        let unpack = || {
            let bytes = self.packed.section(language).map(|bytes| bytes.into_owned());
            bytes.ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
        };
        Some(self.languages[at].get_or_init(unpack))
    }
}

/// Packs names: by language, then by key.
///
/// # Panics
/// When a key or name holds a tab or a line's end.
pub fn write_names(names: &BTreeMap<String, BTreeMap<String, String>>, sources: &str) -> Vec<u8> {
    let mut writer = PackedWriter::new(KIND, LAYOUT, sources);
    for (language, names) in names {
        let mut lines = String::new();
        for (key, name) in names {
            assert!(!format!("{key}{name}").contains(['\t', '\n']), "a name of two lines: {key} {name:?}");
            lines += &format!("{key}\t{name}\n");
        }
        writer.section(language, Compression::Zstd, lines.as_bytes());
    }
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_key_and_language() {
        let names = SpokenNames::embedded().unwrap();
        for (key, language, name) in [
            ("gn:524901", "ru", "Москва"),
            ("gn:524901", "ar", "موسكو"),
            ("gn:1853909", "ja", "大阪"),
            ("iso:JP", "th", "ญี่ปุ่น"),
            ("dl:sea-of-japan", "el", "Ιαπωνική Θάλασσα"),
        ] {
            assert_eq!(names.of(key, language), Some(name), "{key} {language}");
        }
        assert_eq!(names.of("gn:0", "ru"), None);
        assert_eq!(names.of("gn:524901", "en"), None);
        assert_eq!(names.of("gn:524901", "tlh"), None);
    }

    #[test]
    fn every_packed_name_is_found() {
        let names = SpokenNames::embedded().unwrap();
        for language in LANGUAGES {
            let mut count = 0;
            for (key, name) in names.all(language) {
                assert_eq!(names.of(key, language), Some(name), "{key} {language}");
                count += 1;
            }
            assert!(count > 200, "{language} has {count} names");
        }
    }
}

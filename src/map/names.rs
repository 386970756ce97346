//! Names for the base map: towns and seas of the gazetteer, the most prominent first; names in other languages.

use super::fonts;
use crate::gazetteer::{self, EntryId, Gazetteer, Kind, SpokenNames};
use crate::geometry::{Bbox, LonLat};
use crate::world::{Country, World};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// A name with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedPoint {
    /// The gazetteer's key.
    pub key: String,
    /// The usual English name.
    pub name: String,
    /// Where it is.
    pub position: LonLat,
    /// How prominent, the more the better known.
    pub prominence: u16,
    /// Whether it is a capital of a country.
    pub capital: bool,
    /// Its extent, where it is a sea.
    pub bbox: Option<Bbox>,
}

/// How prominent a town must be to be named on any base map.
const LEAST: u16 = 84;

/// Towns, the most prominent first; none when the gazetteer is damaged.
pub fn cities() -> &'static [NamedPoint] {
    static CITIES: OnceLock<Vec<NamedPoint>> = OnceLock::new();
    CITIES.get_or_init(|| of_kind(&[Kind::City], LEAST))
}

/// Seas, gulfs and straits, the most prominent first.
pub fn seas() -> &'static [NamedPoint] {
    static SEAS: OnceLock<Vec<NamedPoint>> = OnceLock::new();
    SEAS.get_or_init(|| of_kind(&[Kind::Sea], 0))
}

impl NamedPoint {
    /// The name in a language, else in English.
    pub fn name_in(&self, lang: &str) -> &str {
        name_of(&self.key, lang).unwrap_or(&self.name)
    }
}

/// The languages of names on maps, English first.
pub fn languages() -> Vec<&'static str> {
    std::iter::once("en").chain(gazetteer::LANGUAGES).collect()
}

/// The language of a BCP 47 tag, where names are known in it: `pt` of `pt-BR`. Chinese is in simplified characters.
pub fn language(tag: &str) -> Option<&'static str> {
    let parts: Vec<String> = tag.trim().split(['-', '_']).map(str::to_ascii_lowercase).collect();
    let traditional =
        parts[0] == "zh" && parts.iter().any(|p| matches!(p.as_str(), "hant" | "tw" | "hk" | "mo"));
    languages().into_iter().find(|known| *known == parts[0] && !traditional)
}

/// The name of the gazetteer's entry with this key in another language than English, where one is known and the
/// embedded fonts can write it.
pub fn name_of(key: &str, lang: &str) -> Option<&'static str> {
    if lang == "en" {
        return None;
    }
    SpokenNames::embedded().ok()?.of(key, lang).filter(|name| fonts::covers(name))
}

/// Whether a language writes in Latin letters, so that an English name beside its own does not look astray.
pub fn is_latin(lang: &str) -> bool {
    matches!(lang, "en" | "de" | "es" | "fr" | "pl" | "pt" | "tr" | "vi")
}

/// The name of a country in a language, else in English.
pub fn country_name<'w>(country: &'w Country, lang: &str) -> &'w str {
    if lang == "en" {
        return &country.name;
    }
    let known = name_of(&format!("iso:{}", country.code), lang);
    let known = known.unwrap_or_else(|| country.name_in(lang));
    if fonts::covers(known) { known } else { &country.name }
}

/// The name of whatever has this key in another language than English: also of countries and their units.
pub fn any_name<'w>(world: &'w World, key: &str, lang: &str) -> Option<&'w str> {
    if let Some(name) = name_of(key, lang) {
        return Some(name);
    }
    let unit = match key.split_once(':')? {
        ("iso", code) => match world.country(code) {
            Some(country) => return Some(country_name(country, lang)),
            None => world.unit(code),
        },
        ("gn", number) => world.unit_by_geonames(number.parse().ok()?),
        _ => None,
    };
    unit?.names.get(lang).map(String::as_str).filter(|name| lang != "en" && fonts::covers(name))
}

/// A name in capitals as its language writes them: Turkish keeps the dot of its i, Greek drops its accents.
/// Scripts without capitals stay as they are.
pub fn capitals(name: &str, lang: &str) -> String {
    match lang {
        "tr" => name.replace('i', "İ").to_uppercase(),
        "el" => {
            let accents = |c: &char| !matches!(c, '\u{301}' | '\u{300}' | '\u{342}');
            name.to_uppercase().nfd().filter(accents).nfc().collect()
        }
        _ => name.to_uppercase(),
    }
}

fn of_kind(kinds: &[Kind], least: u16) -> Vec<NamedPoint> {
    let Ok(gazetteer) = Gazetteer::embedded() else { return Vec::new() };
    let ids = (0..gazetteer.len() as u32).map(EntryId);
    let mut entries: Vec<(u16, EntryId)> = ids
        .filter(|id| kinds.contains(&gazetteer.kind(*id)))
        .map(|id| (gazetteer.prominence(id), id))
        .filter(|(prominence, _)| *prominence >= least)
        .collect();
    entries.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let named = |(prominence, id): (u16, EntryId)| {
        let entry = gazetteer.entry(id);
        NamedPoint {
            key: entry.key.to_string(),
            name: entry.name.to_owned(),
            position: entry.position,
            prominence,
            capital: entry.feature == "PPLC",
            bbox: entry.bbox,
        }
    };
    entries.into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_packed_name_can_be_drawn() {
        let names = SpokenNames::embedded().unwrap();
        for lang in gazetteer::LANGUAGES {
            for (key, name) in names.all(lang) {
                assert!(fonts::covers(name), "{key} {lang} {name}");
                let runs = fonts::runs(fonts::Face::SemiBold, name, lang);
                assert!(runs.iter().flat_map(|run| &run.glyphs).all(|g| g.id != 0), "{key} {lang} {name}");
            }
        }
        // the countries' names that the world has of its own
        let world = World::embedded().unwrap();
        for country in world.countries() {
            for lang in gazetteer::LANGUAGES {
                assert!(fonts::covers(country_name(country, lang)), "{} {lang}", country.code);
            }
        }
    }

    #[test]
    fn most_of_a_base_map_has_a_name_in_each_language() {
        let world = World::embedded().unwrap();
        let share = |known: usize, all: usize| 100 * known / all;
        for lang in gazetteer::LANGUAGES {
            let said = |key: &str| name_of(key, lang).is_some();
            let countries = world.countries().iter().filter(|c| said(&format!("iso:{}", c.code))).count();
            // languages in Latin letters call many countries as English does, and those are not packed
            let least = if is_latin(lang) { 35 } else { 98 };
            assert!(share(countries, world.countries().len()) >= least, "{lang}: {countries} countries");
            let seas = seas().iter().take(60).filter(|sea| said(&sea.key)).count();
            assert!(share(seas, 60) >= 90, "{lang}: {seas} of 60 seas");
            let towns = cities().iter().take(300).filter(|town| said(&town.key)).count();
            let least = if is_latin(lang) { 15 } else { 95 };
            assert!(share(towns, 300) >= least, "{lang}: {towns} of 300 towns");
        }
    }

    #[test]
    fn a_name_is_in_its_language_or_in_english() {
        let world = World::embedded().unwrap();
        let japan = world.country("JP").unwrap();
        assert_eq!(country_name(japan, "th"), "ญี่ปุ่น");
        assert_eq!(country_name(japan, "en"), "Japan");
        assert_eq!(any_name(world, "iso:RU-KRS", "ru"), Some("Курская область"));
        assert_eq!(any_name(world, "iso:RU-KRS", "en"), None);
        assert_eq!(any_name(world, "iso:RU-KRS", "th"), None); // no unit has a Thai name: the report's stays
        assert_eq!(any_name(world, "dl:nowhere", "ru"), None);
    }

    #[test]
    fn tags_lead_to_their_language() {
        assert_eq!(language("ru"), Some("ru"));
        assert_eq!(language("pt-BR"), Some("pt"));
        assert_eq!(language("ZH_Hans_CN"), Some("zh"));
        for unknown in ["zh-Hant", "zh-TW", "tlh", "", "-"] {
            assert_eq!(language(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn capitals_are_those_of_the_language() {
        assert_eq!(capitals("Türkiye", "tr"), "TÜRKİYE");
        assert_eq!(capitals("Ελλάδα", "el"), "ΕΛΛΑΔΑ");
        assert_eq!(capitals("Россия", "ru"), "РОССИЯ");
        assert_eq!(capitals("مصر", "ar"), "مصر");
    }
}

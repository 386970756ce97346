//! The embedded gazetteer, asked as the reader asks it.

use proptest::prelude::*;

use super::*;
use crate::geometry::LonLat;
use std::collections::BTreeMap;

fn gazetteer() -> &'static Gazetteer {
    Gazetteer::embedded().unwrap()
}

/// The keys of what bears a name, in order.
fn keys(name: &str) -> Vec<String> {
    gazetteer().find(name).iter().map(|found| gazetteer().entry(found.entry).key.to_string()).collect()
}

fn first(name: &str) -> String {
    keys(name).into_iter().next().unwrap_or_default()
}

fn searched(query: &Query) -> Vec<HitRow> {
    gazetteer().search(query).iter().map(|hit| gazetteer().hit_row(hit)).collect()
}

#[test]
fn wonsan_is_found_by_three_of_its_names() {
    for name in ["Wonsan", "Wŏnsan", "Gensan", "원산", "Вонсан", "WONSAN"] {
        assert_eq!(first(name), "gn:1866923", "{name}");
    }
    assert!(keys("Wonsan").contains(&"port:KPWON".to_owned()));
    let g = gazetteer();
    assert_eq!(g.entry(g.by_key("gn:1866923").unwrap()).name, "Wonsan");
}

#[test]
fn the_best_known_bearer_of_a_name_comes_first() {
    for (name, key) in [
        ("Rome", "gn:3169070"),
        ("Moscow", "gn:524901"),
        ("Paris", "gn:2988507"),
        ("London", "gn:2643743"),
        ("Kyiv", "gn:703448"),
        ("Kiev", "gn:703448"),
        ("Georgia", "iso:GE"),
        ("Vladivostok", "gn:2013348"),
        ("Seoul", "gn:1835848"),
        ("Pyongyang", "gn:1871859"),
        ("Burma", "iso:MM"),
        ("Britain", "iso:GB"),
        ("England", "iso:GB-ENG"),
        ("Zaire", "iso:CD"),
        ("Crimea", "dl:crimea"),
        ("Black Sea", "dl:black-sea"),
        ("Bab el-Mandeb", "dl:bab-al-mandab-strait"),
        ("Montana", "iso:US-MT"),
        ("Odessa", "gn:698740"),
        ("the Netherlands", "iso:NL"),
        ("Middle East", "dl:middle-east"),
        ("Mogadishu International Airport", "iata:MGQ"),
        ("Rafah crossing", "dl:rafah-crossing"),
    ] {
        assert_eq!(first(name), key, "{name}");
    }
    let rome = keys("Rome");
    let place = |key: &str| rome.iter().position(|found| found == key).unwrap();
    assert!(place("gn:3169070") < place("gn:4219762"), "{rome:?}");
}

#[test]
fn kursk_is_a_city_and_an_oblast() {
    let kursk = keys("Kursk");
    assert!(kursk.contains(&"iso:RU-KRS".to_owned()) && kursk.contains(&"gn:538560".to_owned()), "{kursk:?}");
    for name in ["Kursk Oblast", "Kursk region", "Kursk oblast", "the Kursk region", "Kursk Region"] {
        assert_eq!(first(name), "iso:RU-KRS", "{name}");
    }
}

#[test]
fn a_city_is_in_its_unit_and_that_in_its_country() {
    let g = gazetteer();
    let sudzha = g.entry(g.find("Sudzha")[0].entry);
    let unit = g.entry(sudzha.unit.unwrap());
    assert_eq!(
        (unit.key.to_string().as_str(), unit.kind, unit.country),
        ("iso:RU-KRS", Kind::Unit, Some("RU"))
    );
    assert_eq!(g.entry(g.country("RU").unwrap()).name, "Russia");
    let bbox = unit.bbox.unwrap();
    assert!(bbox.contains(sudzha.position) && bbox.contains(unit.position));
}

#[test]
fn short_forms_and_codes_are_found_only_as_they_are_written() {
    for (name, key) in [
        ("U.S.", "iso:US"),
        ("US", "iso:US"),
        ("UK", "iso:GB"),
        ("N.D.", "iso:US-ND"),
        ("Calif.", "iso:US-CA"),
        ("Md.", "iso:US-MD"),
        ("La.", "iso:US-LA"),
        ("L.A.", "gn:5368361"),
        ("Nfld.", "iso:CA-NL"),
        ("B.C.", "iso:CA-BC"),
        ("D.C.", "iso:US-DC"),
        ("UAE", "iso:AE"),
        ("DPRK", "iso:KP"),
        ("SVO", "iata:SVO"),
    ] {
        assert_eq!(first(name), key, "{name}");
    }
    for word in ["us", "svo", "ill", "Ill", "miss", "in", "or", "me"] {
        let found = gazetteer().find(word);
        let short = |found: &Found| matches!(found.name_kind, NameKind::Abbreviation | NameKind::Code);
        assert!(!found.iter().any(short), "{word}: {found:?}");
    }
}

#[test]
fn every_key_leads_back_to_its_entry() {
    let g = gazetteer();
    for id in (0..g.len() as u32).step_by(97).map(EntryId) {
        let entry = g.entry(id);
        assert_eq!(g.by_key(&entry.key.to_string()), Some(id));
        assert!(entry.position.is_valid() && !entry.name.is_empty(), "{entry:?}");
        assert!(g.find(entry.name).iter().any(|found| found.entry == id), "{entry:?}");
    }
    assert_eq!(g.by_key("gn:538555"), g.by_key("iso:RU-KRS"));
    for unknown in ["", "gn:", "gn:x", "gn:4294967295", "iso:ZZ", "RU"] {
        assert_eq!(g.by_key(unknown), None, "{unknown}");
    }
}

#[test]
fn the_longest_run_of_words_is_taken() {
    let g = gazetteer();
    let taken = |words: &[&str]| {
        g.longest(words).map(|(count, found)| (count, g.entry(found[0].entry).key.to_string()))
    };
    assert_eq!(taken(&["New", "York", "City", "police"]), Some((3, "gn:5128581".into())));
    assert_eq!(taken(&["Kursk", "region", "of", "Russia"]), Some((2, "iso:RU-KRS".into())));
    assert_eq!(taken(&["Sea", "of", "Japan", "and"]), Some((3, "dl:sea-of-japan".into())));
    assert_eq!(taken(&["province", "of", "Idlib", "in"]), Some((3, "iso:SY-ID".into())));
    assert_eq!(taken(&["xyzzy", "Rome"]), None);
    assert_eq!(taken(&[]), None);
}

#[test]
fn prefixes_give_the_most_prominent_names_and_typos_the_closest() {
    let g = gazetteer();
    let starts = g.prefix("vladiv", 3);
    assert_eq!((starts[0].name.as_str(), starts.len()), ("vladivostok", 3));
    let like = g.similar("Vladivostock", 3);
    assert_eq!((like[0].name.as_str(), like[0].typos), ("vladivostok", 1));
    assert_eq!(g.similar("Pyongyagn", 1)[0].name, "pyongyang");
}

#[test]
fn a_search_minds_containers_nearness_country_and_kind() {
    let named = |name: &str| Query { name: name.into(), ..Query::default() };
    assert_eq!(searched(&named("Paris, Texas"))[0].id, "gn:4717560");
    assert_eq!(searched(&named("Paris"))[0].id, "gn:2988507");
    assert_eq!(searched(&named("Vladivostock"))[0].id, "gn:2013348");
    let near = Query { near: Some(LonLat::new(-85.2, 34.3)), ..named("Rome") };
    assert_eq!(searched(&near)[0].id, "gn:4219762");
    let inside = Query { country: Some("us".into()), ..named("Moscow") };
    assert!(searched(&inside).iter().all(|row| row.country.as_deref() == Some("US")));
    let units = Query { kind: Some(Kind::Unit), ..named("Kursk") };
    let rows = searched(&units);
    assert_eq!((rows[0].id.as_str(), rows[0].kind), ("iso:RU-KRS", "unit"));
    assert!(rows[0].reasons.contains(&"exact name".to_owned()) && rows[0].score <= 1.0);
    let json = serde_json::to_value(&rows[0]).unwrap();
    assert_eq!(json["name"], "Kursk Oblast");
}

#[test]
fn names_in_other_languages_are_kept() {
    let g = gazetteer();
    let russia = g.country("RU").unwrap();
    assert_eq!(g.name_in(russia, "de"), "Russland");
    assert_eq!(g.name_in(russia, "no such language"), "Russia");
    let wonsan = g.names(g.by_key("gn:1866923").unwrap());
    assert!(wonsan.iter().any(|(_, name)| name == "원산"), "{wonsan:?}");
}

#[test]
fn what_is_near_a_position_is_found_across_the_antimeridian_too() {
    let g = gazetteer();
    let near = g.nearest(LonLat::new(131.87, 43.11), 3);
    assert_eq!(g.entry(near[0].0).key.to_string(), "gn:2013348");
    let taveuni = g.nearest(LonLat::new(179.99, -16.8), 5);
    assert!(taveuni.iter().all(|(_, km)| *km < 250.0), "{taveuni:?}");
    assert_eq!(g.nearest(LonLat::new(0.0, -90.0), 2).len(), 2);
    assert!(g.nearest(LonLat::new(f64::NAN, 0.0), 2).is_empty());
}

#[test]
fn the_nearest_of_the_grid_are_the_nearest_of_all() {
    let g = gazetteer();
    for p in [
        LonLat::new(-42.0, 71.5),
        LonLat::new(13.4, 52.5),
        LonLat::new(-179.5, 66.0),
        LonLat::new(80.0, 80.5),
    ] {
        let mut all: Vec<(EntryId, f64)> = (0..g.len() as u32)
            .map(EntryId)
            .filter(|&id| matches!(g.kind(id), Kind::City | Kind::Quarter))
            .map(|id| (id, near::distance_km(p, g.record(id).position())))
            .collect();
        all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        assert_eq!(g.nearest(p, 7), all[..7], "{p:?}");
    }
}

#[test]
fn peoples_languages_and_institutions_lead_to_their_places() {
    let g = gazetteer();
    let of = |word: &str| {
        g.demonym(word).map(|demonym| (g.entry(demonym.entry).key.to_string(), demonym.language))
    };
    assert_eq!(of("Ukrainian"), Some(("iso:UA".into(), true)));
    assert_eq!(of("Ukrainians"), Some(("iso:UA".into(), false)));
    assert_eq!(of("Texans"), Some(("iso:US-TX".into(), false)));
    assert_eq!(of("polish"), None);
    let kremlin = g.institution("the Kremlin").unwrap();
    assert_eq!(kremlin.country, g.country("RU"));
    assert_eq!(g.entry(kremlin.place.unwrap()).kind, Kind::Building);
    assert_eq!(g.institution("the White Horse"), None);
}

#[test]
fn words_that_are_more_than_places_are_known() {
    let g = gazetteer();
    assert!(g.commonness("reading").english_word);
    assert!(g.commonness("florence").given_name);
    assert!(g.commonness("jackson").surname);
    assert_eq!(g.commonness("vladivostok"), Commonness::default());
}

#[test]
fn strange_names_are_no_trouble() {
    let g = gazetteer();
    for name in ["", " ", "\0\u{7}\n", "...", "\u{202e}", &"a".repeat(10_000), &"ñ".repeat(10_000)] {
        assert!(g.find(name).is_empty());
        assert!(g.similar(name, 5).is_empty());
        g.prefix(name, 5);
        g.search(&Query { name: name.to_owned(), ..Query::default() });
    }
    assert_eq!(g.longest(&["New", &"y".repeat(10_000)]), None);
}

/// A gazetteer of two, packed and opened.
fn small() -> Vec<u8> {
    let row = |key: &str, kind, name: &str| Source {
        key: key.into(),
        also_key: String::new(),
        kind,
        name: name.into(),
        lon: 1.0,
        lat: 2.0,
        country: "RU".into(),
        unit: String::new(),
        district: String::new(),
        population: 5,
        feature: String::new(),
        bbox: None,
        extent: String::new(),
        weight: None,
        names: vec![SourceName { name: name.into(), kind: NameKind::Usual, lang: "en".into(), rank: 0 }],
    };
    let rows = vec![row("gn:7", Kind::City, "Here"), row("iso:RU", Kind::Country, "There")];
    write(rows, &[("Thereans".into(), "iso:RU".into(), false)], &[], &BTreeMap::new(), "made up")
}

#[test]
fn what_was_packed_is_found() {
    let g = Gazetteer::open(small().leak()).unwrap();
    assert_eq!((g.len(), g.sources()), (2, "made up"));
    let here = g.entry(g.find("here")[0].entry);
    assert_eq!(
        (here.key.to_string().as_str(), here.position, here.country),
        ("gn:7", LonLat::new(1.0, 2.0), Some("RU"))
    );
    assert_eq!(g.names(here.id), [("en".to_owned(), "Here".to_owned())]);
    assert_eq!(g.demonym("Thereans").unwrap().entry, g.country("RU").unwrap());
}

#[test]
fn a_damaged_file_gives_one_clear_error() {
    let whole = small();
    for damaged in [whole[..whole.len() / 2].to_vec(), b"GIF89a".to_vec(), Vec::new()] {
        let error = Gazetteer::open(damaged.leak()).unwrap_err().to_string();
        assert!(error.starts_with("assets/gazetteer.dl: ") && error.contains("make geodata"), "{error}");
    }
    let records = (0..whole.len()).rev().step_by(7).take(40);
    for at in records {
        let mut flipped = whole.clone();
        flipped[at] ^= 0x40;
        // Blocks of names are checked when they are opened: a damaged one has no names.
        if let Ok(g) = Gazetteer::open(flipped.leak()) {
            assert!(g.names(EntryId(0)).is_empty() || g.names(EntryId(0)).len() == 1);
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_looked_up_without_panic(text in ".{0,60}", lon in -200.0..200.0f64, lat in -100.0..100.0f64) {
        let g = gazetteer();
        for found in g.find(&text).iter() {
            g.entry(found.entry);
        }
        let words: Vec<&str> = text.split(' ').collect();
        if let Some((count, found)) = g.longest(&words) {
            prop_assert!(count >= 1 && count <= words.len() && !found.is_empty());
        }
        g.contains_name_prefix(&fold(&text));
        g.demonym(&text);
        g.institution(&text);
        g.nearest(LonLat::new(lon, lat), 2);
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn a_name_is_found_however_it_is_cased(id in 0u32..200_000) {
        let g = gazetteer();
        let name = g.entry(EntryId(id)).name;
        prop_assert!(g.find(&name.to_uppercase()).iter().any(|found| found.entry == EntryId(id)), "{}", name);
    }
}

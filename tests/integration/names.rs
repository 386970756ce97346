//! What names do in sentences of our own: found or not, ground or actor, and where they lie.

use dateline::gazetteer::Gazetteer;
use dateline::mentions::{Mention, MentionKind, names};
use dateline::places::{self, Place, PlaceKind, Precision, ResolveOptions, Resolved};
use dateline::reading::trees;
use dateline::report::{Report, Source};
use dateline::world::World;

struct Read {
    resolved: Resolved,
}

fn read_with(text: &str, parse: bool, demonyms: bool) -> Read {
    let report = Report::from_text(text, &Source::default());
    let gazetteer = Gazetteer::embedded().unwrap();
    let trees = if parse { trees(&report) } else { Vec::new() };
    let names = names::find(&report, &trees, gazetteer);
    let world = World::embedded().ok();
    let options = ResolveOptions { demonyms, world, ..ResolveOptions::default() };
    let resolved = places::resolve(&report, &names, gazetteer, &options);
    for mention in &resolved.mentions {
        assert_eq!(mention.span.of(&report.text), mention.text);
    }
    Read { resolved }
}

fn read(text: &str) -> Read {
    read_with(text, true, false)
}

impl Read {
    fn texts(&self) -> Vec<&str> {
        self.resolved.mentions.iter().map(|m| m.text.as_str()).collect()
    }

    fn mention(&self, text: &str) -> &Mention {
        let found = self.resolved.mentions.iter().find(|m| m.text == text);
        found.unwrap_or_else(|| panic!("{text:?} is not among {:?}", self.texts()))
    }

    fn kind(&self, text: &str) -> MentionKind {
        self.mention(text).kind
    }

    fn place(&self, text: &str) -> &Place {
        let id = self.mention(text).place.as_ref().unwrap();
        self.resolved.places.iter().find(|p| p.id == *id).unwrap()
    }

    fn near(&self, text: &str, lat: f64, lon: f64, degrees: f64) {
        let place = self.place(text);
        let (y, x) = (place.lat.unwrap(), place.lon.unwrap());
        assert!(
            (y - lat).abs() < degrees && (x - lon).abs() < degrees,
            "{text} lies at {y}, {x}: {:?}",
            place.reasons
        );
    }
}

#[test]
fn a_state_after_the_comma_decides() {
    let read = read("The bus left Paris, Texas, at noon and reached Tyler before dark.");
    read.near("Paris", 33.66, -95.55, 0.3);
    assert!(
        read.place("Paris").reasons.iter().any(|r| r.contains("Texas")),
        "{:?}",
        read.place("Paris").reasons
    );
    assert!(!read.place("Paris").rivals.is_empty());
}

#[test]
fn the_best_known_place_wins_in_news_of_the_world() {
    let read = read("Ministers of Italy, France and Egypt met in Rome on Monday before flying to Paris.");
    read.near("Rome", 41.9, 12.5, 0.3);
    read.near("Paris", 48.86, 2.35, 0.3);
}

#[test]
fn a_capital_that_speaks_is_an_actor() {
    let read =
        read("Moscow denied the report. Ships sailed from Moscow to Astrakhan. Tokyo said it would wait.");
    assert_eq!(
        read.resolved.mentions.iter().map(|m| m.kind).collect::<Vec<_>>()[..2],
        [MentionKind::Actor, MentionKind::Toponym]
    );
    assert_eq!(read.kind("Tokyo"), MentionKind::Actor);
    assert_eq!(read.kind("Astrakhan"), MentionKind::Toponym);
}

#[test]
fn a_country_that_sends_is_an_actor_and_the_goal_is_ground() {
    let read = read("Mexico has sent two ships to Cuba. Brazilian officials said Peru's claims were false.");
    assert_eq!(read.kind("Mexico"), MentionKind::Actor);
    assert_eq!(read.kind("Cuba"), MentionKind::Toponym);
    assert_eq!(read.kind("Peru"), MentionKind::Actor);
}

#[test]
fn what_describes_an_office_is_an_actor() {
    let read = read("U.S. officials flew to Amman on Friday, and the U.K. government followed.");
    assert_eq!(read.kind("U.S."), MentionKind::Actor);
    assert_eq!(read.kind("U.K."), MentionKind::Actor);
    assert_eq!(read.kind("Amman"), MentionKind::Toponym);
}

#[test]
fn a_place_that_is_left_is_ground() {
    let read = read("The convoy left Aleppo on Sunday. About 200 people fled Aleppo later.");
    assert!(read.resolved.mentions.iter().all(|m| m.kind == MentionKind::Toponym));
}

#[test]
fn a_person_is_no_place() {
    let read = read("Paris Jackson met Chelsea Clinton in London. Jackson said Clinton was late.");
    assert_eq!(read.texts(), ["London"]);
}

#[test]
fn ordinary_words_with_capitals_are_no_places() {
    let read = read(
        "Reading is hard, said the teacher. In March, Police in Leeds held two men. Mobile phones rang.",
    );
    assert_eq!(read.texts(), ["Leeds"]);
}

#[test]
fn a_compass_part_is_an_area_within_its_country() {
    let read = read("Families were moved from eastern Ukraine to Poland.");
    let part = read.place("eastern Ukraine");
    assert_eq!(
        (part.kind, part.precision, part.part.as_deref()),
        (PlaceKind::Part, Precision::Vague, Some("east"))
    );
    assert_eq!(part.within, Some(read.place("Ukraine").id.clone()));
    assert!(part.lon.unwrap() > 34.0, "{part:?}");
    assert!(part.radius_km.unwrap() > 100.0);
}

#[test]
fn the_east_of_a_country_across_180_degrees_has_a_point() {
    let read = read("Crews were flown to eastern Russia and to the far east of Russia.");
    assert!(read.place("eastern Russia").lon.unwrap() > 90.0);
    assert!(read.place("eastern Russia").radius_km.unwrap() < 4000.0, "{:?}", read.place("eastern Russia"));
    assert_eq!(read.place("far east of Russia").part.as_deref(), Some("far east"));
}

#[test]
fn hyphened_parts_and_northern_islands_are_parts() {
    let read =
        read("Snow fell in north-eastern Syria, and a storm struck northern Luzon in the Philippines.");
    assert_eq!(read.place("north-eastern Syria").part.as_deref(), Some("north-east"));
    assert_eq!(read.place("northern Luzon").part.as_deref(), Some("north"));
}

#[test]
fn a_region_is_the_unit_where_there_is_one() {
    let read = read("Shells fell in the Kursk region of Russia.");
    let place = read.place("Kursk region");
    assert_eq!((place.kind, place.precision), (PlaceKind::Region, Precision::Region));
    assert!(place.name.contains("Kursk"));
    assert!(place.radius_km.unwrap() > 100.0);
}

#[test]
fn a_region_around_a_town_is_coarser_than_the_town() {
    let read = read("Ships left the Wonsan region of North Korea for Vladivostok in Russia.");
    let place = read.place("Wonsan region");
    assert_eq!((place.kind, place.precision), (PlaceKind::Region, Precision::Region));
    assert!(place.entry.is_none() && place.radius_km.unwrap() >= 30.0);
}

#[test]
fn counted_sites_are_one_unplaced_place_within_their_area() {
    let read = read("They were taken to three military training sites in eastern Russia, officials said.");
    let sites = read.place("three military training sites");
    assert_eq!((sites.count, sites.precision, sites.lon), (Some(3), Precision::Unplaced, None));
    assert_eq!(sites.within, Some(read.place("eastern Russia").id.clone()));
}

#[test]
fn near_and_off_are_vague() {
    let read = read("The boat sank off the coast of Tunisia. A plane landed near Kharkiv in Ukraine.");
    assert_eq!(read.place("coast of Tunisia").precision, Precision::Vague);
    assert_eq!(read.place("Kharkiv").precision, Precision::Vague);
    assert_eq!(read.place("Kharkiv").name, "near Kharkiv");
}

#[test]
fn type_words_belong_to_names() {
    let read = read(
        "Floods closed roads in Fulton County, Georgia, and along the Chattahoochee River near Atlanta.",
    );
    assert!(read.texts().contains(&"Fulton County"), "{:?}", read.texts());
    assert!(read.texts().contains(&"Chattahoochee River"), "{:?}", read.texts());
    read.near("Fulton County", 33.79, -84.46, 0.6);
}

#[test]
fn short_forms_of_states_are_read() {
    let read = read("FARGO, N.D. (AP) -- Two buses from Gary, Ind., arrived in Fargo on Tuesday.");
    read.near("N.D.", 47.5, -100.5, 2.0);
    read.near("Gary", 41.59, -87.35, 0.3);
}

#[test]
fn demonyms_are_kept_apart() {
    let text = "Syrian families reached Jordan, where many learned English.";
    assert_eq!(read(text).texts(), ["Jordan"]);
    let with = read_with(text, true, true);
    assert_eq!(with.kind("Syrian"), MentionKind::Demonym);
    assert!(!with.texts().contains(&"English"));
}

#[test]
fn one_name_means_one_place_in_a_text() {
    let read = read("Police in Springfield, Illinois, searched the river. Springfield has 114,000 people.");
    let ids: Vec<_> =
        read.resolved.mentions.iter().filter(|m| m.text == "Springfield").map(|m| &m.place).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    assert_eq!(read.resolved.places.iter().filter(|p| p.name == "Springfield").count(), 1);
}

#[test]
fn an_unknown_feature_is_kept_without_a_point() {
    let read = read("A hiker was found near Quillbrook Creek in Vermont.");
    assert_eq!(read.place("Quillbrook Creek").precision, Precision::Unplaced);
    assert!(read.resolved.remarks.iter().any(|r| r.code == "unplaced"));
}

#[test]
fn the_kremlin_speaks() {
    let read = read("The Kremlin dismissed the claims. The White House said it would not comment.");
    assert_eq!(read.kind("Kremlin"), MentionKind::Actor);
    assert_eq!(read.kind("White House"), MentionKind::Actor);
}

#[test]
fn the_north_is_the_country_that_was_named() {
    let read = read("North Korea closed a port. Seoul said the North had sent a ship to Russia.");
    assert_eq!(read.place("North").id, read.place("North Korea").id);
    assert_eq!(read.kind("North"), MentionKind::Actor);
}

#[test]
fn names_are_found_without_a_parse() {
    let read = read_with(
        "SEOUL, Oct 23 (Reuters) - The ship left Wonsan for Vladivostok in eastern Russia.",
        false,
        false,
    );
    for name in ["SEOUL", "Wonsan", "Vladivostok", "eastern Russia", "Russia"] {
        assert!(read.texts().contains(&name), "{name}: {:?}", read.texts());
    }
}

#[test]
fn nothing_and_odd_bytes_are_read_too() {
    for text in [
        "",
        " ",
        "\u{0}",
        "….’s",
        "ʻ",
        "Ａ",
        "U.S.",
        "’",
        "Côte d’Ivoire’s",
        "İ I ı",
        "the North",
        "of the",
        "St.",
    ] {
        read(text);
        read_with(text, false, true);
    }
}

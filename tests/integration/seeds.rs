//! The two reports the program was made for: every trap of PRODUCT.md's table that a reading can fall into.

use super::shared;
use dateline::layers::{self, Layers, Listed};
use dateline::mentions::MentionKind;
use dateline::movements::{Mode, Movement, Stance, Status};
use dateline::reading::{ReadOptions, Reading, read};
use dateline::report::{Report, Source};
use dateline::story::{Story, merge};
use dateline::world::World;

fn seed(name: &str) -> Option<Reading> {
    let path = shared::folder()?.join("seeds").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    let source = if name.starts_with("004") { Source::published("2024-10-23") } else { Source::default() };
    Some(read(Report::from_text(&text, &source), &ReadOptions::default()))
}

fn first() -> Option<Reading> {
    seed("000_4f24b90b64d3b64d.txt")
}

fn second() -> Option<Reading> {
    seed("004_cd29109e3d484f25.txt")
}

/// Both reports as one story, the second without a date, and its layers.
fn together() -> Option<(Story, Layers)> {
    let folder = shared::folder()?.join("seeds");
    let readings = ["000_4f24b90b64d3b64d.txt", "004_cd29109e3d484f25.txt"].map(|name| {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        read(Report::from_text(&text, &Source::default()), &ReadOptions::default())
    });
    let story = merge(readings.to_vec());
    let layers = layers::from_story(&story, World::embedded().unwrap());
    Some((story, layers))
}

/// The names of places, those of unplaced sites with the area they lie in.
fn names(reading: &Reading, ids: &[String]) -> Vec<String> {
    let find = |id: &String| reading.places.iter().find(|place| place.id == *id).unwrap();
    ids.iter()
        .map(find)
        .map(|place| match &place.within {
            Some(within) if place.lon.is_none() => format!("{} in {}", place.name, find(within).name),
            _ => place.name.clone(),
        })
        .collect()
}

fn going<'r>(reading: &'r Reading, to: &str) -> Vec<&'r Movement> {
    let told = |m: &&Movement| names(reading, &m.destination).iter().any(|name| name.contains(to));
    reading.movements.iter().filter(|m| !m.background).filter(told).collect()
}

#[test]
fn the_two_legs_of_the_key_sentence_are_found() {
    let Some(reading) = first() else { return };
    let sea = going(&reading, "Vladivostok")[0];
    assert!(names(&reading, &sea.origin)[0].contains("Wonsan"), "{:?}", names(&reading, &sea.origin));
    assert_eq!((sea.mode, sea.status), (Mode::Sea, Status::Happened));
    let quantity = sea.quantity.as_ref().unwrap();
    assert_eq!((quantity.min, quantity.max), (Some(3000.0), None));
    let when = sea.when.as_ref().unwrap();
    let days = (when.earliest.unwrap().to_string(), when.latest.unwrap().to_string());
    assert_eq!(days, ("2024-10-01".to_owned(), "2024-10-20".to_owned()));
    assert!(when.inferred);

    let on = reading
        .movements
        .iter()
        .find(|m| names(&reading, &m.origin) == ["Vladivostok"])
        .expect("the leg from Vladivostok");
    assert!(
        names(&reading, &on.destination)[0].contains("eastern Russia"),
        "{:?}",
        names(&reading, &on.destination)
    );
    assert_eq!((on.journey, on.step), (sea.journey, sea.step + 1));
    assert_eq!(on.mode, Mode::Unknown, "by ship was the leg before");
    assert!(on.when.is_none(), "the date was the leg before's");
}

#[test]
fn the_legs_are_part_of_the_sending_of_three_thousand() {
    let Some(reading) = first() else { return };
    let sent = reading
        .movements
        .iter()
        .find(|m| {
            m.quantity.as_ref().is_some_and(|q| q.text.contains("3,000"))
                && names(&reading, &m.destination) == ["Russia"]
        })
        .expect("has sent 3,000 troops to Russia");
    assert!(sent.origin.is_empty(), "a sender is no stated origin");
    assert_eq!(names(&reading, &sent.origin_inferred), ["North Korea"]);
    assert_eq!(sent.status, Status::Happened);
    let sea = going(&reading, "Vladivostok")[0];
    assert_eq!(sea.part_of.as_ref(), Some(&sent.id));
}

#[test]
fn the_fork_is_possible_with_two_alternative_ends() {
    let Some(reading) = first() else { return };
    let fork = reading.movements.iter().find(|m| m.alternatives).expect("a fork");
    let ends = names(&reading, &fork.destination);
    assert!(
        ends.iter().any(|name| name == "eastern Ukraine") && ends.iter().any(|name| name.contains("Kursk")),
        "{ends:?}"
    );
    assert_eq!(fork.status, Status::Possible);
    assert!(fork.origin.is_empty());
    assert!(!fork.origin_inferred.is_empty(), "it starts where the leg before ended");
}

#[test]
fn no_movement_ends_where_people_only_spoke_or_at_a_government() {
    for reading in [first(), second()].into_iter().flatten() {
        for movement in reading.movements.iter().filter(|m| !m.background) {
            for name in
                names(&reading, &movement.origin).iter().chain(&names(&reading, &movement.destination))
            {
                for wrong in
                    ["Seoul", "Rome", "Moscow", "Pyongyang", "Kyiv", "Washington", "New York", "Kremlin"]
                {
                    assert!(!name.contains(wrong), "{name} is an end of {:?}", movement.trigger.text);
                }
            }
        }
    }
}

#[test]
fn the_promise_of_ten_thousand_stays_a_promise() {
    for reading in [first(), second()].into_iter().flatten() {
        for movement in &reading.movements {
            if movement.quantity.as_ref().is_some_and(|q| q.min == Some(10_000.0)) {
                assert_eq!(movement.status, Status::Planned, "{:?}", movement.trigger.text);
            }
        }
        let told: Vec<_> = reading.movements.iter().filter(|m| m.status == Status::Happened).collect();
        assert!(told.iter().all(|m| m.quantity.as_ref().is_none_or(|q| q.min.unwrap_or(0.0) <= 3000.0)));
        assert!(reading.movements.iter().any(|m| m.status == Status::Planned && m.quantity.is_some()));
    }
}

#[test]
fn the_batch_of_fifteen_hundred_is_kept_apart() {
    for reading in [first(), second()].into_iter().flatten() {
        let batch = reading
            .movements
            .iter()
            .find(|m| m.quantity.as_ref().is_some_and(|q| q.text.contains("1,500")))
            .expect("some 1,500");
        assert_eq!((batch.mode, batch.status), (Mode::Sea, Status::Happened));
        assert_eq!(names(&reading, &batch.destination), ["Russia"]);
        assert!(batch.part_of.is_some());
    }
}

#[test]
fn a_denial_binds_to_what_it_denies() {
    for reading in [first(), second()].into_iter().flatten() {
        let denials: Vec<_> = reading.claims.iter().filter(|claim| claim.stance == Stance::Denies).collect();
        let kremlin =
            denials.iter().find(|c| c.speaker.as_deref() == Some("The Kremlin")).expect("the Kremlin");
        let about = kremlin.about.as_ref().expect("about the deployment");
        let movement = reading.movements.iter().find(|m| m.id == *about).unwrap();
        assert_eq!(names(&reading, &movement.destination), ["Russia"]);
        assert!(movement.contested && movement.status == Status::Happened);
        let weapons: Vec<_> = denials.iter().filter(|c| c.quote.contains("transfers")).collect();
        assert!(!weapons.is_empty(), "the denial of weapons transfers is kept");
        assert!(weapons.iter().all(|c| c.about.is_none()), "and is about no movement of troops");
    }
}

#[test]
fn the_second_denial_of_the_first_report_is_kept_with_its_speaker() {
    let Some(reading) = first() else { return };
    let claim = reading
        .claims
        .iter()
        .find(|c| {
            c.stance == Stance::Denies && c.speaker.as_deref().is_some_and(|s| s.contains("representative"))
        })
        .expect("the representative to the United Nations");
    assert!(claim.about.is_some());
}

#[test]
fn silence_is_no_denial() {
    let Some(reading) = second() else { return };
    assert!(reading.claims.iter().all(|c| c.stance != Stance::Denies
        || c.speaker.as_deref() != Some("Pyongyang")
        || c.about.is_none()));
    assert!(reading.remarks.iter().any(|remark| remark.code == "no-stance"));
}

#[test]
fn the_invasion_and_the_incursion_are_background() {
    let Some(reading) = first() else { return };
    let day = |y, m, d| jiff::civil::date(y, m, d);
    for movement in reading.movements.iter().filter(|m| !m.background) {
        let text = movement.trigger.text.as_str();
        assert!(!text.starts_with("inva") && text != "incursion", "{text}");
        if let Some(latest) = movement.when.as_ref().and_then(|when| when.latest) {
            assert!(latest >= day(2024, 10, 1), "{text} is told of {latest}");
        }
    }
}

#[test]
fn relocated_families_stay_in_the_ledger_without_places() {
    let Some(reading) = second() else { return };
    let families = reading
        .claims
        .iter()
        .find(|claim| claim.quote.contains("relocating"))
        .expect("relocating these families");
    assert_eq!(families.about, None, "what has no place is no movement on a map");
    assert!(reading.movements.iter().all(|m| m.trigger.text != "relocating"));
}

#[test]
fn governments_are_actors_and_no_places() {
    for reading in [first(), second()].into_iter().flatten() {
        for mention in &reading.mentions {
            let actor = match mention.text.as_str() {
                "Moscow" | "Pyongyang" | "Kyiv" | "Washington" | "Kremlin" | "North" => true,
                "Seoul" => reading.report.text[mention.span.end..].starts_with(['’', '\'']),
                _ => false,
            };
            if actor {
                assert_eq!(mention.kind, MentionKind::Actor, "{} at {}", mention.text, mention.span.start);
            }
        }
    }
}

#[test]
fn where_people_spoke_is_kept_with_what_they_said() {
    let Some(reading) = first() else { return };
    let said_at = |words: &str| {
        let claim = reading
            .claims
            .iter()
            .find(|c| c.speaker.as_deref().is_some_and(|s| s.contains(words)) && c.said_at.is_some())
            .unwrap_or_else(|| panic!("{words} spoke somewhere"));
        names(&reading, claim.said_at.as_slice()).remove(0)
    };
    assert_eq!(said_at("lawmakers"), "Seoul");
    assert!(said_at("representative").starts_with("New York"));
}

#[test]
fn every_number_is_kept_with_its_speaker() {
    let Some((story, _)) = together() else { return };
    let told = |speaker: &str, figure: &str| {
        story.claims.iter().any(|claim| {
            claim.speaker.as_deref().is_some_and(|s| s.contains(speaker))
                && claim.quantity.as_ref().is_some_and(|q| q.text.contains(figure))
        })
    };
    for (speaker, figure) in [
        ("The United States", "3,000"),
        ("Kirby", "at least 3,000"),
        ("National Intelligence Service", "some 1,500"),
        ("lawmakers", "about 10,000"),
        ("Zelenskiy", "10,000"),
        ("Zelenskiy", "up to 12,000"),
        ("South Korean lawmakers", "3,000"),
    ] {
        assert!(told(speaker, figure), "{speaker}: {figure}");
    }
}

#[test]
fn days_of_the_week_are_days_of_october_2024() {
    let Some(reading) = first() else { return };
    let said_on = |words: &str| {
        let claims =
            reading.claims.iter().filter(|c| c.speaker.as_deref().is_some_and(|s| s.contains(words)));
        let when = claims.filter_map(|c| c.said_on.as_ref()).next().unwrap_or_else(|| panic!("{words}"));
        (when.latest.unwrap().to_string(), when.inferred)
    };
    assert_eq!(said_on("The United States"), ("2024-10-23".to_owned(), true));
    assert_eq!(said_on("National Intelligence"), ("2024-10-18".to_owned(), true));
    assert_eq!(said_on("representative"), ("2024-10-21".to_owned(), true));
    assert!(reading.remarks.iter().any(|remark| remark.code == "year-inferred"));
}

#[test]
fn what_surrounds_the_article_is_not_read() {
    for reading in [first(), second()].into_iter().flatten() {
        for words in ["Photo from", "Discover more", "Subscribe to get"] {
            let Some(start) = reading.report.text.find(words) else { continue };
            let line = start..start + reading.report.text[start..].lines().next().unwrap().len();
            assert!(reading.mentions.iter().all(|m| !line.contains(&m.span.start)), "{words}");
        }
    }
}

#[test]
fn a_claim_in_two_outlets_is_one_claim() {
    let Some((story, _)) = together() else { return };
    let twice = story.claims.iter().filter(|claim| !claim.also_in.is_empty());
    let speakers: Vec<&str> = twice.filter_map(|claim| claim.speaker.as_deref()).collect();
    for speaker in ["National Intelligence Service", "Zelenskiy", "lawmakers", "Kremlin"] {
        assert!(speakers.iter().any(|s| s.contains(speaker)), "{speaker}: {speakers:?}");
    }
}

#[test]
fn a_denial_here_and_a_silence_there_are_flagged() {
    let Some((story, _)) = together() else { return };
    assert!(story.disagreements.iter().any(|d| d.kind == "silence"), "{:?}", story.disagreements);
    assert!(story.disagreements.iter().any(|d| d.kind == "stance"));
}

#[test]
fn the_map_of_both_draws_two_legs_and_a_fork() {
    let Some((_, layers)) = together() else { return };
    let name = |end: &Option<layers::End>| end.as_ref().map_or("?", |end| end.name.as_str()).to_owned();
    let drawn: Vec<(String, String)> =
        layers.movements.iter().filter(|m| m.is_drawn()).map(|m| (name(&m.from), name(&m.to))).collect();
    let expected = [
        ("Wonsan region", "Vladivostok"),
        ("Vladivostok", "three military training sites"),
        ("three military training sites", "eastern Ukraine"),
        ("three military training sites", "Kursk Oblast"),
    ];
    assert_eq!(drawn, expected.map(|(from, to)| (from.to_owned(), to.to_owned())));
    let fork: Vec<_> = layers.movements.iter().filter(|m| m.is_drawn() && m.alternative).collect();
    assert!(fork.iter().all(|m| m.is_inferred() && m.from.as_ref().unwrap().inferred));
    let whole = layers.movements.iter().find(|m| m.listed == Some(Listed::Whole)).unwrap();
    assert!(whole.contested, "the denial is of the sending as a whole");
    let sea = layers.movements.iter().find(|m| m.is_drawn() && m.mode == Mode::Sea).unwrap();
    assert_eq!(sea.route.as_ref().unwrap().method, "sea lanes and water grid");
}

//! Movements in sentences of our own: made-up actors, real places.

use dateline::movements::{Mode, Movement, Stance, Status};
use dateline::reading::{ReadOptions, Reading, Spans, read};
use dateline::report::{Report, Source, Span};
use proptest::prelude::*;

fn reading(text: &str) -> Reading {
    read(Report::from_text(text, &Source::published("2031-03-12")), &ReadOptions::default())
}

/// Places in the words of the text: which entry a name means is another test's matter.
fn names(reading: &Reading, ids: &[String]) -> String {
    let name = |id: &String| {
        let mention = reading.mentions.iter().find(|mention| mention.place.as_ref() == Some(id));
        mention.map_or("?", |mention| &mention.text).to_owned()
    };
    ids.iter().map(name).collect::<Vec<_>>().join("+")
}

fn ends(reading: &Reading, movement: &Movement) -> String {
    format!("{} -> {}", names(reading, &movement.origin), names(reading, &movement.destination))
}

/// Ends and status of each movement with places.
fn told(text: &str) -> Vec<(String, Status)> {
    let reading = reading(text);
    let placed = |m: &&Movement| !(m.origin.is_empty() && m.destination.is_empty());
    reading.movements.iter().filter(placed).map(|m| (ends(&reading, m), m.status)).collect()
}

fn one(text: &str) -> (String, Status) {
    let mut all = told(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.remove(0)
}

fn check(text: &str, ends: &str, status: Status) {
    assert_eq!(one(text), (ends.to_owned(), status), "{text}");
}

#[test]
fn a_journey_that_was_cut_short_failed() {
    check(
        "A patrol that was sent from Warsaw to Prague was turned back.",
        "Warsaw -> Prague",
        Status::Failed,
    );
    check(
        "Three yachts that left Suva for Auckland on Tuesday have turned back.",
        "Suva -> Auckland",
        Status::Failed,
    );
    check("A convoy left Warsaw for Prague but broke down.", "Warsaw -> Prague", Status::Failed);
    // What the same ones did to others ends nothing.
    check("Troops moved from Warsaw to Prague and seized a bridge.", "Warsaw -> Prague", Status::Happened);
    check(
        "Rebels who had marched from Goma to Bukavu ambushed a patrol.",
        "Goma -> Bukavu",
        Status::Happened,
    );
}

#[test]
fn whatever_is_due_will_be_there() {
    check("The ferry is due in Marseille on Friday.", " -> Marseille", Status::Planned);
    let ways = told("The ferry sailed from Naples on Monday and is due in Marseille on Friday.");
    assert!(ways.iter().any(|(ends, _)| ends.contains("Naples")), "{ways:?}");
    assert!(told("Elections are due in France in May.").is_empty());
}

#[test]
fn whence_leads_back_to_the_place_before() {
    let ways = told("The bells were shipped to Durban, from where they were taken by rail to Bulawayo.");
    assert!(ways.iter().any(|(ends, _)| ends == "Durban -> Bulawayo"), "{ways:?}");
}

#[test]
fn a_carrier_has_the_number_of_its_load_and_a_part_the_part_of_the_whole() {
    let number = |text: &str| {
        let reading = reading(text);
        let quantity = reading.movements.first().and_then(|movement| movement.quantity.clone());
        quantity.map(|quantity| (quantity.min, quantity.max))
    };
    let exactly = |count: f64| Some((Some(count), Some(count)));
    assert_eq!(number("The tug left Naples with 140 people on deck."), exactly(140.0));
    assert_eq!(number("Half of the 64 soldiers arrived in Prague."), exactly(32.0));
    assert_eq!(number("A third battalion was sent to Prague."), exactly(1.0));
}

#[test]
fn she_may_be_a_ship_and_may_be_a_woman() {
    let last = |text: &str| reading(text).movements.last().map(|movement| movement.mode);
    assert_eq!(
        last("The steamer Alder lay in Naples for a week. Then she went on to Marseille."),
        Some(Mode::Sea)
    );
    assert_eq!(
        last("The steamer Alder lay in Naples. The minister saw it there. Then she went on to Marseille."),
        Some(Mode::Unknown)
    );
}

#[test]
fn the_means_of_another_leg_are_not_those_of_this_one() {
    let reading = reading("The delegation flew from Nuuk to Reykjavik and went on to Bergen by ferry.");
    let modes: Vec<Mode> = reading.movements.iter().map(|movement| movement.mode).collect();
    assert_eq!(modes, [Mode::Air, Mode::Sea]);
}

#[test]
fn plain_journeys_have_both_ends() {
    check(
        "The Ostrelian army sent 300 soldiers from Warsaw to Prague.",
        "Warsaw -> Prague",
        Status::Happened,
    );
    check(
        "Two ferries carried 400 refugees from Naples to Marseille on Monday.",
        "Naples -> Marseille",
        Status::Happened,
    );
    check("Hundreds of villagers fled Kharkiv for Poltava.", "Kharkiv -> Poltava", Status::Happened);
    check("Forty lorries drove from Delhi to Srinagar.", "Delhi -> Srinagar", Status::Happened);
    check("The army drove the rebels from Goma.", "Goma -> ", Status::Happened);
    check("The statue was flown from Cairo to Berlin.", "Cairo -> Berlin", Status::Happened);
}

#[test]
fn nouns_tell_movements_too() {
    check("The minister announced the withdrawal of troops from Mali.", "Mali -> ", Status::Planned);
    check("Ostrelia ordered the evacuation of Kherson.", "Kherson -> ", Status::Planned);
    check("The parliament called for the return of the bronzes to Nigeria.", " -> Nigeria", Status::Possible);
}

#[test]
fn modals_and_governors_decide_the_status() {
    check("The fleet will sail from Odesa to Varna on Friday.", "Odesa -> Varna", Status::Planned);
    check("Ostrelia may send peacekeepers to Haiti.", " -> Haiti", Status::Possible);
    check("The convoy did not leave Khartoum.", "Khartoum -> ", Status::Denied);
    check("A court blocked the ministry from deporting the men to Rwanda.", " -> Rwanda", Status::Denied);
    check("The marchers are walking from Lisbon to Madrid.", "Lisbon -> Madrid", Status::Underway);
    check("A bus en route from Lima to Cusco plunged into a ravine.", "Lima -> Cusco", Status::Failed);
}

#[test]
fn what_would_have_happened_did_not() {
    assert_eq!(told("Had the road been open, the lorries would have reached Goma on Sunday."), []);
}

#[test]
fn figures_of_speech_are_no_movements() {
    for text in [
        "The blast left 12 people dead in Baghdad.",
        "The president sent a message to Moscow.",
        "The midfielder was traded to Madrid.",
        "Prices went from bad to worse in Argentina.",
        "She met the minister in Vienna.",
        "Rockets hit Haifa.",
        "The ambassador to France spoke in Paris.",
        "The talks moved to Geneva's future.",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
}

#[test]
fn a_sender_and_a_nationality_are_no_origins() {
    let reading =
        reading("Germany has sent two field hospitals to Turkey. Italian engineers arrived in Ankara.");
    for movement in &reading.movements {
        assert!(movement.origin.is_empty(), "{}", ends(&reading, movement));
    }
    assert_eq!(names(&reading, &reading.movements[0].origin_inferred), "Germany");
}

#[test]
fn the_container_of_a_town_is_no_end() {
    check("The evacuees were taken to Muscat, Oman.", " -> Muscat", Status::Happened);
}

#[test]
fn the_means_come_from_cues_verbs_and_vehicles() {
    let mode = |text: &str| reading(text).movements[0].mode;
    assert_eq!(mode("The troops were taken by train from Warsaw to Lviv."), Mode::Rail);
    assert_eq!(mode("Pilgrims walked from Porto to Braga."), Mode::Foot);
    assert_eq!(mode("A tanker left Basra for Singapore."), Mode::Sea);
    assert_eq!(mode("The aid was airlifted to Juba."), Mode::Air);
    assert_eq!(mode("Forty lorries carried flour from Amman to Damascus."), Mode::Road);
    assert_eq!(mode("The soldiers moved from Warsaw to Lviv."), Mode::Unknown);
}

#[test]
fn storms_move_and_their_landfalls_count() {
    check("Hurricane Odo made landfall in Jamaica on Tuesday.", " -> Jamaica", Status::Happened);
    check("Typhoon Bela is forecast to reach Taiwan on Friday.", " -> Taiwan", Status::Possible);
}

#[test]
fn a_denial_contests_what_another_asserts() {
    let reading = reading(
        "The Lantern Society said on Monday that 200 tanks had been shipped from Odesa to Batumi. \
         The government of Ostrelia denied that the tanks had been shipped to Batumi.",
    );
    let movement = &reading.movements[0];
    assert!(movement.contested, "{:?}", reading.claims);
    assert_eq!(movement.status, Status::Happened);
    assert_eq!(reading.claims.iter().filter(|c| c.stance == Stance::Denies).count(), 1);
}

#[test]
fn the_day_of_saying_is_not_the_day_of_moving() {
    let reading = reading("The navy said on Monday that the ship had left Odesa for Varna on Saturday.");
    let when = reading.movements[0].when.as_ref().expect("a time");
    assert_eq!(when.text, "on Saturday");
    let said = reading.claims[0].said_on.as_ref().expect("a day of saying");
    assert_eq!(said.text, "on Monday");
}

#[test]
fn legs_share_a_journey_in_order() {
    let reading = reading("The harps were flown from Vienna to Sofia before being taken by road to Plovdiv.");
    let all: Vec<(String, u32, u32)> =
        reading.movements.iter().map(|m| (ends(&reading, m), m.journey, m.step)).collect();
    let expected = [("Vienna -> Sofia".to_owned(), 1, 1), ("Sofia -> Plovdiv".to_owned(), 1, 2)];
    assert_eq!(all, expected);
}

/// Every span of the reading lies in the text, on character boundaries, and holds its words.
fn spans_hold(reading: &mut Reading) {
    let text = reading.report.text.clone();
    let mut spans: Vec<Span> = Vec::new();
    reading.each_span(&mut |span| spans.push(*span));
    for span in spans {
        assert!(text.get(span.start..span.end).is_some(), "{span:?} in {text:?}");
    }
    let of = |span: &Span| text[span.start..span.end].to_owned();
    for movement in &reading.movements {
        assert_eq!(of(&movement.trigger.span), movement.trigger.text);
        assert!(movement.who.as_ref().is_none_or(|who| of(&who.span) == who.text));
        assert!(movement.quantity.as_ref().is_none_or(|q| of(&q.span) == q.text));
        assert!(movement.when.as_ref().is_none_or(|w| of(&w.span) == w.text));
    }
    for claim in &reading.claims {
        assert_eq!(of(&claim.span), claim.quote);
    }
    for mention in &reading.mentions {
        assert_eq!(of(&mention.span), mention.text);
    }
}

const WORDS: &[&str] = &[
    "troops",
    "sent",
    "to",
    "from",
    "Russia",
    "Vladivostok",
    "“",
    "”",
    "said",
    "Kirby",
    "denied",
    "deployment",
    "of",
    "the",
    "by",
    "ship",
    "there",
    "Wonsan",
    "region",
    ",",
    ".",
    "3,000",
    "were",
    "taken",
    "before",
    "being",
    "it",
    "called",
    "fake",
    "news",
    "\n\n",
    "and",
    "or",
    "will",
    "not",
    "en",
    "route",
    "Gaza",
    "’s",
    "who",
    "which",
    "where",
    "left",
    "arrived",
    "in",
    "October",
    "on",
    "Monday",
    "hurricane",
    "struck",
    "they",
    "put",
    "number",
    "at",
    "ï",
    "→",
    "🚢",
    "a",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_words_give_a_reading_whose_spans_hold(words in prop::collection::vec(prop::sample::select(WORDS), 0..60)) {
        let mut reading = reading(&words.join(" "));
        spans_hold(&mut reading);
    }

    #[test]
    fn any_text_gives_a_reading_whose_spans_hold(text in "\\PC{0,200}") {
        let mut reading = reading(&text);
        spans_hold(&mut reading);
    }
}

#[test]
fn what_is_sent_for_deployment_elsewhere_is_the_same_thing() {
    let reading = reading("Ostrelia has sent 300 soldiers to Poland for possible deployment in Ukraine.");
    let ends: Vec<_> = reading.movements.iter().map(|m| (ends(&reading, m), m.status, m.step)).collect();
    assert_eq!(
        ends,
        [(" -> Poland".to_owned(), Status::Happened, 1), (" -> Ukraine".to_owned(), Status::Possible, 2)]
    );
    assert_eq!(names(&reading, &reading.movements[1].origin_inferred), "Poland");
}

#[test]
fn a_people_named_for_its_soldiers_goes_on_where_they_were() {
    let reading = reading(
        "The ministry said 200 Kenyan soldiers were flown from Nairobi to Goma on Monday. An official said the UN \
         might send the Kenyans to Bukavu.",
    );
    let next = reading.movements.last().unwrap();
    assert_eq!(names(&reading, &next.destination), "Bukavu");
    assert_eq!(names(&reading, &next.origin_inferred), "Goma");
    assert_eq!(next.journey, reading.movements[0].journey);
}

#[test]
fn a_number_of_the_same_force_is_kept_with_its_speaker() {
    let reading = reading(
        "Kenya sent 200 Kenyan soldiers from Nairobi to Goma. Spokesperson Ada Merrow said at least 350 Kenyan \
         troops were undergoing training near the town. Shops in Goma sold 90 Kenyan flags.",
    );
    let figures: Vec<_> = reading
        .claims
        .iter()
        .filter(|claim| claim.speaker.as_deref().is_some_and(|speaker| speaker.ends_with("Ada Merrow")))
        .filter_map(|claim| claim.quantity.as_ref()?.min)
        .collect();
    assert_eq!(figures, [350.0]);
    assert!(reading.claims.iter().all(|c| c.quantity.as_ref().is_none_or(|q| q.min != Some(90.0))));
}

#[test]
fn idioms_go_nowhere() {
    for text in [
        "The government came under heavy fire from officials in Bukavu.",
        "The prince is coming to the end of a long tour of Spain.",
        "Progress Now swept to power in Scotland on Monday.",
        "The government moved to ban imports from China.",
        "The navy is racing to inspect wrecks across Iraq.",
        "Iran has neither missiles capable of reaching Japan nor warheads.",
        "Blood samples taken from six villagers in Sumatra have tested negative.",
        "A pipeline carrying gas from Baku would be extended past Kars.",
        "Shares in Kestrel Foods jumped in Osaka after it said that it would push into Vietnam.",
        "A player on loan from Naples ran on to a long ball.",
        "The goalkeeper Jan Brandsegg grew up in Bergen. He moved from Bologna to Basel on loan.",
        "The Licungo rises on its slopes, runs through Mocuba and reaches the Indian Ocean.",
        "A townhouse there went for 385,000 to a couple from Lille.",
    ] {
        assert_eq!(told(text), [], "{text}");
    }
    // The same verbs with an end of their own go there.
    check("The brigade moved to Kassala to relieve the garrison.", " -> Kassala", Status::Happened);
    check("The samples were taken from Padang to Jakarta.", "Padang -> Jakarta", Status::Happened);
    check("She was the fourth to fly to Antarctica.", " -> Antarctica", Status::Happened);
}

#[test]
fn a_verb_is_tried_as_it_stands() {
    check("The plane landed in Bamako.", " -> Bamako", Status::Happened);
    check("The plane landed 30 men in Bamako.", " -> Bamako", Status::Happened);
    check("Refugees waded the river from Uvira into Burundi.", "Uvira -> Burundi", Status::Happened);
    check("Some 900 people were bussed from Hualien to Taipei.", "Hualien -> Taipei", Status::Happened);
    check("A tug may bring her home to Den Helder.", " -> Den Helder", Status::Possible);
    check("The ships weighed anchor at Den Helder on Monday.", "Den Helder -> ", Status::Happened);
    check("The storm is bearing down on Fujian.", " -> Fujian", Status::Underway);
}

#[test]
fn who_takes_a_bus_goes_by_it() {
    for (text, who, mode) in [
        ("She took a train from Paris to Lyon.", "She", Mode::Rail),
        ("The family boarded a plane to Toronto.", "The family", Mode::Air),
        ("The captain took the ferry to Palermo.", "The captain", Mode::Sea),
        ("A tug took the ferry to Palermo.", "the ferry", Mode::Sea),
    ] {
        let reading = reading(text);
        let movement = &reading.movements[0];
        assert_eq!(movement.who.as_ref().unwrap().text, who, "{text}");
        assert_eq!(movement.mode, mode, "{text}");
    }
}

#[test]
fn who_has_left_and_makes_for_a_port_is_on_the_way() {
    check("The ship left Dover on Monday and is heading for Cadiz.", "Dover -> Cadiz", Status::Underway);
    check(
        "They set off from Thurso on Wednesday and hope to get as far as Istanbul.",
        "Thurso -> Istanbul",
        Status::Underway,
    );
    check("Rescue teams were on the road from Taichung to Hualien.", "Taichung -> Hualien", Status::Underway);
}

#[test]
fn a_man_is_no_spokeswoman() {
    let reading =
        reading("Police spokeswoman Ann Hill said the driver was questioned. He flew to Boston on Monday.");
    assert_eq!(reading.movements[0].who.as_ref().unwrap().text, "the driver");
}

#[test]
fn what_was_does_not_follow_what_will_be() {
    let reading = reading(
        "A company of monitors will fly from Gao to Lome on Friday. The company marched to Kidal in 2029, its captain \
         said.",
    );
    let legs: Vec<_> = reading.movements.iter().map(|m| (m.journey, m.step)).collect();
    assert_eq!(legs, [(1, 1), (2, 1)]);
    assert!(reading.movements[1].origin_inferred.is_empty());
}

#[test]
fn the_present_of_digests_is_read_as_a_verb() {
    check("Kenya airlifts 200 citizens out of Khartoum.", "Khartoum -> ", Status::Happened);
    check("Some 3,000 Sudanese cross into Chad in a single day.", " -> Chad", Status::Happened);
    check(
        "A cargo plane with 38 tonnes of oral cholera vaccine lands in Blantyre, Malawi, two days after the outbreak.",
        " -> Blantyre",
        Status::Happened,
    );
    check("Peacekeepers from Fiji deploy to Cyprus.", "Fiji -> Cyprus", Status::Happened);
    check(
        "A passenger train from Karachi to Rawalpindi derails near Nawabshah, killing 30 people.",
        "Karachi -> Rawalpindi",
        Status::Failed,
    );
}

#[test]
fn those_who_leave_and_enter_are_not_what_is_left_and_entered() {
    check("Thousands of people left Mosul on Friday.", "Mosul -> ", Status::Happened);
    check("The minister denied that his forces had entered Eritrea.", " -> Eritrea", Status::Denied);
    check("Some 11,000 people had been moved out of Toamasina.", "Toamasina -> ", Status::Happened);
    check("The soldiers left the camp in Taiz for Aden.", "Taiz -> Aden", Status::Happened);
    check("Nobody is coming from Libya.", "Libya -> ", Status::Denied);
    assert!(told("The explosion left dozens of people dead in Mosul.").is_empty());
    assert!(told("The two sides reached an agreement in Geneva.").is_empty());
    assert!(told("The earthquake brought down walls from Tual to Saumlaki.").is_empty());
}

#[test]
fn what_befell_a_ship_before_does_not_end_its_way() {
    check(
        "The tanker Sea Star, seized last week, is being escorted to Karachi.",
        " -> Karachi",
        Status::Underway,
    );
}

#[test]
fn a_subject_brings_its_origin_to_what_it_is_to_do() {
    check("Twelve carvers from Lamu are to travel to Dresden.", "Lamu -> Dresden", Status::Planned);
    check(
        "He is expected in Vienna for a meeting on the price of power from Prague.",
        " -> Vienna",
        Status::Planned,
    );
}

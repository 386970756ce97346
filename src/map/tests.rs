use super::*;
use crate::story::Story;
use proptest::prelude::*;
use vello_cpu::Level;

const STORIES: [&str; 8] = [
    "soldiers-by-sea",
    "pacific",
    "polar",
    "aid-convoy",
    "hundred-arrows",
    "one-place",
    "no-place",
    "nothing",
];

fn story(name: &str) -> Story {
    let path = format!("{}/tests/stories/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn preset(name: &str) -> MapOptions {
    MapOptions { size: Size::preset(name).unwrap(), ..MapOptions::default() }
}

fn texts(group: &Group, into: &mut Vec<Text>) {
    for item in &group.items {
        match item {
            Item::Text(text) => into.push(text.clone()),
            Item::Group(group) => texts(group, into),
            Item::Shape(_) => {}
        }
    }
}

fn all_texts(scene: &Scene) -> Vec<Text> {
    let mut all = Vec::new();
    scene.all_groups().for_each(|g| texts(g, &mut all));
    all
}

#[test]
fn a_story_without_movements_shows_the_places_that_it_names() {
    let mut still = story("aid-convoy");
    still.movements.clear();
    still.claims.clear();
    let words: Vec<String> =
        all_texts(&draw(&still, &preset("wide")).unwrap()).into_iter().map(|t| t.text).collect();
    for place in ["Port Sudan", "Atbara", "Khartoum", "Adre", "Nairobi", "Juba"] {
        assert!(words.iter().any(|word| word == place), "{place} is not among {words:?}");
    }
    assert!(!words.iter().any(|word| word.contains("nothing is drawn")), "a notice covers the places");
    let bare = MapOptions { heading: false, ..preset("wide") };
    let words: Vec<String> = all_texts(&draw(&still, &bare).unwrap()).into_iter().map(|t| t.text).collect();
    assert!(words.iter().any(|word| word.contains("No movement was found")), "nothing tells why: {words:?}");
}

#[test]
fn every_story_is_drawn_in_every_shape_and_nothing_is_cut_by_the_page() {
    for name in STORIES {
        for shape in ["wide", "article", "phone", "square", "story", "og", "print1"] {
            let scene = draw(&story(name), &preset(shape)).unwrap_or_else(|e| panic!("{name} {shape}: {e}"));
            for text in all_texts(&scene) {
                let (start, end) = (text.start(), text.start() + width(&text));
                let inside = start >= 0.0 && end <= scene.width && text.y > 5.0 && text.y < scene.height;
                assert!(inside, "{name} {shape}: {:?} lies at {start}..{end}, {}", text.text, text.y);
            }
        }
    }
}

fn width(text: &Text) -> f32 {
    super::fonts::width(text.face, text.size, text.tracking, &text.text)
}

#[test]
fn an_svg_has_its_groups_and_stays_small() {
    for name in STORIES {
        let svg = svg::render(&draw(&story(name), &preset("wide")).unwrap());
        assert!(svg.len() < 400_000, "{name}: {} bytes", svg.len());
        for group in ["sea", "land", "borders", "arrows", "heads", "nodes", "labels", "furniture"] {
            assert!(svg.contains(&format!("<g id=\"{group}\"")), "{name}: no group {group}");
        }
        for foreign in ["<script", "<mask", "<filter", "<foreignObject"] {
            assert!(!svg.contains(foreign), "{name}: {foreign}");
        }
        assert!(
            svg.split("href=\"").skip(1).all(|target| target.starts_with('#')),
            "{name}: nothing outside"
        );
        assert!(svg.contains("<title") && svg.contains("Read by a machine, not yet checked"));
    }
}

#[test]
fn short_legs_beside_a_long_one_get_an_inset() {
    assert_eq!(draw(&story("soldiers-by-sea"), &preset("wide")).unwrap().facts.insets, 1);
    assert_eq!(draw(&story("hundred-arrows"), &preset("wide")).unwrap().facts.insets, 0);
}

#[test]
fn story_names_do_not_lie_over_each_other() {
    for name in ["soldiers-by-sea", "pacific", "polar", "aid-convoy", "one-place"] {
        let scene = draw(&story(name), &preset("wide")).unwrap();
        let kept = &scene.facts.kept;
        for (i, (a, x)) in kept.iter().enumerate() {
            for (b, y) in &kept[i + 1..] {
                let meets = x[0] < y[2] - 0.5 && y[0] < x[2] - 0.5 && x[1] < y[3] - 0.5 && y[1] < x[3] - 0.5;
                assert!(!meets || a == b, "{name}: {a} {x:?} lies over {b} {y:?}");
            }
        }
    }
}

#[test]
fn names_on_the_map_are_in_the_language_asked_for_and_lie_apart() {
    for (lang, country, town, sea) in [
        ("ru", "КИТАЙ", "Владивосток", "Японское море"),
        ("el", "ΚΙΝΑ", "Βλαδιβοστόκ", "Ιαπωνική"),
        ("ar", "الصين", "فلاديفوستك", "بحر اليابان"),
        ("he", "סין", "ולדיווסטוק", "ים יפן"),
        ("hi", "चीन", "व्लादिवोस्तोक", "जापान सागर"),
        ("th", "จีน", "วลาดิโวสต็อก", "ทะเลญี่ปุ่น"),
        ("zh", "中国", "符拉迪沃斯托克", "日本海"),
        ("ja", "中国", "ウラジオストク", "日本海"),
        ("ko", "중국", "블라디보스토크", "동해"),
        ("fr", "CHINE", "Vladivostok", "Mer du Japon"),
    ] {
        let options = MapOptions { lang: lang.to_owned(), ..preset("wide") };
        let scene = draw(&story("soldiers-by-sea"), &options).unwrap();
        let texts = all_texts(&scene);
        let said = |name: &str| texts.iter().any(|t| t.text == name || t.text.starts_with(name));
        for name in [country, town, sea, "Reported movements of North Korean soldiers"] {
            assert!(said(name), "{lang}: {name} is not on the map");
        }
        // an ocean is not named in a sea
        assert!(!said("北太平洋") && !said("북태평양"), "{lang}");
        let kept = &scene.facts.kept;
        for (i, (a, x)) in kept.iter().enumerate() {
            for (b, y) in &kept[i + 1..] {
                let meets = x[0] < y[2] - 0.5 && y[0] < x[2] - 0.5 && x[1] < y[3] - 0.5 && y[1] < x[3] - 0.5;
                assert!(!meets || a == b, "{lang}: {a} {x:?} lies over {b} {y:?}");
            }
        }
    }
}

#[test]
fn words_say_what_is_reported_and_who_denies() {
    let scene = draw(&story("soldiers-by-sea"), &preset("wide")).unwrap();
    let words: Vec<String> = all_texts(&scene).into_iter().map(|t| t.text).collect();
    for expected in ["Reported movements of North Korean soldiers", "Denied by a party", "or", "?", "RUSSIA"]
    {
        assert!(words.iter().any(|w| w == expected), "{expected:?} is not on the map: {words:?}");
    }
    assert!(words.iter().any(|w| w.contains("Denied by the Kremlin")));
    assert!(
        !words.iter().any(|w| w == "Rome" || w == "Seoul"),
        "places where people spoke are off by default"
    );
    let statements = MapOptions { statements: true, ..preset("wide") };
    let with: Vec<String> = all_texts(&draw(&story("soldiers-by-sea"), &statements).unwrap())
        .into_iter()
        .map(|t| t.text)
        .collect();
    assert!(with.iter().any(|w| w == "Seoul"));
}

#[test]
fn a_story_without_a_place_says_so() {
    let words = |name: &str| {
        all_texts(&draw(&story(name), &preset("wide")).unwrap())
            .into_iter()
            .map(|t| t.text)
            .collect::<String>()
    };
    assert!(words("no-place").contains("names no place"));
    assert!(words("nothing").contains("No movement and no place"));
}

#[test]
fn the_sea_of_a_polar_map_is_sea() {
    let image = raster::rasterize(&draw(&story("polar"), &preset("wide")).unwrap());
    let count = |color: [u8; 3]| image.rgba.chunks_exact(4).filter(|p| p[..3] == color).count();
    let (sea, land) = (count([0xDC, 0xE7, 0xED]), count([0xF3, 0xF0, 0xEA]));
    assert!(sea > 100_000 && sea > land, "{sea} px of sea, {land} of land");
}

#[test]
fn the_same_story_gives_the_same_bytes() {
    let one = || png::render(&draw(&story("aid-convoy"), &preset("wide")).unwrap());
    assert_eq!(one(), one());
    let image = image::load_from_memory(&one()).unwrap();
    assert_eq!((image.width(), image.height()), (1200, 675));
}

#[test]
fn every_processor_draws_the_same_pixels() {
    let mut levels = vec![Level::fallback()];
    #[cfg(target_arch = "x86_64")]
    {
        levels.extend(Level::new().as_sse2().map(Level::Sse2));
        levels.extend(Level::new().as_sse4_2().map(Level::Sse4_2));
    }
    for name in STORIES {
        for shape in ["wide", "print1"] {
            let scene = draw(&story(name), &preset(shape)).unwrap();
            let drawn = raster::rasterize(&scene);
            for level in &levels {
                let other = raster::rasterize_at(&scene, *level);
                let differ = drawn.rgba.iter().zip(&other.rgba).filter(|(a, b)| a != b).count();
                assert_eq!(differ, 0, "{name} {shape} with {level:?}");
            }
        }
    }
}

#[test]
fn a_base_map_that_is_kept_changes_no_pixel_and_no_word() {
    let scene = |name: &str, theme, lang: &str| {
        let options = MapOptions { theme, lang: lang.to_owned(), ..preset("article") };
        draw(&story(name), &options).unwrap()
    };
    let in_one = |scene: &Scene| raster::rasterize_at(scene, Level::fallback()).rgba;
    for name in STORIES {
        let first = scene(name, Theme::Light, "en");
        let words = svg::render(&first);
        // drawn whole, then over a base map that is filled apart, then over the one that was kept
        (0..3).for_each(|_| assert!(raster::rasterize(&first).rgba == in_one(&first), "{name}"));
        let large = Scene { scale: 2.0, ..first.clone() };
        assert!(raster::rasterize(&large).rgba == in_one(&large), "{name} at twice the scale");
        for (theme, lang) in [(Theme::Light, "ar"), (Theme::Dark, "en"), (Theme::Light, "en")] {
            let other = scene(name, theme, lang);
            assert!(raster::rasterize(&other).rgba == in_one(&other), "{name} {theme:?} {lang}");
            assert!(raster::rasterize(&other).rgba == in_one(&other), "{name} {theme:?} {lang} again");
            assert_eq!(
                svg::render(&other) == words,
                (theme, lang) == (Theme::Light, "en"),
                "{name} {theme:?} {lang}"
            );
        }
    }
}

#[test]
fn a_step_is_drawn_alone_in_the_frame_of_all() {
    let all = draw(&story("aid-convoy"), &preset("wide")).unwrap();
    let one = draw(&story("aid-convoy"), &MapOptions { step: Some(4), ..preset("wide") }).unwrap();
    assert_eq!(all.facts.frame[0], one.facts.frame[0]);
    let words: Vec<String> = all_texts(&one).into_iter().map(|t| t.text).collect();
    assert!(words.contains(&"Juba".to_owned()) && !words.contains(&"Adre".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_pair_of_places_is_drawn_inside_the_frame(lon1 in -180.0..180.0f64, lat1 in -85.0..85.0f64,
                                                    lon2 in -180.0..180.0f64, lat2 in -85.0..85.0f64) {
        let mut story = story("pacific");
        story.movements.truncate(1);
        story.movements[0].mode = crate::movements::Mode::Air;
        (story.places[0].lon, story.places[0].lat) = (Some(lon1), Some(lat1));
        (story.places[1].lon, story.places[1].lat) = (Some(lon2), Some(lat2));
        let scene = draw(&story, &preset("wide")).unwrap();
        let [x0, y0, x1, y1] = scene.facts.frame;
        for (name, b) in &scene.facts.kept {
            prop_assert!(b[0] >= x0 - 1.0 && b[1] >= y0 - 1.0 && b[2] <= x1 + 1.0 && b[3] <= y1 + 1.0, "{name} {b:?}");
        }
    }
}

//! Overlays on maps: groups, legend, credits, frames, colours.

use super::*;
use crate::map::{MapOptions, Scene, Theme, draw, svg};
use crate::story::Story;

fn story(name: &str) -> Story {
    let path = format!("{}/tests/stories/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn overlay(name: &str) -> Overlay {
    let path = format!("{}/tests/data/overlays/{name}", env!("CARGO_MANIFEST_DIR"));
    crate::overlays::read(&std::fs::read(path).unwrap(), name).unwrap()
}

fn drawn(name: &str, overlays: &[&str]) -> Scene {
    let overlays = overlays.iter().map(|name| overlay(name)).collect();
    draw(&story(name), &MapOptions { overlays, ..MapOptions::default() }).unwrap()
}

/// The part of an SVG that a group holds, up to the next group of the same level.
fn part<'s>(svg: &'s str, group: &str, next: &str) -> &'s str {
    let from = svg.find(&format!("<g id=\"{group}\"")).unwrap_or_else(|| panic!("no group {group}"));
    &svg[from..from + svg[from..].find(&format!("<g id=\"{next}\"")).unwrap()]
}

#[test]
fn an_overlay_has_its_group_its_legend_and_its_source() {
    let scene = drawn("soldiers-by-sea", &["front.geojson"]);
    let svg = svg::render(&scene);
    let names: Vec<&str> = scene.all_groups().map(|g| g.name.as_str()).collect();
    let at = |name: &str| names.iter().position(|n| *n == name).unwrap();
    assert!(at("disputed") < at("overlay") && at("overlay") < at("vague") && at("vague") < at("arrows"));
    let group = part(&svg, "overlay", "vague");
    assert!(group.contains("<g id=\"overlay-1\">") && group.contains("<title>Line of contact</title>"));
    assert!(svg.contains(">Line of contact</text>"), "no entry in the legend");
    let words = "Line of contact: Desk of maps, drawn for tests (22 October 2024).";
    assert!(scene.description.ends_with(words), "{}", scene.description);
    assert!(svg.contains("Line of contact: Desk of maps"), "no credit");
    assert_eq!(scene.facts.remarks, Vec::<String>::new());
}

#[test]
fn without_overlays_nothing_is_different() {
    let svg = svg::render(&drawn("soldiers-by-sea", &[]));
    assert!(!svg.contains("overlay") && !svg.contains("Overlay"));
}

#[test]
fn what_lies_outside_the_frame_is_said_and_neither_drawn_nor_explained() {
    let scene = drawn("soldiers-by-sea", &["camps.csv"]);
    let svg = svg::render(&scene);
    assert!(!svg.contains("overlay") && !svg.contains("camps"), "drawn, explained or credited");
    let remarks = &scene.facts.remarks;
    assert!(remarks.iter().any(|r| r.contains("\"camps\" lies outside the frame")), "{remarks:?}");
    assert!(remarks.iter().any(|r| r.contains("1 row has no position")), "{remarks:?}");
    let frames: Vec<_> = [&[][..], &["camps.csv"]].map(|o| drawn("aid-convoy", o).facts.projection).into();
    assert_eq!(frames[0], frames[1]);
}

#[test]
fn an_overlay_makes_the_frame_only_where_the_story_has_no_place() {
    let land = |scene: &Scene| {
        scene.all_groups().find(|g| g.name == "land").map(|g| format!("{:?}", g.items[0])).unwrap()
    };
    for (name, changes) in [("nothing", true), ("aid-convoy", false), ("one-place", false)] {
        let (without, with) = (drawn(name, &[]), drawn(name, &["dateline-zone.geojson"]));
        assert_eq!(land(&without) != land(&with), changes, "{name}");
    }
    assert!(svg::render(&drawn("nothing", &["cone.kml"])).contains("Monday, 70"));
}

#[test]
fn a_track_over_the_antimeridian_is_one_line_and_its_labels_are_few() {
    let svg = svg::render(&drawn("nothing", &["track.gpx"]));
    let group = part(&svg, "overlay-1", "vague");
    // a line torn at 180° would run across the page: no step of the path is that wide
    let widest = group
        .split("d=\"M")
        .skip(1)
        .flat_map(|path| path.split('"').next().unwrap().split(['l', ' ', '-']).skip(2))
        .filter_map(|number| number.parse::<f32>().ok())
        .fold(0.0f32, f32::max);
    assert!(widest > 10.0 && widest < 500.0, "a step of {widest} px");
    let mut many = overlay("camps.csv");
    let camp = many.features[0].clone();
    many.features = (0..60)
        .map(|i| {
            let at = crate::geometry::LonLat::new(f64::from(i % 10) * 2.0, f64::from(i / 10) * 2.0);
            Feature {
                label: Some(format!("Camp {i:02}")),
                geometry: Geometry::Points(vec![at]),
                ..camp.clone()
            }
        })
        .collect();
    let options = MapOptions { overlays: vec![many], ..MapOptions::default() };
    let svg = svg::render(&draw(&story("nothing"), &options).unwrap());
    let named = svg.matches(">Camp ").count() - svg.matches("<title>Camp ").count();
    assert_eq!(named, 2 * LIMIT_LABELS, "each name has its halo");
}

#[test]
fn lines_can_be_told_from_every_ground_and_from_the_story_in_every_theme() {
    let feature = |stroke: Option<[u8; 3]>, fill: Option<[u8; 3]>| Feature {
        wish: crate::overlays::Wish { stroke, fill, stroke_width: Some(40.0) },
        ..overlay("camps.csv").features[0].clone()
    };
    let wishes = [None, Some([255, 255, 0]), Some([196, 49, 42]), Some([10, 10, 10]), Some([120, 40, 140])];
    for theme in Theme::ALL {
        let palette = Style::embedded().palette(theme);
        for (index, wish) in (0..8).flat_map(|i| wishes.map(|w| (i, w))) {
            let look = look(&feature(wish, wish), index, palette);
            for ground in [palette.sea, palette.land, palette.land_story, palette.lake] {
                assert!(look.line.color.contrast(ground) >= 3.0, "{theme:?} {index} {wish:?} on {ground:?}");
                for actor in &palette.actors {
                    let under = look.fill.over(ground);
                    assert!(actor.contrast(under) >= 3.0, "{theme:?} {actor:?} on the fill {under:?}");
                }
            }
            let near = |actor: &Color| actor.distance(look.line.color) < LEAST_DISTANCE;
            assert!(palette.is_grey() || !palette.actors.iter().any(near), "{theme:?} {wish:?}");
            assert_eq!(look.line.width, Style::embedded().overlay.most);
        }
        // a wish that can be told apart is granted
        let purple = look(&feature(Some([120, 40, 140]), None), 1, Style::embedded().palette(Theme::Light));
        assert_eq!(purple.line.color.hex(), "#78288c");
    }
}

#[test]
fn eight_overlays_differ_in_colour_or_dash() {
    let feature = overlay("camps.csv").features[0].clone();
    for theme in Theme::ALL {
        let looks: Vec<Stroke> =
            (0..8).map(|i| look(&feature, i, Style::embedded().palette(theme)).line).collect();
        for (i, a) in looks.iter().enumerate() {
            assert!(looks[i + 1..].iter().all(|b| a != b), "{theme:?} {a:?}");
        }
    }
}

#[test]
fn an_overlay_shows_in_an_inset_too() {
    let mut zone = overlay("dateline-zone.geojson");
    zone.features[0].geometry = overlay_over_the_sea_of_japan();
    let options = MapOptions { overlays: vec![zone], ..MapOptions::default() };
    let scene = draw(&story("soldiers-by-sea"), &options).unwrap();
    assert_eq!(scene.facts.insets, 1);
    assert!(svg::render(&scene).contains("<g id=\"inset-overlay"), "not in the inset");
}

fn overlay_over_the_sea_of_japan() -> Geometry {
    let text =
        r#"{"type": "Polygon", "coordinates": [[[125, 36], [137, 36], [137, 46], [125, 46], [125, 36]]]}"#;
    crate::overlays::read(text.as_bytes(), "a.geojson").unwrap().features.remove(0).geometry
}

#[test]
fn the_credit_holds_what_the_file_says() {
    let zone = overlay("dateline-zone.geojson");
    assert_eq!(credit(&zone), "Ash cloud: Ash desk (early March).");
    assert_eq!(credit(&overlay("camps.csv")), "Overlay: camps.");
}

#[test]
fn a_scribble_over_the_whole_frame_is_cut_short_and_said() {
    let mut scribble = overlay("dateline-zone.geojson");
    let mut state = 7u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1 << 24)
    };
    let line =
        (0..200_000).map(|_| Coord { x: 360.0 * random() - 180.0, y: 160.0 * random() - 80.0 }).collect();
    let line = LineString::new(line);
    for geometry in [
        Geometry::Lines(geo::MultiLineString::new(vec![line.clone()])),
        Geometry::Points(line.0.iter().map(|c| (*c).into()).collect()),
        Geometry::Areas(Polygon::new(line.clone(), Vec::new()).into(), geo::MultiLineString::new(vec![line])),
    ] {
        scribble.features[0].geometry = geometry;
        let options = MapOptions { overlays: vec![scribble.clone()], ..MapOptions::default() };
        let scene = draw(&story("pacific"), &options).unwrap();
        assert!(
            scene.facts.remarks.iter().any(|r| r.contains("too much detail")),
            "{:?}",
            scene.facts.remarks
        );
    }
}

#[test]
fn millions_of_points_on_one_spot_draw_as_one() {
    let mut scribble = overlay("dateline-zone.geojson");
    let line = (0..300_000).map(|i| {
        let t = f64::from(i) * 0.01;
        Coord { x: 175.0 + 1e-4 * libm::cos(t), y: -17.0 + 1e-4 * libm::sin(t) }
    });
    scribble.features[0].geometry =
        Geometry::Lines(geo::MultiLineString::new(vec![LineString::new(line.collect())]));
    let options = MapOptions { overlays: vec![scribble], ..MapOptions::default() };
    let svg = svg::render(&draw(&story("pacific"), &options).unwrap());
    assert!(svg.len() < 600_000, "{} bytes", svg.len());
}

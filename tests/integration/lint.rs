//! The graphics desk's lint: maps of our own reports pass it, and it finds what is wrong on purpose.

use dateline::layers::{self, Layers};
use dateline::map::lint::{self, Finding, Severity};
use dateline::map::{self, Item, MapOptions, Role, Scene, Text};
use dateline::reading::{self, ReadOptions};
use dateline::report::{Report, Source};
use dateline::story::{self, Story};
use dateline::world::World;
use std::path::Path;

fn options(preset: &str) -> MapOptions {
    let mut options = MapOptions::default();
    options.set("preset", preset).unwrap();
    options
}

struct Drawn {
    story: Story,
    layers: Layers,
    options: MapOptions,
    scene: Scene,
}

fn draw(report: &str, preset: &str) -> Drawn {
    let file = format!("{report}.md");
    let bytes = std::fs::read(Path::new(REPORTS).join(&file)).unwrap();
    let report = Report::from_bytes(&bytes, Some(&file), &Source::default()).unwrap();
    let story = story::merge(vec![reading::read(report, &ReadOptions::default())]);
    let world = World::embedded().unwrap();
    let layers = layers::from_story(&story, world);
    let options = options(preset);
    let scene = map::draw_layers(&story, &layers, world, &options).unwrap();
    Drawn { story, layers, options, scene }
}

impl Drawn {
    fn findings(&self) -> Vec<Finding> {
        lint::check(&self.scene, &self.story, &self.layers, &self.options, None)
    }

    fn finds(&self, rule: &str) -> bool {
        self.findings().iter().any(|finding| finding.rule == rule)
    }

    /// The texts of a role, of the map and its insets.
    fn texts(&mut self, role: Role) -> Vec<&mut Text> {
        fn collect<'s>(items: &'s mut [Item], role: Role, texts: &mut Vec<&'s mut Text>) {
            for item in items {
                match item {
                    Item::Text(text) if text.role == role => texts.push(text),
                    Item::Group(group) => collect(&mut group.items, role, texts),
                    _ => {}
                }
            }
        }
        let mut texts = Vec::new();
        self.scene.groups.iter_mut().for_each(|group| collect(&mut group.items, role, &mut texts));
        texts
    }
}

const REPORTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reports");

/// The names of our own reports, in order.
fn own_reports() -> Vec<String> {
    let entries = std::fs::read_dir(REPORTS).unwrap().map(|entry| entry.unwrap().path());
    let reports = entries.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let mut names: Vec<String> =
        reports.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

/// A report with arrows, names and steps, whose map is in order.
const SOUND: &str = "ship-halcyon-thrift";

#[test]
fn most_maps_of_our_own_reports_pass() {
    let (mut maps, mut failed) = (0, Vec::new());
    // Each third is enough to see a change of the layout.
    for report in own_reports().into_iter().step_by(3) {
        for preset in ["wide", "phone"] {
            let drawn = draw(&report, preset);
            maps += 1;
            let errors = drawn.findings().into_iter().filter(|f| f.severity == Severity::Error);
            let errors: Vec<String> = errors.map(|f| f.message).collect();
            if !errors.is_empty() {
                failed.push(format!("{report}, {preset}: {}", errors.join("; ")));
            }
        }
    }
    assert!(maps >= 80, "{maps} maps");
    assert!(failed.len() * 100 <= maps * 4, "{} of {maps} maps fail:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn a_name_that_was_moved_is_found() {
    let mut drawn = draw(SOUND, "wide");
    assert!(!drawn.finds("label-overlap") && !drawn.finds("label-cut") && !drawn.finds("label-on-arrow"));
    let mut names = drawn.texts(Role::Story);
    let to = (names[1].start(), names[1].y);
    let away = std::mem::replace(&mut names[0].x, to.0 + 4.0);
    let y = std::mem::replace(&mut names[0].y, to.1 + 3.0);
    assert!(drawn.finds("label-overlap"));
    let mut names = drawn.texts(Role::Story);
    (names[0].x, names[0].y) = (3.0, y);
    assert!(drawn.finds("label-cut"));
    let middle = {
        let line = &drawn.scene.facts.arrows[0].line;
        line[line.len() / 2]
    };
    let mut names = drawn.texts(Role::Story);
    (names[0].x, names[0].y) = (middle[0], middle[1] + 4.0);
    assert!(drawn.finds("label-on-arrow"));
    let mut names = drawn.texts(Role::Story);
    (names[0].x, names[0].y) = (away, y);
    assert!(!drawn.finds("label-overlap"));
}

#[test]
fn arrows_that_say_too_much_or_too_little_are_found() {
    let mut drawn = draw(SOUND, "wide");
    for rule in ["solid-unconfirmed", "arrow-short", "ship-on-land"] {
        assert!(!drawn.finds(rule), "{rule}");
    }
    let arrow = &mut drawn.scene.facts.arrows[0];
    arrow.solid = true;
    arrow.on_land = Some(0.2);
    arrow.line.truncate(2);
    for rule in ["solid-unconfirmed", "arrow-short", "ship-on-land"] {
        assert!(drawn.finds(rule), "{rule}");
    }
}

#[test]
fn faint_and_small_letters_old_and_undated_statements_are_found() {
    let mut drawn = draw(SOUND, "wide");
    assert!(!drawn.finds("contrast") && !drawn.finds("letters-small"));
    let color = drawn.options.theme;
    let sea = map::Style::embedded().palette(color).sea;
    let mut names = drawn.texts(Role::Story);
    names[0].color = sea;
    names[1].size = 6.0;
    assert!(drawn.finds("contrast") && drawn.finds("letters-small"));
    let on = |date: jiff::civil::Date| {
        lint::check(&drawn.scene, &drawn.story, &drawn.layers, &drawn.options, Some(date))
    };
    let is_stale = |findings: Vec<Finding>| findings.iter().any(|finding| finding.rule == "stale");
    let told = map::wording::as_of(&drawn.story).unwrap();
    assert!(!is_stale(on(told)));
    assert!(is_stale(on(told.saturating_add(jiff::Span::new().days(200)))));
    drawn.story.reports.iter_mut().for_each(|report| report.published = None);
    drawn.story.claims.iter_mut().for_each(|claim| claim.said_on = None);
    assert!(drawn.finds("no-date"));
}

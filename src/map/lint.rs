//! The graphics desk's lint: a finished scene and its layers in, what a desk would send back out.
//!
//! It looks at what was drawn, not at how: boxes of letters, the ways of arrows, colours, words. A rule that the
//! layout promises is checked here by other means than the layout uses.

use super::color::{GRAPHIC_CONTRAST, TEXT_CONTRAST};
use super::fonts::Face;
use super::inset;
use super::options::MapOptions;
use super::panel::Ink;
use super::scene::{ArrowFact, Group, Item, Role, Scene, Text};
use super::style::Style;
use super::wording;
use crate::geometry::clip::{self, Frame};
use crate::layers::Layers;
use crate::movements::Class;
use crate::story::Story;
use geo::Coord;
use jiff::civil::Date;
use serde::Serialize;

/// The share of a ship's arrow that may lie on land: harbours, and coasts that are drawn coarsely.
const ON_LAND: f32 = 0.05;
/// A badge is round: names may reach so far into the corners of its box, px.
const BADGE_RIM: f64 = 2.0;
/// The smallest letters that print well, points.
const LEAST_POINTS: f32 = 6.0;
/// Points of a px at 96 px an inch.
const POINTS: f32 = 0.75;
/// A map whose newest statement is older than this many days says what was, not what is.
const STALE_DAYS: i32 = 30;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The map must not be published like this.
    Error,
    /// A desk would look again.
    Warning,
}

/// What is looked for: an id and what it means, for readers and for SARIF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// What it means.
    pub means: &'static str,
}

/// All rules.
pub const RULES: &[Rule] = &[
    Rule { id: "label-overlap", means: "Two names lie over each other." },
    Rule { id: "badge-on-label", means: "The number of a step lies over a name or another number." },
    Rule { id: "label-on-arrow", means: "A name lies over an arrow." },
    Rule { id: "label-cut", means: "A name reaches over the edge of the map, an inset or the page." },
    Rule { id: "label-dropped", means: "A name that belongs on the map found no room." },
    Rule { id: "arrow-short", means: "An arrow is too short to be followed." },
    Rule { id: "ship-on-land", means: "A ship's arrow crosses land." },
    Rule {
        id: "solid-unconfirmed",
        means: "A line without gaps, which says confirmed, stands for a movement that nobody confirmed.",
    },
    Rule {
        id: "promises-more",
        means: "Words say more than the claims: a planned, possible or merely reported movement as a fact.",
    },
    Rule { id: "no-source", means: "The map does not say where its statements come from." },
    Rule { id: "no-date", means: "The map does not say as of when." },
    Rule { id: "stale", means: "The newest statement is old." },
    Rule { id: "contrast", means: "Letters or lines stand out too little from what lies under them." },
    Rule { id: "letters-small", means: "Letters are smaller than print can show." },
    Rule { id: "words-cut", means: "Words beside the map were left out for want of room." },
];

/// Something that a desk would send back.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The id of its rule.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What was found, and what to do.
    pub message: String,
    /// Where, px at 1x: `[x0, y0, x1, y1]`.
    #[serde(rename = "box")]
    pub place: Option<[f32; 4]>,
}

/// What a desk would send back of a drawn story, the heaviest first. `today` dates the question whether it is old.
pub fn check(
    scene: &Scene,
    story: &Story,
    layers: &Layers,
    options: &MapOptions,
    today: Option<Date>,
) -> Vec<Finding> {
    let insets: Vec<Frame> = scene.facts.inset_frames.iter().map(|frame| Frame::from(*frame)).collect();
    let mut texts = Vec::new();
    let mut frames = insets.iter();
    for group in scene.all_groups() {
        let is_inset = inset::GROUPS.contains(&group.name.as_str());
        let inset = if is_inset { frames.next().copied() } else { None };
        collect(group, inset, &mut texts);
    }
    let mut desk = Desk { scene, insets, findings: Vec::new() };
    desk.names(&texts);
    desk.arrows(layers);
    desk.promises(story, layers);
    desk.sources(story, today);
    desk.contrast(options, &texts);
    desk.letters(&texts);
    desk.findings.sort_by_key(|finding| finding.severity);
    desk.findings
}

struct Desk<'s> {
    scene: &'s Scene,
    /// The insets' frames, px.
    insets: Vec<Frame>,
    findings: Vec<Finding>,
}

/// A name with the picture that it stands in: the map, or one of its insets.
struct Name<'s> {
    text: &'s Text,
    frame: Frame,
    inset: Option<Frame>,
}

impl Name<'_> {
    /// What a map must never lose or blur is an error.
    fn severity(&self) -> Severity {
        if matches!(self.text.role, Role::Story | Role::Arrow) { Severity::Error } else { Severity::Warning }
    }
}

impl<'s> Desk<'s> {
    fn find(&mut self, rule: &'static str, severity: Severity, place: Option<[f32; 4]>, message: String) {
        debug_assert!(RULES.iter().any(|known| known.id == rule), "{rule} is no rule");
        self.findings.push(Finding { rule, severity, message, place });
    }

    fn names(&mut self, texts: &[Name<'s>]) {
        let names: Vec<&Name> = texts.iter().filter(|name| name.text.role != Role::Words).collect();
        for (at, one) in names.iter().enumerate() {
            for other in &names[at + 1..] {
                if one.inset == other.inset && one.frame.meets(&other.frame) {
                    let message =
                        format!("“{}” and “{}” lie over each other", one.text.text, other.text.text);
                    let severity = one.severity().min(other.severity());
                    self.find("label-overlap", severity, Some(one.frame.into()), message);
                }
            }
        }
        let badges = self.scene.facts.kept.iter().filter(|(name, _)| name.starts_with("badge "));
        let badges: Vec<(&str, Frame)> = badges
            .map(|(name, place)| (name.trim_start_matches("badge "), Frame::from(*place).grown(-BADGE_RIM)))
            .collect();
        for (at, (number, frame)) in badges.iter().enumerate() {
            // Those of an inset and of the map beneath it are not seen together.
            let is_inside = |frame: &Frame| self.insets.iter().position(|inset| inset.covers(frame));
            let same = |other: &Frame| is_inside(frame) == is_inside(other) && frame.meets(other);
            if let Some((other, _)) = badges[at + 1..].iter().find(|(_, other)| same(other)) {
                let message = format!("the numbers {number} and {other} lie over each other");
                self.find("badge-on-label", Severity::Error, Some((*frame).into()), message);
            }
        }
        let badges = self.scene.facts.kept.iter().filter(|(name, _)| name.starts_with("badge "));
        for (badge, place) in badges {
            let number = badge.trim_start_matches("badge ");
            let frame = Frame::from(*place).grown(-BADGE_RIM);
            let over = names.iter().filter(|name| name.severity() == Severity::Error);
            if let Some(name) = over.into_iter().find(|name| name.frame.meets(&frame)) {
                let message = format!("the number {number} lies over “{}”", name.text.text);
                self.find("badge-on-label", Severity::Error, Some(*place), message);
            }
        }
        let page = Frame::new(0.0, 0.0, f64::from(self.scene.width), f64::from(self.scene.height));
        let map = Frame::from(self.scene.facts.frame);
        for name in &names {
            let edge = name.inset.unwrap_or(map);
            let hidden = name.inset.is_none() && self.insets.iter().any(|inset| inset.meets(&name.frame));
            if hidden || !edge.covers(&name.frame) || !page.covers(&name.frame) {
                let what = if hidden { "lies under the inset" } else { "is cut by the edge" };
                let message = format!("“{}” {what}", name.text.text);
                self.find("label-cut", name.severity(), Some(name.frame.into()), message);
            }
            let of_inset = |arrow: &&ArrowFact| {
                let inside = |frame: &Frame| {
                    arrow.line.iter().all(|p| frame.contains(f64::from(p[0]), f64::from(p[1])))
                };
                name.inset.is_none_or(|inset| inside(&inset))
            };
            let arrows: Vec<&ArrowFact> = self.scene.facts.arrows.iter().filter(of_inset).collect();
            if let Some(arrow) = arrows.iter().find(|arrow| crosses(arrow, &name.frame)) {
                let message = format!("“{}” lies over the arrow of step {}", name.text.text, arrow.badge);
                self.find("label-on-arrow", name.severity(), Some(name.frame.into()), message);
            }
        }
        // The means and time of an arrow stand in its step's words too; names of overlays are for bearings.
        let dropped =
            self.scene.facts.dropped.iter().filter(|(role, _)| !matches!(role, Role::Arrow | Role::City));
        for (role, words) in dropped {
            let severity = if *role == Role::Story { Severity::Error } else { Severity::Warning };
            let message = format!("there is no room for “{words}”: a larger size shows it");
            self.find("label-dropped", severity, None, message);
        }
    }

    fn arrows(&mut self, layers: &Layers) {
        let style = &Style::embedded().arrow;
        for arrow in &self.scene.facts.arrows {
            let place = Some(around(arrow));
            let enlarged = self.insets.iter().any(|inset| inset.covers(&Frame::from(around(arrow))));
            let least = if enlarged { style.least_inset } else { style.least };
            if arrow.length() < least {
                let message = format!(
                    "the arrow of step {} is {:.0} px long, of {least:.0} at least: a larger size, or --bbox around it",
                    arrow.badge,
                    arrow.length()
                );
                self.find("arrow-short", Severity::Error, place, message);
            }
            if let Some(share) = arrow.on_land.filter(|share| *share > ON_LAND) {
                let message =
                    format!("{:.0} % of the ship's arrow of step {} lie on land", 100.0 * share, arrow.badge);
                self.find("ship-on-land", Severity::Error, place, message);
            }
            let confirmed = |class: Class| class == Class::Confirmed;
            let of_movement = layers.movements.iter().filter(|m| m.movement == arrow.movement);
            if arrow.solid && !of_movement.into_iter().any(|m| confirmed(m.class)) {
                let message =
                    format!("the arrow of step {} has no gaps, but nobody confirmed it", arrow.badge);
                self.find("solid-unconfirmed", Severity::Error, place, message);
            }
        }
    }

    /// Every step's words must say what its arrow's dashes say.
    fn promises(&mut self, story: &Story, layers: &Layers) {
        let drawn = || layers.movements.iter().filter(|m| m.is_drawn());
        for step in wording::steps(story, layers) {
            let of_step = wording::told(layers).filter(|m| m.badge == step.badge && m.badge != 0);
            let classes: Vec<Class> = of_step.map(|m| m.class).collect();
            let is_told = classes.iter().any(|class| matches!(class, Class::Reported | Class::Confirmed));
            let title = step.title.to_lowercase();
            let is_hedged = ["planned", "possible", "denied"].iter().any(|word| title.contains(word));
            if !classes.is_empty() && !is_told && !is_hedged {
                let message = format!("step {} is not told as done, but “{}” is", step.badge, step.title);
                self.find("promises-more", Severity::Error, None, message);
            }
        }
        let confirmed = drawn().any(|m| m.class == Class::Confirmed);
        let title = wording::title(story, layers).to_lowercase();
        let hedges =
            ["report", "plan", "possib", "said", "told", "may ", "might", "mentioned", "no movement"];
        if drawn().next().is_some() && !confirmed && !hedges.iter().any(|word| title.contains(word)) {
            let message = format!("the title says “{title}” as a fact; nobody confirmed it");
            self.find("promises-more", Severity::Error, None, message);
        }
    }

    fn sources(&mut self, story: &Story, today: Option<Date>) {
        if wording::sources(story).is_empty() {
            let message =
                "the report has no title, publisher or date: give them in its front matter".to_owned();
            self.find("no-source", Severity::Warning, None, message);
        }
        match (wording::as_of(story), today) {
            (None, _) => {
                let message = "no statement has a date: give --published".to_owned();
                self.find("no-date", Severity::Warning, None, message);
            }
            (Some(date), Some(today)) => {
                let days = today.since(date).map_or(0, |span| span.get_days());
                if days > STALE_DAYS {
                    let message = format!("the newest statement is of {date}, {days} days ago");
                    self.find("stale", Severity::Warning, None, message);
                }
            }
            _ => {}
        }
    }

    fn contrast(&mut self, options: &MapOptions, texts: &[Name<'s>]) {
        let palette = Style::embedded().palette(options.theme);
        let grounds = [palette.sea, palette.land, palette.land_story];
        let mut seen = Vec::new();
        for Name { text, .. } in texts {
            if seen.contains(&(text.color, text.halo.is_some())) {
                continue;
            }
            seen.push((text.color, text.halo.is_some()));
            let under: &[_] = if text.halo.is_some() { &grounds } else { &[palette.page] };
            let badge = text.color == palette.badge_text && text.face == Face::Bold;
            let least = under.iter().map(|ground| text.color.contrast(*ground)).fold(f64::MAX, f64::min);
            if least < TEXT_CONTRAST && !badge {
                let message =
                    format!("“{}” has a contrast of {least:.1}, of {TEXT_CONTRAST} at least", text.text);
                self.find("contrast", Severity::Error, Some(text.frame()), message);
            }
        }
        let ink = Ink { palette, tier: 0 };
        for actor in 0..=palette.actors.len() {
            let color = ink.actor(actor);
            let least = grounds.iter().map(|ground| color.contrast(*ground)).fold(f64::MAX, f64::min);
            if least < GRAPHIC_CONTRAST {
                let message =
                    format!("{} has a contrast of {least:.1}, of {GRAPHIC_CONTRAST} at least", color.hex());
                self.find("contrast", Severity::Error, None, message);
            }
        }
    }

    fn letters(&mut self, texts: &[Name<'s>]) {
        let points = POINTS * self.scene.paper[0] / self.scene.width;
        let small = texts.iter().filter(|name| name.text.size * points < LEAST_POINTS);
        if let Some(smallest) = small.min_by(|a, b| a.text.size.total_cmp(&b.text.size)) {
            let message = format!(
                "“{}” is {:.1} pt, of {LEAST_POINTS} at least",
                smallest.text.text,
                smallest.text.size * points
            );
            self.find("letters-small", Severity::Error, Some(smallest.text.frame()), message);
        }
        if self.scene.facts.words_cut {
            let message = "words beside the map were left out: a larger size shows them all".to_owned();
            self.find("words-cut", Severity::Warning, None, message);
        }
    }
}

/// All texts of a group, with the inset that they stand in.
fn collect<'s>(group: &'s Group, inset: Option<Frame>, names: &mut Vec<Name<'s>>) {
    for item in &group.items {
        match item {
            Item::Group(inner) => collect(inner, inset, names),
            Item::Text(text) => names.push(Name { text, frame: text.frame().into(), inset }),
            Item::Shape(_) => {}
        }
    }
}

fn crosses(arrow: &ArrowFact, frame: &Frame) -> bool {
    let grown = frame.grown(f64::from(arrow.half_width));
    let point = |p: [f32; 2]| Coord { x: f64::from(p[0]), y: f64::from(p[1]) };
    arrow.line.windows(2).any(|w| clip::segment(point(w[0]), point(w[1]), &grown).is_some())
}

/// The box around an arrow.
fn around(arrow: &ArrowFact) -> [f32; 4] {
    arrow.line.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[x0, y0, x1, y1], [x, y]| {
        [x0.min(*x), y0.min(*y), x1.max(*x), y1.max(*y)]
    })
}

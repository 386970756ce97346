//! The words beside or under the map: steps, numbers in dispute, legend.

use super::arrows;
use super::color::Color;
use super::fonts::{self, Face};
use super::overlay;
use super::scene::{Anchor, Group, Item, Path, Role, Shape, Stroke, Text};
use super::style::{Palette, Style};
use super::wording::Step;
use crate::movements::Class;
use geo::Coord;

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A class of arrow.
    Class(Class),
    /// Bars across an arrow.
    Denied,
    /// A thin arrow.
    Inferred,
    /// A hatched area.
    Vague,
    /// An outlined area.
    Area,
    /// Hatched disputed ground.
    Disputed,
    /// Something that exists but has no position.
    Unplaced,
    /// A width and what it stands for.
    Width(f32, String),
    /// A colour and who moves in it.
    Actor(usize, String),
    /// Somebody's own lines.
    Overlay(overlay::Key),
}

impl Entry {
    fn words(&self) -> String {
        match self {
            Entry::Class(Class::Confirmed) => "Confirmed by an editor".to_owned(),
            Entry::Class(Class::Reported) => "Reported".to_owned(),
            Entry::Class(Class::Planned) => "Planned".to_owned(),
            Entry::Class(Class::Possible) => "Possible".to_owned(),
            Entry::Class(Class::Denied) => "Denied".to_owned(),
            Entry::Denied => "Denied by a party".to_owned(),
            Entry::Inferred => "Thin: an end is inferred".to_owned(),
            Entry::Vague => "Vague area, no fixed edge".to_owned(),
            Entry::Area => "Area named, no exact place".to_owned(),
            Entry::Disputed => "Disputed territory".to_owned(),
            Entry::Unplaced => "Sites, places not named".to_owned(),
            Entry::Overlay(key) => key.words().to_owned(),
            Entry::Width(_, words) | Entry::Actor(_, words) => words.clone(),
        }
    }
}

/// Everything that is told in words beside the map.
#[derive(Debug, Clone, Default)]
pub struct Panel {
    /// Steps.
    pub steps: Vec<Step>,
    /// Figures that differ.
    pub numbers: Vec<String>,
    /// What is drawn.
    pub legend: Vec<Entry>,
    /// How many steps are left out for want of room.
    pub more: usize,
    /// Whether its lines stand closer, for want of room.
    pub is_tight: bool,
}

/// What was left out of a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loss {
    /// What is told besides the numbered steps, or a sign that explains itself.
    Besides,
    /// Words of a step, a number in dispute.
    Told,
}

/// What a panel is drawn with.
pub struct Ink<'p> {
    /// Colours.
    pub palette: &'p Palette,
    /// 0 for wide maps, 1, 2 for narrow ones.
    pub tier: usize,
}

impl Ink<'_> {
    /// The colour of an actor.
    pub fn actor(&self, index: usize) -> Color {
        self.palette.actors.get(index).copied().unwrap_or(self.palette.other)
    }
}

struct Pen<'a> {
    group: Option<&'a mut Group>,
    y: f32,
    bottom: f32,
    cut: bool,
}

impl Pen<'_> {
    fn text(&mut self, x: f32, size: f32, face: Face, color: Color, text: &str) {
        let y = self.y + size;
        if let Some(group) = self.group.as_deref_mut() {
            group.items.push(Item::Text(line(x, y, size, face, color, text)));
        }
        self.y += (size * 1.34).round();
    }

    fn shape(&mut self, shape: Shape) {
        if let Some(group) = self.group.as_deref_mut() {
            group.items.push(Item::Shape(shape));
        }
    }
}

/// A line of text without a halo.
pub fn line(x: f32, y: f32, size: f32, face: Face, color: Color, text: &str) -> Text {
    let role = Role::Words;
    Text {
        text: text.to_owned(),
        role,
        x,
        y,
        anchor: Anchor::Start,
        face,
        size,
        color,
        tracking: 0.0,
        halo: None,
        bend: None,
    }
}

/// Draws a badge: a filled circle with a numeral.
pub fn badge(
    group: &mut Group,
    x: f32,
    y: f32,
    number: u32,
    color: Color,
    palette: &Palette,
    id: Option<String>,
) {
    let style = Style::embedded();
    let r = style.node.badge;
    group.items.push(Item::Shape(Shape {
        id,
        path: Path::circle(x, y, r),
        fill: Some(color),
        stroke: None,
        ..Shape::default()
    }));
    let size = if number > 9 { 11.0 } else { style.text.badge[0] };
    let mut text = line(x, y + size * 0.36, size, Face::Bold, palette.badge_text, &number.to_string());
    text.anchor = Anchor::Middle;
    group.items.push(Item::Text(text));
}

impl Panel {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.numbers.is_empty() && self.legend.is_empty()
    }

    /// Height of the panel at a width.
    pub fn height(&self, width: f32, ink: &Ink, columns: usize) -> f32 {
        let mut pen = Pen { group: None, y: 0.0, bottom: f32::MAX, cut: false };
        self.lay_out(&mut pen, 0.0, width, ink, columns);
        pen.y
    }

    /// Draws the panel from `top`; lines that do not fit above `bottom` are left out, the last of each step
    /// first. Whether something was left out that belongs to a numbered step or to the numbers in dispute.
    pub fn draw(
        &self,
        group: &mut Group,
        [x, top, width, bottom]: [f32; 4],
        ink: &Ink,
        columns: usize,
    ) -> bool {
        let mut fitting = self.clone();
        let mut cut = false;
        while fitting.height(width, ink, columns) > bottom - top {
            match fitting.drop_a_line() {
                Some(loss) => cut |= loss == Loss::Told,
                None => break,
            }
        }
        let mut pen = Pen { group: Some(group), y: top, bottom, cut };
        fitting.lay_out(&mut pen, x, width, ink, columns);
        pen.cut
    }

    /// Moves lines closer, then leaves out what is least needed: figures beyond three, what is told besides, widths and marks that the map
    /// explains itself, then the words of steps down to one line each, and whole steps last.
    fn drop_a_line(&mut self) -> Option<Loss> {
        if !self.is_tight {
            self.is_tight = true;
            return Some(Loss::Besides);
        }
        let numbered = |step: &Step| step.badge != 0;
        let besides = |step: &Step| step.badge == 0;
        if self.numbers.len() > 3 {
            self.numbers.pop();
            return Some(Loss::Told);
        }
        if self.shorten_longest(1, besides) {
            return Some(Loss::Besides);
        }
        if self.shorten_longest(3, numbered) {
            return Some(Loss::Told);
        }
        for drop in [
            |e: &Entry| matches!(e, Entry::Width(..)),
            |e: &Entry| matches!(e, Entry::Unplaced),
            |e: &Entry| matches!(e, Entry::Inferred),
        ] {
            let before = self.legend.len();
            self.legend.retain(|e| !drop(e));
            if self.legend.len() < before {
                return Some(Loss::Besides);
            }
        }
        if self.steps.iter().any(numbered)
            && let Some(last) = self.steps.iter().rposition(besides)
        {
            self.steps.remove(last);
            return Some(Loss::Besides);
        }
        if self.shorten_longest(1, |_| true) {
            return Some(Loss::Told);
        }
        if !self.numbers.is_empty() {
            self.numbers.pop();
            return Some(Loss::Told);
        }
        if self.shorten_longest(0, |_| true) {
            return Some(Loss::Told);
        }
        if self.steps.len() > 1 {
            self.steps.pop();
            self.more += 1;
            return Some(Loss::Told);
        }
        // On a page this small the map speaks alone: better no words than words over others.
        if !self.legend.is_empty() {
            self.legend.clear();
            return Some(Loss::Told);
        }
        let had_words = !self.steps.is_empty() || self.more > 0;
        self.steps.clear();
        self.more = 0;
        had_words.then_some(Loss::Told)
    }

    /// Takes the last line of the longest of these steps, if it has more than `least`.
    fn shorten_longest(&mut self, least: usize, of: impl Fn(&Step) -> bool) -> bool {
        let steps = self.steps.iter_mut().filter(|step| of(step));
        let longest = steps.max_by_key(|step| step.lines.len()).filter(|step| step.lines.len() > least);
        longest.is_some_and(|step| step.lines.pop().is_some())
    }

    /// How many columns of legend entries fit side by side.
    pub fn columns(&self, width: f32, tier: usize) -> usize {
        let size = Style::embedded().text.legend[tier];
        let widest = self.legend.iter().map(|e| fonts::width(Face::Regular, size, 0.0, &e.words()));
        let one = 58.0 + 22.0 + widest.fold(0.0, f32::max);
        ((width + 22.0) / one).floor().clamp(1.0, 4.0) as usize
    }

    fn lay_out(&self, pen: &mut Pen, x: f32, width: f32, ink: &Ink, columns: usize) {
        let text = &Style::embedded().text;
        let (title, body) = (text.step_title[ink.tier], text.step_text[ink.tier]);
        let gap = if self.steps.len() > 5 || self.is_tight { 5.0 } else { 10.0 };
        let indent = 30.0;
        for step in &self.steps {
            let top = pen.y;
            let at = if step.badge == 0 { 0.0 } else { indent };
            for words in fonts::wrap(Face::Bold, title, &step.title, width - at) {
                pen.text(x + at, title, Face::Bold, ink.palette.label, &words);
            }
            for words in step.lines.iter().flat_map(|l| fonts::wrap(Face::Regular, body, l, width - at)) {
                pen.text(x + at, body, Face::Regular, ink.palette.muted, &words);
            }
            if step.badge != 0
                && let Some(group) = pen.group.as_deref_mut()
            {
                badge(
                    group,
                    x + 11.0,
                    top + title * 0.66,
                    step.badge,
                    ink.actor(step.actor),
                    ink.palette,
                    None,
                );
            }
            pen.y += gap;
        }
        if self.more > 0 {
            pen.text(x, body, Face::Regular, ink.palette.muted, &format!("… and {} more", self.more));
            pen.y += gap;
        }
        if !self.numbers.is_empty() {
            self.rule(pen, x, width, ink);
            pen.text(x, title, Face::Bold, ink.palette.label, "Numbers in dispute");
            for words in self.numbers.iter().flat_map(|l| fonts::wrap(Face::Regular, body, l, width)) {
                pen.text(x, body, Face::Regular, ink.palette.muted, &words);
            }
            pen.y += gap;
        }
        if !self.legend.is_empty() {
            if !self.steps.is_empty() || !self.numbers.is_empty() {
                self.rule(pen, x, width, ink);
            }
            self.legend(pen, x, width, ink, columns);
        }
        pen.cut |= pen.y > pen.bottom + 1.0;
    }

    /// From one entry of the legend to the next, px.
    fn legend_step(&self) -> f32 {
        if self.is_tight { 18.0 } else { 21.0 }
    }

    fn rule(&self, pen: &mut Pen, x: f32, width: f32, ink: &Ink) {
        let y = pen.y.round() + 0.5;
        let path = Path::line(&[[x, y], [x + width, y]]);
        let stroke = Some(Stroke::solid(ink.palette.rule, Style::embedded().line.rule));
        pen.shape(Shape { path, stroke, ..Shape::default() });
        pen.y += 10.0;
    }

    fn legend(&self, pen: &mut Pen, x: f32, width: f32, ink: &Ink, columns: usize) {
        let size = Style::embedded().text.legend[ink.tier];
        let step = self.legend_step();
        let column = width / columns as f32;
        if columns == 1 {
            return self.narrow_legend(pen, x, width, ink);
        }
        let rows = self.legend.len().div_ceil(columns);
        for (i, entry) in self.legend.iter().enumerate() {
            let (at_x, y) = (x + column * (i / rows) as f32, pen.y + step * (i % rows) as f32 + 10.0);
            if let Some(group) = pen.group.as_deref_mut() {
                sample(group, entry, at_x, y, ink);
                let words = line(
                    at_x + 58.0,
                    y + size * 0.36,
                    size,
                    Face::Regular,
                    ink.palette.label,
                    &entry.words(),
                );
                group.items.push(Item::Text(words));
            }
        }
        pen.y += step * rows as f32;
    }

    /// One entry under the other, words wrapped where the page is narrow.
    fn narrow_legend(&self, pen: &mut Pen, x: f32, width: f32, ink: &Ink) {
        let size = Style::embedded().text.legend[ink.tier];
        for entry in &self.legend {
            let y = pen.y + 10.0;
            let lines = fonts::wrap(Face::Regular, size, &entry.words(), (width - 58.0).max(60.0));
            if let Some(group) = pen.group.as_deref_mut() {
                sample(group, entry, x, y, ink);
                for (i, words) in lines.iter().enumerate() {
                    let at = y + size * 0.36 + 15.0 * i as f32;
                    let text = line(x + 58.0, at, size, Face::Regular, ink.palette.label, words);
                    group.items.push(Item::Text(text));
                }
            }
            pen.y += self.legend_step() + 15.0 * (lines.len() - 1) as f32;
        }
    }
}

/// The small picture before an entry of the legend: 48 px wide around `y`.
fn sample(group: &mut Group, entry: &Entry, x: f32, y: f32, ink: &Ink) {
    let style = Style::embedded();
    let red = ink.actor(0);
    let ends = |from: f32, to: f32| {
        vec![Coord { x: f64::from(from), y: f64::from(y) }, Coord { x: f64::from(to), y: f64::from(y) }]
    };
    let boxed: [[f32; 2]; 4] = [[x, y - 7.5], [x + 48.0, y - 7.5], [x + 48.0, y + 7.5], [x, y + 7.5]];
    let hatched = |pitch: f32, angle: f64| {
        let ring: Vec<Coord<f64>> =
            boxed.iter().map(|p| Coord { x: f64::from(p[0]), y: f64::from(p[1]) }).collect();
        let mut path = Path::default();
        for (a, b) in super::ground::hatch(&[ring], f64::from(pitch), angle) {
            path.add_line(&[super::view::point(a), super::view::point(b)]);
        }
        path
    };
    let mut arrow = |class: Class, width: f32, color: Color| {
        let look = arrows::Look {
            color,
            width,
            class: style.class(class).clone(),
            halo: ink.palette.page,
            ink: ink.palette.label,
            contested: false,
            at_sea: false,
        };
        let (mut shafts, mut heads) = (Group::default(), Group::default());
        arrows::draw(&ends(x, x + 48.0), true, &look, "", "", &mut shafts, &mut heads);
        for mut item in shafts.items.into_iter().chain(heads.items) {
            if let Item::Shape(shape) = &mut item {
                (shape.id, shape.class, shape.title) = (None, None, None);
            }
            group.items.push(item);
        }
    };
    match entry {
        Entry::Class(class) => arrow(*class, style.arrow.width[0] + 0.3, red),
        Entry::Inferred => arrow(Class::Reported, style.arrow.width[0] * style.arrow.inferred, red),
        Entry::Width(width, _) => arrow(Class::Confirmed, *width, ink.palette.muted),
        Entry::Actor(actor, _) => arrow(Class::Confirmed, style.arrow.width[0], ink.actor(*actor)),
        Entry::Denied => {
            let mut path = Path::default();
            path.add_line(&[[x + 20.5, y + 8.0], [x + 23.0, y - 8.0]]);
            path.add_line(&[[x + 25.5, y + 8.0], [x + 28.0, y - 8.0]]);
            let stroke = Some(Stroke::solid(ink.palette.label, 2.2));
            group.items.push(Item::Shape(Shape { path, stroke, ..Shape::default() }));
        }
        Entry::Vague => {
            let stroke = Some(Stroke::solid(red.at(style.line.hatch_alpha), style.line.hatch));
            let path = hatched(style.line.hatch_pitch, 45.0);
            group.items.push(Item::Shape(Shape { path, stroke, ..Shape::default() }));
        }
        Entry::Disputed => {
            let stroke = Some(Stroke::solid(ink.palette.border, style.line.disputed));
            let path = hatched(style.line.disputed_pitch, -45.0);
            group.items.push(Item::Shape(Shape { path, stroke, ..Shape::default() }));
        }
        Entry::Area => {
            let stroke = arrows::dashed(red, style.line.area, &style.line.area_dash);
            let fill = Some(red.at(style.line.area_fill));
            group.items.push(Item::Shape(Shape {
                path: Path::ring(&boxed),
                fill,
                stroke: Some(stroke),
                ..Shape::default()
            }));
        }
        Entry::Overlay(key) => key.draw(group, x, y, ink),
        Entry::Unplaced => {
            for i in 0..3 {
                group.items.push(Item::Shape(diamond(
                    x + 10.0 + 14.0 * i as f32,
                    y,
                    5.0,
                    red,
                    ink.palette.page,
                )));
            }
        }
    }
}

/// A small hollow diamond.
pub fn diamond(x: f32, y: f32, r: f32, color: Color, fill: Color) -> Shape {
    Shape {
        path: Path::ring(&[[x, y - r], [x + r, y], [x, y + r], [x - r, y]]),
        fill: Some(fill),
        stroke: Some(Stroke::solid(color, 1.5)),
        ..Shape::default()
    }
}

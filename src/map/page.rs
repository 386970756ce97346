//! The page: zones for the words, the map between them, everything in its place.

use super::fonts::{self, Face};
use super::furniture;
use super::ground::{self, Ground};
use super::inset;
use super::metadata::Record;
use super::options::{MapError, MapOptions, SCREEN_INCH, Units};
use super::overlay;
use super::panel::{self, Entry, Ink, Panel};
use super::picture::{Painter, extent, named_sites};
use super::scene::{Anchor, Facts, Group, Item, Path, Scene, Shape, Stroke};
use super::style::Style;
use super::view::{View, automatic, gathered, named};
use super::wording;
use crate::geometry::clip::Frame;
use crate::geometry::{Bbox, LonLat, geodesic};
use crate::layers::{self, Layers, MovementFeature, PlaceFeature};
use crate::movements::Class;
use crate::places::PlaceKind;
use crate::story::Story;
use crate::world::{World, Worldview};
use geo::Coord;
use std::collections::BTreeSet;

/// Draws a story.
///
/// # Errors
/// Sizes, scale, projection or box that cannot be.
pub fn draw(story: &Story, options: &MapOptions) -> Result<Scene, MapError> {
    options.check()?;
    let world = World::embedded()?;
    draw_layers(story, &layers::from_story(story, world), world, options)
}

/// Draws the layers of a story.
///
/// # Errors
/// Sizes, scale, projection or box that cannot be.
pub fn draw_layers(
    story: &Story,
    layers: &Layers,
    world: &World,
    options: &MapOptions,
) -> Result<Scene, MapError> {
    options.check()?;
    let page = Page::new(story, layers, world, options);
    page.draw()
}

struct Page<'p> {
    story: &'p Story,
    layers: &'p Layers,
    world: &'p World,
    options: &'p MapOptions,
    width: f32,
    margin: f32,
    tier: usize,
}

/// The heading in lines.
struct Heading {
    title: Vec<String>,
    subtitle: Vec<String>,
}

impl<'p> Page<'p> {
    fn new(story: &'p Story, layers: &'p Layers, world: &'p World, options: &'p MapOptions) -> Self {
        let width = options.size.width.round();
        let tier = if width >= 900.0 {
            0
        } else if width >= 480.0 {
            1
        } else {
            2
        };
        Page { story, layers, world, options, width, margin: if tier == 2 { 16.0 } else { 24.0 }, tier }
    }

    fn draw(&self) -> Result<Scene, MapError> {
        let style = Style::embedded();
        let palette = style.palette(self.options.theme);
        let ink = Ink { palette, tier: self.tier };
        let (m, w) = (self.margin, self.width);
        let inner = w - 2.0 * m;

        let heading = self.heading(inner);
        let top = self.heading_height(&heading);
        let mut panel = Panel {
            steps: wording::steps(self.story, self.layers),
            numbers: wording::numbers_in_dispute(self.story, self.layers),
            legend: self.legend(|m| m.is_drawn()),
            more: 0,
            is_tight: false,
        };
        if let Some(step) = self.options.step {
            panel.steps.retain(|s| s.badge == step);
        }
        let foot = self.foot(inner, &vec![1; self.options.overlays.len()]);
        let foot_height = 20.0 + foot.iter().map(|_| 17.0).sum::<f32>() + m * 0.5;
        let tall = self.options.size.height.is_some_and(|h| h > w * 1.1);
        let beside = self.tier == 0 && !tall && !panel.is_empty();
        let columns = panel.columns(inner, self.tier);
        let below = if beside || panel.is_empty() { 0.0 } else { panel.height(inner, &ink, columns) + 14.0 };

        // the map takes what the words leave
        let mut height = match self.options.size.height {
            Some(height) => height.round(),
            None => (top + (inner * self.map_shape(inner)).round() + below + foot_height + 12.0).round(),
        };
        self.options.check_size(w, height)?;
        let least_map = (height * 0.42).min(inner * 0.8);
        let map_bottom = (height - foot_height - below).max(top + least_map).min(height - foot_height);
        let left = if beside { m + 268.0 + 24.0 } else { m };
        let frame =
            Frame::new(f64::from(left), f64::from(top), f64::from(w - m), f64::from(map_bottom - 8.0));

        let view = self.view(frame)?;
        let ground = Ground {
            world: self.world,
            story_countries: self.story_countries(),
            worldview: self.options.worldview,
            rivers: view.km_per_px(view.middle()) < 2.5,
            units: self.shows_units() && view.km_per_px(view.middle()) < 4.0,
        };
        let spoken = super::local::in_language(self.layers, self.world, &self.options.lang);
        let painter = Painter {
            layers: &spoken,
            world: self.world,
            ink: &ink,
            ground: &ground,
            overlays: &self.options.overlays,
            lang: &self.options.lang,
            statements: self.options.statements,
            step: self.options.step,
            narrow: self.tier == 2,
        };
        // what the frame does not show of the overlays is neither explained nor credited
        let shown: Vec<usize> =
            self.options.overlays.iter().map(|o| overlay::count_shown(o, &view)).collect();
        let foot = self.foot(inner, &shown);
        let drawn = painter.drawn();
        let mut facts = Facts { projection: view.projection.name().to_owned(), ..Facts::default() };
        for (overlay, shown) in self.options.overlays.iter().zip(&shown) {
            facts.remarks.extend(overlay::remarks(overlay, *shown));
        }
        if self.options.bbox.is_none() {
            let is_outside = |c: Coord<f64>| !frame.contains(c.x, c.y);
            let far =
                named_sites(self.layers).filter(|p| p.position.is_some_and(|at| is_outside(view.place(at))));
            let remark =
                |p: &PlaceFeature| format!("{} lies far from the other places and outside the map", p.name);
            facts.remarks.extend(far.map(remark));
        }
        let insets = inset::plan(&painter, &view, &drawn, self.tier);
        let enlarged = |i: &usize| insets.iter().any(|inset| inset.members.contains(i));
        let on_main: Vec<usize> = drawn.iter().copied().filter(|i| !enlarged(i)).collect();
        let sources: Vec<Frame> = insets.iter().map(|inset| inset.source).collect();
        let notice = self.nothing_placed(frame, &ink);
        let mut covered: Vec<Frame> = insets.iter().map(|inset| inset.view.frame.grown(3.0)).collect();
        covered.extend(notice.iter().map(|(place, _)| place.grown(4.0)));
        let mut map = painter.picture(&view, &on_main, &on_main, &sources, &covered, style.arrow.least);
        if let Some(scale) = furniture::scale_bar(
            &view,
            self.options.units,
            &ink,
            &mut map.room,
            110.0f64.min(frame.width() * 0.25),
        ) {
            map.groups.push(scale);
        }
        let radius = if self.tier == 2 { 28.0 } else { 42.0 };
        if let Some(globe) = furniture::locator(&view, &ground, &ink, &mut map.room, radius) {
            map.groups.push(globe);
        }
        let mut groups = Vec::new();
        let mut details = Vec::new();
        for (inset, letter) in insets.iter().zip(["A", "B", "C"]) {
            let units = if self.options.units == Units::Both { Units::Km } else { self.options.units };
            let picture = inset::draw(&painter, inset, &drawn, letter, &mut map, units);
            facts.insets += 1;
            facts.kept.extend(picture.room.kept);
            facts.dropped.extend(picture.dropped);
            facts.arrows.extend(picture.arrows);
            facts.inset_frames.push(inset.view.frame.into());
            let all = picture.ground.groups().iter().cloned().chain(picture.groups);
            let items = all.map(Item::Group).collect();
            let name = inset::GROUPS[details.len() % inset::GROUPS.len()].to_owned();
            details.push(Group { name, items });
        }
        groups.append(&mut map.groups);
        groups.append(&mut details);
        facts.kept.extend(map.room.kept);
        facts.dropped.extend(map.dropped);
        facts.arrows.extend(map.arrows);
        facts.remarks.extend(map.remarks);
        facts.frame = frame.into();
        // Some arrows were too short to be drawn: what stands for them is not explained.
        let has_arrow = |m: &MovementFeature| facts.arrows.iter().any(|arrow| arrow.movement == m.movement);
        panel.legend = self.legend(|m| m.is_drawn() && has_arrow(m));
        if !ground.shows_dispute(&view) {
            panel.legend.retain(|e| *e != Entry::Disputed);
        }
        let hidden = self.overlay_keys(|index| shown[index] == 0);
        panel.legend.retain(|e| !hidden.contains(e));

        if self.options.size.height.is_none() && below > 0.0 {
            // Words that went with what was not drawn leave no gap.
            height = (height + panel.height(inner, &ink, columns) + 14.0 - below).round();
        }
        let mut furniture = Group::new("furniture");
        furniture.items.push(Item::Shape(Shape {
            path: ground::frame_path(frame),
            stroke: Some(Stroke::solid(palette.rule, style.line.rule)),
            ..Shape::default()
        }));
        furniture.items.extend(notice.into_iter().flat_map(|(_, items)| items));
        self.draw_heading(&heading, &mut furniture, &ink);
        let room = if beside {
            [m, top, 268.0, height - foot_height - 6.0]
        } else {
            [m, map_bottom + 6.0, inner, height - foot_height + 2.0]
        };
        if !panel.is_empty() && panel.draw(&mut furniture, room, &ink, if beside { 1 } else { columns }) {
            facts.words_cut = true;
            facts
                .remarks
                .push("words beside the map were shortened to fit: a larger size shows them all".to_owned());
        }
        self.draw_foot(&foot, height - foot_height, &mut furniture, &ink);
        groups.push(furniture);

        let asked = self.options.size;
        let scale = self.options.scale_for(w, height);
        if scale < self.options.scale {
            let dpi = (scale * self.options.size.inch()).floor();
            facts
                .remarks
                .push(format!("a PNG or WebP of this page has {dpi} dots an inch: more would be too large"));
        }
        let record = Record::new(self.story, self.layers, self.options, [w, height], &facts.projection);
        Ok(Scene {
            width: w,
            height,
            paper: [asked.width, asked.height.unwrap_or(height * asked.width / w)]
                .map(|px| px * SCREEN_INCH / asked.inch()),
            scale,
            on_paper: asked.on_paper,
            theme: self.options.theme,
            background: palette.page,
            ground: map.ground,
            groups,
            title: wording::alt_short(self.story, self.layers),
            description: self.described(&shown),
            lang: self.options.lang.clone(),
            svg_text: self.options.svg_text,
            record: Some(record),
            facts,
        })
    }

    /// Entries of the legend for some of the overlays.
    fn overlay_keys(&self, which: impl Fn(usize) -> bool) -> Vec<Entry> {
        let palette = Style::embedded().palette(self.options.theme);
        let all = self.options.overlays.iter().enumerate().filter(|(index, _)| which(*index));
        all.filter_map(|(index, o)| overlay::key(o, index, palette).map(Entry::Overlay)).collect()
    }

    /// Credits of the overlays that show.
    fn overlay_credits(&self, shown: &[usize]) -> Vec<String> {
        let both = self.options.overlays.iter().zip(shown);
        both.filter(|(_, shown)| **shown > 0).map(|(overlay, _)| overlay::credit(overlay)).collect()
    }

    fn described(&self, shown: &[usize]) -> String {
        let mut words = vec![wording::alt_long(self.story, self.layers)];
        words.extend(self.overlay_credits(shown));
        words.join(" ")
    }

    /// Height of the map for its width, where the page does not fix it: taller where an inset will need room, lower
    /// where there would be nothing above the world and below it.
    fn map_shape(&self, inner: f32) -> f32 {
        let drawn: Vec<_> = self.layers.movements.iter().filter(|m| m.is_drawn()).collect();
        let lengths = drawn.iter().filter_map(|m| m.route.as_ref()).map(|r| r.length_km);
        let (least, most) = lengths.fold((f64::MAX, 0.0f64), |(a, b), km| (a.min(km), b.max(km)));
        let shape = if drawn.len() > 1 && most > 6.0 * least { 1.1 } else { 0.8 };
        let view = self.view(Frame::new(0.0, 0.0, f64::from(inner), f64::from(inner * shape)));
        let blank = view.map_or(0.0, |view| view.blank().map(|px| px.max(0.0)).iter().sum()) as f32;
        (shape - blank / inner).max(0.5)
    }

    fn heading(&self, inner: f32) -> Heading {
        if !self.options.heading {
            return Heading { title: Vec::new(), subtitle: Vec::new() };
        }
        let text = &Style::embedded().text;
        let title = wording::title(self.story, self.layers);
        let subtitle = wording::subtitle(self.story, self.layers);
        Heading {
            title: fonts::wrap(Face::Bold, text.title[self.tier], &title, inner),
            subtitle: if subtitle.is_empty() {
                Vec::new()
            } else {
                fonts::wrap(Face::Regular, text.subtitle[self.tier], &subtitle, inner)
            },
        }
    }

    fn heading_height(&self, heading: &Heading) -> f32 {
        let text = &Style::embedded().text;
        let lines = heading.title.len() as f32 * (text.title[self.tier] * 1.25).round()
            + heading.subtitle.len() as f32 * (text.subtitle[self.tier] * 1.4).round();
        self.margin * 0.6 + lines + if lines > 0.0 { 16.0 } else { 0.0 }
    }

    fn draw_heading(&self, heading: &Heading, group: &mut Group, ink: &Ink) {
        let text = &Style::embedded().text;
        let mut y = self.margin * 0.6;
        let (title, subtitle) = (text.title[self.tier], text.subtitle[self.tier]);
        for line in &heading.title {
            let at = y + title * 0.98;
            group.items.push(Item::Text(panel::line(
                self.margin,
                at,
                title,
                Face::Bold,
                ink.palette.title,
                line,
            )));
            y += (title * 1.25).round();
        }
        y += 3.0;
        for line in &heading.subtitle {
            let at = y + subtitle;
            group.items.push(Item::Text(panel::line(
                self.margin,
                at,
                subtitle,
                Face::Regular,
                ink.palette.muted,
                line,
            )));
            y += (subtitle * 1.4).round();
        }
    }

    /// The projection and the frame: what the caller asks, else what suits the extent.
    fn view(&self, frame: Frame) -> Result<View, MapError> {
        let mut positions = match self.options.bbox {
            Some(bbox) => box_positions(bbox),
            None => extent(self.layers),
        };
        if positions.is_empty() && self.nothing_positioned() {
            positions = self.options.overlays.iter().flat_map(|o| o.sample()).collect();
        }
        if positions.is_empty() {
            let sites: Vec<LonLat> = named_sites(self.layers).filter_map(|p| p.position).collect();
            positions = gathered(&sites);
        }
        if positions.is_empty() {
            positions = self.layers.places.iter().filter_map(|p| p.position).collect();
        }
        let whole_world = positions.is_empty();
        if whole_world {
            positions = vec![
                LonLat::new(-179.0, 0.0),
                LonLat::new(179.0, 0.0),
                LonLat::new(0.0, 82.0),
                LonLat::new(0.0, -58.0),
            ];
        }
        let view = self.view_of(&positions, frame, whole_world)?;
        if self.options.bbox.is_some() || whole_world || !self.is_all_at_sea() {
            return Ok(view);
        }
        // Open sea alone says nothing of where it is: wider, until there is land to be seen.
        for km in [0.0, 800.0, 1600.0, 2400.0, 3200.0] {
            let around = |p: &LonLat| [0.0, 90.0, 180.0, 270.0].map(|to| geodesic::destination(*p, to, km));
            let wider: Vec<LonLat> = positions.iter().flat_map(around).collect();
            let view = self.view_of(&wider, frame, false)?;
            if self.shows_land(&view) {
                return Ok(view);
            }
        }
        Ok(view)
    }

    /// Whether all places that movements lead from or to are waters.
    fn is_all_at_sea(&self) -> bool {
        let mut ends = self.layers.places.iter().filter(|p| p.is_end && p.position.is_some()).peekable();
        ends.peek().is_some() && ends.all(|p| p.kind == PlaceKind::Water)
    }

    /// Whether land takes up a little of a view at least.
    fn shows_land(&self, view: &View) -> bool {
        const STEPS: i32 = 20;
        let share = |i: i32| (f64::from(i) + 0.5) / f64::from(STEPS);
        let at = |x: i32, y: i32| Coord {
            x: view.frame.x0 + share(x) * view.frame.width(),
            y: view.frame.y0 + share(y) * view.frame.height(),
        };
        let is_land = |c| view.position(c).is_some_and(|p| !self.world.water_grid().is_water(p));
        let land = (0..STEPS).flat_map(|y| (0..STEPS).map(move |x| at(x, y))).filter(|c| is_land(*c));
        land.count() > (STEPS * STEPS / 50) as usize
    }

    /// The view of these positions, with room around them.
    fn view_of(&self, positions: &[LonLat], frame: Frame, whole_world: bool) -> Result<View, MapError> {
        let projection = match &self.options.projection {
            Some(text) => named(text, positions).ok_or_else(|| MapError::Projection(text.clone()))?,
            None if whole_world => crate::geometry::projection::Projection::equal_earth(0.0),
            None => automatic(positions, frame),
        };
        let (pad_x, pad_y) = match (self.options.bbox.is_some() || whole_world, self.tier) {
            (true, _) => (0.0, 0.0),
            (false, 2) => (44.0, 38.0),
            (false, _) => (84.0f64.min(frame.width() * 0.13), 58.0f64.min(frame.height() * 0.14)),
        };
        let inner = Frame::new(frame.x0 + pad_x, frame.y0 + pad_y, frame.x1 - pad_x, frame.y1 - pad_y);
        // a place alone is shown with the country around it
        let alone = Bbox::around(positions.iter().copied()).is_none_or(|b| b.width_deg() < 0.01);
        let least = match (self.options.bbox.is_some(), alone) {
            (true, _) => 1.0,
            (false, true) => 900.0,
            (false, false) => 350.0,
        };
        Ok(View::fit(projection, positions, frame, inner, least))
    }

    /// The countries that movements lead from or to; of a story without any, those that it names places of.
    fn story_countries(&self) -> Vec<String> {
        let is_told = wording::told(self.layers).next().is_some();
        let ends = self.layers.places.iter().filter(|p| p.is_end || !is_told && p.position.is_some());
        let mut codes: BTreeSet<String> = ends.clone().filter_map(|p| p.country.clone()).collect();
        let within: BTreeSet<&String> = ends.filter_map(|p| p.within.as_ref()).collect();
        let parents = self.layers.places.iter().filter(|p| within.contains(&p.id));
        codes.extend(parents.filter_map(|p| p.country.clone()));
        codes.into_iter().collect()
    }

    fn shows_units(&self) -> bool {
        self.layers.areas.iter().any(|a| !a.vague && a.kind == PlaceKind::Region)
    }

    /// Whether the story has no place with a position: then overlays make the frame.
    fn nothing_positioned(&self) -> bool {
        self.layers.places.iter().all(|p| p.position.is_none())
    }

    /// What the map says where it has nothing to draw, and where it says so.
    fn nothing_placed(&self, frame: Frame, ink: &Ink) -> Option<(Frame, Vec<Item>)> {
        let placed = |e: &Option<layers::End>| e.as_ref().is_some_and(|e| e.position.is_some());
        let movements = &self.layers.movements;
        let something = movements.iter().any(|m| m.is_asserted() && !m.background)
            && movements.iter().any(|m| placed(&m.from) || placed(&m.to));
        if something {
            return None;
        }
        let any_movement = wording::told(self.layers).next().is_some();
        // the subtitle says it, and the map has the places to show
        if !any_movement && self.options.heading && named_sites(self.layers).next().is_some() {
            return None;
        }
        let words = if any_movement {
            "The text tells of a movement, but names no place that could be drawn."
        } else if self.layers.places.iter().any(|p| p.position.is_some()) {
            "No movement was found in the text; nothing is drawn as one."
        } else {
            "No movement and no place was found in the text."
        };
        let size = if self.tier == 2 { 13.0 } else { 15.0 };
        let lines = fonts::wrap(Face::SemiBold, size, words, (frame.width() * 0.8) as f32);
        let height = lines.len() as f32 * size * 1.35;
        let width = lines.iter().map(|l| fonts::width(Face::SemiBold, size, 0.0, l)).fold(0.0, f32::max);
        let (hw, hh) = (width / 2.0 + 18.0, height / 2.0 + 14.0);
        let cx = ((frame.x0 + frame.x1) / 2.0) as f32;
        // in the middle, unless there is something to be seen
        let is_bare = self.options.overlays.is_empty() && self.nothing_positioned();
        let cy = match is_bare {
            true => ((frame.y0 + frame.y1) / 2.0) as f32,
            false => frame.y0 as f32 + hh + 6.0,
        };
        let place = [cx - hw, cy - hh, cx + hw, cy + hh];
        let mut items = vec![Item::Shape(Shape {
            path: Path::rect(place[0], place[1], place[2], place[3]),
            fill: Some(ink.palette.page),
            stroke: Some(Stroke::solid(ink.palette.rule, 1.0)),
            ..Shape::default()
        })];
        for (i, line) in lines.iter().enumerate() {
            let y = cy - height / 2.0 + size * (1.0 + 1.35 * i as f32);
            let mut text = panel::line(cx, y, size, Face::SemiBold, ink.palette.label, line);
            text.anchor = Anchor::Middle;
            items.push(Item::Text(text));
        }
        Some((place.into(), items))
    }

    /// Entries for what is drawn and for nothing else.
    fn legend(&self, has_arrow: impl Fn(&MovementFeature) -> bool) -> Vec<Entry> {
        let drawn: Vec<_> = (self.layers.movements.iter())
            .filter(|m| has_arrow(m) && self.options.step.is_none_or(|s| s == m.badge))
            .collect();
        let style = Style::embedded();
        let mut entries = Vec::new();
        for class in [Class::Confirmed, Class::Reported, Class::Planned, Class::Possible] {
            if drawn.iter().any(|m| m.class == class) {
                entries.push(Entry::Class(class));
            }
        }
        if drawn.iter().any(|m| m.contested) {
            entries.push(Entry::Denied);
        }
        if drawn.iter().any(|m| m.is_inferred()) {
            entries.push(Entry::Inferred);
        }
        let used: BTreeSet<&str> =
            drawn.iter().flat_map(|m| [&m.from, &m.to]).flatten().filter_map(|e| e.area.as_deref()).collect();
        let areas: Vec<_> = self.layers.areas.iter().filter(|a| used.contains(a.id.as_str())).collect();
        if areas.iter().any(|a| a.vague && a.ground.is_some()) {
            entries.push(Entry::Vague);
        }
        if areas.iter().any(|a| !a.vague || a.ground.is_none()) {
            entries.push(Entry::Area);
        }
        if areas.iter().any(|a| !a.unplaced.is_empty()) {
            entries.push(Entry::Unplaced);
        }
        // taken out again when the frame shows none
        if !drawn.is_empty() && self.options.worldview == Worldview::Un {
            entries.push(Entry::Disputed);
        }
        let class_of = |m: &layers::MovementFeature| {
            style.arrow.class_of(m.quantity.as_ref().and_then(|q| q.min.or(q.max)))
        };
        let widths: BTreeSet<usize> = drawn.iter().map(|m| class_of(m)).collect();
        if widths.len() > 1 {
            let unit = drawn.iter().find_map(|m| m.quantity.as_ref()?.unit.clone()).unwrap_or_default();
            for class in widths {
                let words = match class {
                    0 => "Under 1,000, or no number".to_owned(),
                    1 => "1,000 and more".to_owned(),
                    2 => "5,000 and more".to_owned(),
                    _ => "20,000 and more".to_owned(),
                };
                let _ = &unit;
                entries.push(Entry::Width(style.arrow.width[class], words));
            }
        }
        let actors: BTreeSet<usize> = drawn.iter().map(|m| m.actor).collect();
        if actors.len() > 1 {
            for actor in actors {
                let who = wording::who(self.story, self.layers, actor);
                entries.push(Entry::Actor(actor.min(3), wording::shorten(&wording::capital(&who), 26)));
            }
        }
        entries.extend(self.overlay_keys(|_| true));
        entries
    }

    /// Whose boundaries are drawn, in full and short.
    fn whose(&self) -> (String, String) {
        match self.options.worldview {
            Worldview::Un => ("Boundaries follow UN maps".to_owned(), "Borders: UN view".to_owned()),
            Worldview::Defacto => (
                "Boundaries show who holds the ground, not who is recognised".to_owned(),
                "Borders: who holds the ground".to_owned(),
            ),
            Worldview::Of(_) => {
                let code = self.options.worldview.name();
                let name = self.world.country(code).map_or(code, |country| country.name.as_str());
                let article = if name.starts_with("United") { "the " } else { "" };
                (
                    format!("Boundaries are drawn as {article}{name} sees them"),
                    format!("Borders: view of {article}{name}"),
                )
            }
        }
    }

    /// Sources, overlays that show, base map, boundaries, as-of date, credit; wrapped.
    fn foot(&self, inner: f32, shown: &[usize]) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let sources = wording::sources(self.story);
        if !sources.is_empty() {
            words.push(sources);
        }
        words.extend(self.overlay_credits(shown));
        words.push("Base map: Natural Earth.".to_owned());
        // what is disputed in several parts has one note
        let mut notes: Vec<&str> = Vec::new();
        for note in self.layers.notes.iter().map(|note| note.text.as_str()) {
            if !notes.contains(&note) {
                notes.push(note);
            }
        }
        let view = self.whose();
        if self.tier == 2 {
            words.push(format!("{}.", view.1));
        } else if notes.is_empty() {
            words.push(format!("{}; they do not imply endorsement.", view.0));
        } else {
            let shown = if self.tier == 0 { 2 } else { 1 };
            words.push(format!("{}. {}", view.0, notes[..notes.len().min(shown)].join(" ")));
            words.push("Names and boundaries do not imply endorsement.".to_owned());
        }
        let mut facts: Vec<String> = Vec::new();
        if let Some(date) = wording::as_of(self.story) {
            facts.push(format!("As of {}", wording::long_date(date)));
        }
        let claims = self.story.claims.len();
        if claims > 0 {
            facts.push(format!("{claims} claim{}", if claims == 1 { "" } else { "s" }));
        }
        facts.push(
            if self.options.checked { "Checked by an editor" } else { "Read by a machine, not yet checked" }
                .to_owned(),
        );
        facts.push("Made with Dateline".to_owned());
        let size = Style::embedded().text.sources[self.tier];
        let mut lines = fonts::wrap(Face::Regular, size, &words.join(" "), inner);
        lines.extend(fonts::wrap(Face::Regular, size, &facts.join(" · "), inner));
        lines
    }

    fn draw_foot(&self, lines: &[String], top: f32, group: &mut Group, ink: &Ink) {
        let style = Style::embedded();
        let (m, size) = (self.margin, style.text.sources[self.tier]);
        let y = (top + 4.0).round() + 0.5;
        let path = Path::line(&[[m, y], [self.width - m, y]]);
        let stroke = Some(Stroke::solid(ink.palette.rule, style.line.rule));
        group.items.push(Item::Shape(Shape { path, stroke, ..Shape::default() }));
        for (i, line) in lines.iter().enumerate() {
            let at = top + 22.0 + 17.0 * i as f32;
            group.items.push(Item::Text(panel::line(m, at, size, Face::Regular, ink.palette.muted, line)));
        }
    }
}

/// Positions around the edge of a box.
fn box_positions(bbox: Bbox) -> Vec<LonLat> {
    let mut positions = Vec::new();
    for i in 0..=8 {
        let t = f64::from(i) / 8.0;
        let lon = crate::geometry::projection::wrap_lon(bbox.west + t * bbox.width_deg());
        let lat = bbox.south + t * (bbox.north - bbox.south);
        positions.extend([LonLat::new(lon, bbox.south), LonLat::new(lon, bbox.north)]);
        positions.extend([LonLat::new(bbox.west, lat), LonLat::new(bbox.east, lat)]);
    }
    positions
}

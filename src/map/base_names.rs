//! Names of the base map around a story: countries, seas, a few towns for bearings.

use super::arrows::distance;
use super::base::Base;
use super::fonts::{self, Face};
use super::ground::{self, Clipper};
use super::labels::{Lettering, Room};
use super::names;
use super::picture::Painter;
use super::rows::Rows;
use super::scene::{Group, Item, Path, Role, Shape};
use super::seas;
use super::style::Style;
use super::view::View;
use crate::geometry::clip::Frame;
use crate::geometry::{Bbox, LonLat};
use crate::world::Band;
use geo::Coord;
use std::collections::BTreeSet;

/// A country of the story without a name is missed where it takes up so much of the map, px².
const MISSED: f64 = 6000.0;
/// The smallest letters of a map, px: 6.6 points on paper.
const SMALLEST: f32 = 11.0;

impl Painter<'_> {
    /// Names of countries, the story's first, each wholly on its own ground and never under an arrow.
    pub(super) fn country_labels(
        &self,
        view: &View,
        clipper: &Clipper,
        group: &mut Group,
        room: &mut Room,
        dropped: &mut Vec<(Role, String)>,
    ) {
        let text = &Style::embedded().text;
        let base = Base::of(self.world, &view.projection, Band::Coarse, self.ground.worldview);
        let mut countries: Vec<_> = self.world.countries().iter().collect();
        let in_story = |code: &str| self.ground.story_countries.iter().any(|c| c == code);
        countries.sort_by_cached_key(|c| (!in_story(&c.code), c.rank, c.code.clone()));
        for country in countries {
            let story = in_story(&country.code);
            let name = names::country_name(country, self.lang);
            // named already, as an end of a movement
            if self.layers.areas.iter().any(|a| a.name == country.name || a.name == name) {
                continue;
            }
            let Some(territory) = base.country(self.world, clipper, &country.code) else { continue };
            let size: f64 = territory.rings.iter().map(|r| ground::ring_area(r)).fold(0.0, f64::max);
            if size < if story { 150.0 } else { 900.0 } {
                continue;
            }
            let words = names::capitals(name, self.lang);
            let mut with =
                self.lettering(Role::Country, Face::SemiBold, text.country, self.ink.palette.muted, 2.5);
            with.tracking = text.country_tracking;
            if story {
                with.size = text.country_story[self.ink.tier];
                if size < 9000.0 || view.frame.width() < 340.0 {
                    with.size = with.size.min(text.country[self.ink.tier]);
                }
            } else if size < 6000.0 {
                with.size = (with.size - 1.0).max(SMALLEST);
                with.tracking = 1.5;
            }
            let label = view.place(country.label);
            let own = territory.spots(|| label_spots(&territory.rings, label, view.frame));
            let ground = territory.rows();
            let mut tries = vec![vec![words.clone()]];
            if words.contains(' ') {
                tries.push(words.split(' ').map(str::to_owned).collect());
            }
            let mut done = false;
            'tries: for pass in 0..2 {
                for lines in &tries {
                    let (w, h) = super::labels::size_of(lines, &with);
                    if pass == 1 && !story {
                        break 'tries;
                    }
                    let placed = match pass {
                        0 => {
                            let fits = own.fitting((w, h), |_| true, |c| holds_box(ground, c, w, h));
                            room.around(fits, lines, &with)
                        }
                        _ => room.around(own.all(), lines, &with),
                    };
                    if let Some(placed) = placed {
                        group.items.extend(placed.lines.into_iter().map(Item::Text));
                        done = true;
                        break 'tries;
                    }
                }
            }
            if !done && story && size > MISSED {
                dropped.push((Role::Country, name.to_owned()));
            }
        }
    }

    /// Names of seas, wholly on water.
    pub(super) fn sea_labels(&self, view: &View, group: &mut Group, room: &mut Room) {
        let text = &Style::embedded().text;
        let water = self.world.water_grid();
        let with = Lettering {
            tracking: 0.4,
            ..self.lettering(Role::Water, Face::Italic, text.water, self.ink.palette.water, 2.0)
        };
        let reach = view.reach();
        let km = view.km_per_px(view.middle());
        let most = if self.ink.tier == 2 { 3 } else { 9 };
        let mut placed = 0;
        let mut done: Vec<&str> = Vec::new();
        let base = Base::of(self.world, &view.projection, Band::Coarse, self.ground.worldview);
        let waters = base.waters(self.world, view);
        let named = names::seas().iter().filter(|s| !is_ocean(&s.name) && self.names_water(&s.name));
        let sea_boxes: Vec<Bbox> = named.filter_map(|sea| sea.bbox).collect();
        for (number, sea) in names::seas().iter().enumerate() {
            if placed >= most {
                break;
            }
            let Some(bbox) = sea.bbox else { continue };
            let centre = bbox.centre();
            let width_px = bbox.width_deg() * 111.0 * libm::cos(centre.lat.to_radians()) / km;
            let lon =
                crate::geometry::antimeridian::nearest_lon(centre.lon, view.projection.central_meridian());
            let near =
                lon + bbox.width_deg() / 2.0 >= reach.west && lon - bbox.width_deg() / 2.0 <= reach.east;
            let said = near
                && self.names_water(&sea.name)
                && !done.iter().any(|d: &&str| d.contains(sea.name.as_str()) || sea.name.contains(*d));
            if !said {
                continue;
            }
            let lines = fonts::wrap(with.face, with.size, sea.name_in(self.lang), 84.0);
            let (w, h) = super::labels::size_of(&lines, &with);
            if width_px < w {
                continue;
            }
            let home = view.place(sea.position);
            let name = sea.name_in(self.lang);
            let bent = || seas::bent(&waters, room, waters.axis(number, home, bbox)?, name, &with);
            if let Some(text) = (!is_ocean(&sea.name)).then(bent).flatten() {
                room.take(Frame::from(text.frame()).grown(1.5));
                group.items.push(Item::Text(text));
                placed += 1;
                done.push(&sea.name);
                continue;
            }
            // its own point, then points of a grid over its box, nearest first
            let spots = || {
                let mut spots = vec![home];
                for i in 0..=10 {
                    for k in 0..=10 {
                        let lon = bbox.west + bbox.width_deg() * f64::from(i) / 10.0;
                        let lat = bbox.south + (bbox.north - bbox.south) * f64::from(k) / 10.0;
                        spots.push(view.place(LonLat::new(crate::geometry::projection::wrap_lon(lon), lat)));
                    }
                }
                spots[1..].sort_by(|a, b| distance(*a, home).total_cmp(&distance(*b, home)));
                // not so far from its middle that it would seem to name its neighbour
                let height_px = (bbox.north - bbox.south) * 111.0 / km;
                spots.retain(|c| {
                    (c.x - home.x).abs() < 0.34 * width_px && (c.y - home.y).abs() < 0.34 * height_px
                });
                // an ocean is not named where a sea of its own name lies
                let open = |c: &Coord<f64>| {
                    view.position(*c).is_some_and(|at| !sea_boxes.iter().any(|bbox| bbox.contains(at)))
                };
                if is_ocean(&sea.name) {
                    spots.retain(open);
                }
                spots
            };
            let wet = |c: Coord<f64>| {
                (0..=6).all(|i| {
                    (0..=2).all(|k| {
                        let x = c.x + (w + 6.0) * (f64::from(i) / 6.0 - 0.5);
                        let y = c.y + (h + 4.0) * (f64::from(k) / 2.0 - 0.5);
                        view.position(Coord { x, y }).is_some_and(|p| water.is_water(p))
                    })
                })
            };
            let within = room.frame;
            let spots = waters.spots(number, spots);
            let fits = spots.fitting((w, h), |c| within.contains(c.x, c.y), wet).take(20);
            if let Some(label) = room.around(fits, &lines, &with) {
                group.items.extend(label.lines.into_iter().map(Item::Text));
                placed += 1;
                done.push(&sea.name);
            }
        }
    }

    /// Whether a name says that it is water: of "Western Pacific" a reader could not tell.
    fn names_water(&self, name: &str) -> bool {
        const WORDS: [&str; 9] =
            ["Sea", "Ocean", "Gulf", "Bay", "Strait", "Channel", "Sound", "Bight", "Basin"];
        name.split(' ').any(|word| WORDS.contains(&word))
    }

    /// At most three well-known towns, for bearings, away from what the story names.
    pub(super) fn context_cities(&self, view: &View, nodes: &mut Group, group: &mut Group, room: &mut Room) {
        let km = view.km_per_px(view.middle());
        let most = match self.ink.tier {
            _ if km > 9.0 || self.crowded() => 0,
            2 => 1,
            _ => 3,
        };
        let palette = self.ink.palette;
        let with = self.city_lettering();
        let named: BTreeSet<&str> = self.layers.places.iter().map(|p| p.name.as_str()).collect();
        let mut placed: Vec<Coord<f64>> = Vec::new();
        for city in names::cities().iter().take_while(|c| c.prominence >= 100) {
            if placed.len() >= most {
                break;
            }
            let c = view.place(city.position);
            let inside = room.frame.grown(-20.0).contains(c.x, c.y);
            let apart = placed.iter().all(|p| distance(*p, c) > view.frame.width() / 6.0);
            // of many towns one that has a name in the language
            if !names::is_latin(self.lang) && names::name_of(&city.key, self.lang).is_none() {
                continue;
            }
            let name = city.name_in(self.lang).to_owned();
            if !inside || !apart || named.contains(city.name.as_str()) || named.contains(name.as_str()) {
                continue;
            }
            let dot = Frame::new(c.x - 3.0, c.y - 3.0, c.x + 3.0, c.y + 3.0);
            if room.clashes(&dot.grown(8.0)) > 0 {
                continue;
            }
            room.take(dot);
            if let Some(label) = room.beside(c, 3.0, std::slice::from_ref(&name), &with, false) {
                nodes.items.push(Item::Shape(Shape {
                    path: Path::circle(c.x as f32, c.y as f32, 2.2),
                    fill: Some(palette.muted),
                    ..Shape::default()
                }));
                group.items.extend(label.into_items(palette));
                placed.push(c);
            }
        }
    }
}

/// Where a country's name may stand: its label point, then points of a grid over its ground, nearest first.
pub(super) fn label_spots(rings: &[Vec<Coord<f64>>], label: Coord<f64>, frame: Frame) -> Vec<Coord<f64>> {
    let largest = rings.iter().max_by(|a, b| ground::ring_area(a).total_cmp(&ground::ring_area(b)));
    let Some(largest) = largest else { return Vec::new() };
    let (mut x0, mut x1, mut y0, mut y1) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
    for c in largest {
        (x0, x1, y0, y1) = (x0.min(c.x), x1.max(c.x), y0.min(c.y), y1.max(c.y));
    }
    let visible = frame.grown(-10.0).contains(label.x, label.y);
    let home = if visible { label } else { Coord { x: (x0 + x1) / 2.0, y: (y0 + y1) / 2.0 } };
    let step = ((x1 - x0).max(y1 - y0) / 24.0).max(5.0);
    let ground = Rows::new(std::slice::from_ref(largest));
    let mut spots = Vec::new();
    let mut y = y0 + step / 2.0;
    while y < y1 {
        let mut x = x0 + step / 2.0;
        while x < x1 {
            let c = Coord { x, y };
            if ground.inside(c) {
                spots.push(c);
            }
            x += step;
        }
        y += step;
    }
    let mut spots: Vec<(f64, Coord<f64>)> = spots.into_iter().map(|c| (distance(c, home), c)).collect();
    spots.sort_by(|a, b| a.0.total_cmp(&b.0));
    visible.then_some(home).into_iter().chain(spots.into_iter().map(|(_, c)| c)).collect()
}

fn is_ocean(name: &str) -> bool {
    name.ends_with("Ocean")
}

/// Whether a box lies on the ground of the rings: corners, edges and middle.
fn holds_box(ground: &Rows, c: Coord<f64>, w: f64, h: f64) -> bool {
    (0..=4).all(|i| {
        (0..=2).all(|k| {
            let at =
                Coord { x: c.x + w * (f64::from(i) / 4.0 - 0.5), y: c.y + h * (f64::from(k) / 2.0 - 0.5) };
            ground.inside(at)
        })
    })
}

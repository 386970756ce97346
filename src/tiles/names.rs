//! Names on tiles: which stand where is decided by one rule for the whole zoom, so that neighbours agree.
//!
//! A name stands if no name of higher rank would overlap it. The rule looks only at names near by and not at
//! the tile, so every tile that a name touches draws it, each its part, and none is cut.

use super::coord::{TILE_PX, TileCoord, pixel, world_px};
use crate::geometry::LonLat;
use crate::geometry::clip::Frame;
use crate::map::{
    Anchor, Face, Group, Item, Lettering, Palette, Path, Role, Shape, Stroke, Style, Text, Theme,
};
use crate::map::{cities, label_frame, label_texts, seas};
use crate::world::{Band, Country, World};
use geo::Area;
use std::borrow::Cow;
use std::sync::OnceLock;

/// A name that wants to stand, in px of the world at its zoom.
#[derive(Clone)]
struct Candidate {
    /// Countries before seas before towns; then by prominence.
    rank: (u8, u16),
    name: Cow<'static, str>,
    at: [f64; 2],
    /// Width and height.
    size: (f64, f64),
    role: Role,
    face: Face,
    px: f32,
    tracking: f32,
    /// Of a town; a capital's is larger.
    dot: Option<f32>,
}

impl Candidate {
    fn lettering(&self, palette: &Palette) -> Lettering {
        let color = match self.role {
            Role::Country => palette.muted,
            Role::Water => palette.water,
            _ => palette.label,
        };
        let (role, face, size, tracking) = (self.role, self.face, self.px, self.tracking);
        Lettering { role, face, size, color, tracking, halo: (palette.halo, 2.2) }
    }

    /// The box that it takes, seen from a turn of the world.
    fn frame(&self, turn: f64) -> Frame {
        let ([x, y], (w, h)) = (self.at, self.size);
        let x = x + turn;
        if self.dot.is_some() {
            Frame::new(x, y - h / 2.0, x + w + 9.0, y + h / 2.0)
        } else {
            Frame::new(x - w / 2.0 - 2.0, y - h / 2.0, x + w / 2.0 + 2.0, y + h / 2.0)
        }
    }
}

/// How far beyond a tile names are looked at, px: half the widest name and a little.
const REACH: f64 = 260.0;
/// Deepest zoom whose names are kept: some 3,000. Deeper, a tile looks for its own.
const KEPT: u8 = 8;

/// Adds the names of a tile to a group, in px of the tile.
pub(super) fn draw(world: &World, tile: TileCoord, palette: &Palette, group: &mut Group) {
    static OF_ZOOM: [OnceLock<Vec<Candidate>>; KEPT as usize + 1] =
        [const { OnceLock::new() }; KEPT as usize + 1];
    let [ox, oy] = tile.origin_px();
    let wide = Frame::new(ox - REACH, oy - REACH, ox + TILE_PX + REACH, oy + TILE_PX + REACH);
    let own;
    let candidates = match OF_ZOOM.get(usize::from(tile.z())) {
        Some(kept) => kept.get_or_init(|| candidates(world, tile.z(), None)),
        None => {
            own = candidates(world, tile.z(), Some(&wide));
            &own
        }
    };
    // every turn of the world that the tile may see
    let turns = [0.0, world_px(tile.z()), -world_px(tile.z())];
    let seen = |candidate| turns.map(|turn| (candidate, turn));
    let mut all: Vec<(&Candidate, f64)> = candidates.iter().flat_map(seen).collect();
    all.retain(|(candidate, turn)| wide.contains(candidate.at[0] + turn, candidate.at[1]));
    all.sort_by(|(a, turn_a), (b, turn_b)| {
        let east = (a.at[0] + turn_a).total_cmp(&(b.at[0] + turn_b));
        a.rank.cmp(&b.rank).then_with(|| a.name.cmp(&b.name)).then(east)
    });
    let frames: Vec<Frame> = all.iter().map(|(candidate, turn)| candidate.frame(*turn)).collect();
    let shown = Frame::new(ox - 6.0, oy - 6.0, ox + TILE_PX + 6.0, oy + TILE_PX + 6.0);
    for (i, ((candidate, turn), frame)) in all.iter().zip(&frames).enumerate() {
        let beaten = frames[..i].iter().any(|better| better.meets(frame));
        if beaten || !frame.meets(&shown) {
            continue;
        }
        if let Some(r) = candidate.dot {
            let (x, y) = ((candidate.at[0] + turn - ox) as f32, (candidate.at[1] - oy) as f32);
            group.items.push(Item::Shape(Shape {
                path: Path::circle(x, y, r),
                fill: Some(palette.node),
                stroke: Some(Stroke::solid(palette.muted, 1.1)),
                ..Shape::default()
            }));
        }
        let moved = Frame::new(frame.x0 - ox, frame.y0 - oy, frame.x1 - ox, frame.y1 - oy);
        let anchor = if candidate.dot.is_some() { Anchor::Start } else { Anchor::Middle };
        let indent = if candidate.dot.is_some() { 7.0 } else { 0.0 };
        let inner = Frame::new(moved.x0 + indent, moved.y0, moved.x1, moved.y1);
        let name = [candidate.name.clone().into_owned()];
        let texts: Vec<Text> = label_texts(&name, &candidate.lettering(palette), inner, anchor);
        group.items.extend(texts.into_iter().map(Item::Text));
    }
}

/// The names of a zoom: all, or those near a frame.
fn candidates(world: &World, z: u8, near: Option<&Frame>) -> Vec<Candidate> {
    let mut all = Vec::new();
    countries(world, z, &mut all);
    waters(z, &mut all);
    towns(z, near, &mut all);
    all
}

/// Measures a candidate as it will be written.
fn measured(mut candidate: Candidate) -> Candidate {
    let any = Style::embedded().palette(Theme::default());
    candidate.size = label_frame(&[candidate.name.clone().into_owned()], &candidate.lettering(any));
    candidate
}

fn countries(world: &World, z: u8, all: &mut Vec<Candidate>) {
    if !(1..=8).contains(&z) {
        return;
    }
    for country in world.countries() {
        // a name needs about as many px as its country is wide
        let [west, north] = pixel(LonLat::new(country.bbox.west, country.bbox.north), z);
        let [east, south] = pixel(LonLat::new(country.bbox.east, country.bbox.south), z);
        let width = if east >= west { east - west } else { east + world_px(z) - west };
        let candidate = measured(Candidate {
            rank: (0, u16::from(country.rank)),
            name: country.name.to_uppercase().into(),
            at: pixel(country.label, z),
            size: (0.0, 0.0),
            role: Role::Country,
            face: Face::SemiBold,
            px: (10.0 + f32::from(z) * 0.4).min(14.0) + if country.rank <= 2 { 1.0 } else { 0.0 },
            tracking: 1.6,
            dot: None,
        });
        let (w, h) = candidate.size;
        if width >= w * 0.75 && south - north >= h && !is_specks(world, country) {
            all.push(candidate);
        }
    }
}

/// Whether a territory is specks of land so far apart that its name would stand alone in an ocean.
fn is_specks(world: &World, country: &Country) -> bool {
    let room = country.bbox.width_deg() * (country.bbox.north - country.bbox.south);
    world.country_area(&country.code, Band::Coarse).is_none_or(|area| area.unsigned_area() < 1e-5 * room)
}

fn waters(z: u8, all: &mut Vec<Candidate>) {
    for sea in seas() {
        let Some(bbox) = sea.bbox else { continue };
        let width = bbox.width_deg() / 360.0 * world_px(z);
        let candidate = measured(Candidate {
            rank: (1, u16::MAX - sea.prominence),
            name: sea.name.as_str().into(),
            at: pixel(sea.position, z),
            size: (0.0, 0.0),
            role: Role::Water,
            face: Face::Italic,
            px: 12.0,
            tracking: 0.4,
            dot: None,
        });
        if width >= candidate.size.0 * 1.2 && width <= 60.0 * TILE_PX {
            all.push(candidate);
        }
    }
}

/// How prominent a town must be to be named at a zoom.
fn least_prominence(z: u8) -> u16 {
    match z {
        0..=2 => u16::MAX,
        3 => 170,
        4 => 158,
        5 => 140,
        6 => 124,
        7 => 112,
        8 => 104,
        9 => 96,
        10 => 90,
        _ => 84,
    }
}

fn towns(z: u8, near: Option<&Frame>, all: &mut Vec<Candidate>) {
    let least = least_prominence(z);
    for town in cities().iter().take_while(|town| town.prominence >= least) {
        let [x, y] = pixel(town.position, z);
        let turns = [0.0, world_px(z), -world_px(z)];
        if near.is_some_and(|wide| !turns.iter().any(|turn| wide.contains(x + turn, y))) {
            continue;
        }
        all.push(measured(Candidate {
            rank: (2, u16::MAX - town.prominence),
            name: town.name.as_str().into(),
            at: [x, y],
            size: (0.0, 0.0),
            role: Role::City,
            face: if town.capital { Face::SemiBold } else { Face::Regular },
            px: if town.capital { 12.0 } else { 11.0 },
            tracking: 0.0,
            dot: Some(if town.capital { 2.6 } else { 2.0 }),
        }));
    }
}

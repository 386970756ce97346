//! Names on tiles: which stand where is decided by one rule for the whole zoom, so that neighbours agree.
//!
//! A name stands if no name of higher rank would overlap it. The rule looks only at names near by and not at
//! the tile, so every tile that a name touches draws it, each its part, and none is cut.

use super::coord::{TILE_PX, TileCoord, pixel, world_px};
use crate::geometry::LonLat;
use crate::geometry::clip::Frame;
use crate::map::{Anchor, Color, Face, Group, Item, Lettering, Palette, Path, Role, Shape, Stroke, Text};
use crate::map::{cities, label_frame, label_texts, seas};
use crate::world::{Band, Country, World};
use geo::Area;

/// A name that wants to stand.
struct Candidate {
    /// Countries before seas before towns; then by prominence.
    rank: (u8, u16),
    name: String,
    at: [f64; 2],
    frame: Frame,
    with: Lettering,
    dot: bool,
    capital: bool,
}

/// How far beyond a tile names are looked at, px: half the widest name and a little.
const REACH: f64 = 260.0;

/// Adds the names of a tile to a group, in px of the tile.
pub(super) fn draw(world: &World, tile: TileCoord, palette: &Palette, group: &mut Group) {
    let [ox, oy] = tile.origin_px();
    let wide = Frame::new(ox - REACH, oy - REACH, ox + TILE_PX + REACH, oy + TILE_PX + REACH);
    let mut all = Vec::new();
    countries(world, tile.z(), palette, &wide, &mut all);
    waters(tile.z(), palette, &wide, &mut all);
    towns(tile.z(), palette, &wide, &mut all);
    all.sort_by(|a, b| {
        a.rank.cmp(&b.rank).then_with(|| a.name.cmp(&b.name)).then(a.at[0].total_cmp(&b.at[0]))
    });
    let shown = Frame::new(ox - 6.0, oy - 6.0, ox + TILE_PX + 6.0, oy + TILE_PX + 6.0);
    for (i, candidate) in all.iter().enumerate() {
        let beaten = all[..i].iter().any(|better| better.frame.meets(&candidate.frame));
        if beaten || !candidate.frame.meets(&shown) {
            continue;
        }
        if candidate.dot {
            let (x, y) = ((candidate.at[0] - ox) as f32, (candidate.at[1] - oy) as f32);
            let r = if candidate.capital { 2.6 } else { 2.0 };
            group.items.push(Item::Shape(Shape {
                path: Path::circle(x, y, r),
                fill: Some(palette.node),
                stroke: Some(Stroke::solid(palette.muted, 1.1)),
                ..Shape::default()
            }));
        }
        let moved = Frame::new(
            candidate.frame.x0 - ox,
            candidate.frame.y0 - oy,
            candidate.frame.x1 - ox,
            candidate.frame.y1 - oy,
        );
        let anchor = if candidate.dot { Anchor::Start } else { Anchor::Middle };
        let indent = if candidate.dot { 7.0 } else { 0.0 };
        let inner = Frame::new(moved.x0 + indent, moved.y0, moved.x1, moved.y1);
        let texts: Vec<Text> =
            label_texts(std::slice::from_ref(&candidate.name), &candidate.with, inner, anchor);
        group.items.extend(texts.into_iter().map(Item::Text));
    }
}

fn lettering(role: Role, face: Face, size: f32, color: Color, tracking: f32, palette: &Palette) -> Lettering {
    Lettering { role, face, size, color, tracking, halo: (palette.halo, 2.2) }
}

/// Where a name belongs, before it is known which turn of the world a tile sees.
struct Wanted<'n> {
    p: LonLat,
    rank: (u8, u16),
    name: &'n str,
    with: Lettering,
    dot: bool,
    capital: bool,
}

/// Adds a name around or beside its position, in every turn of the world that a tile may see.
fn add(all: &mut Vec<Candidate>, wide: &Frame, z: u8, wanted: Wanted) {
    let Wanted { p, rank, name, with, dot, capital } = wanted;
    let [x, y] = pixel(p, z);
    for turn in [0.0, world_px(z), -world_px(z)] {
        let at = [x + turn, y];
        if !wide.contains(at[0], at[1]) {
            continue;
        }
        let (w, h) = label_frame(&[name.to_owned()], &with);
        let frame = if dot {
            Frame::new(at[0], at[1] - h / 2.0, at[0] + w + 9.0, at[1] + h / 2.0)
        } else {
            Frame::new(at[0] - w / 2.0 - 2.0, at[1] - h / 2.0, at[0] + w / 2.0 + 2.0, at[1] + h / 2.0)
        };
        all.push(Candidate { rank, name: name.to_owned(), at, frame, with: with.clone(), dot, capital });
    }
}

fn countries(world: &World, z: u8, palette: &Palette, wide: &Frame, all: &mut Vec<Candidate>) {
    if !(1..=8).contains(&z) {
        return;
    }
    for country in world.countries() {
        // a name needs about as many px as its country is wide
        let [west, north] = pixel(LonLat::new(country.bbox.west, country.bbox.north), z);
        let [east, south] = pixel(LonLat::new(country.bbox.east, country.bbox.south), z);
        let width = if east >= west { east - west } else { east + world_px(z) - west };
        let size = (10.0 + f32::from(z) * 0.4).min(14.0) + if country.rank <= 2 { 1.0 } else { 0.0 };
        let with = lettering(Role::Country, Face::SemiBold, size, palette.muted, 1.6, palette);
        let name = country.name.to_uppercase();
        let (w, h) = label_frame(std::slice::from_ref(&name), &with);
        if width < w * 0.75 || south - north < h || is_specks(world, country) {
            continue;
        }
        let wanted = Wanted {
            p: country.label,
            rank: (0, u16::from(country.rank)),
            name: &name,
            with,
            dot: false,
            capital: false,
        };
        add(all, wide, z, wanted);
    }
}

/// Whether a territory is specks of land so far apart that its name would stand alone in an ocean.
fn is_specks(world: &World, country: &Country) -> bool {
    let room = country.bbox.width_deg() * (country.bbox.north - country.bbox.south);
    world.country_area(&country.code, Band::Coarse).is_none_or(|area| area.unsigned_area() < 1e-5 * room)
}

fn waters(z: u8, palette: &Palette, wide: &Frame, all: &mut Vec<Candidate>) {
    for sea in seas() {
        let Some(bbox) = sea.bbox else { continue };
        let width = bbox.width_deg() / 360.0 * world_px(z);
        let with = lettering(Role::Water, Face::Italic, 12.0, palette.water, 0.4, palette);
        let (w, _) = label_frame(std::slice::from_ref(&sea.name), &with);
        if width < w * 1.2 || width > 60.0 * TILE_PX {
            continue;
        }
        let rank = (1, u16::MAX - sea.prominence);
        add(
            all,
            wide,
            z,
            Wanted { p: sea.position, rank, name: &sea.name, with, dot: false, capital: false },
        );
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

fn towns(z: u8, palette: &Palette, wide: &Frame, all: &mut Vec<Candidate>) {
    let least = least_prominence(z);
    for town in cities().iter().take_while(|town| town.prominence >= least) {
        let size = if town.capital { 12.0 } else { 11.0 };
        let face = if town.capital { Face::SemiBold } else { Face::Regular };
        let [x, y] = pixel(town.position, z);
        let near = [0.0, world_px(z), -world_px(z)].iter().any(|turn| wide.contains(x + turn, y));
        if !near {
            continue;
        }
        let with = lettering(Role::City, face, size, palette.label, 0.0, palette);
        let rank = (2, u16::MAX - town.prominence);
        let (dot, capital) = (true, town.capital);
        add(all, wide, z, Wanted { p: town.position, rank, name: &town.name, with, dot, capital });
    }
}

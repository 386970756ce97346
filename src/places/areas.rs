//! Areas: the parts of a country, unit or island by the compass, from its outline where the world has one.

use crate::gazetteer::{Entry, Kind};
use crate::geometry::{Bbox, LonLat};
use crate::world::{Compass, Ground, World};
use geo::{BoundingRect, MultiPolygon};

use super::place::radius_of;

/// A part: its point, its box, its radius in kilometres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// A point well inside.
    pub point: LonLat,
    /// Its box.
    pub bbox: Bbox,
    /// Half the diagonal of the box.
    pub radius_km: f64,
}

/// The part of an entry's ground that a compass word names.
pub fn part(world: Option<&World>, entry: &Entry, part: &str) -> Option<Part> {
    let compass = Compass::named(part)?;
    let cut = world.and_then(|world| world.part_of(ground(world, entry)?, compass));
    if let Some(cut) = cut
        && let (Some(point), Some(bbox)) = (cut.kernel, box_of(&cut.area))
    {
        return Some(Part { point, bbox, radius_km: radius_of(bbox) });
    }
    // Without an outline: the side of the box, or of the surroundings of the point.
    let bbox = entry
        .bbox
        .unwrap_or_else(|| around(entry.position, if entry.kind == Kind::City { 0.15 } else { 1.0 }));
    let side = side_of(bbox, part)?;
    let east = if side.west <= side.east { side.east } else { side.east + 360.0 };
    let middle = (side.west + east) / 2.0;
    let lon = if middle > 180.0 { middle - 360.0 } else { middle };
    let point = LonLat::new(lon, (side.south + side.north) / 2.0);
    Some(Part { point, bbox: side, radius_km: radius_of(side) })
}

/// The box of an area. It leaves out the widest gap in longitude, so that the box of an area on both sides of
/// 180 degrees runs across it.
fn box_of(area: &MultiPolygon<f64>) -> Option<Bbox> {
    let rect = area.bounding_rect()?;
    let mut bbox = Bbox { west: rect.min().x, south: rect.min().y, east: rect.max().x, north: rect.max().y };
    let mut lons: Vec<f64> = area.0.iter().flat_map(|part| part.exterior().coords().map(|c| c.x)).collect();
    lons.sort_by(f64::total_cmp);
    let around = lons.first()? + 360.0 - lons.last()?;
    let widest = lons.windows(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
    if let Some(gap) = widest.filter(|gap| gap[1] - gap[0] > around) {
        (bbox.west, bbox.east) = (gap[1], gap[0]);
    }
    Some(bbox)
}

/// What the world knows an entry's outline by.
fn ground<'a>(world: &'a World, entry: &'a Entry) -> Option<Ground<'a>> {
    match entry.kind {
        Kind::Country => Some(Ground::Country(entry.country?)),
        Kind::Unit => match entry.key.strip_prefix("iso:") {
            Some(id) => Some(Ground::Unit(id)),
            None => {
                let number = entry.key.strip_prefix("gn:")?.parse().ok()?;
                Some(Ground::Unit(&world.unit_by_geonames(number)?.id))
            }
        },
        _ => None,
    }
}

/// A box of so many degrees around a point.
fn around(p: LonLat, degrees: f64) -> Bbox {
    let x = degrees / libm::cos(p.lat.to_radians()).max(0.2);
    Bbox { west: p.lon - x, south: p.lat - degrees, east: p.lon + x, north: p.lat + degrees }
}

/// The half (or quarter, or middle) of a box.
fn side_of(b: Bbox, part: &str) -> Option<Bbox> {
    if b.west > b.east {
        // Across 180 degrees: halved as if it ran on, then brought back.
        let mut side = side_of(Bbox { east: b.east + 360.0, ..b }, part)?;
        for lon in [&mut side.west, &mut side.east] {
            if *lon > 180.0 {
                *lon -= 360.0;
            }
        }
        return Some(side);
    }
    let (x, y) = ((b.east - b.west) / 2.0, (b.north - b.south) / 2.0);
    let mut side = b;
    if part.contains("north") {
        side.south += y;
    }
    if part.contains("south") {
        side.north -= y;
    }
    if part.contains("east") {
        side.west += x;
    }
    if part.contains("west") {
        side.east -= x;
    }
    if part == "central" {
        side = Bbox {
            west: b.west + x / 2.0,
            south: b.south + y / 2.0,
            east: b.east - x / 2.0,
            north: b.north - y / 2.0,
        };
    }
    Some(side)
}

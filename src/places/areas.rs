//! Areas: parts of a place by the compass, and what lies beside it: "off the coast of Florida". From its outline
//! where the world has one.

use crate::gazetteer::{Entry, EntryId, Extent, Gazetteer, Key, Kind};
use crate::geometry::{Bbox, LonLat};
use crate::mentions::names::compass;
use crate::world::{Compass, Ground, PartArea, Relation, World};
use geo::{BoundingRect, MultiPolygon};
use std::sync::Arc;

use super::place::{self, radius_of};
use super::{Beside, Place};

/// A part: its point, its box, its radius in kilometres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// A point well inside.
    pub point: LonLat,
    /// Its box.
    pub bbox: Bbox,
    /// How far from the point it goes.
    pub radius_km: f64,
}

impl Part {
    fn of(cut: &PartArea) -> Option<Part> {
        Some(Part { point: cut.kernel?, bbox: box_of(&cut.area)?, radius_km: cut.reach_km })
    }
}

/// The direction that a part's word names, and whether its far end is meant: "east", "far east".
fn direction(part: &str) -> Option<(Compass, bool)> {
    let far = part.strip_prefix("far ");
    Some((Compass::named(far.unwrap_or(part))?, far.is_some()))
}

/// The part of an entry's ground that a compass word names.
pub fn part(world: Option<&World>, entry: &Entry, part: &str) -> Option<Part> {
    let (compass, far) = direction(part)?;
    let cut = world.and_then(|world| with_ground(world, entry, |g| world.part_of(g, compass, far))?);
    if let Some(found) = cut.as_deref().and_then(Part::of) {
        return Some(found);
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

/// What lies beside entries in this way: its point, box and radius.
pub fn beside(world: Option<&World>, gazetteer: &Gazetteer, beside: &Beside) -> Option<Part> {
    Part::of(beside_area(world?, gazetteer, beside)?.as_ref())
}

/// The ground of a place that has none of its own: of a compass part, or of what lies beside others.
pub fn area_of(
    world: &World,
    gazetteer: &Gazetteer,
    place: &Place,
    parent: Option<&Place>,
) -> Option<Arc<PartArea>> {
    if let Some(beside) = &place.beside {
        return beside_area(world, gazetteer, beside);
    }
    let (compass, far) = direction(place.part.as_deref()?)?;
    let Some(parent) = parent else {
        return world.part_of(Ground::Country(place.country.as_deref()?), compass, far);
    };
    let entry = gazetteer.entry(gazetteer.by_key(parent.entry.as_deref()?)?);
    with_ground(world, &entry, |ground| world.part_of(ground, compass, far))?
}

/// The outline of the unit, region or islands that a place is; none for points and boxes.
pub fn outline_of(world: &World, gazetteer: &Gazetteer, place: &Place) -> Option<MultiPolygon<f64>> {
    let entry = gazetteer.entry(gazetteer.by_key(place.entry.as_deref()?)?);
    let outline = |ground: Ground<'_>| match ground {
        // Nobody drew these edges.
        Ground::Disc(..) | Ground::Box(..) | Ground::Lake(_) => None,
        ground => world.outline(ground).map(|outline| outline.into_owned()),
    };
    with_ground(world, &entry, outline)?
}

fn beside_area(world: &World, gazetteer: &Gazetteer, beside: &Beside) -> Option<Arc<PartArea>> {
    let entries: Option<Vec<EntryId>> = beside.of.iter().map(|key| gazetteer.by_key(key)).collect();
    let entries: Vec<Entry> = entries?.into_iter().map(|id| gazetteer.entry(id)).collect();
    let relation = relation(beside)?;
    let near = |first: &Entry| {
        let near = |ground: Ground<'_>| world.beside(&[ground], Relation::Near(beside.km));
        with_ground(world, first, near)?
    };
    match entries.as_slice() {
        // Towns and inland places have no coast: what is near them is meant.
        [first] => match with_ground(world, first, |g| world.beside(&[g], relation))? {
            None if matches!(relation, Relation::Off(..) | Relation::Coast(_)) => near(first),
            found => found,
        },
        [first, second] => {
            with_ground(world, first, |a| with_ground(world, second, |b| world.beside(&[a, b], relation)))??
        }
        _ => None,
    }
}

/// What the words of a relation ask for.
fn relation(beside: &Beside) -> Option<Relation> {
    let side = beside.how.split_whitespace().find_map(compass).and_then(Compass::named);
    let ends = |word: &str| beside.how.ends_with(word);
    Some(match beside.how.as_str() {
        how if ends("border") => Relation::Border(side.filter(|_| how != "border")),
        how if how.starts_with("off") => Relation::Off(beside.km, side),
        _ if ends("coast") => Relation::Coast(side),
        _ if ends(" of") && side.is_some() => Relation::Beyond(side?, beside.km),
        _ => Relation::Near(beside.km),
    })
}

/// Does something with the ground of an entry; none where the gazetteer says no more than a point of something wide.
fn with_ground<T>(world: &World, entry: &Entry, work: impl FnOnce(Ground<'_>) -> T) -> Option<T> {
    match entry.kind {
        Kind::Country => return Some(work(Ground::Country(entry.country?))),
        Kind::Unit => {
            let known = match entry.key {
                Key::GeoNames(number) => world.unit_by_geonames(number),
                Key::Other(key) => key.strip_prefix("iso:").and_then(|id| world.unit(id)),
            };
            if let Some(unit) = known {
                return Some(work(Ground::Unit(&unit.id)));
            }
        }
        Kind::City | Kind::Quarter | Kind::Port | Kind::Airport | Kind::Building | Kind::Base => {
            let (_, precision) = place::kind_of(entry.kind);
            let km = place::radius(entry, precision);
            return Some(work(Ground::Disc(entry.position, km, entry.country)));
        }
        Kind::Lake => return Some(work(Ground::Lake(entry.position))),
        Kind::Sea | Kind::Strait | Kind::River | Kind::Continent => return None,
        _ => {}
    }
    match (&entry.extent, entry.bbox) {
        (Some(Extent::Units(ids)), _) => Some(work(Ground::Units(ids))),
        (Some(Extent::Polygon(ring)), _) => Some(work(Ground::Ring(ring))),
        (_, Some(bbox)) if entry.kind == Kind::Island => {
            let islands = Ground::Islands(bbox);
            Some(work(if world.outline(islands).is_some() {
                islands
            } else {
                Ground::Box(bbox, entry.country)
            }))
        }
        (_, Some(bbox)) => Some(work(Ground::Box(bbox, entry.country))),
        // An island that the world has no outline of is small; of a district no more is known than its seat.
        (_, None) if matches!(entry.kind, Kind::Island | Kind::District | Kind::Mountain) => {
            Some(work(Ground::Disc(entry.position, 10.0, entry.country)))
        }
        _ => None,
    }
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

//! The ground of areas: countries, units, compass parts; and the disputes that lie near them.

use super::Layers;
use crate::gazetteer::Gazetteer;
use crate::geometry::{Bbox, LonLat};
use crate::places::{self, Place, PlaceKind, Precision};
use crate::world::{Compass, Ground, Relation, World, compass_part};
use geo::{BoundingRect, Intersects, MultiPolygon};
use std::collections::BTreeMap;

/// The ground of a place, where it is known: a country's, a unit's, a region's, a compass part of one of these, or
/// what lies beside them. A vague place of which no more is known than a point has its surroundings on land.
pub fn area_of(place: &Place, places: &BTreeMap<&str, &Place>, world: &World) -> Option<MultiPolygon<f64>> {
    let gazetteer = Gazetteer::embedded().ok()?;
    if place.part.is_some() || place.beside.is_some() {
        let parent = place.within.as_deref().and_then(|id| places.get(id)).filter(|p| p.id != place.id);
        // A part of a part is cut twice.
        if let Some((parent, compass)) =
            parent.filter(|p| p.part.is_some()).zip(place.part.as_deref().and_then(Compass::named))
        {
            return Some(compass_part(&area_of(parent, places, world)?, compass));
        }
        let found = places::area_of(world, gazetteer, place, parent.copied());
        return found.map(|found| found.area.clone());
    }
    let whole = match place.country.as_deref() {
        Some(code) if place.kind == PlaceKind::Country || place.precision == Precision::Country => {
            world.outline(Ground::Country(code)).map(|outline| outline.into_owned())
        }
        _ => places::outline_of(world, gazetteer, place),
    };
    whole.or_else(|| surroundings(place, world))
}

/// The land around the point of a vague place, or of a region that no unit is.
fn surroundings(place: &Place, world: &World) -> Option<MultiPolygon<f64>> {
    if place.precision != Precision::Vague || place.kind == PlaceKind::Water {
        return None;
    }
    let point = LonLat::new(place.lon?, place.lat?);
    let disc = Ground::Disc(point, 1.0, place.country.as_deref());
    let near = world.beside(&[disc], Relation::Near(Some(place.radius_km? / 1.25)));
    near.map(|near| near.area.clone())
}

/// Disputes within the extent of the story's movements: id, name, note.
pub(super) fn disputes_near(layers: &Layers, world: &World) -> Vec<(String, String, String)> {
    let ends =
        layers.movements.iter().filter(|m| m.is_asserted() && !m.background).flat_map(|m| [&m.from, &m.to]);
    let positions: Vec<LonLat> = ends.flatten().filter_map(|e| e.position).collect();
    let Some(extent) = Bbox::around(positions) else { return Vec::new() };
    let wide = Bbox {
        west: extent.west - 4.0,
        south: extent.south - 4.0,
        east: extent.east + 4.0,
        north: extent.north + 4.0,
    };
    // disputes between countries of the story come first
    let story = |code: &String| layers.places.iter().any(|p| p.is_end && p.country.as_ref() == Some(code));
    let mut near: Vec<_> = world.disputes().iter().filter(|d| touches(&d.area, wide)).collect();
    near.sort_by_key(|d| std::cmp::Reverse((d.claimants.iter().filter(|c| story(c)).count(), d.hatch)));
    near.into_iter().map(|d| (d.id.clone(), d.name.clone(), d.note.clone())).collect()
}

/// Whether an area lies at least partly in a box.
fn touches(area: &MultiPolygon<f64>, bbox: Bbox) -> bool {
    let boxes = if bbox.west <= bbox.east {
        vec![(bbox.west, bbox.east)]
    } else {
        vec![(bbox.west, 180.0), (-180.0, bbox.east)]
    };
    boxes.into_iter().any(|(west, east)| {
        let frame = geo::Rect::new((west, bbox.south), (east, bbox.north));
        area.bounding_rect().is_some_and(|r| r.intersects(&frame)) && area.intersects(&frame)
    })
}

//! The ground of areas: countries, units, compass parts; and the disputes that lie near them.

use super::Layers;
use crate::geometry::{Bbox, LonLat};
use crate::places::{Place, PlaceKind, Precision};
use crate::world::{Compass, Ground, World, compass_part};
use geo::{BoundingRect, Intersects, MultiPolygon};
use std::collections::BTreeMap;

/// The ground of a place, where the world knows it: a country's, a unit's, or a compass part of either.
pub fn area_of(place: &Place, places: &BTreeMap<&str, &Place>, world: &World) -> Option<MultiPolygon<f64>> {
    if let Some(compass) = place.part.as_deref().and_then(Compass::named) {
        let parent = place.within.as_deref().and_then(|id| places.get(id)).filter(|p| p.id != place.id);
        let ground = match parent {
            // A part of a part is cut twice.
            Some(parent) if parent.part.is_some() => {
                return Some(compass_part(&area_of(parent, places, world)?, compass));
            }
            Some(parent) => ground_of(parent, world),
            None => place.country.as_deref().map(Ground::Country),
        };
        return Some(world.part_of(ground?, compass)?.area.clone());
    }
    world.outline(ground_of(place, world)?).cloned()
}

/// What the world knows a place's outline by.
fn ground_of<'a>(place: &'a Place, world: &'a World) -> Option<Ground<'a>> {
    match place.kind {
        _ if place.kind == PlaceKind::Country || place.precision == Precision::Country => {
            place.country.as_deref().map(Ground::Country)
        }
        PlaceKind::Region | PlaceKind::Part | PlaceKind::Other => {
            let number: u32 = place.entry.as_deref()?.strip_prefix("gn:")?.parse().ok()?;
            Some(Ground::Unit(&world.unit_by_geonames(number)?.id))
        }
        _ => None,
    }
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

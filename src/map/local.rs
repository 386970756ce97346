//! The layers of a story with the names of its places in another language, for the names on the map only: the
//! words beside it stay as the reports have them.

use super::names;
use crate::layers::Layers;
use crate::places::PlaceKind;
use crate::world::World;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The layers with every name that is known in `lang`. What has no name there ("eastern Ukraine", "three sites")
/// keeps the report's.
pub fn in_language<'l>(layers: &'l Layers, world: &World, lang: &str) -> Cow<'l, Layers> {
    if lang == "en" {
        return Cow::Borrowed(layers);
    }
    let named = layers.places.iter().filter_map(|place| {
        // a part of a country is not the country
        let key =
            place.entry.as_deref().filter(|_| place.kind != PlaceKind::Part && place.count.is_none())?;
        Some((place.id.clone(), names::any_name(world, key, lang)?.to_owned()))
    });
    let named: BTreeMap<String, String> = named.collect();
    let mut layers = layers.clone();
    let rename = |id: &str, name: &mut String| {
        if let Some(known) = named.get(id) {
            known.clone_into(name);
        }
    };
    for movement in &mut layers.movements {
        for end in [&mut movement.from, &mut movement.to].into_iter().flatten() {
            rename(&end.place, &mut end.name);
        }
    }
    layers.places.iter_mut().for_each(|place| rename(&place.id, &mut place.name));
    layers.areas.iter_mut().for_each(|area| rename(&area.id, &mut area.name));
    layers.statements.iter_mut().for_each(|statement| rename(&statement.place, &mut statement.name));
    Cow::Owned(layers)
}

//! Containment: which entry lies in which.

use crate::gazetteer::{EntryId, Gazetteer, Kind};

/// Whether the first entry is a country, unit or district that contains the second.
pub fn contains(gazetteer: &Gazetteer, outer: EntryId, inner: EntryId) -> bool {
    if outer == inner {
        return false;
    }
    let kind = gazetteer.kind(outer);
    if !matches!(kind, Kind::Country | Kind::Unit | Kind::District) {
        return false;
    }
    let inner_entry = gazetteer.entry(inner);
    match kind {
        Kind::Country => {
            inner_entry.kind != Kind::Country
                && inner_entry.country.is_some()
                && inner_entry.country == gazetteer.entry(outer).country
        }
        Kind::Unit => inner_entry.unit == Some(outer),
        _ => inner_entry.district == Some(outer),
    }
}

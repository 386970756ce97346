//! The base map of a view as it was drawn, for all maps that stand on it: what the writers make of it is made once.

use super::scene::{Group, Item};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A finished base map: shapes without words, beneath everything else.
#[derive(Debug)]
pub struct Backdrop {
    groups: Vec<Group>,
    id: u64,
    was_filled: AtomicBool,
    svg: OnceLock<String>,
}

impl Backdrop {
    /// A base map of these groups, from the bottom up.
    pub fn new(groups: Vec<Group>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let is_shape = |item: &Item| matches!(item, Item::Shape(_));
        debug_assert!(groups.iter().flat_map(|group| &group.items).all(is_shape), "words differ by language");
        Backdrop {
            groups,
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            was_filled: AtomicBool::new(false),
            svg: OnceLock::new(),
        }
    }

    /// Its groups: `sea`, `land`, `borders`, `disputed`.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// A number that no other base map of this process has.
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// Whether it is filled for the first time: most base maps, as those of tiles, are not drawn twice.
    pub(super) fn is_new(&self) -> bool {
        !self.was_filled.swap(true, Ordering::Relaxed)
    }

    /// Its part of an SVG, as it was written before or is written now.
    pub(super) fn svg(&self, write: impl FnOnce(&[Group]) -> String) -> &str {
        self.svg.get_or_init(|| write(&self.groups))
    }
}

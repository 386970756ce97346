//! Values that are kept once computed, up to a limit.

use std::hash::Hash;
use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Values that were computed, by what they were computed from. When there are too many, those go that were not asked
/// for since half as many were new.
#[derive(Debug)]
pub(super) struct Kept<K, V> {
    limit: usize,
    young: FxHashMap<K, Arc<V>>,
    old: FxHashMap<K, Arc<V>>,
}

impl<K: Copy + Eq + Hash, V> Kept<K, V> {
    /// Keeps at most so many.
    pub(super) fn new(limit: usize) -> Self {
        Kept { limit, young: FxHashMap::default(), old: FxHashMap::default() }
    }

    /// The value of this key, if it is kept.
    pub(super) fn get(&mut self, key: &K) -> Option<Arc<V>> {
        if let Some(value) = self.young.get(key) {
            return Some(Arc::clone(value));
        }
        let value = self.old.remove(key)?;
        self.insert(*key, Arc::clone(&value));
        Some(value)
    }

    /// Keeps a value.
    pub(super) fn insert(&mut self, key: K, value: Arc<V>) {
        if self.young.len() >= self.limit / 2 {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut kept: Kept<u32, u32> = Kept::new(8);
        for key in 0..100 {
            kept.insert(key, Arc::new(2 * key));
            assert_eq!(kept.get(&0).as_deref(), Some(&0));
            assert!(kept.young.len() + kept.old.len() <= 8);
        }
        assert_eq!(kept.get(&99).as_deref(), Some(&198));
        assert_eq!(kept.get(&50), None);
    }
}

//! Values that are kept once computed, up to a limit.
//!
//! Who keeps a value keeps it by all that it was computed from: then keeping it changes no result, and dropping it costs
//! nothing but time.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;

use rustc_hash::FxBuildHasher;

type Generation<K, V> = HashMap<K, (V, usize), FxBuildHasher>;

/// Values by what they were computed from, each with a weight. When there are too many, those go that were not asked for
/// since half of the limit was new.
pub struct Kept<K, V> {
    limit: usize,
    young: Generation<K, V>,
    /// What the young weigh.
    weight: usize,
    /// What was young before, and weighs no more than half of the limit.
    old: Generation<K, V>,
}

impl<K, V> fmt::Debug for Kept<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} kept", self.weight(), self.limit)
    }
}

impl<K, V> Kept<K, V> {
    /// Keeps values that weigh no more than `limit` together: a number, or bytes.
    pub const fn new(limit: usize) -> Self {
        Kept {
            limit,
            young: HashMap::with_hasher(FxBuildHasher),
            weight: 0,
            old: HashMap::with_hasher(FxBuildHasher),
        }
    }

    /// What all that is kept weighs: never more than the limit.
    pub fn weight(&self) -> usize {
        self.weight + self.old.values().map(|(_, weight)| weight).sum::<usize>()
    }
}

impl<K: Eq + Hash, V: Clone> Kept<K, V> {
    /// The value of this key, if it is kept.
    pub fn get<Q: Eq + Hash + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some((value, _)) = self.young.get(key) {
            return Some(value.clone());
        }
        let (key, (value, weight)) = self.old.remove_entry(key)?;
        self.insert(key, value.clone(), weight);
        Some(value)
    }

    /// Keeps a value, unless it weighs more than half of the limit by itself.
    pub fn insert(&mut self, key: K, value: V, weight: usize) {
        let most = self.limit / 2;
        if weight > most {
            return;
        }
        if self.weight + weight > most {
            self.old = std::mem::take(&mut self.young);
            self.weight = 0;
        }
        self.weight += weight;
        if let Some((_, before)) = self.young.insert(key, (value, weight)) {
            self.weight -= before;
        }
    }

    /// The value of this key: the one that is kept, or a new one of weight 1.
    pub fn get_or<Q>(&mut self, key: &Q, new: impl FnOnce() -> V) -> V
    where
        Q: Eq + Hash + ?Sized + ToOwned,
        Q::Owned: Into<K>,
        K: Borrow<Q>,
    {
        if let Some(value) = self.get(key) {
            return value;
        }
        let value = new();
        self.insert(key.to_owned().into(), value.clone(), 1);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut kept: Kept<u32, u32> = Kept::new(8);
        for key in 0..100 {
            assert_eq!(kept.get_or(&key, || 2 * key), 2 * key);
            assert_eq!(kept.get_or(&0, || unreachable!("it was asked for a moment ago")), 0);
        }
        assert_eq!(kept.get(&99), Some(198));
        assert_eq!(kept.get(&50), None);
    }

    #[test]
    fn what_is_too_heavy_is_not_kept_and_drives_nothing_out() {
        let mut kept: Kept<Box<str>, u32> = Kept::new(100);
        kept.insert("light".into(), 1, 50);
        kept.insert("heavy".into(), 2, 51);
        assert_eq!((kept.get("light"), kept.get("heavy")), (Some(1), None));
    }

    proptest! {
        #[test]
        fn it_gives_what_was_put_in_and_never_weighs_more_than_the_limit(
            steps in prop::collection::vec((0..20u32, 0..30usize, any::<bool>()), 0..300),
        ) {
            let mut kept: Kept<u32, u32> = Kept::new(60);
            let mut put = std::collections::BTreeMap::new();
            for (value, (key, weight, asks)) in (0u32..).zip(steps) {
                if asks {
                    let found = kept.get(&key);
                    prop_assert!(found.is_none() || found == put.get(&key).copied());
                } else {
                    kept.insert(key, value, weight);
                    put.insert(key, value);
                    prop_assert_eq!(kept.get(&key), Some(value));
                }
                let young = kept.young.values().map(|(_, weight)| weight).sum::<usize>();
                prop_assert_eq!(kept.weight, young);
                prop_assert!(kept.weight() <= 60);
            }
        }
    }
}

//! What is known of pieces of evidence, found by where their names stand in the program: each name is one literal,
//! and asking a table of strings for it takes longer than weighing it.

use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::thread::LocalKey;

/// Answers by the address and length of a name. Equal ones mean equal names, for these stay where they are; a name
/// that stands in two places is looked up twice.
pub type Clues<T> = RefCell<FxHashMap<(usize, usize), T>>;

/// The answer for this name: the one that was kept in this thread, or a new one.
pub fn known<T: Copy>(
    clues: &'static LocalKey<Clues<T>>,
    name: &'static str,
    look_up: impl FnOnce() -> T,
) -> T {
    clues.with_borrow_mut(|clues| *clues.entry((name.as_ptr().addr(), name.len())).or_insert_with(look_up))
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        static LENGTHS: Clues<usize> = Clues::default();
    }

    #[test]
    fn a_name_is_looked_up_once() {
        let all: &'static str = "nearly";
        let found = [&all[..4], all, &all[4..]].map(|name| known(&LENGTHS, name, || name.len()));
        assert_eq!(found, [4, 6, 2]);
        assert_eq!(known(&LENGTHS, &all[..4], || unreachable!("it is known")), 4);
    }
}

//! Answers kept by their question, up to a limit: what is asked for depends on nothing else, so that keeping
//! an answer changes no result.

use std::sync::{Mutex, PoisonError};

use crate::kept::Kept;

/// Answers kept at most.
const LIMIT: usize = 50_000;
/// Longer questions are not kept.
const LONGEST: usize = 100;

#[derive(Debug)]
pub(super) struct Memo<T>(Mutex<Kept<Box<str>, T>>);

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo(Mutex::new(Kept::new(LIMIT)))
    }
}

impl<T: Clone> Memo<T> {
    /// The answer to this question: the one that was kept, or a new one.
    pub(super) fn get(&self, question: &str, answer: impl FnOnce() -> T) -> T {
        if question.len() > LONGEST {
            return answer();
        }
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(question) {
            return known;
        }
        let new = answer();
        kept().insert(question.into(), new.clone(), 1);
        new
    }
}

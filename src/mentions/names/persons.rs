//! Persons: which capitalised words belong to the name of a person.
//!
//! A full name shows itself by a given name before a capital, by a title, by the recogniser's label
//! or by a verb of speech; its surname is then carried over to where it stands alone.

use super::lists::List;
use super::words::{Gap, Shape, Word, token};
use crate::gazetteer::{self, Gazetteer};
use crate::syntax::{EntityKind, Tree};
use std::collections::BTreeMap;

/// What a word is to persons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Role {
    /// It lies in a full name that a given name opens.
    pub in_full_name: bool,
    /// It begins that name.
    pub opens_full_name: bool,
    /// It is written like the surname of a full name of this text, and stands alone.
    pub carried: bool,
    /// A title stands directly before it (or before the name it lies in).
    pub titled: bool,
}

/// The role of each word.
pub fn roles(words: &[Word], trees: &[Tree], gazetteer: &Gazetteer) -> Vec<Role> {
    let mut roles = vec![Role::default(); words.len()];
    let mut surnames: BTreeMap<String, usize> = BTreeMap::new();
    let mut at = 0;
    while at < words.len() {
        let Some(end) = full_name(words, at, trees, gazetteer) else {
            at += 1;
            continue;
        };
        for role in &mut roles[at..end] {
            role.in_full_name = true;
        }
        roles[at].opens_full_name = true;
        *surnames.entry(gazetteer::fold(words[end - 1].text)).or_default() += 1;
        at = end;
    }
    for i in 0..words.len() {
        let titled = i > 0 && is_title(words, i - 1) && words[i].gap == Gap::Space && words[i].capital();
        if titled {
            roles[i].titled = true;
            if !words[i].lists.has(List::Organisations) && !words[i].lists.has(List::ActorNouns) {
                let mut end = i;
                while end + 1 < words.len()
                    && words[end + 1].gap == Gap::Space
                    && words[end + 1].capital()
                    && end - i < 3
                    && !words[end].possessive
                {
                    end += 1;
                }
                surnames.entry(gazetteer::fold(words[end].text)).or_default();
            }
        }
    }
    for (i, role) in roles.iter_mut().enumerate() {
        let word = &words[i];
        if !role.in_full_name && word.capital() && surnames.contains_key(&gazetteer::fold(word.text)) {
            role.carried = true;
        }
    }
    roles
}

/// Whether the word is a title or office that a name follows.
pub fn is_title(words: &[Word], at: usize) -> bool {
    words[at].lists.has(List::Titles) && words[at].gap != Gap::Hyphen && !words[at].possessive
}

/// The end of the full name that begins here, if one does.
fn full_name(words: &[Word], at: usize, trees: &[Tree], gazetteer: &Gazetteer) -> Option<usize> {
    let first = &words[at];
    let is_shouted = first.shape == Shape::Upper && first.shouted;
    if !is_shouted && !matches!(first.shape, Shape::Title | Shape::Initial) {
        return None;
    }
    if first.possessive {
        return None;
    }
    let labelled = is_person(first, trees);
    let given = gazetteer.commonness(first.text).given_name;
    let initials = first.text.len() >= 3 && first.text.contains('.') && !first.shouted;
    if !(labelled || given || initials) {
        return None;
    }
    let mut end = at + 1;
    while end < words.len() && end - at < 4 {
        let word = &words[end];
        let joined = matches!(word.gap, Gap::Space | Gap::Hyphen);
        let nickname = word.gap == Gap::Other && is_person(word, trees) && labelled;
        let particle = matches!(
            word.text,
            "de" | "van" | "von" | "al" | "bin" | "ibn" | "der" | "del" | "la" | "el" | "da"
        );
        if !(joined || nickname) || !(word.capital() || particle) {
            break;
        }
        if labelled && !is_person(word, trees) && word.shape != Shape::Initial && !particle {
            break;
        }
        if word.capital()
            && (word.lists.has(List::Organisations)
                || word.lists.has(List::TypesAfter)
                || word.lists.has(List::Streets)
                || word.lists.has(List::Titles)
                || word.lists.has(List::Calendar) && !labelled)
            && end - at == 1
        {
            return None;
        }
        end += 1;
        if word.possessive {
            break;
        }
    }
    while end > at + 1 && !words[end - 1].capital() {
        end -= 1;
    }
    (end > at + 1 && words[end - 1].shape != Shape::Initial).then_some(end)
}

fn is_person(word: &Word, trees: &[Tree]) -> bool {
    token(word, trees).is_some_and(|t| t.entity == Some(EntityKind::Person))
}

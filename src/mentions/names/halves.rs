//! Halves: "the North" and "the South" for one of two countries or units that share a name, where the
//! text names it in full: North Korea, South Sudan, North Dakota.

use super::candidates::Form;
use super::words::{Gap, Shape, Word};
use super::{NameMention, Role};
use crate::gazetteer::{Gazetteer, Kind};
use crate::report::Span;

/// Adds "the North" where the text has named the country that it is the north of. The names stand in text order,
/// none overlapping another.
pub fn add(words: &[Word], gazetteer: &Gazetteer, names: &mut Vec<NameMention>) {
    for half in ["North", "South"] {
        let mut full = names.iter().filter(|name| {
            name.role != Role::Demonym
                && name.lookup.split(' ').next() == Some(half)
                && name.found.first().is_some_and(|f| gazetteer.kind(f.entry) == Kind::Country)
        });
        let Some(country) = full.next().cloned() else { continue };
        if full.any(|name| name.lookup != country.lookup) {
            continue;
        }
        let mut added = Vec::new();
        for at in 1..words.len() {
            let word = &words[at];
            let alone = word.text == half
                && word.shape == Shape::Title
                && matches!(words[at - 1].text, "the" | "The")
                && word.gap == Gap::Space
                && words.get(at + 1).is_none_or(|next| {
                    next.gap != Gap::Space || next.shape == Shape::Lower || word.possessive
                });
            if !alone || word.start < country.span.start {
                continue;
            }
            // "The North" by itself may have been taken for some unit called North.
            let near = names.partition_point(|name| name.words.1 <= at);
            let taken = names.get(near).filter(|name| name.words.0 <= at).map(|name| name.words);
            if taken.is_some_and(|words| words != (at, at + 1)) {
                continue;
            }
            let short = NameMention {
                span: Span::new(word.start, word.end),
                form: Form::Short,
                type_word: None,
                role: Role::Ground,
                speaks: false,
                probability: 0.9,
                within: None,
                words: (at, at + 1),
                reasons: vec![format!("short for {}", country.lookup)],
                ..country.clone()
            };
            match taken {
                Some(_) => names[near] = short,
                None => added.push(short),
            }
        }
        names.append(&mut added);
        names.sort_by_key(|name| name.span);
    }
}

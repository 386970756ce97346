//! Words that belong to places without being their names: peoples, institutions; and words that are more often
//! something else than a place.

use super::{EntryId, Gazetteer, fold};

/// What a demonym stands for.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Demonym {
    /// The place whose people it names.
    pub entry: EntryId,
    /// Whether the same word is a language.
    pub language: bool,
}

/// An institution that news names for a government: the Kremlin, Downing Street.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Institution {
    /// The country it speaks for, or another place (the United Nations have none).
    pub country: Option<EntryId>,
    /// Where it stands.
    pub place: Option<EntryId>,
}

/// What a word is besides a place name.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Default)]
pub struct Commonness {
    /// A common English word.
    pub english_word: bool,
    /// A given name.
    pub given_name: bool,
    /// A surname.
    pub surname: bool,
}

const NO_ENTRY: u64 = (1 << 24) - 1;

impl Gazetteer {
    /// The place of a demonym or adjective: "Ukrainian", "Muscovites". Only capitalised words are demonyms.
    pub fn demonym(&self, word: &str) -> Option<Demonym> {
        self.word(word).1
    }

    /// The institution of this name, with or without "the".
    pub fn institution(&self, name: &str) -> Option<Institution> {
        self.named(name).1
    }

    /// The institution of this folded name.
    pub(super) fn look_up_institution(&self, folded: &str) -> Option<Institution> {
        let value = self.institutions.get(folded.strip_prefix("the ").unwrap_or(folded))?;
        let entry = |bits: u64| (bits & NO_ENTRY != NO_ENTRY).then_some(EntryId((bits & NO_ENTRY) as u32));
        Some(Institution { country: entry(value), place: entry(value >> 24) })
    }

    /// What else a single word is: evidence for the reader, which judges.
    pub fn commonness(&self, word: &str) -> Commonness {
        self.word(word).0
    }

    /// What a word is: whoever asks for one of these asks for the other soon.
    fn word(&self, word: &str) -> (Commonness, Option<Demonym>) {
        self.words.get(word, || {
            let folded = fold(word);
            let bits = self.common.get(&folded).unwrap_or(0);
            let common =
                Commonness { english_word: bits & 1 != 0, given_name: bits & 2 != 0, surname: bits & 4 != 0 };
            let is_capital = word.len() <= 80 && word.starts_with(char::is_uppercase);
            let demonym = if is_capital { self.demonyms.get(&folded) } else { None };
            let of = |value| Demonym { entry: EntryId((value >> 1) as u32), language: value & 1 == 1 };
            (common, demonym.map(of))
        })
    }
}

pub(super) fn pack_institution(country: Option<u32>, place: Option<u32>) -> u64 {
    let bits = |id: Option<u32>| id.map_or(NO_ENTRY, u64::from);
    bits(country) | bits(place) << 24
}

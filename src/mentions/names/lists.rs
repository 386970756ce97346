//! Word lists that tell what a name is by the words beside it: `assets/lexicon/names.toml`.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A list of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// Words before a person's name.
    Titles,
    /// Verbs of speech, thought and stance, whose subject is a person or a government.
    Speech,
    /// Verbs whose subject, when it is a country or capital, acts as a government.
    Acts,
    /// Verbs of taking part without an object: whoever does it is no ground ("Rome protested").
    TakesSides,
    /// Nouns that a country's name before them turns into an actor ("U.S. officials").
    ActorNouns,
    /// Head words of names of organisations.
    Organisations,
    /// Head words of facilities: names that stand for ground of their own.
    Facilities,
    /// Types of ways in towns.
    Streets,
    /// Roads with a number after their name.
    NumberedRoads,
    /// Type words that follow a name and belong to it.
    TypesAfter,
    /// Type words that stand before a name.
    TypesBefore,
    /// Type words in small letters after a name ("Kursk region").
    TypesSmall,
    /// The same over several names ("Bibb and Houston counties").
    TypesSmallPlural,
    /// Type words that open names of offices as well ("County Clerk").
    TypesOfOffices,
    /// What the name after "of" is a place by ("the town of").
    Settlements,
    /// Prepositions after which a name is ground.
    Locative,
    /// Months and weekdays, which are no places however they are written.
    Calendar,
    /// Words of everyday use that open sentences and headlines with a capital.
    Function,
    /// Words of the compass.
    Compass,
    /// Abbreviations that keep their full stop; as they are written.
    Abbreviations,
}

/// The lists that have a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lists(u32);

impl Lists {
    /// The lists of a word, whatever its case and without its full stop.
    pub fn of(word: &str) -> Lists {
        let word = word.trim_end_matches('.').as_bytes();
        let mut small = [0; LONGEST];
        let Some(small) = small.get_mut(..word.len()) else { return Lists::default() };
        small.copy_from_slice(word);
        small.make_ascii_lowercase();
        TABLE.lists.get(&*small).copied().unwrap_or_default()
    }

    /// Whether the word is in this list.
    pub fn has(self, list: List) -> bool {
        self.0 & 1 << list as u32 != 0
    }
}

/// Whether a word stands before persons' names: "Captain", "President".
pub fn is_title(word: &str) -> bool {
    Lists::of(word).has(List::Titles)
}

/// No word of the lists is longer, in bytes.
const LONGEST: usize = 24;

#[derive(Default)]
struct Table {
    lists: FxHashMap<Box<[u8]>, Lists>,
    abbreviations: FxHashSet<String>,
    compass: FxHashMap<String, String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        compass: BTreeMap<String, Vec<String>>,
        #[serde(flatten)]
        lists: BTreeMap<List, Vec<String>>,
    }
    let file: File = toml::from_str(include_str!("../../../assets/lexicon/names.toml"))
        .expect("the tests read names.toml");
    let mut table = Table::default();
    let mut add = |list: List, word: &str| {
        assert!(word.len() <= LONGEST, "{word:?} is longer than {LONGEST} bytes");
        table.lists.entry(word.as_bytes().into()).or_default().0 |= 1 << list as u32;
    };
    for (part, forms) in file.compass {
        forms.iter().for_each(|form| add(List::Compass, form));
        table.compass.extend(forms.into_iter().map(|form| (form, part.clone())));
    }
    for (list, words) in file.lists {
        if list == List::Abbreviations {
            table.abbreviations.extend(words);
        } else {
            words.iter().for_each(|word| add(list, word));
        }
    }
    table
});

/// Whether a word, however it is written, tells a part of the ground named behind it: "Northern" of "Northern Syria".
pub fn is_part_of_ground(word: &str) -> bool {
    word.ends_with("ern") && compass(word).is_some()
}

/// The part of a place that a word of the compass names: "north-east" for "Northeastern".
pub fn compass(word: &str) -> Option<&'static str> {
    // Few words are: most need not be written small first.
    let part = || TABLE.compass.get(&word.to_ascii_lowercase()).map(String::as_str);
    Lists::of(word).has(List::Compass).then(part).flatten()
}

/// Whether a word is an abbreviation that keeps its full stop: "Calif", "Gen".
pub fn is_abbreviation(word: &str) -> bool {
    TABLE.abbreviations.contains(word)
}

/// Verbs that tell a movement, from the lexicon of movements.
#[derive(Debug, Default)]
pub struct Motion {
    /// All of them, by their lemma; of those with a particle the verb alone.
    pub verbs: BTreeSet<String>,
    /// Those whose object is an end: "leave", "reach".
    pub with_object: BTreeSet<String>,
}

/// `assets/lexicon/triggers.toml`, as far as names are concerned.
pub static MOTION: LazyLock<Motion> = LazyLock::new(|| {
    #[derive(serde::Deserialize)]
    struct Class {
        verbs: Vec<String>,
        object_place: Option<String>,
        #[serde(default)]
        theme: String,
    }
    #[derive(serde::Deserialize)]
    struct Triggers {
        class: Vec<Class>,
    }
    let triggers: Triggers = toml::from_str(include_str!("../../../assets/lexicon/triggers.toml"))
        .expect("the tests read triggers.toml");
    let mut motion = Motion::default();
    for class in triggers.class.into_iter().filter(|class| class.theme != "storm") {
        for verb in class.verbs {
            let verb = verb.split('_').next().unwrap_or_default().to_owned();
            if class.object_place.is_some() {
                motion.with_object.insert(verb.clone());
            }
            motion.verbs.insert(verb);
        }
    }
    motion
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_knows_its_lists_whatever_its_case() {
        assert!(Lists::of("Gen.").has(List::Titles) && Lists::of("COUNTY").has(List::TypesAfter));
        assert!(!Lists::of("county").has(List::Titles));
        assert_eq!(Lists::of("a word that is far too long for any list"), Lists::default());
        assert!(is_abbreviation("Calif") && !is_abbreviation("calif"));
        assert_eq!(compass("Northeastern"), Some("north-east"));
    }

    #[test]
    fn the_lists_are_in_small_letters() {
        let small = |word: &[u8]| !word.is_empty() && !word.iter().any(u8::is_ascii_uppercase);
        assert!(TABLE.lists.keys().all(|word| small(word)));
    }
}

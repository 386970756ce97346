//! Words → dictionary forms: fixed ones for pronouns and auxiliaries, then endings stripped and
//! looked up in the word lists of WordNet, as spaCy's rule lemmatizer does.

use rustc_hash::FxHashMap;
use std::borrow::Cow;

use crate::packed::{Packed, PackedError, Reader};

use super::features::Features;
use super::model::{damaged, section};
use super::{Dep, Tag};

/// The parts of speech that have rules, exceptions and a word list.
const PARTS: [&str; 5] = ["adj", "adv", "noun", "punct", "verb"];

/// Finds lemmas.
#[derive(Debug)]
pub(super) struct Lemmatizer {
    /// By part of speech: an ending and what replaces it.
    rules: FxHashMap<&'static str, Vec<(String, String)>>,
    /// "verb send".
    words: fst::Set<Cow<'static, [u8]>>,
    /// "verb sent" → a place in `lists`.
    exceptions: fst::Map<Cow<'static, [u8]>>,
    lists: Cow<'static, [u8]>,
}

impl Lemmatizer {
    pub(super) fn open(packed: &Packed<'static>) -> Result<Self, PackedError> {
        let no_table = |name: &str| damaged(&format!("section {name:?} is no finite-state table"));
        let mut rules = FxHashMap::default();
        for part in PARTS {
            let of_part = section(packed, &format!("lemma.rules.{part}"), |reader| {
                let count = reader.u32()?;
                (0..count).map(|_| Some((reader.string()?, reader.string()?))).collect::<Option<Vec<_>>>()
            })?;
            rules.insert(part, of_part);
        }
        Ok(Lemmatizer {
            rules,
            words: fst::Set::new(packed.section("lemma.words")?).map_err(|_| no_table("lemma.words"))?,
            exceptions: fst::Map::new(packed.section("lemma.exceptions")?)
                .map_err(|_| no_table("lemma.exceptions"))?,
            lists: packed.section("lemma.lists")?,
        })
    }

    /// The lemma of a word, given its tag, its dependency and the words beside it.
    pub(super) fn lemma(&self, word: &Context<'_>, features: &Features) -> String {
        let lower = word.word.to_lowercase();
        if let Some(fixed) = fixed(word, &lower) {
            return fixed.to_owned();
        }
        match part_of_speech(word, &lower) {
            Part::Inflected(part) => self.by_rule(part, word.word, &lower, features),
            Part::ProperNoun => word.word.to_owned(),
            Part::Base => lower,
        }
    }

    /// Forms that are words come first, the latest rule's before the others'; irregular ones before these.
    fn by_rule(&self, part: &'static str, word: &str, lower: &str, features: &Features) -> String {
        let mut forms: Vec<String> = Vec::new();
        let mut unknown: Option<String> = None;
        for (ending, replacement) in self.rules.get(part).into_iter().flatten() {
            let Some(stem) = lower.strip_suffix(ending.as_str()) else { continue };
            let form = format!("{stem}{replacement}");
            if form.is_empty() {
                continue;
            }
            if self.words.contains(format!("{part} {form}")) {
                forms.insert(0, form);
            } else if !features.is_alpha(&form) {
                forms.push(form);
            } else {
                unknown.get_or_insert(form);
            }
        }
        for irregular in self.exceptions(part, lower).unwrap_or_default() {
            if !forms.contains(&irregular) {
                forms.insert(0, irregular);
            }
        }
        forms.into_iter().next().or(unknown).unwrap_or_else(|| word.to_owned())
    }

    /// The irregular lemmas of a form.
    fn exceptions(&self, part: &str, lower: &str) -> Option<Vec<String>> {
        let at = self.exceptions.get(format!("{part} {lower}"))? as usize;
        let mut reader = Reader::new(self.lists.get(at..)?);
        let count = reader.u32()?;
        (0..count).map(|_| reader.string()).collect()
    }
}

/// A word and what its lemma depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) word: &'a str,
    pub(super) tag: Tag,
    pub(super) dep: Dep,
    pub(super) before: &'a str,
    pub(super) after: &'a str,
}

/// How a word is lemmatized.
enum Part {
    /// By the rules of this part of speech.
    Inflected(&'static str),
    /// It stays as it is.
    ProperNoun,
    /// It is in its base form: lower case is enough.
    Base,
}

fn part_of_speech(context: &Context<'_>, lower: &str) -> Part {
    let Context { tag, dep, .. } = *context;
    if matches!(dep, Dep::Aux | Dep::Auxpass) && tag != Tag::To {
        return Part::Base;
    }
    match tag {
        Tag::Rb if lower == "well" => Part::Base,
        Tag::Afx | Tag::Jjr | Tag::Jjs => Part::Inflected("adj"),
        Tag::Rb | Tag::Rbr | Tag::Rbs => Part::Inflected("adv"),
        Tag::Nns => Part::Inflected("noun"),
        Tag::Vbd | Tag::Vbg | Tag::Vbn | Tag::Vbz => Part::Inflected("verb"),
        Tag::Nnp | Tag::Nnps => Part::ProperNoun,
        Tag::Period
        | Tag::Comma
        | Tag::Lrb
        | Tag::Rrb
        | Tag::OpenQuote
        | Tag::CloseQuote
        | Tag::Colon
        | Tag::Hyph
        | Tag::Nfp => Part::Inflected("punct"),
        _ => Part::Base,
    }
}

/// Pronouns, auxiliaries and worn-down forms.
fn fixed(context: &Context<'_>, lower: &str) -> Option<&'static str> {
    let before = || context.before.to_lowercase();
    let after = || context.after.to_lowercase();
    let by_neighbour = match lower {
        "doin'" => Some("do"),
        "goin'" => Some("go"),
        "nothin'" | "nuthin'" => Some("nothing"),
        "ol'" => Some("old"),
        "somethin'" => Some("something"),
        "'em" => Some("them"),
        "'ll" => Some("will"),
        "'nuff" => Some("enough"),
        "gon" if after() == "na" => Some("go"),
        "na" if before() == "gon" => Some("to"),
        "ta" if before() == "got" => Some("to"),
        "'s" if before() == "let" => Some("us"),
        "c'm" if after() == "on" => Some("come"),
        "y" | "y'" if after() == "all" => Some("you"),
        _ => None,
    };
    by_neighbour.or_else(|| fixed_by_tag(context, lower))
}

fn fixed_by_tag(context: &Context<'_>, lower: &str) -> Option<&'static str> {
    let is_negated = || matches!(context.after.to_lowercase().as_str(), "n't" | "nt");
    Some(match (context.tag, lower) {
        (Tag::Md, "'d") => "would",
        (Tag::Md, "ca") => "can",
        (Tag::Md, "sha") => "shall",
        (Tag::Md, "wo") => "will",
        (Tag::Prp, "i" | "me") => "I",
        (Tag::Prp, "he" | "him") => "he",
        (Tag::Prp, "she" | "her") => "she",
        (Tag::Prp, "we" | "us") => "we",
        (Tag::Prp, "they" | "them") => "they",
        (Tag::Rb, "not" | "n't" | "nt" | "n’t") => "not",
        (Tag::Vbn, "been") | (Tag::Vbg, "being") => "be",
        (Tag::Vbz, "is" | "'s") | (Tag::Vbp, "are" | "'re" | "am" | "'m") => "be",
        (Tag::Vbd, "was" | "were") => "be",
        (Tag::Vbp | Tag::Vbz, "ai") if is_negated() => "be",
        (Tag::Vbz, "has") | (Tag::Vbp, "have" | "'ve") => "have",
        (Tag::Vbd | Tag::Vbn, "had") | (Tag::Vbd, "'d") => "have",
        (Tag::Vbz, "does") | (Tag::Vbd, "did") => "do",
        (Tag::Vbz, "gets") | (Tag::Vbd, "got") => "get",
        _ => return None,
    })
}

//! Who moves, in few words that stand within a sentence of ours.

use super::phrases::{self, singular};
use crate::layers::MovementFeature;
use crate::mentions::{MentionKind, number_of_word, tens_of_word};
use crate::story::Story;
use std::collections::BTreeSet;

const ARTICLES: [&str; 3] = ["a", "an", "the"];

/// A mover of a story with all its movements.
#[derive(Debug, Clone, PartialEq)]
pub struct Mover<'m> {
    /// Without article: "convoy of lorries".
    pub name: String,
    /// As it stands in a sentence: "a convoy of lorries".
    pub words: String,
    /// Its features, in the order told.
    pub features: Vec<&'m MovementFeature>,
}

impl Mover<'_> {
    /// How many movements it makes.
    pub fn movements(&self) -> usize {
        self.features.iter().map(|m| m.movement.as_str()).collect::<BTreeSet<_>>().len()
    }

    /// The noun that the name is built around, in the singular: "convoy".
    pub fn head(&self) -> String {
        singular(head(&self.name))
    }

    /// Whether that noun is one, and no name.
    fn is_common(&self) -> bool {
        head(&self.name).starts_with(char::is_lowercase)
    }

    /// As it stands in a sentence, and without what it is of where that has no room.
    pub fn fitting_words(&self) -> impl Iterator<Item = &str> {
        let short = self.words.split_once(" of ").map(|(head, _)| head);
        std::iter::once(self.words.as_str()).chain(short)
    }

    /// Whether a headline names it: "Ferry runs aground" the ferry Santa Oliva.
    pub fn is_in(&self, headline: &str) -> bool {
        let split = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'');
            words.filter(|word| word.chars().count() > 2).map(singular).collect()
        };
        let headline = split(headline);
        let proper = self.name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).map(singular);
        !is_one_of_several(&self.name)
            && (headline.contains(&self.head()) || proper.into_iter().any(|word| headline.contains(&word)))
    }
}

/// All that move, in the order told. What is only pointed at ("they") goes with whoever moved before in its journey;
/// what has no name at all is left out.
pub fn all<'m>(story: &Story, told: &[&'m MovementFeature]) -> Vec<Mover<'m>> {
    let mut movers: Vec<Mover> = Vec::new();
    for feature in told {
        let Some((name, words)) = in_sentence(story, feature) else {
            let points = feature.who.as_deref().is_some_and(is_pronoun);
            let before = movers.iter_mut().find(|mover| {
                points && mover.features.last().is_some_and(|last| last.journey == feature.journey)
            });
            if let Some(mover) = before {
                mover.features.push(feature);
            }
            continue;
        };
        let is_bare = !name.contains(' ') && name.starts_with(char::is_lowercase);
        let same = |mover: &&mut Mover| {
            mover.name == name
                || is_bare
                    && !is_one_of_several(&mover.name)
                    && mover.is_common()
                    && mover.head() == singular(&name)
        };
        match movers.iter_mut().find(same) {
            Some(mover) => mover.features.push(feature),
            None => movers.push(Mover { name, words, features: vec![feature] }),
        }
    }
    movers
}

/// The mover's name, without and with its article.
fn in_sentence(story: &Story, feature: &MovementFeature) -> Option<(String, String)> {
    let raw = feature.who.as_deref()?.trim();
    let Bare { name, article, many } = bare(raw)?;
    // a government that moves is its people or goods: the name of a place is no mover's
    let places = story.mentions.iter().filter(|mention| mention.kind != MentionKind::Demonym);
    if places.into_iter().any(|mention| mention.text == name) {
        return None;
    }
    let name = if raw.starts_with(name.as_str()) {
        let span = story.movements.iter().find(|m| m.id == feature.movement)?.who.as_ref()?.span;
        phrases::settled(story, story.text(span.report), &name)
    } else {
        name
    };
    // "poor Hamish"
    let proper = name.find(char::is_uppercase).map(|at| &name[at..]);
    let proper = proper.filter(|proper| {
        article.is_none()
            && !name.contains(" of ")
            && proper.split(' ').all(|w| w.starts_with(char::is_uppercase))
    });
    let name = proper.map_or(name.clone(), str::to_owned);
    let is_common = name.starts_with(char::is_lowercase);
    let words = match article {
        _ if (many || is_plural(&name)) && !name.contains("'s ") => name.clone(),
        Some(article) => format!("{} {name}", fitting(&article, &name)),
        None if is_common => format!("the {name}"),
        None => name.clone(),
    };
    Some((name, words))
}

/// "a", "an" and "the" before a name.
fn fitting(article: &str, name: &str) -> &'static str {
    match article {
        "the" => "the",
        // "an uncle", "a unit"
        _ if name.to_lowercase().starts_with(['a', 'e', 'i', 'o']) => "an",
        _ if name.starts_with('u') && !["uni", "use", "usu"].iter().any(|start| name.starts_with(start)) => {
            "an"
        }
        _ => "a",
    }
}

/// A noun phrase without its number.
struct Bare {
    name: String,
    article: Option<String>,
    /// Whether its number was of several: "two aircraft".
    many: bool,
}

/// "5th", which is part of a name.
fn is_ordinal(word: &str) -> bool {
    let ending = word.trim_start_matches(|c: char| c.is_ascii_digit());
    ending.len() < word.len() && ["st", "nd", "rd", "th"].contains(&ending)
}

/// A noun phrase without leading numbers and hedges, cut before clauses; none for pronouns and long ones.
fn bare(who: &str) -> Option<Bare> {
    const LEADING: &str = "a about additional all almost an and another any approximately around as at between both dozens each \
        every few first further her his hundreds its just last least many more most my nearly of only other our over \
        roughly several some than the their these those thousands to up when while your";
    const CUTS: [&str; 7] = [" who ", " that ", " which ", " from ", ", ", " in ", ": "];
    let is_leading = |word: &str| {
        let lower = word.to_lowercase();
        LEADING.split(' ').any(|word| word == lower)
            || word.starts_with(|c: char| c.is_ascii_digit() || "$£€¥".contains(c)) && !is_ordinal(&lower)
            || is_number_word(&lower)
    };
    let mut text = who.trim();
    for cut in CUTS {
        if let Some(at) = text.find(cut) {
            text = &text[..at];
        }
    }
    // "the last of 143 patients"
    const SHARES: &str = "last rest remainder majority half part most none head tonne tonnes ton tons kilos litres gallons \
        batch batches consignment consignments elements ranks stocks";
    if let Some((share, whole)) = text.split_once(" of ") {
        let is_share =
            |word: &str| SHARES.split(' ').any(|share| word.eq_ignore_ascii_case(share)) || is_leading(word);
        if share.split_whitespace().all(is_share) {
            text = whole;
        }
    }
    // "a convoy of 48 lorries" is one of lorries, "a squadron of five" a squadron
    let mut parts = text.splitn(2, " of ");
    let head: Vec<&str> = parts.next().unwrap_or_default().split_whitespace().collect();
    let (leading, words): (Vec<&str>, Vec<&str>) = {
        let first = head.iter().position(|word| !is_leading(word)).unwrap_or(head.len());
        (head[..first].to_vec(), head[first..].to_vec())
    };
    let mut name = words.join(" ");
    if let Some(members) = parts.next() {
        let first = members.split(' ').next().unwrap_or_default();
        let counted = is_leading(first) && !ARTICLES.contains(&first);
        let members: Vec<&str> = members.split(' ').skip_while(|word| counted && is_leading(word)).collect();
        if !members.is_empty() && !members.iter().any(|word| is_pronoun(word)) {
            name = format!("{name} of {}", members.join(" "));
        }
    }
    // what belongs to a name or a member of a whole is left where it is too long
    let fits = |name: &str| name.split(' ').count() <= 6 && name.chars().count() <= 38;
    while !fits(&name) && name.contains(" of ") {
        name.truncate(name.rfind(" of ").unwrap_or_default());
    }
    let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let is_measure = SHARES.split(' ').any(|share| last == share);
    let is_named =
        !words.is_empty() && fits(&name) && !is_pronoun(&last) && !last.ends_with("'s") && !is_measure;
    let small = leading.iter().map(|word| word.to_lowercase());
    let many = small.clone().any(|word| {
        word != "1"
            && word != "one"
            && (is_number_word(&word) || word.starts_with(|c: char| c.is_ascii_digit()))
    });
    let article = small.rev().find(|word| ARTICLES.contains(&word.as_str()));
    is_named.then_some(Bare { name, article, many })
}

/// Whether it is told apart from others of its kind: "the second flight".
fn is_one_of_several(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    ["earlier", "later", "largest", "smaller", "separate", "similar", "different"].contains(&first.as_str())
        || first != "one" && ["first", "second", "third", "fifth"].contains(&first.as_str())
        || first.len() > 4 && first.strip_suffix("th").is_some_and(|number| number_of_word(number).is_some())
}

/// "Twelve", "twenty-six", "dozen".
fn is_number_word(word: &str) -> bool {
    const LARGE: [&str; 4] = ["hundred", "thousand", "million", "dozen"];
    let is_number =
        |part: &str| number_of_word(part).is_some() || tens_of_word(part).is_some() || LARGE.contains(&part);
    word.split('-').all(is_number)
}

/// The noun that a phrase is built around: "frigate" of "frigate Capitan Rosales", "pieces" of "pieces of glass".
fn head(who: &str) -> &str {
    let first = who.split(" of ").next().unwrap_or(who);
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    let common = first.split(' ').rev().find(|word| !is_name(word));
    common.or(first.split(' ').next_back()).unwrap_or(first)
}

pub(super) fn is_plural(who: &str) -> bool {
    const PLURAL: [&str; 9] =
        ["people", "police", "crew", "sheep", "children", "men", "women", "personnel", "cattle"];
    let last = head(who).to_lowercase();
    // "Congolese": people, where no other word follows
    let people = last.len() > 5 && last.ends_with("ese") && !who.contains(' ');
    PLURAL.contains(&last.as_str()) || people || singular(&last) != last || who.contains(" and ")
}

/// Whether words name nobody.
pub(super) fn is_pronoun(words: &str) -> bool {
    const PRONOUNS: &str = "they them it he him she her we us i me you who which that this these those one ones \
        others everyone everybody someone somebody anyone anybody nobody none half next all both many several most few";
    PRONOUNS.split(' ').any(|pronoun| words.trim().eq_ignore_ascii_case(pronoun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mover_loses_its_number_and_its_clauses() {
        let name = |who: &str| bare(who).map(|bare| bare.name).unwrap_or_default();
        assert_eq!(name("at least 3,000 North Korean troops who were seen"), "North Korean troops");
        assert_eq!(name("some 1,500 special forces"), "special forces");
        assert_eq!(name("the hurricane"), "hurricane");
        assert_eq!((name("They"), name("I"), name("half of them")), Default::default());
        assert_eq!(
            (name("All 17 crew"), name("Twenty-six gold masks")),
            ("crew".into(), "gold masks".into())
        );
        assert_eq!(name("Two hundred and eleven passengers"), "passengers");
        assert_eq!(name("The last of 143 patients"), "patients");
        assert_eq!(name("Elements of the 5th Division"), "5th Division");
        assert_eq!(
            (name("A first batch of eight howitzers"), name("132 all ranks")),
            ("howitzers".into(), "".into())
        );
        assert_eq!(
            (name("some of the 60 Corvanian diplomats"), name("the $400 million")),
            ("Corvanian diplomats".into(), "".into())
        );
        assert_eq!(name("A convoy of 48 lorries"), "convoy of lorries");
        assert_eq!(name("A company of 140 military engineers"), "company of military engineers");
        assert_eq!(
            (name("a squadron of five"), name("an engineering unit of 140")),
            ("squadron".into(), "engineering unit".into())
        );
        assert_eq!(name("About 40 guests of a lodge"), "guests of a lodge");
        assert_eq!(
            (name("when a minibus"), name("All four"), name("Several")),
            ("minibus".into(), "".into(), "".into())
        );
        assert_eq!(name("a scientist's: two tons of drilling gear"), "");
    }

    #[test]
    fn what_a_phrase_is_built_around_tells_its_number() {
        assert!(!is_plural("frigate Capitan Rosales") && is_plural("Royal Marines"));
        assert!(is_plural("North Korean troops") && is_plural("people") && !is_plural("hurricane"));
        assert!(!is_plural("the virus") && is_plural("Congolese") && !is_plural("Chinese ship"));
        assert!(is_plural("pieces of Roman glass") && !is_plural("convoy of lorries"));
    }
}

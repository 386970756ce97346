//! Words of a report as they stand within sentences of ours.

use crate::gazetteer::Gazetteer;
use crate::mentions::names::is_title;
use crate::mentions::{Mention, MentionKind};
use crate::movements::Lexicon;
use crate::story::Story;

/// The words without a capital that only the start of their sentence gave them.
pub fn settled(story: &Story, text: &str, words: &str) -> String {
    let first = words.split(' ').next().unwrap_or_default();
    let is_capital = first.starts_with(char::is_uppercase);
    if !is_capital || !opens_everywhere(text, words) || !is_common(story, text, words) {
        return words.to_owned();
    }
    first.to_lowercase() + &words[first.len()..]
}

/// Whether the words begin a sentence wherever they stand in the text.
fn opens_everywhere(text: &str, words: &str) -> bool {
    text.match_indices(words).all(|(at, _)| {
        let before = text[..at].trim_end_matches([' ', '\u{a0}']);
        // a live report's sentences begin after the time
        before.chars().next_back().is_none_or(|c| ".!?:“\"‘'\n*•–—".contains(c) || c.is_ascii_digit())
    })
}

/// Whether the first of the words is no name: "Survivors", "Organiser Bev Tranter", not "Ethiopian officials".
fn is_common(story: &Story, text: &str, words: &str) -> bool {
    let Ok(gazetteer) = Gazetteer::embedded() else { return false };
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let owner = first.trim_end_matches("'s").trim_end_matches("’s");
    let named =
        |mention: &Mention| mention.text == words || mention.text.split(' ').any(|word| word == owner);
    if story.mentions.iter().any(named) || gazetteer.demonym(owner).is_some() || is_title(first) {
        return false;
    }
    let lexicon = Lexicon::get();
    let person = gazetteer.commonness(first);
    let is_persons = person.given_name || person.surname;
    let small = first.to_lowercase();
    let one = singular(first);
    let is_storm = lexicon.storms.contains(&one);
    let is_noun =
        lexicon.movers.contains(&one) || lexicon.cargo.contains(&one) || lexicon.animals.contains(&one);
    let is_many = first.ends_with('s') && owner == first && !is_persons;
    let is_small_too = || text.match_indices(&small).any(|(at, _)| text[..at].ends_with(' '));
    let second = rest.split(' ').next().unwrap_or_default();
    if second.starts_with(char::is_uppercase) {
        // what a person is, before the name: "Organiser Bev Tranter"
        return gazetteer.commonness(second).given_name && !is_persons && !is_storm;
    }
    is_noun || is_many || !is_persons && is_small_too()
}

/// A noun in the singular, in small letters.
pub fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    let lower = lower.trim_end_matches("'s").trim_end_matches("’s");
    let is_one =
        ["ss", "us", "is", "gas", "canvas", "series", "news", "lens"].iter().any(|end| lower.ends_with(end));
    match lower.strip_suffix("ies") {
        _ if is_one => lower.to_owned(),
        Some(stem) if stem.len() > 2 => format!("{stem}y"),
        _ => lower.strip_suffix('s').unwrap_or(lower).to_owned(),
    }
}

/// Whether the words are the name of a place that stands for nobody here.
pub fn is_ground(story: &Story, words: &str) -> bool {
    let mut named = story.mentions.iter().filter(|mention| mention.text == words).peekable();
    named.peek().is_some() && named.all(|mention| mention.kind == MentionKind::Toponym)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{ReadOptions, read};
    use crate::report::{Report, Source};
    use crate::story;

    #[test]
    fn nouns_are_told_in_the_singular() {
        let one = ["Families", "bus", "Lorries", "canvas", "minister's", "series"].map(singular);
        assert_eq!(one, ["family", "bus", "lorry", "canvas", "minister", "series"]);
    }

    #[test]
    fn a_capital_that_only_the_sentence_gave_is_taken_back() {
        let text = "Survivors spoke. Grace Okafor spoke, and Vestria. Organiser Bev Tranter spoke. Vestrian airmen left.";
        let report = Report::from_text(text, &Source::default());
        let story = story::merge(vec![read(report, &ReadOptions::default())]);
        let settled = |words: &str| settled(&story, text, words);
        assert_eq!(settled("Survivors"), "survivors");
        assert_eq!(settled("Organiser Bev Tranter"), "organiser Bev Tranter");
        for name in ["Grace Okafor", "Vestria", "Vestrian airmen"] {
            assert_eq!(settled(name), name);
        }
    }
}

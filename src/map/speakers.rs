//! Who says so, in words that stand within a sentence of ours.

use super::movers::is_pronoun;
use super::phrases;
use super::wording::shorten;
use crate::movements::{Claim, Lexicon};
use crate::story::Story;

/// No speaker's words are longer, in characters.
const LONGEST: usize = 44;

/// Who makes a claim; none where the words only point at them ("he", "one of them") or name what cannot speak.
pub fn named(story: &Story, claim: &Claim) -> Option<String> {
    let words = after_the_time(claim.speaker.as_deref()?.trim());
    let words = words.trim_end_matches([',', '.']);
    let words = words.find(", ").map_or(words, |at| &words[..at]);
    let is_nobody =
        is_pronoun(words) || words.rsplit_once(" of ").is_some_and(|(_, whole)| is_pronoun(whole));
    if is_nobody || phrases::is_ground(story, words) || is_carrier(words) {
        return None;
    }
    let text = story.text(claim.span.report);
    let name = with_article(words).unwrap_or_else(|| phrases::settled(story, text, words));
    let role = claim.role.as_deref().map(|role| phrases::settled(story, text, role));
    let role = role.filter(|role| !role.ends_with("'s") && words.starts_with(char::is_uppercase));
    let full = role.map(|role| format!("{} {name}", small_before_small(&role)));
    Some(cut(&full.filter(|full| full.chars().count() <= LONGEST).unwrap_or(name)))
}

/// The same within a line, which needs somebody.
pub fn or_report(story: &Story, claim: &Claim) -> String {
    let somebody = if claim.speaker.is_some() { "a speaker" } else { "the report" };
    named(story, claim).unwrap_or_else(|| somebody.to_owned())
}

/// "15:20 Pretoria", "19 May 2033 Customs officers": a report told by the hour or the day begins its paragraphs so.
fn after_the_time(words: &str) -> &str {
    const MONTHS: &str =
        "january february march april may june july august september october november december";
    let is_time = |word: &str| {
        let word = word.trim_end_matches([',', ':', '.']).to_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit()) || MONTHS.split(' ').any(|month| month == word)
    };
    let mut rest = words;
    while let Some((first, after)) = rest.split_once(' ') {
        if !is_time(first) {
            break;
        }
        rest = after;
    }
    // "412 workers": a number that counts somebody
    if rest.starts_with(char::is_uppercase) { rest } else { words }
}

/// A speaker that begins with an article, a possessive or a number, in small letters; whose it is would have to be
/// said before: "its owners" are the owners.
fn with_article(words: &str) -> Option<String> {
    let (first, rest) = words.split_once(' ')?;
    match first.to_lowercase().as_str() {
        "the" | "its" | "his" | "her" | "their" | "my" | "our" | "your" => Some(format!("the {rest}")),
        small @ ("a" | "an" | "one" | "two" | "three" | "some" | "several" | "both" | "another" | "other"
        | "many" | "most" | "local") => Some(format!("{small} {rest}")),
        _ => None,
    }
}

/// "Health minister" is "health minister" before a name, "Health Minister" stays.
fn small_before_small(role: &str) -> String {
    match role.split_once(' ') {
        Some((first, rest)) if rest.starts_with(char::is_lowercase) => {
            format!("{} {rest}", first.to_lowercase())
        }
        _ => role.to_owned(),
    }
}

/// A vessel says nothing; its crew does.
fn is_carrier(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    Lexicon::get().vehicles.contains(&last)
}

/// The words where they are short; else what comes before "of", "for", "in"; an ellipsis last.
fn cut(words: &str) -> String {
    if words.chars().count() <= LONGEST {
        return words.to_owned();
    }
    let ends = [" of ", " for ", " in ", " at ", " from "].iter().filter_map(|word| words.find(word));
    match ends.min() {
        Some(at) => words[..at].to_owned(),
        None => shorten(words, LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_stands_within_a_sentence() {
        assert_eq!(with_article("A court").as_deref(), Some("a court"));
        assert_eq!(with_article("Their commander").as_deref(), Some("the commander"));
        assert_eq!(with_article("Amadou Sele"), None);
        assert_eq!(after_the_time("15:20 Pretoria"), "Pretoria");
        assert_eq!(after_the_time("19 May 2033 Customs officers"), "Customs officers");
        assert_eq!(after_the_time("412 workers"), "412 workers");
        assert_eq!(cut("the commander of the regional stabilisation force"), "the commander");
        assert_eq!(small_before_small("Health minister"), "health minister");
        assert!(is_carrier("A second vessel") && !is_carrier("the ship's agent"));
    }
}

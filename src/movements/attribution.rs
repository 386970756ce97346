//! Who says so: the speakers above a trigger, "according to", quotations that run on, and denials.

use super::Stance;
use super::doc::Doc;
use crate::syntax::{Dep, EntityKind, Tag};
use std::ops::Range;

/// A speaker above some words.
#[derive(Debug, Clone, PartialEq)]
pub struct Voice {
    /// The speaker's head noun; none for the report's own voice.
    pub speaker: Option<usize>,
    /// What the speaker does.
    pub stance: Stance,
    /// The verb of saying.
    pub verb: Option<usize>,
    /// Whether it is an act against the movement ("blocks") rather than a word against the claim.
    pub act: bool,
}

/// The voices above a token, the outermost last; always at least the report's own.
pub fn voices(doc: &Doc, token: usize) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    let sentence = doc.sentence(token);
    let say = &doc.lexicon.say;
    let mut below = token;
    // "sends", "orders": the trigger itself may be a verb of saying ("recall"); only what stands above counts.
    for up in doc.ancestors(token) {
        if doc.is_verb(up) {
            let lemma = doc.lemma(up);
            let dep = doc.dep(below);
            let clausal = matches!(dep, Dep::Ccomp | Dep::Xcomp | Dep::Pcomp | Dep::Parataxis | Dep::Acl);
            let nominal = matches!(dep, Dep::Dobj | Dep::Prep | Dep::Nsubjpass | Dep::Dative);
            let stance = if (say.deny.contains(lemma) || label_denies(doc, up)) && (clausal || nominal) {
                Some(Stance::Denies)
            } else if say.doubt.contains(lemma) && (clausal || nominal) {
                Some(Stance::Doubts)
            } else if blocks(doc, up) && (matches!(dep, Dep::Pcomp | Dep::Prep) || below == token) {
                Some(Stance::Denies)
            } else if say.assert.contains(lemma) && (clausal || nominal) {
                Some(if negated(doc, up) { Stance::Doubts } else { Stance::Asserts })
            } else {
                None
            };
            if let Some(stance) = stance
                && let Some(speaker) = speaker_of(doc, up)
                && (!doc.is_within(token, speaker) || doc.is_within(up, speaker))
            {
                voices.push(Voice { speaker: Some(speaker), stance, verb: Some(up), act: blocks(doc, up) });
            }
        }
        // "…, Kyiv said" as a clause beside the verb.
        for aside in doc.kids(up, &[Dep::Parataxis, Dep::Ccomp]) {
            push_aside(doc, aside, token, &mut voices);
        }
        below = up;
    }
    for aside in doc.kids(token, &[Dep::Parataxis, Dep::Ccomp]) {
        push_aside(doc, aside, token, &mut voices);
    }
    if voices.iter().all(|voice| voice.verb.is_none_or(|verb| !outer_speech(doc, verb)))
        && let Some(voice) = according(doc, &sentence)
    {
        voices.push(voice);
    }
    if voices.is_empty()
        && let Some(voice) = quoted(doc, token)
    {
        voices.push(voice);
    }
    if voices.is_empty() {
        voices.push(Voice { speaker: None, stance: Stance::Asserts, verb: None, act: false });
    }
    voices
}

fn outer_speech(doc: &Doc, verb: usize) -> bool {
    doc.lexicon.say.speech.contains(doc.lemma(verb))
}

fn push_aside(doc: &Doc, aside: usize, token: usize, voices: &mut Vec<Voice>) {
    let speech = doc.is_verb(aside) && doc.lexicon.say.speech.contains(doc.lemma(aside));
    if speech
        && !doc.is_within(token, aside)
        && doc.child(aside, &[Dep::Ccomp, Dep::Dobj]).is_none()
        && let Some(speaker) = doc.child(aside, &[Dep::Nsubj])
    {
        voices.push(Voice { speaker: Some(speaker), stance: Stance::Asserts, verb: Some(aside), act: false });
    }
}

/// "blocks the government from deploying": the one who blocks speaks against it.
fn blocks(doc: &Doc, verb: usize) -> bool {
    matches!(doc.lemma(verb), "block" | "bar" | "forbid" | "prohibit" | "ban")
}

fn negated(doc: &Doc, verb: usize) -> bool {
    doc.kids(verb, &[Dep::Neg]).next().is_some()
}

/// Who speaks a verb of saying.
pub fn speaker_of(doc: &Doc, verb: usize) -> Option<usize> {
    let own = doc.kids(verb, &[Dep::Nsubj]).last();
    let subject = own.map(|subject| doc.resolve_relative(subject, verb)).or_else(|| {
        if doc.is_passive(verb) {
            // "was forecast", "are believed": by whom is not said, unless it is.
            return doc.child(verb, &[Dep::Agent]).and_then(|by| doc.child(by, &[Dep::Pobj]));
        }
        doc.subject(verb)
    })?;
    // Things do not speak ("evidence shows"); reports, statements and papers do.
    let lemma = doc.lemma(subject);
    if matches!(
        lemma,
        "it" | "there"
            | "evidence"
            | "image"
            | "figure"
            | "number"
            | "sign"
            | "move"
            | "this"
            | "that"
            | "what"
    ) {
        return None;
    }
    Some(subject)
}

/// "labelled the claims as fake news", "called it groundless rumors".
pub fn label_denies(doc: &Doc, verb: usize) -> bool {
    doc.lexicon.say.label.contains(doc.lemma(verb)) && {
        let sentence = doc.sentence(verb);
        let words: Vec<&str> = (verb..sentence.end.min(verb + 24)).map(|token| doc.lower(token)).collect();
        let text = words.join(" ");
        doc.lexicon.fake.words.iter().any(|fake| format!(" {text} ").contains(&format!(" {fake} ")))
    }
}

/// "according to X": anywhere in the sentence.
fn according(doc: &Doc, sentence: &Range<usize>) -> Option<Voice> {
    let at = sentence.clone().find(|&token| {
        doc.lower(token) == "according" && token + 1 < sentence.end && doc.lower(token + 1) == "to"
    })?;
    let speaker = doc.child(at + 1, &[Dep::Pobj]).or_else(|| doc.child(at, &[Dep::Pobj])).or_else(|| {
        (at + 2..sentence.end).find(|&token| {
            doc.is_nominal(token) && doc.dep(token) != Dep::Compound && doc.tag(token) != Tag::Dt
        })
    })?;
    Some(Voice { speaker: Some(speaker), stance: Stance::Asserts, verb: Some(at), act: false })
}

/// A sentence inside a quotation whose speaker is named in the sentence before or after.
fn quoted(doc: &Doc, token: usize) -> Option<Voice> {
    let number = doc.words[token].sentence;
    let tree = doc.sentences.get(number)?.1;
    let marks =
        |range: &Range<usize>| range.clone().filter(|&t| matches!(doc.lower(t), "\"" | "“" | "”")).count();
    if !doc.words[token].in_quotes {
        return None;
    }
    let near = [number.wrapping_sub(1), number + 1];
    for other in near {
        let Some((range, other_tree)) = doc.sentences.get(other) else { continue };
        if *other_tree != tree || marks(range) == 0 {
            continue;
        }
        for verb in range.clone() {
            if doc.is_verb(verb)
                && doc.lexicon.say.speech.contains(doc.lemma(verb))
                && let Some(speaker) = doc.child(verb, &[Dep::Nsubj])
            {
                return Some(Voice {
                    speaker: Some(speaker),
                    stance: Stance::Asserts,
                    verb: Some(verb),
                    act: false,
                });
            }
        }
    }
    None
}

/// The full name, and the role before it, of a speaker told by surname or pronoun, from what the
/// report said before: `(name tokens, role tokens)`.
pub fn identity(doc: &Doc, speaker: usize) -> (Range<usize>, Option<Range<usize>>) {
    let mut speaker = speaker;
    if matches!(doc.lower(speaker), "he" | "she") {
        // The last person who spoke.
        let last = (0..speaker).rev().find(|&token| {
            doc.entity_is(token, EntityKind::Person)
                && matches!(doc.dep(token), Dep::Nsubj | Dep::Nsubjpass | Dep::Pobj)
                && doc.head(token).is_some_and(|head| doc.is_verb(head) || doc.lower(head) == "to")
        });
        if let Some(last) = last {
            speaker = last;
        }
    }
    let phrase = doc.phrase(speaker);
    if doc.tag(speaker) != Tag::Nnp {
        return (phrase, None);
    }
    // A surname alone: the fullest phrase that ended in it before.
    let full = (0..=speaker)
        .filter(|&token| {
            doc.lower(token) == doc.lower(speaker)
                && matches!(doc.dep(token), Dep::Nsubj | Dep::Pobj | Dep::Dobj | Dep::Appos | Dep::Nsubjpass)
        })
        .map(|token| doc.phrase(token))
        .max_by_key(|range| range.len());
    let full = full.filter(|range| range.len() > phrase.len()).unwrap_or(phrase);
    // Words of a name begin with a capital; the role before it is cut at the first entity token.
    let name_from = full
        .clone()
        .find(|&token| doc.entity_is(token, EntityKind::Person))
        .filter(|&from| from > full.start);
    match name_from {
        Some(from) => (from..full.end, Some(full.start..from)),
        None => (full, None),
    }
}

//! The present of headlines and digests: "Kenya airlifts 200 citizens out of Khartoum", "some 3,000 cross into Chad".
//!
//! The parser takes many such verbs for nouns, and then no word of the sentence finds its place. A sentence whose root is
//! no verb is parsed again with the verb of movement in the past, a form that no noun shares; where that makes it the
//! verb of the sentence or of a clause, the new tree is taken and the verb is given its present back.

use super::Lexicon;
use crate::report::Span;
use crate::syntax::{Dep, Parser, Tag, Token, Tree};

/// Parses sentences again that have no verb because theirs was taken for a noun. Offsets are bytes of `text`.
pub fn read_again(parser: &Parser, text: &str, trees: &mut [Tree]) {
    let mut tries = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        for sentence in 0..tree.sentences.len() {
            tries.extend(tries_of(text, tree, sentence).map(|one| (index, one)));
        }
    }
    let texts: Vec<&str> = tries.iter().map(|(_, one)| one.text.as_str()).collect();
    let parsed = parser.parse_all(&texts);
    // From the last to the first, since a new tree may be of more sentences than one; of a sentence, the first try that does.
    let mut found: Vec<(usize, &Try, &Tree)> = Vec::new();
    for ((index, one), new) in tries.iter().zip(&parsed) {
        let is_other =
            found.last().is_none_or(|(tree, last, _)| (*tree, last.sentence) != (*index, one.sentence));
        if is_other && one.is_better(new, trees[*index].sentences[one.sentence].len()) {
            found.push((*index, one, new));
        }
    }
    for (index, one, new) in found.into_iter().rev() {
        one.replace(&mut trees[index], new);
    }
}

/// A sentence with one of its words in the past.
struct Try {
    /// The number of the sentence in its tree.
    sentence: usize,
    /// The word, counted from the start of the sentence.
    verb: usize,
    lemma: String,
    is_plural: bool,
    text: String,
}

/// The sentence with each of the words in the past that may be its verb, if it has none.
fn tries_of<'t>(text: &'t str, tree: &'t Tree, sentence: usize) -> impl Iterator<Item = Try> + 't {
    let range = tree.sentences[sentence].clone();
    let has_verb = range.clone().any(|at| tree.tokens[at].head == at && is_verb(tree.tokens[at].tag));
    (range.start + 1..range.end).filter_map(move |at| {
        let token = &tree.tokens[at];
        let word = token.text(text);
        if !matches!(token.tag, Tag::Nn | Tag::Nns) {
            return None;
        }
        let is_plural = !word.ends_with('s') || word.ends_with("ss");
        // "when a bus from Lahore to Quetta plunges into a ravine": beside another verb only right behind a name.
        if has_verb && (is_plural || tree.tokens[at - 1].tag != Tag::Nnp || tree.tokens[at - 1].head != at) {
            return None;
        }
        let subject = tree.tokens[at - 1].tag;
        let has_subject = match subject {
            Tag::Nn => !is_plural,
            Tag::Cd | Tag::Nns | Tag::Nnps => is_plural,
            Tag::Nnp | Tag::Comma => true,
            _ => false,
        };
        let (lemma, past) = past(word, is_plural).filter(|_| has_subject)?;
        let whole = Span::new(tree.tokens[range.start].start, tree.tokens[range.end - 1].end);
        let before = Span::new(whole.start, token.start).of(text);
        let after = Span::new(token.end, whole.end).of(text);
        let text = format!("{before}{past}{after}");
        Some(Try { sentence, verb: at - range.start, lemma, is_plural, text })
    })
}

/// The verb of movement that is written like this, and its past; none where a noun of this form can move ("ships").
fn past(word: &str, is_plural: bool) -> Option<(String, String)> {
    let lexicon = Lexicon::get();
    let is_verb = |lemma: &String| lexicon.verbs.contains_key(lemma) || lexicon.failure.verbs.contains(lemma);
    let is_known = |lemma: &String| is_verb(lemma) && !lexicon.movers.contains(lemma);
    let lemma = if is_plural {
        Some(word.to_owned()).filter(is_known)?
    } else {
        let stem = word.strip_suffix('s')?;
        let shorter = stem.strip_suffix('e').map(str::to_owned);
        let with_y = stem.strip_suffix("ie").map(|stem| format!("{stem}y"));
        [Some(stem.to_owned()), with_y, shorter].into_iter().flatten().find(is_known)?
    };
    let past = match lexicon.past.get(&lemma) {
        Some(past) => past.clone(),
        None if lemma.ends_with('e') => format!("{lemma}d"),
        None => format!("{lemma}ed"),
    };
    Some((lemma, past))
}

fn is_verb(tag: Tag) -> bool {
    tag.is_verb() || tag == Tag::Md
}

impl Try {
    /// Whether the word is the verb of its sentence or clause now, with a subject before it.
    fn is_better(&self, new: &Tree, length: usize) -> bool {
        new.tokens.len() == length
            && new.tokens[self.verb].tag == Tag::Vbd
            && matches!(
                new.tokens[self.verb].dep,
                Dep::Root | Dep::Advcl | Dep::Ccomp | Dep::Relcl | Dep::Conj
            )
            && new.child(self.verb, Dep::Nsubj).is_some_and(|subject| subject < self.verb)
    }

    /// Puts the new tree in the place of the sentence.
    fn replace(&self, tree: &mut Tree, new: &Tree) {
        let first = tree.sentences[self.sentence].start;
        for (at, token) in new.tokens.iter().enumerate() {
            let old = &mut tree.tokens[first + at];
            let (start, end) = (old.start, old.end);
            *old = Token { start, end, head: first + token.head, ..token.clone() };
        }
        let verb = &mut tree.tokens[first + self.verb];
        verb.tag = if self.is_plural { Tag::Vbp } else { Tag::Vbz };
        verb.lemma.clone_from(&self.lemma);
        let sentences = new.sentences.iter().map(|sentence| first + sentence.start..first + sentence.end);
        tree.sentences.splice(self.sentence..=self.sentence, sentences);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sentence's words that are verbs, as it is read and as it is read again.
    fn verbs(text: &str) -> [Vec<&str>; 2] {
        let parser = Parser::embedded().expect("the parser is whole");
        let mut trees = vec![parser.parse(text)];
        let verbs_of = |tree: &Tree| -> Vec<&str> {
            tree.tokens.iter().filter(|token| is_verb(token.tag)).map(|token| token.text(text)).collect()
        };
        let before = verbs_of(&trees[0]);
        read_again(parser, text, &mut trees);
        for tree in &trees {
            assert_eq!(tree.sentences.last().map(|last| last.end), Some(tree.tokens.len()));
            assert!(tree.tokens.iter().all(|token| token.head < tree.tokens.len()));
        }
        [before, verbs_of(&trees[0])]
    }

    #[test]
    fn a_verb_that_was_taken_for_a_noun_is_one_again() {
        assert_eq!(verbs("Kenya airlifts 200 citizens out of Khartoum."), [vec![], vec!["airlifts"]]);
        let [before, after] = verbs("Some 3,000 Sudanese cross into Chad at Adré in a single day.");
        assert_eq!((before, after), (vec![], vec!["cross"]));
    }

    #[test]
    fn what_has_a_verb_or_is_none_stays() {
        for text in [
            "The ship left Odesa on Monday.",
            "Aid flights to Gaza",
            "Two ships, a bus and the marches of Brandenburg",
            "March 3, Goma.",
        ] {
            let [before, after] = verbs(text);
            assert_eq!(before, after, "{text}");
        }
    }

    #[test]
    fn pasts_are_made_by_rule_or_from_the_list() {
        let past_of = |word, is_plural| past(word, is_plural).map(|(_, past)| past);
        assert_eq!(past_of("flies", false).as_deref(), Some("flew"));
        assert_eq!(past_of("evacuates", false).as_deref(), Some("evacuated"));
        assert_eq!(past_of("cross", true).as_deref(), Some("crossed"));
        assert_eq!(past_of("derails", false).as_deref(), Some("derailed"));
        assert_eq!((past_of("ships", false), past_of("tables", false)), (None, None));
    }
}

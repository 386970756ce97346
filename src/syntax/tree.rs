//! A parsed paragraph: its tokens, each with tag, head and lemma, and its sentences.

use std::ops::Range;

use super::{Dep, EntityKind, Tag};

/// A word, a number, a mark of punctuation, or a run of odd white space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it begins: a byte offset into the text that was parsed.
    pub start: usize,
    /// Where it ends (exclusive).
    pub end: usize,
    /// Its part of speech.
    pub tag: Tag,
    /// The index of the token it depends on; its own index for the root of a sentence.
    pub head: usize,
    /// How it depends on its head.
    pub dep: Dep,
    /// Its dictionary form ("sent" → "send").
    pub lemma: String,
    /// Whether it is white space (a line break, a second space), which the text keeps but no rule needs.
    pub is_space: bool,
    /// The kind of the entity it lies in.
    pub entity: Option<EntityKind>,
    /// Whether that entity begins here.
    pub entity_start: bool,
}

impl Token {
    /// The token's words in the text that was parsed.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// Its span in bytes.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The parse of one paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The tokens in the order of the text.
    pub tokens: Vec<Token>,
    /// The sentences as ranges of tokens, in order, covering all of them.
    pub sentences: Vec<Range<usize>>,
}

impl Tree {
    /// The index of the sentence that holds this token.
    ///
    /// # Panics
    /// When there is no such token.
    pub fn sentence_of(&self, token: usize) -> usize {
        assert!(token < self.tokens.len(), "token {token} of {}", self.tokens.len());
        self.sentences.partition_point(|sentence| sentence.end <= token)
    }

    /// The tokens that depend on this one, from left to right.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.near(token).filter(move |&other| other != token && self.tokens[other].head == token)
    }

    /// The first child that depends in this way.
    pub fn child(&self, token: usize, dep: Dep) -> Option<usize> {
        self.children(token).find(|&child| self.tokens[child].dep == dep)
    }

    /// The head of the token, its head's head and so on up to the root; not the token itself.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let above = |token: usize| Some(self.tokens[token].head).filter(|&head| head != token);
        // A tree has fewer levels than tokens: the bound keeps a hand-made circle from running on.
        std::iter::successors(above(token), move |&token| above(token)).take(self.tokens.len())
    }

    /// Whether the token is this one or stands below it.
    pub fn is_within(&self, token: usize, top: usize) -> bool {
        token == top || self.ancestors(token).any(|ancestor| ancestor == top)
    }

    /// The root of the token's sentence: the token that it finally depends on.
    pub fn root_of(&self, token: usize) -> usize {
        self.ancestors(token).last().unwrap_or(token)
    }

    /// The tokens from the first to the last that stand below this one, itself included.
    pub fn subtree(&self, token: usize) -> Range<usize> {
        let mut range = token..token + 1;
        for other in self.near(token).filter(|&other| self.is_within(other, token)) {
            range = range.start.min(other)..range.end.max(other + 1);
        }
        range
    }

    /// The span of [`Tree::subtree`] in bytes of the text.
    pub fn subtree_span(&self, token: usize) -> Range<usize> {
        self.span(self.subtree(token))
    }

    /// The bytes of the text from the first to the last of these tokens.
    ///
    /// # Panics
    /// When the range is empty or has no such tokens.
    pub fn span(&self, tokens: Range<usize>) -> Range<usize> {
        self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end
    }

    /// The entities as ranges of tokens, in order.
    pub fn entities(&self) -> Vec<(Range<usize>, EntityKind)> {
        let mut entities: Vec<(Range<usize>, EntityKind)> = Vec::new();
        for (index, token) in self.tokens.iter().enumerate() {
            let Some(kind) = token.entity else { continue };
            match entities.last_mut() {
                Some((range, last)) if range.end == index && *last == kind && !token.entity_start => {
                    range.end += 1;
                }
                _ => entities.push((index..index + 1, kind)),
            }
        }
        entities
    }

    /// The token that covers this byte, or the first one after it.
    pub fn token_at(&self, byte: usize) -> Option<usize> {
        let index = self.tokens.partition_point(|token| token.end <= byte);
        (index < self.tokens.len()).then_some(index)
    }

    /// The tokens of the token's sentence, where all its relatives are.
    fn near(&self, token: usize) -> Range<usize> {
        self.sentences.get(self.sentence_of(token)).cloned().unwrap_or(0..self.tokens.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "Ships left Wonsan. They sail."
    fn tree() -> Tree {
        let rows = [
            (0, 5, Tag::Nns, 1, Dep::Nsubj, "ship", None),
            (6, 10, Tag::Vbd, 1, Dep::Root, "leave", None),
            (11, 17, Tag::Nnp, 1, Dep::Dobj, "Wonsan", Some(EntityKind::Gpe)),
            (17, 18, Tag::Period, 1, Dep::Punct, ".", None),
            (19, 23, Tag::Prp, 5, Dep::Nsubj, "they", None),
            (24, 28, Tag::Vbp, 5, Dep::Root, "sail", None),
            (28, 29, Tag::Period, 5, Dep::Punct, ".", None),
        ];
        let token = |(start, end, tag, head, dep, lemma, entity): (_, _, _, _, _, &str, Option<_>)| Token {
            start,
            end,
            tag,
            head,
            dep,
            lemma: lemma.to_owned(),
            is_space: false,
            entity,
            entity_start: entity.is_some(),
        };
        Tree { tokens: rows.map(token).to_vec(), sentences: vec![0..4, 4..7] }
    }

    #[test]
    fn relatives_are_found() {
        let tree = tree();
        assert_eq!(tree.children(1).collect::<Vec<_>>(), [0, 2, 3]);
        assert_eq!(tree.child(1, Dep::Dobj), Some(2));
        assert_eq!(tree.ancestors(2).collect::<Vec<_>>(), [1]);
        assert_eq!((tree.root_of(3), tree.root_of(6)), (1, 5));
        assert_eq!((tree.subtree(1), tree.subtree(2)), (0..4, 2..3));
        assert_eq!(tree.subtree_span(5), 19..29);
        assert_eq!((tree.sentence_of(3), tree.sentence_of(4)), (0, 1));
    }

    #[test]
    fn entities_and_tokens_are_found_by_place() {
        let tree = tree();
        assert_eq!(tree.entities(), [(2..3, EntityKind::Gpe)]);
        assert_eq!((tree.token_at(0), tree.token_at(10), tree.token_at(29)), (Some(0), Some(2), None));
    }
}

//! The parser: the stages of reading a paragraph, one after another.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::packed::PackedError;

use super::entities::{self, EntityRecognizer};
use super::features::{Features, Identifiers, is_all_space, murmur2};
use super::kernels::{Engine, Level};
use super::lemma::{Context, Lemmatizer};
use super::model;
use super::network::WIDTH;
use super::scorer::Room;
use super::tagger::Tagger;
use super::tokenizer::{TokenSpan, Tokenizer};
use super::transition::TransitionParser;
use super::vectors::{Vectors, WordKey};
use super::whole::WholeRows;
use super::{Dep, Tag, Token, Tree};

static MODEL: &[u8] = include_bytes!("../../assets/syntax.dl");

/// What the parser that is compiled in will run at.
static PREFERRED: OnceLock<Level> = OnceLock::new();

/// Longer paragraphs are parsed in stretches of at most so many tokens.
const STRETCH_LIMIT: usize = 1_000;
/// A stretch ends after the last full stop within so many tokens of the limit.
const STRETCH_SLACK: usize = 300;

/// Tokenizes, tags and parses English.
#[derive(Debug)]
pub struct Parser {
    engine: Engine,
    tokenizer: Tokenizer,
    features: Features,
    words: Vectors<6>,
    tagger: Tagger,
    transitions: TransitionParser,
    names: Vectors<4>,
    entities: EntityRecognizer,
    lemmatizer: Lemmatizer,
    gate: [AtomicU64; 2],
}

impl Parser {
    /// The parser that is compiled in, opened once.
    ///
    /// # Errors
    /// The embedded model is damaged.
    pub fn embedded() -> Result<&'static Parser, PackedError> {
        static PARSER: OnceLock<Parser> = OnceLock::new();
        if let Some(parser) = PARSER.get() {
            return Ok(parser);
        }
        let opened = Parser::with_level(PREFERRED.get().copied().unwrap_or_default())?;
        Ok(PARSER.get_or_init(|| opened))
    }

    /// Lets the parser that is compiled in run at this level, if nothing has asked for it or preferred another yet.
    pub fn prefer(level: Level) {
        PREFERRED.get_or_init(|| level);
    }

    /// A parser of its own that runs at this level: results are the same, speed is not.
    ///
    /// # Errors
    /// The embedded model is damaged.
    pub fn with_level(level: Level) -> Result<Parser, PackedError> {
        let packed = model::open(MODEL)?;
        let identifiers = Identifiers::open(&packed)?;
        Ok(Parser {
            engine: Engine::new(level),
            tokenizer: Tokenizer::open(&packed, &identifiers)?,
            features: Features::open(&packed, identifiers)?,
            words: Vectors::open(&packed, "words")?,
            tagger: Tagger::open(&packed)?,
            transitions: TransitionParser::open(&packed)?,
            names: Vectors::open(&packed, "names")?,
            entities: EntityRecognizer::open(&packed)?,
            lemmatizer: Lemmatizer::open(&packed)?,
            gate: Default::default(),
        })
    }

    /// Of how many words the recogniser of entities was asked so far, and how many there were.
    pub fn asked_of(&self) -> [u64; 2] {
        [0, 1].map(|at| self.gate[at].load(Ordering::Relaxed))
    }

    /// Where the tokens of a text stand.
    pub fn tokenize(&self, text: &str) -> Vec<TokenSpan> {
        self.tokenizer.tokenize(text)
    }

    /// The tree of a paragraph. Any text has one; an empty text has one without tokens.
    ///
    /// A paragraph of more than 1,000 tokens is parsed in stretches, cut after a full stop where
    /// there is one near, so that time and memory grow no faster than the text.
    pub fn parse(&self, text: &str) -> Tree {
        self.parse_all(&[text]).pop().unwrap_or_default()
    }

    /// The trees of several paragraphs, the same as one by one: here the networks read their weights
    /// once for all of them.
    pub fn parse_all(&self, texts: &[&str]) -> Vec<Tree> {
        let spans: Vec<Vec<TokenSpan>> = texts.iter().map(|text| self.tokenizer.tokenize(text)).collect();
        let mut trees = vec![Tree::default(); texts.len()];
        let mut batch = Vec::new();
        let mut tokens = 0;
        for (tree, (text, spans)) in texts.iter().zip(&spans).enumerate() {
            let mut start = 0;
            while start < spans.len() {
                let end = stretch_end(text, spans, start);
                if tokens + end - start > STRETCH_LIMIT {
                    self.parse_batch(&batch, &mut trees);
                    batch.clear();
                    tokens = 0;
                }
                batch.push(Stretch::new(tree, text, &spans[start..end]));
                tokens += end - start;
                start = end;
            }
        }
        self.parse_batch(&batch, &mut trees);
        trees
    }

    /// Parses stretches and adds them to their trees.
    fn parse_batch(&self, batch: &[Stretch<'_>], trees: &mut [Tree]) {
        if batch.is_empty() {
            return;
        }
        let lengths: Vec<usize> = batch.iter().map(|stretch| stretch.spans.len()).collect();
        let all: Vec<(&TokenSpan, &str)> = batch
            .iter()
            .flat_map(|stretch| stretch.spans.iter().zip(stretch.words.iter().copied()))
            .collect();
        let features = |index: usize| {
            let (span, word) = all[index];
            self.features.of(word, span.norm, span.space_after)
        };
        let key =
            |(span, word): &(&TokenSpan, &str)| (murmur2(word.as_bytes(), 1), span.norm, span.space_after);
        let mut keys: Vec<WordKey> = all.iter().map(key).collect();
        let words = self.words.of(self.engine, &lengths, &keys, |_| true, features);
        let tags = self.tagger.tags(self.engine, &WholeRows::of(self.engine, &words));
        let mut promising = Vec::with_capacity(all.len());
        let mut from = 0;
        for stretch in batch {
            let tags = tags[from..].iter().copied();
            promising.extend(entities::promising(stretch.words.iter().copied().zip(tags)));
            from += stretch.words.len();
        }
        let asked = promising.iter().filter(|promising| **promising).count();
        for (count, more) in self.gate.iter().zip([asked, promising.len()]) {
            count.fetch_add(more as u64, Ordering::Relaxed);
        }
        // The names' network does not see whether a space follows.
        keys.iter_mut().for_each(|key| key.2 = false);
        let names = self.names.of(self.engine, &lengths, &keys, |word| promising[word], features);
        let (mut from, mut name) = (0, 0);
        let mut room = Room::new();
        for stretch in batch {
            let range = from..from + stretch.spans.len();
            let vectors = &words[range.start * WIDTH..range.end * WIDTH];
            let arcs = self.transitions.parse(self.engine, vectors, &stretch.is_space, &mut room);
            let begins = sentence_starts(&arcs);
            let asked: Vec<usize> = (0..begins.len()).filter(|word| promising[range.start + word]).collect();
            let after_gap = |at: usize| at == 0 || asked[at - 1] + 1 != asked[at];
            let is_cut: Vec<bool> = (0..asked.len()).map(|at| begins[asked[at]] || after_gap(at)).collect();
            let is_space: Vec<bool> = asked.iter().map(|word| stretch.is_space[*word]).collect();
            let vectors = &names[name * WIDTH..(name + asked.len()) * WIDTH];
            let entities = self.entities.entities(self.engine, vectors, &is_space, &is_cut, &mut room);
            let tree = &mut trees[stretch.tree];
            let first = tree.tokens.len();
            self.add_tokens(stretch, &tags[range.clone()], &arcs, tree);
            for (found, kind) in entities {
                let tokens = first + asked[found.start]..first + asked[found.end - 1] + 1;
                tree.tokens[tokens.start].entity_start = true;
                tree.tokens[tokens].iter_mut().for_each(|token| token.entity = Some(kind));
            }
            tree.sentences.extend(sentences(&begins, first));
            (from, name) = (range.end, name + asked.len());
        }
    }

    fn add_tokens(&self, stretch: &Stretch<'_>, tags: &[Tag], arcs: &[(usize, Dep)], tree: &mut Tree) {
        let first = tree.tokens.len();
        let word =
            |index: Option<usize>| index.and_then(|i| stretch.words.get(i)).copied().unwrap_or_default();
        for (index, span) in stretch.spans.iter().enumerate() {
            let is_space = stretch.is_space[index];
            let (head, dep) = arcs[index];
            let (tag, dep) = if is_space { (Tag::Sp, Dep::Dep) } else { (tags[index], dep) };
            let (before, after) = (word(index.checked_sub(1)), word(Some(index + 1)));
            let context = Context { word: stretch.words[index], tag, dep, before, after };
            tree.tokens.push(Token {
                start: span.start,
                end: span.end,
                tag,
                head: first + head,
                dep,
                lemma: self.lemmatizer.lemma(&context, &self.features),
                is_space,
                entity: None,
                entity_start: false,
            });
        }
    }
}

/// A paragraph, or a part of one that is parsed by itself.
struct Stretch<'t> {
    /// The number of its tree.
    tree: usize,
    spans: &'t [TokenSpan],
    words: Vec<&'t str>,
    is_space: Vec<bool>,
}

impl<'t> Stretch<'t> {
    fn new(tree: usize, text: &'t str, spans: &'t [TokenSpan]) -> Self {
        let words: Vec<&str> = spans.iter().map(|span| &text[span.start..span.end]).collect();
        let is_space = words.iter().map(|word| is_all_space(word)).collect();
        Stretch { tree, spans, words, is_space }
    }
}

/// The end of the stretch that begins here.
fn stretch_end(text: &str, spans: &[TokenSpan], start: usize) -> usize {
    let limit = start + STRETCH_LIMIT;
    if spans.len() <= limit {
        return spans.len();
    }
    let ends_sentence = |index: &usize| {
        let span = &spans[*index];
        matches!(&text[span.start..span.end], "." | "!" | "?" | "\n" | "\n\n")
    };
    let last = (limit - STRETCH_SLACK..limit).rev().find(ends_sentence);
    last.map_or(limit, |index| index + 1)
}

/// Where sentences begin: at the first word of what stands below each root.
fn sentence_starts(arcs: &[(usize, Dep)]) -> Vec<bool> {
    let mut left: Vec<usize> = (0..arcs.len()).collect();
    // An arc that reaches out of its head's subtree needs a further round.
    for _ in 0..12 {
        let before = left.clone();
        let all = (0..arcs.len()).chain((0..arcs.len()).rev());
        all.for_each(|word| left[arcs[word].0] = left[arcs[word].0].min(left[word]));
        if left == before {
            break;
        }
    }
    let mut begins = vec![false; arcs.len()];
    for (word, (head, _)) in arcs.iter().enumerate() {
        if *head == word {
            begins[left[word]] = true;
        }
    }
    begins
}

/// The sentences as ranges of tokens, of which the first is number `first`.
fn sentences(begins: &[bool], first: usize) -> Vec<Range<usize>> {
    let inner = begins.iter().enumerate().skip(1).filter(|(_, begins)| **begins).map(|(index, _)| index);
    let starts: Vec<usize> = std::iter::once(0).chain(inner).chain([begins.len()]).collect();
    starts.windows(2).map(|pair| first + pair[0]..first + pair[1]).collect()
}

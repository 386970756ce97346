//! Word vectors → heads and labels: a greedy arc-eager parser (Nivre 2004) that may put a headless
//! word back and may begin a new sentence (Honnibal and Johnson 2015), with pseudo-projective arcs
//! (Nivre and Nilsson 2005) put right at the end.

use std::ops::Range;

use crate::packed::{Packed, PackedError};

use super::Dep;
use super::kernels::Engine;
use super::model::{damaged, label, strings};
use super::network::best;
use super::scorer::{Room, Scorer};

/// The words that a move is scored by: two of the buffer, three of the stack, and the nearest
/// children of the two that meet.
const ROLES: usize = 8;

/// A label; for a lifted arc also the label of the word that it truly belongs to.
type Label = (Dep, Option<Dep>);

/// The moves of one kind, which stand together among the scores.
type Kind = Range<usize>;

/// Parses.
#[derive(Debug)]
pub(super) struct TransitionParser {
    scorer: Scorer<ROLES>,
    /// The label of each move; those of the kinds without labels are never asked for.
    labels: Vec<Label>,
    shift: Kind,
    reduce: Kind,
    left: Kind,
    right: Kind,
    sentence: Kind,
}

/// The head of each word (its own index for a root) and how it depends on it.
pub(super) type Arcs = Vec<(usize, Dep)>;

impl TransitionParser {
    pub(super) fn open(packed: &Packed<'static>) -> Result<Self, PackedError> {
        let scorer = Scorer::open(packed, "parser")?;
        let moves = strings(packed, "parser.moves")?;
        let labels = moves.iter().map(|name| arc_label(name)).collect::<Result<Vec<_>, _>>()?;
        let kind = |letter: char| {
            let is_kind = |name: &String| name.starts_with(letter);
            let first = moves.iter().position(is_kind).unwrap_or(0);
            first..first + moves.iter().filter(|name| is_kind(name)).count()
        };
        let kinds = ['S', 'D', 'L', 'R', 'B'].map(kind);
        // One kind after another, and none missing, or the ranges are not what they say.
        let in_order =
            kinds.iter().try_fold(0, |end, kind| (kind.start == end && !kind.is_empty()).then_some(kind.end));
        if in_order != Some(scorer.moves()) || moves.len() != scorer.moves() {
            return Err(damaged("the parser's moves are not in order"));
        }
        let [shift, reduce, left, right, sentence] = kinds;
        Ok(TransitionParser { scorer, labels, shift, reduce, left, right, sentence })
    }

    /// Parses words, given their vectors.
    pub(super) fn parse(&self, engine: Engine, vectors: &[f32], is_space: &[bool], room: &mut Room) -> Arcs {
        let words = is_space.len();
        let mut text = self.scorer.text(engine, vectors, room);
        let mut state = State::new(words);
        // Every word is pushed, popped and put back a few times at most; the bound is for a damaged model.
        for _ in 0..20 * words + 50 {
            if state.is_final() {
                break;
            }
            let scores = text.scores(state.roles());
            let Some(chosen) = self.choose(scores, &state) else { break };
            self.apply(chosen, &mut state);
        }
        let mut labels: Vec<Label> = Vec::with_capacity(words);
        let mut heads = Vec::with_capacity(words);
        for word in 0..words {
            let arc = state.arcs[word];
            heads.push(arc.map_or(word, |(head, _)| head));
            labels.push(arc.map_or((Dep::Root, None), |(_, chosen)| self.labels[chosen]));
        }
        drop_arcs(heads, labels, is_space)
    }

    /// The best move that is allowed; of equal ones the first.
    fn choose(&self, scores: &[f32], state: &State) -> Option<usize> {
        let allowed = [
            (&self.shift, state.may_shift()),
            (&self.reduce, state.may_reduce()),
            (&self.left, state.may_attach()),
            (&self.right, state.may_attach()),
            (&self.sentence, state.may_begin_sentence()),
        ];
        let candidates = allowed
            .into_iter()
            .filter(|(_, allowed)| *allowed)
            .filter_map(|(kind, _)| best(scores, kind.clone()));
        candidates.reduce(|best, next| if scores[next] > scores[best] { next } else { best })
    }

    fn apply(&self, chosen: usize, state: &mut State) {
        if self.shift.contains(&chosen) {
            state.push();
        } else if self.reduce.contains(&chosen) {
            state.reduce();
        } else if self.left.contains(&chosen) {
            state.attach_left(chosen);
        } else if self.right.contains(&chosen) {
            state.attach_right(chosen);
        } else if let Some(second) = state.buffer(1) {
            state.begins_sentence[second] = true;
        }
    }
}

/// The label in "L-nsubj" or "R-relcl||dobj".
fn arc_label(name: &str) -> Result<Label, PackedError> {
    let Some((_, text)) = name.split_once('-') else { return Ok((Dep::Dep, None)) };
    match text.split_once("||") {
        Some((own, of_head)) => Ok((label(own)?, Some(label(of_head)?))),
        None => Ok((label(text)?, None)),
    }
}

/// What has been parsed so far.
struct State {
    words: usize,
    stack: Vec<usize>,
    /// The first word that has not been looked at.
    next: usize,
    /// Words put back, the first of the buffer last.
    put_back: Vec<usize>,
    was_put_back: Vec<bool>,
    begins_sentence: Vec<bool>,
    /// Head and move of each word.
    arcs: Vec<Option<(usize, usize)>>,
    /// The latest child on each side.
    left_child: Vec<Option<usize>>,
    right_child: Vec<Option<usize>>,
    /// What was the latest right child of the head before this word.
    right_sibling: Vec<Option<usize>>,
}

impl State {
    fn new(words: usize) -> Self {
        State {
            words,
            stack: Vec::new(),
            next: 0,
            put_back: Vec::new(),
            was_put_back: vec![false; words],
            begins_sentence: vec![false; words],
            arcs: vec![None; words],
            left_child: vec![None; words],
            right_child: vec![None; words],
            right_sibling: vec![None; words],
        }
    }

    fn stack(&self, depth: usize) -> Option<usize> {
        self.stack.len().checked_sub(depth + 1).map(|at| self.stack[at])
    }

    fn buffer(&self, place: usize) -> Option<usize> {
        match self.put_back.len().checked_sub(place + 1) {
            Some(at) => Some(self.put_back[at]),
            None => Some(self.next + place - self.put_back.len()).filter(|&word| word < self.words),
        }
    }

    fn buffer_length(&self) -> usize {
        self.words - self.next + self.put_back.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    fn roles(&self) -> [Option<usize>; ROLES] {
        let (first, top) = (self.buffer(0), self.stack(0));
        [
            first,
            self.buffer(1),
            top,
            self.stack(1),
            self.stack(2),
            first.and_then(|word| self.left_child[word]),
            top.and_then(|word| self.left_child[word]),
            top.and_then(|word| self.right_child[word]),
        ]
    }

    fn first_begins_sentence(&self) -> bool {
        self.buffer(0).is_some_and(|word| self.begins_sentence[word])
    }

    fn may_shift(&self) -> bool {
        self.stack.is_empty()
            || (self.buffer_length() >= 2
                && !self.first_begins_sentence()
                && !self.buffer(0).is_some_and(|word| self.was_put_back[word]))
    }

    fn may_reduce(&self) -> bool {
        !self.stack.is_empty()
    }

    fn may_attach(&self) -> bool {
        !self.stack.is_empty() && self.buffer_length() > 0 && !self.first_begins_sentence()
    }

    fn may_begin_sentence(&self) -> bool {
        match (self.buffer(0), self.buffer(1)) {
            (Some(first), Some(second)) => second == first + 1 && !self.begins_sentence[second],
            _ => false,
        }
    }

    fn push(&mut self) {
        let word = self.put_back.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    /// Pops the stack; a word without a head goes back to the buffer, unless it stands alone.
    fn reduce(&mut self) {
        let Some(top) = self.stack.pop() else { return };
        if self.arcs[top].is_none() && !self.stack.is_empty() {
            self.was_put_back[top] = true;
            self.put_back.push(top);
        }
    }

    fn attach_left(&mut self, chosen: usize) {
        let (Some(head), Some(child)) = (self.buffer(0), self.stack.pop()) else { return };
        if let Some((former, _)) = self.arcs[child] {
            // The word was the latest right child of the one below it on the stack.
            self.right_child[former] = self.right_sibling[child];
        }
        self.arcs[child] = Some((head, chosen));
        self.left_child[head] = Some(child);
        self.was_put_back[head] = false;
    }

    fn attach_right(&mut self, chosen: usize) {
        let (Some(child), Some(head)) = (self.buffer(0), self.stack(0)) else { return };
        self.arcs[child] = Some((head, chosen));
        // A word put back may stand before its new head.
        if head > child {
            self.left_child[head] = Some(child);
        } else {
            self.right_sibling[child] = self.right_child[head];
            self.right_child[head] = Some(child);
        }
        self.push();
    }
}

/// Gives the arcs that were lifted to make the tree projective back to the words they belong to:
/// the first one below the head, level by level, that has the label remembered.
fn drop_arcs(mut heads: Vec<usize>, mut labels: Vec<Label>, is_space: &[bool]) -> Arcs {
    if labels.iter().any(|label| label.1.is_some()) {
        let mut children = vec![Vec::new(); heads.len()];
        for (word, &head) in heads.iter().enumerate() {
            if head != word {
                children[head].push(word);
            }
        }
        for word in 0..heads.len() {
            let (own, Some(of_head)) = labels[word] else { continue };
            let found = find_below(heads[word], word, of_head, &children, &labels, is_space);
            if let Some(head) = found {
                children[heads[word]].retain(|&child| child != word);
                let at = children[head].partition_point(|&child| child < word);
                children[head].insert(at, word);
                heads[word] = head;
            }
            labels[word] = (own, None);
        }
    }
    heads.into_iter().zip(labels).map(|(head, (dep, _))| (head, dep)).collect()
}

/// The first word below `top` with this label, other than `word` and what depends on it.
fn find_below(
    top: usize,
    word: usize,
    dep: Dep,
    children: &[Vec<usize>],
    labels: &[Label],
    is_space: &[bool],
) -> Option<usize> {
    let mut level = vec![top];
    let mut seen = 0;
    while !level.is_empty() && seen <= labels.len() {
        let below: Vec<usize> = level.iter().flat_map(|&head| children[head].iter().copied()).collect();
        let others = below.into_iter().filter(|&child| child != word && !is_space[child]);
        let mut next = Vec::new();
        for child in others {
            if labels[child] == (dep, None) {
                return Some(child);
            }
            next.push(child);
        }
        seen += next.len();
        level = next;
    }
    None
}

//! Scores the next move of a parser from a handful of words: what each word adds in each role is
//! computed once for the whole text.

use crate::packed::{Packed, PackedError};

use super::kernels::Engine;
use super::model::{Matrix, damaged};
use super::network::{Dense, WIDTH, WIDTH_PAIRS, add_rows, halves_max};
use super::whole::WholeRows;

/// Hidden units, and the pieces of which the greater counts.
const HIDDEN: usize = 64;
const HIDDEN_PAIRS: usize = HIDDEN / 2;
const PIECES: usize = 2;
const ROW: usize = HIDDEN * PIECES;

/// The scores of moves, given words in `ROLES` roles.
#[derive(Debug)]
pub(super) struct Scorer<const ROLES: usize> {
    linear: Dense<WIDTH_PAIRS>,
    lower: Dense<HIDDEN_PAIRS>,
    bias: [f32; ROW],
    /// What the absence of a word adds in each role.
    absent: [[f32; ROW]; ROLES],
    upper: Dense<HIDDEN_PAIRS>,
    moves: usize,
}

impl<const ROLES: usize> Scorer<ROLES> {
    /// Opens the scorer of this name.
    pub(super) fn open(packed: &Packed<'static>, name: &str) -> Result<Self, PackedError> {
        let wrong = || damaged(&format!("the scorer {name:?} has the wrong size"));
        let numbers = |part: &str| Ok(Matrix::open(packed, &format!("{name}.{part}"))?.numbers());
        // The model has the pieces of a unit side by side; here all first pieces stand before all second ones.
        let row_of = |column: usize| {
            let (role, piece, unit) = (column / ROW, column % ROW / HIDDEN, column % HIDDEN);
            role * ROW + unit * PIECES + piece
        };
        let in_order = |numbers: &[f32], role: usize| -> Option<[f32; ROW]> {
            let numbers = numbers.get(role * ROW..(role + 1) * ROW)?;
            Some(std::array::from_fn(|column| numbers[row_of(column)]))
        };
        let absent = numbers("lower.pad")?;
        let rows = (0..ROLES).map(|role| in_order(&absent, role)).collect::<Option<Vec<_>>>();
        let upper = numbers("upper.bias")?;
        let dense = |weights: &str, biases: &[f32]| Dense::new(&numbers(weights).ok()?, biases, row_of);
        Ok(Scorer {
            linear: Dense::new(&numbers("linear.weight")?, &numbers("linear.bias")?, |row| row)
                .filter(|linear| linear.outputs() == HIDDEN)
                .ok_or_else(wrong)?,
            lower: dense("lower.weight", &[0.0; ROW].repeat(ROLES)).ok_or_else(wrong)?,
            bias: in_order(&numbers("lower.bias")?, 0).ok_or_else(wrong)?,
            absent: rows.and_then(|rows| rows.try_into().ok()).ok_or_else(wrong)?,
            moves: upper.len(),
            upper: Dense::new(&numbers("upper.weight")?, &upper, |row| row).ok_or_else(wrong)?,
        })
    }

    /// How many moves it scores.
    pub(super) fn moves(&self) -> usize {
        self.moves
    }

    /// Makes ready for a text, given its words' vectors, in this room.
    pub(super) fn text<'a>(
        &'a self,
        engine: Engine,
        vectors: &[f32],
        room: &'a mut Room,
    ) -> ScoredText<'a, ROLES> {
        let words = vectors.len() / WIDTH;
        room.words.take(engine, vectors);
        let hidden = first(&mut room.hidden, words * HIDDEN);
        self.linear.run(engine, &room.words, hidden);
        room.whole.take(engine, hidden);
        let parts = first(&mut room.parts, words * self.lower.outputs());
        self.lower.run(engine, &room.whole, parts);
        ScoredText {
            scorer: self,
            engine,
            parts,
            hidden: WholeRows::new(),
            scores: vec![0.0; self.upper.outputs()],
        }
    }
}

/// Room for what is computed of a text, used for one after another: as large as the largest of them needs.
#[derive(Debug)]
pub(super) struct Room {
    words: WholeRows<WIDTH_PAIRS>,
    hidden: Vec<f32>,
    whole: WholeRows<HIDDEN_PAIRS>,
    parts: Vec<f32>,
}

impl Room {
    pub(super) fn new() -> Self {
        Room { words: WholeRows::new(), hidden: Vec::new(), whole: WholeRows::new(), parts: Vec::new() }
    }
}

/// The first so many of the numbers, of which there are made more where there are fewer. What they were does not
/// matter.
fn first(numbers: &mut Vec<f32>, length: usize) -> &mut [f32] {
    if numbers.len() < length {
        numbers.resize(length, 0.0);
    }
    &mut numbers[..length]
}

/// A text of which any move can be scored.
pub(super) struct ScoredText<'a, const ROLES: usize> {
    scorer: &'a Scorer<ROLES>,
    engine: Engine,
    /// For each word and role: what it adds to each hidden unit.
    parts: &'a [f32],
    /// The hidden units of the last question.
    hidden: WholeRows<HIDDEN_PAIRS>,
    scores: Vec<f32>,
}

impl<const ROLES: usize> ScoredText<'_, ROLES> {
    /// The score of every move when these words stand in the roles.
    pub(super) fn scores(&mut self, words: [Option<usize>; ROLES]) -> &[f32] {
        let (parts, _) = self.parts.as_chunks::<ROW>();
        let rows: [&[f32; ROW]; ROLES] = std::array::from_fn(|role| match words[role] {
            Some(word) => &parts[word * ROLES + role],
            None => &self.scorer.absent[role],
        });
        let mut sums = self.scorer.bias;
        add_rows(self.engine, &mut sums, &rows);
        let pieces: &[[f32; HIDDEN]; PIECES] = sums.as_chunks().0.try_into().expect("a row is two pieces");
        self.hidden.take(self.engine, &halves_max(pieces));
        self.scorer.upper.run(self.engine, &self.hidden, &mut self.scores);
        &self.scores[..self.scorer.moves]
    }
}

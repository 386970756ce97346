//! The layers of the networks: maxout ones with their norms, dense ones, and what a word adds to its neighbours.

use super::kernels::{Engine, Kernel, Lanes, greater, normalise, vectors};
use super::whole::{GROUP, Tiles, Weights, WholeRows};

/// The width of every word vector.
pub(super) const WIDTH: usize = 96;
/// Its numbers, two by two.
pub(super) const WIDTH_PAIRS: usize = WIDTH / 2;
/// The pieces of a maxout layer's output, of which the greatest counts.
const PIECES: usize = 3;
/// Rows that are computed with one block of weights after another while the caches hold them.
const ROW_BLOCK: usize = 64;
/// The groups of a dense layer's outputs that are computed together.
const STRIP: usize = 2;

/// A maxout layer of 96 outputs with three pieces each over windows of words, and the layer norm after it.
#[derive(Debug)]
pub(super) struct Maxout {
    /// A block is a group of outputs: all first pieces, all second, all third ones.
    weights: Weights<WIDTH_PAIRS, PIECES>,
    gain: [f32; WIDTH],
    shift: [f32; WIDTH],
    window: usize,
}

impl Maxout {
    /// From the model's own order: output by output, its pieces, their inputs from so many words. `None` when a
    /// size is wrong.
    pub(super) fn new(
        weights: &[f32],
        biases: &[f32],
        gain: &[f32],
        shift: &[f32],
        window: usize,
    ) -> Option<Self> {
        let row = |column: usize| {
            let (group, piece, lane) = (column / (GROUP * PIECES), column / GROUP % PIECES, column % GROUP);
            (group * GROUP + lane) * PIECES + piece
        };
        Some(Maxout {
            weights: Weights::new(weights, biases, window, row).filter(|_| biases.len() == SUMS)?,
            gain: gain.try_into().ok()?,
            shift: shift.try_into().ok()?,
            window,
        })
    }

    /// Adds the normalised outputs to these rows. The windows begin `step` rows of the input apart.
    pub(super) fn add(
        &self,
        engine: Engine,
        inputs: &WholeRows<WIDTH_PAIRS>,
        step: usize,
        words: &mut [f32],
    ) {
        let (words, _) = words.as_chunks_mut::<WIDTH>();
        debug_assert!(words.is_empty() || inputs.len() == (words.len() - 1) * step + self.window);
        engine.run(MaxoutRows { layer: self, inputs, step, words });
    }
}

struct MaxoutRows<'a> {
    layer: &'a Maxout,
    inputs: &'a WholeRows<WIDTH_PAIRS>,
    step: usize,
    words: &'a mut [[f32; WIDTH]],
}

impl Kernel for MaxoutRows<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, simd: S) {
        let MaxoutRows { layer, inputs, step, words } = self;
        let mut mixed = [[0.0; WIDTH]; ROW_BLOCK];
        for (at, words) in words.chunks_mut(ROW_BLOCK).enumerate() {
            for block in 0..layer.weights.blocks() {
                let weights = &layer.weights;
                let first = at * ROW_BLOCK;
                MaxoutTiles { simd, weights, block, inputs, first, step, mixed: &mut mixed }.all(words.len());
            }
            for (word, mixed) in words.iter_mut().zip(&mut mixed) {
                normalise(mixed, &layer.gain, &layer.shift);
                word.iter_mut().zip(&*mixed).for_each(|(word, mixed)| *word += mixed);
            }
        }
    }
}

/// A block of a maxout layer's outputs.
struct MaxoutTiles<'a, S> {
    simd: S,
    weights: &'a Weights<WIDTH_PAIRS, PIECES>,
    block: usize,
    inputs: &'a WholeRows<WIDTH_PAIRS>,
    first: usize,
    step: usize,
    mixed: &'a mut [[f32; WIDTH]; ROW_BLOCK],
}

impl<S: Lanes> Tiles<S> for MaxoutTiles<'_, S> {
    #[inline(always)]
    fn tile<const ROWS: usize>(&mut self, first: usize) {
        for part in 0..GROUP / S::F32_LANES {
            let windows = ((self.first + first) * self.step, self.step);
            let rows: [[S::f32s; PIECES]; ROWS] =
                self.weights.outputs(self.simd, (self.block, part), self.inputs, windows);
            for (mixed, [one, two, three]) in self.mixed[first..].iter_mut().zip(rows) {
                let outputs = S::as_mut_simd_f32s(&mut mixed[self.block * GROUP..][..GROUP]).0;
                outputs[part] = greater(self.simd, greater(self.simd, one, two), three);
            }
        }
    }
}

/// A maxout layer over a word and its two neighbours, taken apart: what a word adds to the sums of the word
/// after it, to its own and to those of the word before it depends on the word alone, so that it is computed once
/// for each kind of word.
#[derive(Debug)]
pub(super) struct Window {
    /// The three parts of a word, one after another.
    parts: Dense<WIDTH_PAIRS>,
    biases: [f32; SUMS],
    gain: [f32; WIDTH],
    shift: [f32; WIDTH],
}

/// The sums of a maxout layer before the greatest pieces are taken: all first pieces, all second, all third ones.
const SUMS: usize = WIDTH * PIECES;
/// The numbers that a word adds to the sums of three words.
pub(super) const PARTS: usize = 3 * SUMS;

impl Window {
    /// From the model's own order: output by output, its pieces, their inputs from three words. `None` when a size
    /// is wrong.
    pub(super) fn new(weights: &[f32], biases: &[f32], gain: &[f32], shift: &[f32]) -> Option<Self> {
        if weights.len() != SUMS * 3 * WIDTH || biases.len() != SUMS {
            return None;
        }
        // A column of sums, by piece and output, is a row of the model by output and piece.
        let row = |column: usize| column % WIDTH * PIECES + column / WIDTH;
        // The model's window begins with the word before: what a word adds to the word after it comes first.
        let rows: Vec<f32> = (0..PARTS)
            .flat_map(|column| {
                let (neighbour, column) = (column / SUMS, column % SUMS);
                let from = row(column) * 3 * WIDTH + neighbour * WIDTH;
                weights[from..from + WIDTH].iter().copied()
            })
            .collect();
        Some(Window {
            parts: Dense::new(&rows, &[0.0; PARTS], |row| row)?,
            biases: std::array::from_fn(|column| biases[row(column)]),
            gain: gain.try_into().ok()?,
            shift: shift.try_into().ok()?,
        })
    }

    /// The parts of words, given their vectors.
    pub(super) fn parts(&self, engine: Engine, words: &WholeRows<WIDTH_PAIRS>, parts: &mut [f32]) {
        self.parts.run(engine, words, parts);
    }

    /// The layer's row for a word, normalised, given the parts of the word before it, its own and those of the
    /// word after it; nothing where there is none.
    pub(super) fn run(&self, engine: Engine, words: [Option<&[f32; PARTS]>; 3], output: &mut [f32; WIDTH]) {
        engine.run(WindowRow { layer: self, words, output });
    }
}

struct WindowRow<'a> {
    layer: &'a Window,
    words: [Option<&'a [f32; PARTS]>; 3],
    output: &'a mut [f32; WIDTH],
}

impl Kernel for WindowRow<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, simd: S) {
        let WindowRow { layer, words, output } = self;
        let mut sums = layer.biases;
        for (neighbour, word) in words.into_iter().enumerate() {
            let Some(word) = word else { continue };
            let part = vectors::<S>(&word[neighbour * SUMS..][..SUMS]);
            for (sum, value) in S::as_mut_simd_f32s(&mut sums[..]).0.iter_mut().zip(part) {
                *sum = simd.add_f32s(*sum, *value);
            }
        }
        let pieces = vectors::<S>(&sums);
        let count = pieces.len() / PIECES;
        for (at, out) in S::as_mut_simd_f32s(&mut output[..]).0.iter_mut().enumerate() {
            *out = greater(simd, greater(simd, pieces[at], pieces[count + at]), pieces[2 * count + at]);
        }
        normalise(output, &layer.gain, &layer.shift);
    }
}

/// A dense layer; `PAIRS` is half of its inputs.
#[derive(Debug)]
pub(super) struct Dense<const PAIRS: usize>(Weights<PAIRS, STRIP>);

impl<const PAIRS: usize> Dense<PAIRS> {
    /// From rows of weights, one an output, in the order that `row_of` gives for each column.
    /// `None` when a size is wrong.
    pub(super) fn new(weights: &[f32], biases: &[f32], row_of: impl Fn(usize) -> usize) -> Option<Self> {
        Weights::new(weights, biases, 1, row_of).map(Dense)
    }

    /// The length of a row of outputs: a multiple of 32.
    pub(super) fn outputs(&self) -> usize {
        self.0.blocks() * STRIP * GROUP
    }

    /// The outputs for rows of inputs.
    pub(super) fn run(&self, engine: Engine, inputs: &WholeRows<PAIRS>, outputs: &mut [f32]) {
        debug_assert_eq!(outputs.len(), inputs.len() * self.outputs());
        engine.run(DenseRows { layer: self, inputs, outputs });
    }
}

struct DenseRows<'a, const PAIRS: usize> {
    layer: &'a Dense<PAIRS>,
    inputs: &'a WholeRows<PAIRS>,
    outputs: &'a mut [f32],
}

impl<const PAIRS: usize> Kernel for DenseRows<'_, PAIRS> {
    #[inline(always)]
    fn run<S: Lanes>(self, simd: S) {
        let DenseRows { layer, inputs, outputs } = self;
        for block in 0..layer.0.blocks() {
            DenseTiles { simd, layer, block, inputs, outputs }.all(inputs.len());
        }
    }
}

/// A strip of a dense layer's outputs.
struct DenseTiles<'a, S, const PAIRS: usize> {
    simd: S,
    layer: &'a Dense<PAIRS>,
    block: usize,
    inputs: &'a WholeRows<PAIRS>,
    outputs: &'a mut [f32],
}

impl<S: Lanes, const PAIRS: usize> Tiles<S> for DenseTiles<'_, S, PAIRS> {
    #[inline(always)]
    fn tile<const ROWS: usize>(&mut self, first: usize) {
        let width = self.layer.outputs();
        for part in 0..GROUP / S::F32_LANES {
            let rows: [[S::f32s; STRIP]; ROWS] =
                self.layer.0.outputs(self.simd, (self.block, part), self.inputs, (first, 1));
            for (outputs, row) in self.outputs[first * width..].chunks_exact_mut(width).zip(rows) {
                let (groups, _) = outputs[self.block * STRIP * GROUP..].as_chunks_mut::<GROUP>();
                for (group, vector) in groups.iter_mut().zip(row) {
                    S::as_mut_simd_f32s(group).0[part] = vector;
                }
            }
        }
    }
}

/// Adds rows of `N` numbers one after another to the first.
pub(super) fn add_rows<const N: usize>(engine: Engine, sums: &mut [f32; N], rows: &[&[f32; N]]) {
    engine.run(AddRows { sums, rows });
}

struct AddRows<'a, const N: usize> {
    sums: &'a mut [f32; N],
    rows: &'a [&'a [f32; N]],
}

impl<const N: usize> Kernel for AddRows<'_, N> {
    #[inline(always)]
    fn run<S: Lanes>(self, simd: S) {
        for row in self.rows {
            let (sums, _) = S::as_mut_simd_f32s(&mut self.sums[..]);
            for (sum, value) in sums.iter_mut().zip(vectors::<S>(&row[..])) {
                *sum = simd.add_f32s(*sum, *value);
            }
        }
    }
}

/// The greater of the two halves, number by number.
pub(super) fn halves_max<const N: usize>(pieces: &[[f32; N]; 2]) -> [f32; N] {
    std::array::from_fn(|j| if pieces[0][j] > pieces[1][j] { pieces[0][j] } else { pieces[1][j] })
}

/// The first of the greatest scores among those in these ranges.
pub(super) fn best(scores: &[f32], range: std::ops::Range<usize>) -> Option<usize> {
    let mut best: Option<usize> = None;
    for index in range {
        if best.is_none_or(|best| scores[index] > scores[best]) {
            best = Some(index);
        }
    }
    best
}

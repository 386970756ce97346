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

/// A maxout layer of 96 outputs with three pieces each over a word and its two neighbours, and the layer norm
/// after it.
#[derive(Debug)]
pub(super) struct Maxout {
    /// A block is a group of outputs: all first pieces, all second, all third ones.
    weights: Weights<WIDTH_PAIRS, PIECES>,
    gain: [f32; WIDTH],
    shift: [f32; WIDTH],
}

impl Maxout {
    /// From the model's own order: output by output, its pieces, their inputs from a word and its neighbours.
    /// `None` when a size is wrong.
    pub(super) fn new(weights: &[f32], biases: &[f32], gain: &[f32], shift: &[f32]) -> Option<Self> {
        let row = |column: usize| {
            let (group, piece, lane) = (column / (GROUP * PIECES), column / GROUP % PIECES, column % GROUP);
            (group * GROUP + lane) * PIECES + piece
        };
        Some(Maxout {
            weights: Weights::new(weights, biases, 3, row).filter(|_| biases.len() == SUMS)?,
            gain: gain.try_into().ok()?,
            shift: shift.try_into().ok()?,
        })
    }

    /// Adds the normalised outputs to these rows of words, none of which is the first or the last.
    pub(super) fn add(
        &self,
        engine: Engine,
        inputs: &WholeRows<WIDTH_PAIRS>,
        rows: &[usize],
        words: &mut [f32],
    ) {
        let (words, _) = words.as_chunks_mut::<WIDTH>();
        debug_assert!(rows.iter().all(|row| (1..inputs.len() - 1).contains(row)));
        engine.run(MaxoutRows { layer: self, inputs, rows, words });
    }
}

struct MaxoutRows<'a> {
    layer: &'a Maxout,
    inputs: &'a WholeRows<WIDTH_PAIRS>,
    rows: &'a [usize],
    words: &'a mut [[f32; WIDTH]],
}

impl Kernel for MaxoutRows<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, simd: S) {
        let MaxoutRows { layer, inputs, rows, words } = self;
        let mut mixed = [[0.0; WIDTH]; ROW_BLOCK];
        for rows in rows.chunks(ROW_BLOCK) {
            for block in 0..layer.weights.blocks() {
                let weights = &layer.weights;
                MaxoutTiles { simd, weights, block, inputs, rows, mixed: &mut mixed }.all(rows.len());
            }
            for (word, mixed) in rows.iter().zip(&mut mixed) {
                normalise(mixed, &layer.gain, &layer.shift);
                words[*word].iter_mut().zip(&*mixed).for_each(|(word, mixed)| *word += mixed);
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
    rows: &'a [usize],
    mixed: &'a mut [[f32; WIDTH]; ROW_BLOCK],
}

impl<S: Lanes> Tiles<S> for MaxoutTiles<'_, S> {
    const VECTORS: usize = PIECES;

    #[inline(always)]
    fn tile<const ROWS: usize>(&mut self, first: usize) {
        for part in 0..GROUP / S::F32_LANES {
            let windows: [usize; ROWS] = std::array::from_fn(|row| self.rows[first + row] - 1);
            let rows: [[S::f32s; PIECES]; ROWS] =
                self.weights.outputs(self.simd, (self.block, part), self.inputs, windows);
            for (mixed, [one, two, three]) in self.mixed[first..].iter_mut().zip(rows) {
                let outputs = S::as_mut_simd_f32s(&mut mixed[self.block * GROUP..][..GROUP]).0;
                outputs[part] = greater(self.simd, greater(self.simd, one, two), three);
            }
        }
    }
}

/// The sums of a maxout layer before the greatest pieces are taken: all first pieces, all second, all third ones.
pub(super) const SUMS: usize = WIDTH * PIECES;
/// What one input adds to the sums.
pub(super) type Part = [f32; SUMS];

/// A maxout layer over several inputs, taken apart: what each adds to the sums depends on that input alone, so that
/// it is computed once for each kind of input.
#[derive(Debug)]
pub(super) struct Apart<const INPUTS: usize> {
    inputs: [Dense<WIDTH_PAIRS>; INPUTS],
    biases: Part,
    gain: [f32; WIDTH],
    shift: [f32; WIDTH],
}

impl<const INPUTS: usize> Apart<INPUTS> {
    /// From the model's own order: output by output, its pieces, their numbers from one input after the other.
    /// `None` when a size is wrong.
    pub(super) fn new(weights: &[f32], biases: &[f32], gain: &[f32], shift: &[f32]) -> Option<Self> {
        let length = INPUTS * WIDTH;
        if weights.len() != SUMS * length || biases.len() != SUMS {
            return None;
        }
        // A column of sums, by piece and output, is a row of the model by output and piece.
        let row = |column: usize| column % WIDTH * PIECES + column / WIDTH;
        let dense = |input: usize| {
            let of_input = |row: &[f32]| row[input * WIDTH..(input + 1) * WIDTH].to_vec();
            let rows: Vec<f32> = weights.chunks_exact(length).flat_map(of_input).collect();
            Dense::new(&rows, &[0.0; SUMS], row)
        };
        Some(Apart {
            inputs: (0..INPUTS).map(dense).collect::<Option<Vec<_>>>()?.try_into().ok()?,
            biases: std::array::from_fn(|column| biases[row(column)]),
            gain: gain.try_into().ok()?,
            shift: shift.try_into().ok()?,
        })
    }

    /// What these rows add in the place of this input.
    pub(super) fn parts(&self, engine: Engine, input: usize, rows: &[f32]) -> Vec<Part> {
        let mut parts = vec![[0.0; SUMS]; rows.len() / WIDTH];
        self.inputs[input].run(engine, &WholeRows::of(engine, rows), parts.as_flattened_mut());
        parts
    }

    /// The layer's output, normalised, given the parts of its inputs; nothing where there is none.
    pub(super) fn joined(&self, engine: Engine, parts: [Option<&Part>; INPUTS], output: &mut [f32; WIDTH]) {
        engine.run(Joined { layer: self, parts, output });
    }
}

struct Joined<'a, const INPUTS: usize> {
    layer: &'a Apart<INPUTS>,
    parts: [Option<&'a Part>; INPUTS],
    output: &'a mut [f32; WIDTH],
}

impl<const INPUTS: usize> Kernel for Joined<'_, INPUTS> {
    #[inline(always)]
    fn run<S: Lanes>(self, simd: S) {
        let Joined { layer, parts, output } = self;
        let mut sums = layer.biases;
        for part in parts.into_iter().flatten() {
            for (sum, value) in S::as_mut_simd_f32s(&mut sums[..]).0.iter_mut().zip(vectors::<S>(part)) {
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
    const VECTORS: usize = STRIP;

    #[inline(always)]
    fn tile<const ROWS: usize>(&mut self, first: usize) {
        let width = self.layer.outputs();
        for part in 0..GROUP / S::F32_LANES {
            let windows: [usize; ROWS] = std::array::from_fn(|row| first + row);
            let rows: [[S::f32s; STRIP]; ROWS] =
                self.layer.0.outputs(self.simd, (self.block, part), self.inputs, windows);
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

//! The arithmetic of the networks: dense layers, maxout layers, layer norms.
//!
//! Every sum is taken in one fixed order, a multiplication and then an addition, never fused: the
//! vector units work on different outputs side by side, so that results are the same to the last
//! bit whatever the processor offers.

use pulp::{Arch, Scalar, Simd, WithSimd};

/// The width of every word vector.
pub(super) const WIDTH: usize = 96;
/// Outputs of a maxout layer that are computed together, as many as the widest vectors have numbers, and its
/// pieces for each.
const GROUP: usize = 16;
const PIECES: usize = 3;
/// Rows that are computed with one group's weights after another while the caches hold them.
const ROW_BLOCK: usize = 64;
/// Columns of a dense layer that lie together.
const STRIP: usize = 32;

/// Which instructions the networks run with. Results do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// What every processor of the target has.
    Portable,
    /// The widest vectors that this processor has.
    #[default]
    Best,
}

/// A level made ready: what the processor has is asked once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Engine(Option<Arch>);

impl Engine {
    pub(super) fn new(level: Level) -> Self {
        Engine((level == Level::Best).then(Arch::new))
    }

    fn run<K: Kernel>(self, kernel: K) {
        match self.0 {
            Some(arch) => arch.dispatch(Dispatched(kernel)),
            None => Scalar.vectorize(Dispatched(kernel)),
        }
    }
}

/// A computation that is compiled once for each width of vectors. All of its body must be inlined.
trait Kernel {
    fn run<S: Simd>(self, simd: S);
}

struct Dispatched<K>(K);

impl<K: Kernel> WithSimd for Dispatched<K> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        self.0.run(simd);
    }
}

/// Numbers as vectors.
#[inline(always)]
fn vectors<S: Simd>(numbers: &[f32]) -> &[S::f32s] {
    S::as_simd_f32s(numbers).0
}

/// The greater of two, lane by lane; of equal ones the second, on every processor.
#[inline(always)]
fn greater<S: Simd>(simd: S, a: S::f32s, b: S::f32s) -> S::f32s {
    simd.select_f32s(simd.greater_than_f32s(a, b), a, b)
}

/// `sum + a · b` in two roundings: a fused operation would differ between processors.
#[inline(always)]
fn multiply_then_add<S: Simd>(simd: S, sum: S::f32s, a: S::f32s, b: S::f32s) -> S::f32s {
    simd.add_f32s(sum, simd.mul_f32s(a, b))
}

/// A maxout layer of 96 outputs with three pieces each, and the layer norm after it.
#[derive(Debug)]
pub(super) struct Maxout<const INPUTS: usize> {
    /// For each group of outputs and each input: a weight for each piece and output.
    weights: Vec<[f32; GROUP * PIECES]>,
    biases: Vec<[f32; GROUP * PIECES]>,
    gain: [f32; WIDTH],
    shift: [f32; WIDTH],
}

impl<const INPUTS: usize> Maxout<INPUTS> {
    /// From the model's own order: output by output, its pieces, their inputs. `None` when a size is wrong.
    pub(super) fn new(weights: &[f32], biases: &[f32], gain: &[f32], shift: &[f32]) -> Option<Self> {
        if weights.len() != WIDTH * PIECES * INPUTS || biases.len() != WIDTH * PIECES {
            return None;
        }
        let row = |group: usize, column: usize| {
            let (piece, output) = (column / GROUP, group * GROUP + column % GROUP);
            output * PIECES + piece
        };
        let groups = 0..WIDTH / GROUP;
        Some(Maxout {
            weights: groups
                .clone()
                .flat_map(|group| (0..INPUTS).map(move |input| (group, input)))
                .map(|(group, input)| std::array::from_fn(|c| weights[row(group, c) * INPUTS + input]))
                .collect(),
            biases: groups.map(|group| std::array::from_fn(|c| biases[row(group, c)])).collect(),
            gain: gain.try_into().ok()?,
            shift: shift.try_into().ok()?,
        })
    }

    /// Rows of 96 outputs, normalised, for rows of inputs that begin `stride` numbers apart.
    pub(super) fn run(&self, engine: Engine, inputs: &[f32], stride: usize, outputs: &mut [f32]) {
        engine.run(MaxoutRows { layer: self, inputs, stride, outputs });
    }
}

/// A maxout layer over a word and its two neighbours, taken apart: what a word adds to the sums of the word
/// after it, to its own and to those of the word before it depends on the word alone, so that it is computed once
/// for each kind of word.
#[derive(Debug)]
pub(super) struct Window {
    /// The three parts of a word, one after another.
    parts: Dense<WIDTH>,
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
    pub(super) fn parts(&self, engine: Engine, words: &[f32], parts: &mut [f32]) {
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
    fn run<S: Simd>(self, simd: S) {
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

struct MaxoutRows<'a, const INPUTS: usize> {
    layer: &'a Maxout<INPUTS>,
    inputs: &'a [f32],
    stride: usize,
    outputs: &'a mut [f32],
}

impl<const INPUTS: usize> Kernel for MaxoutRows<'_, INPUTS> {
    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let MaxoutRows { layer, inputs, stride, outputs } = self;
        let rows = outputs.len() / WIDTH;
        let (weights, _) = layer.weights.as_chunks::<INPUTS>();
        for block in (0..rows).step_by(ROW_BLOCK) {
            let end = rows.min(block + ROW_BLOCK);
            for (group, (weights, biases)) in weights.iter().zip(&layer.biases).enumerate() {
                let tile = MaxoutTile { simd, weights, biases, inputs, stride, group };
                let mut row = block;
                // As many rows together as the registers can hold the sums of.
                if S::REGISTER_COUNT >= 32 {
                    row = tile.rows::<8>(row, end, outputs);
                }
                row = tile.rows::<4>(row, end, outputs);
                row = tile.rows::<2>(row, end, outputs);
                tile.rows::<1>(row, end, outputs);
            }
        }
        outputs.as_chunks_mut().0.iter_mut().for_each(|row| normalise(row, &layer.gain, &layer.shift));
    }
}

/// A group of outputs of a few rows: their sums stay in registers.
#[derive(Clone, Copy)]
struct MaxoutTile<'a, S, const INPUTS: usize> {
    simd: S,
    weights: &'a [[f32; GROUP * PIECES]; INPUTS],
    biases: &'a [f32; GROUP * PIECES],
    inputs: &'a [f32],
    stride: usize,
    group: usize,
}

impl<S: Simd, const INPUTS: usize> MaxoutTile<'_, S, INPUTS> {
    /// The rows from `first`, so many at a time, while as many are left before `end`; the first that is left.
    #[inline(always)]
    fn rows<const ROWS: usize>(self, mut first: usize, end: usize, outputs: &mut [f32]) -> usize {
        while first + ROWS <= end {
            self.run::<ROWS>(first, &mut outputs[first * WIDTH + self.group * GROUP..]);
            first += ROWS;
        }
        first
    }

    #[inline(always)]
    fn run<const ROWS: usize>(self, first: usize, outputs: &mut [f32]) {
        let MaxoutTile { simd, weights, biases, .. } = self;
        let rows: [&[f32; INPUTS]; ROWS] = std::array::from_fn(|row| {
            let inputs = &self.inputs[(first + row) * self.stride..][..INPUTS];
            inputs.try_into().expect("a slice of that length")
        });
        let parts = GROUP / S::F32_LANES;
        for part in 0..parts {
            let pieces = |numbers: &[f32; GROUP * PIECES]| -> [S::f32s; PIECES] {
                let vectors = vectors::<S>(numbers);
                std::array::from_fn(|piece| vectors[piece * parts + part])
            };
            let mut sums = [pieces(biases); ROWS];
            for input in 0..INPUTS {
                let weights = pieces(&weights[input]);
                for row in 0..ROWS {
                    let value = simd.splat_f32s(rows[row][input]);
                    for piece in 0..PIECES {
                        sums[row][piece] = multiply_then_add(simd, sums[row][piece], value, weights[piece]);
                    }
                }
            }
            for (row, [first, second, third]) in sums.into_iter().enumerate() {
                let outputs = S::as_mut_simd_f32s(&mut outputs[row * WIDTH..][..GROUP]).0;
                outputs[part] = greater(simd, greater(simd, first, second), third);
            }
        }
    }
}

#[inline(always)]
fn normalise(row: &mut [f32; WIDTH], gain: &[f32; WIDTH], shift: &[f32; WIDTH]) {
    let mean = total(row) / WIDTH as f32;
    let squares: [f32; WIDTH] = std::array::from_fn(|j| (row[j] - mean) * (row[j] - mean));
    let inverse = 1.0 / (total(&squares) / WIDTH as f32 + 1e-8).sqrt();
    for j in 0..WIDTH {
        row[j] = (row[j] - mean) * inverse * gain[j] + shift[j];
    }
}

/// The sum of a row: eight partial sums side by side, then these one after another.
#[inline(always)]
fn total(row: &[f32; WIDTH]) -> f32 {
    let mut sums = [0.0; 8];
    for eight in row.as_chunks::<8>().0 {
        for (sum, value) in sums.iter_mut().zip(eight) {
            *sum += value;
        }
    }
    sums.iter().fold(0.0, |total, sum| total + sum)
}

/// A dense layer.
#[derive(Debug)]
pub(super) struct Dense<const INPUTS: usize> {
    /// For each strip of 32 columns and each input: 32 weights.
    weights: Vec<[f32; STRIP]>,
    biases: Vec<[f32; STRIP]>,
}

impl<const INPUTS: usize> Dense<INPUTS> {
    /// From rows of weights, one an output, in the order that `row_of` gives for each column.
    /// `None` when a size is wrong.
    pub(super) fn new(weights: &[f32], biases: &[f32], row_of: impl Fn(usize) -> usize) -> Option<Self> {
        if weights.len() != biases.len() * INPUTS {
            return None;
        }
        let strips = biases.len().div_ceil(STRIP);
        // Columns beyond the last are zero and never read.
        let at = |strip: usize, j: usize| {
            Some(strip * STRIP + j).filter(|&column| column < biases.len()).map(&row_of)
        };
        let (weight, bias) = (
            |strip, j, input| at(strip, j).map_or(0.0, |row| weights[row * INPUTS + input]),
            |strip, j| at(strip, j).map_or(0.0, |row| biases[row]),
        );
        Some(Dense {
            weights: (0..strips)
                .flat_map(|strip| (0..INPUTS).map(move |input| (strip, input)))
                .map(|(strip, input)| std::array::from_fn(|j| weight(strip, j, input)))
                .collect(),
            biases: (0..strips).map(|strip| std::array::from_fn(|j| bias(strip, j))).collect(),
        })
    }

    /// The length of a row of outputs: a multiple of 32.
    pub(super) fn outputs(&self) -> usize {
        self.biases.len() * STRIP
    }

    /// The outputs for rows of inputs.
    pub(super) fn run(&self, engine: Engine, inputs: &[f32], outputs: &mut [f32]) {
        engine.run(DenseRows { layer: self, inputs, outputs });
    }
}

struct DenseRows<'a, const INPUTS: usize> {
    layer: &'a Dense<INPUTS>,
    inputs: &'a [f32],
    outputs: &'a mut [f32],
}

impl<const INPUTS: usize> Kernel for DenseRows<'_, INPUTS> {
    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let DenseRows { layer, inputs, outputs } = self;
        let width = layer.biases.len() * STRIP;
        let (inputs, _) = inputs.as_chunks::<INPUTS>();
        let (weights, _) = layer.weights.as_chunks::<INPUTS>();
        for (strip, (weights, biases)) in weights.iter().zip(&layer.biases).enumerate() {
            let tile = DenseTile { simd, weights, biases, width };
            for (index, rows) in inputs.chunks(3).enumerate() {
                let outputs = &mut outputs[3 * index * width + strip * STRIP..];
                match rows {
                    [first, second, third] => tile.rows([first, second, third], outputs),
                    [first, second] => tile.rows([first, second], outputs),
                    rows => rows.iter().for_each(|row| tile.rows([row], outputs)),
                }
            }
        }
    }
}

/// A strip of outputs of a few rows.
#[derive(Clone, Copy)]
struct DenseTile<'a, S, const INPUTS: usize> {
    simd: S,
    weights: &'a [[f32; STRIP]; INPUTS],
    biases: &'a [f32; STRIP],
    /// From one row of outputs to the next.
    width: usize,
}

impl<S: Simd, const INPUTS: usize> DenseTile<'_, S, INPUTS> {
    /// As many vectors at a time as leave the sums in registers and fit into a strip.
    #[inline(always)]
    fn rows<const ROWS: usize>(self, rows: [&[f32; INPUTS]; ROWS], outputs: &mut [f32]) {
        if S::F32_LANES == 16 {
            self.run::<ROWS, 2>(rows, outputs)
        } else {
            self.run::<ROWS, 4>(rows, outputs)
        }
    }

    #[inline(always)]
    fn run<const ROWS: usize, const BLOCK: usize>(self, rows: [&[f32; INPUTS]; ROWS], outputs: &mut [f32]) {
        let DenseTile { simd, weights, biases, width } = self;
        for part in 0..STRIP / (BLOCK * S::F32_LANES) {
            let block = |numbers: &[f32; STRIP]| -> [S::f32s; BLOCK] {
                let vectors = vectors::<S>(numbers);
                std::array::from_fn(|vector| vectors[part * BLOCK + vector])
            };
            let mut sums = [block(biases); ROWS];
            for input in 0..INPUTS {
                let weights = block(&weights[input]);
                for row in 0..ROWS {
                    let value = simd.splat_f32s(rows[row][input]);
                    for vector in 0..BLOCK {
                        sums[row][vector] =
                            multiply_then_add(simd, sums[row][vector], value, weights[vector]);
                    }
                }
            }
            for (row, sums) in sums.iter().enumerate() {
                let outputs = S::as_mut_simd_f32s(&mut outputs[row * width..][..STRIP]).0;
                outputs[part * BLOCK..][..BLOCK].copy_from_slice(sums);
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
    fn run<S: Simd>(self, simd: S) {
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

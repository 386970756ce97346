//! Products of rows and weights in whole numbers.
//!
//! Rows and weights are rounded to whole numbers of 14 bits or so, each word of a row and each column of weights in
//! a unit of its own, as is usual for networks once they are trained (Jacob et al. 2018); the model's own weights
//! have 11 bits. Processors multiply two such numbers where they multiply one fraction, and their sums are exact.

use std::ops::Range;

use super::kernels::{Engine, Kernel, Lanes, greater};

/// Outputs that lie together: as many as the widest vectors have lanes.
pub(super) const GROUP: usize = 16;
/// The greatest number of a row.
const GREATEST: f32 = 8191.0;
/// How far the weights of one word may sum up, each rounded up, so that no sum of products passes 32 bits.
const WEIGHT_LIMIT: f32 = (i32::MAX / 8192 - 1_000) as f32;

/// Rows as whole numbers, two in one: one of the first half with one of the second.
#[derive(Debug)]
pub(super) struct WholeRows<const PAIRS: usize> {
    pairs: Vec<[u32; PAIRS]>,
    /// What one is worth in each row.
    units: Vec<f32>,
}

impl<const PAIRS: usize> WholeRows<PAIRS> {
    /// Rows that have not been taken over yet.
    pub(super) fn new() -> Self {
        WholeRows { pairs: Vec::new(), units: Vec::new() }
    }

    /// These rows of twice as many numbers, rounded.
    pub(super) fn of(engine: Engine, rows: &[f32]) -> Self {
        let mut whole = Self::new();
        whole.take(engine, rows);
        whole
    }

    /// Takes over other rows.
    pub(super) fn take(&mut self, engine: Engine, rows: &[f32]) {
        let all = 0..rows.len() / (2 * PAIRS);
        self.take_some(engine, rows, std::slice::from_ref(&all));
    }

    /// Takes over some of other rows: these ranges of them. The rest stays as it was, or nothing.
    pub(super) fn take_some(&mut self, engine: Engine, rows: &[f32], ranges: &[Range<usize>]) {
        let (rows, _) = rows.as_chunks::<PAIRS>().0.as_chunks::<2>();
        self.pairs.resize(rows.len(), [0; PAIRS]);
        self.units.resize(rows.len(), 0.0);
        engine.run(Rounding { rows, ranges, into: self });
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.pairs.len()
    }
}

struct Rounding<'a, const PAIRS: usize> {
    rows: &'a [[[f32; PAIRS]; 2]],
    ranges: &'a [Range<usize>],
    into: &'a mut WholeRows<PAIRS>,
}

impl<const PAIRS: usize> Kernel for Rounding<'_, PAIRS> {
    #[inline(always)]
    fn run<S: Lanes>(self, simd: S) {
        for index in self.ranges.iter().cloned().flatten() {
            let (row, pairs, unit) =
                (&self.rows[index], &mut self.into.pairs[index], &mut self.into.units[index]);
            let mut widest = [0.0; GROUP];
            for numbers in row.as_flattened().as_chunks::<GROUP>().0 {
                let numbers = S::as_simd_f32s(numbers).0;
                for (widest, number) in S::as_mut_simd_f32s(&mut widest).0.iter_mut().zip(numbers) {
                    *widest = greater(simd, simd.abs_f32s(*number), *widest);
                }
            }
            let widest = greatest(&widest);
            *unit = widest / GREATEST;
            let per_unit = if widest > 0.0 { GREATEST / widest } else { 0.0 };
            let [low, high] = row;
            for (pair, (low, high)) in pairs.iter_mut().zip(low.iter().zip(high)) {
                *pair = low_half(low * per_unit) | low_half(high * per_unit) << 16;
            }
        }
    }
}

/// The greatest of a group's numbers: halves are compared, then their halves, so that few comparisons wait for
/// others.
#[inline(always)]
fn greatest(numbers: &[f32; GROUP]) -> f32 {
    let mut numbers = *numbers;
    let mut half = GROUP / 2;
    while half > 0 {
        for at in 0..half {
            if numbers[at + half] > numbers[at] {
                numbers[at] = numbers[at + half];
            }
        }
        half /= 2;
    }
    numbers[0]
}

/// The nearest whole number of a small one, of two the even one, in 16 bits. What is added leaves no bits for
/// anything behind the point.
#[inline(always)]
fn low_half(number: f32) -> u32 {
    const SHIFT: f32 = 12_582_912.0;
    (number + SHIFT).to_bits() & 0xffff
}

/// A number for each output of a group, where vectors can be read at once.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Group<T>([T; GROUP]);

/// Weights for windows of one or more rows, with biases: `VECTORS` groups of outputs are computed together.
#[derive(Debug)]
pub(super) struct Weights<const PAIRS: usize, const VECTORS: usize> {
    /// The rows of a window.
    window: usize,
    /// For each block of outputs, each row of the window and each two of its numbers: two weights an output.
    pairs: Vec<[[Group<u32>; VECTORS]; PAIRS]>,
    /// For each block: what one is worth in each column of weights.
    units: Vec<[Group<f32>; VECTORS]>,
    biases: Vec<[Group<f32>; VECTORS]>,
}

impl<const PAIRS: usize, const VECTORS: usize> Weights<PAIRS, VECTORS> {
    /// From rows of weights, one an output, for windows of so many words; `row_of` gives the row of each column.
    /// `None` when a size is wrong.
    pub(super) fn new(
        weights: &[f32],
        biases: &[f32],
        window: usize,
        row_of: impl Fn(usize) -> usize,
    ) -> Option<Self> {
        let inputs = 2 * PAIRS * window;
        if weights.len() != biases.len() * inputs {
            return None;
        }
        let blocks = 0..biases.len().div_ceil(GROUP * VECTORS);
        // Columns beyond the last are zero and never read.
        let row = |block: usize, vector: usize, lane: usize| {
            let column = (block * VECTORS + vector) * GROUP + lane;
            (column < biases.len()).then(|| row_of(column))
        };
        let weights_of = |row: usize| &weights[row * inputs..][..inputs];
        let units: Vec<[Group<f32>; VECTORS]> = blocks
            .clone()
            .map(|block| {
                columns(|v, lane| row(block, v, lane).map_or(1.0, |row| unit::<PAIRS>(weights_of(row))))
            })
            .collect();
        let pair = |block: usize, vector: usize, lane: usize, at: usize| {
            let Some(row) = row(block, vector, lane) else { return 0 };
            let whole = |at: usize| low_half(weights_of(row)[at] / units[block][vector].0[lane]);
            whole(at) | whole(at + PAIRS) << 16
        };
        Some(Weights {
            window,
            pairs: blocks
                .clone()
                .flat_map(|block| (0..window).map(move |word| (block, word)))
                .map(|(block, word)| {
                    std::array::from_fn(|two| columns(|v, lane| pair(block, v, lane, 2 * word * PAIRS + two)))
                })
                .collect(),
            biases: blocks
                .map(|block| columns(|v, lane| row(block, v, lane).map_or(0.0, |row| biases[row])))
                .collect(),
            units,
        })
    }

    /// The blocks of outputs.
    pub(super) fn blocks(&self) -> usize {
        self.biases.len()
    }

    /// A part of a block's outputs, as much as one vector holds of each group, for a few windows that begin at
    /// these rows. The sums stay in registers.
    #[inline(always)]
    pub(super) fn outputs<S: Lanes, const ROWS: usize>(
        &self,
        simd: S,
        (block, part): (usize, usize),
        rows: &WholeRows<PAIRS>,
        windows: [usize; ROWS],
    ) -> [[S::f32s; VECTORS]; ROWS] {
        let fractions = |numbers: &[Group<f32>; VECTORS]| -> [S::f32s; VECTORS] {
            std::array::from_fn(|vector| S::as_simd_f32s(&numbers[vector].0).0[part])
        };
        let mut totals = [[simd.splat_f32s(0.0); VECTORS]; ROWS];
        for (word, weights) in self.pairs[block * self.window..][..self.window].iter().enumerate() {
            let words: [&[u32; PAIRS]; ROWS] = std::array::from_fn(|row| &rows.pairs[windows[row] + word]);
            let mut sums = [[simd.splat_u32s(0); VECTORS]; ROWS];
            for (two, weights) in weights.iter().enumerate() {
                let weights: [S::u32s; VECTORS] =
                    std::array::from_fn(|vector| S::as_simd_u32s(&weights[vector].0).0[part]);
                for row in 0..ROWS {
                    let numbers = simd.splat_u32s(words[row][two]);
                    for vector in 0..VECTORS {
                        sums[row][vector] = simd.add_products(sums[row][vector], numbers, weights[vector]);
                    }
                }
            }
            for row in 0..ROWS {
                let unit = simd.splat_f32s(rows.units[windows[row] + word]);
                for vector in 0..VECTORS {
                    let sum = simd.mul_f32s(simd.fractions(sums[row][vector]), unit);
                    totals[row][vector] = simd.add_f32s(totals[row][vector], sum);
                }
            }
        }
        let (units, biases) = (fractions(&self.units[block]), fractions(&self.biases[block]));
        // Loops, not closures: what a closure does with vectors is not always inlined.
        for total in &mut totals {
            for vector in 0..VECTORS {
                total[vector] = simd.add_f32s(biases[vector], simd.mul_f32s(total[vector], units[vector]));
            }
        }
        totals
    }
}

/// A block of columns, each made of its vector and lane.
fn columns<T, const VECTORS: usize>(column: impl Fn(usize, usize) -> T) -> [Group<T>; VECTORS] {
    std::array::from_fn(|vector| Group(std::array::from_fn(|lane| column(vector, lane))))
}

/// What one is worth in a column of weights: as little as lets every weight fit into 16 bits and every sum into 32.
fn unit<const PAIRS: usize>(weights: &[f32]) -> f32 {
    let widest = weights.iter().fold(0.0, |widest: f32, weight| widest.max(weight.abs()));
    let sums = weights.chunks(2 * PAIRS).map(|word| word.iter().map(|weight| weight.abs()).sum::<f32>());
    let unit = (widest / f32::from(i16::MAX)).max(sums.fold(0.0, f32::max) / WEIGHT_LIMIT);
    if unit > 0.0 { unit } else { 1.0 }
}

/// A computation over rows that takes a few of them together.
pub(super) trait Tiles<S: Lanes>: Sized {
    /// Computes so many rows from `first`.
    fn tile<const ROWS: usize>(&mut self, first: usize);

    /// The vectors of sums of one row.
    const VECTORS: usize;

    /// Computes all of these rows, as many together as the registers can hold the sums of.
    #[inline(always)]
    fn all(&mut self, rows: usize) {
        let mut first = 0;
        if S::REGISTER_COUNT >= 32 {
            first = tiles::<S, _, 8>(self, first, rows);
            first = tiles::<S, _, 4>(self, first, rows);
        } else {
            if Self::VECTORS <= 2 {
                first = tiles::<S, _, 5>(self, first, rows);
            }
            first = tiles::<S, _, 3>(self, first, rows);
        }
        first = tiles::<S, _, 2>(self, first, rows);
        tiles::<S, _, 1>(self, first, rows);
    }
}

/// Tiles of so many rows while as many are left; the first row that is left.
#[inline(always)]
fn tiles<S: Lanes, T: Tiles<S>, const ROWS: usize>(tiles: &mut T, mut first: usize, rows: usize) -> usize {
    while first + ROWS <= rows {
        tiles.tile::<ROWS>(first);
        first += ROWS;
    }
    first
}

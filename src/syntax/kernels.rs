//! What the networks' arithmetic runs on: vectors of numbers as wide as the processor has them.
//!
//! Sums of fractions are taken in one fixed order, a multiplication and then an addition, never fused, and sums of
//! whole numbers are exact: the vector units work on different outputs side by side, so that results are the same
//! to the last bit whatever the processor offers.

use std::str::FromStr;

use pulp::{Arch, Scalar128b, Simd, WithSimd, cast};

use super::network::WIDTH;

/// Which instructions the networks run with. Results do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Level {
    /// What every processor of the target has.
    Portable,
    /// At most AVX2, even where the processor has more: to see what others will take.
    Avx2,
    /// The widest vectors that this processor has.
    #[default]
    Best,
}

/// What is no level.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no level of the parser's arithmetic: expected \"portable\", \"avx2\" or \"best\"")]
pub struct UnknownLevel(String);

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        match text {
            "portable" => Ok(Level::Portable),
            "avx2" => Ok(Level::Avx2),
            "best" => Ok(Level::Best),
            _ => Err(UnknownLevel(text.to_owned())),
        }
    }
}

/// A level made ready: what the processor has is asked once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Engine(Arch);

impl Engine {
    pub(super) fn new(level: Level) -> Self {
        let best = Arch::new();
        Engine(match (level, best) {
            (Level::Portable, _) => Arch::Scalar,
            #[cfg(target_arch = "x86_64")]
            (Level::Avx2, Arch::V4(wider)) => Arch::V3(*wider),
            _ => best,
        })
    }

    pub(super) fn run<K: Kernel>(self, kernel: K) {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Arch::V4(lanes) => Simd::vectorize(lanes, Dispatched { kernel, lanes }),
            #[cfg(target_arch = "x86_64")]
            Arch::V3(lanes) => Simd::vectorize(lanes, Dispatched { kernel, lanes }),
            _ => Scalar128b.vectorize(Dispatched { kernel, lanes: Scalar128b }),
        }
    }
}

/// A computation that is compiled once for each width of vectors. All of its body must be inlined.
pub(super) trait Kernel {
    fn run<S: Lanes>(self, simd: S);
}

struct Dispatched<K, S> {
    kernel: K,
    lanes: S,
}

impl<K: Kernel, L: Lanes> WithSimd for Dispatched<K, L> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        self.kernel.run(self.lanes);
    }
}

/// Vectors that can also multiply whole numbers. A lane of a `u32s` holds two numbers of 16 bits, or one sum of 32,
/// all of them signed.
pub(super) trait Lanes: Simd {
    /// Adds to each sum the products of the two numbers of `a` and `b` in its lane.
    fn add_products(self, sums: Self::u32s, a: Self::u32s, b: Self::u32s) -> Self::u32s;
    /// Sums as fractions, rounded to the nearest.
    fn fractions(self, sums: Self::u32s) -> Self::f32s;
}

impl Lanes for Scalar128b {
    #[inline(always)]
    fn add_products(self, sums: Self::u32s, a: Self::u32s, b: Self::u32s) -> Self::u32s {
        let (sums, a, b): ([i32; 4], [[i16; 2]; 4], [[i16; 2]; 4]) = (cast(sums), cast(a), cast(b));
        let product = |lane: usize, half: usize| i32::from(a[lane][half]) * i32::from(b[lane][half]);
        cast(std::array::from_fn::<i32, 4, _>(|lane| sums[lane] + product(lane, 0) + product(lane, 1)))
    }

    #[inline(always)]
    fn fractions(self, sums: Self::u32s) -> Self::f32s {
        let sums: [i32; 4] = cast(sums);
        cast(sums.map(|sum| sum as f32))
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for pulp::x86::V3 {
    #[inline(always)]
    fn add_products(self, sums: Self::u32s, a: Self::u32s, b: Self::u32s) -> Self::u32s {
        let products = self.multiply_wrapping_add_adjacent_i16x16(cast(a), cast(b));
        self.wrapping_add_u32x8(sums, cast(products))
    }

    #[inline(always)]
    fn fractions(self, sums: Self::u32s) -> Self::f32s {
        self.convert_i32x8_to_f32x8(cast(sums))
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for pulp::x86::V4 {
    #[inline(always)]
    fn add_products(self, sums: Self::u32s, a: Self::u32s, b: Self::u32s) -> Self::u32s {
        let products = self.multiply_wrapping_add_adjacent_i16x32(cast(a), cast(b));
        self.wrapping_add_u32x16(sums, cast(products))
    }

    #[inline(always)]
    fn fractions(self, sums: Self::u32s) -> Self::f32s {
        self.convert_i32x16_to_f32x16(cast(sums))
    }
}

/// Numbers as vectors.
#[inline(always)]
pub(super) fn vectors<S: Simd>(numbers: &[f32]) -> &[S::f32s] {
    S::as_simd_f32s(numbers).0
}

/// The greater of two, lane by lane; of equal ones the second, on every processor.
#[inline(always)]
pub(super) fn greater<S: Simd>(simd: S, a: S::f32s, b: S::f32s) -> S::f32s {
    simd.select_f32s(simd.greater_than_f32s(a, b), a, b)
}

/// Brings a row to mean 0 and variance 1, then to its gain and shift.
#[inline(always)]
pub(super) fn normalise(row: &mut [f32; WIDTH], gain: &[f32; WIDTH], shift: &[f32; WIDTH]) {
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

//! Words → vectors: hashed features are embedded and mixed for each word by itself, then four
//! convolutions mix each word with its neighbours.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::packed::{Packed, PackedError};

use super::features::{WordFeatures, murmur3};
use super::model::{Matrix, damaged};
use super::network::{Engine, Maxout, WIDTH};

/// The input of a convolution: a word and its two neighbours.
const WINDOW: usize = 3 * WIDTH;
/// Empty words kept before and after a text. The model was trained with four, one for each convolution, but those
/// beyond the second reach the text's own words only by what the first convolution makes of nothing; the second
/// empty word of the neighbouring text, or the border's, is the same there.
const PADDING: usize = 2;
/// Rows before the first text's padding and after the last one's.
const BORDER: usize = 2;
/// The seed of the first feature's hash; the others count up from it.
const FIRST_SEED: u32 = 8;
/// Words whose own vectors are kept: some 8 MB a network.
const CACHE_LIMIT: usize = 20_000;

/// Two hashes and a flag that tell one kind of word from another.
pub(super) type WordKey = (u64, u64, bool);

/// A network that gives each word of a text its vector. `INPUTS` is 96 for each feature.
#[derive(Debug)]
pub(super) struct Vectors<const INPUTS: usize> {
    embeddings: Vec<Matrix>,
    mixer: Maxout<INPUTS>,
    convolutions: Vec<Maxout<WINDOW>>,
    /// Vectors of words by themselves. They depend on nothing else, so that keeping them changes no result.
    cache: Mutex<HashMap<WordKey, [f32; WIDTH]>>,
}

impl<const INPUTS: usize> Vectors<INPUTS> {
    /// Opens the network of this name.
    pub(super) fn open(packed: &Packed<'static>, name: &str) -> Result<Self, PackedError> {
        let embeddings = (0..INPUTS / WIDTH)
            .map(|feature| Matrix::open(packed, &format!("{name}.embedding{feature}")))
            .collect::<Result<Vec<_>, _>>()?;
        if embeddings.iter().any(|matrix| matrix.columns != WIDTH) {
            return Err(damaged(&format!("the embeddings of {name:?} are not {WIDTH} wide")));
        }
        Ok(Vectors {
            embeddings,
            mixer: maxout(packed, name, 0)?,
            convolutions: (1..5).map(|depth| maxout(packed, name, depth)).collect::<Result<_, _>>()?,
            cache: Mutex::default(),
        })
    }

    /// One vector of 96 numbers for each word, one after another, for several texts of these lengths
    /// at once: each text's vectors are those it would have alone. `features` is asked for the words
    /// that were not met before.
    pub(super) fn of(
        &self,
        engine: Engine,
        lengths: &[usize],
        keys: &[WordKey],
        features: impl Fn(usize) -> WordFeatures,
    ) -> Vec<f32> {
        let own = self.embed(engine, keys, features);
        // A third empty word stands at either end, and beyond it a row that is never computed, so that the window
        // of every other row lies inside.
        let rows = lengths.iter().map(|length| length + 2 * PADDING).sum::<usize>() + 2 * BORDER;
        let mut words = vec![0.0; rows * WIDTH];
        let padded: Vec<Range<usize>> = padded_texts(lengths).collect();
        let mut from = 0;
        for (text, length) in padded.iter().zip(lengths) {
            let target = &mut words[(text.start + PADDING) * WIDTH..][..length * WIDTH];
            target.copy_from_slice(&own[from..from + target.len()]);
            from += target.len();
        }
        let mut mixed = vec![0.0; (rows - 2) * WIDTH];
        for convolution in &self.convolutions {
            convolution.run(engine, &words, WIDTH, &mut mixed);
            for (word, mixed) in words[WIDTH..].iter_mut().zip(&mixed) {
                *word += mixed;
            }
        }
        let unpadded = |text: &Range<usize>| (text.start + PADDING) * WIDTH..(text.end - PADDING) * WIDTH;
        padded.iter().flat_map(|text| &words[unpadded(text)]).copied().collect()
    }

    /// The vectors of the words by themselves.
    fn embed(&self, engine: Engine, keys: &[WordKey], features: impl Fn(usize) -> WordFeatures) -> Vec<f32> {
        let mut own = vec![0.0; keys.len() * WIDTH];
        let (out, _) = own.as_chunks_mut::<WIDTH>();
        let mut unknown = Vec::new();
        {
            let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            for (index, key) in keys.iter().enumerate() {
                match cache.get(key) {
                    Some(vector) => out[index] = *vector,
                    None => unknown.push(index),
                }
            }
        }
        if unknown.is_empty() {
            return own;
        }
        let mut inputs = vec![0.0; unknown.len() * INPUTS];
        for (row, &index) in inputs.chunks_exact_mut(INPUTS).zip(&unknown) {
            self.look_up(&features(index), row);
        }
        let mut vectors = vec![0.0; unknown.len() * WIDTH];
        self.mixer.run(engine, &inputs, INPUTS, &mut vectors);
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() + unknown.len() > CACHE_LIMIT {
            cache.clear();
        }
        for (vector, &index) in vectors.as_chunks::<WIDTH>().0.iter().zip(&unknown) {
            out[index] = *vector;
            cache.insert(keys[index], *vector);
        }
        own
    }

    /// The embeddings of a word's features: the sum of four rows each.
    fn look_up(&self, features: &WordFeatures, out: &mut [f32]) {
        for (feature, (matrix, out)) in self.embeddings.iter().zip(out.chunks_exact_mut(WIDTH)).enumerate() {
            for hash in murmur3(features[feature], FIRST_SEED + feature as u32) {
                for (sum, number) in out.iter_mut().zip(matrix.row(hash as usize % matrix.rows)) {
                    *sum += number;
                }
            }
        }
    }
}

/// The rows of each text with its padding.
fn padded_texts(lengths: &[usize]) -> impl Iterator<Item = Range<usize>> + '_ {
    lengths.iter().scan(BORDER, |start, length| {
        let text = *start..*start + length + 2 * PADDING;
        *start = text.end;
        Some(text)
    })
}

fn maxout<const INPUTS: usize>(
    packed: &Packed<'static>,
    name: &str,
    depth: usize,
) -> Result<Maxout<INPUTS>, PackedError> {
    let numbers = |part: &str| Ok(Matrix::open(packed, &format!("{name}.{part}"))?.numbers());
    let weights = numbers(&format!("maxout{depth}.weight"))?;
    let biases = numbers(&format!("maxout{depth}.bias"))?;
    let gain = numbers(&format!("norm{depth}.gain"))?;
    let shift = numbers(&format!("norm{depth}.bias"))?;
    Maxout::new(&weights, &biases, &gain, &shift)
        .ok_or_else(|| damaged(&format!("layer {depth} of {name:?} has the wrong size")))
}

//! Words → vectors: hashed features are embedded and mixed for each word by itself, then four
//! convolutions mix each word with its neighbours.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::packed::{Packed, PackedError};

use super::features::{WordFeatures, murmur3};
use super::kernels::Engine;
use super::model::{Matrix, damaged};
use super::network::{Maxout, PARTS, WIDTH, Window};
use super::whole::WholeRows;

/// Empty words kept before and after a text. The model was trained with four, one for each convolution, but those
/// beyond the second reach the text's own words only by what the first convolution makes of nothing; the second
/// empty word of the neighbouring text, or the border's, is the same there.
const PADDING: usize = 2;
/// Rows before the first text's padding and after the last one's.
const BORDER: usize = 2;
/// The seed of the first feature's hash; the others count up from it.
const FIRST_SEED: u32 = 8;
/// Kinds of words of which is kept what they are by themselves: some 23 MB a network.
const CACHE_LIMIT: usize = 6_000;

/// Two hashes and a flag that tell one kind of word from another.
pub(super) type WordKey = (u64, u64, bool);

/// A network that gives each word of a text its vector. `INPUTS` is 96 for each feature.
#[derive(Debug)]
pub(super) struct Vectors<const INPUTS: usize> {
    embeddings: Vec<Matrix>,
    mixer: Maxout,
    /// The first convolution.
    window: Window,
    /// The others.
    convolutions: Vec<Maxout>,
    /// Words by themselves. They depend on nothing else, so that keeping them changes no result.
    cache: Mutex<FxHashMap<WordKey, Arc<Alone>>>,
}

/// What a kind of word is by itself.
#[derive(Debug)]
struct Alone {
    vector: [f32; WIDTH],
    /// What it adds to the first convolution of its neighbours and itself.
    parts: [f32; PARTS],
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
            mixer: layer(packed, name, 0, maxout(INPUTS / WIDTH))?,
            window: layer(packed, name, 1, Window::new)?,
            convolutions: (2..5)
                .map(|depth| layer(packed, name, depth, maxout(3)))
                .collect::<Result<_, _>>()?,
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
        let mut alone: Vec<Option<&Alone>> = vec![None; rows];
        let padded: Vec<Range<usize>> = padded_texts(lengths).collect();
        let mut rest = own.iter().map(|word| Some(&**word));
        for text in &padded {
            alone[text.start + PADDING..text.end - PADDING].fill_with(|| rest.next().flatten());
        }
        let mut words = vec![0.0; rows * WIDTH];
        let (vectors, _) = words.as_chunks_mut::<WIDTH>();
        for (at, vector) in vectors.iter_mut().enumerate().take(rows - 1).skip(1) {
            let parts = |at: usize| alone[at].map(|word| &word.parts);
            self.window.run(engine, [parts(at - 1), parts(at), parts(at + 1)], vector);
            if let Some(word) = alone[at] {
                vector.iter_mut().zip(&word.vector).for_each(|(mixed, own)| *mixed += own);
            }
        }
        let mut whole = WholeRows::new();
        for convolution in &self.convolutions {
            whole.take(engine, &words);
            convolution.add(engine, &whole, 1, &mut words[WIDTH..(rows - 1) * WIDTH]);
        }
        let unpadded = |text: &Range<usize>| (text.start + PADDING) * WIDTH..(text.end - PADDING) * WIDTH;
        padded.iter().flat_map(|text| &words[unpadded(text)]).copied().collect()
    }

    /// The words by themselves.
    fn embed(
        &self,
        engine: Engine,
        keys: &[WordKey],
        features: impl Fn(usize) -> WordFeatures,
    ) -> Vec<Arc<Alone>> {
        let mut own: Vec<Option<Arc<Alone>>> = {
            let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
            keys.iter().map(|key| cache.get(key).cloned()).collect()
        };
        // Each unknown kind of word once, where it stands first.
        let mut first: FxHashMap<WordKey, usize> = FxHashMap::default();
        let mut unknown = Vec::new();
        for (index, key) in keys.iter().enumerate().filter(|(index, _)| own[*index].is_none()) {
            first.entry(*key).or_insert_with(|| {
                unknown.push(index);
                unknown.len() - 1
            });
        }
        let mut inputs = vec![0.0; unknown.len() * INPUTS];
        for (row, &index) in inputs.chunks_exact_mut(INPUTS).zip(&unknown) {
            self.look_up(&features(index), row);
        }
        let mut vectors = vec![0.0; unknown.len() * WIDTH];
        self.mixer.add(engine, &WholeRows::of(engine, &inputs), INPUTS / WIDTH, &mut vectors);
        let mut parts = vec![0.0; unknown.len() * PARTS];
        self.window.parts(engine, &WholeRows::of(engine, &vectors), &mut parts);
        let (vectors, parts) = (vectors.as_chunks().0.iter(), parts.as_chunks().0.iter());
        let new: Vec<Arc<Alone>> = vectors
            .zip(parts)
            .map(|(vector, parts)| Arc::new(Alone { vector: *vector, parts: *parts }))
            .collect();
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() + new.len() > CACHE_LIMIT {
            cache.clear();
        }
        cache.extend(unknown.iter().map(|&index| keys[index]).zip(new.iter().cloned()));
        let known = |(word, key): (&mut Option<Arc<Alone>>, &WordKey)| match word.take() {
            Some(word) => word,
            None => Arc::clone(&new[first[key]]),
        };
        own.iter_mut().zip(keys).map(known).collect()
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

/// What makes a maxout layer over windows of so many words.
fn maxout(window: usize) -> impl Fn(&[f32], &[f32], &[f32], &[f32]) -> Option<Maxout> {
    move |weights, biases, gain, shift| Maxout::new(weights, biases, gain, shift, window)
}

/// A layer made of its weights, its biases, and the gain and shift of the norm after it.
fn layer<L>(
    packed: &Packed<'static>,
    name: &str,
    depth: usize,
    make: impl Fn(&[f32], &[f32], &[f32], &[f32]) -> Option<L>,
) -> Result<L, PackedError> {
    let numbers = |part: &str| Ok(Matrix::open(packed, &format!("{name}.{part}"))?.numbers());
    let weights = numbers(&format!("maxout{depth}.weight"))?;
    let biases = numbers(&format!("maxout{depth}.bias"))?;
    let gain = numbers(&format!("norm{depth}.gain"))?;
    let shift = numbers(&format!("norm{depth}.bias"))?;
    make(&weights, &biases, &gain, &shift)
        .ok_or_else(|| damaged(&format!("layer {depth} of {name:?} has the wrong size")))
}

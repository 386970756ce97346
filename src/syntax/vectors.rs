//! Words → vectors: hashed features are embedded and mixed for each word by itself, then four
//! convolutions mix each word with its neighbours.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::kept::Kept;
use crate::packed::{Packed, PackedError};

use super::features::{WordFeatures, murmur3};
use super::kernels::Engine;
use super::model::{Matrix, damaged};
use super::network::{Apart, Maxout, Part, WIDTH};
use super::whole::WholeRows;

/// Empty words kept before and after a text. The model was trained with four, one for each convolution, but those
/// beyond the second reach the text's own words only by what the first convolution makes of nothing; the second
/// empty word of the neighbouring text, or the border's, is the same there.
const PADDING: usize = 2;
/// Rows before the first text's padding and after the last one's.
const BORDER: usize = 2;
/// The seed of the first feature's hash; the others count up from it.
const FIRST_SEED: u32 = 8;
/// Kinds of words of which is kept what they are by themselves: at most some 23 MB a network.
const WORDS_KEPT: usize = 6_000;
/// Features of which is kept what they add: at most some 5 MB a network.
const FEATURES_KEPT: usize = 4_000;

/// Two hashes and a flag that tell one kind of word from another.
pub(super) type WordKey = (u64, u64, bool);

/// A network that gives each word of a text its vector from so many features.
#[derive(Debug)]
pub(super) struct Vectors<const FEATURES: usize> {
    embeddings: Vec<Matrix>,
    mixer: Apart<FEATURES>,
    /// The first convolution.
    window: Apart<3>,
    /// The others.
    convolutions: Vec<Maxout>,
    /// What depends on nothing else, so that keeping it changes no result.
    kept: Mutex<Known>,
}

/// What is known of words and features that were met before.
#[derive(Debug)]
struct Known {
    words: Kept<WordKey, Arc<Alone>>,
    /// By the number of the feature and its hash.
    features: Kept<(usize, u64), Arc<Part>>,
}

/// What a kind of word is by itself.
#[derive(Debug)]
struct Alone {
    vector: [f32; WIDTH],
    /// What it adds to the first convolution of the word after it, its own and that of the word before it.
    parts: [Part; 3],
}

impl<const FEATURES: usize> Vectors<FEATURES> {
    /// Opens the network of this name.
    pub(super) fn open(packed: &Packed<'static>, name: &str) -> Result<Self, PackedError> {
        let embeddings = (0..FEATURES)
            .map(|feature| Matrix::open(packed, &format!("{name}.embedding{feature}")))
            .collect::<Result<Vec<_>, _>>()?;
        if embeddings.iter().any(|matrix| matrix.columns != WIDTH) {
            return Err(damaged(&format!("the embeddings of {name:?} are not {WIDTH} wide")));
        }
        Ok(Vectors {
            embeddings,
            mixer: layer(packed, name, 0, Apart::new)?,
            window: layer(packed, name, 1, Apart::new)?,
            convolutions: (2..5)
                .map(|depth| layer(packed, name, depth, Maxout::new))
                .collect::<Result<_, _>>()?,
            kept: Mutex::new(Known { words: Kept::new(WORDS_KEPT), features: Kept::new(FEATURES_KEPT) }),
        })
    }

    /// One vector of 96 numbers for each word that is wanted, one after another, for several texts of these
    /// lengths at once: each text's vectors are those it would have alone. `features` is asked for the words
    /// that were not met before.
    pub(super) fn of(
        &self,
        engine: Engine,
        lengths: &[usize],
        keys: &[WordKey],
        is_wanted: impl Fn(usize) -> bool,
        features: impl Fn(usize) -> WordFeatures,
    ) -> Vec<f32> {
        // A third empty word stands at either end, and beyond it a row that is never computed, so that the window
        // of every other row lies inside.
        let rows = lengths.iter().map(|length| length + 2 * PADDING).sum::<usize>() + 2 * BORDER;
        let row_of: Vec<usize> = padded_texts(lengths)
            .zip(lengths)
            .flat_map(|(text, length)| (0..*length).map(move |word| text.start + PADDING + word))
            .collect();
        let mut wanted = Vec::new();
        for (word, &row) in row_of.iter().enumerate() {
            if is_wanted(word) {
                include(&mut wanted, row..row + 1);
            }
        }
        // Each convolution looks at the neighbours of what the next one needs.
        let grown = |ranges: &Vec<Range<usize>>| {
            let mut grown = Vec::new();
            ranges.iter().for_each(|rows_of| {
                include(&mut grown, (rows_of.start - 1).max(1)..(rows_of.end + 1).min(rows - 1))
            });
            grown
        };
        let mut needed = vec![wanted];
        for depth in 0..self.convolutions.len() {
            needed.push(grown(&needed[depth]));
        }
        needed.reverse();
        // So does the first one.
        let mut is_looked_at = vec![false; rows];
        grown(&needed[0]).into_iter().for_each(|rows_of| is_looked_at[rows_of].fill(true));
        let asked: Vec<usize> = (0..keys.len()).filter(|&word| is_looked_at[row_of[word]]).collect();
        let asked_keys: Vec<WordKey> = asked.iter().map(|&word| keys[word]).collect();
        let own = self.embed(engine, &asked_keys, |at| features(asked[at]));
        let mut alone: Vec<Option<&Alone>> = vec![None; rows];
        asked.iter().zip(&own).for_each(|(&word, own)| alone[row_of[word]] = Some(own));
        let mut words = vec![0.0; rows * WIDTH];
        let (vectors, _) = words.as_chunks_mut::<WIDTH>();
        for at in needed[0].iter().cloned().flatten() {
            let part = |place: usize| alone[at + place - 1].map(|word| &word.parts[place]);
            let vector = &mut vectors[at];
            self.window.joined(engine, [part(0), part(1), part(2)], vector);
            if let Some(word) = alone[at] {
                vector.iter_mut().zip(&word.vector).for_each(|(mixed, own)| *mixed += own);
            }
        }
        let mut whole = WholeRows::new();
        for (convolution, needed) in self.convolutions.iter().zip(needed.windows(2)) {
            whole.take_some(engine, &words, &needed[0]);
            let rows: Vec<usize> = needed[1].iter().cloned().flatten().collect();
            convolution.add(engine, &whole, &rows, &mut words);
        }
        let mut vectors = Vec::with_capacity(keys.len() * WIDTH);
        for rows in needed.last().into_iter().flatten() {
            vectors.extend_from_slice(&words[rows.start * WIDTH..rows.end * WIDTH]);
        }
        vectors
    }

    /// The words by themselves.
    fn embed(
        &self,
        engine: Engine,
        keys: &[WordKey],
        features: impl Fn(usize) -> WordFeatures,
    ) -> Vec<Arc<Alone>> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut own: Vec<Option<Arc<Alone>>> = {
            let mut kept = lock();
            keys.iter().map(|key| kept.words.get(key)).collect()
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
        let features: Vec<WordFeatures> = unknown.iter().map(|&index| features(index)).collect();
        let mut vectors = vec![[0.0; WIDTH]; unknown.len()];
        let parts: [Vec<Arc<Part>>; FEATURES] =
            std::array::from_fn(|feature| self.feature_parts(engine, feature, &features));
        for (word, vector) in vectors.iter_mut().enumerate() {
            self.mixer.joined(engine, std::array::from_fn(|feature| Some(&*parts[feature][word])), vector);
        }
        let [before, own_part, after] =
            std::array::from_fn(|place| self.window.parts(engine, place, vectors.as_flattened()));
        let parts = before.into_iter().zip(own_part).zip(after);
        let new: Vec<Arc<Alone>> = vectors
            .into_iter()
            .zip(parts)
            .map(|(vector, ((before, own), after))| Arc::new(Alone { vector, parts: [before, own, after] }))
            .collect();
        let mut kept = lock();
        for (&index, word) in unknown.iter().zip(&new) {
            kept.words.insert(keys[index], Arc::clone(word), 1);
        }
        let known = |(word, key): (&mut Option<Arc<Alone>>, &WordKey)| match word.take() {
            Some(word) => word,
            None => Arc::clone(&new[first[key]]),
        };
        own.iter_mut().zip(keys).map(known).collect()
    }

    /// What the words' features of this number add to their mixtures.
    fn feature_parts(&self, engine: Engine, feature: usize, words: &[WordFeatures]) -> Vec<Arc<Part>> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rows: Vec<f32> = Vec::new();
        let (mut new, mut hashes): (FxHashMap<u64, usize>, Vec<u64>) = Default::default();
        let mut parts: Vec<Option<Arc<Part>>> = Vec::with_capacity(words.len());
        {
            let mut kept = lock();
            for word in words {
                let part = kept.features.get(&(feature, word[feature]));
                if part.is_none() && !new.contains_key(&word[feature]) {
                    new.insert(word[feature], hashes.len());
                    hashes.push(word[feature]);
                    rows.extend(self.look_up(feature, word[feature]));
                }
                parts.push(part);
            }
        }
        let computed: Vec<Arc<Part>> =
            self.mixer.parts(engine, feature, &rows).into_iter().map(Arc::new).collect();
        let mut kept = lock();
        for (hash, part) in hashes.into_iter().zip(&computed) {
            kept.features.insert((feature, hash), Arc::clone(part), 1);
        }
        let known = |(part, word): (Option<Arc<Part>>, &WordFeatures)| {
            part.unwrap_or_else(|| Arc::clone(&computed[new[&word[feature]]]))
        };
        parts.into_iter().zip(words).map(known).collect()
    }

    /// The embedding of a word's feature: the sum of four rows.
    fn look_up(&self, feature: usize, hash: u64) -> [f32; WIDTH] {
        let matrix = &self.embeddings[feature];
        let mut sum = [0.0; WIDTH];
        for hash in murmur3(hash, FIRST_SEED + feature as u32) {
            for (sum, number) in sum.iter_mut().zip(matrix.row(hash as usize % matrix.rows)) {
                *sum += number;
            }
        }
        sum
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

/// Adds a range to ranges in order; what touches the last one goes on with it.
fn include(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    match ranges.last_mut() {
        Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
        _ => ranges.push(range),
    }
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

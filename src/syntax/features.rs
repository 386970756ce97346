//! What the networks see of a word: its norm, first letter, last three letters, shape, whether a
//! space follows and whether it is one; each as a hash, and each hash as four rows of a table.

use rustc_hash::FxHashMap;

use crate::packed::{Packed, PackedError};

use super::characters::{Class, is_space};
use super::model::section;

/// Strings → the 64-bit numbers that the model was trained with.
#[derive(Debug)]
pub(super) struct Identifiers {
    symbols: FxHashMap<String, u64>,
}

impl Identifiers {
    pub(super) fn open(packed: &Packed<'static>) -> Result<Self, PackedError> {
        let symbols = section(packed, "symbols", |reader| {
            let count = reader.u32()?;
            (0..count).map(|_| Some((reader.string()?, reader.u64()?))).collect::<Option<FxHashMap<_, _>>>()
        })?;
        Ok(Identifiers { symbols })
    }

    /// The number of a string: a symbol's own, a hash for any other, 0 for none.
    pub(super) fn of(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        self.symbols.get(text).copied().unwrap_or_else(|| murmur2(text.as_bytes(), 1))
    }
}

/// Makes the features of words.
#[derive(Debug)]
pub(super) struct Features {
    identifiers: Identifiers,
    /// Words with a norm other than themselves in lower case.
    norms: FxHashMap<u64, u64>,
    alpha: Class,
    upper: Class,
    digit: Class,
}

/// The six features in the order of the model's columns.
pub(super) type WordFeatures = [u64; 6];

impl Features {
    pub(super) fn open(packed: &Packed<'static>, identifiers: Identifiers) -> Result<Self, PackedError> {
        let norms = section(packed, "norms", |reader| {
            let count = reader.u32()?;
            let row = |_| Some((reader.u64()?, identifiers.of(&reader.string()?)));
            (0..count).map(row).collect::<Option<FxHashMap<_, _>>>()
        })?;
        Ok(Features {
            identifiers,
            norms,
            alpha: Class::open(packed, "is_alpha")?,
            upper: Class::open(packed, "is_upper")?,
            digit: Class::open(packed, "is_digit")?,
        })
    }

    /// The features of a word; `norm` is the identifier of its norm where a special case gives one.
    pub(super) fn of(&self, word: &str, norm: u64, space_after: bool) -> WordFeatures {
        let first = word.chars().next().map_or(0, char::len_utf8);
        let last_three = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
        [
            if norm == 0 { self.norm(word) } else { norm },
            self.identifiers.of(&word[..first]),
            self.identifiers.of(&word[last_three..]),
            self.identifiers.of(&self.shape(word)),
            u64::from(space_after),
            u64::from(is_all_space(word)),
        ]
    }

    fn norm(&self, word: &str) -> u64 {
        let own = self.norms.get(&self.identifiers.of(word));
        own.copied().unwrap_or_else(|| self.identifiers.of(&word.to_lowercase()))
    }

    /// "Wonsan" → "Xxxxx": letters and digits by their kind, no more than four alike in a row.
    fn shape(&self, word: &str) -> String {
        if word.chars().take(100).count() == 100 {
            return "LONG".to_owned();
        }
        let mut shape = String::with_capacity(word.len());
        let (mut last, mut alike) = (None, 0);
        for char in word.chars() {
            let kind = match char {
                _ if self.alpha.has(char) && self.upper.has(char) => 'X',
                _ if self.alpha.has(char) => 'x',
                _ if self.digit.has(char) => 'd',
                _ => char,
            };
            alike = if last == Some(kind) { alike + 1 } else { 0 };
            last = Some(kind);
            if alike < 4 {
                shape.push(kind);
            }
        }
        shape
    }

    /// Whether a word consists of letters alone, as Python's `str.isalpha` knows them.
    pub(super) fn is_alpha(&self, word: &str) -> bool {
        !word.is_empty() && word.chars().all(|char| self.alpha.has(char))
    }
}

/// Whether a token is white space.
pub(super) fn is_all_space(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_space)
}

/// MurmurHash64A.
pub(super) fn murmur2(key: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (key.len() as u64).wrapping_mul(M);
    let (words, rest) = key.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let tail = rest.iter().rev().fold(0, |tail, &byte| tail << 8 | u64::from(byte));
        hash = (hash ^ tail).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> R
}

/// MurmurHash3 (x64, 128 bits) of one number: four hashes of 32 bits.
pub(super) fn murmur3(key: u64, seed: u32) -> [u32; 4] {
    let mix = |mut hash: u64| {
        hash = (hash ^ hash >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash = (hash ^ hash >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        hash ^ hash >> 33
    };
    let k = key.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    // Both halves start from the seed and take in the length, 8 bytes.
    let mut low = k ^ u64::from(seed) ^ 8;
    let mut high = u64::from(seed) ^ 8;
    low = low.wrapping_add(high);
    high = high.wrapping_add(low);
    low = mix(low);
    high = mix(high);
    low = low.wrapping_add(high);
    high = high.wrapping_add(low);
    [low as u32, (low >> 32) as u32, high as u32, (high >> 32) as u32]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_model() {
        // spacy.strings.hash_string("coffee") and ("I'm"), from spaCy's documentation and a run of it.
        assert_eq!(murmur2(b"coffee", 1), 3_197_928_453_018_144_401);
        assert_eq!(murmur2(b"apple", 1), 8_566_208_034_543_834_098);
    }
}

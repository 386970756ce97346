//! The index of names: a folded name in, its meanings out; the best known names of a prefix.
//!
//! A finite state transducer (BurntSushi's `fst`) gives each folded name its number in the order of the
//! alphabet: numbers in order cost the automaton next to nothing, and all names that start alike have
//! numbers next to each other. By its number a name has its meanings (one entry in place, or a list in
//! `postings`) and its worth, which tells how well its best bearer is known.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use fst::raw::Output;

use super::Found;
use super::format::{pack_found, unpack_found};
use crate::packed::{Compression, Packed, PackedError, PackedWriter};

/// Names of which the best worth is kept, to pass over the rest.
const RUN: usize = 128;
/// Above this worth only every second step is told apart, so that a worth is a byte.
const FINE_WORTH: u16 = 200;
/// In a word of `meanings`: the rest is where a list begins in `postings`, not a meaning.
const IS_LIST: u32 = 1 << 31;

/// The names of a gazetteer.
#[derive(Debug)]
pub(super) struct NameIndex {
    names: fst::Map<Cow<'static, [u8]>>,
    /// For each name its one meaning, or where the list of them begins.
    meanings: Cow<'static, [u8]>,
    /// A `u16` count and so many meanings, the most prominent first.
    postings: Cow<'static, [u8]>,
    /// For each name: 0 for codes, which nobody types the beginning of, else the worth from 1.
    worths: Cow<'static, [u8]>,
    /// The best worth of each run of names.
    best: OnceLock<Vec<u8>>,
}

impl NameIndex {
    pub(super) fn open(packed: &Packed<'static>) -> Result<Self, PackedError> {
        let damaged =
            |what: &str| PackedError::Damaged { file: "assets/gazetteer.dl".into(), what: what.into() };
        let names =
            fst::Map::new(packed.section("index")?).map_err(|_| damaged("section \"index\" is no index"))?;
        let (meanings, worths) = (packed.section("meanings")?, packed.section("worths")?);
        if meanings.len() != 4 * names.len() || worths.len() != names.len() {
            return Err(damaged("its names are not as many as their meanings"));
        }
        Ok(NameIndex {
            names,
            meanings,
            worths,
            postings: packed.section("postings")?,
            best: OnceLock::new(),
        })
    }

    /// The number of a folded name.
    pub(super) fn get(&self, folded: &str) -> Option<usize> {
        self.names.get(folded).map(|number| number as usize)
    }

    /// The automaton, for walks of other kinds: its values are the names' numbers.
    pub(super) fn names(&self) -> &fst::Map<Cow<'static, [u8]>> {
        &self.names
    }

    /// What bears the name of this number, the most prominent first.
    pub(super) fn meanings(&self, number: usize) -> impl Iterator<Item = Found> + '_ {
        let word = self.meanings.as_chunks::<4>().0.get(number).map(|bytes| u32::from_le_bytes(*bytes));
        let (one, list) = match word {
            Some(word) if word & IS_LIST == 0 => (Some(unpack_found(word)), &[][..]),
            Some(word) => {
                let at = (word & !IS_LIST) as usize;
                let count =
                    self.postings.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]) as usize);
                (None, self.postings.get(at + 2..at + 2 + count * 4).unwrap_or_default())
            }
            None => (None, &[][..]),
        };
        let listed = list.as_chunks::<4>().0.iter().map(|bytes| unpack_found(u32::from_le_bytes(*bytes)));
        one.into_iter().chain(listed)
    }

    /// Whether some name starts with these letters.
    pub(super) fn has_prefix(&self, folded: &str) -> bool {
        self.range(folded).is_some()
    }

    /// The numbers of all names that start so.
    fn range(&self, start: &str) -> Option<Range<usize>> {
        let index = self.names.as_fst();
        let (mut node, mut sum) = (index.root(), Output::zero());
        let mut end = self.names.len() as u64;
        for &byte in start.as_bytes() {
            let at = node.find_input(byte)?;
            // What a node's next way adds is the number of the first name behind it.
            if at + 1 < node.len() {
                end = sum.cat(node.transition(at + 1).out).value();
            }
            let way = node.transition(at);
            (node, sum) = (index.node(way.addr), sum.cat(way.out));
        }
        Some(sum.value() as usize..end as usize)
    }

    /// The numbers of the best known names that start so, the best first, by the alphabet where equal.
    pub(super) fn best_of_prefix(&self, start: &str, limit: usize) -> Vec<usize> {
        let Some(range) = self.range(start) else { return Vec::new() };
        let best = self.best.get_or_init(|| {
            self.worths.chunks(RUN).map(|run| run.iter().copied().max().unwrap_or(0)).collect()
        });
        // The best so far, ordered; whatever is not better than the last of them is passed over.
        let mut found: Vec<(Reverse<u8>, usize)> = Vec::with_capacity(limit + 1);
        let mut at = range.start;
        while at < range.end {
            let end = range.end.min((at / RUN + 1) * RUN);
            let bar = if found.len() < limit { 0 } else { found.last().map_or(0, |last| last.0.0) };
            if best[at / RUN] > bar {
                for number in at..end {
                    let worth = self.worths[number];
                    let bar = if found.len() < limit { 0 } else { found.last().map_or(0, |last| last.0.0) };
                    if worth > bar {
                        let row = (Reverse(worth), number);
                        found.insert(found.partition_point(|other| *other < row), row);
                        found.truncate(limit);
                    }
                }
            }
            at = end;
        }
        found.into_iter().map(|(_, number)| number).collect()
    }

    /// The name of a number.
    pub(super) fn name(&self, number: usize) -> Option<String> {
        String::from_utf8(self.names.as_fst().get_key(number as u64)?).ok()
    }
}

/// A name to be indexed: its meanings, the most prominent first, and the worth of the best that is shown; none
/// when all are codes.
pub(super) type Meanings = (Vec<Found>, Option<u16>);

/// Writes the index of these folded names.
pub(super) fn write(writer: &mut PackedWriter, names: &BTreeMap<String, Meanings>) {
    let (mut meanings, mut postings, mut worths) = (Vec::new(), Vec::new(), Vec::new());
    for (found, worth) in names.values() {
        let word = if let [only] = found[..] {
            pack_found(only)
        } else {
            let at = postings.len() as u32;
            let count = u16::try_from(found.len()).expect("fewer than 65,536 places of one name");
            postings.extend(count.to_le_bytes());
            found.iter().for_each(|found| postings.extend(pack_found(*found).to_le_bytes()));
            at | IS_LIST
        };
        meanings.extend(word.to_le_bytes());
        worths.push(worth.map_or(0, as_byte));
    }
    let index = fst::Map::from_iter(names.keys().zip(0u64..)).expect("the keys are sorted and unlike");
    writer.section("index", Compression::None, index.as_fst().as_bytes());
    writer.section("meanings", Compression::None, &meanings);
    writer.section("postings", Compression::None, &postings);
    writer.section("worths", Compression::None, &worths);
}

/// A worth from 1 in a byte.
fn as_byte(worth: u16) -> u8 {
    let fine = worth.min(FINE_WORTH);
    u8::try_from(1 + fine + (worth - fine) / 2).unwrap_or(u8::MAX)
}

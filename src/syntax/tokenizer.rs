//! Text → tokens, exactly as spaCy cuts English: white space first, then special cases ("don't"),
//! prefixes and suffixes in turn, web addresses whole, infixes last.

use rustc_hash::FxHashMap;
use std::ops::Range;

use crate::packed::{Packed, PackedError};

use super::address::Addresses;
use super::affixes::Affixes;
use super::characters::is_space;
use super::features::Identifiers;
use super::model::section;

/// Where a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenSpan {
    /// Its first byte in the text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Whether one plain space follows, which belongs to no token.
    pub space_after: bool,
    /// The identifier of the normal form that a special case gives it ("ca" of "can't": "can"); 0 for none.
    pub(super) norm: u64,
}

/// A piece of a special case: its length in bytes and its norm (0: its own).
#[derive(Debug, Clone, Copy)]
struct Piece {
    length: usize,
    norm: u64,
}

/// The rules that cut a text.
#[derive(Debug)]
pub(super) struct Tokenizer {
    affixes: Affixes,
    addresses: Addresses,
    special_cases: FxHashMap<String, Vec<Piece>>,
    /// The length in bytes of the longest special case.
    longest: usize,
    /// Special cases that affixes would cut (":)"), as they are cut, by their first piece.
    sequences: FxHashMap<String, Vec<Vec<String>>>,
}

impl Tokenizer {
    pub(super) fn open(packed: &Packed<'static>, identifiers: &Identifiers) -> Result<Self, PackedError> {
        let special_cases = section(packed, "special_cases", |reader| {
            let count = reader.u32()?;
            let mut cases = Vec::with_capacity(count as usize);
            for _ in 0..count {
                let (mut text, mut pieces) = (String::new(), Vec::new());
                for _ in 0..reader.u32()? {
                    let (piece, norm) = (reader.string()?, reader.string()?);
                    text.push_str(&piece);
                    pieces.push(Piece { length: piece.len(), norm: identifiers.of(&norm) });
                }
                cases.push((text, pieces));
            }
            Some(cases)
        })?;
        let mut tokenizer = Tokenizer {
            affixes: Affixes::open(packed)?,
            addresses: Addresses::open(packed)?,
            longest: special_cases.iter().map(|(text, _)| text.len()).max().unwrap_or(0),
            special_cases: FxHashMap::default(),
            sequences: FxHashMap::default(),
        };
        let mut sequences: FxHashMap<String, Vec<Vec<String>>> = FxHashMap::default();
        for (text, _) in &special_cases {
            let affixes = &tokenizer.affixes;
            if affixes.prefix(text) + affixes.suffix(text) + affixes.infixes(text).len() > 0 {
                let mut spans = Vec::new();
                tokenizer.word(text, 0..text.len(), &mut spans);
                let pieces: Vec<String> =
                    spans.iter().map(|span| text[span.start..span.end].to_owned()).collect();
                sequences.entry(pieces[0].clone()).or_default().push(pieces);
            }
        }
        tokenizer.sequences = sequences;
        tokenizer.special_cases = special_cases.into_iter().collect();
        Ok(tokenizer)
    }

    /// The tokens of a text. Together with the single spaces between them they cover all of it.
    pub(super) fn tokenize(&self, text: &str) -> Vec<TokenSpan> {
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space);
        for (at, char) in text.char_indices() {
            if is_space(char) == in_space {
                continue;
            }
            if start < at {
                self.word(text, start..at, &mut tokens);
            }
            in_space = !in_space;
            start = at;
            if char == ' ' {
                if let Some(last) = tokens.last_mut() {
                    last.space_after = true;
                }
                start += 1;
            }
        }
        if start < text.len() {
            self.word(text, start..text.len(), &mut tokens);
        }
        self.join_sequences(text, tokens)
    }

    /// Cuts what stands between white space (or a run of white space).
    fn word(&self, text: &str, range: Range<usize>, tokens: &mut Vec<TokenSpan>) {
        if self.push_special_case(text, range.clone(), tokens) {
            return;
        }
        let (range, suffixes) = self.split_affixes(text, range, tokens);
        if !range.is_empty() && !self.push_special_case(text, range.clone(), tokens) {
            let core = &text[range.clone()];
            if self.addresses.matches(core, &self.affixes) {
                push(tokens, range);
            } else {
                self.split_infixes(core, range, tokens);
            }
        }
        suffixes.into_iter().rev().for_each(|suffix| push(tokens, suffix));
    }

    /// Pushes the prefixes; gives back the rest and the suffixes, the last in the text first.
    fn split_affixes(
        &self,
        text: &str,
        mut range: Range<usize>,
        tokens: &mut Vec<TokenSpan>,
    ) -> (Range<usize>, Vec<Range<usize>>) {
        let mut suffixes = Vec::new();
        while !range.is_empty() && self.special_case(&text[range.clone()]).is_none() {
            let prefix = self.affixes.prefix(&text[range.clone()]);
            let after_prefix = range.start + prefix..range.end;
            if prefix > 0 && self.special_case(&text[after_prefix.clone()]).is_some() {
                push(tokens, range.start..after_prefix.start);
                range = after_prefix;
                break;
            }
            let suffix = self.affixes.suffix(&text[after_prefix.clone()]);
            let before_suffix = range.start..range.end - suffix;
            if suffix > 0 && self.special_case(&text[before_suffix.clone()]).is_some() {
                suffixes.push(before_suffix.end..range.end);
                range = before_suffix;
                break;
            }
            if prefix + suffix == 0 {
                break;
            }
            if prefix > 0 {
                push(tokens, range.start..after_prefix.start);
            }
            if suffix > 0 {
                suffixes.push(before_suffix.end..range.end);
            }
            range = after_prefix.start..before_suffix.end;
        }
        (range, suffixes)
    }

    fn split_infixes(&self, core: &str, range: Range<usize>, tokens: &mut Vec<TokenSpan>) {
        let mut start = 0;
        for infix in self.affixes.infixes(core) {
            // An infix at the very front stays with what follows it.
            if infix.start == 0 {
                continue;
            }
            if infix.start > start {
                push(tokens, range.start + start..range.start + infix.start);
            }
            push(tokens, range.start + infix.start..range.start + infix.end);
            start = infix.end;
        }
        if start < core.len() {
            push(tokens, range.start + start..range.end);
        }
    }

    fn special_case(&self, text: &str) -> Option<&[Piece]> {
        if text.len() > self.longest {
            return None;
        }
        self.special_cases.get(text).map(Vec::as_slice)
    }

    fn push_special_case(&self, text: &str, range: Range<usize>, tokens: &mut Vec<TokenSpan>) -> bool {
        let Some(pieces) = self.special_case(&text[range.clone()]) else { return false };
        tokens.extend(placed(pieces, range.start));
        true
    }

    /// Puts together again the special cases that affixes have cut, longest first.
    fn join_sequences(&self, text: &str, tokens: Vec<TokenSpan>) -> Vec<TokenSpan> {
        let mut matches: Vec<Range<usize>> = Vec::new();
        for start in 0..tokens.len() {
            let first = &text[tokens[start].start..tokens[start].end];
            if first.len() > self.longest {
                continue;
            }
            for pieces in self.sequences.get(first).into_iter().flatten() {
                let there = tokens[start..].iter().map(|token| &text[token.start..token.end]);
                if there.take(pieces.len()).eq(pieces.iter().map(String::as_str)) {
                    matches.push(start..start + pieces.len());
                }
            }
        }
        if matches.is_empty() {
            return tokens;
        }
        matches.sort_by_key(|range| (std::cmp::Reverse(range.len()), range.start));
        let mut taken = vec![false; tokens.len()];
        let mut chosen = Vec::new();
        for range in matches {
            if !taken[range.start] && !taken[range.end - 1] {
                chosen.push(range.clone());
            }
            taken[range].fill(true);
        }
        chosen.sort_by_key(|range| range.start);
        let mut joined = Vec::with_capacity(tokens.len());
        let mut from = 0;
        for range in chosen {
            let span = tokens[range.start].start..tokens[range.end - 1].end;
            // Pieces with white space between them are no special case.
            let Some(pieces) = self.special_case(&text[span.clone()]) else { continue };
            joined.extend_from_slice(&tokens[from..range.start]);
            joined.extend(placed(pieces, span.start));
            if let Some(last) = joined.last_mut() {
                last.space_after = tokens[range.end - 1].space_after;
            }
            from = range.end;
        }
        joined.extend_from_slice(&tokens[from..]);
        joined
    }
}

fn push(tokens: &mut Vec<TokenSpan>, range: Range<usize>) {
    tokens.push(TokenSpan { start: range.start, end: range.end, space_after: false, norm: 0 });
}

/// The pieces of a special case that begins at this byte.
fn placed(pieces: &[Piece], start: usize) -> impl Iterator<Item = TokenSpan> + '_ {
    pieces.iter().scan(start, |at, piece| {
        let start = *at;
        *at += piece.length;
        Some(TokenSpan { start, end: *at, space_after: false, norm: piece.norm })
    })
}

//! Look-ups by name: exact, longest run of words, prefix, typos.

use std::cmp::Reverse;
use std::sync::Arc;

use fst::automaton::{Automaton, Levenshtein};
use fst::{IntoStreamer, Streamer};

use super::{EntryId, Found, Gazetteer, Institution, Kind, NameKind, fold, typewords};

/// No name in the gazetteer is longer than this when folded.
const LONGEST_NAME: usize = 240;
/// Words a name may have.
const MOST_WORDS: usize = 10;

/// A name close to the one asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearName {
    /// The name as it is kept, folded.
    pub name: String,
    /// Letters to change, add or drop: 0 for names that only go on.
    pub typos: u8,
    /// What bears it, the most prominent first.
    pub found: Vec<Found>,
}

impl Gazetteer {
    /// What bears this name, the most prominent first; exact after folding. "Kursk region" also finds units
    /// called Kursk. Abbreviations and codes are found only where the text writes them so ("U.S.", "US", never "us").
    pub fn find(&self, name: &str) -> Arc<[Found]> {
        self.named(name).0
    }

    /// What bears this name, and the institution of this name.
    pub fn named(&self, name: &str) -> (Arc<[Found]>, Option<Institution>) {
        self.named.get(name, || {
            if name.len() > 4 * LONGEST_NAME {
                return Default::default();
            }
            let folded = fold(name);
            (self.look_up(&folded, name).into(), self.look_up_institution(&folded))
        })
    }

    fn look_up(&self, folded: &str, name: &str) -> Vec<Found> {
        let mut found = self.exact(folded, name);
        if found.is_empty() {
            found = self.with_type_word(folded, name);
        }
        if found.is_empty()
            && let Some(rest) = folded.strip_prefix("the ")
        {
            found = self.exact(rest, name);
        }
        if found.is_empty()
            && let Some(spelled) = typewords::spell_compass(folded)
        {
            found = self.exact(&spelled, name);
        }
        found
    }

    /// Whether some name starts with these folded letters. For scanning: go on while it holds.
    pub fn contains_name_prefix(&self, folded: &str) -> bool {
        self.index.has_prefix(folded)
    }

    /// The longest run of leading words that is a name (a bare code is none), and what bears it.
    pub fn longest(&self, words: &[&str]) -> Option<(usize, Vec<Found>)> {
        let mut best = None;
        let (mut folded, mut written) = (String::new(), String::new());
        for (i, word) in words.iter().take(MOST_WORDS).enumerate() {
            if word.len() > LONGEST_NAME {
                break;
            }
            let next = fold(word);
            if i > 0 {
                written.push(' ');
            }
            written.push_str(word);
            if !next.is_empty() && !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(&next);
            let known = self.contains_name_prefix(&folded);
            let mut found = if known { self.exact(&folded, &written) } else { Vec::new() };
            found.retain(|found| found.name_kind != NameKind::Code);
            if found.is_empty() && !next.is_empty() {
                found = self.with_type_word(&folded, &written);
            }
            if !found.is_empty() && !next.is_empty() {
                best = Some((i + 1, found));
            }
            // A type word may still follow a name that goes no further in the index.
            if !known && !typewords::may_start(&folded) {
                break;
            }
        }
        best
    }

    /// Names that start so, the most prominent first.
    pub fn prefix(&self, start: &str, limit: usize) -> Vec<NearName> {
        let folded = fold(&start.chars().take(LONGEST_NAME).collect::<String>());
        if folded.is_empty() {
            return Vec::new();
        }
        let numbers = self.index.best_of_prefix(&folded, limit);
        numbers.into_iter().filter_map(|number| self.near_name(self.index.name(number)?, 0, number)).collect()
    }

    /// A name with its meanings, but for codes; none when it has no other.
    fn near_name(&self, name: String, typos: u8, number: usize) -> Option<NearName> {
        let found: Vec<Found> = self.shown(number).collect();
        (!found.is_empty()).then_some(NearName { name, typos, found })
    }

    fn shown(&self, number: usize) -> impl Iterator<Item = Found> + '_ {
        self.index.meanings(number).filter(|found| found.name_kind != NameKind::Code)
    }

    /// Names one or two letters away, the closest and most prominent first. Short names allow one typo only,
    /// names of three letters none.
    pub fn similar(&self, name: &str, limit: usize) -> Vec<NearName> {
        let folded = fold(&name.chars().take(LONGEST_NAME).collect::<String>());
        let letters = folded.chars().count();
        let typos = match letters {
            0..=3 => return Vec::new(),
            4..=7 => 1,
            8..=40 => 2,
            _ => return Vec::new(),
        };
        let Ok(automaton) = Levenshtein::new(&folded, typos) else { return Vec::new() };
        self.best_names(self.index.names().search(automaton).into_stream(), limit, |key| {
            distance(&folded, key)
        })
    }

    /// The meanings of a folded name; `written` decides about abbreviations and codes.
    fn exact(&self, folded: &str, written: &str) -> Vec<Found> {
        let Some(number) = self.index.get(folded) else { return Vec::new() };
        let short_form = typewords::is_written_as_short_form(written);
        let in_capitals = !written.chars().any(char::is_lowercase);
        self.index
            .meanings(number)
            .filter(|found| match found.name_kind {
                NameKind::Abbreviation => short_form && (found.rank > 0 || in_capitals),
                NameKind::Code => short_form && !written.contains('.'),
                _ => true,
            })
            .filter(|found| found.entry.0 < self.tables.entries)
            .collect()
    }

    /// "Kursk region", "the province of Hama": units of that name; "the port of Aden": ports.
    fn with_type_word(&self, folded: &str, written: &str) -> Vec<Found> {
        if let Some(bare) = typewords::strip_harbour(folded) {
            let mut found = self.exact(bare, written);
            found.retain(|found| self.kind(found.entry) == Kind::Port);
            return found;
        }
        if let Some(bare) = typewords::strip(folded) {
            let mut found = self.exact(bare, written);
            found
                .retain(|found| matches!(self.kind(found.entry), Kind::Unit | Kind::District | Kind::Region));
            if !found.is_empty() {
                return found;
            }
        }
        if let Some(bare) = typewords::strip_town(folded) {
            let mut found = self.exact(bare, written);
            found.retain(|found| matches!(self.kind(found.entry), Kind::City | Kind::Quarter));
            return found;
        }
        Vec::new()
    }

    /// The best entry of each name decides its place. Only `limit` names are kept while streaming.
    fn best_names<'a, A: Automaton>(
        &'a self,
        mut names: fst::map::Stream<'a, A>,
        limit: usize,
        typos: impl Fn(&str) -> u8,
    ) -> Vec<NearName> {
        let mut best: Vec<(u8, Reverse<u16>, String, usize)> = Vec::new();
        while let Some((key, number)) = names.next() {
            let (Ok(key), number) = (std::str::from_utf8(key), number as usize) else { continue };
            let Some(first) = self.shown(number).next() else { continue };
            best.push((typos(key), Reverse(self.prominence_of(first)), key.to_owned(), number));
            if best.len() >= 8 * limit.max(16) {
                best.sort();
                best.truncate(limit);
            }
        }
        best.sort();
        best.truncate(limit);
        best.into_iter().filter_map(|(typos, _, name, number)| self.near_name(name, typos, number)).collect()
    }

    fn prominence_of(&self, found: Found) -> u16 {
        let id = EntryId(found.entry.0.min(self.tables.entries.saturating_sub(1)));
        worth(self.prominence(id), found.name_kind, found.rank)
    }
}

/// The prominence of an entry under one of its names: full under its usual ones, less under those that
/// readers of English know less. Otherwise "Columbia" (Romanian for Colombia) would be the country.
pub(super) fn worth(prominence: u16, kind: NameKind, rank: u8) -> u16 {
    let percent = match (kind, rank) {
        (NameKind::Usual, _) => 100,
        (NameKind::Abbreviation, _) => 95,
        (NameKind::Alternate, 0 | 1) => 85,
        (NameKind::Former, 0 | 1) => 75,
        (NameKind::Alternate | NameKind::Former, 3) => 30,
        (NameKind::Alternate | NameKind::Former, _) => 50,
        (NameKind::Code, _) => 20,
    };
    (u32::from(prominence) * percent / 100) as u16
}

/// Levenshtein distance in letters, counted only up to 9.
fn distance(a: &str, b: &str) -> u8 {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = cost.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()].min(9) as u8
}

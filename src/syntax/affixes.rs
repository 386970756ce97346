//! What is cut off a word's front, off its end, and out of its middle: spaCy's English patterns,
//! written by hand because they look behind and ahead.

use std::ops::Range;

use crate::packed::{Packed, PackedError};

use super::characters::Class;
use super::model::strings;

/// The patterns' classes of characters and the units of measurement.
#[derive(Debug)]
pub(super) struct Affixes {
    prefix: Class,
    suffix: Class,
    currency: Class,
    before_period: Class,
    icon: Class,
    letter: Class,
    lower: Class,
    upper: Class,
    quote: Class,
    units: Vec<String>,
}

impl Affixes {
    pub(super) fn open(packed: &Packed<'static>) -> Result<Self, PackedError> {
        Ok(Affixes {
            prefix: Class::open(packed, "prefix")?,
            suffix: Class::open(packed, "suffix")?,
            currency: Class::open(packed, "currency")?,
            before_period: Class::open(packed, "before_period")?,
            icon: Class::open(packed, "icon")?,
            letter: Class::open(packed, "letter")?,
            lower: Class::open(packed, "lower")?,
            upper: Class::open(packed, "upper")?,
            quote: Class::open(packed, "quote")?,
            units: strings(packed, "units")?,
        })
    }

    /// The length in bytes of what is to be cut off the front: 0 for nothing.
    pub(super) fn prefix(&self, word: &str) -> usize {
        let Some(first) = word.chars().next() else { return 0 };
        if self.prefix.has(first) {
            return first.len_utf8();
        }
        match first {
            '+' if !word[1..].starts_with(|c: char| c.is_ascii_digit()) => 1,
            '.' if word[1..].starts_with('.') => dots(word),
            'U' if word.starts_with("US$") => 3,
            'C' | 'A' if word[1..].starts_with('$') => 2,
            _ => 0,
        }
    }

    /// The length in bytes of what is to be cut off the end: 0 for nothing. Of several suffixes the
    /// longest wins, for it begins first.
    pub(super) fn suffix(&self, word: &str) -> usize {
        let Some(last) = word.chars().next_back() else { return 0 };
        let before = &word[..word.len() - last.len_utf8()];
        let mut length = if self.suffix.has(last) { last.len_utf8() } else { 0 };
        match last {
            '…' if before.ends_with('…') => length = 2 * last.len_utf8(),
            's' | 'S' => {
                let mark = before.chars().next_back().filter(|mark| ['\'', '’'].contains(mark));
                length = mark.map_or(length, |mark| mark.len_utf8() + 1);
            }
            '+' if ends_with_digit(before) => length = 1,
            '.' => length = length.max(self.period(before)),
            _ => {}
        }
        // Currencies and units are cut off where a digit stands before them.
        if !word.bytes().any(|byte| byte.is_ascii_digit()) {
            return length;
        }
        length.max(self.currency(word)).max(self.unit(word))
    }

    /// The length of the periods at the end of a word, given what stands before the last of them.
    fn period(&self, before: &str) -> usize {
        let dots = before.len() - before.trim_end_matches('.').len();
        if dots > 0 {
            return dots + 1;
        }
        let mut back = before.chars().rev();
        let (last, second) = (back.next(), back.next());
        let is_degree = second == Some('°') && matches!(last, Some('F' | 'f' | 'C' | 'c' | 'K' | 'k'));
        let is_acronym = [last, second].iter().all(|char| char.is_some_and(|char| self.upper.has(char)));
        usize::from(is_degree || is_acronym || last.is_some_and(|char| self.before_period.has(char)))
    }

    fn currency(&self, word: &str) -> usize {
        let after_digit = |length: usize| ends_with_digit(&word[..word.len() - length]);
        let signs = ["US$", "C$", "A$"].iter().filter(|sign| word.ends_with(*sign)).map(|sign| sign.len());
        let single = word.chars().next_back().filter(|&char| self.currency.has(char));
        let mut lengths = signs.chain(single.map(char::len_utf8)).filter(|&length| after_digit(length));
        lengths.next().unwrap_or(0)
    }

    fn unit(&self, word: &str) -> usize {
        let units =
            self.units.iter().filter_map(|unit| Some((unit.len(), word.strip_suffix(unit.as_str())?)));
        units.filter(|(_, before)| ends_with_digit(before)).map(|(length, _)| length).max().unwrap_or(0)
    }

    /// What is to be cut out of the middle, from left to right.
    pub(super) fn infixes(&self, word: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(char) = word[at..].chars().next() {
            match self.infix(&word[..at], &word[at..], char) {
                0 => at += char.len_utf8(),
                length => {
                    found.push(at..at + length);
                    at += length;
                }
            }
        }
        found
    }

    /// The length of the infix at this point.
    fn infix(&self, before: &str, rest: &str, char: char) -> usize {
        if char.is_ascii_alphanumeric() {
            return 0;
        }
        if char == '…' || self.icon.has(char) {
            return char.len_utf8();
        }
        let after = &rest[char.len_utf8()..];
        let after_digit = ends_with_digit(before);
        let is_minus_or_digit = |char: char| char.is_ascii_digit() || char == '-';
        match char {
            '.' if after.starts_with('.') => return dots(rest),
            '.' => {
                let is_between = |class: &Class, other: &Class| {
                    (class.ends(before) || self.quote.ends(before))
                        && (other.starts(after) || self.quote.starts(after))
                };
                return usize::from(is_between(&self.lower, &self.upper));
            }
            '+' | '-' | '*' | '^' if after_digit && after.starts_with(is_minus_or_digit) => return 1,
            ',' => return usize::from(self.letter.ends(before) && self.letter.starts(after)),
            _ => {}
        }
        if !after_digit && !self.letter.ends(before) {
            return 0;
        }
        if matches!(char, ':' | '<' | '>' | '=' | '/') {
            return usize::from(self.letter.starts(after));
        }
        let is_infix =
            |hyphen: &&str| rest.strip_prefix(*hyphen).is_some_and(|after| self.letter.starts(after));
        ["-", "–", "—", "--", "---", "——", "~"].iter().copied().find(is_infix).map_or(0, str::len)
    }

    /// Whether this is a letter in lower case.
    pub(super) fn is_lower(&self, char: char) -> bool {
        self.lower.has(char)
    }
}

/// The number of dots that the text begins with.
fn dots(text: &str) -> usize {
    text.len() - text.trim_start_matches('.').len()
}

fn ends_with_digit(text: &str) -> bool {
    text.ends_with(|char: char| char.is_ascii_digit())
}

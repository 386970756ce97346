//! Words, numbers and marks with their places: what the small grammars of dates and quantities walk over.

use crate::report::Span;

/// The numbers that are one word up to twenty, from zero.
const NUMBER_WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The number that one word says, from zero to twenty.
pub fn number_of_word(word: &str) -> Option<u32> {
    NUMBER_WORDS.iter().position(|known| known.eq_ignore_ascii_case(word)).map(|number| number as u32)
}

/// Tens that are one word, from twenty.
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The number that a word for tens says, from twenty to ninety.
pub fn tens_of_word(word: &str) -> Option<u32> {
    TENS.iter().position(|known| known.eq_ignore_ascii_case(word)).map(|tens| 10 * (tens as u32 + 2))
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// Letters, with apostrophes inside.
    Word,
    /// Digits, with thousands separators or a decimal point inside.
    Number,
    /// One mark.
    Mark,
}

/// One word, number or mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'t> {
    pub text: &'t str,
    pub start: usize,
    pub piece: Piece,
}

impl Word<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether this is that word, whatever its case.
    pub fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    pub fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }

    pub fn capitalised(&self) -> bool {
        self.piece == Piece::Word && self.text.starts_with(char::is_uppercase)
    }
}

/// The words of a stretch of text.
pub(super) struct Words<'t> {
    pub list: Vec<Word<'t>>,
}

impl<'t> Words<'t> {
    pub fn new(text: &'t str, range: Span) -> Self {
        let mut list = Vec::new();
        let mut rest = range.of(text);
        let mut at = range.start;
        while let Some(first) = rest.chars().next() {
            let (piece, length) = if first.is_alphabetic() {
                (Piece::Word, word_length(rest))
            } else if first.is_ascii_digit() {
                (Piece::Number, number_length(rest))
            } else {
                (Piece::Mark, first.len_utf8())
            };
            if !first.is_whitespace() {
                list.push(Word { text: &rest[..length], start: at, piece });
            }
            rest = &rest[length..];
            at += length;
        }
        Words { list }
    }

    pub fn get(&self, at: usize) -> Option<&Word<'t>> {
        self.list.get(at)
    }

    /// The word before, if there is one.
    pub fn before(&self, at: usize) -> Option<&Word<'t>> {
        at.checked_sub(1).and_then(|at| self.list.get(at))
    }

    pub fn is(&self, at: usize, word: &str) -> bool {
        self.get(at).is_some_and(|found| found.is(word))
    }

    pub fn is_one_of(&self, at: usize, words: &[&str]) -> bool {
        self.get(at).is_some_and(|found| found.is_one_of(words))
    }

    /// Whether the phrase begins here; how many words it has.
    pub fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        // Most phrases fail at their first letter.
        let first = |text: &str| text.as_bytes().first().map(u8::to_ascii_lowercase);
        if first(self.get(at)?.text) != first(phrase) {
            return None;
        }
        let mut count = 0;
        for word in phrase.split(' ') {
            if !self.is(at + count, word) {
                return None;
            }
            count += 1;
        }
        Some(count)
    }

    /// The first of the phrases that begins here; which one and how many words it has.
    pub fn phrase_of(&self, at: usize, phrases: &[&str]) -> Option<(usize, usize)> {
        phrases.iter().enumerate().find_map(|(which, phrase)| Some((which, self.phrase(at, phrase)?)))
    }

    /// Whether nothing, not even a space, stands between this word and the one before.
    pub fn glued(&self, at: usize) -> bool {
        match (self.before(at), self.get(at)) {
            (Some(before), Some(word)) => before.end() == word.start,
            _ => false,
        }
    }

    /// The span from one word up to, not with, another.
    pub fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.list[from].start, self.list[to - 1].end())
    }
}

/// Letters and marks on them; an apostrophe between letters belongs to the word.
fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = matches!(c, '\'' | '’') && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let mark = ('\u{300}'..'\u{370}').contains(&c);
        if !(c.is_alphabetic() || mark || inside) {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// Digits; a comma before exactly three of them, or one point before some, belongs to the number.
fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut length = digits(0);
    while length > 0 && bytes.get(length) == Some(&b',') && digits(length + 1) == 3 {
        length += 4;
    }
    if bytes.get(length) == Some(&b'.') && length < bytes.len() && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_marks_are_told_apart() {
        let text = "Oct. 23: 1,500 of Seoul’s 2.5-tonne lorries, in 2019, 4-7";
        let words = Words::new(text, Span::new(0, text.len()));
        let found: Vec<&str> = words.list.iter().map(|word| word.text).collect();
        assert_eq!(
            found,
            [
                "Oct",
                ".",
                "23",
                ":",
                "1,500",
                "of",
                "Seoul’s",
                "2.5",
                "-",
                "tonne",
                "lorries",
                ",",
                "in",
                "2019",
                ",",
                "4",
                "-",
                "7"
            ]
        );
        assert!(words.glued(1) && !words.glued(2));
        assert!(words.list.iter().all(|word| &text[word.start..word.end()] == word.text));
    }
}

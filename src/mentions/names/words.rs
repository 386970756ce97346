//! Words: the text cut into words with their shapes and what stands between them.
//!
//! Toponyms are found over words of our own, not over the parser's tokens, so that finding works
//! without a parse too; where there is a tree each word knows its token.

use super::lists::{Lists, is_abbreviation};
use crate::report::{ParagraphKind, Report};
use crate::syntax::{Token, Tree};

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All small letters.
    Lower,
    /// A capital, then at least one small letter.
    Title,
    /// Capitals only, two or more letters (or letters with full stops).
    Upper,
    /// One capital letter.
    Initial,
    /// Digits, perhaps with letters.
    Number,
}

/// What stands between a word and the word before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The first word of a paragraph.
    Start,
    /// White space only.
    Space,
    /// A hyphen and nothing else.
    Hyphen,
    /// A slash and nothing else.
    Slash,
    /// A comma.
    Comma,
    /// The end of a sentence.
    Stop,
    /// Anything else: quotes, brackets, colons, dashes.
    Other,
}

/// One word of the text.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Its letters.
    pub text: &'t str,
    /// The lists that have it.
    pub lists: Lists,
    /// How it is written.
    pub shape: Shape,
    /// What stands before it.
    pub gap: Gap,
    /// Whether a possessive ending follows ("'s", "'" after s).
    pub possessive: bool,
    /// Number of its paragraph.
    pub paragraph: usize,
    /// Tree and token, where parsed.
    pub token: Option<(usize, usize)>,
    /// Whether its paragraph or sentence is written in capitals throughout.
    pub shouted: bool,
}

impl Word<'_> {
    /// Whether it begins with a capital.
    pub fn capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Upper | Shape::Initial)
    }

    /// Whether it opens a sentence or paragraph.
    pub fn opens(&self) -> bool {
        matches!(self.gap, Gap::Start | Gap::Stop)
    }
}

/// The words of a report that are its own (no boilerplate), in order.
pub fn words<'t>(report: &'t Report, trees: &[Tree]) -> Vec<Word<'t>> {
    let text = report.text.as_str();
    let mut words = Vec::new();
    let whole = [crate::report::Span::new(0, text.len())];
    let spans: Vec<crate::report::Span> = if report.paragraphs.is_empty() {
        whole.to_vec()
    } else {
        report.paragraphs.iter().filter(|p| p.kind != ParagraphKind::Boilerplate).map(|p| p.span).collect()
    };
    for (paragraph, span) in spans.iter().enumerate() {
        let first = words.len();
        cut(text, span.start, span.end, paragraph, &mut words);
        mark_shouting(&mut words[first..]);
    }
    attach(&mut words, trees);
    words
}

/// Cuts one paragraph.
fn cut<'t>(text: &'t str, from: usize, to: usize, paragraph: usize, words: &mut Vec<Word<'t>>) {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut last_end = from;
    let first = words.len();
    // Nearly all characters are ASCII: bytes tell as much as they do, sooner.
    while at < to {
        if bytes[at].is_ascii() && !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let c = text[at..].chars().next().expect("at < to lies on a character");
        if !c.is_alphanumeric() {
            at += c.len_utf8();
            continue;
        }
        let start = at;
        let mut end = at;
        let mut possessive = false;
        let mut abbreviation = Abbreviation::new(start);
        while end < to {
            if bytes[end].is_ascii_alphanumeric() {
                end += 1;
                continue;
            }
            if bytes[end] == b' ' {
                break;
            }
            let c = text[end..].chars().next().expect("end < to lies on a character");
            if c.is_alphanumeric() || is_combining(c) {
                end += c.len_utf8();
                continue;
            }
            let after = text[end + c.len_utf8()..to].chars().next();
            match c {
                '\'' | '’' | '‘' | 'ʻ' | '`' => {
                    let rest = &text[end + c.len_utf8()..to];
                    let tail: String = rest.chars().take_while(|c| c.is_alphanumeric()).take(3).collect();
                    if matches!(tail.as_str(), "s" | "S") {
                        possessive = true;
                        break;
                    }
                    if tail.is_empty() {
                        possessive = c != '‘' && text[start..end].ends_with(['s', 'S']);
                        break;
                    }
                    if matches!(tail.as_str(), "t" | "re" | "ve" | "ll" | "d" | "m") {
                        break;
                    }
                    end += c.len_utf8();
                }
                // Abbreviations: letters and full stops by turns ("U.S."), and the short ones.
                '.' => {
                    abbreviation.add(text, end);
                    let joins = after.is_some_and(char::is_alphanumeric);
                    let next_is_capital = after.is_some_and(char::is_uppercase);
                    let is_initials = abbreviation.lettered
                        && next_is_capital
                        && text[start..].starts_with(char::is_uppercase);
                    let is_number = joins && abbreviation.numeric;
                    if is_initials || is_number {
                        end += 1;
                    } else {
                        // The closing full stop belongs to an abbreviation.
                        if abbreviation.parts > 1 && abbreviation.lettered
                            || is_abbreviation(&text[start..end])
                        {
                            end += 1;
                        }
                        break;
                    }
                }
                '&' if end - start <= 2 && after.is_some_and(char::is_alphanumeric) => end += 1,
                _ => break,
            }
        }
        if end == start {
            at += 1;
            continue;
        }
        let word = &text[start..end];
        let gap = if words.len() == first { Gap::Start } else { gap_of(&text[last_end..start], words) };
        words.push(Word {
            start,
            end,
            text: word,
            lists: Lists::of(word),
            shape: shape_of(word),
            gap,
            possessive,
            paragraph,
            token: None,
            shouted: false,
        });
        last_end = end;
        at = end;
        if possessive {
            // Step over the ending.
            let mut chars = text[at..to].chars();
            let mark = chars.next().map_or(0, char::len_utf8);
            at += mark;
            if matches!(chars.next(), Some('s' | 'S')) && at < bytes.len() {
                at += 1;
            }
            last_end = at;
        }
    }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// What the parts of a word are, full stop by full stop, each looked at once.
struct Abbreviation {
    /// Where the next part begins.
    part: usize,
    parts: usize,
    /// Single letters with full stops between: "U.S", "N.D", "W.Va".
    lettered: bool,
    /// Digits only: "1.5".
    numeric: bool,
}

impl Abbreviation {
    fn new(start: usize) -> Self {
        Abbreviation { part: start, parts: 0, lettered: true, numeric: true }
    }

    /// Adds the part before the full stop at `stop`.
    fn add(&mut self, text: &str, stop: usize) {
        let part = &text[self.part..stop];
        self.lettered &= match self.parts {
            0 => part.chars().count() == 1,
            _ => part.chars().count() <= 2 && part.chars().next().is_none_or(char::is_uppercase),
        };
        self.numeric &= part.chars().all(|c| c.is_ascii_digit());
        self.part = stop + 1;
        self.parts += 1;
    }
}

fn shape_of(word: &str) -> Shape {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Shape::Lower; // most are
    }
    let mut letters = 0;
    let mut capitals = 0;
    let mut first_capital = false;
    let mut digit_first = false;
    for (i, c) in word.chars().enumerate() {
        if i == 0 {
            first_capital = c.is_uppercase();
            digit_first = c.is_numeric();
        }
        if c.is_alphabetic() {
            letters += 1;
            capitals += usize::from(c.is_uppercase());
        }
    }
    if digit_first {
        Shape::Number
    } else if letters == 1 && first_capital {
        Shape::Initial
    } else if letters == capitals && letters > 0 {
        Shape::Upper
    } else if first_capital
        || word.split_once(['\'', '’']).is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase))
    {
        // "d'Ivoire" is a name too.
        Shape::Title
    } else {
        Shape::Lower
    }
}

fn gap_of(between: &str, words: &[Word]) -> Gap {
    if between == " " {
        return Gap::Space; // nearly always
    }
    let trimmed = between.trim();
    let before = words.last().map_or("", |w| w.text);
    match trimmed {
        "" if between.matches('\n').count() >= 2 => Gap::Stop,
        "" if !between.is_empty() => Gap::Space,
        "-" | "‑" | "–" if between == trimmed => Gap::Hyphen,
        "/" => Gap::Slash,
        "," | "`,`" => Gap::Comma,
        "." if is_abbreviation(before) => Gap::Space,
        _ if trimmed.contains(['.', '!', '?', '…']) || between.contains('\n') => Gap::Stop,
        _ => Gap::Other,
    }
}

/// A paragraph or sentence whose words are nearly all capitals shouts: shape says nothing there.
fn mark_shouting(words: &mut [Word]) {
    let mut from = 0;
    while from < words.len() {
        let mut to = from + 1;
        while to < words.len() && words[to].gap != Gap::Stop {
            to += 1;
        }
        let sentence = &words[from..to];
        let lettered = sentence.iter().filter(|w| w.shape != Shape::Number).count();
        let upper = sentence.iter().filter(|w| matches!(w.shape, Shape::Upper | Shape::Initial)).count();
        if lettered >= 4 && upper * 10 >= lettered * 8 {
            words[from..to].iter_mut().for_each(|w| w.shouted = true);
        }
        from = to;
    }
}

/// Gives each word its token: the first non-space token that overlaps it.
fn attach(words: &mut [Word], trees: &[Tree]) {
    let mut tokens = trees
        .iter()
        .enumerate()
        .flat_map(|(t, tree)| tree.tokens.iter().enumerate().map(move |(i, token)| (t, i, token)))
        .filter(|(_, _, token)| !token.is_space)
        .peekable();
    for word in words {
        while tokens.next_if(|(_, _, token)| token.end <= word.start).is_some() {}
        if let Some((t, i, token)) = tokens.peek()
            && token.start < word.end
        {
            word.token = Some((*t, *i));
        }
    }
}

/// The token of a word.
pub fn token<'s>(word: &Word, trees: &'s [Tree]) -> Option<&'s Token> {
    word.token.map(|(tree, token)| &trees[tree].tokens[token])
}

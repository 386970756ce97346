//! A text cut into paragraphs, each with its kind.

use super::boilerplate::{self, Furniture};
use super::{Paragraph, ParagraphKind, Span, calendar};

/// The paragraphs of a text in order. Blank lines part them; so does every line break, unless the
/// lines are plainly one paragraph wrapped at a width.
pub fn split(text: &str) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    for block in blocks(text) {
        if wrapped(text, &block) {
            let (first, last) = (block[0], block[block.len() - 1]);
            push(&mut paragraphs, text, Span::new(first.start, last.end));
        } else {
            for line in block {
                push(&mut paragraphs, text, line);
            }
        }
    }
    headings(text, &mut paragraphs);
    paragraphs
}

/// Runs of lines without a blank line between them, each line trimmed.
fn blocks(text: &str) -> Vec<Vec<Span>> {
    let mut blocks = vec![Vec::new()];
    let mut from = 0;
    for line in text.split_inclusive(['\n', '\u{2028}', '\u{2029}', '\u{c}']) {
        let start = from + (line.len() - line.trim_start().len());
        let end = from + line.trim_end().len();
        match start < end {
            true => blocks.last_mut().expect("never empty").push(Span::new(start, end)),
            false => blocks.push(Vec::new()),
        }
        from += line.len();
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Whether the lines are one paragraph broken at a width: none long, all but the last nearly full,
/// and some line ends in mid-sentence.
fn wrapped(text: &str, lines: &[Span]) -> bool {
    let length = |span: &Span| span.of(text).chars().count();
    let Some(longest) = lines.iter().map(length).max() else { return false };
    let (_, full) = lines.split_last().expect("a block has a line");
    !full.is_empty()
        && longest <= 100
        && full.iter().all(|line| length(line) * 10 >= longest * 6 && length(line) >= 40)
        && full.iter().any(|line| !ends_sentence(line.of(text)))
}

/// Whether a line ends as a sentence does.
fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    line.ends_with(['.', '!', '?', ':', ';', '…'])
}

/// Adds a paragraph, parting the page's furniture from the report's words.
fn push(paragraphs: &mut Vec<Paragraph>, text: &str, span: Span) {
    let mut rest = span;
    while let Furniture::Start(length) = boilerplate::furniture(rest.of(text)) {
        let (credit, after) = rest.of(text).split_at(length);
        let credit = Span::new(rest.start, rest.start + credit.trim_end().len());
        paragraphs.push(Paragraph { span: credit, kind: ParagraphKind::Boilerplate });
        rest.start = rest.end - after.trim_start().len();
    }
    let words = rest.of(text);
    let kind = match boilerplate::furniture(words) {
        Furniture::Whole => ParagraphKind::Boilerplate,
        _ if words.len() <= 40 && whole_date(words) && calendar::parse_date(words).is_ok() => {
            ParagraphKind::DateLine
        }
        _ => ParagraphKind::Body,
    };
    paragraphs.push(Paragraph { span: rest, kind });
}

/// Whether nothing follows the date on its line.
fn whole_date(words: &str) -> bool {
    words.ends_with(|c: char| c.is_ascii_digit())
}

/// Short lines that end as no sentence does, before a paragraph of words, are headings.
fn headings(text: &str, paragraphs: &mut [Paragraph]) {
    let mut before_words = false;
    for paragraph in paragraphs.iter_mut().rev() {
        let own = matches!(paragraph.kind, ParagraphKind::Body | ParagraphKind::Heading);
        if !own {
            continue;
        }
        let words = paragraph.span.of(text);
        if before_words && is_heading(words) {
            paragraph.kind = ParagraphKind::Heading;
        }
        before_words = words.len() > 40;
    }
}

fn is_heading(words: &str) -> bool {
    let short = words.len() <= 120 && words.split_whitespace().count() <= 16;
    let begins_as_one = words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“');
    let goes_on = words.ends_with([',', '"', '”', '–', '—', '-']);
    short && begins_as_one && !ends_sentence(words) && !goes_on
}

#[cfg(test)]
mod tests {
    use super::*;
    use ParagraphKind::{Body, Boilerplate, DateLine, Heading};

    fn kinds(text: &str) -> Vec<(ParagraphKind, &str)> {
        split(text).into_iter().map(|p| (p.kind, p.span.of(text))).collect()
    }

    #[test]
    fn each_line_is_a_paragraph_unless_it_is_wrapped() {
        let lines = "The ship left Wonsan at dawn.\r\nIt reached Vladivostok a day later.\n";
        assert_eq!(kinds(lines).len(), 2);
        let wrapped = "At 800 AM EDT (1200 UTC), the center of Post-Tropical Cyclone\n\
                       Ada was located near latitude 37.0 North, longitude 70.0 West.\n\
                       The cyclone is moving toward the east-northeast near 12 mph.";
        assert_eq!(kinds(wrapped).len(), 1);
    }

    #[test]
    fn a_date_alone_on_its_line_dates_what_follows() {
        let digest = "9 June 2025\nA convoy of 300 cars departs from Tunis to Gaza, its leaders say.\n\
                      Sunday, September 1, 2019\nThe storm reached Elbow Cay in the morning.";
        let kinds: Vec<_> = kinds(digest).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [DateLine, Body, DateLine, Body]);
    }

    #[test]
    fn a_headline_is_a_heading() {
        let text = "Orchestra sets out for Erzurum\n\nThe orchestra left Plovdiv by night train on Tuesday.";
        assert_eq!(kinds(text)[0], (Heading, "Orchestra sets out for Erzurum"));
        assert_eq!(kinds(text)[1].0, Body);
    }

    #[test]
    fn a_photo_credit_glued_to_the_text_is_parted_from_it() {
        let text = "Photo from ReutersU.S. officials said on Wednesday that the ship had left.";
        let found = kinds(text);
        assert_eq!(found[0], (Boilerplate, "Photo from Reuters"));
        assert_eq!(found[1], (Body, "U.S. officials said on Wednesday that the ship had left."));
    }

    #[test]
    fn the_page_around_the_report_is_boilerplate() {
        let text = "The ship left.\nDiscover more from Harbour Talks | Ships and Pictures\nSubscribe to get the latest posts sent to your email.";
        let kinds: Vec<_> = kinds(text).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [Body, Boilerplate, Boilerplate]);
    }
}

//! What a text is written in; Markdown → the text that is read, and what its front matter says.

use super::{Remark, Source, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::Deserialize;

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// As it stands.
    Plain,
    /// Markdown, perhaps with front matter.
    Markdown,
    /// A web page.
    Html,
}

impl Markup {
    /// From a file name or media type if there is one, else from how the text begins.
    pub fn of(text: &str, name_hint: Option<&str>) -> Self {
        let hint = name_hint.unwrap_or_default().to_ascii_lowercase();
        let hint = hint.split(';').next().unwrap_or_default().trim();
        let named = |names: &[&str]| names.iter().any(|name| hint.ends_with(name));
        if named(&[".md", ".markdown", "text/markdown"]) {
            return Markup::Markdown;
        }
        if named(&[".html", ".htm", ".xhtml", "text/html", "application/xhtml+xml"]) {
            return Markup::Html;
        }
        if named(&[".txt", "text/plain"]) {
            return Markup::Plain;
        }
        let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
        if start.starts_with("<!doctype html") || start.starts_with("<html") {
            Markup::Html
        } else if front_matter(text).is_some() {
            Markup::Markdown
        } else {
            Markup::Plain
        }
    }
}

/// The fields of a front matter that we know; others are left alone.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FrontMatter {
    id: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    date: Option<String>,
    url: Option<String>,
    lang: Option<String>,
}

/// Front matter and the rest of the text, if the text begins with one.
fn front_matter(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix("---")?;
    let body = body.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let mut from = 0;
    for line in body.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&body[..from], &body[from + line.len()..]));
        }
        from += line.len();
    }
    None
}

/// The text of a Markdown file and what its front matter says.
pub fn from_markdown(markdown: &str, remarks: &mut Vec<Remark>) -> (String, Source) {
    let (mut source, body) = match front_matter(markdown) {
        None => (Source::default(), markdown),
        Some((yaml, body)) => match serde_saphyr::from_str::<FrontMatter>(yaml) {
            Ok(known) => {
                let published = known.published.or(known.date);
                let FrontMatter { id, title, publisher, url, lang, .. } = known;
                (Source { id, title, publisher, url, published, lang }, body)
            }
            // An empty front matter is no mistake.
            Err(_) if yaml.trim().is_empty() => (Source::default(), body),
            Err(error) => {
                let why = error.to_string();
                let why = why.lines().next().unwrap_or_default();
                let message = format!("The front matter could not be read and was left out: {why}.");
                remarks.push(Remark::new("front-matter", Span::new(0, 0), message));
                (Source::default(), body)
            }
        },
    };
    let (text, heading) = markdown_text(body);
    source.title = source.title.or(heading);
    (text, source)
}

/// Markdown as plain paragraphs, and its first heading if the text begins with one.
fn markdown_text(markdown: &str) -> (String, Option<String>) {
    let mut out = String::new();
    let mut first_heading = None;
    let mut heading_from = None;
    let mut hidden = 0;
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => hidden += 1,
            Event::End(TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => hidden -= 1,
            _ if hidden > 0 => {}
            Event::Start(Tag::Heading { .. }) => heading_from = Some(out.len()),
            Event::End(TagEnd::Heading(_)) => {
                let from = heading_from.take().unwrap_or(0);
                if from == 0 && first_heading.is_none() {
                    first_heading = Some(out.trim().to_owned()).filter(|words| !words.is_empty());
                }
                end_block(&mut out);
            }
            Event::Text(words) | Event::Code(words) => out.push_str(&words),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak | Event::End(TagEnd::TableRow | TagEnd::TableHead) => out.push('\n'),
            Event::End(TagEnd::TableCell) => out.push_str("  "),
            Event::End(TagEnd::Paragraph | TagEnd::Item) => end_block(&mut out),
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push('\n');
    }
    (out, first_heading)
}

/// Exactly one blank line between blocks.
fn end_block(out: &mut String) {
    out.truncate(out.trim_end().len());
    if !out.is_empty() {
        out.push_str("\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_gives_the_source_and_leaves_the_text() {
        let mut remarks = Vec::new();
        let file = "---\ntitle: \"Ships: a tale\"\npublished: 2031-04-15\nother: [1, 2]\n---\n\nThe *ferry* left\n[Suakin](x).\n\n## Later\n\nIt came back.\n";
        let (text, source) = from_markdown(file, &mut remarks);
        assert_eq!(text, "The ferry left Suakin.\n\nLater\n\nIt came back.\n");
        assert_eq!(source.title.as_deref(), Some("Ships: a tale"));
        assert_eq!(source.published.as_deref(), Some("2031-04-15"));
        assert_eq!(remarks, []);
    }

    #[test]
    fn broken_front_matter_is_a_remark_and_the_text_is_still_read() {
        let mut remarks = Vec::new();
        let (text, source) = from_markdown("---\ntitle: [unclosed\n---\nThe ferry left.\n", &mut remarks);
        assert_eq!(text, "The ferry left.\n");
        assert_eq!(source, Source::default());
        assert_eq!(remarks[0].code, "front-matter");
    }

    #[test]
    fn markup_is_told_by_name_then_by_looks() {
        assert_eq!(Markup::of("x", Some("a.MD")), Markup::Markdown);
        assert_eq!(Markup::of("<p>", Some("text/html; charset=utf-8")), Markup::Html);
        assert_eq!(Markup::of("<!DOCTYPE html><p>", None), Markup::Html);
        assert_eq!(Markup::of("---\ntitle: a\n---\nb", None), Markup::Markdown);
        assert_eq!(Markup::of("--- he said", None), Markup::Plain);
    }
}

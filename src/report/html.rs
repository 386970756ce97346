//! Web pages → the article that is read, and what the page says of itself.

use super::{Remark, Source, Span};
use dom_smoothie::{Config, Readability, TextMode};

/// Pages nested deeper than people write them are read tag by tag: the article finder's time and
/// stack grow with the depth.
const DEPTH_LIMIT: usize = 256;
/// Beyond so many elements no article is looked for.
const ELEMENT_LIMIT: usize = 50_000;

/// The article of a web page and what the page says of itself.
pub fn from_html(html: &str, remarks: &mut Vec<Remark>) -> (String, Source) {
    let config = Config {
        text_mode: TextMode::Formatted,
        char_threshold: 200,
        max_elements_to_parse: ELEMENT_LIMIT,
        ..Config::default()
    };
    let article = match depth(html) {
        ..=DEPTH_LIMIT => Readability::new(html, None, Some(config)).and_then(|mut page| page.parse()).ok(),
        _ => None,
    };
    let Some(article) = article else {
        let message = "No article was found in the page: all of its text was read.";
        remarks.push(Remark::new("no-article", Span::new(0, 0), message));
        return (tidy(&without_tags(html)), Source::default());
    };
    let some = |words: String| Some(words).filter(|words| !words.trim().is_empty());
    let source = Source {
        id: None,
        title: some(article.title),
        publisher: article.site_name,
        url: article.url,
        published: article.published_time,
        lang: article.lang,
    };
    (tidy(&article.text_content), source)
}

/// Lines trimmed, one blank line between them.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() { String::new() } else { lines.join("\n\n") + "\n" }
}

/// One tag: where it and its text begin and end, its name in small letters, whether it closes.
struct Tag<'h> {
    start: usize,
    end: usize,
    name: &'h str,
    closes: bool,
}

/// The tags of a page in order, a comment as one without a name; what stands in scripts and styles
/// is none.
fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + html.get(from..)?.find('<')?;
            let rest = &html[start + 1..];
            if rest.starts_with("!--") {
                from = rest.find("-->").map_or(html.len(), |end| start + 1 + end + 3);
                return Some(Tag { start, end: from, name: "", closes: false });
            }
            let closes = rest.starts_with('/');
            let name = &rest[usize::from(closes)..];
            let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
            let name = &name[..length];
            if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
                from = start + 1;
                continue;
            }
            let end = rest.find('>').map_or(html.len(), |end| start + end + 2);
            let raw = ["script", "style"].iter().find(|raw| !closes && name.eq_ignore_ascii_case(raw));
            from = match raw {
                Some(raw) => closing(html, end, raw),
                None => end,
            };
            return Some(Tag { start, end, name, closes });
        }
    })
}

/// Where the closing tag of that name begins, from an offset on; the end of the page if it is missing.
fn closing(html: &str, from: usize, name: &str) -> usize {
    let is_it =
        |at: &usize| html[at + 2..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    let starts = html[from..].match_indices("</").map(|(at, _)| from + at);
    { starts }.find(|at| is_it(at)).unwrap_or(html.len())
}

/// How deep the elements of a page are nested, those left aside that need no closing tag.
fn depth(html: &str) -> usize {
    const SELF_CLOSING: &[&str] = &[
        "", "p", "li", "br", "hr", "img", "meta", "link", "input", "td", "tr", "th", "dt", "dd", "option",
        "source", "area", "base", "col", "embed", "wbr", "track", "path", "circle", "rect", "use", "thead",
        "tbody",
    ];
    let nests = |tag: &Tag| !SELF_CLOSING.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
    let (mut depth, mut deepest) = (0_usize, 0);
    for tag in tags(html).filter(nests) {
        depth = if tag.closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}

/// The last resort for a page without an article: its text, a line for each block.
fn without_tags(html: &str) -> String {
    const HIDDEN: &[&str] = &["script", "style", "noscript", "template", "head", "nav", "footer", "svg"];
    const INLINE: &[&str] = &[
        "", "a", "b", "i", "em", "strong", "span", "u", "small", "sub", "sup", "abbr", "cite", "mark",
        "time", "font",
    ];
    let among = |names: &[&str], name: &str| names.iter().any(|known| name.eq_ignore_ascii_case(known));
    let mut text = String::new();
    let (mut from, mut hidden_until) = (0, 0);
    for tag in tags(html) {
        if tag.start < hidden_until {
            continue;
        }
        text.push_str(&entities(
            &html[from.max(hidden_until).min(tag.start)..tag.start].replace(['\n', '\r'], " "),
        ));
        from = tag.end;
        if !tag.closes && among(HIDDEN, tag.name) {
            hidden_until = closing(html, tag.end, tag.name);
        } else if !among(INLINE, tag.name) {
            text.push('\n');
        }
    }
    let rest = from.max(hidden_until).min(html.len());
    text.push_str(&entities(&html[rest..]));
    text
}

/// The few character references that ordinary text needs, and numbers.
fn entities(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = rest.char_indices().take(10).find(|(_, c)| *c == ';').and_then(|(end, _)| {
            let c = match &rest[1..end] {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => ' ',
                "ndash" => '–',
                "mdash" => '—',
                "rsquo" => '’',
                "ldquo" => '“',
                "rdquo" => '”',
                number => {
                    let digits = number.strip_prefix('#')?;
                    let code = match digits.strip_prefix(['x', 'X']) {
                        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                        None => digits.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((c, end + 1))
        });
        let (c, length) = known.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> (String, Source, Vec<Remark>) {
        let mut remarks = Vec::new();
        let (text, source) = from_html(html, &mut remarks);
        (text, source, remarks)
    }

    #[test]
    fn the_article_of_a_page_is_read_without_its_scripts_and_menus() {
        let words =
            "The convoy of twelve lorries left Tunis on Monday and is bound for Gaza, its leader said. ";
        let page = format!(
            "<!DOCTYPE html><html lang=en><head><title>Convoy leaves</title><script>alert(1)</script></head>\
             <body><nav><a href=/>Home</a> <a href=/x>News</a></nav><article><h1>Convoy leaves</h1><p>{}</p>\
             <script>steal()</script><p>{}</p></article><footer>All rights reserved</footer></body></html>",
            words.repeat(3),
            words.repeat(4),
        );
        let (text, source, _) = read(&page);
        assert!(text.contains("twelve lorries left Tunis"), "{text}");
        assert!(!text.contains("steal") && !text.contains("alert") && !text.contains("Home"), "{text}");
        assert_eq!(source.title.as_deref(), Some("Convoy leaves"));
        assert!(text.contains("said.\n\nThe convoy"), "{text}");
    }

    #[test]
    fn without_an_article_the_text_of_all_blocks_is_taken() {
        let text = without_tags(
            "<html><head><title>no</title></head><body><p>Left <b>Tunis</b> &amp; Sfax&#46;</p><script>a<b; x()</script>\
             <!-- <p>hidden</p> --><div>Came back.</div></body></html>",
        );
        assert_eq!(tidy(&text), "Left Tunis & Sfax.\n\nCame back.\n");
    }

    #[test]
    fn a_page_nested_without_end_is_read_in_a_moment() {
        let started = std::time::Instant::now();
        let page = "<div>".repeat(200_000) + "The ship left.";
        let (text, _, remarks) = read(&page);
        assert_eq!(text, "The ship left.\n");
        assert_eq!(remarks[0].code, "no-article");
        assert!(started.elapsed().as_secs() < 10);
    }

    #[test]
    fn broken_pages_are_read_as_far_as_they_go() {
        for page in ["<", "<p", "a <b", "</", "<script>x", "<!-- x", "&", "&#;", "<p>&#x110000;", "é<é>é"]
        {
            let _ = read(page);
            let _ = without_tags(page);
        }
        assert_eq!(without_tags("5 < 6 &c"), "5 < 6 &c");
    }
}

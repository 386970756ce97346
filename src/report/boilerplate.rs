//! The page around a report: credits, subscription boxes, share buttons, legal lines.

use regex::Regex;
use std::sync::LazyLock;

/// How much of a paragraph is the page's furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Furniture {
    /// None of it.
    None,
    /// All of it.
    Whole,
    /// Its first bytes, up to here.
    Start(usize),
}

/// A line that begins so is none of the report's words, if it is short.
const LINE_STARTS: &str = r"(?ix)^[\W_]*(?:
    subscribe\b (?:\ (?:to|now|today|for|here|with)\b|$|!|\.) | sign\ up\b | sign\ in\b | log\ in\b
  | discover\ more\ from | read\ (?:more|also|next|the\ full)\b | (?:see|read)\ also\b:? | also\ read\b
  | related\b(?:\ (?:articles?|stories|news|content|posts?|topics?|coverage))?\ *:?$ | related\ *:
  | share\ (?:this|on|via)\b | share\ *:?$ | tweet\ *$ | click\ (?:here|to)\b | tap\ (?:here|to)\b
  | follow\ (?:us|our|me|@|\w+\ on\ (?:twitter|facebook|x|instagram|telegram))
  | join\ (?:our|us\ on)\b | like\ us\ on | download\ (?:our|the)\ app | get\ (?:our|the)\ (?:app|newsletter)
  | advertisement\b | sponsored\b | story\ continues | continue\ reading | skip\ (?:to|advert)
  | all\ rights\ reserved | (?:copyright|©|\(c\))\ | this\ (?:article|story|post)\ (?:was\ )?(?:first|originally)\ (?:appeared|published)
  | our\ standards: | (?:more|most)\ (?:from|on\ this)\ (?:this|our|the)\b | most\ (?:read|popular)\b
  | leave\ a\ (?:comment|reply) | comments?\ *(?:\(\d+\))?$ | \d+\ comments?$ | print\ this | email\ this
  | (?:newsletter|cookie\ (?:policy|settings)|privacy\ policy|terms\ (?:of\ (?:use|service)|and\ conditions))\b
  | back\ to\ top | filed\ under | tags?\ *: | categor(?:y|ies)\ *: | posted\ (?:in|by|on)\b
  | (?:reporting|additional\ reporting|writing|editing|compiled)\ by\ \p{L} | with\ (?:inputs|files)\ from\b
  | support\ (?:our|independent)\ (?:work|journalism) | donate\b(?:\ (?:now|today|here)|$|!)
  | listen\ to\ (?:this|the)\ (?:article|story) | \d+\ min(?:ute)?s?\ read\b | watch\ (?:live|now|the\ video)\b
  | thank\ you\ for\ (?:reading|subscribing) | support\ us\b
)";

/// A line that holds such words anywhere is none of the report's words, if it is short.
const LINE_HOLDS: &str = r"(?i)\ball rights reserved\b|\bsent to your (?:email|inbox)\b|\bterms of (?:service|use)\b.*\bprivacy\b|\bunsubscribe\b|\bjavascript\b";

/// A photo credit; what follows the credited name may be the report.
const CREDIT: &str = r"(?x)^(?:\(|\[)?(?i:photo(?:graph)?s?|image|picture|pic|video|file\ photo|credit|photo\ credit|illustration|cover\ image)
    (?:\ (?i:credit))?(?:\ ?[:/|]\ ?|\ (?i:from|by|courtesy\ of|courtesy|via|credit)\ ?:?\ ?)";

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a tried pattern")
}

/// How much of a paragraph is the page's furniture.
pub fn furniture(words: &str) -> Furniture {
    static STARTS: LazyLock<Regex> = LazyLock::new(|| pattern(LINE_STARTS));
    static HOLDS: LazyLock<Regex> = LazyLock::new(|| pattern(LINE_HOLDS));
    static CREDITS: LazyLock<Regex> = LazyLock::new(|| pattern(CREDIT));
    if let Some(credit) = CREDITS.find(words) {
        return credited(words, credit.end());
    }
    let short = words.len() <= 240;
    let one_symbol = !words.chars().any(char::is_alphanumeric);
    if one_symbol || (short && (STARTS.is_match(words) || HOLDS.is_match(words))) {
        Furniture::Whole
    } else {
        Furniture::None
    }
}

/// A credit goes to the end of a short line, or to where its name is glued to the next word
/// ("ReutersThe"): the end of one word and the start of another without a space.
fn credited(words: &str, name_from: usize) -> Furniture {
    let name = &words[name_from..];
    let mut before = ' ';
    for (at, c) in name.char_indices().take_while(|(at, _)| *at < 60) {
        if before.is_lowercase() && c.is_uppercase() && name.len() - at > 40 {
            return Furniture::Start(name_from + at);
        }
        before = c;
    }
    if words.len() <= 120 && !name.is_empty() { Furniture::Whole } else { Furniture::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_put_around_a_report_is_furniture() {
        for line in [
            "Photo from Reuters",
            "Photo: Jane Doe/Example Press",
            "Subscribe to get the latest posts sent to your email.",
            "Discover more from Harbour Talks",
            "Read more: Ships in port",
            "Sign up for our newsletter",
            "Share this:",
            "© 2031 Example. All rights reserved.",
            "Follow us on Telegram",
            "Reporting by A. Person; Editing by B. Person",
            "ADVERTISEMENT",
            "* * *",
        ] {
            assert_eq!(furniture(line), Furniture::Whole, "{line}");
        }
    }

    #[test]
    fn what_a_report_says_is_not_furniture() {
        for line in [
            "Share prices fell in Tokyo.",
            "Subscribers of the paper marched to Rome.",
            "Photographs of the ship were shown to reporters.",
            "Related to the king by marriage, the duke fled to Ghent.",
            "Sponsors of the tour paid for the flight.",
            "Images taken from space show the convoy near Kursk.",
            "Following the storm, ships left for Havana.",
        ] {
            assert_eq!(furniture(line), Furniture::None, "{line}");
        }
    }
}

//! The line at the head of a report that says where and when it was written.

use super::{Span, calendar};
use regex::Regex;
use std::sync::LazyLock;

/// A dateline as written, its day not yet given a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// From the start of the paragraph up to and with the dash.
    pub span: Span,
    /// The place, if one is named.
    pub place: Option<Span>,
    /// Month and day, if a date is given, with the year where it has one.
    pub date: Option<(i8, i8, Option<i16>)>,
    /// Where the date stands.
    pub date_span: Option<Span>,
}

const MONTH: &str = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\.?";

static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    let date = format!(
        r"(?:\p{{Lu}}\p{{Ll}}+day,? )?(?:(?P<m1>{MONTH}) (?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}}) (?P<m2>{MONTH}))(?:,? (?P<y>\d{{4}}))?"
    );
    let word = r"\p{Lu}[\p{L}'’.]*";
    let source = format!(
        r"^(?:(?P<place>{word}(?:(?:[ -]|/)(?:{word}|de|del|del|la|al|of|upon|on|and))*?)(?P<area>(?:, (?:the )?{word}(?: (?:{word}|of|and|the))*?){{0,2}}?))?(?:(?:^|,? |,)\(?(?P<date>{date})\)?)?(?P<agency>(?:^|,? ?)\([^()\n]{{2,60}}\))?(?:\s*(?:—|–|--|―)|\s+-|:? ?[—–])\s*"
    );
    Regex::new(&source).expect("a tried pattern")
});

/// Words in capitals before a dash that name no place.
const NO_PLACES: &[&str] = &[
    "UPDATE",
    "BREAKING",
    "EXCLUSIVE",
    "ANALYSIS",
    "FACTBOX",
    "EXPLAINER",
    "WATCH",
    "OPINION",
    "TIMELINE",
    "LIVE",
    "WRAPUP",
    "FEATURE",
    "REFILE",
    "CORRECTED",
    "CORRECTION",
    "EDITORIAL",
    "NOTE",
    "NB",
    "PS",
    "TV",
    "UN",
    "EU",
    "NATO",
    "US",
    "UK",
    "I",
    "A",
];

/// The dateline that a paragraph begins with, if it does.
pub fn find(text: &str, paragraph: Span) -> Option<Head> {
    let words = paragraph.of(text);
    // A head is short: looking further costs time on long lines without one.
    let mut limit = words.len().min(160);
    while !words.is_char_boundary(limit) {
        limit -= 1;
    }
    let start = &words[..limit];
    // Most paragraphs have no dash there, and the pattern takes long to find that out.
    if !start.contains(['-', '—', '–', '―']) {
        return None;
    }
    let found = HEAD.captures(start)?;
    let whole = found.get(0)?;
    let at = |group: regex::Match| Span::new(paragraph.start + group.start(), paragraph.start + group.end());
    let place = found.name("place");
    let dated = found.name("date").is_some();
    let by_agency = found.name("agency").is_some();
    match place {
        None if !by_agency => return None,
        Some(place) => {
            let name = place.as_str();
            let capitals = name.chars().all(|c| !c.is_lowercase());
            let sure = dated || by_agency;
            // Capitals are the mark of a dateline; a name in ordinary letters needs a date or an agency.
            if !(sure || capitals && name.len() >= 3) || NO_PLACES.contains(&name) {
                return None;
            }
        }
        None => {}
    }
    let number = |name: &str| found.name(name).and_then(|digits| digits.as_str().parse::<i16>().ok());
    let month = found.name("m1").or(found.name("m2"));
    let month = month.and_then(|word| calendar::month(word.as_str().trim_end_matches('.')));
    let day = number("d1").or(number("d2"));
    let date = month.zip(day).map(|(month, day)| (month, day as i8, number("y")));
    Some(Head {
        span: Span::new(paragraph.start, paragraph.start + whole.as_str().trim_end().len()),
        place: place.map(|place| first_place(text, at(place))),
        date,
        date_span: found.name("date").map(at),
    })
}

/// Of "WASHINGTON/SEOUL" the first.
fn first_place(text: &str, places: Span) -> Span {
    let length = places.of(text).find('/').unwrap_or(places.end - places.start);
    Span::new(places.start, places.start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Place, date and the whole head.
    type Words<'t> = (Option<&'t str>, Option<(i8, i8, Option<i16>)>, &'t str);

    fn head(text: &str) -> Option<Words<'_>> {
        let head = find(text, Span::new(0, text.len()))?;
        Some((head.place.map(|place| place.of(text)), head.date, head.span.of(text)))
    }

    #[test]
    fn agency_datelines_are_read() {
        let full = "SEOUL, Oct 23 (Reuters) - The United States said";
        assert_eq!(head(full), Some((Some("SEOUL"), Some((10, 23, None)), "SEOUL, Oct 23 (Reuters) -")));
        assert_eq!(head("BEIRUT (AP) — Three ships"), Some((Some("BEIRUT"), None, "BEIRUT (AP) —")));
        assert_eq!(head("KYIV, Ukraine — Trains left"), Some((Some("KYIV"), None, "KYIV, Ukraine —")));
        assert_eq!(head("RIO DE JANEIRO, 4 March 2025 – Flood victims").unwrap().1, Some((3, 4, Some(2025))));
        assert_eq!(head("PLOVDIV, Bulgaria, March 6 - The orchestra").unwrap().1, Some((3, 6, None)));
        assert_eq!(head("WASHINGTON/SEOUL, Oct. 23 (Reuters) - A ship").unwrap().0, Some("WASHINGTON"));
        assert_eq!(head("Nairobi, Kenya (CNN) — Rangers moved").unwrap().0, Some("Nairobi"));
        assert_eq!(head("ST. PETERSBURG, Fla. (AP) — Crews left").unwrap().0, Some("ST. PETERSBURG"));
        assert_eq!(head("PORT-AU-PRINCE, Haiti (AP) — Aid came").unwrap().0, Some("PORT-AU-PRINCE"));
        assert_eq!(head("(Reuters) - The ship left").unwrap().0, None);
        assert_eq!(head("CONSTANTA, Romania (Lower Quillonia Gazette) - The").unwrap().0, Some("CONSTANTA"));
        assert_eq!(head("Seoul, Oct. 23 (Yonhap) -- Troops").unwrap().1, Some((10, 23, None)));
    }

    #[test]
    fn ordinary_sentences_have_no_dateline() {
        for text in [
            "The United States said - again - that",
            "NATO - the alliance - said",
            "BREAKING - Ship leaves",
            "Paris — the city — slept.",
            "In Seoul, lawmakers said",
            "U.S. Defense Secretary Lloyd Austin",
            "",
        ] {
            assert_eq!(head(text), None, "{text}");
        }
    }
}

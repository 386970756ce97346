//! Words that say what sort of unit a name is: "Kursk region", "the province of Hama"; and how short forms are written.

/// Type words that follow a name or stand before it with "of", the longer before those they end in.
const AFTER: &[&str] = &[
    "autonomous region",
    "autonomous republic",
    "autonomous okrug",
    "autonomous oblast",
    "autonomous district",
    "autonomous province",
    "capital region",
    "capital territory",
    "region",
    "regions",
    "oblast",
    "province",
    "provinces",
    "governorate",
    "state",
    "county",
    "district",
    "prefecture",
    "krai",
    "kray",
    "territory",
    "department",
    "co",
    "canton",
    "republic",
    "okrug",
    "voivodeship",
    "municipality",
    "raion",
    "rayon",
    "parish",
    "parishes",
    "emirate",
    "regency",
    "division",
    "area",
    "zone",
    "borough",
    "peninsula",
];

/// Words for harbours, which ports bear only in the mouth of reports: "Odesa port", "the port of Aden".
const HARBOUR: &[&str] = &["port", "harbor", "harbour", "seaport"];

/// Words for municipalities: "West Chester Township", "the town of Groton".
const TOWN: &[&str] = &["township", "twp", "town", "city", "village", "municipality", "hamlet"];

/// First letters that stand for the compass: "W. Columbia".
const COMPASS: &[(&str, &str)] = &[("n ", "north "), ("s ", "south "), ("e ", "east "), ("w ", "west ")];

/// The folded name without its word for a municipality.
pub(super) fn strip_town(folded: &str) -> Option<&str> {
    strip_any(folded, TOWN)
}

/// The folded name with its compass letter written out.
pub(super) fn spell_compass(folded: &str) -> Option<String> {
    COMPASS.iter().find_map(|(short, long)| folded.strip_prefix(short).map(|rest| format!("{long}{rest}")))
}

/// The folded name without its word for a harbour.
pub(super) fn strip_harbour(folded: &str) -> Option<&str> {
    strip_any(folded, HARBOUR)
}

/// The folded name without the type word of a unit, or nothing when it has none.
pub(super) fn strip(folded: &str) -> Option<&str> {
    strip_any(folded, AFTER)
}

fn strip_any<'a>(folded: &'a str, words: &[&str]) -> Option<&'a str> {
    let folded = folded.strip_prefix("the ").unwrap_or(folded);
    if !folded.contains(' ') {
        return None; // a word alone has none beside it
    }
    let ends = |name: &str| [name.as_bytes().first().copied(), name.as_bytes().last().copied()];
    let [first, last] = ends(folded);
    let may_open = folded.contains(" of ");
    let candidates = words.iter().filter(|word| may_open && ends(word)[0] == first || ends(word)[1] == last);
    let bare = candidates.into_iter().find_map(|word| {
        let before = folded.strip_suffix(word).and_then(|bare| bare.strip_suffix(' '));
        before.or_else(|| {
            let behind = folded.strip_prefix(word)?.strip_prefix(" of ")?;
            Some(behind.strip_prefix("the ").unwrap_or(behind))
        })
    });
    bare.filter(|bare| !bare.is_empty())
}

/// Whether more words could still make this a name with a type word.
pub(super) fn may_start(folded: &str) -> bool {
    let folded = folded.strip_prefix("the ").unwrap_or(folded);
    AFTER.iter().chain(HARBOUR).chain(TOWN).any(|word| {
        let of = folded.strip_prefix(word).unwrap_or("-");
        of.is_empty() || of == " of" || of == " of the"
    }) || folded.ends_with(" autonomous")
}

/// Whether a short form is written as one: all its letters capitals, or with a point ("US", "U.S.", "Calif.").
pub(super) fn is_written_as_short_form(written: &str) -> bool {
    let starts_high = written.chars().next().is_some_and(char::is_uppercase);
    starts_high && (written.contains('.') || !written.chars().any(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_words_come_off_on_either_side() {
        assert_eq!(strip("kursk region"), Some("kursk"));
        assert_eq!(strip("the province of hama"), Some("hama"));
        assert_eq!(strip("khanty mansi autonomous okrug"), Some("khanty mansi"));
        assert_eq!(strip("region"), None);
        assert_eq!(strip("kursk"), None);
    }

    #[test]
    fn short_forms_are_known_by_how_they_are_written() {
        for yes in ["U.S.", "US", "Calif.", "N.D.", "UAE"] {
            assert!(is_written_as_short_form(yes), "{yes}");
        }
        for no in ["us", "Us", "ill", "Miss", "", "u.s."] {
            assert!(!is_written_as_short_form(no), "{no}");
        }
    }
}

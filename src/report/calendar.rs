//! The calendar's words, and dates that stand complete in a text.

use jiff::civil::{Date, Weekday};
use regex::Regex;
use std::sync::LazyLock;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The month, 1 to 12, that a word names: "October", "Oct", "Sept".
pub fn month(word: &str) -> Option<i8> {
    let word = word.to_ascii_lowercase();
    let known = |name: &str| word == name || (word.len() == 3 && name.starts_with(&word));
    let index = MONTHS.iter().position(|name| known(name) || (word == "sept" && *name == "september"));
    index.map(|index| index as i8 + 1)
}

/// The English name of a month, 1 to 12.
pub fn month_name(month: i8) -> String {
    capitalised(MONTHS[(month - 1) as usize])
}

/// The weekday that a word names: "Wednesday", "Wed", "Sundays" not.
pub fn weekday(word: &str) -> Option<Weekday> {
    let word = word.to_ascii_lowercase();
    let short = |name: &str| match word.as_str() {
        "tues" => name == "tuesday",
        "thur" | "thurs" => name == "thursday",
        _ => word.len() == 3 && word != "sun" && word != "sat" && word != "wed" && name.starts_with(&word),
    };
    WEEKDAYS.iter().find(|(name, _)| word == *name || short(name)).map(|&(_, weekday)| weekday)
}

/// The English name of a weekday.
pub fn weekday_name(weekday: Weekday) -> String {
    capitalised(WEEKDAYS[weekday.to_monday_zero_offset() as usize].0)
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// A date written in full, as people and machines give one beside a text.
///
/// # Errors
/// The words of what is wrong with it: not a date, or a day that no calendar has.
pub fn parse_date(written: &str) -> Result<Date, String> {
    static FORMS: LazyLock<[Regex; 3]> = LazyLock::new(|| {
        [
            r"^\s*(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T ].*)?$",
            r"^\s*(?:\p{L}+day,?\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<n>\p{L}{3,9})\.?,?\s+(?P<y>\d{4})\b.*$",
            r"^\s*(?:\p{L}+day,?\s+)?(?P<n>\p{L}{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})\b.*$",
        ]
        .map(|form| Regex::new(form).expect("a tried pattern"))
    });
    let quoted = || format!("{written:?} is not a date; write it as 2024-10-23");
    for form in FORMS.iter() {
        let Some(found) = form.captures(written) else { continue };
        let month = match (found.name("m"), found.name("n")) {
            (Some(number), _) => number.as_str().parse().unwrap_or(0),
            (_, Some(name)) => match month(name.as_str()) {
                Some(month) => month,
                None => continue,
            },
            _ => continue,
        };
        let year = found["y"].parse().map_err(|_| quoted())?;
        let day = found["d"].parse().map_err(|_| quoted())?;
        return Date::new(year, month, day).map_err(|_| format!("no calendar has a day {written:?}"));
    }
    Err(quoted())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_are_known_by_name_and_abbreviation() {
        assert_eq!(month("October"), Some(10));
        assert_eq!(month("SEPT"), Some(9));
        assert_eq!(month("jun"), Some(6));
        assert_eq!(month("ju"), None);
        assert_eq!(month("decade"), None);
    }

    #[test]
    fn a_word_that_is_also_a_short_weekday_is_no_weekday() {
        assert_eq!(weekday("sun"), None);
        assert_eq!(weekday("sat"), None);
        assert_eq!(weekday("Thurs"), Some(Weekday::Thursday));
        assert_eq!(weekday("friday"), Some(Weekday::Friday));
    }

    #[test]
    fn dates_are_read_in_their_usual_forms() {
        for written in [
            "2024-10-23",
            "2024-10-23T08:15:00Z",
            "23 October 2024",
            "Wednesday, Oct. 23, 2024",
            "Oct 23 2024",
        ] {
            assert_eq!(parse_date(written), Ok(date(2024, 10, 23)), "{written}");
        }
    }

    #[test]
    fn an_impossible_date_says_so() {
        assert!(parse_date("2024-06-31").unwrap_err().contains("no calendar"));
        assert!(parse_date("2024-13-01").unwrap_err().contains("no calendar"));
        assert!(parse_date("soon").unwrap_err().contains("not a date"));
    }
}

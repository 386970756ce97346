//! The year of a report that names only month and day: inferred from its weekdays and the years it knows.

use super::calendar;
use jiff::civil::{Date, Weekday};
use regex::Regex;
use std::sync::LazyLock;

/// Why a year was chosen, or could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YearOutcome {
    /// One year agrees with all that the text says.
    Inferred {
        /// The whole date.
        date: Date,
        /// Why, in words a desk editor reads.
        reason: String,
    },
    /// No year, or more than one, agrees: nothing is guessed.
    Open,
    /// No year has such a day.
    Impossible,
}

/// The year in which month and day agree with the weekday of the report's first lines, among the
/// latest year that the text names as past and the two years after it.
pub fn infer(text: &str, body_from: usize, month: i8, day: i8) -> YearOutcome {
    // 2024 is a leap year: what it lacks, every year lacks.
    if Date::new(2024, month, day).is_err() {
        return YearOutcome::Impossible;
    }
    let Some(latest) = latest_past_year(text) else { return YearOutcome::Open };
    let in_year = |year: i16| Date::new(year, month, day).ok();
    let Some(weekday) = lead_weekday(&text[body_from..]) else { return YearOutcome::Open };
    for (later_by, how) in [(0, "that day was a"), (1, "the day before was a")] {
        let agreeing: Vec<Date> = (latest..=latest.saturating_add(2))
            .filter_map(in_year)
            .filter(|date| date.weekday().wrapping_sub(later_by) == weekday)
            .collect();
        if let [date] = agreeing[..] {
            let reason = format!(
                "The dateline names no year: {day} {} {} was taken because in that year {how} {}, \
                 as the first lines say, and because the latest past year in the text is {latest}.",
                calendar::month_name(month),
                date.year(),
                calendar::weekday_name(weekday),
            );
            return YearOutcome::Inferred { date, reason };
        }
    }
    YearOutcome::Open
}

/// The latest year that the text names without placing it ahead.
fn latest_past_year(text: &str) -> Option<i16> {
    static YEARS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:\b(by|until|till|through|before|next|for|to)\s+(?:the end of\s+|early\s+|late\s+|mid-)?(?:\p{L}+\s+)?)?\b((?:19|20)\d\d)\b")
            .expect("a tried pattern")
    });
    YEARS
        .captures_iter(text)
        .filter(|found| found.get(1).is_none())
        .filter_map(|found| found[2].parse().ok())
        .max()
}

/// The first plain weekday of the lead: not "last Friday", not "next Monday".
fn lead_weekday(body: &str) -> Option<Weekday> {
    let mut previous = "";
    for word in
        body.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).take(120)
    {
        if word.starts_with(char::is_uppercase)
            && word.len() > 4
            && let Some(weekday) = calendar::weekday(word)
            && !["last", "next", "previous", "coming", "this"].contains(&previous.to_lowercase().as_str())
        {
            return Some(weekday);
        }
        previous = word;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const LEAD: &str = "The navy said on Wednesday that it had seen ships. ";

    fn inferred(text: &str, month: i8, day: i8) -> Option<Date> {
        match infer(text, 0, month, day) {
            YearOutcome::Inferred { date, .. } => Some(date),
            _ => None,
        }
    }

    #[test]
    fn weekday_and_a_named_year_give_the_year() {
        let text = format!("{LEAD}The war began in February 2022.");
        assert_eq!(inferred(&text, 10, 23), Some(date(2024, 10, 23)));
    }

    #[test]
    fn a_year_ahead_is_no_bound() {
        let text = format!("{LEAD}The war began in February 2022. The bridge will be built by 2031.");
        assert_eq!(inferred(&text, 10, 23), Some(date(2024, 10, 23)));
    }

    #[test]
    fn without_a_year_or_a_weekday_nothing_is_guessed() {
        assert_eq!(infer(LEAD, 0, 10, 23), YearOutcome::Open);
        assert_eq!(infer("The war began in February 2022.", 0, 10, 23), YearOutcome::Open);
        assert_eq!(infer("Last Wednesday it left. It was built in 2022.", 0, 10, 23), YearOutcome::Open);
    }

    #[test]
    fn a_report_of_the_day_after_is_understood() {
        let text = "The navy said on Tuesday that it had seen ships, as in 2022.";
        assert_eq!(inferred(text, 10, 23), Some(date(2024, 10, 23)));
    }

    #[test]
    fn the_thirty_first_of_june_is_impossible() {
        assert_eq!(infer(LEAD, 0, 6, 31), YearOutcome::Impossible);
    }
}

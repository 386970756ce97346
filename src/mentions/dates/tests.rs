use super::*;
use crate::mentions::When;
use crate::report::{Report, Source};
use jiff::civil::{Date, date};

const WEDNESDAY: Date = date(2024, 10, 23);

fn all(text: &str) -> Vec<TimeExpression> {
    find(text, Span::new(0, text.len()))
}

/// The only expression of a text: its words, its first and last day.
#[track_caller]
fn days(text: &str, tense: Tense) -> (String, Option<Date>, Option<Date>) {
    let found = all(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    let when = found[0].resolve(&Anchor::on(WEDNESDAY), tense);
    assert_eq!(when.span.of(text), when.text);
    (when.text, when.earliest, when.latest)
}

#[track_caller]
fn check(text: &str, tense: Tense, words: &str, first: Option<Date>, last: Option<Date>) {
    assert_eq!(days(text, tense), (words.to_owned(), first, last), "{text}");
}

fn october(day: i8) -> Option<Date> {
    Some(date(2024, 10, day))
}

#[test]
fn a_weekday_looks_back_in_the_past_and_ahead_in_the_future() {
    check("They left on Friday.", Tense::Past, "on Friday", october(18), october(18));
    check("They will leave on Friday.", Tense::Future, "on Friday", october(25), october(25));
    check("It is due on Monday.", Tense::Present, "on Monday", october(28), october(28));
    check("They left on Wednesday.", Tense::Past, "on Wednesday", october(23), october(23));
    check("They left Tuesday night.", Tense::Unknown, "Tuesday night", october(22), october(22));
}

#[test]
fn a_bare_day_is_the_nearest_on_the_side_of_the_tense() {
    check("They came back on the 3rd.", Tense::Past, "on the 3rd", october(3), october(3));
    check(
        "They left on the 29th and rested.",
        Tense::Past,
        "on the 29th",
        Some(date(2024, 9, 29)),
        Some(date(2024, 9, 29)),
    );
    check("They will land on the 29th.", Tense::Future, "on the 29th", october(29), october(29));
    assert!(all("They met on the 29th floor, with the 29th brigade.").is_empty());
}

#[test]
fn feasts_are_days() {
    let december = |day| Some(date(2024, 12, day));
    check("They will be there by Christmas.", Tense::Future, "by Christmas", None, december(25));
    check("They fly before New Year.", Tense::Future, "before New Year", None, Some(date(2025, 1, 1)));
    check(
        "They left on Boxing Day 2019.",
        Tense::Past,
        "on Boxing Day 2019",
        Some(date(2019, 12, 26)),
        Some(date(2019, 12, 26)),
    );
    assert!(all("They sailed to New York on a boxing trip.").is_empty());
}

#[test]
fn days_of_one_month_are_a_range() {
    check(
        "They left on 2, 7 and 12 October.",
        Tense::Past,
        "on 2, 7 and 12 October",
        october(2),
        october(12),
    );
}

#[test]
fn an_hour_alone_is_of_the_day_or_the_night_before() {
    check("They landed at noon.", Tense::Past, "at noon", october(22), october(23));
    check("They will be there by nightfall.", Tense::Future, "by nightfall", None, october(24));
    check("They landed at noon on Friday.", Tense::Past, "on Friday", october(18), october(18));
    assert!(all("The film High Noon has no dawn in it.").is_empty());
}

#[test]
fn last_this_and_next_are_told_apart() {
    check("They left last Friday.", Tense::Past, "last Friday", october(18), october(18));
    check("They left last Wednesday.", Tense::Past, "last Wednesday", october(16), october(16));
    check(
        "They will leave next Friday.",
        Tense::Future,
        "next Friday",
        Some(date(2024, 11, 1)),
        Some(date(2024, 11, 1)),
    );
    check("They landed this Sunday.", Tense::Past, "this Sunday", october(20), october(20));
    check("They left last week.", Tense::Past, "last week", october(14), october(20));
    check(
        "They left last month.",
        Tense::Past,
        "last month",
        Some(date(2024, 9, 1)),
        Some(date(2024, 9, 30)),
    );
    check("They left last year.", Tense::Past, "last year", Some(date(2023, 1, 1)), Some(date(2023, 12, 31)));
    check("They left earlier this week.", Tense::Past, "earlier this week", october(21), october(23));
    check("They leave later this month.", Tense::Future, "later this month", october(23), october(31));
    check("It left on Friday last week.", Tense::Past, "on Friday last week", october(18), october(18));
    check(
        "They left last August.",
        Tense::Past,
        "last August",
        Some(date(2024, 8, 1)),
        Some(date(2024, 8, 31)),
    );
    check(
        "They left last October.",
        Tense::Past,
        "last October",
        Some(date(2023, 10, 1)),
        Some(date(2023, 10, 31)),
    );
}

#[test]
fn weekends_are_saturday_and_sunday() {
    check("They left at the weekend.", Tense::Past, "at the weekend", october(19), october(20));
    check("They left over the weekend.", Tense::Past, "over the weekend", october(19), october(20));
    check("It formed this weekend.", Tense::Past, "this weekend", october(19), october(20));
    check("They will leave this weekend.", Tense::Future, "this weekend", october(26), october(27));
    check("They left last weekend.", Tense::Past, "last weekend", october(19), october(20));
}

#[test]
fn parts_of_a_month_have_their_days() {
    check("by ship in early-to-mid October", Tense::Past, "in early-to-mid October", october(1), october(20));
    check("in early October", Tense::Past, "in early October", october(1), october(10));
    check("in mid-October", Tense::Past, "in mid-October", october(11), october(20));
    check("in late October", Tense::Past, "in late October", october(21), october(31));
    check(
        "at the end of September",
        Tense::Past,
        "at the end of September",
        Some(date(2024, 9, 24)),
        Some(date(2024, 9, 30)),
    );
    check(
        "In late December",
        Tense::Past,
        "In late December",
        Some(date(2023, 12, 21)),
        Some(date(2023, 12, 31)),
    );
    assert!(all("in early-to-mid October")[0].resolve(&Anchor::on(WEDNESDAY), Tense::Past).approx);
}

#[test]
fn a_deadline_ends_with_its_month() {
    check(
        "expected to be completed by December",
        Tense::Future,
        "by December",
        None,
        Some(date(2024, 12, 31)),
    );
    check("was to be completed by December", Tense::Past, "by December", None, Some(date(2024, 12, 31)));
    check("by Friday", Tense::Future, "by Friday", None, october(25));
}

#[test]
fn since_until_before_and_after_leave_one_end_open_or_bounded() {
    check("since August", Tense::Past, "since August", Some(date(2024, 8, 1)), october(23));
    check("It will stay until Friday.", Tense::Future, "until Friday", october(23), october(25));
    check("before 5 October", Tense::Past, "before 5 October", None, october(5));
    check("after 5 October", Tense::Past, "after 5 October", october(5), None);
    check(
        "following the war in mid-April 2023",
        Tense::Past,
        "in mid-April 2023",
        Some(date(2023, 4, 11)),
        Some(date(2023, 4, 20)),
    );
}

#[test]
fn ranges_run_from_the_first_to_the_second() {
    check(
        "They sailed from Monday to Wednesday.",
        Tense::Past,
        "from Monday to Wednesday",
        october(21),
        october(23),
    );
    check(
        "They sailed from Friday to Monday.",
        Tense::Past,
        "from Friday to Monday",
        october(18),
        october(21),
    );
    check(
        "late on Monday or early Tuesday",
        Tense::Future,
        "late on Monday or early Tuesday",
        october(28),
        october(29),
    );
    check(
        "in September and October",
        Tense::Past,
        "in September and October",
        Some(date(2024, 9, 1)),
        october(31),
    );
    check("between 4 and 7 October", Tense::Past, "between 4 and 7 October", october(4), october(7));
    check("October 4-7", Tense::Past, "October 4-7", october(4), october(7));
    check(
        "from October 4 to November 2, 2023",
        Tense::Past,
        "from October 4 to November 2, 2023",
        Some(date(2023, 10, 4)),
        Some(date(2023, 11, 2)),
    );
    check(
        "from 28 December to 3 January",
        Tense::Past,
        "from 28 December to 3 January",
        Some(date(2023, 12, 28)),
        Some(date(2024, 1, 3)),
    );
}

#[test]
fn days_near_the_report_are_counted_from_it() {
    check("They left overnight.", Tense::Past, "overnight", october(22), october(23));
    check("They left yesterday.", Tense::Past, "yesterday", october(22), october(22));
    check("It arrived earlier today.", Tense::Past, "earlier today", october(23), october(23));
    check("They will leave tomorrow.", Tense::Future, "tomorrow", october(24), october(24));
    check("They left three days ago.", Tense::Past, "three days ago", october(20), october(20));
    check("They left two weeks ago.", Tense::Past, "two weeks ago", october(9), october(9));
    check(
        "They left a month ago.",
        Tense::Past,
        "a month ago",
        Some(date(2024, 9, 1)),
        Some(date(2024, 9, 30)),
    );
    check("in the past two weeks", Tense::Past, "in the past two weeks", october(9), october(23));
    check(
        "for the next couple of days",
        Tense::Future,
        "for the next couple of days",
        october(23),
        october(25),
    );
    check("They will sail in three days.", Tense::Future, "in three days", october(26), october(26));
    check("They crossed in three days.", Tense::Past, "in three days", None, None);
    check("in recent days", Tense::Past, "in recent days", october(16), october(23));
    check("They left recently.", Tense::Past, "recently", None, None);
}

#[test]
fn absolute_dates_are_read_in_their_forms() {
    let day = Some(date(2023, 7, 22));
    for text in [
        "22 July 2023",
        "July 22, 2023",
        "July 22nd, 2023",
        "the 22nd of July 2023",
        "2023-07-22",
        "Saturday, July 22, 2023",
        "Jul. 22, 2023",
    ] {
        check(text, Tense::Past, text, day, day);
    }
    check("on July 22", Tense::Past, "on July 22", Some(date(2024, 7, 22)), Some(date(2024, 7, 22)));
    check("on November 2", Tense::Past, "on November 2", Some(date(2023, 11, 2)), Some(date(2023, 11, 2)));
    check("on November 2", Tense::Future, "on November 2", Some(date(2024, 11, 2)), Some(date(2024, 11, 2)));
    check("on Oct. 23", Tense::Past, "on Oct. 23", october(23), october(23));
    check(
        "in February 2022",
        Tense::Past,
        "in February 2022",
        Some(date(2022, 2, 1)),
        Some(date(2022, 2, 28)),
    );
    check(
        "He walked there in 1902.",
        Tense::Past,
        "in 1902",
        Some(date(1902, 1, 1)),
        Some(date(1902, 12, 31)),
    );
    check("In 762, he left the city.", Tense::Past, "In 762", Some(date(762, 1, 1)), Some(date(762, 12, 31)));
    check(
        "in the summer of 2019",
        Tense::Past,
        "in the summer of 2019",
        Some(date(2019, 6, 1)),
        Some(date(2019, 8, 31)),
    );
    check("in summer 764 when", Tense::Past, "in summer 764", Some(date(764, 6, 1)), Some(date(764, 8, 31)));
    check("in early 2019", Tense::Past, "in early 2019", Some(date(2019, 1, 1)), Some(date(2019, 5, 1)));
}

#[test]
fn may_and_march_are_months_only_where_they_can_be() {
    for text in [
        "They may leave.",
        "May they leave?",
        "March on Rome",
        "the March on Rome",
        "April Jones sang",
        "the August Wilson play",
        "an august body",
        "a sun hat",
    ] {
        assert_eq!(all(text), [], "{text}");
    }
    check("They left in May.", Tense::Past, "in May", Some(date(2024, 5, 1)), Some(date(2024, 5, 31)));
    check("They left on March 3.", Tense::Past, "on March 3", Some(date(2024, 3, 3)), Some(date(2024, 3, 3)));
    check(
        "between March and May",
        Tense::Past,
        "between March and May",
        Some(date(2024, 3, 1)),
        Some(date(2024, 5, 31)),
    );
}

#[test]
fn numbers_that_count_are_no_years() {
    for text in [
        "a convoy of 2019 lorries",
        "from 1500 metres",
        "the 27th Brigade",
        "of 300 buses",
        "a 2023 law",
        "10 May be",
    ] {
        let found = all(text);
        assert!(found.is_empty() || text.starts_with("10 May"), "{text}: {found:?}");
    }
}

#[test]
fn what_follows_another_date_is_counted_from_it() {
    let text = "They left on Tuesday and arrived the next morning.";
    let found = all(text);
    assert_eq!(found.len(), 2);
    let when = found[1].resolve(&Anchor::on(WEDNESDAY), Tense::Past);
    assert_eq!((when.text.as_str(), when.earliest), ("the next morning", october(23)));
    let text = "The state denied it on Thursday. The paper had told it a day earlier.";
    let when = all(text)[1].resolve(&Anchor::on(date(2031, 9, 12)), Tense::Past);
    assert_eq!(when.earliest, Some(date(2031, 9, 10)));
    let text = "It denied it on Thursday.\nA day earlier it had not.";
    let second = find(text, Span::new(26, text.len()));
    let when = second[0].resolve(&Anchor::on(date(2031, 9, 12)), Tense::Past);
    assert_eq!((when.text.as_str(), when.earliest), ("A day earlier", Some(date(2031, 9, 10))));
    let when = all("It came the following day.")[0].resolve(&Anchor::on(WEDNESDAY), Tense::Past);
    assert_eq!((when.earliest, when.latest), (None, None));
    assert_eq!(all("It was the day before the vote."), []);
    let second = |text: &str| {
        let when = all(text)[1].resolve(&Anchor::on(WEDNESDAY), Tense::Past);
        (when.earliest, when.latest)
    };
    let one = |year, month, day| Some(date(year, month, day));
    let sailed = "She left on 3 May 2019 and docked ";
    for (words, first, last) in [
        ("two days afterwards.", one(2019, 5, 5), one(2019, 5, 5)),
        ("two days after, empty.", one(2019, 5, 5), one(2019, 5, 5)),
        ("that same evening.", one(2019, 5, 3), one(2019, 5, 3)),
        ("the previous evening.", one(2019, 5, 2), one(2019, 5, 2)),
        ("later the same week.", one(2019, 4, 29), one(2019, 5, 5)),
        ("the year after.", one(2020, 1, 1), one(2020, 12, 31)),
        ("the following Tuesday.", one(2019, 5, 7), one(2019, 5, 7)),
        ("the following May.", one(2020, 5, 1), one(2020, 5, 31)),
        ("that summer.", one(2019, 6, 1), one(2019, 8, 31)),
        ("the following spring.", one(2020, 3, 1), one(2020, 5, 31)),
    ] {
        assert_eq!(second(&format!("{sailed}{words}")), (first, last), "{words}");
    }
    let text = "She was hit on 3 May 2019, its owners said on Tuesday. She had sailed the previous evening.";
    let when = all(text)[2].resolve(&Anchor::on(WEDNESDAY), Tense::Past);
    assert_eq!(when.earliest, one(2019, 5, 2), "the day of the saying is not meant");
    let text = "She was hit on 3 May 2019, its owners said on Tuesday.\nShe had sailed the previous evening.";
    let second = find(text, Span::new(55, text.len()));
    let when = second[0].resolve(&Anchor::on(WEDNESDAY), Tense::Past);
    assert_eq!(when.earliest, one(2019, 5, 2), "nor that of a paragraph before");
    let plain = all("They said that Monday was quiet.");
    assert_eq!(plain[0].text, "Monday");
}

#[test]
fn an_impossible_day_is_told_and_has_no_days() {
    for text in ["on 31 June", "on February 30, 2024", "on 2024-13-01", "on October 45"] {
        let found = all(text);
        assert_eq!(found[0].kind, TimeKind::Impossible, "{text}");
        assert_eq!(found[0].resolve(&Anchor::on(WEDNESDAY), Tense::Past).earliest, None);
    }
    check("on February 29", Tense::Past, "on February 29", Some(date(2024, 2, 29)), Some(date(2024, 2, 29)));
}

#[test]
fn without_a_day_weekdays_stay_open_and_years_come_from_the_text() {
    let report = |text: &str, title: &str| {
        Report::from_text(text, &Source { title: Some(title.into()), ..Source::default() })
    };
    let resolved = |report: &Report| -> Vec<When> {
        let found = find(&report.text, Span::new(0, report.text.len()));
        let anchors = Anchors::of(report, &found);
        found.iter().map(|time| time.resolve(anchors.at(time.span.start), Tense::Past)).collect()
    };
    let open = resolved(&report("They left on Friday and came back on 20 November.", "Ships"));
    assert!(open.iter().all(|when| when.earliest.is_none() && when.latest.is_none()));
    let story = resolved(&report(
        "It began in late December 1990. Help came on 5 January, and more on 6 January.",
        "Ships",
    ));
    assert_eq!(story[1].earliest, Some(date(1991, 1, 5)));
    assert!(story[1].inferred);
    let season = resolved(&report("It struck Luzon on July 22.", "2003 typhoon season"));
    assert_eq!(season[0].earliest, Some(date(2003, 7, 22)));
}

#[test]
fn a_digest_counts_from_the_date_line_above() {
    let text = "9 June 2025\nThe convoy left on Sunday, its leaders say.\n4 April 2026\nTwenty boats left on Friday.";
    let report = Report::from_text(text, &Source::published("2026-04-04"));
    let found = find(text, Span::new(0, text.len()));
    let anchors = Anchors::of(&report, &found);
    let day = |words: &str| {
        let time = found.iter().find(|time| time.text == words).unwrap();
        time.resolve(anchors.at(time.span.start), Tense::Past).earliest
    };
    assert_eq!(day("on Sunday"), Some(date(2025, 6, 8)));
    assert_eq!(day("on Friday"), Some(date(2026, 4, 3)));
    let limit = anchors.not_after(text, text.len() - 1).unwrap();
    assert_eq!(
        (limit.text.as_str(), limit.earliest, limit.latest),
        ("4 April 2026", None, Some(date(2026, 4, 4)))
    );
}

#[test]
fn an_inferred_anchor_marks_what_is_counted_from_it() {
    let mut anchor = Anchor::on(WEDNESDAY);
    anchor.inferred = true;
    assert!(all("They left on Friday.")[0].resolve(&anchor, Tense::Past).inferred);
    assert!(!all("They left on 18 October 2024.")[0].resolve(&anchor, Tense::Past).inferred);
}

/// The grammar is asked only of words that can begin an expression: none that it knows is lost by that.
#[test]
fn every_expression_begins_with_an_opener() {
    let mut texts: Vec<String> = Vec::new();
    for phrase in include_str!("grammar.rs").split('"').skip(1).step_by(2) {
        for (before, after) in [
            ("", ""),
            ("", " October"),
            ("in ", " 2019"),
            ("on ", " ago"),
            ("at ", " week"),
            ("the ", " days later"),
        ] {
            texts.push(format!("{before}{phrase}{after}"));
        }
    }
    for report in std::fs::read_dir("tests/reports").unwrap() {
        let path = report.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "md") {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
    let mut found = 0;
    for text in &texts {
        let words = Words::new(text, Span::new(0, text.len()));
        for at in 0..words.list.len() {
            let any = grammar::expression(&words, at);
            found += usize::from(any.is_some());
            assert_eq!(grammar::core(&words, at), any, "{:?}", words.list[at]);
        }
    }
    assert!(found > 1000, "{found}");
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_and_its_spans_lie_on_characters(
        text in r"((late|early|on|by|from|to|and|or|the|in|May|mid-|October|Friday|2024|31|June|last|next|a|day|week|later|ago|—|é|[0-9]{1,4}|[a-z]{1,3}|[.,:-]) ?){0,40}",
        day in -4_000_000_i64..2_900_000,
    ) {
        use jiff::ToSpan;
        let anchor = Anchor::on(date(2000, 1, 1).saturating_add(day.days()));
        for time in all(&text) {
            for tense in [Tense::Past, Tense::Present, Tense::Future, Tense::Unknown] {
                let when = time.resolve(&anchor, tense);
                proptest::prop_assert_eq!(when.span.of(&text), when.text.as_str());
                if let (Some(first), Some(last)) = (when.earliest, when.latest) {
                    proptest::prop_assert!(first <= last, "{}: {} > {}", when.text, first, last);
                }
            }
        }
    }
}

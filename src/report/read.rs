//! From bytes or text to a report.

use super::dateline::Head;
use super::markup::{self, Markup};
use super::year::{self, YearOutcome};
use super::{Dateline, Paragraph, ParagraphKind, Remark, Report, Source, Span, calendar};
use super::{dateline, decode, html, language, paragraphs};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// The longest report that is read, in bytes. More is refused, never cut in silence.
pub const LIMIT_BYTES: usize = 1 << 20;

/// Why bytes did not become a report.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ReportError {
    /// Longer than a report may be.
    #[error(
        "the report has {found} bytes and a report may have {limit}; nothing was read. Give it in parts, one report each"
    )]
    TooLarge {
        /// Its length in bytes.
        found: usize,
        /// The most that is read.
        limit: usize,
    },
    /// Not a text.
    #[error("expected a text (plain, Markdown or HTML) and found {found}; save it as text first")]
    Binary {
        /// What it looks like.
        found: &'static str,
    },
}

impl Report {
    /// A report of plain text, which is kept untouched. Never fails: what is doubtful is remarked.
    pub fn from_text(text: &str, source: &Source) -> Report {
        assemble(text.to_owned(), source.clone(), Vec::new())
    }

    /// A report of a file's bytes: plain text, Markdown with front matter, or HTML, told by the file
    /// name or media type in `name_hint`, else by how the text begins.
    ///
    /// # Errors
    /// A file that is no text, or longer than [`LIMIT_BYTES`].
    pub fn from_bytes(bytes: &[u8], name_hint: Option<&str>, source: &Source) -> Result<Report, ReportError> {
        if bytes.len() > LIMIT_BYTES {
            return Err(ReportError::TooLarge { found: bytes.len(), limit: LIMIT_BYTES });
        }
        let mut remarks = Vec::new();
        let text = decode::decode(bytes, &mut remarks)?;
        let (text, said) = match Markup::of(&text, name_hint) {
            Markup::Plain => (text, Source::default()),
            Markup::Markdown => markup::from_markdown(&text, &mut remarks),
            Markup::Html => html::from_html(&text, &mut remarks),
        };
        Ok(assemble(text, source.clone().or(said), remarks))
    }

    /// The words of a paragraph without the dateline at its head.
    pub fn body_of(&self, paragraph: &Paragraph) -> Span {
        let mut span = paragraph.span;
        if let Some(head) = &self.dateline
            && span.contains(&head.span)
            && head.span.end < span.end
        {
            let rest = &self.text[head.span.end..span.end];
            span.start = span.end - rest.trim_start().len();
        }
        span
    }

    /// The paragraphs of the report's own words: headings and body, without boilerplate.
    pub fn own_paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        let own = |kind| matches!(kind, ParagraphKind::Heading | ParagraphKind::Body);
        self.paragraphs.iter().filter(move |paragraph| own(paragraph.kind))
    }

    /// Makes anew what follows from the text: for a report that came from JSON.
    pub fn restore(&mut self) {
        self.paragraphs = paragraphs::split(&self.text);
        if let Some(head) = first_head(&self.text, &self.paragraphs)
            && let Some(kept) = &mut self.dateline
        {
            kept.place_span = head.place;
        }
    }
}

fn assemble(text: String, source: Source, mut remarks: Vec<Remark>) -> Report {
    let paragraphs = paragraphs::split(&text);
    if !paragraphs.iter().any(|p| matches!(p.kind, ParagraphKind::Heading | ParagraphKind::Body)) {
        remarks.push(Remark::new("empty-report", Span::new(0, 0), "There are no words to read in the text."));
    }
    let sha256: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let lang = source.lang.clone().unwrap_or_else(|| {
        let (lang, sure) = language::recognise(&text);
        if sure && lang != "en" {
            let message = format!("The text seems to be in {lang:?}; only English is read well.");
            remarks.push(Remark::new("not-english", Span::new(0, 0), message));
        }
        lang
    });
    let given = source.published.as_deref().and_then(|written| match calendar::parse_date(written) {
        Ok(date) => Some(date),
        Err(why) => {
            let message = format!("The date of publication was left out: {why}.");
            remarks.push(Remark::new("impossible-date", Span::new(0, 0), message));
            None
        }
    });
    let mut dates = Dates { published: given, inferred: false, line: None };
    if let Some(head) = first_head(&text, &paragraphs) {
        dates.of_head(&text, head, &mut remarks);
    }
    dates.of_date_lines(&text, &paragraphs);
    if dates.published.is_none() && dates.line.as_ref().is_none_or(|line| line.date.is_none()) {
        let message = "The report has no date: weekdays and months without a year stay open. Give its date of publication.";
        remarks.push(Remark::new("no-date", Span::new(0, 0), message));
    }
    Report {
        id: source.id.unwrap_or_else(|| sha256[..12].to_owned()),
        title: source.title,
        publisher: source.publisher,
        url: source.url,
        published: dates.published,
        published_inferred: dates.inferred,
        dateline: dates.line,
        lang,
        sha256,
        text,
        paragraphs,
        remarks,
    }
}

/// The dateline of the first paragraphs of body: a headline or a credit may stand before it.
fn first_head(text: &str, paragraphs: &[Paragraph]) -> Option<Head> {
    let own = |kind| matches!(kind, ParagraphKind::Heading | ParagraphKind::Body);
    paragraphs.iter().filter(|p| own(p.kind)).take(4).find_map(|p| dateline::find(text, p.span))
}

/// What the text and its source say of the report's date.
struct Dates {
    published: Option<Date>,
    inferred: bool,
    line: Option<Dateline>,
}

impl Dates {
    fn of_head(&mut self, text: &str, head: Head, remarks: &mut Vec<Remark>) {
        let date = head.date.and_then(|(month, day, year)| {
            let span = head.date_span.unwrap_or(head.span);
            let date = match (year, self.published) {
                (Some(year), _) => {
                    Date::new(year, month, day).ok().or_else(|| impossible(text, span, remarks))
                }
                (None, Some(published)) => {
                    nearest(published, month, day).or_else(|| impossible(text, span, remarks))
                }
                (None, None) => match year::infer(text, head.span.end, month, day) {
                    YearOutcome::Inferred { date, reason } => {
                        remarks.push(Remark::new("year-inferred", span, reason));
                        self.inferred = true;
                        Some(date)
                    }
                    YearOutcome::Impossible => impossible(text, span, remarks),
                    YearOutcome::Open => {
                        let message =
                            "The dateline names no year and the text does not decide it: dates stay open.";
                        remarks.push(Remark::new("year-unknown", span, message));
                        None
                    }
                },
            };
            self.published = self.published.or(date);
            date
        });
        self.line = Some(Dateline {
            place: head.place.map(|place| place.of(text).to_owned()),
            date,
            span: head.span,
            place_span: head.place,
        });
    }

    /// A date alone on the first line is the report's; of a digest's several the latest.
    fn of_date_lines(&mut self, text: &str, paragraphs: &[Paragraph]) {
        let dated = paragraphs.iter().filter(|p| p.kind == ParagraphKind::DateLine);
        let dates: Vec<Date> = dated.filter_map(|p| calendar::parse_date(p.span.of(text)).ok()).collect();
        if self.published.is_none()
            && let Some(latest) = dates.iter().max()
        {
            self.published = Some(*latest);
            self.inferred = dates.len() > 1;
        }
    }
}

fn impossible(text: &str, span: Span, remarks: &mut Vec<Remark>) -> Option<Date> {
    let message = format!("No calendar has a day {:?}: it was left out.", span.of(text));
    remarks.push(Remark::new("impossible-date", span, message));
    None
}

/// The day of that month nearest to another day.
fn nearest(to: Date, month: i8, day: i8) -> Option<Date> {
    let year = to.year();
    let near = [year.saturating_sub(1), year, year.saturating_add(1)];
    let days = near.into_iter().filter_map(|year| Date::new(year, month, day).ok());
    days.min_by_key(|date| date.duration_since(to).as_hours().abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const WIRE: &str = "ODESSA, Oct 23 (Example) - The harbour office said on Wednesday that a ferry had left \
        for Varna.\nIt was the first since February 2022, the office said.\nPhoto from Example Press\n";

    #[test]
    fn a_plain_text_is_kept_untouched() {
        let text = "  Left at dawn.\r\n\r\nCame back.  ";
        let report = Report::from_text(text, &Source::default());
        assert_eq!(report.text, text);
        assert_eq!(report.id, report.sha256[..12]);
        assert_eq!(report.paragraphs.len(), 2);
    }

    #[test]
    fn a_year_is_inferred_and_says_why() {
        let report = Report::from_text(WIRE, &Source::default());
        assert_eq!(report.published, Some(date(2024, 10, 23)));
        assert!(report.published_inferred);
        let line = report.dateline.as_ref().unwrap();
        assert_eq!((line.place.as_deref(), line.date), (Some("ODESSA"), Some(date(2024, 10, 23))));
        let remark = report.remarks.iter().find(|remark| remark.code == "year-inferred").unwrap();
        assert_eq!(remark.span.of(WIRE), "Oct 23");
        assert!(
            remark.message.contains("Wednesday") && remark.message.contains("2022"),
            "{}",
            remark.message
        );
    }

    #[test]
    fn a_given_date_decides_the_year_of_the_dateline() {
        let report = Report::from_text(WIRE, &Source::published("2031-01-02"));
        assert_eq!(report.published, Some(date(2031, 1, 2)));
        assert!(!report.published_inferred);
        assert_eq!(report.dateline.unwrap().date, Some(date(2030, 10, 23)));
    }

    #[test]
    fn a_report_without_a_date_has_none() {
        let report = Report::from_text("The ferry left on Wednesday for Varna.", &Source::default());
        assert_eq!((report.published, report.published_inferred), (None, false));
        assert_eq!(report.remarks[0].code, "no-date");
    }

    #[test]
    fn an_impossible_date_is_a_remark() {
        for text in ["ODESSA, June 31 (Example) - A ferry left.", "ODESSA, June 31, 2024 - A ferry left."] {
            let report = Report::from_text(text, &Source::default());
            assert_eq!(report.published, None);
            assert!(
                report.remarks.iter().any(|remark| remark.code == "impossible-date"),
                "{:?}",
                report.remarks
            );
        }
        let report = Report::from_text("A ferry left.", &Source::published("2024-13-01"));
        assert_eq!(report.published, None);
        assert_eq!(report.remarks[0].code, "impossible-date");
    }

    #[test]
    fn a_date_line_at_the_head_dates_the_report() {
        let report =
            Report::from_text("Saturday, January 12, 2019\nA bus crashed on Thursday.", &Source::default());
        assert_eq!((report.published, report.published_inferred), (Some(date(2019, 1, 12)), false));
    }

    #[test]
    fn the_body_begins_after_the_dateline() {
        let report = Report::from_text(WIRE, &Source::default());
        let body: Vec<&str> =
            report.own_paragraphs().map(|paragraph| report.body_of(paragraph).of(&report.text)).collect();
        assert!(body[0].starts_with("The harbour office"));
        assert_eq!(body.len(), 2);
    }

    #[test]
    fn a_report_over_the_limit_is_one_clear_error() {
        let long = vec![b'a'; LIMIT_BYTES + 1];
        let error = Report::from_bytes(&long, None, &Source::default()).unwrap_err();
        assert_eq!(error, ReportError::TooLarge { found: LIMIT_BYTES + 1, limit: LIMIT_BYTES });
        assert!(Report::from_bytes(&long[1..], None, &Source::default()).is_ok());
    }

    #[test]
    fn what_the_caller_gives_wins_over_the_front_matter() {
        let file = "---\ntitle: Inside\npublisher: Example\npublished: 2031-04-15\n---\nThe ferry left.\n";
        let outside = Source { title: Some("Outside".into()), ..Source::default() };
        let report = Report::from_bytes(file.as_bytes(), Some("a.md"), &outside).unwrap();
        assert_eq!(report.title.as_deref(), Some("Outside"));
        assert_eq!(report.publisher.as_deref(), Some("Example"));
        assert_eq!(report.published, Some(date(2031, 4, 15)));
        assert_eq!(report.text, "The ferry left.\n");
    }

    #[test]
    fn a_report_in_another_language_is_remarked() {
        let german = "Die Fähre hat am Mittwoch den Hafen verlassen, sagte ein Sprecher der Behörde. Sie ist auf dem \
            Weg nach Warna und soll dort am Freitag ankommen.";
        let report = Report::from_text(german, &Source::default());
        assert_eq!(report.lang, "de");
        assert_eq!(report.remarks[0].code, "not-english");
    }

    #[test]
    fn an_empty_text_is_a_report_with_a_remark() {
        let report = Report::from_text(" \n", &Source::default());
        assert_eq!(report.paragraphs, []);
        assert_eq!(report.remarks[0].code, "empty-report");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_a_report_or_one_clear_error(
            bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400),
            hint in 0..4_usize,
        ) {
            let hint = [None, Some("a.txt"), Some("a.md"), Some("a.html")][hint];
            if let Ok(report) = Report::from_bytes(&bytes, hint, &Source::default()) {
                check_spans(&report);
            }
        }

        #[test]
        fn any_text_is_a_report(
            text in r"(SEOUL|KYIV, Ukraine|Oct 23|\(Reuters\)| - | — |\n|\n\n|Photo from |Reuters|Read more|9 June 2025|É|[a-zA-Z .,]{1,20}|---\n|title: x){0,25}",
        ) {
            let report = Report::from_text(&text, &Source::default());
            proptest::prop_assert_eq!(&report.text, &text);
            check_spans(&report);
            check_spans(&Report::from_bytes(text.as_bytes(), Some("a.md"), &Source::default()).unwrap());
        }
    }

    /// Paragraphs lie in order, inside the text, on character boundaries.
    fn check_spans(report: &Report) {
        let mut end = 0;
        for paragraph in &report.paragraphs {
            assert!(paragraph.span.start >= end && paragraph.span.start < paragraph.span.end);
            assert!(!paragraph.span.of(&report.text).trim().is_empty());
            assert!(paragraph.span.contains(&report.body_of(paragraph)));
            end = paragraph.span.end;
        }
        for remark in &report.remarks {
            let _ = remark.span.of(&report.text);
        }
    }

    #[test]
    fn long_and_strange_texts_are_read_in_a_moment() {
        let big = |piece: &str| piece.repeat(LIMIT_BYTES / piece.len());
        let started = std::time::Instant::now();
        for text in
            [big("* \n"), big("Photo from ReutersPhoto from Reuters"), big("A"), big("A \n\n"), big("Aa - ")]
        {
            check_spans(&Report::from_text(&text, &Source::default()));
        }
        for (text, hint) in
            [(big("> "), "a.md"), (big("- a\n"), "a.md"), (big("[["), "a.md"), (big("<div>"), "a.html")]
        {
            check_spans(&Report::from_bytes(text.as_bytes(), Some(hint), &Source::default()).unwrap());
        }
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}

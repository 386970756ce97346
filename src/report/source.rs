//! What is known about a report from outside its text.

/// What is known about a report from outside its text. Everything may be left out; what is given
/// here wins over what the front matter or the page says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The id to use; none: the start of the text's hash.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// Its date as written: `2024-10-23`, `23 October 2024`, `2024-10-23T08:00:00Z`.
    pub published: Option<String>,
    /// BCP 47 code of its language; none: recognised.
    pub lang: Option<String>,
}

impl Source {
    /// A source of which only the date is known.
    pub fn published(date: &str) -> Self {
        Source { published: Some(date.to_owned()), ..Source::default() }
    }

    /// This source, with what it lacks taken from another.
    pub fn or(self, other: Source) -> Self {
        Source {
            id: self.id.or(other.id),
            title: self.title.or(other.title),
            publisher: self.publisher.or(other.publisher),
            url: self.url.or(other.url),
            published: self.published.or(other.published),
            lang: self.lang.or(other.lang),
        }
    }
}

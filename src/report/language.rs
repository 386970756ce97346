//! The language of a text, as a BCP 47 code.

use whatlang::Lang;

/// Letters of the first page, which decide: counting trigrams of a whole archive would cost more than reading it.
const PAGE: usize = 4000;
/// Of so many words of a text …
const FIRST_WORDS: usize = 200;
/// … so many in a hundred, and no fewer than so many, must be small words that only English has.
const SHARE: usize = 10;
const LEAST: usize = 6;
/// Small words of English that are rare or unknown in other languages that are written in its letters.
const ENGLISH: [&str; 12] =
    ["the", "of", "and", "that", "with", "was", "were", "which", "from", "their", "have", "said"];

/// The code of the language and whether the recogniser is sure of it; `und` where it cannot tell.
pub fn recognise(text: &str) -> (String, bool) {
    if is_plain_english(text) {
        return ("en".to_owned(), true);
    }
    let sample = match text.char_indices().nth(PAGE) {
        Some((end, _)) => &text[..end],
        None => text,
    };
    match whatlang::detect(sample) {
        Some(found) => (code(found.lang()).to_owned(), found.is_reliable()),
        None => ("und".to_owned(), false),
    }
}

/// Whether its small words alone show that a text is English: most reports are, and counting words costs little
/// beside counting trigrams. Where they do not, the recogniser is asked.
fn is_plain_english(text: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in text.split_ascii_whitespace().take(FIRST_WORDS) {
        words += 1;
        english += usize::from(ENGLISH.contains(&word));
    }
    english >= LEAST && english * 100 >= words * SHARE
}

/// BCP 47 takes the two-letter code where a language has one.
fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_show_english_and_no_other_language() {
        let english =
            "The crew of the ferry said that the engine had failed and that the wind had turned. ".repeat(4);
        let dutch =
            "De bemanning van de veerboot was in de haven en had de motor laten nakijken, zei de kapitein. "
                .repeat(4);
        assert!(is_plain_english(&english) && !is_plain_english(&dutch));
        assert_eq!(recognise(&english), ("en".to_owned(), true));
        assert_eq!(recognise(&dutch).0, "nl");
    }
}

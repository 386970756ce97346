//! The bytes of a foreign file → text: marks of encoding, declarations, words cut to a length.

use super::{LIMIT_WORDS, OverlayError};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// The text of a file whose format is UTF-8; a mark at its start may say UTF-16.
///
/// # Errors
/// Other bytes.
pub fn utf8<'b>(
    bytes: &'b [u8],
    format: &'static str,
    expected: &'static str,
) -> Result<Cow<'b, str>, OverlayError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => {
            let problem = format!("it is not UTF-8 at byte {}", error.valid_up_to());
            Err(OverlayError::Broken { format, problem, expected })
        }
    }
}

/// The text of an XML file, in the encoding that its declaration names.
///
/// # Errors
/// Bytes of another encoding.
pub fn xml<'b>(bytes: &'b [u8], format: &'static str) -> Result<Cow<'b, str>, OverlayError> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declared = head.split_once("encoding=").map(|(_, rest)| rest);
    let label = declared.and_then(|rest| rest.get(1..)).and_then(|rest| rest.split(['"', '\'']).next());
    match label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        Some(encoding) if Encoding::for_bom(bytes).is_none() && encoding.is_ascii_compatible() => {
            Ok(encoding.decode_without_bom_handling(bytes).0)
        }
        _ => utf8(bytes, format, "XML in UTF-8"),
    }
}

/// The text of a table: what is not UTF-8 is what spreadsheets write without asking.
pub fn table(bytes: &[u8]) -> Cow<'_, str> {
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    }
}

/// The first character that is no space, of the beginning read as UTF-8.
pub fn first(bytes: &[u8]) -> Option<char> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]);
    head.trim_start_matches('\u{FEFF}').trim_start().chars().next()
}

/// Whether the beginning of the file has these words.
pub fn mentions(bytes: &[u8], words: &str) -> bool {
    String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]).contains(words)
}

/// Words on one line, without control characters, cut to a length; none if nothing is left.
pub fn words(text: &str) -> Option<String> {
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > LIMIT_WORDS {
            let end = (0..=LIMIT_WORDS).rev().find(|end| line.is_char_boundary(*end)).unwrap_or(0);
            line.truncate(end);
            line.push('…');
            break;
        }
    }
    (!line.is_empty()).then_some(line)
}

/// `#rgb` or `#rrggbb`, with or without the mark.
pub fn color(text: &str) -> Option<[u8; 3]> {
    let digits = text.trim().trim_start_matches('#').as_bytes();
    let digit = |i: usize| char::from(digits[i]).to_digit(16).map(|d| d as u8);
    match digits.len() {
        3 => Some([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17]),
        6 => Some([digit(0)? * 16 + digit(1)?, digit(2)? * 16 + digit(3)?, digit(4)? * 16 + digit(5)?]),
        _ => None,
    }
}

/// A date as the file has it: the day of a timestamp, or the words themselves.
pub fn date(text: &str) -> Option<String> {
    let text = words(text)?;
    let day = text.get(..10).filter(|day| day.parse::<jiff::civil::Date>().is_ok());
    let is_stamp = text.len() == 10 || text.as_bytes().get(10).is_some_and(|b| matches!(b, b'T' | b' '));
    Some(day.filter(|_| is_stamp).map(str::to_owned).unwrap_or(text))
}

//! Bytes → text: encodings told by byte order mark, else UTF-8, else Windows-1252.

use super::{Remark, ReportError, Span};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The text of some bytes, with a remark where it was not plain UTF-8.
///
/// # Errors
/// Bytes that are no text at all.
pub fn decode(bytes: &[u8], remarks: &mut Vec<Remark>) -> Result<String, ReportError> {
    if let Some(found) = known_binary(bytes) {
        return Err(ReportError::Binary { found });
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if encoding != encoding_rs::UTF_8 {
            remarks.push(encoding_remark(encoding));
        }
        return text_only(text.into_owned());
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        remarks.push(encoding_remark(encoding));
        return text_only(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text_only(text.to_owned()),
        Err(_) if bytes.contains(&0) => Err(ReportError::Binary { found: "bytes that are no text" }),
        Err(_) => {
            let encoding = named_in_page(bytes).unwrap_or(WINDOWS_1252);
            remarks.push(encoding_remark(encoding));
            text_only(encoding.decode_without_bom_handling(bytes).0.into_owned())
        }
    }
}

fn encoding_remark(encoding: &'static Encoding) -> Remark {
    let message = format!("Read as {}: the bytes are not UTF-8.", encoding.name());
    Remark::new("encoding-guessed", Span::new(0, 0), message)
}

/// The encoding that a web page names in its first kilobyte: `<meta charset="koi8-r">`.
fn named_in_page(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let (before, after) = head.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c)).next()?;
    before.contains("<meta").then(|| Encoding::for_label(label.as_bytes())).flatten()
}

/// File formats that people hand over by mistake, by their first bytes.
fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const SIGNATURES: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"\x7fELF", "a program"),
        (b"DATELINE", "one of Dateline's own packed files"),
    ];
    SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).and_then(|&(start, found)| {
        // "DATELINE" may well begin a report: a packed file goes on with a version number.
        (start != b"DATELINE" || bytes.get(9) == Some(&0)).then_some(found)
    })
}

/// Two-byte text without its mark: nearly every other byte of English is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512)];
    if sample.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = sample.len() / 2;
    match (zeros(0) * 10 / pairs, zeros(1) * 10 / pairs) {
        (0, 7..) => Some(UTF_16LE),
        (7.., 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Control characters beyond the odd one mean that this is no text.
fn text_only(text: String) -> Result<String, ReportError> {
    let odd = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{85}');
    let (controls, nulls) = text
        .chars()
        .filter(odd)
        .fold((0, 0), |(controls, nulls), c| (controls + 1, nulls + usize::from(c == '\0')));
    if nulls > 0 || controls * 50 > text.len().max(50) {
        return Err(ReportError::Binary { found: "bytes that are no text" });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (Result<String, ReportError>, Vec<Remark>) {
        let mut remarks = Vec::new();
        (decode(bytes, &mut remarks), remarks)
    }

    #[test]
    fn a_byte_order_mark_is_taken_off() {
        let (text, remarks) = decoded(b"\xef\xbb\xbfKyiv");
        assert_eq!(text.unwrap(), "Kyiv");
        assert!(remarks.is_empty());
    }

    #[test]
    fn utf16_is_read_with_and_without_its_mark() {
        let little: Vec<u8> = "Troops left Łódź today".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xff\xfe".as_slice(), &little].concat();
        for bytes in [&little, &marked] {
            let (text, remarks) = decoded(bytes);
            assert_eq!(text.unwrap(), "Troops left Łódź today");
            assert_eq!(remarks[0].code, "encoding-guessed");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_read_as_windows_1252() {
        let (text, remarks) = decoded(b"The ship left M\xe1laga \x96 at noon");
        assert_eq!(text.unwrap(), "The ship left Málaga – at noon");
        assert!(remarks[0].message.contains("windows-1252"));
    }

    #[test]
    fn a_page_may_name_its_encoding() {
        let page = b"<html><head><meta charset=\"koi8-r\"></head><body>\xeb\xc9\xc5\xd7</body></html>";
        let (text, remarks) = decoded(page);
        assert!(text.unwrap().contains("Киев"));
        assert!(remarks[0].message.contains("KOI8-R"));
    }

    #[test]
    fn a_binary_file_is_one_clear_error() {
        assert!(matches!(decoded(b"%PDF-1.7\n%\xe2").0, Err(ReportError::Binary { found: "a PDF" })));
        assert!(matches!(decoded(b"abc\0\0\x01\x02\xff").0, Err(ReportError::Binary { .. })));
        assert!(decoded(b"DATELINE is a word").0.is_ok());
    }
}

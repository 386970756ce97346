//! Our XMP packet in a PDF: a file of krilla's in, the same file with our packet in place of its own out.
//!
//! The packet's stream is uncompressed, as XMP asks, and the table of offsets is plain, so that both can be
//! written anew in place. The digest of the picture covers every byte of the file but the digests themselves.

use super::metadata::{self, PICTURE, Record, WORDS};
use std::fmt::Write;
use std::ops::Range;

/// As many digits as a digest has.
const DIGITS: usize = 64;

/// Puts the sealed record into the file. A file that is not laid out as krilla does stays as it is.
pub(super) fn seal(pdf: Vec<u8>, record: &Record, is_accessible: bool) -> Vec<u8> {
    let mut record = record.clone();
    if is_accessible {
        record.set("pdfuaid:part", ["1"]);
    }
    let blank = "0".repeat(DIGITS);
    let with = |record: &Record| replace(&pdf, record.packet().as_bytes());
    let Some(draft) = with(&record.sealed("application/pdf", &blank)) else { return pdf };
    let Some(picture) = digest(&draft) else { return pdf };
    with(&record.sealed("application/pdf", &picture)).unwrap_or(pdf)
}

/// The digest of a file: of every byte but the digits of the two digests; `None` where they are not there.
pub(super) fn digest(pdf: &[u8]) -> Option<String> {
    let packet = packet(pdf)?;
    let mut skipped: Vec<Range<usize>> = Vec::new();
    for name in [PICTURE, WORDS] {
        let mark = format!("<{name}>");
        let start = packet.start + find(&pdf[packet.clone()], mark.as_bytes())? + mark.len();
        let digits = start..start + DIGITS;
        let is_hexadecimal = pdf.get(digits.clone())?.iter().all(u8::is_ascii_hexdigit);
        if !is_hexadecimal || digits.end > packet.end {
            return None;
        }
        skipped.push(digits);
    }
    skipped.sort_by_key(|digits| digits.start);
    let [first, second] = skipped.as_slice() else { return None };
    let parts = [&pdf[..first.start], &pdf[first.end..second.start], &pdf[second.end..]];
    Some(metadata::digest_of("pdf", parts))
}

/// Where the last packet of the file stands: programs that write after us add theirs at the end.
pub(super) fn packet(pdf: &[u8]) -> Option<Range<usize>> {
    let start = rfind(pdf, b"<?xpacket begin=")?;
    let end = start + find(&pdf[start..], b"<?xpacket end=")?;
    Some(start..end + find(&pdf[end..], b"?>")? + 2)
}

/// The file with these bytes in its metadata stream.
fn replace(pdf: &[u8], packet: &[u8]) -> Option<Vec<u8>> {
    let mark = rfind(pdf, b"/Subtype/XML")?;
    let head = rfind(&pdf[..mark], b" 0 obj")?;
    let start = head - pdf[..head].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let end = mark + find(&pdf[mark..], b"\nendobj")?;
    let table: usize = number(pdf, rfind(pdf, b"startxref\n")? + 10)?;
    let rest = pdf.get(table..)?.strip_prefix(b"xref\n0 ")?;
    let entries = table + 7 + find(rest, b"\n")? + 1;
    let count: usize = number(pdf, table + 7)?;

    let mut object = pdf[start..head].to_vec();
    let words = format!(" 0 obj\n<</Length {}/Type/Metadata/Subtype/XML>>\nstream\n", packet.len());
    object.extend(words.bytes());
    object.extend(packet);
    object.extend(b"\nendstream");
    let moved = |offset: usize| if offset > start { offset + object.len() - (end - start) } else { offset };

    let mut out = pdf[..start].to_vec();
    out.extend(&object);
    out.extend(pdf.get(end..entries)?);
    for at in (0..count).map(|entry| entries + 20 * entry) {
        let entry = std::str::from_utf8(pdf.get(at..at + 20)?).ok()?;
        let (offset, state) = entry.split_at_checked(10)?;
        let is_used = state.starts_with(" 00000 n");
        let offset = offset.parse().ok()?;
        out.extend(format!("{:010}{state}", if is_used { moved(offset) } else { offset }).bytes());
    }
    let trailer = entries + 20 * count;
    let last = trailer + rfind(&pdf[trailer..], b"startxref\n")?;
    out.extend(&pdf[trailer..last]);
    let mut tail = String::new();
    let _ = write!(tail, "startxref\n{}\n%%EOF", moved(table));
    out.extend(tail.bytes());
    Some(out)
}

/// The decimal number at a position.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let digits: Vec<u8> = bytes.get(at..)?.iter().copied().take_while(u8::is_ascii_digit).collect();
    String::from_utf8(digits).ok()?.parse().ok()
}

fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|window| window == words)
}

fn rfind(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).rposition(|window| window == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_another_layout_stays_as_it_is() {
        for other in [&b""[..], b"%PDF-1.7", b"1 0 obj /Subtype/XML\nendobj startxref\n99999\n%%EOF"] {
            assert_eq!(seal(other.to_vec(), &Record::default(), true), other);
        }
    }
}

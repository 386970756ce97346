//! Packed files: the one container that every file under `assets/` is kept in.
//!
//! Bytes in, named sections out. A file starts with magic bytes, a format version, the kind of its
//! contents with the version of that kind's layout, and the sources it was made from; then come
//! sections, each raw or compressed with zstd and each with a CRC-32. Raw sections are borrowed
//! from the file, so a large index opens without copying. All numbers are little-endian.
//!
//! ```text
//! "DATELINE" | u16 container version | u16 layout version | str kind | str sources
//! u32 sections | per section: str name, u8 compression, u64 offset, u64 stored, u64 length, u32 crc
//! … the sections' bytes …          (str = u32 length + UTF-8; offsets from the start of the file)
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

const MAGIC: &[u8; 8] = b"DATELINE";
const CONTAINER_VERSION: u16 = 1;
/// More than any section of ours by far: a damaged length must not ask for all memory.
const SECTION_LIMIT: u64 = 1 << 30;

/// Why a packed file could not be opened or read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PackedError {
    /// The first bytes are not those of a packed file.
    #[error(
        "{file}: not a packed file (it starts with {found:?}, expected \"DATELINE\"); run `make geodata` to make it anew"
    )]
    NotPacked {
        /// What was being opened.
        file: String,
        /// The bytes found in place of the magic.
        found: String,
    },
    /// A packed file, but of another kind or another version.
    #[error("{file}: holds {found}, this program reads {expected}; run `make geodata` to make it anew")]
    Unsupported {
        /// What was being opened.
        file: String,
        /// Kind and version found.
        found: String,
        /// Kind and version expected.
        expected: String,
    },
    /// Cut short, or changed since it was written.
    #[error("{file}: damaged ({what}); restore it from the repository or run `make geodata`")]
    Damaged {
        /// What was being opened.
        file: String,
        /// What does not hold.
        what: String,
    },
}

/// How a section is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// As it is: borrowed from the file when read.
    None,
    /// zstd at its second-highest level: packing is rare, reading is not.
    Zstd,
}

#[derive(Debug, Clone)]
struct Section {
    compression: Compression,
    offset: usize,
    stored: usize,
    length: usize,
    crc: u32,
}

/// An opened packed file.
#[derive(Debug, Clone)]
pub struct Packed<'a> {
    bytes: &'a [u8],
    kind: String,
    sources: String,
    sections: BTreeMap<String, Section>,
}

impl<'a> Packed<'a> {
    /// Opens a file of this kind and layout version. Only the header is read here.
    ///
    /// # Errors
    /// One clear error for a file that is no packed file, is of another kind or version, or whose
    /// header is damaged.
    pub fn open(bytes: &'a [u8], kind: &str, version: u16) -> Result<Self, PackedError> {
        let file = format!("assets/{kind}.dl");
        let damaged = |what: &str| PackedError::Damaged { file: file.clone(), what: what.to_owned() };
        let mut head = Reader { bytes, at: 0 };
        if head.take(8) != Some(MAGIC) {
            let found = String::from_utf8_lossy(&bytes[..bytes.len().min(8)]).into_owned();
            return Err(PackedError::NotPacked { file, found });
        }
        let cut = || damaged("its header is cut short");
        let container = head.u16().ok_or_else(cut)?;
        let layout = head.u16().ok_or_else(cut)?;
        let found_kind = head.string().ok_or_else(cut)?;
        if container != CONTAINER_VERSION || layout != version || found_kind != kind {
            return Err(PackedError::Unsupported {
                file,
                found: format!("{found_kind:?} layout {layout}, container {container}"),
                expected: format!("{kind:?} layout {version}, container {CONTAINER_VERSION}"),
            });
        }
        let sources = head.string().ok_or_else(cut)?;
        let count = head.u32().ok_or_else(cut)?;
        let mut sections = BTreeMap::new();
        for _ in 0..count {
            let name = head.string().ok_or_else(cut)?;
            let compression = match head.take(1).ok_or_else(cut)? {
                [0] => Compression::None,
                [1] => Compression::Zstd,
                _ => return Err(damaged("a section with an unknown compression")),
            };
            let offset = head.u64().ok_or_else(cut)?;
            let stored = head.u64().ok_or_else(cut)?;
            let length = head.u64().ok_or_else(cut)?;
            let crc = head.u32().ok_or_else(cut)?;
            let end = offset.checked_add(stored).filter(|&end| end <= bytes.len() as u64);
            if end.is_none() || length > SECTION_LIMIT {
                return Err(damaged(&format!("section {name:?} reaches past the end")));
            }
            let section = Section {
                compression,
                offset: offset as usize,
                stored: stored as usize,
                length: length as usize,
                crc,
            };
            sections.insert(name, section);
        }
        Ok(Packed { bytes, kind: kind.to_owned(), sources, sections })
    }

    /// Checks every section's checksum without unpacking it: after this, reading cannot fail.
    ///
    /// # Errors
    /// The bytes of a section are not those that were written.
    pub fn verify(&self) -> Result<(), PackedError> {
        for (name, section) in &self.sections {
            let stored = &self.bytes[section.offset..section.offset + section.stored];
            if crc32fast::hash(stored) != section.crc {
                let (file, what) =
                    (format!("assets/{}.dl", self.kind), format!("section {name:?} fails its checksum"));
                return Err(PackedError::Damaged { file, what });
            }
        }
        Ok(())
    }

    /// The sources the file was made from, one a line: package, version, licence.
    pub fn sources(&self) -> &str {
        &self.sources
    }

    /// The names of the sections, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sections.keys().map(String::as_str)
    }

    /// The contents of a section: borrowed where it is stored raw. Its checksum is verified.
    ///
    /// # Errors
    /// The section is missing or its bytes are not those that were written.
    pub fn section(&self, name: &str) -> Result<Cow<'a, [u8]>, PackedError> {
        let damaged = |what: String| PackedError::Damaged { file: format!("assets/{}.dl", self.kind), what };
        let section =
            self.sections.get(name).ok_or_else(|| damaged(format!("section {name:?} is missing")))?;
        let stored = &self.bytes[section.offset..section.offset + section.stored];
        if crc32fast::hash(stored) != section.crc {
            return Err(damaged(format!("section {name:?} fails its checksum")));
        }
        match section.compression {
            Compression::None => Ok(Cow::Borrowed(stored)),
            Compression::Zstd => zstd::bulk::decompress(stored, section.length)
                .map(Cow::Owned)
                .map_err(|_| damaged(format!("section {name:?} does not decompress"))),
        }
    }
}

/// Writes a packed file, section by section.
#[derive(Debug)]
pub struct PackedWriter {
    kind: String,
    version: u16,
    sources: String,
    sections: Vec<(String, Compression, Vec<u8>, u64)>,
}

impl PackedWriter {
    /// A writer for a file of this kind, layout version and sources (one a line).
    pub fn new(kind: &str, version: u16, sources: &str) -> Self {
        PackedWriter { kind: kind.to_owned(), version, sources: sources.to_owned(), sections: Vec::new() }
    }

    /// Adds a section. The same bytes always give the same file.
    ///
    /// # Panics
    /// When zstd runs out of memory.
    pub fn section(&mut self, name: &str, compression: Compression, bytes: &[u8]) -> &mut Self {
        let stored = match compression {
            Compression::None => bytes.to_vec(),
            Compression::Zstd => zstd::bulk::compress(bytes, 19).expect("zstd compresses any bytes"),
        };
        self.sections.push((name.to_owned(), compression, stored, bytes.len() as u64));
        self
    }

    /// The whole file.
    pub fn finish(&self) -> Vec<u8> {
        let header_length = self.header(0).len() as u64;
        let mut file = self.header(header_length);
        for (_, _, stored, _) in &self.sections {
            file.extend_from_slice(stored);
        }
        file
    }

    fn header(&self, header_length: u64) -> Vec<u8> {
        let mut out = Vec::new();
        let string = |out: &mut Vec<u8>, s: &str| {
            out.extend_from_slice(&(s.len() as u32).to_le_bytes());
            out.extend_from_slice(s.as_bytes());
        };
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&CONTAINER_VERSION.to_le_bytes());
        out.extend_from_slice(&self.version.to_le_bytes());
        string(&mut out, &self.kind);
        string(&mut out, &self.sources);
        out.extend_from_slice(&(self.sections.len() as u32).to_le_bytes());
        let mut offset = header_length;
        for (name, compression, stored, length) in &self.sections {
            string(&mut out, name);
            out.push(match compression {
                Compression::None => 0,
                Compression::Zstd => 1,
            });
            out.extend_from_slice(&offset.to_le_bytes());
            out.extend_from_slice(&(stored.len() as u64).to_le_bytes());
            out.extend_from_slice(&length.to_le_bytes());
            out.extend_from_slice(&crc32fast::hash(stored).to_le_bytes());
            offset += stored.len() as u64;
        }
        out
    }
}

/// Reads little-endian numbers and strings off a slice; `None` when it ends too early.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// A reader at the start of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { bytes, at: 0 }
    }

    /// Whether all bytes have been read.
    pub fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(taken)
    }

    /// The next byte.
    pub fn u8(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    /// The next two bytes as a number.
    pub fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    /// The next four bytes as a number.
    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// The next four bytes as a signed number.
    pub fn i32(&mut self) -> Option<i32> {
        Some(i32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// The next eight bytes as a number.
    pub fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }

    /// The next four bytes as a float.
    pub fn f32(&mut self) -> Option<f32> {
        Some(f32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    /// The next string: a `u32` length, then UTF-8.
    pub fn string(&mut self) -> Option<String> {
        let length = self.u32()? as usize;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let mut writer = PackedWriter::new("sample", 3, "made up 1.0, CC0");
        writer.section("raw", Compression::None, b"as it is");
        writer.section("packed", Compression::Zstd, &[7; 4096]);
        writer.finish()
    }

    #[test]
    fn what_was_packed_is_read_back() {
        let file = sample();
        let packed = Packed::open(&file, "sample", 3).unwrap();
        assert_eq!(packed.sources(), "made up 1.0, CC0");
        assert!(matches!(packed.section("raw").unwrap(), Cow::Borrowed(b"as it is")));
        assert_eq!(&*packed.section("packed").unwrap(), &[7; 4096]);
    }

    #[test]
    fn another_file_another_version_and_a_missing_section_are_said() {
        let file = sample();
        assert!(matches!(Packed::open(b"PK\x03\x04....", "sample", 3), Err(PackedError::NotPacked { .. })));
        assert!(matches!(Packed::open(b"", "sample", 3), Err(PackedError::NotPacked { .. })));
        assert!(matches!(Packed::open(&file, "sample", 4), Err(PackedError::Unsupported { .. })));
        let error = Packed::open(&file, "sample", 3).unwrap().section("none").unwrap_err();
        assert!(error.to_string().contains("\"none\" is missing"), "{error}");
    }

    #[test]
    fn every_cut_and_every_flipped_byte_is_noticed() {
        let file = sample();
        let read_all = |bytes: &[u8]| -> Result<(), PackedError> {
            let packed = Packed::open(bytes, "sample", 3)?;
            packed.section("raw")?;
            packed.section("packed")?;
            Ok(())
        };
        for cut in 0..file.len() {
            assert!(read_all(&file[..cut]).is_err(), "cut at {cut}");
        }
        let header = file.len() - 8 - Packed::open(&file, "sample", 3).unwrap().sections["packed"].stored;
        for at in (0..8).chain(header..file.len()) {
            let mut damaged = file.clone();
            damaged[at] ^= 0x10;
            assert!(read_all(&damaged).is_err(), "flipped byte {at}");
        }
    }
}

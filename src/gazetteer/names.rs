//! All names of an entry, for labels in other languages: compressed in blocks, opened when asked for.

use super::{EntryId, Gazetteer, format};
use crate::packed::Reader;

impl Gazetteer {
    /// The names of an entry with their languages (empty where unknown), sorted; its usual name among the English.
    pub fn names(&self, id: EntryId) -> Vec<(String, String)> {
        let block = id.0 / format::BLOCK;
        let Some(cell) = self.blocks.get(block as usize) else { return Vec::new() };
        let bytes = cell.get_or_init(|| {
            self.packed
                .section(&format!("names/{block:03}"))
                .map(|bytes| bytes.into_owned())
                .unwrap_or_default()
        });
        let mut names = read(bytes, id.0 % format::BLOCK).unwrap_or_default();
        names.push(("en".to_owned(), self.entry(id).name.to_owned()));
        names.sort();
        names
    }

    /// The name of an entry in a language, or its usual English name.
    pub fn name_in(&self, id: EntryId, lang: &str) -> String {
        let named = self.names(id).into_iter().find(|(found, _)| found == lang && lang != "en");
        named.map_or_else(|| self.entry(id).name.to_owned(), |(_, name)| name)
    }
}

/// A block: for each entry its number of bytes, then behind all of these the names as `lang`, `name`.
fn read(bytes: &[u8], nth: u32) -> Option<Vec<(String, String)>> {
    let mut reader = Reader::new(bytes);
    let count = reader.u32()?;
    let mut start = 0;
    let mut length = 0;
    for i in 0..count {
        let size = reader.u32()?;
        if i < nth {
            start += size as usize;
        } else if i == nth {
            length = size as usize;
        }
    }
    reader.take(start)?;
    let text = std::str::from_utf8(reader.take(length)?).ok()?;
    Some(
        text.lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(l, n)| (l.to_owned(), n.to_owned()))
            .collect(),
    )
}

/// Writes a block of names, one list an entry.
pub(super) fn write(entries: &[Vec<(&str, &str)>]) -> Vec<u8> {
    let texts: Vec<String> = entries
        .iter()
        .map(|names| names.iter().map(|(lang, name)| format!("{lang}\t{name}\n")).collect())
        .collect();
    let mut out = (entries.len() as u32).to_le_bytes().to_vec();
    texts.iter().for_each(|text| out.extend((text.len() as u32).to_le_bytes()));
    texts.iter().for_each(|text| out.extend(text.as_bytes()));
    out
}

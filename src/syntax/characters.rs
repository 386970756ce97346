//! Classes of characters, as the tokenizer's patterns and the word shapes know them.

use crate::packed::{Packed, PackedError};

use super::model::{damaged, section};

/// A set of characters.
#[derive(Debug, Clone)]
pub(super) struct Class {
    ascii: [bool; 128],
    /// Inclusive ranges of code points, ascending.
    ranges: Vec<(u32, u32)>,
}

impl Class {
    pub(super) fn open(packed: &Packed<'static>, name: &str) -> Result<Self, PackedError> {
        let name = format!("class.{name}");
        let ranges = section(packed, &name, |reader| {
            let count = reader.u32()?;
            (0..count).map(|_| Some((reader.u32()?, reader.u32()?))).collect::<Option<Vec<_>>>()
        })?;
        if !ranges.is_sorted_by(|a, b| a.1 < b.0) || ranges.iter().any(|range| range.0 > range.1) {
            return Err(damaged(&format!("section {name:?} is not in order")));
        }
        let mut class = Class { ascii: [false; 128], ranges };
        class.ascii = std::array::from_fn(|code| class.has_code(code as u32));
        Ok(class)
    }

    pub(super) fn has(&self, char: char) -> bool {
        let code = char as u32;
        match self.ascii.get(code as usize) {
            Some(&known) => known,
            None => self.has_code(code),
        }
    }

    /// Whether the text begins with such a character.
    pub(super) fn starts(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|char| self.has(char))
    }

    /// Whether the text ends with such a character.
    pub(super) fn ends(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|char| self.has(char))
    }

    fn has_code(&self, code: u32) -> bool {
        let after = self.ranges.partition_point(|range| range.0 <= code);
        after > 0 && code <= self.ranges[after - 1].1
    }
}

/// White space as Python's `str.isspace` knows it: four control characters more than Rust's.
pub(super) fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&char)
}

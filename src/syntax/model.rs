//! Opens the packed model: sections to matrices, tables and labels.

use std::borrow::Cow;
use std::str::FromStr;

use crate::packed::{Packed, PackedError, Reader};

const KIND: &str = "syntax";
const LAYOUT_VERSION: u16 = 1;

/// Opens `assets/syntax.dl`.
pub(super) fn open(bytes: &'static [u8]) -> Result<Packed<'static>, PackedError> {
    Packed::open(bytes, KIND, LAYOUT_VERSION)
}

/// The error for contents that are not as they were packed.
pub(super) fn damaged(what: &str) -> PackedError {
    PackedError::Damaged { file: format!("assets/{KIND}.dl"), what: what.to_owned() }
}

/// Reads a section that is no matrix.
pub(super) fn section<T>(
    packed: &Packed<'static>,
    name: &str,
    read: impl FnOnce(&mut Reader<'_>) -> Option<T>,
) -> Result<T, PackedError> {
    let bytes = packed.section(name)?;
    read(&mut Reader::new(&bytes)).ok_or_else(|| damaged(&format!("section {name:?} ends too early")))
}

/// A list of strings.
pub(super) fn strings(packed: &Packed<'static>, name: &str) -> Result<Vec<String>, PackedError> {
    section(packed, name, |reader| {
        let count = reader.u32()?;
        (0..count).map(|_| reader.string()).collect()
    })
}

/// A label that must be one of its set.
pub(super) fn label<T: FromStr>(text: &str) -> Result<T, PackedError> {
    text.parse().map_err(|_| damaged(&format!("the model has an unknown label {text:?}")))
}

/// A matrix of 16-bit floats as it lies in the file.
#[derive(Debug, Clone)]
pub(super) struct Matrix {
    bytes: Cow<'static, [u8]>,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

/// Rows and columns stand before the numbers.
const MATRIX_HEADER: usize = 8;

impl Matrix {
    pub(super) fn open(packed: &Packed<'static>, name: &str) -> Result<Self, PackedError> {
        let bytes = packed.section(name)?;
        let wrong = || damaged(&format!("matrix {name:?} has the wrong size"));
        let mut reader = Reader::new(&bytes);
        let rows = reader.u32().ok_or_else(wrong)? as usize;
        let columns = reader.u32().ok_or_else(wrong)? as usize;
        let length = rows.checked_mul(columns).and_then(|count| count.checked_mul(2)).ok_or_else(wrong)?;
        if rows == 0 || bytes.len() != MATRIX_HEADER + length {
            return Err(wrong());
        }
        Ok(Matrix { bytes, rows, columns })
    }

    /// All numbers, row by row.
    pub(super) fn numbers(&self) -> Vec<f32> {
        self.halves(0..self.rows * self.columns).collect()
    }

    /// The numbers of one row.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = f32> + '_ {
        self.halves(row * self.columns..(row + 1) * self.columns)
    }

    fn halves(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = f32> + '_ {
        let bytes = &self.bytes[MATRIX_HEADER + 2 * range.start..MATRIX_HEADER + 2 * range.end];
        bytes.as_chunks::<2>().0.iter().map(|pair| float(u16::from_le_bytes(*pair)))
    }
}

/// A 16-bit float as one of 32 bits. The exponent is moved, then made right by a power of two, which
/// is exact for subnormal numbers too; the model has no infinities.
fn float(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let magnitude = f32::from_bits(u32::from(half & 0x7fff) << 13) * f32::from_bits(0x7780_0000);
    f32::from_bits(magnitude.to_bits() | sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bit_floats_are_read() {
        for (half, value) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x0001, 5.960_464_5e-8),
            (0x03ff, 6.097_555e-5),
            (0x7bff, 65504.0),
        ] {
            assert_eq!(float(half), value, "{half:#x}");
        }
        assert!(float(0x8000).is_sign_negative());
    }
}

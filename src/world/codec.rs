//! Whole numbers in few bytes: small differences are what outlines are made of.

/// Coordinates are kept as whole steps of this part of a degree: about one metre.
pub const STEPS_PER_DEGREE: f64 = 100_000.0;

/// Appends a number, seven bits a byte, low bits first.
pub fn put(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a signed number: small ones of either sign take one byte.
pub fn put_signed(out: &mut Vec<u8>, value: i64) {
    put(out, ((value << 1) ^ (value >> 63)) as u64);
}

/// Reads what [`put`] and [`put_signed`] wrote; `None` when the bytes end too early.
#[derive(Debug)]
pub struct Numbers<'a> {
    bytes: &'a [u8],
}

impl<'a> Numbers<'a> {
    /// A reader at the start of these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Numbers { bytes }
    }

    /// The next number.
    pub fn next_number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// The next signed number.
    pub fn next_signed(&mut self) -> Option<i64> {
        let value = self.next_number()?;
        Some((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// The next number as a count of things that take at least a byte each.
    pub fn next_count(&mut self) -> Option<usize> {
        usize::try_from(self.next_number()?).ok().filter(|&count| count <= self.bytes.len())
    }

    /// The next so many bytes as they are.
    pub fn next_bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(bytes)
    }

    /// The next text: its length in bytes, then UTF-8.
    pub fn next_string(&mut self) -> Option<String> {
        let length = self.next_count()?;
        let (text, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

/// Appends a line: its length, then the differences from point to point.
pub fn put_line(out: &mut Vec<u8>, line: &[[i32; 2]]) {
    put(out, line.len() as u64);
    let mut last = [0; 2];
    for point in line {
        put_signed(out, i64::from(point[0]) - i64::from(last[0]));
        put_signed(out, i64::from(point[1]) - i64::from(last[1]));
        last = *point;
    }
}

/// Reads what [`put_line`] wrote onto the end of `points`.
pub fn next_line(numbers: &mut Numbers, points: &mut Vec<[i32; 2]>) -> Option<()> {
    let count = numbers.next_count()?;
    let mut last = [0_i32; 2];
    for _ in 0..count {
        for part in &mut last {
            *part = part.checked_add(i32::try_from(numbers.next_signed()?).ok()?)?;
        }
        points.push(last);
    }
    Some(())
}

/// A stored point in degrees.
pub fn degrees(point: [i32; 2]) -> geo::Coord<f64> {
    geo::Coord { x: f64::from(point[0]) / STEPS_PER_DEGREE, y: f64::from(point[1]) / STEPS_PER_DEGREE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_cut_bytes_give_none() {
        let values = [0, 1, -1, 63, -64, 64, 1 << 31, -(1 << 31), i64::MAX, i64::MIN];
        let mut bytes = Vec::new();
        values.iter().for_each(|&value| put_signed(&mut bytes, value));
        let mut numbers = Numbers::new(&bytes);
        assert!(values.iter().all(|&value| numbers.next_signed() == Some(value)));
        assert_eq!(numbers.next_number(), None);
        assert_eq!(Numbers::new(&[0xff; 20]).next_number(), None);
    }

    #[test]
    fn a_line_comes_back_and_a_cut_one_does_not() {
        let line = [[-18_000_000, 9_000_000], [-17_999_990, 8_999_999], [5, -7]];
        let mut bytes = Vec::new();
        put_line(&mut bytes, &line);
        let mut points = Vec::new();
        next_line(&mut Numbers::new(&bytes), &mut points).unwrap();
        assert_eq!(points, line);
        for cut in 0..bytes.len() {
            assert_eq!(next_line(&mut Numbers::new(&bytes[..cut]), &mut Vec::new()), None);
        }
    }
}

//! At most 256 colours for an image: maps have few, and a palette halves the file.
//!
//! Colours fall into 32 × 32 × 32 boxes. The most frequent colour of each of the 256 fullest boxes stands
//! exactly as it is (so flat grounds keep their value); the rest, edges between them, take the nearest.

/// An image in indices.
pub struct Indexed {
    /// Up to 256 colours, red, green, blue.
    pub colors: Vec<[u8; 3]>,
    /// One index a pixel.
    pub pixels: Vec<u8>,
}

impl Indexed {
    /// Hands on the rows as opaque RGBA, from the top.
    pub fn for_each_row(&self, width: u32, mut take: impl FnMut(&[u8])) {
        let mut rgba = vec![[0, 0, 0, 255]; 256];
        for (slot, &[r, g, b]) in rgba.iter_mut().zip(&self.colors) {
            *slot = [r, g, b, 255];
        }
        let mut row = vec![[0u8; 4]; width as usize];
        for indices in self.pixels.chunks_exact(width as usize) {
            for (pixel, index) in row.iter_mut().zip(indices) {
                *pixel = rgba[usize::from(*index)];
            }
            take(row.as_flattened());
        }
    }
}

#[derive(Clone, Copy)]
struct Cell {
    /// Which box it is.
    cell: usize,
    count: u32,
    /// Boyer–Moore majority: the frequent colour of the box and its lead.
    color: [u8; 3],
    lead: u32,
}

fn cell_of(c: [u8; 3]) -> usize {
    (usize::from(c[0] >> 3) << 10) | (usize::from(c[1] >> 3) << 5) | usize::from(c[2] >> 3)
}

/// Reduces opaque RGBA pixels to a palette.
pub fn reduce(rgba: &[u8]) -> Indexed {
    // for each box one more than its place among those met, or 0
    let mut met = vec![0u16; 1 << 15];
    let mut cells: Vec<Cell> = Vec::with_capacity(512);
    // runs of one colour are most of a map: the place of their box, and their length
    let mut runs: Vec<(u16, u32)> = Vec::with_capacity(rgba.len() / 32);
    let (pixels, _) = rgba.as_chunks::<4>();
    let mut rest = pixels;
    while let Some(&first) = rest.first() {
        let run = run_length(rest, first);
        rest = &rest[run..];
        let (color, length) = ([first[0], first[1], first[2]], run as u32);
        let place = &mut met[cell_of(color)];
        if *place == 0 {
            cells.push(Cell { cell: cell_of(color), count: 0, color: [0; 3], lead: 0 });
            *place = cells.len() as u16;
        }
        runs.push((*place - 1, length));
        let cell = &mut cells[usize::from(*place - 1)];
        cell.count += length;
        if cell.color == color {
            cell.lead += length;
        } else if cell.lead < length {
            (cell.color, cell.lead) = (color, length - cell.lead);
        } else {
            cell.lead -= length;
        }
    }
    let mut full: Vec<usize> = (0..cells.len()).collect();
    full.sort_by_key(|i| (std::cmp::Reverse(cells[*i].count), cells[*i].cell));
    let colors: Vec<[u8; 3]> = full.iter().take(256).map(|i| cells[*i].color).collect();
    let mut index_of = vec![0u8; cells.len()];
    for (rank, cell) in full.iter().enumerate() {
        index_of[*cell] = if rank < 256 { rank as u8 } else { nearest(&colors, cells[*cell].color) };
    }
    Indexed { pixels: spread(&runs, &index_of, pixels.len()), colors }
}

/// Pixels looked at, or written, at once.
const AT_ONCE: usize = 16;

/// How many pixels at the beginning are of this colour.
fn run_length(pixels: &[[u8; 4]], color: [u8; 4]) -> usize {
    let wanted = u32::from_ne_bytes(color);
    let same = |pixel: &[u8; 4]| u32::from_ne_bytes(*pixel) == wanted;
    let (blocks, tail) = pixels.as_chunks::<AT_ONCE>();
    for (i, block) in blocks.iter().enumerate() {
        // without a branch for each pixel: where a run ends cannot be foretold
        let alike = (0..AT_ONCE).fold(0u16, |bits, at| bits | (u16::from(same(&block[at])) << at));
        if alike != u16::MAX {
            return AT_ONCE * i + alike.trailing_ones() as usize;
        }
    }
    AT_ONCE * blocks.len() + tail.iter().take_while(|pixel| same(pixel)).count()
}

/// The index of each pixel, from the places and lengths of runs.
fn spread(runs: &[(u16, u32)], index_of: &[u8], count: usize) -> Vec<u8> {
    // most runs are short: a block is written for each, and the next run writes over what was too much
    let mut indices = vec![0; count + AT_ONCE];
    let mut at = 0;
    for (place, length) in runs {
        let (index, length) = (index_of[usize::from(*place)], *length as usize);
        indices[at..at + AT_ONCE].fill(index);
        if length > AT_ONCE {
            indices[at + AT_ONCE..at + length].fill(index);
        }
        at += length;
    }
    indices.truncate(count);
    indices
}

fn nearest(colors: &[[u8; 3]], c: [u8; 3]) -> u8 {
    let distance = |d: &[u8; 3]| -> i32 {
        let part = |i: usize| (i32::from(d[i]) - i32::from(c[i])).pow(2);
        2 * part(0) + 4 * part(1) + 3 * part(2)
    };
    let best = colors.iter().enumerate().min_by_key(|(i, d)| (distance(d), *i));
    best.map_or(0, |(i, _)| i as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_every_length_come_back() {
        let color = |i: usize| [(i % 3) as u8 * 80, 10, 20, 255];
        let pixels: Vec<[u8; 4]> = (0..70).flat_map(|length| vec![color(length); length]).collect();
        for start in 0..40 {
            let indexed = reduce(pixels[start..].as_flattened());
            let back = indexed.pixels.iter().map(|index| indexed.colors[usize::from(*index)]);
            assert!(back.eq(pixels[start..].iter().map(|p| [p[0], p[1], p[2]])), "{start}");
        }
    }

    #[test]
    fn flat_colours_stay_exact() {
        let mut rgba = Vec::new();
        for i in 0..10_000u32 {
            let edge = i % 50 == 0;
            let c = if edge { [(i % 251) as u8, (i % 13) as u8 * 19, 90] } else { [0xDC, 0xE7, 0xED] };
            rgba.extend([c[0], c[1], c[2], 255]);
        }
        let indexed = reduce(&rgba);
        assert!(indexed.colors.len() <= 256);
        assert_eq!(indexed.colors[usize::from(indexed.pixels[1])], [0xDC, 0xE7, 0xED]);
    }
}

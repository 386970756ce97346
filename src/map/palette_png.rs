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
    let mut indices = vec![0; pixels.len()];
    let mut rest = &mut indices[..];
    for (place, length) in runs {
        let (run, after) = rest.split_at_mut(length as usize);
        run.fill(index_of[usize::from(place)]);
        rest = after;
    }
    Indexed { pixels: indices, colors }
}

/// How many pixels at the beginning are of this colour.
fn run_length(pixels: &[[u8; 4]], color: [u8; 4]) -> usize {
    const AT_ONCE: usize = 16;
    let wanted = u32::from_ne_bytes(color);
    let differing = |block: &[[u8; 4]; AT_ONCE]| {
        block.iter().fold(0, |bits, pixel| bits | (u32::from_ne_bytes(*pixel) ^ wanted))
    };
    let (blocks, _) = pixels.as_chunks::<AT_ONCE>();
    let whole = match pixels.get(1) {
        // most runs that are not long are of one pixel
        Some(second) if *second != color => 0,
        _ => AT_ONCE * blocks.iter().take_while(|block| differing(block) == 0).count(),
    };
    whole + pixels[whole..].iter().take_while(|pixel| **pixel == color).count()
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

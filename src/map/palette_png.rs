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
    /// The rows as opaque RGBA.
    pub fn rows(&self, width: u32) -> impl Iterator<Item = Vec<u8>> {
        let rgba: Vec<[u8; 4]> = self.colors.iter().map(|&[r, g, b]| [r, g, b, 255]).collect();
        let row = move |row: &[u8]| {
            let mut pixels = Vec::with_capacity(row.len() * 4);
            row.iter().for_each(|index| pixels.extend_from_slice(&rgba[usize::from(*index)]));
            pixels
        };
        self.pixels.chunks_exact(width as usize).map(row)
    }
}

#[derive(Clone, Copy, Default)]
struct Cell {
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
    let mut cells = vec![Cell::default(); 1 << 15];
    let color = |p: &[u8]| [p[0], p[1], p[2]];
    let mut pixels = rgba.chunks_exact(4).map(color).peekable();
    while let Some(c) = pixels.next() {
        // runs of one colour are most of a map
        let mut run = 1u32;
        while pixels.peek() == Some(&c) {
            pixels.next();
            run += 1;
        }
        let cell = &mut cells[cell_of(c)];
        cell.count += run;
        if cell.color == c {
            cell.lead += run;
        } else if cell.lead < run {
            (cell.color, cell.lead) = (c, run - cell.lead);
        } else {
            cell.lead -= run;
        }
    }
    let mut full: Vec<usize> = (0..cells.len()).filter(|i| cells[*i].count > 0).collect();
    full.sort_by(|a, b| cells[*b].count.cmp(&cells[*a].count).then(a.cmp(b)));
    let colors: Vec<[u8; 3]> = full.iter().take(256).map(|i| cells[*i].color).collect();
    let mut index_of = vec![0u8; cells.len()];
    for (rank, cell) in full.iter().enumerate() {
        index_of[*cell] = if rank < 256 { rank as u8 } else { nearest(&colors, cells[*cell].color) };
    }
    Indexed { pixels: rgba.chunks_exact(4).map(|p| index_of[cell_of(color(p))]).collect(), colors }
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

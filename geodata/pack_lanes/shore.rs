//! The shore line, indexed: whether a straight stretch crosses it.
//!
//! The grid of water cells is coarse; a spit or a small island may lie between two of its cells. The
//! segments of the land's rings, sorted by the box of a tenth of a degree they lie in, tell exactly.

use dateline::geometry::LonLat;
use dateline::world::{Band, World};
use std::collections::BTreeMap;

/// Boxes to a degree.
const PER_DEGREE: f64 = 10.0;
const COLUMNS: u32 = 3600;

/// All segments of the shore.
#[derive(Debug)]
pub(crate) struct Shore {
    segments: Vec<[f64; 4]>,
    /// Box and segment, sorted.
    index: Vec<(u32, u32)>,
}

impl Shore {
    /// The shore of all land, and of the lakes in it.
    pub(crate) fn of(world: &World) -> Self {
        let mut shore = Shore { segments: Vec::new(), index: Vec::new() };
        // The land lies under the lakes: their shores and islands are the lakes' own.
        let lakes = world.lakes(Band::Fine).iter().flat_map(|lake| &lake.area);
        let mut drawn = BTreeMap::new();
        for polygon in world.land(Band::Fine).iter().chain(lakes) {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            for segment in rings.flat_map(|ring| ring.lines()) {
                let (a, b) = (segment.start, segment.end);
                // The cut at 180° is no shore, nor is the edge of the map at the pole.
                if (a.x.abs() == 180.0 && b.x.abs() == 180.0) || a.y.min(b.y) <= -89.9 {
                    continue;
                }
                let bits = |c: geo::Coord<f64>| (c.x.to_bits(), c.y.to_bits());
                let ends = (bits(a).min(bits(b)), bits(a).max(bits(b)));
                drawn.entry(ends).or_insert(([a.x, a.y, b.x, b.y], 0)).1 += 1;
            }
        }
        // Where one lake ends and the next begins there is water on both sides.
        for (segment, _) in drawn.into_values().filter(|&(_, times)| times == 1) {
            let number = shore.segments.len() as u32;
            shore.segments.push(segment);
            shore.index.extend(boxes(segment).map(|key| (key, number)));
        }
        shore.index.sort_unstable();
        shore
    }

    /// All segments: west, south, east, north of their ends as they are drawn.
    pub(crate) fn segments(&self) -> &[[f64; 4]] {
        &self.segments
    }
}

/// The boxes that the bounding box of a short segment touches.
fn boxes([ax, ay, bx, by]: [f64; 4]) -> impl Iterator<Item = u32> {
    let column = |lon: f64| ((lon + 180.0) * PER_DEGREE).floor().clamp(0.0, f64::from(COLUMNS - 1)) as u32;
    let row = |lat: f64| ((90.0 - lat) * PER_DEGREE).floor().max(0.0) as u32;
    let (west, east) = (column(ax.min(bx)), column(ax.max(bx)));
    let (north, south) = (row(ay.max(by)), row(ay.min(by)));
    (north..=south).flat_map(move |y| (west..=east).map(move |x| y * COLUMNS + x))
}

impl Shore {
    /// Whether the straight line between two positions, the short way round, crosses the shore.
    pub(crate) fn is_crossed(&self, a: LonLat, b: LonLat) -> bool {
        let east = b.lon - a.lon - 360.0 * ((b.lon - a.lon) / 360.0).round();
        let north = b.lat - a.lat;
        let steps = (east.abs().max(north.abs()) * PER_DEGREE).ceil().max(1.0);
        (0..steps as usize).any(|step| {
            let at = |share: f64| (a.lon + east * share, a.lat + north * share);
            let (start, end) = (at(step as f64 / steps), at((step + 1) as f64 / steps));
            let turn = 360.0 * (((start.0 + end.0) / 2.0 + 180.0) / 360.0).floor();
            let piece = [start.0 - turn, start.1, end.0 - turn, end.1];
            boxes(piece).any(|key| self.meets(key, piece))
        })
    }

    fn meets(&self, key: u32, piece: [f64; 4]) -> bool {
        let first = self.index.partition_point(|&(other, _)| other < key);
        self.index[first..]
            .iter()
            .take_while(|&&(other, _)| other == key)
            .any(|&(_, segment)| cross(piece, self.segments[segment as usize]))
    }
}

/// Whether two segments cross.
fn cross([ax, ay, bx, by]: [f64; 4], [cx, cy, dx, dy]: [f64; 4]) -> bool {
    let side =
        |px: f64, py: f64, qx: f64, qy: f64, x: f64, y: f64| (qx - px) * (y - py) - (qy - py) * (x - px);
    let (c, d) = (side(ax, ay, bx, by, cx, cy), side(ax, ay, bx, by, dx, dy));
    let (a, b) = (side(cx, cy, dx, dy, ax, ay), side(cx, cy, dx, dy, bx, by));
    (c > 0.0) != (d > 0.0) && (a > 0.0) != (b > 0.0)
}

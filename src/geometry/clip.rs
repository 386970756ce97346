//! Clipping against axis-aligned frames: rings after Sutherland and Hodgman, lines after Liang and Barsky.
//!
//! `geo`'s boolean operations are exact but slow for this; a frame has four straight sides and needs no more.

use geo::Coord;

/// An axis-aligned frame in the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub x0: f64,
    /// Top edge (with y down) or bottom edge (with y up).
    pub y0: f64,
    /// Right edge.
    pub x1: f64,
    /// The other horizontal edge.
    pub y1: f64,
}

impl From<Frame> for [f32; 4] {
    fn from(frame: Frame) -> Self {
        [frame.x0, frame.y0, frame.x1, frame.y1].map(|side| side as f32)
    }
}

impl From<[f32; 4]> for Frame {
    fn from(sides: [f32; 4]) -> Self {
        let [x0, y0, x1, y1] = sides.map(f64::from);
        Frame { x0, y0, x1, y1 }
    }
}

impl Frame {
    /// A frame from its corners.
    pub const fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Frame { x0, y0, x1, y1 }
    }

    /// The frame around points; around none of them one that holds nothing.
    pub fn around<'c>(points: impl IntoIterator<Item = &'c Coord<f64>>) -> Self {
        let nothing = Frame::new(f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        points
            .into_iter()
            .fold(nothing, |f, c| Frame::new(f.x0.min(c.x), f.y0.min(c.y), f.x1.max(c.x), f.y1.max(c.y)))
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.x0..=self.x1).contains(&x) && (self.y0..=self.y1).contains(&y)
    }

    /// The frame grown by a margin on all sides (shrunk, if it is negative).
    pub fn grown(&self, by: f64) -> Self {
        Frame::new(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)
    }

    /// Width.
    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Height.
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// Whether two frames share a point.
    pub fn meets(&self, other: &Frame) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether the other frame lies inside this one.
    pub fn covers(&self, other: &Frame) -> bool {
        self.x0 <= other.x0 && self.y0 <= other.y0 && other.x1 <= self.x1 && other.y1 <= self.y1
    }
}

/// The part of a ring inside a frame, as one ring (parts may be joined along the frame's edge, which a fill does
/// not show); empty when nothing is left.
pub fn ring(points: &[Coord<f64>], frame: &Frame) -> Vec<Coord<f64>> {
    let outside = |c: &Coord<f64>| !frame.contains(c.x, c.y);
    if !points.iter().any(outside) {
        return points.to_vec();
    }
    let mut out = half_plane(points, |c| c.x - frame.x0);
    out = half_plane(&out, |c| frame.x1 - c.x);
    out = half_plane(&out, |c| c.y - frame.y0);
    half_plane(&out, |c| frame.y1 - c.y)
}

/// The part of a ring between two meridians.
pub fn ring_between(points: &[Coord<f64>], west: f64, east: f64) -> Vec<Coord<f64>> {
    half_plane(&half_plane(points, |c| c.x - west), |c| east - c.x)
}

/// The part of a ring on the side where `inside` is not negative; `inside` is linear along each edge.
fn half_plane(points: &[Coord<f64>], inside: impl Fn(&Coord<f64>) -> f64) -> Vec<Coord<f64>> {
    let mut out = Vec::with_capacity(points.len() + 4);
    let Some(mut previous) = points.last() else { return out };
    let mut d_previous = inside(previous);
    for point in points {
        let d = inside(point);
        if (d < 0.0) != (d_previous < 0.0) {
            let t = d_previous / (d_previous - d);
            out.push(Coord {
                x: previous.x + t * (point.x - previous.x),
                y: previous.y + t * (point.y - previous.y),
            });
        }
        if d >= 0.0 {
            out.push(*point);
        }
        (previous, d_previous) = (point, d);
    }
    out
}

/// The parts of a line inside a frame.
pub fn line(points: &[Coord<f64>], frame: &Frame) -> Vec<Vec<Coord<f64>>> {
    let mut parts = Vec::new();
    let mut part: Vec<Coord<f64>> = Vec::new();
    for pair in points.windows(2) {
        match segment(pair[0], pair[1], frame) {
            None => flush(&mut part, &mut parts),
            Some((a, b)) => {
                if part.last() != Some(&a) {
                    flush(&mut part, &mut parts);
                    part.push(a);
                }
                part.push(b);
                if b != pair[1] {
                    flush(&mut part, &mut parts);
                }
            }
        }
    }
    flush(&mut part, &mut parts);
    parts
}

fn flush(part: &mut Vec<Coord<f64>>, parts: &mut Vec<Vec<Coord<f64>>>) {
    if part.len() > 1 {
        parts.push(std::mem::take(part));
    }
    part.clear();
}

/// The part of a segment inside a frame.
pub fn segment(a: Coord<f64>, b: Coord<f64>, frame: &Frame) -> Option<(Coord<f64>, Coord<f64>)> {
    // most lie wholly to one side
    let aside = a.x.max(b.x) < frame.x0 || a.x.min(b.x) > frame.x1;
    if aside || a.y.max(b.y) < frame.y0 || a.y.min(b.y) > frame.y1 {
        return None;
    }
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut t0, mut t1) = (0.0f64, 1.0f64);
    for (p, q) in [(-dx, a.x - frame.x0), (dx, frame.x1 - a.x), (-dy, a.y - frame.y0), (dy, frame.y1 - a.y)] {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            t0 = t0.max(q / p);
        } else {
            t1 = t1.min(q / p);
        }
    }
    if t0 > t1 {
        return None;
    }
    let at = |t: f64| Coord { x: a.x + t * dx, y: a.y + t * dy };
    Some((if t0 == 0.0 { a } else { at(t0) }, if t1 == 1.0 { b } else { at(t1) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FRAME: Frame = Frame::new(0.0, 0.0, 10.0, 10.0);

    #[test]
    fn a_line_that_leaves_and_returns_gives_two_parts() {
        let c = |x: f64, y: f64| Coord { x, y };
        let parts = line(&[c(1.0, 1.0), c(1.0, 20.0), c(5.0, 20.0), c(5.0, 1.0)], &FRAME);
        assert_eq!(parts, vec![vec![c(1.0, 1.0), c(1.0, 10.0)], vec![c(5.0, 10.0), c(5.0, 1.0)]]);
    }

    proptest! {
        #[test]
        fn nothing_clipped_lies_outside(points in prop::collection::vec((-20.0..30.0f64, -20.0..30.0f64), 3..20)) {
            let points: Vec<Coord<f64>> = points.into_iter().map(|(x, y)| Coord { x, y }).collect();
            let grown = FRAME.grown(1e-9);
            prop_assert!(ring(&points, &FRAME).iter().all(|c| grown.contains(c.x, c.y)));
            prop_assert!(line(&points, &FRAME).iter().flatten().all(|c| grown.contains(c.x, c.y)));
        }
    }
}

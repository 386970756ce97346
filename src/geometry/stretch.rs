//! Long lines with the boxes of their stretches, so that clipping passes over what lies aside of a frame.
//!
//! Points in; for a frame, the points that clipping to it can depend on. A stretch that lies wholly to one side of the
//! frame gives only its ends: [`clip`](super::clip) would drop all between them, so that what a ring or line shows
//! inside the frame is the same to the last bit.

use super::clip::Frame;
use geo::Coord;

/// Steps of a stretch.
const STEPS: usize = 32;

/// A line or ring in the plane, cut into stretches.
#[derive(Debug, Clone)]
pub struct Stretched {
    points: Vec<Coord<f64>>,
    /// The box of each stretch, its last point included, which begins the next.
    boxes: Vec<Frame>,
    bounds: Frame,
}

/// Whether nothing of a box but its ends matters to a frame: it lies left or right, or wholly above or below. Beside
/// a corner it would turn the ring round that.
fn passes(a: &Frame, frame: &Frame) -> bool {
    let beside = a.x1 < frame.x0 || a.x0 > frame.x1;
    beside || ((a.y1 < frame.y0 || a.y0 > frame.y1) && a.x0 >= frame.x0 && a.x1 <= frame.x1)
}

/// Whether a box lies wholly to one side of another.
fn is_aside(a: &Frame, b: &Frame) -> bool {
    a.x1 < b.x0 || a.x0 > b.x1 || a.y1 < b.y0 || a.y0 > b.y1
}

impl Stretched {
    /// A line with its boxes.
    pub fn new(points: Vec<Coord<f64>>) -> Self {
        let last = points.len().saturating_sub(1);
        let of = |from: usize| Frame::around(&points[from..=(from + STEPS).min(last)]);
        let boxes: Vec<Frame> = (0..last).step_by(STEPS).map(of).collect();
        let both =
            |a: Frame, b: &Frame| Frame::new(a.x0.min(b.x0), a.y0.min(b.y0), a.x1.max(b.x1), a.y1.max(b.y1));
        let bounds = boxes.iter().fold(Frame::around([]), both);
        Stretched { points, boxes, bounds }
    }

    /// How many points it has.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// Whether all of it lies to one side of a frame.
    pub fn is_aside(&self, frame: &Frame) -> bool {
        is_aside(&self.bounds, frame)
    }

    /// The points that clipping to a frame can depend on, in order.
    pub fn near(&self, frame: &Frame) -> impl Iterator<Item = &Coord<f64>> {
        let all = frame.covers(&self.bounds);
        let stretch = move |(at, bounds): (usize, &Frame)| {
            let from = at * STEPS;
            let to = if !all && passes(bounds, frame) {
                from + 1
            } else {
                (from + STEPS).min(self.points.len() - 1)
            };
            &self.points[from..to]
        };
        self.boxes.iter().enumerate().flat_map(stretch).chain(self.points.last())
    }
}

#[cfg(test)]
mod tests {
    use super::super::clip;
    use super::*;
    use proptest::prelude::*;

    const FRAME: Frame = Frame::new(0.0, 0.0, 10.0, 10.0);

    proptest! {
        #[test]
        fn what_is_clipped_is_the_same(steps in prop::collection::vec((-3.0..3.0f64, -3.0..3.0f64), 1..400)) {
            let mut at = Coord { x: 5.0, y: 5.0 };
            let walk = |(x, y): &(f64, f64)| {
                at = Coord { x: at.x + x, y: at.y + y };
                at
            };
            let points: Vec<Coord<f64>> = steps.iter().map(walk).collect();
            let near: Vec<Coord<f64>> = Stretched::new(points.clone()).near(&FRAME).copied().collect();
            prop_assert_eq!(clip::line(&points, &FRAME), clip::line(&near, &FRAME));
            prop_assert_eq!(clip::ring(&points, &FRAME), clip::ring(&near, &FRAME));
        }
    }

    #[test]
    fn what_lies_aside_is_passed_over() {
        let points: Vec<Coord<f64>> = (0..1000).map(|i| Coord { x: f64::from(i), y: 1.0 }).collect();
        let line = Stretched::new(points);
        assert_eq!(line.near(&FRAME).count(), 32 + 31 + 1);
        assert!(line.is_aside(&Frame::new(0.0, 2.0, 10.0, 10.0)));
        assert_eq!(Stretched::new(Vec::new()).near(&FRAME).count(), 0);
    }
}

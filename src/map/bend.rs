//! The baseline of a name that follows what it names: a parabola, which a quadratic curve draws exactly.

use super::scene::Point;

/// A curved baseline, from where the first letter may begin to where the last must end, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bend {
    /// Its start.
    pub from: Point,
    /// The point that its ends aim at.
    pub control: Point,
    /// Its end.
    pub to: Point,
}

/// Pieces that its length is measured by: of a gentle bend 32 err by less than a thousandth.
const PIECES: usize = 32;

impl Bend {
    /// The point at a share of the curve's parameter, 0 to 1.
    fn point(&self, t: f32) -> Point {
        let (u, v, w) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        [0, 1].map(|i| u * self.from[i] + v * self.control[i] + w * self.to[i])
    }

    /// The curve as short straight pieces.
    pub fn line(&self) -> Vec<Point> {
        (0..=PIECES).map(|i| self.point(i as f32 / PIECES as f32)).collect()
    }

    /// Its length, px.
    pub fn length(&self) -> f32 {
        self.line().windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1])).sum()
    }

    /// The point so many px along it, and the direction there as a unit vector; beyond its ends it goes on straight.
    pub fn at(&self, along: f32) -> (Point, Point) {
        let line = self.line();
        let mut left = along;
        for (i, w) in line.windows(2).enumerate() {
            let (dx, dy) = (w[1][0] - w[0][0], w[1][1] - w[0][1]);
            let d = dx.hypot(dy).max(1e-6);
            if left <= d || i + 2 == line.len() {
                let share = left / d;
                return ([w[0][0] + dx * share, w[0][1] + dy * share], [dx / d, dy / d]);
            }
            left -= d;
        }
        (self.to, [1.0, 0.0])
    }

    /// The box around letters on it that reach `above` and `below` it, px: `[x0, y0, x1, y1]`.
    pub fn frame(&self, above: f32, below: f32) -> [f32; 4] {
        let mut frame = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        let length = self.length();
        for i in 0..=16 {
            let ([x, y], [dx, dy]) = self.at(length * i as f32 / 16.0);
            for [px, py] in [[x + dy * above, y - dx * above], [x - dy * below, y + dx * below]] {
                frame = [frame[0].min(px), frame[1].min(py), frame[2].max(px), frame[3].max(py)];
            }
        }
        frame
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEND: Bend = Bend { from: [10.0, 50.0], control: [60.0, 20.0], to: [110.0, 50.0] };

    #[test]
    fn letters_stand_along_it_and_turn_with_it() {
        let length = BEND.length();
        assert!(length > 100.0 && length < 125.0);
        let (start, rising) = BEND.at(0.0);
        let (middle, flat) = BEND.at(length / 2.0);
        let (end, falling) = BEND.at(length);
        assert_eq!(start, [10.0, 50.0]);
        assert!((middle[0] - 60.0).abs() < 0.1 && (middle[1] - 35.0).abs() < 0.1, "{middle:?}");
        assert!((end[0] - 110.0).abs() < 0.1 && (end[1] - 50.0).abs() < 0.1, "{end:?}");
        assert!(rising[1] < -0.4 && flat[1].abs() < 0.05 && falling[1] > 0.4);
    }

    #[test]
    fn its_box_holds_letters_and_no_more() {
        let [x0, y0, x1, y1] = BEND.frame(9.0, 3.0);
        assert!(x0 > 3.0 && x0 < 10.0 && x1 > 110.0 && x1 < 117.0);
        assert!((y0 - 26.0).abs() < 0.2 && y1 > 50.0 && y1 < 53.0);
    }
}

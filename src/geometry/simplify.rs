//! Simplification in the plane after Douglas and Peucker.

use geo::Coord;

/// The line with every vertex left out that lies within `tolerance` of the rest; ends are kept.
pub fn line(points: &[Coord<f64>], tolerance: f64) -> Vec<Coord<f64>> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    let mut stack = vec![(0, points.len() - 1)];
    while let Some((a, b)) = stack.pop() {
        let measure = Chord::new(points[a], points[b]);
        let mut farthest = (0, measure.scaled(tolerance));
        for (i, point) in points.iter().enumerate().take(b).skip(a + 1) {
            let d = measure.distance(*point);
            if d > farthest.1 {
                farthest = (i, d);
            }
        }
        if farthest.0 > 0 {
            keep[farthest.0] = true;
            stack.push((a, farthest.0));
            stack.push((farthest.0, b));
        }
    }
    points.iter().zip(keep).filter(|(_, k)| *k).map(|(p, _)| *p).collect()
}

/// A closed ring simplified; empty when it shrinks below a pixel or so (`tolerance` in each direction).
pub fn ring(points: &[Coord<f64>], tolerance: f64) -> Vec<Coord<f64>> {
    let (mut x0, mut x1, mut y0, mut y1) = (f64::MAX, f64::MIN, f64::MAX, f64::MIN);
    for c in points {
        (x0, x1, y0, y1) = (x0.min(c.x), x1.max(c.x), y0.min(c.y), y1.max(c.y));
    }
    if points.len() < 3 || (x1 - x0 < tolerance && y1 - y0 < tolerance) {
        return Vec::new();
    }
    // split at the vertex farthest from the first, so that a ring (which ends where it began) has a chord
    let first = points[0];
    let far = points
        .iter()
        .enumerate()
        .max_by(|a, b| {
            let d = |c: &Coord<f64>| (c.x - first.x).powi(2) + (c.y - first.y).powi(2);
            d(a.1).total_cmp(&d(b.1))
        })
        .map_or(0, |(i, _)| i);
    if far == 0 {
        return Vec::new();
    }
    let mut out = line(&points[..=far], tolerance);
    let mut rest = points[far..].to_vec();
    if rest.last() != Some(&first) {
        rest.push(first);
    }
    let tail = line(&rest, tolerance);
    out.extend_from_slice(&tail[1..tail.len() - 1]);
    if out.len() < 3 { Vec::new() } else { out }
}

/// Distances from a straight line between two points, squared and times the line's length squared: without a
/// division for each point they can be compared with each other.
struct Chord {
    from: Coord<f64>,
    to: Coord<f64>,
    dx: f64,
    dy: f64,
    length2: f64,
}

impl Chord {
    fn new(from: Coord<f64>, to: Coord<f64>) -> Self {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        Chord { from, to, dx, dy, length2: dx * dx + dy * dy }
    }

    fn scaled(&self, distance: f64) -> f64 {
        distance * distance * if self.length2 == 0.0 { 1.0 } else { self.length2 }
    }

    fn distance(&self, p: Coord<f64>) -> f64 {
        let (x, y) = (p.x - self.from.x, p.y - self.from.y);
        if self.length2 == 0.0 {
            return x * x + y * y;
        }
        let along = x * self.dx + y * self.dy;
        if along <= 0.0 {
            (x * x + y * y) * self.length2
        } else if along >= self.length2 {
            ((p.x - self.to.x).powi(2) + (p.y - self.to.y).powi(2)) * self.length2
        } else {
            let across = x * self.dy - y * self.dx;
            across * across
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_keeps_its_ends_only() {
        let points: Vec<_> = (0..50).map(|i| Coord { x: f64::from(i), y: 0.1 * f64::from(i % 2) }).collect();
        assert_eq!(line(&points, 0.3).len(), 2);
    }

    #[test]
    fn a_square_keeps_its_corners() {
        let corners = [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)];
        let mut points = Vec::new();
        for i in 0..4 {
            let (a, b) = (corners[i], corners[(i + 1) % 4]);
            for k in 0..9 {
                let t = f64::from(k) / 9.0;
                points.push(Coord { x: a.0 + t * (b.0 - a.0), y: a.1 + t * (b.1 - a.1) });
            }
        }
        assert_eq!(ring(&points, 0.3).len(), 4);
    }
}

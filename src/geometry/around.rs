//! What lies around a position, of points that never change.

use super::projection::EARTH_RADIUS_KM;
use super::{LonLat, geodesic};

/// Points on the sphere with what they stand for, in the order of latitude.
#[derive(Debug, Clone)]
pub struct Around<T>(Vec<([f64; 3], T)>);

impl<T: Copy + Ord> Around<T> {
    /// Of positions and what they stand for.
    pub fn new(points: impl Iterator<Item = (LonLat, T)>) -> Self {
        let mut points: Vec<([f64; 3], T)> =
            points.map(|(position, what)| (geodesic::direction(position), what)).collect();
        points.sort_by(|a, b| a.0[2].total_cmp(&b.0[2]).then(a.1.cmp(&b.1)));
        Around(points)
    }

    /// What lies at most so many kilometres away, nearest first.
    pub fn within(&self, position: LonLat, km: f64) -> Vec<T> {
        let here = geodesic::direction(position);
        let chord = 2.0 * libm::sin((km / EARTH_RADIUS_KM).min(std::f64::consts::PI) / 2.0);
        let first = self.0.partition_point(|(at, _)| at[2] < here[2] - chord);
        let band = self.0[first..].iter().take_while(|(at, _)| at[2] <= here[2] + chord);
        // The square of the chord: the shorter, the nearer.
        let square = |at: &[f64; 3]| (0..3).map(|k| (at[k] - here[k]).powi(2)).sum::<f64>();
        let near = band.map(|(at, what)| (square(at), *what)).filter(|(square, _)| *square <= chord * chord);
        let mut near: Vec<(f64, T)> = near.collect();
        near.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.into_iter().map(|(_, what)| what).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_across_the_date_line_and_far_ones_not_at_all() {
        let at = [(179.0, 10.0), (-179.5, 10.0), (179.9, 10.0), (170.0, 10.0), (179.9, -10.0)];
        let around = Around::new(at.iter().zip(0..).map(|(&(lon, lat), n)| (LonLat::new(lon, lat), n)));
        assert_eq!(around.within(LonLat::new(180.0, 10.0), 200.0), [2, 1, 0]);
        assert_eq!(around.within(LonLat::new(180.0, 10.0), 21_000.0).len(), at.len());
        assert!(around.within(LonLat::new(0.0, 10.0), 200.0).is_empty());
    }
}

//! Where a ship's arrow meets an area: a country or a region named as an end of a voyage has its label in the
//! middle of the land, where no ship goes. The arrow ends at the part of its coast that faces the other end.

use crate::geometry::{LonLat, geodesic};
use crate::world::WaterGrid;
use geo::{Area, MultiPolygon};

/// How far beside a point of the outline the water must be, in cells of the grid.
const REACH: i32 = 2;

/// The share of the largest part below which a part is an islet.
const ISLET: f64 = 0.02;

/// The point of an area's outline beside water that is nearest to a position; none for an area without coast.
/// Where the area has no fixed edge, its middle draws as well: the way to it and on to the middle is the shortest.
pub(super) fn landfall(
    area: &MultiPolygon<f64>,
    facing: LonLat,
    middle: Option<LonLat>,
    water: &WaterGrid,
) -> Option<LonLat> {
    // An islet far off is not what the name of a large area brings to mind.
    let largest = area.iter().map(Area::unsigned_area).fold(0.0, f64::max);
    let parts = area.iter().filter(|polygon| polygon.unsigned_area() >= ISLET * largest);
    let outline = parts.flat_map(|polygon| polygon.exterior().coords());
    let mut nearest: Option<(f64, LonLat)> = None;
    for point in outline.map(|c| LonLat::from(*c)) {
        let on = middle.map_or(0.0, |middle| geodesic::distance_km(point, middle));
        let km = geodesic::distance_km(point, facing) + on;
        if nearest.is_none_or(|(least, _)| km < least) && is_beside_water(point, water) {
            nearest = Some((km, point));
        }
    }
    nearest.map(|(_, point)| point)
}

fn is_beside_water(point: LonLat, water: &WaterGrid) -> bool {
    let beside = |dx: i32, dy: i32| {
        let lon = crate::geometry::projection::wrap_lon(point.lon + f64::from(dx) * water.cell());
        let lat = point.lat + f64::from(dy) * water.cell();
        lat.abs() < 90.0 && water.is_water(LonLat::new(lon, lat))
    };
    (-REACH..=REACH).any(|dx| (-REACH..=REACH).any(|dy| beside(dx, dy)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Band, World};

    fn coast_of(country: &str, facing: LonLat) -> Option<LonLat> {
        let world = World::embedded().unwrap();
        landfall(world.country_area(country, Band::Coarse).unwrap(), facing, None, world.water_grid())
    }

    #[test]
    fn the_coast_that_faces_the_other_end_is_taken() {
        let pacific = coast_of("MX", LonLat::new(-150.0, 20.0)).unwrap();
        assert!(pacific.lon < -110.0, "{pacific:?}");
        let gulf = coast_of("MX", LonLat::new(-84.0, 22.0)).unwrap();
        assert!(gulf.lon > -90.0, "{gulf:?}");
    }

    #[test]
    fn a_country_without_a_coast_has_none() {
        assert_eq!(coast_of("CH", LonLat::new(0.0, 0.0)), None);
    }
}

//! Tile coordinates of the web: z/x/y with y down, 256 px a tile, Web Mercator.

use crate::geometry::LonLat;
use crate::geometry::projection::MERCATOR_LIMIT;
use libm::{atan, exp, log, tan};
use std::f64::consts::{FRAC_PI_4, PI};

/// Pixels of a tile's side at 1x.
pub const TILE_PX: f64 = 256.0;
/// Deepest zoom that is drawn.
pub const MAX_ZOOM: u8 = 22;

/// A tile that exists: its column and row lie within its zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileCoord {
    z: u8,
    x: u32,
    y: u32,
}

/// Why there is no such tile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// Not a whole number.
    #[error("{0:?} is not a whole number: a tile is z/x/y, such as 3/4/2")]
    Number(String),
    /// Too deep.
    #[error("zoom {0} is too deep: zooms go from 0 to {MAX_ZOOM}")]
    Zoom(u64),
    /// Outside the zoom's square.
    #[error("tile {z}/{x}/{y} does not exist: at zoom {z}, x and y go from 0 to {last}")]
    Outside {
        /// Zoom.
        z: u8,
        /// Column.
        x: u64,
        /// Row.
        y: u64,
        /// Largest column and row of the zoom.
        last: u64,
    },
}

impl TileCoord {
    /// A tile, if it exists.
    ///
    /// # Errors
    /// Zoom too deep, or column or row outside the zoom.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, TileError> {
        if z > MAX_ZOOM {
            return Err(TileError::Zoom(u64::from(z)));
        }
        let last = (1u64 << z) - 1;
        let (wide_x, wide_y) = (u64::from(x), u64::from(y));
        if wide_x > last || wide_y > last {
            return Err(TileError::Outside { z, x: wide_x, y: wide_y, last });
        }
        Ok(TileCoord { z, x, y })
    }

    /// A tile from the parts of a path.
    ///
    /// # Errors
    /// Not whole numbers, or no such tile.
    pub fn parse(z: &str, x: &str, y: &str) -> Result<Self, TileError> {
        let number = |text: &str| -> Result<u64, TileError> {
            let digits = !text.is_empty() && text.len() <= 12 && text.bytes().all(|b| b.is_ascii_digit());
            digits.then(|| text.parse().ok()).flatten().ok_or_else(|| TileError::Number(text.to_owned()))
        };
        let (z, x, y) = (number(z)?, number(x)?, number(y)?);
        let zoom = u8::try_from(z).ok().filter(|z| *z <= MAX_ZOOM).ok_or(TileError::Zoom(z))?;
        let last = (1u64 << zoom) - 1;
        let outside = || TileError::Outside { z: zoom, x, y, last };
        let column = u32::try_from(x).map_err(|_| outside())?;
        TileCoord::new(zoom, column, u32::try_from(y).map_err(|_| outside())?)
    }

    /// Zoom.
    pub fn z(self) -> u8 {
        self.z
    }

    /// Column, from the west.
    pub fn x(self) -> u32 {
        self.x
    }

    /// Row, from the north.
    pub fn y(self) -> u32 {
        self.y
    }

    /// The tile that holds a position; beyond the limits of Mercator, the outermost.
    pub fn at(p: LonLat, z: u8) -> Result<Self, TileError> {
        let [px, py] = pixel(p, z);
        let last = if z <= MAX_ZOOM { f64::from((1u32 << z) - 1) } else { 0.0 };
        let cell = |v: f64| (v / TILE_PX).floor().clamp(0.0, last) as u32;
        TileCoord::new(z, cell(px), cell(py))
    }

    /// Its upper left corner in pixels of the whole world at its zoom.
    pub fn origin_px(self) -> [f64; 2] {
        [f64::from(self.x) * TILE_PX, f64::from(self.y) * TILE_PX]
    }

    /// West, south, east, north in degrees.
    pub fn bounds(self) -> [f64; 4] {
        let [x, y] = self.origin_px();
        let (nw, se) = (position([x, y], self.z), position([x + TILE_PX, y + TILE_PX], self.z));
        [nw.lon, se.lat, se.lon, nw.lat]
    }
}

/// Pixels of the world's side at a zoom.
pub fn world_px(z: u8) -> f64 {
    TILE_PX * f64::from(1u32 << z.min(MAX_ZOOM))
}

/// Where a position lies in the world at a zoom, in px.
pub fn pixel(p: LonLat, z: u8) -> [f64; 2] {
    let phi = p.lat.clamp(-MERCATOR_LIMIT, MERCATOR_LIMIT).to_radians();
    let y = log(tan(FRAC_PI_4 + phi / 2.0));
    let side = world_px(z);
    [(p.lon + 180.0) / 360.0 * side, (1.0 - y / PI) / 2.0 * side]
}

/// The position at a pixel of the world at a zoom.
pub fn position([x, y]: [f64; 2], z: u8) -> LonLat {
    let side = world_px(z);
    let lat = 2.0 * atan(exp(PI * (1.0 - 2.0 * y / side))) - PI / 2.0;
    LonLat::new(x / side * 360.0 - 180.0, lat.to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn positions_and_pixels_go_there_and_back(lon in -180.0..180.0f64, lat in -85.0..85.0f64, z in 0u8..=22) {
            let back = position(pixel(LonLat::new(lon, lat), z), z);
            prop_assert!((back.lon - lon).abs() < 1e-9 && (back.lat - lat).abs() < 1e-9);
        }

        #[test]
        fn a_position_lies_in_its_tile(lon in -180.0..180.0f64, lat in -85.0..85.0f64, z in 0u8..=22) {
            let [west, south, east, north] = TileCoord::at(LonLat::new(lon, lat), z).unwrap().bounds();
            prop_assert!(west <= lon && lon <= east && south - 1e-9 <= lat && lat <= north + 1e-9);
        }

        #[test]
        fn any_words_give_a_tile_or_an_error(z in ".{0,6}", x in ".{0,6}", y in ".{0,6}") {
            if let Ok(tile) = TileCoord::parse(&z, &x, &y) {
                prop_assert!(u64::from(tile.x()) < 1 << tile.z());
            }
        }
    }

    #[test]
    fn tiles_outside_their_zoom_are_told() {
        assert!(TileCoord::parse("3", "7", "7").is_ok());
        let words = |z, x, y| TileCoord::parse(z, x, y).unwrap_err().to_string();
        assert!(words("3", "8", "0").contains("from 0 to 7"));
        assert!(words("23", "0", "0").contains("from 0 to 22"));
        assert!(words("-1", "0", "0").contains("whole number"));
        assert!(words("3", "99999999999", "0").contains("does not exist"));
    }
}

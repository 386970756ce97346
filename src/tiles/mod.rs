//! Tiles: z/x/y in, a PNG out, of the base map or of a story; and TileJSON.
//!
//! A tile is a Mercator view of the same renderer as a map. Names stand where they stand for the whole
//! zoom, decided on a grid of blocks larger than a tile, so that neighbours agree and none is cut.

mod coord;
mod json;
mod names;
mod raster;

pub use coord::{MAX_ZOOM, TILE_PX, TileCoord, TileError, pixel, position, world_px};
pub use json::{TileJson, tilejson};
pub use raster::{TileLook, render};

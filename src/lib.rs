//! Dateline turns news reports into sourced maps.

pub mod cli;
pub mod gazetteer;
pub mod geometry;
mod kept;
pub mod layers;
pub mod map;
pub mod mentions;
pub mod movements;
pub mod overlays;
pub mod packed;
pub mod places;
pub mod reading;
pub mod report;
pub mod routes;
pub mod server;
pub mod store;
pub mod story;
pub mod syntax;
pub mod tiles;
pub mod world;

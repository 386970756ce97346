//! The packed world: countries, first-level units, land, water, borders, disputes, sea lanes.
//!
//! In: the packed files under `assets/`. Out: outlines and facts, decoded when first asked for and
//! kept. One idea: outlines are shared arcs ([`topology`]), so countries, units, borders and coasts
//! agree to the last point, in each of two bands of detail. They are packed in the worldview `un`:
//! Crimea is Ukraine's, the Golan Heights are Syria's, Western Sahara is its own; `disputes()` says
//! who else claims what, and [`Worldview`] has the other views. Areas that cross 180 degrees are cut
//! there, after RFC 7946; no longitude is beyond ±180. Made of Natural Earth (public domain) by
//! `geodata/`.

mod area;
mod areas;
mod beside;
pub mod codec;
mod kernel;
mod lanes;
mod parts;
mod register;
mod shallows;
mod tables;
#[cfg(test)]
mod tests;
pub mod topology;
mod water;
mod worldview;

use std::sync::OnceLock;

use geo::{Contains, LineString, MultiPolygon};

pub use self::area::{
    BEGINS_AT, Compass, FAR_BEGINS_AT, compass_part, compass_part_beyond, rewrapped, unwrapped,
};
use self::areas::Outlines;
pub use self::beside::Relation;
pub use self::kernel::kernel_point;
pub use self::lanes::{LANE_STEPS, LaneRow, Lanes, Link, Shortcut};
use self::parts::Parts;
pub use self::parts::{Ground, PartArea};
use self::register::Register;
pub use self::shallows::{BLOCK, CROSSES, ClosedRun, ClosedWater, Shallows, TOUCHED, WATERWAY};
pub use self::tables::{Band, Border, BorderClass, Country, Dispute, Unit, UnitBorder, rows};
pub use self::water::{Lake, River, WaterGrid, WaterRow, encode as encode_water};
pub use self::worldview::Worldview;
use crate::geometry::{Bbox, LonLat};
use crate::packed::{Packed, PackedError};

/// The layout version of each packed file, by its kind.
pub const LAYOUTS: [(&str, u16); 4] = [("shapes", 1), ("units", 2), ("water", 1), ("lanes", 3)];

const VERIFIED: &str = "the checksums were verified when the world was opened";

/// The bytes of the packed files that a world is made of.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// `assets/shapes.dl`: outlines.
    pub shapes: &'a [u8],
    /// `assets/units.dl`: names, codes, borders, disputes.
    pub units: &'a [u8],
    /// `assets/water.dl`: lakes, rivers, the water grid.
    pub water: &'a [u8],
    /// `assets/lanes.dl`: sea lanes, and the water beside the shore.
    pub lanes: &'a [u8],
}

/// The world's outlines and facts.
#[derive(Debug)]
pub struct World {
    shapes: Packed<'static>,
    register: Register,
    water: Packed<'static>,
    lanes: Packed<'static>,
    coarse: OnceLock<Outlines>,
    fine: OnceLock<Outlines>,
    parts: Parts,
    disputes: OnceLock<Vec<Dispute>>,
    lakes: [OnceLock<Vec<Lake>>; 2],
    rivers: [OnceLock<Vec<River>>; 2],
    grid: OnceLock<WaterGrid>,
    sea_lanes: OnceLock<Lanes>,
    shallows: OnceLock<Shallows>,
}

impl World {
    /// The world that is compiled in. Only headers and checksums are read here.
    ///
    /// # Errors
    /// An asset was damaged, or is of another version, when the program was built.
    pub fn embedded() -> Result<&'static World, PackedError> {
        static WORLD: OnceLock<World> = OnceLock::new();
        if let Some(world) = WORLD.get() {
            return Ok(world);
        }
        let world = World::open(Files {
            shapes: include_bytes!("../../assets/shapes.dl"),
            units: include_bytes!("../../assets/units.dl"),
            water: include_bytes!("../../assets/water.dl"),
            lanes: include_bytes!("../../assets/lanes.dl"),
        })?;
        Ok(WORLD.get_or_init(|| world))
    }

    /// Opens packed files; only headers and checksums are read here.
    ///
    /// # Errors
    /// A file is no packed file, of another kind or version, or damaged.
    pub fn open(files: Files<'static>) -> Result<World, PackedError> {
        let [shapes, units, water, lanes] = [files.shapes, files.units, files.water, files.lanes];
        let open = |bytes, at: usize| {
            let packed = Packed::open(bytes, LAYOUTS[at].0, LAYOUTS[at].1)?;
            packed.verify()?;
            Ok(packed)
        };
        Ok(World {
            shapes: open(shapes, 0)?,
            register: Register::new(open(units, 1)?),
            water: open(water, 2)?,
            lanes: open(lanes, 3)?,
            coarse: OnceLock::new(),
            fine: OnceLock::new(),
            parts: Parts::default(),
            disputes: OnceLock::new(),
            lakes: Default::default(),
            rivers: Default::default(),
            grid: OnceLock::new(),
            sea_lanes: OnceLock::new(),
            shallows: OnceLock::new(),
        })
    }

    /// What the packed files were made from: package, version and licence, one a line.
    pub fn sources(&self) -> impl Iterator<Item = &str> {
        [&self.shapes, self.register.file(), &self.water, &self.lanes]
            .into_iter()
            .flat_map(|file| file.sources().lines())
    }

    /// All countries and territories, by code.
    pub fn countries(&self) -> &[Country] {
        self.register.countries()
    }

    /// The country with this code (`UA`).
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.register.country_index(code).map(|at| &self.countries()[at])
    }

    /// All first-level units, by country and id.
    pub fn units(&self) -> &[Unit] {
        &self.register.units().rows
    }

    /// The unit with this ISO 3166-2 id (`RU-KRS`).
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.register.units().by_id.get(id).map(|&at| &self.units()[at])
    }

    /// The unit with this number in GeoNames.
    pub fn unit_by_geonames(&self, id: u32) -> Option<&Unit> {
        self.register.units().by_geonames.get(&id).map(|&at| &self.units()[at])
    }

    /// The units of a country.
    pub fn units_of<'a>(&'a self, country: &'a str) -> impl Iterator<Item = &'a Unit> {
        self.units().iter().filter(move |unit| unit.country == country)
    }

    /// The area of a country, in the worldview `un`.
    pub fn country_area(&self, code: &str, band: Band) -> Option<&MultiPolygon<f64>> {
        self.country_area_in(Worldview::Un, code, band)
    }

    /// The area of a country in a worldview.
    pub fn country_area_in(
        &self,
        worldview: Worldview,
        code: &str,
        band: Band,
    ) -> Option<&MultiPolygon<f64>> {
        let at = self.register.country_index(code)?;
        Some(self.outlines(band).country(at, &self.register, worldview))
    }

    /// The area of a unit, in the fine band.
    pub fn unit_area(&self, id: &str) -> Option<&MultiPolygon<f64>> {
        let at = *self.register.units().by_id.get(id)?;
        Some(self.outlines(Band::Fine).piece(at))
    }

    /// The worldviews there are: `un`, `defacto`, and those of the countries that see something otherwise.
    pub fn worldviews(&self) -> &[Worldview] {
        self.register.views()
    }

    /// Whose a dispute is in a worldview: a country's code.
    pub fn owner_in(&self, worldview: Worldview, dispute: &str) -> Option<&str> {
        self.register
            .disputes()
            .iter()
            .find(|row| row.id == dispute)
            .map(|row| self.register.owner(row, worldview))
    }

    /// The country that a position lies in, in the worldview `un`; none at sea.
    pub fn country_at(&self, p: LonLat) -> Option<&Country> {
        self.country_at_in(Worldview::Un, p)
    }

    /// The country that a position lies in, in a worldview; none at sea.
    pub fn country_at_in(&self, worldview: Worldview, p: LonLat) -> Option<&Country> {
        let unit = self.unit_at(p)?;
        let changes = self.register.changes(worldview);
        let owner = *changes.get(unit.id.as_str()).unwrap_or(&unit.country.as_str());
        let point = geo::Coord::from(p);
        let cut = self.register.cut(worldview).find(|(row, _)| {
            row.un == owner
                && row.polygon.as_deref().is_some_and(|polygon| areas::outline(polygon).contains(&point))
        });
        self.country(cut.map_or(owner, |(_, owner)| owner))
    }

    /// The unit that a position lies in; none at sea. On a line between two: the first by country and id.
    pub fn unit_at(&self, p: LonLat) -> Option<&Unit> {
        let (outlines, units) = (self.outlines(Band::Fine), self.units());
        (0..units.len()).find(|&at| units[at].bbox.contains(p) && outlines.holds(at, p)).map(|at| &units[at])
    }

    /// All land.
    pub fn land(&self, band: Band) -> &MultiPolygon<f64> {
        self.outlines(band).land()
    }

    /// Where land meets the sea, without the cuts at 180 degrees that `land` has.
    pub fn coast(&self, band: Band) -> &[LineString<f64>] {
        self.outlines(band).coast()
    }

    /// Lakes and inland seas, the largest first. The land lies under them.
    pub fn lakes(&self, band: Band) -> &[Lake] {
        let (at, name) = named(band, ["lakes/coarse", "lakes/fine"]);
        self.lakes[at].get_or_init(|| water::decode_lakes(&section(&self.water, name)).expect(VERIFIED))
    }

    /// Rivers, the largest first.
    pub fn rivers(&self, band: Band) -> &[River] {
        let (at, name) = named(band, ["rivers/coarse", "rivers/fine"]);
        self.rivers[at].get_or_init(|| water::decode_rivers(&section(&self.water, name)).expect(VERIFIED))
    }

    /// The lines between countries, and lines of control, in the worldview `un`.
    pub fn borders(&self, band: Band) -> &[Border] {
        self.borders_in(Worldview::Un, band)
    }

    /// The lines between countries, and lines of control, in a worldview.
    pub fn borders_in(&self, worldview: Worldview, band: Band) -> &[Border] {
        self.outlines(band).borders(&self.register, worldview)
    }

    /// The lines between units of one country, in the fine band.
    pub fn unit_borders(&self) -> &[UnitBorder] {
        self.outlines(Band::Fine).unit_borders(self.register.borders(Band::Fine))
    }

    /// Everything that is disputed.
    pub fn disputes(&self) -> &[Dispute] {
        self.disputes.get_or_init(|| {
            let area = |row| self.area_of_dispute(row, Band::Coarse);
            self.register.disputes().iter().map(|row| areas::dispute(row, area(row))).collect()
        })
    }

    /// The disputes that a frame shows something of.
    pub fn disputes_in(&self, frame: Bbox) -> impl Iterator<Item = &Dispute> {
        self.disputes().iter().filter(move |dispute| overlap(dispute.bbox, frame))
    }

    /// The area of a dispute in a band.
    pub fn dispute_area(&self, id: &str, band: Band) -> Option<MultiPolygon<f64>> {
        self.register.disputes().iter().find(|row| row.id == id).map(|row| self.area_of_dispute(row, band))
    }

    /// Where ships can be.
    pub fn water_grid(&self) -> &WaterGrid {
        self.grid.get_or_init(|| {
            let bits = section(&self.water, "grid").into_owned();
            let height = (bits.len() * 4).isqrt();
            WaterGrid::new(2 * height, height, bits).expect(VERIFIED)
        })
    }

    /// Sea lanes.
    pub fn lanes(&self) -> &Lanes {
        self.sea_lanes.get_or_init(|| Lanes::decode(&section(&self.lanes, "lanes")).expect(VERIFIED))
    }

    /// The water beside the shore, and the waters without an outlet to the sea.
    pub fn shallows(&self) -> &Shallows {
        self.shallows.get_or_init(|| Shallows::decode(&section(&self.lanes, "shallows")).expect(VERIFIED))
    }

    fn outlines(&self, band: Band) -> &Outlines {
        match band {
            Band::Coarse => self.coarse.get_or_init(|| Outlines::read(&self.shapes, band)),
            Band::Fine => self.fine.get_or_init(|| Outlines::read(&self.shapes, band)),
        }
    }

    /// From the coarse pieces where they cover the dispute exactly, else from the fine ones.
    fn area_of_dispute(&self, row: &rows::DisputeRow, band: Band) -> MultiPolygon<f64> {
        let coarse = || {
            let within = |piece: &rows::CoarsePiece| piece.units.iter().all(|unit| row.units.contains(unit));
            let (pieces, covered): (Vec<usize>, Vec<usize>) = (self.register.coarse().iter().enumerate())
                .filter(|(_, piece)| within(piece))
                .map(|(at, piece)| (at, piece.units.len()))
                .unzip();
            (covered.iter().sum::<usize>() == row.units.len())
                .then(|| self.outlines(Band::Coarse).union(pieces))
        };
        match &row.polygon {
            Some(polygons) if row.units.is_empty() => areas::outline(polygons),
            _ if band == Band::Coarse => coarse().unwrap_or_else(|| self.area_of_dispute(row, Band::Fine)),
            _ => {
                let units = row.units.iter().filter_map(|id| self.register.units().by_id.get(id).copied());
                self.outlines(Band::Fine).union(units)
            }
        }
    }
}

/// Whether two boxes share a point; the frame may cross 180 degrees.
fn overlap(area: Bbox, frame: Bbox) -> bool {
    let meets = |west: f64, east: f64| area.west <= east && west <= area.east;
    let in_lon = if frame.west <= frame.east {
        meets(frame.west, frame.east)
    } else {
        meets(frame.west, 180.0) || meets(-180.0, frame.east)
    };
    in_lon && area.south <= frame.north && frame.south <= area.north
}

fn section<'a>(file: &Packed<'a>, name: &str) -> std::borrow::Cow<'a, [u8]> {
    file.section(name).expect(VERIFIED)
}

fn named(band: Band, names: [&'static str; 2]) -> (usize, &'static str) {
    match band {
        Band::Coarse => (0, names[0]),
        Band::Fine => (1, names[1]),
    }
}

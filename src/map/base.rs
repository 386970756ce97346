//! The base map projected: land, coast, lakes, rivers, borders and countries of the world in one projection, kept for
//! the next map in it. Tiles are all of one projection, and a map drawn again is of the same as before.
//!
//! A line is projected when a view first shows it; of each projection the last view's page is kept too. What is kept
//! changes no picture: it is what would be reckoned anew.

use super::backdrop::Backdrop;
use super::clipper::{Clipper, Piece, path_of, pieces_of_line, pieces_of_polygon};
use super::rows::Rows;
use super::scene::{Group, Path};
use super::seas::Waters;
use super::spots::Spots;
use super::style::Palette;
use super::view::View;
use crate::geometry::projection::Projection;
use crate::world::{Band, BorderClass, World, Worldview};
use geo::{BoundingRect, Coord, LineString, MultiPolygon, Polygon, Rect};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Projections kept at most.
const LIMIT: usize = 8;
/// Points kept at most in all of them, besides the newest: 16 bytes each.
const LIMIT_POINTS: usize = 2_000_000;

/// The base map in one projection.
pub struct Base {
    projection: Projection,
    band: Band,
    worldview: Worldview,
    land: Vec<Part>,
    lakes: Vec<Vec<Part>>,
    coast: Vec<Part>,
    rivers: Vec<Vec<Part>>,
    borders: Vec<Part>,
    countries: Vec<OnceLock<Vec<Part>>>,
    points: AtomicUsize,
    shown: Mutex<Arc<Shown>>,
}

/// Rings in px.
type Rings = Vec<Vec<Coord<f64>>>;

/// What, besides the view, the base map depends on.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Countries in the story's land colour.
    pub story_countries: Vec<String>,
    /// Whether rivers are drawn.
    pub rivers: bool,
    /// Whether borders of units are drawn.
    pub units: bool,
    /// The colours.
    pub palette: Palette,
}

/// What the last view showed: a map is drawn again in another theme, with another step, after an edit.
#[derive(Default)]
struct Shown {
    view: Option<View>,
    /// The base map as it last looked.
    backdrop: Mutex<Option<(Look, Arc<Backdrop>)>>,
    land: OnceLock<Path>,
    coast: OnceLock<Path>,
    borders: OnceLock<[Path; 2]>,
    countries: Mutex<BTreeMap<usize, Arc<Territory>>>,
    waters: OnceLock<Arc<Waters>>,
    has_disputes: OnceLock<bool>,
}

/// A country as a view shows it.
pub struct Territory {
    /// Its rings in px, simplified.
    pub rings: Rings,
    spots: OnceLock<Spots>,
    rows: OnceLock<Rows>,
}

impl Territory {
    fn new(rings: Rings) -> Self {
        Territory { rings, spots: OnceLock::new(), rows: OnceLock::new() }
    }

    /// Where its name may stand, as `find` finds it from the rings and the view.
    pub(super) fn spots(&self, find: impl FnOnce() -> Vec<Coord<f64>>) -> &Spots {
        self.spots.get_or_init(|| Spots::new(find()))
    }

    /// Its ground, to be asked what lies on it.
    pub(super) fn rows(&self) -> &Rows {
        self.rows.get_or_init(|| Rows::new(&self.rings))
    }
}

/// A polygon or a line: its rectangle in degrees, and what it is in the projection, once asked for.
struct Part {
    rect: Option<Rect<f64>>,
    pieces: OnceLock<Vec<Piece>>,
}

type Rects = Vec<Option<Rect<f64>>>;

fn parts(rects: &Rects) -> Vec<Part> {
    rects.iter().map(|rect| Part { rect: *rect, pieces: OnceLock::new() }).collect()
}

fn of_area(area: &MultiPolygon<f64>) -> Rects {
    area.iter().map(|polygon| polygon.exterior().bounding_rect()).collect()
}

fn of_lines<'l>(lines: impl IntoIterator<Item = &'l LineString<f64>>) -> Rects {
    lines.into_iter().map(|line| line.bounding_rect()).collect()
}

/// The rectangles of what is the same in every projection and worldview.
struct Boxes {
    land: Rects,
    lakes: Vec<Rects>,
    coast: Rects,
    rivers: Vec<Rects>,
}

impl Boxes {
    fn new(world: &World, band: Band) -> Self {
        Boxes {
            land: of_area(world.land(band)),
            lakes: world.lakes(band).iter().map(|lake| of_area(&lake.area)).collect(),
            coast: of_lines(world.coast(band)),
            rivers: world.rivers(band).iter().map(|river| of_lines(&river.line.0)).collect(),
        }
    }

    /// Those of the world that is compiled in.
    fn embedded(world: &World, band: Band) -> &'static Self {
        static BOXES: [OnceLock<Boxes>; 2] = [const { OnceLock::new() }; 2];
        BOXES[usize::from(band == Band::Fine)].get_or_init(|| Boxes::new(world, band))
    }
}

impl Base {
    /// The base map of the world in a projection: the one that was kept, or a new one. Only of the world that is
    /// compiled in something is kept.
    pub fn of(world: &World, projection: &Projection, band: Band, worldview: Worldview) -> Arc<Base> {
        static KEPT: Mutex<Vec<Arc<Base>>> = Mutex::new(Vec::new());
        if !World::embedded().is_ok_and(|embedded| std::ptr::eq(embedded, world)) {
            let boxes = Boxes::new(world, band);
            return Arc::new(Base::new(world, &boxes, *projection, band, worldview));
        }
        let boxes = Boxes::embedded(world, band);
        let is_it = |base: &Arc<Base>| {
            base.projection == *projection && base.band == band && base.worldview == worldview
        };
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        // the newest stand last
        let base = match kept.iter().position(is_it) {
            Some(at) => kept.remove(at),
            None => Arc::new(Base::new(world, boxes, *projection, band, worldview)),
        };
        let points =
            |kept: &[Arc<Base>]| kept.iter().map(|b| b.points.load(Ordering::Relaxed)).sum::<usize>();
        while kept.len() >= LIMIT || points(&kept) > LIMIT_POINTS {
            kept.remove(0);
        }
        kept.push(Arc::clone(&base));
        base
    }

    fn new(world: &World, boxes: &Boxes, projection: Projection, band: Band, worldview: Worldview) -> Self {
        Base {
            projection,
            band,
            worldview,
            land: parts(&boxes.land),
            lakes: boxes.lakes.iter().map(parts).collect(),
            coast: parts(&boxes.coast),
            rivers: boxes.rivers.iter().map(parts).collect(),
            borders: parts(&of_lines(world.borders_in(worldview, band).iter().map(|border| &border.line))),
            countries: world.countries().iter().map(|_| OnceLock::new()).collect(),
            points: AtomicUsize::new(0),
            shown: Mutex::default(),
        }
    }

    /// What this view showed, or an empty page for it.
    fn shown(&self, view: &View) -> Arc<Shown> {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.view != Some(*view) {
            *shown = Arc::new(Shown { view: Some(*view), ..Shown::default() });
        }
        Arc::clone(&shown)
    }

    /// The base map of a view: as it was drawn last, if it looked the same.
    pub fn backdrop(&self, view: &View, look: Look, draw: impl FnOnce() -> Vec<Group>) -> Arc<Backdrop> {
        let shown = self.shown(view);
        let kept = || shown.backdrop.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, backdrop)) = kept().as_ref().filter(|(before, _)| *before == look) {
            return Arc::clone(backdrop);
        }
        let backdrop = Arc::new(Backdrop::new(draw()));
        *kept() = Some((look, Arc::clone(&backdrop)));
        backdrop
    }

    fn pieces<'p>(&self, part: &'p Part, project: impl FnOnce() -> Vec<Piece>) -> &'p [Piece] {
        part.pieces.get_or_init(|| {
            let pieces = project();
            let points = pieces.iter().map(|piece| piece.line.len()).sum();
            self.points.fetch_add(points, Ordering::Relaxed);
            pieces
        })
    }

    fn add_rings<'p>(
        &self,
        clipper: &Clipper,
        parts: &[Part],
        polygons: impl IntoIterator<Item = &'p Polygon<f64>>,
        out: &mut Vec<Vec<Coord<f64>>>,
    ) {
        for (part, polygon) in parts.iter().zip(polygons) {
            if clipper.may_show(part.rect) {
                let pieces = self.pieces(part, || pieces_of_polygon(&self.projection, polygon));
                clipper.add_rings(pieces, part.rect, polygon, out);
            }
        }
    }

    fn add_lines<'p>(
        &self,
        clipper: &Clipper,
        parts: &[Part],
        lines: impl IntoIterator<Item = &'p LineString<f64>>,
        path: &mut Path,
    ) {
        for (part, line) in parts.iter().zip(lines) {
            self.add_line(clipper, part, line, path);
        }
    }

    fn add_line(&self, clipper: &Clipper, part: &Part, line: &LineString<f64>, path: &mut Path) {
        if clipper.may_show(part.rect) {
            clipper.add_lines(self.pieces(part, || pieces_of_line(&self.projection, &line.0)), path);
        }
    }

    /// All land that a view shows.
    pub fn land(&self, world: &World, clipper: &Clipper) -> Path {
        let draw = || {
            let mut rings = Vec::new();
            self.add_rings(clipper, &self.land, world.land(self.band), &mut rings);
            path_of(&rings)
        };
        self.shown(clipper.view()).land.get_or_init(draw).clone()
    }

    /// Lakes of more than `least` km².
    pub fn lakes(&self, world: &World, clipper: &Clipper, least: f64) -> Path {
        let mut rings = Vec::new();
        let lakes = world.lakes(self.band).iter().zip(&self.lakes);
        for (lake, parts) in lakes.take_while(|(lake, _)| lake.area_km2 > least) {
            self.add_rings(clipper, parts, &lake.area, &mut rings);
        }
        path_of(&rings)
    }

    /// Rivers up to a rank, without the stretches inside lakes.
    pub fn rivers(&self, world: &World, clipper: &Clipper, most: u8) -> Path {
        let mut path = Path::default();
        let rivers = world.rivers(self.band).iter().zip(&self.rivers);
        for (river, parts) in rivers.filter(|(river, _)| river.rank <= most && !river.in_lake) {
            self.add_lines(clipper, parts, &river.line.0, &mut path);
        }
        path
    }

    /// The coast.
    pub fn coast(&self, world: &World, clipper: &Clipper) -> Path {
        let draw = || {
            let mut path = Path::default();
            self.add_lines(clipper, &self.coast, world.coast(self.band), &mut path);
            path
        };
        self.shown(clipper.view()).coast.get_or_init(draw).clone()
    }

    /// Borders between countries: those agreed on, and the others.
    pub fn borders(&self, world: &World, clipper: &Clipper) -> [Path; 2] {
        let draw = || {
            let mut classes = [Path::default(), Path::default()];
            for (border, part) in world.borders_in(self.worldview, self.band).iter().zip(&self.borders) {
                let dashed = border.class != BorderClass::International;
                self.add_line(clipper, part, &border.line, &mut classes[usize::from(dashed)]);
            }
            classes
        };
        self.shown(clipper.view()).borders.get_or_init(draw).clone()
    }

    /// A country in px; none where there is no such country.
    pub fn country(&self, world: &World, clipper: &Clipper, code: &str) -> Option<Arc<Territory>> {
        let at = world.countries().iter().position(|country| country.code == code)?;
        let shown = self.shown(clipper.view());
        let kept = || shown.countries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(territory) = kept().get(&at) {
            return Some(Arc::clone(territory));
        }
        let area = world.country_area_in(self.worldview, code, self.band)?;
        let mut rings = Vec::new();
        self.add_rings(clipper, self.countries[at].get_or_init(|| parts(&of_area(area))), area, &mut rings);
        let territory = Arc::new(Territory::new(rings));
        kept().insert(at, Arc::clone(&territory));
        Some(territory)
    }

    /// The waters of a view.
    pub(super) fn waters(&self, world: &World, view: &View) -> Arc<Waters> {
        let look = || Arc::new(Waters::new(view, world.water_grid()));
        Arc::clone(self.shown(view).waters.get_or_init(look))
    }

    /// Whether a view shows hatched disputed ground.
    pub fn has_disputes(&self, world: &World, clipper: &Clipper) -> bool {
        let look = || world.disputes().iter().any(|d| d.hatch && !clipper.rings(&d.area).is_empty());
        *self.shown(clipper.view()).has_disputes.get_or_init(look)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::clip::Frame;

    fn view(projection: Projection) -> View {
        let frame = Frame::new(0.0, 0.0, 600.0, 400.0);
        let positions =
            [(36.0, 51.7), (132.0, 43.0)].map(|(lon, lat)| crate::geometry::LonLat::new(lon, lat));
        View::fit(projection, &positions, frame, frame.grown(-20.0), 100.0)
    }

    #[test]
    fn what_is_kept_is_what_would_be_reckoned_anew() {
        let world = World::embedded().unwrap();
        let projections = [
            Projection::mercator(0.0),
            Projection::albers(80.0, 45.0, 40.0, 50.0),
            Projection::lambert(90.0, 60.0),
        ];
        for projection in projections {
            let first = view(projection);
            let second = View { scale: first.scale * 1.5, ..first };
            for view in [first, first, second, first] {
                let clipper = Clipper::new(&view);
                let base = Base::of(world, &projection, Band::Coarse, Worldview::Un);
                assert_eq!(base.land(world, &clipper), clipper.polygons(world.land(Band::Coarse)));
                let mut coast = Path::default();
                world.coast(Band::Coarse).iter().for_each(|line| clipper.line(line, &mut coast));
                assert_eq!(base.coast(world, &clipper), coast);
                let kazakhstan = world.country_area("KZ", Band::Coarse).unwrap();
                let kept = base.country(world, &clipper, "KZ").unwrap();
                assert_eq!(kept.rings, clipper.rings(kazakhstan));
                assert!(base.country(world, &clipper, "--").is_none());
            }
        }
    }

    #[test]
    fn a_base_map_is_drawn_once_for_a_view_and_a_look() {
        let world = World::embedded().unwrap();
        let palette = crate::map::Style::embedded().palette(crate::map::Theme::Light);
        let look =
            |rivers| Look { story_countries: Vec::new(), rivers, units: false, palette: palette.clone() };
        let first = view(Projection::lambert(77.0, 50.0));
        let base = Base::of(world, &first.projection, Band::Coarse, Worldview::Un);
        let drawn = |view: &View, look: Look| {
            let mut drawn = false;
            base.backdrop(view, look, || {
                drawn = true;
                Vec::new()
            });
            drawn
        };
        assert!(drawn(&first, look(false)) && !drawn(&first, look(false)));
        assert!(drawn(&first, look(true)) && !drawn(&first, look(true)));
        let moved = View { scale: first.scale * 1.5, ..first };
        assert!(drawn(&moved, look(true)) && !drawn(&moved, look(true)) && drawn(&first, look(true)));
    }

    #[test]
    fn no_more_is_kept_than_the_limit() {
        let world = World::embedded().unwrap();
        let first = Base::of(world, &Projection::mercator(1.0), Band::Coarse, Worldview::Un);
        let again = Base::of(world, &Projection::mercator(1.0), Band::Coarse, Worldview::Un);
        assert!(Arc::ptr_eq(&first, &again));
        for lon in 2..30 {
            Base::of(world, &Projection::mercator(f64::from(lon)), Band::Coarse, Worldview::Un);
        }
        let anew = Base::of(world, &Projection::mercator(1.0), Band::Coarse, Worldview::Un);
        assert!(!Arc::ptr_eq(&first, &anew));
    }
}

//! Outlines, assembled when first asked for and kept.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use geo::{BooleanOps, Contains, Coord, Intersects, LineString, MultiPolygon, Polygon};

use super::register::Register;
use super::tables::rows::{BorderArc, DisputeRow};
use super::tables::{Band, Border, BorderClass, Dispute, UnitBorder};
use super::topology::Topology;
use super::worldview::Worldview;
use super::{VERIFIED, section};
use crate::geometry::{Bbox, LonLat};
use crate::packed::Packed;

type Areas = Vec<OnceLock<MultiPolygon<f64>>>;

/// The outlines of one worldview.
#[derive(Debug)]
struct View {
    countries: Areas,
    borders: OnceLock<Vec<Border>>,
}

/// The outlines of one band.
#[derive(Debug)]
pub(super) struct Outlines {
    band: Band,
    topology: Topology,
    pieces: Areas,
    views: OnceLock<Vec<View>>,
    land: OnceLock<MultiPolygon<f64>>,
    coast: OnceLock<Vec<LineString<f64>>>,
    unit_borders: OnceLock<Vec<UnitBorder>>,
}

impl Outlines {
    pub fn read(file: &Packed, band: Band) -> Self {
        let part = |part: &str| section(file, &format!("{}/{part}", band.name()));
        let topology = Topology::decode(&part("arcs"), &part("pieces")).expect(VERIFIED);
        Outlines {
            band,
            pieces: empty(topology.piece_count()),
            views: OnceLock::new(),
            land: OnceLock::new(),
            coast: OnceLock::new(),
            unit_borders: OnceLock::new(),
            topology,
        }
    }

    pub fn piece(&self, at: usize) -> &MultiPolygon<f64> {
        self.pieces[at].get_or_init(|| self.topology.area([at]))
    }

    /// Whether a position lies in a piece or on its edge.
    pub fn holds(&self, at: usize, p: LonLat) -> bool {
        let point = Coord::from(p);
        self.piece(at).0.iter().any(|part| part.contains(&point) || part.exterior().intersects(&point))
    }

    pub fn union(&self, pieces: impl IntoIterator<Item = usize>) -> MultiPolygon<f64> {
        self.topology.area(pieces)
    }

    /// The outlines of a view; a country without a view of its own sees as the United Nations do.
    fn view(&self, register: &Register, worldview: Worldview) -> &View {
        let known = register.views();
        let views = self.views.get_or_init(|| {
            let view = |_| View { countries: empty(register.countries().len()), borders: OnceLock::new() };
            known.iter().map(view).collect()
        });
        &views[known.binary_search(&worldview).unwrap_or(0)]
    }

    pub fn country(&self, at: usize, register: &Register, worldview: Worldview) -> &MultiPolygon<f64> {
        self.view(register, worldview).countries[at].get_or_init(|| {
            let code = register.countries()[at].code.as_str();
            let pieces = self.union(register.pieces(code, self.band, worldview));
            register.cut(worldview).fold(pieces, |area, (row, owner)| {
                let cut = || outline(row.polygon.as_deref().unwrap_or_default());
                if code == row.un {
                    area.difference(&cut())
                } else if code == owner
                    && let Some(un) = register.country_index(&row.un)
                {
                    area.union(&self.country(un, register, Worldview::Un).intersection(&cut()))
                } else {
                    area
                }
            })
        })
    }

    pub fn land(&self) -> &MultiPolygon<f64> {
        self.land.get_or_init(|| self.union(0..self.topology.piece_count()))
    }

    pub fn coast(&self) -> &[LineString<f64>] {
        self.coast.get_or_init(|| {
            let sides = self.topology.sides();
            let arcs: Vec<usize> = (0..sides.len()).filter(|&arc| sides[arc] == 1).collect();
            self.topology.lines(&arcs).iter().flat_map(without_seams).collect()
        })
    }

    pub fn borders(&self, register: &Register, worldview: Worldview) -> &[Border] {
        self.view(register, worldview).borders.get_or_init(|| {
            let mut groups: BTreeMap<(BorderClass, [&str; 2]), Vec<usize>> = BTreeMap::new();
            for (arc, class, mut sides) in self.border_arcs(register, worldview) {
                sides.sort_unstable();
                groups.entry((class, sides)).or_default().push(arc);
            }
            let of = |(class, sides): (BorderClass, [&str; 2]), line| Border {
                class,
                sides: sides.map(str::to_owned),
                line,
            };
            let lines = groups.iter().flat_map(|(key, arcs)| {
                self.topology.lines(arcs).into_iter().map(move |line| of(*key, line))
            });
            lines.chain(outlines(register, worldview)).collect()
        })
    }

    /// The arcs that are borders in a view: number, class, the countries on their sides.
    fn border_arcs<'r>(
        &self,
        register: &'r Register,
        worldview: Worldview,
    ) -> Vec<(usize, BorderClass, [&'r str; 2])> {
        let rows = register.borders(self.band);
        let line = |row: &'r BorderArc| match worldview {
            Worldview::Defacto => row.defacto.as_ref().unwrap_or(&row.un),
            _ => &row.un,
        };
        let packed = |row: &'r BorderArc| {
            let (word, left, right) = line(row);
            Some((row.arc, class(word)?, [left.as_str(), right.as_str()]))
        };
        if !matches!(worldview, Worldview::Of(_)) {
            return rows.iter().filter_map(packed).collect();
        }
        // what lies beside a changed piece is drawn as this view has it, all else as packed
        let changes = register.changes(worldview);
        let piece = |at: usize| register.piece(at, self.band);
        let changed = |at: usize| changes.contains_key(piece(at).0);
        let owner = |at: usize| {
            let (unit, country) = piece(at);
            *changes.get(unit).unwrap_or(&country)
        };
        let known: BTreeMap<usize, &BorderArc> = rows.iter().map(|row| (row.arc, row)).collect();
        let mut arcs = Vec::new();
        for (arc, beside) in self.topology.neighbours().into_iter().enumerate() {
            let un = known.get(&arc).copied().and_then(packed);
            let [Some(a), Some(b)] = beside else {
                arcs.extend(un);
                continue;
            };
            let control = un.filter(|(_, class, _)| *class == BorderClass::Control);
            match (changed(a) || changed(b), owner(a) == owner(b)) {
                (false, _) => arcs.extend(un),
                (true, false) => arcs.push((arc, BorderClass::International, [owner(a), owner(b)])),
                // who holds the ground is a fact in every view
                (true, true) => arcs.extend(control.map(|(arc, class, _)| (arc, class, [owner(a); 2]))),
            }
        }
        arcs
    }

    pub fn unit_borders(&self, arcs: &[BorderArc]) -> &[UnitBorder] {
        self.unit_borders.get_or_init(|| {
            let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for arc in arcs.iter().filter(|arc| arc.un.0 == "unit") {
                groups.entry(&arc.un.1).or_default().push(arc.arc);
            }
            let of = |country: &str, line| UnitBorder { country: country.to_owned(), line };
            let lines = groups.iter().flat_map(|(country, arcs)| {
                self.topology.lines(arcs).into_iter().map(move |line| of(country, line))
            });
            lines.collect()
        })
    }
}

/// The lines around disputed areas that have an outline of their own.
fn outlines(register: &Register, worldview: Worldview) -> impl Iterator<Item = Border> {
    let cut: BTreeMap<&str, &str> =
        register.cut(worldview).map(|(row, owner)| (row.id.as_str(), owner)).collect();
    let rows = register.disputes().iter().filter_map(move |row| match cut.get(row.id.as_str()) {
        Some(owner) => Some((row, BorderClass::International, *owner)),
        None => Some((row, class(&row.line)?, row.un.as_str())),
    });
    rows.flat_map(|(row, class, owner)| {
        let sides = [row.un.clone(), owner.to_owned()];
        row.outline.iter().map(move |line| Border { class, sides: sides.clone(), line: path(line) })
    })
}

fn path(line: &[[f64; 2]]) -> LineString<f64> {
    LineString(line.iter().map(|&[x, y]| Coord { x, y }).collect())
}

fn empty(count: usize) -> Areas {
    (0..count).map(|_| OnceLock::new()).collect()
}

fn class(word: &str) -> Option<BorderClass> {
    match word {
        "international" => Some(BorderClass::International),
        "disputed" => Some(BorderClass::Disputed),
        "control" => Some(BorderClass::Control),
        _ => None,
    }
}

/// The parts of a line that are not the edge of the map: along 180 degrees or the south pole.
fn without_seams(line: &LineString<f64>) -> Vec<LineString<f64>> {
    const EDGE: f64 = 179.9999;
    let on_seam = |a: &Coord<f64>, b: &Coord<f64>| {
        (a.x.abs() > EDGE && b.x.abs() > EDGE) || (a.y < -89.9 && b.y < -89.9)
    };
    let mut parts = Vec::new();
    let mut part: Vec<Coord<f64>> = Vec::new();
    for pair in line.0.windows(2) {
        if on_seam(&pair[0], &pair[1]) {
            parts.push(std::mem::take(&mut part));
        } else {
            if part.is_empty() {
                part.push(pair[0]);
            }
            part.push(pair[1]);
        }
    }
    parts.push(part);
    parts.into_iter().filter(|part| part.len() > 1).map(LineString).collect()
}

/// A polygon given by positions.
pub(super) fn outline(polygons: &[Vec<Vec<[f64; 2]>>]) -> MultiPolygon<f64> {
    let polygon = |rings: &Vec<Vec<[f64; 2]>>| {
        let mut rings = rings.iter().map(|ring| path(ring));
        rings.next().map(|outer| Polygon::new(outer, rings.collect()))
    };
    MultiPolygon(polygons.iter().filter_map(polygon).collect())
}

/// A dispute from its row and its area.
pub(super) fn dispute(row: &DisputeRow, area: MultiPolygon<f64>) -> Dispute {
    Dispute {
        id: row.id.clone(),
        name: row.name.clone(),
        units: row.units.clone(),
        bbox: bbox(&area),
        area,
        claimants: row.claimants.clone(),
        holder: row.holder.clone(),
        un: row.un.clone(),
        defacto: row.defacto.clone(),
        line: class(&row.line),
        hatch: row.hatch,
        note: row.note.clone(),
    }
}

/// What encloses an area that does not cross 180 degrees.
fn bbox(area: &MultiPolygon<f64>) -> Bbox {
    let all = area.0.iter().map(super::area::bounds);
    let [west, south, east, north] = all
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
        .unwrap_or_default();
    Bbox { west, south, east, north }
}

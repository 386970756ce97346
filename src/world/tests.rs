//! What the packed world must say, whatever it was packed from.

use geo::{Area, BoundingRect, Contains};

use super::*;
use crate::geometry::LonLat;

const FILES: Files<'static> = Files {
    shapes: include_bytes!("../../assets/shapes.dl"),
    units: include_bytes!("../../assets/units.dl"),
    water: include_bytes!("../../assets/water.dl"),
    lanes: include_bytes!("../../assets/lanes.dl"),
};

fn world() -> &'static World {
    World::embedded().unwrap()
}

fn country_at(lon: f64, lat: f64) -> Option<&'static str> {
    world().country_at(LonLat::new(lon, lat)).map(|country| country.code.as_str())
}

fn unit_at(lon: f64, lat: f64) -> Option<&'static str> {
    world().unit_at(LonLat::new(lon, lat)).map(|unit| unit.id.as_str())
}

#[test]
fn contested_places_lie_where_the_un_puts_them() {
    assert_eq!(country_at(34.10, 44.95), Some("UA"), "Simferopol");
    assert_eq!(country_at(33.53, 44.58), Some("UA"), "Sevastopol");
    assert_eq!(country_at(35.77, 33.00), Some("SY"), "Golan");
    assert_eq!(country_at(-13.18, 27.15), Some("EH"), "Laayoune");
    assert_eq!(country_at(-15.2, 23.9), Some("EH"), "near Dakhla");
    assert_eq!(country_at(-11.0, 28.5), Some("MA"), "Tan-Tan's hinterland");
    assert_eq!(country_at(33.36, 35.19), Some("CY"), "Nicosia");
    assert_eq!(country_at(33.95, 35.12), Some("CY"), "Famagusta");
    assert_eq!(country_at(44.06, 9.56), Some("SO"), "Hargeisa");
    assert_eq!(country_at(41.01, 43.00), Some("GE"), "Sukhumi");
    assert_eq!(country_at(29.62, 46.84), Some("MD"), "Tiraspol");
    assert_eq!(country_at(21.16, 42.66), Some("XK"), "Pristina");
    assert_eq!(country_at(121.52, 25.04), Some("TW"), "Taipei");
    assert_eq!(country_at(35.20, 31.90), Some("PS"), "Ramallah");
}

#[test]
fn towns_lie_in_their_units() {
    for (name, lon, lat, unit) in [
        ("Vladivostok", 131.91, 43.13, "RU-PRI"),
        ("Ussuriysk", 131.95, 43.80, "RU-PRI"),
        ("Khabarovsk", 135.08, 48.48, "RU-KHA"),
        ("Kursk", 36.19, 51.73, "RU-KRS"),
        ("Sudzha", 35.27, 51.19, "RU-KRS"),
        ("Ulan-Ude", 107.6, 51.83, "RU-BU"),
        ("Moscow", 37.62, 55.75, "RU-MOW"),
        ("Sergiyev Posad", 38.13, 56.30, "RU-MOS"),
        ("Wonsan", 127.44, 39.15, "KP-07"),
        ("Pyongyang", 125.75, 39.03, "KP-01"),
        ("Seoul", 126.98, 37.57, "KR-11"),
        ("Donetsk", 37.80, 48.00, "UA-14"),
        ("Kyiv", 30.52, 50.45, "UA-30"),
        ("New York", -73.98, 40.75, "US-NY"),
        ("Rome", 12.48, 41.89, "IT-RM"),
        ("Barnaul", 83.76, 53.35, "RU-ALT"),
        ("Cayenne", -52.33, 4.92, "GF"),
    ] {
        assert_eq!(unit_at(lon, lat), Some(unit), "{name}");
    }
    assert_eq!(unit_at(-30.0, 40.0), None, "the Atlantic");
    assert_eq!(unit_at(50.5, 42.0), None, "the Caspian Sea");
}

#[test]
fn every_country_has_areas_that_hold_its_label() {
    for country in world().countries() {
        for band in [Band::Coarse, Band::Fine] {
            let area = world().country_area(&country.code, band).unwrap();
            assert!(area.unsigned_area() > 0.0, "{} {band:?}", country.code);
        }
        let area = world().country_area(&country.code, Band::Fine).unwrap();
        let label = geo::Point::from(geo::Coord::from(country.label));
        assert!(area.contains(&label), "{} {:?}", country.code, country.label);
        assert!(country.bbox.contains(country.label), "{}", country.code);
        assert!(!country.name.is_empty() && country.names.contains_key("en"), "{}", country.code);
    }
    assert!((245..256).contains(&world().countries().len()), "{}", world().countries().len());
}

#[test]
fn every_unit_has_a_country_an_area_and_its_label_inside() {
    let units = world().units();
    assert!(units.len() > 4500);
    let mut ids: Vec<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), units.len(), "ids are unique");
    for unit in units {
        assert!(world().country(&unit.country).is_some(), "{}: {}", unit.id, unit.country);
        let area = world().unit_area(&unit.id).unwrap();
        assert!(area.contains(&geo::Point::from(geo::Coord::from(unit.label))), "{}", unit.id);
        let bounds = area.bounding_rect().unwrap();
        let corner = |c: geo::Coord<f64>| LonLat::new(c.x, c.y);
        assert!(
            unit.bbox.west > unit.bbox.east || unit.bbox.contains(corner(bounds.center())),
            "{}",
            unit.id
        );
        assert!(!unit.name.is_empty(), "{}", unit.id);
    }
    let of = |code: &str| world().units_of(code).count();
    assert_eq!((of("UA"), of("KP"), of("KR"), of("US"), of("JP")), (27, 11, 17, 51, 47));
    assert_eq!(world().unit_by_geonames(538_555).map(|unit| unit.id.as_str()), Some("RU-KRS"));
}

#[test]
fn bands_agree_and_countries_make_up_the_land() {
    let whole = |band| world().land(band).unsigned_area();
    let parts = |band| -> f64 {
        let area = |country: &Country| world().country_area(&country.code, band).unwrap().unsigned_area();
        world().countries().iter().map(area).sum()
    };
    for band in [Band::Coarse, Band::Fine] {
        assert!((whole(band) / parts(band) - 1.0).abs() < 1e-3, "{band:?} {} {}", whole(band), parts(band));
    }
    assert!((whole(Band::Coarse) / whole(Band::Fine) - 1.0).abs() < 0.01);
    let ukraine = world().country_area("UA", Band::Fine).unwrap();
    let square_km = geo::GeodesicArea::geodesic_area_unsigned(ukraine) / 1e6;
    assert!((595_000.0..612_000.0).contains(&square_km), "Ukraine with Crimea: {square_km}");
    let land = geo::GeodesicArea::geodesic_area_unsigned(world().land(Band::Coarse)) / 1e12;
    assert!((146.0..150.0).contains(&land), "all land, with Antarctica: {land} million square kilometres");
}

#[test]
fn the_caspian_is_no_land_and_lakes_lie_on_it() {
    let land = |lon: f64, lat: f64| world().land(Band::Fine).contains(&geo::Point::new(lon, lat));
    assert!(!land(50.5, 42.0) && !land(51.0, 39.0), "the Caspian Sea");
    assert!(land(107.6, 51.83));
    assert!(world().lakes(Band::Fine).iter().any(|lake| lake.name.as_deref() == Some("Lake Superior")));
    assert!(world().rivers(Band::Coarse).iter().any(|river| river.name.as_deref() == Some("Dnieper")));
    for band in [Band::Coarse, Band::Fine] {
        assert!(world().lakes(band).windows(2).all(|pair| pair[0].area_km2 >= pair[1].area_km2));
    }
}

#[test]
fn lines_of_control_and_disputed_borders_have_their_class() {
    for band in [Band::Coarse, Band::Fine] {
        let has = |class, sides: [&str; 2]| {
            world().borders(band).iter().any(|border| border.class == class && border.sides == sides)
        };
        assert!(has(BorderClass::International, ["RU", "UA"]));
        assert!(has(BorderClass::Control, ["UA", "UA"]), "between Crimea and Kherson");
        assert!(has(BorderClass::Control, ["IN", "PK"]), "Line of Control");
        assert!(has(BorderClass::International, ["IN", "PK"]), "Gujarat and Sindh");
        assert!(has(BorderClass::Disputed, ["RS", "XK"]) && !has(BorderClass::International, ["RS", "XK"]));
        assert!(has(BorderClass::International, ["AL", "XK"]));
        assert!(has(BorderClass::Disputed, ["EH", "MA"]) && has(BorderClass::International, ["EH", "MR"]));
    }
    assert!(world().unit_borders().iter().any(|border| border.country == "UA"));
}

#[test]
fn only_contested_lines_are_contested() {
    for band in [Band::Coarse, Band::Fine] {
        let inside =
            |code: &str| world().borders(band).iter().filter(|border| border.sides == [code, code]).count();
        for code in ["UA", "GE", "MD", "CY", "SO", "SY", "SD"] {
            assert!(inside(code) > 0, "{code} {band:?}");
        }
        for code in ["IN", "XK", "PK", "CN", "RU", "EH", "MA", "RS"] {
            assert_eq!(inside(code), 0, "{code} {band:?}");
        }
    }
}

#[test]
fn a_worldview_says_whose_it_is() {
    let simferopol = LonLat::new(34.10, 44.95);
    let code = |worldview| world().country_at_in(worldview, simferopol).map(|country| country.code.as_str());
    assert_eq!((code(Worldview::Un), code(Worldview::Defacto)), (Some("UA"), Some("RU")));
    for band in [Band::Coarse, Band::Fine] {
        let area = |worldview, code| world().country_area_in(worldview, code, band).unwrap();
        let point = geo::Point::new(34.10, 44.95);
        assert!(
            area(Worldview::Un, "UA").contains(&point) && area(Worldview::Defacto, "RU").contains(&point)
        );
        let has = |worldview, class, sides: [&str; 2]| {
            world().borders_in(worldview, band).iter().any(|b| b.class == class && b.sides == sides)
        };
        assert!(!has(Worldview::Un, BorderClass::Control, ["RU", "UA"]));
        assert!(has(Worldview::Defacto, BorderClass::Control, ["RU", "UA"]), "between Crimea and Kherson");
        assert!(!has(Worldview::Defacto, BorderClass::Control, ["UA", "UA"]));
    }
}

#[test]
fn a_country_sees_what_it_claims_as_its_own() {
    let at = |view: &str, lon, lat| {
        let view = Worldview::named(view).unwrap();
        let country = world().country_at_in(view, LonLat::new(lon, lat)).map(|country| country.code.as_str());
        for band in [Band::Coarse, Band::Fine] {
            let point = geo::Point::new(lon, lat);
            let area = |code| world().country_area_in(view, code, band).unwrap();
            assert!(country.is_some_and(|code| area(code).contains(&point)), "{view:?} {lon} {lat}");
        }
        country.unwrap()
    };
    for (lon, lat, owners) in [
        (34.10, 44.95, [("un", "UA"), ("UA", "UA"), ("RU", "RU"), ("CN", "UA")]),
        (37.80, 48.00, [("un", "UA"), ("UA", "UA"), ("RU", "RU"), ("defacto", "UA")]),
        (74.80, 34.10, [("un", "IN"), ("IN", "IN"), ("PK", "PK"), ("CN", "IN")]),
        (73.47, 34.37, [("un", "PK"), ("IN", "IN"), ("PK", "PK"), ("US", "PK")]),
        (79.00, 35.20, [("un", "CN"), ("IN", "IN"), ("CN", "CN"), ("PK", "CN")]),
        (93.60, 27.10, [("un", "IN"), ("CN", "CN"), ("IN", "IN"), ("PK", "IN")]),
        (121.00, 23.70, [("un", "TW"), ("CN", "CN"), ("TW", "TW"), ("US", "TW")]),
        (147.90, 45.00, [("un", "RU"), ("JP", "JP"), ("RU", "RU"), ("KR", "RU")]),
        (-13.20, 27.10, [("un", "EH"), ("MA", "MA"), ("US", "MA"), ("GB", "EH")]),
        (35.78, 33.00, [("un", "SY"), ("IL", "IL"), ("US", "IL"), ("TR", "SY")]),
        (-58.60, -51.75, [("un", "FK"), ("AR", "AR"), ("GB", "FK"), ("US", "FK")]),
        (20.90, 42.60, [("un", "XK"), ("RS", "RS"), ("RU", "RS"), ("US", "XK")]),
        (33.60, 35.30, [("un", "CY"), ("TR", "CY"), ("GB", "CY"), ("defacto", "TR")]),
    ] {
        for (view, owner) in owners {
            assert_eq!(at(view, lon, lat), owner, "{view} at {lon} {lat}");
        }
    }
}

#[test]
fn the_countries_that_news_asks_for_have_views() {
    let names: Vec<&str> = world().worldviews().iter().map(Worldview::name).collect();
    assert_eq!(names[..2], ["un", "defacto"]);
    for code in ["UA", "RU", "US", "CN", "IN", "PK", "JP", "KR", "IL", "MA", "AR", "GB", "TR"] {
        assert!(names.contains(&code), "{code}: {names:?}");
    }
}

/// Points spread over all land: in each view exactly one country has each of them, by areas as by units.
#[test]
fn no_view_has_a_hole_or_an_overlap() {
    no_hole_or_overlap(60, 10);
}

#[test]
#[ignore = "5,000 points in every view take minutes"]
fn no_view_has_a_hole_or_an_overlap_at_five_thousand_points() {
    no_hole_or_overlap(5000, 400);
}

/// `count` points over all land, and `near` in and around each dispute.
fn no_hole_or_overlap(count: usize, near: usize) {
    let mut random = Random(7);
    let mut points = Vec::new();
    while points.len() < count {
        // as many to each square kilometre at any latitude
        let lat = (2.0 * random.next() - 1.0).asin().to_degrees();
        points.extend(Some(LonLat::new(360.0 * random.next() - 180.0, lat)).filter(|&p| on_land(p)));
    }
    for dispute in world().disputes() {
        let b = dispute.bbox;
        for _ in 0..near {
            let lon = b.west - 0.2 + (b.east - b.west + 0.4) * random.next();
            let lat = b.south - 0.2 + (b.north - b.south + 0.4) * random.next();
            points.extend(Some(LonLat::new(lon, lat)).filter(|&p| on_land(p)));
        }
    }
    for &view in world().worldviews() {
        // a country may lie outside its usual box only with what it gains in this view
        let gains = |code: &str| {
            world().disputes().iter().any(|d| d.un != code && world().owner_in(view, &d.id) == Some(code))
        };
        let gains: Vec<bool> = world().countries().iter().map(|country| gains(&country.code)).collect();
        for &p in &points {
            let holds = |(country, gains): &(&Country, &bool)| {
                let area = || world().country_area_in(view, &country.code, Band::Fine).unwrap();
                (**gains || country.bbox.contains(p)) && area().contains(&geo::Point::new(p.lon, p.lat))
            };
            let inside: Vec<&str> =
                world().countries().iter().zip(&gains).filter(holds).map(|(c, _)| c.code.as_str()).collect();
            let by_unit = world().country_at_in(view, p).map(|country| country.code.as_str());
            assert_eq!(inside, Vec::from_iter(by_unit), "{view:?} at {p:?}");
        }
    }
}

fn on_land(p: LonLat) -> bool {
    world().unit_at(p).is_some()
}

/// Numbers from 0 to 1, the same each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn a_frame_knows_what_is_disputed_in_it() {
    let ids = |frame: [f64; 4]| {
        world().disputes_in(frame.into()).map(|dispute| dispute.id.as_str()).collect::<Vec<_>>()
    };
    assert!(ids([22.0, 44.0, 41.0, 53.0]).contains(&"crimea"));
    assert!(ids([140.0, 40.0, -170.0, 60.0]).contains(&"kuril-islands"), "a frame across 180 degrees");
    assert_eq!(ids([0.0, 45.0, 15.0, 55.0]), [""; 0]);
}

/// CI has no downloads, but it can see that the hand-made tables are those that were packed.
#[test]
fn the_packed_disputes_are_those_of_the_table() {
    let table = include_str!("../../geodata/tables/disputes.csv");
    let rows: Vec<Vec<String>> = table.lines().map(cells).collect();
    assert_eq!(rows[0][0..3], ["id", "name", "units"]);
    assert_eq!(rows.len() - 1, world().disputes().len(), "run `make geodata`");
    for (row, dispute) in rows[1..].iter().zip(world().disputes()) {
        assert_eq!(row.len(), rows[0].len(), "{}", row[0]);
        let packed = [&dispute.id, &dispute.name, &dispute.un, &dispute.defacto, &dispute.note];
        assert_eq!([&row[0], &row[1], &row[6], &row[7], &row[11]], packed, "run `make geodata`");
        for (view, owner) in row[8].split(' ').filter_map(|pair| pair.split_once(':')) {
            let view = Worldview::named(view).unwrap();
            assert_eq!(world().owner_in(view, &row[0]), Some(owner), "{}: run `make geodata`", row[0]);
        }
        assert_eq!(row[4], dispute.claimants.join(" "), "{}: run `make geodata`", row[0]);
        assert_eq!(row[10] == "yes", dispute.hatch, "{}: run `make geodata`", row[0]);
        assert!(row[2].is_empty() != row[3].is_empty(), "{}: units or a polygon", row[0]);
    }
}

#[test]
fn the_packed_waters_are_those_of_the_tables() {
    let grid = world().water_grid();
    for row in include_str!("../../geodata/tables/passages.csv").lines().skip(1).map(cells) {
        for pair in row[2].split(',') {
            let (lon, lat) = pair.split_once(' ').unwrap();
            let p = LonLat::new(lon.parse().unwrap(), lat.parse().unwrap());
            assert!(grid.is_water(p), "{} at {pair}: run `make geodata`", row[0]);
        }
    }
    let names: Vec<&str> = world().lakes(Band::Fine).iter().filter_map(|lake| lake.name.as_deref()).collect();
    for row in include_str!("../../geodata/tables/lakes.csv").lines().skip(1).map(cells) {
        assert!(names.contains(&row[0].as_str()), "{}: run `make geodata`", row[0]);
    }
}

#[test]
fn a_ship_gets_from_any_sea_to_any_other_over_the_grid() {
    let grid = world().water_grid();
    let (width, height) = (grid.width(), grid.height());
    let mut reached = vec![false; width * height];
    let (x, y) = grid.cell_at(LonLat::new(3.0, 56.0));
    let mut queue = vec![(x, y)];
    while let Some((x, y)) = queue.pop() {
        if y >= height || !grid.is_water_cell(x, y) || std::mem::replace(&mut reached[y * width + x], true) {
            continue;
        }
        queue.extend([
            ((x + 1) % width, y),
            ((x + width - 1) % width, y),
            (x, y + 1),
            (x, y.wrapping_sub(1)),
        ]);
    }
    for (name, lon, lat) in [
        ("Wonsan Bay", 127.5, 39.2),
        ("off Vladivostok", 131.9, 42.9),
        ("Black Sea", 33.0, 43.0),
        ("Sea of Azov", 36.5, 46.0),
        ("Caspian Sea", 50.5, 42.0),
        ("Baltic Sea", 19.5, 57.5),
        ("Red Sea", 38.0, 20.0),
        ("Persian Gulf", 51.0, 27.0),
        ("Lake Superior", -87.5, 47.7),
        ("Lake Onega", 35.5, 61.7),
        ("White Sea", 38.0, 65.5),
        ("Sea of Marmara", 28.0, 40.7),
        ("Hudson Bay", -85.0, 60.0),
        ("Sea of Okhotsk", 150.0, 55.0),
    ] {
        let (x, y) = grid.cell_at(LonLat::new(lon, lat));
        assert!(reached[y * width + x], "{name}");
    }
    let (x, y) = grid.cell_at(LonLat::new(33.0, -1.0));
    assert!(grid.is_water_cell(x, y) && !reached[y * width + x], "Lake Victoria is not of the sea");
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

#[test]
fn countries_have_names_in_other_languages() {
    let country = |code: &str| world().country(code).unwrap();
    assert_eq!(country("UA").name_in("de"), "Ukraine");
    assert_eq!(country("RU").name_in("fr"), "Russie");
    assert_eq!(country("CN").name, "China");
    assert_eq!(country("KP").name_in("ko"), "조선민주주의인민공화국");
    assert_eq!(country("JP").names["local"], "日本");
    assert_eq!(country("UA").names["local"], "Україна");
    assert_eq!(country("DE").name_in("xx"), "Germany");
    assert_eq!(world().unit("UA-51").unwrap().name, "Odesa");
    assert_eq!(world().unit("RU-PRI").unwrap().kind_word, "Krai");
    assert_eq!(world().unit("RU-KRS").unwrap().kind_word, "Oblast");
}

#[test]
fn disputes_are_whole_and_name_known_sides() {
    let disputes = world().disputes();
    assert!(disputes.len() > 30);
    for dispute in disputes {
        assert!(dispute.area.unsigned_area() > 0.0, "{}", dispute.id);
        assert!(dispute.note.ends_with('.'), "{}", dispute.id);
        let sides = dispute.claimants.iter().chain(&dispute.holder).chain([&dispute.un, &dispute.defacto]);
        sides.for_each(|code| assert!(world().country(code).is_some(), "{}: {code}", dispute.id));
        dispute.units.iter().for_each(|id| assert!(world().unit(id).is_some(), "{}: {id}", dispute.id));
    }
    let crimea = world().dispute_area("crimea", Band::Fine).unwrap();
    assert!(crimea.contains(&geo::Point::new(34.10, 44.95)));
}

#[test]
fn ships_can_use_seas_canals_and_great_lakes() {
    let grid = world().water_grid();
    let water = |lon: f64, lat: f64| grid.is_water(LonLat::new(lon, lat));
    assert!(water(130.0, 40.0) && water(50.5, 42.0) && water(-87.5, 47.7));
    assert!(!water(37.6, 55.75) && !water(127.0, 39.5));
    assert!(water(32.31, 30.8) && water(29.04, 41.07) && water(-79.68, 9.10), "canals and straits");
    let lanes = world().lanes();
    assert!(lanes.len() > 9_000 && lanes.edges() > 15_000);
    let in_suez = |p: LonLat| (32.2..32.7).contains(&p.lon) && (30.0..31.3).contains(&p.lat);
    assert!((0..lanes.len() as u32).any(|node| in_suez(lanes.node(node))));
    assert!((0..lanes.edges() as u32).flat_map(|edge| lanes.bends(edge)).all(LonLat::is_valid));
}

#[test]
fn coasts_do_not_run_along_the_edge_of_the_map() {
    for band in [Band::Coarse, Band::Fine] {
        for line in world().coast(band) {
            for step in line.lines() {
                assert!(step.start.x.abs() < 179.9999 || step.end.x.abs() < 179.9999, "{step:?}");
                assert!(step.start.y > -89.9 || step.end.y > -89.9, "{step:?}");
            }
        }
    }
}

#[test]
fn a_damaged_asset_gives_one_clear_error() {
    let good = FILES;
    let mut bytes = good.lanes.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let error = World::open(Files { lanes: bytes.leak(), ..good }).unwrap_err();
    assert_eq!(
        error.to_string(),
        "assets/lanes.dl: damaged (section \"lanes\" fails its checksum); restore it from the repository or run `make geodata`"
    );
    let error = World::open(Files { units: good.water, ..good }).unwrap_err();
    assert!(error.to_string().starts_with("assets/units.dl: holds \"water\""), "{error}");
}

/// `cargo test --release --lib world::tests::time -- --ignored --nocapture`
#[test]
#[ignore = "measures, and prints what it measured"]
fn time_a_cold_start() {
    let world = time("open", || World::open(FILES).unwrap());
    time("countries", || world.countries().len());
    time("coarse land", || world.land(Band::Coarse).0.len());
    time("coarse coast", || world.coast(Band::Coarse).len());
    time("coarse borders", || world.borders(Band::Coarse).len());
    time("coarse countries", || {
        let area = |country: &Country| world.country_area(&country.code, Band::Coarse).unwrap().0.len();
        world.countries().iter().map(area).sum::<usize>()
    });
    time("disputes", || world.disputes().len());
    time("coarse lakes and rivers", || world.lakes(Band::Coarse).len() + world.rivers(Band::Coarse).len());
    time("units", || world.units().len());
    time("a fine unit", || world.unit_area("UA-14").unwrap().0.len());
    time("a fine country", || world.country_area("UA", Band::Fine).unwrap().0.len());
    time("fine land", || world.land(Band::Fine).0.len());
    time("fine coast", || world.coast(Band::Fine).len());
    time("fine borders", || world.borders(Band::Fine).len());
    time("fine unit borders", || world.unit_borders().len());
    time("fine lakes and rivers", || world.lakes(Band::Fine).len() + world.rivers(Band::Fine).len());
    time("water grid", || world.water_grid().width());
    time("lanes", || world.lanes().len());
    time("shallows", || world.shallows().bodies().len());
    let (coarse, fine) = (Band::Coarse, Band::Fine);
    time("eastern Russia, coarse", || {
        compass_part(world.country_area("RU", coarse).unwrap(), Compass::East).0.len()
    });
    time("eastern Russia, fine", || {
        compass_part(world.country_area("RU", fine).unwrap(), Compass::East).0.len()
    });
    time("unit at", || world.unit_at(LonLat::new(36.2, 51.7)).unwrap().id.len());
}

#[allow(clippy::print_stdout)]
fn time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = std::time::Instant::now();
    let result = work();
    println!("{what:>26}: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    result
}

/// `cargo test --lib world::tests::draw -- --ignored --nocapture`, then look at the pictures.
#[test]
#[ignore = "draws pictures for people to look at, in the folder for temporary files"]
fn draw_the_world() {
    use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};
    let draw = |name: &str, [west, south, east, north]: [f64; 4], width: u32, band: Band| {
        let squeeze = libm::cos(((south + north) / 2.0).to_radians());
        let scale = f64::from(width) / ((east - west) * squeeze);
        let height = ((north - south) * scale) as u32;
        let mut picture = Pixmap::new(width, height).unwrap();
        picture.fill(Color::from_rgba8(0xdc, 0xe7, 0xed, 255));
        let at =
            |c: &geo::Coord<f64>| (((c.x - west) * squeeze * scale) as f32, ((north - c.y) * scale) as f32);
        let path = |lines: &[&LineString<f64>]| {
            let mut path = PathBuilder::new();
            for line in lines {
                for (i, c) in line.0.iter().enumerate() {
                    let (x, y) = at(c);
                    if i == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
                }
            }
            path.finish()
        };
        let rings = |area: &MultiPolygon<f64>| {
            let all: Vec<&LineString<f64>> = area
                .0
                .iter()
                .flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()))
                .collect();
            path(&all)
        };
        let paint = |rgb: [u8; 3], alpha: u8| {
            let mut paint = Paint::default();
            paint.set_color_rgba8(rgb[0], rgb[1], rgb[2], alpha);
            paint
        };
        for (at, country) in world().countries().iter().enumerate() {
            let shade =
                [[0xf3, 0xf0, 0xea], [0xea, 0xe0, 0xd0], [0xe0, 0xea, 0xd8], [0xf0, 0xdc, 0xd8]][at % 4];
            if let Some(path) = rings(world().country_area(&country.code, band).unwrap()) {
                picture.fill_path(&path, &paint(shade, 255), FillRule::EvenOdd, Transform::identity(), None);
            }
        }
        for dispute in world().disputes().iter().filter(|dispute| dispute.hatch) {
            if let Some(path) = rings(&world().dispute_area(&dispute.id, band).unwrap()) {
                picture.fill_path(
                    &path,
                    &paint([200, 60, 160], 90),
                    FillRule::EvenOdd,
                    Transform::identity(),
                    None,
                );
            }
        }
        for lake in world().lakes(band) {
            if let Some(path) = rings(&lake.area) {
                picture.fill_path(
                    &path,
                    &paint([0x9c, 0xc7, 0xe0], 255),
                    FillRule::EvenOdd,
                    Transform::identity(),
                    None,
                );
            }
        }
        let mut stroke = |lines: Vec<&LineString<f64>>, rgb: [u8; 3], width: f32, dash: &[f32]| {
            let stroke = Stroke { width, dash: StrokeDash::new(dash.to_vec(), 0.0), ..Stroke::default() };
            if let Some(path) = path(&lines) {
                picture.stroke_path(&path, &paint(rgb, 255), &stroke, Transform::identity(), None);
            }
        };
        stroke(
            world().rivers(band).iter().flat_map(|river| &river.line.0).collect(),
            [0x70, 0xb0, 0xd8],
            0.5,
            &[],
        );
        if band == Band::Fine {
            stroke(
                world().unit_borders().iter().map(|border| &border.line).collect(),
                [0xc9, 0xb0, 0xa0],
                0.5,
                &[],
            );
        }
        stroke(world().coast(band).iter().collect(), [0x50, 0x70, 0x80], 0.8, &[]);
        for (class, rgb, dash) in [
            (BorderClass::International, [0x80, 0x70, 0x60], &[][..]),
            (BorderClass::Disputed, [0xd0, 0x30, 0x30], &[4.0, 3.0]),
            (BorderClass::Control, [0x30, 0x30, 0xd0], &[2.0, 2.0]),
        ] {
            let lines = world().borders(band).iter().filter(|border| border.class == class);
            stroke(lines.map(|border| &border.line).collect(), rgb, 1.0, dash);
        }
        picture.save_png(std::env::temp_dir().join(format!("dateline-world-{name}.png"))).unwrap();
    };
    draw("world", [-180.0, -90.0, 180.0, 84.0], 1600, Band::Coarse);
    draw("ukraine", [20.0, 40.0, 50.0, 56.0], 1400, Band::Fine);
    draw("levant", [30.0, 28.0, 46.0, 38.0], 1400, Band::Fine);
    draw("kashmir", [70.0, 26.0, 98.0, 38.0], 1400, Band::Fine);
    draw("fareast", [120.0, 30.0, 160.0, 56.0], 1400, Band::Fine);
    draw("africa", [-20.0, -5.0, 52.0, 38.0], 1400, Band::Coarse);
}

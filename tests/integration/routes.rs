//! Sea routes stay on water, whatever ports they join.

use dateline::gazetteer::{EntryId, Gazetteer, Kind, Query};
use dateline::geometry::{LonLat, geodesic};
use dateline::movements::Mode;
use dateline::routes::{self, Route, RouteError, RouteOptions};
use dateline::world::{Band, World};
use geo::Contains;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Within this distance of its ends a route may touch land: quays, river mouths.
const ENDS_KM: f64 = 20.0;
/// How densely a path is looked at.
const SAMPLE_KM: f64 = 3.0;

/// Port pairs on all oceans, across 180°, through canals and straits, around capes.
const PAIRS: [(&str, &str); 30] = [
    ("Wonsan", "Vladivostok"),
    ("Chongjin", "Vladivostok"),
    ("Busan", "Los Angeles"),
    ("Yokohama", "Seattle"),
    ("Shanghai", "Rotterdam"),
    ("Singapore", "Hamburg"),
    ("Mumbai", "Mombasa"),
    ("Karachi", "Port Said"),
    ("Odesa", "Alexandria"),
    ("Novorossiysk", "Tartus"),
    ("Istanbul", "Piraeus"),
    ("Marseille", "Algiers"),
    ("Barcelona", "Genoa"),
    ("Lisbon", "New York City"),
    ("Liverpool", "Halifax"),
    ("Reykjavik", "Bergen"),
    ("Murmansk", "Arkhangelsk"),
    ("Saint Petersburg", "Stockholm"),
    ("Gdansk", "Copenhagen"),
    ("Havana", "Veracruz"),
    ("Miami", "Kingston"),
    ("Panama City", "Callao"),
    ("Valparaiso", "Buenos Aires"),
    ("Santos", "Cape Town"),
    ("Lagos", "Dakar"),
    ("Durban", "Perth"),
    ("Sydney", "Auckland"),
    ("Suva", "Honolulu"),
    ("Manila", "Jakarta"),
    ("Hong Kong", "Haiphong"),
];

fn position(name: &str) -> LonLat {
    let gazetteer = Gazetteer::embedded().unwrap();
    let query = Query { name: name.to_owned(), limit: 1, ..Query::default() };
    let hit = gazetteer.search(&query).into_iter().next().unwrap_or_else(|| panic!("{name} is not known"));
    gazetteer.entry(hit.entry).position
}

#[test]
fn thirty_port_pairs_are_joined_over_water() {
    let world = World::embedded().unwrap();
    let mut wrong = Vec::new();
    for (from_name, to_name) in PAIRS {
        let (from, to) = (position(from_name), position(to_name));
        let route = match routes::route(from, to, Mode::Sea) {
            Ok(route) => route,
            Err(error) => {
                wrong.push(format!("{from_name} – {to_name}: {error}"));
                continue;
            }
        };
        wrong.extend(aground(world, &format!("{from_name} – {to_name}"), (from, to), &route));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is wrong with a path: that it is too short, or crosses land away from its ends.
fn aground(world: &World, name: &str, (from, to): (LonLat, LonLat), route: &Route) -> Option<String> {
    if route.length_km < 0.99 * geodesic::distance_km(from, to) {
        return Some(format!("{name} is shorter than the geodesic"));
    }
    let aground: Vec<LonLat> = samples(&route.lines)
        .filter(|&p| geodesic::distance_km(p, from) > ENDS_KM && geodesic::distance_km(p, to) > ENDS_KM)
        .filter(|&p| !is_waterway(p) && is_land(world, p))
        .collect();
    let first = aground.first()?;
    Some(format!(
        "{name} ({:.0} km): {} samples on land, first {:.3} {:.3}",
        route.length_km,
        aground.len(),
        first.lon,
        first.lat
    ))
}

/// Pairs of ports from all over the world, the same every time: each is joined over water, or told why not.
fn random_pairs(count: usize) {
    let (world, gazetteer) = (World::embedded().unwrap(), Gazetteer::embedded().unwrap());
    let is_port = |id: &EntryId| gazetteer.kind(*id) == Kind::Port;
    let ports: Vec<_> = (0..gazetteer.len() as u32).map(EntryId).filter(is_port).collect();
    let mut state = 42_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        gazetteer.entry(ports[(state >> 33) as usize % ports.len()])
    };
    let (mut wrong, mut found, mut refused) = (Vec::new(), 0, BTreeMap::<&str, usize>::new());
    for _ in 0..count {
        let (from, to) = (next(), next());
        let name = format!("{} {:?} – {} {:?}", from.name, from.position, to.name, to.position);
        match routes::route(from.position, to.position, Mode::Sea) {
            Ok(route) => {
                found += 1;
                wrong.extend(aground(world, &name, (from.position, to.position), &route));
            }
            // A landing on a lake or river that ships from the sea do not reach.
            Err(error) => {
                let text = error.to_string();
                let reasons =
                    ["away from water that ships use", "no outlet to the sea", "narrower than the map"];
                match reasons.into_iter().find(|reason| text.contains(reason)) {
                    Some(reason) if text.contains("port") => *refused.entry(reason).or_default() += 1,
                    _ => wrong.push(format!("{name}: {error}")),
                }
            }
        }
    }
    println!("{found} found; refused: {refused:?}");
    assert!(found > count / 2, "only {found} of {count} pairs are joined");
    assert!(wrong.is_empty(), "{} of {found}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn random_ports_are_joined_over_water_or_told_why_not() {
    random_pairs(120);
}

/// `cargo test --release --test integration a_thousand -- --ignored`
#[test]
#[ignore = "takes a minute; the test before it looks at fewer pairs"]
fn a_thousand_random_pairs_are_joined_over_water_or_told_why_not() {
    random_pairs(1000);
}

/// Positions along the lines, about every three kilometres.
fn samples(lines: &geo::MultiLineString<f64>) -> impl Iterator<Item = LonLat> {
    lines.iter().flat_map(|line| line.lines()).flat_map(|leg| {
        let (a, b) = (leg.start, leg.end);
        let km = geodesic::distance_km(a.into(), b.into());
        let steps = (km / SAMPLE_KM).ceil().max(1.0) as usize;
        (0..=steps).map(move |step| {
            let share = step as f64 / steps as f64;
            LonLat::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)
        })
    })
}

/// The canals, straits and rivers that ships take although the map's land covers them: within ten
/// kilometres of what is carved into the grid.
fn is_waterway(p: LonLat) -> bool {
    static LINES: LazyLock<Vec<Vec<LonLat>>> = LazyLock::new(|| {
        let number = |text: &str| text.parse::<f64>().unwrap();
        let point =
            |text: &str| text.split_once(' ').map(|(x, y)| LonLat::new(number(x), number(y))).unwrap();
        include_str!("../../geodata/tables/passages.csv")
            .lines()
            .filter_map(|row| row.split('"').nth(1))
            .filter(|line| line.contains(' '))
            .map(|line| line.split(',').map(str::trim).map(point).collect())
            .collect()
    });
    LINES.iter().any(|line| {
        line.windows(2).any(|leg| {
            let narrow = p.lat.to_radians().cos();
            let flat = |q: LonLat| ((q.lon - p.lon) * narrow * 111.2, (q.lat - p.lat) * 111.2);
            let ((ax, ay), (bx, by)) = (flat(leg[0]), flat(leg[1]));
            let (dx, dy) = (bx - ax, by - ay);
            let share = (-(ax * dx + ay * dy) / (dx * dx + dy * dy).max(1e-9)).clamp(0.0, 1.0);
            (ax + dx * share).hypot(ay + dy * share) < 10.0
        })
    })
}

fn is_land(world: &World, p: LonLat) -> bool {
    // Far from any shore the land need not be asked.
    let (x, y) = world.water_grid().cell_at(p);
    let width = world.water_grid().width();
    let near_shore = (0..5).any(|dy| {
        (0..5).any(|dx| !world.water_grid().is_water_cell(x + width + dx - 2, (y + dy).saturating_sub(2)))
    });
    near_shore
        && world.land(Band::Fine).contains(&geo::Point::new(p.lon, p.lat))
        && !world.lakes(Band::Fine).iter().any(|lake| lake.area.contains(&geo::Point::new(p.lon, p.lat)))
}

#[test]
fn a_route_around_the_cape_is_longer_than_through_suez() {
    let (from, to) = (position("Rotterdam"), position("Singapore"));
    let avoid = RouteOptions { avoid: vec!["suez".to_owned()] };
    let through = routes::route(from, to, Mode::Sea).unwrap();
    let around = routes::route_with(from, to, Mode::Sea, &avoid).unwrap();
    assert!(around.length_km > through.length_km + 3000.0, "{} {}", around.length_km, through.length_km);
}

#[test]
fn a_place_away_from_the_sea_is_told_its_nearest_port() {
    let error = routes::route(position("Ulaanbaatar"), position("Tianjin"), Mode::Sea).unwrap_err();
    assert!(matches!(error, RouteError::Inland { .. }));
    assert!(error.to_string().contains("nearest port is"), "{error}");
}

#[test]
fn an_unknown_passage_is_said_with_those_that_are_known() {
    let avoid = RouteOptions { avoid: vec!["atlantis".to_owned()] };
    let error = routes::route_with(position("Busan"), position("Osaka"), Mode::Sea, &avoid).unwrap_err();
    assert!(error.to_string().contains("atlantis") && error.to_string().contains("suez"), "{error}");
}

#[test]
fn a_path_over_180_is_cut_there_and_stays_short() {
    let route = routes::route(position("Suva"), position("Honolulu"), Mode::Air).unwrap();
    assert_eq!(route.lines.0.len(), 2);
    assert!(route.lines.iter().flat_map(|line| line.coords()).all(|c| c.x.abs() <= 180.0));
    assert!(route.length_km < 6000.0, "{}", route.length_km);
}

#[test]
fn positions_off_the_earth_and_a_port_to_itself_are_answered() {
    let busan = position("Busan");
    assert!(routes::route(LonLat::new(200.0, 0.0), busan, Mode::Air).is_err());
    assert!(routes::route(LonLat::new(f64::NAN, 0.0), busan, Mode::Sea).is_err());
    for mode in [Mode::Sea, Mode::Air, Mode::Road] {
        let route = routes::route(busan, busan, mode).unwrap();
        assert!(route.length_km < 50.0, "{mode:?}: {} km", route.length_km);
    }
}

fn sea(from: (f64, f64), to: (f64, f64), avoid: &[&str]) -> Result<Route, RouteError> {
    let options = RouteOptions { avoid: avoid.iter().map(|&name| name.to_owned()).collect() };
    routes::route_with(LonLat::new(from.0, from.1), LonLat::new(to.0, to.1), Mode::Sea, &options)
}

#[test]
fn a_lake_without_an_outlet_is_named_with_the_nearest_sea_port() {
    let error = sea((104.85, 51.85), (131.9, 43.1), &[]).unwrap_err().to_string();
    assert!(error.contains("Lake Baikal has no outlet to the sea; the nearest sea port is"), "{error}");
    let error = sea((131.9, 43.1), (104.85, 51.85), &[]).unwrap_err().to_string();
    assert!(error.contains("Lake Baikal has no outlet to the sea"), "{error}");
    let over_the_lake = sea((104.85, 51.85), (109.3, 55.6), &[]).unwrap();
    assert!((400.0..800.0).contains(&over_the_lake.length_km), "{}", over_the_lake.length_km);
}

#[test]
fn a_ship_comes_from_the_pole_straight_to_the_lanes() {
    let route = sea((131.0, 90.0), (131.9, 43.1), &[]).unwrap();
    assert!((5_100.0..9_500.0).contains(&route.length_km), "{} km", route.length_km);
    let line: Vec<_> = route.lines.iter().flat_map(|line| line.0.clone()).collect();
    assert!(line.len() < 400, "from cell to cell: {} points", line.len());
    assert!(line[0].y > 89.0, "it begins at {:?}", line[0]);
}

#[test]
fn two_inland_places_are_told_so() {
    let error = sea((106.9, 47.9), (37.6, 55.75), &[]).unwrap_err();
    assert!(
        matches!(error, RouteError::Inland { .. }) && error.to_string().contains("106.900, 47.900"),
        "{error}"
    );
}

#[test]
fn two_places_in_one_cell_are_joined_by_a_short_line() {
    let route = sea((129.05, 35.10), (129.051, 35.101), &[]).unwrap();
    assert!(route.length_km < 30.0, "{}", route.length_km);
}

#[test]
fn the_poles_have_no_harbour() {
    let error = sea((0.0, -90.0), (18.4, -33.9), &[]).unwrap_err();
    assert!(matches!(error, RouteError::Inland { .. }), "{error}");
    match sea((0.0, 90.0), (18.4, -33.9), &[]) {
        Ok(route) => assert!(route.length_km > 13_000.0, "{}", route.length_km),
        Err(error) => assert!(error.to_string().contains("no open water"), "{error}"),
    }
}

#[test]
fn both_sides_of_180_are_one_place() {
    let (west, east) = (sea((-180.0, 0.0), (178.4, -18.1), &[]), sea((180.0, 0.0), (178.4, -18.1), &[]));
    let (west, east) = (west.unwrap(), east.unwrap());
    assert!((west.length_km - east.length_km).abs() < 20.0, "{} {}", west.length_km, east.length_km);
    assert!(east.length_km < 2500.0, "{}", east.length_km);
    assert!(sea((180.0, 0.0), (-180.0, 0.0), &[]).unwrap().length_km < 10.0);
}

#[test]
fn avoiding_the_only_way_out_is_said() {
    // Not up the Don and down the Volga, though both are carved into the grid.
    for avoid in [&["bosporus"][..], &["bosporus", "kerch"]] {
        let error = sea((30.75, 46.5), (32.3, 31.3), avoid).unwrap_err().to_string();
        assert!(error.contains("no open water leads from"), "{error}");
        assert!(error.contains("to be avoided: allow bosporus"), "{error}");
    }
    assert!(sea((48.0, 29.4), (72.8, 18.9), &["hormuz"]).is_err());
}

#[test]
fn the_south_pacific_is_crossed_as_it_lies() {
    for (from, to) in [("Auckland", "Rarotonga"), ("Auckland", "Valparaiso"), ("Suva", "Callao")] {
        let (from, to) = (position(from), position(to));
        let route = routes::route(from, to, Mode::Sea).unwrap();
        let straight = geodesic::distance_km(from, to);
        assert!(route.length_km < 1.2 * straight, "{} for {straight}", route.length_km);
    }
}

#[test]
fn the_ice_is_taken_only_where_half_the_world_would_be_gone_round() {
    let (from, to) = (position("Rotterdam"), position("Yokohama"));
    let route = routes::route(from, to, Mode::Sea).unwrap();
    assert!((19_500.0..22_500.0).contains(&route.length_km), "{}", route.length_km);
    // Without Suez by Panama, without that by the Cape: under twice as long as by the ice.
    for (avoid, range) in [(&["suez"][..], 22_000.0..24_500.0), (&["suez", "panama"], 26_000.0..28_000.0)] {
        let options = RouteOptions { avoid: avoid.iter().map(|&name| name.to_owned()).collect() };
        let route = routes::route_with(from, to, Mode::Sea, &options).unwrap();
        assert!(range.contains(&route.length_km), "{avoid:?}: {}", route.length_km);
    }
    // Around half the world instead of the ice is too far, unless the ice is to be avoided.
    let (from, to) = (position("Murmansk"), position("Anchorage"));
    let route = routes::route(from, to, Mode::Sea).unwrap();
    assert!(route.length_km < 9_000.0, "{}", route.length_km);
    let avoid = RouteOptions { avoid: vec!["northern-sea-route".to_owned()] };
    let route = routes::route_with(from, to, Mode::Sea, &avoid).unwrap();
    assert!(route.length_km > 18_000.0, "{}", route.length_km);
}

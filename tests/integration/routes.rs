//! Sea routes stay on water, whatever ports they join.

use dateline::gazetteer::{Gazetteer, Query};
use dateline::geometry::{LonLat, geodesic};
use dateline::movements::Mode;
use dateline::routes::{self, RouteError, RouteOptions};
use dateline::world::{Band, World};
use geo::Contains;

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
        let straight = geodesic::distance_km(from, to);
        assert!(route.length_km >= 0.99 * straight, "{from_name} – {to_name} is shorter than the geodesic");
        let aground: Vec<LonLat> = samples(&route.lines)
            .filter(|&p| geodesic::distance_km(p, from) > ENDS_KM && geodesic::distance_km(p, to) > ENDS_KM)
            .filter(|&p| !is_waterway(p) && is_land(world, p))
            .collect();
        if !aground.is_empty() {
            wrong.push(format!(
                "{from_name} – {to_name} ({:.0} km): {} samples on land, first {:?}",
                route.length_km,
                aground.len(),
                aground[0]
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
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

/// The canals, straits and rivers that ships take although the map's land covers them.
fn is_waterway(p: LonLat) -> bool {
    const WATERWAYS: &[[f64; 4]] = &[
        [32.2, 29.8, 32.8, 31.4],     // Suez
        [-80.1, 8.8, -79.4, 9.5],     // Panama
        [28.9, 40.9, 29.3, 41.4],     // Bosporus
        [26.0, 39.9, 26.9, 40.6],     // Dardanelles
        [9.0, 53.8, 10.3, 54.5],      // Kiel
        [8.8, 53.4, 10.2, 54.0],      // Elbe to Hamburg
        [3.8, 51.8, 4.6, 52.1],       // Maas to Rotterdam
        [-58.7, -35.0, -57.5, -33.9], // Río de la Plata's head
        [29.5, 59.8, 30.5, 60.1],     // Neva bay
        [40.2, 64.5, 40.7, 64.9],     // Northern Dvina to Arkhangelsk
    ];
    WATERWAYS.iter().any(|bbox| dateline::geometry::Bbox::from(*bbox).contains(p))
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

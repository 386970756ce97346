//! Files of every format, whole and broken.

use super::*;
use proptest::prelude::*;

fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/overlays/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn read_file(name: &str) -> Overlay {
    read(&file(name), name).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn labels(overlay: &Overlay) -> Vec<&str> {
    overlay.features.iter().map(|f| f.label.as_deref().unwrap_or("-")).collect()
}

/// The error of a text that is no overlay.
fn refused(text: &str, name: &str) -> String {
    read(text.as_bytes(), name).expect_err(name).to_string()
}

#[test]
fn geojson_is_read_with_its_words_and_wishes() {
    let overlay = read_file("front.geojson");
    assert_eq!(overlay.name, "Line of contact");
    assert_eq!(overlay.source.as_deref(), Some("Desk of maps, drawn for tests"));
    assert_eq!(overlay.date.as_deref(), Some("2024-10-22"));
    assert_eq!(labels(&overlay), ["Line of contact", "Salient", "Field hospital"]);
    assert!(matches!(&overlay.features[0].geometry, Geometry::Lines(lines) if lines.0[0].0.len() == 17));
    let wish = overlay.features[1].wish;
    assert_eq!(
        (wish.stroke, wish.fill, wish.stroke_width),
        (Some([255, 0, 0]), Some([46, 139, 87]), Some(1.5))
    );
    assert!(
        matches!(&overlay.features[2].geometry, Geometry::Points(points) if points[1] == LonLat::new(35.0, 48.5))
    );
}

#[test]
fn a_bare_geometry_is_named_after_its_file() {
    let overlay =
        read(br#"{"type": "Point", "coordinates": [1, 2]}"#, "/tmp/maps/Old camps.v2.json").unwrap();
    assert_eq!((overlay.name.as_str(), overlay.source), ("Old camps.v2", None));
}

#[test]
fn kml_is_read_with_author_date_holes_and_names() {
    let overlay = read_file("cone.kml");
    assert_eq!(overlay.name, "Forecast cone");
    assert_eq!(overlay.source.as_deref(), Some("Storm desk, drawn for tests"));
    assert_eq!(overlay.date.as_deref(), Some("2025-09-14"));
    assert_eq!(labels(&overlay), ["Five-day cone", "Track", "Monday, 70 knots", "Tuesday, 95 knots"]);
    let Geometry::Areas(areas, outlines) = &overlay.features[0].geometry else { panic!("no area") };
    assert_eq!((areas.0.len(), areas.0[0].interiors().len(), outlines.0.len()), (1, 1, 2));
}

#[test]
fn a_kml_track_and_several_geometries_are_read() {
    let kml = r#"<kml xmlns:gx="http://www.google.com/kml/ext/2.2"><Placemark><name>Both</name><MultiGeometry>
        <gx:Track xmlns:gx="x"><when>2020</when><gx:coord>1 2 3</gx:coord><gx:coord>2 3 4</gx:coord></gx:Track>
        <Point><coordinates> 5 , 6 </coordinates></Point></MultiGeometry></Placemark></kml>"#;
    // spaces after commas are against the rules of KML, and would give a tuple of one number
    assert!(refused(kml, "a.kml").contains("placemark 1 (Both)"));
    let overlay = read(kml.replace(" 5 , 6 ", "5,6").as_bytes(), "a.kml").unwrap();
    assert_eq!(labels(&overlay), ["Both", "Both"]);
}

#[test]
fn gpx_is_read_with_waypoints_routes_and_tracks() {
    let overlay = read_file("track.gpx");
    assert_eq!(overlay.name, "Yacht's log");
    assert_eq!(overlay.source.as_deref(), Some("Skipper, drawn for tests"));
    assert_eq!(overlay.date.as_deref(), Some("2025-03-02"));
    assert_eq!(labels(&overlay), ["Taveuni", "Way back", "Suva to Apia"]);
    let Geometry::Lines(lines) = &overlay.features[2].geometry else { panic!("no track") };
    assert_eq!(lines.0.len(), 1, "a segment of one point is no line");
    let old = r#"<gpx version="1.0"><name>Old</name><author>Anna</author><wpt lat="1" lon="2"/></gpx>"#;
    let old = read(old.as_bytes(), "old.gpx").unwrap();
    assert_eq!((old.name.as_str(), old.source.as_deref()), ("Old", Some("Anna")));
}

#[test]
fn tables_are_read_by_header_by_order_and_as_wkt() {
    let camps = read_file("camps.csv");
    assert_eq!(
        (camps.name.as_str(), labels(&camps)),
        ("camps", vec!["Camp Alfa, north", "Camp Bravo", "Camp Charlie"])
    );
    assert_eq!(camps.features[0].geometry.positions().next(), Some(LonLat::new(22.51, 13.62)));
    assert_eq!(camps.remarks, ["1 row has no position and cannot be drawn"]);
    let semicolons = read_file("camps-semicolon.csv");
    assert_eq!(labels(&semicolons), ["Camp Alfa", "Café"]);
    assert_eq!(semicolons.features[0].geometry.positions().next(), Some(LonLat::new(22.51, 13.62)));
    assert_eq!(labels(&read_file("points.csv")), ["Camp Alfa", "-"]);
    let zones = read_file("zones.csv");
    assert_eq!(labels(&zones), ["Flood extent", "Dyke", "Pumps", "Both", "Both"]);
    assert!(matches!(zones.features[0].geometry, Geometry::Areas(..)));
}

#[test]
fn the_content_tells_where_the_name_does_not() {
    for (name, features) in [("front.geojson", 3), ("cone.kml", 4), ("track.gpx", 3)] {
        assert_eq!(read(&file(name), "upload.txt").unwrap().features.len(), features, "{name}");
    }
    assert!(refused("a,b\n1,2", "upload").contains("expected GeoJSON, KML, GPX or CSV"));
    assert!(refused("PK", "cone.kmz").contains("unzip"));
    assert!(refused("x", "front.shp").contains("ogr2ogr"));
}

#[test]
fn xml_in_other_encodings_is_read() {
    let kml = |encoding: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{encoding}\"?><kml><Placemark><name>Caf\u{e9}</name><Point><coordinates>1,2</coordinates></Point></Placemark></kml>"
        )
    };
    let latin: Vec<u8> = kml("ISO-8859-1").chars().map(|c| c as u8).collect();
    let wide: Vec<u8> =
        std::iter::once(0xFEFFu16).chain(kml("UTF-16").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for bytes in [latin, wide, kml("UTF-8").into_bytes()] {
        assert_eq!(labels(&read(&bytes, "a.kml").unwrap()), ["Café"]);
    }
}

#[test]
fn what_is_no_overlay_is_told_with_what_was_expected() {
    let line = |coordinates: &str| format!(r#"{{"type": "LineString", "coordinates": {coordinates}}}"#);
    for (text, name, words) in [
        ("", "a.geojson", "is no GeoJSON that can be read"),
        ("{\"type\": \"LineString\", \"coordinates\": [[1, 2], [3", "a.geojson", "RFC 7946"),
        ("{\"type\": \"Topology\", \"objects\": {}}", "a.json", "is no GeoJSON"),
        ("<html></html>", "a.kml", "its root element is <html>, not <kml>"),
        ("<kml><Placemark>", "a.kml", "is no KML that can be read"),
        ("<kml></kml>", "a.kml", "holds no point, line or area"),
        ("<gpx><wpt lat=\"north\" lon=\"2\"/></gpx>", "a.gpx", "waypoint 1 has lat=\"north\""),
        ("<gpx><trk><trkseg></trkseg></trk></gpx>", "a.gpx", "holds no point, line or area"),
        ("", "a.csv", "holds no point, line or area"),
        ("town,people\nParis,3\n", "a.csv", "its header is \"town, people\""),
        ("lon,lat\n1,2\nx,3\n", "a.csv", "row 3 has the position \"x, 3\""),
        ("wkt\nPOLYGON ((1 2, 3\n", "a.csv", "WKT that cannot be read"),
        ("{\"type\": \"FeatureCollection\", \"features\": []}", "a.geojson", "holds no point, line or area"),
    ] {
        let error = refused(text, name);
        assert!(error.contains(words) && error.contains("expected"), "{text}: {error}");
    }
    assert!(refused(&line("[[500123.4, 5400321.9], [500200, 5400400]]"), "a.geojson").contains(
        "looks projected: feature 1 has the coordinates 500123.4, 5400321.9; expected WGS84 degrees"
    ));
    assert!(refused(&line("[[10, 20], [10, 95]]"), "a.geojson").contains("feature 1 has the latitude 95"));
    assert!(refused(&line("[[50.0, 120.0], [51.0, 121.0]]"), "a.geojson").contains("seem to be swapped"));
    assert!(refused("lon,lat,name\n1,2,A\n3,-91,B\n", "a.csv").contains("row 3 (B) has the latitude -91"));
    let crs = r#"{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
        "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}"#;
    assert!(refused(crs, "a.geojson").contains("EPSG::3857"));
    for degrees in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"] {
        assert!(read(crs.replace("urn:ogc:def:crs:EPSG::3857", degrees).as_bytes(), "a.geojson").is_ok());
    }
    assert!(refused(&crs.replace("EPSG::3857", "EPSG::104326"), "a.geojson").contains("104326"));
}

#[test]
fn limits_are_kept() {
    let error = read(&vec![b' '; LIMIT_BYTES + 1], "a.csv").unwrap_err().to_string();
    assert!(error.contains("20971520"), "{error}");
    let rows = "1,2\n".repeat(LIMIT_COORDINATES + 1);
    let error = read(rows.as_bytes(), "a.csv").unwrap_err();
    assert!(matches!(error, OverlayError::OverLimit { what: "coordinates", .. }), "{error}");
}

#[test]
fn deep_nesting_ends_in_an_error_or_a_reading() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    assert!(read(deep("<Folder>", "</Folder>").as_bytes(), "a.kml").is_err());
    assert!(read(deep("[", "]").as_bytes(), "a.geojson").is_err());
    let wkt = format!("wkt\n\"{}\"\n", deep("GEOMETRYCOLLECTION(", ")"));
    assert!(read(wkt.as_bytes(), "a.csv").unwrap_err().to_string().contains("nested"));
    let bomb = "<!DOCTYPE kml [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><kml>&b;</kml>";
    assert!(read(bomb.as_bytes(), "a.kml").is_err());
}

#[test]
fn what_crosses_180_degrees_is_cut_there_and_its_outline_is_not() {
    // the same area counted on past 180, the short way, and cut by its author
    let counted = r#"{"type": "Polygon", "coordinates": [[[176, -20], [186, -20], [186, -15], [176, -15], [176, -20]]]}"#;
    let short = counted.replace("186", "-174");
    let cut = String::from_utf8(file("dateline-zone.geojson")).unwrap();
    for text in [counted.to_owned(), short, cut] {
        let overlay = read(text.as_bytes(), "a.geojson").unwrap();
        let Geometry::Areas(areas, outlines) = &overlay.features[0].geometry else { panic!("no area") };
        assert_eq!(areas.0.len(), 2, "{text}");
        let lons: Vec<f64> = areas.iter().flat_map(|p| &p.exterior().0).map(|c| c.x).collect();
        assert!(lons.iter().all(|lon| lon.abs() <= 180.0 && lon.abs() >= 174.0), "{lons:?}");
        let seam = |w: &[geo::Coord<f64>]| w[0].x.abs() == 180.0 && w[1].x.abs() == 180.0 && w[0].y != w[1].y;
        assert!(!outlines.iter().any(|line| line.0.windows(2).any(seam)), "{outlines:?}");
    }
}

#[test]
fn a_belt_around_the_world_and_a_cap_over_a_pole_keep_their_ground() {
    use geo::Area;
    let area = |ring: &str| {
        let text = format!(r#"{{"type": "Polygon", "coordinates": [{ring}]}}"#);
        match &read(text.as_bytes(), "a.geojson").unwrap().features[0].geometry {
            Geometry::Areas(areas, _) => areas.unsigned_area(),
            other => panic!("{other:?}"),
        }
    };
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1.0, "{found}, not {expected}");
    near(area("[[-180, -20], [180, -20], [180, 20], [-180, 20], [-180, -20]]"), 360.0 * 40.0);
    near(area("[[180, 20], [-180, 20], [-180, -20], [180, -20], [180, 20]]"), 360.0 * 40.0);
    near(area("[[-180, 70], [-90, 70], [0, 70], [90, 70], [180, 70], [-180, 70]]"), 360.0 * 20.0);
    near(area("[[-180, -70], [0, -70], [180, -70], [180, -90], [-180, -90], [-180, -70]]"), 360.0 * 20.0);
    near(area("[[10, 80], [130, 80], [250, 80], [10, 80]]"), 360.0 * 10.0);
}

/// Every file at hand.
const FILES: [&str; 8] = [
    "front.geojson",
    "dateline-zone.geojson",
    "cone.kml",
    "track.gpx",
    "camps.csv",
    "camps-semicolon.csv",
    "points.csv",
    "zones.csv",
];

fn holds(overlay: &Overlay) -> bool {
    !overlay.name.is_empty()
        && !overlay.features.is_empty()
        && overlay.features.iter().flat_map(|f| f.geometry.positions()).all(LonLat::is_valid)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_an_overlay_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400),
                                            ending in prop::sample::select(vec!["geojson", "kml", "gpx", "csv", "txt"])) {
        if let Ok(overlay) = read(&bytes, &format!("a.{ending}")) {
            prop_assert!(holds(&overlay));
        }
    }

    #[test]
    fn a_broken_file_is_an_overlay_or_an_error(name in prop::sample::select(FILES.to_vec()),
                                               edits in prop::collection::vec((any::<prop::sample::Index>(), 0..6u8, any::<u8>()), 1..12)) {
        let mut bytes = file(name);
        for (index, kind, byte) in edits {
            if bytes.is_empty() {
                break;
            }
            let at = index.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => drop(bytes.drain(at..(at + usize::from(byte)).min(bytes.len()))),
                3 => bytes.insert(at, b"0123456789-.e,;<>\"[]{}()"[usize::from(byte) % 24]),
                4 => bytes.extend_from_within(at..(at + usize::from(byte)).min(bytes.len())),
                _ => bytes.rotate_left(at),
            }
        }
        if let Ok(overlay) = read(&bytes, name) {
            prop_assert!(holds(&overlay));
        }
    }
}

//! The hand-made tables: they parse, they join, and the packed gazetteer agrees with them.

use std::path::Path;

use dateline::gazetteer::{Extent, Gazetteer, Key, Kind, fold};
use dateline::geometry::LonLat;

/// A table as rows of (column, cell).
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(name: &str) -> Table {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata/tables").join(name);
        let text = std::fs::read_to_string(&path).expect("the tables stand in the repository");
        let mut rows: Vec<Vec<String>> = text.lines().map(cells).collect();
        let columns = rows.remove(0);
        for row in &rows {
            assert_eq!(row.len(), columns.len(), "{name}: {row:?}");
        }
        Table { columns, rows }
    }

    fn cell<'t>(&self, row: &'t [String], column: &str) -> &'t str {
        let at = self.columns.iter().position(|name| name == column);
        &row[at.unwrap_or_else(|| panic!("no column {column}"))]
    }
}

/// The cells of a line; quotes hold commas together.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("it starts with one cell").push(c),
        }
    }
    cells
}

const AREAS: [(&str, usize); 7] = [
    ("seas.csv", 200),
    ("regions.csv", 350),
    ("islands.csv", 150),
    ("rivers.csv", 100),
    ("mountains.csv", 80),
    ("facilities.csv", 200),
    ("places.csv", 100),
];

#[test]
fn every_row_is_packed_where_its_table_says() {
    let gazetteer = Gazetteer::embedded().unwrap();
    for (name, least) in AREAS {
        let table = Table::read(name);
        assert!(table.rows.len() >= least, "{name}: {} rows", table.rows.len());
        for row in &table.rows {
            let called = table.cell(row, "name").split(" (").next().unwrap();
            let number = |column: &str| table.cell(row, column).parse::<f64>().unwrap();
            let point = LonLat { lon: number("lon"), lat: number("lat") };
            assert!(point.is_valid(), "{row:?}");
            let found = gazetteer.find(called);
            let mut bearers = found.iter().map(|found| gazetteer.entry(found.entry));
            let entry = bearers.find(|entry| entry.position == point && entry.name == called);
            let entry = entry.unwrap_or_else(|| panic!("{name}: {row:?} is not packed"));
            assert_eq!(entry.kind, Kind::from_word(table.cell(row, "kind")).unwrap(), "{row:?}");
            for other in table.cell(row, "also").split(';').filter(|other| !other.is_empty()) {
                let known = gazetteer.find(other).iter().any(|found| found.entry == entry.id);
                assert!(known, "{name}: {other:?} does not lead to {called}");
            }
        }
    }
}

#[test]
fn every_extent_is_sound_and_every_unit_in_it_exists() {
    let gazetteer = Gazetteer::embedded().unwrap();
    for (name, _) in AREAS {
        let table = Table::read(name);
        for row in table.rows.iter().filter(|row| !table.cell(row, "extent").is_empty()) {
            let point = LonLat {
                lon: table.cell(row, "lon").parse().unwrap(),
                lat: table.cell(row, "lat").parse().unwrap(),
            };
            let entry = gazetteer
                .find(table.cell(row, "name").split(" (").next().unwrap())
                .iter()
                .map(|found| gazetteer.entry(found.entry))
                .find(|entry| entry.position == point)
                .unwrap();
            let bbox = entry.bbox.unwrap_or_else(|| panic!("{row:?} has no box"));
            assert!(bbox.south < bbox.north && bbox.contains(point), "{name}: {row:?} lies outside {bbox:?}");
            match entry.extent.unwrap() {
                Extent::Bbox(same) => assert_eq!(same.south, bbox.south, "{row:?}"),
                Extent::Polygon(outline) => assert!(outline.len() >= 3, "{row:?}"),
                Extent::Units(units) => {
                    for unit in units {
                        assert!(gazetteer.by_key(&format!("iso:{unit}")).is_some(), "{name}: no unit {unit}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_country_has_a_row_a_people_and_a_point() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let table = Table::read("countries.csv");
    assert_eq!(table.rows.len(), 250);
    for row in &table.rows {
        let country = gazetteer.entry(gazetteer.country(table.cell(row, "iso2")).unwrap());
        assert_eq!(country.name, table.cell(row, "name"));
        // Antarctica is a continent first.
        let found = gazetteer.find(country.name);
        assert!(found[0].entry == country.id || country.key.to_string() == "iso:AQ", "{row:?}: {found:?}");
    }
    let peoples = Table::read("demonyms.csv");
    let mut words = 0;
    for row in &peoples.rows {
        for word in peoples.cell(row, "words").split(';') {
            assert!(gazetteer.demonym(word).is_some(), "{word}");
            words += 1;
        }
    }
    assert!(peoples.rows.len() >= 400 && words >= 900, "{} {words}", peoples.rows.len());
}

#[test]
fn abbreviations_and_institutions_lead_to_their_entries() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let table = Table::read("abbreviations.csv");
    for row in &table.rows {
        let entry = gazetteer.by_key(table.cell(row, "entry")).unwrap();
        for short in table.cell(row, "abbreviations").split(';').filter(|short| short.ends_with('.')) {
            assert!(gazetteer.find(short).iter().any(|found| found.entry == entry), "{short}");
        }
    }
    let table = Table::read("colloquial.csv");
    for row in &table.rows {
        let found = gazetteer.institution(table.cell(row, "name").split(" (").next().unwrap());
        assert_eq!(found.unwrap().country, gazetteer.country(table.cell(row, "country")), "{row:?}");
    }
    assert!(table.rows.len() >= 80);
}

#[test]
fn the_gazetteer_holds_what_it_promises() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let mut kinds = std::collections::BTreeMap::new();
    let mut settled = 0;
    for id in (0..gazetteer.len() as u32).map(dateline::gazetteer::EntryId) {
        let kind = gazetteer.kind(id);
        *kinds.entry(kind).or_insert(0) += 1;
        settled += i32::from(
            matches!(kind, Kind::City | Kind::Quarter) && matches!(gazetteer.entry(id).key, Key::GeoNames(_)),
        );
    }
    assert_eq!(settled, 234_908);
    for (kind, least) in [
        (Kind::Country, 250),
        (Kind::Unit, 3_800),
        (Kind::District, 24_000),
        (Kind::Port, 20_000),
        (Kind::Airport, 8_000),
        (Kind::Sea, 80),
        (Kind::Region, 100),
        (Kind::Base, 40),
    ] {
        assert!(kinds[&kind] >= least, "{kind:?}: {}", kinds[&kind]);
    }
    assert_eq!(fold("Fulton County"), "fulton county");
    assert!(gazetteer.find("Fulton County").len() >= 8);
}

/// Whose each disputed area is in each view, as a table to read: `tests/golden/worldviews.txt`.
#[test]
fn the_table_of_worldviews_is_as_accepted() {
    use dateline::world::{World, Worldview};
    let world = World::embedded().unwrap();
    let views: Vec<&str> = world.worldviews().iter().map(Worldview::name).collect();
    let mut table = format!("{:<20}", "");
    for view in &views {
        table += &format!("{view:>8}");
    }
    for dispute in world.disputes() {
        table += &format!("\n{:<20}", dispute.id);
        for &view in world.worldviews() {
            let owner = world.owner_in(view, &dispute.id).unwrap();
            table +=
                &format!("{:>8}", if view != Worldview::Un && owner == dispute.un { "·" } else { owner });
        }
    }
    table += "\n";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/worldviews.txt");
    if std::env::var_os("DATELINE_BLESS").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let accepted = std::fs::read_to_string(&path).expect("`make bless` writes it");
    assert!(accepted == table, "the table of worldviews changed:\n{table}\n`make bless` accepts it");
}

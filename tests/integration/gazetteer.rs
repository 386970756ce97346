//! The gazetteer against the places that people marked in news, and against a list of our own: does it know the
//! name, and the right place by it?
//!
//! `DATELINE_GAZETTEER` names a packed file that is not compiled in yet.

use crate::shared;
use dateline::gazetteer::{Gazetteer, Query};
use dateline::geometry::LonLat;
use dateline::mentions::names;
use dateline::report::{Report, Source};
use std::collections::BTreeMap;
use std::path::Path;

/// How near a candidate must be to the marked point.
const NEAR_KM: f64 = 161.0;

/// The share of marked places that the gazetteer must know, in percent: what it knew when this was written.
const KNOWN: [(&str, f64); 3] = [("lgl.dev", 95.0), ("gwn.dev", 85.0), ("geovirus_gn.dev", 96.5)];

fn gazetteer() -> &'static Gazetteer {
    match std::env::var_os("DATELINE_GAZETTEER") {
        Some(path) => {
            Box::leak(Box::new(Gazetteer::open(std::fs::read(path).unwrap().leak()).expect("a gazetteer")))
        }
        None => Gazetteer::embedded().unwrap(),
    }
}

fn km(a: LonLat, b: LonLat) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(b.lat - a.lat) + a.lat.to_radians().cos() * b.lat.to_radians().cos() * half(b.lon - a.lon);
    12742.0 * h.sqrt().min(1.0).asin()
}

/// The oracle: with the names given, how many of the marked places have the right one among the candidates that
/// reading looks up (type words, short forms, "X, Y" and demonyms minded)? A marked name that reading cannot
/// find whole ("Cavan Institute") counts, in a figure of its own, as known when a place named inside it is near.
#[test]
fn most_places_of_news_are_known_by_their_names() {
    let Some(folder) = shared::folder() else { return };
    let gazetteer = gazetteer();
    for (corpus, least) in KNOWN {
        let Ok(text) = std::fs::read_to_string(folder.join(format!("geoparse/{corpus}.jsonl"))) else {
            println!("skipped: {corpus}");
            continue;
        };
        let (mut all, mut first, mut whole, mut inside) = (0, 0, 0, 0);
        let mut missed: BTreeMap<String, usize> = BTreeMap::new();
        let mut kinds: BTreeMap<String, [usize; 3]> = BTreeMap::new();
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let report = Report::from_text(row["text"].as_str().unwrap(), &Source::default());
            let known = names::known(&report, &[], gazetteer);
            let mut bytes: Vec<usize> = report.text.char_indices().map(|(at, _)| at).collect();
            bytes.push(report.text.len());
            for toponym in row["toponyms"].as_array().unwrap() {
                let (Some(lon), Some(lat)) = (toponym["lon"].as_f64(), toponym["lat"].as_f64()) else {
                    continue;
                };
                let byte = |end: &str| bytes[toponym[end].as_u64().unwrap() as usize];
                let (start, end) = (byte("start"), byte("end"));
                let name = &report.text[start..end];
                let near = |id| km(gazetteer.entry(id).position, LonLat { lon, lat }) < NEAR_KM;
                let mut found: Vec<_> = known
                    .iter()
                    .filter(|(span, _)| (span.start, span.end) == (start, end))
                    .flat_map(|(_, found)| found.iter().map(|found| found.entry))
                    .collect();
                found.extend(gazetteer.find(name).iter().map(|found| found.entry));
                let within = || {
                    let inner = known.iter().filter(|(span, _)| start <= span.start && span.end <= end);
                    inner.flat_map(|(_, found)| found.iter()).any(|found| near(found.entry))
                };
                let text_of = |field: &str| toponym[field].as_str().unwrap_or("-").to_owned();
                let kind = kinds.entry(format!("{} {}", text_of("fcode"), text_of("kind"))).or_default();
                all += 1;
                kind[0] += 1;
                first += usize::from(found.first().is_some_and(|&id| near(id)));
                if found.iter().any(|&id| near(id)) {
                    whole += 1;
                    kind[1] += 1;
                } else if within() {
                    inside += 1;
                    kind[2] += 1;
                } else {
                    *missed.entry(format!("{name} ({} known)", found.len())).or_default() += 1;
                }
            }
        }
        let share = |count: usize| 100.0 * count as f64 / f64::from(all);
        println!(
            "{corpus}: {all} places; known {whole} ({:.1} %), with those named inside {} ({:.1} %); \
             the first one right {:.1} %",
            share(whole),
            whole + inside,
            share(whole + inside),
            share(first)
        );
        for (kind, [all, whole, inside]) in
            kinds.iter().filter(|(_, counts)| counts[1] + counts[2] < counts[0])
        {
            println!("  {kind}: of {all} missing {}, {inside} more only inside", all - whole - inside);
        }
        let mut missed: Vec<_> = missed.into_iter().map(|(name, count)| (count, name)).collect();
        missed.sort_by(|a, b| b.cmp(a));
        let shown = std::env::var("MISSED").map_or(40, |count| count.parse().unwrap());
        missed.iter().take(shown).for_each(|(count, name)| println!("  {count} {name}"));
        assert!(share(whole) >= least, "{corpus}: {:.1} %, at least {least} %", share(whole));
    }
}

/// A name, what it must be, and where.
struct Expected {
    name: String,
    kinds: Vec<String>,
    position: LonLat,
    tolerance_km: f64,
    country: String,
}

fn expected() -> Vec<Expected> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gazetteer/names.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().skip(1).filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| {
        // Only the name may hold commas.
        let cells: Vec<&str> = line.rsplitn(6, ',').collect();
        let [country, km, lat, lon, kinds, name] = cells[..] else { panic!("{line:?} has not six cells") };
        let number = |cell: &str| cell.parse().unwrap_or_else(|_| panic!("{line:?}: {cell:?} is no number"));
        Expected {
            name: name.trim_matches('"').to_owned(),
            kinds: kinds.split('|').map(str::to_owned).collect(),
            position: LonLat::new(number(lon), number(lat)),
            tolerance_km: number(km),
            country: country.to_owned(),
        }
    })
    .collect()
}

#[test]
fn every_name_of_our_list_finds_its_place_first() {
    let gazetteer = gazetteer();
    let list = expected();
    assert!(list.len() >= 500, "only {} names", list.len());
    let mut wrong = Vec::new();
    for row in &list {
        let query = Query { name: row.name.clone(), ..Query::default() };
        let hits: Vec<_> = gazetteer.search(&query).iter().map(|hit| gazetteer.hit_row(hit)).collect();
        let Some(hit) = hits.first() else {
            wrong.push(format!("{}: nothing found", row.name));
            continue;
        };
        let away = km(LonLat::new(hit.lon, hit.lat), row.position);
        let exact = hit.reasons.first().is_some_and(|reason| reason == "exact name");
        let country = row.country.is_empty() || hit.country.as_deref() == Some(row.country.as_str());
        if !exact || !country || away > row.tolerance_km || !row.kinds.iter().any(|kind| kind == hit.kind) {
            wrong.push(format!(
                "{}: {} {} {:?} ({}) {away:.0} km away{}; expected {} in {:?}",
                row.name,
                hit.id,
                hit.kind,
                hit.name,
                hit.country.as_deref().unwrap_or("-"),
                if exact { "" } else { ", not by its exact name" },
                row.kinds.join(" or "),
                row.country
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} names:\n{}", wrong.len(), list.len(), wrong.join("\n"));
}

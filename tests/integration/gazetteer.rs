//! The gazetteer against the places that people marked in news: does it know the name, and the right place by it?

use std::path::PathBuf;

use dateline::gazetteer::Gazetteer;
use dateline::geometry::LonLat;

/// Material that is read in place and never committed.
fn shared() -> Option<PathBuf> {
    let near = |path: &str| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    let named = std::env::var_os("DATELINE_SHARED").map(PathBuf::from);
    named.into_iter().chain([near("../shared"), near("../../shared")]).find(|path| path.is_dir())
}

fn km(a: LonLat, b: LonLat) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let h = half(b.lat - a.lat) + a.lat.to_radians().cos() * b.lat.to_radians().cos() * half(b.lon - a.lon);
    12742.0 * h.sqrt().min(1.0).asin()
}

#[test]
fn most_places_of_news_are_known_by_their_names() {
    let Some(folder) = shared() else {
        println!("skipped: no shared texts");
        return;
    };
    let gazetteer = Gazetteer::embedded().unwrap();
    for corpus in ["lgl.dev", "gwn.dev", "geovirus_gn.dev"] {
        let Ok(text) = std::fs::read_to_string(folder.join(format!("geoparse/{corpus}.jsonl"))) else {
            println!("skipped: {corpus}");
            continue;
        };
        let (mut all, mut first, mut any) = (0, 0, 0);
        let mut missed: std::collections::BTreeMap<String, usize> = Default::default();
        for line in text.lines() {
            let report: serde_json::Value = serde_json::from_str(line).unwrap();
            let letters: Vec<char> = report["text"].as_str().unwrap().chars().collect();
            for toponym in report["toponyms"].as_array().unwrap() {
                let (Some(lon), Some(lat)) = (toponym["lon"].as_f64(), toponym["lat"].as_f64()) else {
                    continue;
                };
                let range =
                    toponym["start"].as_u64().unwrap() as usize..toponym["end"].as_u64().unwrap() as usize;
                let name: String = letters[range].iter().collect();
                let near = |id| km(gazetteer.entry(id).position, LonLat { lon, lat }) < 161.0;
                let mut found: Vec<_> = gazetteer.find(&name).into_iter().map(|found| found.entry).collect();
                found.extend(gazetteer.demonym(&name).map(|demonym| demonym.entry));
                all += 1;
                first += usize::from(found.first().is_some_and(|&id| near(id)));
                if found.iter().any(|&id| near(id)) {
                    any += 1;
                } else {
                    *missed.entry(format!("{name} ({} known)", found.len())).or_default() += 1;
                }
            }
        }
        println!("{corpus}: {all} places, known {any}, the first one right {first}");
        let mut missed: Vec<_> = missed.into_iter().map(|(name, count)| (count, name)).collect();
        missed.sort_by(|a, b| b.cmp(a));
        missed.iter().take(60).for_each(|(count, name)| println!("  {count} {name}"));
        assert!(any * 100 > all * 80, "{corpus}: {any} of {all}");
    }
}

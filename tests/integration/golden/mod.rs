//! Golden outputs: for each report of ours, what was understood (JSON), what is drawn (GeoJSON) and
//! how it looks (a small picture). See tests/README.md for how to look at and accept a change.

mod page;
mod picture;

use dateline::map::{self, MapOptions};
use dateline::reading::{self, ReadOptions};
use dateline::report::{Report, Source};
use dateline::{layers, story};
use page::{Difference, Page};
use std::path::{Path, PathBuf};

/// The reports that are drawn too; all others are kept as JSON and GeoJSON only.
const DRAWN: usize = 12;

#[test]
fn readings_features_and_pictures_are_as_accepted() {
    let mut golden = Golden::new();
    for (order, path) in reports().iter().enumerate() {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let bytes = std::fs::read(path).unwrap();
        let file_name = path.file_name().and_then(|name| name.to_str());
        let report = Report::from_bytes(&bytes, file_name, &Source::default()).unwrap();
        let reading = reading::read(report, &ReadOptions::default());
        golden.text(&format!("{name}.json"), &pretty(&reading.to_json()));
        let story = story::merge(vec![reading]);
        let features = serde_json::to_value(layers::collection(&story).unwrap()).unwrap();
        golden.text(&format!("{name}.geojson"), &pretty(&features));
        if order < DRAWN {
            let mut options = MapOptions::default();
            options.set("size", "900x560").unwrap();
            let scene = map::draw(&story, &options).unwrap();
            golden.picture(&format!("{name}.png"), &map::png::render(&scene));
        }
    }
    golden.finish();
}

/// The examples first, then the corpus, each in alphabetical order.
fn reports() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = Vec::new();
    for folder in ["examples", "tests/reports"] {
        let mut found: Vec<PathBuf> = std::fs::read_dir(root.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .collect();
        found.sort();
        all.extend(found);
    }
    assert!(all.len() > 20, "only {} reports were found", all.len());
    all
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

/// Compares with `tests/golden/`, or accepts when `DATELINE_BLESS` is set.
struct Golden {
    folder: PathBuf,
    bless: bool,
    page: Page,
    seen: Vec<String>,
}

impl Golden {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
        std::fs::create_dir_all(&folder).unwrap();
        let bless = std::env::var_os("DATELINE_BLESS").is_some();
        Golden { folder, bless, page: Page::default(), seen: Vec::new() }
    }

    fn text(&mut self, name: &str, actual: &str) {
        let Some(expected) = self.expected(name, actual.as_bytes()) else { return };
        let expected = String::from_utf8(expected).unwrap();
        if expected != actual {
            self.page.add(name, Difference::Text { expected, actual: actual.to_owned() });
        }
    }

    fn picture(&mut self, name: &str, actual: &[u8]) {
        let Some(expected) = self.expected(name, actual) else { return };
        if let Some(difference) = picture::difference(&expected, actual) {
            self.page.add(name, Difference::Picture { expected, difference, actual: actual.to_vec() });
        }
    }

    /// What was accepted; `None` when there is nothing to compare.
    fn expected(&mut self, name: &str, actual: &[u8]) -> Option<Vec<u8>> {
        self.seen.push(name.to_owned());
        let path = self.folder.join(name);
        if self.bless {
            if std::fs::read(&path).ok().as_deref() != Some(actual) {
                std::fs::write(&path, actual).unwrap();
            }
            return None;
        }
        match std::fs::read(&path) {
            Ok(expected) => Some(expected),
            Err(_) => {
                self.page.add(name, Difference::Missing);
                None
            }
        }
    }

    fn finish(self) {
        for entry in std::fs::read_dir(&self.folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let is_ours = name.ends_with(".json") || name.ends_with(".geojson") || name.ends_with(".png");
            if is_ours && !self.seen.contains(&name) {
                if self.bless {
                    std::fs::remove_file(path).unwrap()
                } else {
                    panic!("tests/golden/{name} belongs to no report: remove it")
                }
            }
        }
        if !self.page.is_empty() {
            let written = self.page.write();
            panic!(
                "{} golden outputs differ: {}\nlook at {} and accept with `make bless`",
                self.page.names().len(),
                self.page.names().join(", "),
                written.display()
            );
        }
    }
}

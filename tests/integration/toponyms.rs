//! Toponyms on the development corpora, where they are at hand: lessons for the rankers out,
//! predictions out, scores printed. The corpora are used in place and never committed.

use dateline::gazetteer::Gazetteer;
use dateline::mentions::MentionKind;
use dateline::mentions::names;
use dateline::places::{self, ResolveOptions};
use dateline::report::{Report, Source};
use dateline::syntax::{Token, Tree};
use std::path::{Path, PathBuf};

const CORPORA: &[&str] = &["gwn", "lgl", "geovirus_gn"];

fn shared() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("DATELINE_SHARED").map(PathBuf::from);
    let found = named
        .into_iter()
        .chain([root.join("../shared"), root.join("../../shared")])
        .find(|path| path.join("geoparse").is_dir());
    if found.is_none() {
        println!("skipped: the shared corpora are not here");
    }
    found
}

/// What names are learned from besides: our own reports, and the reports with movements.
const REPORTS: &[&str] = &["own", "gold"];

struct Text {
    id: String,
    report: Report,
}

fn corpus(shared: &Path, name: &str) -> Vec<Text> {
    if REPORTS.contains(&name) {
        let (folder, ending) = match name {
            "own" => (Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports"), ".gold.json"),
            _ => (shared.join("gold/dev"), ".json"),
        };
        let report = |text: &str| Report::from_text(text, &Source::default());
        let documents = super::score::documents(&folder, ending).into_iter();
        return documents.map(|gold| Text { report: report(&gold.text), id: gold.id }).collect();
    }
    let path = shared.join(format!("geoparse/{name}.dev.jsonl"));
    let lines = std::fs::read_to_string(path).unwrap();
    lines
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = row["text"].as_str().unwrap();
            let report = Report::from_text(text, &Source::default());
            Text { id: row["id"].as_str().unwrap().to_owned(), report }
        })
        .collect()
}

/// The trees of the body, offsets in the text. Parsing all corpora takes a minute, so the trees are kept
/// under target/ (remove the files when the parser changes).
fn trees(report: &Report) -> Vec<Tree> {
    let kept = target().join("trees").join(&report.sha256[..16]);
    if let Ok(rows) = std::fs::read_to_string(&kept) {
        return rows.split("\n\n").filter(|rows| !rows.is_empty()).map(read_tree).collect();
    }
    let trees = dateline::reading::trees(report);
    std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
    std::fs::write(&kept, trees.iter().map(write_tree).collect::<String>()).unwrap();
    trees
}

fn write_tree(tree: &Tree) -> String {
    let mut rows: String = tree
        .tokens
        .iter()
        .map(|t| {
            let entity = t.entity.map_or("-", |e| e.as_str());
            let (space, start) = (u8::from(t.is_space), u8::from(t.entity_start));
            let lemma = if t.is_space { " " } else { &t.lemma };
            format!(
                "{}\t{}\t{}\t{}\t{}\t{space}\t{entity}\t{start}\t{lemma}\n",
                t.start, t.end, t.tag, t.head, t.dep
            )
        })
        .collect();
    rows.push_str(&format!(
        "#{}\n\n",
        tree.sentences.iter().map(|s| format!(" {}-{}", s.start, s.end)).collect::<String>()
    ));
    rows
}

fn read_tree(rows: &str) -> Tree {
    let mut tree = Tree::default();
    for row in rows.lines() {
        if let Some(sentences) = row.strip_prefix('#') {
            tree.sentences = sentences
                .split_whitespace()
                .map(|s| s.split_once('-').map(|(a, b)| a.parse().unwrap()..b.parse().unwrap()).unwrap())
                .collect();
            continue;
        }
        let cells: Vec<&str> = row.splitn(9, '\t').collect();
        tree.tokens.push(Token {
            start: cells[0].parse().unwrap(),
            end: cells[1].parse().unwrap(),
            tag: cells[2].parse().unwrap(),
            head: cells[3].parse().unwrap(),
            dep: cells[4].parse().unwrap(),
            is_space: cells[5] == "1",
            entity: cells[6].parse().ok(),
            entity_start: cells[7] == "1",
            lemma: cells[8].to_owned(),
        });
    }
    tree
}

/// Byte offset → code point.
fn points(text: &str) -> impl Fn(usize) -> usize + '_ {
    move |at| text[..at].chars().count()
}

fn target() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/toponyms");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
#[ignore = "writes the lessons that geodata/ranker/train.py learns from"]
fn lessons_are_written() {
    let Some(shared) = shared() else { return };
    let gazetteer = Gazetteer::embedded().unwrap();
    for name in CORPORA.iter().chain(REPORTS) {
        let mut lines = String::new();
        for text in corpus(&shared, name) {
            let point = points(&text.report.text);
            for (parse, trees) in [("plain", Vec::new()), ("parsed", trees(&text.report))] {
                if parse == "parsed" && trees.is_empty() {
                    continue;
                }
                let lessons: Vec<_> = names::lessons(&text.report, &trees, gazetteer)
                    .into_iter()
                    .map(|l| serde_json::json!([point(l.span.start), point(l.span.end), l.evidence]))
                    .collect();
                let row = serde_json::json!({"id": text.id, "parse": parse, "candidates": lessons});
                lines.push_str(&format!("{row}\n"));
            }
        }
        std::fs::write(target().join(format!("{name}.names.jsonl")), lines).unwrap();
    }
}

#[test]
#[ignore = "writes the lessons that geodata/ranker/train.py learns from"]
fn lessons_of_places_are_written() {
    let Some(shared) = shared() else { return };
    let gazetteer = Gazetteer::embedded().unwrap();
    for name in CORPORA.iter().chain(REPORTS) {
        let mut lines = String::new();
        for text in corpus(&shared, name) {
            let point = points(&text.report.text);
            let names = names::find(&text.report, &trees(&text.report), gazetteer);
            let lessons: Vec<_> = places::lessons(&names, gazetteer)
                .into_iter()
                .map(|l| serde_json::json!([point(l.span.start), point(l.span.end), l.candidates]))
                .collect();
            lines.push_str(&format!("{}\n", serde_json::json!({"id": text.id, "names": lessons})));
        }
        std::fs::write(target().join(format!("{name}.places.jsonl")), lines).unwrap();
    }
}

/// The toponyms of a reading in the form of `geoparse/score.py`: the innermost names that stand for
/// places, with their points.
fn predictions(text: &Text, parsed: bool, demonyms: bool) -> serde_json::Value {
    let gazetteer = Gazetteer::embedded().unwrap();
    let trees = if parsed { trees(&text.report) } else { Vec::new() };
    let names = names::find(&text.report, &trees, gazetteer);
    let options = ResolveOptions { demonyms, ..ResolveOptions::default() };
    let resolved = places::resolve(&text.report, &names, gazetteer, &options);
    let point = points(&text.report.text);
    let inner = |m: &dateline::mentions::Mention| {
        !resolved.mentions.iter().any(|o| o.id != m.id && m.span.contains(&o.span))
    };
    let toponyms: Vec<_> = resolved
        .mentions
        .iter()
        .filter(|m| inner(m) && (m.kind != MentionKind::Demonym || demonyms))
        .filter_map(|m| {
            let place = resolved.places.iter().find(|p| Some(&p.id) == m.place.as_ref())?;
            (place.count.is_none()).then(|| {
                serde_json::json!({"start": point(m.span.start), "end": point(m.span.end), "lat": place.lat, "lon": place.lon,
                    "name": m.text, "place": place.name, "entry": place.entry, "reasons": place.reasons, "kind": m.kind})
            })
        })
        .collect();
    serde_json::json!({"id": text.id, "toponyms": toponyms})
}

#[test]
#[ignore = "takes half a minute; prints the scores on the development corpora"]
fn scores_on_the_development_corpora() {
    let Some(shared) = shared() else { return };
    for (parsed, form) in [(true, "parsed"), (false, "plain")] {
        for name in CORPORA {
            let texts = corpus(&shared, name);
            for demonyms in [false, true] {
                let lines: String =
                    texts.iter().map(|text| format!("{}\n", predictions(text, parsed, demonyms))).collect();
                let with = if demonyms { "with" } else { "without" };
                let path = target().join(format!("{name}.{form}.{with}.jsonl"));
                std::fs::write(&path, lines).unwrap();
                println!("== {name}, {form}, {with} demonyms");
                let scores = std::process::Command::new("python3")
                    .arg(shared.join("geoparse/score.py"))
                    .arg(shared.join(format!("geoparse/{name}.dev.jsonl")))
                    .arg(&path)
                    .output();
                match scores {
                    Ok(done) => println!("{}", String::from_utf8_lossy(&done.stdout)),
                    Err(_) => println!("no python3: predictions are in {}", path.display()),
                }
            }
        }
    }
}

#[test]
#[ignore = "prints the mentions and places of the two seeds and of the gold reports"]
fn the_seeds_are_shown() {
    let Some(shared) = shared() else { return };
    let gazetteer = Gazetteer::embedded().unwrap();
    let wanted = std::env::var("SHOW").unwrap_or_else(|_| "seeds".to_owned());
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(shared.join("seeds")).unwrap() {
        texts.push((
            entry.as_ref().unwrap().path().display().to_string(),
            std::fs::read_to_string(entry.unwrap().path()).unwrap(),
        ));
    }
    for entry in std::fs::read_dir(shared.join("gold/dev")).unwrap() {
        let path = entry.unwrap().path();
        let row: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        texts.push((path.display().to_string(), row["text"].as_str().unwrap().to_owned()));
    }
    texts.sort();
    for (name, text) in texts.iter().filter(|(name, _)| name.contains(&wanted)) {
        let report = Report::from_text(text, &Source::default());
        let names = names::find(&report, &trees(&report), gazetteer);
        let world = dateline::world::World::embedded().ok();
        let resolved =
            places::resolve(&report, &names, gazetteer, &ResolveOptions { world, ..Default::default() });
        println!("=== {name}");
        for m in &resolved.mentions {
            let from = m.span.start.saturating_sub(30);
            let from = (0..=from).rev().find(|&i| text.is_char_boundary(i)).unwrap();
            let to = (m.span.end + 25..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len());
            println!(
                "{:4} {:8} {:4} {}[{}]{}   {:?}",
                m.id,
                format!("{:?}", m.kind),
                m.place.as_deref().unwrap_or("-"),
                text[from..m.span.start].replace('\n', " "),
                m.text,
                text[m.span.end..to].replace('\n', " "),
                m.reasons
            );
        }
        for p in &resolved.places {
            println!(
                "{:4} {} | {:?} {:?} {:?},{:?} r{:?} {:?} within {:?} count {:?} part {:?} {:.2} {:?} rivals {}",
                p.id,
                p.name,
                p.kind,
                p.precision,
                p.lat,
                p.lon,
                p.radius_km,
                p.entry,
                p.within,
                p.count,
                p.part,
                p.score,
                p.reasons,
                p.rivals
                    .iter()
                    .take(3)
                    .map(|r| format!("{} {:.2}", r.name, r.score))
                    .collect::<Vec<_>>()
                    .join("; ")
            );
        }
        for r in &resolved.remarks {
            println!("{} {}", r.code, r.message);
        }
    }
}

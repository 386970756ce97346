//! How right the readings are: on our own corpus as a snapshot, on the development sets in print.

use crate::score::{
    ActorScore, Causes, Gold, MovementScore, Predicted, Toponym, ToponymScore, documents,
    explained_movements, of_toponyms, score_movements, score_toponyms,
};
use crate::shared;
use dateline::gazetteer::Gazetteer;
use dateline::reading::ReadOptions;
use dateline::report::{Report, Source};
use dateline::syntax::Parser;
use rayon::prelude::*;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Cases that are printed of each cause in the large corpora.
const CASES_EACH: usize = 5;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// A report read, as JSON: the one place where the scores meet the program.
fn read(report: Report, demonyms: bool) -> Value {
    let options = ReadOptions { demonyms, ..ReadOptions::default() };
    dateline::reading::read(report, &options).to_json()
}

/// Our own reports with their annotation.
fn own_corpus() -> Vec<(Gold, Report)> {
    let folder = tests().join("reports");
    let with_report = |gold: Gold| {
        let file = folder.join(format!("{}.md", gold.id));
        let bytes = std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let report = Report::from_bytes(&bytes, Some("report.md"), &Source::default()).unwrap();
        (gold, report)
    };
    documents(&folder, ".gold.json").into_iter().map(with_report).collect()
}

fn source_of(gold: &Gold) -> Source {
    Source { title: gold.title.clone(), published: gold.published.clone(), ..Source::default() }
}

fn gold_toponyms(gold: &Gold) -> Vec<Toponym> {
    gold.places
        .iter()
        .map(|place| Toponym { range: place.range, point: Some((place.lon, place.lat)) })
        .collect()
}

/// Movements, toponyms and actors of some annotated reports.
fn scores(reports: &[(Gold, Report)]) -> (MovementScore, ToponymScore, ActorScore) {
    let readings: Vec<Value> = reports.par_iter().map(|(_, report)| read(report.clone(), false)).collect();
    let pairs = || reports.iter().map(|(gold, _)| gold).zip(&readings);
    let names = |reading: &Value| Toponym::of_reading(reading, true);
    let mut movements = explained_movements(
        pairs().map(|(gold, reading)| (gold, Predicted::of_reading(reading), names(reading))),
    );
    let toponyms = score_toponyms(
        pairs().map(|(gold, reading)| (gold_toponyms(gold), Toponym::of_reading(reading, false))),
    );
    let mut actors = ActorScore::default();
    pairs().for_each(|(gold, reading)| actors.add(gold, reading));
    for (gold, reading) in pairs() {
        let found = Toponym::of_reading(reading, false);
        movements.causes.extend(of_toponyms(&gold.text, &gold_toponyms(gold), &found, gazetteer()));
    }
    (movements, toponyms, actors)
}

#[test]
fn the_scores_on_our_own_corpus_are_those_of_the_snapshot() {
    let corpus = own_corpus();
    let (movements, toponyms, actors) = scores(&corpus);
    let mut page = String::from(
        "How right the readings of tests/reports are. Made by `make bless`; look at what a change does to it.\n\n",
    );
    let words: usize = corpus.iter().map(|(gold, _)| gold.text.split_whitespace().count()).sum();
    writeln!(page, "{} reports, {words} words\n\nMovements\n{movements}", corpus.len()).unwrap();
    writeln!(page, "Names that stand for an actor\nexact    {}\n", actors.rates).unwrap();
    writeln!(page, "Toponyms\n{toponyms}\nMovements by report: right, wrong, missed").unwrap();
    for (id, rates) in &movements.by_report {
        writeln!(page, "{id:28} {:2} {:2} {:2}", rates.right, rates.wrong, rates.missed).unwrap();
    }
    println!("{page}");
    print_misses(&movements, &actors);
    snapshot(&tests().join("golden/accuracy.txt"), &page);
}

/// What was missed, invented or told wrongly, by cause.
fn print_misses(movements: &MovementScore, actors: &ActorScore) {
    println!("By cause, with every case:\n{}", movements.causes.page(usize::MAX));
    println!("Found, with a wrong attribute:\n{}\n", movements.details.join("\n"));
    println!("Actors:\n{}\n", actors.details.join("\n"));
}

fn gazetteer() -> &'static Gazetteer {
    Gazetteer::embedded().unwrap()
}

/// Fails where the file differs; `DATELINE_BLESS=1` accepts.
fn snapshot(file: &Path, actual: &str) {
    if std::env::var_os("DATELINE_BLESS").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, actual).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(file).unwrap_or_default();
    if expected == actual {
        return;
    }
    let mut difference = String::new();
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    for line in old.iter().filter(|line| !new.contains(line)) {
        writeln!(difference, "- {line}").unwrap();
    }
    for line in new.iter().filter(|line| !old.contains(line)) {
        writeln!(difference, "+ {line}").unwrap();
    }
    panic!("{} differs; if this is right, run `make bless`:\n{difference}", file.display());
}

#[test]
fn every_offset_of_our_annotation_points_at_its_words() {
    let corpus = own_corpus();
    assert!(corpus.len() >= 30, "only {} annotated reports", corpus.len());
    for (gold, report) in &corpus {
        let id = &gold.id;
        assert_eq!(gold.text, report.text, "{id}: the annotation is of another text");
        assert_eq!(gold.title, report.title, "{id}");
        let published = report.published.map(|date| date.to_string());
        assert!(gold.published.is_none() || gold.published == published, "{id}: {published:?}");
        let chars: Vec<char> = gold.text.chars().collect();
        let words = |start: usize, end: usize| chars[start..end].iter().collect::<String>();
        for place in &gold.places {
            assert_eq!(words(place.range.start, place.range.end), place.surface, "{id}");
        }
        for movement in &gold.movements {
            let at = format!("{id}/{}", movement.id);
            for quoted in [&movement.actor, &movement.trigger] {
                assert_eq!(words(quoted.range.start, quoted.range.end), quoted.text, "{at}");
            }
            if let Some(when) = &movement.when {
                assert_eq!(words(when.range.start, when.range.end), when.text, "{at}");
            }
            if let Some(quantity) = &movement.quantity {
                assert!(gold.text.contains(&quantity.text), "{at}: {}", quantity.text);
            }
            assert!(movement.evidence.shared(&movement.trigger.range) > 0, "{at}: trigger outside evidence");
            for claim in &movement.claims {
                assert!(claim.quote_start < claim.quote_end && claim.quote_end <= chars.len(), "{at}");
                let source = claim.source_text.as_deref().unwrap_or_default();
                assert!(gold.text.contains(source), "{at}: {source:?}");
            }
        }
    }
}

#[test]
fn the_gold_scores_itself_as_perfect() {
    let corpus = own_corpus();
    let score = score_movements(corpus.iter().map(|(gold, _)| (gold, Predicted::of_gold(gold))));
    assert_eq!((score.strict.wrong, score.strict.missed), (0, 0));
    assert_eq!((score.relaxed.wrong, score.relaxed.missed), (0, 0));
    assert!(score.attributes.values().all(|share| share.right == share.asked && share.asked > 0));
    let places = score_toponyms(corpus.iter().map(|(gold, _)| (gold_toponyms(gold), gold_toponyms(gold))));
    assert_eq!((places.exact.f1(), places.end_to_end()), (1.0, 1.0));
}

#[test]
fn nothing_found_scores_nothing() {
    let corpus = own_corpus();
    let score = score_movements(corpus.iter().map(|(gold, _)| (gold, Vec::new())));
    assert_eq!((score.strict.right, score.strict.wrong, score.strict.f1()), (0, 0, 0.0));
    assert!(score.strict.missed > 100);
}

/// One report with one movement, and a prediction changed from its gold.
fn changed(change: impl Fn(&mut Predicted)) -> MovementScore {
    let corpus = own_corpus();
    let (gold, _) = corpus.iter().find(|(gold, _)| gold.id == "troops-constanta").unwrap();
    let mut predicted = Predicted::of_gold(gold);
    change(&mut predicted[0]);
    score_movements([(gold, predicted)].into_iter())
}

#[test]
fn a_wrong_end_is_wrong_when_strict_and_right_when_relaxed() {
    let score = changed(|movement| {
        movement.from[0].name = "Ghent".to_owned();
        movement.from[0].point = Some((3.72, 51.05));
    });
    assert_eq!((score.strict.right, score.strict.wrong, score.strict.missed), (3, 1, 1));
    assert_eq!((score.relaxed.right, score.relaxed.wrong, score.relaxed.missed), (4, 0, 0));
}

#[test]
fn an_end_is_right_by_its_name_or_its_point() {
    let by_name = changed(|movement| movement.from[0].point = None);
    let by_point = changed(|movement| movement.from[0].name = "Cincu training area".to_owned());
    let namesake = changed(|movement| movement.from[0].point = Some((-97.7, 30.3)));
    assert_eq!((by_name.strict.right, by_point.strict.right, namesake.strict.right), (4, 4, 3));
}

#[test]
fn attributes_are_scored_on_what_was_found() {
    let score = changed(|movement| {
        movement.mode = "air".to_owned();
        movement.quantity = Some((Some(9.0), Some(9.0)));
        movement.when = Some((Some("2031-05-05".to_owned()), None));
    });
    let share = |name: &str| (score.attributes[name].right, score.attributes[name].asked);
    assert_eq!((share("mode"), share("quantity"), share("status")), ((3, 4), (1, 2), (4, 4)));
    assert_eq!(share("date"), (2, 3));
}

#[test]
fn the_same_movement_told_twice_counts_as_wrong_once() {
    let corpus = own_corpus();
    let (gold, _) = corpus.iter().find(|(gold, _)| gold.id == "troops-constanta").unwrap();
    let mut predicted = Predicted::of_gold(gold);
    predicted.push(predicted[0].clone());
    let score = score_movements([(gold, predicted)].into_iter());
    assert_eq!((score.strict.right, score.strict.wrong, score.duplicates), (4, 1, 1));
}

/// Prints the scores on the annotated reports beside the repository; never fails for a low one.
#[test]
fn the_development_reports_are_scored_in_print() {
    let Some(folder) = shared::folder() else { return };
    let with_report = |gold: Gold| {
        let report = Report::from_text(&gold.text, &source_of(&gold));
        (gold, report)
    };
    let reports: Vec<(Gold, Report)> =
        documents(&folder.join("gold/dev"), ".json").into_iter().map(with_report).collect();
    let (movements, toponyms, actors) = scores(&reports);
    println!("development reports: {}\n{movements}\n{toponyms}", movements.reports);
    println!("names that stand for an actor: {}\n", actors.rates);
    print_misses(&movements, &actors);
}

/// Prints the scores on the corpora for toponyms: hundreds of texts, so only where they are read fast.
#[test]
fn the_toponym_corpora_are_scored_in_print() {
    let Some(folder) = shared::folder() else { return };
    if cfg!(debug_assertions) {
        println!("toponym corpora: scored by `make accuracy` only");
        return;
    }
    for (corpus, demonyms) in [("lgl", true), ("gwn", true), ("geovirus", false), ("geovirus_gn", false)] {
        let lines = std::fs::read_to_string(folder.join(format!("geoparse/{corpus}.dev.jsonl"))).unwrap();
        let texts: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for only_mentions in [false, true] {
            let options = ReadOptions { demonyms, only_mentions, ..ReadOptions::default() };
            let pairs: Vec<(&str, Vec<Toponym>, Vec<Toponym>)> = texts
                .par_iter()
                .map(|line| {
                    let text = line["text"].as_str().unwrap();
                    let report = Report::from_text(text, &Source::default());
                    let reading = dateline::reading::read(report, &options).to_json();
                    (text, corpus_toponyms(line), Toponym::of_reading(&reading, demonyms))
                })
                .collect();
            let score = score_toponyms(pairs.iter().map(|(_, gold, found)| (gold.clone(), found.clone())));
            let how = if only_mentions { " with --only mentions" } else { "" };
            println!("{corpus}{how}: {} texts\n{score}", score.reports);
            if !only_mentions {
                let mut causes = Causes::default();
                pairs.iter().for_each(|(text, gold, found)| {
                    causes.extend(of_toponyms(text, gold, found, gazetteer()));
                });
                println!("By cause, each with its first cases:\n{}", causes.page(CASES_EACH));
            }
        }
    }
    let [asked, all] = Parser::embedded().unwrap().asked_of();
    println!("words past the gate of the entity recogniser: {:.1} %", 100.0 * asked as f64 / all as f64);
}

/// The toponyms of one line of a corpus.
fn corpus_toponyms(text: &Value) -> Vec<Toponym> {
    let toponyms = text["toponyms"].as_array().unwrap().iter();
    toponyms
        .map(|toponym| Toponym {
            range: serde_json::from_value(toponym.clone()).unwrap(),
            point: toponym["lon"].as_f64().zip(toponym["lat"].as_f64()),
        })
        .collect()
}

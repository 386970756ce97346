//! The embedded parser against spaCy's own answers, and against any text at all.

use std::fs;
use std::path::{Path, PathBuf};

use dateline::syntax::{Dep, Level, Parser, Tag, Tree};
use proptest::prelude::*;
use serde::Deserialize;

/// What spaCy makes of one text.
#[derive(Deserialize)]
struct Expected {
    text: Vec<String>,
    spacy: Vec<u8>,
    tag: Vec<String>,
    head: Vec<usize>,
    dep: Vec<String>,
    ent: Vec<String>,
    #[serde(default)]
    lemma: Vec<String>,
    #[serde(default)]
    sent: Vec<u8>,
}

impl Expected {
    fn whole(&self) -> String {
        let words = self.text.iter().zip(&self.spacy);
        words.map(|(word, &space)| format!("{word}{}", if space == 1 { " " } else { "" })).collect()
    }
}

/// How many tokens there are, and how many differ, with the differences in words.
#[derive(Default)]
struct Agreement {
    tokens: usize,
    differences: Vec<String>,
    /// Words of an entity that the recogniser was not asked about: in small letters, away from names and numbers.
    unasked: Vec<String>,
}

impl Agreement {
    fn compare(&mut self, expected: &Expected, tree: &Tree) {
        let text = expected.whole();
        let words: Vec<&str> = tree.tokens.iter().map(|token| token.text(&text)).collect();
        self.tokens += words.len();
        if words != expected.text {
            self.differences.push(format!("tokens {words:?}, expected {:?}", expected.text));
            return;
        }
        for (i, token) in tree.tokens.iter().enumerate() {
            let entity = match token.entity {
                Some(kind) => format!("{}-{kind}", if token.entity_start { "B" } else { "I" }),
                None => "O".to_owned(),
            };
            let starts = u8::from(tree.sentences.iter().any(|sentence| sentence.start == i));
            for (what, found, wanted) in [
                ("tag", token.tag.to_string(), Some(&expected.tag[i])),
                ("dep", token.dep.to_string(), Some(&expected.dep[i])),
                ("head", token.head.to_string(), Some(&expected.head[i].to_string())),
                ("entity", entity, Some(&expected.ent[i])),
                ("lemma", token.lemma.clone(), expected.lemma.get(i)),
                ("sentence", starts.to_string(), expected.sent.get(i).map(u8::to_string).as_ref()),
            ] {
                let is_small = !words[i].contains(|c: char| c.is_uppercase() || c.is_numeric());
                if what == "entity" && found == "O" && wanted.is_some_and(|wanted| wanted != "O") && is_small
                {
                    self.unasked.push(words[i].to_owned());
                } else if let Some(wanted) = wanted.filter(|wanted| **wanted != found) {
                    self.differences
                        .push(format!("{what} of {i} {:?} is {found}, expected {wanted}", words[i]));
                }
            }
        }
    }

    fn assert_whole(&self) {
        let differences = self.differences.join("\n");
        assert!(self.differences.is_empty(), "{} tokens, these differ:\n{differences}", self.tokens);
        let unasked = &self.unasked;
        assert!(200 * unasked.len() <= self.tokens, "of {} were not asked: {unasked:?}", self.tokens);
    }
}

fn read(path: &Path) -> Vec<Expected> {
    let file = fs::read_to_string(path).expect("a file that is there");
    file.lines().map(|line| serde_json::from_str(line).expect("a line as convert.py writes it")).collect()
}

fn own() -> Vec<Expected> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/syntax_own.jsonl"))
}

/// The development material beside the checkout, where it is there.
fn shared(file: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = ["../shared", "../../shared"].map(|folder| root.join(folder));
    let given = std::env::var_os("DATELINE_SHARED").map(PathBuf::from);
    let found = given.into_iter().chain(beside).map(|folder| folder.join(file)).find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: no {file} beside the checkout");
    }
    found
}

#[test]
fn our_own_sentences_are_parsed_as_spacy_parses_them() {
    let parser = Parser::embedded().unwrap();
    let mut agreement = Agreement::default();
    for expected in own() {
        let text = expected.whole();
        let tree = parser.parse(&text);
        assert_whole(&tree, &text);
        agreement.compare(&expected, &tree);
    }
    agreement.assert_whole();
}

#[test]
fn the_shared_parity_set_is_parsed_as_spacy_parses_it() {
    let Some(path) = shared("parser/parity.jsonl") else { return };
    let parser = Parser::embedded().unwrap();
    let mut agreement = Agreement::default();
    read(&path).iter().for_each(|expected| agreement.compare(expected, &parser.parse(&expected.whole())));
    agreement.assert_whole();
}

#[test]
fn every_level_gives_the_same_trees() {
    let others = [Level::Portable, Level::Avx2].map(|level| Parser::with_level(level).unwrap());
    let mut texts: Vec<String> = own().iter().map(Expected::whole).collect();
    texts.extend(shared("parser/parity.jsonl").iter().flat_map(|path| read(path)).map(|e| e.whole()));
    for text in texts {
        let best = Parser::embedded().unwrap().parse(&text);
        others.iter().for_each(|other| assert_eq!(other.parse(&text), best, "{text}"));
    }
}

#[test]
fn several_paragraphs_together_have_the_trees_they_have_alone() {
    let parser = Parser::embedded().unwrap();
    let texts: Vec<String> = own().iter().map(Expected::whole).chain([String::new()]).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let alone: Vec<Tree> = texts.iter().map(|text| parser.parse(text)).collect();
    assert!(parser.parse_all(&texts) == alone);
    assert!(parser.parse_all(&[]).is_empty());
}

#[test]
fn a_very_long_paragraph_is_cut_at_sentences_and_keeps_all_its_tokens() {
    let parser = Parser::embedded().unwrap();
    let sentence = "Two ferries left Vesna for Karsholm. ";
    let tree = parser.parse(&sentence.repeat(500));
    let alone = parser.parse(sentence);
    assert_eq!(tree.tokens.len(), 500 * alone.tokens.len());
    assert_eq!(tree.sentences.len(), 500);
    assert_whole(&tree, &sentence.repeat(500));
    // One word without any end: nothing to cut at, nothing lost.
    let endless = "very ".repeat(3_000);
    assert_whole(&parser.parse(&endless), &endless);
}

/// Tokens in order, on character boundaries, covering all that is not a single space; heads and
/// sentences that fit them.
fn assert_whole(tree: &Tree, text: &str) {
    let mut end = 0;
    for token in &tree.tokens {
        assert!(token.start >= end && token.end > token.start, "{token:?} in {text:?}");
        assert!(matches!(&text[end..token.start], "" | " "), "{token:?} in {text:?}");
        end = token.end;
    }
    assert!(matches!(&text[end..], "" | " "), "{text:?} after {end}");
    let mut next = 0;
    for sentence in &tree.sentences {
        assert_eq!(sentence.start, next);
        assert!(!sentence.is_empty());
        next = sentence.end;
    }
    assert_eq!(next, tree.tokens.len());
    for index in 0..tree.tokens.len() {
        let head = tree.tokens[index].head;
        assert_eq!(
            tree.sentence_of(index),
            tree.sentence_of(head),
            "{index} and its head {head} in {text:?}"
        );
        assert!(tree.ancestors(index).count() < tree.tokens.len(), "a circle of heads in {text:?}");
    }
}

/// Fragments that tokenizers stumble over.
fn odd_text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        "\\PC{0,12}",
        "[a-zA-Z.,'’ ]{0,20}",
        prop::sample::select(vec![
            "don't",
            "U.S.",
            "…",
            "……",
            "...",
            "——",
            "US$5",
            "5km.",
            "http://a.b.co/x",
            "a@b.c",
            ":)",
            "\u{a0}",
            "\n\n",
            "\t",
            "°C.",
            "🚢",
            "\u{301}",
            "\u{feff}",
            "\u{1c}",
            "'s",
            "(",
            "\"",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(fragment, 0..8).prop_map(|fragments| fragments.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_a_whole_tree(text in odd_text()) {
        assert_whole(&Parser::embedded().unwrap().parse(&text), &text);
    }
}

#[test]
fn an_empty_text_and_white_space_have_trees() {
    let parser = Parser::embedded().unwrap();
    assert_eq!(parser.parse(""), Tree::default());
    let tree = parser.parse(" \n ");
    assert!(tree.tokens.iter().all(|token| token.is_space && token.tag == Tag::Sp && token.dep == Dep::Dep));
}

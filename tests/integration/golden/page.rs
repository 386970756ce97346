//! The report page of a failed comparison: expected, difference, actual, in one file.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// How an output differs from what was accepted.
pub enum Difference {
    /// Nothing was accepted yet.
    Missing,
    /// Another text.
    Text { expected: String, actual: String },
    /// Another picture; all three are PNG.
    Picture { expected: Vec<u8>, difference: Vec<u8>, actual: Vec<u8> },
}

/// The outputs that differ.
#[derive(Default)]
pub struct Page {
    differences: Vec<(String, Difference)>,
}

impl Page {
    pub fn add(&mut self, name: &str, difference: Difference) {
        self.differences.push((name.to_owned(), difference));
    }

    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    pub fn names(&self) -> Vec<&str> {
        self.differences.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Writes `tests/report/index.html`, self-contained, and says where.
    pub fn write(&self) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report");
        std::fs::create_dir_all(&folder).unwrap();
        let mut html = String::from(
            "<!doctype html><meta charset=utf-8><title>Golden outputs that differ</title><style>\
             body{font:14px system-ui;margin:24px}pre{white-space:pre-wrap;background:#f6f6f4;padding:12px}\
             del{background:#fdd;text-decoration:none}ins{background:#dfd;text-decoration:none}\
             .row{display:flex;gap:12px;flex-wrap:wrap}figure{margin:0}img{max-width:600px;border:1px solid #ccc}\
             </style><h1>Golden outputs that differ</h1>",
        );
        for (name, difference) in &self.differences {
            write!(html, "<h2>{name}</h2>").unwrap();
            match difference {
                Difference::Missing => html.push_str("<p>Nothing was accepted yet.</p>"),
                Difference::Text { expected, actual } => {
                    write!(html, "<pre>{}</pre>", changed_lines(expected, actual)).unwrap();
                }
                Difference::Picture { expected, difference, actual } => {
                    html.push_str("<div class=row>");
                    for (title, png) in
                        [("expected", expected), ("difference", difference), ("actual", actual)]
                    {
                        let data = base64(png);
                        write!(
                            html,
                            "<figure><figcaption>{title}</figcaption><img src='data:image/png;base64,{data}'></figure>"
                        )
                        .unwrap();
                    }
                    html.push_str("</div>");
                }
            }
        }
        let path = folder.join("index.html");
        std::fs::write(&path, html).unwrap();
        path
    }
}

/// The lines between the common start and the common end, old ones struck, new ones marked.
fn changed_lines(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;");
    let mut out = format!("… {start} lines are the same\n");
    for line in &old[start..old.len() - end] {
        writeln!(out, "<del>- {}</del>", escape(line)).unwrap();
    }
    for line in &new[start..new.len() - end] {
        writeln!(out, "<ins>+ {}</ins>", escape(line)).unwrap();
    }
    write!(out, "… {end} lines are the same").unwrap();
    out
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .flat_map(|chunk| {
            let n = chunk.iter().enumerate().fold(0u32, |n, (i, &b)| n | u32::from(b) << (16 - 8 * i));
            (0..4).map(move |i| {
                if i > chunk.len() { '=' } else { char::from(SIGNS[(n >> (18 - 6 * i) & 63) as usize]) }
            })
        })
        .collect()
}

#[test]
fn base64_is_as_the_standard_has_it() {
    assert_eq!(base64(b"Man"), "TWFu");
    assert_eq!(base64(b"Ma"), "TWE=");
    assert_eq!(base64(b"M"), "TQ==");
}

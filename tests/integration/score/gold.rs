//! Reports annotated by hand.

use serde::Deserialize;
use std::path::Path;

#[derive(Debug, Clone, Deserialize)]
pub struct Gold {
    pub id: String,
    pub title: Option<String>,
    pub published: Option<String>,
    #[serde(default)]
    pub group: String,
    pub text: String,
    pub places: Vec<GoldPlace>,
    pub movements: Vec<GoldMovement>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Range {
    pub start: usize,
    pub end: usize,
}

impl Range {
    /// How many characters two ranges share.
    pub fn shared(&self, other: &Range) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct GoldPlace {
    #[serde(flatten)]
    pub range: Range,
    pub surface: String,
    pub name: String,
    pub kind: String,
    pub lat: f64,
    pub lon: f64,
    pub country_iso2: Option<String>,
    /// Whether it stands for a government, an army or another actor.
    #[serde(default)]
    pub metonym: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct GoldMovement {
    pub id: String,
    pub actor: Quoted,
    pub quantity: Option<GoldQuantity>,
    pub from: Option<Vec<usize>>,
    pub to: Option<Vec<usize>>,
    pub from_inferable: Option<Vec<usize>>,
    pub to_inferable: Option<Vec<usize>>,
    pub mode: String,
    #[serde(default)]
    pub mode_alt: Vec<String>,
    pub when: Option<GoldWhen>,
    pub status: String,
    #[serde(default)]
    pub status_alt: Vec<String>,
    pub claims: Vec<GoldClaim>,
    pub trigger: Quoted,
    pub evidence: Range,
    #[serde(default)]
    pub also_evidence: Vec<Range>,
    #[serde(default)]
    pub optional: bool,
    pub merge_with: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Quoted {
    #[serde(flatten)]
    pub range: Range,
    pub text: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct GoldQuantity {
    pub min: Option<f64>,
    pub max: Option<f64>,
    pub text: String,
    #[serde(default)]
    pub inherited: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct GoldWhen {
    #[serde(flatten)]
    pub range: Range,
    pub text: String,
    pub earliest: Option<String>,
    pub latest: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct GoldClaim {
    pub source_text: Option<String>,
    pub quote_start: usize,
    pub quote_end: usize,
}

/// The annotated reports of a folder whose file names end so, in order of name.
pub fn documents(folder: &Path, ending: &str) -> Vec<Gold> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let json = std::fs::read_to_string(path).unwrap();
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    files.iter().map(read).collect()
}

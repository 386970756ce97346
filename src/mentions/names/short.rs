//! Short forms that news uses for places: `assets/lexicon/short_forms.toml`.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// What a form is short for, and where it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// The name to look up.
    pub full: String,
    /// Whether it holds only after a comma and a name ("Paris, TX"; "Gary, Ind.").
    pub after_name_only: bool,
}

static TABLE: LazyLock<FxHashMap<String, Short>> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        anywhere: FxHashMap<String, String>,
        after_a_name: FxHashMap<String, String>,
    }
    let file: File = toml::from_str(include_str!("../../../assets/lexicon/short_forms.toml"))
        .expect("the tests read short_forms.toml");
    let forms = |table: FxHashMap<String, String>, after_name_only| {
        table.into_iter().map(move |(form, full)| (form, Short { full, after_name_only }))
    };
    forms(file.anywhere, false).chain(forms(file.after_a_name, true)).collect()
});

/// What a short form stands for.
pub fn short(form: &str) -> Option<&'static Short> {
    TABLE.get(form)
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn forms_are_known_as_they_are_written() {
        assert!(short("U.K.").is_some_and(|it| it.full == "United Kingdom" && !it.after_name_only));
        assert!(short("TX").is_some_and(|it| it.after_name_only));
        assert!(short("tx").is_none());
    }
}

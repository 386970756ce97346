//! Every module imports only modules that stand before it.

use std::fs;
use std::path::{Path, PathBuf};

/// The order of `src/`, from the ground up. `lib.rs` and `main.rs` may use all.
const ORDER: &[&str] = &[
    "packed",
    "kept",
    "geometry",
    "world",
    "gazetteer",
    "report",
    "syntax",
    "mentions",
    "places",
    "movements",
    "reading",
    "story",
    "routes",
    "layers",
    "overlays",
    "map",
    "tiles",
    "export",
    "store",
    "server",
    "cli",
];

#[test]
fn modules_import_only_what_stands_before_them() {
    let mut wrong = Vec::new();
    for (rank, module) in ORDER.iter().enumerate() {
        for file in files_of(module) {
            let code = fs::read_to_string(&file).unwrap();
            for later in &ORDER[rank + 1..] {
                if mentions(&code, later) {
                    wrong.push(format!("{} imports {later}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_place_in_the_order() {
    for entry in fs::read_dir(src()).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap();
        assert!(["lib", "main"].contains(&module) || ORDER.contains(&module), "src/{module} is not in ORDER",);
    }
}

/// Whether the code names `crate::module`, alone or inside `crate::{…}`.
fn mentions(code: &str, module: &str) -> bool {
    let is_word_end = |c: char| !c.is_alphanumeric() && c != '_';
    code.split("crate::").skip(1).any(|path| match path.strip_prefix('{') {
        Some(group) => {
            group.split(';').next().unwrap_or_default().split(is_word_end).any(|word| word == module)
        }
        None => path.split(is_word_end).next() == Some(module),
    })
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// `src/module.rs` and everything under `src/module/`.
fn files_of(module: &str) -> Vec<PathBuf> {
    let mut files = vec![src().join(format!("{module}.rs"))];
    let mut folders = vec![src().join(module)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.retain(|file| file.is_file() && file.extension().is_some_and(|ext| ext == "rs"));
    files
}

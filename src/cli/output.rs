//! What commands write: data on standard output, or files that appear whole or not at all.

use super::failure::Failure;
use anyhow::Context;
use std::io::Write;
use std::path::Path;

/// Writes to the file, or to standard output when there is none.
pub(super) fn write(path: Option<&Path>, bytes: &[u8]) -> Result<(), Failure> {
    match path {
        Some(path) if path != Path::new("-") => Ok(write_file(path, bytes)?),
        _ => Ok(std::io::stdout().lock().write_all(bytes)?),
    }
}

/// Writes beside the file and renames, so that a full disk or a kill leaves the old file.
fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().with_context(|| format!("{} names no file", path.display()))?;
    let draft = folder.join(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let written = (|| {
        let mut file = std::fs::File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&draft, path)
    })();
    if written.is_err() {
        // The draft is ours alone; whether it can be removed changes nothing for the caller.
        let _ = std::fs::remove_file(&draft);
    }
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// JSON for people and programs: indented, with a line end.
pub(super) fn pretty(value: &serde_json::Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("a JSON value is serialisable");
    bytes.push(b'\n');
    bytes
}

/// A message on standard error, unless told to be quiet.
pub(super) fn say(quiet: bool, message: &str) {
    if !quiet {
        // Nobody may be listening any more: that is no reason to stop.
        let _ = writeln!(std::io::stderr(), "{message}");
    }
}

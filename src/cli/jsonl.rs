//! `dateline read --jsonl`: many reports in, one reading a line out, in order, on all cores.

use super::failure::Failure;
use crate::reading::{self, ReadOptions};
use crate::report::{LIMIT_BYTES, Report, Source};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, BufWriter, Write};

/// How many lines are read at once: enough to keep all cores busy, few enough to stay small.
const BATCH: usize = 64;
/// The longest line: a report at its limit with every character escaped.
const LINE_LIMIT: u64 = (LIMIT_BYTES as u64) * 6 + 64 * 1024;

#[derive(Debug, Deserialize)]
struct Line {
    id: Option<Value>,
    text: String,
    published: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
}

/// Runs over standard input until it ends.
pub(super) fn run(options: &ReadOptions, source: &Source, quiet: bool) -> Result<(), Failure> {
    let mut input = std::io::stdin().lock();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
    let style =
        ProgressStyle::with_template("{spinner} {pos} reports, {per_sec}").expect("the template is ours");
    bar.set_style(style);
    let mut number = 0;
    loop {
        let mut batch: Vec<(u64, Result<Vec<u8>, String>)> = Vec::new();
        while batch.len() < BATCH {
            number += 1;
            match next_line(&mut input)? {
                None => break,
                Some(Ok(line)) if line.iter().all(u8::is_ascii_whitespace) => {}
                Some(line) => batch.push((number, line)),
            }
        }
        if batch.is_empty() {
            break;
        }
        let readings: Vec<String> =
            batch.par_iter().map(|(number, line)| read_line(*number, line, options, source)).collect();
        for reading in &readings {
            writeln!(out, "{reading}")?;
        }
        out.flush()?;
        bar.inc(readings.len() as u64);
    }
    bar.finish_and_clear();
    Ok(())
}

/// The next line without its end; too long a line is passed over and said.
fn next_line(input: &mut impl BufRead) -> Result<Option<Result<Vec<u8>, String>>, Failure> {
    use std::io::Read;
    let mut line = Vec::new();
    let read = input.take(LINE_LIMIT).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.last() != Some(&b'\n') && read as u64 == LINE_LIMIT {
        let mut rest = Vec::new();
        loop {
            rest.clear();
            let more = input.take(1 << 20).read_until(b'\n', &mut rest)?;
            if more == 0 || rest.last() == Some(&b'\n') {
                break;
            }
        }
        return Ok(Some(Err(format!("the line has more than {LINE_LIMIT} bytes"))));
    }
    Ok(Some(Ok(line)))
}

/// One line's reading, or an error object in its place.
fn read_line(number: u64, line: &Result<Vec<u8>, String>, options: &ReadOptions, source: &Source) -> String {
    let failed = |id: Option<&Value>, message: String| {
        json!({ "id": id, "error": { "line": number, "message": message } }).to_string()
    };
    let line = match line {
        Ok(line) => line,
        Err(message) => return failed(None, message.clone()),
    };
    let parsed: Line = match serde_json::from_slice(line) {
        Ok(parsed) => parsed,
        Err(error) => {
            // What can be read of the line still says which report it was.
            let id = serde_json::from_slice::<Value>(line).ok().and_then(|value| value.get("id").cloned());
            let message = format!("not a report: {error}; expected {{\"id\", \"text\", …}}");
            return failed(id.as_ref(), message);
        }
    };
    let id = parsed.id.as_ref().map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let source = Source {
        id,
        title: parsed.title,
        publisher: parsed.publisher,
        url: parsed.url,
        published: parsed.published.or_else(|| source.published.clone()),
        ..Source::default()
    };
    match Report::from_bytes(parsed.text.as_bytes(), Some("text/plain"), &source) {
        Ok(report) => {
            let reading = reading::read(report, options).into_json_line();
            match (parsed.id, reading.strip_prefix('{')) {
                (Some(id), Some(fields)) => format!("{{\"id\":{id},{fields}"),
                _ => reading,
            }
        }
        Err(error) => failed(parsed.id.as_ref(), error.to_string()),
    }
}

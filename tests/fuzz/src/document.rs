//! Any JSON is a reading, a story, or one clear error; and what is accepted can be drawn, whatever map is asked for.
#![no_main]

use dateline::map::{self, MapOptions};
use dateline::reading::Reading;
use dateline::story::{self, Story};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use serde_json::{Number, Value};

mod layers;

fuzz_target!(|data: &[u8]| {
    let Ok(value) = serde_json::from_slice::<Value>(data) else { return };
    // A key of its own asks for a map; readings and stories pass over what they do not know.
    let mut options = MapOptions::default();
    for (name, asked) in value["map"].as_object().into_iter().flatten() {
        let _ = options.set(name, asked.as_str().unwrap_or_default());
    }
    let read = match value["format"].as_str() {
        Some(dateline::reading::FORMAT) => {
            Reading::from_json(value).map(|reading| story::merge(vec![reading]))
        }
        _ => Story::from_json(value),
    };
    let Ok(story) = read else { return };
    let json = story.to_json();
    assert_eq!(Story::from_json(json.clone()).expect("a story of ours").to_json(), json);
    layers::check(&story);
    match map::draw(&story, &options) {
        Ok(scene) => drop(map::svg::render(&scene)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

// Changed bytes are seldom JSON: mostly a value of the document is changed instead.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut draws = Draws(seed);
    let Ok(mut document) = serde_json::from_slice::<Value>(&data[..size]) else {
        return fuzzer_mutate(data, size, max_size);
    };
    let count = count(&document);
    let donor = nth(&mut document, &mut draws.below(count)).map(|value| value.clone()).unwrap_or_default();
    if let Some(value) = nth(&mut document, &mut draws.below(count)) {
        change(value, donor, &mut draws);
    }
    let bytes = document.to_string().into_bytes();
    if bytes.len() > max_size {
        return fuzzer_mutate(data, size, max_size);
    }
    data[..bytes.len()].copy_from_slice(&bytes);
    bytes.len()
});

/// A few numbers drawn from libFuzzer's seed.
struct Draws(u32);

impl Draws {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % count.max(1)
    }
}

/// How many values a document has, itself among them.
fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

/// The value of this number, counted as [`count`] does.
fn nth<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| nth(item, left)),
        Value::Object(fields) => fields.values_mut().find_map(|field| nth(field, left)),
        _ => None,
    }
}

/// Makes another value of one: near it, at a limit, or one from elsewhere in the document.
fn change(value: &mut Value, donor: Value, draws: &mut Draws) {
    const NUMBERS: [f64; 8] = [0.0, -0.0, 90.0, -180.0, 180.000_000_1, 1e9, -1e300, 5e-324];
    let choice = draws.below(8);
    match value {
        _ if choice == 0 => *value = Value::Null,
        _ if choice == 1 => *value = donor,
        Value::Array(items) if !items.is_empty() => {
            let at = draws.below(items.len());
            match choice % 3 {
                0 => items.push(donor),
                1 => items.push(items[at].clone()),
                _ => drop(items.remove(at)),
            }
        }
        Value::Object(fields) if choice == 2 => {
            let name = fields.keys().nth(draws.below(fields.len())).cloned();
            name.and_then(|name| fields.shift_remove(&name));
        }
        Value::Number(number) => {
            let near = number.as_f64().unwrap_or_default();
            let drawn = [NUMBERS[draws.below(8)], near + 1.0, near - 1.0, -near][draws.below(4)];
            *number = match draws.below(2) {
                0 => Number::from_f64(drawn).unwrap_or(Number::from(0)),
                _ => Number::from(drawn as u64),
            };
        }
        Value::String(text) => {
            let mut bytes = text.clone().into_bytes();
            let size = bytes.len();
            bytes.resize(size + 16, 0);
            let size = fuzzer_mutate(&mut bytes, size, size + 16);
            *text = String::from_utf8_lossy(&bytes[..size]).into_owned();
        }
        Value::Bool(yes) => *yes = !*yes,
        _ => {}
    }
}

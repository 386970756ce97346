//! Any bytes are a report, or one clear error.
#![no_main]

use dateline::report::{Report, Source};
use libfuzzer_sys::fuzz_target;

#[allow(dead_code, reason = "readings are for another target")]
#[path = "../../integration/holds.rs"]
mod holds;

const HINTS: [Option<&str>; 4] = [Some("a.md"), Some("a.txt"), Some("a.html"), None];

fuzz_target!(|data: &[u8]| {
    // The first byte chooses the media type.
    let Some((choice, bytes)) = data.split_first() else { return };
    let hint = HINTS[usize::from(choice % 4)];
    match Report::from_bytes(bytes, hint, &Source::default()) {
        Ok(report) => {
            holds::in_report(&report);
            // What comes back from its JSON form has its paragraphs made anew.
            let mut restored = report.clone();
            restored.paragraphs.clear();
            restored.restore();
            assert_eq!(restored, report);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});

//! ETags: strong, over everything that an answer is made from.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// The tag of an answer made from these parts by this version of the program.
pub(super) fn etag(parts: &[&str]) -> HeaderValue {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    for part in parts {
        hash.update([0]);
        hash.update(part);
    }
    let digest: String = hash.finalize()[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::from_str(&format!("\"{digest}\"")).expect("hexadecimal in quotes is a header value")
}

/// `304` when the client has this answer already.
pub(super) fn not_modified(headers: &HeaderMap, tag: &HeaderValue) -> Option<Response> {
    let known = headers.get(header::IF_NONE_MATCH)?.to_str().ok()?;
    let tag_text = tag.to_str().ok()?;
    let matches = known
        .split(',')
        .map(|one| one.trim().trim_start_matches("W/"))
        .any(|one| one == tag_text || one == "*");
    matches.then(|| tagged(StatusCode::NOT_MODIFIED.into_response(), tag))
}

/// The answer with its tag; it may be kept but is asked for anew each time.
pub(super) fn tagged(mut response: Response, tag: &HeaderValue) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag.clone());
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

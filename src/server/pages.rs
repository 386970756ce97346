//! The viewer's pages and files, built from `web/` and compiled in.

use super::error::Problem;
use super::{App, kept};
use crate::story::Story;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// What a page of ours may load: only what this server gives.
pub(super) const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; \
    object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
/// An embed may stand in any page.
const EMBED_POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; \
    object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *";
/// Where the built viewer's head takes what belongs to the story.
const HEAD: &str = "</head>";

#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Dist;

/// `/`: the viewer without a story.
pub(super) async fn viewer() -> Result<Response, Problem> {
    html("index.html", "", POLICY)
}

/// `/stories/{id}`: the viewer, its head telling what the story is.
pub(super) fn story(app: &App, story: &Story) -> Result<Response, Problem> {
    html("index.html", &head_of(app, story), POLICY)
}

/// `/stories/{id}` of a story that is not there: the viewer, which says so.
pub(super) fn missing() -> Result<Response, Problem> {
    let page = html("index.html", "", POLICY)?;
    Ok((StatusCode::NOT_FOUND, page).into_response())
}

/// `/embed/{id}`: a story to stand in another page.
pub(super) async fn embed(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let story = kept::find(&app, &id).await?.story()?;
    html("embed.html", &head_of(&app, &story), EMBED_POLICY)
}

/// `/assets/…`: scripts and styles under names that change with their contents.
pub(super) async fn asset(Path(path): Path<String>) -> Result<Response, Problem> {
    let name = format!("assets/{path}");
    let file =
        Dist::get(&name).ok_or_else(|| Problem::not_found(format!("Nothing is served at /{name}.")))?;
    let kind = HeaderValue::from_str(file.metadata.mimetype()).map_err(Problem::internal)?;
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    Ok(([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, forever)], file.data.into_owned())
        .into_response())
}

fn html(file: &str, head: &str, policy: &'static str) -> Result<Response, Problem> {
    let page = Dist::get(file).ok_or_else(|| {
        Problem::not_found(
            "The viewer is not built in; run `make serve`, or `npm run build` in web/ before `cargo build`.",
        )
    })?;
    let page = String::from_utf8_lossy(&page.data).replacen(HEAD, &format!("{head}{HEAD}"), 1);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (HeaderName::from_static("content-security-policy"), HeaderValue::from_static(policy)),
    ];
    Ok((headers, page).into_response())
}

/// What search engines and chat programs show of a story.
fn head_of(app: &App, story: &Story) -> String {
    let base = app.base_url();
    let id = &story.id;
    let title = escape(if story.title.is_empty() { "A map of reported movements" } else { &story.title });
    format!(
        "<link rel=\"canonical\" href=\"{base}/stories/{id}\">\
         <link rel=\"alternate\" type=\"application/geo+json\" href=\"{base}/stories/{id}.geojson\">\
         <meta property=\"og:title\" content=\"{title}\">\
         <meta property=\"og:type\" content=\"article\">\
         <meta property=\"og:image\" content=\"{base}/api/v1/stories/{id}/image.png?preset=og\">\
         <meta property=\"og:image:alt\" content=\"Map read by a machine from news reports, not yet checked: {title}\">\
         <meta name=\"twitter:card\" content=\"summary_large_image\">"
    )
}

/// Text as it may stand in an attribute.
fn escape(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            '\'' => "&#39;".to_owned(),
            other => other.to_string(),
        })
        .collect()
}

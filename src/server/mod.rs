//! The HTTP surface: an axum router with all its routes on one screen, one file a resource.
//!
//! Requests in, documents, pictures, tiles and pages out. `router(state)` is what tests call too.
//! Errors are RFC 9457 problems; reading and drawing run off the network's threads and in bounded
//! number; every answer that can be cached carries a strong ETag.

mod caching;
mod error;
mod exports;
mod gazetteer;
mod health;
mod images;
mod input;
mod kept;
mod limits;
mod pages;
mod state;
mod stories;
mod tiles;

pub use error::Problem;
pub use limits::Limits;
pub use state::{App, Settings};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware;
use axum::routing::get;
use std::net::SocketAddr;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};
use tower_http::trace::TraceLayer;

/// All routes.
pub fn router(app: App) -> Router {
    let limits = app.limits();
    Router::new()
        .route("/", get(pages::viewer))
        .route("/stories/{file}", get(exports::story_or_export))
        .route("/embed/{id}", get(pages::embed))
        .route("/assets/{*path}", get(pages::asset))
        .route("/api/v1/stories", get(stories::list).post(stories::create))
        .route("/api/v1/stories/{id}", get(stories::fetch).delete(stories::delete))
        .route("/api/v1/stories/{id}/{image}", get(images::image))
        .route("/api/v1/gazetteer", get(gazetteer::search))
        .route("/tiles/{file}", get(tiles::tilejson))
        .route("/tiles/{set}/{z}/{x}/{file}", get(tiles::tile))
        .route("/healthz", get(health::healthz))
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(middleware::from_fn(error::as_problems))
        .layer(DefaultBodyLimit::max(limits.body_bytes()))
        .layer(RequestBodyTimeoutLayer::new(Duration::from_secs(30)))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, limits.request))
        .layer(cors())
        .layer(header_if_absent(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header_if_absent(header::REFERRER_POLICY, "no-referrer"))
        .layer(header_if_absent(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"))
        .layer(header_if_absent(header::CONTENT_SECURITY_POLICY, pages::POLICY))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// Anyone may read from anywhere; writing from another origin needs the token in any case.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::DELETE, Method::OPTIONS])
        .allow_headers([header::CONTENT_TYPE, header::AUTHORIZATION, header::IF_NONE_MATCH, header::ACCEPT])
        .expose_headers([header::ETAG, header::LINK, header::LOCATION])
}

fn header_if_absent(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// Why the server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address is taken or not ours.
    #[error(
        "cannot listen on {address}: {reason}; choose another address with --listen, 127.0.0.1:0 for any free port"
    )]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// What the system says.
        reason: std::io::Error,
    },
    /// An address that others can reach, and no token.
    #[error(
        "{0} can be reached from other machines: give a token for writing with --token or DATELINE_TOKEN, or listen on 127.0.0.1"
    )]
    Open(SocketAddr),
    /// The network failed.
    #[error("the server stopped: {0}")]
    Network(#[from] std::io::Error),
}

/// Listens and serves until `stop` resolves, then finishes the requests under way.
///
/// # Errors
/// The address cannot be bound, or it is not a loopback address and the app has no token.
pub async fn serve(
    app: App,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    if !address.ip().is_loopback() && !app.has_token() {
        return Err(ServeError::Open(address));
    }
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .map_err(|reason| ServeError::Bind { address, reason })?;
    ready(listener.local_addr()?);
    axum::serve(listener, router(app.clone())).with_graceful_shutdown(stop).await?;
    app.store().close().await;
    Ok(())
}

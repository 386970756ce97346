//! What all handlers share: the store, the limits, the token, and room for heavy work.

use super::error::Problem;
use super::kept::LaidOut;
use super::limits::{Limits, WriteRate};
use crate::gazetteer::Gazetteer;
use crate::packed::PackedError;
use crate::store::Store;
use crate::syntax::Parser;
use crate::world::World;
use axum::http::{HeaderMap, header};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How the server is set up.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What one request may ask for.
    pub limits: Limits,
    /// The token that writing needs; without one anybody who reaches the server may write.
    pub token: Option<String>,
    /// The address that the server is known by, for links in documents and embeds.
    pub base_url: Option<String>,
}

/// What all handlers share. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    store: Store,
    settings: Settings,
    writes: WriteRate,
    heavy: Semaphore,
    laid_out: LaidOut,
}

impl App {
    /// A server's state; opens what is compiled in, so that damage shows at the start.
    ///
    /// # Errors
    /// A packed file is damaged.
    pub fn new(store: Store, settings: Settings) -> Result<Self, PackedError> {
        World::embedded()?;
        Gazetteer::embedded()?;
        Parser::embedded()?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let heavy = Semaphore::new(cores);
        let (writes, laid_out) = (WriteRate::default(), LaidOut::default());
        Ok(App { shared: Arc::new(Shared { store, settings, writes, heavy, laid_out }) })
    }

    /// The stories kept.
    pub fn store(&self) -> &Store {
        &self.shared.store
    }

    /// The layers of the stories that were drawn last.
    pub(super) fn laid_out(&self) -> &LaidOut {
        &self.shared.laid_out
    }

    /// What one request may ask for.
    pub fn limits(&self) -> &Limits {
        &self.shared.settings.limits
    }

    /// The address that the server is known by.
    pub fn base_url(&self) -> &str {
        self.shared.settings.base_url.as_deref().unwrap_or_default().trim_end_matches('/')
    }

    /// Whether writing needs a token.
    pub fn has_token(&self) -> bool {
        self.shared.settings.token.is_some()
    }

    /// Whether this request may write now.
    ///
    /// # Errors
    /// The token is missing or wrong, or there were too many writes.
    pub fn admit_write(&self, headers: &HeaderMap) -> Result<(), Problem> {
        if let Some(token) = &self.shared.settings.token {
            let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
            if !same_bytes(given.as_bytes(), token.as_bytes()) {
                return Err(Problem::unauthorized());
            }
        }
        self.shared.writes.admit(self.limits())
    }

    /// Runs reading or drawing off the network's threads, at most as many at once as there are cores.
    ///
    /// # Errors
    /// The work takes longer than the limit, or fails.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let limit = self.limits().request;
        let app = self.clone();
        let run = async move {
            let permit = app.shared.heavy.acquire().await.map_err(Problem::internal)?;
            let done = tokio::task::spawn_blocking(work).await.map_err(Problem::internal)?;
            drop(permit);
            done
        };
        tokio::time::timeout(limit, run).await.unwrap_or_else(|_| {
            Err(Problem::timed_out(format!("The limit is {} s; ask for less.", limit.as_secs())))
        })
    }
}

/// Compares without telling by its time how much agrees.
fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differ, (x, y)| differ | (x ^ y)) == 0
}

//! Stories as they are kept: the document as it lies in the store, and what was made of it last.
//!
//! A document is parsed and laid out only when an answer needs it; its digest tells whether a client, or the
//! server itself, has made the same answer before.

use super::error::Problem;
use super::{App, caching};
use crate::layers::{self, Layers};
use crate::story::Story;
use crate::world::World;
use axum::http::HeaderValue;
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// Stories whose layers are kept: the tiles of one page are asked for in one go.
const LAID_OUT: usize = 8;

/// A story's document.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub document: String,
    digest: [u8; 32],
}

/// The document of this id.
pub(super) async fn find(app: &App, id: &str) -> Result<Kept, Problem> {
    let document = app.store().document(id).await?.ok_or_else(|| no_story(id))?;
    Ok(Kept { digest: Sha256::digest(&document).into(), document })
}

/// What is said of an id that no story has.
pub(super) fn no_story(id: &str) -> Problem {
    let shown: String = id.chars().take(40).collect();
    Problem::not_found(format!("There is no story {shown:?}; GET /api/v1/stories lists those there are."))
}

impl Kept {
    /// The story itself.
    pub(super) fn story(&self) -> Result<Story, Problem> {
        serde_json::from_str(&self.document).and_then(Story::from_json).map_err(Problem::internal)
    }

    /// The tag of an answer made from this story and these parts.
    pub(super) fn etag(&self, parts: &[&str]) -> HeaderValue {
        let digest: String = self.digest.iter().map(|byte| format!("{byte:02x}")).collect();
        caching::etag(&[parts, &[&digest]].concat())
    }
}

/// The layers of the stories that were drawn last.
#[derive(Debug, Default)]
pub(super) struct LaidOut(Mutex<VecDeque<([u8; 32], Arc<Layers>)>>);

impl LaidOut {
    /// The layers of a story, laid out now or before.
    pub(super) fn of(&self, kept: &Kept) -> Result<Arc<Layers>, Problem> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, layers)) = lock().iter().find(|(digest, _)| *digest == kept.digest) {
            return Ok(Arc::clone(layers));
        }
        let world = World::embedded().map_err(Problem::internal)?;
        let layers = Arc::new(layers::from_story(&kept.story()?, world));
        let mut kept_layers = lock();
        kept_layers.truncate(LAID_OUT - 1);
        kept_layers.push_front((kept.digest, Arc::clone(&layers)));
        Ok(layers)
    }
}

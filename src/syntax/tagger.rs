//! Word vectors → tags: one dense layer, the best score wins.

use crate::packed::{Packed, PackedError};

use super::Tag;
use super::kernels::Engine;
use super::model::{Matrix, damaged, label, strings};
use super::network::{Dense, WIDTH_PAIRS, best};
use super::whole::WholeRows;

/// Gives each word its tag.
#[derive(Debug)]
pub(super) struct Tagger {
    layer: Dense<WIDTH_PAIRS>,
    tags: Vec<Tag>,
}

impl Tagger {
    pub(super) fn open(packed: &Packed<'static>) -> Result<Self, PackedError> {
        let wrong = || damaged("the tagger has the wrong size");
        let weights = Matrix::open(packed, "tagger.weight")?.numbers();
        let biases = Matrix::open(packed, "tagger.bias")?.numbers();
        let tags = strings(packed, "tags")?.iter().map(|tag| label(tag)).collect::<Result<Vec<_>, _>>()?;
        let layer = Dense::new(&weights, &biases, |row| row).ok_or_else(wrong)?;
        if tags.len() != biases.len() {
            return Err(wrong());
        }
        Ok(Tagger { layer, tags })
    }

    /// A tag for each vector.
    pub(super) fn tags(&self, engine: Engine, vectors: &WholeRows<WIDTH_PAIRS>) -> Vec<Tag> {
        let mut scores = vec![0.0; vectors.len() * self.layer.outputs()];
        self.layer.run(engine, vectors, &mut scores);
        scores
            .chunks_exact(self.layer.outputs())
            .map(|scores| best(scores, 0..self.tags.len()).map_or(Tag::Xx, |index| self.tags[index]))
            .collect()
    }
}

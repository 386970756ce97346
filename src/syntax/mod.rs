//! The embedded parser: a paragraph of English in; tokens, tags, a dependency tree, lemmas and
//! named entities out.
//!
//! The model is spaCy's `en_core_web_sm` 3.8.0 (Explosion, MIT), run in plain Rust: hashed word
//! features, a small convolutional network, a softmax tagger, an arc-eager transition parser and a
//! BILUO transition recogniser of entities. The trees are those of spaCy, token for token; so are the
//! entities, but for a few in small letters away from names and numbers, about which it is not asked.

mod address;
mod affixes;
mod characters;
mod entities;
mod features;
mod kernels;
mod labels;
mod lemma;
mod model;
mod network;
mod parser;
mod scorer;
mod tagger;
mod tokenizer;
mod transition;
mod tree;
mod vectors;
mod whole;

pub use kernels::{Level, UnknownLevel};
pub use labels::{Dep, EntityKind, Tag, UnknownLabel};
pub use parser::Parser;
pub use tokenizer::TokenSpan;
pub use tree::{Token, Tree};

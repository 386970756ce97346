//! How right a reading is: scorers for movements and for toponyms.
//!
//! Gold annotation and predictions in; counts, rates and the single misses out. The rules are those
//! of the development sets' own scorers: ends by name or distance, one-to-one matching, folded
//! batches and optional movements neither right nor wrong.

mod actors;
mod causes;
mod ends;
mod gold;
mod movements;
mod prediction;
mod rates;
mod toponyms;

pub use actors::ActorScore;
pub use causes::{Causes, of_toponyms};
pub use gold::{Gold, documents};
pub use movements::{MovementScore, explained_movements, score_movements};
pub use prediction::Predicted;
pub use toponyms::{Toponym, ToponymScore, score_toponyms};

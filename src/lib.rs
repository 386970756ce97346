//! Dateline turns news reports into sourced maps.

pub mod packed;

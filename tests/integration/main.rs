//! Integration tests: one binary, one module a subject.

// A test that cannot go on stops, and what it prints is for the person who runs it.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod accuracy;
mod areas;
mod colours;
mod command_line;
mod gazetteer;
mod golden;
mod holds;
mod invariants;
mod lint;
mod movements;
mod names;
mod order;
mod outputs;
mod routes;
mod score;
mod seeds;
mod server;
mod shared;
mod store;
mod syntax;
mod tables;
mod toponyms;

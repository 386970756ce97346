//! The `dateline` program: parse, run, print the error chain, exit code.

use std::process::ExitCode;

/// Reading makes many small things that live briefly, on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    dateline::cli::run(std::env::args_os())
}

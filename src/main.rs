//! The `dateline` program: parse, run, print the error chain, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::run(std::env::args_os())
}

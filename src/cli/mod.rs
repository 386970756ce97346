//! The command line: clap commands, one file a command.
//!
//! Standard output is data, standard error is messages. Exit codes: 0 done, 1 failed, 2 usage,
//! 3 check found something, 4 over an input limit, 5 nothing found (only with --require-movement).
#![allow(clippy::print_stdout)]

mod check;
mod failure;
mod input;
mod jsonl;
mod licences;
mod map;
mod output;
mod place;
mod read;
mod route;
mod serve;
mod verify;

use clap::{Args, Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

use crate::syntax::Level;

/// News reports in, sourced maps out. No network, nothing invented, every arrow leads back to its words.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true, propagate_version = true)]
#[command(after_help = "Examples:
  dateline read report.txt                      what it says, as JSON
  dateline map report.txt other.md -o map.png   one map of both
  dateline serve report.txt                     the map in the browser
  dateline verify map.png                       is it still what was drawn?")]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options that every command takes.
#[derive(Debug, Args)]
struct Global {
    /// Print no messages, only data and errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Print errors as JSON, one object a line
    #[arg(long, global = true)]
    json_errors: bool,
    /// How many threads read and draw [default: all cores]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Which vectors the parser counts with: portable, avx2 or best. Results are the same, speed is not
    /// [default: best]
    #[arg(long, global = true, value_name = "LEVEL", hide_short_help = true)]
    vectors: Option<Level>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// What reports say: places, movements, claims
    Read(read::ReadArgs),
    /// Draw what reports say
    Map(Box<map::MapArgs>),
    /// What a graphics desk would send back of a map
    Check(check::CheckArgs),
    /// Look names up in the gazetteer
    Place(place::PlaceArgs),
    /// A path between two places
    Route(route::RouteArgs),
    /// The viewer and the HTTP interface
    Serve(serve::ServeArgs),
    /// Whether a picture still shows and says what was drawn
    Verify(verify::VerifyArgs),
    /// The licences and credits of the data and code inside
    Licences,
}

/// Runs the program with these arguments, the first being its name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed standard error is no reason to panic.
            let _ = error.print();
            return ExitCode::from(error.exit_code() as u8);
        }
    };
    if let Some(threads) = cli.global.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        pool.build_global().expect("the thread pool is set up once, here");
    }
    let quiet = cli.global.quiet;
    if let Some(level) = cli.global.vectors {
        crate::syntax::Parser::prefer(level);
    }
    let done = match cli.command {
        Command::Read(args) => read::run(&args, quiet),
        Command::Map(args) => map::run(&args, quiet),
        Command::Check(args) => check::run(&args),
        Command::Place(args) => place::run(&args),
        Command::Route(args) => route::run(&args),
        Command::Serve(args) => serve::run(&args, quiet),
        Command::Verify(args) => verify::run(&args),
        Command::Licences => licences::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) if failure.is_closed_output() => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print(cli.global.json_errors);
            failure.exit_code()
        }
    }
}

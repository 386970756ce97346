//! Failures of a command: what to print and which code to leave with.

use std::io::Write;
use std::process::ExitCode;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// Wrong arguments, found after parsing.
    Usage(String),
    /// What was checked does not hold.
    Found(String),
    /// An input over its limit.
    OverLimit(anyhow::Error),
    /// Nothing found, where that was asked to be a failure.
    NothingFound(String),
    /// Anything else.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure::Failed(error.into())
    }
}

impl Failure {
    fn code(&self) -> u8 {
        match self {
            Failure::Failed(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Found(_) => 3,
            Failure::OverLimit(_) => 4,
            Failure::NothingFound(_) => 5,
        }
    }

    fn message(&self) -> String {
        match self {
            Failure::Usage(message) | Failure::Found(message) | Failure::NothingFound(message) => {
                message.clone()
            }
            Failure::OverLimit(error) | Failure::Failed(error) => format!("{error:#}"),
        }
    }

    /// The code to leave with.
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.code())
    }

    /// Whether the reader of our output went away (`dateline read … | head`): no failure of ours.
    pub(super) fn is_closed_output(&self) -> bool {
        matches!(self, Failure::Failed(error)
            if error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
    }

    /// Prints the error chain on standard error.
    pub(super) fn print(&self, as_json: bool) {
        let message = self.message();
        let line = if as_json {
            serde_json::json!({ "error": { "code": self.code(), "message": message } }).to_string()
        } else {
            format!("dateline: {message}")
        };
        // Where nobody reads the message, the exit code still tells.
        let _ = writeln!(std::io::stderr(), "{line}");
    }
}

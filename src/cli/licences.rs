//! `dateline licences`: what is inside and whom to credit.

use super::failure::Failure;
use super::output;

/// Prints NOTICE.md.
pub(super) fn run() -> Result<(), Failure> {
    output::write(None, include_bytes!("../../NOTICE.md"))
}

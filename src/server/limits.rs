//! Limits: what one request may ask for. Stated in error bodies, each a setting.

use super::error::Problem;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What one request may ask for.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Bytes of one report.
    pub report_bytes: usize,
    /// Reports of one story.
    pub reports: usize,
    /// Time for one request, drawing included.
    pub request: Duration,
    /// Stories made or deleted in a minute.
    pub writes_a_minute: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            report_bytes: crate::report::LIMIT_BYTES,
            reports: 20,
            request: Duration::from_secs(30),
            writes_a_minute: 60,
        }
    }
}

impl Limits {
    /// The largest body: all reports at their limit, and room for JSON's escapes around them.
    pub fn body_bytes(&self) -> usize {
        (self.report_bytes + 64 * 1024) * self.reports
    }
}

/// Counts writes over the last minute.
#[derive(Debug, Clone, Default)]
pub struct WriteRate {
    recent: Arc<Mutex<VecDeque<Instant>>>,
}

impl WriteRate {
    /// Counts one more write, or refuses it.
    ///
    /// # Errors
    /// `rate-limited`, with the seconds to wait.
    pub fn admit(&self, limits: &Limits) -> Result<(), Problem> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        while recent.front().is_some_and(|&at| now - at > Duration::from_secs(60)) {
            recent.pop_front();
        }
        if recent.len() >= limits.writes_a_minute {
            let wait = recent.front().map_or(60, |&at| 60 - (now - at).as_secs().min(59));
            return Err(Problem::rate_limited(limits.writes_a_minute, wait));
        }
        recent.push_back(now);
        Ok(())
    }
}

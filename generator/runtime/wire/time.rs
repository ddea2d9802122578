//! How long a call may take.

use std::time::{Duration, Instant};

use crate::runtime::wire::failure::{Failure, Phase};

/// When the time of a call is over, and how long the server may be silent within a body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time {
    end: Option<Instant>,
    silence: Option<Duration>,
}

impl Time {
    /// From now on; one that is too long for a clock is none.
    pub(crate) fn new(limit: Option<Duration>, silence: Option<Duration>) -> Self {
        Self {
            end: limit.and_then(|limit| Instant::now().checked_add(limit)),
            silence,
        }
    }

    /// The same without an end.
    pub(crate) fn endless(self) -> Self {
        Self { end: None, ..self }
    }

    /// How much is left; `None` where it has no end.
    pub(crate) fn left(self) -> Option<Duration> {
        let end = self.end?;
        Some(end.saturating_duration_since(Instant::now()))
    }

    /// When a silence from now on is too long, or the time is over.
    pub(crate) fn next_end(self) -> Option<Instant> {
        let silence = self
            .silence
            .and_then(|silence| Instant::now().checked_add(silence));
        match (self.end, silence) {
            (Some(end), Some(silence)) => Some(end.min(silence)),
            (end, silence) => end.or(silence),
        }
    }

    /// Waits for `future` until the time is over.
    pub(crate) async fn limit<T>(
        self,
        phase: Phase,
        future: impl Future<Output = T>,
    ) -> Result<T, Failure> {
        within(self.end, phase, future).await
    }

    /// Waits for the next piece of a body.
    pub(crate) async fn limit_silence<T>(
        self,
        future: impl Future<Output = T>,
    ) -> Result<T, Failure> {
        within(self.next_end(), Phase::Body, future).await
    }

    /// Whether there is time for a pause and something after it.
    pub(crate) fn has(self, pause: Duration) -> bool {
        self.left().is_none_or(|left| left > pause)
    }
}

async fn within<T>(
    end: Option<Instant>,
    phase: Phase,
    future: impl Future<Output = T>,
) -> Result<T, Failure> {
    match end {
        Some(end) => tokio::time::timeout_at(end.into(), future)
            .await
            .map_err(|_| Failure::timed_out(phase)),
        None => Ok(future.await),
    }
}

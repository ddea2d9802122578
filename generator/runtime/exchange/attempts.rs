//! When a call is sent again.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use crate::runtime::receive::raw::RawResponse;
use crate::runtime::send::options::Retry;
use crate::runtime::wire::failure::{Failure, Phase};

impl Retry {
    /// Whether there may be another attempt.
    pub(crate) fn allows(&self, attempt: u32) -> bool {
        attempt < self.attempts
    }

    /// Whether a call may be sent again that the server may have seen.
    pub(crate) fn is_safe(&self, method: &Method, headers: &HeaderMap) -> bool {
        let is_idempotent = method.is_idempotent() || method.as_str() == "QUERY";
        is_idempotent || self.any_method || headers.contains_key(KEY)
    }

    fn is_for(&self, status: StatusCode) -> bool {
        match self.statuses {
            [] => is_temporary(status),
            statuses => statuses.contains(&status.as_u16()),
        }
    }

    /// How long to wait before the next attempt; `None` where there is none.
    pub(crate) fn after(
        &self,
        result: Result<&RawResponse, &Failure>,
        is_safe: bool,
        attempt: u32,
    ) -> Option<Duration> {
        let of_server = match result {
            Ok(response) if is_safe && self.is_for(response.status) => {
                let asked = response.retry_after();
                if asked.is_some_and(|asked| asked > LONGEST_ASKED) {
                    return None;
                }
                asked
            }
            // The server has closed a connection that was not in use: the next one is another.
            Err(Failure::Transport(error)) if attempt == 1 && error.phase() == Phase::Send => {
                return is_safe.then_some(Duration::ZERO);
            }
            Err(failure) => match failure.phase()? {
                Phase::Connect => None,
                Phase::Send | Phase::Body if is_safe => None,
                Phase::Send | Phase::Body | Phase::Token => return None,
            },
            Ok(_) => return None,
        };
        let doubled = self.first.saturating_mul(2_u32.saturating_pow(attempt - 1));
        let longest = self.longest.min(doubled);
        Some(of_server.unwrap_or_else(|| longest.mul_f64(chance())))
    }
}

/// The header by which a server knows what it has seen.
pub(crate) const KEY: &str = "idempotency-key";

/// The longest time that a server may ask to wait for.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// Whether it may be another one the next time.
pub(crate) fn is_temporary(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 502 | 503 | 504)
}

/// A number from zero to one, by chance.
fn chance() -> f64 {
    let random = u32::try_from(RandomState::new().build_hasher().finish() >> 32);
    f64::from(random.unwrap_or_default()) / f64::from(u32::MAX)
}

/// What the calls of a client may spend on attempts: each takes some, and a success gives some back.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 500;
    const ATTEMPT: u32 = 5;

    /// Takes what an attempt costs, where it is there.
    pub(crate) fn take(&self) -> bool {
        let taken = |left: u32| left.checked_sub(Self::ATTEMPT);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken)
            .is_ok()
    }

    /// Gives some back.
    pub(crate) fn give(&self) {
        let given = |left: u32| (left < Self::FULL).then_some(left + 1);
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, given);
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }
}

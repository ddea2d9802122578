//! What callers decide for all calls of a client or for one.

use std::time::Duration;

/// What is not decided has a default.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Options {
    /// How long a call may take.
    pub(crate) timeout: Option<Duration>,
    /// How long the server may be silent within a body.
    pub(crate) read_timeout: Option<Duration>,
    /// How many bytes a body may have that is read whole.
    pub(crate) body_limit: Option<usize>,
    pub(crate) retry: Option<Retry>,
}

/// When a call is sent again, and after which time.
///
/// The default is [`standard`](Self::standard); the builder of a client takes another one, and so does each
/// call. The time limit of a call holds for all attempts together. A body that is a stream is sent once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How often a call is sent at most.
    pub(crate) attempts: u32,
    /// How long to wait before the second attempt.
    pub(crate) first: Duration,
    /// How long to wait at most.
    pub(crate) longest: Duration,
    /// Whether calls are sent again that the server may have seen, whatever their methods.
    pub(crate) any_method: bool,
    /// For which statuses, where they are not the usual ones.
    pub(crate) statuses: &'static [u16],
}

impl Retry {
    /// Sends a call up to three times, if that is safe.
    ///
    /// Safe is a call whose method is idempotent (RFC 9110, section 9.2.2) or that has the header
    /// `Idempotency-Key`, and any call that was not sent: no connection could be made. It is sent again when
    /// the connection fails, and for the statuses 408, 429, 502, 503 and 504; after half a second, then
    /// twice as long with each attempt, eight seconds at most, each time shortened by chance, or after the time that the server
    /// asks for (`Retry-After`), unless that is more than a minute. Clients stop trying again for a while
    /// when most of their calls fail.
    pub const fn standard() -> Self {
        Self {
            attempts: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(8),
            any_method: false,
            statuses: &[],
        }
    }

    /// Sends each call once.
    pub const fn never() -> Self {
        Self {
            attempts: 1,
            ..Self::standard()
        }
    }

    /// Sets how often a call is sent at most.
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the time before the second attempt, and the longest before any other.
    #[must_use]
    pub const fn delay(mut self, first: Duration, longest: Duration) -> Self {
        self.first = first;
        self.longest = longest;
        self
    }

    /// What the document says: calls of all methods, after so many milliseconds, for these statuses.
    pub(crate) const fn of_document(first: u64, longest: u64, statuses: &'static [u16]) -> Self {
        Self::standard()
            .any_method()
            .delay(Duration::from_millis(first), Duration::from_millis(longest))
            .statuses(statuses)
    }

    /// Sets the statuses for which a call is sent again, in place of 408, 429, 502, 503 and 504.
    #[must_use]
    pub const fn statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// Sends calls of all methods again: the server has to know what it has seen.
    #[must_use]
    pub const fn any_method(mut self) -> Self {
        self.any_method = true;
        self
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::standard()
    }
}

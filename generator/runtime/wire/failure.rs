//! What can go wrong on the way to the server and back.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use crate::runtime::send::body::Cause;
use crate::runtime::send::invalid::InvalidRequest;

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// An access token was being fetched; nothing was sent.
    Token,
    /// The connection was being made; nothing was sent.
    Connect,
    /// The request was being sent, or the response's head was awaited.
    Send,
    /// The response's body was being read.
    Body,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token => "while fetching an access token",
            Self::Connect => "while connecting",
            Self::Send => "while sending the request",
            Self::Body => "while reading the response",
        })
    }
}

/// A connection that could not be made, or was lost.
#[derive(Debug)]
pub struct TransportError(Lost);

/// A connection or a call that took longer than its time limit.
#[derive(Debug)]
pub struct TimeoutError(Lost);

/// What both are.
#[derive(Debug)]
struct Lost {
    phase: Phase,
    status: Option<StatusCode>,
    attempts: u32,
    is_timeout: bool,
    source: Option<Cause>,
}

impl TransportError {
    /// Creates an error, for what sends requests.
    pub fn new(phase: Phase, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(Lost {
            phase,
            status: None,
            attempts: 1,
            is_timeout: false,
            source: Some(source.into()),
        })
    }

    /// The same because a time limit was exceeded.
    #[must_use]
    pub fn timed_out(mut self) -> Self {
        self.0.is_timeout = true;
        self
    }

    /// Returns how far the request had come.
    pub fn phase(&self) -> Phase {
        self.0.phase
    }

    /// Returns the status, if the response had begun.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns how often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connection failed {}", self.0.phase)?;
        let mut cause = self.source();
        while let Some(deeper) = cause.and_then(StdError::source) {
            cause = Some(deeper);
        }
        cause.map_or(Ok(()), |cause| write!(f, ": {cause}"))
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl TimeoutError {
    /// Returns how far the request had come.
    pub fn phase(&self) -> Phase {
        self.0.phase
    }

    /// Returns the status, if the response had begun.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Returns how often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "timed out {}", self.0.phase)
    }
}

impl StdError for TimeoutError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}

impl Lost {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}

/// An access token that could not be had: the token endpoint or the provider refused it.
///
/// What the endpoint says is not repeated, but for the code of its error (RFC 6749, section 5.2): it may
/// repeat a credential.
#[derive(Debug, Clone)]
pub struct TokenError(String);

impl TokenError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no access token: {}", self.0)
    }
}

impl StdError for TokenError {}

/// What stopped a call before the document had a say.
#[derive(Debug)]
pub(crate) enum Failure {
    Transport(TransportError),
    Timeout(TimeoutError),
    Token(TokenError),
    InvalidRequest(InvalidRequest),
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        if error.0.is_timeout {
            Self::Timeout(TimeoutError(error.0))
        } else {
            Self::Transport(error)
        }
    }
}

impl Failure {
    /// The time is over.
    pub(crate) fn timed_out(phase: Phase) -> Self {
        Self::Timeout(TimeoutError(Lost {
            phase,
            status: None,
            attempts: 1,
            is_timeout: true,
            source: None,
        }))
    }

    /// The response's body broke off.
    pub(crate) fn of_body(cause: Cause) -> Self {
        match cause.downcast::<TransportError>() {
            Ok(error) => (*error).into(),
            Err(cause) => TransportError::new(Phase::Body, cause).into(),
        }
    }

    /// How far the request had come; `None` where it could not be built.
    pub(crate) fn phase(&self) -> Option<Phase> {
        self.lost().map(|lost| lost.phase)
    }

    /// The same of a response with this status.
    pub(crate) fn of(mut self, status: StatusCode) -> Self {
        if let Some(lost) = self.lost_mut() {
            lost.status = Some(status);
        }
        self
    }

    /// The same after so many attempts.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        if let Some(lost) = self.lost_mut() {
            lost.attempts = attempts;
        }
        self
    }

    fn lost_mut(&mut self) -> Option<&mut Lost> {
        match self {
            Self::Transport(TransportError(lost)) | Self::Timeout(TimeoutError(lost)) => Some(lost),
            Self::Token(_) | Self::InvalidRequest(_) => None,
        }
    }

    fn lost(&self) -> Option<&Lost> {
        match self {
            Self::Transport(TransportError(lost)) | Self::Timeout(TimeoutError(lost)) => Some(lost),
            Self::Token(_) | Self::InvalidRequest(_) => None,
        }
    }
}

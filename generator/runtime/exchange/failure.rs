//! What can go wrong on the way to the server and back.

use std::error::Error as StdError;
use std::fmt;

use reqwest::StatusCode;

use crate::runtime::send::invalid::InvalidRequest;

/// How far a request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
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
            Self::Connect => "while connecting",
            Self::Send => "while sending the request",
            Self::Body => "while reading the response",
        })
    }
}

/// A connection that could not be made, or was lost.
#[derive(Debug)]
pub struct TransportError {
    phase: Phase,
    status: Option<StatusCode>,
    source: reqwest::Error,
}

impl TransportError {
    /// Returns how far the request had come.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Returns the status, if the response had begun.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cause: &dyn StdError = &self.source;
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        write!(f, "connection failed {}: {cause}", self.phase)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

/// A connection or a call that took longer than its time limit.
#[derive(Debug)]
pub struct TimeoutError {
    phase: Phase,
    status: Option<StatusCode>,
    source: reqwest::Error,
}

impl TimeoutError {
    /// Returns how far the request had come.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Returns the status, if the response had begun.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "timed out {}", self.phase)
    }
}

impl StdError for TimeoutError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.source)
    }
}

impl Failure {
    /// Sorts an error of the HTTP client. The URL is taken out of it: a query may hold a secret.
    pub(crate) fn new(source: reqwest::Error, status: Option<StatusCode>) -> Self {
        let source = source.without_url();
        let phase = match status {
            Some(_) => Phase::Body,
            None if source.is_connect() => Phase::Connect,
            None => Phase::Send,
        };
        if source.is_timeout() {
            Self::Timeout(TimeoutError {
                phase,
                status,
                source,
            })
        } else {
            Self::Transport(TransportError {
                phase,
                status,
                source,
            })
        }
    }
}

/// What stopped a call before the document had a say.
#[derive(Debug)]
pub(crate) enum Failure {
    Transport(TransportError),
    Timeout(TimeoutError),
    InvalidRequest(InvalidRequest),
}

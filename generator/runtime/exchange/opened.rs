//! Responses that have begun to arrive.

use bytes::Bytes;
use http::Response;

use crate::runtime::receive::body;
use crate::runtime::receive::raw::RawResponse;
use crate::runtime::send::body::Body;
use crate::runtime::wire::failure::Failure;
use crate::runtime::wire::time::Time;

/// How much is read of a body whole, where the caller does not say.
const BODY_LIMIT: usize = 16 * 1024 * 1024;
/// How much is read of the body of an error.
const ERROR_LIMIT: usize = 1024 * 1024;

/// A response whose status and headers have arrived.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The response; without its body where that is still to be read.
    pub(crate) response: RawResponse,
    /// The body, where it is still to be read.
    pub(crate) body: Option<Body>,
    /// What is left of the time.
    pub(crate) time: Time,
    /// Whether a stream may last longer.
    pub(crate) is_endless: bool,
    /// How much of a body is read whole.
    pub(crate) limit: usize,
}

impl Opened {
    pub(crate) fn new(
        operation: &'static str,
        response: Response<Body>,
        limit: Option<usize>,
    ) -> Self {
        let (head, body) = response.into_parts();
        Self {
            response: RawResponse {
                operation,
                status: head.status,
                headers: head.headers,
                body: Bytes::new(),
                is_whole: true,
                attempts: 1,
            },
            body: Some(body),
            time: Time::new(None, None),
            is_endless: false,
            limit: limit.unwrap_or(BODY_LIMIT),
        }
    }

    /// Reads the body to its end, or to the limit.
    pub(crate) async fn whole(&mut self) -> Result<(), Failure> {
        if let Some(body) = self.body.take() {
            let status = self.response.status;
            let limit = if status.is_success() {
                self.limit
            } else {
                self.limit.min(ERROR_LIMIT)
            };
            let read = body::read(body, limit, self.time).await;
            let (body, is_whole) = read.map_err(|failure| failure.of(status))?;
            self.response.body = body;
            self.response.is_whole = is_whole;
        }
        Ok(())
    }

    /// What a call ends with that was sent so many times.
    pub(crate) fn after(result: Result<Self, Failure>, attempts: u32) -> Result<Self, Failure> {
        match result {
            Ok(mut opened) => {
                opened.response.attempts = attempts;
                Ok(opened)
            }
            Err(failure) => Err(failure.after(attempts)),
        }
    }
}

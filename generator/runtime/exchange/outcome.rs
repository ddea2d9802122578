//! What the document says about a response.

use crate::runtime::exchange::error::Error;
use crate::runtime::receive::error::{ApiError, DecodeError, UnexpectedStatus};
use crate::runtime::receive::raw::{RawResponse, Undecodable};
use crate::runtime::receive::response::Response;

/// What the document says about a response: `T` a success, `E` an error.
#[derive(Debug)]
pub(crate) enum Outcome<T, E> {
    /// A documented success.
    Success(T),
    /// A documented error.
    Error(E),
    /// A documented status whose body is not what the document promises.
    Undecodable(Undecodable),
    /// A status that the document does not mention.
    Undocumented,
}

impl<T, E> Outcome<T, E> {
    /// A success with a body.
    pub(crate) fn success<B>(body: Result<B, Undecodable>, wrap: fn(B) -> T) -> Self {
        body.map_or_else(Self::Undecodable, |body| Self::Success(wrap(body)))
    }

    /// An error that is its body.
    pub(crate) fn failure(body: Result<E, Undecodable>) -> Self {
        body.map_or_else(Self::Undecodable, Self::Error)
    }

    /// An error with a body.
    pub(crate) fn error<B>(body: Result<B, Undecodable>, wrap: fn(B) -> E) -> Self {
        body.map_or_else(Self::Undecodable, |body| Self::Error(wrap(body)))
    }

    /// What the caller of the operation gets.
    pub(crate) fn into_result(self, response: RawResponse) -> Result<Response<T>, Error<E>> {
        match self {
            Self::Success(value) => Ok(Response::new(value, response.status, response.headers)),
            Self::Error(kind) => Err(Error::Api(Box::new(ApiError::new(kind, response)))),
            Self::Undecodable(why) => Err(Error::Decode(DecodeError::new(why, response))),
            Self::Undocumented => Err(Error::UnexpectedStatus(UnexpectedStatus::new(response))),
        }
    }
}

/// A success that is its body.
impl<T, E> From<Result<T, Undecodable>> for Outcome<T, E> {
    fn from(body: Result<T, Undecodable>) -> Self {
        body.map_or_else(Self::Undecodable, Self::Success)
    }
}

//! What every generated client is built on: requests, responses, errors, credentials, and the
//! reading and writing of JSON objects and enums.

pub(crate) mod auth;
pub(crate) mod encode;
pub(crate) mod exchange;
pub(crate) mod json;
pub(crate) mod read;
pub(crate) mod receive;
pub(crate) mod send;
pub(crate) mod wire;
pub(crate) mod xml;

pub use auth::grant::{AccessToken, Grant};
pub use auth::oauth::Token;
pub use auth::secret::Secret;
pub use exchange::call::Call;
pub use exchange::error::{BuildError, Error};
pub use json::base64::Base64;
pub use json::date_time::DateTime;
pub use json::nullable::Nullable;
pub use json::open_tuple::OpenTuple;
pub use read::error::{ItemError, StreamError};
pub use read::events::Event;
pub use read::pages::Items;
pub use read::stream::ResponseStream;
pub use read::stream_call::StreamCall;
pub use receive::error::{ApiError, DecodeError, UnexpectedStatus};
pub use receive::raw::RawResponse;
pub use receive::response::Response;
pub use send::body::Body;
pub use send::invalid::InvalidRequest;
pub use send::multipart::Part;
pub use send::options::Retry;
pub use wire::failure::{Phase, TimeoutError, TokenError, TransportError};
pub use wire::middleware::{Handling, Middleware, Next};
pub use wire::transport::{Sending, Transport};

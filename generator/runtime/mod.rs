//! What every generated client is built on: requests, answers, errors, credentials, and the
//! reading and writing of JSON objects and enums.

pub(crate) mod call;
pub(crate) mod client;
pub(crate) mod error;
pub(crate) mod events;
pub(crate) mod form;
pub(crate) mod header;
pub(crate) mod json_path;
pub(crate) mod member;
pub(crate) mod message;
pub(crate) mod multipart;
pub(crate) mod nullable;
pub(crate) mod oauth;
pub(crate) mod object;
pub(crate) mod open_enum;
pub(crate) mod pages;
pub(crate) mod parameter;
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod secret;
pub(crate) mod security;
pub(crate) mod setters;
pub(crate) mod slot;
pub(crate) mod stream;
pub(crate) mod tokens;
pub(crate) mod transport;
pub(crate) mod tree;
pub(crate) mod union;
pub(crate) mod xml;
pub(crate) mod xml_reader;

pub use call::Call;
pub use error::{ApiError, BuildError, DecodeError, Error, InvalidRequest, UnexpectedStatus};
pub use events::Event;
pub use multipart::Part;
pub use nullable::Nullable;
pub use oauth::{AccessToken, Grant, Token};
pub use pages::Items;
pub use response::{RawResponse, Response};
pub use secret::Secret;
pub use stream::{Pieces, StreamCall, StreamError};
pub use transport::{Phase, TimeoutError, TransportError};

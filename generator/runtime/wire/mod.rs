//! The way to the server and back.

pub(crate) mod connecting;
pub(crate) mod failure;
pub(crate) mod middleware;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
#[cfg(feature = "tracing")]
pub(crate) mod span;
pub(crate) mod time;
#[cfg(feature = "rustls-ring")]
pub(crate) mod tls;
pub(crate) mod transport;

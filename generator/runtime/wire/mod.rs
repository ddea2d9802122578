//! The way to the server and back.

pub(crate) mod failure;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
pub(crate) mod time;
#[cfg(feature = "rustls")]
pub(crate) mod tls;
pub(crate) mod transport;

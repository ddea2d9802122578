//! The way to the server and back.

pub(crate) mod failure;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest;
pub(crate) mod time;
pub(crate) mod transport;

//! Calls, from the client to the outcome.

pub(crate) mod attempts;
#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod builder;
pub(crate) mod call;
pub(crate) mod core;
pub(crate) mod error;
#[cfg(feature = "mock")]
pub(crate) mod mock;
pub(crate) mod opened;
pub(crate) mod outcome;
pub(crate) mod setters;

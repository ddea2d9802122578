//! Calls, from the client to the outcome.

pub(crate) mod builder;
pub(crate) mod call;
pub(crate) mod core;
pub(crate) mod error;
pub(crate) mod failure;
pub(crate) mod outcome;
pub(crate) mod setters;
pub(crate) mod transport;

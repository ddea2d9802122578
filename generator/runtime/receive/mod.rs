//! Responses.

pub(crate) mod body;
pub(crate) mod error;
pub(crate) mod header;
pub(crate) mod raw;
pub(crate) mod response;

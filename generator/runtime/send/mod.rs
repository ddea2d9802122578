//! Requests.

pub(crate) mod form;
pub(crate) mod invalid;
pub(crate) mod multipart;
pub(crate) mod request;

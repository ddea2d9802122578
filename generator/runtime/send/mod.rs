//! Requests.

pub(crate) mod draft;
pub(crate) mod form;
pub(crate) mod invalid;
pub(crate) mod multipart;
pub(crate) mod request;

//! Requests.

pub(crate) mod body;
pub(crate) mod draft;
#[cfg(feature = "stream")]
pub(crate) mod file;
pub(crate) mod form;
pub(crate) mod invalid;
pub(crate) mod multipart;
pub(crate) mod options;
#[cfg(feature = "mock")]
pub(crate) mod recorded;
pub(crate) mod request;

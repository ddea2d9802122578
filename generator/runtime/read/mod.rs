//! Responses that are read item by item, and page by page.

pub(crate) mod error;
pub(crate) mod events;
pub(crate) mod pages;
pub(crate) mod reader;
pub(crate) mod stream;
pub(crate) mod stream_call;

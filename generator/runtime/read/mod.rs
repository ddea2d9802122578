//! Responses that are read item by item, and page by page.

pub(crate) mod error;
pub(crate) mod events;
#[cfg(feature = "mock")]
pub(crate) mod mock_pages;
pub(crate) mod pages;
pub(crate) mod reader;
pub(crate) mod stream;
pub(crate) mod stream_call;

//! Responses that are read item by item, and page by page.

pub(crate) mod events;
pub(crate) mod pages;
pub(crate) mod stream;

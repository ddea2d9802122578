//! Values in XML.

pub(crate) mod body;
pub(crate) mod element;
pub(crate) mod reader;
pub(crate) mod writer;

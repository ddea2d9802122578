//! Values as text of URLs and headers.

pub(crate) mod parameter;
pub(crate) mod tree;

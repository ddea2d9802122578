//! Operations that respond page by page.

use crate::api::{Api, Operation, Pagination};
use crate::plan::names::Names;
use crate::plan::types::{RustType, rust_type};

/// How the items of all pages are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// The type of an item.
    pub item: RustType,
    /// How one page leads to the next.
    pub pagination: Pagination,
}

pub(super) fn pages(api: &Api, names: &Names, operation: &Operation) -> Option<Pages> {
    let pagination = operation.pagination.clone()?;
    Some(Pages {
        item: rust_type(api, names, pagination.item),
        pagination,
    })
}

//! Operations that respond page by page.

use serde::Deserialize;

use super::TypeId;

/// How the responses of an operation go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// The names of the properties that lead to the items; none where the response is the array.
    pub items: Vec<String>,
    /// The type of an item.
    pub item: TypeId,
    /// How the next page is asked for.
    pub next: Next,
    /// The names of the properties that lead to whether there is more.
    pub more: Option<Vec<String>>,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// By the address in the header `Link` with `rel="next"`.
    Link,
    /// By the address in this property.
    Url(Vec<String>),
    /// By the text in a property, sent in a parameter of the query.
    Cursor {
        /// The parameter.
        parameter: String,
        /// The names that lead to the property.
        from: Vec<String>,
    },
    /// By a property of the last item.
    Last {
        /// The parameter.
        parameter: String,
        /// The property.
        property: String,
    },
    /// By the number of items so far.
    Offset {
        /// The parameter.
        parameter: String,
    },
    /// By the number of the page.
    Page {
        /// The parameter.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
}

/// What is said or shown about how an operation responds page by page, before it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaginationHint {
    /// How the next page is asked for.
    pub style: PaginationStyle,
    /// The parameter of the query that asks for it.
    pub parameter: Option<String>,
    /// Where the response says how it goes on: names of properties with points between them.
    pub from: Option<String>,
    /// Where the response has its items, likewise.
    pub items: Option<String>,
    /// Where the response says whether there is more, likewise.
    pub more: Option<String>,
    /// The number of the first page.
    #[serde(default = "one")]
    pub first: u64,
}

fn one() -> u64 {
    1
}

impl PaginationHint {
    /// A style of which nothing else is known.
    pub fn new(style: PaginationStyle) -> Self {
        Self {
            style,
            parameter: None,
            from: None,
            items: None,
            more: None,
            first: one(),
        }
    }
}

/// How the next page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaginationStyle {
    /// There is none.
    None,
    /// By the header `Link`.
    Link,
    /// By an address in the response.
    Url,
    /// By a text in the response.
    Cursor,
    /// By a property of the last item; `from` is its name, `id` where none is given.
    Last,
    /// By the number of items so far.
    Offset,
    /// By the number of the page.
    Page,
}

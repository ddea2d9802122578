//! What the document says about responses.

use super::pattern::Pattern;
use crate::api::Response;
use crate::plan::names::Ident;
use crate::plan::types::RustType;
use crate::plan::words::{self, Row, Text};

/// What the document says about a response.
#[derive(Debug, Clone, PartialEq)]
pub struct Documented {
    /// Which status it has.
    pub pattern: Pattern,
    /// Whether it is an error.
    pub is_error: bool,
    /// The variant that it is, where successes or errors are an enum.
    pub variant: Option<Ident>,
    /// The type of its body.
    pub body: Option<RustType>,
    /// The media type of its body.
    pub content_type: Option<String>,
    /// What it means.
    pub about: Text,
    /// Its headers.
    pub headers: Vec<Row>,
}

/// The headers of a response.
pub(super) fn headers(response: &Response) -> Vec<Row> {
    let headers = response.headers.iter().map(|header| Row {
        subject: Text::code(&header.name),
        docs: words::docs(&header.docs, Text::default()),
    });
    headers.collect()
}

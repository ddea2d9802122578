//! What the document says about responses and contents.

use super::Context;
use super::pattern::Pattern;
use serde_json::Value;

use crate::api::{Media, Origin, Response};
use crate::plan::names::Ident;
use crate::plan::types::RustType;
use crate::plan::words::{self, Row, Text};
use crate::text::visible;

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
    /// What its body is.
    pub content: Option<Content>,
    /// What it means.
    pub about: Text,
    /// Its headers.
    pub headers: Vec<Row>,
}

/// A body, as the document describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Where the document describes it.
    pub origin: Origin,
    /// The media type.
    pub media_type: String,
    /// Whether the example is a text, and not JSON.
    pub is_text: bool,
    /// The document's example, where examples are shown.
    pub example: Option<String>,
}

impl Content {
    /// What the document says about a body.
    pub(super) fn of(media: &Media, context: Context<'_>) -> Self {
        let types = &context.api.types;
        let of_type = || types[types.resolve(media.ty?).0].docs.example.as_ref();
        let example = media.example.as_ref().or_else(of_type);
        let example = example.filter(|_| context.shows_examples);
        let text = example.and_then(Value::as_str).map(str::to_owned);
        Self {
            origin: media.origin.clone(),
            media_type: media.media_type.text.clone(),
            is_text: text.is_some(),
            example: text
                .or_else(|| Some(format!("{:#}", example?)))
                .map(|text| visible(&text)),
        }
    }
}

/// The headers of a response.
pub(super) fn headers(response: &Response) -> Vec<Row> {
    let headers = response.headers.iter().map(|header| Row {
        subject: Text::code(&header.name),
        docs: words::docs(&header.docs, Text::default()),
    });
    headers.collect()
}

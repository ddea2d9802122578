//! Content types: what they mean, and which of a response are read as what.

use super::ident::Ident;
use super::names::Names;
use super::stream;
use super::types::{RustType, behind, rust_type};
use crate::api::{self, Api, Media, Shape, TypeId};

/// How a body is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoder {
    /// It is not.
    Nothing,
    /// As JSON.
    Json,
    /// As XML, with the element that this static describes.
    Xml(Ident),
    /// As text.
    Text,
    /// As it is.
    Bytes,
}

/// A content type of a response, and what it is read as.
pub(super) struct Reading<'a> {
    /// The content type.
    pub content_type: &'a str,
    /// The type of what is read.
    pub body: RustType,
    /// How it is read.
    pub decoder: Decoder,
    /// When it is compared with that of an answer: the narrower, the earlier. The last one stands
    /// for everything that is none of the others.
    pub rank: u8,
}

/// The content types of a response that mean different things, the preferred one first. The same
/// value in another spelling is not asked for; events and lines are read by a method of their own.
pub(super) fn readings<'a>(api: &Api, names: &Names, content: &'a [Media]) -> Vec<Reading<'a>> {
    let preferred = preferred(api, content);
    let further = content.iter().filter(|media| {
        let is_other = |first: &Media| *first != **media && !is_same(api, first.ty, media.ty);
        preferred.is_some_and(is_other) && !stream::is_in_pieces(media)
    });
    let has_ranges = content.iter().any(|media| is_range(&media.content_type));
    let mut readings: Vec<Reading<'a>> = Vec::new();
    for (index, media) in preferred.into_iter().chain(further).enumerate() {
        let (body, decoder) = body(api, names, media);
        let is_known = |known: &Reading<'_>| known.body == body && known.decoder == decoder;
        if readings.iter().any(is_known) {
            continue;
        }
        readings.push(Reading {
            content_type: &media.content_type,
            body,
            decoder,
            rank: match media.content_type.as_str() {
                "*/*" => 3,
                range if is_range(range) => 2,
                _ if index == 0 && !has_ranges => 1,
                _ => 0,
            },
        });
    }
    readings
}

/// Whether two contents have one type, which both of them declare.
fn is_same(api: &Api, one: Option<TypeId>, other: Option<TypeId>) -> bool {
    let types = one.zip(other);
    types.is_some_and(|(one, other)| behind(api, one) == behind(api, other))
}

fn body(api: &Api, names: &Names, media: &Media) -> (RustType, Decoder) {
    let ty = media.ty.map(|id| rust_type(api, names, id));
    if is_json(api, media) {
        (ty.unwrap_or(RustType::Json), Decoder::Json)
    } else if let (Some(element), Some(ty)) = (names.xml().root(media), ty) {
        (ty, Decoder::Xml(element.clone()))
    } else if is_text(api, media) {
        (RustType::String, Decoder::Text)
    } else {
        (RustType::Bytes, Decoder::Bytes)
    }
}

/// JSON where it is offered, else the first content type that can be read as a whole.
fn preferred<'a>(api: &Api, content: &'a [Media]) -> Option<&'a Media> {
    let json = content.iter().filter(|media| is_json(api, media));
    let json = json.min_by_key(|media| is_range(&media.content_type));
    let whole = content.iter().find(|media| !stream::is_in_pieces(media));
    json.or(whole).or(content.first())
}

/// JSON and the types built on it. What can have any content type is taken
/// for JSON, too, unless it is a string.
pub(super) fn is_json(api: &Api, media: &Media) -> bool {
    match essence(media).as_str() {
        "*/*" => string(api, media).is_none(),
        essence => api::is_json(essence),
    }
}

/// Text, or a string that can have any content type.
pub(super) fn is_text(api: &Api, media: &Media) -> bool {
    match essence(media).as_str() {
        "*/*" => string(api, media).is_some_and(|format| format != "binary"),
        essence => essence.starts_with("text/"),
    }
}

/// The format of a content that is a string.
fn string<'a>(api: &'a Api, media: &Media) -> Option<&'a str> {
    let id = media.ty?;
    let Shape::String(format) = &api.types[behind(api, id).0].shape else {
        return None;
    };
    Some(&format.0)
}

fn essence(media: &Media) -> String {
    let essence = media.content_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether it names a range of content types (RFC 9110, section 12.5.1).
pub(super) fn is_range(content_type: &str) -> bool {
    content_type.contains('*')
}

/// The words of a content type that tell it from others: `github diff` of
/// `application/vnd.github.diff`.
pub(super) fn content_words(content_type: &str) -> String {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let (kind, name) = essence.split_once('/').unwrap_or(("", essence));
    let name = name.strip_prefix("vnd.").unwrap_or(name);
    let name = name.strip_prefix("x-").unwrap_or(name);
    let words = if name == "*" { kind } else { name };
    words.replace(|c: char| !c.is_ascii_alphanumeric(), " ")
}

//! Content types: what they mean, and which of a response are read as what.

use super::ident::Ident;
use super::names::Names;
use super::stream;
use super::types::{RustType, behind, rust_type};
use crate::api::{Api, Media, TypeId};

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
    let preferred = preferred(content);
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
    let content_type = media.content_type.as_str();
    let ty = media.ty.map(|id| rust_type(api, names, id));
    if is_json(content_type) {
        (ty.unwrap_or(RustType::Json), Decoder::Json)
    } else if let (Some(element), Some(ty)) = (names.xml().root(media), ty) {
        (ty, Decoder::Xml(element.clone()))
    } else if content_type.starts_with("text/") {
        (RustType::String, Decoder::Text)
    } else {
        (RustType::Bytes, Decoder::Bytes)
    }
}

/// JSON where it is offered, else the first content type that can be read as a whole.
fn preferred(content: &[Media]) -> Option<&Media> {
    let json = content.iter().filter(|media| is_json(&media.content_type));
    let json = json.min_by_key(|media| is_range(&media.content_type));
    let whole = content.iter().find(|media| !stream::is_in_pieces(media));
    json.or(whole).or(content.first())
}

/// JSON and the types built on it (RFC 6839, section 3.1).
pub(super) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    ["application/json", "text/json", "*/*"].contains(&essence.as_str())
        || essence.ends_with("+json")
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

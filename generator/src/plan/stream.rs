//! Answers that are read piece by piece.

use super::names::Names;
use super::types::{RustType, behind, rust_type};
use crate::api::{Api, Media, Operation, Shape};

/// An answer that is read piece by piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// How it is cut.
    pub cut: Cut,
    /// Its content type.
    pub content_type: String,
    /// What a piece carries.
    pub piece: RustType,
    /// How a piece is decoded.
    pub decode: Decode,
}

/// How a piece is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decode {
    /// An event whose data is JSON.
    Event,
    /// An event whose data is text.
    Text,
    /// An event whose data is one of several words.
    Word,
    /// An event that the document describes with all its fields.
    Whole,
    /// The same where the data is text.
    WholeText,
    /// JSON.
    Line,
    /// Bytes.
    Bytes,
}

/// How the pieces of a stream are cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// Server-sent events.
    Events,
    /// Lines of JSON, or a JSON text sequence.
    Lines,
    /// As they arrive.
    Bytes,
}

/// Whether a content type is one of lines of JSON, or of a JSON text sequence (RFC 7464).
pub(super) fn is_lines(content_type: &str) -> bool {
    const NAMES: [&str; 6] = [
        "application/x-ndjson",
        "application/ndjson",
        "application/jsonl",
        "application/x-jsonlines",
        "application/json-seq",
        "application/stream+json",
    ];
    let essence = content_type.split(';').next().unwrap_or_default();
    NAMES.contains(&essence.trim())
}

/// How the content of a stream is cut; `None` when it is no stream.
fn cut(media: &Media) -> Option<Cut> {
    let essence = media.content_type.split(';').next().unwrap_or_default();
    match essence.trim() {
        "text/event-stream" => Some(Cut::Events),
        essence if is_lines(essence) => Some(Cut::Lines),
        "application/octet-stream" | "application/zip" | "application/pdf" => Some(Cut::Bytes),
        text if ["image/", "audio/", "video/"]
            .iter()
            .any(|start| text.starts_with(start)) =>
        {
            Some(Cut::Bytes)
        }
        _ => None,
    }
}

/// Whether a content is read piece by piece only: there is no reading it as a whole.
pub(super) fn is_in_pieces(media: &Media) -> bool {
    cut(media).is_some_and(|cut| cut != Cut::Bytes)
}

fn successes(operation: &Operation) -> impl Iterator<Item = &Media> {
    let responses = operation.responses.iter();
    let successes = responses.filter(|response| response.status.is_success());
    successes.flat_map(|response| &response.content)
}

/// The contents of success that are streams; events before bytes.
pub(super) fn streams(operation: &Operation) -> Vec<&Media> {
    let mut streams: Vec<&Media> = successes(operation)
        .filter(|media| cut(media).is_some())
        .collect();
    streams.sort_by_key(|media| cut(media) == Some(Cut::Bytes));
    streams
}

/// Whether an answer can be something else than a stream. Bytes can be read as a whole, too.
pub(super) fn has_other_success(operation: &Operation) -> bool {
    successes(operation).any(|media| !is_in_pieces(media))
}

pub(super) fn stream(api: &Api, names: &Names, media: &Media) -> Option<Stream> {
    let cut = cut(media)?;
    let ty = media.ty.map(|id| rust_type(api, names, id));
    let shape = media.ty.map(|id| &api.types[behind(api, id).0].shape);
    let (piece, decode) = match (&cut, ty, shape) {
        (Cut::Bytes, ..) => (RustType::Bytes, Decode::Bytes),
        (Cut::Lines, _, Some(Shape::Array(item))) => (rust_type(api, names, *item), Decode::Line),
        (Cut::Lines, ty, _) => (ty.unwrap_or(RustType::Json), Decode::Line),
        (Cut::Events, _, None | Some(Shape::String(_))) => (RustType::String, Decode::Text),
        (Cut::Events, Some(ty), Some(Shape::Enum(_))) => (ty, Decode::Word),
        (Cut::Events, Some(ty), Some(shape)) if is_whole(api, shape) => (
            ty,
            if has_text(api, shape) {
                Decode::WholeText
            } else {
                Decode::Whole
            },
        ),
        (Cut::Events, ty, _) => (ty.unwrap_or(RustType::Json), Decode::Event),
    };
    Some(Stream {
        cut,
        content_type: media.content_type.clone(),
        piece,
        decode,
    })
}

/// Whether an object describes an event with all its fields: `data`, and one of the others.
fn has_text(api: &Api, shape: &Shape) -> bool {
    let mut members = shape
        .as_object()
        .into_iter()
        .flat_map(|object| &object.members);
    let data = members.find(|member| member.name == "data");
    data.is_some_and(|data| {
        let shape = &api.types[behind(api, data.ty).0].shape;
        matches!(shape, Shape::String(_) | Shape::Enum(_))
    })
}

fn is_whole(api: &Api, shape: &Shape) -> bool {
    match shape {
        Shape::Object(object) => {
            let has = |name: &str| object.members.iter().any(|member| member.name == name);
            has("data") && (has("event") || has("id") || object.members.len() == 1)
        }
        Shape::Union(union) => union
            .variants
            .iter()
            .all(|variant| is_whole(api, &api.types[behind(api, variant.ty).0].shape)),
        Shape::Any
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::String(_)
        | Shape::Foreign(_)
        | Shape::Enum(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => false,
    }
}

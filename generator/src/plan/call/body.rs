//! Request bodies: what is sent, and what a function takes for it.

use super::argument::{Parameter, ParameterEncoding, Passed, passed};
use crate::api::{self, Api, Codec, Location, Media, Presence, Shape, Style};
use crate::plan::names::{Ident, Names};
use crate::plan::types::{RustType, rust_type};

/// How a body is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// As JSON, with this media type.
    Json(String),
    /// As lines of JSON, with this media type.
    Lines(String),
    /// As XML, with this media type and the element that this static describes.
    Xml(String, Ident),
    /// As text, with this media type.
    Text(String),
    /// As it is, with this media type.
    Bytes(String),
    /// As a form, with this media type; properties that have a style of their own.
    Form(String, Vec<Parameter>),
}

/// What a part of a `multipart` body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Section {
    /// Parts that the caller has made, with the media type of those that have none.
    Parts(String),
    /// The same for a single part.
    Part(String),
    /// A value, with its media type where the document gives one.
    Field(Option<String>),
    /// A value that is encoded like this parameter, as a part for each of its pairs.
    Styled(Parameter),
    /// All parts.
    All,
}

/// How the value of a body is passed, and how it is sent.
pub(super) fn body(api: &Api, names: &Names, media: &Media) -> (Passed, Payload) {
    let media_type = media.media_type.sent_as().to_owned();
    let value = match media.ty {
        Some(id) => passed(api, names, id),
        None => Passed::Reference(RustType::Json),
    };
    match media.codec() {
        Codec::Json => (value, Payload::Json(media_type)),
        Codec::Form => {
            let styles = media.encodings.iter().filter_map(styled);
            (value, Payload::Form(media_type, styles.collect()))
        }
        Codec::Lines => {
            let item = media.ty.map_or(RustType::Json, |id| {
                if let Shape::Array(item) = *api.types.resolved_shape(id) {
                    rust_type(api, names, item)
                } else {
                    rust_type(api, names, id)
                }
            });
            (Passed::Slice(item), Payload::Lines(media_type))
        }
        Codec::Xml => match names.xml().root(media) {
            Some(element) => (value, Payload::Xml(media_type, element.clone())),
            None => (Passed::Body, Payload::Bytes(media_type)),
        },
        Codec::Text | Codec::Events => (Passed::Str, Payload::Text(media_type)),
        Codec::FormData | Codec::Multipart | Codec::Bytes => {
            (Passed::Body, Payload::Bytes(media_type))
        }
    }
}

/// How a property of a form is encoded, where the document says so ("Encoding Object").
fn styled(encoding: &api::Encoding) -> Option<Parameter> {
    let media_type = encoding.media_type();
    let (style, explode) = match (encoding.style, media_type.map(|ty| ty.codec)) {
        (Some(style), _) => style,
        (None, Some(Codec::Json)) => (Style::Json, false),
        (None, _) => return None,
    };
    Some(Parameter {
        name: encoding.property.clone(),
        location: Location::Query,
        encoding: if encoding.allow_reserved {
            ParameterEncoding::Reserved(style, explode)
        } else {
            ParameterEncoding::Styled(style, explode)
        },
    })
}

/// How the value of a part is passed, and how it is sent.
pub(super) fn part(
    api: &Api,
    names: &Names,
    media: &Media,
    property: &api::Property,
) -> (Passed, Section) {
    let is_file = |id| api.types.resolved_shape(id).string_format() == Some("binary");
    let encoding = encoding(media, &property.name);
    let media_type = encoding.and_then(|encoding| encoding.media_type());
    let media_type = media_type.map(|media_type| media_type.text.clone());
    let of_file = || {
        media_type
            .clone()
            .unwrap_or("application/octet-stream".to_owned())
    };
    if is_file(property.ty) {
        return (Passed::Part, Section::Part(of_file()));
    }
    if let Shape::Array(item) = *api.types.resolved_shape(property.ty)
        && is_file(item)
    {
        return (Passed::Parts, Section::Parts(of_file()));
    }
    let style = encoding.and_then(|encoding| encoding.style);
    let section = match style {
        Some((style, explode)) if media.media_type.codec == Codec::FormData => {
            Section::Styled(Parameter {
                name: property.name.clone(),
                location: Location::Query,
                encoding: ParameterEncoding::Styled(style, explode),
            })
        }
        Some(_) | None => Section::Field(media_type),
    };
    (passed(api, names, property.ty), section)
}

/// How a part is sent, where the document says so.
pub(super) fn encoding<'a>(media: &'a Media, part: &str) -> Option<&'a api::Encoding> {
    let mut encodings = media.encodings.iter();
    encodings.find(|encoding| encoding.property == part)
}

/// Whether a part has to be there.
pub(super) fn is_required(property: &api::Property) -> bool {
    property.presence == Presence::Required
}

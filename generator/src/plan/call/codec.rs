//! How bodies are written and read, by the codec of their media type.

use super::argument::{Parameter, ParameterEncoding, Passed, passed};
use crate::api::{self, Api, Codec, Location, Media, Scalar, Shape, Style};
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
    /// A number, a boolean or one of several words as text, with this media type.
    Word(String),
    /// As it is, with this media type.
    Bytes(String),
    /// As a form, with this media type; properties that have a style of their own.
    Form(String, Vec<Parameter>),
}

impl Payload {
    /// The media type.
    pub fn media_type(&self) -> &str {
        match self {
            Self::Json(media_type)
            | Self::Lines(media_type)
            | Self::Xml(media_type, _)
            | Self::Text(media_type)
            | Self::Word(media_type)
            | Self::Bytes(media_type)
            | Self::Form(media_type, _) => media_type,
        }
    }
}

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
    /// As text that is a number, a boolean or one of several words.
    Word,
    /// As it is.
    Bytes,
}

/// How the value of a body is passed, and how it is sent.
pub(super) fn payload(api: &Api, names: &Names, media: &Media) -> (Passed, Payload) {
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
        Codec::Text if is_word(api, media) => {
            let value = if let Passed::Value(ty @ RustType::Model(_)) = value {
                Passed::Reference(ty)
            } else {
                value
            };
            (value, Payload::Word(media_type))
        }
        Codec::Text | Codec::Events => (Passed::Str, Payload::Text(media_type)),
        Codec::FormData | Codec::Multipart | Codec::Bytes => {
            (Passed::Body, Payload::Bytes(media_type))
        }
    }
}

/// Whether a text is a number, a boolean or one of several words.
fn is_word(api: &Api, media: &Media) -> bool {
    let shape = media.ty.map(|id| api.types.resolved_shape(id));
    match shape {
        Some(Shape::Scalar(scalar)) => !matches!(scalar, Scalar::String(_) | Scalar::Foreign(_)),
        Some(Shape::Enum(_)) => true,
        Some(_) | None => false,
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

/// The type of what is read, and how it is read.
pub(super) fn decoder(api: &Api, names: &Names, media: &Media) -> (RustType, Decoder) {
    let ty = media.ty.map(|id| rust_type(api, names, id));
    match (media.codec(), names.xml().root(media), ty) {
        (Codec::Json, _, ty) => (ty.unwrap_or(RustType::Json), Decoder::Json),
        (Codec::Xml, Some(element), Some(ty)) => (ty, Decoder::Xml(element.clone())),
        (Codec::Text, _, Some(ty)) if is_word(api, media) => (ty, Decoder::Word),
        (Codec::Text | Codec::Events, ..) => (RustType::String, Decoder::Text),
        (
            Codec::Xml
            | Codec::Form
            | Codec::FormData
            | Codec::Multipart
            | Codec::Lines
            | Codec::Bytes,
            ..,
        ) => (RustType::Bytes, Decoder::Bytes),
    }
}

//! The parts of `multipart` bodies.

use super::argument::{Parameter, ParameterEncoding, Passed, passed};
use crate::api::{self, Api, Codec, Location, Media, Presence, Shape};
use crate::plan::names::Names;

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

/// How the value of a part is passed, and how it is sent.
pub(super) fn part(
    api: &Api,
    names: &Names,
    media: &Media,
    property: &api::Property,
) -> (Passed, Section) {
    let is_file = |id| api.types.resolved_shape(id).is_binary();
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

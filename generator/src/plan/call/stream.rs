//! Responses that are read item by item.

use crate::api::{Api, Framing, Media, Scalar, Shape};
use crate::plan::names::Names;
use crate::plan::types::{RustType, rust_type};

/// A response that is read item by item.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// How it is framed.
    pub framing: Framing,
    /// Its media type.
    pub media_type: String,
    /// What an item carries.
    pub item: RustType,
    /// How an item is decoded.
    pub decode: Decode,
}

/// How an item is decoded.
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

/// How a response of this content is read item by item.
pub(super) fn stream(api: &Api, names: &Names, media: &Media) -> Stream {
    let ty = media.ty.map(|id| rust_type(api, names, id));
    let shape = media.ty.map(|id| api.types.resolved_shape(id));
    let framing = media.media_type.codec.framing();
    let (item, decode) = match framing {
        Framing::Events => event(api, ty, shape),
        Framing::Lines => {
            let item = match shape {
                Some(Shape::Array(item)) => rust_type(api, names, *item),
                Some(_) | None => ty.unwrap_or(RustType::Json),
            };
            (item, Decode::Line)
        }
        Framing::Bytes => (RustType::Bytes, Decode::Bytes),
    };
    Stream {
        framing,
        media_type: media.media_type.text.clone(),
        item,
        decode,
    }
}

fn event(api: &Api, ty: Option<RustType>, shape: Option<&Shape>) -> (RustType, Decode) {
    match (ty, shape) {
        (_, None | Some(Shape::Scalar(Scalar::String(_)))) => (RustType::String, Decode::Text),
        (Some(ty), Some(Shape::Enum(_))) => (ty, Decode::Word),
        (Some(ty), Some(shape)) if is_whole(api, shape) => {
            let has_text = has_text(api, shape);
            let decode = if has_text {
                Decode::WholeText
            } else {
                Decode::Whole
            };
            (ty, decode)
        }
        (ty, _) => (ty.unwrap_or(RustType::Json), Decode::Event),
    }
}

/// Whether the `data` of an object is text.
fn has_text(api: &Api, shape: &Shape) -> bool {
    let properties = shape.as_object().into_iter().flat_map(|o| &o.properties);
    let data = properties
        .into_iter()
        .find(|property| property.name == "data");
    data.is_some_and(|data| {
        let shape = api.types.resolved_shape(data.ty);
        shape.string_format().is_some() || matches!(shape, Shape::Enum(_))
    })
}

/// Whether an object describes an event with all its fields: `data`, and one of the others.
fn is_whole(api: &Api, shape: &Shape) -> bool {
    match shape {
        Shape::Object(object) => {
            let has = |name: &str| {
                object
                    .properties
                    .iter()
                    .any(|property| property.name == name)
            };
            has("data") && (has("event") || has("id") || object.properties.len() == 1)
        }
        Shape::Union(union) => {
            let mut variants = union.variants.iter();
            variants.all(|variant| is_whole(api, api.types.resolved_shape(variant.ty)))
        }
        Shape::Any
        | Shape::Scalar(_)
        | Shape::Enum(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => false,
    }
}

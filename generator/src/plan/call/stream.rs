//! Responses that are read item by item.

use crate::api::{Api, Framing, Media, Scalar, Shape, Variant};
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// The same where the data of the events of these names is text, and that of others is JSON.
    WholeTextOf(Vec<String>),
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
        (Some(ty), Some(Shape::Enum(listed))) if listed.strings().is_some() => (ty, Decode::Word),
        (Some(ty), Some(shape)) if is_whole(api, shape) => (ty, whole(api, shape)),
        (ty, _) => (ty.unwrap_or(RustType::Json), Decode::Event),
    }
}

/// How an event is decoded that the document describes with all its fields.
fn whole(api: &Api, shape: &Shape) -> Decode {
    let Some(union) = shape.as_union() else {
        return if has_text(api, shape) {
            Decode::WholeText
        } else {
            Decode::Whole
        };
    };
    let is_text = |variant: &&Variant| has_text(api, api.types.resolved_shape(variant.ty));
    let (texts, others): (Vec<_>, Vec<_>) = union.variants.iter().partition(is_text);
    if others.is_empty() {
        return Decode::WholeText;
    }
    let of_event = union.tag.as_deref() == Some("event");
    let names: Vec<String> = texts.iter().flat_map(|v| v.tags.iter().cloned()).collect();
    if of_event && !names.is_empty() {
        Decode::WholeTextOf(names)
    } else {
        Decode::Whole
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
        let is_word = matches!(shape, Shape::Enum(listed) if listed.strings().is_some());
        shape.string_format().is_some() || is_word
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

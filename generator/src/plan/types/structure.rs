//! Structs and their fields.

use super::boxes::Boxes;
use super::enumeration::variants;
use super::rust_type::{RustType, rust_type};
use crate::api::{self, Api, Origin, Presence, Scalar, Shape, TypeId};
use crate::plan::names::{Ident, Names, Scope, reserved};
use crate::plan::words::{self, Docs, Text};

/// A struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Whether nothing has to be there.
    pub has_default: bool,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field that keeps additional properties, and the type of their values.
    pub rest: Option<(Ident, RustType)>,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub ident: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// How it may be missing.
    pub kind: Kind,
    /// Its type.
    pub ty: RustType,
    /// How it gets its value.
    pub set: Set,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it should no longer be used.
    pub deprecated: bool,
}

/// How a field gets its value.
#[derive(Debug, Clone, PartialEq)]
pub enum Set {
    /// By this type.
    Plain(RustType),
    /// By what converts into this type.
    Into(RustType),
    /// By this type, which is boxed then.
    Boxed(RustType),
    /// By what yields texts.
    Texts,
    /// It has one value: this variant of this enum.
    Constant(Ident, Ident),
    /// By hand alone, as a method of its name would stand in the way of another.
    ByHand,
}

/// How a field may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It is always there.
    Required,
    /// It may be absent.
    Optional,
    /// It may be absent or null, and these differ.
    Nullable,
    /// It may be absent; null is one of the values of its type.
    Anything,
}

/// The fields of an object, and the one that keeps the rest.
pub(in crate::plan) fn fields(
    api: &Api,
    names: &Names,
    boxes: &Boxes,
    owner: TypeId,
    object: &api::Object,
) -> (Vec<Field>, Option<(Ident, RustType)>) {
    let called: Vec<&str> = object
        .properties
        .iter()
        .map(api::Property::called)
        .collect();
    let mut scope = Scope::default();
    let idents = scope.take_all(&called, Ident::value_name);
    let rest = object.additional.map(|ty| {
        let names_of_rest = ["additional_properties", "more_properties"];
        let ident = scope.take(&names_of_rest.map(Ident::value_name));
        (ident, rust_type(api, names, ty))
    });
    let fields = object
        .properties
        .iter()
        .zip(idents)
        .map(|(property, ident)| {
            let (kind, ty) = field_type(api, names, boxes, owner, property);
            Field {
                origin: property.origin.clone(),
                set: set(api, names, property, (kind, &ty), &ident),
                ident,
                wire: property.name.clone(),
                kind,
                ty,
                docs: words::docs(&property.docs, Text::code(&property.name)),
                deprecated: property.docs.deprecated,
            }
        })
        .collect();
    (fields, rest)
}

/// How a field of this type gets its value.
fn set(
    api: &Api,
    names: &Names,
    property: &api::Property,
    (kind, ty): (Kind, &RustType),
    ident: &Ident,
) -> Set {
    let (id, _) = api.types.resolve(property.ty);
    if let (Kind::Required, Shape::Enum(listed), RustType::Model(_)) =
        (kind, &api.types[id].shape, ty)
        && let [only] = &variants(listed).0[..]
        && let Some(name) = names.of(id)
    {
        return Set::Constant(name.clone(), only.ident.clone());
    }
    if kind != Kind::Required && reserved::VALUE.contains(&ident.as_str()) {
        return Set::ByHand;
    }
    let inner = match (kind, ty) {
        (Kind::Optional | Kind::Anything, RustType::Option(inner))
        | (Kind::Nullable, RustType::Nullable(inner)) => &**inner,
        (_, ty) => ty,
    };
    // The setter of what may be null takes all three states, or converts into the value.
    if kind != Kind::Nullable {
        if let RustType::Boxed(inner) = inner {
            return Set::Boxed((**inner).clone());
        }
        if inner.is_texts() {
            return Set::Texts;
        }
    }
    // Nothing converts into a struct, a list or a number that would be handier than it is itself, and
    // a function for one type is compiled faster than one for all that convert.
    let converts = match &api.types[id].shape {
        Shape::Any | Shape::Enum(_) | Shape::Union(_) | Shape::Scalar(Scalar::String(_)) => true,
        Shape::Scalar(_)
        | Shape::Object(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => false,
    };
    if converts && !matches!(inner, RustType::Option(_)) {
        Set::Into(inner.clone())
    } else {
        Set::Plain(inner.clone())
    }
}

/// How a field may be missing, and its type.
pub(super) fn field_type(
    api: &Api,
    names: &Names,
    boxes: &Boxes,
    owner: TypeId,
    property: &api::Property,
) -> (Kind, RustType) {
    let mut ty = rust_type(api, names, property.ty);
    // Any JSON value can itself be null.
    let anything = ty == RustType::Json;
    let nullable = api.types.resolve(property.ty).1 && !anything;
    let kind = match (property.presence, nullable) {
        (Presence::Required, _) => Kind::Required,
        (_, false) if anything => Kind::Anything,
        (_, false) => Kind::Optional,
        (_, true) => Kind::Nullable,
    };
    if let RustType::Option(inner) = ty {
        ty = *inner;
    }
    if boxes.is_boxed(api, owner, property.ty) {
        ty = RustType::Boxed(Box::new(ty));
    }
    let ty = match kind {
        Kind::Required if nullable => ty.optional(),
        Kind::Required => ty,
        Kind::Optional | Kind::Anything => RustType::Option(Box::new(ty)),
        Kind::Nullable => RustType::Nullable(Box::new(ty)),
    };
    (kind, ty)
}

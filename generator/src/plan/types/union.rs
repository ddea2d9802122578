//! Enums of types.

use std::collections::HashMap;

use super::boxes::Boxes;
use super::described::described;
use super::rust_type::{RustType, resolved, rust_type};
use super::structure::{Kind, field_type, fields};
use crate::api::{self, Api, Origin, Presence, Property, Shape, TypeId};
use crate::plan::names::{Ident, Names, Scope};
use crate::plan::words::{self, Docs, Text};

/// An enum of types.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// The property whose value tells which variant it is.
    pub tag: Option<String>,
    /// Its variants.
    pub variants: Vec<Choice>,
    /// The variant that keeps anything else.
    pub other: Ident,
    /// The fields that all variants have.
    pub shared: Vec<Shared>,
}

/// A field that all variants of an enum of types have.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// Its name.
    pub ident: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// The type of its value.
    pub ty: RustType,
    /// Whether it may be absent.
    pub is_optional: bool,
}

/// A variant of an enum of types.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Where the document describes its type.
    pub origin: Origin,
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Its type.
    pub ty: RustType,
    /// The values of the tag that stand for it.
    pub tags: Vec<String>,
    /// Whether the type has the tag among its own properties.
    pub holds_tag: bool,
}

/// Decides an enum of types. What is one type in Rust is one variant.
pub(in crate::plan) fn union(
    api: &Api,
    names: &Names,
    boxes: &Boxes,
    id: TypeId,
    union: &api::Union,
) -> Union {
    let mut scope = Scope::default();
    let mut variants: Vec<Choice> = Vec::new();
    let mut seen: HashMap<RustType, usize> = HashMap::new();
    for variant in &union.variants {
        let full = resolved(api, names, variant.ty);
        if let Some(known) = seen.get(&full) {
            variants[*known].tags.extend(variant.tags.iter().cloned());
            continue;
        }
        seen.insert(full, variants.len());
        let mut ty = rust_type(api, names, variant.ty);
        let words = variant_words(&ty);
        let short = match (&variant.tags[..], names.of(id)) {
            ([tag], _) => Some(tag.clone()),
            (_, Some(union)) => telling(&words, union.as_str()),
            (_, None) => None,
        };
        if boxes.is_boxed(api, id, variant.ty) {
            ty = RustType::Boxed(Box::new(ty));
        }
        variants.push(Choice {
            origin: api.types[variant.ty].origin.clone(),
            ident: scope.take(&[
                Ident::type_name(short.as_deref().unwrap_or(&words)),
                Ident::type_name(&words),
            ]),
            docs: words::docs(&docs_of(api, variant.ty), Text::code(&words)),
            ty,
            tags: variant.tags.clone(),
            holds_tag: union
                .tag
                .as_ref()
                .is_none_or(|tag| holds(api, variant.ty, tag)),
        });
    }
    let other = ["Other", "Unknown", "Unlisted"].map(Ident::type_name);
    let ty = &api.types[id];
    Union {
        origin: ty.origin.clone(),
        ident: names
            .of(id)
            .cloned()
            .unwrap_or_else(|| Ident::type_name("")),
        docs: words::docs(&ty.docs, described(api, id)),
        deprecated: ty.docs.deprecated,
        tag: union.tag.clone(),
        variants,
        other: scope.take(&other),
        shared: shared(api, names, boxes, union),
    }
}

/// What tells the name of a variant's type from that of the union: the words between those that both
/// start with and those that both end with. `None` where there are none.
fn telling(variant: &str, union: &str) -> Option<String> {
    let words = |name: &str| -> Vec<String> {
        let words = heck::ToSnakeCase::to_snake_case(name);
        words.split('_').map(str::to_owned).collect()
    };
    let (variant, union) = (words(variant), words(union));
    let pairs = variant.iter().zip(&union);
    let start = pairs.take_while(|(one, other)| one == other).count();
    let pairs = variant[start..]
        .iter()
        .rev()
        .zip(union[start..].iter().rev());
    let end = pairs.take_while(|(one, other)| one == other).count();
    let telling = &variant[start..variant.len() - end];
    let is_name = telling.first()?.starts_with(char::is_alphabetic);
    is_name.then(|| telling.join(" "))
}

/// The fields that all variants have, with the same type in each.
fn shared(api: &Api, names: &Names, boxes: &Boxes, union: &api::Union) -> Vec<Shared> {
    let mut objects = union.variants.iter().map(|variant| {
        let (id, _) = api.types.resolve(variant.ty);
        Some((id, api.types[id].shape.as_object()?))
    });
    let Some(Some((id, first))) = objects.next() else {
        return Vec::new();
    };
    let (shared, _) = fields(api, names, boxes, id, first);
    let types = first.properties.iter().map(|property| property.ty);
    let mut shared: Vec<_> = shared.into_iter().zip(types).collect();
    for other in objects {
        let Some((id, object)) = other else {
            return Vec::new();
        };
        shared.retain(|(field, ty)| {
            let mut properties = object.properties.iter();
            let same = properties.find(|property| property.name == field.wire);
            same.is_some_and(|property| {
                let (kind, _) = field_type(api, names, boxes, id, property);
                let of = |ty| resolved(api, names, ty);
                kind == field.kind && of(property.ty) == of(*ty)
            })
        });
    }
    let shared = shared.into_iter().map(|(field, _)| field);
    let shared = shared.filter(|field| field.kind != Kind::Nullable);
    shared
        .map(|field| Shared {
            ident: field.ident,
            wire: field.wire,
            is_optional: matches!(field.ty, RustType::Option(_)),
            ty: if let RustType::Option(inner) = field.ty {
                *inner
            } else {
                field.ty
            },
        })
        .collect()
}

/// The document's words about a variant. Those about a type without a name of its own are about
/// the first of the places that it stands in.
fn docs_of(api: &Api, id: TypeId) -> api::Docs {
    let ty = &api.types[api.types.resolve(id).0];
    if ty.shape.is_named() || ty.name.component.is_some() {
        ty.docs.clone()
    } else {
        api::Docs::default()
    }
}

/// Whether values of the type have the tag among their own properties; one that nothing describes is
/// written with the variant.
fn holds(api: &Api, id: TypeId, tag: &str) -> bool {
    let (id, _) = api.types.resolve(id);
    let object = api.types[id].shape.as_object();
    let is_it = |property: &Property| {
        let is_described = !matches!(api.types[property.ty].shape, Shape::Any);
        property.name == *tag && (is_described || property.presence == Presence::Required)
    };
    object.is_none_or(|object| object.properties.iter().any(is_it))
}

/// What a variant of the type is called.
fn variant_words(ty: &RustType) -> String {
    match ty {
        RustType::Model(name) | RustType::Local(name) => name.as_str().to_owned(),
        RustType::Unit | RustType::Infallible => "Nothing".to_owned(),
        RustType::Json => "Any".to_owned(),
        RustType::Bool => "Boolean".to_owned(),
        RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => "Integer".to_owned(),
        RustType::F64 => "Number".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Secret => "Secret".to_owned(),
        RustType::Foreign(path) => path.rsplit("::").next().unwrap_or_default().to_owned(),
        RustType::Bytes => "Bytes".to_owned(),
        RustType::Tuple(places) | RustType::OpenTuple { places, .. } => {
            let places: Vec<String> = places.iter().map(variant_words).collect();
            format!("{} tuple", places.join(" "))
        }
        RustType::Vec(item) => format!("{} list", variant_words(item)),
        RustType::Map(value) => format!("{} map", variant_words(value)),
        RustType::Option(ty) | RustType::Nullable(ty) | RustType::Boxed(ty) => variant_words(ty),
    }
}

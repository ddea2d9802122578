//! The types of the module `types`.

use super::boxes::Boxes;
use super::derives::{Derives, Finder};
use super::docs;
use super::ident::{Ident, Scope};
use super::names::Names;
use super::types::{RustType, behind, rust_type, shape_type};
use super::union::{self, Union};
use crate::api::{self, Api, Docs, Presence, Shape, TypeId};

/// A type of the module `types`.
#[derive(Debug, Clone, PartialEq)]
pub enum Model {
    /// A struct.
    Struct(Struct),
    /// An enum of strings.
    Enum(Enum),
    /// An enum of types.
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
}

impl Model {
    /// Whether it, or a part of it, should no longer be used.
    pub(super) fn deprecates(&self) -> bool {
        match self {
            Self::Struct(model) => {
                model.deprecated || model.fields.iter().any(|field| field.deprecated)
            }
            Self::Enum(model) => model.deprecated,
            Self::Union(model) => model.deprecated,
            Self::Alias(_) => false,
        }
    }
}

/// A struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// The traits it has beside the usual ones.
    pub derives: Derives,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field that keeps further members, and the type of their values.
    pub rest: Option<(Ident, RustType)>,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub ident: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// How it may be missing.
    pub kind: Kind,
    /// Its type.
    pub ty: RustType,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
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

/// An enum of strings.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Its variants and their text on the wire.
    pub variants: Vec<(Ident, String)>,
    /// The variant that keeps any other text.
    pub other: Ident,
}

/// Another name for a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// The name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The type.
    pub ty: RustType,
}

/// The types that have a name, and where the schema of each stands.
pub(super) fn origins(api: &Api, names: &Names) -> Vec<(Ident, String)> {
    let origin = |(id, ty): (TypeId, &api::Type)| Some((names.of(id)?.clone(), ty.origin.clone()));
    let mut origins: Vec<_> = api.types.iter().filter_map(origin).collect();
    origins.sort();
    origins
}

/// Decides all types that have a name, in the order of their names.
pub(super) fn models(api: &Api, names: &Names) -> Vec<Model> {
    let boxes = Boxes::find(api);
    let finder = Finder::new(api, names);
    let mut models: Vec<(&Ident, Model)> = api
        .types
        .iter()
        .filter_map(|(id, _)| Some((names.of(id)?, id)))
        .map(|(ident, id)| (ident, model(api, names, &boxes, &finder, ident, id)))
        .collect();
    models.sort_by_key(|(ident, _)| *ident);
    models.into_iter().map(|(_, model)| model).collect()
}

fn model(
    api: &Api,
    names: &Names,
    boxes: &Boxes,
    finder: &Finder<'_>,
    ident: &Ident,
    id: TypeId,
) -> Model {
    let ty = &api.types[id];
    match &ty.shape {
        Shape::Object(object) => {
            let (fields, rest) = fields(api, names, boxes, id, object);
            Model::Struct(Struct {
                ident: ident.clone(),
                docs: docs::lines(&ty.docs, &described(api, id)),
                deprecated: ty.docs.deprecated,
                derives: finder.of(id),
                fields,
                rest,
            })
        }
        Shape::Union(union) => Model::Union(union::union(api, names, boxes, finder, id, union)),
        Shape::Enum(values) => Model::Enum(enumeration(
            ident.clone(),
            docs::lines(&ty.docs, &described(api, id)),
            ty.docs.deprecated,
            &values.values,
        )),
        Shape::Any
        | Shape::Boolean
        | Shape::Integer(_)
        | Shape::Number(_)
        | Shape::String(_)
        | Shape::Foreign(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => Model::Alias(Alias {
            ident: ident.clone(),
            docs: docs::lines(&ty.docs, &described(api, id)),
            ty: shape_type(api, names, &ty.shape),
        }),
    }
}

/// What can be said about a type that the document does not describe.
pub(super) fn described(api: &Api, id: TypeId) -> String {
    let name = &api.types[id].name;
    let places = &name.places;
    let of = |operation: usize| match places.len() {
        1 => format!(" of `{}`", api.operations[operation].id),
        _ => String::new(),
    };
    match (&name.component, places.first()) {
        (Some(component), _) => format!("The schema `{component}`."),
        (None, Some(api::Place::Property(_, name))) => format!("The value of `{name}`."),
        (None, Some(api::Place::Item(list))) => match api.types[*list].name.places.first() {
            Some(api::Place::Property(_, name)) => format!("An item of `{name}`."),
            Some(_) | None => "An item of a list.".to_owned(),
        },
        (None, Some(api::Place::Value(_))) => "A value of a map.".to_owned(),
        (None, Some(api::Place::Variant(..))) => "One of several types.".to_owned(),
        (None, Some(api::Place::Parameter(_, name))) => format!("The parameter `{name}`."),
        (None, Some(api::Place::Body(operation))) => {
            format!("The body of a request{}.", of(*operation))
        }
        (None, Some(api::Place::Response(operation, status))) => {
            format!("The body of a response{} ({status}).", of(*operation))
        }
        (None, Some(api::Place::Webhook(index))) => {
            format!("The payload of `{}`.", api.webhooks[*index].name)
        }
        (None, None) => "A value.".to_owned(),
    }
}

/// The fields of an object, and the one that keeps the rest.
pub(super) fn fields(
    api: &Api,
    names: &Names,
    boxes: &Boxes,
    owner: TypeId,
    object: &api::Object,
) -> (Vec<Field>, Option<(Ident, RustType)>) {
    let wires: Vec<&str> = object.members.iter().map(|m| m.name.as_str()).collect();
    let mut scope = Scope::default();
    let idents = scope.take_all(&wires, Ident::value_name);
    let rest = object.additional.map(|ty| {
        let names_of_rest = ["additional_properties", "further_properties"];
        let ident = scope.take(&names_of_rest.map(Ident::value_name));
        (ident, rust_type(api, names, ty))
    });
    let fields = object
        .members
        .iter()
        .zip(idents)
        .map(|(member, ident)| {
            let mut ty = rust_type(api, names, member.ty);
            // Any JSON value can itself be null.
            let anything = ty == RustType::Json;
            let nullable = behind(api, member.ty).1 && !anything;
            let kind = match (member.presence, nullable) {
                (Presence::Required, _) => Kind::Required,
                (_, false) if anything => Kind::Anything,
                (_, false) => Kind::Optional,
                (_, true) => Kind::Nullable,
            };
            if let RustType::Option(inner) = ty {
                ty = *inner;
            }
            if boxes.is_boxed(api, owner, member.ty) {
                ty = RustType::Boxed(Box::new(ty));
            }
            Field {
                ident,
                wire: member.name.clone(),
                kind,
                ty: match kind {
                    Kind::Required if nullable => ty.optional(),
                    Kind::Required => ty,
                    Kind::Optional | Kind::Anything => RustType::Option(Box::new(ty)),
                    Kind::Nullable => RustType::Nullable(Box::new(ty)),
                },
                docs: docs::lines(&member_docs(api, member), &format!("`{}`", member.name)),
                deprecated: member.docs.deprecated,
            }
        })
        .collect();
    (fields, rest)
}

/// A member without words of its own has those of its type, where the type has no name to carry
/// them.
fn member_docs(api: &Api, member: &api::Member) -> Docs {
    let silent = member.docs.description.is_empty() && member.docs.title.is_empty();
    let ty = &api.types[member.ty];
    if silent && !super::names::is_named(&ty.shape) && ty.name.component.is_none() {
        return Docs {
            deprecated: member.docs.deprecated,
            ..ty.docs.clone()
        };
    }
    member.docs.clone()
}

/// An enum of strings with these values.
pub(super) fn enumeration(
    ident: Ident,
    docs: Vec<String>,
    deprecated: bool,
    values: &[String],
) -> Enum {
    let mut scope = Scope::default();
    let texts: Vec<&str> = values.iter().map(String::as_str).collect();
    let variants = scope.take_all(&texts, Ident::type_name);
    let variants = variants.into_iter().zip(values.iter().cloned()).collect();
    let other = ["Unknown", "Other", "Unlisted"].map(Ident::type_name);
    Enum {
        ident,
        docs,
        deprecated,
        variants,
        other: scope.take(&other),
    }
}

//! The types of the module `types`.

mod boxes;
mod described;
mod enumeration;
mod modules;
mod rust_type;
mod structure;
mod union;

use crate::api::{Api, Origin, Shape, TypeId};
use crate::plan::names::{Ident, Names};
use crate::plan::words::{self, Docs};
use boxes::Boxes;
use described::described;
use enumeration::enumeration;

pub use enumeration::{Enum, EnumVariant};
pub use modules::TypesModule;
pub use rust_type::RustType;
pub use structure::{Field, Kind, Set, Struct};
pub use union::{Choice, Shared, Union};

pub(super) use enumeration::string_enum;
pub(super) use modules::modules;
pub(super) use rust_type::rust_type;

/// A type of the module `types`.
#[derive(Debug, Clone, PartialEq)]
pub enum Model {
    /// A struct.
    Struct(Struct),
    /// An enum of strings or of integers.
    Enum(Enum),
    /// An enum of types.
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
}

impl Model {
    /// Its name.
    pub fn ident(&self) -> &Ident {
        match self {
            Self::Struct(model) => &model.ident,
            Self::Enum(model) => &model.ident,
            Self::Union(model) => &model.ident,
            Self::Alias(model) => &model.ident,
        }
    }

    /// Where the document describes it.
    pub fn origin(&self) -> &Origin {
        match self {
            Self::Struct(model) => &model.origin,
            Self::Enum(model) => &model.origin,
            Self::Union(model) => &model.origin,
            Self::Alias(model) => &model.origin,
        }
    }

    /// Whether it, or a part of it, should no longer be used.
    pub(in crate::plan) fn deprecates(&self) -> bool {
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

/// Another name for a type.
#[derive(Debug, Clone, PartialEq)]
pub struct Alias {
    /// Where the document describes it.
    pub origin: Origin,
    /// The name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The type.
    pub ty: RustType,
}

/// Decides all types that have a name, in the order of their names.
pub(in crate::plan) fn models(api: &Api, names: &Names) -> Vec<Model> {
    let boxes = Boxes::find(api);
    let mut models: Vec<(&Ident, Model)> = api
        .types
        .iter()
        .filter_map(|(id, _)| Some((names.of(id)?, id)))
        .map(|(ident, id)| (ident, model(api, names, &boxes, ident, id)))
        .collect();
    models.sort_by_key(|(ident, _)| *ident);
    models.into_iter().map(|(_, model)| model).collect()
}

fn model(api: &Api, names: &Names, boxes: &Boxes, ident: &Ident, id: TypeId) -> Model {
    let ty = &api.types[id];
    match &ty.shape {
        Shape::Object(object) => {
            let (fields, rest) = structure::fields(api, names, boxes, id, object);
            Model::Struct(Struct {
                origin: ty.origin.clone(),
                ident: ident.clone(),
                docs: words::docs(&ty.docs, described(api, id)),
                deprecated: ty.docs.deprecated,
                has_default: fields.iter().all(|field| field.kind != Kind::Required),
                fields,
                rest,
            })
        }
        Shape::Union(union) => Model::Union(union::union(api, names, boxes, id, union)),
        Shape::Enum(listed) => Model::Enum(enumeration(
            ty.origin.clone(),
            ident.clone(),
            words::docs(&ty.docs, described(api, id)),
            ty.docs.deprecated,
            listed,
        )),
        Shape::Any
        | Shape::Scalar(_)
        | Shape::Array(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => Model::Alias(Alias {
            origin: ty.origin.clone(),
            ident: ident.clone(),
            docs: words::docs(&ty.docs, described(api, id)),
            ty: rust_type::shape_type(api, names, &ty.shape),
        }),
    }
}

//! Parameters: how they are passed to a method, and how the method gives them to the request.

use crate::api::{self, Api, Location, Origin, Scalar, Shape, Style, TypeId};
use crate::plan::names::{Ident, Names, Scope};
use crate::plan::types::{Kind, RustType, Set, rust_type};
use crate::plan::words::Docs;

/// An argument of a method.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub ident: Ident,
    /// How it is passed.
    pub passed: Passed,
    /// Its documentation.
    pub docs: Docs,
}

/// How a value is passed.
#[derive(Debug, Clone, PartialEq)]
pub enum Passed {
    /// By value.
    Value(RustType),
    /// By reference.
    Reference(RustType),
    /// `&str`
    Str,
    /// `&[_]`
    Slice(RustType),
    /// What yields texts.
    Texts,
    /// As the setter of a field that may be missing so takes it.
    Field(Kind, Set),
    /// `impl Into<Body>`
    Body,
    /// `impl Into<String>`
    Url,
    /// `Part`
    Part,
    /// `Vec<Part>`
    Parts,
    /// `Vec<(&'static str, Part)>`
    AllParts,
}

impl Passed {
    /// Whether it is a body, or a part of one, that the caller makes.
    pub(in crate::plan) fn is_body(&self) -> bool {
        matches!(self, Self::Body | Self::Part | Self::Parts | Self::AllParts)
    }
}

/// A parameter as the request wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// How it is encoded.
    pub encoding: ParameterEncoding,
}

/// How a parameter is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterEncoding {
    /// As is usual for its location.
    Usual,
    /// With this style, exploded or not.
    Styled(Style, bool),
    /// The same, reserved characters staying as they are.
    Reserved(Style, bool),
}

/// What the request needs to know of a parameter. Header names are compared without case, and
/// have to be in lower case to be constants.
pub(in crate::plan) fn sent(parameter: &api::Parameter) -> Parameter {
    let api::Parameter {
        location,
        style,
        explode,
        ..
    } = *parameter;
    let usual = match location {
        Location::Path | Location::Header => (Style::Simple, false),
        Location::Query | Location::Cookie => (Style::Form, true),
    };
    Parameter {
        name: match location {
            Location::Header => parameter.name.to_ascii_lowercase(),
            Location::Path | Location::Query | Location::Cookie => parameter.name.clone(),
        },
        location,
        encoding: if parameter.allow_reserved {
            ParameterEncoding::Reserved(style, explode)
        } else if (style, explode) == usual {
            ParameterEncoding::Usual
        } else {
            ParameterEncoding::Styled(style, explode)
        },
    }
}

/// The name of the argument for a value of this name.
pub(in crate::plan) fn argument_name(name: &str, scope: &mut Scope) -> Ident {
    let ident = Ident::value_name(name);
    scope.take(&[ident.clone(), ident.with("_parameter")])
}

/// How a value of the type is passed.
pub(in crate::plan) fn passed(api: &Api, names: &Names, id: TypeId) -> Passed {
    let (id, _) = api.types.resolve(id);
    match &api.types[id].shape {
        Shape::Scalar(Scalar::String(_)) => Passed::Str,
        Shape::Array(item) => {
            let item = rust_type(api, names, *item);
            if item == RustType::String {
                Passed::Texts
            } else {
                Passed::Slice(item)
            }
        }
        Shape::Scalar(Scalar::Boolean | Scalar::Integer(_) | Scalar::Number(_))
        | Shape::Enum(_) => Passed::Value(rust_type(api, names, id)),
        Shape::Any
        | Shape::Scalar(Scalar::Foreign(_))
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Object(_)
        | Shape::Union(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => Passed::Reference(rust_type(api, names, id)),
    }
}

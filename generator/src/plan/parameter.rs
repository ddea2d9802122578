//! Parameters: how they are passed to a method, and how the method gives them to the request.

use super::ident::{Ident, Scope};
use super::names::Names;
use super::types::{RustType, behind, rust_type};
use crate::api::{self, Api, Location, Shape, Style, TypeId};

/// An argument of a method.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name.
    pub ident: Ident,
    /// How it is passed.
    pub passed: Passed,
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

/// A parameter as the request wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// How it is spelled.
    pub spelling: Spelling,
}

/// How a parameter is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As its place suggests.
    Usual,
    /// With this style, exploded or not.
    Styled(Style, bool),
    /// The same, reserved characters staying as they are.
    Reserved(Style, bool),
}

/// What the request needs to know of a parameter. Header names are compared without case, and
/// have to be in lower case to be constants.
pub(super) fn sent(parameter: &api::Parameter) -> Parameter {
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
        spelling: if parameter.allow_reserved {
            Spelling::Reserved(style, explode)
        } else if (style, explode) == usual {
            Spelling::Usual
        } else {
            Spelling::Styled(style, explode)
        },
    }
}

/// The argument for a parameter.
pub(super) fn argument(
    api: &Api,
    names: &Names,
    name: &str,
    id: TypeId,
    scope: &mut Scope,
) -> Argument {
    let ident = Ident::value_name(name);
    Argument {
        ident: scope.take(&[ident.clone(), ident.with("_parameter")]),
        passed: passed(api, names, id),
    }
}

/// How a value of the type is passed.
pub(super) fn passed(api: &Api, names: &Names, id: TypeId) -> Passed {
    let (id, _) = behind(api, id);
    match &api.types[id].shape {
        Shape::String(_) => Passed::Str,
        Shape::Array(item) => Passed::Slice(rust_type(api, names, *item)),
        Shape::Boolean | Shape::Integer(_) | Shape::Number(_) | Shape::Enum(_) => {
            Passed::Value(rust_type(api, names, id))
        }
        Shape::Any
        | Shape::Foreign(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Object(_)
        | Shape::Union(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => Passed::Reference(rust_type(api, names, id)),
    }
}

//! Rust types.

use crate::api::{Api, Format, Scalar, Shape, TypeId};
use crate::plan::names::{Ident, Names};

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RustType {
    /// `()`
    Unit,
    /// `serde_json::Value`
    Json,
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `Vec<u8>`
    Bytes,
    /// `Secret`
    Secret,
    /// A type that the user has chosen.
    Foreign(String),
    /// `std::convert::Infallible`
    Infallible,
    /// `(_, _)`
    Tuple(Vec<RustType>),
    /// `OpenTuple<(_, _), _, 2>`
    OpenTuple {
        /// The types of the first items.
        places: Vec<RustType>,
        /// The type of the items that may follow.
        rest: Box<RustType>,
        /// How many items are always there.
        required: usize,
    },
    /// `Vec<_>`
    Vec(Box<RustType>),
    /// `BTreeMap<String, _>`
    Map(Box<RustType>),
    /// `Option<_>`
    Option(Box<RustType>),
    /// `Nullable<_>`
    Nullable(Box<RustType>),
    /// `Box<_>`
    Boxed(Box<RustType>),
    /// A type of the module `types`.
    Model(Ident),
    /// A type of the same module.
    Local(Ident),
}

impl RustType {
    /// Whether it is a list of strings.
    pub fn is_texts(&self) -> bool {
        matches!(self, Self::Vec(item) if **item == Self::String)
    }

    /// Whether the type can be left out or null.
    pub(in crate::plan) fn optional(self) -> Self {
        if matches!(self, Self::Option(_) | Self::Json) {
            self
        } else {
            Self::Option(Box::new(self))
        }
    }
}

/// The Rust type of a type of the document.
pub(in crate::plan) fn rust_type(api: &Api, names: &Names, id: TypeId) -> RustType {
    match names.of(id) {
        Some(name) => RustType::Model(name.clone()),
        None => shape_type(api, names, &api.types[id].shape),
    }
}

/// The Rust type of a shape that has no name.
pub(in crate::plan) fn shape_type(api: &Api, names: &Names, shape: &Shape) -> RustType {
    let boxed = |id: &TypeId| Box::new(rust_type(api, names, *id));
    match shape {
        // Objects, enums and unions always have a name.
        Shape::Any | Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) => RustType::Json,
        Shape::Scalar(scalar) => scalar_type(scalar),
        Shape::Array(item) => RustType::Vec(boxed(item)),
        Shape::Tuple(tuple) => {
            let places = tuple.places.iter();
            let places = places.map(|id| rust_type(api, names, *id)).collect();
            match &tuple.rest {
                Some(rest) => RustType::OpenTuple {
                    places,
                    rest: boxed(rest),
                    required: tuple.required,
                },
                None => RustType::Tuple(places),
            }
        }
        Shape::Map(value) => RustType::Map(boxed(value)),
        Shape::Nullable(inner) => rust_type(api, names, *inner).optional(),
        Shape::Alias(target) => rust_type(api, names, *target),
    }
}

/// The Rust type of a scalar.
pub(super) fn scalar_type(scalar: &Scalar) -> RustType {
    match scalar {
        Scalar::Boolean => RustType::Bool,
        Scalar::Integer(Format(format)) => match format.as_str() {
            "int32" => RustType::I32,
            "uint32" => RustType::U32,
            "uint64" => RustType::U64,
            _ => RustType::I64,
        },
        Scalar::Number(Format(format)) if format == "int32" => RustType::I32,
        Scalar::Number(Format(format)) if format == "int64" => RustType::I64,
        Scalar::Number(_) => RustType::F64,
        Scalar::String(Format(format)) if format == "password" => RustType::Secret,
        Scalar::String(_) => RustType::String,
        Scalar::Foreign(path) => RustType::Foreign(path.clone()),
    }
}

/// The Rust type with every other name replaced by what it stands for.
pub(in crate::plan) fn resolved(api: &Api, names: &Names, id: TypeId) -> RustType {
    let (id, nullable) = api.types.resolve(id);
    let shape = &api.types[id].shape;
    let ty = if let Shape::Array(item) = shape {
        RustType::Vec(Box::new(resolved(api, names, *item)))
    } else if let Shape::Map(value) = shape {
        RustType::Map(Box::new(resolved(api, names, *value)))
    } else if shape.is_named() {
        rust_type(api, names, id)
    } else {
        shape_type(api, names, shape)
    };
    if nullable { ty.optional() } else { ty }
}

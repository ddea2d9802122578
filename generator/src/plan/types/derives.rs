//! Which standard traits does a type have beside `Debug`, `Clone` and `PartialEq`? Those that all
//! of its parts have.

use super::rust_type::{RustType, rust_type};
use crate::api::{Api, Format, Presence, Scalar, Shape, TypeId};
use crate::plan::names::Names;

/// The traits.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each trait is there or not, whatever the others"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derives {
    /// `Copy`
    pub copy: bool,
    /// `Eq` and `Hash`
    pub eq: bool,
    /// `PartialOrd` and `Ord`
    pub ord: bool,
    /// `Default`
    pub default: bool,
}

const ALL: Derives = Derives {
    copy: true,
    eq: true,
    ord: true,
    default: true,
};

const NONE: Derives = Derives {
    copy: false,
    eq: false,
    ord: false,
    default: false,
};

impl Derives {
    fn and(self, other: Self) -> Self {
        Self {
            copy: self.copy && other.copy,
            eq: self.eq && other.eq,
            ord: self.ord && other.ord,
            default: self.default && other.default,
        }
    }
}

/// The traits of all types.
pub(in crate::plan) struct Finder<'a> {
    api: &'a Api,
    names: &'a Names,
    known: Vec<Derives>,
}

impl<'a> Finder<'a> {
    /// Types may hold each other, so each is looked at until nothing changes any more.
    pub(in crate::plan) fn new(api: &'a Api, names: &'a Names) -> Self {
        let mut finder = Self {
            api,
            names,
            known: vec![ALL; api.types.len()],
        };
        loop {
            let ids = api.types.iter().map(|(id, _)| id);
            let found: Vec<Derives> = ids.map(|id| finder.find(id)).collect();
            if found == finder.known {
                return finder;
            }
            finder.known = found;
        }
    }

    /// The traits of a type.
    pub(in crate::plan) fn of(&self, id: TypeId) -> Derives {
        self.known[id.index()]
    }

    fn find(&self, id: TypeId) -> Derives {
        match &self.api.types[id].shape {
            Shape::Scalar(Scalar::Boolean | Scalar::Integer(_)) => ALL,
            Shape::Scalar(Scalar::Number(_)) => Derives {
                eq: false,
                ord: false,
                ..ALL
            },
            Shape::Any => Derives {
                copy: false,
                ord: false,
                ..ALL
            },
            // Secrets have no order.
            Shape::Scalar(Scalar::String(Format(format))) => Derives {
                copy: false,
                ord: format != "password",
                ..ALL
            },
            Shape::Scalar(Scalar::Foreign(_)) => NONE,
            Shape::Enum(_) => Derives {
                eq: true,
                ord: true,
                ..NONE
            },
            Shape::Array(part) | Shape::Map(part) => Derives {
                copy: false,
                default: true,
                ..self.of(*part)
            },
            Shape::Tuple(places) => Derives {
                copy: false,
                ..places.iter().map(|id| self.of(*id)).fold(ALL, Derives::and)
            },
            Shape::Nullable(inner) => Derives {
                default: true,
                ..self.of(*inner)
            },
            Shape::Alias(target) => self.of(*target),
            Shape::Union(union) => {
                let parts = union.variants.iter().map(|variant| self.of(variant.ty));
                // A union keeps any other value, and JSON values have no order.
                Derives {
                    copy: false,
                    ord: false,
                    default: false,
                    ..parts.fold(ALL, Derives::and)
                }
            }
            Shape::Object(object) => {
                let mut all = ALL;
                for member in &object.members {
                    let mut own = self.of(member.ty);
                    if member.presence != Presence::Required {
                        own.default = true;
                    }
                    // What is boxed is not `Copy`; what could be is small.
                    if !is_small(&rust_type(self.api, self.names, member.ty)) {
                        own.copy = false;
                    }
                    all = all.and(own);
                }
                if let Some(rest) = object.additional {
                    all = all.and(Derives {
                        copy: false,
                        default: true,
                        ..self.of(rest)
                    });
                }
                if object.members.len() > LARGEST_COPY || object.members.is_empty() {
                    all.copy = false;
                }
                // The order of its members says nothing about the order of objects.
                Derives { ord: false, ..all }
            }
        }
    }
}

/// How many fields a struct may have that is copied without saying so.
const LARGEST_COPY: usize = 4;

fn is_small(ty: &RustType) -> bool {
    match ty {
        RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F64 => true,
        RustType::Option(inner) | RustType::Nullable(inner) => is_small(inner),
        RustType::Unit
        | RustType::Json
        | RustType::String
        | RustType::Bytes
        | RustType::Secret
        | RustType::Foreign(_)
        | RustType::Infallible
        | RustType::Tuple(_)
        | RustType::Vec(_)
        | RustType::Map(_)
        | RustType::Boxed(_)
        | RustType::Model(_)
        | RustType::Local(_) => false,
    }
}

//! Is a type `Copy`, and has it a `Default`, beside `Debug`, `Clone` and `PartialEq`? If all of its
//! parts are and have.

use super::rust_type::{RustType, rust_type};
use crate::api::{Api, Presence, Scalar, Shape, TypeId};
use crate::plan::names::Names;

/// The traits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derives {
    /// `Copy`
    pub copy: bool,
    /// `Default`
    pub default: bool,
}

const ALL: Derives = Derives {
    copy: true,
    default: true,
};

const NONE: Derives = Derives {
    copy: false,
    default: false,
};

impl Derives {
    fn and(self, other: Self) -> Self {
        Self {
            copy: self.copy && other.copy,
            default: self.default && other.default,
        }
    }
}

/// The traits of all types.
pub(in crate::plan) struct Finder(Vec<Derives>);

/// What a type that is held allows its holder.
struct Held {
    holder: TypeId,
    /// Whether the holder has a default without it.
    is_optional: bool,
    /// The traits that the holder can have at most.
    most: Derives,
}

impl Finder {
    /// Types may hold each other: a type starts with all traits that its shape allows, and loses
    /// those that one it holds does not have. Each loses a trait once, so that this ends.
    pub(in crate::plan) fn new(api: &Api, names: &Names) -> Self {
        let types = || api.types.iter();
        let mut known: Vec<Derives> = types().map(|(_, ty)| own(&ty.shape)).collect();
        let mut held: Vec<Vec<Held>> = types().map(|_| Vec::new()).collect();
        for (id, _) in types() {
            for (part, of) in parts(api, names, id) {
                held[part.index()].push(of);
            }
        }
        let mut waiting: Vec<TypeId> = types().map(|(id, _)| id).collect();
        while let Some(id) = waiting.pop() {
            let of_part = known[id.index()];
            for held in &held[id.index()] {
                let allowed = Derives {
                    default: of_part.default || held.is_optional,
                    ..of_part
                };
                let of_holder = &mut known[held.holder.index()];
                let found = of_holder.and(allowed).and(held.most);
                if found != *of_holder {
                    *of_holder = found;
                    waiting.push(held.holder);
                }
            }
        }
        Self(known)
    }

    /// The traits of a type.
    pub(in crate::plan) fn of(&self, id: TypeId) -> Derives {
        self.0[id.index()]
    }
}

/// The traits that a shape allows, whatever it holds.
fn own(shape: &Shape) -> Derives {
    let elsewhere = Derives { copy: false, ..ALL };
    match shape {
        Shape::Scalar(Scalar::Boolean | Scalar::Integer(_) | Scalar::Number(_))
        | Shape::Nullable(_)
        | Shape::Alias(_) => ALL,
        Shape::Any
        | Shape::Scalar(Scalar::String(_))
        | Shape::Array(_)
        | Shape::Map(_)
        | Shape::Tuple(_) => elsewhere,
        Shape::Scalar(Scalar::Foreign(_)) | Shape::Enum(_) | Shape::Union(_) => NONE,
        Shape::Object(object) => Derives {
            copy: (1..=LARGEST_COPY).contains(&object.properties.len()),
            ..ALL
        },
    }
}

/// The types that a type holds, and what each allows it.
fn parts(api: &Api, names: &Names, holder: TypeId) -> Vec<(TypeId, Held)> {
    let held = |is_optional: bool, most: Derives| Held {
        holder,
        is_optional,
        most,
    };
    let elsewhere = Derives { copy: false, ..ALL };
    match &api.types[holder].shape {
        Shape::Array(part) | Shape::Map(part) => vec![(*part, held(true, elsewhere))],
        Shape::Tuple(tuple) => {
            let places = tuple.places.iter();
            let places = places.map(|id| (*id, held(false, elsewhere)));
            let rest = tuple.rest.map(|id| (id, held(true, elsewhere)));
            places.chain(rest).collect()
        }
        Shape::Nullable(inner) => vec![(*inner, held(true, ALL))],
        Shape::Alias(target) => vec![(*target, held(false, ALL))],
        Shape::Union(union) => {
            let variants = union.variants.iter();
            variants.map(|v| (v.ty, held(true, elsewhere))).collect()
        }
        Shape::Object(object) => {
            let properties = object.properties.iter().map(|property| {
                let is_optional = property.presence != Presence::Required;
                // What is boxed is not `Copy`; what could be is small.
                let copy = is_small(&rust_type(api, names, property.ty));
                (property.ty, held(is_optional, Derives { copy, ..ALL }))
            });
            let rest = object.additional.map(|id| (id, held(true, elsewhere)));
            properties.chain(rest).collect()
        }
        Shape::Any | Shape::Scalar(_) | Shape::Enum(_) => Vec::new(),
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
        | RustType::OpenTuple { .. }
        | RustType::Vec(_)
        | RustType::Map(_)
        | RustType::Boxed(_)
        | RustType::Model(_)
        | RustType::Local(_) => false,
    }
}

//! Which types look the same on the wire, whatever is said about them?

use std::collections::HashMap;

use crate::api::{Docs, Presence, Scalar, Shape, Tuple, TypeId, Types};

/// For each type, by its index, the one that stands for all that look the same.
pub(super) struct Alike(Vec<TypeId>);

impl Alike {
    /// An inline type's parts stand after it in the table, so that going backwards they are known.
    /// Components look like no other, which also ends recursion.
    pub(super) fn find(types: &Types) -> Self {
        let ids: Vec<TypeId> = types.ids().collect();
        let mut alike = Self(ids.clone());
        let mut looks: HashMap<Look<'_>, TypeId> = HashMap::new();
        for id in ids.into_iter().rev() {
            if types[id].name.component.is_none() {
                let look = look(&types[id].shape, &|id| alike.of(id));
                alike.0[id.index()] = *looks.entry(look).or_insert(id);
            }
        }
        alike
    }

    pub(super) fn of(&self, id: TypeId) -> TypeId {
        self.0[id.index()]
    }
}

/// Leaves of the words about a type and its parts those that another one, which looks the same, has
/// as well.
pub(super) fn agree(types: &mut Types, kept: TypeId, other: TypeId, depth: usize) {
    const DEEPEST: usize = 32;
    if kept == other || depth > DEEPEST || types[kept].name.component.is_some() {
        return;
    }
    types[kept].docs = common(&types[kept].docs, &types[other].docs);
    let docs = |types: &Types, id: TypeId| -> Vec<Docs> {
        let properties = types[id].shape.as_object().into_iter();
        let properties = properties.flat_map(|object| &object.properties);
        properties.map(|property| property.docs.clone()).collect()
    };
    let others = docs(types, other);
    if let Some(object) = types[kept].shape.as_object_mut() {
        for (property, docs) in object.properties.iter_mut().zip(&others) {
            property.docs = common(&property.docs, docs);
        }
    }
    let descriptions = |shape: &Shape| -> Vec<String> {
        let Shape::Enum(listed) = shape else {
            return Vec::new();
        };
        let values = listed.values.iter();
        values.map(|value| value.description.clone()).collect()
    };
    let others = descriptions(&types[other].shape);
    if let Shape::Enum(listed) = &mut types[kept].shape {
        for (value, description) in listed.values.iter_mut().zip(others) {
            if value.description != description {
                value.description.clear();
            }
        }
    }
    let parts = types[kept].shape.parts().into_iter();
    for (part, other) in parts.zip(types[other].shape.parts()) {
        agree(types, part, other, depth + 1);
    }
}

/// What is said about both of two things.
fn common(docs: &Docs, other: &Docs) -> Docs {
    fn both<T: Clone + Default + PartialEq>(one: &T, other: &T) -> T {
        if one == other {
            one.clone()
        } else {
            T::default()
        }
    }
    Docs {
        title: both(&docs.title, &other.title),
        description: both(&docs.description, &other.description),
        deprecated: docs.deprecated && other.deprecated,
        notes: both(&docs.notes, &other.notes),
        default: both(&docs.default, &other.default),
        example: both(&docs.example, &other.example),
    }
}

/// A shape, without its words.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum Look<'a> {
    Any,
    Scalar(&'a Scalar),
    Enum(&'a Scalar, Vec<&'a str>, Vec<Option<&'a str>>),
    Array(TypeId),
    Tuple(Tuple),
    Map(TypeId),
    Object(Vec<(&'a str, TypeId, bool)>, Option<TypeId>),
    Union(Vec<(TypeId, &'a [String])>, Option<&'a str>),
    Nullable(TypeId),
    Alias(TypeId),
}

/// The look of a shape; `of` says which type stands for each of its parts.
pub(super) fn look<'a>(shape: &'a Shape, of: &dyn Fn(TypeId) -> TypeId) -> Look<'a> {
    match shape {
        Shape::Any => Look::Any,
        Shape::Scalar(scalar) => Look::Scalar(scalar),
        Shape::Enum(listed) => {
            let values = &listed.values;
            let texts = values.iter().map(|value| &*value.text).collect();
            let names = values.iter().map(|value| value.name.as_deref());
            Look::Enum(&listed.scalar, texts, names.collect())
        }
        Shape::Array(item) => Look::Array(of(*item)),
        Shape::Tuple(tuple) => Look::Tuple(Tuple {
            places: tuple.places.iter().map(|id| of(*id)).collect(),
            required: tuple.required,
            rest: tuple.rest.map(of),
        }),
        Shape::Map(value) => Look::Map(of(*value)),
        Shape::Nullable(inner) => Look::Nullable(of(*inner)),
        Shape::Alias(target) => Look::Alias(of(*target)),
        Shape::Object(object) => Look::Object(
            object
                .properties
                .iter()
                .map(|property| {
                    let required = property.presence == Presence::Required;
                    (&*property.name, of(property.ty), required)
                })
                .collect(),
            object.additional.map(of),
        ),
        Shape::Union(union) => Look::Union(
            union
                .variants
                .iter()
                .map(|variant| (of(variant.ty), &*variant.tags))
                .collect(),
            union.tag.as_deref(),
        ),
    }
}

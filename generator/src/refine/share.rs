//! Which inline types are the same type? Those that look the same on the wire and that the document
//! calls the same; and unions of scalars, which nothing but their variants tells apart.
//!
//! All others have a type of their own for each place: one that several places share would have to
//! be called after one of them, and would change its name when another changes.

use std::collections::HashMap;

use crate::api::{Api, Docs, Presence, Scalar, Shape, TypeId, Types};

/// Makes equal inline types one.
pub fn share(api: &mut Api) {
    let same = Same::find(&api.types);
    for id in api.types.ids() {
        let kept = same.of(id);
        if kept != id {
            agree(&mut api.types, kept, id, 0);
        }
    }
    let replace = |id: &mut TypeId| *id = same.of(*id);
    api.for_each_type(&mut |id| replace(id));
    for id in api.types.ids() {
        api.types[id].shape.for_each_part(&mut |id| replace(id));
    }
}

/// Leaves of the words about a type and its parts those that another one, which looks the same, has,
/// too.
fn agree(types: &mut Types, kept: TypeId, other: TypeId, depth: usize) {
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

/// For each type, by its index, the type that stands for it: the first in the document.
struct Same(Vec<TypeId>);

impl Same {
    fn of(&self, id: TypeId) -> TypeId {
        self.0[id.index()]
    }

    /// An inline type's parts stand after it in the table, so that going backwards they are known.
    /// Components stand for themselves, which also ends recursion.
    fn find(types: &Types) -> Self {
        let own = || Self(types.ids().collect());
        let (mut alike, mut same) = (own(), own());
        let mut looks: HashMap<Look<'_>, TypeId> = HashMap::new();
        let mut known: HashMap<Key<'_>, TypeId> = HashMap::new();
        let ids: Vec<TypeId> = types.ids().collect();
        for id in ids.iter().rev().copied() {
            if types[id].name.component.is_some() {
                continue;
            }
            let look = look(&types[id].shape, &alike);
            alike.0[id.index()] = *looks.entry(look).or_insert(id);
            if let Some(key) = key(types, id, (&alike, &same)) {
                same.0[id.index()] = *known.entry(key).or_insert(id);
            }
        }
        let mut first: HashMap<TypeId, TypeId> = HashMap::new();
        for id in &ids {
            first.entry(same.of(*id)).or_insert(*id);
        }
        Self(ids.iter().map(|id| first[&same.of(*id)]).collect())
    }
}

/// What tells types apart; `None` for one that is like no other. `alike` are the types that look the
/// same, `same` those that are one.
fn key<'a>(types: &'a Types, id: TypeId, (alike, same): (&Same, &Same)) -> Option<Key<'a>> {
    let ty = &types[id];
    if !ty.shape.is_named() {
        return Some(Key::Look(look(&ty.shape, same)));
    }
    if let Some(name) = ty.name.own() {
        return Some(Key::Named(name, alike.of(id)));
    }
    types.scalars(id).map(Key::Scalars)
}

/// What tells types apart.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    /// A type without a name.
    Look(Look<'a>),
    /// A type that the document calls so, and one that looks like it.
    Named(&'a str, TypeId),
    /// A union of these scalars.
    Scalars(Vec<String>),
}

/// A shape, without its words.
#[derive(PartialEq, Eq, Hash)]
enum Look<'a> {
    Any,
    Scalar(&'a Scalar),
    Enum(&'a [String]),
    Array(TypeId),
    Tuple(Vec<TypeId>),
    Map(TypeId),
    Object(Vec<(&'a str, TypeId, bool)>, Option<TypeId>),
    Union(Vec<(TypeId, &'a [String])>, Option<&'a str>),
    Nullable(TypeId),
    Alias(TypeId),
}

fn look<'a>(shape: &'a Shape, same: &Same) -> Look<'a> {
    match shape {
        Shape::Any => Look::Any,
        Shape::Scalar(scalar) => Look::Scalar(scalar),
        Shape::Enum(values) => Look::Enum(&values.values),
        Shape::Array(item) => Look::Array(same.of(*item)),
        Shape::Tuple(places) => Look::Tuple(places.iter().map(|id| same.of(*id)).collect()),
        Shape::Map(value) => Look::Map(same.of(*value)),
        Shape::Nullable(inner) => Look::Nullable(same.of(*inner)),
        Shape::Alias(target) => Look::Alias(same.of(*target)),
        Shape::Object(object) => Look::Object(
            object
                .properties
                .iter()
                .map(|property| {
                    let required = property.presence == Presence::Required;
                    (&*property.name, same.of(property.ty), required)
                })
                .collect(),
            object.additional.map(|id| same.of(id)),
        ),
        Shape::Union(union) => Look::Union(
            union
                .variants
                .iter()
                .map(|variant| (same.of(variant.ty), &*variant.tags))
                .collect(),
            union.tag.as_deref(),
        ),
    }
}

//! Which inline types are the same type? Those that look the same on the wire and that the
//! document's author has not given different names.

use std::collections::HashMap;

use crate::api::{Api, Place, Presence, Scalar, Shape, TypeId, Types};

/// Makes equal inline types one, which then stands in several places.
pub fn share(api: &mut Api) {
    let same = representatives(&api.types);
    for id in api.types.iter().map(|(id, _)| id).collect::<Vec<_>>() {
        let kept = same.of(id);
        if kept != id {
            let places = std::mem::take(&mut api.types[id].name.places);
            api.types[kept].name.places.extend(places);
        }
    }
    super::replace_ids(api, &|id| Some(same.of(id)));
}

/// For each type, by its index, the type that stands for it.
struct Same(Vec<TypeId>);

impl Same {
    fn of(&self, id: TypeId) -> TypeId {
        self.0[id.index()]
    }
}

/// An inline type's parts stand after it in the table, so that going backwards their own
/// representatives are known. Components stand for themselves, which also ends recursion.
fn representatives(types: &Types) -> Same {
    let ids: Vec<TypeId> = types.iter().map(|(id, _)| id).collect();
    let mut same = Same(ids.clone());
    let mut known: HashMap<Key<'_>, TypeId> = HashMap::new();
    for id in ids.iter().rev().copied() {
        let ty = &types[id];
        if ty.name.component.is_none() {
            let key = Key {
                given: ty
                    .shape
                    .is_named()
                    .then_some(ty.name.given.as_deref())
                    .flatten(),
                title: ty
                    .shape
                    .is_named()
                    .then_some(ty.name.title.as_deref())
                    .flatten(),
                word: ty.shape.as_object().and_then(|_| word(types, id)),
                look: look(&ty.shape, &same),
            };
            same.0[id.index()] = *known.entry(key).or_insert(id);
        }
    }
    first_in_document(&ids, &same)
}

/// Lets the first of equal types stand for all of them: its words are kept.
fn first_in_document(ids: &[TypeId], same: &Same) -> Same {
    let mut first: HashMap<TypeId, TypeId> = HashMap::new();
    for id in ids.iter().copied() {
        first.entry(same.of(id)).or_insert(id);
    }
    Same(ids.iter().map(|id| first[&same.of(*id)]).collect())
}

/// What tells types apart.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    given: Option<&'a str>,
    title: Option<&'a str>,
    /// The name of the property or the parameter that an object is the value of, or an item of.
    word: Option<&'a str>,
    look: Look<'a>,
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

/// What the author calls the place where a type stands, or what it is an item of.
fn word(types: &Types, id: TypeId) -> Option<&str> {
    const FARTHEST: usize = 8;
    let mut id = id;
    for _ in 0..FARTHEST {
        match types[id].name.places.first()? {
            Place::Property(_, name) | Place::Parameter(_, name) => return Some(name),
            Place::Item(around) | Place::Value(around) => id = *around,
            Place::Variant(..) | Place::Body(_) | Place::Response(..) | Place::Webhook(_) => break,
        }
    }
    None
}

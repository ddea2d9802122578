//! Which inline types are the same type? Those that look the same on the wire and that the document
//! calls the same; the contents of one body; and unions of scalars, which nothing but their variants
//! tells apart.

use std::collections::HashMap;

use super::alike::{Alike, Look, agree, look};
use crate::api::{Api, Place, TypeId, Types};

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

/// For each type, by its index, the type that stands for it: the first in the document.
struct Same(Vec<TypeId>);

impl Same {
    fn of(&self, id: TypeId) -> TypeId {
        self.0[id.index()]
    }

    /// An inline type's parts stand after it in the table, so that going backwards they are known.
    /// Components stand for themselves, which also ends recursion.
    fn find(types: &Types) -> Self {
        let alike = Alike::find(types);
        let mut same = Self(types.ids().collect());
        let mut known: HashMap<Key<'_>, TypeId> = HashMap::new();
        let ids: Vec<TypeId> = types.ids().collect();
        for id in ids.iter().rev().copied() {
            if types[id].name.component.is_some() {
                continue;
            }
            if let Some(key) = key(types, id, &alike, &same) {
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

/// What tells types apart; `None` for one that is like no other.
fn key<'a>(types: &'a Types, id: TypeId, alike: &Alike, same: &Same) -> Option<Key<'a>> {
    let ty = &types[id];
    if !ty.shape.is_named() {
        return Some(Key::Look(look(&ty.shape, &|id| same.of(id))));
    }
    if let Some(name) = ty.name.own() {
        return Some(Key::Named(name, alike.of(id)));
    }
    if let Some(scalars) = types.scalars(id) {
        return Some(Key::Scalars(scalars));
    }
    let place = ty.name.place.as_ref()?;
    match place {
        Place::Body(_) | Place::Response(..) | Place::Component(..) | Place::Webhook(_) => {
            Some(Key::Content(place, alike.of(id)))
        }
        Place::Property(..)
        | Place::Item(_)
        | Place::Value(_)
        | Place::Variant(..)
        | Place::Parameter(..)
        | Place::Path(..) => None,
    }
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
    /// One of the contents of a body, and a type that looks like it.
    Content(&'a Place, TypeId),
}

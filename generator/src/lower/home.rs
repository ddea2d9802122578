//! Where is a schema at home? In the component or the operation in which the document writes it,
//! whatever else leads to it.

use super::Lowering;
use crate::api::{Place, TypeId};
use crate::document::extension::METHOD_PATH;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// The place where a schema is written. `place` is the one that has led to it: another one where
    /// a component is used, by a reference or as a part of `allOf`.
    pub(super) fn home(&self, at: &Pointer, place: Place) -> Place {
        let tokens = at.tokens();
        match &tokens[..] {
            ["components", "schemas", name, below @ ..] => {
                let owner = self.components.get(name).map(|id| self.not_null(*id));
                owner.and_then(|id| part(id, below)).unwrap_or(place)
            }
            ["components", section, name, ..] if place.within().is_none() => {
                Place::Component((*section).to_owned(), (*name).to_owned())
            }
            ["paths", path, "parameters", ..] if !path.starts_with(METHOD_PATH) => {
                if let Place::Parameter(_, name) = place {
                    Place::Path((*path).to_owned(), name)
                } else {
                    place
                }
            }
            [..] => place,
        }
    }
}

/// The part of a component's schema that stands at these tokens below it, where nothing that has a
/// name of its own is between them.
fn part(owner: TypeId, below: &[&str]) -> Option<Place> {
    match below {
        ["allOf", _, below @ ..] => part(owner, below),
        ["properties", name] => Some(Place::Property(owner, (*name).to_owned())),
        ["items"] => Some(Place::Item(owner)),
        ["additionalProperties"] => Some(Place::Value(owner)),
        ["oneOf" | "anyOf", index] => Some(Place::Variant(owner, index.parse().ok()?)),
        [..] => None,
    }
}

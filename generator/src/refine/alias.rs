//! Which inline types are one type with several names? Those that look the same under the same word
//! in the same role: the values of properties or parameters of one name, and the errors of one status.
//!
//! Each place keeps the name that it has by itself, so that a change of one of them changes no name
//! of another. Bodies of requests have a type of their own for each operation.

use std::collections::HashMap;

use super::alike::{Alike, agree};
use crate::api::{Api, Place, Shape, TypeId, Types};

/// Makes every used type that is like an earlier one another name for it.
pub fn share(api: &mut Api) {
    let alike = Alike::find(&api.types);
    let mut first: HashMap<(String, TypeId), TypeId> = HashMap::new();
    let mut aliases = Vec::new();
    for (id, ty) in api.types.used() {
        if !ty.shape.is_named() || ty.name.component.is_some() || ty.name.own().is_some() {
            continue;
        }
        let Some(word) = word(&api.types, id, 0) else {
            continue;
        };
        let kept = *first.entry((word, alike.of(id))).or_insert(id);
        if kept != id {
            aliases.push((id, kept));
        }
    }
    for (id, kept) in &aliases {
        agree(&mut api.types, *kept, *id, 0);
    }
    for (id, kept) in aliases {
        api.types[id].shape = Shape::Alias(kept);
        api.types[id].is_alias = true;
    }
}

/// What the document calls the place of a type, and its role.
fn word(types: &Types, id: TypeId, depth: usize) -> Option<String> {
    const DEEPEST: usize = 8;
    if depth > DEEPEST || types[id].name.component.is_some() {
        return None;
    }
    match types[id].name.place.as_ref()? {
        Place::Property(_, name) => Some(format!("property {name}")),
        Place::Parameter(_, name) | Place::Path(_, name) => Some(format!("parameter {name}")),
        Place::Item(around) | Place::Value(around) => word(types, *around, depth + 1),
        Place::Variant(union, index) => {
            let union = word(types, *union, depth + 1)?;
            Some(format!("{union} or {index}"))
        }
        Place::Response(_, status) if !status.is_success() => Some(format!("response {status}")),
        Place::Response(..) | Place::Component(..) | Place::Body(_) | Place::Webhook(_) => None,
    }
}

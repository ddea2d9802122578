//! Where does the user want less than the document says, or another type?

use std::collections::{HashMap, HashSet};

use crate::api::{Api, Docs, Name, Origin, Presence, Scalar, Shape, Type, TypeId};
use crate::settings::{Settings, Unknown};

/// Relaxes what the settings name.
pub fn relax(api: &mut Api, settings: &Settings) {
    let lenient = settings.lenient.iter();
    let lenient = lenient.filter_map(|place| Some((Origin::named(place)?, Shape::Any)));
    let types = settings.types.iter().filter_map(|(place, path)| {
        let shape = Shape::Scalar(Scalar::Foreign(path.clone()));
        Some((Origin::named(place)?, shape))
    });
    let shapes: HashMap<Origin, Shape> = lenient.chain(types).collect();
    let chosen = |origin: &Origin| shapes.get(origin).cloned();
    if !shapes.is_empty() {
        for id in api.types.ids() {
            if let Some(shape) = chosen(&api.types[id].origin) {
                api.types[id].shape = shape;
            }
            relax_properties(api, id, &chosen);
        }
    }
    keep(api, &settings.unknown);
}

/// Gives properties of an object the shapes that are chosen; one that is read whatever it holds may be
/// missing, too.
fn relax_properties(api: &mut Api, id: TypeId, chosen: &dyn Fn(&Origin) -> Option<Shape>) {
    let Some(mut object) = api.types[id].shape.as_object().cloned() else {
        return;
    };
    for property in &mut object.properties {
        if let Some(shape) = chosen(&property.origin) {
            if shape == Shape::Any {
                property.presence = Presence::Optional;
            }
            property.ty = api.types.add(unnamed(shape));
        }
    }
    api.types[id].shape = Shape::Object(object);
}

/// Lets types keep the properties that the document does not know.
fn keep(api: &mut Api, unknown: &Unknown) {
    let places: HashSet<Origin> = match unknown {
        Unknown::Skip | Unknown::Keep => HashSet::new(),
        Unknown::KeepIn(places) => places.iter().filter_map(|p| Origin::named(p)).collect(),
    };
    let is_kept = |origin: &Origin| *unknown == Unknown::Keep || places.contains(origin);
    let ids: Vec<_> = api.types.ids().collect();
    let ids = ids.into_iter().filter(|id| is_kept(&api.types[*id].origin));
    let ids: Vec<_> = ids.collect();
    if ids.is_empty() {
        return;
    }
    let any = api.types.add(unnamed(Shape::Any));
    for id in ids {
        if let Some(object) = api.types[id].shape.as_object_mut() {
            object.additional.get_or_insert(any);
        }
    }
}

fn unnamed(shape: Shape) -> Type {
    Type {
        shape,
        docs: Docs::default(),
        name: Name::default(),
        origin: Origin::several(),
        is_used: true,
        is_alias: false,
    }
}

//! Simplifies an API, one question a pass.

mod formats;
mod prune;
mod share;
mod sides;
mod unions;

use indexmap::IndexSet;

use crate::api::{Api, Place, TypeId};
use crate::settings::Settings;

/// Runs all passes.
pub fn refine(api: &mut Api, settings: &Settings) {
    formats::replace(api, &settings.formats);
    sides::decide(api);
    share::share(api);
    unions::simplify(api);
    prune::prune(api, settings.all_types);
}

/// Gives types other ids. A place within a type that has none any more is forgotten.
fn replace_ids(api: &mut Api, new: &dyn Fn(TypeId) -> Option<TypeId>) {
    let replace = |id: &mut TypeId| *id = new(*id).unwrap_or(*id);
    api.for_each_type(&mut |id| replace(id));
    for index in api.types.iter().map(|(id, _)| id).collect::<Vec<_>>() {
        let ty = &mut api.types[index];
        ty.shape.for_each_part(&mut |id| replace(id));
        ty.name.places.retain_mut(|place| match place.within() {
            Some(id) => match new(*id) {
                Some(kept) => {
                    *id = kept;
                    true
                }
                None => false,
            },
            None => true,
        });
        let places: IndexSet<Place> = std::mem::take(&mut ty.name.places).into_iter().collect();
        ty.name.places = places.into_iter().collect();
    }
}

//! Which types does a client need? Those that its operations reach.

use crate::api::{Api, TypeId, Types};

/// Leaves out every type that no operation reaches; components only if not `all`.
pub fn prune(api: &mut Api, all: bool) {
    let mut roots = roots(api);
    if all {
        let components = api.types.iter();
        let components = components.filter(|(_, ty)| ty.name.component.is_some());
        roots.extend(components.map(|(id, _)| id));
    }
    let reached = api.types.reached(roots);
    let mut moved = vec![None; api.types.len()];
    let mut types = Types::default();
    for (id, ty) in std::mem::take(&mut api.types).into_iter() {
        if reached[id.index()] {
            moved[id.index()] = Some(types.add(ty));
        }
    }
    api.types = types;
    super::replace_ids(api, &|id| moved[id.index()]);
}

/// The types that operations and webhooks name.
fn roots(api: &mut Api) -> Vec<TypeId> {
    let mut roots = Vec::new();
    api.for_each_type(&mut |id| roots.push(*id));
    roots
}

//! Which types does a client need? Those that its operations reach.

use crate::api::{Api, TypeId};

/// Marks every type that an operation reaches; all components, too, if `all`, or if there are no
/// operations.
pub fn prune(api: &mut Api, all: bool) {
    let mut roots = roots(api);
    if all || roots.is_empty() {
        let components = api.types.iter();
        let components = components.filter(|(_, ty)| ty.name.component.is_some());
        roots.extend(components.map(|(id, _)| id));
    }
    let reached = api.types.reached(roots);
    for id in api.types.ids() {
        api.types[id].is_used = reached[id.index()];
    }
}

/// The types that operations and webhooks name.
fn roots(api: &mut Api) -> Vec<TypeId> {
    let mut roots = Vec::new();
    api.for_each_type(&mut |id| roots.push(*id));
    roots
}

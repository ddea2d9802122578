//! How much of everything there may be.

use std::collections::HashSet;

use super::Lowering;
use super::depth::deepest;
use crate::api::{Operation, Server, Shape};
use crate::diagnostic::Code;
use crate::document::Limits;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Reports what there is too much of. All of it takes time, here and when the client is compiled.
    pub(super) fn check_limits(&mut self, operations: &[Operation], servers: &[Server]) {
        let limits = self.settings.limits;
        let shapes = self.types.iter().map(|(_, ty)| &ty.shape);
        let is_type = |shape: &&Shape| shape.is_named() || matches!(shape, Shape::Alias(_));
        let count = shapes.filter(is_type).count();
        let schemas = Pointer::root().child("components").child("schemas");
        self.check(&schemas, count, limits.types, "types", "types");
        let mut sized = Vec::new();
        for (_, ty) in self.types.iter() {
            let (count, what) = match &ty.shape {
                Shape::Object(object) => (object.properties.len(), "properties"),
                Shape::Union(union) => (union.variants.len(), "alternatives"),
                Shape::Any
                | Shape::Scalar(_)
                | Shape::Enum(_)
                | Shape::Array(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Nullable(_)
                | Shape::Alias(_) => continue,
            };
            sized.push((ty.origin.clone(), count, what));
        }
        for operation in operations {
            let origin = operation.origin.clone();
            sized.push((origin, operation.parameters.len(), "parameters"));
        }
        for (origin, count, what) in sized {
            let at = origin.pointer().cloned().unwrap_or_default();
            self.check(&at, count, limits.members, "members", what);
        }
        if let Some((id, depth)) = deepest(&self.types)
            && depth as u64 > limits.depth
        {
            let at = self.types[id].origin.pointer().cloned().unwrap_or_default();
            let most = limits.depth;
            let message = format!("types hold each other {depth} deep, more than {most}");
            let help = Limits::help("depth");
            self.diagnostics.error(Code::TooLarge, &at, message, help);
        }
        let groups: HashSet<&str> = operations.iter().filter_map(|o| o.tag.as_deref()).collect();
        let at = Pointer::root().child("paths");
        self.check(
            &at,
            groups.len(),
            limits.members,
            "members",
            "groups of operations",
        );
        let at = Pointer::root().child("servers");
        self.check(&at, servers.len(), limits.members, "members", "servers");
    }

    fn check(&mut self, at: &Pointer, count: usize, most: u64, limit: &str, what: &str) {
        if count as u64 > most {
            let message = format!("there are {count} {what}, more than {most}");
            let help = Limits::help(limit);
            self.diagnostics.error(Code::TooLarge, at, message, help);
        }
    }
}

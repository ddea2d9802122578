//! Types that hold themselves with no object between: no Rust type can be another name of what it
//! is part of.

use super::Lowering;
use crate::api::{Docs, Shape, TypeId};
use crate::diagnostic::Code;

impl Lowering<'_> {
    /// Lets arrays, maps and aliases that lead back to themselves hold any JSON value there.
    pub(super) fn break_cycles(&mut self) {
        let components: Vec<TypeId> = self.components.values().copied().collect();
        for id in components {
            while let Some(holder) = self.holder_of(id) {
                let at = self.types[id].origin.pointer().cloned();
                let message = "the type holds itself without an object between";
                let help = "the inner one is read and written as any JSON value";
                let at = at.unwrap_or_default();
                self.diagnostics.warning(Code::Untyped, &at, message, help);
                let any = self.add(Shape::Any, Docs::default());
                let holder = &mut self.types[holder].shape;
                holder.for_each_part(&mut |part| {
                    if *part == id {
                        *part = any;
                    }
                });
            }
        }
    }

    /// What holds a type, where that type leads to it by other names, arrays and maps alone.
    fn holder_of(&self, id: TypeId) -> Option<TypeId> {
        let mut waiting = vec![id];
        let mut seen = Vec::new();
        while let Some(next) = waiting.pop() {
            let shape = &self.types[next].shape;
            let is_named = matches!(shape, Shape::Object(_) | Shape::Union(_) | Shape::Enum(_));
            if is_named || seen.contains(&next) {
                continue;
            }
            seen.push(next);
            let parts = shape.parts();
            if parts.contains(&id) {
                return Some(next);
            }
            waiting.extend(parts);
        }
        None
    }
}

//! Types that are names of themselves, or hold themselves with no object between: no Rust type can be another
//! name of what it is part of.

use std::collections::HashSet;

use openapiv3::ReferenceOr;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::Lowering;
use crate::api::{Docs, Shape, TypeId};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Another name for a component, unless that is another name for this one.
    pub(super) fn alias(&mut self, id: TypeId, reference: &str, at: &Pointer) {
        let Some(target) = self.referenced(reference) else {
            return;
        };
        if self.end_of(target) == id {
            let message = "the reference leads back to itself; any JSON value takes its place";
            let help = "let one of the references lead to a definition";
            let way = self.way(reference);
            self.diagnostics
                .violation_along(Code::CircularReference, at, message, help, way);
        } else {
            self.types[id].shape = Shape::Alias(target);
        }
    }

    /// The components that a reference leads to one after the other, as long as they are references.
    fn way(&self, reference: &str) -> Vec<(Pointer, String)> {
        let mut way: Vec<(Pointer, String)> = Vec::new();
        let mut reference = reference;
        while let Some((name, ReferenceOr::Reference { reference: next })) =
            self.component_schema(reference)
        {
            let at = Self::component("schemas", &name);
            if way.iter().any(|(known, _)| *known == at) {
                break;
            }
            way.push((at, format!("the way leads over `{name}`")));
            reference = next;
        }
        way
    }

    /// The type that another one is a name of. The way there is shorter the next time.
    fn end_of(&mut self, id: TypeId) -> TypeId {
        let next = |lowering: &Self, id: TypeId| {
            let known = lowering.ends.get(&id).copied();
            known.or(lowering.types[id].shape.renamed())
        };
        let mut end = id;
        while let Some(further) = next(self, end) {
            end = further;
        }
        let mut at = id;
        while let Some(further) = next(self, at) {
            self.ends.insert(at, end);
            at = further;
        }
        end
    }

    /// Lets arrays, maps and aliases that lead back to themselves hold any JSON value there.
    pub(super) fn break_cycles(&mut self) {
        let components: HashSet<TypeId> = self.components.values().copied().collect();
        loop {
            let mut circles = self.circles();
            circles.sort();
            if circles.is_empty() {
                return;
            }
            for circle in circles {
                let component = circle.iter().find(|id| components.contains(id));
                if let Some(id) = component.or(circle.first()) {
                    self.open(*id, &circle);
                }
            }
        }
    }

    /// The types that lead to each other by other names, arrays and maps alone.
    fn circles(&self) -> Vec<Vec<TypeId>> {
        // A node for each type, in their order.
        let mut graph: DiGraph<TypeId, ()> = DiGraph::new();
        let nodes: Vec<_> = self.types.ids().map(|id| graph.add_node(id)).collect();
        let is_named =
            |shape: &Shape| matches!(shape, Shape::Object(_) | Shape::Union(_) | Shape::Enum(_));
        for (id, ty) in self.types.iter().filter(|(_, ty)| !is_named(&ty.shape)) {
            for part in ty.shape.parts() {
                graph.add_edge(nodes[id.index()], nodes[part.index()], ());
            }
        }
        let mut circles = kosaraju_scc(&graph);
        circles.retain(|circle| match circle[..] {
            [node] => graph.contains_edge(node, node),
            [..] => true,
        });
        let types = |circle: Vec<_>| circle.into_iter().map(|node| graph[node]).collect();
        let mut circles: Vec<Vec<TypeId>> = circles.into_iter().map(types).collect();
        for circle in &mut circles {
            circle.sort();
        }
        circles
    }

    /// Lets what holds a type hold any JSON value in its place.
    fn open(&mut self, id: TypeId, circle: &[TypeId]) {
        for holder in circle {
            if !self.types[*holder].shape.parts().contains(&id) {
                continue;
            }
            let at = self.types[id].origin.pointer().cloned();
            let message = "the type holds itself without an object between";
            let help = "the inner one is read and written as any JSON value";
            let at = at.unwrap_or_default();
            self.diagnostics.warning(Code::Untyped, &at, message, help);
            let any = self.add(Shape::Any, Docs::default());
            self.types[*holder].shape.for_each_part(&mut |part| {
                if *part == id {
                    *part = any;
                }
            });
        }
    }
}

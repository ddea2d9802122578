//! Which fields need a box? Those through which a struct would hold itself.

use std::collections::{HashMap, HashSet};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::api::{Api, Shape, TypeId};

/// The types that hold each other.
pub(in crate::plan) struct Boxes(HashMap<TypeId, usize>, HashSet<usize>);

impl Boxes {
    /// Finds the types that hold each other, directly or through others. Arrays and maps hold
    /// their values elsewhere.
    pub(in crate::plan) fn find(api: &Api) -> Self {
        let mut graph = DiGraph::<TypeId, ()>::new();
        let nodes: HashMap<TypeId, NodeIndex> = api
            .types
            .iter()
            .map(|(id, _)| (id, graph.add_node(id)))
            .collect();
        let mut own = HashSet::new();
        for (id, ty) in api.types.iter() {
            for part in held_directly(&ty.shape) {
                let (held, _) = api.types.resolve(part);
                graph.add_edge(nodes[&id], nodes[&held], ());
                if held == id {
                    own.insert(id);
                }
            }
        }
        let mut rings = HashMap::new();
        let mut real = HashSet::new();
        for (ring, properties) in kosaraju_scc(&graph).into_iter().enumerate() {
            if properties.len() > 1 || properties.iter().any(|node| own.contains(&graph[*node])) {
                real.insert(ring);
            }
            rings.extend(properties.into_iter().map(|node| (graph[node], ring)));
        }
        Self(rings, real)
    }

    /// Whether a property of this type must be boxed.
    pub(in crate::plan) fn is_boxed(&self, api: &Api, owner: TypeId, property: TypeId) -> bool {
        let (held, _) = api.types.resolve(property);
        let ring = self.0.get(&owner);
        ring == self.0.get(&held) && ring.is_some_and(|ring| self.1.contains(ring))
    }
}

/// The types whose values lie within a value of the shape.
fn held_directly(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Object(object) => object
            .properties
            .iter()
            .map(|property| property.ty)
            .collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
        Shape::Tuple(tuple) => tuple.places.clone(),
        Shape::Any
        | Shape::Scalar(_)
        | Shape::Enum(_)
        | Shape::Array(_)
        | Shape::Map(_)
        | Shape::Nullable(_)
        | Shape::Alias(_) => Vec::new(),
    }
}

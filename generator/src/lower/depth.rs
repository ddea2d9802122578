//! How deep types hold each other: the compiler follows them to the end, in every crate that uses them.

use std::collections::{HashMap, HashSet, VecDeque};

use petgraph::Direction;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::api::{Shape, TypeId, Types};

/// How many types one without a name counts as: a list with what it holds by an option, and a tuple with the
/// type of the runtime that reads it.
const LIST: usize = 3;
const TUPLE: usize = 5;

/// The deepest type, and how many types lie on the way into it, lists without a name among them; those of a
/// circle only as far apart as they are, and twice, with the boxes that they are in.
pub(super) fn deepest(types: &Types) -> Option<(TypeId, usize)> {
    let mut graph: DiGraph<TypeId, ()> = DiGraph::new();
    let nodes: Vec<NodeIndex> = types.ids().map(|id| graph.add_node(id)).collect();
    for (id, ty) in types.iter() {
        for part in ty.shape.parts() {
            graph.add_edge(nodes[id.index()], nodes[part.index()], ());
        }
    }
    let mut depths: HashMap<NodeIndex, usize> = HashMap::with_capacity(nodes.len());
    let mut deepest = None;
    // Each circle comes after those that it leads to.
    for circle in kosaraju_scc(&graph) {
        let beyond = circle.iter().flat_map(|node| graph.neighbors(*node));
        let beyond = beyond.filter_map(|node| depths.get(&node).copied()).max();
        let depth = beyond.unwrap_or_default() + extent(types, &graph, &circle);
        if let Some(first) = circle.first()
            && deepest.is_none_or(|(_, most)| depth > most)
        {
            deepest = Some((graph[*first], depth));
        }
        depths.extend(circle.into_iter().map(|node| (node, depth)));
    }
    deepest
}

/// How many named types the farthest one of a circle is away from the first.
fn extent(types: &Types, graph: &DiGraph<TypeId, ()>, circle: &[NodeIndex]) -> usize {
    let named = |node: NodeIndex| usize::from(types[graph[node]].shape.is_named());
    let Some(first) = circle.first().copied() else {
        return 0;
    };
    if circle.len() == 1 {
        let ty = &types[graph[first]];
        return match &ty.shape {
            shape if shape.is_named() => 1,
            Shape::Tuple(_) if ty.name.component.is_none() => TUPLE,
            Shape::Array(_) | Shape::Map(_) if ty.name.component.is_none() => LIST,
            Shape::Any
            | Shape::Scalar(_)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Object(_)
            | Shape::Union(_)
            | Shape::Nullable(_)
            | Shape::Alias(_) => 0,
        };
    }
    let mut farthest = 0;
    let mut known: HashMap<NodeIndex, usize> = HashMap::from([(first, named(first))]);
    let is_within: HashSet<&NodeIndex> = circle.iter().collect();
    let mut waiting = VecDeque::from([first]);
    while let Some(node) = waiting.pop_front() {
        let depth = known[&node];
        farthest = farthest.max(depth);
        for next in graph.neighbors_directed(node, Direction::Outgoing) {
            if is_within.contains(&next) && !known.contains_key(&next) {
                known.insert(next, depth + named(next));
                waiting.push_back(next);
            }
        }
    }
    2 * farthest
}

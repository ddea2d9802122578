//! Do files, or folders, use each other in a circle?

use std::collections::{BTreeMap, BTreeSet};

use super::imports::Source;

/// What uses what.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// Checks the files of a crate, and their folders.
pub fn check(sources: &[Source], findings: &mut Vec<String>) {
    let modules: BTreeMap<&[String], &Source> = sources
        .iter()
        .map(|source| (&*source.module, source))
        .collect();
    let (mut files, mut folders) = (Graph::new(), Graph::new());
    for source in sources {
        for name in &source.names {
            let Some(used) = file_of(&name.path, &modules) else {
                continue;
            };
            add(&mut files, &source.module, &used.module);
            let (own, other) = (source.folder(), used.folder());
            // Who declares a folder's modules may use them, and is not used by them: that is a
            // circle of files.
            let is_within = own.starts_with(other) || other.starts_with(own);
            if !is_within {
                let depth = own.iter().zip(other).take_while(|(a, b)| a == b).count();
                add(&mut folders, &own[..=depth], &other[..=depth]);
            }
        }
    }
    for (kind, graph) in [("files", &files), ("folders", &folders)] {
        for circle in circles(graph) {
            findings.push(format!("{kind} in a circle: {}", circle.join(", ")));
        }
    }
}

/// The file that a path leads to: that of the longest module it starts with.
fn file_of<'a>(path: &[String], modules: &BTreeMap<&[String], &'a Source>) -> Option<&'a Source> {
    let ends = (1..=path.len()).rev();
    ends.into_iter()
        .find_map(|end| modules.get(&path[..end]).copied())
}

fn add(graph: &mut Graph, from: &[String], to: &[String]) {
    if from != to {
        graph
            .entry(from.join("::"))
            .or_default()
            .insert(to.join("::"));
    }
}

/// What leads to itself, those that lead to each other together.
fn circles(graph: &Graph) -> BTreeSet<Vec<&str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> = graph
        .keys()
        .map(|start| (start.as_str(), reached(graph, start)))
        .collect();
    let mut circles = BTreeSet::new();
    for (start, found) in &reached {
        if found.contains(start) {
            let is_in = |other: &&&str| {
                reached
                    .get(**other)
                    .is_some_and(|back| back.contains(start))
            };
            circles.insert(found.iter().filter(is_in).copied().collect());
        }
    }
    circles
}

fn reached<'a>(graph: &'a Graph, start: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![start];
    while let Some(name) = waiting.pop() {
        for next in graph.get(name).into_iter().flatten() {
            if found.insert(next.as_str()) {
                waiting.push(next);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Graph, circles};

    #[test]
    fn a_circle_is_found_once_and_a_line_is_none() {
        let mut graph = Graph::new();
        for (from, to) in [("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")] {
            graph
                .entry(from.to_owned())
                .or_default()
                .insert(to.to_owned());
        }
        let found: Vec<_> = circles(&graph).into_iter().collect();
        assert_eq!(found, [["b", "c"]]);
    }
}

//! Documents in several files: what other files define is brought into the tree, so that every
//! reference leads to a place in it ("Reference Object", relative references).

use std::collections::HashSet;
use std::iter;
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};

use super::parse::parse;
use super::source::Source;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pointer::Pointer;

/// Where the other files are in the tree, each under its path.
pub const FILES: &str = "x-butler-files";

/// Brings in every file of which something is reached, in the folder of the document or below it.
/// Each is read once; what it refers to where nothing is reached is not read.
pub fn bundle(tree: &mut Value, source: &Source, diagnostics: &mut Diagnostics) {
    let own = tree.get("$self").and_then(Value::as_str).map(str::to_owned);
    let mut files = Files {
        source,
        own: own.as_deref(),
        trees: Map::new(),
        reached: HashSet::new(),
        waiting: Vec::new(),
    };
    rewrite(tree, None, files.own);
    files.reach(tree);
    while let Some((path, fragment)) = files.waiting.pop() {
        if files.reached.insert((path.clone(), fragment.clone())) {
            files.read(&path, diagnostics);
            files.follow(&path, &fragment);
        }
    }
    let trees = files.trees.into_iter().filter(|(_, tree)| !tree.is_null());
    let trees: Map<String, Value> = trees.collect();
    if let (Value::Object(members), false) = (tree, trees.is_empty()) {
        members.insert(FILES.to_owned(), Value::Object(trees));
    }
}

/// The files that have been read, and the places in them that are reached.
struct Files<'a> {
    source: &'a Source,
    /// The address that the document says it has.
    own: Option<&'a str>,
    /// Each file's tree; null for one that cannot be read.
    trees: Map<String, Value>,
    reached: HashSet<(String, Pointer)>,
    waiting: Vec<(String, Pointer)>,
}

impl Files<'_> {
    /// Reads a file. One that is missing is reported where it is referred to; of one that is there, and is not
    /// read, that is not the reason.
    fn read(&mut self, path: &str, diagnostics: &mut Diagnostics) {
        if self.trees.contains_key(path) {
            return;
        }
        let mut tree = Value::Null;
        match self.source.beside(path) {
            Ok(other) => {
                let mut found = diagnostics.of_file();
                tree = parse(&other, &mut found).unwrap_or_default();
                diagnostics.add_file(path, &Pointer::root().child(FILES).child(path), found);
                rewrite(&mut tree, Some(path), self.own);
            }
            Err(refused) if self.source.has_beside(path) => {
                for Diagnostic {
                    code,
                    message,
                    help,
                    ..
                } in refused
                {
                    diagnostics.warning(code, &Pointer::root(), message, help);
                }
            }
            Err(_) => {}
        }
        self.trees.insert(path.to_owned(), tree);
    }

    /// Goes on from a place of a file; where a reference is on the way to it, from there.
    fn follow(&mut self, path: &str, fragment: &Pointer) {
        let Some(tree) = self.trees.get(path) else {
            return;
        };
        let places = iter::successors(Some(fragment), |place| place.above());
        let nearest = places
            .into_iter()
            .find_map(|place| place.find(tree))
            .cloned();
        if let Some(nearest) = nearest {
            self.reach(&nearest);
        }
    }

    /// Notes every place of a file that a value refers to.
    fn reach(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.reach(item)),
            Value::Object(members) => {
                let mapping = members.get("discriminator").and_then(|d| d.get("mapping"));
                let mapped = mapping.and_then(Value::as_object).into_iter().flatten();
                let references = members
                    .get("$ref")
                    .into_iter()
                    .chain(mapped.map(|(_, to)| to));
                for reference in references.filter_map(Value::as_str) {
                    let pointer = reference.strip_prefix('#').and_then(Pointer::from_fragment);
                    let tokens = pointer.as_ref().map(Pointer::tokens).unwrap_or_default();
                    if let [FILES, path, fragment @ ..] = &tokens[..] {
                        let fragment = fragment.iter().copied().collect();
                        self.waiting.push(((*path).to_owned(), fragment));
                    }
                }
                members.values().for_each(|member| self.reach(member));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// Makes every reference of a file one into the tree; `within` is the file's path, where it is not
/// the document itself, and `own` the document's address (`$self`, "OpenAPI Object" in 3.2).
fn rewrite(value: &mut Value, within: Option<&str>, own: Option<&str>) {
    match value {
        Value::Array(items) => {
            for item in items {
                rewrite(item, within, own);
            }
        }
        Value::Object(members) => {
            let lead = |value: &mut Value| {
                let Value::String(reference) = value else {
                    return;
                };
                let (reached, within) = match own.and_then(|own| relative(reference, own)) {
                    Some(relative) => (relative, None),
                    None => (reference.clone(), within),
                };
                if let Some((path, fragment)) = target(&reached, within) {
                    let place = Pointer::root().child(FILES).child(&path);
                    *reference = format!("{place}{fragment}");
                } else if within.is_none() {
                    *reference = reached;
                }
            };
            members.get_mut("$ref").into_iter().for_each(lead);
            let discriminator = members.get_mut("discriminator");
            let mapping = discriminator.and_then(|d| d.get_mut("mapping"));
            for target in mapping.and_then(Value::as_object_mut).into_iter().flatten() {
                // A plain name is that of a component ("Discriminator Object").
                let ends = [".yaml", ".yml", ".json"];
                let is_file = |text: &str| ends.iter().any(|end| text.ends_with(end));
                let is_reference = |text: &str| text.contains(['#', '/']) || is_file(text);
                if target.1.as_str().is_some_and(is_reference) {
                    lead(target.1);
                }
            }
            for member in members.values_mut() {
                rewrite(member, within, own);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A reference to the document's own address, or to what is beside it, as one from the document.
fn relative(reference: &str, own: &str) -> Option<String> {
    if let Some(fragment) = reference.strip_prefix(own)
        && (fragment.is_empty() || fragment.starts_with('#'))
    {
        return Some(format!("#{}", fragment.trim_start_matches('#')));
    }
    let (folder, _) = own.rsplit_once('/').filter(|_| own.contains("://"))?;
    let beside = reference.strip_prefix(folder)?.strip_prefix('/')?;
    Some(beside.to_owned())
}

/// The file that a reference leads to, and the place in it; `None` for the document itself, and for
/// what is not in its folder.
fn target(reference: &str, within: Option<&str>) -> Option<(String, String)> {
    let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if file.is_empty() {
        return Some((within?.to_owned(), fragment.to_owned()));
    }
    if file.contains("://") || fragment.starts_with(|c| c != '/') {
        return None;
    }
    let from = within.map(Path::new).and_then(Path::parent);
    let path = from.unwrap_or(Path::new("")).join(file);
    Some((normal(&path)?, fragment.to_owned()))
}

/// The path without `.` and `..`; `None` when it leads out of the folder.
fn normal(path: &Path) -> Option<String> {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => normal.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    let names: Option<Vec<&str>> = normal.iter().map(|name| name.to_str()).collect();
    Some(names?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::target;

    fn found(reference: &str, within: Option<&str>) -> Option<String> {
        target(reference, within).map(|(path, fragment)| format!("{path} {fragment}"))
    }

    #[test]
    fn references_are_relative_to_the_file_they_stand_in() {
        assert_eq!(found("#/a", None), None);
        assert_eq!(found("b.yaml#/a", None).as_deref(), Some("b.yaml /a"));
        assert_eq!(found("./c/d.yaml", None).as_deref(), Some("c/d.yaml "));
        assert_eq!(
            found("#/a", Some("c/d.yaml")).as_deref(),
            Some("c/d.yaml /a")
        );
        assert_eq!(
            found("../b.yaml#/a", Some("c/d.yaml")).as_deref(),
            Some("b.yaml /a")
        );
    }

    #[test]
    fn the_address_of_the_document_leads_to_the_document() {
        let own = "https://example.com/api/openapi.yaml";
        let relative = |reference| super::relative(reference, own);
        assert_eq!(
            relative("https://example.com/api/openapi.yaml#/a").as_deref(),
            Some("#/a")
        );
        assert_eq!(relative(own).as_deref(), Some("#"));
        assert_eq!(
            relative("https://example.com/api/b.yaml#/a").as_deref(),
            Some("b.yaml#/a")
        );
        assert_eq!(relative("https://example.com/b.yaml#/a"), None);
        assert_eq!(relative("#/a"), None);
    }

    #[test]
    fn nothing_leads_out_of_the_folder() {
        assert_eq!(found("../b.yaml#/a", None), None);
        assert_eq!(found("/etc/passwd", None), None);
        assert_eq!(found("https://example.com/b.yaml#/a", None), None);
    }
}

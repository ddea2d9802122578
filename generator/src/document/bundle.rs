//! Documents in several files: what other files define is brought into the tree, so that every
//! reference leads to a place in it ("Reference Object", relative references).

use std::collections::VecDeque;
use std::path::{Component, Path, PathBuf};

use serde_json::{Map, Value};

use super::parse::parse;
use super::source::Source;
use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;

/// Where the other files are in the tree, each under its path.
pub const FILES: &str = "x-butler-files";

/// Brings in every file that is referred to, in the folder of the document or below it.
pub fn bundle(tree: &mut Value, source: &Source, diagnostics: &mut Diagnostics) {
    let folder = Path::new(&source.name).parent().unwrap_or(Path::new(""));
    let mut files = Map::new();
    let mut waiting = VecDeque::new();
    rewrite(tree, None, &mut waiting);
    while let Some(path) = waiting.pop_front() {
        if files.contains_key(&path) {
            continue;
        }
        // A file that cannot be read is reported where it is referred to.
        let Ok(other) = Source::read(&folder.join(&path)) else {
            continue;
        };
        let Some(mut other) = parse(&other, diagnostics) else {
            continue;
        };
        rewrite(&mut other, Some(&path), &mut waiting);
        files.insert(path, other);
    }
    if let (Value::Object(members), false) = (tree, files.is_empty()) {
        members.insert(FILES.to_owned(), Value::Object(files));
    }
}

/// Makes every reference of a file one into the tree; `within` is the file's path, where it is not
/// the document itself.
fn rewrite(value: &mut Value, within: Option<&str>, waiting: &mut VecDeque<String>) {
    match value {
        Value::Array(items) => {
            for item in items {
                rewrite(item, within, waiting);
            }
        }
        Value::Object(members) => {
            let mut lead = |value: &mut Value| {
                if let Value::String(reference) = value
                    && let Some((path, fragment)) = target(reference, within)
                {
                    let place = Pointer::root().child(FILES).child(&path);
                    *reference = format!("{place}{fragment}");
                    waiting.push_back(path);
                }
            };
            members.get_mut("$ref").into_iter().for_each(&mut lead);
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
                rewrite(member, within, waiting);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
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
    fn nothing_leads_out_of_the_folder() {
        assert_eq!(found("../b.yaml#/a", None), None);
        assert_eq!(found("/etc/passwd", None), None);
        assert_eq!(found("https://example.com/b.yaml#/a", None), None);
    }
}

//! A crate's source code as a module of another crate: in a folder, or in one file.
//!
//! A crate names its own items from its root. A module does not know where it stands, so that the same items
//! are named from where they are used; and it has no cargo features, so that what is there is decided when it
//! is written.

use std::collections::BTreeMap;

use super::rust::layout::listed;
use super::{File, MARK};
use crate::runtime::PIECES;

/// By this name, macros of the runtime name it where they are used.
const RUNTIME: &str = "__runtime";

/// What a module says in place of a crate: it is used in part, and its features are decided.
const ALLOWED: &str =
    "#![allow(dead_code, unused_imports, reason = \"a program uses a part of the API\")]\n";

/// The files of a crate as those of a module in a folder, with these features.
pub(super) fn folder(files: &[File], features: &[String]) -> Vec<File> {
    let sources = sources(files, features);
    let written = sources.iter().map(|(path, text)| {
        let text = match path.as_str() {
            "" => with_allowance(text),
            _ => text.clone(),
        };
        File {
            path: file_of(path, &sources),
            text,
        }
    });
    let mut files: Vec<File> = written.collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The files of a crate as one file, whose items stand in a module of the user's.
pub(super) fn single(files: &[File], features: &[String]) -> String {
    let sources = sources(files, features);
    let root = sources.get("").map_or("", String::as_str);
    let (inner, items) = split(root);
    let lints: String = inner
        .lines()
        .filter(|line| !line.starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let mut text = format!("// {MARK}\n\n");
    text.push_str(&nested(
        items,
        "",
        &sources,
        &format!("{}\n{ALLOWED}", lints.trim()),
    ));
    text
}

/// The text of each file by the path of its module: that of the root is empty.
fn sources(files: &[File], features: &[String]) -> BTreeMap<String, String> {
    let is_on = |feature: &str| features.iter().any(|on| on == feature);
    let sources = files.iter().filter_map(|file| {
        let path = file.path.strip_prefix("src/")?.strip_suffix(".rs")?;
        let is_there = match path.split_once('/') {
            Some(("runtime", piece)) => {
                let mut pieces = PIECES.iter().filter(|known| known.path == piece);
                pieces.all(|piece| piece.feature.is_none_or(is_on))
            }
            Some(("mock", _)) => is_on("mock"),
            Some(_) | None => true,
        };
        let path = match path {
            "lib" => "",
            path => path.strip_suffix("/mod").unwrap_or(path),
        };
        is_there.then(|| {
            let text = filled(&relative(&decided(&file.text, features), path));
            (path.to_owned(), text)
        })
    });
    let mut sources: BTreeMap<String, String> = sources.collect();
    if let Some(root) = sources.get_mut("") {
        *root = root
            .lines()
            .filter(|line| !line.starts_with("#![recursion_limit"))
            .flat_map(|line| [line, "\n"])
            .collect();
    }
    sources
}

/// The file of a module: those that have others below them are `mod.rs` of a folder.
fn file_of(path: &str, all: &BTreeMap<String, String>) -> String {
    let has_others = || {
        let below = format!("{path}/");
        all.keys().any(|other| other.starts_with(&below))
    };
    match path {
        "" => "mod.rs".to_owned(),
        path if has_others() => format!("{path}/mod.rs"),
        path => format!("{path}.rs"),
    }
}

/// The text with its features decided.
fn decided(text: &str, features: &[String]) -> String {
    let is_on = |feature: &str| features.iter().any(|on| on == feature);
    let text = text.replace(
        "cfg!(feature = \"http2\")",
        if is_on("http2") { "true" } else { "false" },
    );
    let lines: Vec<&str> = text.lines().collect();
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let condition = line.trim_start().strip_prefix("#[cfg(");
        let named = condition.and_then(|rest| {
            let (is_not, rest) = match rest.strip_prefix("not(") {
                Some(rest) => (true, rest),
                None => (false, rest),
            };
            let (feature, _) = rest.strip_prefix("feature = \"")?.split_once('"')?;
            Some(is_on(feature) != is_not)
        });
        match named {
            None => kept.push(line),
            Some(true) => {}
            Some(false) => {
                let indent = line.len() - line.trim_start().len();
                // What is said about the item goes with it.
                while kept.last().is_some_and(|above| is_about(above, indent)) {
                    kept.pop();
                }
                at = end_of_item(&lines, at + 1);
                if kept.last().is_some_and(|above| above.is_empty())
                    && lines
                        .get(at + 1)
                        .is_some_and(|below| below.is_empty() || below.trim() == "}")
                {
                    kept.pop();
                }
            }
        }
        at += 1;
    }
    kept.into_iter().flat_map(|line| [line, "\n"]).collect()
}

/// Whether a line is documentation or an attribute of what stands below it.
fn is_about(line: &str, indent: usize) -> bool {
    let content = line.trim_start();
    line.len() - content.len() == indent
        && (content.starts_with("///") || content.starts_with("#["))
}

/// The last line of the item, the statement or the field that starts there.
fn end_of_item(lines: &[&str], start: usize) -> usize {
    let mut depth = 0_i32;
    // A comma ends a field; in the head of a function it separates bounds.
    let mut code = lines[start..].iter().map(|line| line.trim());
    let first = code.find(|line| !line.starts_with("#["));
    let is_function = first.is_some_and(|line| line.contains("fn "));
    for (at, line) in lines.iter().enumerate().skip(start) {
        let content = line.trim();
        if content.starts_with("//") || content.starts_with("#[") && depth == 0 {
            continue;
        }
        let code = content.split(" // ").next().unwrap_or_default();
        for c in code.chars() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
        }
        let ends: &[char] = if is_function {
            &[';', '}']
        } else {
            &[';', ',', '}']
        };
        if depth <= 0 && content.ends_with(ends) {
            return at;
        }
    }
    lines.len()
}

/// The text with the items of the crate named from a module of it.
fn relative(text: &str, path: &str) -> String {
    let depth = path.split('/').filter(|part| !part.is_empty()).count();
    let root = "super::".repeat(depth);
    // Within the runtime, its other parts are closer than the root.
    let is_within = depth > 1 && path.starts_with("runtime/");
    let text = &with_links(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("crate::") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let after = &after["crate::".len()..];
        if before.ends_with('$') {
            out.pop();
            rest = after.strip_prefix("runtime::").unwrap_or(after);
            out.extend([RUNTIME, "::"]);
        } else if !is_path(&out) {
            out.push_str("crate::");
            rest = after;
        } else if let Some(within) = after.strip_prefix("runtime::").filter(|_| is_within) {
            out.push_str(&root["super::".len()..]);
            rest = within;
        } else {
            out.push_str(&root);
            rest = after;
        }
    }
    out.push_str(rest);
    let uses_macros = MACROS
        .iter()
        .any(|name| out.contains(&format!("{name}! {{")));
    let import = format!("use {root}runtime::");
    match out
        .find(&import)
        .filter(|_| uses_macros && !out.contains("macro_rules!"))
    {
        Some(at) => {
            out.insert_str(at, &format!("use {root}runtime as {RUNTIME};\n"));
            out
        }
        None => out,
    }
}

/// Whether a path can stand behind this text: in code, or as the target of a link in documentation.
fn is_path(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.trim_start().starts_with("//") {
        return ["](", "](mod@", "]: "]
            .iter()
            .any(|start| line.ends_with(start));
    }
    let quotes = line.replace("\\\\", "").replace("\\\"", "");
    let is_text = quotes.matches('"').count() % 2 == 1;
    !is_text && !line.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// The text with imports that have become too long for their line on several.
fn filled(text: &str) -> String {
    const WIDEST: usize = 100;
    let lines = text.lines().flat_map(|line| {
        let list = line.strip_prefix("use ").filter(|_| line.len() >= WIDEST);
        let list = list.and_then(|list| list.strip_suffix("};")?.split_once("::{"));
        match list {
            Some((module, names)) => {
                let names: Vec<&str> = names.split(", ").collect();
                listed("use", module, &names)
            }
            None => vec![line.to_owned()],
        }
    });
    lines.flat_map(|line| [line, "\n".to_owned()]).collect()
}

/// The text with links in the documentation of what macros make, which is read where they are used.
fn with_links(text: &str) -> String {
    if !text.contains("macro_rules!") {
        return text.to_owned();
    }
    let line = |line: &str| match line.strip_prefix("            ///") {
        Some(_) => line.replace("(crate::", &format!("({RUNTIME}::")),
        None => line.to_owned(),
    };
    text.lines()
        .flat_map(|text| [line(text), "\n".to_owned()])
        .collect()
}

/// The macros of the runtime that are used outside of it.
const MACROS: [&str; 5] = ["object", "open_enum", "open_integer", "union", "call"];

/// The text with what a module is allowed, behind what it says about itself.
fn with_allowance(text: &str) -> String {
    let (inner, items) = split(text);
    format!("{}\n{ALLOWED}\n{items}", inner.trim_end())
}

/// What a file says about itself, and its items.
fn split(text: &str) -> (&str, &str) {
    let mut end = 0;
    let mut in_attribute = false;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let is_inner =
            content.is_empty() || content.starts_with("//") && !content.starts_with("///");
        if in_attribute || content.starts_with("#![") {
            in_attribute = !content.ends_with(']');
        } else if !is_inner {
            break;
        }
        end += line.len();
    }
    text.split_at(end)
}

/// Items with the modules that they declare within them; `lints` are those of the first ones.
fn nested(items: &str, path: &str, sources: &BTreeMap<String, String>, lints: &str) -> String {
    let mut out = String::new();
    for line in items.lines() {
        let declared = line.strip_suffix(';').and_then(|line| {
            let (visibility, name) = line.split_once("mod ")?;
            let is_plain = ["", "pub ", "pub(crate) "].contains(&visibility);
            is_plain.then_some((visibility, name))
        });
        let below = declared.and_then(|(visibility, name)| {
            let plain = name.trim_start_matches("r#");
            let below = match path {
                "" => plain.to_owned(),
                path => format!("{path}/{plain}"),
            };
            Some((visibility, name, sources.get(&below)?, below))
        });
        match below {
            Some((visibility, name, text, below)) => {
                let (inner, items) = split(text);
                let inner: String = inner
                    .lines()
                    .filter(|line| !line.starts_with("// "))
                    .flat_map(|line| [line, "\n"])
                    .collect();
                let items = nested(items, &below, sources, "");
                out.extend([
                    visibility,
                    "mod ",
                    name,
                    " {\n",
                    lints,
                    inner.trim_start(),
                    &items,
                    "}\n",
                ]);
            }
            None if line.starts_with("#[path = ") => {}
            None if path.is_empty() && line.starts_with("pub use ") => {
                let allowed = ALLOWED.trim_end().replacen("#!", "#", 1);
                out.extend([&allowed, "\n", line, "\n"]);
            }
            None => out.extend([line, "\n"]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{decided, relative};

    #[test]
    fn paths_are_named_from_the_module_and_texts_stay() {
        let text = "/// Says (crate::a) of [`B`](crate::b::B).\nuse crate::b::B;\nfn f() -> crate::C {\n    g(\"see crate::a\", crate::d())\n}\n";
        let expected = "/// Says (crate::a) of [`B`](super::b::B).\nuse super::b::B;\nfn f() -> super::C {\n    g(\"see crate::a\", super::d())\n}\n";
        assert_eq!(relative(text, "pets"), expected);
        let within = "use crate::runtime::json::path;\nuse crate::types;\n";
        let expected = "use super::super::json::path;\nuse super::super::super::types;\n";
        assert_eq!(relative(within, "runtime/send/body"), expected);
    }

    #[test]
    fn what_a_feature_has_goes_with_its_documentation() {
        let text = "impl A {\n    fn a() {}\n\n    /// Waits.\n    #[cfg(feature = \"blocking\")]\n    pub fn b(self) -> C\n    where\n        T: D,\n    {\n        e(f);\n    }\n}\n\nstruct G {\n    h: I,\n    #[cfg(feature = \"mock\")]\n    j: K,\n    #[cfg(not(feature = \"mock\"))]\n    l: M,\n}\n";
        let none = "impl A {\n    fn a() {}\n}\n\nstruct G {\n    h: I,\n    l: M,\n}\n";
        assert_eq!(decided(text, &[]), none);
        let mock = "impl A {\n    fn a() {}\n}\n\nstruct G {\n    h: I,\n    j: K,\n}\n";
        assert_eq!(decided(text, &["mock".to_owned()]), mock);
    }
}

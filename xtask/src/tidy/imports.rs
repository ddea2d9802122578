//! What does a file name of other files?

use std::fs;
use std::path::{Path, PathBuf};

/// A file of a crate.
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// The module that it holds, from the root of its crate.
    pub module: Vec<String>,
    /// The modules of this crate that it names, as paths that may end with an item.
    pub names: Vec<Name>,
    /// Its text.
    pub text: String,
}

/// A path that a file names.
pub struct Name {
    /// The number of its line.
    pub line: usize,
    /// The path, from the root of the crate.
    pub path: Vec<String>,
}

impl Source {
    /// Reads a file; `within` is the module that the folder is.
    pub fn read(folder: &Path, within: &[&str], path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let below = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .with_extension("");
        let within = within.iter().map(|&name| name.to_owned());
        let below = below.components();
        let below = below.map(|part| part.as_os_str().to_string_lossy().into_owned());
        let mut module: Vec<String> = within.chain(below).collect();
        if module
            .last()
            .is_some_and(|last| last == "mod" || last == "lib")
        {
            module.pop();
        }
        Self {
            names: names(&text, &module),
            path,
            module,
            text,
        }
    }

    /// The module's folder: itself, where it is declared by the file `mod`.
    pub fn folder(&self) -> &[String] {
        if self.path.file_stem().is_some_and(|stem| stem == "mod") {
            return &self.module;
        }
        let above = self.module.split_last();
        above.map_or(&[], |(_, above)| above)
    }
}

/// The paths that code names; what is only handed on is not used here, and neither is what tests
/// use.
fn names(text: &str, module: &[String]) -> Vec<Name> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut names = Vec::new();
    let mut open = String::new();
    let mut start = 0;
    for (index, line) in code.lines().enumerate() {
        let line = line.trim();
        if open.is_empty() {
            start = index + 1;
        }
        if !open.is_empty() || line.starts_with("use ") {
            open.push_str(line);
            open.push(' ');
            if line.ends_with(';') {
                let written = std::mem::take(&mut open);
                let tree = written
                    .trim()
                    .trim_start_matches("use ")
                    .trim_end_matches(';');
                let paths = expanded(tree).into_iter();
                let paths = paths.filter_map(|path| absolute(&path, module));
                names.extend(paths.map(|path| Name { line: start, path }));
            }
            continue;
        }
        // What is quoted is code of another crate.
        let is_code = !line.starts_with("//") && !line.contains("quote!") && !line.contains('"');
        if is_code && !line.starts_with("pub") {
            let paths = inline(line).into_iter();
            let paths = paths.filter_map(|path| absolute(&path, module));
            names.extend(paths.map(|path| Name {
                line: index + 1,
                path,
            }));
        }
    }
    names
}

/// The paths of a tree of imports: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn expanded(tree: &str) -> Vec<String> {
    let Some((start, rest)) = tree.split_once('{') else {
        let name = tree.split(" as ").next().unwrap_or_default();
        return vec![name.trim().to_owned()];
    };
    let inner = rest.trim_end().strip_suffix('}').unwrap_or(rest);
    let mut depth = 0;
    let parts = inner.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let parts = parts.filter(|part| !part.trim().is_empty());
    parts
        .flat_map(|part| expanded(part.trim()))
        .map(|part| match part.as_str() {
            "self" => start.trim_end_matches("::").trim().to_owned(),
            _ => format!("{}{part}", start.trim()),
        })
        .collect()
}

/// The paths within a line that start at the crate or above.
fn inline(line: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = line.split(|c| !is_part(c));
    let is_path = |word: &&str| word.starts_with("crate::") || word.starts_with("super::");
    let paths = words.filter(is_path).filter(|word| !word.ends_with(':'));
    paths.map(str::to_owned).collect()
}

/// The path from the root of the crate; `None` for another crate's.
fn absolute(path: &str, module: &[String]) -> Option<Vec<String>> {
    let mut parts = path.split("::").peekable();
    let mut absolute = match parts.peek()? {
        &"crate" => {
            parts.next();
            Vec::new()
        }
        &"super" | &"self" => module.to_vec(),
        _ => {
            // A module below, or another crate: who reads it knows which modules there are.
            let below = parts.map(str::to_owned);
            return Some(module.iter().cloned().chain(below).collect());
        }
    };
    for part in parts {
        match part {
            "super" => drop(absolute.pop()),
            "self" => {}
            part => absolute.push(part.to_owned()),
        }
    }
    Some(absolute)
}

#[cfg(test)]
mod tests {
    use super::{expanded, names};

    #[test]
    fn trees_are_expanded() {
        assert_eq!(
            expanded("crate::a::{self, b::{C, D}, E as F}"),
            [
                "crate::a",
                "crate::a::b::C",
                "crate::a::b::D",
                "crate::a::E"
            ]
        );
        assert_eq!(expanded("super::a"), ["super::a"]);
    }

    #[test]
    fn imports_over_several_lines_and_paths_in_code_are_found() {
        let text = "use crate::{\n    a::B,\n    c,\n};\npub use crate::d;\nfn f() { super::g(1) }\n// crate::h\n#[cfg(test)]\nuse crate::i;\n";
        let module = ["m".to_owned(), "n".to_owned()];
        let found = names(text, &module);
        let found: Vec<String> = found
            .iter()
            .map(|name| format!("{} {}", name.line, name.path.join("::")))
            .collect();
        assert_eq!(found, ["1 a::B", "1 c", "6 m::g"]);
    }
}

//! Where the pages are, and links between them.

use std::collections::HashMap;

use super::markdown;
use crate::plan::{Ident, Plan, RustType, Tag};

/// Where the pages of types and tags are.
pub(super) struct Links<'a> {
    /// The page of each type, from the root of the crate.
    types: HashMap<&'a Ident, String>,
}

impl<'a> Links<'a> {
    pub(super) fn of(plan: &'a Plan) -> Self {
        let mut types: HashMap<&Ident, String> = plan
            .models
            .iter()
            .map(|model| (model.ident(), "docs/types.md".to_owned()))
            .collect();
        for module in &plan.modules {
            let page = format!("docs/types/{}.md", file(&module.ident));
            types.extend(module.types.iter().map(|ident| (ident, page.clone())));
        }
        Self { types }
    }

    /// The page of a type, from the root of the crate.
    pub(super) fn page_of(&self, ident: &Ident) -> &str {
        self.types
            .get(ident)
            .map_or("docs/types.md", String::as_str)
    }

    /// A type as code, with links to the types of the crate that it names, for a page at this path.
    pub(super) fn ty(&self, ty: &RustType, module: &str, from: &str) -> String {
        let text = format!("`{}`", name(ty, module));
        let found = model(ty).and_then(|ident| Some((ident, self.types.get(ident)?)));
        match found {
            Some((ident, page)) => {
                let path = if from == page {
                    String::new()
                } else {
                    relative(from, page)
                };
                format!("[{text}]({path}#{})", markdown::anchor(ident.as_str()))
            }
            None => text,
        }
    }
}

/// The page of a tag, from the root of the crate. No tag has the module of the types.
pub(super) fn page_of_tag(tag: &Tag) -> String {
    format!("docs/{}.md", file(&tag.module))
}

/// The name of a module's page.
fn file(module: &Ident) -> String {
    module.as_str().trim_start_matches("r#").to_owned()
}

/// The path of a page from another one, both from the root of the crate.
pub(super) fn relative(from: &str, to: &str) -> String {
    let above = "../".repeat(from.matches('/').count());
    let (of_from, of_to) = (folder(from), folder(to));
    match to.strip_prefix(of_from) {
        Some(rest) if !of_from.is_empty() || of_to.is_empty() => rest.to_owned(),
        Some(_) | None => format!("{above}{to}"),
    }
}

fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |end| &path[..=end])
}

/// The type of the crate that a type is made of.
fn model(ty: &RustType) -> Option<&Ident> {
    match ty {
        RustType::Model(ident) => Some(ident),
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Nullable(inner)
        | RustType::Boxed(inner) => model(inner),
        RustType::Unit
        | RustType::Json
        | RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F64
        | RustType::String
        | RustType::Bytes
        | RustType::Secret
        | RustType::Foreign(_)
        | RustType::Infallible
        | RustType::Tuple(_)
        | RustType::OpenTuple { .. }
        | RustType::Local(_) => None,
    }
}

/// A type as it is written where the types of the crate are imported.
fn name(ty: &RustType, module: &str) -> String {
    let inner = |ty: &RustType| name(ty, module);
    match ty {
        RustType::Unit => "()".to_owned(),
        RustType::Json => "serde_json::Value".to_owned(),
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Bytes => "Vec<u8>".to_owned(),
        RustType::Secret => "Secret".to_owned(),
        RustType::Foreign(path) => path.trim_start_matches("crate::").to_owned(),
        RustType::Infallible => "Infallible".to_owned(),
        RustType::Tuple(places) => {
            let places: Vec<String> = places.iter().map(inner).collect();
            format!("({})", places.join(", "))
        }
        RustType::OpenTuple { places, .. } => {
            let places: Vec<String> = places.iter().map(inner).collect();
            format!("OpenTuple<({})>", places.join(", "))
        }
        RustType::Vec(item) => format!("Vec<{}>", inner(item)),
        RustType::Map(value) => format!("BTreeMap<String, {}>", inner(value)),
        RustType::Option(of) => format!("Option<{}>", inner(of)),
        RustType::Nullable(of) => format!("Nullable<{}>", inner(of)),
        RustType::Boxed(of) => format!("Box<{}>", inner(of)),
        RustType::Model(ident) => ident.as_str().to_owned(),
        RustType::Local(ident) => format!("{module}::{}", ident.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn pages_are_found_from_each_other() {
        for (from, to, path) in [
            ("README.md", "docs/a.md", "docs/a.md"),
            ("docs/a.md", "docs/b.md", "b.md"),
            ("docs/a.md", "docs/types/b.md", "types/b.md"),
            ("docs/types/a.md", "docs/b.md", "../../docs/b.md"),
            ("docs/types/a.md", "docs/types/b.md", "b.md"),
        ] {
            assert_eq!(relative(from, to), path, "{from} {to}");
        }
    }
}

//! What the files of the generated crate name of each other and of the runtime: mentioning an item
//! imports it, and brings its file and its crate.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::{Ident, Span, TokenStream};

use super::docs::inner_docs;
use super::layout::{self, imported_as, verbatim};
use crate::plan::{self, Docs};
use crate::runtime::{self, Extension, Item, Piece};

/// A module of the generated crate.
pub(super) struct Module {
    /// Its name.
    pub name: String,
    /// Its code.
    pub text: String,
    /// What it uses.
    pub used: Used,
}

/// What modules use.
#[derive(Debug, Default, Clone)]
pub(super) struct Used {
    items: BTreeSet<Item>,
    extensions: BTreeSet<Extension>,
    constants: BTreeSet<plan::Ident>,
    /// The types of tags, each with its module.
    tags: BTreeSet<(plan::Ident, plan::Ident)>,
}

impl Used {
    /// Calls functions that a file of the runtime adds to a type of another one.
    pub(super) fn extension(&mut self, extension: Extension) {
        self.extensions.insert(extension);
    }

    pub(super) fn extend(&mut self, other: &Self) {
        self.items.extend(&other.items);
        self.extensions.extend(&other.extensions);
    }

    /// The files of the runtime that are needed.
    pub(super) fn pieces(&self) -> Vec<&'static Piece> {
        let items = self.items.iter().copied();
        runtime::pieces(items, self.extensions.iter().copied())
    }
}

/// Where a module is written: it keeps what is mentioned.
pub(super) struct Uses {
    used: RefCell<Used>,
    /// Whether it is the module `types`, or one within it.
    is_types: bool,
    /// The types that stand in a module within `types`; `None` where all can be named.
    own: Option<HashSet<plan::Ident>>,
}

impl Uses {
    /// Any module but `types`.
    pub(super) fn new() -> Self {
        Self {
            used: RefCell::default(),
            is_types: false,
            own: None,
        }
    }

    /// The module `types`.
    pub(super) fn all_types() -> Self {
        Self {
            is_types: true,
            ..Self::new()
        }
    }

    /// A module within `types`, with these types.
    pub(super) fn types<'a>(own: impl Iterator<Item = &'a plan::Ident>) -> Self {
        Self {
            own: Some(own.cloned().collect()),
            ..Self::all_types()
        }
    }

    /// Whether a type stands in another module within `types`.
    pub(super) fn is_elsewhere(&self, ident: &plan::Ident) -> bool {
        self.own.as_ref().is_some_and(|own| !own.contains(ident))
    }

    pub(super) fn is_types(&self) -> bool {
        self.is_types
    }

    /// Mentions an item.
    pub(super) fn of(&self, item: Item) -> Ident {
        self.used.borrow_mut().items.insert(item);
        Ident::new(item.name, Span::call_site())
    }

    /// Calls functions that a file of the runtime adds to a type of another one.
    pub(super) fn extension(&self, extension: Extension) {
        self.used.borrow_mut().extensions.insert(extension);
    }

    /// Mentions a constant of the module `client`.
    pub(super) fn constant(&self, constant: &plan::Ident) {
        self.used.borrow_mut().constants.insert(constant.clone());
    }

    /// Mentions the type of a tag.
    pub(super) fn tag(&self, module: &plan::Ident, ident: &plan::Ident) {
        let tag = (module.clone(), ident.clone());
        self.used.borrow_mut().tags.insert(tag);
    }

    /// The module of these items, with the imports of what they mention.
    pub(super) fn module(
        &self,
        name: &str,
        about: &Docs,
        items: impl IntoIterator<Item = TokenStream>,
    ) -> Module {
        let items = layout::items(items);
        let used = self.used.take();
        let imports = layout::items(imports(&used));
        Module {
            name: name.to_owned(),
            text: layout::file(&inner_docs(about), &[imports, items]),
            used,
        }
    }
}

/// The imports, in groups with an empty line between them, in the order in which `rustfmt` has
/// them: the standard library, other crates, this crate.
fn imports(used: &Used) -> Vec<TokenStream> {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for item in &used.items {
        modules.entry(item.module).or_default().push(item.name);
    }
    for constant in &used.constants {
        modules
            .entry("crate::client")
            .or_default()
            .push(constant.as_str());
    }
    let tags: Vec<_> = used
        .tags
        .iter()
        .map(|(module, ident)| (format!("crate::{}", module.as_str()), ident.as_str()))
        .collect();
    for (module, ident) in &tags {
        modules.entry(module).or_default().push(ident);
    }
    let mut lines: [Vec<(String, Vec<String>)>; 3] = Default::default();
    for (module, mut names) in modules {
        let plain = module.replace("r#", "");
        names.sort_by_cached_key(|name| imported_as(name));
        let group = match module.split("::").next() {
            Some("std") => 0,
            Some("crate") => 2,
            Some(_) | None => 1,
        };
        // A list stands behind all that has a name.
        let order = match names[..] {
            [only] => format!("{plain}::{only}"),
            _ => format!("{plain}::~"),
        };
        lines[group].push((order, layout::listed("use", module, &names)));
    }
    let groups = lines.into_iter().filter(|lines| !lines.is_empty());
    groups
        .map(|mut lines| {
            lines.sort_by_cached_key(|(path, _)| {
                let names = path.split("::").map(imported_as);
                names.collect::<Vec<String>>()
            });
            let lines = lines.into_iter().flat_map(|(_, lines)| lines);
            verbatim(&lines.collect::<Vec<_>>())
        })
        .collect()
}

//! How it is known that a document has achieved nothing.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "few of the many kinds of tokens, items and events matter here"
)]

use std::collections::BTreeSet;

use butler_codegen::emit::File;
use butler_codegen::runtime::DEPENDENCIES;
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use syn::visit::Visit;
use toml_edit::{DocumentMut, Item};

/// What is called and declared by each text, if it becomes code. No name is derived from one that is written so.
const CANARY: &str = "canaryX9__z";

/// Languages that rustdoc does not compile.
const SHOWN: [&str; 6] = ["text", "json", "http", "xml", "toml", "sh"];

/// What is printed has no characters that a terminal obeys, and no line that a workflow does.
pub fn terminal(name: &str, text: &str) {
    assert!(text.chars().all(is_plain), "{name}: {text:?}");
    let is_command = |line: &str| line.trim_start().starts_with("::") && !line.contains(":::");
    assert!(!text.lines().any(is_command), "{name}: {text}");
}

/// Nothing in the files is what a hostile document wants.
pub fn files(name: &str, files: &[File], plain: &[File]) {
    let mut paths = BTreeSet::new();
    for file in files {
        path(name, &file.path);
        assert!(
            paths.insert(file.path.to_lowercase()),
            "{name}: {} twice",
            file.path
        );
        let strange = file.text.chars().find(|c| !is_plain(*c));
        assert_eq!(strange, None, "{name}: {}", file.path);
        let extension = file.path.rsplit('.').next().unwrap_or_default();
        match extension {
            // The runtime is the same for all.
            "rs" if file.path.starts_with("src/runtime/") => {}
            "rs" => rust(&format!("{name}: {}", file.path), &file.text),
            "md" => markdown(&format!("{name}: {}", file.path), &file.text),
            _ => {}
        }
    }
    for manifest in ["Cargo.toml", ".cargo-generated.toml"] {
        let text = |files: &[File]| {
            let file = files.iter().find(|file| file.path == manifest);
            file.unwrap().text.clone()
        };
        assert_eq!(keys(&text(files)), keys(&text(plain)), "{name}: {manifest}");
    }
}

/// Neither control characters nor those that hide or reorder others.
fn is_plain(c: char) -> bool {
    let is_hidden = matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}'
    );
    c == '\n' || !c.is_control() && !is_hidden
}

/// A file that the crate has, and that Cargo runs nothing of by itself.
fn path(name: &str, path: &str) {
    let parts: Vec<&str> = path.split('/').collect();
    let is_usual = |part: &&str| !["", ".", ".."].contains(part) && part.len() <= 255;
    assert!(parts.iter().all(is_usual), "{name}: {path}");
    assert!(!path.contains(['\\', ':', '\0']), "{name}: {path}");
    let roots = [
        ".cargo-generated.toml",
        "CHANGELOG.md",
        "Cargo.toml",
        "README.md",
        "docs",
        "examples",
        "src",
    ];
    assert!(roots.contains(&parts[0]), "{name}: {path}");
    let runs = ["src/main.rs", "src/bin/", "build.rs"];
    assert!(
        !runs.iter().any(|start| path.starts_with(start)),
        "{name}: {path}"
    );
    let stems = parts
        .iter()
        .map(|part| part.split('.').next().unwrap_or_default());
    let devices = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    for stem in stems {
        assert!(!devices.contains(&&*stem.to_lowercase()), "{name}: {path}");
    }
}

/// The code parses, has nothing of the name of the canary, no comment that is code, and no marker of ours.
fn rust(name: &str, text: &str) {
    let tokens: TokenStream = text
        .parse()
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    tokens_are_clean(name, tokens);
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut documentation = Documentation(Vec::new());
    documentation.visit_file(&file);
    documentation.attributes(&file.attrs);
    for text in documentation.0 {
        markdown(name, &text);
    }
    for line in text.lines().map(str::trim_start) {
        assert!(!line.starts_with("/*"), "{name}: {line}");
        assert!(!line.starts_with("#[line"), "{name}: {line}");
    }
}

fn tokens_are_clean(name: &str, tokens: TokenStream) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => tokens_are_clean(name, group.stream()),
            TokenTree::Ident(ident) => {
                assert_ne!(ident.to_string().trim_start_matches("r#"), CANARY, "{name}");
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// The documentation of each item.
struct Documentation(Vec<String>);

impl Documentation {
    fn attributes(&mut self, attributes: &[syn::Attribute]) {
        let lines = attributes.iter().filter_map(|attribute| {
            let value = match &attribute.meta {
                syn::Meta::NameValue(value) if value.path.is_ident("doc") => &value.value,
                syn::Meta::NameValue(_) | syn::Meta::Path(_) | syn::Meta::List(_) => return None,
            };
            match value {
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(line),
                    ..
                }) => Some(line.value()),
                _ => None,
            }
        });
        let lines: Vec<String> = lines.collect();
        self.0.push(lines.join("\n"));
    }
}

impl<'a> Visit<'a> for Documentation {
    fn visit_item(&mut self, item: &'a syn::Item) {
        let attributes = match item {
            syn::Item::Const(item) => &item.attrs,
            syn::Item::Enum(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Macro(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Static(item) => &item.attrs,
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Trait(item) => &item.attrs,
            syn::Item::Type(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            _ => &Vec::new(),
        };
        self.attributes(attributes);
        syn::visit::visit_item(self, item);
    }

    fn visit_field(&mut self, field: &'a syn::Field) {
        self.attributes(&field.attrs);
    }

    fn visit_variant(&mut self, variant: &'a syn::Variant) {
        self.attributes(&variant.attrs);
        syn::visit::visit_variant(self, variant);
    }

    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        self.attributes(&function.attrs);
    }
}

/// Every block of code is text, or an example of ours; nothing is markup, and links lead to the web, to items or to
/// pages.
fn markdown(name: &str, text: &str) {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut example: Option<String> = None;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                panic!("{name}: an indented block\n{text}")
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                let is_example = ["", "no_run", "rust", "rust,no_run"].contains(&&*language);
                assert!(
                    is_example || SHOWN.contains(&&*language),
                    "{name}: {language}\n{text}"
                );
                example = is_example.then(String::new);
            }
            Event::Text(line) => {
                if let Some(example) = &mut example {
                    example.push_str(&line);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some(example) = example.take() {
                    let code = example.lines().map(|line| line.trim_start_matches("# "));
                    let code = code.collect::<Vec<_>>().join("\n");
                    let tokens = code.parse::<TokenStream>();
                    let tokens = tokens.unwrap_or_else(|error| panic!("{name}: {error}\n{code}"));
                    tokens_are_clean(name, tokens);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let is_comment = html.starts_with("<!--") && !html.contains(CANARY);
                assert!(is_comment, "{name}: {html}");
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let scheme = dest_url.split_once(':').map(|(scheme, _)| scheme);
                let known = ["http", "https", "mailto"];
                let is_item = dest_url.contains("::");
                let is_known = is_item || scheme.is_none_or(|scheme| known.contains(&scheme));
                assert!(is_known, "{name}: {dest_url}");
            }
            _ => {}
        }
    }
    assert!(example.is_none(), "{name}: a block that does not end");
}

/// The keys of a manifest, with those above them.
fn keys(text: &str) -> BTreeSet<String> {
    fn visit(item: &Item, path: &str, keys: &mut BTreeSet<String>) {
        if let Some(table) = item.as_table_like() {
            for (key, item) in table.iter() {
                let path = format!("{path}/{key}");
                visit(item, &path, keys);
                keys.insert(path);
            }
        }
    }
    let manifest: DocumentMut = text.parse().unwrap();
    let mut keys = BTreeSet::new();
    visit(manifest.as_item(), "", &mut keys);
    // What a client needs depends on what it has.
    keys.retain(|key| key.starts_with("/package") || key.matches('/').count() == 1);
    let usual = ["/dependencies", "/dev-dependencies", "/features"];
    keys.retain(|key| !usual.contains(&&**key));
    let dependencies = manifest["dependencies"].as_table_like().unwrap();
    for (name, _) in dependencies.iter() {
        assert!(DEPENDENCIES.iter().any(|of| of.name == name), "{name}");
    }
    keys
}

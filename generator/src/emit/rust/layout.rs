//! Empty lines and macro calls: what `prettyplease` does not lay out.
//!
//! An attribute that stands for a line is printed on a line of its own, and is then replaced by
//! it.

use proc_macro2::TokenStream;
use quote::quote;

use super::rustfmt;
use crate::plan::Ident;

/// What stands for the end of a line within a documentation: no text that is shown has it.
pub(super) const DOC_BREAK: &str = "\u{1}";

/// The text of a file: what stands at its beginning, and its items as they are printed.
pub(super) fn file(inner: &TokenStream, items: &[String]) -> String {
    let printed = format!("{}{}", printed(inner), items.concat());
    with_lines(&rustfmt::adjust(&printed))
}

/// Prints items, each with an empty line before it. They are printed some at a time: the tokens of a
/// large file are many times larger than its text.
pub(super) fn items(items: impl IntoIterator<Item = TokenStream>) -> String {
    const AT_A_TIME: usize = 64;
    let mut items = items.into_iter();
    let chunks = std::iter::from_fn(|| {
        let some: Vec<TokenStream> = items.by_ref().take(AT_A_TIME).collect();
        (!some.is_empty()).then(|| printed(&spaced(some, true)))
    });
    chunks.collect()
}

fn printed(tokens: &TokenStream) -> String {
    let file = syn::parse2(tokens.clone()).expect("the emitted tokens are the items of a file");
    prettyplease::unparse(&file)
}

/// The lines that import or export these names of a module, as `rustfmt` fills them.
pub(in crate::emit) fn listed(word: &str, module: &str, names: &[&str]) -> Vec<String> {
    const WIDEST: usize = 100;
    let line = match names {
        [name] => format!("{word} {module}::{name};"),
        names => format!("{word} {module}::{{{}}};", names.join(", ")),
    };
    // `rustfmt` leaves room for one character behind a list.
    if line.len() < WIDEST || names.len() < 2 {
        return vec![line];
    }
    let mut lines = vec![format!("{word} {module}::{{")];
    let mut line = String::new();
    for name in names {
        if line.len() + " ,".len() + name.len() >= WIDEST {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() { "    " } else { " " });
        line.push_str(name);
        line.push(',');
    }
    lines.extend([line, "};".to_owned()]);
    lines
}

/// Items with an empty line between them, and one before them if `first`.
pub(super) fn spaced(items: Vec<TokenStream>, first: bool) -> TokenStream {
    let items = items.into_iter().enumerate().map(|(index, item)| {
        if index > 0 || first {
            quote!(#[line = ""] #item)
        } else {
            item
        }
    });
    items.collect()
}

/// What the name of a declared module is sorted as.
pub(super) fn sorted_as(name: &str) -> String {
    name.replace("r#", "")
}

/// What a name that is imported is sorted as: numbers by their values, and underscores before all else (Rust Style
/// Guide, "Sorting").
pub(super) fn imported_as(name: &str) -> String {
    const WIDEST: usize = 20;
    let name = sorted_as(name).replace('_', " ");
    let mut sorted = String::with_capacity(name.len());
    let mut rest = name.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|c: char| !c.is_ascii_digit());
        let (number, behind) = number.split_at(end.unwrap_or(number.len()));
        sorted.push_str(before);
        sorted.extend(std::iter::repeat_n(
            '0',
            WIDEST.saturating_sub(number.len()),
        ));
        sorted.push_str(number);
        rest = behind;
    }
    sorted.push_str(rest);
    sorted
}

/// The declaration of a module. A file is found by the name of its module where that is ASCII (E0754).
pub(super) fn module_declaration(module: &Ident) -> TokenStream {
    let file = format!("{}.rs", module.as_str());
    let path = (!module.as_str().is_ascii()).then(|| quote!(#[path = #file]));
    quote!(#path pub mod #module;)
}

/// A macro call with braces, given in lines: `rustfmt` leaves it as it is.
pub(super) fn macro_call(head: &[String], body: &[String], tail: &str) -> TokenStream {
    let body = body.iter().map(|line| format!("    {line}"));
    let lines = head
        .iter()
        .cloned()
        .chain(body)
        .chain(std::iter::once(tail.to_owned()));
    verbatim(&lines.collect::<Vec<_>>())
}

/// An item that is printed as these lines.
pub(super) fn verbatim(lines: &[String]) -> TokenStream {
    quote! {
        #(#[line = #lines])*
        const LINE: () = ();
    }
}

/// The text with the lines that attributes stand for.
fn with_lines(printed: &str) -> String {
    let mut text = String::with_capacity(printed.len());
    for line in printed.lines() {
        let content = line.trim_start();
        if content == "const LINE: () = ();" {
            continue;
        }
        match replaced(content) {
            Some(own) if own.is_empty() => {}
            Some(own) => {
                text.push_str(&line[..line.len() - content.len()]);
                text.push_str(&own);
            }
            None if line.contains(DOC_BREAK) => {
                // Indentation, and the three characters that a documentation starts with.
                let start = &line[..line.len() - content.len() + "///".len()];
                text.push_str(&line.replace(DOC_BREAK, &format!("\n{start}")));
            }
            None => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

/// The line that an attribute stands for.
fn replaced(line: &str) -> Option<String> {
    let literal = line
        .strip_prefix("#[line = ")
        .or(line.strip_prefix("#![line = "))?;
    let literal = literal.strip_suffix(']')?;
    let literal: syn::LitStr = syn::parse_str(literal).ok()?;
    Some(literal.value())
}

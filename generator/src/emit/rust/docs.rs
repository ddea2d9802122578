//! Documentation as attributes: the one place where they are made.

use proc_macro2::TokenStream;
use quote::quote;

use super::layout::DOC_BREAK;
use crate::plan::{Docs, Row, Text};

/// The documentation of an item.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    docs_with(docs, None)
}

/// The documentation of an item, with an example at its end.
pub(super) fn docs_with(docs: &Docs, example: Option<Vec<String>>) -> TokenStream {
    let mut lines = lines(docs);
    if let Some(example) = example {
        lines.extend(["", "# Examples", ""].map(str::to_owned));
        lines.extend(example);
    }
    let lines = joined(&lines);
    let lines = lines.iter();
    quote!(#(#[doc = #lines])*)
}

/// The documentation of what it stands in.
pub(super) fn inner_docs(docs: &Docs) -> TokenStream {
    let lines = joined(&lines(docs));
    let lines = lines.iter();
    quote!(#(#![doc = #lines])*)
}

/// One paragraph of documentation.
pub(super) fn text(text: Text) -> TokenStream {
    docs(&Docs::of(text))
}

/// The lines as one attribute, where there are any: the tokens of one for each would be many times larger
/// than the text. [`DOC_BREAK`] stands between them until they are laid out.
fn joined(lines: &[String]) -> Option<String> {
    let pad = |line: &String| match line.as_str() {
        "" => String::new(),
        line => format!(" {line}"),
    };
    let lines: Vec<String> = lines.iter().map(pad).collect();
    (!lines.is_empty()).then(|| lines.join(DOC_BREAK))
}

/// The lines of a documentation: its blocks with an empty line between them.
fn lines(docs: &Docs) -> Vec<String> {
    let mut blocks: Vec<Vec<String>> = Vec::new();
    blocks.extend(docs.text.iter().map(lines_of));
    for fact in &docs.facts {
        blocks.push(vec![format!("{}: {}", fact.label, fact.value)]);
    }
    for section in &docs.sections {
        blocks.push(vec![format!("# {}", section.heading)]);
        blocks.push(lines_of(&section.text));
        blocks.push(section.rows.iter().flat_map(row).collect());
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join(&String::new())
}

fn lines_of(text: &Text) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

/// An item of a list; what goes on is indented.
fn row(row: &Row) -> Vec<String> {
    let about = lines(&row.docs);
    let is_long = about.len() > 1;
    let mut about = about.into_iter();
    let Some(first) = about.next() else {
        return vec![format!("* {}", row.subject)];
    };
    let mut rows = if is_long && is_block(&first) {
        vec![
            format!("* {}:", row.subject),
            String::new(),
            format!("  {first}"),
        ]
    } else {
        vec![format!("* {}: {first}", row.subject)]
    };
    rows.extend(about.map(|line| match line.as_str() {
        "" => line,
        line => format!("  {line}"),
    }));
    rows
}

/// Whether a line starts what cannot stand behind other text: a heading, a list, a quotation, a
/// table, code.
fn is_block(line: &str) -> bool {
    let marker = line.split(' ').next().unwrap_or_default();
    let number = marker.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < marker.len() && matches!(number, "." | ")");
    let is_list = matches!(marker, "*" | "-" | "+");
    let is_heading = !marker.is_empty() && marker.bytes().all(|byte| byte == b'#');
    is_numbered || is_list || is_heading || line.starts_with(['|', '>']) || line.starts_with("```")
}

#[cfg(test)]
mod tests {
    use super::lines;
    use crate::plan::{Docs, DocsSection, Row, Text};

    #[test]
    fn what_goes_on_is_indented_and_a_block_stands_below() {
        let row = |docs: Docs| Row {
            subject: Text::own("`a`"),
            docs,
        };
        let short = Docs::of(Text::own("Short."));
        let long = short.clone().fact("Default", Text::code("1"));
        let list = Docs::of(Text::markdown("- one\n- two"));
        let section = DocsSection {
            heading: "Arguments",
            text: Text::default(),
            rows: vec![row(short), row(long), row(list), row(Docs::default())],
        };
        let docs = Docs {
            sections: vec![section],
            ..Docs::of(Text::own("What it does."))
        };
        let expected = "What it does.\n\n# Arguments\n\n* `a`: Short.\n* `a`: Short.\n\n  Default: `1`\n* `a`:\n\n  * one\n  * two\n* `a`";
        assert_eq!(lines(&docs).join("\n"), expected);
    }
}
